// What waits for a person's word, as tables with an answer to choose for each; all answers are noted at once.
import { completes } from "./completing.js";
import { call, fill, lang, make } from "./page.js";
import { takeBack } from "./undoing.js";

const OTHER = "other";
const LATER = "later";

function answerOf(point, words) {
  const options = point.answers.map(([label], n) => make("option", { value: String(n) }, label));
  const select = make("select", { "aria-label": `${words.answer} ${point.what}` }, make("option", { value: "" }, words.open), ...options);
  const cell = make("td", {}, select);
  if (point.put_off) cell.append(" ", ...putOff(point.put_off, words));
  else select.append(make("option", { value: LATER }, words.later));
  const chosen = () => (select.value === LATER ? { kind: "later", point: point.what } : select.value === "" ? null : point.answers[Number(select.value)][1]);
  if (!point.other) return { cell, read: chosen };
  select.append(make("option", { value: OTHER }, words.other));
  const id = `other-${Math.random().toString(36).slice(2)}`;
  const input = make("input", { type: "text", hidden: true, maxlength: "200", "aria-label": words.name, placeholder: words.name, autocomplete: "off", "data-completes": "any" });
  input.setAttribute("list", id);
  cell.append(" ", input, make("datalist", { id }));
  select.addEventListener("change", () => { input.hidden = select.value !== OTHER; if (!input.hidden) input.focus(); });
  const read = () => {
    if (select.value === OTHER) return input.value.trim() ? { ...point.other, unit: input.value.trim() } : null;
    return chosen();
  };
  return { cell, read, ready: () => completes(input) };
}

// Who put a point off, and the button that lists it again.
function putOff(one, words) {
  const told = make("span", { class: "note", role: "status" }, [fill(words.put_off_by, one), one.reason].filter(Boolean).join(" · "));
  const again = make("button", { type: "button", class: "quiet" }, words.again);
  again.addEventListener("click", () => takeBack(again, one.id, { busy: words.undo_busy, undone: words.undone }, (text) => { told.textContent = text; }));
  return [told, " ", again];
}

function tableOf(group, points, words, readers) {
  const hasRows = points.some((point) => point.rows !== null);
  const hasWhy = points.some((point) => point.why);
  const rows = points.map((point) => {
    const answer = answerOf(point, words);
    readers.push(answer);
    const what = point.href ? make("a", { href: point.href }, point.what) : point.what;
    return make("tr", {}, make("th", { scope: "row" }, what), hasWhy && make("td", {}, point.why), hasRows && make("td", { class: "number" }, String(point.rows ?? "")), answer.cell);
  });
  const head = make("tr", {}, make("th", { scope: "col" }, words.what), hasWhy && make("th", { scope: "col" }, words.why), hasRows && make("th", { scope: "col", class: "number" }, words.rows), make("th", { scope: "col" }, words.answer));
  return [make("h2", {}, `${group} ${points.length}`), make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": group }, make("table", { class: "settling" }, make("thead", {}, head), make("tbody", {}, ...rows)))];
}

// Returns the form; `after(job)` is called once the answers are on the record.
export function makeSettling(points, words, after) {
  const readers = [];
  const groupOf = (point) => (point.put_off ? words.put_off : point.group);
  const open = [...points.filter((point) => !point.put_off), ...points.filter((point) => point.put_off)];
  const groups = open.reduce((found, point) => found.set(groupOf(point), [...(found.get(groupOf(point)) ?? []), point]), new Map());
  const button = make("button", { disabled: true }, words.none);
  const told = make("p", { class: "told", role: "status" });
  const tables = [...groups].flatMap(([group, mine]) => tableOf(group, mine, words, readers));
  const form = make("form", { class: "settle" }, ...tables, make("p", { class: "acts" }, button), told);
  const chosen = () => readers.map((one) => one.read()).filter(Boolean);
  const count = () => {
    const n = chosen().length;
    button.disabled = !n;
    button.textContent = n ? fill(words.settle, { n }) : words.none;
  };
  form.addEventListener("input", count);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const whole = form.parentElement;
    whole.inert = true;
    told.className = "told";
    told.textContent = words.busy;
    try {
      const { job } = await call("/settle", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ decisions: chosen() }) });
      await after(job);
    } catch (error) {
      told.className = "told bad";
      told.textContent = `${words.failed} ${error.message}`;
      whole.inert = false;
    }
  });
  readers.forEach((one) => one.ready?.());
  return form;
}

export async function ended(job) {
  while (job) {
    const { state, error } = await call(`/api/v1/loads/jobs/${job}`);
    if (state === "done") return;
    if (state === "failed") throw new Error(error.message?.[lang] ?? state);
    await new Promise((resolve) => { setTimeout(resolve, 300); });
  }
}
