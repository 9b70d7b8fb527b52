// Undo and redo: what the state was before each step. Selecting is no step.

const MOST = 60;
const SETS = ["hidden", "pinned", "selected", "offKinds", "offTypes"];
const VALUES = ["seed", "title", "focus", "paths", "leftOut", "from", "until", "layout", "opened"];

export function createHistory(state) {
  const past = [];
  const future = [];
  return {
    // To be called before a step.
    remember() {
      past.push(copy(state));
      if (past.length > MOST) past.shift();
      future.length = 0;
    },
    // After a step that failed or changed nothing.
    forget() {
      past.pop();
    },
    undo: () => swap(state, past, future),
    redo: () => swap(state, future, past),
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
  };
}

function swap(state, from, to) {
  if (!from.length) return false;
  to.push(copy(state));
  restore(state, from.pop());
  return true;
}

function copy(state) {
  const kept = { nodes: new Map([...state.nodes].map(([id, node]) => [id, { ...node }])), edges: new Map(state.edges) };
  for (const name of SETS) kept[name] = new Set(state[name]);
  for (const name of VALUES) kept[name] = structuredClone(state[name]);
  return kept;
}

function restore(state, kept) {
  Object.assign(state, kept);
  state.hover = state.cursor = null;
}
