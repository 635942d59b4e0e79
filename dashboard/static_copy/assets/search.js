// The search of the copy: dashboard/search/word_forms.py and ranking.py over the index that search-en.js or search-cy.js brings.
const finder = (() => {
  const index = FOUND_IN, R = index.rules;
  const leads = new Map(Object.entries(index.leads)), every = [...leads.keys()];
  const also = new Map(Object.entries(index.also)), empty = new Set(index.empty), isPlace = new Set(["place", ...R.WHOLE]);
  const kind = (at) => index.things[at][0], place = (at) => index.things[at][4], standing = (at) => index.things[at][5];

  const words = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").replace(/(?<=\d),(?=\d{3})/g, "").match(/[\p{L}\p{N}]+/gu) ?? [];
  const top = (map) => Math.max(0, ...map.values());
  const raise = (map, key, value) => map.set(key, Math.max(value, map.get(key) ?? 0));
  const pairs = (word) => new Set(Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)));

  function radicals(word) {
    if (word.length < 3) return [];
    const found = index.changed.flatMap(([changed, firsts]) => (word.startsWith(changed) ? firsts.map((first) => first + word.slice(changed.length)) : []));
    if ("aeiouwy".includes(word[0])) found.push(`g${word}`);
    if (word[0] === "h" && "aeiouwy".includes(word[1])) found.push(word.slice(1));
    return found;
  }

  function slips(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let twoAbove = [], above = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let down = 1; down <= one.length; down++) {
      const row = [down];
      for (let across = 1; across <= other.length; across++) {
        let fewest = Math.min(above[across] + 1, row[across - 1] + 1, above[across - 1] + (one[down - 1] !== other[across - 1]));
        if (down > 1 && across > 1 && one[down - 1] === other[across - 2] && one[down - 2] === other[across - 1]) fewest = Math.min(fewest, twoAbove[across - 2] + 1);
        row.push(fewest);
      }
      if (Math.min(...row) > most) return most + 1;
      [twoAbove, above] = [above, row];
    }
    return Math.min(above[other.length], most + 1);
  }

  const changedTo = new Map(), withPair = new Map();
  const add = (map, key, word) => map.set(key, [...(map.get(key) ?? []), word]);
  for (const word of every) {
    radicals(word).forEach((one) => add(changedTo, one, word));
    pairs(word).forEach((one) => add(withPair, one, word));
  }
  const inPlaces = new Map();
  index.names.forEach((names, at) => {
    if (kind(at) === "place") for (const word of new Set(names.flat())) inPlaces.set(word, (inPlaces.get(word) ?? 0) + 1);
  });

  // The words of ours that a typed one is whole: the same, changed at its front, or with another end.
  function whole(word) {
    const found = new Map();
    for (const cut of [1, 2]) if (word.length - cut >= 4 && leads.has(word.slice(0, -cut))) found.set(word.slice(0, -cut), R.ENDED);
    if (!also.has(word)) for (const ours of [...radicals(word), ...(changedTo.get(word) ?? [])]) if (leads.has(ours)) found.set(ours, R.CHANGED);
    if (leads.has(word)) found.set(word, R.SAME);
    return found;
  }

  function misspelt(word) {
    const found = new Map();
    for (const form of [word, ...(word.length >= R.LEAST_CHANGED ? radicals(word) : [])]) {
      const most = form.length < 7 ? 1 : 2, shared = new Map();
      for (const pair of pairs(form)) for (const ours of withPair.get(pair) ?? []) shared.set(ours, (shared.get(ours) ?? 0) + 1);
      for (const [ours, count] of shared) {
        if (count * 2 < form.length - 1 - 2 * most || ours.length <= R.SHORT) continue;
        const wrong = slips(form, ours, most);
        if (wrong > 0 && wrong <= most) raise(found, ours, R.SLIPPED[wrong]);
      }
    }
    return found;
  }

  const known = new Map();
  function alike(word) {
    if (known.has(word)) return known.get(word);
    let found = whole(word);
    if (word.length >= 3) {
      const begun = every.filter((ours) => ours.startsWith(word)).map((ours) => [ours, word.length >= 5 && ours.length - word.length <= 2 ? R.ENDED : R.BEGUN]);
      found = new Map([...begun, ...found]);
    }
    if (word.length >= 4 && top(found) < R.MEANT) found = misspelt(word);
    const meant = [...found].flatMap(([ours, how]) => (how >= R.MEANT ? (also.get(ours) ?? []).map((one) => [one, how * R.MEANS]) : []));
    known.set(word, new Map([...meant, ...found]));
    return known.get(word);
  }

  // The things that a word, whole as it is, leads to.
  function ledTo(word) {
    const ours = [...whole(word)].filter(([, how]) => how >= R.ENDED);
    return new Set(ours.flatMap(([one]) => leads.get(one).filter((_, which) => which % 2 === 0)));
  }

  function apart(word) {
    for (let at = 3; at < word.length - 2; at++) {
      const both = [word.slice(0, at), word.slice(at)], [first, second] = both.map(ledTo);
      if ([...first].some((one) => second.has(one))) return both;
    }
    return [];
  }

  function typed(query) {
    const found = [];
    for (const word of words(query).filter((one) => !empty.has(one)).slice(0, R.MOST_WORDS)) {
      const last = found.length - 1;
      if (last >= 0 && leads.has(found[last] + word)) found[last] += word;
      else if (top(alike(word)) >= R.MEANT) found.push(word);
      else { const two = apart(word); found.push(...(two.length ? two : [word])); }
    }
    return found;
  }

  function namesPlaces(word) {
    const short = [word, ...radicals(word)].filter((form) => leads.has(form) && form.length <= R.SHORT);
    return word.length >= R.SHORT && short.every((form) => leads.get(form).every((at, which) => which % 2 || isPlace.has(kind(at))));
  }

  // The one place whose name the words hold most of; none where several do.
  function placeNamed(all) {
    const strong = new Set(all.flatMap((one) => [...one].filter(([, how]) => how >= R.NAMED).map(([ours]) => ours)));
    const best = new Map();
    index.names.forEach((names, at) => {
      if (!isPlace.has(kind(at))) return;
      for (const name of names) {
        const held = name.filter((word) => strong.has(word));
        const named = kind(at) === "place" && held.some((word) => inPlaces.get(word) <= R.FEW_PLACES && namesPlaces(word));
        if (held.length !== name.length && !named) continue;
        const key = held.length * 1000 + held.length - name.length;
        best.set(key, (best.get(key) ?? new Set()).add(at));
      }
    });
    const most = Math.max(...best.keys()), places = best.get(most) ?? new Set();
    if (places.size !== 1 || most < 1) return [null, new Set()];
    const [at] = places;
    return [at, new Set(index.names[at].flat())];
  }

  function scores(all) {
    const total = new Map(), best = new Map();
    let wholeWeight = 0;
    for (const one of all) {
      const found = new Map();
      for (const [ours, how] of one) {
        const ways = leads.get(ours) ?? [];
        for (let at = 0; at < ways.length; at += 2) raise(found, ways[at], how * ways[at + 1]);
        raise(best, ours, how);
      }
      const weight = found.size ? Math.log(1 + index.things.length / found.size) : R.UNKNOWN * Math.log(1 + index.things.length);
      wholeWeight += weight;
      for (const [at, value] of found) total.set(at, (total.get(at) ?? 0) + weight * value);
    }
    const ofName = (at) => Math.max(0, ...index.names[at].filter((name) => name.length).map((name) => name.reduce((sum, word) => sum + (best.get(word) ?? 0), 0) / name.length));
    return new Map([...total].map(([at, score]) => [at, (score / wholeWeight) * (1 - R.OF_NAME + R.OF_NAME * ofName(at))]));
  }

  function groups(all) {
    const worth = new Map([...all].map(([at, score]) => [at, score * R.WORTH[kind(at)] * standing(at)]));
    const best = Math.max(0, ...[...worth.values()].filter((score) => score < R.NAMED_PLACE));
    const kinds = new Map();
    const enough = [...worth].filter(([, score]) => score >= Math.max(R.LEAST, best * R.OF_THE_BEST)).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    for (const [at] of enough) add(kinds, kind(at), at);
    return [...kinds].map(([one, found]) => [one, found.slice(0, R.MOST_OF_A_KIND).map((at) => index.things[at])]);
  }

  function find(asked) {
    const query = [...asked].slice(0, R.LONGEST).join("").split(/\s+/).filter(Boolean).join(" ");
    const all = typed(query).map((word) => [word, alike(word)]).filter(([word, one]) => one.size || word.length > R.SHORT).map(([, one]) => one);
    let [named, names] = placeNamed(all);
    const others = all.filter((one) => ![...names].some((word) => (one.get(word) ?? 0) >= R.NAMED));
    let found = scores(others);
    if (named !== null && R.WHOLE.includes(kind(named))) {  // whose name may be a word like any other
      for (const [at, score] of scores(all)) raise(found, at, score);
      found.set(named, R.NAMED_PLACE);
      named = null;
    }
    if (named !== null) {
      found = new Map([...found].filter(([at]) => kind(at) !== "place"));
      found.set(named, R.NAMED_PLACE);
    }
    return { query, place: named !== null && others.length ? place(named) : "", groups: groups(found) };
  }

  return { find, said: index.said, kinds: index.kinds, places: index.places, here: index.here };
})();

// The answers on the page of the search.
(() => {
  const box = document.getElementById("answers"), field = document.querySelector(".ct-search input");
  if (!box) return;
  const asked = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  const element = (name, text = "", look = "") => Object.assign(document.createElement(name), { textContent: text, className: look });
  const found = finder.find(asked), at = found.place || box.dataset.place, [inPlace, called] = finder.places[at];
  const count = found.groups.reduce((sum, [, things]) => sum + things.length, 0);
  if (field) field.value = asked;

  const [before, after] = finder.said[asked ? (count ? "found" : "nothing") : "empty"].split(finder.here);
  const status = element("p", before, "ct-intro");
  if (after !== undefined) status.append(element("bdi", found.query), after.replace("#", count));
  box.append(status);
  if (found.place && found.place !== box.dataset.place) box.append(element("p", finder.said.at.replace(finder.here, called), "ct-notice"));
  if (!count) box.append(element("p", finder.said.can, "ct-intro"));
  for (const [kind, things] of found.groups) {
    const section = element("section", "", "ct-answers"), list = element("ul");
    section.append(element("h2", finder.kinds[kind]), list);
    for (const [, name, what, page, place] of things) {
      const link = element("a", name.replace(finder.here, inPlace)), item = element("li");
      link.href = `../${place || at}/${page}`;
      item.append(link, " ", element("span", what, "ct-muted"));
      list.append(item);
    }
    box.append(section);
  }
  if (asked) document.getElementById("every").hidden = true;
})();
