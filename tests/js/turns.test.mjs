import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { makeTurns } from "../../mapper/view/page/scripts/turns.mjs";

let frames = [];
globalThis.requestAnimationFrame = (work) => frames.push(work);
const frame = () => {
  const now = frames;
  frames = [];
  for (const work of now) work();
};
const steps = (done, ...names) => names.map((name) => () => done.push(name));
beforeEach(() => (frames = []));

test("short work is done at once", () => {
  const done = [];
  makeTurns(false).run(steps(done, "a", "b"));
  assert.deepEqual([done, frames.length], [["a", "b"], 0]);
});

test("long work is done one step a frame", () => {
  const done = [];
  makeTurns(true).run(steps(done, "a", "b"));
  const seen = [[...done]];
  for (let i = 0; i < 3; i += 1) {
    frame();
    seen.push([...done]);
  }
  assert.deepEqual([seen, frames.length], [[[], ["a"], ["a", "b"], ["a", "b"]], 0]);
});

test("a step that is asked for again is done once, in its new place", () => {
  const done = [];
  const [a, b, c] = steps(done, "a", "b", "c");
  const turns = makeTurns(true);
  turns.run([a, b, c]);
  frame();
  turns.run([a, c]);
  for (let i = 0; i < 4; i += 1) frame();
  assert.deepEqual(done, ["a", "a", "c", "b"]);
});

test("a step for later comes after all others", () => {
  const done = [];
  const [a, b] = steps(done, "a", "b");
  const turns = makeTurns(true);
  turns.later(b);
  turns.run([a]);
  frame();
  frame();
  assert.deepEqual(done, ["a", "b"]);
});

test("what waits can be finished at once, also what a step adds", () => {
  const done = [];
  const turns = makeTurns(true);
  turns.run([() => turns.later(() => done.push("later")), ...steps(done, "a")]);
  turns.finish();
  assert.deepEqual(done, ["a", "later"]);
});

test("whether anything waits is told", () => {
  const told = [];
  const turns = makeTurns(true, (waits) => told.push(waits));
  turns.run([() => turns.later(() => told.push("later"))]);
  frame();
  frame();
  assert.deepEqual(told.filter((one, i) => one !== told[i - 1]), [true, "later", false]);
});
