// Draws a chart in the frame that brings it into sight, and the others one by one when there is nothing else to do.
(() => {
  const SETTINGS = { displayModeBar: false, scrollZoom: false };
  const AHEAD = 300;  // pixels above and below the window that count as in sight
  const LATE = 8000;  // milliseconds without its outlines after which a map says so
  let library, resting = false;

  // Plotly marks what it has drawn with a class of its own.
  const waiting = () => [...root.querySelectorAll(".ct-chart:not(.js-plotly-plot, .ct-undrawn)")];

  function inSight(chart) {
    const box = chart.getBoundingClientRect();
    return box.width > 0 && box.bottom > -AHEAD && box.top < window.innerHeight + AHEAD;
  }

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
  }

  function draw(chart) {
    const { data, layout, config } = JSON.parse(chart.dataset.plot);
    chart.dataset.coming = "soon";  // a map waits for its outlines, which may be slow or never come (style.css)
    const late = setTimeout(() => { if (chart.dataset.coming) chart.dataset.coming = "late"; }, LATE);
    Promise.resolve(window.Plotly.newPlot(chart, data, layout, { ...SETTINGS, ...config }))
      .then(() => { delete chart.dataset.coming; }, () => apologise(chart))
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
    for (const chart of waiting()) if (inSight(chart)) draw(chart); else sight.observe(chart);
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
    window.Plotly.Plots.resize(target);
  }));

  onChange(look);
  window.addEventListener("beforeprint", () => { if (window.Plotly) waiting().forEach(draw); });
})();
