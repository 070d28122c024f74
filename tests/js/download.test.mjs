import assert from "node:assert/strict";
import { test } from "node:test";
import {
  areaGeometry,
  csvCell,
  csvText,
  fileName,
  geoJson,
  recordRows,
} from "../../mapper/view/page/scripts/download.mjs";
import { applyFilter } from "../../mapper/view/page/scripts/filter.mjs";
import { START } from "../../mapper/view/page/scripts/state.mjs";

const cota = {
  id: "cota-905",
  name: "Cota 905",
  parish: "Santa Rosalía",
  municipality: "Libertador",
  precision: "barrio",
  uncertainty: 300,
};
const valle = { id: "valle", name: "El Valle", parish: "El Valle", municipality: "Libertador", precision: "parish" };
const report = { id: "r1", outlet: "El Correo", url: "https://example.org/1" };
const info = {
  areas: { es: "Caracas" },
  level: "partner",
  through: "2021-07-11",
  fingerprint: "3f9a",
  attributions: ["Límites: OCHA", "Lugares"],
};
const clash = {
  kind: "incident",
  id: "i-1",
  type: "Battles",
  sub: "Armed clash",
  when: ["2021-07-07", "2021-07-08", "day"],
  places: [cota, valle],
  actors: ["gang", "police"],
  killed: [22, null, 26, "persons"],
  claims: [{ measure: "killed", value: [22, 22, 22, "persons"], speaker: "minister", report }],
  withheld: [],
  reports: [report],
  outlets: ["El Correo"],
};
const undated = { ...clash, id: "i-2", when: null, killed: null, claims: [], places: [valle] };
const walk = {
  kind: "movement",
  movement: "displacement",
  id: "m-1",
  when: null,
  from: [cota],
  to: [],
  via: [],
  people: null,
  households: [12, 12, 12, "families"],
  withheld: ["when", "people", "to"],
  reports: [report],
  outlets: ["El Correo"],
  flows: [],
};
const square = [
  [10, -67],
  [10, -66],
  [11, -66],
  [11, -67],
]; // [lat, lon], running east first
const zone = { kind: "zone", id: "zone-1", shape: "footprint", place: cota, area: [[square]], incidents: [clash] };
const mark = { kind: "mark", place: cota, at: [10.482, -66.925], incidents: [clash, undated] };
const flow = {
  kind: "flow",
  movement: walk,
  from: cota,
  to: valle,
  vague: true,
  line: [
    [10.4, -66.9],
    [10.5, -66.8],
  ],
};
const data = {
  info,
  reports: [report],
  incidents: [clash, undated],
  movements: [walk],
  zones: [zone],
  marks: [mark],
  flows: [flow],
  mentioned: [],
};
const rows = (patch = {}, changed = data) => {
  const state = { ...START, ...patch };
  return recordRows(changed, applyFilter(changed, state), state);
};

// What any spreadsheet would read: quoted cells, doubled quotes, line breaks inside quotes.
function parseCsv(text) {
  const table = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const [sign, row] = [text[i], table[table.length - 1]];
    if (quoted && sign === '"' && text[i + 1] === '"') row[row.length - 1] += text[(i += 1)];
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === ",") row.push("");
    else if (!quoted && sign === "\n" && text[i - 1] === "\r") table.push([""]);
    else if (!quoted && sign === "\r" && text[i + 1] === "\n") continue;
    else row[row.length - 1] += sign;
  }
  return table.slice(0, -1);
}

test("one row a record: its toll stands once, however many places it has", () => {
  assert.deepEqual(
    rows().map((row) => [row.record_id, row.places, row.killed_low, row.killed_best, row.killed_high]),
    [
      ["i-1", "Cota 905; El Valle", 22, null, 26],
      ["i-2", "El Valle", undefined, undefined, undefined],
      ["m-1", "", undefined, undefined, undefined],
    ],
  );
});

test("a claim of at least so many stays a bound", () => {
  const bound = { ...clash, claims: [{ ...clash.claims[0], value: [20, 20, null, "persons"] }] };
  assert.match(rows({}, { ...data, incidents: [bound] })[0].claims, /^killed 20\.\., by minister/);
});

test("what is withheld says so in every column it would fill", () => {
  const { date_start, date_end, date_precision, people_low, people_best, people_high, to, withheld } = rows()[2];
  assert.deepEqual(
    [date_start, date_end, date_precision, people_low, people_best, people_high, to, withheld],
    [...Array(7).fill("withheld"), "when; people; to"],
  );
});

test("what is open beside it stays", () => {
  assert.deepEqual([rows()[2].households_best, rows()[2].from, rows()[2].parishes], [12, "Cota 905", "Santa Rosalía"]);
});

test("withheld places take their parishes with them", () => {
  const hidden = { ...clash, withheld: ["places"] };
  const [row] = rows({}, { ...data, incidents: [hidden], zones: [], marks: [] });
  assert.deepEqual([row.places, row.parishes, row.precision, row.uncertainty_m], Array(4).fill("withheld"));
});

test("a movement whose both ends are withheld has a withheld parish", () => {
  const hidden = { ...walk, from: [], withheld: ["from", "to"] };
  const row = rows({}, { ...data, movements: [hidden], flows: [] })[2];
  assert.deepEqual([row.from, row.to, row.parishes], ["withheld", "withheld", "withheld"]);
});

test("an internal page withholds nothing", () => {
  const open = { ...clash, withheld: ["when"] };
  const [row] = rows({}, { ...data, info: { ...info, level: "internal" }, incidents: [open], zones: [], marks: [] });
  assert.deepEqual([row.date_start, row.withheld], ["2021-07-07", ""]);
});

test("chosen days leave out what lies outside and keep the undated, marked as such", () => {
  assert.deepEqual(
    rows({ from: "2021-07-08" }).map((row) => [row.record_id, row.chosen_days]),
    [
      ["i-1", "inside"],
      ["i-2", "undated"],
      ["m-1", "undated"],
    ],
  );
});

test("every row says the filter in force, the level and the date", () => {
  const [row] = rows({ from: "2021-07-08", types: ["Battles"] });
  assert.deepEqual(
    [row.filters, row.level, row.data_through],
    ["from=2021-07-08 types=Battles", "partner", "2021-07-11"],
  );
});

test("the file starts with a byte order mark and ends its lines as RFC 4180 says", () => {
  const text = csvText(rows());
  assert.deepEqual([text[0], text.split("\r\n").length, text.endsWith("\r\n")], ["\ufeff", 5, true]);
});

test("the columns survive a reader of CSV", () => {
  const [head, first] = parseCsv(csvText(rows()).slice(1));
  assert.equal(first[head.indexOf("attribution")], "Límites: OCHA | Lugares");
});

test("every row has as many cells as the head", () => {
  const nasty = { ...clash, actors: ['a","b', "c\r\nd", "=1+1"] };
  const table = parseCsv(csvText(rows({}, { ...data, incidents: [nasty], zones: [], marks: [] })).slice(1));
  assert.deepEqual([...new Set(table.map((row) => row.length))], [table[0].length]);
});

test("every row and the collection of an internal map say that they are not to be forwarded", () => {
  const notice = "INTERNAL: do not forward";
  const [head, ...lines] = parseCsv(csvText(rows(), notice).slice(1));
  assert.deepEqual([head.at(-1), ...new Set(lines.map((line) => line.at(-1)))], ["handling", notice]);
  assert.deepEqual([geoJson(data, applyFilter(data, START), START, notice).handling, made().handling], [notice, undefined]);
});

for (const start of ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\ufeff=", "＝"])
  test(`a cell that starts with ${JSON.stringify(start)} is no formula`, () => {
    const [[cell]] = parseCsv(`${csvCell(`${start}cmd|'/c calc'!A0`)}\r\n`);
    assert.match(cell, /^[\s\ufeff]*'/);
  });

test("nor after a semicolon, where some spreadsheets cut", () => {
  assert.equal(csvCell("A; =1+1"), `"A; '=1+1"`);
});

test("a number stays a number", () => {
  assert.equal(csvCell(-3), "-3");
});

test("an outer ring turns counter-clockwise, a hole clockwise, and both close", () => {
  const { coordinates } = areaGeometry([[[...square].reverse(), square]]);
  const turn = (ring) => ring.slice(0, -1).reduce((sum, [x, y], i) => sum + x * ring[i + 1][1] - ring[i + 1][0] * y, 0);
  assert.deepEqual(
    coordinates.map((ring) => [turn(ring) > 0, ring.length, String(ring[0]) === String(ring[4])]),
    [
      [true, 5, true],
      [false, 5, true],
    ],
  );
});

test("two polygons make a MultiPolygon and none makes no geometry", () => {
  assert.deepEqual([areaGeometry([[square], [square]]).type, areaGeometry([])], ["MultiPolygon", null]);
});

const made = (patch = {}) => {
  const state = { ...START, ...patch };
  return JSON.parse(JSON.stringify(geoJson(data, applyFilter(data, state), state)));
};

test("GeoJSON puts longitude first", () => {
  assert.deepEqual(made().features.find(({ id }) => id === "mark:cota-905").geometry.coordinates, [-66.925, 10.482]);
});

test("what the map draws carries the ids of its records", () => {
  assert.deepEqual(
    made().features.map(({ properties }) => properties.incident_ids ?? properties.movement_id),
    [["i-1"], ["i-1", "i-2"], "m-1"],
  );
});

test("a mark holds only the incidents that the filters leave", () => {
  const { properties } = made({ from: "2021-07-08" }).features.find(({ id }) => id === "mark:cota-905");
  assert.deepEqual(
    [properties.incident_ids, properties.date_start, properties.date_end],
    [["i-1"], "2021-07-07", "2021-07-08"],
  );
});

test("a point says what it is worth", () => {
  const vague = { ...data, marks: [{ ...mark, place: { ...cota, precision: "parish" } }] };
  const features = [data, vague].map(
    (one) => geoJson(one, applyFilter(one, START), START).features[1].properties.point,
  );
  assert.deepEqual(features, ["within uncertainty_m of the named place", "middle of the parish, not the place"]);
});

test("an arrow says that it is schematic", () => {
  assert.match(
    made().features.find(({ properties }) => properties.kind === "flow").properties.note,
    /not a safe route/,
  );
});

test("the collection carries level, date, fingerprint, credits and the records", () => {
  const { level, data_through, fingerprint, attributions, records } = made();
  assert.deepEqual(
    [level, data_through, fingerprint, attributions.length, records.map((record) => record.record_id)],
    ["partner", "2021-07-11", "3f9a", 2, ["i-1", "i-2", "m-1"]],
  );
});

test("an empty map still makes a collection", () => {
  const empty = { ...data, incidents: [], movements: [], zones: [], marks: [], flows: [] };
  const { features, records } = geoJson(empty, applyFilter(empty, START), START);
  assert.deepEqual([features, records], [[], []]);
});

test("the file's name tells area, date and level", () => {
  assert.equal(fileName(info, "csv"), "mapper-caracas-2021-07-11.partner.csv");
});

test("no area name gets out of the file's name", () => {
  assert.equal(
    fileName({ ...info, areas: { en: "../Ñoño <b>/" }, through: "" }, "png"),
    "mapper-nono-b-undated.partner.png",
  );
});
