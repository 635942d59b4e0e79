// One choice is one step back. Streamlit writes an address of its own accord too: the choices that a first visit, a page
// or a step back leave open. Those, and an address that stands there already, take the place of the one that is shown.
(() => {
  // What a view may lack in its address and a session remembers; as MAY_BE_EMPTY in widgets/address.py has it.
  const MAY_BE_EMPTY = ["with", "from", "to", "since", "next", "tray", "small_area"];
  const CHOSEN = "[data-testid=stMain] [data-testid^=st], [data-testid=stSelectboxVirtualDropdown], [data-baseweb=popover], [data-baseweb=calendar]";
  const push = history.pushState.bind(history);
  let acted = false;
  ["pointerdown", "keydown", "change"].forEach((act) => addEventListener(act, (event) => {
    if (event.target.closest?.(CHOSEN) && !event.target.closest(".stHtml")) acted = true;
  }, true));
  // A step to a view without a choice says that it has none: silence would leave the choice that the session remembers.
  let shown = new URL(location.href);
  addEventListener("popstate", (event) => {
    acted = false;
    const now = new URL(location.href);
    if (event.isTrusted && now.pathname === shown.pathname) {
      const left = MAY_BE_EMPTY.filter((name) => shown.searchParams.has(name) && !now.searchParams.has(name));
      left.forEach((name) => now.searchParams.set(name, ""));
      if (left.length) history.replaceState(history.state, "", now);
    }
    shown = new URL(location.href);
  }, true);
  const replace = history.replaceState.bind(history);
  history.replaceState = (state, title, target) => {
    replace(state, title, target);
    shown = new URL(location.href);
  };

  history.pushState = (state, title, target) => {
    const next = new URL(target, location.href);
    const isStep = acted || state?.chosen || next.pathname !== location.pathname;
    acted = false;
    if (isStep && next.href !== location.href) {
      push(state, title, target);
      shown = new URL(location.href);
    } else history.replaceState(state, title, target);
  };
})();

// Goes to an address as a link does, without loading anew.
function go(target) {
  history.pushState({ chosen: true }, "", target);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}
