// Records in words. Pure: a record and a language in, a sentence out.

export function placeName(place, w) {
  return place?.name || w.t("unnamed_place");
}

const NEIGHBOURHOODS = ["barrio", "sector", "urbanizacion"];
const ROADS = ["street", "highway", "tunnel", "bridge", "interchange", "corner"];

// "neighbourhood named, ± 300 m"; "located to the parish".
export function precisionWords(place, w) {
  const measured = place.precision === "barrio" || place.precision === "point";
  let words = w.known("precision", place.precision);
  if (measured && ROADS.includes(place.class)) words = w.t("named.road");
  else if (measured && !NEIGHBOURHOODS.includes(place.class)) words = w.t("named.place");
  return measured && place.uncertainty ? w.t("precise_within", { words, metres: w.number(place.uncertainty) }) : words;
}

export function whereWords(place, w) {
  const parish = place.parish && place.parish !== place.name ? w.t("parish_of", { name: place.parish }) : "";
  const municipality = place.municipality && place.municipality !== place.name ? place.municipality : "";
  return [parish, municipality].filter(Boolean).join(", ");
}

// A date span [first, last, precision] in words; missing days say so.
export function whenWords(when, w, short = false) {
  const [first, last, precision] = when ?? ["", "", "unknown"];
  const day = short ? w.shortDay : w.day;
  if (!first && !last) return w.t("undated");
  let words;
  if (!last) words = w.t("since", { day: day(first) });
  else if (!first) words = w.t("until", { day: day(last) });
  else words = first === last ? day(first) : w.range(first, last, short);
  return precision === "week" || precision === "month" ? `${words} (${w.t(`date.${precision}`)})` : words;
}

// Whether an estimate is a lower bound: "at least 24" keeps 24 as its best number too, and has no upper end.
export function isLowerBound([low, best, high]) {
  return low !== null && (best === null || best === low) && high === null;
}

// An estimate [low, best, high, unit] in words: a bound is never turned into a number.
export function estimateWords(estimate, w) {
  if (!estimate) return w.t("number_unknown");
  const [low, best, high] = estimate;
  const known = (value) => value !== null && value !== undefined;
  if (isLowerBound(estimate)) return w.t("at_least", { n: w.number(low) });
  if (known(best)) {
    let bounds = "";
    if (known(low) && known(high)) bounds = low === high ? "" : `${w.number(low)}–${w.number(high)}`;
    else if (known(low) && low !== best) bounds = w.t("at_least", { n: w.number(low) });
    else if (known(high) && high !== best) bounds = w.t("at_most", { n: w.number(high) });
    return bounds ? `${w.number(best)} (${bounds})` : w.number(best);
  }
  if (known(low) && known(high)) return w.t("between", { low: w.number(low), high: w.number(high) });
  return known(high) ? w.t("at_most", { n: w.number(high) }) : w.t("number_unknown");
}

// Who moved: "40 families, 150 people". Families are counted beside persons, never as persons.
export function peopleWords({ people, households }, w) {
  const counted = [households, people].filter(Boolean);
  if (!counted.length) return w.t("people_unknown");
  return counted.map((count) => `${estimateWords(count, w)} ${w.known("unit", count[3] || "persons")}`).join(", ");
}

export function typeWords(incident, w) {
  return w.known("type", incident.type);
}

// The finer type, unless it only repeats the type.
export function subTypeWords(incident, w) {
  return incident.sub && incident.sub !== incident.type ? w.known("sub", incident.sub) : "";
}

export function actorWords(actors, w) {
  const named = (actor) => {
    const key = `actor.${actor.toLowerCase()}`;
    return w.has(key) ? w.t(key) : actor;
  };
  return actors.map(named).join(", ");
}

// Several places of one record as a line: "A, B and 3 more".
export function placesWords(places, w, most = 3) {
  if (!places.length) return w.t("place_unstated");
  const names = places
    .slice(0, most)
    .map((place) => placeName(place, w))
    .join(", ");
  return places.length > most ? w.t("and_more", { names, n: w.number(places.length - most) }) : names;
}

// A field that the page may not show: named as withheld, and empty.
export function isKeptBack(record, field) {
  const value = record[field];
  return record.withheld.includes(field) && (Array.isArray(value) ? !value.length : value === undefined || value === null);
}

export function incidentPlaces(incident, w, most = 3) {
  return isKeptBack(incident, "places") ? w.t("withheld") : placesWords(incident.places, w, most);
}

export function dateWords(record, w) {
  return isKeptBack(record, "when") ? w.t("withheld") : whenWords(record.when, w, true);
}

// "told by 3 outlets"; nothing of a single one.
export function toldWords(record, w) {
  return record.outlets.length > 1 ? w.count("list.told_by", record.outlets.length) : "";
}

// Who took one way: a number told of several ways together is no number of each of them.
export function flowWords({ movement }, w) {
  const people = peopleWords(movement, w);
  const shared = movement.flows.length > 1 && (movement.people || movement.households);
  return shared ? w.t("flow.whole", { people }) : people;
}

// Places shown wider can be one at both ends: an arrow from a parish to itself would say nothing.
export function staysWithin(from, to) {
  const ids = (places) => places.map((place) => place.id ?? place).sort().join("\n");
  return from.length > 0 && ids(from) === ids(to);
}

export function routeWords(movement, w) {
  if (staysWithin(movement.from, movement.to)) return w.t("route_within", { place: placesWords(movement.from, w, 2) });
  const end = (side, places) => {
    if (places.length) return placesWords(places, w, 2);
    return movement.withheld.includes(side) ? w.t("withheld") : w.t(`${side}_unstated`);
  };
  return `${end("from", movement.from)} → ${end("to", movement.to)}`;
}

// "22 killed — “delinquents”": what a claim counts or says.
export function claimWords(claim, w) {
  const parts = [];
  if (claim.value) {
    const [low, best] = claim.value;
    const one = (best ?? low) === 1 && claim.measure !== "other";
    const measure =
      claim.measure === "other" && claim.who ? "" : w.known(one ? "measure_one" : "measure", claim.measure);
    parts.push(`${estimateWords(claim.value, w)} ${measure}`.trim());
  } else {
    parts.push(w.known("event", claim.measure));
  }
  if (claim.when) parts.push(whenWords(claim.when, w));
  return parts.join(" · ");
}

export function speakerWords(claim, w) {
  if (claim.withheld) return w.t("withheld");
  return claim.speaker ? w.t("according_to", { name: claim.speaker }) : w.t("report_says");
}

export function reportTitle(report, w) {
  return report.title || w.t("untitled", { id: report.id });
}

// The records' last day, for sorting newest first; undated ones come last.
export function sortDay(when) {
  return (when && (when[1] || when[0])) || "";
}

// Newest first, records of one day as they came; the undated stand last: they are never dropped.
export function newestFirst(records) {
  const byDay = new Map();
  for (const record of records) {
    const day = sortDay(record.when);
    const group = byDay.get(day);
    if (group) group.push(record);
    else byDay.set(day, [record]);
  }
  const days = [...byDay.keys()].sort().reverse();
  return days.flatMap((day) => byDay.get(day));
}
