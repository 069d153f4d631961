// Data tables turn pages and sort; charts show their numbers.
export function startTables() {
  document.addEventListener("click", (event) => {
    const turn = event.target.closest("[data-page]");
    const sort = event.target.closest("[data-sort]");
    const toggle = event.target.closest("[data-chart-toggle]");
    if (turn) show(turn.closest("[data-data-table], [data-table]"), Number(turn.dataset.page));
    if (sort) order(sort);
    if (toggle) flip(toggle);
  });
}

function show(table, by) {
  const rows = [...table.querySelectorAll("tbody tr")];
  const size = Number(table.dataset.pageSize);
  const last = Math.ceil(rows.length / size) - 1;
  const page = Math.min(Math.max(Number(table.dataset.page ?? 0) + by, 0), last);
  table.dataset.page = page;
  rows.forEach((row, index) => { row.hidden = Math.floor(index / size) !== page; });
  const label = table.querySelector("[data-page-label]");
  if (!label) return;
  label.textContent = `${page * size + 1}–${Math.min((page + 1) * size, rows.length)} of ${rows.length}`;
  const [before, after] = table.querySelectorAll(".table-pages [data-page]");
  before.disabled = page === 0;
  after.disabled = page === last;
}

function order(button) {
  const table = button.closest("[data-table]");
  const heading = button.closest("th");
  const column = Number(button.dataset.sort);
  const down = heading.getAttribute("aria-sort") === "ascending";
  for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  const text = (row) => row.cells[column].textContent.trim();
  const body = table.querySelector("tbody");
  const rows = [...body.rows].sort((a, b) => text(a).localeCompare(text(b), undefined, { numeric: true }));
  body.append(...(down ? rows.reverse() : rows));
  table.dataset.page = 0;
  show(table, 0);
}

function flip(toggle) {
  const figure = toggle.closest(".visualization");
  const table = figure.dataset.view === "chart";
  figure.dataset.view = table ? "table" : "chart";
  toggle.setAttribute("aria-pressed", String(table));
}
