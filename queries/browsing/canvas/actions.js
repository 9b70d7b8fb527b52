// What a user does with the picture. Each step can be undone; what comes from the server is asked for by `ask(view, given)`.

import { kindPlaces, mapFrame, mapPlaces, placeNear, ringPlaces } from "./layouts.js";
import { fill } from "./dom.js";
import { addPart, notify, sum, takePart, visible } from "./state.js";

const EXPANDED = 20; // neighbours that one expansion brings at most

export function createActions(state, history, canvas, options, tell) {
  const { texts, hardCap, mostDrawn } = state.words;
  const chosen = () => [...state.selected].filter((id) => state.nodes.has(id));

  async function from(view, given, isStep = true) {
    const part = await wait(options.ask(view, given));
    if (!part) return false;
    if (isStep) history.remember();
    takePart(state, part);
    state.seed = { view, given };
    if (view === "around") state.selected = new Set(part.focus);
    if (state.layout !== "force") place(state.layout);
    notify(state, "seed");
    canvas.fit();
    if (view === "path" && !part.paths.length) tell(texts.noPath);
    else if (!part.nodes.length) tell(texts.empty);
    else report();
    return true;
  }

  async function wait(promise) {
    options.busy(true);
    try {
      return await promise;
    } catch (error) {
      tell(fill(texts.failed, { reason: error.message }));
      return null;
    } finally {
      options.busy(false);
    }
  }

  function report() {
    const { nodes, edges } = visible(state);
    const left = sum(state.leftOut);
    tell([fill(texts.drawn, { n: nodes.length, m: edges.length }), left ? fill(state.seed.view === "overview" ? texts.weaker : texts.leftOut, { n: left }) : "", nodes.length > mostDrawn ? texts.crowded : ""].filter(Boolean).join(" · "));
  }

  async function expand(id, kinds = [], limit = EXPANDED, isStep = true) {
    const parent = state.nodes.get(id);
    const room = hardCap - state.nodes.size;
    if (!parent || parent.label === "group") return parent ? from("group", { group: id }) : false;
    if (room <= 0) return tell(texts.full), false;
    const given = { entity: id, limit: Math.min(limit, room), shown: [...state.nodes.keys()] };
    const part = await wait(options.ask("expand", kinds.length ? { ...given, kinds } : given));
    if (!part) return false;
    if (isStep) history.remember();
    const old = [...state.nodes.values()];
    addPart(state, part);
    const fresh = part.nodes.map((node) => state.nodes.get(node.id));
    placeNear(parent, fresh, old);
    state.opened.push({ id, kinds, limit });
    notify(state);
    if (!canvas.areInSight(fresh)) canvas.fit(null, true);
    report();
    if (part.left_out && sum(part.left_out) && room <= limit) tell(texts.full);
    return true;
  }

  function change(step) {
    history.remember();
    step();
    notify(state);
    report();
  }

  function place(layout) {
    const { nodes, edges } = visible(state);
    const makers = { rings: () => ringPlaces(nodes, edges, state.focus), columns: () => kindPlaces(nodes), map: () => mapPlaces(nodes, (state.frame = mapFrame(nodes))) };
    const places = makers[layout]();
    for (const [id, spot] of places) if (!state.pinned.has(id)) Object.assign(state.nodes.get(id), spot);
  }

  async function layOut(layout) {
    const { nodes } = visible(state);
    if (layout === "map" && !nodes.some((node) => node.lon !== null && node.lat !== null)) return tell(texts.noPositions);
    let part = null;
    if (layout === "force") {
      const isPart = nodes.every((node) => node.label !== "group" && state.words.kinds[node.label]?.isEntity);
      part = await wait(isPart ? options.ask("selection", { ids: nodes.map((node) => node.id) }) : options.ask(state.seed.view, state.seed.given));
      if (!part) return undefined;
    }
    if (layout === "map") await readGround();
    history.remember();
    state.layout = layout;
    if (part) for (const node of part.nodes) if (!state.pinned.has(node.id) && state.nodes.has(node.id)) Object.assign(state.nodes.get(node.id), { x: node.x, y: node.y });
    if (!part) place(layout);
    notify(state);
    canvas.fit();
    if (layout === "map") {
      const rest = nodes.filter((node) => node.lon === null || node.lat === null).length;
      tell([rest ? fill(texts.unplaced, { n: rest }) : "", state.ground?.note].filter(Boolean).join(" · "));
    }
    return undefined;
  }

  // The map that the office has is read when it is first needed; without one, positions stand on plain ground.
  async function readGround() {
    if (!options.ground || state.ground) return;
    const ground = await wait(options.ground());
    if (ground?.lines.length) state.ground = ground;
  }

  let pathFrom = null;
  const act = {
    from, expand, layOut, report, wait,
    hover(id) {
      state.hover = id;
      state.version += 1;
      canvas.redraw();
    },
    choose(ids, isShown = false) {
      state.selected = new Set(ids);
      state.cursor = ids.length === 1 ? ids[0] : state.cursor;
      notify(state, "selected");
      if (isShown && ids.length === 1) canvas.centre(ids[0]);
      else if (isShown && ids.length) canvas.fit(ids, true);
    },
    click(id, event) {
      if (pathFrom && id && id !== pathFrom) {
        const start = pathFrom;
        pathFrom = null;
        return act.path(start, id);
      }
      if (event && (event.ctrlKey || event.shiftKey || event.metaKey) && id) {
        if (state.selected.has(id)) state.selected.delete(id);
        else state.selected.add(id);
        return notify(state, "selected");
      }
      return act.choose(id ? [id] : []);
    },
    open: (id) => expand(id),
    around: (id) => from("around", { entity: id }),
    path: (start, end) => {
      const without = [...state.offKinds];
      return from("path", without.length ? { start, end, without } : { start, end });
    },
    pickPath(id) {
      pathFrom = id;
      tell(texts.pathPick);
    },
    isPicking: () => pathFrom !== null,
    stopPicking() {
      pathFrom = null;
      report();
    },
    hide: () => chosen().length && change(() => { for (const id of chosen()) state.hidden.add(id); state.selected.clear(); }),
    unhide: () => state.hidden.size && change(() => state.hidden.clear()),
    keep: () => chosen().length && change(() => {
      for (const id of [...state.nodes.keys()]) if (!state.selected.has(id)) state.nodes.delete(id);
      for (const [key, edge] of [...state.edges]) if (!state.nodes.has(edge.source) || !state.nodes.has(edge.target)) state.edges.delete(key);
      state.seed = { view: "selection", given: { ids: [...state.nodes.keys()] } };
      state.opened = [];
      state.paths = [];
    }),
    pin: () => change(() => { for (const id of chosen()) state.pinned.add(id); }),
    unpin: () => change(() => { for (const id of chosen()) state.pinned.delete(id); }),
    grab(ids) {
      history.remember();
      if (!ids.every((id) => state.selected.has(id))) act.choose(ids);
    },
    drop(ids) {
      for (const id of ids) state.pinned.add(id);
      notify(state, "moved");
    },
    undo: () => history.undo() && (notify(state), report()),
    redo: () => history.redo() && (notify(state), report()),
  };
  return act;
}
