// Places names and the words of relations so that none lies over another, over an entity, or over a relation's words.
// Those that find no room are left out; they are shown on hover, when selected, or nearer by.

import { FONT } from "./shapes.js";

const LINE = 1.25; // heights of a letter from line to line
const SMALLEST = 11; // pixels of the screen
const ALIKE = /\d+(?:[-./年月]\d+)*[年月日号]?|[A-Za-z]+|（[^（）]{1,12}）|〔[^〔〕]*〕|./gu; // what is not cut: numbers, dates, words, brackets

export function sizeOf(scale, most = 13) {
  return Math.max(most, SMALLEST / scale);
}

// Breaks a name into a few lines, never inside a number, a date or a word; the rest becomes an ellipsis.
export function wrap(name, wide = 9, lines = 2) {
  const parts = name.match(ALIKE) ?? [];
  const width = (text) => [...text].reduce((all, letter) => all + (letter.charCodeAt(0) < 0x2e80 ? 0.55 : 1), 0);
  const out = [""];
  for (const part of parts) {
    if (out.at(-1) && width(out.at(-1) + part) > wide) {
      if (out.length === lines) {
        out[lines - 1] = `${out[lines - 1]}…`;
        return out;
      }
      out.push("");
    }
    out[out.length - 1] += part;
  }
  return out.map((line) => line.trim());
}

export function nameLines(node) {
  return wrap(node.label === "group" ? node.name : node.short || node.name, node.label === "group" ? 12 : 9);
}

const overlaps = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// A grid, so that each box is held only against those near it.
function createGrid(cell) {
  const cells = new Map();
  const keys = (box) => {
    const found = [];
    for (let x = Math.floor(box.left / cell); x <= Math.floor(box.right / cell); x += 1)
      for (let y = Math.floor(box.top / cell); y <= Math.floor(box.bottom / cell); y += 1) found.push(`${x},${y}`);
    return found;
  };
  return {
    add(box) {
      for (const key of keys(box)) (cells.get(key) ?? cells.set(key, []).get(key)).push(box);
    },
    isFree: (box, own) => !keys(box).some((key) => cells.get(key)?.some((other) => other.own !== own && overlaps(box, other))),
  };
}

// dots: [{ id, x, y, r, lines, rank }], ties: [{ x, y, text, rank }] – in the order of rank, lowest first.
export function placeLabels(ctx, dots, ties, scale) {
  const size = sizeOf(scale);
  const small = sizeOf(scale, 11) * 0.95;
  const grid = createGrid(90 / scale);
  for (const dot of dots) grid.add({ own: dot.id, left: dot.x - dot.r, right: dot.x + dot.r, top: dot.y - dot.r, bottom: dot.y + dot.r });
  const names = [];
  const words = [];
  ctx.font = `${size}px ${FONT}`;
  const place = (dot) => {
    const wide = Math.max(...dot.lines.map((line) => ctx.measureText(line).width)) + 4;
    const high = dot.lines.length * size * LINE;
    const gap = dot.r + 3;
    const [aside, over, across] = [gap + wide / 2, gap + high / 2, dot.r * 0.7];
    const spots = [[0, over], [0, -over], [aside, 0], [-aside, 0], [across + wide / 2, over - 4], [-across - wide / 2, over - 4], [across + wide / 2, -over + 4], [-across - wide / 2, -over + 4]];
    for (const [dx, dy] of spots) {
      const [x, y] = [dot.x + dx, dot.y + dy];
      const box = { own: `${dot.id} name`, left: x - wide / 2, right: x + wide / 2, top: y - high / 2, bottom: y + high / 2 };
      if (!grid.isFree(box, dot.id)) continue;
      grid.add(box);
      names.push({ id: dot.id, x, y, lines: dot.lines, size, box });
      return;
    }
  };
  const say = (tie) => {
    ctx.font = `${small}px ${FONT}`;
    const wide = ctx.measureText(tie.text).width + 6;
    for (const along of [0.5, 0.38, 0.62]) {
      const [x, y] = [tie.x1 + (tie.x2 - tie.x1) * along, tie.y1 + (tie.y2 - tie.y1) * along];
      const box = { own: tie.key, left: x - wide / 2, right: x + wide / 2, top: y - small * 0.65, bottom: y + small * 0.65 };
      if (!grid.isFree(box, tie.key)) continue;
      grid.add(box);
      words.push({ key: tie.key, x, y, text: tie.text, size: small, box });
      break;
    }
    ctx.font = `${size}px ${FONT}`;
  };
  const both = [...dots.map((dot) => [dot.rank, place, dot]), ...ties.map((tie) => [tie.rank, say, tie])];
  both.sort((a, b) => a[0] - b[0]);
  for (const [, put, what] of both) put(what);
  return { names, words };
}

export function drawLabels(ctx, placed, { ink, faint, ground }) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.strokeStyle = ground;
  for (const word of placed.words) {
    ctx.font = `${word.size}px ${FONT}`;
    ctx.lineWidth = word.size * 0.4;
    ctx.strokeText(word.text, word.x, word.y);
    ctx.fillStyle = faint;
    ctx.fillText(word.text, word.x, word.y);
  }
  ctx.fillStyle = ink;
  for (const name of placed.names) {
    ctx.font = `${name.size}px ${FONT}`;
    ctx.lineWidth = name.size * 0.35;
    name.lines.forEach((line, n) => {
      const y = name.y + (n - (name.lines.length - 1) / 2) * name.size * LINE;
      ctx.strokeText(line, name.x, y);
      ctx.fillText(line, name.x, y);
    });
  }
}
