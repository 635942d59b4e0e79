// Marks the section in view in the list of what a page holds, and opens that list where it stands beside the text.
(() => {
  const LINKS = ".ct-contents a", WIDE = matchMedia("(min-width: 80rem)");  // as in style.css
  const LINE = .3;  // of the window's height: the last heading above it is the section in view
  let asked = false, marked;

  // The block that a heading opens, which knows its place without being laid out (later.js).
  function top(link) {
    const heading = document.getElementById(link.hash.slice(1));
    return (heading?.closest(".stHtml") ?? heading)?.getBoundingClientRect().top ?? Infinity;
  }

  function mark() {
    asked = false;
    const links = [...root.querySelectorAll(LINKS)];
    if (!links.length) return;
    const line = window.innerHeight * LINE;
    const above = links.filter((link) => top(link) < line);
    const now = above[above.length - 1];
    if (now === marked) return;
    links.forEach((link) => link.removeAttribute("aria-current"));
    now?.setAttribute("aria-current", "location");
    marked = now;
    if (now && WIDE.matches) follow(now);
  }

  // The list goes with the reader by itself, at once and without moving: only as far as its own edge.
  function follow(link) {
    const list = link.closest(".ct-contents"), box = list.getBoundingClientRect(), own = link.getBoundingClientRect();
    if (own.top < box.top) list.scrollTop -= box.top - own.top + own.height;
    if (own.bottom > box.bottom) list.scrollTop += own.bottom - box.bottom + own.height;
  }

  function ask() {
    if (asked) return;
    asked = true;
    requestAnimationFrame(mark);
  }

  onChange(() => {
    const details = root.querySelector(".ct-contents details:not([data-placed])");
    if (details) { details.dataset.placed = ""; details.open = WIDE.matches; }
    ask();
  });
  WIDE.addEventListener("change", () => {
    root.querySelectorAll(".ct-contents details").forEach((one) => { one.open = WIDE.matches; });
  });
  addEventListener("scroll", ask, { capture: true, passive: true });
})();
