import assert from "node:assert/strict";
import { test } from "node:test";
import { applyFilter } from "../../mapper/view/page/scripts/filter.mjs";
import { leftWords, listed, spanOf } from "../../mapper/view/page/scripts/lists.mjs";
import { START } from "../../mapper/view/page/scripts/state.mjs";
import { dateWords, incidentPlaces, toldWords } from "../../mapper/view/page/scripts/words.mjs";
import { words } from "./helpers.mjs";

const [en, es] = [words("en"), words("es")];
const on = (day) => [day, day, "day"];
const incident = (id, when, rest = {}) => ({
  id,
  kind: "incident",
  type: "Battles",
  when,
  places: [],
  outlets: ["A"],
  withheld: [],
  ...rest,
});
const early = incident("early", on("2021-07-01"));
const late = incident("late", on("2021-07-12"), { outlets: ["A", "B"] });
const undated = incident("undated", ["", "", "unknown"]);
const loose = incident("loose", on("2021-07-05"));
const past = incident("past", on("2020-01-01"), { assertion: "past" });
const place = (name) => ({ place: { name }, kind: "zone", shape: "disc" });
const small = { ...place("Antímano"), incidents: [late] };
const large = { ...place("Zamora"), incidents: [early, late, undated] };
const outline = { ...place("Sucre"), shape: "municipality", incidents: [early, late, undated, loose] };
const near = { ...place("Zamora"), shape: "adjacent", incidents: [early] };
const moved = { id: "moved", kind: "movement", when: undefined, from: [], to: [], outlets: ["A"], withheld: ["when"] };
const named = (assertion) => ({ kind: "mentioned", place: { name: assertion }, assertion, outlets: ["A"] });
const data = {
  incidents: [early, late, undated, loose, past],
  zones: [small, outline, large, near],
  marks: [],
  movements: [moved],
  flows: [],
  mentioned: [named("none"), named("threatened")],
};
const left = (patch = {}) => listed(data, applyFilter(data, { ...START, ...patch }));

test("zones with most incidents first, outlines last, neighbours never", () =>
  assert.deepEqual(
    left().zones[0].map(([zone]) => zone),
    [large, small, outline],
  ));
test("a zone counts the incidents left, and goes with the last", () => {
  const [zones, all] = left({ from: "2021-07-10" }).zones;
  assert.deepEqual([zones.map(([zone, some]) => [zone.place.name, some.length]), all], [
    [
      ["Antímano", 1],
      ["Zamora", 1],
      ["Sucre", 1],
    ],
    3,
  ]);
});
test("what filters drop still counts in the whole", () =>
  assert.deepEqual(left({ corroborated: true }).movements, [[], 1]));
test("the undated stand apart while days are chosen", () =>
  assert.deepEqual(left({ from: "2021-07-10" }).undated, [[undated, moved], 2]));
test("and in their own lists while none are", () => assert.deepEqual(left().undated, [[], 0]));
test("earlier events are filtered too", () => assert.deepEqual(left({ from: "2021-07-10" }).earlier, [[], 1]));
test("a reason comes before a bare mention", () =>
  assert.equal(left().mentioned[0][0].assertion, "threatened"));

test("a span goes from the first day to the last, over open ends", () =>
  assert.deepEqual(
    spanOf([late, { when: ["2021-07-05", "", "day"] }, { when: ["", "2021-07-02", "day"] }, { when: undefined }]),
    ["2021-07-02", "2021-07-12", "day"],
  ));
test("a span of undated incidents is none", () => assert.deepEqual(spanOf([undated]), ["", "", "day"]));

test("all left reads as a number", () => assert.equal(leftWords(3, 3, en), "3 incidents"));
test("some left reads as a part", () => assert.equal(leftWords(1, 3, es), "1 de 3 incidentes"));
test("two outlets are said", () => assert.equal(toldWords(late, en), "told by 2 outlets"));
test("one outlet is not", () => assert.equal(toldWords(early, en), ""));
test("a withheld date is no missing date", () => assert.equal(dateWords(moved, es), "fuente reservada"));
test("places that may be shown are, though their field rests on a source at risk", () =>
  assert.equal(incidentPlaces({ places: [{ name: "Catia" }], withheld: ["places"] }, en), "Catia"));
