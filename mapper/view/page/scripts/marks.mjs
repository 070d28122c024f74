// One symbol a place: the gravest type of what the filters leave, and how many there are.

import { svg } from "./dom.mjs";
import { isCorroborated } from "./filter.mjs";
import { makePane, makeTip, makeWardrobe } from "./layers.mjs";
import { gravest, symbol } from "./signs.mjs";
import { placeName, typeWords } from "./words.mjs";

const WIDE_ZOOM = 12; // further out, symbols shrink rather than hide one another
const HALF = 12;
const TARGET = 16;

// Symbols as groups of one drawing: each of Leaflet's own markers would be a layer for the browser to compose.
function makeMarkClass(renderer) {
  return L.Layer.extend({
    options: { pane: "mp-marks", bubblingMouseEvents: false },
    initialize(at, node) {
      this.at = L.latLng(at);
      this.node = node;
    },
    onAdd() {
      renderer._rootGroup.append(this.node);
      this.addInteractiveTarget(this.node);
      this.settle();
    },
    onRemove() {
      this.removeInteractiveTarget(this.node);
      this.node.remove();
    },
    getEvents() {
      return { zoomend: this.settle, viewreset: this.settle };
    },
    settle() {
      const { x, y } = this._map.latLngToLayerPoint(this.at);
      this.node.setAttribute("transform", `translate(${x} ${y})`);
    },
    getElement() {
      return this.node;
    },
    getLatLng() {
      return this.at;
    },
  });
}

function badge(count) {
  const words = count > 999 ? "999+" : String(count);
  const width = 9 + 7 * words.length;
  return svg(
    "g",
    { class: "mp-mark-count", transform: "translate(12 -11)" },
    svg("rect", { x: -width / 2, y: -8, width, height: 16, rx: 8 }),
    svg("text", { y: 4, "text-anchor": "middle" }, words),
  );
}

export function makeMarks(map, data, app, pick) {
  const renderer = makePane(map, "mp-marks", 450).addTo(map);
  const Mark = makeMarkClass(renderer);
  const wear = makeWardrobe();
  const marks = data.marks
    .filter((mark) => mark.at)
    .sort((a, b) => a.incidents.length - b.incidents.length) // the busiest lie on top
    .map((mark) => {
      const face = svg("g", { class: "mp-mark-face" });
      const layer = new Mark(mark.at, svg("g", { class: "mp-mark" }, face));
      const drawn = { mark, layer, face, left: mark.incidents, sign: "" };
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
    const sign = `${type} ${count} ${ring}`;
    if (sign === drawn.sign) return;
    drawn.sign = sign;
    const shape = symbol(type, 2 * HALF, ring);
    shape.setAttribute("x", -HALF);
    shape.setAttribute("y", -HALF);
    const reach = svg("circle", { class: "mp-mark-reach", r: TARGET });
    drawn.face.replaceChildren(reach, shape, ...(count > 1 ? [badge(count)] : []));
  };
  for (const drawn of marks) draw(drawn);
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
        name(mark.place, mark.at, { gap: 16, bold: true, priority: 10 + Math.min(left.length, 9) / 10 });
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
