// What an analyst has looked at, and what is new since the map before.

import { el, said } from "./dom.mjs";
import { staysWithin } from "./words.mjs";

// Note on each record whether it is reviewed, new or revised, and what was judged about it. Done once.
export function markRecords(data) {
  const { reviewed, judged, changes } = data.info;
  const done = new Set(reviewed);
  const added = new Set(changes?.new);
  const revised = new Map(Object.entries(changes?.revised ?? {}));
  const reasons = new Map(Object.entries(judged ?? {}));
  if (!done.size && !added.size && !revised.size && !reasons.size) return;
  for (const record of [...data.incidents, ...data.movements]) {
    if (done.has(record.id)) record.reviewed = true;
    if (added.has(record.id) || revised.has(record.id)) record.news = added.has(record.id) ? "new" : "revised";
    if (reasons.has(record.id)) record.judged = reasons.get(record.id);
  }
}

export const isNews = (record) => Boolean(record.news);
export const isUnreviewed = (record) => !record.reviewed;

const countReviewed = (records) => ({
  all: records.length,
  done: records.length - records.filter(isUnreviewed).length,
});

// How far the map may be trusted: read by a program, and how much of it by a person.
export function reviewWords(data, w) {
  const { all, done } = data.info?.review ?? countReviewed([...data.incidents, ...data.movements]);
  const left = all - done;
  if (!done) return w.t("unreviewed");
  if (!left) return w.t("review.all");
  return w.t("review.some", { all: w.number(all), done: w.number(done), left: w.number(left) });
}

export const isAdded = (record) => (record.judged ?? []).some((reason) => reason.split(":")[0] === "added");

export const newsTag = (record, w) => (record.news ? w.t(`news.${record.news}`) : "");

// "killed: court record": what was judged comes as the records name it, and is said in the page's language.
export function judgedWords(reason, w) {
  const [what, ...rest] = reason.split(": ");
  const keys = [`judged.${what}`, what === "households" ? "unit.households" : `field.${what}`];
  const key = keys.find((one) => w.has(one));
  return key ? [w.t(key).toLowerCase(), ...rest].join(": ") : reason;
}

// What stands on a record's card: new or revised, reviewed, and what an analyst set right and why.
export function recordTags(record, w) {
  const tags = [newsTag(record, w), record.reviewed && w.t("review.done")].filter(Boolean);
  return [
    ...tags.map((words) => el("p", { class: "mp-tag" }, words)),
    ...(record.judged ?? []).map((reason) =>
      el("p", { class: "mp-note" }, w.t("review.judged"), " ", said(judgedWords(reason, w))),
    ),
  ];
}

// The records that are new or revised, then what is gone: all of them, and how many there are. Filters leave some
// of the first; what is gone has nothing left to filter by, and stays.
export function newsOf(data, visible) {
  const undated = new Set(visible.undated);
  const isLeft = (record) => visible.incidents.has(record) || visible.movements.has(record) || undated.has(record);
  const told = [...data.incidents, ...data.movements].filter(isNews);
  const gone = (data.info.changes?.gone ?? []).map((record) => ({ gone: record }));
  return [[...told.filter(isLeft), ...gone], told.length + gone.length];
}

// A record that is gone, as it was last told.
export function goneWords(gone, w) {
  const names = (places) => (places?.length ? places.slice(0, 3).join(", ") : w.t("place_unstated"));
  const { from = [], to = [] } = gone;
  const route = staysWithin(from, to) ? w.t("route_within", { place: names(from) }) : `${names(from)} → ${names(to)}`;
  const what = gone.type
    ? `${w.known("type", gone.type)} · ${names(gone.places)}`
    : `${w.known("movement", gone.kind)} · ${route}`;
  const [first, last] = gone.when ?? ["", ""];
  return first || last ? `${what} · ${w.shortDay(first || last)}` : what;
}

export function goneItem(gone, w) {
  const why = gone.successor ? w.t("news.merged", { id: gone.successor }) : w.t("news.gone");
  return el(
    "li",
    { class: "mp-plain" },
    el("span", { class: "mp-entry-title" }, said(goneWords(gone, w))),
    el("span", { class: "mp-entry-line" }, why),
  );
}
