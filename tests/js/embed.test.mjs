// The card of the page to embed, and what can be chosen there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cardOf, choices, outletNames } from "../../mapper/view/page/scripts/embed.mjs";
import { words } from "./helpers.mjs";

const w = words("en");
const place = (id, name) => ({ id, name, precision: "barrio", uncertainty: 300, class: "barrio" });
const COTA = place("cota", "Cota 905");
const VEGA = place("vega", "La Vega");
const told = (...outlets) => outlets.map((outlet, id) => ({ id: String(id), outlet }));
const incident = (id, more = {}) => ({
  kind: "incident",
  id,
  type: "Battles",
  sub: "Armed clash",
  when: ["2021-07-09", "2021-07-09", "day"],
  places: [COTA],
  withheld: [],
  reports: told("El Correo"),
  ...more,
});
const movement = {
  kind: "movement",
  id: "m0",
  movement: "displacement",
  from: [COTA],
  to: [VEGA],
  when: ["2021-07-09", "2021-07-09", "day"],
  people: [400, 400, 400, "persons"],
  withheld: [],
  reports: told("El Correo", "El Correo", "Diario"),
};
const mark = (incidents) => ({ kind: "mark", place: COTA, incidents });

test("outlets are named once, and none is made up", () => {
  assert.deepEqual(outletNames({ reports: told("A", "", "A", "B") }), ["A", "B"]);
});

test("a card says what, when and told by whom", () => {
  const card = cardOf(mark([incident("0")]), w);
  assert.deepEqual(card.lines, [["armed clash", "Jul 9, 2021", "Told by El Correo"]]);
});

test("a card says what an analyst added", () => {
  const by = ["added: told to us by the parish council"];
  const cards = [cardOf(mark([incident("0", { judged: by })]), w), cardOf({ ...movement, judged: ["killed: 4"] }, w)];
  assert.deepEqual(
    cards.map(({ lines }) => lines[0].filter((words) => words.includes("analyst"))),
    [["added by an analyst, not read by the program"], []],
  );
});

test("a card says how exactly the place is known", () => {
  assert.match(cardOf(mark([incident("0")]), w).note, /neighbourhood named, ±\s300\sm/);
});

test("a long card says how many more there are", () => {
  assert.equal(cardOf(mark([..."abcdefg"].map((id) => incident(id))), w).more, 3);
});

test("a withheld day is not said", () => {
  assert.equal(cardOf(mark([incident("0", { when: null, withheld: ["when"] })]), w).lines[0][1], "source withheld");
});

test("a flow's card is its movement's, with the caveat of the arrow", () => {
  const card = cardOf({ kind: "flow", movement }, w);
  assert.equal(card.title, "Cota 905 → La Vega");
  assert.equal(card.note, w.t("sign.flow_note"));
  assert.deepEqual(card.lines, [["400 people", "Jul 9, 2021", "Told by El Correo, Diario"]]);
});

test("a withheld number is said to be withheld, not unknown", () => {
  const hidden = { ...movement, people: undefined, withheld: ["people"] };
  assert.equal(cardOf(hidden, w).lines[0][0], "source withheld");
});

test("every drawn place and route can be chosen, a place once", () => {
  const zone = { kind: "zone", id: "z", place: COTA, incidents: [] };
  const other = { kind: "zone", id: "y", place: VEGA, incidents: [] };
  const flows = [{ movement }, { movement }];
  const data = { marks: [mark([incident("0")])], zones: [zone, other], flows };
  assert.deepEqual(
    choices(data, w).map(([key]) => key),
    ["mark:cota", "zone:y", "movement:m0"],
  );
});
