// The sign of a kind as a small drawing beside its name, in legend, panel and table.

import { corners, inkOn } from "./shapes.js";

const SVG = "http://www.w3.org/2000/svg";

export function svgElement(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

export function outline(shape, x, y, r, attributes) {
  const points = corners(shape, r);
  if (!points.length) return svgElement("circle", { cx: x, cy: y, r, ...attributes });
  return svgElement("polygon", { points: points.map(([dx, dy]) => `${(x + dx).toFixed(1)},${(y + dy).toFixed(1)}`).join(" "), ...attributes });
}

export function svgSign(look) {
  const svg = svgElement("svg", { class: "ex-sign", viewBox: "-12 -12 24 24", width: 20, height: 20, "aria-hidden": "true" });
  svg.append(outline(look.shape, 0, 0, 9.5, { fill: look.colour }));
  svg.append(svgElement("text", { x: 0, y: 0.5, "text-anchor": "middle", "dominant-baseline": "central", "font-size": 10.5, "font-weight": 600, fill: inkOn(look.colour) }, look.sign));
  return svg;
}
