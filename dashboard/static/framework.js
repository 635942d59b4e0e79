// Streamlit's own few words (a list without a match, a lost connection, the menu) in the page's language and without
// its name. It has no other language; what it says is replaced where it stands, and told anew when the language changes.
(() => {
  const WHERE = "header, [data-testid=stSidebar], [data-testid=stStatusWidget], [role=dialog], [data-testid=stSelectboxVirtualDropdown]";
  const MORE = /^(\d+) more$/;
  const said = new WeakMap();  // what Streamlit wrote, by the piece of text it stands in

  function look() {
    const told = root.querySelector(".ct-language")?.dataset.own;
    if (!told) return;
    const own = JSON.parse(told);
    const inOurs = (text) => {
      if (MORE.test(text)) return own["# more"].replace("#", MORE.exec(text)[1]);
      const [word, ...name] = text.split(": ");  // "Fullscreen: what the picture is called"
      return own[text] ?? (name.length && own[word] ? [own[word], ...name].join(": ") : text);
    };
    for (const place of document.querySelectorAll(WHERE)) {
      const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const text = walk.currentNode, known = said.get(text);
        const theirs = known?.shown === text.data ? known.theirs : text.data;
        const shown = inOurs(theirs);
        if (shown === text.data) continue;
        said.set(text, { theirs, shown });
        text.data = shown;
      }
    }
    for (const part of document.querySelectorAll("[aria-label]")) {
      const now = part.getAttribute("aria-label"), known = said.get(part);
      const theirs = known?.shown === now ? known.theirs : now;
      const shown = inOurs(theirs);
      if (shown === now) continue;
      said.set(part, { theirs, shown });
      part.setAttribute("aria-label", shown);
    }
  }

  let asked = false;
  new MutationObserver(() => {  // in the whole body: lists and dialogs stand beside the page
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; look(); });
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
})();
