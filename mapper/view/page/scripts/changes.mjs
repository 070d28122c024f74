// What an analyst has looked at, and what is new since the map before.

import { el, said } from "./dom.mjs";

// Note on each record whether it is reviewed, new or revised, and what was judged about it. Done once.
export function markRecords(data) {
  const { reviewed, judged, changes } = data.info;
  const done = new Set(reviewed);
  const added = new Set(changes?.new);
  const revised = new Map(Object.entries(changes?.revised ?? {}));
  const reasons = new Map(Object.entries(judged ?? {}));
  for (const record of [...data.incidents, ...data.movements]) {
    record.reviewed = done.has(record.id);
    record.news = added.has(record.id) ? "new" : revised.has(record.id) ? "revised" : "";
    record.judged = reasons.get(record.id) ?? [];
  }
}

export const isNews = (record) => Boolean(record.news);
export const isUnreviewed = (record) => !record.reviewed;

// How far the map may be trusted: read by a program, and how much of it by a person.
export function reviewWords(data, w) {
  const records = [...data.incidents, ...data.movements];
  const left = records.filter(isUnreviewed).length;
  if (left === records.length) return w.t("unreviewed");
  if (!left) return w.t("review.all");
  const [all, done] = [records.length, records.length - left];
  return w.t("review.some", { all: w.number(all), done: w.number(done), left: w.number(left) });
}

export const newsTag = (record, w) => (record.news ? w.t(`news.${record.news}`) : "");

// "killed: court record": the measure comes as the records name it, and is said in the page's language.
export function judgedWords(reason, w) {
  const [measure, ...rest] = reason.split(": ");
  const key = measure === "households" ? "unit.households" : `field.${measure}`;
  return w.has(key) ? [w.t(key).toLowerCase(), ...rest].join(": ") : reason;
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

// The records that are new or revised, then what is gone.
export function newsOf(data) {
  const told = [...data.incidents, ...data.movements].filter(isNews);
  return [...told, ...(data.info.changes?.gone ?? []).map((gone) => ({ gone }))];
}

// A record that is gone, as it was last told.
export function goneWords(gone, w) {
  const names = (places) => (places?.length ? places.slice(0, 3).join(", ") : w.t("place_unstated"));
  const what = gone.type
    ? `${w.known("type", gone.type)} · ${names(gone.places)}`
    : `${w.known("movement", gone.kind)} · ${names(gone.from)} → ${names(gone.to)}`;
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
