// Brings a reader to the part of the page that the address names: the browser looks for it before the page is drawn.
(() => {
  const REST = 1500;  // milliseconds: the page is drawn in pieces, and what comes above moves what is below
  let wanted = "", waiting;
  const read = () => {
    wanted = "";
    try { wanted = decodeURIComponent(location.hash.slice(1)); } catch { /* a broken address names nothing */ }
  };
  read();
  addEventListener("popstate", read);  // an answer of the search was followed (search.js), or a step back
  const stop = () => { wanted = ""; };
  ["wheel", "touchstart", "pointerdown", "keydown"].forEach((act) => addEventListener(act, stop, { passive: true }));
  onChange(() => {
    const there = wanted && document.getElementById(wanted);
    if (!there) return;
    if (there.localName === "details") there.open = true;
    there.scrollIntoView();
    clearTimeout(waiting);
    waiting = setTimeout(stop, REST);
  });
})();
