import assert from "node:assert/strict";
import { test } from "node:test";
import { applyFilter, countChoices, countFilters, tally, UNSTATED } from "../../mapper/view/page/scripts/filter.mjs";
import { choicesOf, CLEARED, filterWords } from "../../mapper/view/page/scripts/filters.mjs";
import { START } from "../../mapper/view/page/scripts/state.mjs";
import { words } from "./helpers.mjs";

const en = words("en");
const barrio = { id: "b", precision: "barrio" };
const parish = { id: "p", precision: "parish" };
const record = (id, kind, rest) => ({
  id,
  kind,
  when: ["2021-07-09", "2021-07-09", "day"],
  assertion: "none",
  outlets: ["A"],
  withheld: [],
  ...rest,
});
const battle = record("battle", "incident", { type: "Battles", places: [barrio], outlets: ["A", "B"] });
const riot = record("riot", "incident", { type: "Riots", places: [parish], when: ["2021-07-12", "2021-07-14", "day"] });
const noDay = ["", "", "unknown"];
const undated = record("undated", "incident", { type: "Battles", places: [], outlets: ["B"], when: noDay });
const threat = record("threat", "incident", { type: "Battles", places: [barrio], assertion: "threatened" });
const moved = record("moved", "movement", { from: [barrio], to: [parish] });
const secret = record("secret", "movement", { from: [], to: [], when: undefined, withheld: ["when", "from", "to"] });
const named = { kind: "mentioned", place: parish, assertion: "denied", outlets: ["B"] };
const zone = { kind: "zone", incidents: [battle, undated] };
const data = {
  incidents: [battle, riot, undated, threat],
  movements: [moved, secret],
  flows: [{ movement: moved }],
  zones: [zone, { kind: "zone", incidents: [riot] }],
  marks: [{ kind: "mark", incidents: [riot] }],
  mentioned: [named],
  reports: [{ id: "1", outlet: "A" }],
};
const left = (patch) => {
  const visible = applyFilter(data, { ...START, ...patch });
  return [...visible.incidents, ...visible.movements].map((item) => item.id);
};

test("without filters everything stays", () =>
  assert.deepEqual(left({}), ["battle", "riot", "undated", "threat", "moved", "secret"]));
test("types leave movements alone", () =>
  assert.deepEqual(left({ types: ["Riots"] }), ["riot", "moved", "secret"]));
test("a source leaves what it tells, with others or alone", () =>
  assert.deepEqual(left({ outlets: ["B"] }), ["battle", "undated"]));
test("precision is that of any place of a record", () =>
  assert.deepEqual(left({ precisions: ["parish"] }), ["riot", "moved"]));
test("what states no place can be chosen too", () =>
  assert.deepEqual(left({ precisions: [UNSTATED] }), ["undated", "secret"]));
test("assertion", () => assert.deepEqual(left({ assertions: ["threatened"] }), ["threat"]));
test("corroboration asks for two outlets", () => assert.deepEqual(left({ corroborated: true }), ["battle"]));
test("values of one group add up, groups narrow each other", () =>
  assert.deepEqual(left({ types: ["Battles", "Riots"], precisions: ["parish"], outlets: ["A"] }), ["riot", "moved"]));
test("a value that no record has leaves nothing of it", () =>
  assert.deepEqual(left({ types: ["__proto__"] }), ["moved", "secret"]));

test("a day is in a narrowed time if the event touches it", () =>
  assert.deepEqual(left({ from: "2021-07-13", to: "2021-07-13" }), ["riot"]));
test("both ends are included", () =>
  assert.deepEqual(left({ from: "2021-07-09", to: "2021-07-09" }), ["battle", "threat", "moved"]));
test("one end may stay open", () => assert.deepEqual(left({ from: "2021-07-10" }), ["riot"]));
test("the undated are set apart by a narrowed time, not dropped", () =>
  assert.deepEqual(
    applyFilter(data, { ...START, from: "2021-07-10" }).undated.map((item) => item.id),
    ["undated", "secret"],
  ));
test("the undated that another filter drops are not set apart", () =>
  assert.deepEqual(applyFilter(data, { ...START, from: "2021-07-10", corroborated: true }).undated, []));
test("anyDay is what the other filters leave", () =>
  assert.deepEqual(
    applyFilter(data, { ...START, from: "2021-07-10", types: ["Battles"] }).anyDay.map((item) => item.id),
    ["battle", "undated", "threat"],
  ));

test("a zone keeps the incidents left, and goes with the last", () => {
  const { zones } = applyFilter(data, { ...START, outlets: ["A"] });
  assert.deepEqual(
    [...zones].map(([, incidents]) => incidents.map((item) => item.id)),
    [["battle"], ["riot"]],
  );
  assert.equal(applyFilter(data, { ...START, corroborated: true }).zones.size, 1);
});
test("arrows go with their movement", () =>
  assert.equal(applyFilter(data, { ...START, precisions: ["vague"] }).flows.size, 0));
test("mentioned places follow source, precision and assertion", () => {
  const stays = (patch) => applyFilter(data, { ...START, ...patch }).mentioned.size;
  const dropping = [{ outlets: ["A"] }, { precisions: ["barrio"] }, { assertions: ["none"] }];
  assert.deepEqual([...dropping, { types: ["x"] }, { corroborated: true }].map(stays), [0, 0, 0, 1, 1]);
});

const choices = (patch, group) => Object.fromEntries(countChoices(data, { ...START, ...patch })[group]);
test("a choice counts what it would leave, its own group aside", () =>
  assert.deepEqual(choices({ types: ["Riots"] }, "types"), { Battles: 3, Riots: 1 }));
test("a choice counts under the other filters", () =>
  assert.deepEqual(choices({ types: ["Riots"] }, "precisions"), { barrio: 1, parish: 3, [UNSTATED]: 1 }));
test("a choice counts under the chosen days", () =>
  assert.deepEqual(choices({ from: "2021-07-10" }, "types"), { Battles: 0, Riots: 1 }));
test("each count is what choosing really leaves", () => {
  for (const group of ["types", "outlets", "precisions", "assertions"])
    for (const [value, n] of Object.entries(choices({ from: "2021-07-09" }, group))) {
      const visible = applyFilter(data, { ...START, from: "2021-07-09", [group]: [value] });
      const total = visible.incidents.size + (group === "types" ? 0 : visible.movements.size + visible.mentioned.size);
      assert.equal(n, total, `${group} ${value}`);
    }
});
test("a record counts once for a choice, however many of its places it fits", () => {
  const twice = record("twice", "movement", { from: [barrio], to: [barrio] });
  const counts = countChoices({ ...data, incidents: [], movements: [twice], mentioned: [] }, START);
  assert.equal(counts.precisions.get("barrio"), 1);
});
test("a chosen value that no record has is still listed", () =>
  assert.equal(countChoices(data, { ...START, types: ["gone"] }).types.get("gone"), 0));
test("corroborated ones are counted", () => assert.equal(countChoices(data, START).corroborated, 1));
test("types stand gravest first, sources by how much they tell", () => {
  const counts = countChoices(data, START);
  assert.deepEqual(choicesOf("types", counts.types).map(([value]) => value), ["Battles", "Riots"]);
  assert.deepEqual(choicesOf("outlets", counts.outlets).map(([value]) => value), ["A", "B"]);
});

test("a tally tells incidents from threats and denials", () =>
  assert.deepEqual(tally(data, applyFilter(data, { ...START, types: ["Battles"] })), {
    incidents: [2, 3],
    movements: [2, 2],
    aside: [1, 1],
    mentioned: [1, 1],
  }));
test("filters in force are counted by group", () =>
  assert.equal(countFilters({ ...START, types: ["a", "b"], corroborated: true, from: "2021-07-01" }), 2));

const sentence = (patch) => {
  const state = { ...START, ...patch };
  return filterWords(data, state, applyFilter(data, state), en);
};
test("nothing is said where nothing is filtered", () => assert.equal(sentence({}), ""));
test("filters are said with what they leave", () =>
  assert.equal(
    sentence({ types: ["Battles"], corroborated: true }),
    "Filtered by event type and two or more outlets: 1 of 3 incidents, 0 of 2 displacements, " +
      "0 of 1 denied, rumoured, threatened or earlier event.",
  ));
test("chosen days are said, and the undated apart", () =>
  assert.match(sentence({ from: "2021-07-10" }), /^Filtered by days: 1 of 3 incidents.*\. 2 without a date or with it withheld: listed apart/));
test("clearing takes away time as well, and nothing else", () =>
  assert.deepEqual(Object.keys(CLEARED).sort(), [
    "assertions",
    "corroborated",
    "from",
    "outlets",
    "precisions",
    "to",
    "types",
  ]));
