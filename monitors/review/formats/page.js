"use strict";
// Filters work by style alone; this counts what they leave, and shows a change that a link leads to though they hide it.
const every = [...document.querySelectorAll(".change")];
const told = document.querySelector(".shown");

function count() {
  if (!told) return;
  const shown = every.filter((one) => one.checkVisibility()).length;
  told.textContent = shown === every.length ? "" : `Shown: ${shown} of ${every.length} changes.`;
}

function reveal() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || !target.matches(".change")) return;
  if (!target.checkVisibility()) {
    for (const all of document.querySelectorAll(".filters input[id$='-all']")) all.checked = true;
    count();
  }
  target.scrollIntoView();
  target.focus({ preventScroll: true });
}

document.addEventListener("change", count);
addEventListener("hashchange", reveal);
count();
reveal();
