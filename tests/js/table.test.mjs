import assert from "node:assert/strict";
import { test } from "node:test";
import { makeSorter, TABLE_COLUMNS, windowOf } from "../../mapper/view/page/scripts/tablerows.mjs";
import { words } from "./helpers.mjs";

const [en, es] = [words("en"), words("es")];
const place = (name, precision = "barrio", parish = "Sucre") => ({ name, precision, parish });
const incident = (id, rest = {}) => ({
  id,
  kind: "incident",
  type: "Battles",
  when: ["2021-07-09", "2021-07-09", "day"],
  places: [place("Catia")],
  outlets: ["A"],
  withheld: [],
  ...rest,
});
const movement = (id, rest = {}) => ({
  ...incident(id),
  kind: "movement",
  movement: "displacement",
  from: [place("Cota 905", "barrio", "Santa Rosalía")],
  to: [],
  places: undefined,
  ...rest,
});
const ids = (records) => records.map(({ id }) => id);
const order = (records, key, down, w = es) =>
  ids(makeSorter({ incidents: records, movements: [] })("incidents", key, down, w));
const cell = (table, key, record, w = en) =>
  TABLE_COLUMNS[table].find((column) => column.key === key).words({ outlets: [], ...record }, w);

const days = [
  incident("none", { when: undefined }),
  incident("old", { when: ["2020-01-01", "2020-01-01", "day"] }),
  incident("new", { when: ["2021-07-11", "", "day"] }),
];
test("newest first", () => assert.deepEqual(order(days, "when", true), ["new", "old", "none"]));
test("oldest first leaves the undated last", () => assert.deepEqual(order(days, "when", false), ["old", "new", "none"]));

const tolls = [
  incident("unknown"),
  incident("twenty", { killed: [1, 20, 30, "persons"] }),
  incident("least", { killed: [24, null, null, "persons"] }),
  incident("ten", { killed: [null, 10, null, "persons"] }),
];
test("a toll sorts by its best figure, else by its bound", () =>
  assert.deepEqual(order(tolls, "killed", true), ["least", "twenty", "ten", "unknown"]));
test("no figure is no zero", () => assert.equal(order(tolls, "killed", false).at(-1), "unknown"));

const named = (name) => incident(name, { places: [place(name)] });
test("places sort as the reader's language does, numbers by their value", () =>
  assert.deepEqual(order(["Zona 10", "Ñuñoa", "Ávila", "Zona 9", "Nueva"].map(named), "where", false), [
    "Ávila",
    "Nueva",
    "Ñuñoa",
    "Zona 9",
    "Zona 10",
  ]));
test("records without a place stand last in both directions", () => {
  const records = [incident("none", { places: [] }), named("Zamora"), named("Antímano")];
  assert.deepEqual([false, true].map((down) => order(records, "where", down).at(-1)), ["none", "none"]);
});
test("equal records stay newest first in both directions", () =>
  assert.deepEqual([false, true].map((down) => order(days, "what", down)), [
    ["new", "old", "none"],
    ["new", "old", "none"],
  ]));
test("the coarsest place says how precisely a record is known", () => {
  const mixed = incident("mixed", { places: [place("a", "point"), place("b", "parish")] });
  assert.deepEqual(order([mixed, incident("one", { places: [place("c", "vague")] })], "precision", false), ["one", "mixed"]);
});
test("and its precision is read coarsest first", () =>
  assert.equal(
    cell("incidents", "precision", incident("x", { places: [place("a", "point"), place("b", "parish")] })),
    "located to the parish, precise place named",
  ));

test("a toll that nobody states reads so", () => assert.equal(cell("incidents", "killed", incident("x")), "not stated"));
test("a toll that is withheld reads so", () =>
  assert.equal(cell("incidents", "killed", incident("x", { withheld: ["killed"] })), "source withheld"));
test("a bound stays a bound", () => assert.equal(cell("incidents", "killed", tolls[2]), "at least 24"));
test("zero is a figure", () =>
  assert.equal(cell("incidents", "injured", incident("x", { injured: [0, 0, 0, "persons"] })), "0"));
test("families beside persons that are withheld", () =>
  assert.equal(
    cell("movements", "people", movement("x", { households: [12, 12, 12, "families"], withheld: ["people"] })),
    "12 families · source withheld",
  ));
test("families stand after persons, before what nobody counted", () => {
  const records = [
    movement("none"),
    movement("families", { households: [900, 900, 900, "families"] }),
    movement("persons", { people: [30, 30, 30, "persons"] }),
  ];
  const sorted = makeSorter({ incidents: [], movements: records })("movements", "people", true, en);
  assert.deepEqual(ids(sorted), ["persons", "families", "none"]);
});
test("a route names its parishes from and to", () =>
  assert.equal(cell("movements", "parish", movement("x", { to: [place("Catia")] })), "Santa Rosalía → Sucre"));
test("an unknown end has no parish", () =>
  assert.equal(cell("movements", "parish", movement("x")), "Santa Rosalía → not stated"));
test("what was denied is told as denied", () =>
  assert.equal(cell("incidents", "assertion", incident("x", { assertion: "denied" })), "denied"));

test("only rows near what is seen are drawn", () => assert.deepEqual(windowOf(50_000, 50, 5000, 500, 8), [92, 118]));
test("at the start and the end no row is missing", () => {
  assert.deepEqual(windowOf(10, 50, 0, 5000), [0, 10]);
  assert.deepEqual(windowOf(0, 50, 9000, 500), [0, 0]);
});
