import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenWords, wrapLines } from "../../mapper/view/page/scripts/picture.mjs";
import { START } from "../../mapper/view/page/scripts/state.mjs";
import { legalText, splitColour } from "../../mapper/view/page/scripts/svgcopy.mjs";
import { words } from "./helpers.mjs";

const w = words("en");
const data = { zones: [{}], marks: [{}], flows: [{}], reports: [{ outlet: "El Correo" }] };
const signs = (line) => Array.from(line).length;

test("a colour and its transparency come apart, as other programs need them", () => {
  assert.deepEqual(splitColour("rgba(24, 30, 36, 0.92)"), ["rgb(24, 30, 36)", 0.92]);
});

test("an opaque colour stays", () => {
  assert.deepEqual(splitColour("rgb(213, 94, 0)"), ["rgb(213, 94, 0)", 1]);
});

test("a mixed colour becomes plain", () => {
  assert.deepEqual(splitColour("color(srgb 1 0.5 0 / 0.25)"), ["rgb(255, 128, 0)", 0.25]);
});

test("an invisible colour is none", () => {
  assert.deepEqual(
    ["rgba(0, 0, 0, 0)", "none", "transparent"].map((colour) => splitColour(colour)[0]),
    ["none", "none", "none"],
  );
});

test("what XML cannot hold is left out", () => {
  assert.equal(legalText(`a\u0000\u0008b\ufffe\tc`), "ab\tc");
});

test("half a surrogate pair becomes a replacement character", () => {
  assert.equal(legalText(`x${String.fromCharCode(0xdc00)}`), "x\ufffd");
});

test("lines are no wider than they may be", () => {
  assert.deepEqual(wrapLines("one two three four", 9, signs), ["one two", "three", "four"]);
});

test("a word wider than the line is cut, never lost", () => {
  assert.equal(wrapLines("a bbbbbbbbbbbb c", 5, signs).join("").replaceAll(" ", ""), "abbbbbbbbbbbbc");
});

test("no words make no line", () => {
  assert.deepEqual(wrapLines("  ", 5, signs), []);
});

test("nothing chosen is nothing to say", () => {
  assert.equal(chosenWords(data, { ...START }, w), "");
});

test("the chosen days, filters and hidden layers are said", () => {
  const state = {
    ...START,
    from: "2021-07-08",
    to: "2021-07-10",
    types: ["Battles"],
    outlets: ["El Correo"],
    hidden: ["flows"],
  };
  const said = chosenWords(data, { ...state, corroborated: true }, w);
  assert.deepEqual(said.split(" · "), [
    w.range("2021-07-08", "2021-07-10"),
    "Battles",
    "El Correo",
    "told by two outlets or more",
    "not shown: Displacement (origin → destination)",
  ]);
});

test("one chosen day is said once", () => {
  assert.equal(chosenWords(data, { ...START, from: "2021-07-08", to: "2021-07-08" }, w), "July 8, 2021");
});

test("an open range says since", () => {
  assert.equal(chosenWords(data, { ...START, from: "2021-07-08" }, w), "since July 8, 2021");
});
