// The drawing: vis-network moves, zooms and hits; shapes, names and words are drawn by us. No physics: places are given.

import { drawLabels, nameLines, placeLabels } from "./labels.js";
import { FONT, drawNode, lookOf, radius, trace } from "./shapes.js";
import { drawGround } from "./ground.js";
import { sum, visible } from "./state.js";

const MOST_MOVED = 150; // entities beyond which the picture jumps to its new place: each frame on the way would be drawn as a whole
const MOST_WORDED = 90; // relations beyond which only those of what is selected or hovered say their words
const OPTIONS = {
  physics: false,
  layout: { improvedLayout: false },
  interaction: { hover: true, multiselect: true, selectConnectedEdges: false, keyboard: false, hideEdgesOnDrag: false, tooltipDelay: 1e9, zoomSpeed: 0.7 },
  nodes: { shape: "custom", borderWidth: 0 },
  edges: { smooth: false, hoverWidth: 0, selectionWidth: 0, arrows: { to: { scaleFactor: 0.45 } , from: { scaleFactor: 0.45 } } },
};

export function createCanvas(vis, box, state, act) {
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(box, { nodes, edges }, OPTIONS);
  let colours = readColours(box);
  let kept = null;
  let degrees = new Map();
  let thickest = 1; // how often the strongest relation that is drawn stands for one
  let rest = new Map();

  const renderer = (id) => ({ ctx, x, y }) => ({
    drawNode() {
      const node = state.nodes.get(id);
      if (node) drawEntity(ctx, node, x, y);
    },
    nodeDimensions: { width: 2 * sizeOf(id), height: 2 * sizeOf(id) },
  });
  const sizeOf = (id) => (state.nodes.has(id) ? radius(state.nodes.get(id), degrees.get(id) ?? 0) : 1);

  function drawEntity(ctx, node, x, y) {
    const r = sizeOf(node.id);
    const { words } = state;
    if (state.selected.has(node.id) || state.cursor === node.id || state.focus.includes(node.id)) {
      trace(ctx, lookOf(node, words).shape, x, y, r + 5);
      ctx.lineWidth = state.selected.has(node.id) ? 4 : 2;
      ctx.strokeStyle = state.cursor === node.id && !state.selected.has(node.id) ? colours.cursor : colours.accent;
      ctx.setLineDash(state.selected.has(node.id) || state.cursor === node.id ? [] : [3, 3]);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    drawNode(ctx, node, { x, y, r, words, ...colours });
    if (state.pinned.has(node.id)) drawPin(ctx, x - r * 0.9, y - r * 0.9);
    const more = rest.get(node.id) ?? 0;
    if (more && (network.getScale() > 0.8 || state.selected.has(node.id) || state.hover === node.id)) drawMore(ctx, node, x + r * 0.75, y - r * 0.85, more);
  }

  function drawPin(ctx, x, y) {
    ctx.beginPath();
    ctx.arc(x, y, 5, 0, 2 * Math.PI);
    ctx.fillStyle = colours.accent;
    ctx.fill();
    ctx.lineWidth = 2;
    ctx.strokeStyle = colours.ground;
    ctx.stroke();
  }

  // Of what has been opened in part, in words; of all others, a number.
  function drawMore(ctx, node, x, y, more) {
    const opened = state.focus.includes(node.id) || state.opened.some((one) => one.id === node.id) || state.selected.has(node.id);
    const text = opened ? state.words.texts.more.replace("{n}", more) : `+${more}`;
    ctx.font = `600 9px ${FONT}`;
    const wide = ctx.measureText(text).width + 8;
    ctx.beginPath();
    ctx.roundRect(x - 4, y - 7, wide, 13, 6.5);
    ctx.fillStyle = colours.panel;
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = colours.line;
    ctx.stroke();
    ctx.fillStyle = colours.ink;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.fillText(text, x, y);
  }

  function labels(ctx) {
    const scale = network.getScale();
    const key = `${state.version} ${scale.toFixed(4)} ${moves}`;
    if (kept?.key === key) return kept.placed;
    const seen = visible(state);
    const near = (id) => state.selected.has(id) || state.hover === id || state.cursor === id;
    const dots = seen.nodes.map((node) => ({
      id: node.id, x: node.x, y: node.y, r: sizeOf(node.id), lines: nameLines(node),
      rank: near(node.id) ? -3 : state.focus.includes(node.id) ? -2 : 1 / (1 + (degrees.get(node.id) ?? 0)),
    }));
    const merged = mergeEdges(seen.edges);
    const worded = merged.length <= MOST_WORDED ? merged : merged.filter((pair) => near(pair.from) || near(pair.to));
    const ties = worded.map((pair) => {
      const [a, b] = [state.nodes.get(pair.from), state.nodes.get(pair.to)];
      return { key: pair.id, x1: a.x, y1: a.y, x2: b.x, y2: b.y, text: sayTypes(pair), rank: near(pair.from) || near(pair.to) ? 0.52 : 0.6 };
    });
    kept = { key, placed: placeLabels(ctx, dots, ties, scale) };
    return kept.placed;
  }

  const sayTypes = (pair) =>
    state.nodes.get(pair.from)?.label === "group" ? String(sum(Object.fromEntries(pair.types))) :
    [...pair.types].map(([type, count]) => `${state.words.types[type] ?? type}${count > 1 ? ` ×${count}` : ""}`).join(state.words.texts.and);

  network.on("beforeDrawing", (ctx) => {
    if (state.layout === "map" && state.ground && state.frame) drawGround(ctx, state.ground, state.frame.at, network.getScale(), colours);
  });

  let moves = 0;
  network.on("afterDrawing", (ctx) => {
    drawLabels(ctx, labels(ctx), colours);
    if (state.hover) drawWhole(ctx, state.nodes.get(state.hover));
  });

  // The whole name of what the pointer is on, over everything else.
  function drawWhole(ctx, node) {
    if (!node) return;
    const size = 13 / network.getScale();
    ctx.font = `600 ${size}px ${FONT}`;
    const text = `${lookOf(node, state.words).name} · ${node.name}`;
    const wide = ctx.measureText(text).width + size;
    const y = node.y - sizeOf(node.id) - size * 1.5;
    ctx.beginPath();
    ctx.roundRect(node.x - wide / 2, y - size * 0.85, wide, size * 1.7, size * 0.3);
    ctx.fillStyle = colours.ink;
    ctx.fill();
    ctx.fillStyle = colours.ground;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(text, node.x, y);
  }

  function draw() {
    const seen = visible(state);
    degrees = new Map();
    for (const edge of seen.edges) for (const end of [edge.source, edge.target]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
    rest = countMissing(state);
    sync(nodes, seen.nodes.map((node) => ({ id: node.id, x: node.x, y: node.y, ctxRenderer: renderer(node.id) })), ["x", "y"]);
    thickest = Math.max(1, ...seen.edges.map((edge) => edge.count));
    sync(edges, mergeEdges(seen.edges).map(lineOf), ["width", "tone", "both"]);
    network.redraw();
  }

  function lineOf(pair) {
    const near = state.selected.has(pair.from) || state.selected.has(pair.to);
    const onPath = state.paths.some((path) => path.some((id, n) => n && [pair.from, pair.to].includes(id) && [pair.from, pair.to].includes(path[n - 1]) && id !== path[n - 1]));
    const tone = onPath ? colours.accent : near ? colours.faint : colours.edge;
    const isGroup = state.nodes.get(pair.from)?.label === "group";
    const width = onPath ? 3.5 : isGroup ? 1 + 6 * Math.sqrt(sum(Object.fromEntries(pair.types)) / thickest) : near ? 2 : 1.2;
    const arrows = isGroup ? "" : [pair.forth && "to", pair.back && "from"].filter(Boolean).join(", ");
    return { id: pair.id, from: pair.from, to: pair.to, width, tone, both: arrows, arrows, color: { color: tone, highlight: tone, hover: tone } };
  }

  network.on("hoverNode", ({ node }) => act.hover(node));
  network.on("blurNode", () => act.hover(null));
  network.on("click", (event) => act.click(event.nodes[0] ?? network.getNodeAt(event.pointer.DOM) ?? null, event.event.srcEvent));
  network.on("doubleClick", (event) => event.nodes[0] && act.open(event.nodes[0]));
  network.on("dragStart", (event) => event.nodes.length && act.grab(event.nodes));
  network.on("dragging", () => { moves += 1; takePlaces(); });
  network.on("dragEnd", (event) => { if (event.nodes.length) { takePlaces(); act.drop(event.nodes); } });
  network.on("oncontext", (event) => event.event.preventDefault());

  function takePlaces() {
    for (const id of network.getSelectedNodes()) {
      const spot = network.getPosition(id);
      if (state.nodes.has(id)) Object.assign(state.nodes.get(id), spot);
    }
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { colours = readColours(box); draw(); });
  new ResizeObserver(() => network.redraw()).observe(box);

  return {
    draw,
    redraw: () => network.redraw(),
    select: () => network.selectNodes([...state.selected].filter((id) => nodes.get(id)), false),
    // With room for the names at the borders, which stay as large when the picture shrinks.
    fit: (ids = null, animate = false) => {
      const there = (ids ?? visible(state).nodes.map((node) => node.id)).filter((id) => nodes.get(id)).map((id) => state.nodes.get(id));
      if (!there.length || !box.clientWidth) return;
      network.setSize("100%", "100%"); // the library notices a new size a second late
      const [xs, ys] = [there.map((node) => node.x), there.map((node) => node.y)];
      const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      const scale = Math.min(1.25, (box.clientWidth - 150) / Math.max(1, right - left), (box.clientHeight - 110) / Math.max(1, bottom - top));
      const isMoved = animate && nodes.length <= MOST_MOVED && !matchMedia("(prefers-reduced-motion: reduce)").matches;
      network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 14 / scale }, scale, animation: isMoved ? { duration: 250 } : false });
    },
    // The size of the box is read once: each reading after a change of the page lays the page out anew.
    areInSight: (seen) => {
      const [right, bottom] = [box.clientWidth - 20, box.clientHeight - 30];
      return seen.every((node) => {
        const { x, y } = network.canvasToDOM(node);
        return x > 20 && y > 20 && x < right && y < bottom;
      });
    },
    zoom: (by) => network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * by)) }),
    camera: () => ({ ...network.getViewPosition(), scale: network.getScale() }),
    look: ({ x, y, scale }) => network.moveTo({ position: { x, y }, scale }),
    centre: (id) => network.moveTo({ position: network.getPosition(id) }),
    toScreen: (spot) => network.canvasToDOM(spot),
    placed: () => labels(box.querySelector("canvas").getContext("2d")),
    merged: () => mergeEdges(visible(state).edges).map((pair) => ({ ...pair, ...lineOf(pair) })),
    element: () => box.querySelector("canvas"),
    sizeOf,
    colours: () => colours,
    recolour: () => { colours = readColours(box); draw(); },
    destroy: () => network.destroy(),
  };
}

// Several relations of one pair share a line; in which directions it has arrows, its relations say.
export function mergeEdges(edges) {
  const pairs = new Map();
  for (const edge of edges) {
    const [from, to] = edge.source < edge.target ? [edge.source, edge.target] : [edge.target, edge.source];
    const id = `${from}\u0000${to}`;
    const pair = pairs.get(id) ?? pairs.set(id, { id, from, to, types: new Map(), forth: false, back: false }).get(id);
    pair.types.set(edge.type, (pair.types.get(edge.type) ?? 0) + (edge.count || 1));
    if (edge.source === from) pair.forth = true;
    else pair.back = true;
  }
  return [...pairs.values()];
}

function countMissing(state) {
  const near = new Map();
  for (const edge of state.edges.values()) {
    (near.get(edge.source) ?? near.set(edge.source, new Set()).get(edge.source)).add(edge.target);
    (near.get(edge.target) ?? near.set(edge.target, new Set()).get(edge.target)).add(edge.source);
  }
  const counted = new Map();
  for (const node of state.nodes.values()) {
    const around = node.around ?? {};
    let all = sum(around);
    for (const other of near.get(node.id) ?? []) if (state.nodes.get(other)?.label in around) all -= 1;
    counted.set(node.id, Math.max(0, all));
  }
  return counted;
}

// Changes a data set into a list of items with as few steps as it takes.
function sync(set, items, watched) {
  const wanted = new Map(items.map((item) => [item.id, item]));
  const gone = set.getIds().filter((id) => !wanted.has(id));
  if (gone.length) set.remove(gone);
  const fresh = items.filter((item) => !set.get(item.id));
  const other = items.filter((item) => {
    const now = set.get(item.id);
    return now && watched.some((name) => now[name] !== item[name]);
  });
  if (fresh.length) set.add(fresh);
  if (other.length) set.update(other);
}

function readColours(box) {
  const style = getComputedStyle(box);
  const read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return {
    ground: read("--ground", "#ffffff"), panel: read("--panel", "#f5f7fa"), line: read("--line", "#d6dde5"), ink: read("--text", "#1b2430"),
    faint: read("--faint", "#576372"), accent: read("--accent", "#1d5c9e"), edge: read("--edge", "#a9b4c0"), cursor: read("--cursor", "#d88a1d"),
  };
}
