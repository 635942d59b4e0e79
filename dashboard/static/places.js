// A place is found in its picker as people write it: without its accents, in the other language, mutated. Streamlit
// finds a name by its own letters alone, so words that can only mean other names are turned into what those share.
(() => {
  const SHORTEST = 3;  // letters; fewer mean no name
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9 ]/g, (letter) => (letter === "-" ? " " : ""));
  const letters = (text) => fold(text).replace(/ /g, "");
  const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  let before = "", shown = "", typed = "";

  const names = () => JSON.parse(root.querySelector(".ct-places")?.dataset.names || "[]");

  // Streamlit's own way: all letters of what is typed, in their order.
  function foundBy(text, name) {
    let at = 0;
    for (const letter of name.toLowerCase()) if (letter === text[at]) at += 1;
    return at >= text.length;
  }

  // From its beginning or from any of its words on: "ynys m", "mon", "anglesey".
  function isMeant(text, name) {
    const words = fold(name).split(" ");
    return words.some((_, first) => words.slice(first).join("").startsWith(text));
  }

  function shared(labels) {
    const [first, ...others] = labels;
    for (let size = first.length; size > SHORTEST; size -= 1) {
      for (let at = 0; at + size <= first.length; at += 1) {
        const part = first.slice(at, at + size);
        if (others.every((one) => one.includes(part))) return part.trim();
      }
    }
    return "";
  }

  function meant(text) {
    const plain = letters(text), every = names();
    if (plain.length < SHORTEST) return "";
    const called = every.filter(([label, ...others]) => [label, ...others].some((name) => isMeant(plain, name)));
    if (!called.length || called.some(([label]) => foundBy(text.toLowerCase(), label))) return "";
    return shared(called.map(([label]) => label));
  }

  function isOurs(input) { return input instanceof HTMLInputElement && input.closest("[class*='st-key-place_picker_'], [class*='st-key-beside_picker_']"); }

  addEventListener("beforeinput", (event) => { if (isOurs(event.target)) before = event.target.value; }, true);

  // Before Streamlit reads it.
  addEventListener("input", (event) => {
    const input = event.target;
    if (!isOurs(input)) return;
    const now = input.value;
    const isWhole = names().some(([label]) => label === before) && before !== shown;
    if (before === shown && shown && now.startsWith(shown)) typed += now.slice(shown.length);  // they write on
    else if (isWhole && now.length > before.length && event.data) typed = event.data;  // over the place chosen
    else typed = now;
    const name = meant(typed);
    shown = name;
    if (name && name !== now) put.call(input, name);
  }, true);
})();
