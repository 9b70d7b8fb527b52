// What is seen, as a file: picture (PNG, SVG), graph (GraphML, GEXF, JSON) or table (CSV).

import { FONT, inkOn, lookOf, shares, total } from "./shapes.js";
import { outline, svgElement } from "./signs.js";
import { visible } from "./state.js";

const LINE = 1.25;
const escapeXml = (text) => String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");

export const FORMATS = ["png", "svg", "graphml", "gexf", "json", "csv"];

export async function exportAs(format, state, canvas) {
  const makers = { png: () => toPng(canvas), svg: () => toSvg(state, canvas), graphml: () => toGraphml(state), gexf: () => toGexf(state), json: () => toJson(state), csv: () => toCsv(state) };
  saveAs(await makers[format](), format, state);
}

const TYPES = { svg: "image/svg+xml", graphml: "application/xml", gexf: "application/xml", json: "application/json", csv: "text/csv", html: "text/html" };

// Hands the visitor a file: a text, or what is bytes already.
export function saveAs(made, format, state) {
  save(typeof made === "string" ? new Blob([made], { type: `${TYPES[format]};charset=utf-8` }) : made, `${fileName(state)}.${format}`);
}

const fileName = (state) => (state.title || "graph").replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 60);

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function toPng(canvas) {
  const seen = canvas.element();
  const page = document.createElement("canvas");
  page.width = seen.width;
  page.height = seen.height;
  const ctx = page.getContext("2d");
  ctx.fillStyle = canvas.colours().ground;
  ctx.fillRect(0, 0, page.width, page.height);
  ctx.drawImage(seen, 0, 0);
  return new Promise((resolve) => page.toBlob(resolve, "image/png"));
}

export function toSvg(state, canvas) {
  const { nodes } = visible(state);
  const placed = canvas.placed();
  const colours = canvas.colours();
  const boxes = [...nodes.map((node) => { const r = canvas.sizeOf(node.id) + 6; return { left: node.x - r, right: node.x + r, top: node.y - r, bottom: node.y + r }; }), ...placed.names.map((one) => one.box), ...placed.words.map((one) => one.box)];
  const [left, top] = [Math.min(0, ...boxes.map((box) => box.left)) - 20, Math.min(0, ...boxes.map((box) => box.top)) - 20];
  const [wide, high] = [Math.max(1, ...boxes.map((box) => box.right)) + 20 - left, Math.max(1, ...boxes.map((box) => box.bottom)) + 20 - top];
  const svg = svgElement("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: [left, top, wide, high].map(Math.round).join(" "), width: Math.round(wide), height: Math.round(high), "font-family": FONT });
  svg.append(svgElement("title", {}, state.title), svgElement("rect", { x: left, y: top, width: wide, height: high, fill: colours.ground }));
  for (const pair of canvas.merged()) {
    const [a, b] = [state.nodes.get(pair.from), state.nodes.get(pair.to)];
    svg.append(svgElement("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, stroke: pair.tone, "stroke-width": pair.width }));
  }
  for (const node of nodes) svg.append(...drawOne(node, state, canvas.sizeOf(node.id), colours));
  const halo = { "paint-order": "stroke", stroke: colours.ground, "stroke-linejoin": "round", "text-anchor": "middle", "dominant-baseline": "central" };
  for (const word of placed.words) svg.append(svgElement("text", { ...halo, x: word.x, y: word.y, "font-size": word.size, "stroke-width": word.size * 0.4, fill: colours.faint }, word.text));
  for (const name of placed.names)
    name.lines.forEach((line, n) => svg.append(svgElement("text", { ...halo, x: name.x, y: name.y + (n - (name.lines.length - 1) / 2) * name.size * LINE, "font-size": name.size, "stroke-width": name.size * 0.35, fill: colours.ink }, line)));
  return new XMLSerializer().serializeToString(svg);
}

function drawOne(node, state, r, colours) {
  const look = lookOf(node, state.words);
  const centre = { "text-anchor": "middle", "dominant-baseline": "central", "font-weight": 600 };
  if (node.label !== "group")
    return [outline(look.shape, node.x, node.y, r, { fill: look.colour, stroke: colours.ground }), svgElement("text", { ...centre, x: node.x, y: node.y, "font-size": r, fill: inkOn(look.colour) }, look.sign)];
  const slices = shares(node, state.words).map((share) => {
    const at = (angle) => `${node.x + r * Math.cos(angle)},${node.y + r * Math.sin(angle)}`;
    if (share.to - share.from > 6.28) return svgElement("circle", { cx: node.x, cy: node.y, r, fill: share.colour });
    return svgElement("path", { d: `M${node.x},${node.y} L${at(share.from)} A${r},${r} 0 ${share.to - share.from > Math.PI ? 1 : 0} 1 ${at(share.to)} Z`, fill: share.colour, stroke: colours.ground });
  });
  return [...slices, svgElement("circle", { cx: node.x, cy: node.y, r: r * 0.58, fill: colours.ground }), svgElement("text", { ...centre, x: node.x, y: node.y, "font-size": r * 0.46, fill: colours.ink }, total(node))];
}

function rowsOf(state) {
  const { nodes, edges } = visible(state);
  return {
    nodes: nodes.map((node) => ({ id: node.id, label: node.label, kind: lookOf(node, state.words).name, name: node.name, since: node.since ?? "", until: node.until ?? "", x: node.x, y: node.y })),
    edges: edges.map((edge) => ({ source: edge.source, target: edge.target, type: edge.type, relation: state.words.types[edge.type] ?? edge.type, count: edge.count, since: edge.since ?? "", until: edge.until ?? "" })),
  };
}

export function toGraphml(state) {
  const { nodes, edges } = rowsOf(state);
  const keys = [...["label", "kind", "name", "since", "until"].map((name) => [name, "node", "string"]), ["x", "node", "double"], ["y", "node", "double"], ...["type", "relation"].map((name) => [name, "edge", "string"]), ["count", "edge", "int"]];
  const datum = (part, row) => keys.filter(([name, on]) => on === part && row[name] !== "").map(([name, on]) => `<data key="${on}_${name}">${escapeXml(row[name])}</data>`).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${keys.map(([name, on, type]) => `<key id="${on}_${name}" for="${on}" attr.name="${name}" attr.type="${type}"/>`).join("\n")}\n<graph edgedefault="directed">\n${nodes.map((node) => `<node id="${escapeXml(node.id)}">${datum("node", node)}</node>`).join("\n")}\n${edges.map((edge) => `<edge source="${escapeXml(edge.source)}" target="${escapeXml(edge.target)}">${datum("edge", edge)}</edge>`).join("\n")}\n</graph>\n</graphml>\n`;
}

export function toGexf(state) {
  const { nodes, edges } = rowsOf(state);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n<graph defaultedgetype="directed">\n<attributes class="node"><attribute id="label" title="label" type="string"/><attribute id="kind" title="kind" type="string"/></attributes>\n<nodes>\n${nodes.map((node) => `<node id="${escapeXml(node.id)}" label="${escapeXml(node.name)}"><attvalues><attvalue for="label" value="${escapeXml(node.label)}"/><attvalue for="kind" value="${escapeXml(node.kind)}"/></attvalues><viz:position x="${node.x}" y="${-node.y}"/></node>`).join("\n")}\n</nodes>\n<edges>\n${edges.map((edge, n) => `<edge id="${n}" source="${escapeXml(edge.source)}" target="${escapeXml(edge.target)}" label="${escapeXml(edge.relation)}" weight="${edge.count}"/>`).join("\n")}\n</edges>\n</graph>\n</gexf>\n`;
}

export function toJson(state) {
  return JSON.stringify({ title: state.title, ...rowsOf(state) }, null, 1);
}

// A text that a spreadsheet would take for a formula is made harmless; the mark at the head makes it UTF-8 to spreadsheets.
export function toCsv(state) {
  const { edges, nodes } = rowsOf(state);
  const { texts } = state.words;
  const names = new Map(nodes.map((node) => [node.id, node]));
  const cell = (value) => `"${String(value ?? "").replace(/^([=+\-@\t\r＝＋－＠])/, "'$1").replaceAll('"', '""')}"`;
  const tied = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  const rows = [
    [texts.name, texts.kind, texts.relations, texts.name, texts.kind, texts.since, texts.till],
    ...edges.map((edge) => [names.get(edge.source).name, names.get(edge.source).kind, edge.relation, names.get(edge.target).name, names.get(edge.target).kind, edge.since, edge.until]),
    ...nodes.filter((node) => !tied.has(node.id)).map((node) => [node.name, node.kind, "", "", "", node.since, node.until]),
  ];
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
