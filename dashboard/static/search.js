// Follows a search and its answers as a page's name in the navigation is followed: the address is written, and the page
// comes without loading anew. Without this script both are a plain form and plain links.
(() => {
  function follow(target) {
    go(target);
    scrollTo(0, 0);
  }
  addEventListener("submit", (event) => {
    const form = event.target.closest?.("form.ct-search");
    if (!form) return;
    event.preventDefault();
    const target = new URL(form.action), now = new URLSearchParams(location.search);
    now.set("q", form.q.value);
    target.search = new URLSearchParams(["lang", "place", "with", "q"].filter((name) => now.has(name)).map((name) => [name, now.get(name)]));
    follow(target.href);
  }, true);
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a.ct-go");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    follow(link.href);
  }, true);
})();
