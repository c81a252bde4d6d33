// Gives the explorers of a page without a kernel what JupyterLab gives them: a model. All else, sliders
// included, is live_figure.js, the same as in the notebook, and the very bytes that the kernel sends there.
// It stands in the constant liveFigure as text: a page opened from disk may import no module by its address.

class Model {
  constructor({ state, buffers }, bytes) {
    this.values = structuredClone(state);
    this.listeners = [];
    for (const { path, data } of buffers) {
      const parent = path.slice(0, -1).reduce((part, name) => part[name], this.values);
      parent[path.at(-1)] = bytes[data];
    }
  }
  get(name) { return this.values[name]; }
  set(name, value) {
    if (String(this.values[name]) === String(value)) return;
    this.values[name] = value;
    for (const listener of this.listeners) listener();
  }
  on(event, listener) { this.listeners.push(listener); } // only change:stops is ever asked for
  off(event, listener) { this.listeners = this.listeners.filter((kept) => kept !== listener); }
}

// The address holds each explorer's stops: #zeros-explorer:12,3;path-explorer:4,0
function stopsInAddress() {
  const hash = location.hash.replace(/%(3A|3B|2C)/gi, decodeURIComponent); // a mail program's : ; and ,
  const parts = hash.matchAll(/([\w-]+):(\d+(?:,\d+)*)(?=;|$)/g);
  return Object.fromEntries([...parts].map(([, name, stops]) => [name, stops.split(",").map(Number)]));
}
function stopsToAddress(name, stops) {
  const all = { ...stopsInAddress(), [name]: stops };
  const text = Object.entries(all).map(([key, at]) => `${key}:${at.join(",")}`).join(";");
  history.replaceState(null, "", `#${text}`);
}

// "Copy link" below an explorer: the address of this page, with the explorer's stops.
function linkButton(name, model) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy link" });
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await copy(`${location.href.split("#")[0]}#${name}:${model.get("stops").join(",")}`);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy link"; }, 2000);
  });
  const row = Object.assign(document.createElement("div"), { className: "explorer-links" });
  row.append(button);
  return row;
}
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // by http, and in a frame, there is none
    const field = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

async function bring(box, data, bytes, widget) {
  const model = new Model(data, bytes), named = () => stopsInAddress()[box.id];
  model.save_changes = () => stopsToAddress(box.id, model.get("stops")); // when the hand rests
  if (named()) model.set("stops", named());
  const el = document.createElement("div");
  box.replaceChildren(el, linkButton(box.id, model));
  await widget.render({ model, el });
  window.addEventListener("hashchange", () => {
    if (!named()) return;
    model.set("stops", named());
    el.querySelector(".live-figure-picture").scrollIntoView({ block: "nearest" });
  });
}

async function decoded([name, base64]) {
  const answer = await fetch(`data:;base64,${base64}`);
  return [name, new Uint8Array(await answer.arrayBuffer())];
}

// One after the other, so that the first can be moved soon; formulas come last, as MathJax is the largest file.
async function bringAll() {
  const boxes = [...document.querySelectorAll(".explorer-host")];
  const data = boxes.map((box) => JSON.parse(box.querySelector("script").textContent));
  const texts = Object.assign({}, ...data.map((one) => one.bytes)); // what two share is stored with the first
  const bytes = Object.fromEntries(await Promise.all(Object.entries(texts).map(decoded)));
  const module = URL.createObjectURL(new Blob([liveFigure], { type: "text/javascript" }));
  const { default: widget } = await import(module);
  for (const [k, box] of boxes.entries()) await bring(box, data[k], bytes, widget);
  document.documentElement.dataset.explorers = "ready";
  const meant = boxes.find((box) => stopsInAddress()[box.id]);
  if (meant && window === window.parent) { // in a frame it would scroll the page around the frame as well
    meant.scrollIntoView({ block: meant.offsetHeight < innerHeight ? "center" : "start" });
  }
  const mathjax = document.querySelector("script[type=later]");
  if (mathjax) document.head.append(Object.assign(document.createElement("script"), { src: mathjax.src }));
}
bringAll();
