// What the reports say, as layers: clash zones, incidents, displacement, mentioned places.

import { makeArrow } from "./arrows.mjs";
import { el } from "./dom.mjs";
import { gravest, symbol } from "./signs.mjs";
import { peopleWords, placeName, precisionWords, routeWords, typeWords } from "./words.mjs";

// The widest statement lies lowest, so that the finest stays in reach.
const ORDER = ["municipality", "parish", "vague", "adjacent", "footprint", "disc"];
const OUTLINES = new Set(["municipality", "adjacent"]);

function makePane(map, name, depth, className) {
  const pane = map.createPane(name);
  pane.style.zIndex = String(depth);
  if (className) pane.classList.add(className);
  return L.svg({ pane: name, padding: 0.6 });
}

function tooltip(layer, title, note) {
  layer.bindTooltip(() => el("div", {}, el("strong", {}, title()), el("span", {}, note())), { sticky: true, className: "mp-tip", opacity: 1 });
}

export function makeOverlays(map, data, app) {
  const parts = new Map(); // record -> the SVG or HTML nodes to highlight
  const bounds = new Map(); // record -> where to look
  const areas = makePane(map, "mp-areas", 410);
  const mentions = makePane(map, "mp-mentions", 405);
  const arrows = makePane(map, "mp-flows", 430, "mp-flows");
  makePane(map, "mp-marks", 450);

  const remember = (record, layers, place) => {
    parts.set(record, layers);
    bounds.set(record, place);
  };
  const pick = (layer, record) => layer.on("click", (event) => {
    L.DomEvent.stopPropagation(event);
    app.select(record, { from: "map" });
  });

  const zones = L.layerGroup(
    [...data.zones].filter((zone) => zone.area.length).sort((a, b) => ORDER.indexOf(a.shape) - ORDER.indexOf(b.shape)).map((zone) => {
      const className = `mp-zone mp-zone--${ORDER.includes(zone.shape) ? zone.shape : "vague"}${zone.official ? " is-official" : ""}`;
      const layer = L.polygon(zone.area, { pane: "mp-areas", renderer: areas, className, fill: !OUTLINES.has(zone.shape), smoothFactor: 0.5, bubblingMouseEvents: false });
      pick(layer, zone);
      tooltip(layer, () => placeName(zone.place, app.w), () => (zone.shape === "adjacent" ? app.w.t("around") : precisionWords(zone.place, app.w)));
      remember(zone, [layer], layer.getBounds());
      return layer;
    }),
  );

  const mentioned = L.layerGroup(
    data.mentioned.filter((item) => item.area.length).map((item) => {
      const layer = L.polygon(item.area, { pane: "mp-mentions", renderer: mentions, className: "mp-mentioned", smoothFactor: 0.5, bubblingMouseEvents: false });
      pick(layer, item);
      tooltip(layer, () => placeName(item.place, app.w), () => app.w.known("assertion", item.assertion));
      remember(item, [layer], layer.getBounds());
      return layer;
    }),
  );

  // Where people left and arrived is no sharper than the text: a soft spot as wide as the uncertainty.
  const ends = new Map(data.flows.flatMap((flow) => [[flow.from, flow.line[0]], [flow.to, flow.line[flow.line.length - 1]]]));
  const spot = ([place, at]) => L.circle(at, { pane: "mp-mentions", renderer: mentions, radius: place.uncertainty, className: "mp-flow-end", stroke: false, interactive: false });
  const flows = L.layerGroup([...ends].filter(([place, at]) => at && place.uncertainty).map(spot));
  const drawnArrows = data.flows.filter((flow) => flow.line.length > 1).map((flow) => {
    const arrow = makeArrow(map, flow, "mp-flows", arrows);
    flows.addLayer(arrow.group);
    pick(arrow.group, flow);
    tooltip(arrow.group, () => routeWords(flow.movement, app.w), () => peopleWords(flow.movement.people, app.w));
    arrow.group.on("mouseover", () => isolate(arrow)).on("mouseout", () => isolate(null));
    remember(flow, arrow.paths, L.latLngBounds(flow.line));
    return arrow;
  });
  function isolate(chosen) {
    for (const arrow of drawnArrows) for (const path of arrow.paths) path.getElement()?.classList.toggle("is-quiet", Boolean(chosen) && arrow !== chosen);
  }

  const marks = L.layerGroup(
    data.marks.filter((mark) => mark.at).map((mark) => {
      const count = mark.incidents.length;
      const face = el("div", { class: "mp-mark-face" }, symbol(gravest(mark.incidents).type, 24), count > 1 && el("span", { class: "mp-mark-count" }, String(count)));
      const icon = L.divIcon({ html: face, className: "mp-mark", iconSize: [28, 28] });
      const layer = L.marker(mark.at, { icon, pane: "mp-marks", keyboard: false, bubblingMouseEvents: false });
      pick(layer, mark);
      tooltip(layer, () => placeName(mark.place, app.w), () => (count > 1 ? app.w.count("incidents", count) : typeWords(mark.incidents[0], app.w)));
      remember(mark, [layer], L.latLngBounds([mark.at]));
      return layer;
    }),
  );

  return {
    layers: { zones, incidents: marks, flows, mentioned },
    labels: (zoom) => eventLabels(map, data, app, { zones, marks, flows, mentioned }, drawnArrows, zoom),
    obstacles: () => [
      ...(map.hasLayer(marks) ? data.marks.filter((mark) => mark.at).map((mark) => around(map, mark.at, 13)) : []),
      ...(map.hasLayer(flows) ? drawnArrows.map(({ flow }) => around(map, flow.line[flow.line.length - 1], 8)) : []),
    ],
    boundsOf: (record) => bounds.get(record) ?? null,
    highlight: (records) => {
      const chosen = new Set(records);
      for (const [record, layers] of parts) {
        for (const layer of layers) layer.getElement()?.classList.toggle("is-selected", chosen.has(record));
      }
    },
    eventBounds: () => {
      const all = L.latLngBounds([]);
      for (const record of [...data.zones, ...data.marks, ...data.flows]) {
        if (record.shape !== "municipality" && bounds.has(record)) all.extend(bounds.get(record));
      }
      return all;
    },
  };
}

function around(map, at, reach) {
  const point = map.latLngToContainerPoint(at);
  return { x: point.x - reach, y: point.y - reach, w: 2 * reach, h: 2 * reach };
}

const NAMES_FROM = 10.5;

function eventLabels(map, data, app, layers, arrows, zoom) {
  const offers = [];
  const named = new Set();
  const name = (place, at, gap, style, priority) => {
    if (!at || named.has(place)) return;
    named.add(place);
    offers.push({ text: placeName(place, app.w), at, style, priority, gap, wrap: 20 });
  };
  if (zoom < NAMES_FROM) return offers;
  if (map.hasLayer(layers.marks)) for (const mark of data.marks) name(mark.place, mark.at, 15, "event", 10 + mark.incidents.length);
  if (map.hasLayer(layers.zones)) {
    for (const zone of data.zones) {
      if (!zone.area.length) continue;
      const top = L.latLngBounds(zone.area.flat(2));
      const edge = [top.getNorth(), top.getCenter().lng];
      if (zone.shape === "adjacent") offers.push({ text: app.w.t("around_label"), at: edge, style: "around", priority: 6, gap: 6, wrap: 30 });
      else if (zone.shape === "municipality") name(zone.place, edge, 4, "event", 8);
      else name(zone.place, zone.label, 0, "event", 9);
    }
  }
  if (map.hasLayer(layers.flows)) {
    for (const { flow, middle } of arrows) {
      if (flow.movement.people) offers.push({ text: peopleWords(flow.movement.people, app.w), at: middle, style: "count", priority: 7, gap: 8 });
      name(flow.to, flow.line[flow.line.length - 1], 14, "event", 8);
    }
  }
  if (map.hasLayer(layers.mentioned)) {
    for (const item of data.mentioned) if (item.area.length) name(item.place, L.latLngBounds(item.area.flat(2)).getCenter(), 0, "mentioned", 5);
  }
  return offers;
}
