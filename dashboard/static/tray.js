// My briefing: what lies in it is in the address, as every choice is. A figure is added where it stands, without leaving
// the page; a step in the list of what lies there writes the next address, and the focus stays on the step.
(() => {
  const plain = (event) => !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const added = new Set();  // since the server last said what lies in the tray
  let told = "", step = "";

  function mark() {
    const tray = root.querySelector(".ct-tray");
    if (!tray) return;
    const said = tray.dataset.pieces;
    if (said !== told) added.clear();
    told = said;
    const held = new Set([...said.split(" ").filter(Boolean), ...added]);
    const full = held.size >= Number(tray.dataset.most);
    root.querySelectorAll("a.ct-add").forEach((link) => {
      const inside = held.has(link.dataset.piece);
      const words = inside ? tray.dataset.inside : full ? tray.dataset.full : tray.dataset.add;
      link.classList.toggle("ct-full", full && !inside);
      link.classList.toggle("ct-inside", inside);
      if (link.textContent !== words) link.textContent = words;
    });
  }

  function keepFocus() {
    const there = step && [...root.querySelectorAll("a.ct-step")].find((link) => link.dataset.step === step);
    if (there && document.activeElement === document.body) there.focus({ preventScroll: true });
  }

  addEventListener("click", (event) => {
    const link = event.target.closest?.("a.ct-add, a.ct-step");
    if (!link || !plain(event)) return;
    event.preventDefault();
    if (link.classList.contains("ct-step")) {
      step = link.dataset.step;
      go(link.href);
      return;
    }
    const now = new URLSearchParams(location.search);
    if (link.classList.contains("ct-inside") || link.classList.contains("ct-full")) {
      now.set("kind", "mine");
      go(`${location.pathname.replace(/[^/]*$/, "briefings")}?${now}`);
      scrollTo(0, 0);
      return;
    }
    now.set("tray", `${now.get("tray") || ""}.-${link.dataset.piece}`.replace(/^\./, ""));
    added.add(link.dataset.piece);
    mark();
    const status = document.getElementById("ct-status");
    if (status) status.textContent = link.textContent;
    go(`${location.pathname}?${now}${location.hash}`);
  }, true);
  // A kept briefing is read here and put into the box that takes it as text: nothing is sent as a file.
  const put = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  // A presentation that was saved in the room holds the actions and questions that were written there: they are what is
  // taken of it. One from before there were questions has a single table, which is of actions.
  const LOGS = { actions: ".fill:not([data-log='raised'])", questions: ".fill[data-log='raised']" };
  function kept(text) {
    if (!/^\s*<!doctype html/i.test(text)) return text;
    const page = new DOMParser().parseFromString(text, "text/html");
    const lines = Object.entries(LOGS).map(([name, box]) => {
      const rows = [...(page.querySelector(`${box} tbody`)?.rows ?? [])];
      const written = rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
      return `${name}.rows = ${JSON.stringify(written.filter((row) => row.some(Boolean)))}\n`;
    });
    return `[[briefing]]\n${lines.join("")}`;
  }

  addEventListener("change", async (event) => {
    const file = event.target.closest?.("input.ct-open")?.files[0];
    const box = root.querySelector(".st-key-kept_text textarea");
    if (!file || !box) return;
    const text = kept(await file.text());
    event.target.value = "";
    box.focus();
    put.call(box, text);
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    box.blur();
  }, true);

  onChange(() => { mark(); keepFocus(); });
})();
