// The tables of actions and of questions are written in while the room decides, in both languages' slides at once; the presentation can then
// be saved as a file that holds what was written, and nothing is sent anywhere.
(() => {
  "use strict";
  const boxes = [...document.querySelectorAll(".fill")];
  const bodies = boxes.map((box) => box.querySelector("tbody"));
  const alike = (box) => boxes.filter((one) => one.dataset.log === box.dataset.log).map((one) => one.querySelector("tbody"));
  const PASSING = ["live", "begun", "pointing", "refused", "paper"];  // what a talk leaves on the document

  function write(row) {
    for (const cell of row.cells) {
      cell.contentEditable = "plaintext-only";
      if (!cell.isContentEditable) cell.contentEditable = "true";
      cell.setAttribute("role", "textbox");
      cell.setAttribute("aria-label", cell.closest("table").tHead.rows[0].cells[cell.cellIndex].textContent);
    }
  }

  function copied(event) {
    const cell = event.target.closest?.(".fill tbody > tr > *");
    if (!cell) return;
    const row = cell.parentElement;
    for (const body of alike(cell.closest(".fill"))) {
      const same = body.rows[row.sectionRowIndex]?.cells[cell.cellIndex];
      if (same && same !== cell) same.textContent = cell.textContent;
    }
  }

  function addRow(box) {
    for (const body of alike(box)) {
      const row = body.appendChild(body.rows[body.rows.length - 1].cloneNode(true));
      for (const cell of row.cells) cell.textContent = "";
      write(row);
    }
    dispatchEvent(new Event("resize"));
  }

  function save(box) {
    const copy = document.documentElement.cloneNode(true);
    copy.classList.remove(...PASSING);
    copy.querySelectorAll("[contenteditable]").forEach((cell) => {
      ["contenteditable", "role", "aria-label"].forEach((name) => cell.removeAttribute(name));
    });
    copy.querySelectorAll(".deck, .slide").forEach((part) => { part.hidden = false; part.style.removeProperty("--fit"); });
    copy.querySelector("#blank").hidden = true;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["<!doctype html>\n", copy.outerHTML], { type: "text/html" }));
    link.download = box.closest(".deck").dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  bodies.forEach((body) => [...body.rows].forEach(write));
  document.addEventListener("input", copied);
  addEventListener("keydown", (event) => {
    if (!event.target.isContentEditable) return;
    if (event.key === "Escape") event.target.blur();
    event.stopPropagation();  // here keys are letters, and turn no slide
  }, true);
  addEventListener("click", (event) => {
    const box = event.target.closest?.(".fill");
    if (!box) return;
    event.stopPropagation();
    const button = event.target.closest("button");
    if (button) ({ row: () => addRow(box), save: () => save(box) })[button.dataset.fill]();
  }, true);
})();
