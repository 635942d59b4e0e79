// A table sorts by a header: up, down, and back to the order it came in. Groups give way while it is sorted. One that is
// drawn anew, in the other language or after another choice, is sorted as it was.
(() => {
  const sorted = new Map();  // of a table's name: the column it is sorted by, of how many, and the way
  const lang = () => document.documentElement.lang || "en";
  const text = (row, at) => row.cells[at]?.innerText.trim() ?? "";
  const number = (words) => {
    const found = words.replaceAll(",", "").replace("−", "-").match(/^[-+]?\d+(\.\d+)?/);
    return found ? Number(found[0]) : null;
  };

  function remember(table) {
    if (table.ctParts) return;
    table.ctParts = [...table.tBodies].map((body) => [body, [...body.rows]]);
  }

  function order(table, at, kind, way) {
    const rows = table.ctParts.flatMap(([, all]) => all.filter((row) => !row.classList.contains("ct-group")));
    const keyed = rows.map((row, was) => [row, was, kind === "number" ? number(row.cells[at]?.dataset.value ?? text(row, at)) : text(row, at)]);
    const words = new Intl.Collator(lang(), { numeric: true });
    keyed.sort(([, a, x], [, b, y]) => {
      if (kind === "order") return way * (a - b);
      if (kind === "text") return way * words.compare(x, y) || a - b;
      if (x === null || y === null) return (x === null) - (y === null) || a - b;  // what is not held comes last
      return way * (x - y) || a - b;
    });
    table.tBodies[0].append(...keyed.map(([row]) => row));
    for (const [, all] of table.ctParts) all[0]?.classList.contains("ct-group") && all[0].remove();
  }

  const heads = (table) => [...table.tHead.querySelectorAll("th")];
  const named = (table) => {
    const block = table.closest(".ct-block[id]")?.id ?? ["ct-glance", "ct-latest"].find((one) => table.classList.contains(one));
    return block && `${location.pathname} ${block}`;
  };

  function sort(table, head, way) {
    remember(table);
    for (const one of heads(table)) one.ariaSort = null;
    if (way === "none") {
      for (const [body, rows] of table.ctParts) body.append(...rows);
      return;
    }
    head.ariaSort = way;
    order(table, head.cellIndex, head.dataset.sort, way === "ascending" ? 1 : -1);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.ct-sort");
    if (!button) return;
    const head = button.closest("th"), table = button.closest("table"), name = named(table);
    const way = { none: "ascending", ascending: "descending", descending: "none" }[head.ariaSort || "none"];
    sort(table, head, way);
    if (name) sorted.set(name, { at: head.cellIndex, of: heads(table).length, way });
  });

  function sortAgain() {
    for (const table of document.querySelectorAll("table.ct-table:has(.ct-sort)")) {
      const was = table.ctParts ? undefined : sorted.get(named(table));
      if (was && was.way !== "none" && was.of === heads(table).length) sort(table, heads(table)[was.at], was.way);
    }
  }
  if (typeof onChange === "function") onChange(() => { if (sorted.size) sortAgain(); });  // the static copy draws nothing anew
})();
