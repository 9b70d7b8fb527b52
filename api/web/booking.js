// The calendar of a resource: a booking goes on the record at once; what speaks against it is said.
import { call } from "./page.js";
import { ended } from "./settling.js";
import { undoes } from "./undoing.js";

const words = JSON.parse(document.getElementById("words").textContent);
const form = document.getElementById("booking");
const told = form.querySelector(".told");

undoes(words);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  const button = form.querySelector("button");
  button.disabled = true;
  told.className = "told";
  told.textContent = words.busy;
  try {
    const { job } = await call("/api/v1/decisions", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ kind: "book", venue: form.dataset.venue, ...given }) });
    await ended(job?.split("/").at(-1));
    told.className = "told good";
    told.textContent = words.booked;
    const address = new URL(location.href);
    address.searchParams.set("period", given.day.slice(0, 7));
    setTimeout(() => location.assign(address), 600);
  } catch (error) {
    told.className = "told bad";
    told.textContent = error.message;
    button.disabled = false;
  }
});
