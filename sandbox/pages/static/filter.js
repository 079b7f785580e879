// Narrows the list while the reader types; without it the form's button does the same on the server.
const search = document.getElementById("search");
const rows = [...document.querySelectorAll("#rows > tr")];
const count = document.getElementById("count");

function narrow() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  count.textContent = shown === 1 ? "1 object" : `${shown.toLocaleString("en")} objects`;
}

if (search && rows.length > 0) {
  search.addEventListener("input", narrow);
  document.getElementById("vendor").addEventListener("change", (event) => event.target.form.requestSubmit());
}
