// Pages' names in the navigation carry the place and the language: opened in another tab, or after the server has
// forgotten this visitor, they show what was being read. A plain click writes the whole address at once, which the
// page follows without loading anew; the back button then takes one step.
(() => {
  const CARRIED = ["lang", "place", "with", "tray", "from", "to", "since", "next", "small_area"];
  const LINKS = "a[data-testid=stTopNavLink]";
  function withView(href) {
    const target = new URL(href, location.href), now = new URLSearchParams(location.search);
    target.search = new URLSearchParams(CARRIED.filter((name) => now.has(name)).map((name) => [name, now.get(name)]));
    return target.href;
  }
  const nav = (event) => event.target.closest?.(LINKS);
  // before the browser takes the address of the link: for the menu, the middle button, a drag, the keyboard
  ["pointerdown", "contextmenu", "focusin", "dragstart"].forEach((act) => addEventListener(act, (event) => {
    const link = nav(event);
    if (link) link.href = withView(link.href);
  }, true));
  addEventListener("click", (event) => {
    const link = nav(event);
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const target = withView(link.href);
    if (new URL(target).pathname !== location.pathname) go(target);  // the page that is read begins anew, and is no step
    scrollTo(0, 0);
  }, true);
})();
