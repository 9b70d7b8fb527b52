// 结对: what people decide about a proposed pair goes to the record at once; J K A R L work as the buttons do.
import { call, make } from "./page.js";
import { takeBack, undoes } from "./undoing.js";

const words = JSON.parse(document.getElementById("words").textContent);
const cards = [...document.querySelectorAll(".proposals > li")];

async function decide(card, kind) {
  const decision = { kind, left: card.dataset.left, right: card.dataset.right };
  if (kind === "reject") {
    const reason = prompt(words.why);
    if (reason === null) return;
    if (reason.trim()) decision.reason = reason.trim();
  }
  const told = card.querySelector(".told");
  show(card, words.busy, "told");
  try {
    const done = await call("/api/v1/decisions", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(decision) });
    show(card, kind === "accept" ? words.accepted : words.rejected, "told good");
    const undo = make("button", { type: "button", class: "quiet" }, words.undo);
    undo.addEventListener("click", () => takeBack(undo, done.id, words, (text, look) => show(card, text, look)));
    told.append(" ", undo);
  } catch (error) {
    show(card, error.message, "told bad");
  }
}

// While a decision is noted and once it is, the buttons of its card rest.
function show(card, text, look) {
  const told = card.querySelector(".told");
  told.textContent = text;
  told.className = look;
  card.querySelectorAll("[data-decide]").forEach((button) => { button.disabled = look !== "told bad" && text !== ""; });
}

// What is put off is remembered by this browser only: it is nobody's decision.
const KEY = "shilian.later";
const later = () => { try { return new Set(JSON.parse(localStorage.getItem(KEY) ?? "[]")); } catch { return new Set(); } };
const pairOf = (card) => `${card.dataset.left} ${card.dataset.right}`;

function putOff(card, is) {
  const kept = later();
  if (is) kept.add(pairOf(card));
  else kept.delete(pairOf(card));
  try { localStorage.setItem(KEY, JSON.stringify([...kept].slice(-500))); } catch { /* private windows keep nothing */ }
  markLater(card, is);
}

function markLater(card, is) {
  card.classList.toggle("later", is);
  const button = card.querySelector("[data-later]");
  button.textContent = is ? words.again : words.later;
  button.setAttribute("aria-pressed", String(is));
  card.querySelector(".put-off").hidden = !is;
}

function move(step) {
  const now = cards.indexOf(document.activeElement.closest(".proposals > li"));
  cards[Math.max(0, Math.min(cards.length - 1, now + step))]?.focus();
}

document.querySelectorAll("[data-decide]").forEach((button) => button.addEventListener("click", () => decide(button.closest("li"), button.dataset.decide)));
undoes(words);
for (const card of cards) {
  card.querySelector("[data-later]").addEventListener("click", () => putOff(card, !card.classList.contains("later")));
  markLater(card, later().has(pairOf(card)));
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const card = document.activeElement.closest(".proposals > li");
  const act = { j: () => move(1), k: () => move(-1), a: () => card && decide(card, "accept"), r: () => card && decide(card, "reject"), l: () => card && putOff(card, !card.classList.contains("later")) }[event.key.toLowerCase()];
  if (act) { event.preventDefault(); act(); }
});
