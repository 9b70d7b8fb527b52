// 核对: the answers are noted, the graph is published, and what is still open is shown again.
import { make } from "./page.js";
import { ended, makeSettling } from "./settling.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const words = read("words");
const points = read("points");
const place = document.getElementById("settling");

if (points.length) {
  place.append(makeSettling(points, words, async (job) => {
    await ended(job);
    place.inert = false;
    place.replaceChildren(make("p", { class: "told good" }, words.done));
    setTimeout(() => location.reload(), 800);
  }));
}
