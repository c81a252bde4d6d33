// Draws a LiveFigure's lines at the present stop of its sliders as SVG over its picture, and its
// buttons and status line. Everything it needs is in the model; it waits for nothing from the kernel.

const PER_PX = 16, MARGIN = 1000, NO_POINT = 65535; // as in svg_lines.py
const SVG = "http://www.w3.org/2000/svg";
const SLIDER_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];

function element(name, parent, attributes = {}, text = "") {
  const made = name.startsWith("svg:")
    ? document.createElementNS(SVG, name.slice(4)) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  parent.append(made);
  return made;
}

// The part of the points that belongs to the present stop; an axis of size 1 has only one stop.
function pick({ offset, shape }, at, points) {
  let stop = 0;
  for (let axis = 0; axis < shape.length - 1; axis++)
    stop = stop * shape[axis] + (shape[axis] > 1 ? at[axis] : 0);
  const count = shape[shape.length - 1];
  return points.subarray(offset + stop * count, offset + (stop + 1) * count);
}

function polyline(xs, ys) {
  let d = "", command = "M";
  for (let k = 0; k < ys.length; k++) {
    if (xs[k] === NO_POINT || ys[k] === NO_POINT) { command = "M"; continue; }
    d += command + xs[k] + " " + ys[k];
    command = "L";
  }
  return d;
}

function circles(xs, ys, radius) {
  let d = "";
  const r = radius * PER_PX;
  for (let k = 0; k < ys.length; k++)
    if (xs[k] !== NO_POINT && ys[k] !== NO_POINT)
      d += `M${xs[k] - r} ${ys[k]}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  return d;
}

function render({ model, el }) {
  const [width, height] = model.get("size");
  const bytes = model.get("points");
  const points = new Uint16Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const status = model.get("status"), start = model.get("start"), presets = model.get("presets");
  const url = URL.createObjectURL(new Blob([model.get("picture")], { type: "image/png" }));
  const at = () => [model.get("first"), model.get("second")];

  // Buttons, status, picture.
  el.classList.add("live-figure-overlay");
  const buttons = element("div", el, { class: "live-figure-buttons" });
  const said = element("p", el, { class: "live-figure-status", role: "status", "aria-live": "polite" });
  const svg = element("svg:svg", el, {
    class: "live-figure-picture", viewBox: `0 0 ${width} ${height}`, role: "img",
    style: `--width: ${width}; --height: ${height}`,
  });
  element("svg:image", svg, { href: url, width, height });
  const scale = `scale(${1 / PER_PX}) translate(${-MARGIN * PER_PX} ${-MARGIN * PER_PX})`;
  const ghost = element("svg:g", svg, { class: "live-figure-ghost", transform: scale });
  const live = element("svg:g", svg, { class: "live-figure-lines", transform: scale });
  const lines = model.get("lines").map((line) => {
    const id = `live-figure-${Math.random().toString(36).slice(2)}`;
    const [x, y, w, h] = line.clip;
    const clip = element("svg:clipPath", svg, { id });
    element("svg:rect", clip, {
      x: (x + MARGIN) * PER_PX, y: (y + MARGIN) * PER_PX, width: w * PER_PX, height: h * PER_PX });
    const shape = (look) => element("svg:path", live, { "clip-path": `url(#${id})`, ...look });
    const paths = [];
    if (line.width)
      paths.push([polyline, shape({
        fill: "none", stroke: line.color, "stroke-width": line.width * PER_PX,
        "stroke-linejoin": "round", "stroke-linecap": line.dashes.length ? "butt" : "square",
        "stroke-dasharray": line.dashes.map((length) => length * PER_PX).join(" "),
      })]);
    if (line.radius)
      paths.push([circles, shape({
        fill: line.face, stroke: line.edge, "stroke-width": line.edgeWidth * PER_PX })]);
    return { ...line, paths };
  });

  function paint() {
    for (const line of lines) {
      const xs = pick(line.x, at(), points), ys = pick(line.y, at(), points);
      for (const [draw, path] of line.paths) path.setAttribute("d", draw(xs, ys, line.radius));
    }
    const row = status[status.length > 1 ? model.get("first") : 0];
    const text = row[row.length > 1 ? model.get("second") : 0];
    said.textContent = text;
    svg.setAttribute("aria-label", text);
    requestAnimationFrame(nameSliders);
  }

  // ipywidgets' sliders tell a screen reader the number of the stop; these say their name and value.
  function nameSliders() {
    for (const handle of el.closest(".live-figure")?.querySelectorAll(".noUi-handle") ?? []) {
      const row = handle.closest(".widget-inline-hbox");
      handle.setAttribute("aria-label", row.querySelector(".widget-label").textContent);
      handle.setAttribute("aria-valuetext", row.querySelector(".widget-readout").textContent);
    }
  }

  // Buttons: presets, Reset, Pin, Cover, each with its key.
  function moveTo([first, second = 0]) {
    model.set("first", first);
    model.set("second", second);
    // Unsaved, the kernel's late echo of an earlier position would move us back there.
    model.save_changes();
  }
  function button(text, key, act) {
    const made = element("button", buttons, { type: "button", title: `key ${key}` }, text);
    made.addEventListener("click", act);
    return [key, made];
  }
  function press(made, pressed) {
    made.setAttribute("aria-pressed", pressed);
  }
  function pin(on) {
    press(pinButton, on);
    ghost.replaceChildren(...(on ? [...live.children].map((path) => path.cloneNode()) : []));
  }
  function cover(on) {
    press(coverButton, on);
    el.classList.toggle("live-figure-covered", on);
  }
  const isPressed = (made) => made.getAttribute("aria-pressed") === "true";
  const keys = presets.map(([name, stops], k) => button(name, `${k + 1}`, () => moveTo(stops)));
  keys.push(button("Reset", "r", () => { moveTo(start); pin(false); cover(false); }));
  keys.push(button("Pin", "p", () => pin(!isPressed(pinButton))));
  keys.push(button("Cover", "c", () => cover(!isPressed(coverButton))));
  const [pinButton, coverButton] = keys.slice(-2).map(([, made]) => made);
  press(pinButton, false);
  press(coverButton, false);

  // Escape hands the keys back: to the cell in a notebook, to the slides in a talk.
  function leave() {
    document.activeElement.blur();
    el.closest(".jp-Cell")?.focus();
  }
  const actions = Object.fromEntries(keys.map(([key, made]) => [key, () => made.click()]));
  actions.escape = leave;

  // Keys act while the focus is in the explorer. The listener stands before JupyterLab's own: its
  // shortcuts (1 makes a heading, c copies the cell, arrows leave it) must not run as well.
  function onKey(event) {
    const box = el.closest(".live-figure");
    if (!box?.contains(event.target)) return;
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    // Said anew at every key: left there by an arrow key it would keep Ctrl+S from saving.
    event.target.toggleAttribute("data-lm-suppress-shortcuts", !modified && SLIDER_KEYS.includes(event.key));
    if (modified) return;
    requestAnimationFrame(nameSliders); // also after a key that moves nothing
    const action = actions[event.key.toLowerCase()];
    if (!action || event.target.isContentEditable) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    action();
  }
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("focusin", nameSliders);

  model.on("change:first", paint);
  model.on("change:second", paint);
  paint();
  return () => {
    model.off("change:first", paint);
    model.off("change:second", paint);
    window.removeEventListener("keydown", onKey, true);
    window.removeEventListener("focusin", nameSliders);
    URL.revokeObjectURL(url);
  };
}

export default { render };
