// What can wait, waits. The scripts beside this one are sent as one with it, and share these names.
const root = document.getElementById("root");

// Runs `act` when the browser has nothing else to do.
const later = window.requestIdleCallback
  ? (act) => window.requestIdleCallback(act, { timeout: 2000 })
  : (act) => setTimeout(() => act({ timeRemaining: () => 0 }), 200);

// Runs `act` in the frame that will show a change of the page, before it is painted.
function onChange(act) {
  let asked = false;
  new MutationObserver(() => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; act(); });
  }).observe(root, { subtree: true, childList: true });
}

// What is out of sight is laid out later too (style.css): the frame that answers a click places what it shows. What a
// chart or a table adds of its own accord is no answer.
new MutationObserver((changes) => {
  if (changes.every((change) => change.target.closest(".ct-chart, details"))) return;
  root.classList.add("ct-answering");
  later(() => root.classList.remove("ct-answering"));
}).observe(root, { subtree: true, childList: true });
