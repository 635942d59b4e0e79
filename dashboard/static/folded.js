// Fills in what is folded: before it opens, or when there is nothing else to do, so that the browser's search finds it.
// A table is asked of the server: when it is opened, when a search begins, or once a page has been read for a while.
(() => {
  const MOST = 20, READING = 3000;  // tables that are asked for at once (web/rows.py); milliseconds without a change
  let resting = false, reading;
  const empty = () => root.querySelectorAll("details[data-inside]");
  const unasked = () => [...root.querySelectorAll("details[data-rows]:not([data-asked])")];

  function put(one, html) {
    one.insertAdjacentHTML("beforeend", html);
    delete one.dataset.inside;
    for (const name of ["rows", "lost", "asked"]) delete one.dataset[name];
  }

  function fill(one) {
    if (one?.dataset?.inside !== undefined) put(one, one.dataset.inside);
    else if (one?.dataset?.rows !== undefined && !one.ariaBusy) bring([one]);
  }

  const parts = (one) => {
    const [path, query] = one.dataset.rows.split("?");
    return { code: path.slice(path.lastIndexOf("/") + 1), folder: path.slice(0, path.lastIndexOf("/")), query };
  };

  // Asks for tables of one query; who opened one that does not come is told so, and may open it again.
  async function bring(every) {
    for (const one of every) {
      one.dataset.asked = "";
      one.ariaBusy = "true";
      one.querySelector(".ct-lost")?.remove();
    }
    const { folder, query } = parts(every[0]);
    let tables = {};
    try {
      const answer = await fetch(`${folder}/${every.map((one) => parts(one).code).join(",")}?${query}`);
      if (answer.ok) tables = await answer.json();
    } catch { /* no answer: each says so */ }
    for (const one of every) {
      one.ariaBusy = null;
      if (one.dataset.rows === undefined) continue;
      const table = tables[parts(one).code];
      if (table !== undefined) put(one, table);
      else if (one.open) say(one);
    }
  }

  function say(one) {
    const lost = document.createElement("p");
    lost.className = "ct-lost";
    lost.role = "status";
    lost.textContent = one.dataset.lost;
    one.append(lost);
  }

  async function gather() {
    const [first] = unasked();
    if (!first) return;
    const { query } = parts(first);
    await bring(unasked().filter((one) => parts(one).query === query).slice(0, MOST));
    await gather();
  }

  function rest() {
    clearTimeout(reading);
    reading = setTimeout(() => later(gather), READING);
    if (resting || !empty().length) return;
    resting = true;
    later((deadline) => {
      resting = false;
      for (const one of empty()) {
        fill(one);
        if (deadline.timeRemaining() < 5) break;
      }
      rest();
    });
  }

  onChange(rest);
  document.addEventListener("click", (event) => fill(event.target.closest?.("summary")?.parentElement), true);
  document.addEventListener("toggle", (event) => { if (event.target.open) fill(event.target); }, true);  // by a script
  document.addEventListener("keydown", (event) => {
    if (event.key === "F3" || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f")) gather();
  });
})();
