import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gravest, stepOf } from "../../mapper/view/page/scripts/signs.mjs";

for (const [count, step] of [
  [1, 0],
  [2, 1],
  [3, 1],
  [4, 2],
  [400, 2],
]) {
  test(`${count} events are step ${step}`, () => assert.equal(stepOf(count), step));
}
test("of two of the same type the first stands", () => {
  const [a, b] = [{ type: "Riots" }, { type: "Riots" }];
  assert.equal(gravest([a, b]), a);
});

// --- contrast of what is written on the map, against all it may lie on (WCAG 2, level AA) ---

const css = readFileSync(new URL("../../mapper/view/page/styles/base.css", import.meta.url), "utf8");
const blocks = [...css.matchAll(/:root \{([^}]*)\}/g)].map((match) =>
  Object.fromEntries([...match[1].matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value])),
);
const schemes = { light: blocks[0], dark: { ...blocks[0], ...blocks[1] } };

function luminance(hex) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

for (const [scheme, colours] of Object.entries(schemes)) {
  for (const ink of ["ink", "map-ink", "clash-ink", "flow-ink", "quiet"]) {
    for (const ground of ["land", "outside"]) {
      test(`${scheme}: ${ink} can be read on ${ground}`, () =>
        assert.ok(contrast(colours[ink], colours[ground]) >= 4.5, contrast(colours[ink], colours[ground]).toFixed(2)));
    }
  }
  for (const ground of ["zone-1", "zone-2", "zone-3", "hatch"]) {
    test(`${scheme}: a name can be read on ${ground}`, () =>
      assert.ok(contrast(colours.ink, colours[ground]) >= 4.5, contrast(colours.ink, colours[ground]).toFixed(2)));
  }
  test(`${scheme}: each step of a zone differs from the one before and from the land`, () => {
    const steps = ["land", "zone-1", "zone-2", "zone-3"].map((name) => colours[name]);
    for (const [i, step] of steps.slice(1).entries()) assert.ok(contrast(step, steps[i]) > 1.2, `step ${i + 1}`);
  });
  for (const sign of ["clash", "flow"]) {
    test(`${scheme}: ${sign} stands out from the land`, () =>
      assert.ok(contrast(colours[sign], colours.land) >= 3, contrast(colours[sign], colours.land).toFixed(2)));
  }
}
