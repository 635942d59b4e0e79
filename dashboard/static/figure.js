// Saves a chart as an image with its title and source, and fits charts to paper, in the browser: nothing is sent anywhere.
(() => {
  const NS = "http://www.w3.org/2000/svg";
  const FONT = "'Source Sans', 'Source Sans 3', 'Source Sans Pro', Arial, Helvetica, sans-serif";

  function wrap(text, most) {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const joined = (lines[lines.length - 1] + " " + word).trim();
      if (joined.length > most && lines[lines.length - 1]) lines.push(word); else lines[lines.length - 1] = joined;
    }
    return lines;
  }

  function write(svg, lines, x, y, size, weight, colour) {
    for (const line of lines) {
      const text = document.createElementNS(NS, "text");
      Object.entries({ x, y, "font-family": FONT, "font-size": size, "font-weight": weight, fill: colour })
        .forEach(([name, value]) => text.setAttribute(name, value));
      text.textContent = line;
      svg.appendChild(text);
      y += size * 1.35;
    }
    return y;
  }

  // Many a program paints black what is "transparent" or has its opacity inside its colour: a browser's way of saying it.
  function forOtherPrograms(part) {
    for (const paint of ["fill", "stroke"]) {
      const colour = part.style[paint] || part.getAttribute(paint) || "";
      const [, rgb, alpha] = colour.match(/^rgba\((.*),\s*([\d.]+)\)$/) || [, , colour === "transparent" ? "0" : ""];
      if (!alpha) continue;
      const opaque = part.style[`${paint}-opacity`];
      part.removeAttribute(paint);
      part.style[paint] = Number(alpha) ? `rgb(${rgb})` : "none";
      if (Number(alpha)) part.style[`${paint}-opacity`] = Number(alpha) * (opaque === "" ? 1 : Number(opaque));
    }
    const down = /^([\d.]+)em$/.exec(part.getAttribute("dy") || "");  // LibreOffice sets such lines upon each other
    if (down && part.hasAttribute("y")) {
      const size = parseFloat(part.closest("text")?.style.fontSize) || 12;
      part.setAttribute("y", Number(part.getAttribute("y")) + Number(down[1]) * size);
      part.removeAttribute("dy");
    }
    if (part.style.pointerEvents) part.style.pointerEvents = "";
    if (part.localName === "text" || part.style.fontFamily) part.style.fontFamily = FONT;
  }

  function picture(button, plot) {
    const width = plot.clientWidth, height = plot.clientHeight;
    const svg = document.createElementNS(NS, "svg");
    const ground = svg.appendChild(document.createElementNS(NS, "rect"));
    let y = write(svg, wrap(button.dataset.title, width / 11.5), 12, 28, 18, 700, "#0B0C0C");
    y = write(svg, wrap(button.dataset.subtitle, width / 8.5), 12, y, 14, 400, "#505A5F");
    plot.querySelectorAll("svg.main-svg").forEach((layer) => {
      const copy = layer.cloneNode(true);
      copy.setAttribute("y", y);
      copy.removeAttribute("style");
      copy.querySelectorAll(".hoverlayer, .zoomlayer, .draglayer").forEach((part) => part.remove());
      copy.querySelectorAll("*").forEach(forOtherPrograms);
      svg.appendChild(copy);
    });
    y = write(svg, wrap(button.dataset.source, width / 7), 12, y + height + 20, 12, 400, "#505A5F");
    Object.entries({ xmlns: NS, width, height: y, viewBox: `0 0 ${width} ${y}` }).forEach(([n, v]) => svg.setAttribute(n, v));
    Object.entries({ width, height: y, fill: "#FFFFFF" }).forEach(([n, v]) => ground.setAttribute(n, v));
    return { text: new XMLSerializer().serializeToString(svg), width, height: y };
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // A chart is drawn for the screen, which is wider than paper: it is made smaller while the page is printed.
  const PAPER = 680;
  const charts = () => document.querySelectorAll(".js-plotly-plot");
  window.addEventListener("beforeprint", () => charts().forEach((plot) => {
    plot.style.zoom = Math.min(1, PAPER / plot.clientWidth);
  }));
  window.addEventListener("afterprint", () => charts().forEach((plot) => { plot.style.zoom = ""; }));

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest(".ct-image");
    if (!button) return;
    const plot = button.closest(".ct-block").querySelector(".js-plotly-plot");
    if (!plot) return;
    const drawing = picture(button, plot);
    if (button.dataset.kind === "svg") { save(new Blob([drawing.text], { type: "image/svg+xml" }), button.dataset.name); return; }
    pixels(drawing).then((png) => save(png, button.dataset.name));
  });

  const pixels = ({ text, width, height }) => new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = width * 2; canvas.height = height * 2;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((png) => png ? resolve(png) : reject(new Error("no picture")), "image/png");
    };
    image.onerror = reject;
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  });

  // Copies a figure: its finding with source and link as text, its picture, or its rows as a spreadsheet takes them.
  const cells = (csv) => {
    const rows = [[""]];
    let quoted = false;
    for (let at = 0; at < csv.length; at += 1) {
      const letter = csv[at], row = rows[rows.length - 1];
      if (quoted && letter === '"' && csv[at + 1] === '"') { row[row.length - 1] += '"'; at += 1; }
      else if (letter === '"') quoted = !quoted;
      else if (letter === "," && !quoted) row.push("");
      else if (letter === "\n" && !quoted) rows.push([""]);
      else if (letter !== "\r" || quoted) row[row.length - 1] += letter;
    }
    return rows.filter((row) => row.length > 1 || row[0]).map((row) => row.map((cell) => cell.replace(/\s+/g, " ")).join("\t")).join("\n");
  };
  const rowsOf = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    return cells((await answer.text()).replace(/^\ufeff/, ""));
  };

  function content(kind, bar) {
    const { words, rows, figure } = bar.dataset, block = bar.closest(".ct-block");
    if (kind === "words") return { "text/plain": new Blob([`${words}\n${location.href.split("#")[0]}#${figure}`], { type: "text/plain" }) };
    if (kind === "rows") return { "text/plain": rowsOf(rows).then((text) => new Blob([text], { type: "text/plain" })) };
    const button = block.querySelector(".ct-image"), plot = block.querySelector(".js-plotly-plot");
    return plot ? { "image/png": pixels(picture(button, plot)) } : null;
  }

  async function copy(kind, bar) {
    const found = content(kind, bar);
    if (!found) throw new Error("not drawn");
    if (window.ClipboardItem && navigator.clipboard?.write) { await navigator.clipboard.write([new ClipboardItem(found)]); return; }
    if (!found["text/plain"]) throw new Error("no clipboard");  // an address without https
    const text = await (await found["text/plain"]).text(), area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("no clipboard");
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".ct-copy");
    if (!button || button.dataset.was) return;
    const bar = button.closest(".ct-copying"), status = document.getElementById("ct-status");
    let said = bar.dataset.done;
    try { await copy(button.dataset.copies, bar); } catch { said = bar.dataset.failed; }
    button.dataset.was = button.textContent;
    button.textContent = said;
    if (status) status.textContent = said;
    button.focus({ preventScroll: true });
    setTimeout(() => { button.textContent = button.dataset.was; delete button.dataset.was; }, 2500);
  });
})();
