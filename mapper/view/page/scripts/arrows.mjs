// Displacement arrows: schematic curves with a halo and a head. Lengths in screen pixels.

import { svg } from "./dom.mjs";

// Width by persons. Where their number is unknown, even if families are counted (they are never turned
// into persons), the arrow keeps the thin width.
export function arrowWidth(people) {
  if (!people || people < 1) return 3;
  return Math.min(9, 2.5 + 1.6 * Math.log10(people));
}

export const headLength = (width) => 9 + width * 1.5;

// The path without its last `length` pixels, so that the head and not the line makes the point.
export function trimEnd(path, length) {
  const kept = path.map(([x, y]) => [x, y]);
  let left = length;
  while (kept.length > 1) {
    const [[ax, ay], [bx, by]] = kept.slice(-2);
    const step = Math.hypot(bx - ax, by - ay);
    if (step > left) {
      kept[kept.length - 1] = [bx - ((bx - ax) * left) / step, by - ((by - ay) * left) / step];
      return kept;
    }
    left -= step;
    kept.pop();
  }
  return kept;
}

export function pathLength(path) {
  return path.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - path[i][0], y - path[i][1]), 0);
}

// The head's three corners: tip first, on the end of the path.
export function arrowHead(path, width) {
  const tip = path[path.length - 1];
  const length = headLength(width);
  const trimmed = trimEnd(path, length);
  const base = trimmed.length > 1 ? trimmed[trimmed.length - 1] : path[0];
  const reach = Math.hypot(tip[0] - base[0], tip[1] - base[1]) || 1;
  const [ux, uy] = [(tip[0] - base[0]) / reach, (tip[1] - base[1]) / reach];
  const half = 4 + width * 0.9;
  const foot = [tip[0] - ux * length, tip[1] - uy * length];
  return [tip, [foot[0] - uy * half, foot[1] + ux * half], [foot[0] + uy * half, foot[1] - ux * half]];
}

const pathData = (points) => `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;

// The parts of one arrow; `draw` puts them on a path of pixels.
export function makeArrow() {
  const [reach, halo, line, head] = ["reach", "halo", "line", "head"].map((name) =>
    svg("path", { class: `mp-flow-${name}` }),
  );
  const draw = (path, wanted) => {
    // On a stretch that is barely longer than its head, the head must not swallow the line.
    const width = Math.min(wanted, Math.max(1.5, pathLength(path) / 14));
    const shaft = pathData(trimEnd(path, headLength(width) - 3));
    for (const [part, more, d] of [
      [reach, 14, pathData(path)],
      [halo, 3.5, shaft],
      [line, 0, shaft],
    ]) {
      part.setAttribute("d", d);
      part.setAttribute("stroke-width", (width + more).toFixed(1));
    }
    head.setAttribute("d", `${pathData(arrowHead(path, width))}Z`);
  };
  return { node: svg("g", { class: "mp-flow" }, halo, line, head, reach), draw };
}
