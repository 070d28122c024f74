import assert from "node:assert/strict";
import { test } from "node:test";
import { bundleFlows, layOut, spreadAngles } from "../../mapper/view/page/scripts/bundles.mjs";
import { isWithin } from "../../mapper/view/page/scripts/flows.mjs";

const place = (id) => ({ id });
const flow = (from, to, via = [], people = 0) => ({
  from: place(from),
  to: place(to),
  people,
  movement: { via: via.map(place) },
});

test("reports of the same way share one arrow", () => {
  const bundles = bundleFlows([flow("a", "b"), flow("a", "c"), flow("a", "b")]);
  assert.deepEqual(
    bundles.map((bundle) => bundle.flows.length),
    [2, 1],
  );
});
test("the way back is another arrow", () => assert.equal(bundleFlows([flow("a", "b"), flow("b", "a")]).length, 2));
test("another waypoint is another arrow", () =>
  assert.equal(bundleFlows([flow("a", "b"), flow("a", "b", ["v"])]).length, 2));

const gaps = (angles) => {
  const sorted = [...angles].sort((a, b) => a - b);
  return sorted.slice(1).map((angle, i) => angle - sorted[i]);
};
test("arrows that set out the same way stand apart", () =>
  assert.ok(Math.min(...gaps(spreadAngles(Array(30).fill(1)))) > 0.1));
test("a fan of thirty stays on its side of the circle", () => {
  const spread = spreadAngles(Array(30).fill(1));
  assert.ok(Math.max(...spread) - Math.min(...spread) <= 3.2);
});
test("arrows that stand apart keep their direction", () => {
  const spread = spreadAngles([0, 2, 4]);
  [0, 2, 4].forEach((angle, i) => assert.ok(Math.abs(Math.sin((spread[i] - angle) / 2)) < 1e-9));
});
test("a fan across the start of the circle is one fan", () => {
  const [a, b] = spreadAngles([0.05, 2 * Math.PI - 0.05]);
  const apart = Math.abs(Math.sin((a - b) / 2));
  assert.ok(apart > 0.14 && apart < 0.2);
});
test("spreading keeps the order around the place", () => {
  const [a, b, c] = spreadAngles([1, 1.01, 1.02]);
  assert.ok(a < b && b < c);
});
test("one arrow alone goes where it wants", () => assert.deepEqual(spreadAngles([0.5]), [0.5]));

const arrow = (from, to, ...stops) => ({ from, to, stops, reach: [17, 6] });
const far = ([ax, ay], [bx, by]) => Math.hypot(ax - bx, ay - by);

test("an arrow starts and ends beside its places, not on them", () => {
  const [path] = layOut([arrow("a", "b", [0, 0], [200, 0])]);
  assert.deepEqual(
    [far(path[0], [0, 0]), far(path[path.length - 1], [200, 0])].map((length) => Math.round(length)),
    [17, 6],
  );
});
test("there and back lie apart", () => {
  const [there, back] = layOut([arrow("a", "b", [0, 0], [200, 0]), arrow("b", "a", [200, 0], [0, 0])]);
  const middle = Math.floor(there.length / 2);
  assert.ok(Math.abs(there[middle][1] - back[middle][1]) > 30);
});
test("thirty arrows of one origin set out from thirty points", () => {
  const paths = layOut(Array.from({ length: 30 }, (_, i) => arrow("a", `b${i}`, [0, 0], [300, i * 4])));
  const starts = new Set(paths.map(([[x, y]]) => `${x.toFixed(1)} ${y.toFixed(1)}`));
  assert.equal(starts.size, 30);
});
test("an arrow passes through its waypoints", () => {
  const [path] = layOut([arrow("a", "b", [0, 0], [100, 80], [200, 0])]);
  assert.ok(Math.min(...path.map((point) => far(point, [100, 80]))) < 0.01);
});
test("an arrow between neighbours is long enough to be seen", () => {
  const [path] = layOut([arrow("a", "b", [0, 0], [8, 0])]);
  const length = path.slice(1).reduce((sum, point, i) => sum + far(point, path[i]), 0);
  assert.ok(length > 20);
});

const square = [
  [0, 0],
  [0, 4],
  [4, 4],
  [4, 0],
];
const hole = [
  [1, 1],
  [1, 3],
  [3, 3],
  [3, 1],
];
test("a point on the land is within", () => assert.equal(isWithin([0.5, 0.5], [[square, hole]]), true));
test("a point beyond the land is not", () => assert.equal(isWithin([5, 2], [[square, hole]]), false));
test("a point in a hole is not", () => assert.equal(isWithin([2, 2], [[square, hole]]), false));
