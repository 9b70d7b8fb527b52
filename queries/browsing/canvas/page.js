// The explorer as a page: asks the server, keeps the address true to what is seen.

import { mountExplorer } from "./explorer.js";
import { readSeed, writeSeed } from "./views.js";

const root = document.getElementById("explorer");
const lang = document.documentElement.lang.startsWith("en") ? "en" : "zh";
const WAIT = 100; // milliseconds
const asked = new URLSearchParams(location.search).get("lang");

async function request(path, given = {}, method = "GET") {
  const query = new URLSearchParams({ lang });
  if (method === "GET") for (const [name, value] of Object.entries(given)) query.set(name, Array.isArray(value) ? value.join(",") : value);
  const sent = method === "POST" ? { headers: { "Content-Type": "application/json" }, body: JSON.stringify(given) } : {};
  const response = await fetch(`/api/v1${path}?${query}`, { credentials: "same-origin", method, ...sent });
  const body = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error(body.message?.[lang] ?? body.detail ?? response.statusText);
  return body;
}

const call = (path, given, isSent) => request(`/graph${path}`, given, isSent ? "POST" : "GET");

const views = { list: () => request("/views"), add: (view) => request("/views", view, "POST"), remove: (id) => request(`/views/${encodeURIComponent(id)}`, {}, "DELETE") };

// The same as a page of its own; entities are sent with their places, a group of the overview is what it is.
async function file(state, steps) {
  const nodes = [...state.nodes.values()];
  const places = nodes.some((node) => node.label === "group") ? {} : { places: nodes.map((node) => [node.id, Math.round(node.x), Math.round(node.y)]) };
  const body = JSON.stringify({ view: state.seed.view, given: state.seed.given, steps: steps.replace(/(^|&)o=[^&]*/, ""), ...places });
  const response = await fetch(`/api/v1/graph/file?lang=${lang}`, { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" }, body });
  if (!response.ok) throw new Error((await response.json()).detail ?? response.statusText);
  return response.text();
}

// Views with many ids are sent, as no address holds them; everything else is asked for by its address.
function ask(view, given) {
  if (view === "answer") {
    const { question, ...rest } = given;
    return call(`/answers/${encodeURIComponent(question)}`, rest, false);
  }
  const isSent = view === "expand" || view === "selection";
  const ids = typeof given.ids === "string" ? { ids: given.ids.split(",") } : {};
  return call(view === "overview" ? "" : `/${view}`, { ...given, ...ids }, isSent);
}

const addressOf = (state, steps) => {
  const query = writeSeed(state.seed, asked);
  return `${location.pathname}${query ? `?${query}` : ""}${steps ? `#${steps}` : ""}`;
};

async function begin() {
  const explorer = mountExplorer(root, {
    vis: globalThis.vis, words: await call("/words", {}, false), ask, views, file, storage: localStorage, ground: () => call("/ground", {}, false),
    entityPath: (id) => `/entities/${encodeURIComponent(id)}`, partnersPath: (id) => `/pairing?unit=${encodeURIComponent(id)}`,
    rowPath: (one) => `/questions/source-row?${new URLSearchParams({ file: one.file, sheet: one.sheet, row: one.row })}`,
    cellsPath: (id) => `/questions/provenance?entity=${encodeURIComponent(id)}`,
    link: (state) => addressOf(state, explorer.steps()), visit: (link) => { write(); history.pushState(null, "", link); open(); }, changed: keep,
  });
  let seedShown = "";
  let [pending, later] = ["", 0]; // what the address is to say, which browsers take long over: written when the picture is drawn
  let isOpening = true;

  // A new part is a new entry of the browser's history; what is done with it changes the entry.
  function keep(state) {
    document.title = `${state.title || state.words.texts.title} · ${document.title.split(" · ").at(-1)}`;
    if (isOpening) return;
    const seed = writeSeed(state.seed);
    const address = addressOf(state, explorer.steps());
    clearTimeout(later);
    if (seed === seedShown) {
      [pending, later] = [address, setTimeout(write, WAIT)];
      return;
    }
    write();
    history.pushState(null, "", address);
    seedShown = seed;
  }

  function write() {
    if (pending) history.replaceState(null, "", pending);
    pending = "";
  }

  addEventListener("pagehide", write); // whoever loads the page again at once finds what he saw

  async function open() {
    isOpening = true;
    clearTimeout(later);
    pending = "";
    seedShown = writeSeed(readSeed(location.search));
    await explorer.begin(readSeed(location.search), location.hash);
    isOpening = false;
  }

  addEventListener("popstate", open);
  await open();
  root.dataset.ready = "true";
  globalThis.explorer = explorer; // for whoever tries things out in the console
}

begin().catch((error) => { root.textContent = error.message; });
