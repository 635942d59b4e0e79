// A table sorts by a header: up, down, and back to the order it came in. Groups give way while it is sorted.
(() => {
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

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.ct-sort");
    if (!button) return;
    const head = button.closest("th"), table = button.closest("table");
    remember(table);
    const next = { none: "ascending", ascending: "descending", descending: "none" }[head.ariaSort || "none"];
    for (const one of table.tHead.querySelectorAll("th")) one.ariaSort = null;
    if (next === "none") {
      for (const [body, rows] of table.ctParts) body.append(...rows);
      return;
    }
    head.ariaSort = next;
    order(table, head.cellIndex, head.dataset.sort, next === "ascending" ? 1 : -1);
  });
})();
