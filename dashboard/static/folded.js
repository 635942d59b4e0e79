// Fills in what is folded: before it opens, or when there is nothing else to do, so that the browser's search finds it.
// A table is asked of the server: when it is opened, when a search begins, or once a page has been read for a while.
(() => {
  const MOST = 20, READING = 3000;  // tables that are asked for at once (web/rows.py); milliseconds without a change
  const GONE = 410, BUSY = 503, FOR_GOOD = [400, 404, GONE];  // statuses; what is refused for good is not asked again
  let resting = false, reading, pause = READING;
  const empty = () => root.querySelectorAll("details[data-inside]");
  const unasked = () => [...root.querySelectorAll("details[data-table]:not([data-asked])")];
  const tell = (words) => { document.getElementById("ct-status").textContent = words; };  // to those who hear the page
  const words = () => root.querySelector(".ct-language").dataset;

  function put(one, html) {
    one.insertAdjacentHTML("beforeend", html);
    for (const name of ["inside", "table", "asked"]) delete one.dataset[name];
  }

  function fill(one) {
    if (one?.dataset?.inside !== undefined) put(one, one.dataset.inside);
    else if (one?.dataset?.table !== undefined && !one.ariaBusy) bring([one]);
  }

  const parts = (one) => {
    const [path, query] = one.dataset.table.split("?");
    return { code: path.slice(path.lastIndexOf("/") + 1), folder: path.slice(0, path.lastIndexOf("/")), query };
  };

  // Asks for tables of one query; who opened one that does not come is told why.
  async function bring(every) {
    for (const one of every) {
      one.dataset.asked = "";
      one.ariaBusy = "true";
      one.querySelector(".ct-lost")?.remove();
    }
    const { folder, query } = parts(every[0]);
    let tables = {}, status;
    try {
      const answer = await fetch(`${folder}/${every.map((one) => parts(one).code).join(",")}?${query}`);
      status = answer.status;
      if (answer.ok) tables = await answer.json();
    } catch { /* no answer: each says so */ }
    if (every.length > 1 && status >= 500 && status !== BUSY) {  // one of them broke the answer: each for itself
      for (const one of every) await bring([one]);
      return;
    }
    for (const one of every) {
      one.ariaBusy = null;
      const table = tables[parts(one).code] ?? { status };
      if (typeof table === "string") {
        put(one, table);
        if (one.open) tell(words().came);
        continue;
      }
      if (!FOR_GOOD.includes(table.status)) delete one.dataset.asked;
      if (one.open) say(one, table);
    }
  }

  function say(one, { status }) {
    const line = document.createElement("p");
    line.className = "ct-lost";
    line.textContent = status === GONE ? words().gone : words().lost;
    tell(line.textContent);
    if (status === GONE) {
      const button = line.appendChild(document.createElement("button"));
      button.type = "button";
      button.textContent = words().again;
      button.addEventListener("click", () => location.reload());
    }
    one.append(line);
  }

  // Asks for every table once; after longer and longer again for those that did not come.
  async function gather() {
    const tried = new Set();
    const left = () => unasked().filter((one) => !tried.has(one));
    for (let some = left(); some.length; some = left()) {
      const { query } = parts(some[0]);
      const together = some.filter((one) => parts(one).query === query).slice(0, MOST);
      for (const one of together) tried.add(one);
      await bring(together);
    }
    const failed = unasked().length > 0;
    pause = failed ? 2 * pause : READING;
    if (failed) rest();
  }

  function rest() {
    clearTimeout(reading);
    reading = setTimeout(() => later(gather), pause);
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
