// What the reports say, as layers: clash zones, incidents, displacement, mentioned places.

import { makeFlows } from "./flows.mjs";
import { makeMarks } from "./marks.mjs";
import { keyOf } from "./state.mjs";
import { placeName } from "./words.mjs";
import { makeMentioned, makeZones } from "./zones.mjs";

// Where what floats over the map stands, in the container's pixels: measured once, until it is forgotten.
export function makeFloating(map, over) {
  let boxes = null;
  const measure = () => {
    const frame = map.getContainer().getBoundingClientRect();
    const found = [...over.querySelectorAll(":scope > *")].map((node) => node.getBoundingClientRect());
    return found.map((box) => ({ x: box.left - frame.left, y: box.top - frame.top, w: box.width, h: box.height }));
  };
  const forget = () => (boxes = null);
  map.on("resize", forget);
  return { boxes: () => (boxes ??= measure()), forget };
}

export function makeOverlays(map, data, app) {
  const pick = (layer, recordNow) =>
    layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      app.select(recordNow(), { from: "map" });
    });
  const zones = makeZones(map, data, app, pick);
  const mentioned = makeMentioned(map, data, app, pick);
  const flows = makeFlows(map, data, app, pick, mentioned.renderer);
  const marks = makeMarks(map, data, app, pick);
  const parts = [marks, zones, flows, mentioned];
  const layersOf = new Map(parts.flatMap((part) => [...part.layersOf]));
  const boundsOf = new Map(parts.flatMap((part) => [...part.boundsOf]));
  const onMap = () => parts.filter((part) => map.hasLayer(part.group));
  const flowsOf = new Map(data.movements.map((movement) => [keyOf(movement), movement.flows]));
  let chosen = new Set();

  // A place in the container's pixels, for one drawing of the labels.
  const toPixels = (at) => {
    const { x, y } = map.latLngToContainerPoint(at);
    return [x, y];
  };

  // What the filters leave, drawn: a step for each part, safe at any time, also while a layer is off the map.
  const updates = parts.map((part) => () => part.update(app.visible));
  for (const update of updates) update();
  return {
    layers: { zones: zones.group, incidents: marks.group, flows: flows.group, mentioned: mentioned.group, news: L.layerGroup() },
    updates,
    boundsOf: (record) => boundsOf.get(record) ?? null,
    highlight: (records) => {
      const now = new Set(records);
      for (const record of new Set([...chosen, ...now]))
        for (const layer of layersOf.get(record) ?? [])
          layer.getElement()?.classList.toggle("is-selected", now.has(record));
      chosen = now;
      flows.select(records);
    },
    // Pointing at a displacement in a list, or focusing it, isolates its arrows: entries carry `data-key`.
    follow: (node) => {
      const over = (event) => flows.isolate(flowsOf.get(event.target.closest("[data-key]")?.dataset.key) ?? []);
      for (const name of ["pointerover", "focusin"]) node.addEventListener(name, over);
      for (const name of ["pointerleave", "focusout"]) node.addEventListener(name, () => flows.isolate([]));
    },
    // What the first view must hold; far destinations only where there is nothing else.
    eventBounds: () => {
      const all = L.latLngBounds([]);
      for (const part of [zones, marks, flows]) part.extend(all);
      if (!all.isValid()) flows.extend(all, true);
      return all;
    },
    // Names for the labels; a place is named once, by the first that offers.
    labels: () => {
      const offers = [];
      const named = new Set();
      const name = (place, at, { style = "event", ...rest }) => {
        if ((!at && !rest.spots) || named.has(place.id)) return;
        named.add(place.id);
        offers.push({ text: placeName(place, app.w), at, style, wrap: 20, ...rest });
      };
      for (const part of onMap()) part.offer(name, offers, map.getSize());
      return offers;
    },
    obstacles: () => onMap().flatMap((part) => part.obstacles?.(toPixels, map.getSize()) ?? []),
  };
}
