// Labels that do not collide: the important ones choose their place first.

import { el, svg } from "./dom.mjs";

const overlaps = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const INWARD = 4;

// Where a label of w by h may stand around one point, best first. Above or below a point at the view's edge it
// moves in.
function places(label, { x, y }, view) {
  const { w, h, gap = 0 } = label;
  const middle = { x: x - w / 2, y: y - h / 2, w, h };
  if (!gap) return [middle];
  const inward = x >= 0 && x <= view.w ? Math.min(Math.max(middle.x, INWARD), view.w - w - INWARD) : middle.x;
  const sides = [
    [1, 0, { ...middle, x: x + gap }],
    [-1, 0, { ...middle, x: x - gap - w }],
    [0, -1, { ...middle, x: inward, y: y - gap - h }],
    [0, 1, { ...middle, x: inward, y: y + gap }],
    [1, -1, { ...middle, x: x + gap, y: y - gap - h / 2 }],
    [1, 1, { ...middle, x: x + gap, y: y + gap - h / 2 }],
    [-1, -1, { ...middle, x: x - gap - w, y: y - gap - h / 2 }],
    [-1, 1, { ...middle, x: x - gap - w, y: y + gap - h / 2 }],
  ];
  const [tx, ty] = label.toward ?? [0, 0];
  return sides.sort((a, b) => b[0] * tx + b[1] * ty - (a[0] * tx + a[1] * ty)).map(([, , box]) => box);
}

const LEAD_PX = [22, 34, 48, 64, 84, 108]; // how far off a label with a line to its point may stand
const LEADS = 16; // directions that are tried
const MOST_LED = 24; // labels in one view that look for such a place: each look takes long where all is taken

// Where a label may stand apart from one of its points, and the line that leads from there to it, nearest first.
function leadsOf({ w, h, spots }) {
  const near = (value, from, to) => Math.min(Math.max(value, from), to);
  const angles = Array.from({ length: LEADS }, (_, k) => (2 * Math.PI * k) / LEADS);
  const at = ({ x, y }, far, angle) => {
    const [dx, dy] = [Math.cos(angle) * (far + w / 2), Math.sin(angle) * (far + h / 2)];
    const box = { x: x + dx - w / 2, y: y + dy - h / 2, w, h };
    return { box, lead: [x, y, near(x, box.x, box.x + w), near(y, box.y, box.y + h)] };
  };
  return LEAD_PX.flatMap((far) => spots.flatMap((spot) => angles.map((angle) => at(spot, far, angle))));
}

// Small squares along a line.
function along([ax, ay, bx, by]) {
  const n = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / 6));
  return Array.from({ length: n }, (_, i) => {
    const [x, y] = [ax + ((bx - ax) * i) / n, ay + ((by - ay) * i) / n];
    return { x: x - 2, y: y - 2, w: 4, h: 4 };
  });
}

const CELL = 64;
const CELL_COLUMNS = 1024;

// What is taken, by squares: a box is compared only with those near it.
function makeTaken() {
  const cells = new Map();
  // Whether any of the squares under a box says yes.
  const some = (box, asked) => {
    const [right, below] = [Math.floor((box.x + box.w) / CELL), Math.floor((box.y + box.h) / CELL)];
    for (let i = Math.floor(box.x / CELL); i <= right; i += 1)
      for (let j = Math.floor(box.y / CELL); j <= below; j += 1) if (asked(i * CELL_COLUMNS + j)) return true;
    return false;
  };
  return {
    add: (box) =>
      some(box, (key) => {
        if (cells.has(key)) cells.get(key).push(box);
        else cells.set(key, [box]);
        return false;
      }),
    free: (box, over) => {
      const yields = (other) => other.soft && over && (over === true || over === other.soft);
      return !some(box, (key) => cells.get(key)?.some((other) => !yields(other) && overlaps(box, other)));
    },
  };
}

// Greedy: labels in order of priority, each at its first free place, or not at all; a name stands once,
// unless it may stand `again`. `spots` are several points of one thing, best first. What is `soft`, the line
// of an arrow, gives way to what may stand `over` it and finds no other place: a name over all lines (true), a
// number only over its own arrow's, named by both, or it would seem to belong to another. What finds no room
// and may be `led` stands apart, at the end of a line that crosses nobody else's.
export function placeLabels(labels, obstacles, view) {
  const taken = makeTaken();
  const inside = (box) => box.x >= 0 && box.y >= 0 && box.x + box.w <= view.w && box.y + box.h <= view.h;
  for (const box of obstacles) if (overlaps(box, { x: 0, y: 0, ...view })) taken.add(box);
  const said = new Set();
  const placed = [];
  let looks = 0;
  const apart = (label) =>
    leadsOf(label).find(
      ({ box, lead }) => inside(box) && taken.free(box, null) && along(lead).every((part) => taken.free(part, label.over)),
    );
  for (const label of [...labels].sort((a, b) => b.priority - a.priority)) {
    if (!label.again && said.has(label.text)) continue;
    const tried = (label.spots ?? [label]).flatMap((spot) => places(label, spot, view));
    const fits = (over) => tried.find((place) => inside(place) && taken.free(place, over));
    const near = fits(null) ?? (label.over && fits(label.over));
    const { box, lead } = near ? { box: near } : (label.led && (looks += 1) <= MOST_LED && apart(label)) || {};
    if (!box) continue;
    if (lead) for (const part of along(lead)) taken.add(part);
    taken.add({ x: box.x - 3, y: box.y - 2, w: box.w + 6, h: box.h + 4 });
    said.add(label.text);
    placed.push(lead ? { label, box, lead } : { label, box });
  }
  return placed;
}

// Break a name into lines of about `most` signs, at spaces only.
export function wrapName(name, most) {
  const lines = [];
  for (const word of name.split(/\s+/).filter(Boolean)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + word.length + 1 <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const MOST_SIGNS = 40;
const shorten = (name) =>
  name.length > MOST_SIGNS
    ? `${Array.from(name)
        .slice(0, MOST_SIGNS - 1)
        .join("")}…`
    : name;

const MARGIN = 40;

// The line from a point to its label, in the container's pixels.
function leader(map, [ax, ay, bx, by]) {
  const [x, y, width, height] = [Math.min(ax, bx), Math.min(ay, by), Math.abs(ax - bx) + 1, Math.abs(ay - by) + 1];
  const ends = { x1: ax - x, y1: ay - y, x2: bx - x, y2: by - y };
  const lines = ["mp-leader-halo", "mp-leader"].map((name) => svg("line", { class: name, ...ends }));
  const dot = svg("circle", { class: "mp-leader", cx: ax - x, cy: ay - y, r: 1.6 });
  const node = svg("svg", { class: "mp-leading", width, height, viewBox: `0 0 ${width} ${height}` }, lines, dot);
  const corner = map.containerPointToLayerPoint([x, y]);
  node.style.transform = `translate(${corner.x}px, ${corner.y}px)`;
  return node;
}

// Each source offers labels for the present view: { text, at: [lat, lon] or spots: [[x, y], ...] in the
// container's pixels, style, priority, gap, wrap, fit }.
export function makeLabels({ map, turns }, sources, obstacles) {
  const pane = map.createPane("mp-labels");
  pane.classList.add("mp-labels");
  pane.setAttribute("aria-hidden", "true");
  const ruler = document.createElement("canvas").getContext("2d");
  const measured = new Map();
  const measure = (lines, style) => {
    const key = `${style}\n${lines.join("\n")}`;
    if (!measured.has(key)) {
      const { font, line, spacing = 0 } = STYLES.get(style);
      ruler.font = font;
      const widths = lines.map((words) => ruler.measureText(words).width + spacing * words.length);
      measured.set(key, { w: Math.ceil(Math.max(...widths)) + 2, h: lines.length * line });
    }
    return measured.get(key);
  };
  const draw = () => {
    const size = map.getSize();
    const zoom = map.getZoom();
    const labels = [];
    const near = ({ x, y }) => x > -MARGIN && y > -MARGIN && x < size.x + MARGIN && y < size.y + MARGIN;
    for (const offer of sources.flatMap((source) => source(zoom))) {
      const points = offer.spots?.map(([x, y]) => ({ x, y })) ?? [map.latLngToContainerPoint(offer.at)];
      const spots = points.filter(near);
      if (!spots.length) continue;
      const lines = wrapName(shorten(offer.text), offer.wrap ?? 22);
      if (!lines.length) continue;
      const box = measure(lines, offer.style);
      if (offer.fit && box.w > offer.fit) continue;
      labels.push({ ...offer, lines, spots, w: box.w, h: box.h });
    }
    const placed = placeLabels(labels, obstacles(), { w: size.x, h: size.y });
    pane.replaceChildren(
      ...placed.filter(({ lead }) => lead).map(({ lead }) => leader(map, lead)),
      ...placed.map(({ label, box }) => {
        const node = el(
          "div",
          { class: `mp-label mp-label--${label.style}` },
          label.lines.map((line) => el("span", {}, line)),
        );
        const corner = map.containerPointToLayerPoint([box.x, box.y]);
        node.style.width = `${box.w}px`;
        node.style.transform = `translate(${Math.round(corner.x)}px, ${Math.round(corner.y)}px)`;
        return node;
      }),
    );
  };
  map.on("zoomstart", () => pane.classList.add("is-moving"));
  // A zoom ends with a move. The shapes come first: the names have the next frame to themselves.
  let frame = 0;
  const soon = (work) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(work);
  };
  const settle = () => {
    pane.classList.remove("is-moving");
    draw();
  };
  map.on("moveend resize", () => soon(() => soon(() => turns.later(settle))));
  return draw;
}

const LABEL_FACE = '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, system-ui, sans-serif';
const STYLES = new Map([
  ["event", { font: `650 13px ${LABEL_FACE}`, line: 16 }],
  ["around", { font: `italic 500 11.5px ${LABEL_FACE}`, line: 14 }],
  ["count", { font: `650 12px ${LABEL_FACE}`, line: 15 }],
  ["mentioned", { font: `italic 500 12px ${LABEL_FACE}`, line: 15 }],
  ["municipality", { font: `650 11px ${LABEL_FACE}`, line: 14, spacing: 1.6 }],
  ["avenue", { font: `italic 400 11px ${LABEL_FACE}`, line: 13 }],
  ["parish", { font: `500 11.5px ${LABEL_FACE}`, line: 14 }],
]);
