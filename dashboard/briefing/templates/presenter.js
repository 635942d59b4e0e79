// Turns the file into a talk: one slide on the screen, turned by keys, clicks and swipes. Without it, all slides stand.
// The same file in a second window is the desk: notes, a clock and the next slide. The two speak by `postMessage`, which
// needs no network and works from a disk, where each file is an origin of its own.
(() => {
  "use strict";
  const root = document.documentElement;
  const decks = [...document.querySelectorAll(".deck")];
  const live = document.getElementById("live");
  const blank = document.getElementById("blank");
  const SMALLEST = 0.4, LARGEST = 1.4, EDGE = 0.22, SWIPE = 50, QUIET = 2500;
  const DESK = "desk", SECOND = 1000;
  const atDesk = location.hash === `#${DESK}` && Boolean(opener);
  let at = 0, lang = root.dataset.code, letters = true, resting, desk, began = 0;

  const deck = () => decks.find((one) => one.dataset.code === lang) || decks[0];
  const slides = (one = deck()) => [...one.querySelectorAll(".slide")];

  // ---- What is on the screen
  function show(quietly) {
    for (const one of decks) {
      one.hidden = one !== deck();
      slides(one).forEach((slide, number) => { slide.hidden = number !== at; });
    }
    const slide = slides()[at];
    deck().querySelector(".counter").textContent = slide.dataset.counter;
    root.lang = deck().lang;
    document.title = deck().dataset.title;
    fit(slide);
    remember();
    tell();
    if (!quietly) say(slide.dataset.announced);
  }

  // ---- The second window: the screen tells the desk where it is, the desk asks the screen to turn
  function tell() {
    if (desk && !desk.closed) desk.postMessage({ at, lang, began, dark: !blank.hidden }, "*");
  }

  function openDesk() {
    if (desk && !desk.closed) { desk.focus(); return; }
    const address = new URL(location.href);
    address.hash = DESK;
    desk = open(address, "_blank", "popup,width=1100,height=760");
    if (desk) return;
    deck().querySelector(".help").textContent = deck().dataset.noWindow;
    root.classList.add("refused");
    say(deck().dataset.noWindow);
  }

  function heard(event) {
    const asked = event.data?.ask;
    if (typeof asked !== "string" || event.source?.opener !== window) return;
    desk = event.source;
    if (asked === "zero") began = Date.now();
    else if (Object.hasOwn(actions, asked) && asked !== "desk") run(asked);
    tell();
  }

  function sitAtDesk() {
    root.classList.add("at-desk");
    const desks = [...document.querySelectorAll(".desk")];
    const ask = (name) => opener.postMessage({ ask: name }, "*");
    let told = { began: 0 };
    addEventListener("message", (event) => {
      if (event.source !== opener || !Number.isInteger(event.data?.at)) return;
      if (JSON.stringify(told) === JSON.stringify(event.data)) return;
      const moved = told.at !== event.data.at || told.lang !== event.data.lang;
      told = event.data;
      if (moved) lay(desks, told);
      tick();
    });
    function tick() {
      const now = new Date(), seconds = told.began ? Math.floor((now - told.began) / SECOND) : 0;
      for (const one of desks) {
        one.classList.toggle("dark", Boolean(told.dark));
        one.querySelector(".clock").textContent = now.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
        one.querySelector(".elapsed").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      }
    }
    document.addEventListener("keydown", (event) => {
      const name = event.ctrlKey || event.metaKey || event.altKey || event.target.closest("button") ? "" : named(event);
      if (name && name !== "screen") { event.preventDefault(); ask(name); }
    });
    document.addEventListener("click", (event) => {
      const chosen = event.target.closest(".desk [data-do]");
      if (chosen) ask(chosen.dataset.do);
    });
    setInterval(() => { ask("where"); tick(); }, SECOND);
    ask("where");
  }

  function lay(desks, told) {
    lang = told.lang;
    root.lang = deck().lang;
    const now = slides()[told.at], then = slides()[told.at + 1];
    for (const one of desks) one.hidden = one.dataset.code !== lang;
    const shown = desks.find((one) => one.dataset.code === lang);
    document.title = shown.dataset.title;
    shown.querySelector(".place").textContent = now.dataset.counter;
    shown.querySelector(".now h2").textContent = heading(now);
    const notes = [...now.querySelectorAll(".notes")].map((one) => one.cloneNode(true));
    if (notes.length === 1) notes[0].querySelector("h3").remove();
    notes.slice(1).forEach((one) => { one.lang = now.querySelector(".also").lang; });
    shown.querySelector(".said").replaceChildren(...(notes.length === 1 ? notes[0].childNodes : notes));
    shown.querySelector(".then .title").textContent = then ? heading(then) : "";
    preview(shown.querySelector(".preview"), then);
    shown.querySelector(".now").scrollTop = 0;
  }

  // A heading in both languages has each on a line of its own; on one line something must stand between them.
  function heading(slide) {
    return [...slide.querySelector("h2").childNodes].map((part) => part.textContent.trim()).filter(Boolean).join(" / ");
  }

  function preview(box, slide) {
    const copy = slide?.cloneNode(true);
    copy?.querySelectorAll(".notes").forEach((one) => one.remove());
    copy?.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
    copy?.removeAttribute("aria-labelledby");
    if (copy) { copy.hidden = false; box.replaceChildren(copy); fit(copy); } else box.replaceChildren();
  }

  function say(text) {
    live.lang = deck().lang;
    live.textContent = text;
  }

  function remember() {
    const address = new URL(location.href);
    address.searchParams.set("lang", lang);
    address.hash = String(at + 1);
    try { history.replaceState(null, "", address); } catch { location.hash = address.hash; }
  }

  function recall() {
    const asked = new URLSearchParams(location.search).get("lang");
    if (decks.some((one) => one.dataset.code === asked)) lang = asked;
    const number = Number.parseInt(location.hash.slice(1), 10);
    at = Math.min(Math.max(Number.isNaN(number) ? 0 : number - 1, 0), slides().length - 1);
  }

  // ---- The type of a slide: as large as its words allow, and as small as a long title or table needs
  function overflows(stage) {
    return stage.scrollHeight > stage.clientHeight + 1 || stage.scrollWidth > stage.clientWidth + 1
      || [...stage.querySelectorAll(".scroll")].some((box) => box.scrollWidth > box.clientWidth + 1);
  }

  function fit(slide) {
    const stage = slide.querySelector(".stage");
    const set = (size) => slide.style.setProperty("--fit", size);
    const largest = slide.querySelector(".plot") || slide.classList.contains("dense") ? 1 : LARGEST;
    set(1);
    if (getComputedStyle(stage).containerType !== "size") return;
    let low = SMALLEST, high = largest;
    for (let step = 0; step < 7; step += 1) {
      const middle = (low + high) / 2;
      set(middle);
      if (overflows(stage)) high = middle; else low = middle;
    }
    set(high);
    if (overflows(stage)) set(low);
    const scrolls = stage.classList.toggle("scrolls", overflows(stage));
    if (scrolls) stage.tabIndex = 0; else stage.removeAttribute("tabindex");
  }

  function fitAll() {
    root.classList.add("paper");
    slides().forEach((slide) => { slide.hidden = false; fit(slide); });
  }

  function offPaper() {
    root.classList.remove("paper");
    show(true);
  }

  // ---- What a presenter can do
  function go(to) {
    const number = Math.min(Math.max(to, 0), slides().length - 1);
    if (number !== at) { at = number; show(); }
  }

  function press(name, on) {
    document.querySelectorAll(`[data-do="${name}"][aria-pressed]`).forEach((one) => one.setAttribute("aria-pressed", on));
  }

  function darken(on) {
    blank.hidden = !on;
    tell();
    if (on) say(deck().dataset.blanked);
  }

  const actions = {
    back: () => go(at - 1),
    next: () => go(at + 1),
    first: () => go(0),
    last: () => go(slides().length - 1),
    desk: openDesk,
    blank: () => darken(blank.hidden),
    letters: () => { letters = !letters; press("letters", letters); },
    language: () => {
      const held = deck().contains(document.activeElement) && document.activeElement.dataset.do;
      lang = decks[(decks.indexOf(deck()) + 1) % decks.length].dataset.code;
      show();
      if (held) deck().querySelector(`.footbar [data-do="${held}"]`)?.focus();
    },
    screen: () => {
      if (document.fullscreenElement) document.exitFullscreen(); else root.requestFullscreen?.().catch(() => {});
    },
  };

  function run(name) {
    root.classList.add("begun");
    began ||= Date.now();
    if (name !== "blank") darken(false);
    actions[name]();
  }

  // ---- Keys: a clicker sends PageDown, PageUp, "b" and "."
  const keys = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
    ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back", Home: "first", End: "last",
  };
  const letterKeys = { f: "screen", l: "language", n: "desk", b: "blank", ".": "blank" };

  function named(event) {
    if (event.key === " " && event.shiftKey) return "back";
    return keys[event.key] || (letters && letterKeys[event.key.toLowerCase()]);
  }

  function ownKeys(event) {
    const own = event.target.closest("button, a, summary");
    if (own && (event.key === " " || event.key === "Enter")) return true;
    const box = event.target.closest(".scroll, .stage.scrolls");
    return Boolean(box) && box.scrollHeight > box.clientHeight && ["ArrowUp", "ArrowDown", " "].includes(event.key);
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { darken(false); return; }
    const name = named(event);
    if (!name || ownKeys(event)) return;
    event.preventDefault();
    run(name);
  }

  // ---- Pointer: the outer edges turn, the middle is left to reading; the controls show while the pointer moves
  function turn(event) {
    const chosen = event.target.closest("[data-do]");
    if (chosen) { event.preventDefault(); run(chosen.dataset.do); return; }
    if (!blank.hidden) { darken(false); return; }
    if (event.target.closest("a, button, summary, .footbar") || String(getSelection())) return;
    const across = event.clientX / innerWidth;
    if (across > 1 - EDGE) run("next"); else if (across < EDGE) run("back");
  }

  function pointed(event) {
    if (!event.movementX && !event.movementY) return;  // a page that opens under a pointer at rest is told of it too
    const across = event.clientX / innerWidth;
    const edge = across > 1 - EDGE ? "e-resize" : across < EDGE ? "w-resize" : "";
    document.body.style.cursor = event.target.closest(".stage") ? edge : "";
    root.classList.add("pointing");
    clearTimeout(resting);
    resting = setTimeout(() => root.classList.remove("pointing"), QUIET);
  }

  let touch;
  function swiped(event) {
    const end = event.changedTouches[0], across = end.clientX - touch.clientX, down = end.clientY - touch.clientY;
    if (Math.abs(across) < SWIPE || Math.abs(across) < 2 * Math.abs(down)) return;
    const box = event.target.closest(".scroll");
    if (box && box.scrollWidth > box.clientWidth) return;
    run(across < 0 ? "next" : "back");
  }

  root.classList.add("live");
  if (atDesk) { sitAtDesk(); return; }
  recall();
  show(true);
  document.fonts?.ready.then(() => fit(slides()[at]));
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", turn);
  document.addEventListener("pointermove", pointed);
  document.addEventListener("touchstart", (event) => { touch = event.changedTouches[0]; }, { passive: true });
  document.addEventListener("touchend", swiped, { passive: true });
  addEventListener("message", heard);
  addEventListener("resize", () => fit(slides()[at]));
  addEventListener("hashchange", () => { recall(); show(); });
  addEventListener("beforeprint", fitAll);
  addEventListener("afterprint", offPaper);
})();
