// How entities look: shape, colour and sign of their kind, a ring of shares for a group. The same paths for canvas and SVG.

const WHITE = "#ffffff";

export function radius(node, degree = 0) {
  if (node.label === "group") return 24 + Math.min(26, Math.sqrt(total(node)) * 1.6);
  return 13 + Math.min(9, 1.6 * Math.sqrt(degree));
}

export const total = (node) => Object.values(node.holds ?? {}).reduce((all, one) => all + one, 0);

// The corners of a shape around the origin; a circle has none.
export function corners(shape, r) {
  const at = (angle, length = r) => [length * Math.cos(angle), length * Math.sin(angle)];
  if (shape === "square") return [[-0.88 * r, -0.88 * r], [0.88 * r, -0.88 * r], [0.88 * r, 0.88 * r], [-0.88 * r, 0.88 * r]];
  if (shape === "diamond") return [0, 1, 2, 3].map((n) => at((n * Math.PI) / 2, 1.18 * r));
  if (shape === "hexagon") return [0, 1, 2, 3, 4, 5].map((n) => at((n * Math.PI) / 3, 1.05 * r));
  return [];
}

export function shares(node, words) {
  const whole = total(node) || 1;
  let angle = -Math.PI / 2;
  return Object.entries(node.holds)
    .sort(([, a], [, b]) => b - a)
    .map(([label, number]) => {
      const from = angle;
      angle += (2 * Math.PI * number) / whole;
      return { label, number, colour: words.kinds[label]?.colour ?? "#888888", from, to: angle };
    });
}

export function lookOf(node, words) {
  return words.kinds[node.label] ?? { name: node.label, colour: "#888888", sign: "", shape: "circle" };
}

const INKS = new Map();

// Dark or light letters, whichever can be read on a colour.
export function inkOn(colour) {
  return INKS.get(colour) ?? INKS.set(colour, pickInk(colour)).get(colour);
}

function pickInk(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.36 ? "#14181d" : WHITE;
}

export function trace(ctx, shape, x, y, r) {
  ctx.beginPath();
  const points = corners(shape, r);
  if (!points.length) ctx.arc(x, y, r, 0, 2 * Math.PI);
  points.forEach(([dx, dy], n) => (n ? ctx.lineTo(x + dx, y + dy) : ctx.moveTo(x + dx, y + dy)));
  ctx.closePath();
}

export function drawNode(ctx, node, { x, y, r, words, ink, ground }) {
  const look = lookOf(node, words);
  if (node.label === "group") return drawGroup(ctx, node, { x, y, r, words, ink, ground });
  trace(ctx, look.shape, x, y, r);
  ctx.fillStyle = look.colour;
  ctx.fill();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = ground;
  ctx.stroke();
  ctx.fillStyle = inkOn(look.colour);
  ctx.font = `600 ${Math.round(r * 1.02)}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(look.sign, x, y + r * 0.06);
}

export const FONT = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", sans-serif';

function drawGroup(ctx, node, { x, y, r, words, ink, ground }) {
  for (const share of shares(node, words)) {
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.arc(x, y, r, share.from, share.to);
    ctx.closePath();
    ctx.fillStyle = share.colour;
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = ground;
    ctx.stroke();
  }
  ctx.beginPath();
  ctx.arc(x, y, r * 0.58, 0, 2 * Math.PI);
  ctx.fillStyle = ground;
  ctx.fill();
  ctx.fillStyle = ink;
  ctx.font = `600 ${Math.round(r * 0.46)}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(String(total(node)), x, y + 1);
}
