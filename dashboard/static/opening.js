// The first words, which the document carries (dashboard/opening.py), go in the frame in which the page itself stands.
// Where it does not come, they stay, and say that its live connection is held back on the way.
(() => {
  const LOADED = 5000, AGAIN = 10000, OPENS = 8000, LONGEST = 60000;  // milliseconds
  const first = document.getElementById("ct-opening");
  if (!first) return;
  const [waiting, broken] = ["ct-waiting", "ct-broken"].map((id) => document.getElementById(id));
  const stands = () => root.querySelector("h1")
    || root.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";
  onChange(() => { if (stands()) first.remove(); });
  const say = (isBroken) => { waiting.hidden = isBroken; broken.hidden = !isBroken; };

  // Whether a websocket opens at all is tried once everything has come and the page has not.
  function tried() {
    if (!first.isConnected) return;
    const socket = new WebSocket(new URL("./_stcore/stream", location.href).href.replace(/^http/, "ws"));
    let opened = false;
    const late = setTimeout(() => socket.close(), OPENS);
    socket.onopen = () => { opened = true; socket.close(); };
    socket.onclose = () => {
      clearTimeout(late);
      say(!opened || performance.now() > LONGEST);
      setTimeout(tried, AGAIN);
    };
  }
  const begin = () => setTimeout(tried, LOADED);
  if (document.readyState === "complete") begin(); else addEventListener("load", begin);
})();
