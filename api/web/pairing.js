// 结对: what people decide about a proposed pair goes to the record at once; J K A R work as the buttons do.
import { call } from "./page.js";

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
  const buttons = card.querySelectorAll("[data-decide]");
  buttons.forEach((button) => { button.disabled = true; });
  try {
    await call("/api/v1/decisions", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(decision) });
    told.textContent = kind === "accept" ? words.accepted : words.rejected;
    told.className = "told good";
  } catch (error) {
    told.textContent = error.message;
    told.className = "told bad";
    buttons.forEach((button) => { button.disabled = false; });
  }
}

function move(step) {
  const now = cards.indexOf(document.activeElement.closest(".proposals > li"));
  cards[Math.max(0, Math.min(cards.length - 1, now + step))]?.focus();
}

document.querySelectorAll("[data-decide]").forEach((button) => button.addEventListener("click", () => decide(button.closest("li"), button.dataset.decide)));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const card = document.activeElement.closest(".proposals > li");
  const act = { j: () => move(1), k: () => move(-1), a: () => card && decide(card, "accept"), r: () => card && decide(card, "reject") }[event.key.toLowerCase()];
  if (act) { event.preventDefault(); act(); }
});
