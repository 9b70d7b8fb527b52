// Finding in the whole graph (the box suggests, Enter goes there), and finding in what is drawn.

import { make } from "./dom.js";
import { svgSign } from "./signs.js";
import { visible } from "./state.js";

const WAIT = 180; // milliseconds after the last key before the server is asked

export function createFinder(state, act, options, box) {
  const { texts, kinds } = state.words;
  const list = make("ul", { id: `${options.id}-found`, role: "listbox", class: "ex-found", hidden: true, "aria-label": texts.searchLabel });
  const input = make("input", { type: "search", role: "combobox", autocomplete: "off", placeholder: texts.search, title: texts.searchLabel, "aria-label": texts.searchLabel, "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", oninput: wait, onkeydown: key, onblur: () => setTimeout(close, 150) });
  const here = make("input", { type: "search", autocomplete: "off", placeholder: texts.findHere, "aria-label": texts.findHere, oninput: findHere, onkeydown: (event) => { if (event.key === "Escape") { here.value = ""; findHere(); } } });
  const tally = make("span", { class: "ex-note", role: "status" });
  box.replaceChildren(make("div", { class: "ex-search" }, input, list), make("div", { class: "ex-search ex-here" }, here, tally));
  let timer = 0;
  let at = -1;
  let found = [];
  let asked = 0;

  function wait() {
    clearTimeout(timer);
    if (!input.value.trim()) return close();
    timer = setTimeout(look, WAIT);
  }

  async function look() {
    const turn = ++asked;
    let rows;
    try {
      rows = await options.ask("find", { text: input.value.trim() });
    } catch (error) {
      rows = null;
    }
    if (turn !== asked) return;
    found = rows ?? [];
    at = found.length ? 0 : -1;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    list.replaceChildren(...(found.length ? found.map(option) : [make("li", { role: "option", "aria-disabled": "true", class: "ex-note" }, texts.nothingFound)]));
    mark();
  }

  function option(row, n) {
    const look = kinds[row.label] ?? { name: row.kind };
    return make("li", { role: "option", id: `${options.id}-found-${n}`, onpointerdown: (event) => { event.preventDefault(); take(n); } }, look.colour && svgSign(look), make("span", {}, row.name), make("small", {}, look.name));
  }

  function mark() {
    [...list.children].forEach((one, n) => one.setAttribute("aria-selected", String(n === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `${options.id}-found-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  async function key(event) {
    if (event.key === "Escape") return close();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return look();
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % Math.max(1, found.length);
      return mark();
    }
    if (event.key !== "Enter") return undefined;
    event.preventDefault();
    clearTimeout(timer);
    if (list.hidden) await look();
    return take(at);
  }

  function take(n) {
    const row = found[n];
    if (!row) return;
    input.value = row.name;
    close();
    if (act.isPicking()) act.click(row.id);
    else if (state.nodes.has(row.id)) act.choose([row.id], true);
    else act.around(row.id);
  }

  function close() {
    asked += 1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function findHere() {
    const text = here.value.trim().toLowerCase();
    const fits = text ? visible(state).nodes.filter((node) => `${node.name} ${node.short}`.toLowerCase().includes(text)) : [];
    tally.textContent = text ? `${fits.length}` : "";
    act.choose(fits.map((node) => node.id), fits.length > 0);
  }

  return { focus: () => input.focus() };
}
