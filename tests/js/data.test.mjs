import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { columnReader, decodeWords, readTable } from "../../mapper/view/page/scripts/columns.mjs";
import { decodeArea, decodePath, readData } from "../../mapper/view/page/scripts/data.mjs";

// Records as a table, each field a plain column.
function table(...records) {
  const fields = [...new Set(records.flatMap(Object.keys))];
  const column = (field) => records.map((record) => record[field] ?? null);
  return { rows: records.length, columns: Object.fromEntries(fields.map((field) => [field, column(field)])) };
}

const listed = (n, all) => ({ n, table: all });

const block = (changes = {}) => ({
  schema: 2,
  info: {},
  places: table({ id: "p", name: "P" }, { id: "q", name: "Q" }),
  reports: table({ id: "r", outlet: "One" }, { id: "s", outlet: "One" }, { id: "t" }),
  incidents: {
    rows: 2,
    columns: {
      id: ["i", "j"],
      type: { same: "Battles" },
      places: { n: [1, 2], all: [0, 0, 1] },
      quotes: listed([2, 1], table({ report: 0, text: "x", marks: [[0, 1]] }, { report: 1 }, { report: 2, text: "y" })),
      claims: { skip: [1], some: listed([1], table({ report: 0, measure: "killed" })) },
    },
  },
  movements: { rows: 1, columns: { id: ["m"], kind: ["displacement"], from: { n: [1], all: [0] } } },
  flows: table({ movement: 0, from: 0, to: 1, line: [-6692500, 1048200, 100, 200] }),
  parishes: table(),
  municipalities: table(),
  zones: table({ id: "z", place: 0, shape: "parish", incidents: [0], area: [] }),
  marks: table({ place: 1, at: [-6692500, 1048200], incidents: [1] }),
  mentioned: table({ place: 1, assertion: "threatened", area: [] }),
  avenues: table({ name: "A", line: [-6692500, 1048200, 100, 200] }),
  unlocated: table({ report: 2, text: "?" }),
  set_aside: table({ name: "f", en: "empty" }),
  ...changes,
});
const read = (changes) => readData(JSON.stringify(block(changes)), "json");

for (const [what, column, values] of [
  ["plain", [1, null, 3], [1, null, 3]],
  ["the same everywhere", { same: "a" }, ["a", "a", "a"]],
  ["words", { words: ["a", "b"], at: [1, 0, 1] }, ["b", "a", "b"]],
  ["signs", { words: ["a", "b"], signs: ["\u0101\u0100", null, ""] }, ["b a", null, ""]],
  ["some", { skip: [1], some: [7] }, [null, 7, null]],
  ["each", { each: [[1, 2, 3], { same: "x" }] }, [[1, "x"], [2, "x"], [3, "x"]]],
  ["lists", { n: [0, 2, 1], all: [4, 5, 6] }, [[], [4, 5], [6]]],
  ["records", { n: [1, 0, 1], table: { rows: 2, columns: { f: [8, null] } } }, [[{ f: 8 }], [], [{}]]],
])
  test(`a column is read: ${what}`, () => {
    const at = columnReader(column, 3);
    assert.deepEqual([0, 1, 2].map(at), values);
  });

test("signs above the surrogates stand for the words that follow", () => {
  const words = Array.from({ length: 0xd800 - 0x100 + 1 }, (_, i) => `w${i}`);
  assert.equal(decodeWords("\ud7ff\ue000", words), `w${0xd800 - 0x101} w${0xd800 - 0x100}`);
});

test("a table without rows is read", () => assert.deepEqual(readTable({ rows: 0, columns: {} }), []));

test("deltas decode to latitude, longitude", () =>
  assert.deepEqual(decodePath([-6692500, 1048200, 100, -200]), [
    [10.482, -66.925],
    [10.48, -66.924],
  ]));

test("an empty area decodes to nothing", () => assert.deepEqual(decodeArea(undefined), []));

test("positions become the records they point to", async () => {
  const data = await read();
  assert.equal(data.zones[0].incidents[0], data.incidents[0]);
  assert.equal(data.flows[0].movement, data.movements[0]);
  assert.equal(data.movements[0].flows[0], data.flows[0]);
  assert.equal(data.incidents[0].quotes[0].report, data.reports[0]);
  assert.equal(data.incidents[1].claims[0].report, data.reports[0]);
  assert.equal(data.incidents[1].places[1].name, "Q");
});

test("a withheld quote has no text and no marks", async () => {
  const { quotes } = (await read()).incidents[0];
  assert.deepEqual([quotes[1].text, quotes[1].marks], [null, []]);
});

test("what is read twice is the same", async () => {
  const [incident] = (await read()).incidents;
  assert.equal(incident.quotes, incident.quotes);
});

test("a record made of another keeps what the other is asked for only later", async () => {
  const [incident] = (await read()).incidents;
  const other = Object.create(incident, { type: { value: "Riots" } });
  assert.deepEqual([other.type, other.id, other.outlets, incident.type], ["Riots", "i", ["One"], "Battles"]);
});

test("a record's reports are those of its quotes and claims, each once", async () => {
  const data = await read();
  assert.deepEqual(
    data.incidents.map((incident) => incident.reports.map((report) => report.id)),
    [["r", "s"], ["t", "r"]],
  );
});

test("two reports of one outlet are one source, and a report without an outlet is its own", async () => {
  const data = await read();
  assert.deepEqual(
    data.incidents.map((incident) => incident.outlets),
    [["One"], ["t", "One"]],
  );
});

test("a record without quotations has none", async () => {
  const data = await read();
  assert.deepEqual([data.movements[0].quotes, data.movements[0].reports, data.mentioned[0].outlets], [[], [], []]);
});

test("a zone drawn as its parish is known no finer", async () => {
  assert.equal((await read()).zones[0].place.precision, "parish");
});

test("an avenue has a name and a line", async () => {
  assert.deepEqual((await read()).avenues, [{ name: "A", line: [[10.482, -66.925], [10.484, -66.924]] }]);
});

test("a compressed block reads the same", async () => {
  const packed = gzipSync(JSON.stringify(block())).toString("base64");
  const told = ({ incidents }) => incidents.map(({ id, type, quotes, claims }) => ({ id, type, quotes, claims }));
  assert.deepEqual(told(await readData(packed, "gzip")), told(await read()));
});

test("another schema is refused", async () => {
  await assert.rejects(read({ schema: 1 }), /schema 1, expected 2/);
});
