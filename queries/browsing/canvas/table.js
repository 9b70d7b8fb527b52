// The same as the picture, as a table: sorted by any column; choosing a row selects it in the picture, and the other way round.

import { make } from "./dom.js";
import { svgSign } from "./signs.js";
import { lookOf } from "./shapes.js";
import { visible } from "./state.js";

export function createTable(state, act, box) {
  let order = { column: 2, down: true };

  function draw() {
    if (box.hidden) return;
    const { texts } = state.words;
    const seen = visible(state);
    const degrees = new Map();
    for (const edge of seen.edges) for (const end of [edge.source, edge.target]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
    const columns = [texts.name, texts.kind, texts.number, texts.since, texts.till];
    const rows = seen.nodes.map((node) => [node.name, lookOf(node, state.words).name, degrees.get(node.id) ?? 0, node.since ?? "", node.until ?? "", node]);
    rows.sort((a, b) => (order.down ? -1 : 1) * compare(a[order.column], b[order.column]) || compare(a[0], b[0]));
    const heads = columns.map((text, n) => make("th", { scope: "col", "aria-sort": n === order.column ? (order.down ? "descending" : "ascending") : "none" }, make("button", { type: "button", class: "ex-sort", onclick: () => sort(n) }, text, n === order.column ? (order.down ? " ↓" : " ↑") : "")));
    const place = box.scrollTop;
    box.replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows.map(line))));
    box.scrollTop = place;
  }

  function line([name, kind, number, since, until, node]) {
    const look = lookOf(node, state.words);
    const isChosen = state.selected.has(node.id);
    return make("tr", { class: isChosen && "ex-chosen", "aria-selected": isChosen ? "true" : undefined },
      make("td", {}, look.sign && svgSign(look), make("button", { type: "button", class: "ex-link", onclick: () => act.choose([node.id], true) }, name)),
      make("td", {}, kind), make("td", { class: "number" }, number), make("td", {}, since), make("td", {}, until));
  }

  function sort(column) {
    order = { column, down: order.column === column ? !order.down : column === 2 };
    draw();
  }

  return { draw };
}

const compare = (a, b) => (typeof a === "number" ? a - b : String(a).localeCompare(String(b), "zh"));
