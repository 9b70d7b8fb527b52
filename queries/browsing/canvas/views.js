// A view as a link: what the server was asked stands in the query, what was then done with it in the part behind #.
// Saved views are such links with a name and a note: kept in the workspace for oneself or others, by who may do so; else by this browser.

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
const AUDIENCES = ["me", "district", "all"];

// options: link() → address, tell(text), and where there are such: shared ({ list, add, remove } of the workspace), storage (of the browser).
export function createViews(state, act, options, box) {
  let shared = { views: [], may_save: false };
  let isAsking = false;
  const read = () => {
    try {
      const kept = JSON.parse(options.storage?.getItem(KEY) ?? "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  };
  const write = (views) => options.storage?.setItem(KEY, JSON.stringify(views.slice(0, 100)));

  async function load() {
    try {
      shared = (await options.shared?.list()) ?? shared;
    } catch {
      shared = { views: [], may_save: false }; // those of the browser are there all the same
    }
    draw();
  }

  // Does something with the views of the workspace, tells what came of it and draws the list anew.
  async function change(step, text, name) {
    const { texts } = state.words;
    try {
      await step();
      options.tell(fill(text, { name }));
      isAsking = false;
    } catch (error) {
      options.tell(fill(texts.failed, { reason: error.message }));
    }
    await load();
  }

  function draw() {
    const { texts } = state.words;
    const own = read();
    const number = own.length + shared.views.length;
    const isOpen = isAsking || box.querySelector("details")?.open;
    const items = [...shared.views.map((view) => item(view, sharedNotes(view), view.may_remove && (() => options.shared.remove(view.id)))), ...own.map((view, n) => item({ ...view, address: view.link, at: view.at }, [texts.onlyHere], () => write(own.filter((_, other) => other !== n))))];
    box.replaceChildren(make("details", { class: "ex-fold", open: isOpen }, make("summary", {}, number ? fill(texts.inBrackets, { what: texts.views, n: number }) : texts.views),
      make("div", {}, !isAsking && button(texts.saveView, () => { isAsking = true; draw(); box.querySelector("input").focus(); }, { class: "ex-small" })),
      ...(isAsking ? [form(own)] : []),
      number ? make("ul", { class: "ex-list ex-views" }, ...items) : isAsking ? "" : make("p", { class: "ex-note" }, texts.noViews),
    ));
  }

  const sharedNotes = (view) => {
    const { texts } = state.words;
    return [!view.is_own && fill(texts.savedBy, { by: view.by }), texts[`for_${view.for_whom}`]].filter(Boolean);
  };

  function form(own) {
    const { texts } = state.words;
    const name = make("input", { required: true, maxlength: 60, value: state.title.slice(0, 60) });
    const note = make("textarea", { rows: 2, maxlength: 300 });
    const whom = shared.may_save && make("select", {}, ...AUDIENCES.map((one) => make("option", { value: one }, texts[`for_${one}`])));
    const save = (event) => {
      event.preventDefault();
      const view = { name: name.value.trim(), note: note.value.trim() };
      const add = () => write([{ ...view, link: options.link(), at: new Date().toISOString().slice(0, 10) }, ...own.filter((other) => other.name !== view.name)]);
      change(whom ? () => options.shared.add({ ...view, address: options.link(), for_whom: whom.value }) : add, texts.viewSaved, view.name);
    };
    return make("form", { class: "ex-save", onsubmit: save }, make("label", {}, texts.viewName, name), make("label", {}, texts.viewNote, note),
      whom ? make("label", {}, texts.viewForWhom, whom) : make("p", { class: "ex-note" }, texts.onlyHereNote),
      make("div", { class: "ex-acts" }, make("button", { class: "ex-main" }, texts.save), button(texts.cancel, () => { isAsking = false; draw(); })));
  }

  function item(view, notes, remove) {
    const { texts } = state.words;
    return make("li", {}, button(view.name, () => act.visit(view.address), { class: "ex-link" }),
      remove && button("×", () => change(remove, texts.viewRemoved, view.name), { class: "ex-small", "aria-label": `${texts.remove} ${view.name}` }),
      make("p", { class: "ex-note" }, [view.at.slice(0, 10), ...notes].join(" · ")), view.note && make("p", { class: "ex-note" }, view.note));
  }

  load();
  return { draw };
}
