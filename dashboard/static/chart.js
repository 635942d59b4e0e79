// Draws a chart in the frame that brings it into sight, and the others one by one when there is nothing else to do.
(() => {
  const SETTINGS = { displayModeBar: false, scrollZoom: false };
  const AHEAD = 300;  // pixels above and below the window that count as in sight
  const WIDE = window.matchMedia("(min-width: 50em)");  // as in style.css; an em is what the reader asked of the browser
  const ROOT = 17;  // pixels of the page's letters that a drawing is measured for (widgets/plot.py)
  const PIXELS = new Set(["size", "height", "l", "r", "t", "b", "xshift", "yshift", "standoff", "ticklabelstandoff", "thickness"]);
  const LATE = 8000;  // milliseconds without its outlines after which a map says so
  let library, resting = false;

  // Plotly marks what it has drawn with a class of its own.
  const waiting = () => [...root.querySelectorAll(".ct-chart:not(.js-plotly-plot, .ct-undrawn)")];

  function isNear(part) {
    const box = part.getBoundingClientRect();
    return box.width > 0 && box.bottom > -AHEAD && box.top < window.innerHeight + AHEAD;
  }

  // Its block is asked first: what stands in one that is out of sight would be laid out to be asked (later.js).
  const inSight = (chart) => isNear(chart.closest(".stHtml") ?? chart) && isNear(chart);

  function plotly() {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = document.getElementById("ct-plotly").href;
      script.onload = resolve;
      script.onerror = reject;
      document.head.appendChild(script);
    });
    return library;
  }

  function apologise(chart) {
    sight.unobserve(chart);
    size.unobserve(chart);
    window.Plotly?.purge(chart);
    chart.classList.remove("js-plotly-plot");
    delete chart.dataset.coming;
    chart.classList.add("ct-undrawn");
    chart.textContent = chart.dataset.undrawn;
    const rows = chart.closest("section, .stHtml")?.querySelector("details.ct-rows");
    if (rows) rows.open = true;  // what the chart would have shown
  }

  // What is measured in pixels, as many times larger as the reader's letters are.
  function grown(part, times) {
    if (Array.isArray(part)) return part.map((one) => grown(one, times));
    if (!part || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([name, value]) =>
      [name, PIXELS.has(name) && typeof value === "number" ? value * times : grown(value, times)]));
  }

  function shape(chart) {
    const { data, layout, config } = JSON.parse(chart.dataset.plot);
    const said = { data, layout: WIDE.matches ? { ...layout, ...JSON.parse(chart.dataset.wide) } : layout };
    const times = parseFloat(getComputedStyle(document.documentElement).fontSize) / ROOT;
    const { data: drawn, layout: room } = Math.abs(times - 1) < 0.01 ? said : grownAll(said, times);
    chart.drawnWide = WIDE.matches;
    return { data: drawn, layout: room, config };
  }

  const TEXT = ["textfont", "hoverlabel", "colorbar"];  // of data: dots and lines keep their size
  const grownAll = ({ data, layout }, times) => ({
    data: data.map((trace) => ({ ...trace, ...Object.fromEntries(TEXT.filter((name) => name in trace)
      .map((name) => [name, grown(trace[name], times)])) })),
    layout: grown({ ...layout }, times),
  });

  function draw(chart) {
    const { data, layout, config } = shape(chart);
    chart.dataset.coming = "soon";  // a map waits for its outlines, which may be slow or never come (style.css)
    const late = setTimeout(() => { if (chart.dataset.coming) chart.dataset.coming = "late"; }, LATE);
    Promise.resolve(window.Plotly.newPlot(chart, data, layout, { ...SETTINGS, ...config }))
      .then(() => {
        delete chart.dataset.coming;
        // The chart is an image with a name; without this the numbers of its axes would be read out after it.
        for (const drawn of chart.querySelectorAll(".svg-container")) drawn.setAttribute("aria-hidden", "true");
      }, () => apologise(chart))
      .finally(() => clearTimeout(late));
    chart.drawnWidth = chart.clientWidth;
    sight.unobserve(chart);
    size.observe(chart);
  }

  async function look() {
    if (!waiting().length) return;
    if (!window.Plotly) {
      try { await plotly(); } catch { waiting().forEach(apologise); return; }
    }
    const charts = waiting(), seen = new Set(charts.filter(inSight));  // all are asked before one is drawn: one layout
    for (const chart of charts) if (seen.has(chart)) draw(chart); else sight.observe(chart);
    rest();
  }

  function rest() {
    if (resting) return;
    resting = true;
    later(() => {
      resting = false;
      const next = waiting().find((chart) => chart.clientWidth);
      if (next) { draw(next); rest(); }
    });
  }

  const sight = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) look(); },
    { rootMargin: `${AHEAD}px` });

  // A chart keeps its height and takes the width there is.
  const size = new ResizeObserver((changes) => changes.forEach(({ target }) => {
    const width = target.clientWidth;
    if (!width || width === target.drawnWidth) return;
    target.drawnWidth = width;
    if (target.drawnWide === WIDE.matches) { window.Plotly.Plots.resize(target); return; }
    const { data, layout, config } = shape(target);
    window.Plotly.react(target, data, layout, { ...SETTINGS, ...config })
      .then(() => window.Plotly.Plots.resize(target));  // which takes the width there is; drawing anew keeps the old
  }));

  onChange(look);
  window.addEventListener("beforeprint", () => { if (window.Plotly) waiting().forEach(draw); });
})();
