// Claims side by side: what is counted, by whom, and whether the sources differ.

import { el, said } from "./dom.mjs";
import { paged } from "./paged.mjs";
import { claimWords, isLowerBound, speakerWords } from "./words.mjs";

// The order in which measures are read; those who were sent are no victims and come last.
const MEASURES = ["killed", "injured", "missing", "detained", "displaced", "entered", "other", "deployed"];

// Claims by what they count: [[measure, claims], ...].
export function byMeasure(claims) {
  const groups = new Map();
  for (const claim of claims) groups.set(claim.measure, [...(groups.get(claim.measure) ?? []), claim]);
  const rank = (measure) => (MEASURES.includes(measure) ? MEASURES.indexOf(measure) : MEASURES.length);
  return [...groups].sort((a, b) => rank(a[0]) - rank(b[0]));
}

// Claims that say the same in the same words stand once, with every outlet that carries them; the highest
// figure comes first.
export function sideBySide(claims) {
  const same = new Map();
  for (const claim of claims) {
    const { value = null, who = "", speaker = "", hedged = false, withheld = false, when = null } = claim;
    const key = JSON.stringify([value, who, speaker, hedged, withheld, when]);
    const outlets = same.get(key)?.outlets ?? new Set();
    same.set(key, { ...(same.get(key) ?? claim), outlets: outlets.add(claim.report?.outlet || "") });
  }
  const most = ({ value }) => (value ? (value[1] ?? value[0] ?? value[2] ?? -1) : -1);
  return [...same.values()].sort((a, b) => most(b) - most(a));
}

function span({ value }) {
  const [low, best, high] = value;
  return isLowerBound(value) ? [low, Infinity] : [best ?? low ?? 0, best ?? high ?? Infinity];
}

// Whether two sources give figures of one measure that cannot both be the number: 22 and "at least 24". Of
// each source its highest figure counts, for the others may be parts of it. Whether the sources mean the same
// people is not for a program to say.
export function sourcesDiffer(claims) {
  const highest = new Map();
  for (const claim of claims) {
    if (!claim.value || claim.measure === "other") continue;
    const source = `${claim.speaker ?? ""}\n${claim.report?.outlet ?? ""}`;
    const [low, high] = span(claim);
    if (!highest.has(source) || low > highest.get(source)[0]) highest.set(source, [low, high]);
  }
  const spans = [...highest.values()];
  return spans.some(([low]) => spans.some(([, high]) => high < low));
}

function claimItem(app, claim) {
  const { w } = app;
  return el(
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
      [...claim.outlets].filter(Boolean).map((outlet) => [" · ", said(outlet)]),
      claim.measure === "deployed" && ` · ${w.t("not_victims")}`,
    ),
  );
}

const MOST_CLAIMS = 12;

// What is claimed of one measure stands side by side, each with who says so; nothing is added up here.
export function claimsOf(app, incident) {
  if (!incident.claims.length) return null;
  const { w } = app;
  const groups = byMeasure(incident.claims).map(([, claims]) => [
    sourcesDiffer(claims) && el("p", { class: "mp-differ" }, w.t("evidence.differ")),
    paged(app, sideBySide(claims), MOST_CLAIMS, (claim) => claimItem(app, claim), {
      key: `${incident.id} ${claims[0].measure}`,
      list: () => el("ul", { class: "mp-claim-group" }),
    }),
  ]);
  return el("div", { class: "mp-claims" }, el("h4", { class: "mp-part" }, w.t("field.claims")), groups);
}
