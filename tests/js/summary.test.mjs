import assert from "node:assert/strict";
import { test } from "node:test";
import { summaryWords } from "../../mapper/view/page/scripts/summary.mjs";
import { words } from "./helpers.mjs";

const w = words("en");
const named = (name) => ({ id: name, name });
const mark = (name) => ({ place: named(name) });
const story = (changes = {}, ends = ["Chacao"]) => {
  const [one, two] = [{ type: "Battles" }, { type: "Riots" }];
  const movement = { people: [12, 12, 12, "persons"] };
  const flows = ends.map((end) => ({ from: named("Petare"), to: named(end), movement }));
  movement.flows = flows;
  const visible = {
    incidents: new Set([one, two]),
    movements: new Set([movement]),
    zones: new Map([[{ shape: "disc" }, [one]]]),
    marks: new Map([
      [mark("Petare"), [one]],
      [mark("Catia"), [one, two]],
    ]),
    flows: new Set(flows),
    ...changes,
  };
  return summaryWords({ flows }, visible, w);
};

test("the summary counts what the map shows", () => assert.match(story(), /1 clash zone, 2 incidents and 1 displacement/));
test("the busiest place comes first", () => assert.match(story(), /Catia \(2\), Petare \(1\)/));
test("who left for where is said with the number", () => assert.match(story(), /Petare → Chacao \(12 people\)/));
test("a number told of two ways is not told as the number of each", () =>
  assert.match(story({}, ["Chacao", "Baruta"]), /Chacao \(12 people in all\); Petare → Baruta \(12 people in all\)/));
test("what the filters hide is not told", () => assert.doesNotMatch(story({ flows: new Set() }), /Chacao/));
test("an empty map still says that no mark is not safety", () =>
  assert.match(story({ incidents: new Set(), zones: new Map(), marks: new Map(), flows: new Set() }), /not mean the area is safe/));
