// The quiet ground: parishes, municipalities and main avenues, no tiles.

import { makeDrawing } from "./layers.mjs";

const PARISH_LABELS_FROM = 11;
const AVENUE_LABELS_FROM = 13;

function extent(map, area) {
  const bounds = L.latLngBounds(area.flat(2));
  const [a, b] = [map.latLngToLayerPoint(bounds.getNorthWest()), map.latLngToLayerPoint(bounds.getSouthEast())];
  return { w: b.x - a.x, h: b.y - a.y };
}

export function makeBasemap({ map, data, turns }) {
  const pane = map.createPane("mp-base");
  pane.classList.add("mp-base");
  const renderer = makeDrawing({ pane: "mp-base" }, turns);
  const look = (className) => ({ pane: "mp-base", renderer, className, interactive: false, smoothFactor: 0.6 });
  const shape = (item, className) => L.polygon(item.area, look(className));
  const drawn = (items) => items.filter((item) => item.area.length);
  const parishes = drawn(data.parishes);
  const municipalities = drawn(data.municipalities);
  const avenues = (data.avenues ?? []).filter((item) => item.line.length > 1);
  // The land is always there; the switch shows and hides lines and names.
  L.layerGroup((municipalities.length ? municipalities : parishes).map((item) => shape(item, "mp-land"))).addTo(map);
  const context = L.layerGroup([
    ...avenues.map((item) => L.polyline(item.line, look("mp-avenue"))),
    ...parishes.map((item) => shape(item, "mp-parish-line")),
    ...municipalities.map((item) => shape(item, "mp-municipality-line")),
  ]);
  const named = new Set(parishes.map((item) => item.name));
  const areaNames = (items, style, wrap, fits) =>
    items.map((item) => {
      const { w, h } = extent(map, item.area);
      const text = style === "municipality" ? item.name.toLocaleUpperCase("es") : item.name;
      return { text, at: item.label, style, priority: 1 + Math.min(w * h, 1e8) * 1e-9, fit: w * fits, wrap };
    });
  // An avenue is named on its longest straight-looking part, only where the name has room along it.
  const avenueNames = () =>
    avenues.map(({ name, line }) => {
      const bounds = L.latLngBounds(line);
      const [a, b] = [bounds.getNorthWest(), bounds.getSouthEast()].map((at) => map.latLngToLayerPoint(at));
      const fit = Math.hypot(b.x - a.x, b.y - a.y) * 0.8;
      return { text: name, at: line[Math.floor(line.length / 2)], style: "avenue", priority: 0.5, fit, wrap: 40 };
    });
  const labels = (zoom) => {
    if (!map.hasLayer(context)) return [];
    if (zoom < PARISH_LABELS_FROM) return areaNames(municipalities, "municipality", 14, 1);
    return [
      ...areaNames(parishes, "parish", 14, 1.15),
      ...areaNames(
        municipalities.filter((item) => !named.has(item.name)),
        "municipality",
        18,
        0.9,
      ),
      ...(zoom >= AVENUE_LABELS_FROM ? avenueNames() : []),
    ];
  };
  return { parishes: context, labels };
}
