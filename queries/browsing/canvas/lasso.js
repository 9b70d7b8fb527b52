// Drawing a loop around entities selects them.

import { make } from "./dom.js";
import { visible } from "./state.js";

export function createLasso(state, canvas, stage, done) {
  let layer = null;

  function start() {
    if (layer) return stop();
    layer = make("canvas", { class: "ex-lasso" });
    layer.width = stage.clientWidth;
    layer.height = stage.clientHeight;
    stage.append(layer);
    const ctx = layer.getContext("2d");
    let line = null;
    const at = (event) => [event.offsetX, event.offsetY];
    layer.addEventListener("pointerdown", (event) => { layer.setPointerCapture(event.pointerId); line = [at(event)]; });
    layer.addEventListener("pointermove", (event) => {
      if (!line) return;
      line.push(at(event));
      ctx.clearRect(0, 0, layer.width, layer.height);
      ctx.beginPath();
      line.forEach(([x, y], n) => (n ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
      ctx.closePath();
      ctx.strokeStyle = canvas.colours().accent;
      ctx.lineWidth = 2;
      ctx.setLineDash([5, 4]);
      ctx.stroke();
      ctx.globalAlpha = 0.08;
      ctx.fillStyle = canvas.colours().accent;
      ctx.fill();
      ctx.globalAlpha = 1;
    });
    layer.addEventListener("pointerup", () => {
      const inside = visible(state).nodes.filter((node) => {
        const { x, y } = canvas.toScreen({ x: node.x, y: node.y });
        return isInside([x, y], line ?? []);
      });
      stop();
      done(inside.map((node) => node.id));
    });
    return true;
  }

  function stop() {
    layer?.remove();
    layer = null;
    return false;
  }

  return { toggle: start, stop, get isOn() { return layer !== null; } };
}

// Whether a ray from the point crosses the loop an odd number of times.
export function isInside([x, y], loop) {
  let inside = false;
  loop.forEach(([ax, ay], n) => {
    const [bx, by] = loop[(n + loop.length - 1) % loop.length];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}
