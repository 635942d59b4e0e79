// A place is found in its picker as people write it: without its accents, in the other language, mutated, misspelt.
// Streamlit finds a name by its own letters alone, so words that can only mean other names are turned into what those
// share. And it knows no groups: each has a heading over its first place, and is one to those who hear the list.
(() => {
  const SHORTEST = 3;  // letters; fewer mean no name
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9 ]/g, (letter) => (letter === "-" ? " " : ""));
  const letters = (text) => fold(text).replace(/ /g, "");
  const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  let before = "", shown = "", typed = "";

  const PARTICLE = /^(in|to|from|yn|ym|yng|i|o) /, NUMBERED = /^(.+?)\s*(\d{3}[a-z]?)$/i;
  let read = "", told = { names: [], kinds: [], of: [], small: [], groups: [], within: [], smallGroups: [], changed: [] };

  function all() {
    const now = root.querySelector(".ct-places")?.dataset.told || "";
    if (now && now !== read) { read = now; told = JSON.parse(now); }
    return told;
  }

  const names = () => all().names;

  // What a Welsh word may have been made from by a change of its first letter.
  function radicals(plain) {
    const found = [];
    for (const [changed, firsts] of all().changed) if (plain.startsWith(changed)) for (const first of firsts) found.push(first + plain.slice(changed.length));
    if (/^[aeiouwy]/.test(plain)) found.push("g" + plain);
    if (/^h[aeiouwy]/.test(plain)) found.push(plain.slice(1));
    return found;
  }

  // How many letters were left out, put in, changed or swapped with a neighbour; more than `most` is most + 1.
  function slips(one, other, most) {
    let twoAbove = [], above = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let down = 1; down <= one.length; down += 1) {
      const row = [down];
      for (let across = 1; across <= other.length; across += 1) {
        let fewest = Math.min(above[across] + 1, row[across - 1] + 1, above[across - 1] + (one[down - 1] !== other[across - 1]));
        if (down > 1 && across > 1 && one[down - 1] === other[across - 2] && one[down - 2] === other[across - 1]) fewest = Math.min(fewest, twoAbove[across - 2] + 1);
        row.push(fewest);
      }
      if (Math.min(...row) > most) return most + 1;
      [twoAbove, above] = [above, row];
    }
    return above[other.length];
  }

  // The names that what is typed may be the beginning of with the fewest slips.
  function misspelt(forms) {
    let best = [], fewest = 3;
    for (const form of forms) {
      const most = form.length < 5 ? 0 : form.length < 8 ? 1 : 2;
      for (const every of names()) {
        for (const plain of every.flatMap(beginnings)) {
          for (const size of [form.length, form.length + 1, form.length - 1]) {
            const wrong = slips(form, plain.slice(0, size), most);
            if (wrong > most || wrong > fewest) continue;
            if (wrong < fewest) [best, fewest] = [[], wrong];
            if (!best.includes(every)) best.push(every);
          }
        }
      }
    }
    return best;
  }

  // Streamlit's own way: all letters of what is typed, in their order.
  function foundBy(text, name) {
    let at = 0;
    for (const letter of name.toLowerCase()) if (letter === text[at]) at += 1;
    return at >= text.length;
  }

  // From its beginning or from any of its words on: "ynys m", "mon", "anglesey".
  function beginnings(name) {
    const words = fold(name).split(" ");
    return words.map((_, first) => words.slice(first).join(""));
  }

  function isMeant(text, name) { return beginnings(name).some((one) => one.startsWith(text)); }

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
    const number = NUMBERED.exec(text.trim());
    if (number && number[1].match(/[a-z]/i)) {  // "Cardiff 036A" on a Welsh page
      const place = meant(number[1].trim()) || names().find(([label]) => letters(label) === letters(number[1]))?.[0];
      return place && names().some(([label]) => label === place) ? `${place} ${number[2].toUpperCase()}` : "";
    }
    const named = (form) => every.filter((one) => one.some((name) => isMeant(form, name)));
    const bare = letters(text.replace(PARTICLE, ""));
    const forms = [...new Set([plain, bare])].flatMap((form) => [form, ...radicals(form)]);
    let called = named(plain);
    if (called.some(([label]) => foundBy(text.toLowerCase(), label))) return "";
    if (!called.length) called = [...new Set(forms.filter((form) => form.length >= SHORTEST).flatMap(named))];
    if (!called.length && !every.some(([label]) => label.toLowerCase().includes(text.toLowerCase()))) called = misspelt(forms);
    return called.length ? shared(called.map(([label]) => label)) : "";
  }

  // ---- Groups

  const LIST = "[data-testid=stSelectboxVirtualDropdown] [role=listbox]";
  const PICKERS = ["place", "beside", "small_area"].map((name) => `[class*='st-key-${name}_picker_']`).join();
  const isOurs = (input) => input instanceof HTMLInputElement && input.closest(PICKERS);

  // What kind of place a name is of, and the heading of its group.
  function kindAndGroup(label) {
    const { kinds, of, small, groups, within, smallGroups, elsewhere, similar } = all();
    const at = names().findIndex(([one]) => one === label);
    if (at >= 0) return [kinds[of[at]], groups[within[at]]];
    const number = / \d{3}([A-Z]?)$/.exec(label);
    if (number) return [small[number[1] ? 1 : 0], smallGroups[number[1] ? 1 : 0]];
    return ["", label === similar || !document.activeElement.closest("[class*='st-key-beside_picker_']") ? "" : elsewhere];
  }

  const putOn = (option, name, words) => {
    if ((option.dataset[name] || "") === words) return;
    if (words) option.dataset[name] = words;
    else delete option.dataset[name];
  };

  function divide(list) {
    const owned = new Map();
    let before = null;
    for (const option of list.querySelectorAll("[role=option]")) {
      const [kind, group] = kindAndGroup(option.textContent);
      const isNext = before && Number(option.ariaPosInSet) === Number(before.ariaPosInSet) + 1;
      putOn(option, "kind", kind);
      if (isNext || option.ariaPosInSet === "1") putOn(option, "group", !isNext || group !== before.ofGroup ? group : "");
      option.ofGroup = group;
      if (group) owned.set(group, [...(owned.get(group) ?? []), option.id]);
      before = option;
    }
    for (const old of list.querySelectorAll("[role=group]")) if (!owned.has(old.ariaLabel)) old.remove();
    for (const [group, ids] of owned) {
      let box = [...list.querySelectorAll("[role=group]")].find((one) => one.ariaLabel === group);
      if (!box) {
        box = list.appendChild(document.createElement("div"));
        box.setAttribute("role", "group");
        box.ariaLabel = group;
      }
      box.setAttribute("aria-owns", ids.join(" "));
    }
  }

  new MutationObserver(() => {  // in the whole body: lists stand beside the page
    if (!isOurs(document.activeElement)) return;
    const list = document.querySelector(LIST);
    if (list) divide(list);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });

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
    if ((name || typed) !== now) put.call(input, name || typed);  // what means no name any more stands as it was typed
  }, true);
})();
