// The search box and what it finds, in the place of the list.

import { el, rove, safeLink } from "./dom.mjs";
import { isTold } from "./filter.mjs";
import { makeWords } from "./i18n.mjs";
import { assertionTag, entry, leftWords, plain, unlocatedItem, whenAndTold } from "./lists.mjs";
import { paged } from "./paged.mjs";
import { excerpt, findIn, hasMatch, makeIndex, matchedParts, queryWords } from "./searchindex.mjs";
import { gravest, swatch, symbol } from "./signs.mjs";
import {
  actorWords,
  incidentPlaces,
  newestFirst,
  peopleWords,
  placeName,
  reportTitle,
  routeWords,
  subTypeWords,
  typeWords,
  whereWords,
} from "./words.mjs";

const FOUND_AT_ONCE = 12;
const TYPED_MS = 110;
const ADDRESS_MS = 500;
const SLICE_MS = 10;
const AREA_ZOOM = 14;

// A text with the words that were found marked.
function lit(text, words) {
  return el(
    "bdi",
    { dir: "auto" },
    matchedParts(text, words).map(([part, found]) => (found ? el("mark", {}, part) : part)),
  );
}

// A record with some fields as they are given; the others are still its own.
const withFields = (record, fields) => Object.create(record, Object.getOwnPropertyDescriptors(fields));

// Of the places of a record, those that were searched for first.
const searchedFirst = (places, words) => [
  ...places.filter((place) => hasMatch(place.name ?? "", words)),
  ...places.filter((place) => !hasMatch(place.name ?? "", words)),
];

// Where the words were found, if neither title nor type says it: a sentence, a speaker, an outlet.
function foundIn(record, words) {
  const quote = record.quotes.find(({ text }) => text && hasMatch(text, words));
  const claims = (record.claims ?? []).flatMap((claim) => [claim.speaker, claim.who]);
  const names = [...new Set([...record.outlets, ...claims])].filter((name) => name && hasMatch(name, words));
  return [quote && lit(excerpt(quote.text, words), words), names.length > 0 && lit(names.join(", "), words)];
}

// Which record of a place says most: its zone, its mark if that holds more, an incident that is not drawn, a
// threat or a denial, a movement, a bare mention.
export function recordAt({ zone, mark, incidents, movements, mentioned }) {
  if (zone && !(mark && mark.incidents.length > zone.incidents.length)) return zone;
  if (mark || incidents.length) return mark ?? gravest(incidents);
  return mentioned.find((item) => !isTold(item)) ?? movements[0] ?? mentioned[0];
}

// Whether the filters leave anything of a record.
export function isLeft(record, visible) {
  const held = { zone: "zones", mark: "marks", incident: "incidents", movement: "movements", mentioned: "mentioned" };
  return visible[held[record.kind]].has(record) || visible.undated.includes(record);
}

export function placeLines(found, w) {
  const { zone, mark, incidents, movements, mentioned } = found;
  const happened = Math.max(zone?.incidents.length ?? 0, mark?.incidents.length ?? 0);
  const told = new Set(mentioned.map((item) => item.assertion));
  const claimed = new Set(happened ? [] : incidents.map((incident) => assertionTag(incident, w)));
  const lines = [
    zone && w.t(zone.shape === "municipality" ? "sign.municipality" : "kind.zone"),
    happened > 0 && leftWords(happened, happened, w),
    !happened && incidents.length > 0 && [w.count("incidents", incidents.length), ...claimed].filter(Boolean).join(" · "),
    ...[...told].filter((assertion) => !happened || assertion !== "none").map((one) => w.known("assertion", one)),
    movements.length > 0 && w.t("search.ends", { movements: w.count("movements", movements.length) }),
  ];
  return lines.filter(Boolean);
}

// What the reports say of an area as a whole. That nothing is said of it is no news of calm.
export function areaLine(area, w) {
  const counts = ["incidents", "movements"].filter((key) => area[key]).map((key) => w.count(key, area[key]));
  if (counts.length) return w.t("search.inside", { counts: counts.join(", ") });
  return w.t(area.named ? "search.only_named" : "search.no_event");
}

export function makeSearch(app, node, found, list) {
  const { data, map, state } = app;
  const live = el("p", { class: "mp-away", role: "status" });
  const label = el("label", { class: "mp-away", for: "mp-search-field" });
  const field = el("input", {
    type: "search",
    id: "mp-search-field",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    "aria-controls": "mp-found",
    "aria-keyshortcuts": "/",
  });
  node.replaceChildren(label, field, live);
  rove(found);
  let [pushed, typing, writing] = ["", 0, 0];
  let building = null; // the index while it is built in slices
  let index = null;
  let last = null; // what was found last
  let drawn = {}; // and for whom it was drawn
  let outline = null;

  const build = () => {
    if (index || building) return;
    building = makeIndex(data, Object.keys(app.catalogues).map((one) => makeWords(app.catalogues, one)));
    const slice = () => {
      const until = performance.now() + SLICE_MS;
      while (performance.now() < until) {
        const { done, value } = building.next();
        if (!done) continue;
        index = value;
        building = null;
        render();
        return;
      }
      setTimeout(slice);
    };
    setTimeout(slice);
  };

  const goTo = (area) => {
    const rings = area.area.flatMap((polygon) => polygon[0] ?? []);
    if (!rings.length) return;
    state.set({ view: "map" });
    outline?.remove();
    outline = L.polygon(area.area, { className: "mp-found-area", interactive: false }).addTo(map);
    if (app.phone() && document.body.classList.contains("is-sheet-open")) app.nodes.handle.click();
    const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    map.fitBounds(L.latLngBounds(rings), { padding: [40, 40], maxZoom: AREA_ZOOM, animate });
    live.textContent = `${app.w.t("search.moved", { name: area.name })} ${areaLine(area, app.w)}`;
  };

  const leftOut = (record) => !isLeft(record, app.visible) && app.w.t("search.left_out");
  const draw = {
    places: ({ record }, words) => {
      const { w } = app;
      if (record.kind === "area") {
        const line = [w.t(`search.${record.level}`), record.municipality].filter(Boolean).join(" · ");
        const parts = { sign: swatch(`${record.level}_line`), title: lit(record.name, words), lines: [line, areaLine(record, w)] };
        return entry(app, record, { ...parts, choose: () => goTo(record) });
      }
      const target = recordAt(record);
      const shape = target.kind === "zone" && (target.official && target.shape === "footprint" ? "official" : target.shape);
      const signs = { movement: () => swatch("flow"), mentioned: () => swatch("mentioned"), zone: () => swatch(shape) };
      const sign = signs[target.kind]?.() ?? symbol(gravest(target.incidents ?? [target]).type, 20);
      const about = lit(whereWords(record.place, w), words);
      const lines = [placeLines(record, w).join(" · "), about.textContent && about];
      return entry(app, target, { sign, title: lit(placeName(record.place, w), words), lines, tags: [leftOut(target)] });
    },
    incidents: ({ record }, words) => {
      const { w } = app;
      const places = withFields(record, { places: searchedFirst(record.places, words) });
      const what = [typeWords(record, w), subTypeWords(record, w)].filter(Boolean).join(" · ");
      const actors = actorWords(record.actors, w);
      return entry(app, record, {
        sign: symbol(record.type, 20),
        title: lit(incidentPlaces(places, w), words),
        lines: [
          lit(what, words),
          whenAndTold(record, w),
          hasMatch(actors, words) && lit(actors, words),
          ...foundIn(record, words),
        ],
        tags: [assertionTag(record, w), leftOut(record)],
      });
    },
    movements: ({ record }, words) => {
      const { w } = app;
      const ends = { from: searchedFirst(record.from, words), to: searchedFirst(record.to, words) };
      return entry(app, record, {
        sign: swatch(record.flows.some((flow) => flow.vague) || !record.flows.length ? "flow_vague" : "flow"),
        title: lit(routeWords(withFields(record, ends), w), words),
        lines: [peopleWords(record, w), whenAndTold(record, w), ...foundIn(record, words)],
        tags: [assertionTag(record, w), leftOut(record)],
      });
    },
    reports: ({ record }, words) => {
      const { w } = app;
      const title = lit(reportTitle(record, w), words);
      const link = safeLink(record.url, "");
      if (link.href) link.replaceChildren(title);
      return plain(
        el("span", { class: "mp-entry-title" }, link.href ? link : title),
        el(
          "span",
          { class: "mp-entry-line" },
          lit(record.outlet || w.t("no_outlet"), words),
          ` · ${record.published ? w.day(record.published) : w.t("no_published")}`,
        ),
      );
    },
    unlocated: ({ record }) => unlocatedItem(app, record),
  };

  const ordered = (group, results) => {
    if (group !== "incidents" && group !== "movements") return results;
    const by = new Map(results.map((result) => [result.record, result]));
    return newestFirst(results.map((result) => result.record)).map((record) => by.get(record));
  };

  const drawFound = (words) => {
    const { w } = app;
    last = findIn(index, words, last);
    const groups = Object.entries(last.found).filter(([, results]) => results.length);
    const total = groups.reduce((sum, [, results]) => sum + results.length, 0);
    const sections = groups.map(([group, results]) =>
      el(
        "section",
        { class: "mp-found-group", "aria-labelledby": `mp-found-${group}` },
        el(
          "h2",
          { id: `mp-found-${group}` },
          w.t(`search.group.${group}`),
          el("span", { class: "mp-count" }, w.number(results.length)),
        ),
        paged(app, ordered(group, results), FOUND_AT_ONCE, (result) => draw[group](result, words), {
          key: `found ${group} ${words.join(" ")}`,
          list: () => el("ul", { class: "mp-entries" }),
        }),
      ),
    );
    found.replaceChildren(...(total ? sections : [el("p", { class: "mp-note" }, w.t("search.none"))]));
    const first = found.querySelector("[data-rove]");
    if (first) first.tabIndex = 0;
    live.textContent = total ? w.count("search.results", total) : w.t("search.none");
  };

  // Shown while something is searched for and no record is open; drawn anew only if it would read otherwise.
  function render() {
    const { w, visible } = app;
    if (state.get().q !== pushed) field.value = pushed = state.get().q;
    if (drawn.w !== w) {
      label.textContent = w.t("search.label");
      field.placeholder = w.t("search.hint");
    }
    const words = queryWords(field.value);
    if (words.length && !index) build();
    const key = words.join(" ");
    const ready = words.length > 0 && index !== null;
    if (ready && (drawn.key !== key || drawn.w !== w || drawn.visible !== visible)) drawFound(words);
    if (!words.length) {
      live.textContent = "";
      found.replaceChildren();
      outline?.remove();
      last = null;
    }
    drawn = { w, visible, key: ready ? key : "" };
    if (!app.nodes.evidence.hidden) return; // a record is open in their place
    if (building && words.length) found.replaceChildren(el("p", { class: "mp-note" }, w.t("search.wait")));
    found.hidden = !words.length;
    list.hidden = words.length > 0;
  }

  const search = () => {
    clearTimeout(typing);
    render();
  };
  const write = () => {
    clearTimeout(writing);
    pushed = field.value;
    state.set({ q: field.value });
  };
  const clear = () => {
    field.value = "";
    search();
    write();
  };
  field.addEventListener("focus", () => {
    build();
    if (app.phone() && app.nodes.handle.getAttribute("aria-expanded") === "false") app.nodes.handle.click();
  });
  field.addEventListener("input", () => {
    pushed = state.get().q; // what is typed stands, until it is written into the address
    clearTimeout(typing);
    clearTimeout(writing);
    typing = setTimeout(search, TYPED_MS);
    writing = setTimeout(write, ADDRESS_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value) {
      event.preventDefault();
      event.stopPropagation();
      clear();
    } else if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      search();
      if (!found.hidden) found.querySelector("[data-rove]")?.focus();
    }
  });
  found.addEventListener("keydown", (event) => {
    const first = document.activeElement === found.querySelector("[data-rove]");
    if (event.key !== "Escape" && !(event.key === "ArrowUp" && first)) return;
    event.preventDefault();
    event.stopPropagation();
    field.focus();
  });
  document.addEventListener("keydown", (event) => {
    const busy = event.ctrlKey || event.metaKey || event.altKey || app.nodes.share.open;
    if (event.key !== "/" || busy || event.target.closest?.("input, textarea, select")) return;
    event.preventDefault();
    app.clear();
    field.focus();
    field.select();
  });
  return { render };
}
