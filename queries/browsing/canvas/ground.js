// The map under positions: lines and names of the office's own file, quieter than everything that stands on it.

import { FONT } from "./shapes.js";

export function drawGround(ctx, ground, at, scale, colours) {
  ctx.save();
  ctx.lineWidth = 1.2 / scale;
  ctx.strokeStyle = colours.edge;
  ctx.lineJoin = "round";
  for (const line of ground.lines) {
    ctx.beginPath();
    line.forEach(([lon, lat], n) => { const { x, y } = at(lon, lat); if (n) ctx.lineTo(x, y); else ctx.moveTo(x, y); });
    ctx.stroke();
  }
  ctx.font = `${15 / scale}px ${FONT}`;
  ctx.fillStyle = colours.faint;
  ctx.textAlign = "center";
  for (const [name, lon, lat] of ground.names) { const { x, y } = at(lon, lat); ctx.fillText(name, x, y); }
  ctx.restore();
}
