// What is selected, told beside the canvas: values, neighbours by kind, the rows it was read from, and what can be done with it.

import { button, fill, make } from "./dom.js";
import { svgSign } from "./signs.js";
import { lookOf, total } from "./shapes.js";
import { missing, neighbours, sum } from "./state.js";

const MOST_LISTED = 60;

export function createPanel(state, act, options, box) {
  const told = new Map(); // id -> details, once asked for
  let shown = "";

  async function draw() {
    const { texts } = state.words;
    const chosen = [...state.selected].filter((id) => state.nodes.has(id));
    const key = `${chosen.join(" ")} ${state.pinned.size} ${state.opened.length} ${state.nodes.size} ${state.edges.size} ${state.paths.length} ${state.hidden.size}`;
    if (key === shown) return;
    shown = key;
    if (chosen.length === 1) return drawOne(state.nodes.get(chosen[0]));
    const parts = chosen.length ? drawSeveral(chosen) : [make("p", { class: "ex-note" }, texts.noneSelected), ...drawPaths(), drawLeftOut()];
    box.replaceChildren(make("h2", {}, texts.details), ...parts.filter(Boolean));
  }

  function drawLeftOut() {
    const left = Object.entries(state.leftOut);
    if (!left.length || state.seed.view === "overview") return [];
    const { texts, kinds } = state.words;
    return [make("h3", {}, fill(texts.leftOut, { n: sum(state.leftOut) })), make("ul", { class: "ex-list" }, ...left.map(([label, n]) => make("li", {}, `${kinds[label]?.name ?? label} ${n}`)))];
  }

  function drawPaths() {
    const { texts, kinds } = state.words;
    if (!state.paths.length) return [];
    const names = (path) => path.map((id) => state.nodes.get(id)?.name ?? id).join(" → ");
    const signs = (path) => path.map((id) => svgSign(kinds[state.nodes.get(id)?.label] ?? { shape: "circle", colour: "#888888", sign: "" }));
    return [make("h3", {}, texts.paths), make("ol", { class: "ex-paths" }, ...state.paths.map((path, n) =>
      make("li", {}, make("button", { type: "button", class: "ex-path", onclick: () => act.choose(path), "aria-label": fill(texts.pathOf, { n: n + 1, text: names(path) }) }, ...signs(path), make("span", {}, names(path))))))];
  }

  function drawSeveral(chosen) {
    const { texts, kinds } = state.words;
    return [
      make("p", {}, fill(texts.severalSelected, { n: chosen.length })),
      make("div", { class: "ex-acts" }, button(texts.hide, () => act.hide()), button(texts.keep, () => act.keep()), button(texts.pin, () => act.pin()), button(texts.unpin, () => act.unpin()),
        chosen.length === 2 && button(texts.paths, () => act.path(chosen[0], chosen[1]))),
      make("ul", { class: "ex-list" }, ...chosen.slice(0, MOST_LISTED).map((id) => {
        const node = state.nodes.get(id);
        return make("li", {}, button("", () => act.choose([id]), { class: "ex-link" }), make("span", { class: "ex-note" }, ` ${kinds[node.label]?.name ?? ""}`));
      })),
      ...drawPaths(),
    ].map((part, n) => (n === 2 ? nameLinks(part, chosen) : part));
  }

  function nameLinks(list, chosen) {
    list.querySelectorAll("button").forEach((one, n) => { one.textContent = state.nodes.get(chosen[n]).name; });
    return list;
  }

  function drawOne(node) {
    const { texts } = state.words;
    const look = lookOf(node, state.words);
    const isGroup = node.label === "group";
    const known = told.get(node.id);
    box.replaceChildren(...[
      make("h2", { class: "ex-title" }, look.sign && svgSign(look), make("span", {}, node.name)),
      make("p", { class: "ex-note" }, isGroup ? `${texts.holds} ${total(node)}` : look.name, node.since && ` · ${node.since}${node.until && node.until !== node.since ? ` — ${node.until}` : ""}`),
      make("div", { class: "ex-acts" }, ...acts(node, isGroup, look)),
      ...(isGroup || !look.isEntity ? [] : drawValues(known)),
      isGroup ? kindsOf(node.holds) : drawAround(node),
      ...(isGroup || !look.isEntity ? [] : drawSources(known)),
      ...drawPaths(),
    ].filter(Boolean));
    if (!isGroup && look.isEntity && !known) ask(node.id);
  }

  function acts(node, isGroup, look) {
    const { texts } = state.words;
    if (isGroup) return [button(texts.openGroup, () => act.open(node.id), { class: "ex-main" })];
    const more = sum(missing(state, node.id));
    const isPinned = state.pinned.has(node.id);
    return [
      more > 0 && button(fill(texts.expandMore, { n: more }), () => act.expand(node.id), { class: "ex-main" }),
      look.isEntity && button(texts.focus, () => act.around(node.id)), button(texts.pathTo, () => act.pickPath(node.id)),
      button(texts.hide, () => act.hide()), button(isPinned ? texts.unpin : texts.pin, () => (isPinned ? act.unpin() : act.pin())),
      look.isEntity && options.entityPath && make("a", { href: options.entityPath(node.id) }, texts.page),
      options.partnersPath && PAIRED.has(node.label) && make("a", { href: options.partnersPath(node.id) }, texts.partners),
    ];
  }

  function kindsOf(numbers) {
    return make("ul", { class: "ex-list" }, ...Object.entries(numbers).sort(([, a], [, b]) => b - a).map(([label, n]) => {
      const look = state.words.kinds[label] ?? { name: label };
      return make("li", { class: "ex-row" }, look.colour && svgSign(look), make("span", {}, look.name), make("b", {}, n));
    }));
  }

  function drawAround(node) {
    const { texts, kinds, types } = state.words;
    const rest = missing(state, node.id);
    const near = neighbours(state, node.id);
    const labels = [...new Set([...Object.keys(node.around ?? {}), ...[...near.keys()].map((id) => state.nodes.get(id).label)])];
    if (!labels.length) return null;
    const parts = labels.map((label) => {
      const here = [...near].filter(([id]) => state.nodes.get(id).label === label);
      const all = Math.max(node.around?.[label] ?? 0, here.length);
      return make("details", { open: labels.length <= 3 || here.length <= 3 },
        make("summary", { class: "ex-row" }, kinds[label] && svgSign(kinds[label]), make("span", {}, kinds[label]?.name ?? label), make("b", {}, all)),
        make("ul", { class: "ex-list" }, ...here.slice(0, MOST_LISTED).map(([id, tied]) => make("li", {}, button(state.nodes.get(id).name, () => act.choose([id]), { class: "ex-link" }), make("span", { class: "ex-note" }, ` ${[...new Set(tied)].map((type) => types[type] ?? type).join(texts.and)}`)))),
        rest[label] > 0 && button(fill(texts.expandMore, { n: rest[label] }), () => act.expand(node.id, [label]), { class: "ex-small" }));
    });
    return make("div", {}, make("h3", {}, texts.neighbours), ...parts);
  }

  function drawValues(known) {
    const { texts } = state.words;
    if (!known) return [make("p", { class: "ex-note" }, texts.loading)];
    if (known.failed) return [make("p", { class: "ex-note" }, known.failed)];
    const values = known.values.filter((one) => one.value !== known.name);
    return [
      values.length > 0 && make("dl", { class: "ex-values" }, ...values.flatMap((one) => [make("dt", {}, one.heading), make("dd", {}, one.value)])),
    ];
  }

  function drawSources(known) {
    const { texts } = state.words;
    if (!known || known.failed) return [];
    return [
      known.records.length > 0 && make("h3", {}, texts.sources),
      known.records.length > 0 && make("ul", { class: "ex-list" }, ...known.records.map((one) => make("li", {}, options.rowPath ? make("a", { href: options.rowPath(one) }, sourceOf(one)) : sourceOf(one)))),
      options.cellsPath && make("p", {}, make("a", { href: options.cellsPath(known.id) }, texts.cells)),
    ];
  }

  const sourceOf = (one) => [one.file, one.sheet, one.row && fill(state.words.texts.row, { n: one.row })].filter(Boolean).join(" · ");

  async function ask(id) {
    try {
      told.set(id, await options.ask("entity", { entity: id }));
    } catch (error) {
      told.set(id, { failed: fill(state.words.texts.failed, { reason: error.message }) });
    }
    shown = "";
    if (state.selected.has(id)) draw();
  }

  return { draw };
}

const PAIRED = new Set(["Enterprise", "Community"]);
