// What the reports say, as layers: clash zones, incidents, displacement, mentioned places.

import { makeArrow } from "./arrows.mjs";
import { decodePoint } from "./data.mjs";
import { el } from "./dom.mjs";
import { gravest, symbol } from "./signs.mjs";
import { peopleWords, placeName, precisionWords, routeWords, typeWords } from "./words.mjs";

// The widest statement lies lowest, so that the finest stays in reach.
const ORDER = ["municipality", "parish", "vague", "adjacent", "footprint", "disc"];
const LEAST_M = 150; // nothing is drawn smaller: it would look like a pin on a house
const OUTLINES = new Set(["municipality", "adjacent"]);

function makePane(map, name, depth, className) {
  const pane = map.createPane(name);
  pane.style.zIndex = String(depth);
  if (className) pane.classList.add(className);
  return L.svg({ pane: name, padding: 0.6 });
}

function tooltip(layer, title, note) {
  layer.bindTooltip(() => el("div", {}, el("strong", {}, title()), el("span", {}, note())), {
    sticky: true,
    className: "mp-tip",
    opacity: 1,
  });
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
  const pick = (layer, record) =>
    layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      app.select(record, { from: "map" });
    });

  const zones = L.layerGroup(
    [...data.zones]
      .filter((zone) => zone.area.length)
      .sort((a, b) => ORDER.indexOf(a.shape) - ORDER.indexOf(b.shape))
      .map((zone) => {
        const className = `mp-zone mp-zone--${ORDER.includes(zone.shape) ? zone.shape : "vague"}${zone.official ? " is-official" : ""}`;
        const layer = L.polygon(zone.area, {
          pane: "mp-areas",
          renderer: areas,
          className,
          fill: !OUTLINES.has(zone.shape),
          smoothFactor: 0.5,
          bubblingMouseEvents: false,
        });
        pick(layer, zone);
        tooltip(
          layer,
          () => placeName(zone.place, app.w),
          () => (zone.shape === "adjacent" ? app.w.t("around") : precisionWords(zone.place, app.w)),
        );
        remember(zone, [layer], layer.getBounds());
        return layer;
      }),
  );

  const mentioned = L.layerGroup(
    data.mentioned
      .filter((item) => item.area.length)
      .map((item) => {
        const layer = L.polygon(item.area, {
          pane: "mp-mentions",
          renderer: mentions,
          className: "mp-mentioned",
          smoothFactor: 0.5,
          bubblingMouseEvents: false,
        });
        pick(layer, item);
        tooltip(
          layer,
          () => placeName(item.place, app.w),
          () => app.w.known("assertion", item.assertion),
        );
        remember(item, [layer], layer.getBounds());
        return layer;
      }),
  );

  // Where people left and arrived is no sharper than the text: a soft spot as wide as the uncertainty.
  const zoned = new Set(data.zones.map((zone) => zone.place.id));
  const ends = new Set(data.flows.flatMap((flow) => [flow.from, flow.to]).filter((place) => !zoned.has(place.id)));
  const spot = (place) =>
    L.circle(decodePoint(place.at), {
      pane: "mp-mentions",
      renderer: mentions,
      radius: Math.max(place.uncertainty, LEAST_M),
      className: "mp-flow-end",
      stroke: false,
      interactive: false,
    });
  const spots = [...ends].filter((place) => place.at && place.uncertainty).map(spot);
  const flows = L.layerGroup(spots);
  const drawnArrows = data.flows
    .filter((flow) => flow.line.length > 1)
    .map((flow) => {
      const arrow = makeArrow(map, flow, "mp-flows", arrows);
      flows.addLayer(arrow.group);
      pick(arrow.group, flow);
      tooltip(
        arrow.group,
        () => routeWords(flow.movement, app.w),
        () => peopleWords(flow.movement, app.w),
      );
      arrow.group.on("mouseover", () => isolate(arrow)).on("mouseout", () => isolate(null));
      remember(flow, arrow.paths, L.latLngBounds(flow.line));
      return arrow;
    });
  function isolate(chosen) {
    for (const arrow of drawnArrows)
      for (const path of arrow.paths)
        path.getElement()?.classList.toggle("is-quiet", Boolean(chosen) && arrow !== chosen);
  }

  const marks = L.layerGroup(
    data.marks
      .filter((mark) => mark.at)
      .map((mark) => {
        const count = mark.incidents.length;
        const face = el(
          "div",
          { class: "mp-mark-face" },
          symbol(gravest(mark.incidents).type, 24),
          count > 1 && el("span", { class: "mp-mark-count" }, String(count)),
        );
        const icon = L.divIcon({ html: face, className: "mp-mark", iconSize: [28, 28] });
        const layer = L.marker(mark.at, { icon, pane: "mp-marks", keyboard: false, bubblingMouseEvents: false });
        pick(layer, mark);
        tooltip(
          layer,
          () => placeName(mark.place, app.w),
          () => (count > 1 ? app.w.count("incidents", count) : typeWords(mark.incidents[0], app.w)),
        );
        remember(mark, [layer], L.latLngBounds([mark.at]));
        return layer;
      }),
  );

  return {
    layers: { zones, incidents: marks, flows, mentioned },
    labels: (zoom) => eventLabels(map, data, app, { zones, marks, flows, mentioned }, drawnArrows, zoom),
    obstacles: () => [
      ...(map.hasLayer(marks) ? data.marks.filter((mark) => mark.at).flatMap((mark) => markBoxes(map, mark)) : []),
      ...(map.hasLayer(flows) ? drawnArrows.flatMap(({ flow }) => arrowBoxes(map, flow)) : []),
    ],
    update: (_visible) => {},
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
      for (const around of spots) all.extend(around.getLatLng().toBounds(2 * around.getRadius()));
      return all;
    },
  };
}

function around(map, at, reach) {
  const point = map.latLngToContainerPoint(at);
  return { x: point.x - reach, y: point.y - reach, w: 2 * reach, h: 2 * reach };
}

// A symbol and, where it stands for several incidents, the number at its shoulder.
function markBoxes(map, mark) {
  const box = around(map, mark.at, 12);
  return mark.incidents.length > 1 ? [box, { x: box.x + 16, y: box.y - 8, w: 20, h: 18 }] : [box];
}

// An arrow's head and small stretches of its line.
function arrowBoxes(map, flow) {
  const ends = [flow.line[flow.line.length - 1]];
  return [...ends.map((at) => around(map, at, 8)), ...flow.line.slice(2, -2).map((at) => around(map, at, 2))];
}

// The way an arrow arrives, in pixels: its name stands best beyond the tip.
function arrival(map, flow) {
  const [from, to] = flow.line.slice(-2).map((at) => map.latLngToContainerPoint(at));
  return [to.x - from.x, to.y - from.y];
}

const NAMES_FROM = 10.5;

function eventLabels(map, data, app, layers, arrows, zoom) {
  const offers = [];
  const named = new Set();
  const name = (place, at, gap, style, priority, toward) => {
    if (!at || named.has(place)) return;
    named.add(place);
    offers.push({ text: placeName(place, app.w), at, style, priority, gap, toward, wrap: 20 });
  };
  if (zoom < NAMES_FROM) return offers;
  if (map.hasLayer(layers.marks))
    for (const mark of data.marks) name(mark.place, mark.at, 15, "event", 10 + Math.min(mark.incidents.length, 9) / 10);
  if (map.hasLayer(layers.zones)) {
    for (const zone of data.zones) {
      if (!zone.area.length) continue;
      const top = L.latLngBounds(zone.area.flat(2));
      const edge = [top.getNorth(), top.getCenter().lng];
      if (zone.shape === "adjacent")
        offers.push({ text: app.w.t("around_label"), at: edge, style: "around", priority: 6, gap: 6, wrap: 30 });
      else if (zone.shape === "municipality") name(zone.place, edge, 4, "event", 8);
      else name(zone.place, zone.label, 0, "event", 9);
    }
  }
  if (map.hasLayer(layers.flows)) {
    for (const { flow, middle } of arrows) {
      if (flow.movement.people || flow.movement.households)
        offers.push({
          text: peopleWords(flow.movement, app.w),
          at: middle,
          style: "count",
          priority: 7,
          gap: 8,
        });
      name(flow.to, flow.line[flow.line.length - 1], 10, "event", 8, arrival(map, flow));
    }
  }
  if (map.hasLayer(layers.mentioned)) {
    for (const item of data.mentioned)
      if (item.area.length) name(item.place, L.latLngBounds(item.area.flat(2)).getCenter(), 0, "mentioned", 5);
  }
  return offers;
}
