// Tells the browser which language the page is in, for screen readers and hyphenation; the skip link follows.
onChange(() => {
  const told = root.querySelector(".ct-language")?.dataset;
  if (!told || told.lang === document.documentElement.lang) return;
  document.documentElement.lang = told.lang;
  document.getElementById("ct-skip").textContent = told.skip;
});
