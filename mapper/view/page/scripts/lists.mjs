// The side list: every record, drawn or not. What is on the map is also here, in words.

import { el, rove, safeLink, said } from "./dom.mjs";
import { gravest, swatch, symbol } from "./signs.mjs";
import {
  newestFirst,
  peopleWords,
  placeName,
  incidentPlaces,
  precisionWords,
  reportTitle,
  routeWords,
  subTypeWords,
  typeWords,
  whenWords,
  whereWords,
} from "./words.mjs";

const COUNTED = (zone) => zone.shape !== "adjacent" && zone.shape !== "municipality";

export function counts(data) {
  const claimed = (record) => !record.assertion || record.assertion === "none";
  return {
    zones: data.zones.filter(COUNTED).length,
    incidents: data.incidents.filter(claimed).length,
    movements: data.movements.filter(claimed).length,
    reports: data.reports.length,
  };
}

// Which incident goes where: in a zone's entry, in the list of its own, or with the earlier events.
export function sortIncidents(data) {
  const inZone = new Set(data.zones.flatMap((zone) => zone.incidents));
  const earlier = newestFirst(data.incidents.filter((incident) => incident.assertion === "past"));
  const others = newestFirst(
    data.incidents.filter((incident) => incident.assertion !== "past" && !inZone.has(incident)),
  );
  return { others, earlier };
}

function entry(app, record, sign, title, lines, tag) {
  const button = el(
    "button",
    { type: "button", class: "mp-entry", "data-rove": true, on: { click: () => app.select(record, { from: "list" }) } },
    el("span", { class: "mp-entry-sign" }, sign),
    el(
      "span",
      { class: "mp-entry-text" },
      el("span", { class: "mp-entry-title" }, said(title)),
      lines.filter(Boolean).map((line) => el("span", { class: "mp-entry-line" }, said(line))),
      tag && el("span", { class: "mp-tag" }, tag),
    ),
  );
  return el("li", {}, button);
}

function plain(...children) {
  return el("li", { class: "mp-plain" }, ...children);
}

function section(app, key, items, { open = false, note = "", count = items.length } = {}) {
  if (!items.length) return null;
  const list = el("ul", { class: "mp-entries" }, items);
  rove(list);
  return el(
    "details",
    { class: "mp-section", open, id: `mp-section-${key}` },
    el("summary", {}, el("h2", {}, app.w.t(`section.${key}`)), el("span", { class: "mp-count" }, app.w.number(count))),
    note && el("p", { class: "mp-note" }, note),
    list,
  );
}

const assertionTag = (record, w) =>
  record.assertion && record.assertion !== "none" ? w.known("claimed", record.assertion) : "";

function zoneWhen(zone, w) {
  return whenWords([zone.start ?? "", zone.end ?? "", "day"], w, true);
}

function zoneEntries(app) {
  const { data, w } = app;
  const withNeighbours = new Set(
    data.zones.filter((zone) => zone.shape === "adjacent").flatMap((zone) => zone.incidents),
  );
  const most = (a, b) =>
    Number(COUNTED(b)) - Number(COUNTED(a)) ||
    b.incidents.length - a.incidents.length ||
    placeName(a.place, w).localeCompare(placeName(b.place, w), "es");
  return data.zones
    .filter((zone) => zone.shape !== "adjacent")
    .sort(most)
    .map((zone) => {
      const neighbours = zone.incidents.some((incident) => withNeighbours.has(incident)) ? w.t("around") : "";
      return entry(
        app,
        zone,
        swatch(zone.official && zone.shape === "footprint" ? "official" : zone.shape),
        placeName(zone.place, w),
        [
          `${zoneWhen(zone, w)} · ${w.count("incidents", zone.incidents.length)}`,
          precisionWords(zone.place, w),
          neighbours,
        ],
        zone.shape === "municipality" ? w.t("sign.municipality") : "",
      );
    });
}

function incidentEntry(app, incident) {
  const { w } = app;
  const type = [typeWords(incident, w), subTypeWords(incident, w)].filter(Boolean).join(" · ");
  return entry(
    app,
    incident,
    symbol(incident.type, 20),
    incidentPlaces(incident, w),
    [type, whenWords(incident.when, w, true)],
    assertionTag(incident, w),
  );
}

function movementEntry(app, movement) {
  const { w } = app;
  const vague = movement.flows.some((flow) => flow.vague) || !movement.flows.length;
  const kind = movement.movement === "displacement" ? "" : w.known("movement", movement.movement);
  return entry(
    app,
    movement,
    swatch(vague ? "flow_vague" : "flow"),
    routeWords(movement, w),
    [
      [kind, peopleWords(movement, w)].filter(Boolean).join(" · "),
      movement.withheld.includes("when") ? w.t("withheld") : whenWords(movement.when, w, true),
    ],
    assertionTag(movement, w),
  );
}

// A threat, a denial or a rumour says more than a bare mention.
function withReasonFirst(mentioned) {
  const bare = (item) => item.assertion === "none";
  return [...mentioned.filter((item) => !bare(item)), ...mentioned.filter(bare)];
}

function mentionedEntry(app, item) {
  const { w } = app;
  return entry(app, item, swatch("mentioned"), placeName(item.place, w), [
    w.known("assertion", item.assertion),
    whereWords(item.place, w),
  ]);
}

function unlocatedItem(app, item) {
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

function reportItem(app, report) {
  const { w } = app;
  const published = report.published ? w.day(report.published) : w.t("no_published");
  return plain(
    el("span", { class: "mp-entry-title" }, safeLink(report.url, reportTitle(report, w))),
    el("span", { class: "mp-entry-line" }, said(report.outlet || w.t("no_outlet")), ` · ${published}`),
  );
}

export function renderList(app, node) {
  const { data, w } = app;
  const open = new Map([...node.querySelectorAll("details")].map((part) => [part.id, part.open]));
  const total = counts(data);
  const { others, earlier } = sortIncidents(data);
  const words = ["zones", "incidents", "movements", "reports"].map((key) => [key, w.count(key, total[key])]);
  const nothing = !total.zones && !data.incidents.length && !data.movements.length;
  const sections = [
    section(app, "zones", zoneEntries(app), { open: true, note: w.t("zones_note"), count: total.zones }),
    section(
      app,
      "incidents",
      others.map((incident) => incidentEntry(app, incident)),
      { open: true },
    ),
    section(
      app,
      "movements",
      newestFirst(data.movements).map((movement) => movementEntry(app, movement)),
      { open: true, note: w.t("sign.flow_note") },
    ),
    section(
      app,
      "mentioned",
      withReasonFirst(data.mentioned).map((item) => mentionedEntry(app, item)),
      { open: false },
    ),
    section(
      app,
      "earlier",
      earlier.map((incident) => incidentEntry(app, incident)),
      { note: w.t("earlier_note") },
    ),
    section(
      app,
      "unlocated",
      data.unlocated.map((item) => unlocatedItem(app, item)),
      { note: w.t("unlocated_note") },
    ),
    section(
      app,
      "reports",
      data.reports.map((report) => reportItem(app, report)),
    ),
    section(
      app,
      "set_aside",
      data.setAside.map((item) =>
        plain(
          el("span", { class: "mp-entry-title" }, said(item.name)),
          el("span", { class: "mp-entry-line" }, said(w.language === "es" ? item.es : item.en)),
        ),
      ),
      { note: w.t("set_aside_note") },
    ),
  ].filter(Boolean);
  for (const part of sections) if (open.has(part.id)) part.open = open.get(part.id);
  node.replaceChildren(
    el("p", { class: "mp-summary" }, nothing ? w.t("nothing") : w.t("summary", Object.fromEntries(words))),
    ...sections,
  );
}

export function markSign(mark) {
  return symbol(gravest(mark.incidents).type, 22);
}
