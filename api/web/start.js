import { call, lang, make, setLang, table } from "./page.js";

const TEXTS = {
  zh: { docs: "接口文档", ask: "提问", load: "载入表格", dry: "只试读，不写入", send: "上传", draw: "画出单位周边", unit: "单位", open: "打开", go: "提问",
        wait: "正在查询…", ready: "快照", empty: "还没有数据：先上传表格。", problems: "需要查看的地方", loaded: "完成。", busy: "正在处理", gone: "确已不存在，关闭",
        questions: "请说明", later: "以后再说", answer: "记下并再次载入" },
  en: { docs: "API", ask: "Ask a question", load: "Load spreadsheets", dry: "read only, write nothing", send: "Upload", draw: "Draw what surrounds a unit", unit: "unit", open: "Open",
        go: "Ask", wait: "Looking…", ready: "snapshot", empty: "No data yet: upload spreadsheets first.", problems: "To look at", loaded: "Done.", busy: "Working", gone: "They are gone: close",
        questions: "Please say", later: "later", answer: "Keep the answers and load again" },
}[lang];
const FIRST = ["member-links", "unused-resources", "partners"]; // the three questions before all others
const at = (id) => document.getElementById(id);

function words() {
  document.documentElement.lang = lang;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = TEXTS[element.dataset.text];
  at("lang").textContent = lang === "zh" ? "English" : "中文";
  at("lang").addEventListener("click", () => setLang(lang === "zh" ? "en" : "zh"));
}

async function state() {
  try {
    at("state").textContent = `${TEXTS.ready} ${(await call("/readyz")).snapshot}`;
  } catch {
    at("state").textContent = TEXTS.empty;
  }
}

function field(name, entry, required) {
  const kinds = entry.anyOf ? entry.anyOf.map((one) => one.type) : [entry.type];
  const choices = entry.enum ?? entry.anyOf?.find((one) => one.enum)?.enum;
  let input;
  if (kinds.includes("boolean")) input = make("input", { type: "checkbox", name });
  else if (choices) input = make("select", { name }, ...(required ? [] : [make("option", { value: "" }, "")]), ...choices.map((c) => make("option", { value: c }, c)));
  else input = make("input", { name, required, type: kinds.includes("integer") ? "number" : "text", placeholder: entry.description ?? "", value: entry.default === null || entry.default === undefined ? "" : String(entry.default) });
  return make("label", { title: entry.description ?? "" }, make("span", {}, name), input);
}

function draw(question) {
  const required = new Set(question.arguments.required ?? []);
  const fields = Object.entries(question.arguments.properties ?? {}).map(([name, entry]) => field(name, entry, required.has(name)));
  at("fields").replaceChildren(...fields);
  at("about").textContent = question.text;
  at("answer").replaceChildren();
}

async function ask(questions) {
  const form = new FormData(at("question"));
  const question = questions.find((one) => one.name === form.get("question_"));
  const query = new URLSearchParams({ lang });
  for (const [name, value] of form) if (name !== "question_" && value !== "") query.set(name, value === "on" ? "true" : value);
  history.replaceState(null, "", `?question_=${question.name}&${query}`);
  at("answer").replaceChildren(make("p", { class: "note" }, TEXTS.wait));
  try {
    at("answer").replaceChildren(table((await call(`${question.href}?${query}`)).rows, question.columns));
  } catch (error) {
    at("answer").replaceChildren(make("p", { class: "error" }, error.message));
  }
}

// What the address asks is asked again: a copied link shows the same answer.
function restore(select, questions) {
  const asked = new URLSearchParams(location.search);
  if (!questions.some((one) => one.name === asked.get("question_"))) return false;
  select.value = asked.get("question_");
  draw(questions.find((one) => one.name === select.value));
  for (const input of at("fields").querySelectorAll("input, select")) {
    if (input.type === "checkbox") input.checked = asked.get(input.name) === "true";
    else if (asked.has(input.name)) input.value = asked.get(input.name);
  }
  return true;
}

async function start() {
  words();
  state();
  const { questions } = await call(`/api/v1/questions?lang=${lang}`);
  questions.sort((a, b) => FIRST.indexOf(b.name) - FIRST.indexOf(a.name));
  const select = make("select", { name: "question_" }, ...questions.map((one) => make("option", { value: one.name }, one.title)));
  at("question").append(select, make("span", { id: "fields" }), make("button", {}, TEXTS.go));
  select.addEventListener("change", () => draw(questions.find((one) => one.name === select.value)));
  at("question").addEventListener("submit", (event) => { event.preventDefault(); ask(questions); });
  at("upload").addEventListener("submit", upload);
  if (restore(select, questions)) ask(questions);
  else draw(questions[0]);
}

async function upload(event) {
  event?.preventDefault();
  const form = new FormData(at("upload"));
  const dry = form.get("dry_run") === "on";
  form.delete("dry_run");
  try {
    const job = await call(`/api/v1/loads?dry_run=${dry}&lang=${lang}`, { method: "POST", body: form });
    const events = new EventSource(job.events);
    events.addEventListener("progress", (message) => {
      const { stage, done, total } = JSON.parse(message.data);
      at("report").replaceChildren(make("p", { class: "note" }, `${TEXTS.busy}: ${stage} ${total ? `${done}/${total}` : ""}`));
    });
    events.addEventListener("end", (message) => { events.close(); report(JSON.parse(message.data)); });
  } catch (error) {
    at("report").replaceChildren(make("p", { class: "error" }, error.message));
  }
}

function report(job) {
  if (job.error) {
    at("report").replaceChildren(make("p", { class: "error" }, job.error.message[lang]), ...asking(job.error.details?.questions ?? []));
    return;
  }
  const { files, problem_groups, lines, summary, dry_run } = job.report;
  const sheets = files.map((f) => ({ file: f.file, sheet: f.sheet, register: f.register, read: f.rows_read, loaded: f.rows_loaded, waiting: f.rows_waiting ?? 0, rejected: f.rows_rejected }));
  const found = problem_groups.map(({ severity, file, sheet, column, text, suggestion }) => ({ severity, file, sheet, column, message: text, suggestion }));
  const asked = dry_run ? [] : [...new Set(summary.asked.map((one) => one.load))].map((load) => confirm_(load, summary.asked.filter((one) => one.load === load)));
  at("report").replaceChildren(...lines.map((line) => make("p", {}, line)), ...asked, ...asking(job.report.questions), table(sheets), make("h3", {}, `${TEXTS.problems}: ${found.length}`), ...(found.length ? [table(found.slice(0, 200))] : []));
  state();
}

// What a load leaves open is asked in a form; each answer is a decision for the sheet's sender, and the same files are loaded again.
function asking(questions) {
  if (!questions.length) return [];
  const form = make("form", { id: "questions", class: "asking" }, make("h3", {}, TEXTS.questions));
  questions.forEach((question, number) => {
    const options = question.answers.map((answer, n) => make("option", { value: String(n) }, answer.label));
    const choice = make("select", { name: String(number) }, make("option", { value: "" }, TEXTS.later), ...options);
    form.append(make("label", { title: question.why }, make("span", {}, question.text), choice));
  });
  form.append(make("button", {}, TEXTS.answer));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = [...new FormData(form)].filter(([, n]) => n !== "").map(([number, n]) => questions[Number(number)].answers[Number(n)].decision);
    try {
      for (const decision of chosen) await call("/api/v1/decisions", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(decision) });
      if (chosen.length) upload();
    } catch (error) {
      form.append(make("p", { class: "error" }, error.message));
    }
  });
  return [form];
}

// A list that lacks much of its older version closes nothing until somebody says that it is complete.
function confirm_(load, closings) {
  const button = make("button", { type: "button" }, `${TEXTS.gone}: ${closings[0].file} ${closings.reduce((n, one) => n + one.count, 0)}`);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await call("/api/v1/decisions", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ kind: "replaces", list: load }) });
      button.replaceWith(make("p", { class: "note" }, TEXTS.loaded));
      state();
    } catch (error) {
      button.replaceWith(make("p", { class: "error" }, error.message));
    }
  });
  return button;
}

start().catch((error) => at("answer").replaceChildren(make("p", { class: "error" }, error.message)));
