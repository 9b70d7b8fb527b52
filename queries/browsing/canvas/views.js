// A view as a link: what the server was asked stands in the query, what was then done with it in the part behind #.
// Saved views are such links with a name and a note, kept by this browser.

import { button, fill, make } from "./dom.js";

const VIEWS = { question: "answer", entity: "around", group: "group", start: "path", ids: "selection" }; // the first that is given
const split = (text) => (text ? text.split("~").map(decodeURIComponent) : []);
const join = (parts) => parts.map((part) => encodeURIComponent(part)).join("~");

export function readSeed(search) {
  const given = Object.fromEntries([...new URLSearchParams(search)].filter(([name]) => name !== "lang"));
  const named = Object.keys(VIEWS).find((name) => name in given);
  return { view: named ? VIEWS[named] : "overview", given };
}

export function writeSeed(seed, lang) {
  const query = new URLSearchParams(seed.given);
  if (lang) query.set("lang", lang);
  return query.toString();
}

// What was done since: expansions, hidden, pinned with their places, filters, time, layout, selected.
export function writeSteps(state) {
  const parts = {
    o: state.opened.map((one) => join([one.id, one.limit, ...(one.kinds ?? [])])).join(";"),
    h: join([...state.hidden]),
    p: [...state.pinned].filter((id) => state.nodes.has(id)).map((id) => join([id, Math.round(state.nodes.get(id).x), Math.round(state.nodes.get(id).y)])).join(";"),
    k: join([...state.offKinds]), r: join([...state.offTypes]), f: state.from, u: state.until,
    l: state.layout === "force" ? "" : state.layout, s: join([...state.selected].slice(0, 40)),
  };
  return Object.entries(parts).filter(([, value]) => value).map(([name, value]) => `${name}=${value}`).join("&");
}

export function readSteps(hash) {
  const told = Object.fromEntries(hash.replace(/^#/, "").split("&").filter(Boolean).map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]));
  return {
    opened: (told.o ?? "").split(";").filter(Boolean).map(split).map(([id, limit, ...kinds]) => ({ id, limit: Number(limit) || 20, kinds })),
    hidden: split(told.h), pinned: (told.p ?? "").split(";").filter(Boolean).map(split).map(([id, x, y]) => ({ id, x: Number(x) || 0, y: Number(y) || 0 })),
    offKinds: split(told.k), offTypes: split(told.r), from: told.f ?? "", until: told.u ?? "", layout: told.l || "force", selected: split(told.s),
  };
}

const KEY = "shilian.views";

export function createViews(state, act, options, box) {
  const read = () => {
    try {
      const kept = JSON.parse(options.storage?.getItem(KEY) ?? "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  };
  const write = (views) => options.storage?.setItem(KEY, JSON.stringify(views.slice(0, 100)));
  let isAsking = false;

  function draw() {
    const { texts } = state.words;
    const views = read();
    const isOpen = isAsking || box.querySelector("details")?.open;
    box.replaceChildren(make("details", { class: "ex-fold", open: isOpen }, make("summary", {}, views.length ? fill(texts.inBrackets, { what: texts.views, n: views.length }) : texts.views),
      make("div", {}, !isAsking && button(texts.saveView, () => { isAsking = true; draw(); box.querySelector("input").focus(); }, { class: "ex-small" })),
      ...(isAsking ? [form(texts, views)] : []),
      views.length ? make("ul", { class: "ex-list ex-views" }, ...views.map((view, n) => item(texts, views, view, n))) : isAsking ? "" : make("p", { class: "ex-note" }, texts.noViews),
    ));
  }

  function form(texts, views) {
    const name = make("input", { required: true, maxlength: 60, value: state.title.slice(0, 60) });
    const note = make("textarea", { rows: 2, maxlength: 300 });
    const save = (event) => {
      event.preventDefault();
      write([{ name: name.value.trim(), note: note.value.trim(), link: options.link(), at: new Date().toISOString().slice(0, 10) }, ...views.filter((view) => view.name !== name.value.trim())]);
      isAsking = false;
      draw();
    };
    return make("form", { class: "ex-save", onsubmit: save }, make("label", {}, texts.viewName, name), make("label", {}, texts.viewNote, note), make("div", { class: "ex-acts" }, make("button", { class: "ex-main" }, texts.save), button(texts.cancel, () => { isAsking = false; draw(); })));
  }

  function item(texts, views, view, n) {
    return make("li", {}, button(view.name, () => act.visit(view.link), { class: "ex-link" }), make("span", { class: "ex-note" }, ` ${view.at}`),
      button("×", () => { write(views.filter((_, other) => other !== n)); draw(); }, { class: "ex-small", "aria-label": `${texts.remove} ${view.name}` }), view.note && make("p", { class: "ex-note" }, view.note));
  }

  return { draw };
}
