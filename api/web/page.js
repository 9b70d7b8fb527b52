// What both pages share: the language, elements made of text only (nothing that arrives is ever read as HTML), and fetching.
const kept = () => { try { return localStorage.getItem("lang"); } catch { return null; } };
// A page says its language itself; the page of the API has none of its own.
export const lang = document.documentElement.lang.startsWith("en") || new URLSearchParams(location.search).get("lang") === "en" || (!new URLSearchParams(location.search).has("lang") && kept() === "en") ? "en" : "zh";

export function setLang(to) {
  try { localStorage.setItem("lang", to); } catch { /* private windows keep nothing */ }
  const address = new URL(location.href);
  address.searchParams.set("lang", to);
  location.replace(address);
}

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const fill = (text, details) => Object.entries(details).reduce((said, [name, value]) => said.replace(`{${name}}`, value), text);

export async function call(path, options = {}) {
  const response = await fetch(path, { ...options, headers: { "Accept-Language": lang, ...options.headers } });
  if (response.status === 204) return null;
  const document_ = await response.json();
  if (!response.ok) throw new Error(document_.detail ?? response.statusText);
  return document_;
}

export function show(value) {
  if (value === null || value === undefined || value === "") return make("span", { class: "note" }, "—");
  if (Array.isArray(value)) return value.length ? make("ul", {}, ...value.slice(0, 20).map((item) => make("li", {}, show(item)))) : make("span", { class: "note" }, "—");
  if (typeof value === "number") return String(Math.round(value * 1000) / 1000);
  if (typeof value === "boolean") return value ? (lang === "en" ? "yes" : "是") : (lang === "en" ? "no" : "否");
  if (typeof value !== "object") return String(value);
  if (value.text) return String(value.text);
  if (value.file) return `${value.file} ${value.sheet ?? ""} ${value.row ?? ""}`.trim();
  return Object.entries(value).filter(([, v]) => v !== null && typeof v !== "object").map(([k, v]) => `${k}: ${v}`).join(", ");
}

export function table(rows, headings = {}) {
  if (!rows.length) return make("p", { class: "note" }, lang === "en" ? "Nothing found." : "没有结果。");
  const names = Object.keys(rows[0]).filter((name) => !name.endsWith("_id"));
  const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, headings[name] ?? name)));
  const body = rows.map((row) => make("tr", {}, ...names.map((name) => make("td", {}, show(row[name])))));
  return make("div", { class: "wide" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
}
