// The evidence panel: what is said about one thing on the map, by whom, in which words.

import { el, markedText, safeLink, said } from "./dom.mjs";
import { markSign } from "./lists.mjs";
import { gravestFirst, swatch, symbol } from "./signs.mjs";
import {
  actorWords,
  claimWords,
  estimateWords,
  incidentPlaces,
  peopleWords,
  placeName,
  placesWords,
  precisionWords,
  reportTitle,
  routeWords,
  speakerWords,
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

// A field's words, or the note that only a source at risk gives it.
function shown(app, record, field, words) {
  return record.withheld.includes(field) ? withheldMark(app) : said(words);
}

// Persons and families may rest on different sources: what is open is said, and that something is withheld.
function peopleCounted(app, movement) {
  const open = (field) => (movement.withheld.includes(field) ? null : movement[field]);
  const [people, households] = [open("people"), open("households")];
  const words = said(peopleWords({ people, households }, app.w));
  if (!["people", "households"].some((field) => movement.withheld.includes(field))) return words;
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

// The quotations under the report they come from, each report once.
function reportsOf(app, record, level = "h4") {
  const byReport = new Map();
  for (const quote of record.quotes) byReport.set(quote.report, [...(byReport.get(quote.report) ?? []), quote]);
  const groups = [...byReport].map(([report, quotes]) =>
    el(
      "div",
      { class: "mp-report" },
      reportLine(app, report),
      quotes.map((quote) => quotation(app, quote)),
    ),
  );
  return el(
    "div",
    { class: "mp-reports" },
    el(level, { class: "mp-part" }, app.w.t("field.reports")),
    groups.length ? groups : el("p", { class: "mp-note" }, app.w.t("no_quotes")),
  );
}

// Every claim side by side, who makes it and where it stands; nothing is added up here.
function claimsOf(app, incident) {
  if (!incident.claims.length) return null;
  const { w } = app;
  const rows = incident.claims.map((claim) =>
    el(
      "li",
      { class: `mp-claim${claim.measure === "deployed" ? " is-aside" : ""}` },
      el(
        "span",
        { class: "mp-claim-what" },
        said(claimWords(claim, w)),
        claim.who && el("span", { class: "mp-claim-who" }, said(claim.who)),
      ),
      el(
        "span",
        { class: "mp-claim-by" },
        said(speakerWords(claim, w)),
        claim.hedged && ` · ${w.t("hedged")}`,
        claim.report?.outlet && [" · ", said(claim.report.outlet)],
        claim.measure === "deployed" && ` · ${w.t("not_victims")}`,
      ),
    ),
  );
  return el("div", { class: "mp-claims" }, el("h4", { class: "mp-part" }, w.t("field.claims")), el("ul", {}, rows));
}

function toll(app, incident, field) {
  if (!incident[field] && !incident.withheld.includes(field)) return null;
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
  if (incident.withheld.includes("places")) return withheldMark(app);
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
      (incident.actors.length > 0 || incident.withheld.includes("actors")) &&
        fact(app, "actors", shown(app, incident, "actors", actorWords(incident.actors, w))),
      toll(app, incident, "killed"),
      toll(app, incident, "injured"),
    ),
    counted && incident.places.length > 1 && el("p", { class: "mp-note" }, w.t("whole_toll")),
    claimsOf(app, incident),
    reportsOf(app, incident),
    el("p", { class: "mp-record" }, said(w.t("record_id", { id: incident.id }))),
  );
}

function movementCard(app, movement) {
  const { w } = app;
  const ends = (side) =>
    movement[side].length
      ? movement[side].map((place) => placeLine(app, place))
      : movement.withheld.includes(side)
        ? withheldMark(app)
        : w.t(`${side}_unstated`);
  return el(
    "article",
    { class: "mp-card" },
    movement.assertion &&
      movement.assertion !== "none" &&
      el("p", { class: "mp-tag" }, w.known("claimed", movement.assertion)),
    el(
      "dl",
      { class: "mp-facts" },
      fact(app, "from", ends("from")),
      fact(app, "to", ends("to")),
      movement.via.length > 0 && fact(app, "via", said(placesWords(movement.via, w, 9))),
      fact(app, "when", shown(app, movement, "when", whenWords(movement.when, w))),
      fact(app, "people", peopleCounted(app, movement)),
      (movement.withheld.includes("mode") || (movement.mode && movement.mode !== "unknown")) &&
        fact(app, "mode", shown(app, movement, "mode", w.known("mode", movement.mode ?? ""))),
    ),
    movement.flows.length > 0 && el("p", { class: "mp-note" }, w.t("sign.flow_note")),
    reportsOf(app, movement, "h3"),
    el("p", { class: "mp-record" }, said(w.t("record_id", { id: movement.id }))),
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
        gravestFirst(record.incidents).map((incident) => incidentCard(app, incident, record.place)),
      ],
    ];
  }
  if (record.kind === "mark") {
    return [
      markSign(record),
      w.t("kind.mark"),
      placeName(record.place, w),
      [
        placeIntro(app, record.place),
        gravestFirst(record.incidents).map((incident) => incidentCard(app, incident, record.place)),
      ],
    ];
  }
  if (record.kind === "incident")
    return [symbol(record.type, 22), w.t("kind.incident"), incidentPlaces(record, w), [incidentCard(app, record)]];
  if (record.kind === "mentioned") {
    return [
      swatch("mentioned"),
      w.t("kind.mentioned"),
      `${placeName(record.place, w)}: ${w.known("assertion", record.assertion)}`,
      [placeIntro(app, record.place), reportsOf(app, record, "h3")],
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
    ...parts.flat(Infinity),
  );
  node.setAttribute("aria-labelledby", "mp-evidence-title");
}
