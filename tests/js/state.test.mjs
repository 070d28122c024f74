import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeState, encodeState, keyOf, makeState, recordOf, START } from "../../mapper/view/page/scripts/state.mjs";

// A small generator with a seed, so that a failure comes back.
function dice(seed) {
  let now = seed;
  return (sides) => {
    now = (Math.imul(now, 1664525) + 1013904223) >>> 0;
    return now % sides;
  };
}

const SIGNS = ["a", "é", "|", "~", "~0", "/", "#", "&", "=", "%", "%E0", "+", " ", "«", "🐆", "<", "__proto__"];

function anyState(seed) {
  const roll = dice(seed);
  const word = () => Array.from({ length: 1 + roll(6) }, () => SIGNS[roll(SIGNS.length)]).join("");
  const list = () => [...new Set(Array.from({ length: roll(4) }, word))];
  const day = () => `20${10 + roll(20)}-${10 + roll(3)}-${10 + roll(18)}`;
  const [from, to] = [day(), day()].sort();
  return {
    view: ["map", "table"][roll(2)],
    at: roll(2) ? [roll(1900) / 100, roll(9000) / 100, -roll(18000) / 100] : null,
    from: roll(2) ? from : "",
    to: roll(2) ? to : "",
    types: list(),
    outlets: list(),
    precisions: list(),
    assertions: list(),
    corroborated: Boolean(roll(2)),
    hidden: list(),
    selected: roll(2) ? word() : "",
    q: roll(2) ? word() : "",
    lang: roll(2) ? "es" : "",
  };
}

test("any state comes back from its address", () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const state = anyState(seed);
    assert.deepEqual({ ...START, ...decodeState(`#${encodeState(state)}`) }, state, `seed ${seed}`);
  }
});

test("the first state has no address", () => assert.equal(encodeState(START), ""));

test("an address comes back from its state", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const hash = encodeState(anyState(seed));
    assert.equal(encodeState({ ...START, ...decodeState(hash) }), hash, `seed ${seed}`);
  }
});

for (const [hash, state] of [
  ["#at=NaN/1/2", {}],
  ["#at=1/2", {}],
  ["#at=//", {}],
  ["#at=1e9/10/-66", {}],
  ["#at=12/91/-66", {}],
  ["#at=12/10.5/-66.9", { at: [12, 10.5, -66.9] }],
  ["#from=2021-02-30", {}],
  ["#from=2021-13-01&to=today", {}],
  ["#from=2021-07-10&to=2021-07-01", { from: "2021-07-01", to: "2021-07-10" }],
  ["#view=__proto__", {}],
  ["#types=__proto__", { types: ["__proto__"] }],
  ["#types=a|a||b", { types: ["a", "b"] }],
  ["#__proto__=1&constructor=2", {}],
  ["#corroborated=yes", { corroborated: false }],
  ["#q=%E0%A4%A", { q: "\ufffd%A" }],
  ["%%%", {}],
])
  test(`what ${hash} can mean`, () => assert.deepEqual(decodeState(hash), state));

test("an address changes no prototype", () => {
  decodeState("#__proto__=1&types=__proto__|constructor&selected=__proto__:x");
  assert.equal({}.types, undefined);
});

test("a very long address stays small", () => {
  const state = decodeState(`#q=${"x".repeat(1e6)}`);
  assert.equal(state.q.length, 500);
});
test("what stands far out in an address is not read", () =>
  assert.deepEqual(decodeState(`#x=${"y".repeat(30_000)}&q=late`), {}));
test("a very long list stays small", () => {
  const values = Array.from({ length: 1e5 }, (_, i) => i).join("|");
  assert.ok(decodeState(`#types=${values}`).types.length <= 500);
});

test("listeners hear only of what changed", () => {
  const heard = [];
  const state = makeState();
  state.on((_now, changed) => heard.push([...changed]));
  state.set({ from: "2021-07-01", to: "" });
  state.set({ from: "2021-07-01" });
  assert.deepEqual(heard, [["from"]]);
});

const data = { zones: [{ kind: "zone", id: "z" }], marks: [], incidents: [], movements: [], mentioned: [] };
test("a record is found by its name", () => assert.equal(recordOf(keyOf(data.zones[0]), data), data.zones[0]));
for (const key of ["", "zone:", "zone", "__proto__:x", "constructor:name", "zone:none"])
  test(`no record is called ${JSON.stringify(key)}`, () => assert.equal(recordOf(key, data), undefined));
