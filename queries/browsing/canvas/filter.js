// The legend, which filters by kind and relation, and the time, which leaves out what was before or after.

import { button, fill, make } from "./dom.js";
import { svgSign } from "./signs.js";
import { notify } from "./state.js";

export function createLegend(state, history, box, tiesBox) {
  function draw() {
    const { texts, kinds, types } = state.words;
    const labels = count([...state.nodes.values()].filter((node) => !state.hidden.has(node.id)).map((node) => node.label));
    const tied = count([...state.edges.values()].map((edge) => edge.type));
    const held = new Map();
    for (const node of state.nodes.values()) for (const [label, n] of Object.entries(node.holds ?? {})) held.set(label, (held.get(label) ?? 0) + n);
    const isOverview = held.size > 0;
    const shown = isOverview ? held : labels;
    const focused = document.activeElement?.dataset?.legend;
    box.replaceChildren(
      heading(texts.legend, state.offKinds.size > 0, () => change(() => state.offKinds.clear())),
      list([...shown].sort(([, a], [, b]) => b - a), state.offKinds, kinds, isOverview),
    );
    tiesBox.replaceChildren(
      heading(texts.relations, state.offTypes.size > 0, () => change(() => state.offTypes.clear())),
      list([...tied].sort(([, a], [, b]) => b - a), state.offTypes, Object.fromEntries(Object.entries(types).map(([type, name]) => [type, { name }])), false),
    );
    if (focused) [box, tiesBox].forEach((one) => one.querySelector(`[data-legend="${CSS.escape(focused)}"]`)?.focus());
  }

  function heading(text, isFiltered, clear) {
    return make("div", { class: "ex-heading" }, make("h2", {}, text), isFiltered && button(state.words.texts.all, clear, { class: "ex-small" }));
  }

  function list(entries, off, told, isFixed) {
    return make("ul", { class: "ex-legend" }, ...entries.map(([name, number]) => {
      const look = told[name] ?? { name };
      const sign = look.colour ? svgSign(look) : make("i", { class: "ex-line", "aria-hidden": "true" });
      if (isFixed) return make("li", {}, make("span", { class: "ex-row" }, sign, make("span", {}, look.name), make("b", {}, number)));
      const toggle = make("input", { type: "checkbox", checked: !off.has(name), "data-legend": name, onchange: () => change(() => (off.has(name) ? off.delete(name) : off.add(name))) });
      const only = () => change(() => { for (const [other] of entries) (other === name ? off.delete(other) : off.add(other)); });
      return make("li", {}, make("label", { class: "ex-row" }, toggle, sign, make("span", {}, look.name), make("b", {}, number)), entries.length > 1 && button(state.words.texts.only, only, { class: "ex-small ex-only", "aria-label": `${state.words.texts.only} ${look.name}` }));
    }));
  }

  function change(step) {
    history.remember();
    step();
    notify(state);
  }

  return { draw };
}

const count = (names) => names.reduce((found, name) => found.set(name, (found.get(name) ?? 0) + 1), new Map());

const monthOf = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const dayOf = (month, last) => {
  const [year, number] = [Math.floor(month / 12), (month % 12) + 1];
  const day = last ? new Date(Date.UTC(year, number, 0)).getUTCDate() : 1;
  return `${year}-${String(number).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
};

// Two handles over bars that show in which months how much is dated; undated things are always shown.
export function createTime(state, history, box) {
  let range = null;
  const sliders = {};

  function draw() {
    const { texts } = state.words;
    const dated = [...state.nodes.values(), ...state.edges.values()].filter((thing) => thing.since).map((thing) => monthOf(thing.since));
    const ends = [...state.nodes.values()].filter((thing) => thing.until).map((thing) => monthOf(thing.until));
    if (!dated.length) {
      box.replaceChildren();
      range = null;
      return;
    }
    const [first, last] = [Math.min(...dated), Math.max(...dated, ...ends)];
    if (range?.join() !== `${first},${last}` || !box.hasChildNodes()) build(texts, first, last);
    range = [first, last];
    sliders.from.value = state.from ? monthOf(state.from) : first;
    sliders.until.value = state.until ? monthOf(state.until) : last;
    box.querySelector(".ex-bars").replaceChildren(...bars(dated, first, last));
    say();
  }

  function build(texts, first, last) {
    for (const end of ["from", "until"]) {
      sliders[end] = make("input", { type: "range", min: first, max: last, step: 1, "aria-label": `${texts.time} ${texts[end]}`, oninput: () => move(end), onchange: settle, onpointerdown: begin, onkeydown: begin });
    }
    const bars = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    bars.setAttribute("class", "ex-bars");
    bars.setAttribute("viewBox", "0 0 100 24");
    bars.setAttribute("preserveAspectRatio", "none");
    bars.setAttribute("aria-hidden", "true");
    box.replaceChildren(
      make("div", { class: "ex-heading" }, make("h2", {}, texts.time), button(texts.allTime, () => { history.remember(); state.from = state.until = ""; notify(state); }, { class: "ex-small ex-alltime" })),
      bars, make("div", { class: "ex-range" }, sliders.from, sliders.until), make("p", { class: "ex-note ex-span", "aria-live": "polite" }), make("p", { class: "ex-note" }, texts.undated),
    );
  }

  let begun = false;
  const begin = () => { if (!begun) history.remember(); begun = true; };
  const settle = () => { begun = false; };

  function move(end) {
    const [from, until] = [Number(sliders.from.value), Number(sliders.until.value)];
    if (from > until) sliders[end].value = end === "from" ? until : from;
    const [a, b] = [Number(sliders.from.value), Number(sliders.until.value)];
    state.from = a > range[0] ? dayOf(a, false) : "";
    state.until = b < range[1] ? dayOf(b, true) : "";
    notify(state, "time");
    say();
  }

  function say() {
    const { texts } = state.words;
    const months = [sliders.from, sliders.until].map((one) => dayOf(Number(one.value), false).slice(0, 7));
    [sliders.from, sliders.until].forEach((one, n) => one.setAttribute("aria-valuetext", months[n]));
    box.querySelector(".ex-span").textContent = `${months[0]} — ${months[1]}`;
    box.querySelector(".ex-alltime").hidden = !state.from && !state.until;
    box.querySelector(".ex-alltime").textContent = fill(texts.allTime, {});
  }

  function bars(dated, first, last) {
    const wide = 100 / (last - first + 1);
    const found = count(dated);
    const most = Math.max(...found.values());
    return [...found].map(([month, number]) => {
      const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const high = 3 + (21 * number) / most;
      for (const [name, value] of Object.entries({ x: (month - first) * wide, y: 24 - high, width: Math.max(0.6, wide * 0.85), height: high })) bar.setAttribute(name, value);
      return bar;
    });
  }

  return { draw };
}
