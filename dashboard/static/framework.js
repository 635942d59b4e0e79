// Streamlit's own few words (a list without a match, a lost connection, the menu) in the page's language and without
// its name. It has no other language; what it says is replaced where it stands, and told anew when the language changes.
(() => {
  const WHERE = "header, [data-testid=stSidebar], [data-testid=stStatusWidget], [role=dialog], [data-testid=stSelectboxVirtualDropdown], " +
    "[data-testid=stFileUploader], [data-testid^=stTooltip]";
  const ATTRIBUTES = ["aria-label", "title"];
  const said = new WeakMap();  // what Streamlit wrote, by the piece of text it stands in
  const heard = Object.fromEntries(ATTRIBUTES.map((name) => [name, new WeakMap()]));  // by the part that has it
  const plain = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  let told, own, patterns;  // the page's list, read; of its words those in which "#" stands for whatever it is
  const ours = new Map();  // what was looked for in that list before: a page has thousands of names, and draws for seconds

  function read() {
    own = JSON.parse(told);
    patterns = Object.keys(own).filter((words) => words.includes("#"))
      .map((words) => [words, new RegExp(`^${words.split("#").map(plain).join("(.+)")}$`)]);
    ours.clear();
  }

  function lookUp(text) {
    if (text in own) return own[text];
    for (const [words, pattern] of patterns) {
      const match = pattern.exec(text);
      if (match) return own[words].replace("#", () => match[1]);
    }
    const [word, ...name] = text.split(": ");  // "Fullscreen: what the picture is called"
    return name.length && own[word] ? [own[word], ...name].join(": ") : text;
  }

  function inOurs(text) {
    if (!ours.has(text)) ours.set(text, lookUp(text));
    return ours.get(text);
  }

  function look() {
    const now = root.querySelector(".ct-language")?.dataset.own;
    if (!now) return;
    if (now !== told) { told = now; read(); }
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
    for (const name of ATTRIBUTES)
      for (const part of document.querySelectorAll(`[${name}]`)) {
        const now = part.getAttribute(name), known = heard[name].get(part);
        const theirs = known?.shown === now ? known.theirs : now;
        const shown = inOurs(theirs);
        if (shown === now) continue;
        heard[name].set(part, { theirs, shown });
        part.setAttribute(name, shown);
      }
  }

  let asked = false;
  new MutationObserver(() => {  // in the whole body: lists and dialogs stand beside the page
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; look(); });
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
})();
