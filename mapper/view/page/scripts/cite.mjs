// What is quoted of the map elsewhere: titles, citations, a note on an error, and how text is copied.

import { el, safeAddress } from "./dom.mjs";
import { areaName } from "./head.mjs";
import { keyOf } from "./state.mjs";
import { incidentPlaces, placeName, routeWords, typeWords } from "./words.mjs";

const MOST_OUTLETS = 12;

// One line, without the signs that turn the direction of the words around them.
export function plainLine(text) {
  return String(text)
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ")
    .trim();
}

// encodeURIComponent refuses half a surrogate pair; a report may hold one.
export const encoded = (text) => encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(text)));

export const mapTitle = (info, w) => w.t("title", { area: areaName(info, w.language) });
export const throughWords = (info, w) =>
  info.through ? w.t("through", { day: w.day(info.through) }) : w.t("through_unknown");

// A record's id as people pass it on: stable across rebuilds.
export function recordId(record) {
  if (record.kind === "flow") return record.movement.id;
  return record.id ?? keyOf(record);
}

export function recordTitle(record, w) {
  if (record.kind === "incident") return `${typeWords(record, w)}: ${incidentPlaces(record, w)}`;
  if (record.kind === "movement") return `${w.known("movement", record.movement)}: ${routeWords(record, w)}`;
  if (record.kind === "flow") return recordTitle(record.movement, w);
  if (record.kind === "mentioned") return `${placeName(record.place, w)}: ${w.known("assertion", record.assertion)}`;
  return `${w.t(`kind.${record.kind}`)}: ${placeName(record.place, w)}`;
}

// The reports behind a record; a place's are those of its incidents.
export function reportsBehind(record) {
  if (record.kind === "flow") return record.movement.reports;
  return record.reports ?? [...new Set(record.incidents.flatMap((incident) => incident.reports))];
}

function outletsOf(reports, w) {
  const named = [...new Set(reports.map((report) => plainLine(report.outlet || "")))].filter(Boolean).sort();
  if (!named.length) return w.t("no_outlet");
  const names = named.slice(0, MOST_OUTLETS).join(", ");
  return named.length > MOST_OUTLETS ? w.t("and_more", { names, n: w.number(named.length - MOST_OUTLETS) }) : names;
}

// Who is behind the map, for a line below it: publisher, outlets, and which map it is.
export function creditWords({ info, reports }, w) {
  const parts = [
    info.publisher,
    w.t("cite.outlets", { names: outletsOf(reports, w) }),
    info.fingerprint && w.t("cite.map", { fingerprint: info.fingerprint }),
    info.version && w.t("made_with", { version: info.version }),
  ];
  return parts.filter(Boolean).map(plainLine).join(" · ");
}

const sentence = (words) => (/[.!?…]$/.test(words) ? words : `${words}.`);

// A citation in one paragraph. `record` may be absent: then the map is cited. `address` only where all can open it.
export function citation({ info, reports }, w, record = null, address = "") {
  const parts = [
    info.publisher,
    mapTitle(info, w),
    record && recordTitle(record, w),
    record && w.t("record_id", { id: recordId(record) }),
    throughWords(info, w),
    w.t("cite.outlets", { names: outletsOf(record ? reportsBehind(record) : reports, w) }),
    info.example && w.t("example"),
    info.fingerprint && w.t("cite.map", { fingerprint: info.fingerprint }),
    info.version && w.t("made_with", { version: info.version }),
    info.level === "internal" && w.known("level", info.level),
    address,
  ];
  return parts
    .filter(Boolean)
    .map((part) => (part === address ? part : sentence(plainLine(part))))
    .join(" ");
}

// What someone needs to find an error again: the record and the map it stands on, nothing about the reader.
export function errorNote({ info }, w, record) {
  return [
    w.t("record_id", { id: recordId(record) }),
    throughWords(info, w),
    info.fingerprint && w.t("cite.map", { fingerprint: info.fingerprint }),
    info.version && w.t("made_with", { version: info.version }),
  ]
    .filter(Boolean)
    .map(plainLine)
    .join("\n");
}

const MAIL = /^(?:mailto:)?([\w.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i;

// Where the contact can be reached: a mail already addressed and filled in, an https page, or null for mere words.
export function contactAddress(contact, subject = "", body = "") {
  const text = typeof contact === "string" ? contact.trim() : "";
  const mail = MAIL.exec(text);
  if (mail) return `mailto:${mail[1]}?subject=${encoded(subject)}&body=${encoded(body)}`;
  const page = safeAddress(text);
  return page?.startsWith("https:") ? page : null;
}

// Copy what stands in a field. The clipboard is closed to some pages opened from a file: then the older way.
export async function copyFrom(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    try {
      return document.execCommand("copy");
    } catch {
      return false;
    }
  }
}

// A text to copy: read-only, selectable, with a button and a line that says whether it was copied.
export function copyBox(app, { label, text, rows = 3, name = "" }) {
  const { w } = app;
  const field = el("textarea", {
    class: "mp-copy-text",
    readonly: true,
    rows,
    "aria-label": label,
    spellcheck: "false",
  });
  field.value = text;
  field.addEventListener("focus", () => field.select());
  const said = el("span", { class: "mp-copy-said", role: "status" });
  const copy = async () => {
    const done = await copyFrom(field);
    said.textContent = w.t(done ? "share.copied" : "share.not_copied");
  };
  const button = el(
    "button",
    { type: "button", class: "mp-button", "aria-label": `${w.t("share.copy")}: ${label}`, on: { click: copy } },
    w.t("share.copy"),
  );
  return {
    node: el("div", { class: "mp-copy", "data-copy": name }, field, el("div", { class: "mp-copy-row" }, button, said)),
    copy,
  };
}

// Under a record: its id, "Cite" and "Report an error", each with a box to copy from. A page to report
// to cannot be filled in as a mail can: its link offers the note beside it.
export function recordActions(app, record) {
  const { data, w } = app;
  const place = el("div", { class: "mp-action-box" });
  const offer = (key, text) => () => {
    const box = copyBox(app, { label: w.t(key), text, rows: 5, name: key });
    place.replaceChildren(box.node);
    box.copy();
  };
  const button = (key, click) => el("button", { type: "button", class: "mp-action", on: { click } }, w.t(key));
  const note = errorNote(data, w, record);
  const offerNote = offer("cite.report_error", note);
  const href = contactAddress(data.info.contact, w.t("cite.error_subject", { id: recordId(record) }), note);
  const link = (on) => ({ class: "mp-action", href, target: "_blank", rel: "noopener noreferrer external", on });
  return el(
    "div",
    { class: "mp-actions" },
    el("p", { class: "mp-record" }, el("bdi", {}, w.t("record_id", { id: recordId(record) }))),
    el(
      "div",
      { class: "mp-action-row" },
      button("cite.cite", offer("cite.cite", citation(data, w, record, openAddress(record)))),
      href
        ? el("a", link(href.startsWith("https:") ? { click: offerNote } : {}), w.t("cite.report_error"))
        : button("cite.report_error", offerNote),
    ),
    place,
  );
}

// The page's own address with the record after `#`; empty where others could not open it.
export function openAddress(record) {
  if (!/^https?:$/.test(location.protocol)) return "";
  const page = location.href.replace(/#.*/s, "");
  return record ? `${page}#${new URLSearchParams({ selected: keyOf(record) })}` : page;
}
