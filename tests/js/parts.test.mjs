import assert from "node:assert/strict";
import { test } from "node:test";
import { arrowHead, arrowWidth, trimEnd } from "../../mapper/view/page/scripts/arrows.mjs";
import { scaleStep } from "../../mapper/view/page/scripts/controls.mjs";
import { safeAddress, splitMarks } from "../../mapper/view/page/scripts/dom.mjs";
import { notices } from "../../mapper/view/page/scripts/head.mjs";
import { placeLabels, wrapName } from "../../mapper/view/page/scripts/labels.mjs";
import { counts, sortIncidents } from "../../mapper/view/page/scripts/lists.mjs";
import { gravest } from "../../mapper/view/page/scripts/signs.mjs";
import { words } from "./helpers.mjs";

for (const address of [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "data:text/html,x",
  "//example.org",
  "vbscript:x",
  "file:///etc/passwd",
  "https://user:pass@example.org",
  "http://",
  "",
  "__proto__",
  undefined,
]) {
  test(`no link for ${JSON.stringify(address)}`, () => assert.equal(safeAddress(address), null));
}
test("a web address stays a link", () =>
  assert.equal(safeAddress("https://example.org/a?b=1"), "https://example.org/a?b=1"));

test("highlights count code points, as Python does", () => {
  assert.deepEqual(splitMarks("🐆 fled", [[2, 6]]), [
    ["🐆 ", false],
    ["fled", true],
  ]);
});
test("overlapping and outlying highlights lose no words", () => {
  const parts = splitMarks("abcdef", [
    [3, 99],
    [1, 4],
    [-5, 0],
  ]);
  assert.equal(parts.map(([text]) => text).join(""), "abcdef");
});

test("width grows with persons, and is thin where their number is unknown", () => {
  assert.ok(arrowWidth(4000) > arrowWidth(40));
  assert.equal(arrowWidth(null), 3);
});
test("trimming keeps the start and shortens the end", () =>
  assert.deepEqual(
    trimEnd(
      [
        [0, 0],
        [10, 0],
        [20, 0],
      ],
      12,
    ),
    [
      [0, 0],
      [8, 0],
    ],
  ));
test("the head's tip is the path's end", () =>
  assert.deepEqual(
    arrowHead(
      [
        [0, 0],
        [100, 0],
      ],
      4,
    )[0],
    [100, 0],
  ));
test("a path shorter than its head still has one", () =>
  assert.equal(
    arrowHead(
      [
        [0, 0],
        [1, 1],
      ],
      12,
    )
      .flat()
      .every(Number.isFinite),
    true,
  ));

const label = (text, x, priority, gap = 0) => ({ text, x, y: 50, w: 40, h: 10, gap, priority });
const view = { w: 200, h: 100 };
test("of two colliding labels the more important stays", () => {
  assert.deepEqual(
    placeLabels([label("a", 100, 1), label("b", 110, 2)], [], view).map((item) => item.label.text),
    ["b"],
  );
});
test("a label with a gap moves aside of an obstacle", () => {
  const [placed] = placeLabels([label("a", 100, 1, 8)], [{ x: 105, y: 40, w: 60, h: 20 }], view);
  assert.ok(placed.box.x + placed.box.w <= 100);
});
test("a name stands once", () =>
  assert.equal(placeLabels([label("El Valle", 40, 1), label("El Valle", 150, 2)], [], view).length, 1));
test("a label outside the view is left out", () => assert.equal(placeLabels([label("a", -50, 1)], [], view).length, 0));
test("names wrap at spaces", () =>
  assert.deepEqual(wrapName("Nuestra Señora del Rosario de Baruta", 14), [
    "Nuestra Señora",
    "del Rosario de",
    "Baruta",
  ]));

test("the scale bar is a round length that fits", () =>
  assert.deepEqual(scaleStep(10, 110), { length: 1000, width: 100 }));
test("the gravest type gives a place its symbol", () =>
  assert.equal(gravest([{ type: "Protests" }, { type: "Battles" }, { type: "?" }]).type, "Battles"));

test("outlines of neighbours and municipalities count as no zone", () => {
  const zones = ["disc", "adjacent", "municipality"].map((shape) => ({ shape, incidents: [] }));
  assert.equal(counts({ zones, incidents: [{ assertion: "past" }, {}], movements: [], reports: [] }).zones, 1);
});
test("every incident stands in a zone, a list of its own or the earlier events", () => {
  const [inZone, other, past] = [{ id: 1 }, { id: 2 }, { id: 3, assertion: "past" }];
  const sorted = sortIncidents({ zones: [{ incidents: [inZone] }], incidents: [inZone, other, past] });
  assert.deepEqual(sorted, { others: [other], earlier: [past] });
});

const now = Date.UTC(2021, 6, 15);
test("a map older than three days says how old", () =>
  assert.match(notices({ through: "2021-07-11" }, words("en"), { now, strict: true })[1], /4 days/));
test("a fresh map says only that nobody reviewed it", () =>
  assert.deepEqual(notices({ through: "2021-07-12" }, words("en"), { now, strict: true }), [words("en").t("unreviewed")]));
test("examples and notebook pages say what they are", () =>
  assert.equal(notices({ through: "", example: true }, words("es"), { now, strict: false }).length, 3));
