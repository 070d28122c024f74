import assert from "node:assert/strict";
import { test } from "node:test";
import {
  citation,
  contactAddress,
  creditWords,
  encoded,
  errorNote,
  plainLine,
  recordId,
  reportsBehind,
} from "../../mapper/view/page/scripts/cite.mjs";
import { viewLink } from "../../mapper/view/page/scripts/share.mjs";
import { words } from "./helpers.mjs";

const w = words("en");
const reports = [
  { id: "r1", outlet: "The Daily Ledger", url: "https://example.org/a" },
  { id: "r2", outlet: "El Correo" },
  { id: "r3", outlet: "El Correo" },
];
const info = {
  areas: { en: "Caracas", es: "Caracas" },
  through: "2021-07-11",
  fingerprint: "3f9a6c1d",
  version: "0.1.0",
  level: "partner",
  attributions: [],
};
const data = { info, reports };
const place = { id: "cota-905", name: "Cota 905" };
const incident = { kind: "incident", id: "i-1", type: "Battles", places: [place], withheld: [], reports: [reports[0]] };
const bidi = String.fromCodePoint(0x202e);

test("the map's citation names title, date, outlets, map and version", () => {
  assert.equal(
    citation(data, w),
    "Clashes and displacement in Caracas. Information to July 11, 2021. Sources: El Correo, The Daily Ledger. Map 3f9a6c1d. mapper 0.1.0.",
  );
});

test("the publisher comes first where there is one", () => {
  assert.match(citation({ info: { ...info, publisher: "Monitor" }, reports }, w), /^Monitor\. Clashes/);
});

test("a record's citation names the record, its id and its own outlets only", () => {
  assert.match(
    citation(data, w, incident),
    /Battles: Cota 905\. Record i-1\. Information to July 11, 2021\. Sources: The Daily Ledger\. Map/,
  );
});

test("a map of example reports is cited as such", () => {
  assert.match(citation({ info: { ...info, example: true }, reports }, w), /not news/);
});

test("an internal map says so in its citation", () => {
  assert.match(citation({ info: { ...info, level: "internal" }, reports }, w), /do not forward/);
});

test("an address ends the citation untouched", () => {
  assert.match(citation(data, w, null, "https://example.org/m#x=1"), / https:\/\/example\.org\/m#x=1$/);
});

test("many outlets are named in part", () => {
  const many = Array.from({ length: 40 }, (_, i) => ({ outlet: `Outlet ${i}` }));
  const said = citation({ info, reports: many }, w);
  assert.deepEqual([said.match(/Outlet/g).length, said.includes("and 28 more")], [12, true]);
});

test("a citation is one line whatever a title holds", () => {
  assert.equal(plainLine(`a\n\tb${bidi}c\u0000d`), "a bc d");
});

test("a place's record names the reports of its incidents, each once", () => {
  const mark = { kind: "mark", place, incidents: [incident, { ...incident, reports: [reports[0], reports[1]] }] };
  assert.deepEqual(reportsBehind(mark), [reports[0], reports[1]]);
});

test("ids: an incident's and a zone's own, a flow's movement's, a mark's place", () => {
  const kinds = [
    incident,
    { kind: "zone", id: "z-1", place, incidents: [] },
    { kind: "flow", movement: { id: "m-1" } },
    { kind: "mark", place, incidents: [] },
  ];
  assert.deepEqual(kinds.map(recordId), ["i-1", "z-1", "m-1", "mark:cota-905"]);
});

test("the credit line names who is behind the map", () => {
  assert.equal(creditWords(data, w), "Sources: El Correo, The Daily Ledger · Map 3f9a6c1d · mapper 0.1.0");
});

test("the note on an error holds the record and the map, nothing else", () => {
  assert.equal(errorNote(data, w, incident), "Record i-1\nInformation to July 11, 2021\nMap 3f9a6c1d\nmapper 0.1.0");
});

test("a mail address becomes a filled-in mail", () => {
  assert.equal(
    contactAddress("news@example.org", "Error & i-1", "a\nb"),
    "mailto:news@example.org?subject=Error%20%26%20i-1&body=a%0Ab",
  );
});

test("an https page is a link", () => {
  assert.equal(contactAddress(" https://example.org/report "), "https://example.org/report");
});

for (const contact of [
  "javascript:alert(1)",
  "data:text/html,x",
  "http://example.org/",
  "https://user:pass@example.org/",
  "mailto:a@example.org?cc=all@example.org",
  "a@example.org?bcc=b@example.org",
  "a@example.org\nBcc: b@example.org",
  "a@example.org,b@example.org",
  "write to the desk",
  "",
  undefined,
  { toString: () => "a@example.org" },
])
  test(`no link is made of the contact ${JSON.stringify(contact)}`, () => {
    assert.equal(contactAddress(contact, "s", "b"), null);
  });

test("half a surrogate pair does not break an address", () => {
  assert.equal(encoded(`a${String.fromCharCode(0xd800)}`), "a%EF%BF%BD");
});

test("a page on the web is linked with the view", () => {
  assert.equal(
    viewLink("https://example.org/map.html#old=1", "types=Battles"),
    "https://example.org/map.html#types=Battles",
  );
});

test("the link of a page opened from a file does not tell the reader's folders", () => {
  assert.equal(viewLink("file:///home/ana/mapas/mapa%20nuevo.html", "q=x"), "mapa nuevo.html#q=x");
});

test("a page in a notebook has no name to pass on", () => {
  assert.equal(viewLink("about:srcdoc", "q=x"), "#q=x");
});
