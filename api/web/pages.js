// What all pages have beyond plain HTML: names complete while they are typed, texts are copied, a table is filtered as one types.
const WAIT = 150; // ms without a key before names are fetched

function completes(input) {
  const list = document.getElementById(input.getAttribute("list"));
  let timer = 0, latest = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    const text = input.value.trim();
    if (!text || [...list.options].some((option) => option.value === text)) return;
    timer = setTimeout(async () => {
      const asked = ++latest;
      const query = new URLSearchParams({ text, kinds: input.dataset.completes });
      const answer = await fetch(`/complete?${query}`).catch(() => null);
      if (!answer?.ok || asked !== latest) return;
      list.replaceChildren(...(await answer.json()).map(({ name, kind }) => new Option(kind, name)));
    }, WAIT);
  });
}

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
