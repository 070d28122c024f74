// What a first reader stumbled over, where no browser is needed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { judgedWords, newsOf, reviewWords } from "../../mapper/view/page/scripts/changes.mjs";
import { summaryWords } from "../../mapper/view/page/scripts/summary.mjs";
import { words } from "./helpers.mjs";

const es = words("es");
const records = (...reviewed) => ({ incidents: reviewed.map((done) => ({ reviewed: done })), movements: [] });

test("what an analyst set right is named in the page's language", () =>
  assert.equal(judgedWords("killed: registro judicial", es), "muertos: registro judicial"));
test("a record that an analyst added says that no program read it", () =>
  assert.equal(judgedWords("added: radio: live", es), "agregado, no leído por el programa: radio: live"));
test("so it is where no reason is given", () => assert.equal(judgedWords("injured", es), "heridos"));
test("households are not called people", () => assert.equal(judgedWords("households: x", es), "hogares: x"));
test("any other reason stands as it was written", () =>
  assert.equal(judgedWords("court record: page 3", es), "court record: page 3"));

test("a map of which some is reviewed says how much", () =>
  assert.match(reviewWords(records(true, false, false), words("en")), /Of the 3 records here 1 reviewed, 2 not/));
test("a map that nobody reviewed says so", () =>
  assert.equal(reviewWords(records(false), es), es.t("unreviewed")));
test("a map that is reviewed throughout does not call itself unreviewed", () =>
  assert.equal(reviewWords(records(true), es), es.t("review.all")));

test("a page that holds only some of the records says how many were reviewed of all", () => {
  const data = { ...records(false), info: { review: { all: 9, done: 4 } } };
  assert.match(reviewWords(data, words("en")), /Of the 9 records here 4 reviewed, 5 not/);
});

const fresh = { id: "n", news: "new" };
const told = (...left) => ({ incidents: new Set(left), movements: new Set(), undated: [] });
const changed = { incidents: [fresh, { id: "old" }], movements: [], info: { changes: { gone: [{ id: "g" }] } } };
test("what changed is listed with what is gone", () =>
  assert.deepEqual(newsOf(changed, told(fresh)), [[fresh, { gone: { id: "g" } }], 2]));
test("what a filter takes away is not listed as changed, but counted; what is gone stays", () =>
  assert.deepEqual(newsOf(changed, told()), [[{ gone: { id: "g" } }], 2]));
test("a changed record without a day stays with the undated", () =>
  assert.equal(newsOf(changed, { ...told(), undated: [fresh] })[0].length, 2));

test("the map in words counts no displacement that was denied", () => {
  const visible = { incidents: new Set(), zones: new Map(), marks: new Map(), flows: new Set() };
  const movements = new Set([{ assertion: "none" }, { assertion: "denied" }]);
  assert.match(summaryWords({ flows: [] }, { ...visible, movements }, words("en")), /and 1 displacement\./);
});
