// Puts an explorer into a page or a notebook: state, canvas, legend, panel and all controls, around one `ask(view, given)`.

import { createActions } from "./actions.js";
import { createCanvas } from "./canvas.js";
import { make } from "./dom.js";
import { exportAs, saveAs } from "./export.js";
import { createLegend, createTime } from "./filter.js";
import { createFinder } from "./find.js";
import { createHistory } from "./history.js";
import { listenToKeys } from "./keyboard.js";
import { createLasso } from "./lasso.js";
import { createPanel } from "./panel.js";
import { createState, notify, takePart } from "./state.js";
import { createTable } from "./table.js";
import { createToolbar } from "./toolbar.js";
import { createViews, readSteps, writeSteps } from "./views.js";

let mounted = 0;

// options: vis, words, ask(view, given) → Promise, and where there are such: part (drawn first), link(state) → address, visit(address),
// entityPath, partnersPath, rowPath, cellsPath (addresses of pages), views ({ list, add, remove } of the workspace), file(state, steps) → text of a page,
// storage, changed(state); hasNoOverview: there is no whole district to go to.
export function mountExplorer(root, options) {
  const state = createState(options.words);
  const history = createHistory(state);
  const { texts } = state.words;
  const id = `ex-${(mounted += 1)}`;
  const parts = layOutParts(root, texts, id);
  const say = (text) => { parts.status.textContent = text; };
  let act;
  const forward = new Proxy({}, { get: (_, name) => (...given) => act[name](...given) });
  const canvas = createCanvas(options.vis, parts.drawing, state, forward);
  act = createActions(state, history, canvas, { ask: options.ask, ground: options.ground, busy: (is) => root.toggleAttribute("data-busy", is) }, say);
  act.visit = options.visit ?? (() => {});
  const lasso = createLasso(state, canvas, parts.stage, (ids) => { act.choose(ids); toolbar.draw(); parts.stage.focus(); });
  const controls = {
    hasServer: !options.isAlone && !options.hasNoOverview, hasFile: Boolean(options.file), link: options.link && (() => options.link(state)), copy, export: (format) => format && (format === "html" ? saveFile() : exportAs(format, state, canvas)),
    lasso: () => lasso.toggle(), isLassoOn: () => lasso.isOn, isTableOn: () => !parts.table.hidden,
    table: () => { parts.table.hidden = !parts.table.hidden; table.draw(); requestAnimationFrame(() => canvas.fit()); },
  };
  const toolbar = createToolbar(state, history, act, canvas, controls, parts.tools);
  const legend = createLegend(state, history, parts.legend, parts.ties);
  const time = createTime(state, history, parts.time);
  const panel = createPanel(state, act, options, parts.panel);
  const table = createTable(state, act, parts.table);
  if (options.isAlone) parts.find.hidden = true;
  else createFinder(state, act, { ask: options.ask, id }, parts.find);
  const views = (options.storage || options.views) && options.link ? createViews(state, act, { storage: options.storage, shared: options.views, link: controls.link, tell: say }, parts.views) : null;
  if (!views) parts.views.hidden = true;
  listenToKeys(state, act, canvas, parts.stage, say);
  state.listeners.add((what) => {
    canvas.draw();
    canvas.select();
    panel.draw();
    toolbar.draw();
    if (!parts.table.hidden) table.draw();
    if (what !== "selected" && what !== "moved") legend.draw();
    if (what !== "selected" && what !== "moved" && what !== "time") time.draw();
    parts.heading.textContent = state.title;
    options.changed?.(state, what);
  });
  views?.draw();

  async function copy() {
    const link = new URL(options.link(state), location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      say(texts.copied);
    } catch {
      say(link); // where the browser forbids it, the link is there to be copied by hand
    }
  }

  // What is seen as a page of its own, which opens without a server.
  async function saveFile() {
    const text = await act.wait(options.file(state, writeSteps(state)));
    if (text === null) return;
    saveAs(text, "html", state);
    say(texts.fileMade);
  }

  // Does again what a link tells: first the part, then each expansion, then what was hidden, pinned, filtered and selected.
  async function restore(steps) {
    for (const one of steps.opened) await act.expand(one.id, one.kinds, one.limit, false);
    for (const name of ["hidden", "offKinds", "offTypes", "selected"]) if (steps[name].length) state[name] = new Set(steps[name]);
    for (const pin of steps.pinned) {
      if (!state.nodes.has(pin.id)) continue;
      state.pinned.add(pin.id);
      Object.assign(state.nodes.get(pin.id), { x: pin.x, y: pin.y });
    }
    state.from = steps.from;
    state.until = steps.until;
    notify(state);
    if (steps.layout !== "force") await act.layOut(steps.layout);
    canvas.fit();
  }

  return {
    state, act, canvas, history,
    show(part, seed) {
      takePart(state, part);
      if (seed) state.seed = seed;
      notify(state, "seed");
      canvas.fit();
      act.report();
    },
    async begin(seed, hash) {
      const steps = readSteps(hash);
      if (await act.from(seed.view, seed.given, false)) await restore(steps);
    },
    steps: () => writeSteps(state),
    destroy: () => canvas.destroy(),
  };
}

function layOutParts(root, texts, id) {
  const region = (name, label, tag = "section") => make(tag, { class: `ex-${name}`, "aria-label": label });
  const parts = {
    views: region("saved", texts.views), legend: region("filter", texts.legend), ties: region("ties", texts.relations), time: region("time", texts.time), find: make("div", { class: "ex-find", role: "search", "aria-label": texts.searchLabel }),
    tools: make("div", { class: "ex-tools", role: "toolbar", "aria-label": texts.tools }), drawing: make("div", { class: "ex-drawing" }), heading: make("h1", { class: "ex-name" }),
    table: make("div", { class: "ex-table", hidden: true, role: "region", tabindex: "0", "aria-label": texts.table }), status: make("p", { class: "ex-status", role: "status", "aria-live": "polite" }), panel: region("panel", texts.details, "aside"),
  };
  parts.stage = make("div", { class: "ex-stage", tabindex: "0", role: "application", "aria-label": texts.canvasLabel }, parts.drawing);
  root.classList.add("explorer");
  root.replaceChildren(
    make("div", { class: "ex-left", tabindex: "0", role: "group", "aria-label": texts.legend }, parts.find, parts.views, parts.legend, parts.time, parts.ties),
    make("div", { class: "ex-middle" }, make("div", { class: "ex-top" }, parts.heading, parts.tools), parts.stage, parts.table, parts.status),
    make("div", { class: "ex-right", tabindex: "0", role: "group", "aria-label": texts.details }, parts.panel),
  );
  root.id ||= id;
  return parts;
}
