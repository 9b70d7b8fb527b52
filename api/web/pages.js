// What all pages have beyond plain HTML: names complete while they are typed, texts are copied, addresses stay short.
import { completes } from "./completing.js";

function copies(button) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    button.textContent = button.dataset.done;
  });
}

// Empty fields need not stand in the address.
function tidy(form) {
  form.addEventListener("submit", () => {
    for (const input of form.elements) if (input.name && input.value === "" && !input.required) input.disabled = true;
    setTimeout(() => { for (const input of form.elements) input.disabled = false; });
  });
}

// "/" leads to the search box from anywhere, as on other sites.
function shortcut(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.matches("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  document.getElementById("find").focus();
}

document.querySelectorAll("input[data-completes]").forEach(completes);
document.querySelectorAll("button[data-copies]").forEach(copies);
document.querySelectorAll("form:not([method=post])").forEach(tidy);
document.addEventListener("keydown", shortcut);
