// What came of a trial or a load, as a page shows it: what each sheet and column is read as (to be changed), what is wrong, what would change.
import { call, fill, lang, make } from "./page.js";
import { ended, makeSettling } from "./settling.js";

const MOST_PROBLEMS = 200;
const paragraph = (text, kind = "") => make("p", { class: kind }, text);
const post = (decision) => call("/api/v1/decisions", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(decision) });

// `acts`: `again(trial)` loads or tries the same files once more, `giveUp()` removes them.
export function tellLoad(job, words, acts) {
  const told = job.error ? { dry_run: true, ...job.error.details, failed: true } : job.report ?? {};
  const { files = [], forms = [], problem_groups: problems = [], questions = [], summary, dry_run: trial } = told;
  const changes = keepChanges(words, () => acts.again(true));
  const isUnread = (file, n) => !file.register && Boolean(forms[n]?.headers?.length);
  const parts = job.error ? [paragraph(job.error.message[lang], "problem")] : headline(told, words, files.filter(isUnread).length);
  if (!job.error && !trial) parts.push(...closings(summary?.asked ?? [], words));
  if (files.length && (trial || job.error)) parts.push(buttons(job, words, acts, !job.error));
  parts.push(...ask(questions.filter((one) => !one.column), words, trial || job.error ? retry(acts) : noted(words)));
  if (files.length) parts.push(sheets(files, forms, words, trial ? changes : null), changes.bar, ...meanings(files, words, trial ? changes : null));
  if (told.effect) parts.push(...effect(told.effect, words));
  if (trial && !job.error) parts.push(...names(told.open_names ?? [], words, () => acts.again(true)));
  if (!job.error && files.length) parts.push(make("h3", {}, `${words.problems} ${problems.length}`), problems.length ? listed(problems, words) : paragraph(words.no_problems, "note"));
  if (!job.error && !trial) parts.push(ways(job, words, files.length));
  return parts;
}

function headline({ files = [], summary, dry_run: trial }, words, unread) {
  const parts = [paragraph(trial ? words.tried : files.length ? words.loaded : words.taken_back, trial ? "" : "good")];
  if (files.length && summary) parts.push(paragraph(fill(words.counted, summary)));
  if (unread) parts.push(paragraph(fill(words.unread_sheets, { n: unread }), "problem"));
  for (const one of summary?.closed ?? []) if (one.count) parts.push(paragraph(fill(words.closed_rows, { n: one.count, names: one.names.join(lang === "en" ? ", " : "、") })));
  return parts;
}

function buttons(job, words, acts, isRead) {
  const button = (text, act, kind = "") => {
    const made = make("button", { type: "button", class: kind }, text);
    made.addEventListener("click", () => { made.disabled = true; act(); });
    return made;
  };
  const load = isRead ? [button(words.load, () => acts.again(false))] : [button(words.again, () => acts.again(true))];
  const marked = isRead ? make("a", { href: `/api/v1/loads/jobs/${job.id}/workbook?lang=${lang}`, download: "" }, words.workbook) : null;
  return make("div", {}, make("p", { class: "acts" }, ...load, button(words.give_up, acts.giveUp, "quiet"), marked), paragraph(words.kept, "note"));
}

function ways(job, words, isLoad) {
  const places = [["/", words.overview], ["/settle", words.settling], ["/questions/load-report", words.report]];
  const links = places.map(([href, text]) => make("a", { href }, text));
  if (isLoad) links.push(make("a", { href: `/api/v1/loads/jobs/${job.id}/workbook?lang=${lang}`, download: "" }, words.workbook));
  return make("p", { class: "ways" }, words.after, ...links);
}

// What people say otherwise than it was read, by what it is about; the bar tells how much and tries again with it.
function keepChanges(words, again) {
  const changed = new Map();
  const button = make("button", { type: "button" });
  const bar = make("p", { class: "acts", hidden: true }, button);
  button.addEventListener("click", async () => {
    const report = bar.parentElement;
    report.inert = true; // one thing at a time: the files are read once more
    try {
      for (const decision of changed.values()) await post(decision);
      again();
    } catch (error) {
      bar.append(paragraph(error.message, "problem"));
      report.inert = false;
    }
  });
  const change = (about, decision) => {
    if (decision) changed.set(about, decision); else changed.delete(about);
    bar.hidden = !changed.size;
    button.textContent = fill(words.remember, { n: changed.size });
  };
  return { bar, change };
}

function choose(label, options, now, act) {
  const select = make("select", { "aria-label": label, autocomplete: "off" }, ...options.map(([value, text]) => make("option", { value }, text)));
  select.value = now;
  select.addEventListener("change", () => act(select.value === now ? null : select.value));
  return select;
}

function sheets(files, forms, words, changes) {
  const registers = [...Object.entries(words.registers), ["ignored", words.not_register]];
  const register = (file, n) => {
    const unread = file.said ? fill(words.said_sheet, { register: words.registers[file.said] }) : words.unread;
    const told = file.register ? words.registers[file.register] : `${unread}${file.reason ?? ""}`;
    if (!changes || !forms[n]?.headers) return told;
    const now = registerOf(file);
    const options = now ? registers : [["", words.later], ...registers];
    const choice = choose(`${words.register} ${file.sheet || file.file}`, options, now, (value) => changes.change(forms[n], value && { ...forms[n], register: value }));
    return file.register ? choice : make("div", {}, make("p", { class: "note" }, told), choice);
  };
  return table([
    [words.file, (f) => f.file], [words.sheet, (f) => f.sheet], [words.register, register], [words.read, (f) => f.rows_read],
    [words.in_graph, (f) => f.rows_loaded], [words.waiting, (f) => f.rows_waiting ?? 0], [words.rejected, (f) => f.rows_rejected],
  ], files);
}

// What a sheet was read as, or what it is by somebody's word and could not be read as yet: its columns are to be told, too.
const registerOf = (file) => file.register ?? (file.said || "");

function meanings(files, words, changes) {
  return files.filter((file) => registerOf(file) in words.fields && file.columns?.length).map((file) => {
    const told = changes ? paragraph(file.sender ? fill(words.for_sender, { sender: file.sender }) : words.for_all, "note") : null;
    const columns = table([[words.column, (c) => c.column], [words.header, (c) => c.header], [words.meaning, (c) => meaning(file, c, words, changes)],
      [words.sure, (c) => (c.treatment === "mapped" ? `${Math.round(100 * c.confidence)}%` : c.treatment === "asked" ? words.asked : "")]], file.columns);
    const isOpen = file.columns.some((c) => c.treatment === "asked" || (c.treatment === "mapped" && c.confidence < 0.8));
    return make("details", { class: "columns-of", open: isOpen }, make("summary", {}, fill(words.columns, { sheet: file.sheet || file.file })), told, columns);
  });
}

function meaning(file, column, words, changes) {
  const register = registerOf(file);
  const fields = words.fields[register] ?? {};
  const now = column.treatment === "mapped" ? column.field : column.treatment === "ignored" ? "ignored" : "";
  const said = column.treatment === "mapped" ? fields[column.field] ?? column.field : words[column.treatment] ?? words.later;
  if (!changes || column.treatment === "dropped_personal" || !column.header) return said;
  const likely = (column.alternatives ?? []).filter((field) => field in fields);
  const rest = Object.keys(fields).filter((field) => !likely.includes(field));
  const options = [...(now ? [] : [["", words.later]]), ...[...likely, ...rest].map((field) => [field, fields[field]]), ["ignored", words.ignored]];
  if (now && !options.some(([value]) => value === now)) options.unshift([now, said]);
  return choose(`${words.meaning} ${column.header}`, options, now,
    (field) => changes.change(column, field && { kind: "header", register, header: column.header, field, ...(file.sender ? { sender: file.sender } : {}) }));
}

// New, changed, closed: by kind, with the first names; of persons only numbers.
function effect({ entities = {}, relations = {} }, words) {
  const rows = [...Object.entries(entities).map(([kind, parts]) => [words.kinds[kind] ?? kind, parts]), ...Object.entries(relations).map(([type, parts]) => [fill(words.relation, { name: words.types[type] ?? type }), parts])];
  const title = make("h3", {}, words.effect);
  if (!rows.length) return [title, paragraph(words.nothing, "note")];
  const cell = (part) => ([, parts]) => {
    const { count = 0, first = [] } = parts[part] ?? {};
    const named = first.map((one) => Object.entries(one).find(([name]) => name !== "id" && name !== "source" && name !== "target")?.[1]).filter(Boolean);
    if (!named.length) return count || "";
    const list = `${named.join(lang === "en" ? ", " : "、")}${count > named.length ? ` ${fill(words.more, { n: count })}` : ""}`;
    return make("details", {}, make("summary", {}, String(count)), list);
  };
  return [title, table([[words.kind, ([name]) => name], ...["added", "changed", "removed"].map((part) => [words[part], cell(part)])], rows)];
}

// Names that the trial could not place: said here, they are known when the files are tried again.
function names(open, words, again) {
  const points = open.map(({ name, why, rows, kinds }) => ({
    group: words.names, what: name, why: words.reasons[why], rows, href: "", other: { kind: "same", name },
    answers: kinds.map((kind) => [fill(words.new, { kind: words.kinds[kind] ?? kind }), { kind: "new", name, label: kind }]),
  }));
  return points.length ? [makeSettling(points, words, async (job) => { await ended(job); again(); })] : [];
}

const place = (p) => [p.file, p.sheet].filter(Boolean).join(" · ");
const listed = (problems, words) => table([[words.severity, (p) => words[p.severity] ?? p.severity], [words.where, place], [words.cells, (p) => (p.cells?.length ? p.cells.join(" ") : p.column)], [words.message, (p) => p.text ?? p.message], [words.suggestion, (p) => (p.code === "column.asked" ? words.choose_above : p.suggestion)]], problems.slice(0, MOST_PROBLEMS));

// Each answer is a decision for the sheet's sender; then the same files are read again.
const retry = (acts) => async (chosen) => {
  for (const decision of chosen) await post(decision);
  acts.again(true);
};

// After a load its files are on the record: the graph is published anew with what was said of them.
const noted = (words) => async (chosen, form) => {
  form.inert = true;
  form.append(paragraph(words.undo_busy, "note"));
  try {
    const { job } = await call("/settle", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ decisions: chosen }) });
    await ended(job);
  } finally { form.inert = false; }
  form.replaceWith(make("p", { class: "ways" }, make("span", { class: "good" }, words.done), make("a", { href: "/questions/load-report" }, words.report)));
};

function ask(questions, words, act) {
  if (!questions.length) return [];
  const asked = make("form", { id: "questions", class: "ask" }, make("h3", {}, words.questions));
  questions.forEach((question, number) => {
    const options = question.answers.map((answer, n) => make("option", { value: String(n) }, words.registers[answer.name] ?? answer.label));
    asked.append(make("label", { class: "field" }, make("span", { title: question.why ?? "" }, question.text), make("select", { name: String(number) }, make("option", { value: "" }, words.later), ...options)));
  });
  asked.append(make("button", {}, words.keep));
  asked.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = [...new FormData(asked)].filter(([, n]) => n !== "").map(([number, n]) => questions[Number(number)].answers[Number(n)].decision);
    try {
      if (chosen.length) await act(chosen, asked);
    } catch (error) { asked.append(paragraph(error.message, "problem")); }
  });
  return [asked];
}

// A list that lacks much of its older version closes nothing until somebody says that it is complete.
function closings(asked, words) {
  return [...new Set(asked.map((one) => one.load))].map((load) => {
    const mine = asked.filter((one) => one.load === load);
    const button = make("button", { type: "button" }, fill(words.gone, { n: mine.reduce((n, one) => n + one.count, 0), file: mine[0].file }));
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await post({ kind: "replaces", list: load });
        button.replaceWith(paragraph(words.closed, "note"));
      } catch (error) { button.after(paragraph(error.message, "problem")); }
    });
    return button;
  });
}

// Cells are texts, numbers or elements.
function table(columns, rows) {
  const isNumber = (show) => rows.some((row, n) => typeof show(row, n) === "number");
  const numbers = columns.map(([, show]) => isNumber(show));
  const head = make("tr", {}, ...columns.map(([name], n) => make("th", { scope: "col", class: numbers[n] ? "number" : "" }, name)));
  const body = rows.map((row, n) => make("tr", {}, ...columns.map(([, show], column) => {
    const shown = show(row, n);
    return make("td", { class: numbers[column] ? "number" : "" }, shown instanceof Node ? shown : String(shown ?? ""));
  })));
  return make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": columns[0][0] }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
}
