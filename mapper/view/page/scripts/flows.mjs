// Displacement on the map: schematic arrows, one for all reports of the same way, fanned out where they meet.

import { arrowWidth, makeArrow } from "./arrows.mjs";
import { bundleFlows, layOut } from "./bundles.mjs";
import { isNews, isUnreviewed } from "./changes.mjs";
import { decodePoint } from "./data.mjs";
import { makeGroupClass, makePane, makeTip, makeWardrobe } from "./layers.mjs";
import { keyOf } from "./state.mjs";
import { flowWords, placeName } from "./words.mjs";

const LEAST_M = 150; // nothing is drawn smaller: it would look like a pin on a house
const ROOM_M = 500; // around where an arrow ends, in the first view
const MARK_PX = 17; // an arrow starts and ends beside a place's symbol, not under it
const BARE_PX = 6;
const MOST_PX = 40;
const EQUATOR_M = 40_075_016.7;
const HALF_WAY = [0.5, 0.62, 0.4, 0.74, 0.3, 0.84]; // where an arrow's number may stand
const EDGE_PX = 26;

// Where each place's arrows meet: at its symbol, its own point, or the middle of where its lines begin and end.
function anchorsOf(data) {
  const seen = new Map();
  for (const flow of data.flows) {
    if (flow.line.length < 2) continue;
    for (const [place, at] of [
      [flow.from, flow.line[0]],
      [flow.to, flow.line[flow.line.length - 1]],
    ])
      seen.set(place.id, { place, ends: [...(seen.get(place.id)?.ends ?? []), at] });
  }
  const marked = new Map(data.marks.filter((mark) => mark.at).map((mark) => [mark.place.id, mark.at]));
  const mean = (ends, i) => ends.reduce((sum, at) => sum + at[i], 0) / ends.length;
  const anchors = new Map();
  for (const [id, { place, ends }] of seen) {
    const at = marked.get(id) ?? decodePoint(place.at) ?? [mean(ends, 0), mean(ends, 1)];
    anchors.set(id, { at, marked: marked.has(id), uncertainty: place.uncertainty ?? 0 });
  }
  return anchors;
}

// A waypoint that is known no finer than its parish has no point of its own: the flow's line passes through it.
function waypoints(bundle) {
  const { line } = bundle.flows[0];
  const near = (k) => line[Math.round(((k + 1) * (line.length - 1)) / (bundle.via.length + 1))];
  return bundle.via.map((place, k) => decodePoint(place.at) ?? near(k));
}

// Whether a point lies on one of the polygons [[outer, hole, ...], ...], by counting the edges to its east.
export function isWithin([lat, lon], polygons) {
  const crossed = (ring) =>
    ring.filter(([y, x], i) => {
      const [y2, x2] = ring[(i + 1) % ring.length];
      return y > lat !== y2 > lat && lon < x + ((lat - y) / (y2 - y)) * (x2 - x);
    }).length;
  return polygons.some((rings) => rings.reduce((sum, ring) => sum + crossed(ring), 0) % 2 === 1);
}

const widest = (flows) => Math.max(...flows.map((flow) => arrowWidth(flow.people)));

export function makeFlows(map, data, app, pick, spotRenderer) {
  const renderer = makePane(app, "mp-flows", 430, "mp-flows").addTo(map);
  const Arrow = makeGroupClass(renderer, "mp-flows");
  const pane = map.getPane("mp-flows");
  const wear = makeWardrobe();
  const anchors = anchorsOf(data);
  const land = data.municipalities.length ? data.municipalities : data.parishes;
  const isFar = (at) => land.length > 0 && !land.some((item) => isWithin(at, item.area));

  // Where people left and arrived is no sharper than the text: a dotted circle as wide as the uncertainty.
  const zoned = new Set(data.zones.map((zone) => zone.place.id));
  const spots = [...anchors]
    .filter(([id, { uncertainty }]) => uncertainty && !zoned.has(id))
    .map(([id, { at, uncertainty }]) => {
      const radius = Math.max(uncertainty, LEAST_M);
      const look = { pane: "mp-mentions", renderer: spotRenderer, className: "mp-flow-end", interactive: false };
      return { id, layer: L.circle(at, { ...look, radius, stroke: false }), at, radius };
    });

  const arrows = bundleFlows(data.flows.filter((flow) => flow.line.length > 1))
    .sort((a, b) => widest(b.flows) - widest(a.flows)) // thin ones lie on top
    .map((bundle) => {
      const { node, draw } = makeArrow();
      const layer = new Arrow(node);
      const stops = [anchors.get(bundle.from.id).at, ...waypoints(bundle), anchors.get(bundle.to.id).at];
      const drawn = { ...bundle, layer, draw, stops, left: [], path: [], width: 0 };
      // Where several reports share the arrow, each press opens the next.
      pick(layer, () => {
        const chosen = drawn.left.findIndex((flow) => keyOf(flow) === app.state.get().selected);
        return drawn.left[(chosen + 1) % drawn.left.length];
      });
      makeTip(
        layer,
        () => `${placeName(bundle.from, app.w)} → ${placeName(bundle.to, app.w)}`,
        () => arrowWords(drawn),
        () => (drawn.left.length > 1 ? app.w.t("flow.next") : ""),
      );
      layer.on("mouseover", () => isolate([drawn])).on("mouseout", () => isolate([]));
      return drawn;
    });
  const arrowOf = new Map(arrows.flatMap((arrow) => arrow.flows.map((flow) => [flow, arrow])));
  const shown = () => arrows.filter(({ left }) => left.length);

  // People who come back are not displaced: an arrow of returns or evacuations alone says so.
  const kindOf = ({ left }) => {
    const [kind, ...others] = new Set(left.map((flow) => flow.movement.movement));
    return others.length || kind === "displacement" ? "" : app.w.known("movement", kind);
  };

  // People are never added up: several reports of one way say only how many they are.
  function arrowWords(arrow) {
    const { left } = arrow;
    const words = left.length > 1 ? app.w.count("flow.told", left.length) : flowWords(left[0], app.w);
    return [kindOf(arrow), words].filter(Boolean).join(" · ");
  }

  let selected = [];
  let lit = new Set();
  function isolate(chosen) {
    const now = new Set(chosen.length ? chosen : selected);
    for (const arrow of new Set([...lit, ...now])) wear(arrow.layer, { "is-lit": now.has(arrow) });
    lit = now;
    pane.classList.toggle("is-isolating", lit.size > 0);
  }

  // Paths are kept in the drawing's own pixels, which start anew with each zoom.
  const fit = () => {
    const zoom = map.getZoom();
    const px = (at) => {
      const { x, y } = map.project(at).subtract(map.getPixelOrigin());
      return [x, y];
    };
    const reach = (id) => {
      const { at, marked, uncertainty } = anchors.get(id);
      const metres = (EQUATOR_M * Math.cos((at[0] * Math.PI) / 180)) / (256 * 2 ** zoom);
      return Math.min(MOST_PX, Math.max(marked ? MARK_PX : BARE_PX, (0.8 * uncertainty) / metres));
    };
    const now = shown();
    const paths = layOut(
      now.map(({ from, to, stops }) => ({
        from: from.id,
        to: to.id,
        stops: stops.map(px),
        reach: [reach(from.id), reach(to.id)],
      })),
    );
    now.forEach((arrow, n) => {
      arrow.path = paths[n];
      arrow.draw(paths[n], arrow.width);
    });
  };
  const group = L.layerGroup([...spots.map(({ layer }) => layer), ...arrows.map((arrow) => arrow.layer)]);
  const fitIfShown = () => map.hasLayer(group) && fit();
  renderer.on("rescale", fitIfShown);
  group.on("add", fit);
  return {
    group,
    layersOf: new Map([...arrowOf].map(([flow, arrow]) => [flow, [arrow.layer]])),
    boundsOf: new Map([...arrowOf].map(([flow]) => [flow, L.latLngBounds(flow.line)])),
    update: (visible) => {
      const ends = new Set();
      let changed = false;
      for (const arrow of arrows) {
        const left = arrow.flows.filter((flow) => visible.flows.has(flow));
        const out = left.length === 0;
        if (!out) ends.add(arrow.from.id).add(arrow.to.id);
        if (left.length === arrow.left.length && left.every((flow, i) => flow === arrow.left[i])) continue;
        changed = true;
        arrow.left = left;
        arrow.width = out ? 0 : widest(left);
        const some = (is) => left.some((flow) => is(flow.movement));
        wear(arrow.layer, {
          "is-out": out,
          "is-vague": left.every((flow) => flow.vague),
          "is-unreviewed": some(isUnreviewed),
          "is-new": some(isNews),
        });
      }
      for (const { id, layer } of spots) wear(layer, { "is-out": !ends.has(id) });
      if (changed) fitIfShown();
    },
    isolate: (flows) => isolate([...new Set(flows.map((flow) => arrowOf.get(flow)).filter(Boolean))]),
    select: (flows) => {
      selected = flows.map((flow) => arrowOf.get(flow)).filter(Boolean);
      isolate([]);
    },
    // Where people left and arrived, within the area: an arrow to another city leaves the view rather than shrink
    // this one.
    extend: (bounds, far = false) => {
      for (const { from, to } of shown()) {
        for (const id of [from.id, to.id]) {
          const { at } = anchors.get(id);
          if (far || !isFar(at)) bounds.extend(L.latLng(at).toBounds(2 * ROOM_M));
        }
      }
    },
    offer: (name, offers, view) => {
      const inside = ([x, y]) => x > EDGE_PX && y > EDGE_PX && x < view.x - EDGE_PX && y < view.y - EDGE_PX;
      const { x: ox, y: oy } = map.layerPointToContainerPoint([0, 0]);
      for (const arrow of shown()) {
        const path = arrow.path.map(([x, y]) => [x + ox, y + oy]);
        const seen = path.filter(inside);
        if (!seen.length) continue;
        const { movement } = arrow.left[0];
        const kind = kindOf(arrow);
        const counted = arrow.left.length > 1 || movement.people || movement.households;
        if (counted || kind) {
          // That people come back, or were brought away, says more than how many: it chooses before the names,
          // and anywhere along the way.
          const along = seen.map((_, i) => i / Math.max(1, seen.length - 1));
          const shares = kind ? [...HALF_WAY, ...along] : HALF_WAY;
          const spots = shares.map((share) => seen[Math.floor(share * (seen.length - 1))]);
          const number = { style: "count", priority: kind ? 8.5 : 7, wrap: kind ? 14 : 22, gap: 6, again: true, over: arrow.key, led: true };
          offers.push({ text: counted ? arrowWords(arrow) : kind, spots, ...number });
        }
        const [[ax, ay], [bx, by]] = seen.length > 1 ? seen.slice(-2) : [seen[0], seen[0]];
        const toward = [bx - ax, by - ay];
        if (inside(path[path.length - 1]))
          name(arrow.to, null, { spots: [[bx, by]], gap: 10, priority: 8, toward, over: true });
        else {
          const text = `→ ${placeName(arrow.to, app.w)}`;
          offers.push({ text, spots: seen.slice(-5).reverse(), style: "event", priority: 8, gap: 10, over: true });
        }
        if (inside(path[0])) name(arrow.from, null, { spots: [path[0]], gap: 12, priority: 7.5 });
      }
    },
    // An arrow's head and small stretches of its line.
    obstacles: (_px, view) => {
      const { x: ox, y: oy } = map.layerPointToContainerPoint([0, 0]);
      const boxes = [];
      for (const { path, key } of shown()) {
        path.forEach(([x, y], k) => {
          const [cx, cy] = [x + ox, y + oy];
          if (cx < -20 || cy < -20 || cx > view.x + 20 || cy > view.y + 20) return;
          if (k === path.length - 1) boxes.push({ x: cx - 8, y: cy - 8, w: 16, h: 16 });
          else if (k > 1 && k % 2 === 0) boxes.push({ x: cx - 3, y: cy - 3, w: 6, h: 6, soft: key });
        });
      }
      return boxes;
    },
  };
}
