// Clash zones and places that are only mentioned, as areas. Nothing is drawn sharper than it is told.

import { isCorroborated } from "./filter.mjs";
import { makePane, makeTip, makeWardrobe } from "./layers.mjs";
import { stepOf, ZONE_STEPS } from "./signs.mjs";
import { placeName, precisionWords } from "./words.mjs";

// The widest statement lies lowest, so that the finest stays in reach.
const ORDER = ["municipality", "parish", "vague", "adjacent", "footprint", "disc"];
const OUTLINES = new Set(["municipality", "adjacent"]);
const shapeOf = (zone) => (ORDER.includes(zone.shape) ? zone.shape : "vague");

function makeArea(item, pane, renderer, className, options = {}) {
  const look = { pane, renderer, className, smoothFactor: 0.5, bubblingMouseEvents: false };
  return L.polygon(item.area, { ...look, ...options });
}

export function makeZones(map, data, app, pick) {
  const renderer = makePane(app, "mp-areas", 410);
  const wear = makeWardrobe();
  const zones = [...data.zones]
    .filter((zone) => zone.area.length)
    .sort((a, b) => ORDER.indexOf(shapeOf(a)) - ORDER.indexOf(shapeOf(b)))
    .map((zone) => {
      const className = `mp-zone mp-zone--${shapeOf(zone)}${zone.official ? " is-official" : ""}`;
      const layer = makeArea(zone, "mp-areas", renderer, className, { fill: !OUTLINES.has(zone.shape) });
      const bounds = layer.getBounds();
      const drawn = { zone, layer, bounds, edge: [bounds.getNorth(), bounds.getCenter().lng], left: zone.incidents };
      pick(layer, () => zone);
      makeTip(
        layer,
        () => placeName(zone.place, app.w),
        () => (zone.shape === "adjacent" ? app.w.t("around") : precisionWords(zone.place, app.w)),
        () => app.w.count("incidents", drawn.left.length),
      );
      return drawn;
    });
  const shown = () => zones.filter(({ left }) => left.length);
  return {
    group: L.layerGroup(zones.map(({ layer }) => layer)),
    layersOf: new Map(zones.map(({ zone, layer }) => [zone, [layer]])),
    boundsOf: new Map(zones.map(({ zone, bounds }) => [zone, bounds])),
    // The fill follows the number of separate events that the filters leave.
    update: (visible) => {
      for (const drawn of zones) {
        drawn.left = visible.zones.get(drawn.zone) ?? [];
        const step = stepOf(drawn.left.length);
        const steps = ZONE_STEPS.map((_, i) => [`is-step-${i + 1}`, i === step]);
        wear(drawn.layer, {
          "is-out": drawn.left.length === 0,
          "is-corroborated": drawn.left.some(isCorroborated),
          ...Object.fromEntries(steps),
        });
      }
    },
    extend: (bounds) => {
      for (const drawn of shown()) if (drawn.zone.shape !== "municipality") bounds.extend(drawn.bounds);
    },
    offer: (name, offers) => {
      for (const { zone, edge } of shown()) {
        if (zone.shape === "adjacent")
          offers.push({ text: app.w.t("around_label"), at: edge, style: "around", priority: 6, gap: 6, wrap: 30 });
        else if (zone.shape === "municipality") name(zone.place, edge, { gap: 4, priority: 8 });
        else name(zone.place, zone.label, { gap: 0, over: true, priority: 9 });
      }
    },
  };
}

export function makeMentioned(map, data, app, pick) {
  const renderer = makePane(app, "mp-mentions", 405);
  const wear = makeWardrobe();
  const items = data.mentioned
    .filter((item) => item.area.length)
    .map((item) => {
      const layer = makeArea(item, "mp-mentions", renderer, "mp-mentioned");
      pick(layer, () => item);
      makeTip(
        layer,
        () => placeName(item.place, app.w),
        () => app.w.known("assertion", item.assertion),
      );
      const bounds = layer.getBounds();
      return { item, layer, bounds, middle: bounds.getCenter(), left: true };
    });
  return {
    renderer,
    group: L.layerGroup(items.map(({ layer }) => layer)),
    layersOf: new Map(items.map(({ item, layer }) => [item, [layer]])),
    boundsOf: new Map(items.map(({ item, bounds }) => [item, bounds])),
    update: (visible) => {
      for (const drawn of items) {
        drawn.left = visible.mentioned.has(drawn.item);
        wear(drawn.layer, { "is-out": !drawn.left });
      }
    },
    offer: (name) => {
      for (const { item, middle, left } of items)
        if (left) name(item.place, middle, { gap: 0, style: "mentioned", priority: 5 });
    },
  };
}
