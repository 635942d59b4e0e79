// What the pages of the copy can do where scripts run: find a place by name in either language, sort a table.
(() => {
  for (const head of document.querySelectorAll("th[data-sort] > .ct-head")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ct-sort";
    button.append(...head.childNodes);
    head.replaceWith(button);
  }

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const list = document.querySelector(".ct-places details");
  if (!list) return;
  const box = document.createElement("input"), label = document.createElement("label"), none = document.createElement("p");
  box.type = "search";
  box.autocomplete = "off";
  label.append(list.dataset.find, box);
  none.setAttribute("role", "status");
  list.querySelector("summary").after(label);
  list.append(none);

  box.addEventListener("input", () => {
    const words = plain(box.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    let found = 0;
    for (const item of list.querySelectorAll("li")) {
      const names = plain(`${item.textContent} ${item.dataset.also ?? ""}`).split(/[^\p{L}\p{N}]+/u);
      item.hidden = !words.every((word) => names.some((name) => name.startsWith(word)));
      found += !item.hidden;
    }
    for (const group of list.querySelectorAll(".ct-group")) group.hidden = !group.querySelector("li:not([hidden])");
    none.textContent = found ? "" : list.dataset.none;
  });
  box.addEventListener("keydown", (event) => {
    const first = list.querySelector("li:not([hidden]) a");
    if (event.key === "Enter" && first) first.click();
  });
})();
