// The explorer in a notebook (anywidget): asks Python, and tells it what is drawn and selected.

import { mountExplorer } from "./explorer.js";

export function renderWidget(vis, { model, el }) {
  const waiting = new Map();
  let asked = 0;
  model.on("msg:custom", (answer) => {
    const { resolve, reject } = waiting.get(answer.number) ?? {};
    waiting.delete(answer.number);
    if (!resolve) return;
    if (answer.failed) reject(new Error(answer.failed));
    else resolve(answer.part);
  });
  const ask = (view, given) =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      model.send({ number: asked, view, given });
    });
  const root = document.createElement("div");
  root.style.height = `${model.get("height")}px`;
  root.dataset.widget = "true";
  el.append(root);
  let explorer = null;
  const begin = () => {
    explorer = mountExplorer(root, {
      vis, words: model.get("words"), ask, isAlone: model.get("is_alone"),
      changed: (state) => {
        model.set("selected", [...state.selected]);
        model.set("shown", [...state.nodes.keys()].filter((id) => !state.hidden.has(id)));
        model.save_changes();
      },
    });
    explorer.show(model.get("part"), model.get("seed"));
  };
  requestAnimationFrame(begin); // the cell must stand on the page before its size is known
  const select = () => {
    const wanted = model.get("selected");
    if (explorer && wanted.join() !== [...explorer.state.selected].join()) explorer.act.choose(wanted);
  };
  model.on("change:selected", select);
  return () => explorer?.destroy();
}
