// Charts that answer: a click on an area or a dot offers to go there or to put it beside; left and right walk the points
// of a chart that has the focus, up and down its lines, and what is there is said; on a map all four walk its areas, and
// the one that is come to is outlined. Escape lets go of the point, twice of the chart. Every choice is an address, as the
// pickers' are.
(() => {
  const name = (words) => (words ?? "").split("<br>")[0].replace(/<[^>]*>/g, "").trim();
  const plain = (words) => (words ?? "").replace(/<br>/g, ", ").replace(/<[^>]*>/g, "").trim();
  const words = (trace, at) => [trace.hovertext, trace.text].map((all) => Array.isArray(all) ? all[at] : all).find(Boolean) ?? "";
  const walks = (trace) => trace.hoverinfo !== "skip" && trace.hovertemplate !== "" && (trace.x || trace.locations);
  let menu;

  function close() {
    menu?.remove();
    menu = undefined;
  }

  function address(change) {
    const now = new URLSearchParams(location.search);
    change(now);
    return `${location.pathname}?${now}`;
  }

  const ways = (chart) => JSON.parse(chart?.dataset.areas || "{}");

  // Offers the ways of an area at a point of a chart, or under the name of a row: `host` is what they hang on.
  function offer(host, label, x, y, way = ways(host)[label]) {
    close();
    if (!way) return;
    menu = document.createElement("div");
    menu.className = "ct-ways";
    menu.setAttribute("role", "group");
    menu.setAttribute("aria-label", label);
    const targets = [
      [way.go, address((now) => now.set("place", way.place))],
      [way.beside, address((now) => now.set("with", [...(now.get("with") || "").split(",").filter((one) => one && one !== way.place), way.place].join(",")))],
    ];
    for (const [said, target] of targets) {
      if (!said) continue;
      const link = menu.appendChild(document.createElement("a"));
      link.textContent = said;
      link.href = target;
      link.addEventListener("click", (event) => { event.preventDefault(); close(); go(target); });
    }
    const box = host.getBoundingClientRect();
    menu.style.left = `${Math.max(0, Math.min(x - box.left, box.width - 240))}px`;
    menu.style.top = `${y - box.top}px`;
    host.appendChild(menu);
    menu.firstChild?.focus({ preventScroll: true });
  }

  function answer(chart) {
    chart.on("plotly_click", ({ points: [point], event }) => {
      const trace = chart.data[point.curveNumber];
      offer(chart, name(words(trace, point.pointNumber)), event.clientX, event.clientY);
    });
    chart.on("plotly_afterplot", () => { if (chart.walked?.area) mark(chart, chart.walked.area); });
    chart.tabIndex = 0;
    chart.dataset.walked = "";
  }

  function say(text) {
    const status = document.getElementById("ct-status");
    if (status) status.textContent = text;
  }

  // ---- Maps: Plotly knows no way to point at an area, so the outline is drawn a second time, and its words beside it

  // Every area once, in the order it is drawn in: one that is picked out, or has a circle, is drawn twice.
  function areas(chart) {
    const found = new Map();
    chart.data.forEach((trace, curve) => {
      if (walks(trace)) (trace.locations ?? []).forEach((code, at) => { if (!found.has(code)) found.set(code, { code, curve, at }); });
    });
    return [...found.values()];
  }

  const outline = (chart, { code }) => [...chart.querySelectorAll(".choroplethlocation")].find((path) => path.__data__?.loc === code);

  function unmark(chart) {
    chart.querySelectorAll(".ct-outline, .ct-told").forEach((one) => one.remove());
  }

  function mark(chart, area) {
    unmark(chart);
    const path = outline(chart, area);
    if (!path) return;
    const over = path.closest(".geo").appendChild(document.createElementNS("http://www.w3.org/2000/svg", "g"));
    over.setAttribute("class", "ct-outline");
    for (let line = 0; line < 2; line += 1) over.appendChild(path.cloneNode()).removeAttribute("style");
    const box = chart.getBoundingClientRect(), around = path.getBoundingClientRect();
    const told = chart.appendChild(document.createElement("div"));
    told.className = "ct-told";
    told.setAttribute("aria-hidden", "true");
    told.textContent = words(chart.data[area.curve], area.at).replace(/<br>/g, "\n").replace(/<[^>]*>/g, "");
    const left = around.right - box.left + 8, most = box.width - told.offsetWidth;
    told.style.left = `${Math.max(0, left <= most ? left : around.left - box.left - told.offsetWidth - 8)}px`;
    told.style.top = `${Math.max(0, around.top - box.top)}px`;
  }

  function walk(chart, along) {
    const all = areas(chart), was = all.findIndex(({ code }) => code === chart.walked?.area.code);
    const next = was < 0 ? (along > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, was + along));
    chart.walked = { area: all[next] };
    mark(chart, all[next]);
    say(plain(words(chart.data[all[next].curve], all[next].at)));
  }

  // The points of a line, or of rows from the top one down, which Plotly keeps from below.
  function inOrder(chart, trace) {
    const points = [...trace.x.keys()];
    if (typeof trace.y?.[0] !== "string") return points;
    const { yaxis } = chart._fullLayout;
    const down = (point) => yaxis.c2p(yaxis.d2c(trace.y[point]));
    return points.sort((one, other) => down(one) - down(other));
  }

  function step(chart, along, across) {
    if (areas(chart).length) { walk(chart, along || across); return; }
    const lines = chart.data.map((trace, at) => [trace, at]).filter(([trace]) => walks(trace));
    if (!lines.length) return;
    const was = chart.walked?.line ?? 0;
    const line = Math.max(0, Math.min(lines.length - 1, was + across));
    const [trace, curveNumber] = lines[line];
    const order = inOrder(chart, trace), last = order.length - 1;
    const from = chart.walked ? inOrder(chart, lines[was][0]).indexOf(chart.walked.point) : along > 0 ? -1 : last + 1;
    let at = Math.max(0, Math.min(last, from + along));
    while (trace.x[order[at]] === null || trace.y?.[order[at]] === null) {  // a break is passed over
      if (!along || at + along < 0 || at + along > last) return;
      at += along;
    }
    const point = order[at];
    chart.walked = { line, point };
    window.Plotly.Fx.hover(chart, [{ curveNumber, pointNumber: point }]);
    say(plain(words(trace, point)));
  }

  function leave(chart) {
    if (menu) { close(); chart.focus(); return; }
    if (!chart.walked) { chart.blur(); return; }
    if (chart.walked.area) unmark(chart);
    else window.Plotly.Fx.unhover(chart);
    chart.walked = undefined;
  }

  // Where the point that was walked to is, and what it is called.
  function here(chart) {
    const box = chart.getBoundingClientRect(), { area } = chart.walked;
    if (!area) {
      const [trace] = chart.data.filter(walks).slice(chart.walked.line);
      return [name(words(trace, chart.walked.point)), box.left + 24, box.top + 24];
    }
    const around = outline(chart, area)?.getBoundingClientRect() ?? box;
    return [name(words(chart.data[area.curve], area.at)), (around.left + around.right) / 2, Math.min(around.bottom, box.bottom - 90)];
  }

  // A control over a chart: what is chosen stands in the address, the usual not; the control that comes in its place has
  // the focus again.
  let choosing;
  document.addEventListener("change", (event) => {
    const list = event.target.closest?.(".ct-control select");
    if (!list) return;
    const { name, usual } = list.dataset;
    choosing = { id: list.id, until: Date.now() + 5000 };
    close();
    go(address((now) => { if (list.value === usual) now.delete(name); else now.set(name, list.value); }));
  });
  function refocus() {
    if (!choosing || document.activeElement !== document.body) return;
    if (Date.now() < choosing.until) document.getElementById(choosing.id)?.focus({ preventScroll: true });
  }

  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.addEventListener("keydown", (event) => {
    const chart = event.target.closest?.(".ct-chart.js-plotly-plot");
    if (!chart || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === "Escape") { leave(chart); event.preventDefault(); return; }
    if (event.target !== chart) return;
    if (STEPS[event.key]) { step(chart, ...STEPS[event.key]); event.preventDefault(); return; }
    if (event.key === "Enter" && chart.walked) {
      offer(chart, ...here(chart));
      event.preventDefault();
    }
  });
  // The rows of a table whose names are places lead there too.
  function nameRows() {
    for (const table of root.querySelectorAll(".ct-block table.ct-table:not([data-ways])")) {
      const chart = table.closest(".ct-block").querySelector(".ct-chart");
      if (!chart?.dataset.areas) continue;
      table.dataset.ways = "";
      const known = ways(chart);
      for (const head of table.querySelectorAll("tbody th[scope=row]")) {
        const label = head.textContent.trim();
        if (!known[label]) continue;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "ct-place";
        button.setAttribute("aria-haspopup", "true");
        button.textContent = label;
        head.replaceChildren(button);
      }
    }
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".ct-place");
    if (button) {
      const box = button.getBoundingClientRect(), block = button.closest(".ct-block");
      const way = ways(block.querySelector(".ct-chart"))[button.textContent.trim()];
      offer(block, button.textContent.trim(), box.left, box.bottom, way);
      if (menu) menu.opener = button;
      return;
    }
    if (menu && !event.target.closest(".ct-chart")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu?.opener) return;
    const { opener } = menu;
    close();
    opener.focus();
  });
  onChange(() => {
    nameRows();
    refocus();
    for (const chart of root.querySelectorAll(".ct-chart.js-plotly-plot:not([data-walked])")) if (chart.on) answer(chart);
  });
})();
