"use strict";
// Everything is in the page already; this adds details beside the pointer, arrow keys, and a look at single days.
const strips = [...document.querySelectorAll("svg.strip")];
const about = document.getElementById("about");
const whole = { left: 0, width: Number(document.body.dataset.width) };

function tell(bar) {
  const row = document.getElementById(bar.getAttribute("href").slice(1));
  about.replaceChildren();
  about.className = `about ${bar.classList[0]}`;
  const list = document.createElement("dl");
  for (const cell of row.cells) {
    if (!cell.textContent.trim()) continue;
    if (cell.dataset.label === "Alert") {
      const name = document.createElement("b");
      name.textContent = cell.textContent;
      about.append(name);
      continue;
    }
    const term = document.createElement("dt"), said = document.createElement("dd");
    term.textContent = cell.dataset.label;
    said.textContent = cell.textContent;
    list.append(term, said);
  }
  about.append(list);
  about.hidden = false;
}

function hush() {
  const focused = document.activeElement;
  if (focused && focused.matches("svg.strip a")) tell(focused);
  else about.hidden = true;
}

const barsOf = (strip) => [...strip.querySelectorAll("a")];

function move(bar, key) {
  const strip = bar.closest("svg"), own = barsOf(strip), place = own.indexOf(bar);
  if (key === "ArrowRight") return own[place + 1];
  if (key === "ArrowLeft") return own[place - 1];
  if (key === "Home") return own[0];
  if (key === "End") return own.at(-1);
  const step = key === "ArrowDown" ? 1 : -1;
  const middle = (one) => Number(one.dataset.x);
  for (let at = strips.indexOf(strip) + step; strips[at]; at += step) {
    if (strips[at].closest("details:not([open])")) continue;
    const near = barsOf(strips[at]).sort((one, two) => Math.abs(middle(one) - middle(bar)) - Math.abs(middle(two) - middle(bar)));
    if (near.length) return near[0];
  }
  return undefined;
}

for (const strip of strips) {
  barsOf(strip).forEach((bar, place) => {
    if (place) bar.setAttribute("tabindex", "-1");
    bar.addEventListener("mouseenter", () => tell(bar));
    bar.addEventListener("mouseleave", hush);
    bar.addEventListener("focus", () => tell(bar));
    bar.addEventListener("blur", () => { about.hidden = true; });
    bar.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { about.hidden = true; return; }
      if (!/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) return;
      event.preventDefault();
      const next = move(bar, event.key);
      if (!next) return;
      for (const one of barsOf(next.closest("svg"))) one.setAttribute("tabindex", one === next ? "0" : "-1");
      next.focus();
    });
  });
}

function look(left, width) {
  for (const strip of strips) {
    const height = strip.viewBox.baseVal.height;
    strip.setAttribute("viewBox", `${left} 0 ${width} ${height}`);
  }
  for (const axis of document.querySelectorAll(".axis")) {
    axis.classList.toggle("close", width < whole.width);
    for (const mark of axis.querySelectorAll("span")) {
      const place = (Number(mark.dataset.x) - left) / width * 100;
      mark.style.left = `${place}%`;
      mark.hidden = place < 0 || place >= 100 || (mark.classList.contains("hour") && width === whole.width);
    }
  }
}

const zoom = document.querySelector(".zoom");
if (zoom) {
  zoom.hidden = false;
  zoom.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    for (const one of zoom.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one === button));
    look(Number(button.dataset.left), Number(button.dataset.width));
  });
}
