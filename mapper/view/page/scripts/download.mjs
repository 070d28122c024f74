// The records that the filters leave, as CSV and GeoJSON. Columns and codes are the same in every language.

import { plainLine } from "./cite.mjs";
import { daysOf, FILTERS, isFiltered } from "./filter.mjs";
import { isLowerBound } from "./words.mjs";

const WITHHELD = "withheld";
const DIGITS = 1e5; // five digits of a degree, about a metre: as the data block holds them

// --- one row a record ---

// The values that say something, each once.
function joined(values) {
  if (values.length < 2) return values[0] || "";
  return [...new Set(values)].filter(Boolean).join("; ");
}

// "killed 26, police, by the minister, El Correo": a claim as the report makes it, its numbers as they stand.
function claimText({ measure, value, who, speaker, withheld, hedged, report }) {
  const [low, best, high] = value ?? [];
  const stated = value && isLowerBound(value) ? null : best;
  const number = stated ?? (low || high ? `${low ?? ""}..${high ?? ""}` : "");
  const by = withheld ? WITHHELD : speaker;
  const parts = [`${measure} ${number}`.trim(), who, by && `by ${by}`, hedged && "hedged", report?.outlet];
  return parts.filter(Boolean).join(", ");
}

const [NOTHING, ALL_WITHHELD] = [[], Array(4).fill(WITHHELD)];
const nameOf = (place) => place.name || place.id;

// One record as a flat object, with the same columns in the same order for every kind of record. What is
// withheld says so: an empty cell means that no report states it. A toll stands once, however many the places.
function recordRow(record, common, days) {
  const isIncident = record.kind === "incident";
  const hidden = (field) => common.level !== "internal" && record.withheld.includes(field);
  const several = (field) => (hidden(field) ? ALL_WITHHELD : (record[field] ?? NOTHING));
  const text = (field, value) => (hidden(field) ? WITHHELD : (value ?? ""));
  const names = (field) => text(field, joined((record[field] ?? NOTHING).map(nameOf)));
  const ends = isIncident ? ["places"] : ["from", "via", "to"];
  const places = ends.flatMap((end) => (hidden(end) ? NOTHING : (record[end] ?? NOTHING)));
  const noPlace = places.length === 0 && ends.some(hidden);
  const ofPlaces = (field) => (noPlace ? WITHHELD : joined(places.map((place) => place[field])));
  const [start, end, precision] = several("when");
  const [killed, injured, people, households] = ["killed", "injured", "people", "households"].map(several);
  return {
    record_id: record.id,
    record: record.kind,
    type: isIncident ? record.type : record.movement,
    sub_type: record.sub ?? "",
    assertion: record.assertion || "none",
    date_start: start,
    date_end: end,
    date_precision: precision,
    chosen_days: days,
    places: names("places"),
    from: names("from"),
    via: names("via"),
    to: names("to"),
    parishes: ofPlaces("parish"),
    municipalities: ofPlaces("municipality"),
    precision: ofPlaces("precision"),
    uncertainty_m: noPlace ? WITHHELD : Math.max(0, ...places.map((place) => place.uncertainty ?? 0)) || null,
    actors: text("actors", joined(record.actors ?? NOTHING)),
    killed_low: killed[0],
    killed_best: killed[1],
    killed_high: killed[2],
    injured_low: injured[0],
    injured_best: injured[1],
    injured_high: injured[2],
    people_low: people[0],
    people_best: people[1],
    people_high: people[2],
    people_unit: people[3],
    households_low: households[0],
    households_best: households[1],
    households_high: households[2],
    households_unit: households[3],
    mode: text("mode", record.mode),
    claims: (record.claims ?? NOTHING).map(claimText).join(" | "),
    outlets: joined(record.reports.map((report) => report.outlet)),
    outlet_count: record.outlets.length,
    report_ids: joined(record.reports.map((report) => report.id)),
    report_urls: joined(record.reports.map((report) => report.url)),
    withheld: joined(record.withheld.filter(hidden)),
    filters: common.filters,
    level: common.level,
    data_through: common.data_through,
    fingerprint: common.fingerprint,
    attribution: common.attribution,
  };
}

const CSV_COLUMNS = Object.keys(recordRow({ kind: "incident", withheld: [], reports: [], outlets: [] }, {}, ""));

// The filters in force, as they stand in an address: "from=2021-07-08 types=Battles".
function filterCodes(state) {
  if (!isFiltered(state)) return "";
  const set = FILTERS.filter((key) => (Array.isArray(state[key]) ? state[key].length : state[key]));
  return set.map((key) => `${key}=${Array.isArray(state[key]) ? state[key].join(",") : state[key]}`).join(" ");
}

// Every record the filters leave, and those without a date that chosen days cannot judge.
export function recordRows({ info }, visible, state) {
  const common = {
    filters: filterCodes(state),
    level: info.level,
    data_through: info.through,
    fingerprint: info.fingerprint,
    attribution: info.attributions.join(" | "),
  };
  const days = state.from || state.to ? "inside" : "all";
  const row = (how) => (record) => recordRow(record, common, how);
  return [
    ...Array.from(visible.incidents, row(days)),
    ...Array.from(visible.movements, row(days)),
    ...visible.undated.map(row("undated")),
  ];
}

// --- CSV ---

const FORMULA = /(^|[;\t\r\n])([\s\ufeff]*)(?=[=+\-@|%\uff1d\uff0b\uff0d\uff20])/g;

// RFC 4180. What a spreadsheet would run as a formula is made plain words by an apostrophe, also after a
// semicolon: where that is the list separator, a spreadsheet cuts there.
export function csvCell(value) {
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "number") return String(value);
  const text = String(value).replaceAll("\u0000", "");
  const plain = text.replace(FORMULA, "$1$2'").replace(/^(?=[\t\r\n])/, "'");
  return /[",\r\n;\t]/.test(plain) || plain !== plain.trim() ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export function csvText(rows, handling = "") {
  const cells = new Map(); // most words stand in many rows
  const cell = (value) => {
    if (!cells.has(value)) cells.set(value, csvCell(value));
    return cells.get(value);
  };
  const columns = handling ? [...CSV_COLUMNS, "handling"] : CSV_COLUMNS;
  const lines = rows.map((row) => columns.map((column) => cell(column === "handling" ? handling : row[column])).join(","));
  return `\ufeff${[columns.join(","), ...lines].join("\r\n")}\r\n`;
}

// --- GeoJSON ---

const round = (degrees) => Math.round(degrees * DIGITS) / DIGITS;
const position = ([lat, lon]) => [round(lon), round(lat)];

// Twice the signed area: positive where the ring runs counter-clockwise.
const turn = (ring) =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0);

// A ring closed, and turning as RFC 7946 asks: outer rings counter-clockwise, holes clockwise.
function closedRing(path, index) {
  const ring = path.map(position);
  const outer = index === 0;
  if (turn(ring) > 0 !== outer) ring.reverse();
  return [...ring, ring[0]];
}

export function areaGeometry(area) {
  const polygons = area.map((polygon) => polygon.map(closedRing));
  if (!polygons.length) return null;
  return polygons.length === 1
    ? { type: "Polygon", coordinates: polygons[0] }
    : { type: "MultiPolygon", coordinates: polygons };
}

// What a point is worth where the text says no more; a program for maps shows only a dot.
const POINT_NOTES = {
  parish: "middle of the parish, not the place",
  municipality: "middle of the municipality, not the place",
  vague: "middle of a vague area without limits",
};

function placeProperties(place) {
  return {
    place_id: place.id,
    place: place.name ?? "",
    parish: place.parish ?? "",
    municipality: place.municipality ?? "",
    precision: place.precision ?? "",
    uncertainty_m: place.uncertainty ?? null,
  };
}

function heldProperties(incidents) {
  const days = incidents.flatMap((incident) => daysOf(incident) ?? []).sort();
  return {
    date_start: days[0] ?? null,
    date_end: days[days.length - 1] ?? null,
    incident_ids: incidents.map((incident) => incident.id),
    incident_count: incidents.length,
    types: [...new Set(incidents.map((incident) => incident.type))],
    outlets: [...new Set(incidents.flatMap((incident) => incident.reports.map((report) => report.outlet)))].filter(
      Boolean,
    ),
  };
}

const feature = (id, geometry, properties) => ({ type: "Feature", id, geometry, properties });

// What the map draws, as features; the records themselves, once each, under `records`.
export function geoJson(data, visible, state, handling = "") {
  const { info } = data;
  const zones = [...visible.zones].map(([zone, incidents]) =>
    feature(zone.id, areaGeometry(zone.area), {
      kind: "zone",
      zone_id: zone.id,
      shape: zone.shape,
      official_boundary: Boolean(zone.official),
      ...placeProperties(zone.place),
      ...heldProperties(incidents),
    }),
  );
  const marks = [...visible.marks].map(([mark, incidents]) =>
    feature(`mark:${mark.place.id}`, mark.at ? { type: "Point", coordinates: position(mark.at) } : null, {
      kind: "mark",
      ...placeProperties(mark.place),
      point: POINT_NOTES[mark.place.precision] ?? "within uncertainty_m of the named place",
      ...heldProperties(incidents),
    }),
  );
  const numbered = new Map();
  const flows = [...visible.flows].map((flow) => {
    const { movement } = flow;
    const number = (numbered.get(movement) ?? 0) + 1;
    numbered.set(movement, number);
    const line = flow.line.length > 1 ? { type: "LineString", coordinates: flow.line.map(position) } : null;
    return feature(`flow:${movement.id}:${number}`, line, {
      kind: "flow",
      movement_id: movement.id,
      from: flow.from.name ?? flow.from.id,
      to: flow.to.name ?? flow.to.id,
      uncertain: Boolean(flow.vague),
      schematic: true,
      note: "Schematic arrow: not the path walked, not a safe route.",
    });
  });
  const records = recordRows(data, visible, state).map(
    ({ level, data_through, fingerprint, attribution, ...row }) => row,
  );
  return {
    type: "FeatureCollection",
    level: info.level,
    ...(handling && { handling }),
    data_through: info.through,
    fingerprint: info.fingerprint,
    attributions: info.attributions,
    publisher: info.publisher ?? "",
    filters: filterCodes(state),
    note: "No mark = no report read. It does not mean the area is safe. Read places with their precision.",
    features: [...zones, ...marks, ...flows],
    records,
  };
}

// --- files ---

// "mapper-caracas-2021-07-16.partner.csv": who may see it and until when it informs stand in the name.
export function fileName(info, ending) {
  const area = info.areas.en ?? Object.values(info.areas)[0] ?? "";
  const plain = plainLine(area)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .slice(0, 60)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `${["mapper", plain, info.through || "undated"].filter(Boolean).join("-")}.${info.level}.${ending}`;
}

const KEEP_MS = 60_000; // some browsers read the address only after the reader has chosen a folder

export function save(name, parts, type) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
}
