// The explorer as a file of its own: what it asks is answered out of what the file holds, and nothing is asked from anywhere.

import { mountExplorer } from "./explorer.js";
import { ringPlaces } from "./layouts.js";

const FURTHEST = 6; // relations of a way
const MOST_FOUND = 12;

// kept: words, seed, steps, part (drawn first), more (nodes and edges to expand into), groups (id → part), details (id → details).
export function mountAlone(vis, root, kept) {
  const explorer = mountExplorer(root, { vis, words: kept.words, ask: createKept(kept), hasNoOverview: kept.seed.view !== "overview" });
  explorer.begin(kept.seed, kept.steps).then(() => { root.dataset.ready = "true"; });
  globalThis.explorer = explorer;
}

export function createKept(kept) {
  const { texts, kinds } = kept.words;
  const nodes = new Map([...kept.more.nodes, ...kept.part.nodes].map((node) => [node.id, node]));
  const edges = [...new Map([...kept.more.edges, ...kept.part.edges].map((edge) => [`${edge.source} ${edge.type} ${edge.target}`, edge])).values()];
  const near = new Map([...nodes.keys()].map((id) => [id, new Set()]));
  for (const { source, target } of edges) if (near.has(source) && near.has(target)) near.get(source).add(target), near.get(target).add(source);
  const missing = () => new Error(texts.notInFile);
  const among = (ids) => edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target));
  const degree = (id) => near.get(id)?.size ?? 0;

  function part(title, ids, focus = [], paths = [], isArranged = true) {
    const chosen = [...ids].filter((id) => nodes.has(id)).map((id) => ({ ...nodes.get(id) }));
    const lines = among(new Set(chosen.map((node) => node.id)));
    if (isArranged) for (const [id, spot] of ringPlaces(chosen, lines, focus)) Object.assign(chosen.find((node) => node.id === id), spot);
    return { title, nodes: chosen, edges: lines, focus, paths, left_out: {} };
  }

  function take(id, kindsWanted, limit, shown) {
    const fresh = [...(near.get(id) ?? [])].filter((other) => !shown.has(other) && (!kindsWanted?.length || kindsWanted.includes(nodes.get(other).label)));
    return fresh.sort((a, b) => degree(b) - degree(a) || nodes.get(a).name.localeCompare(nodes.get(b).name)).slice(0, limit);
  }

  function expand({ entity, kinds: wanted, limit = 20, shown = [] }) {
    const there = new Set(shown);
    const fresh = take(entity, wanted, limit, there);
    if (!fresh.length) throw missing();
    const ids = new Set(fresh);
    const lines = among(new Set([...there, ...fresh])).filter((edge) => ids.has(edge.source) || ids.has(edge.target));
    return { title: nodes.get(entity).name, nodes: fresh.map((id) => ({ ...nodes.get(id) })), edges: lines, focus: [entity], paths: [], left_out: {} };
  }

  function around({ entity, limit = 60 }) {
    if (!nodes.has(entity)) throw missing();
    return part(nodes.get(entity).name, [entity, ...take(entity, [], limit, new Set([entity]))], [entity]);
  }

  // The shortest ways between two, first those by what has few other relations.
  function path({ start, end, k = 3, without = [] }) {
    const found = [];
    let ways = [[start]];
    const seen = new Set([start]);
    for (let hops = 0; hops < FURTHEST && ways.length && !found.length; hops += 1) {
      const further = [];
      for (const way of ways)
        for (const other of near.get(way.at(-1)) ?? []) {
          if (other === end) found.push([...way, other]);
          else if (!seen.has(other) && !without.includes(nodes.get(other).label)) further.push([...way, other]);
        }
      for (const way of further) seen.add(way.at(-1));
      ways = further.slice(0, 5000);
    }
    const weight = (way) => way.reduce((sum, id) => sum + Math.log1p(degree(id)), 0);
    const paths = found.sort((a, b) => weight(a) - weight(b)).slice(0, k);
    return part(`${nodes.get(start)?.name ?? ""} — ${nodes.get(end)?.name ?? ""}`, new Set([start, end, ...paths.flat()]), [start, end], paths);
  }

  function find({ text }) {
    const wanted = text.trim().toLowerCase();
    const rank = (node) => (node.name.toLowerCase() === wanted ? 0 : node.name.toLowerCase().startsWith(wanted) ? 1 : 2);
    const fits = [...nodes.values()].filter((node) => kinds[node.label]?.isEntity && `${node.name} ${node.short}`.toLowerCase().includes(wanted));
    return fits.sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length).slice(0, MOST_FOUND).map((node) => ({ id: node.id, label: node.label, name: node.name, kind: kinds[node.label].name }));
  }

  const isSeed = (view, given) => view === kept.seed.view && JSON.stringify(given) === JSON.stringify(kept.seed.given);
  const views = {
    expand, around, path, find,
    selection: ({ ids }) => part("", ids, [], [], false),
    group: ({ group }) => kept.groups[group],
    entity: ({ entity }) => kept.details[entity],
  };

  return async function ask(view, given) {
    const told = isSeed(view, given) ? kept.part : views[view]?.(given);
    if (!told) throw missing();
    return structuredClone(told);
  };
}
