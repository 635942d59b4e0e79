// Says a page's new first heading to those who hear the page: another place or page is drawn without loading anew.
(() => {
  const REST = 400;  // milliseconds: the page is drawn in pieces, and is announced once
  const hidden = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";
  const status = document.body.appendChild(document.createElement("div"));
  status.id = "ct-status";
  status.setAttribute("role", "status");
  status.style.cssText = hidden;
  const heading = () => document.querySelector("h1#content")?.textContent;
  let said, waiting;
  new MutationObserver(() => {
    said ||= heading();  // the first one is read with the page
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const now = heading();
      if (!now || now === said) return;
      status.textContent = now;
      said = now;
    }, REST);
  }).observe(root, { subtree: true, childList: true, characterData: true });
})();
