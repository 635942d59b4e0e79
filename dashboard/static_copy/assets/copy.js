// What the pages of the copy can do where scripts run: find a place by name in either language, sort a table.
(() => {
  for (const head of document.querySelectorAll("th[data-sort] > .ct-head")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ct-sort";
    button.append(...head.childNodes);
    head.replaceWith(button);
  }

  const words = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const list = document.querySelector(".ct-places details");
  if (!list) return;
  const box = document.createElement("input"), label = document.createElement("label"), status = document.createElement("p");
  box.type = "search";
  box.autocomplete = "off";
  label.append(list.dataset.find, box);
  status.setAttribute("role", "status");
  list.querySelector("summary").after(label);
  list.append(status);

  box.addEventListener("input", () => {
    const typed = words(box.value);
    let places = 0;
    for (const item of list.querySelectorAll("li")) {
      const names = words(`${item.textContent} ${item.dataset.also ?? ""}`);
      item.hidden = !typed.every((word) => names.some((name) => name.startsWith(word)));
      places += !item.hidden;
    }
    for (const group of list.querySelectorAll(".ct-group")) group.hidden = !group.querySelector("li:not([hidden])");
    const answer = places ? list.dataset.some.replace("#", places) : list.dataset.none;
    status.textContent = typed.length ? answer : "";
  });
  box.addEventListener("keydown", (event) => {
    const first = list.querySelector("li:not([hidden]) a");
    if (event.key === "Enter" && words(box.value).length && first) first.click();
  });
})();
