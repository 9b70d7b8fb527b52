// The one state of an explorer: what is drawn, what is hidden, selected, pinned, filtered. Every module reads and changes it.

export function createState(words) {
  return {
    words,
    seed: { view: "overview", given: {} }, // what the server was asked for first
    title: "",
    nodes: new Map(), // id -> node of a part, with its x and y
    edges: new Map(), // key -> edge of a part
    focus: [],
    paths: [],
    leftOut: {},
    opened: [], // expansions since the seed: { id, kinds, limit }
    hidden: new Set(),
    pinned: new Set(),
    selected: new Set(),
    offKinds: new Set(),
    offTypes: new Set(),
    from: "",
    until: "",
    layout: "force",
    ground: null, // the map under positions: { lines, names, note }
    frame: null, // how its longitudes and latitudes become places
    hover: null,
    cursor: null, // where the keyboard is
    version: 0, // grows with every change, so that what is worked out from the state can be kept until then
    listeners: new Set(),
  };
}

export function notify(state, what = "all") {
  state.version += 1;
  for (const listener of state.listeners) listener(what);
}

export const edgeKey = (edge) => `${edge.source}\u0000${edge.type}\u0000${edge.target}`;

export function takePart(state, part) {
  state.nodes = new Map(part.nodes.map((node) => [node.id, { ...node }]));
  state.edges = new Map(part.edges.map((edge) => [edgeKey(edge), edge]));
  state.title = part.title;
  state.focus = [...part.focus];
  state.paths = part.paths.map((path) => [...path]);
  state.leftOut = { ...part.left_out };
  state.opened = [];
  for (const chosen of [state.hidden, state.pinned, state.selected]) chosen.clear();
  state.hover = state.cursor = null;
  state.version += 1;
}

export function addPart(state, part) {
  for (const node of part.nodes) if (!state.nodes.has(node.id)) state.nodes.set(node.id, { ...node });
  for (const edge of part.edges) state.edges.set(edgeKey(edge), edge);
  state.version += 1;
}

const isBetween = (thing, from, until) =>
  (!thing.since && !thing.until) || ((!until || !thing.since || thing.since <= until) && (!from || !thing.until || thing.until >= from));

// What is drawn now: filters and the time left out, and relations only between what is drawn.
export function visible(state) {
  if (state.seenAt === state.version) return state.seen;
  const nodes = [...state.nodes.values()].filter(
    (node) => !state.hidden.has(node.id) && !state.offKinds.has(node.label) && isBetween(node, state.from, state.until),
  );
  const there = new Set(nodes.map((node) => node.id));
  const edges = [...state.edges.values()].filter(
    (edge) => there.has(edge.source) && there.has(edge.target) && edge.source !== edge.target && !state.offTypes.has(edge.type) && isBetween(edge, state.from, state.until),
  );
  state.seen = { nodes, edges, there };
  state.seenAt = state.version;
  return state.seen;
}

// How many neighbours of an entity, by kind, are not in the picture at all.
export function missing(state, id) {
  const node = state.nodes.get(id);
  const rest = { ...(node?.around ?? {}) };
  const near = new Set();
  for (const edge of state.edges.values()) {
    if (edge.source === id) near.add(edge.target);
    if (edge.target === id) near.add(edge.source);
  }
  for (const other of near) {
    const label = state.nodes.get(other)?.label;
    if (label in rest) rest[label] -= 1;
  }
  return Object.fromEntries(Object.entries(rest).filter(([, number]) => number > 0));
}

export const sum = (numbers) => Object.values(numbers).reduce((total, number) => total + number, 0);

export function neighbours(state, id) {
  const near = new Map();
  for (const edge of visible(state).edges) {
    const other = edge.source === id ? edge.target : edge.target === id ? edge.source : null;
    if (other) near.set(other, [...(near.get(other) ?? []), edge.type]);
  }
  return near;
}
