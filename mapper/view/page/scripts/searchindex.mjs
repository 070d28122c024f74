// What can be searched: each record's words, folded once, without accents and capitals. Pure.

import { isTold } from "./filter.mjs";

const LONGEST_QUERY = 12; // words
const EXCERPT = 150;
const BEFORE = 50;
const STEP = 100; // records
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const PLAIN = /^[\0-\x7f]*$/;

// Lower case, no accents: "Peña" becomes "pena".
export function fold(text) {
  return (PLAIN.test(text) ? text : text.normalize("NFD").replace(/\p{M}+/gu, "")).toLowerCase();
}

export const queryWords = (query) => [...new Set(fold(query).match(WORD) ?? [])].slice(0, LONGEST_QUERY);

// Whether a sign of a folded text is part of a word. Of signs beyond ASCII few are none: they are taken for letters,
// but for the quotation marks and dashes that reports use.
const inWord = (code) =>
  (code > 96 && code < 123) || (code > 47 && code < 58) || (code > 191 && (code < 0x2000 || code > 0x206f));

// Whether the folded text has a word that begins so.
function hasWord(text, word) {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (at === 0 || !inWord(text.charCodeAt(at - 1))) return true;
  return false;
}

export const hasWords = (text, words) => words.every((word) => hasWord(text, word));

// A text cut at the words that were found: [[part, found], ...].
export function matchedParts(text, words) {
  const parts = [];
  let done = 0;
  for (const { 0: token, index } of text.matchAll(WORD)) {
    const folded = fold(token);
    if (!words.some((word) => folded.startsWith(word))) continue;
    if (index > done) parts.push([text.slice(done, index), false]);
    parts.push([token, true]);
    done = index + token.length;
  }
  if (done < text.length) parts.push([text.slice(done), false]);
  return parts;
}

export const hasMatch = (text, words) => matchedParts(text, words).some(([, found]) => found);

// The part of a long text around the first word found, cut between words.
export function excerpt(text, words) {
  if (text.length <= EXCERPT) return text;
  const first = matchedParts(text, words)[0];
  const at = first[1] ? 0 : first[0].length;
  let start = Math.max(0, Math.min(at - BEFORE, text.length - EXCERPT));
  if (start > 0) start = Math.min(at, text.indexOf(" ", start) + 1 || start);
  const rest = text.slice(start, start + EXCERPT);
  const whole = start + EXCERPT >= text.length;
  const end = whole ? rest.length : Math.max(rest.lastIndexOf(" "), EXCERPT / 2);
  return `${start > 0 ? "…" : ""}${rest.slice(0, end).toWellFormed?.() ?? rest.slice(0, end)}${whole ? "" : "…"}`;
}

const areaKey = (name, municipality) => `${name}\n${municipality}`;
const standsIn = (record) => record.places ?? [...record.from, ...record.to, ...(record.via ?? [])];

// Parishes and municipalities, each with what is told of the places in it: how many incidents and
// movements, and whether reports name it at all.
function* searchedAreas(data) {
  const areas = [
    ...data.municipalities.map((area) => ({ ...area, kind: "area", level: "municipality", municipality: "" })),
    ...data.parishes.map((area) => ({ ...area, kind: "area", level: "parish", municipality: area.municipality ?? "" })),
  ].map((area) => ({ ...area, incidents: 0, movements: 0, named: false }));
  const byKey = new Map(areas.map((area) => [`${area.level}\n${areaKey(area.name, area.municipality)}`, area]));
  const known = new Map(); // the areas around a place
  const around = (place) => {
    if (!known.has(place)) {
      const parish = byKey.get(`parish\n${areaKey(place.parish, place.municipality ?? "")}`);
      const municipality = byKey.get(`municipality\n${areaKey(place.municipality, "")}`);
      known.set(place, [parish, municipality].filter(Boolean));
    }
    return known.get(place);
  };
  for (const [field, records] of [
    ["incidents", data.incidents],
    ["movements", data.movements],
    ["", data.mentioned],
  ])
    for (const [i, record] of records.entries()) {
      if (i % STEP === 0) yield;
      const places = record.place ? [record.place] : standsIn(record);
      const inside = places.length === 1 ? around(places[0]) : new Set(places.flatMap(around));
      for (const area of inside) {
        area.named = true;
        if (field && isTold(record)) area[field] += 1;
      }
    }
  return areas;
}

// Places that stand in some record, each with all that the map has of it, then the areas without such a place.
function* searchedPlaces(data) {
  const places = new Map();
  const at = (place) => {
    if (!places.has(place.id))
      places.set(place.id, { kind: "place", place, zone: null, mark: null, mentioned: [], incidents: [], movements: [] });
    return places.get(place.id);
  };
  for (const zone of data.zones) if (zone.shape !== "adjacent") at(zone.place).zone ??= zone;
  for (const mark of data.marks) at(mark.place).mark = mark;
  for (const item of data.mentioned) at(item.place).mentioned.push(item);
  for (const [i, incident] of data.incidents.entries()) {
    if (i % STEP === 0) yield;
    for (const place of incident.places) at(place).incidents.push(incident);
  }
  for (const movement of data.movements) for (const place of standsIn(movement)) at(place).movements.push(movement);
  const areas = new Set();
  for (const { place } of places.values())
    if (place.precision === "parish" || place.precision === "municipality")
      areas.add(`${place.precision}\n${areaKey(place.name, place.precision === "parish" ? (place.municipality ?? "") : "")}`);
  const bare = (yield* searchedAreas(data)).filter((area) => !areas.has(`${area.level}\n${areaKey(area.name, area.municipality)}`));
  return [...places.values(), ...bare];
}

// Words of the page's languages, so that a type or an actor is found in any of them.
function speaker(languages) {
  const known = new Map();
  return (prefix, value) => {
    const key = `${prefix}.${value}`;
    if (!known.has(key)) known.set(key, fold([value, ...languages.map((w) => w.known(prefix, value))].join(" ")));
    return known.get(key);
  };
}

const GROUPS_OF = ["places", "incidents", "movements", "reports", "unlocated"];

// Builds the index in steps, that it may be done in idle slices: each `next()` reads a few records.
export function* makeIndex(data, languages) {
  const index = Object.fromEntries(GROUPS_OF.map((group) => [group, []]));
  const folded = new Map(); // names and outlets stand in many records
  const short = (text) => {
    if (!folded.has(text)) folded.set(text, fold(text));
    return folded.get(text);
  };
  const say = speaker(languages);
  const names = (...texts) => [...new Set(texts.flat().filter(Boolean))].map(short).join(" ");
  const named = new Map();
  const where = (places) => {
    const texts = places.map((place) => {
      if (!named.has(place)) named.set(place, names(place.name, place.parish, place.municipality));
      return named.get(place);
    });
    return texts.join(" ");
  };
  const sources = (record) => {
    const claimed = record.claims?.length ? record.claims.flatMap((claim) => [claim.speaker, claim.who]) : [];
    return names(record.outlets, claimed);
  };
  const quoted = (record) => record.quotes.map((quote) => (quote.text ? fold(quote.text) : "")).join(" ");
  const put = {
    places: (record) => {
      const { place } = record;
      const own = fold((place ?? record).name ?? "");
      return { own, text: `${own} ${place ? names(place.parish, place.municipality) : names(record.municipality)}` };
    },
    incidents: (record) => {
      const what = [say("type", record.type), record.sub ? say("sub", record.sub) : ""].join(" ");
      const who = record.actors.map((actor) => `${short(actor)} ${say("actor", actor.toLowerCase())}`).join(" ");
      return { text: [where(record.places), sources(record), fold(record.id), what, who, quoted(record)].join(" ") };
    },
    movements: (record) => ({
      text: [
        where(standsIn(record)),
        sources(record),
        fold(record.id),
        say("movement", record.movement),
        quoted(record),
      ].join(" "),
    }),
    reports: (record) => ({ text: names(record.title, record.outlet, record.id) }),
    unlocated: (record) => ({ text: names(record.text, record.candidates ?? []) }),
  };
  const all = { ...data, places: yield* searchedPlaces(data) };
  for (const group of GROUPS_OF) {
    for (const [i, record] of all[group].entries()) {
      if (i % STEP === 0) yield;
      index[group].push({ record, ...put[group](record) });
    }
  }
  return index;
}

// The records that have all the words, by group. `before` is what fewer letters found: more only narrow it.
// Places named so come before those that only lie in an area named so.
export function findIn(index, words, before = null) {
  const narrower = before && before.words.every((old) => words.some((word) => word.startsWith(old)));
  const from = narrower ? before.found : index;
  const found = {};
  for (const group of GROUPS_OF) found[group] = from[group].filter(({ text }) => hasWords(text, words));
  const rank = ({ own }) => (own.startsWith(words[0]) ? 0 : 1) + (hasWords(own, words) ? 0 : 2);
  found.places.sort((a, b) => rank(a) - rank(b));
  return { words, found };
}
