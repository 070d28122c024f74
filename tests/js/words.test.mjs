import assert from "node:assert/strict";
import { test } from "node:test";
import {
  actorWords,
  claimWords,
  estimateWords,
  newestFirst,
  peopleWords,
  precisionWords,
  routeWords,
  speakerWords,
  whenWords,
} from "../../mapper/view/page/scripts/words.mjs";
import { daysBetween } from "../../mapper/view/page/scripts/i18n.mjs";
import { catalogues, words } from "./helpers.mjs";

const [es, en] = [words("es"), words("en")];

test("both languages have the same keys", () => {
  assert.deepEqual(Object.keys(catalogues.es).sort(), Object.keys(catalogues.en).sort());
});

test("both languages use the same facts in each sentence", () => {
  const facts = (sentence) => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  for (const key of Object.keys(catalogues.es))
    assert.deepEqual(facts(catalogues.es[key]), facts(catalogues.en[key]), key);
});

test("a day is written in the reader's language", () => {
  assert.equal(es.day("2021-07-09"), "9 de julio de 2021");
  assert.equal(en.day("2021-07-09"), "July 9, 2021");
});

test("what is no date stays as it came", () => {
  assert.equal(es.day("2021-99-99"), "2021-99-99");
  assert.equal(es.day("<b>"), "<b>");
});

test("an undated record says so", () => assert.equal(whenWords(["", "", "unknown"], es), "sin fecha"));
test("a missing date says so", () => assert.equal(whenWords(undefined, en), "undated"));
test("an open start says until", () => assert.equal(whenWords(["", "2021-07-11", "day"], en), "until July 11, 2021"));
test("an open end says since", () =>
  assert.equal(whenWords(["2021-07-07", "", "day"], es), "desde el 7 de julio de 2021"));
test("a month's precision is said", () =>
  assert.match(whenWords(["2021-07-01", "2021-07-31", "month"], en), /known to the month/));
test("a range that runs backwards is shown as given", () =>
  assert.equal(whenWords(["2021-07-11", "2021-07-01", "day"], en), "2021-07-11 – 2021-07-01"));

test("a bound is never turned into a number", () => {
  assert.equal(estimateWords([24, null, null, ""], en), "at least 24");
  assert.equal(estimateWords([null, null, 9, ""], es), "como máximo 9");
  assert.equal(estimateWords([3, null, 5, ""], en), "between 3 and 5");
  assert.equal(estimateWords(null, en), "unknown");
});

test("a best number is said with what bounds it", () => {
  assert.equal(estimateWords([22, 24, null, ""], en), "24 (at least 22)");
  assert.equal(estimateWords([22, 24, null, ""], es), "24 (al menos 22)");
  assert.equal(estimateWords([null, 24, 30, ""], en), "24 (at most 30)");
  assert.equal(estimateWords([22, 24, 30, ""], en), "24 (22–30)");
});

test("at least 24 stays a bound where 24 is the best number too", () =>
  assert.equal(estimateWords([24, 24, null, ""], en), "at least 24"));

test("zero is a number", () => assert.equal(estimateWords([0, 0, 0, ""], en), "0"));
test("families stay families", () => {
  assert.equal(peopleWords({ people: null, households: [40, null, null, "families"] }, es), "al menos 40 familias");
  assert.equal(peopleWords({ people: null, households: [12, 12, 12, "families"] }, en), "12 families");
});
test("families and persons are told side by side", () => {
  const both = { people: [150, 150, 150, "persons"], households: [40, 40, 40, "families"] };
  assert.equal(peopleWords(both, es), "40 familias, 150 personas");
  assert.equal(peopleWords(both, en), "40 families, 150 people");
});
test("nobody counted is a number unknown", () =>
  assert.equal(peopleWords({ people: null, households: null }, es), "número desconocido"));
test("an unknown unit is shown as reported", () =>
  assert.equal(peopleWords({ people: [3, 3, 3, "carretas"], households: null }, es), "3 carretas"));
test("large numbers are grouped as the language does", () =>
  assert.equal(en.number(3110) + es.number(3110), "3,1103.110"));

test("one of them is singular", () => {
  assert.equal(claimWords({ measure: "killed", value: [1, 1, 1, ""] }, es), "1 muerto");
  assert.equal(claimWords({ measure: "killed", value: [2, 2, 2, ""] }, es), "2 muertos");
});

test("a dated entry reads as an event", () => {
  assert.equal(
    claimWords({ measure: "entered", when: ["2021-07-09", "2021-07-09", "day"] }, en),
    "entered by state forces · July 9, 2021",
  );
});

test("a withheld claim never names its speaker", () => {
  assert.equal(speakerWords({ withheld: true, speaker: "someone" }, en), "source withheld");
});

test("precision in words, with metres only where a place was named", () => {
  assert.equal(
    precisionWords({ precision: "barrio", class: "sector", uncertainty: 300 }, es),
    "barrio nombrado, ±\u00a0300\u00a0m",
  );
  assert.equal(precisionWords({ precision: "parish", uncertainty: 3000 }, en), "located to the parish");
});

test("a missing end is said, not invented", () => {
  const movement = { from: [{ name: "Cota 905" }], to: [], withheld: [] };
  assert.equal(routeWords(movement, en), "Cota 905 → destination not stated");
});

test("a withheld end reads withheld", () => {
  assert.match(routeWords({ from: [], to: [], withheld: ["to"] }, es), /origen no indicado → fuente reservada/);
});

test("a movement inside one area has no arrow from it to itself", () => {
  const [valle, coche] = [
    { id: "v", name: "El Valle" },
    { id: "c", name: "Coche" },
  ];
  const route = (from, to) => routeWords({ from, to, withheld: [] }, en);
  assert.equal(route([valle], [valle]), "within El Valle");
  assert.equal(route([valle, coche], [coche, valle]), "within El Valle, Coche");
  assert.equal(route([valle, coche], [coche]), "El Valle, Coche → Coche");
  assert.equal(route([], []), "origin not stated → destination not stated");
});

test("unknown keys from reports cannot reach the prototype", () => {
  assert.equal(es.known("type", "__proto__"), "__proto__");
  assert.equal(es.known("", "constructor"), "constructor");
});

test("newest first, undated last, none lost", () => {
  const records = [
    { when: ["", "", "unknown"], n: 1 },
    { when: ["2021-07-01", "", "day"], n: 2 },
    { when: ["", "2021-07-09", "day"], n: 3 },
    { n: 4 },
  ];
  assert.deepEqual(
    newestFirst(records).map((record) => record.n),
    [3, 2, 1, 4],
  );
});

test("age counts whole days", () => assert.equal(daysBetween("2021-07-11", Date.UTC(2021, 6, 15, 3)), 4));

test("a street is not called a neighbourhood", () => {
  assert.equal(
    precisionWords({ precision: "barrio", class: "street", uncertainty: 180 }, en),
    "street or road named, ±\u00a0180\u00a0m",
  );
});

test("known actors are translated, others shown as reported", () => {
  assert.equal(actorWords(["Police", "Los Vengadores", "gang"], en), "police, Los Vengadores, armed gang");
});
