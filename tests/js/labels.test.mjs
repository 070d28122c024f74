import assert from "node:assert/strict";
import { test } from "node:test";
import { placeLabels } from "../../mapper/view/page/scripts/labels.mjs";

const view = { w: 300, h: 200 };
const label = (text, rest = {}) => ({ text, x: 150, y: 100, w: 60, h: 14, gap: 0, priority: 1, ...rest });
const wall = (rest = {}) => ({ x: 100, y: 80, w: 100, h: 40, ...rest });
const texts = (labels, obstacles) => placeLabels(labels, obstacles, view).map((placed) => placed.label.text);

test("a label keeps off what is drawn", () => assert.deepEqual(texts([label("a")], [wall()]), []));
test("an ordinary label keeps off an arrow's line too", () =>
  assert.deepEqual(texts([label("a")], [wall({ soft: true })]), []));
test("a name may cross an arrow's line", () =>
  assert.deepEqual(texts([label("a", { over: true })], [wall({ soft: true })]), ["a"]));
test("a number may cross its own arrow's line", () =>
  assert.deepEqual(texts([label("12", { over: "a>b" })], [wall({ soft: "a>b" })]), ["12"]));
test("a number keeps off another arrow's line, whose it would seem to be", () =>
  assert.deepEqual(texts([label("12", { over: "a>b" })], [wall({ soft: "a>c" })]), []));
test("a name keeps off a symbol", () => assert.deepEqual(texts([label("a", { over: true })], [wall()]), []));
test("a name takes a free place before it crosses a line", () => {
  const near = { x: 150, y: 90, w: 140, h: 20, soft: true };
  const [{ box }] = placeLabels([label("a", { over: true, gap: 8 })], [near], view);
  assert.ok(box.x + box.w < 150 || box.y > 110 || box.y + box.h < 90);
});
test("a label with several spots takes the first that is free", () => {
  const spots = [
    { x: 150, y: 100 },
    { x: 50, y: 30 },
  ];
  const [{ box }] = placeLabels([label("a", { spots })], [wall()], view);
  assert.equal(box.x, 20);
});
test("a name at the edge moves in where it stands above or below", () => {
  const [{ box }] = placeLabels([label("a", { x: 290, gap: 8 })], [wall({ x: 200, y: 94, w: 82, h: 40 })], view);
  assert.deepEqual([box.x, box.y < 86], [236, true]);
});
test("what stands again is not a name: twelve families may leave two places", () => {
  const pair = [label("12", { again: true }), label("12", { again: true, x: 50, y: 30 })];
  assert.deepEqual(texts(pair, []), ["12", "12"]);
});
test("of six hundred labels in one view none overlap", () => {
  const many = Array.from({ length: 600 }, (_, i) => label(`n${i}`, { x: (i * 37) % 300, y: (i * 53) % 200, gap: 6 }));
  const boxes = placeLabels(many, [], view).map(({ box }) => box);
  const clash = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
  assert.equal(boxes.some((a, i) => boxes.slice(i + 1).some((b) => clash(a, b))), false);
});
const leading = (obstacles) => placeLabels([label("12", { spots: [{ x: 150, y: 100 }], over: "a>b", led: true })], obstacles, view);
const OWN = wall({ x: 145, y: 90, w: 10, h: 20, soft: "a>b" });
const ROUND = [wall({ x: 120, y: 60, w: 24, h: 80 }), wall({ x: 156, y: 60, w: 24, h: 80 })];
test("a number without room at its arrow stands apart, at the end of a line from it", () => {
  const [{ box, lead }] = leading([OWN, wall({ x: 125, y: 85, w: 18, h: 30 }), wall({ x: 157, y: 85, w: 18, h: 30 })]);
  const [ax, ay, bx, by] = lead;
  const ends = bx >= box.x && bx <= box.x + box.w && by >= box.y && by <= box.y + box.h;
  assert.deepEqual([ax, ay, ends], [150, 100, true]);
});
test("its line crosses no other arrow: the number would seem to belong to it", () => {
  const others = [...ROUND, wall({ x: 120, y: 76, w: 60, h: 4, soft: "c>d" }), wall({ x: 120, y: 120, w: 60, h: 4, soft: "c>d" })];
  assert.deepEqual([leading([OWN, ...ROUND]).length, leading([OWN, ...others]).length], [1, 0]);
});
