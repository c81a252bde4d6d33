// Gives the explorers of a page without a kernel what JupyterLab gives them: a model, and sliders.
// The drawing is overlay.js, the same as in the notebook.

const explorers = JSON.parse(document.getElementById("explorer-data").textContent);

async function inflate(base64) {
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Points are packed as the change from one to the next, which deflates well.
function unpack(bytes) {
  const points = new Uint16Array(bytes.buffer);
  for (let k = 1; k < points.length; k++) points[k] += points[k - 1];
  return new Uint8Array(points.buffer);
}

class Model {
  constructor(values) { this.values = values; this.listeners = {}; }
  get(name) { return this.values[name]; }
  set(name, value) {
    if (this.values[name] === value) return;
    this.values[name] = value;
    for (const listener of this.listeners[`change:${name}`] ?? []) listener();
  }
  on(event, listener) { (this.listeners[event] ??= []).push(listener); }
  off(event, listener) { this.listeners[event] = this.listeners[event].filter((kept) => kept !== listener); }
  save_changes() {}
}

// The address holds each explorer's stops: #zeros-explorer:12,3;path-explorer:4,0
function stopsInAddress() {
  const parts = decodeURIComponent(location.hash.slice(1)).split(";").map((part) => part.split(":"));
  return Object.fromEntries(parts.filter(([, stops]) => /^\d+(,\d+)?$/.test(stops ?? ""))
    .map(([name, stops]) => [name, stops.split(",").map(Number)]));
}
function stopsToAddress(name, stops) {
  const all = { ...stopsInAddress(), [name]: stops };
  const text = Object.entries(all).map(([key, at]) => `${key}:${at.join(",")}`).join(";");
  history.replaceState(null, "", `#${text}`);
}

function addSlider(box, model, { label, values }, name) {
  const row = document.createElement("label");
  row.className = "host-slider";
  const text = document.createElement("span"), input = document.createElement("input");
  const readout = document.createElement("output");
  text.textContent = label;
  Object.assign(input, { type: "range", min: 0, max: values.length - 1, step: 1 });
  const show = () => {
    input.value = model.get(name);
    readout.textContent = values[model.get(name)];
    input.setAttribute("aria-valuetext", values[model.get(name)]);
  };
  input.addEventListener("input", () => model.set(name, Number(input.value)));
  model.on(`change:${name}`, show);
  show();
  row.append(text, input, readout);
  box.append(row);
}

async function bring(box, widget) {
  const data = explorers[box.dataset.explorer];
  const values = JSON.parse(new TextDecoder().decode(await inflate(data.json)));
  values.points = unpack(await inflate(data.points));
  values.picture = Uint8Array.from(atob(data.picture), (letter) => letter.charCodeAt(0));
  const model = new Model(values), sliders = values.sliders, axes = ["first", "second"].slice(0, sliders.length);
  const moveTo = (stops) => axes.forEach((axis, k) =>
    model.set(axis, Math.min(stops[k] ?? 0, sliders[k].values.length - 1)));
  const named = () => stopsInAddress()[box.id];
  if (named()) moveTo(named());
  box.replaceChildren();
  sliders.forEach((slider, k) => addSlider(box, model, slider, axes[k]));
  const el = document.createElement("div");
  box.append(el);
  widget.render({ model, el });
  for (const axis of axes)
    model.on(`change:${axis}`, () => stopsToAddress(box.id, axes.map((each) => model.get(each))));
  window.addEventListener("hashchange", () => named() && moveTo(named()));
}

const source = document.getElementById("explorer-module").textContent;
const module = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
const { default: widget } = await import(module);
const boxes = [...document.querySelectorAll(".live-figure[data-explorer]")];
await Promise.all(boxes.map((box) => bring(box, widget)));
document.documentElement.dataset.explorers = "ready";
boxes.find((box) => stopsInAddress()[box.id])?.scrollIntoView({ block: "center" });

// The formulas come after the sliders: MathJax is the largest file.
window.MathJax = {
  tex: { inlineMath: [["$", "$"]], processEscapes: true },
  options: { enableMenu: false },
  startup: { pageReady: () => MathJax.startup.defaultPageReady().then(() => {
    document.documentElement.dataset.formulas = "ready";
  }) },
};
const script = document.createElement("script");
script.src = "mathjax/tex-svg.js";
document.head.append(script);
