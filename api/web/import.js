// 导入: sends files, follows the job (its id stands in the address, so that a reload loses nothing), shows what came of it, loads what was tried.
import { tellLoad } from "./import_report.js";
import { call, fill, lang, make } from "./page.js";

const words = JSON.parse(document.getElementById("words").textContent);
const form = document.getElementById("upload");
const report = document.getElementById("report");
const paragraph = (text, kind = "") => make("p", { class: kind }, text);
const fail = (error) => report.replaceChildren(paragraph(error.message, "problem"));

function options(trial) {
  const given = new FormData(form);
  const query = new URLSearchParams({ dry_run: String(trial), lang });
  for (const name of ["as_of", "scope", "hidden_sheets"]) if (given.get(name)) query.set(name, given.get(name));
  return query;
}

async function start(path, request) {
  report.inert = false;
  report.replaceChildren(paragraph(words.sent, "note"));
  try {
    const job = await call(path, { method: "POST", ...request });
    show(job.id);
    follow(job.id);
  } catch (error) { fail(error); }
}

function send() {
  const files = new FormData();
  for (const file of form.elements.files.files) files.append("files", file);
  return start(`/api/v1/loads?${options(true)}`, { body: files });
}

const again = (job, trial) => start(`/api/v1/loads/jobs/${job}/again?${options(trial)}`);

async function giveUp(job) {
  try {
    await call(`/api/v1/loads/jobs/${job}`, { method: "DELETE" });
    show("");
    form.reset();
    report.replaceChildren(paragraph(words.given_up, "note"));
  } catch (error) { fail(error); }
}

// The job stands in the address: whoever reloads the page, or comes back to it, sees the same.
function show(job) {
  const address = new URL(location.href);
  if (job) address.searchParams.set("_job", job); else address.searchParams.delete("_job");
  history.replaceState(null, "", address);
}

function follow(id) {
  const events = new EventSource(`/api/v1/loads/jobs/${id}/events`);
  events.addEventListener("progress", (message) => {
    const { stage, done, total } = JSON.parse(message.data);
    report.replaceChildren(paragraph(`${words.busy} ${stage} ${total ? `${done}/${total}` : ""}`, "note"), total ? make("progress", { value: done, max: total }) : "");
  });
  events.addEventListener("end", (message) => { events.close(); tell(JSON.parse(message.data)); });
  events.onerror = () => { events.close(); call(`/api/v1/loads/jobs/${id}`).then((job) => (["done", "failed"].includes(job.state) ? tell(job) : follow(id)), fail); };
}

function tell(job) {
  report.replaceChildren(...tellLoad(job, words, { again: (trial) => again(job.id, trial), giveUp: () => giveUp(job.id) }));
  report.focus();
}

form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
for (const name of ["dragover", "drop"]) form.addEventListener(name, (event) => event.preventDefault());
form.addEventListener("drop", (event) => { form.elements.files.files = event.dataTransfer.files; });
document.querySelectorAll("[data-withdraw]").forEach((button) => button.addEventListener("click", async () => {
  if (!confirm(fill(words.withdraw, { file: button.dataset.file }))) return;
  button.disabled = true;
  try {
    const job = await call(`/api/v1/loads/${button.dataset.withdraw}`, { method: "DELETE" });
    show(job.id);
    follow(job.id);
    report.scrollIntoView();
  } catch (error) { fail(error); }
}));
const known = new URLSearchParams(location.search).get("_job");
if (known) follow(known);
