// The side list: every record that time and filters leave, drawn or not. What is on the map is also here, in words.

import { goneItem, newsOf, newsTag } from "./changes.mjs";
import { el, rove, safeLink, said } from "./dom.mjs";
import { isCorroborated, isFiltered, isTold } from "./filter.mjs";
import { paged } from "./paged.mjs";
import { gravest, swatch, symbol } from "./signs.mjs";
import { keyOf } from "./state.mjs";
import {
  dateWords,
  incidentPlaces,
  newestFirst,
  peopleWords,
  placeName,
  precisionWords,
  reportTitle,
  routeWords,
  sortDay,
  subTypeWords,
  toldWords,
  typeWords,
  whenWords,
  whereWords,
} from "./words.mjs";

const LISTED_AT_ONCE = 50;
const COUNTED = (zone) => zone.shape !== "adjacent" && zone.shape !== "municipality";
const BY_NAME = new Intl.Collator("es");

export function counts(data) {
  return {
    zones: data.zones.filter(COUNTED).length,
    incidents: data.incidents.filter(isTold).length,
    movements: data.movements.filter(isTold).length,
    reports: data.reports.length,
  };
}

// What is worked out once for each data set: filters change often, the records never.
const once = (work) => {
  const done = new WeakMap();
  return (data) => {
    if (!done.has(data)) done.set(data, work(data));
    return done.get(data);
  };
};

// Which incident goes where: in a zone's entry, in the list of its own, or with the earlier events.
export const sortIncidents = once((data) => {
  const inZone = new Set(data.zones.flatMap((zone) => zone.incidents));
  const newest = newestFirst(data.incidents);
  return {
    others: newest.filter((incident) => incident.assertion !== "past" && !inZone.has(incident)),
    earlier: newest.filter((incident) => incident.assertion === "past"),
  };
});

const sortMovements = once((data) => newestFirst(data.movements));
const countAll = once(counts);
const neighbours = once(
  (data) => new Set(data.zones.filter((zone) => zone.shape === "adjacent").flatMap((zone) => zone.incidents)),
);

// A threat, a denial or a rumour says more than a bare mention.
function withReasonFirst(mentioned) {
  const bare = (item) => item.assertion === "none";
  return [...mentioned.filter((item) => !bare(item)), ...mentioned.filter(bare)];
}

// Each section's records in order: all of them, and those left. Zones come with the incidents left in them.
// The long ones are put in order when they are asked for.
export function listed(data, visible) {
  const left = (all, set) => [all.filter((record) => set.has(record)), all.length];
  const most = ([a, some], [b, more]) =>
    Number(COUNTED(b)) - Number(COUNTED(a)) ||
    more.length - some.length ||
    BY_NAME.compare(a.place.name ?? "", b.place.name ?? "");
  const zones = [...visible.zones].filter(([zone]) => zone.shape !== "adjacent");
  return {
    zones: [zones.sort(most), data.zones.filter((zone) => zone.shape !== "adjacent").length],
    get incidents() {
      return left(sortIncidents(data).others, visible.incidents);
    },
    movements: left(sortMovements(data), visible.movements),
    undated: [visible.undated, visible.undated.length],
    mentioned: left(withReasonFirst(data.mentioned), visible.mentioned),
    get earlier() {
      return left(sortIncidents(data).earlier, visible.incidents);
    },
  };
}

// The first and the last day of some incidents, "" where no day is known.
export function spanOf(incidents) {
  let [first, last] = ["", ""];
  for (const { when } of incidents) {
    const [start, end] = [when?.[0] || when?.[1] || "", sortDay(when)];
    if (start && (!first || start < first)) first = start;
    if (end > last) last = end;
  }
  return [first, last, "day"];
}

// Words, or a node that holds them with what was searched for marked.
const shownText = (words) => (typeof words === "string" ? said(words) : words);

// `lines` are what is said below the title, `tags` what must not be overlooked; empty ones are left out.
export function entry(app, record, { sign, title, lines, tags = [], choose }) {
  const button = el(
    "button",
    {
      type: "button",
      class: "mp-entry",
      "data-rove": true,
      "data-key": keyOf(record),
      tabindex: -1,
      on: { click: choose ?? (() => app.select(record, { from: "list" })) },
    },
    el("span", { class: "mp-entry-sign" }, sign),
    el(
      "span",
      { class: "mp-entry-text" },
      el("span", { class: "mp-entry-title" }, shownText(title)),
      lines.filter(Boolean).map((line) => el("span", { class: "mp-entry-line" }, shownText(line))),
      tags.filter(Boolean).map((tag) => el("span", { class: "mp-tag" }, tag)),
    ),
  );
  return el("li", {}, button);
}

export function plain(...children) {
  return el("li", { class: "mp-plain" }, ...children);
}

// A long list in parts, with one Tab stop.
export function entryList(app, key, items, draw, atOnce = LISTED_AT_ONCE) {
  const list = el("ul", { class: "mp-entries" });
  const parts = paged(app, items, atOnce, draw, { key, list: () => list });
  rove(list);
  return parts;
}

const folded = new Map(); // long sections that nobody has opened yet: what draws their entries

function section(app, key, [items, total], draw, { wait, open = false, note = "", count = [items.length, total] }) {
  if (!total) return null;
  const { w } = app;
  const [left, all] = count.map(w.number);
  const part = el(
    "details",
    { class: "mp-section", open, id: `mp-section-${key}` },
    el(
      "summary",
      {},
      el("h2", {}, w.t(`section.${key}`)),
      el("span", { class: "mp-count" }, left === all ? all : w.t("filter.of", { left, all })),
    ),
    note && el("p", { class: "mp-note" }, note),
    !items.length && el("p", { class: "mp-note" }, w.t("list.none_left")),
  );
  const fill = () => {
    folded.delete(key);
    part.append(...[entryList(app, `list ${key}`, items, draw)].flat());
  };
  if (items.length > LISTED_AT_ONCE && !open) {
    folded.set(key, fill);
    part.addEventListener("toggle", () => folded.get(key) === fill && fill());
  } else if (items.length) wait(fill);
  return part;
}

export const assertionTag = (record, w) => (isTold(record) ? "" : w.known("claimed", record.assertion));

// "3 incidents", or "1 of 3 incidents" where filters leave some.
export function leftWords(left, all, w) {
  const words = w.count("incidents", all);
  return left === all ? words : w.t("filter.of", { left: w.number(left), all: words });
}

export const whenAndTold = (record, w) => [dateWords(record, w), toldWords(record, w)].filter(Boolean).join(" · ");

function zoneEntry(app, [zone, left]) {
  const { data, w } = app;
  const all = left.length === zone.incidents.length;
  const when = whenWords(all ? [zone.start ?? "", zone.end ?? "", "day"] : spanOf(left), w, true);
  const around = left.some((incident) => neighbours(data).has(incident)) ? w.t("around") : "";
  const confirmed = left.filter(isCorroborated).length;
  return entry(app, zone, {
    sign: swatch(zone.official && zone.shape === "footprint" ? "official" : zone.shape),
    title: placeName(zone.place, w),
    lines: [
      `${when} · ${leftWords(left.length, zone.incidents.length, w)}`,
      left.length === 1 ? toldWords(left[0], w) : confirmed > 0 && w.count("list.corroborated", confirmed),
      precisionWords(zone.place, w),
      around,
    ],
    tags: [zone.shape === "municipality" && w.t("sign.municipality")],
  });
}

export function incidentEntry(app, incident) {
  const { w } = app;
  return entry(app, incident, {
    sign: symbol(incident.type, 20),
    title: incidentPlaces(incident, w),
    lines: [[typeWords(incident, w), subTypeWords(incident, w)].filter(Boolean).join(" · "), whenAndTold(incident, w)],
    tags: [assertionTag(incident, w), newsTag(incident, w)],
  });
}

export function movementEntry(app, movement) {
  const { w } = app;
  const vague = movement.flows.some((flow) => flow.vague) || !movement.flows.length;
  const kind = movement.movement === "displacement" ? "" : w.known("movement", movement.movement);
  return entry(app, movement, {
    sign: swatch(vague ? "flow_vague" : "flow"),
    title: routeWords(movement, w),
    lines: [[kind, peopleWords(movement, w)].filter(Boolean).join(" · "), whenAndTold(movement, w)],
    tags: [assertionTag(movement, w), newsTag(movement, w)],
  });
}

export function mentionedEntry(app, item) {
  const { w } = app;
  return entry(app, item, {
    sign: swatch("mentioned"),
    title: placeName(item.place, w),
    lines: [w.known("assertion", item.assertion), whereWords(item.place, w)],
  });
}

export function unlocatedItem(app, item) {
  const { w } = app;
  const candidates = item.candidates?.length ? w.t("candidates", { names: item.candidates.join(", ") }) : "";
  return plain(
    el("span", { class: "mp-entry-title" }, said(item.text)),
    el(
      "span",
      { class: "mp-entry-line" },
      w.known("reason", item.reason),
      candidates && " · ",
      candidates && said(candidates),
    ),
    el("span", { class: "mp-entry-line" }, said(item.report.outlet || item.report.title || item.report.id)),
  );
}

export function reportItem(app, report) {
  const { w } = app;
  const published = report.published ? w.day(report.published) : w.t("no_published");
  return plain(
    el("span", { class: "mp-entry-title" }, safeLink(report.url, reportTitle(report, w))),
    el("span", { class: "mp-entry-line" }, said(report.outlet || w.t("no_outlet")), ` · ${published}`),
  );
}

function asideItem(app, item) {
  return plain(
    el("span", { class: "mp-entry-title" }, said(item.name)),
    el("span", { class: "mp-entry-line" }, said(app.w.language === "es" ? item.es : item.en)),
  );
}

// How much there is in all; while filters are in force their own sentence says how much they leave.
function summary(app) {
  const { data, state, w } = app;
  const total = countAll(data);
  if (!total.zones && !data.incidents.length && !data.movements.length) return w.t("nothing");
  if (isFiltered(state.get())) return "";
  const words = ["zones", "incidents", "movements", "reports"].map((key) => [key, w.count(key, total[key])]);
  return w.t("summary", Object.fromEntries(words));
}

function newsNote({ data, state, w }) {
  const { since, gone } = data.info.changes ?? {};
  if (!since) return "";
  const note = w.t("news.note", { since: w.number(since) });
  return isFiltered(state.get()) && gone?.length ? `${note} ${w.t("news.gone_stays")}` : note;
}

const drawnFor = new WeakMap(); // what each list node was drawn from: it is drawn anew only when that changes

export function renderList(app, node) {
  const { data, visible, w } = app;
  const before = drawnFor.get(node);
  if (before && before.visible === visible && before.w === w) return;
  if (!before) addEventListener("beforeprint", () => [...folded.values()].forEach((fill) => fill()));
  folded.clear();
  drawnFor.set(node, { visible, w });
  if (before) node.style.minHeight = `${node.offsetHeight}px`; // keeps the reader's place until all is filled
  const open = new Map([...node.querySelectorAll("details")].map((part) => [part.id, part.open]));
  const records = listed(data, visible);
  const all = (list) => [list, list.length];
  const drawAny = (app_, record) => (record.kind === "movement" ? movementEntry : incidentEntry)(app_, record);
  const count = [records.zones[0].filter(([zone]) => COUNTED(zone)).length, countAll(data).zones];
  const total = summary(app);
  const drawNews = (app_, item) => (item.gone ? goneItem(item.gone, w) : drawAny(app_, item));
  const first = () => [
    ["news", newsOf(data, visible), drawNews, { note: newsNote(app) }],
    ["zones", records.zones, zoneEntry, { open: true, note: w.t("zones_note"), count }],
  ];
  const others = () => [
    ["incidents", records.incidents, incidentEntry, { open: true }],
    ["movements", records.movements, movementEntry, { open: true, note: w.t("sign.flow_note") }],
    ["undated", records.undated, drawAny, { open: true, note: w.t("list.undated_note") }],
    ["mentioned", records.mentioned, mentionedEntry],
    ["earlier", records.earlier, incidentEntry, { note: w.t("earlier_note") }],
    ["unlocated", all(data.unlocated), unlocatedItem, { note: w.t("unlocated_note") }],
    ["reports", all(data.reports), reportItem],
    ["set_aside", all(data.setAside), asideItem, { note: w.t("set_aside_note") }],
  ];
  // The first section is filled at once, the others in their turn.
  let wait = (fill) => {
    wait = app.later;
    fill();
  };
  const drawn = (sections) =>
    sections
      .map(([key, pair, draw, options]) => {
        const kept = open.get(`mp-section-${key}`) ?? options?.open;
        const more = { ...options, open: kept, wait: (fill) => wait(fill) };
        return section(app, key, pair, (item) => draw(app, item), more);
      })
      .filter(Boolean);
  node.replaceChildren(...(total ? [el("p", { class: "mp-summary" }, total)] : []), ...drawn(first()));
  const drawOthers = () => {
    if (drawnFor.get(node).visible === visible && drawnFor.get(node).w === w) node.append(...drawn(others()));
  };
  if (before) drawOthers();
  else app.later(drawOthers); // to put very many in order takes time: the page stands before
  app.later(() => (node.style.minHeight = ""));
}

export function markSign(mark) {
  return symbol(gravest(mark.incidents).type, 22);
}
