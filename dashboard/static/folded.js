// Fills in what is folded: before it opens, or when there is nothing else to do, so that the browser's search finds it.
(() => {
  let resting = false;
  const empty = () => root.querySelectorAll("details[data-inside]");

  function fill(one) {
    if (one?.dataset?.inside === undefined) return;
    one.insertAdjacentHTML("beforeend", one.dataset.inside);
    one.removeAttribute("data-inside");
  }

  function rest() {
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
  document.addEventListener("toggle", (event) => fill(event.target), true);  // opened by a script or a search
})();
