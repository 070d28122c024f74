// The evidence panel: what is said about one thing on the map, by whom, in which words.

import { recordTags } from "./changes.mjs";
import { recordActions, recordId } from "./cite.mjs";
import { claimsOf } from "./claims.mjs";
import { el, markedText, safeLink, said } from "./dom.mjs";
import { markSign } from "./lists.mjs";
import { paged } from "./paged.mjs";
import { gravestFirst, swatch, symbol } from "./signs.mjs";
import {
  actorWords,
  estimateWords,
  incidentPlaces,
  peopleWords,
  placeName,
  placesWords,
  precisionWords,
  reportTitle,
  routeWords,
  subTypeWords,
  typeWords,
  whenWords,
  whereWords,
} from "./words.mjs";

const LONG_QUOTE = 700;

function fact(app, key, ...value) {
  return el("div", { class: "mp-fact" }, el("dt", {}, app.w.t(`field.${key}`)), el("dd", {}, ...value));
}

function withheldMark(app) {
  return el("em", { class: "mp-withheld" }, app.w.t("withheld"));
}

// Only a source at risk gives this field, and the page is not for those who may know.
const isWithheld = (app, record, field) => app.data.info.level !== "internal" && record.withheld.includes(field);

function shown(app, record, field, words) {
  return isWithheld(app, record, field) ? withheldMark(app) : said(words);
}

// Persons and families may rest on different sources: what is open is said, and that something is withheld.
function peopleCounted(app, movement) {
  const open = (field) => (isWithheld(app, movement, field) ? null : movement[field]);
  const [people, households] = [open("people"), open("households")];
  const words = said(peopleWords({ people, households }, app.w));
  if (!["people", "households"].some((field) => isWithheld(app, movement, field))) return words;
  return people || households ? [words, " · ", withheldMark(app)] : withheldMark(app);
}

function placeLine(app, place) {
  const { w } = app;
  return el(
    "span",
    { class: "mp-place" },
    el("strong", {}, said(placeName(place, w))),
    el("span", {}, said([whereWords(place, w), precisionWords(place, w)].filter(Boolean).join(" · "))),
  );
}

function quotation(app, quote) {
  const { w } = app;
  if (quote.text === null || quote.text === undefined)
    return el("p", { class: "mp-withheld-quote" }, w.t("withheld_quote"));
  const words = el(
    "blockquote",
    { class: "mp-quote", lang: quote.report?.language || null },
    markedText(quote.text, quote.marks),
  );
  if (quote.text.length <= LONG_QUOTE) return words;
  words.classList.add("is-short");
  const button = el("button", { type: "button", class: "mp-more", "aria-expanded": "false" }, w.t("show_all"));
  button.addEventListener("click", () => {
    const short = words.classList.toggle("is-short");
    button.setAttribute("aria-expanded", String(!short));
    button.textContent = w.t(short ? "show_all" : "show_less");
  });
  return el("div", {}, words, button);
}

function reportLine(app, report) {
  const { w } = app;
  const published = report.published ? w.day(report.published) : w.t("no_published");
  return el(
    "p",
    { class: "mp-source" },
    el("strong", {}, said(report.outlet || w.t("no_outlet"))),
    ` · ${published}`,
    el("br"),
    safeLink(report.url, reportTitle(report, w)),
  );
}

const MOST_REPORTS = 10;
const MOST_QUOTES = 8;

// The quotations under the report they come from, each report once.
function reportsOf(app, record, level = "h4") {
  const { w } = app;
  const byReport = new Map();
  for (const quote of record.quotes) byReport.set(quote.report, [...(byReport.get(quote.report) ?? []), quote]);
  const draw = ([report, quotes]) =>
    el(
      "div",
      { class: "mp-report" },
      reportLine(app, report),
      paged(app, quotes, MOST_QUOTES, (quote) => quotation(app, quote), {
        key: `${recordId(record)} ${report.id}`,
      }),
    );
  return el(
    "div",
    { class: "mp-reports" },
    el(level, { class: "mp-part" }, w.t("field.reports")),
    record.outlets.length > 0 && el("p", { class: "mp-told-by" }, w.count("evidence.told_by", record.outlets.length)),
    byReport.size > 0
      ? paged(app, [...byReport], MOST_REPORTS, draw, { key: `${recordId(record)} reports` })
      : el("p", { class: "mp-note" }, w.t("no_quotes")),
  );
}

function toll(app, incident, field) {
  if (!incident[field] && !isWithheld(app, incident, field)) return null;
  return fact(
    app,
    field,
    el("span", { class: "mp-toll" }, shown(app, incident, field, estimateWords(incident[field], app.w))),
  );
}

const MOST_PLACES = 3;

// Where it happened, the place the reader came from first; a long list is folded.
function placesOf(app, incident, here) {
  const { w } = app;
  if (isWithheld(app, incident, "places")) return withheldMark(app);
  if (!incident.places.length) return w.t("place_unstated");
  const lines = [...incident.places]
    .sort((a, b) => Number(b.id === here?.id) - Number(a.id === here?.id))
    .map((place) => placeLine(app, place));
  if (lines.length <= MOST_PLACES + 1) return lines;
  const rest = lines.slice(MOST_PLACES);
  const folded = el("details", { class: "mp-rest" }, el("summary", {}, w.count("more_places", rest.length)), rest);
  return [...lines.slice(0, MOST_PLACES), folded];
}

function incidentCard(app, incident, here = null) {
  const { w } = app;
  const counted = incident.killed || incident.injured;
  const heading = [typeWords(incident, w), subTypeWords(incident, w)].filter(Boolean).join(" · ");
  return el(
    "article",
    { class: "mp-card" },
    el("h3", { class: "mp-card-title" }, symbol(incident.type, 20), said(heading)),
    incident.assertion &&
      incident.assertion !== "none" &&
      el("p", { class: "mp-tag" }, w.known("claimed", incident.assertion)),
    recordTags(incident, w),
    el(
      "dl",
      { class: "mp-facts" },
      fact(app, "when", shown(app, incident, "when", whenWords(incident.when, w))),
      fact(
        app,
        "where",
        placesOf(app, incident, here),
        incident.around.length > 0 && el("span", { class: "mp-place" }, el("em", {}, w.t("around"))),
      ),
      (incident.actors.length > 0 || isWithheld(app, incident, "actors")) &&
        fact(app, "actors", shown(app, incident, "actors", actorWords(incident.actors, w))),
      toll(app, incident, "killed"),
      toll(app, incident, "injured"),
    ),
    counted && incident.places.length > 1 && el("p", { class: "mp-note" }, w.t("whole_toll")),
    claimsOf(app, incident),
    reportsOf(app, incident),
    recordActions(app, incident),
  );
}

function movementCard(app, movement) {
  const { w } = app;
  const ends = (side) =>
    movement[side].length
      ? movement[side].map((place) => placeLine(app, place))
      : isWithheld(app, movement, side)
        ? withheldMark(app)
        : w.t(`${side}_unstated`);
  return el(
    "article",
    { class: "mp-card" },
    movement.assertion &&
      movement.assertion !== "none" &&
      el("p", { class: "mp-tag" }, w.known("claimed", movement.assertion)),
    recordTags(movement, w),
    el(
      "dl",
      { class: "mp-facts" },
      fact(app, "from", ends("from")),
      fact(app, "to", ends("to")),
      movement.via.length > 0 && fact(app, "via", said(placesWords(movement.via, w, 9))),
      fact(app, "when", shown(app, movement, "when", whenWords(movement.when, w))),
      fact(app, "people", peopleCounted(app, movement)),
      (isWithheld(app, movement, "mode") || (movement.mode && movement.mode !== "unknown")) &&
        fact(app, "mode", shown(app, movement, "mode", w.known("mode", movement.mode ?? ""))),
    ),
    movement.flows.length > 0 && el("p", { class: "mp-note" }, w.t("sign.flow_note")),
    reportsOf(app, movement, "h3"),
    recordActions(app, movement),
  );
}

function placeIntro(app, place, shape) {
  const { w } = app;
  const note = shape && w.known("shape_note", shape);
  return el(
    "div",
    { class: "mp-intro" },
    el(
      "p",
      {},
      said(
        [whereWords(place, w), precisionWords(place, w), place.official && w.t("official")].filter(Boolean).join(" · "),
      ),
    ),
    note && note !== shape && !(place.official && shape === "footprint") && el("p", { class: "mp-note" }, note),
  );
}

const MOST_CARDS = 10;

// The incidents of a zone or of a mark that the filters leave; what they hide is said and can be asked for.
function incidentsOf(app, shape, held) {
  const { w } = app;
  const left = held.get(shape) ?? shape.incidents;
  const draw = (incident) => incidentCard(app, incident, shape.place);
  const cards = (incidents) => {
    const list = () => el("div", { class: "mp-cards" });
    return paged(app, gravestFirst(incidents), MOST_CARDS, draw, { key: recordId(shape), list });
  };
  if (left.length === shape.incidents.length) {
    const count = shape.incidents.length > 1 && el("p", { class: "mp-note" }, w.count("incidents", left.length));
    return [count, cards(left)];
  }
  const box = el("div", {}, cards(left));
  const said = w.t("evidence.filtered", { left: w.number(left.length), all: w.number(shape.incidents.length) });
  const all = el("button", { type: "button", class: "mp-more" }, w.t("evidence.show_filtered"));
  all.addEventListener("click", () => {
    all.remove();
    box.replaceChildren(...[cards(shape.incidents)].flat());
    box.querySelector("article").tabIndex = -1;
    box.querySelector("article").focus();
  });
  return [el("p", { class: "mp-differ" }, said, " ", all), box];
}

// What the panel says of a record: [sign, kind, title, parts].
function describe(app, record) {
  const { w } = app;
  if (record.kind === "zone") {
    const sign = swatch(record.official && record.shape === "footprint" ? "official" : record.shape);
    return [
      sign,
      w.t("kind.zone"),
      placeName(record.place, w),
      [
        placeIntro(app, { ...record.place, official: record.official }, record.shape),
        incidentsOf(app, record, app.visible.zones),
      ],
    ];
  }
  if (record.kind === "mark") {
    return [
      markSign(record),
      w.t("kind.mark"),
      placeName(record.place, w),
      [placeIntro(app, record.place), incidentsOf(app, record, app.visible.marks)],
    ];
  }
  if (record.kind === "incident")
    return [symbol(record.type, 22), w.t("kind.incident"), incidentPlaces(record, w), [incidentCard(app, record)]];
  if (record.kind === "mentioned") {
    return [
      swatch("mentioned"),
      w.t("kind.mentioned"),
      `${placeName(record.place, w)}: ${w.known("assertion", record.assertion)}`,
      [placeIntro(app, record.place), reportsOf(app, record, "h3"), recordActions(app, record)],
    ];
  }
  const movement = record.kind === "flow" ? record.movement : record;
  return [
    swatch(movement.flows.some((flow) => !flow.vague) ? "flow" : "flow_vague"),
    w.known("movement", movement.movement),
    routeWords(movement, w),
    [movementCard(app, movement)],
  ];
}

// Whether the filters in force leave this record off the map.
function isHidden({ visible }, record) {
  if (record.kind === "flow") return !visible.movements.has(record.movement);
  const lists = ["zone", "mark", "incident", "movement"].includes(record.kind) ? `${record.kind}s` : record.kind;
  return !visible[lists].has(record);
}

export function renderEvidence(app, node, record) {
  const { w } = app;
  const [sign, kind, title, parts] = describe(app, record);
  node.replaceChildren(
    el(
      "div",
      { class: "mp-evidence-bar" },
      el(
        "button",
        { type: "button", class: "mp-back", on: { click: () => app.clear() } },
        el("span", { "aria-hidden": "true" }, "←"),
        ` ${w.t("back")}`,
      ),
      el(
        "button",
        { type: "button", class: "mp-close", "aria-label": w.t("close"), on: { click: () => app.clear() } },
        "×",
      ),
    ),
    el("p", { class: "mp-evidence-kind" }, sign, kind),
    el("h2", { id: "mp-evidence-title" }, said(title)),
    isHidden(app, record) ? el("p", { class: "mp-differ" }, w.t("evidence.hidden")) : "",
    ...parts.flat(Infinity).filter(Boolean),
  );
  node.setAttribute("aria-labelledby", "mp-evidence-title");
}
