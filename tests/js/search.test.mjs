import assert from "node:assert/strict";
import { test } from "node:test";
import { areaLine, isLeft, placeLines, recordAt } from "../../mapper/view/page/scripts/search.mjs";
import {
  excerpt,
  findIn,
  fold,
  hasWords,
  makeIndex,
  matchedParts,
  queryWords,
} from "../../mapper/view/page/scripts/searchindex.mjs";
import { words } from "./helpers.mjs";

const [en, es] = [words("en"), words("es")];

test("accents and capitals are no difference", () => assert.equal(fold("JOSÉ Félix Peña"), "jose felix pena"));
test("a query is its distinct words", () => assert.deepEqual(queryWords("  Cota 905, cota "), ["cota", "905"]));
test("a query of signs has no words", () => assert.deepEqual(queryWords("… —"), []));
test("a word is found by its beginning", () => assert.ok(hasWords(fold("Los tiroteos"), ["tiro"])));
test("and not by its middle", () => assert.ok(!hasWords(fold("el retiro"), ["tiro"])));
test("a later beginning counts though an earlier middle does not", () =>
  assert.ok(hasWords(fold("el retiro, un tiro"), ["tiro"])));
test("quotation marks and brackets begin a word", () =>
  assert.ok(["«tiro»", "“tiro”", "(tiro)", "¿tiro?", "—tiro"].every((text) => hasWords(fold(text), ["tiro"]))));
test("all words must be there", () => assert.ok(!hasWords("cota 905", ["cota", "906"])));

test("found words are marked as they are written", () =>
  assert.deepEqual(matchedParts("En José Félix", ["jose"]), [
    ["En ", false],
    ["José", true],
    [" Félix", false],
  ]));
test("marking loses no sign", () => {
  const text = "‮a<b> ${x} é́ 🐆 fin";
  assert.equal(
    matchedParts(text, ["b", "fin"])
      .map(([part]) => part)
      .join(""),
    text,
  );
});
const long = `${"palabra ".repeat(60)}disparos${" otra".repeat(300)}`;
test("a long text is cut to what was found", () => {
  const cut = excerpt(long, ["disp"]);
  assert.ok(cut.includes("disparos") && cut.length < 160 && cut.startsWith("…") && cut.endsWith("…"), cut);
});
test("a short text stays whole", () => assert.equal(excerpt("dos disparos", ["disp"]), "dos disparos"));
test("a text without spaces can be cut", () => assert.ok(excerpt("x".repeat(5000), ["x"]).length < 160));

const cota = { id: "cota", name: "Cota 905", parish: "Santa Rosalía", municipality: "Libertador", precision: "barrio" };
const catia = { id: "catia", name: "Catia", parish: "Sucre", municipality: "Libertador", precision: "vague" };
const valle = { id: "valle", name: "El Valle", parish: "El Valle", municipality: "Libertador", precision: "parish" };
const report = { id: "r", title: "Noche de tiros", outlet: "El Correo" };
const base = { outlets: ["El Correo"], withheld: [], claims: [], quotes: [] };
const clash = {
  ...base,
  id: "i-1",
  kind: "incident",
  type: "Battles",
  actors: ["gang"],
  places: [cota, valle],
  when: ["2021-07-09", "2021-07-09", "day"],
  claims: [{ speaker: "Carmen Meléndez", who: "policías" }],
  quotes: [{ text: "Se oyeron ráfagas toda la noche.", report }, { text: null, report }],
};
const denied = { ...base, id: "i-2", kind: "incident", type: "Riots", actors: [], places: [catia], assertion: "denied" };
const moved = { ...base, id: "m-1", kind: "movement", movement: "evacuation", from: [cota], to: [catia], via: [], flows: [] };
const zone = { kind: "zone", shape: "disc", place: cota, incidents: [clash] };
const mark = { kind: "mark", place: cota, incidents: [clash, denied] };
const parish = (name) => ({ name, municipality: "Libertador", area: [] });
const data = {
  incidents: [clash, denied],
  movements: [moved],
  zones: [zone],
  marks: [],
  mentioned: [],
  reports: [report],
  unlocated: [{ text: "Los Mangos", report, candidates: ["Los Mangos (Petare)"] }],
  parishes: [parish("Santa Rosalía"), parish("Sucre"), parish("El Valle"), parish("Antímano")],
  municipalities: [{ name: "Libertador", area: [] }],
};
const indexed = () => {
  const steps = makeIndex(data, [en, es]);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};
const found = (query) => findIn(indexed(), queryWords(query)).found;
const names = (query) => found(query).places.map(({ record }) => (record.place ?? record).name);

for (const [what, query] of [
  ["type, in English", "battles"],
  ["type, in Spanish", "combates"],
  ["actor", "banda"],
  ["place", "cota 905"],
  ["parish", "santa rosalia"],
  ["quoted words", "rafagas"],
  ["speaker", "melendez"],
  ["outlet", "correo rafagas"],
  ["record id", "i-1"],
])
  test(`an incident is found by ${what}`, () =>
    assert.deepEqual(
      found(query).incidents.map(({ record }) => record.id).slice(0, 1),
      ["i-1"],
    ));
test("a movement is found by where it ends", () => assert.equal(found("catia").movements.length, 1));
test("a report is found by its title", () => assert.equal(found("tiros").reports.length, 1));
test("a name that could not be located is found", () => assert.equal(found("mangos").unlocated.length, 1));
test("a place named so comes before one in an area named so", () =>
  assert.deepEqual(names("sucre"), ["Sucre", "Catia"]));
test("a parish that a record names stands once", () => assert.deepEqual(names("valle"), ["El Valle"]));
test("more letters only narrow what fewer found", () => {
  const index = indexed();
  const before = findIn(index, ["cota"]);
  before.found.incidents.length = 0;
  assert.equal(findIn(index, ["cota", "905"], before).found.incidents.length, 0);
});
test("other words search all again", () => {
  const index = indexed();
  assert.equal(findIn(index, ["combates"], findIn(index, ["xyz"])).found.incidents.length, 1);
});

const area = (name) => found(name).places.find(({ record }) => record.name === name).record;
test("of a parish without a record nothing is promised", () =>
  assert.equal(areaLine(area("Antímano"), en), "No report read names an event here. That does not mean it is safe."));
test("of a parish with events in its places they are counted", () =>
  assert.equal(areaLine(area("Santa Rosalía"), en), "In its places: 1 incident, 1 displacement."));
test("a denied event is no event, and no silence either", () =>
  assert.match(areaLine({ ...area("Sucre"), movements: 0 }, en), /^Named in the reports, but they tell of no event/));

const at = { place: cota, zone, mark: null, incidents: [clash], movements: [], mentioned: [] };
test("a place opens its zone", () => assert.equal(recordAt(at), zone));
test("or its mark, if that holds more", () => assert.equal(recordAt({ ...at, mark }), mark));
test("a place of a movement alone opens the movement", () =>
  assert.equal(recordAt({ ...at, zone: null, incidents: [], movements: [moved] }), moved));
test("a threat says more of a place than a movement to it, and that more than a bare mention", () => {
  const bare = { assertion: "none" };
  const threat = { assertion: "threatened" };
  const without = { ...at, zone: null, incidents: [], movements: [moved] };
  assert.deepEqual(
    [recordAt({ ...without, mentioned: [bare, threat] }), recordAt({ ...without, mentioned: [bare] })],
    [threat, moved],
  );
});
test("a place of a denied event says so", () =>
  assert.match(placeLines({ ...at, zone: null, incidents: [denied] }, en).join(), /denied/));
test("a place that is threatened beside its events says both", () =>
  assert.deepEqual(placeLines({ ...at, mentioned: [{ assertion: "threatened" }] }, en), [
    "Clash zone",
    "1 incident",
    "threatened, no incident",
  ]));
test("the undated of a chosen time are left, not filtered out", () =>
  assert.ok(isLeft(clash, { incidents: new Set(), undated: [clash] })));
