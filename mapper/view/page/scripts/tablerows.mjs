// The table's columns, and its rows in order. Pure.

import { isTold } from "./filter.mjs";
import {
  dateWords,
  estimateWords,
  incidentPlaces,
  isKeptBack,
  newestFirst,
  peopleWords,
  routeWords,
  sortDay,
  subTypeWords,
  typeWords,
} from "./words.mjs";

export const TABLES = ["incidents", "movements"];

// The coarsest place of a record says how precisely the record is known.
const PRECISIONS = ["point", "barrio", "vague", "parish", "municipality"];
const TOLD_AS = ["none", "rumoured", "threatened", "hypothetical", "denied", "past"];

const placesIn = (record) => record.places ?? [...record.from, ...record.to];
const distinct = (values) => [...new Set(values.filter(Boolean))];
const known = (estimate) => estimate?.slice(0, 3).some((value) => value !== null && value !== undefined);
const figure = (estimate) => (known(estimate) ? (estimate[1] ?? estimate[0] ?? estimate[2]) : null);

function tollWords(record, field, w) {
  if (isKeptBack(record, field)) return w.t("withheld");
  return known(record[field]) ? estimateWords(record[field], w) : w.t("table.unstated");
}

function countWords(movement, w) {
  const [people, households] = ["people", "households"].map((field) => (known(movement[field]) ? movement[field] : null));
  const hidden = isKeptBack(movement, "people") || isKeptBack(movement, "households");
  const words = people || households ? peopleWords({ people, households }, w) : "";
  return [words, hidden && w.t("withheld")].filter(Boolean).join(" · ") || w.t("table.unstated");
}

// Families are no persons: where only they are counted, they stand after every count of persons.
const FAMILIES = -1e9;
function countKey(movement) {
  const [people, families] = [figure(movement.people), figure(movement.households)];
  return people ?? (families === null ? null : FAMILIES + families);
}

function parishWords(record, w) {
  const parishes = (places) => distinct(places.map((place) => place.parish)).join(", ");
  if (record.places) return isKeptBack(record, "places") ? w.t("withheld") : parishes(record.places) || w.t("table.unstated");
  const sides = ["from", "to"].map((side) =>
    isKeptBack(record, side) ? w.t("withheld") : parishes(record[side]) || w.t("table.unstated"),
  );
  return sides[0] === sides[1] ? sides[0] : sides.join(" → ");
}

function precisionsWords(record, w) {
  const kinds = distinct(placesIn(record).map((place) => place.precision));
  kinds.sort((a, b) => rankIn(PRECISIONS, b) - rankIn(PRECISIONS, a));
  const words = kinds.map((kind) => w.known("precision", kind)).join(", ");
  const hidden = ["places", "from", "to"].some((field) => isKeptBack(record, field));
  return words || w.t(hidden ? "withheld" : "table.unstated");
}

function dayKey({ when }) {
  const day = sortDay(when);
  return day ? Number(day.replaceAll("-", "")) : null;
}

const rankIn = (order, value) => (order.includes(value) ? order.indexOf(value) : order.length);
const precisionKey = (record) => {
  const ranks = placesIn(record).map((place) => rankIn(PRECISIONS, place.precision));
  return ranks.length ? Math.max(...ranks) : null;
};
const whatWords = (incident, w) => [typeWords(incident, w), subTypeWords(incident, w)].filter(Boolean).join(" · ");
const toldAs = (record, w) => (isTold(record) ? w.t("table.happened") : w.known("claimed", record.assertion));
const outletWords = ({ outlets }, w) => (outlets.length ? w.number(outlets.length) : w.t("table.unstated"));

// `words` is what a cell reads; `sort` a number to sort by, null where there is none; without it the words sort.
const WHEN = { key: "when", words: dateWords, sort: dayKey };
const SHARED = [
  { key: "parish", words: parishWords, has: (record) => placesIn(record).some((place) => place.parish) },
  { key: "precision", words: precisionsWords, sort: precisionKey },
];
const SOURCES = [
  { key: "outlets", words: outletWords, sort: ({ outlets }) => outlets.length || null, number: true },
  { key: "assertion", words: toldAs, sort: (record) => rankIn(TOLD_AS, record.assertion || "none") },
  { key: "id", words: (record) => record.id, plain: true },
];
const tollColumn = (key) => ({
  key,
  words: (record, w) => tollWords(record, key, w),
  sort: (record) => figure(record[key]),
  number: true,
});

export const TABLE_COLUMNS = {
  incidents: [
    WHEN,
    { key: "what", words: whatWords },
    { key: "where", words: incidentPlaces, has: (record) => record.places.length > 0 },
    ...SHARED,
    tollColumn("killed"),
    tollColumn("injured"),
    ...SOURCES,
  ],
  movements: [
    WHEN,
    { key: "what", words: (record, w) => w.known("movement", record.movement) },
    { key: "route", words: routeWords, has: (record) => placesIn(record).length > 0 },
    ...SHARED,
    { key: "people", words: countWords, sort: countKey, number: true },
    ...SOURCES,
  ],
};

const byNumber = (a, b) => a - b;
const byText = (a, b) => (a < b ? -1 : Number(a > b));

function comparing(column, { language }) {
  if (column.sort) return byNumber;
  return column.plain ? byText : new Intl.Collator(language, { numeric: true }).compare;
}

export function sortKeys(records, column, w) {
  if (column.sort) return records.map(column.sort);
  return records.map((record) => (column.has && !column.has(record) ? null : column.words(record, w)));
}

// The records by their keys, each distinct key compared once, however many records have it. Equal ones keep
// their order; those without a key stand last in both directions.
export function inOrder(records, keys, compare, down) {
  const groups = new Map([[null, []]]);
  records.forEach((record, i) => {
    const group = groups.get(keys[i]);
    if (group) group.push(record);
    else groups.set(keys[i], [record]);
  });
  const order = [...groups.keys()].filter((key) => key !== null).sort(down ? (a, b) => compare(b, a) : compare);
  return [...order, null].flatMap((key) => groups.get(key));
}

// Sorts the records of a data set, remembering what sorting needs: a filter that changes sorts nothing anew.
export function makeSorter(data) {
  const base = {};
  let words = null;
  let keys = new Map();
  let orders = new Map();
  return (table, key, down, w) => {
    if (words !== w) [words, keys, orders] = [w, new Map(), new Map()];
    base[table] ??= newestFirst(data[table]);
    const column = TABLE_COLUMNS[table].find((one) => one.key === key);
    const name = `${table} ${key}`;
    if (!keys.has(name)) keys.set(name, sortKeys(base[table], column, w));
    const order = `${name} ${down}`;
    if (!orders.has(order)) orders.set(order, inOrder(base[table], keys.get(name), comparing(column, w), down));
    return orders.get(order);
  };
}

// Of so many rows of equal height, those near what is seen: [first, after the last].
export function windowOf(rows, height, top, seen, spare = 8) {
  const first = Math.max(0, Math.floor(top / height) - spare);
  return [Math.min(first, rows), Math.min(rows, Math.ceil((top + seen) / height) + spare)];
}
