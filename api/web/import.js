// 导入: sends files, follows the job (its id stands in the address, so that a reload loses nothing), shows the report and asks what is open.
import { call, lang, make } from "./page.js";

const words = JSON.parse(document.getElementById("words").textContent);
const form = document.getElementById("upload");
const report = document.getElementById("report");
const fill = (text, details) => Object.entries(details).reduce((said, [name, value]) => said.replace(`{${name}}`, value), text);
const post = (decision) => call("/api/v1/decisions", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(decision) });
const paragraph = (text, kind = "") => make("p", { class: kind }, text);
const fail = (error) => report.replaceChildren(paragraph(error.message, "problem"));

function table(columns, rows) {
  const numbers = (show) => rows.some((row) => typeof show(row) === "number");
  const head = make("tr", {}, ...columns.map(([name, show]) => make("th", { scope: "col", class: numbers(show) ? "number" : "" }, words[name] ?? name)));
  const body = rows.map((row) => make("tr", {}, ...columns.map(([, show]) => make("td", { class: typeof show(row) === "number" ? "number" : "" }, String(show(row) ?? "")))));
  return make("div", { class: "wide", tabindex: "0", role: "region" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
}

async function send(trial) {
  const form_ = new FormData(form);
  const query = new URLSearchParams({ dry_run: String(trial), lang });
  for (const name of ["as_of", "scope"]) if (form_.get(name)) query.set(name, form_.get(name));
  const files = new FormData();
  for (const file of form_.getAll("files")) files.append("files", file);
  report.replaceChildren(paragraph(words.sent, "note"));
  try {
    const job = await call(`/api/v1/loads?${query}`, { method: "POST", body: files });
    const address = new URL(location.href);
    address.searchParams.set("_job", job.id);
    history.replaceState(null, "", address);
    follow(job.id);
  } catch (error) { fail(error); }
}

function follow(id) {
  const events = new EventSource(`/api/v1/loads/jobs/${id}/events`);
  events.addEventListener("progress", (message) => {
    const { stage, done, total } = JSON.parse(message.data);
    report.replaceChildren(paragraph(`${words.busy} ${stage} ${total ? `${done}/${total}` : ""}`, "note"), total ? make("progress", { value: done, max: total }) : "");
  });
  events.addEventListener("end", (message) => { events.close(); tell(JSON.parse(message.data)); });
  events.onerror = () => { events.close(); call(`/api/v1/loads/jobs/${id}`).then(tell, fail); };
}

function tell(job) {
  if (job.error) {
    report.replaceChildren(paragraph(job.error.message[lang], "problem"), ...ask(job.error.details?.questions ?? []));
    return;
  }
  const { files = [], problem_groups: problems = [], lines = [], summary, dry_run: trial, questions = [] } = job.report ?? {};
  const open = trial ? [] : closings(summary?.asked ?? []);
  report.replaceChildren(
    ...(lines.length ? lines.map((line) => paragraph(line)) : [paragraph(words.done)]), ...open, ...ask(questions),
    ...(files.length ? [sheets(files), make("h3", {}, `${words.problems} ${problems.length}`), problems.length ? listed(problems) : paragraph(words.none, "note")] : []),
    ...(trial ? [] : [ways()]),
  );
  report.focus();
}

const ways = () => make("p", { class: "ways" }, words.after, make("a", { href: "/" }, words.overview), make("a", { href: "/questions/names-to-review" }, words.names), make("a", { href: "/questions/load-report" }, words.report));

function sheets(files) {
  const rows = files.map((one) => ({ ...one, told: words.registers[one.register] ?? `${words.unread}${one.reason ?? ""}` }));
  const numbers = [["file", (f) => f.file], ["sheet", (f) => f.sheet], ["register", (f) => f.told], ["read", (f) => f.rows_read], ["in_graph", (f) => f.rows_loaded - (f.rows_waiting ?? 0)], ["waiting", (f) => f.rows_waiting ?? 0], ["rejected", (f) => f.rows_rejected]];
  const meant = rows.filter((f) => f.columns?.length).map((f) => make("details", {}, make("summary", {}, `${words.columns}：${f.sheet || f.file}`), table(
    [["column", (c) => c.column], ["header", (c) => c.header], ["meaning", (c) => (c.treatment === "mapped" ? words.fields[f.register]?.[c.field] ?? c.field : words[c.treatment] ?? c.treatment)], ["sure", (c) => (c.treatment === "mapped" ? `${Math.round(100 * c.confidence)}%` : "")]], f.columns)));
  return make("div", {}, table(numbers, rows), ...meant);
}

const place = (p) => [p.file, p.sheet, p.column].filter(Boolean).join(" · ");
const listed = (problems) => table([["severity", (p) => words[p.severity] ?? p.severity], ["where", place], ["message", (p) => p.text ?? p.message], ["suggestion", (p) => p.suggestion]], problems.slice(0, 200));

// Each answer is a decision for the sheet's sender; then the same files are loaded again.
function ask(questions) {
  if (!questions.length) return [];
  const asked = make("form", { id: "questions", class: "ask" }, make("h3", {}, words.questions));
  questions.forEach((question, number) => {
    const options = question.answers.map((answer, n) => make("option", { value: String(n) }, answer.label));
    asked.append(make("label", { class: "field" }, make("span", { title: question.why ?? "" }, question.text), make("select", { name: String(number) }, make("option", { value: "" }, words.later), ...options)));
  });
  asked.append(make("button", {}, words.keep));
  asked.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = [...new FormData(asked)].filter(([, n]) => n !== "").map(([number, n]) => questions[Number(number)].answers[Number(n)].decision);
    try {
      for (const decision of chosen) await post(decision);
      if (!form.elements.files.files.length) asked.append(paragraph(words.again, "problem"));
      else if (chosen.length) send(form.elements.dry_run.checked);
    } catch (error) { asked.append(paragraph(error.message, "problem")); }
  });
  return [asked];
}

// A list that lacks much of its older version closes nothing until somebody says that it is complete.
function closings(asked) {
  return [...new Set(asked.map((one) => one.load))].map((load) => {
    const mine = asked.filter((one) => one.load === load);
    const button = make("button", { type: "button" }, fill(words.gone, { n: mine.reduce((n, one) => n + one.count, 0), file: mine[0].file }));
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await post({ kind: "replaces", list: load });
        button.replaceWith(paragraph(words.done, "note"));
      } catch (error) { button.after(paragraph(error.message, "problem")); }
    });
    return button;
  });
}

form.addEventListener("submit", (event) => { event.preventDefault(); send(form.elements.dry_run.checked); });
for (const name of ["dragover", "drop"]) form.addEventListener(name, (event) => event.preventDefault());
form.addEventListener("drop", (event) => { form.elements.files.files = event.dataTransfer.files; });
document.querySelectorAll("[data-withdraw]").forEach((button) => button.addEventListener("click", async () => {
  if (!confirm(fill(words.withdraw, { file: button.dataset.file }))) return;
  try {
    const job = await call(`/api/v1/loads/${button.dataset.withdraw}`, { method: "DELETE" });
    follow(job.id ?? job.job.split("/").at(-1));
    button.replaceWith(words.done);
  } catch (error) { fail(error); }
}));
const job = new URLSearchParams(location.search).get("_job");
if (job) follow(job);
