// A LiveFigure in the browser: its sliders, buttons and readouts, and its lines as SVG over its picture.
// Everything that can be seen at any stop is in the model's content; nothing waits for the kernel.

const PER_PX = 16, NO_POINT = 65535; // as in svg_lines.py
const ARROW = 13, HALF_FOOT = 7, BEYOND = 1; // likewise, in px
const RESTS_AFTER = 150, A_STOP = 33; // ms: then a hand rests; and so long a playing stop is shown

function element(name, parent, attributes = {}, text = "") {
  const made = name.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4)) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== "") write(made, text);
  parent.append(made);
  return made;
}

// λ_max with its subscript as one, and names of features as they are.
function write(parent, text) {
  parent.replaceChildren();
  String(text).split(/(?<=λ)_(\w+)/).forEach((part, k) => {
    if (k % 2) parent.append(Object.assign(document.createElement("sub"), { textContent: part }));
    else parent.append(part);
  });
}

const inflated = (bytes) =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();

// Points travel as changes from an earlier one, 0 -1 1 -2 2 as 0 1 2 3 4: first all low bytes, then all high ones.
async function unpacked(bytes, arrays) {
  const raw = new Uint8Array(await inflated(bytes)), numbers = new Uint16Array(raw.length / 2);
  for (let k = 0; k < numbers.length; k++) {
    const change = raw[k] | (raw[numbers.length + k] << 8);
    numbers[k] = (change >> 1) ^ -(change & 1);
  }
  for (const { offset, shape, lag } of arrays) {
    const end = offset + shape.reduce((size, count) => size * count, 1);
    for (let k = offset + lag; k < end; k++) numbers[k] += numbers[k - lag];
  }
  return numbers;
}

// Which part of an array over stops belongs to one of them; an axis of size 1 has only one stop.
const place = (shape, at) => at.reduce((stop, i, axis) => stop * shape[axis] + (shape[axis] > 1 ? i : 0), 0);
function part({ offset, shape }, at, numbers) {
  const count = shape[at.length] ?? 1, from = offset + place(shape, at) * count;
  return numbers.subarray(from, from + count);
}

// The path of a line, or of a marker at each of its points; null interrupts it.
function path(xs, ys, marker = "") {
  let d = "", command = "M";
  for (let k = 0; k < ys.length; k++) {
    if (xs[k] === null || ys[k] === null) { command = "M"; continue; }
    d += command + xs[k] + " " + ys[k] + marker;
    command = marker ? "M" : "L";
  }
  return d;
}

// The arrows for what lies beyond a box of this size: at each such point, or where a stroke leaves it for good.
function arrowHeads(xs, ys, [left, top, width, height], isStroke) {
  const low = [left, top], high = [left + width, top + height], beyond = BEYOND * PER_PX;
  const points = xs.map((x, k) => [x, ys[k]]).filter(([x, y]) => x !== null && y !== null);
  const far = points.map((point) => point.map((at, k) => Math.max(low[k] - at, at - high[k])));
  const isOut = far.map(([x, y]) => x > beyond || y > beyond);
  const held = (point) => point.map((at, k) => Math.min(Math.max(at, low[k]), high[k]));
  const head = (at, point, [x, y]) => { // the tip, and which way it points
    const axis = y > x ? 1 : 0, out = point[axis] > low[axis] ? 1 : -1, foot = -out * ARROW * PER_PX, half = HALF_FOOT * PER_PX;
    const [tipX, tipY] = held(at).map(Math.round);
    return `M${tipX} ${tipY}` + (axis ? `l${-half} ${foot}h${2 * half}z` : `l${foot} ${-half}v${2 * half}z`);
  };
  if (!isStroke) return points.map((point, k) => (isOut[k] ? head(point, point, far[k]) : "")).join("");
  if (!isOut.at(-1)) return "";
  const inside = isOut.lastIndexOf(false), last = points.at(-1);
  if (inside < 0) return head(last, last, far.at(-1));
  const here = points[inside], there = points[inside + 1];
  const way = there.map((at, k) => (far[inside + 1][k] > beyond ? ((at < low[k] ? low[k] : high[k]) - here[k]) / (at - here[k]) : Infinity));
  return head(here.map((at, k) => at + Math.min(...way) * (there[k] - at)), there, way.map((share) => -share));
}

// One layout of the figure: its picture, and draw(group, at) for the lines of a stop.
function picture(el, layout, lines, points, url) {
  const { width, height } = layout;
  const svg = element("svg:svg", el, {
    class: "live-figure-picture", viewBox: `0 0 ${width} ${height}`, role: "img",
    style: `--width: ${width}; --height: ${height}` });
  element("svg:image", svg, { href: url, width, height });
  const clips = layout.looks.map(({ clip, box }) => {
    const id = `live-figure-${Math.random().toString(36).slice(2)}`;
    const [x, y, width, height] = box.map((side) => side * PER_PX);
    element("svg:rect", element("svg:clipPath", svg, { id }), { x, y, width, height });
    return clip ? { "clip-path": `url(#${id})` } : {};
  });
  const group = (name) => {
    const made = element("svg:g", svg, { class: `live-figure-${name}`, transform: `scale(${1 / PER_PX})` });
    made.paths = layout.looks.map((look, k) => {
      const shape = (width, join, more) => element("svg:path", made, {
        "stroke-width": width * PER_PX, "stroke-linejoin": join, ...clips[k], ...more });
      const dash = (length) => length * PER_PX;
      return {
        line: look.width && shape(look.width, look.join, {
          fill: "none", stroke: look.color, "stroke-linecap": look.cap,
          "stroke-dasharray": look.dashes.map(dash).join(" "), "stroke-dashoffset": dash(look.dashOffset) }),
        markers: look.marker && shape(look.edgeWidth, look.edgeJoin, { fill: look.face, stroke: look.edge }),
      };
    });
    made.paths.forEach((paths, k) => { paths.arrows = lines[k].arrows && element("svg:path", made, { fill: layout.looks[k].arrow }); });
    return made;
  };
  function along(axis, line, look, at, shown) {
    const [steps, zero] = line[axis].scale, k = "xy".indexOf(axis);
    const from = look.box[k] * PER_PX, length = look.box[k + 2] * PER_PX;
    return Array.from(part(line[axis], at, points).subarray(0, shown), (code) => {
      const share = (code - zero) / steps;
      return code === NO_POINT ? null : Math.round(from + length * (k ? 1 - share : share));
    });
  }
  function draw(made, at) {
    lines.forEach((line, k) => {
      const look = layout.looks[k], { line: stroke, markers, arrows } = made.paths[k];
      const shown = line.shown ? part(line.shown, at, points)[0] : undefined;
      const xs = along("x", line, look, at, shown), ys = along("y", line, look, at, shown);
      if (stroke) stroke.setAttribute("d", path(xs, ys));
      if (markers) markers.setAttribute("d", path(xs, ys, look.marker));
      if (arrows) arrows.setAttribute("d", arrowHeads(xs, ys, look.box.map((side) => side * PER_PX), !!stroke));
    });
  }
  return { layout, svg, ghost: group("ghost"), live: group("lines"), draw };
}

// Of some texts the one that takes the most room where `value` stands.
function widest(texts, value) {
  const context = document.createElement("canvas").getContext("2d");
  context.font = getComputedStyle(value).font;
  const width = (text) => context.measureText(text).width;
  return texts.reduce((best, text) => (width(text) > width(best) ? text : best));
}

async function render({ model, el }) {
  const content = model.get("content");
  const { sliders, start, presets, playable, lines, layouts } = content;
  const last = sliders.map(({ values }) => values.length - 1);
  const readouts = JSON.parse(new TextDecoder().decode(await inflated(content.readouts)));
  const arrays = [...lines.flatMap(({ x, y, shown }) => (shown ? [x, y, shown] : [x, y])), ...readouts.map(({ which }) => which)];
  const points = await unpacked(content.points, arrays);
  const urls = layouts.map(({ png }) => URL.createObjectURL(new Blob([png], { type: "image/png" })));

  let at = start; // what is drawn: the browser's own stop of each slider
  let moved = false, takingBack = false; // moved by hand, and the kernel has not been told
  let pinned = null, covered = false, playing = 0, resting = 0, shown = null;

  el.classList.add("live-figure");
  const tracks = element("div", el, { class: "live-figure-sliders" });
  const controls = sliders.map(({ label, values, marks }, k) => {
    const row = element("div", tracks, { class: "live-figure-slider" });
    const name = element("div", row, { class: "live-figure-name" });
    element("span", name, {}, label);
    const track = element("div", row, { class: "live-figure-track" });
    const input = element("input", track, { type: "range", min: 0, max: last[k], step: 1, "aria-label": label });
    if (marks.length) {
      const ticks = element("span", track, { class: "live-figure-marks" });
      for (const [name, share, beyond] of marks) {
        const left = `left: ${100 * share}%`;
        if (beyond) element("i", ticks, { style: `${left}; background: ${beyond}` });
        element("span", ticks, { style: left }, name);
      }
    }
    input.addEventListener("input", () => {
      if (k === playable) play(false);
      moveTo(at.map((stop, axis) => (axis === k ? Number(input.value) : stop)));
    });
    input.addEventListener("change", rest);
    input.addEventListener("focus", () => { hand = input; });
    return { name, input, output: element("b", row, { "aria-hidden": true }), values };
  });
  let hand = controls[0].input; // the slider that keys move

  const buttons = element("div", el, { class: "live-figure-buttons" });
  const [named, tools] = ["presets", "tools"].map((name) => element("span", buttons, { class: `live-figure-${name}` }));
  const actions = {};
  function button(parent, text, key, act) {
    const made = element("button", parent, { type: "button", "aria-keyshortcuts": key }, text);
    if (key) element("kbd", made, { "aria-hidden": true }, key);
    made.addEventListener("click", act);
    actions[key.toLowerCase()] = () => made.click();
    return made;
  }
  const go = (stops) => { play(false); moveTo(stops); rest(); };
  const choices = presets.map(([name, stops], k) => button(named, name, k < 9 ? `${k + 1}` : "", () => go(stops)));
  const playButton = playable === null ? null : button(controls[playable].name, "▶ Play", "Space", () => play(!playing));
  if (playButton) controls[playable].name.prepend(playButton);
  button(tools, "Reset", "R", () => { pinned = null; covered = false; go(start); });
  const pinButton = button(tools, "Pin", "P", () => { pinned = pinned ? null : at; paint(); });
  const coverButton = button(tools, "Cover", "C", () => { covered = !covered; paint(); });

  const row = element("div", el, { class: "live-figure-readouts" });
  const places = readouts.map(({ label, words, colors }) => {
    const box = element("div", row, { class: "live-figure-readout" });
    element("span", box, {}, label);
    const look = colors ? "live-figure-badge" : "", value = element("b", box, { class: look });
    element("b", box, { class: `live-figure-widest ${look}`, "aria-hidden": true }, widest(words, value));
    return value;
  });
  const said = element("p", el, { class: "live-figure-said", role: "status", "aria-live": "polite" });

  function textAt({ words, which }) {
    const [high, low] = part(which, at, points);
    return words[(high << 16) | low];
  }
  function sentence() {
    const values = sliders.map(({ label, values }, k) => `${label} = ${values[at[k]]}`);
    return [...values, ...readouts.map((readout) => `${readout.label}: ${textAt(readout)}`)].join(" · ");
  }

  // The layout that fits the width, and what it shows.
  function lay() {
    const width = el.clientWidth || Infinity; // 0 on a slide that is not shown
    const fits = layouts.length > 1 && width < 0.9 * layouts[0].width ? 1 : 0;
    el.classList.toggle("live-figure-narrow", fits === 1);
    el.style.setProperty("--above", `${said.getBoundingClientRect().top - el.getBoundingClientRect().top}px`);
    if (shown?.layout === layouts[fits]) return;
    shown?.svg.remove();
    shown = picture(el, layouts[fits], lines, points, urls[fits]);
    for (const pick of layouts[fits].picks) pickable(shown.svg, pick);
    paint();
  }
  function paint() {
    controls.forEach(({ input, output, values }, k) => {
      input.value = at[k];
      output.textContent = values[at[k]];
      input.setAttribute("aria-valuetext", values[at[k]]);
    });
    readouts.forEach((readout, k) => {
      const text = textAt(readout);
      if (places[k].textContent !== text) places[k].textContent = text;
      if (readout.colors) places[k].style.setProperty("--state", readout.colors[text]);
    });
    const pressed = [...presets.map(([, stops]) => same(stops)), !!pinned, covered];
    [...choices, pinButton, coverButton].forEach((made, k) => made.setAttribute("aria-pressed", pressed[k]));
    el.classList.toggle("live-figure-covered", covered);
    shown.draw(shown.live, at);
    shown.ghost.style.display = pinned ? "" : "none";
    if (pinned) shown.draw(shown.ghost, pinned);
    shown.svg.setAttribute("aria-label", covered ? "covered" : sentence());
  }

  // Moves by hand are drawn at once, and told to the kernel when the hand rests. Until then what comes from
  // the model is a late echo, and is taken back; from then on ipywidgets itself drops echoes that are old.
  const within = (stops) => at.map((stop, k) => Math.min(Math.max(Math.round(stops[k] ?? stop), 0), last[k]));
  const same = (stops) => String(stops) === String(at);
  function moveTo(stops) {
    at = within(stops);
    moved = true;
    paint();
    model.set("stops", [...at]);
    announce();
  }
  function rest() {
    if (!moved) return;
    model.set("stops", [...at]); // a late echo may have changed it
    model.save_changes();
    moved = false;
  }
  function follow() {
    const stops = model.get("stops");
    if (takingBack || same(stops)) return;
    if (moved) { // a linked explorer must not see the echo either; a second view may take it back as well
      takingBack = true;
      model.set("stops", [...at]);
      takingBack = false;
      return;
    }
    at = within(stops);
    paint();
    announce();
  }
  function announce() {
    clearTimeout(resting);
    resting = setTimeout(() => { rest(); said.textContent = sentence(); }, RESTS_AFTER);
  }

  function play(on) {
    if (playable === null || on === !!playing) return;
    cancelAnimationFrame(playing);
    playing = 0;
    playButton.firstChild.textContent = on ? "❚❚ Pause" : "▶ Play";
    if (!on) return rest();
    const from = at[playable] === last[playable] ? 0 : at[playable], begun = performance.now();
    const step = (now) => {
      const stop = Math.min(from + Math.floor(Math.max(now - begun, 0) / A_STOP), last[playable]);
      if (stop !== at[playable]) moveTo(at.map((other, k) => (k === playable ? stop : other)));
      if (stop === last[playable]) play(false);
      else playing = requestAnimationFrame(step);
    };
    playing = requestAnimationFrame(step);
  }

  // A press or a drag inside some axes moves sliders to the stops nearest to the pointer.
  function pickable(svg, { box: [x, y, width, height], places }) {
    const cursor = !places[1] ? "ew-resize" : !places[0] ? "ns-resize" : "crosshair";
    const area = element("svg:rect", svg, { class: "live-figure-pick", x, y, width, height,
      style: `cursor: ${cursor}; touch-action: ${places[1] ? "none" : "pan-y"}` });
    function to(event) {
      const { left, top, width, height } = area.getBoundingClientRect(), stops = [...at];
      const shares = [(event.clientX - left) / width, 1 - (event.clientY - top) / height];
      places.forEach((picked, axis) => {
        const away = picked?.at.map((share) => (share === null ? Infinity : Math.abs(share - shares[axis])));
        if (picked) stops[picked.slider] = away.indexOf(Math.min(...away));
      });
      if (!same(stops)) moveTo(stops);
    }
    area.addEventListener("pointerdown", (event) => { area.setPointerCapture(event.pointerId); play(false); to(event); });
    area.addEventListener("pointermove", (event) => area.hasPointerCapture(event.pointerId) && to(event));
    area.addEventListener("pointerup", rest);
  }

  // A press anywhere, on a button too, gives the keys to the slider used last, so that Space plays.
  el.addEventListener("mousedown", (event) => event.target.closest("input") || event.preventDefault());
  el.addEventListener("click", ({ detail }) => (detail || !el.contains(document.activeElement)) && hand.focus({ preventScroll: true }));

  // Escape hands the keys back: to the cell in a notebook, to the slides in a talk.
  actions.escape = () => {
    document.activeElement.blur();
    el.closest(".jp-Cell")?.focus();
  };

  // The listener stands before the front end's own: no shortcut (1 makes a heading, r a Raw cell) may run.
  function onKey(event) {
    if (!el.contains(event.target) || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if (key === "Tab" || (key === "Enter" && event.shiftKey)) return;
    if (key.startsWith("Page") && el.closest(".reveal")) { // a clicker's keys turn the page, not the slider
      event.preventDefault();
      return event.target.blur(); // slides do not listen to keys on an <input>
    }
    event.stopImmediatePropagation();
    if (event.altKey || event.repeat || (key === " " && event.target.closest("button"))) return;
    if (key === " ") event.preventDefault(); // else it scrolls
    actions[key === " " ? "space" : key.toLowerCase()]?.();
  }
  window.addEventListener("keydown", onKey, true);
  const width = new ResizeObserver(lay);
  width.observe(el);

  at = within(model.get("stops"));
  lay();
  said.textContent = sentence();
  model.on("change:stops", follow);
  return () => {
    model.off("change:stops", follow);
    window.removeEventListener("keydown", onKey, true);
    width.disconnect();
    play(false);
    rest();
    clearTimeout(resting);
    urls.forEach((url) => URL.revokeObjectURL(url));
  };
}

export default { render };
