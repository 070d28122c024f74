// The signs of the map, each with a shape of its own besides its colour, for map and legend alike.

import { svg } from "./dom.mjs";

const SHAPES = new Map([
  ["Battles", ["battles", "M12 1.8 22.2 12 12 22.2 1.8 12Z"]],
  [
    "Explosions and Remote violence",
    [
      "explosions",
      "M12 1 14.6 7.1 20.5 4.2 17.4 10 23.4 12.6 17.2 14.6 19.6 20.8 13.6 17.9 10.8 23.4 8.9 17.3 2.7 19.8 5.4 13.9 .6 11 7 9.4 4.8 3.4 10.4 6.6Z",
    ],
  ],
  ["Violence against civilians", ["violence", "M12 2.2 22.6 21 1.4 21Z"]],
  ["Protests", ["protests", "M12 2.6a9.4 9.4 0 1 1 0 18.8 9.4 9.4 0 0 1 0-18.8Z"]],
  ["Riots", ["riots", "M3.2 3.2h17.6v17.6H3.2Z"]],
  ["Strategic developments", ["strategic", "M7 2.8h10l5.2 9.2-5.2 9.2H7L1.8 12Z"]],
]);
const UNKNOWN = ["other", "M12 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14Z"];

// The order in which one symbol a place chooses its type: the gravest first.
export const TYPES = [...SHAPES.keys()];

export function gravestFirst(incidents) {
  const rank = (incident) => (TYPES.includes(incident.type) ? TYPES.indexOf(incident.type) : TYPES.length);
  return [...incidents].sort((a, b) => rank(a) - rank(b));
}

const RANKS = new Map(TYPES.map((type, rank) => [type, rank]));

// One pass: a place may hold thousands, at every move of the time range.
export function gravest(incidents) {
  const rank = (incident) => RANKS.get(incident.type) ?? TYPES.length;
  return incidents.reduce((best, incident) => (rank(incident) < rank(best) ? incident : best));
}

// A zone's fill, by the number of separate events: each step from this number on.
export const ZONE_STEPS = [1, 2, 4];
export const stepOf = (count) => ZONE_STEPS.findLastIndex((from) => count >= from);

// `ring`: at least one of its incidents is told by two or more outlets; `hollow`: not all were reviewed.
export function symbol(type, size = 22, { ring = false, hollow = false } = {}) {
  const [name, path] = SHAPES.get(type) ?? UNKNOWN;
  return svg(
    "svg",
    { class: `mp-symbol mp-symbol--${name}`, viewBox: "-1 -1 26 26", width: size, height: size, "aria-hidden": "true" },
    ring && svg("circle", { class: "mp-symbol-ring-halo", cx: 12, cy: 12, r: 14.6 }),
    ring && svg("circle", { class: "mp-symbol-ring", cx: 12, cy: 12, r: 14.6 }),
    svg("path", { class: "mp-symbol-halo", d: path }),
    svg("path", { class: "mp-symbol-shape", d: path }),
    hollow && svg("path", { class: "mp-symbol-hole", d: path, transform: "translate(6.4 6.8) scale(.46)" }),
  );
}

// A small sample of an area or line as the map draws it.
export function swatch(kind, classes = "") {
  const box = (...children) =>
    svg(
      "svg",
      { class: `mp-swatch ${classes}`, viewBox: "0 0 34 20", width: 34, height: 20, "aria-hidden": "true" },
      ...children,
    );
  if (kind === "disc") return box(svg("circle", { class: "mp-zone mp-zone--disc", cx: 17, cy: 10, r: 8 }));
  if (kind === "steps")
    return box(
      ...ZONE_STEPS.map((_, i) =>
        svg("rect", { class: `mp-step is-step-${i + 1}`, x: 1 + 11 * i, y: 4, width: 11, height: 12 }),
      ),
    );
  if (kind === "news") return box(svg("circle", { class: "mp-news-dot", cx: 17, cy: 10, r: 5 }));
  if (kind === "ring") {
    const parts = ["mp-symbol-ring-halo", "mp-symbol-ring"];
    return box(...parts.map((name) => svg("circle", { class: name, cx: 17, cy: 10, r: 7.5 })));
  }
  if (kind === "avenue") return box(svg("path", { class: "mp-avenue", d: "M2 13Q14 3 32 9" }));
  if (["flow", "flow_vague", "flow_hollow"].includes(kind)) {
    const look = { flow_vague: "is-vague", flow_hollow: "is-unreviewed" }[kind];
    return box(
      svg(
        "g",
        { class: look },
        svg("path", { class: "mp-flow-line", d: "M2 15Q13 4 25 8", "stroke-width": look ? 2.5 : 4 }),
        svg("path", { class: "mp-flow-head", d: "M33 10.6 22.6 12.4 25 3.4Z" }),
      ),
    );
  }
  if (kind === "parish_line" || kind === "municipality_line") {
    return box(
      svg("path", {
        class: kind === "parish_line" ? "mp-parish-line" : "mp-municipality-line",
        d: "M2 14 12 6 22 13 32 6",
      }),
    );
  }
  if (kind === "flow_end") return box(svg("circle", { class: "mp-flow-end", cx: 17, cy: 10, r: 8 }));
  if (kind === "mentioned") return box(svg("circle", { class: "mp-mentioned", cx: 17, cy: 10, r: 8 }));
  return box(
    svg("path", {
      class: `mp-zone mp-zone--${kind === "official" ? "footprint is-official" : kind}`,
      d: "M5 5 16 2.5 30 5 31 15 19 17.5 6 16Z",
    }),
  );
}

// Patterns that the style sheet refers to by name; drawn once, out of sight. The hatch thickens with the
// number of events; a vague area fades towards its edge.
export function patterns() {
  const hatch = (step) =>
    svg(
      "pattern",
      { id: `mp-hatch-${step}`, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { width: 8, height: 8, class: "mp-hatch-ground" }),
      svg("line", { x1: 4, y1: 0, x2: 4, y2: 8, class: `mp-hatch-line is-step-${step}` }),
    );
  const fade = (name, stops) =>
    svg(
      "radialGradient",
      { id: `mp-fade-${name}` },
      stops.map(([offset, opacity]) =>
        svg("stop", { class: `mp-fade mp-fade--${name}`, offset, "stop-opacity": opacity }),
      ),
    );
  return svg(
    "svg",
    { class: "mp-patterns", width: 0, height: 0, "aria-hidden": "true", focusable: "false" },
    svg(
      "defs",
      {},
      ZONE_STEPS.map((_, i) => hatch(i + 1)),
      fade("vague", [
        [0, 1],
        [0.55, 0.85],
        [1, 0],
      ]),
    ),
  );
}
