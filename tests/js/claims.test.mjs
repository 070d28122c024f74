import assert from "node:assert/strict";
import { test } from "node:test";
import { byMeasure, sideBySide, sourcesDiffer } from "../../mapper/view/page/scripts/claims.mjs";

const claim = (measure, value, speaker = "", outlet = "A", rest = {}) => ({
  measure,
  value: value && [...value, "persons"],
  speaker,
  report: { outlet },
  ...rest,
});

test("claims on one measure stand together, victims before those who were sent", () => {
  const claims = [
    claim("deployed", [5, 5, 5]),
    claim("killed", [2, 2, 2]),
    claim("injured", [1, 1, 1]),
    claim("killed", [3, 3, 3]),
  ];
  assert.deepEqual(
    byMeasure(claims).map(([measure, group]) => [measure, group.length]),
    [
      ["killed", 2],
      ["injured", 1],
      ["deployed", 1],
    ],
  );
});

test("a measure that the page does not know still shows", () => {
  assert.deepEqual(
    byMeasure([claim("robbed", null), claim("killed", null)]).map(([measure]) => measure),
    ["killed", "robbed"],
  );
});

test("two sources with other numbers differ", () => {
  assert.equal(
    sourcesDiffer([claim("killed", [22, 22, 22], "minister"), claim("killed", [24, null, null], "monitor")]),
    true,
  );
});

test("an open bound that takes the other number in does not differ", () => {
  assert.equal(
    sourcesDiffer([claim("killed", [24, 24, 24], "minister"), claim("killed", [20, null, null], "monitor")]),
    false,
  );
});

test("a lower bound that is its best number too takes a larger number in", () => {
  assert.equal(
    sourcesDiffer([claim("killed", [24, 24, 24], "minister"), claim("killed", [20, 20, null], "monitor")]),
    false,
  );
});

test("the parts that one source names do not differ from each other", () => {
  assert.equal(
    sourcesDiffer([claim("killed", [22, 22, 22], "minister"), claim("killed", [3, 3, 3], "minister")]),
    false,
  );
});

test("a source is compared by its highest figure, not by its parts", () => {
  const minister = [claim("killed", [3, 3, 3], "minister"), claim("killed", [22, 22, 22], "minister")];
  assert.equal(sourcesDiffer([...minister, claim("killed", [22, 22, 22], "monitor")]), false);
});

test("claims without a number never differ", () => {
  assert.equal(sourcesDiffer([claim("entered", null, "a"), claim("entered", null, "b")]), false);
});

test("the same claim stands once, with every outlet that carries it", () => {
  const both = sideBySide([claim("killed", [2, 2, 2], "x", "A"), claim("killed", [2, 2, 2], "x", "B")]);
  assert.deepEqual(
    both.map(({ outlets }) => [...outlets]),
    [["A", "B"]],
  );
});

test("a claim about other people is another claim", () => {
  const two = [
    claim("killed", [2, 2, 2], "x", "A", { who: "police" }),
    claim("killed", [2, 2, 2], "x", "A", { who: "civilians" }),
  ];
  assert.equal(sideBySide(two).length, 2);
});

test("the highest figure comes first and one without a figure last", () => {
  const sorted = sideBySide([
    claim("killed", null, "a"),
    claim("killed", [3, 3, 3], "b"),
    claim("killed", [9, null, null], "c"),
  ]);
  assert.deepEqual(
    sorted.map(({ speaker }) => speaker),
    ["c", "b", "a"],
  );
});
