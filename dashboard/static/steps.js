// One choice is one step back. Streamlit writes an address of its own accord too: the choices that a first visit, a page
// or a step back leave open. Those, and an address that stands there already, take the place of the one that is shown.
(() => {
  const CHOSEN = "[data-testid=stMain] [data-testid^=st], [data-testid=stSelectboxVirtualDropdown], [data-baseweb=popover], [data-baseweb=calendar]";
  const push = history.pushState.bind(history);
  let acted = false;
  ["pointerdown", "keydown", "change"].forEach((act) => addEventListener(act, (event) => {
    if (event.target.closest?.(CHOSEN) && !event.target.closest(".stHtml")) acted = true;
  }, true));
  addEventListener("popstate", () => { acted = false; }, true);

  history.pushState = (state, title, target) => {
    const next = new URL(target, location.href);
    const isStep = acted || state?.chosen || next.pathname !== location.pathname;
    acted = false;
    if (isStep && next.href !== location.href) push(state, title, target);
    else history.replaceState(state, title, target);
  };
})();

// Goes to an address as a link does, without loading anew.
function go(target) {
  history.pushState({ chosen: true }, "", target);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}
