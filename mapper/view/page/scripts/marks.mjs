// One symbol a place: the gravest type of what the filters leave, and how many there are.

import { isNews, isUnreviewed } from "./changes.mjs";
import { svg } from "./dom.mjs";
import { isCorroborated } from "./filter.mjs";
import { makeGroupClass, makePane, makeTip, makeWardrobe } from "./layers.mjs";
import { gravest, symbol } from "./signs.mjs";
import { placeName, typeWords } from "./words.mjs";

const WIDE_ZOOM = 12; // further out, symbols shrink rather than hide one another
const HALF = 12;
const TARGET = 16;

function makeBadge() {
  const rect = svg("rect", { y: -8, height: 16, rx: 8 });
  const text = svg("text", { y: 4, "text-anchor": "middle" });
  const node = svg("g", { class: "mp-mark-count", transform: "translate(12 -11)" }, rect, text);
  const count = (n) => {
    const words = n > 999 ? "999+" : String(n);
    const width = 9 + 7 * words.length;
    text.textContent = words;
    rect.setAttribute("x", -width / 2);
    rect.setAttribute("width", width);
  };
  return { node, count };
}

export function makeMarks(map, data, app, pick) {
  const renderer = makePane(app, "mp-marks", 450).addTo(map);
  const Mark = makeGroupClass(renderer, "mp-marks");
  const wear = makeWardrobe();
  const marks = data.marks
    .filter((mark) => mark.at)
    .sort((a, b) => a.incidents.length - b.incidents.length) // the busiest lie on top
    .map((mark) => {
      const face = svg("g", { class: "mp-mark-face" });
      const layer = new Mark(svg("g", { class: "mp-mark" }, face), mark.at);
      const drawn = { mark, layer, face, left: mark.incidents, badge: makeBadge(), count: 0, sign: "" };
      pick(layer, () => mark);
      makeTip(
        layer,
        () => placeName(mark.place, app.w),
        () =>
          drawn.left.length === 1 ? typeWords(drawn.left[0], app.w) : app.w.count("incidents", drawn.left.length),
        () => (drawn.left.some(isCorroborated) ? app.w.t("sign.ring") : ""),
      );
      return drawn;
    });
  const shown = () => marks.filter(({ left }) => left.length);
  const draw = (drawn) => {
    const count = drawn.left.length;
    if (!count) return;
    const { type } = gravest(drawn.left);
    const ring = drawn.left.some(isCorroborated);
    if (count !== drawn.count) drawn.badge.count(count);
    drawn.count = count;
    const hollow = drawn.left.some(isUnreviewed);
    const news = drawn.left.some(isNews);
    const sign = `${type} ${ring} ${hollow} ${news} ${count > 1}`;
    if (sign === drawn.sign) return;
    drawn.sign = sign;
    const shape = symbol(type, 2 * HALF, { ring, hollow });
    shape.setAttribute("x", -HALF);
    shape.setAttribute("y", -HALF);
    const reach = svg("circle", { class: "mp-mark-reach", r: TARGET });
    const dot = svg("circle", { class: "mp-news-dot", cx: -11, cy: -11, r: 5 });
    drawn.face.replaceChildren(reach, shape, ...(news ? [dot] : []), ...(count > 1 ? [drawn.badge.node] : []));
  };
  const pane = map.getPane("mp-marks");
  map.on("zoomend", () => pane.classList.toggle("is-wide", map.getZoom() < WIDE_ZOOM));
  return {
    group: L.layerGroup(marks.map(({ layer }) => layer)),
    layersOf: new Map(marks.map(({ mark, layer }) => [mark, [layer]])),
    boundsOf: new Map(marks.map(({ mark }) => [mark, L.latLngBounds([mark.at])])),
    update: (visible) => {
      for (const drawn of marks) {
        drawn.left = visible.marks.get(drawn.mark) ?? [];
        wear(drawn.layer, { "is-out": drawn.left.length === 0 });
        draw(drawn);
      }
    },
    extend: (bounds) => {
      for (const { mark } of shown()) bounds.extend(mark.at);
    },
    offer: (name) => {
      for (const { mark, left } of shown())
        name(mark.place, mark.at, { gap: 16, over: true, priority: 10 + Math.min(left.length, 9) / 10 });
    },
    // A symbol and, where it stands for several incidents, the number at its shoulder.
    obstacles: (px) =>
      shown().flatMap(({ mark, left }) => {
        const [x, y] = px(mark.at);
        const box = { x: x - 13, y: y - 13, w: 26, h: 26 };
        return left.length > 1 ? [box, { x: x + 4, y: y - 20, w: 20, h: 18 }] : [box];
      }),
  };
}
