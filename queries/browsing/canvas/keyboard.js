// The picture by keyboard alone: arrows move to the nearest entity in a direction, and keys do what the pointer does.

import { lookOf } from "./shapes.js";
import { missing, neighbours, sum, visible } from "./state.js";
import { fill } from "./dom.js";

const TOWARDS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

export function listenToKeys(state, act, canvas, stage, say) {
  stage.addEventListener("keydown", (event) => {
    if (event.target !== stage) return;
    const done = handle(event);
    if (done) event.preventDefault();
  });

  function handle(event) {
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.key.toLowerCase() === "z") return event.shiftKey ? act.redo() : act.undo(), true;
    if (ctrl && event.key.toLowerCase() === "y") return act.redo(), true;
    if (ctrl && event.key.toLowerCase() === "a") return act.choose(visible(state).nodes.map((node) => node.id)), true;
    if (ctrl || event.altKey) return false;
    if (TOWARDS[event.key]) return move(TOWARDS[event.key]), true;
    const at = state.cursor ?? [...state.selected][0];
    const keys = {
      Enter: () => at && act.click(at, event), " ": () => at && act.click(at, event), "+": () => at && act.expand(at), "=": () => at && act.expand(at),
      "-": () => canvas.zoom(0.8), Delete: () => (at && !state.selected.size && act.choose([at]), act.hide()), p: () => at && (state.pinned.has(at) ? (act.choose([at]), act.unpin()) : (act.choose([at]), act.pin())),
      0: () => canvas.fit(), Escape: () => { act.stopPicking(); act.choose([]); },
    };
    if (!keys[event.key]) return false;
    keys[event.key]();
    return true;
  }

  function move([dx, dy]) {
    const { nodes } = visible(state);
    const start = nodes.find((node) => node.id === (state.cursor ?? [...state.selected][0]));
    const next = start ? nearest(nodes, start, dx, dy) : nodes.find((node) => state.focus.includes(node.id)) ?? nodes[0];
    if (!next) return;
    state.cursor = next.id;
    state.version += 1;
    canvas.centre(next.id);
    canvas.redraw();
    const rest = sum(missing(state, next.id));
    say([next.name, lookOf(next, state.words).name, `${state.words.texts.number} ${neighbours(state, next.id).size}`, rest ? fill(state.words.texts.more, { n: rest }) : ""].filter(Boolean).join(state.words.texts.comma));
  }
}

// The nearest in a direction: how far it lies to the side counts twice.
function nearest(nodes, start, dx, dy) {
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    const [x, y] = [node.x - start.x, node.y - start.y];
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy) + Math.abs(y * dx);
    if (node === start || along <= 0 || across > along * 2) continue;
    if (along + 2 * across < least) [least, best] = [along + 2 * across, node];
  }
  return best;
}
