// 结对: what people decide about a proposed pair goes to the record at once; J K A R L work as the buttons do.
import { call, fill, make } from "./page.js";
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

// What is put off stands on the record as other decisions do, so that colleagues see it; the page itself stays the same meanwhile.
async function putOff(card) {
  const kept = card.dataset.later;
  show(card, words.busy, "told");
  try {
    if (kept) await call(`/api/v1/decisions/${kept}`, { method: "DELETE" });
    else await call("/api/v1/decisions", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ kind: "later", left: card.dataset.left, right: card.dataset.right }) });
    await markLater();
    show(card, "", "told");
  } catch (error) {
    show(card, error.message, "told bad");
  }
}

async function markLater() {
  const found = await call("/pairing/later");
  for (const card of cards) {
    const pair = [card.dataset.left, card.dataset.right];
    const one = found.find(({ left, right }) => pair.includes(left) && pair.includes(right));
    card.classList.toggle("later", Boolean(one));
    card.dataset.later = one?.id ?? "";
    const button = card.querySelector("button[data-later]");
    button.textContent = one ? words.again : words.later;
    button.setAttribute("aria-pressed", String(Boolean(one)));
    const told = card.querySelector(".put-off");
    told.hidden = !one;
    told.textContent = one ? fill(words.put_off, one) : "";
  }
}

function move(step) {
  const now = cards.indexOf(document.activeElement.closest(".proposals > li"));
  cards[Math.max(0, Math.min(cards.length - 1, now + step))]?.focus();
}

document.querySelectorAll("[data-decide]").forEach((button) => button.addEventListener("click", () => decide(button.closest("li"), button.dataset.decide)));
undoes(words);
for (const card of cards) {
  card.querySelector("button[data-later]").addEventListener("click", () => putOff(card));
}
if (cards.length) markLater().catch(() => {}); // who may not see what others decided sees the page without it
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const card = document.activeElement.closest(".proposals > li");
  const act = { j: () => move(1), k: () => move(-1), a: () => card && decide(card, "accept"), r: () => card && decide(card, "reject"), l: () => card && putOff(card) }[event.key.toLowerCase()];
  if (act) { event.preventDefault(); act(); }
});
