// Names complete while they are typed, in every field that takes one.
const WAIT = 150; // ms without a key before names are fetched

export function completes(input) {
  let timer = 0, latest = 0;
  input.addEventListener("input", () => {
    const list = document.getElementById(input.getAttribute("list"));
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
