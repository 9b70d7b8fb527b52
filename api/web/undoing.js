// A decision is taken back by the button beside it; the page is shown anew once the graph is up to date.
import { call } from "./page.js";
import { ended } from "./settling.js";

export async function takeBack(button, id, words, tell) {
  button.disabled = true;
  tell(words.busy, "told");
  try {
    const { job } = await call(`/api/v1/decisions/${id}`, { method: "DELETE" });
    tell(words.undone, "told good");
    await ended(job?.split("/").at(-1));
    setTimeout(() => location.reload(), 300);
  } catch (error) {
    button.disabled = false;
    tell(error.message, "told bad");
  }
}

// Every button that names a decision takes it back; what came of it is told in the element after the button.
export function undoes(words) {
  for (const button of document.querySelectorAll("[data-undo]")) {
    const told = button.nextElementSibling;
    button.addEventListener("click", () => takeBack(button, button.dataset.undo, words, (text, look) => { told.textContent = text; told.className = look; }));
  }
}
