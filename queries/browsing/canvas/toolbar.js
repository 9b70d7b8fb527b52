// The row of controls over the picture.

import { button, fill, make } from "./dom.js";
import { FORMATS } from "./export.js";

export function createToolbar(state, history, act, canvas, options, box) {
  const { texts } = state.words;
  const icon = (sign, text, run, attributes = {}) => button(sign, run, { class: "ex-icon", title: text, "aria-label": text, ...attributes });
  const undo = icon("↶", texts.undo, act.undo);
  const redo = icon("↷", texts.redo, act.redo);
  const lasso = icon("◌", texts.lasso, () => { options.lasso(); draw(); }, { "aria-pressed": "false" });
  const table = icon("☰", texts.table, () => { options.table(); draw(); }, { "aria-pressed": "false" });
  const unhide = button("", act.unhide, { class: "ex-small" });
  const layout = make("select", { "aria-label": texts.layout, onchange: () => act.layOut(layout.value) }, ...["force", "rings", "columns", "map"].map((name) => make("option", { value: name }, fill(texts.named, { what: texts.layout, which: texts[name] }))));
  const start = make("select", { "aria-label": texts.overview, onchange: () => { act.from("overview", start.value === "cluster" ? { by: "cluster" } : {}); } }, make("option", { value: "", disabled: true, hidden: true }, texts.overview), make("option", { value: "subdistrict" }, fill(texts.named, { what: texts.overview, which: texts.bySubdistrict })), make("option", { value: "cluster" }, fill(texts.named, { what: texts.overview, which: texts.byCluster })));
  const save = make("select", { class: "ex-save-as", "aria-label": texts.export, onchange: () => { const format = save.value; save.value = ""; options.export(format); } }, make("option", { value: "" }, texts.export), ...[...FORMATS, ...(options.hasFile ? ["html"] : [])].map((format) => make("option", { value: format }, texts[format])));
  box.replaceChildren(
    options.hasServer ? start : "", undo, redo, icon("⤢", texts.fit, () => canvas.fit(null, true)), icon("＋", texts.zoomIn, () => canvas.zoom(1.3)), icon("－", texts.zoomOut, () => canvas.zoom(1 / 1.3)),
    lasso, layout, table, options.link ? button(texts.link, options.copy, { class: "ex-plain" }) : "", save, unhide,
  );

  function draw() {
    undo.disabled = !history.canUndo;
    redo.disabled = !history.canRedo;
    layout.value = state.layout;
    const isOverview = state.seed.view === "overview";
    start.value = isOverview ? (state.seed.given.by ?? "subdistrict") : "";
    lasso.setAttribute("aria-pressed", String(options.isLassoOn()));
    table.setAttribute("aria-pressed", String(options.isTableOn()));
    unhide.hidden = !state.hidden.size;
    unhide.textContent = fill(texts.unhide, { n: state.hidden.size });
  }

  return { draw };
}
