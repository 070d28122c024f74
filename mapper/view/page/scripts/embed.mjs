// The page to embed: the same map without panels. A record that is chosen says its type, date, place
// and outlets on a small card; its file holds no more. It writes nothing into any address.

import { makeBasemap } from "./basemap.mjs";
import { isAdded, markRecords } from "./changes.mjs";
import { LAYERS, renderLanguages, renderLegend, renderScale, renderZoom } from "./controls.mjs";
import { readData } from "./data.mjs";
import { el, safeLink, said } from "./dom.mjs";
import { applyFilter } from "./filter.mjs";
import { renderFoot, renderHead } from "./head.mjs";
import { makeWords } from "./i18n.mjs";
import { makeLabels } from "./labels.mjs";
import { makeLook } from "./look.mjs";
import { makeFloating, makeOverlays } from "./overlays.mjs";
import { gravestFirst, patterns } from "./signs.mjs";
import { keyOf, makeState, recordOf } from "./state.mjs";
import { makeTurns } from "./turns.mjs";
import {
  incidentPlaces,
  peopleWords,
  placeName,
  precisionWords,
  routeWords,
  subTypeWords,
  typeWords,
  whenWords,
} from "./words.mjs";

const MOST_ON_CARD = 4;
const nodeOf = (name) => document.getElementById(`mp-${name}`);

// The outlets behind a record, each once; a report without one counts for nothing here.
export function outletNames(record) {
  return [...new Set(record.reports.map((report) => report.outlet).filter(Boolean))];
}

// What the card says: a heading, a note, and for each incident or movement what, when, where, told by whom.
export function cardOf(record, w) {
  const told = (one) => (outletNames(one).length ? w.t("embed.outlets", { names: outletNames(one).join(", ") }) : "");
  const added = (one) => (isAdded(one) ? [w.t("review.added")] : []);
  const day = (one) => (one.withheld.includes("when") ? w.t("withheld") : whenWords(one.when, w, true));
  if (record.kind === "flow" || record.kind === "movement") {
    const movement = record.movement?.kind === "movement" ? record.movement : record;
    const hidden = movement.withheld.some((field) => field === "people" || field === "households");
    const counted = movement.people || movement.households;
    const people = hidden && !counted ? w.t("withheld") : peopleWords(movement, w);
    const lines = [[people, day(movement), told(movement), ...added(movement)]];
    return { title: routeWords(movement, w), note: w.t("sign.flow_note"), lines, more: 0 };
  }
  const incidents = record.kind === "incident" ? [record] : gravestFirst(record.incidents);
  const shown = incidents.slice(0, MOST_ON_CARD);
  return {
    title: record.place ? placeName(record.place, w) : incidentPlaces(record, w),
    note: record.place ? precisionWords(record.place, w) : "",
    lines: shown.map((one) => [subTypeWords(one, w) || typeWords(one, w), day(one), told(one), ...added(one)]),
    more: incidents.length - shown.length,
  };
}

// The records one can choose without a pointer: places by name, then routes.
export function choices(data, w) {
  const byName = (a, b) => a[1].localeCompare(b[1], w.language);
  const marked = new Set(data.marks.map((mark) => mark.place.id));
  const places = [...data.marks, ...data.zones.filter((zone) => !marked.has(zone.place.id))];
  const movements = new Set(data.flows.map((flow) => flow.movement));
  return [
    ...places.map((record) => [keyOf(record), placeName(record.place, w)]).sort(byName),
    ...[...movements].map((record) => [keyOf(record), routeWords(record, w)]).sort(byName),
  ];
}

export async function start(map, catalogues) {
  const block = nodeOf("data");
  let data;
  try {
    data = await readData(block.textContent, block.dataset.encoding);
    markRecords(data);
  } catch {
    nodeOf("notices").replaceChildren(
      ...Object.keys(catalogues).map((lang) => el("p", { lang, class: "mp-notice" }, catalogues[lang].failed)),
    );
    return;
  }
  const spoken = data.info.languages.filter((language) => Object.hasOwn(catalogues, language));
  const languages = [...new Set([...spoken, ...Object.keys(catalogues).sort().reverse()])];
  const state = makeState({ lang: languages[0] });
  const app = { map, data, strict: true, languages, state, catalogues, w: makeWords(catalogues, languages[0]) };
  app.phone = () => matchMedia("(max-width: 760px)").matches;
  app.turns = makeTurns(false);
  embed(app);
}

function embed(app) {
  const { map, data, state } = app;
  const names = "level title through notices foot legend zoom scale languages over card choose full";
  const nodes = Object.fromEntries(names.split(" ").map((name) => [name, nodeOf(name)]));
  app.nodes = nodes;
  document.body.append(patterns());
  map.getContainer().setAttribute("role", "main");
  app.visible = applyFilter(data, state.get());

  const basemap = makeBasemap(app);
  const overlays = makeOverlays(map, data, app);
  const layers = { ...overlays.layers, parishes: basemap.parishes };
  const floating = makeFloating(map, nodes.over);
  const obstacles = () => [...floating.boxes(), ...overlays.obstacles()];
  const placeNames = makeLabels(app, [basemap.labels, overlays.labels], obstacles);
  const drawLabels = () => {
    floating.forget();
    placeNames();
  };
  const look = makeLook(app, overlays);
  app.fit = look.fit;
  app.zoom = look.zoom;
  app.relabel = drawLabels;
  app.shown = (layer) => !state.get().hidden.includes(layer);
  app.show = (layer, on) =>
    state.set({ hidden: LAYERS.filter((name) => (name === layer ? !on : state.get().hidden.includes(name))) });
  const showLayers = () => {
    for (const layer of LAYERS) {
      if (app.shown(layer)) layers[layer].addTo(map);
      else layers[layer].remove();
    }
  };

  let selected = null;
  let opener = null;
  const renderCard = () => {
    nodes.card.hidden = !selected;
    if (!selected) return nodes.card.replaceChildren();
    const { title, note, lines, more } = cardOf(selected, app.w);
    return nodes.card.replaceChildren(
      el(
        "button",
        { type: "button", class: "mp-close", "aria-label": app.w.t("close"), on: { click: () => app.clear() } },
        "×",
      ),
      el("h2", {}, said(title)),
      note && el("p", { class: "mp-note" }, note),
      el(
        "ul",
        {},
        lines.map((parts) => el("li", {}, parts.filter(Boolean).map((part) => el("span", {}, said(part))))),
      ),
      more > 0 ? el("p", { class: "mp-note" }, app.w.count("embed.more", more)) : "",
    );
  };
  app.select = (record, { from }) => {
    const chooser = nodes.choose.querySelector("select");
    opener = from === "choose" ? chooser : map.getContainer();
    chooser.value = keyOf(record);
    selected = record;
    const shapes = record.kind === "movement" ? record.flows : [record];
    overlays.highlight(shapes);
    if (from === "choose") look.at(shapes);
    renderCard();
    if (from !== "choose") nodes.card.focus({ preventScroll: true });
  };
  app.clear = () => {
    if (!selected) return;
    selected = null;
    overlays.highlight([]);
    renderCard();
    nodes.choose.querySelector("select").value = "";
    opener.focus({ preventScroll: true });
  };
  const renderChoices = () => {
    const select = el(
      "select",
      { "aria-label": app.w.t("embed.choose") },
      el("option", { value: "" }, app.w.t("embed.choose_none")),
      choices(data, app.w).map(([key, words]) => el("option", { value: key }, words)),
    );
    select.addEventListener("change", () => {
      const record = recordOf(select.value, data);
      if (record) app.select(record, { from: "choose" });
      else app.clear();
    });
    nodes.choose.replaceChildren(select);
  };
  const renderAll = () => {
    const { info } = data;
    renderHead(app, nodes);
    renderZoom(app, nodes.zoom);
    renderLanguages(app, nodes.languages, app.catalogues);
    renderFoot(app, nodes.foot);
    for (const part of nodes.foot.querySelectorAll("details")) part.open = true; // the whole foot is folded
    renderScale(app, nodes.scale);
    renderLegend(app, nodes.legend);
    renderChoices();
    nodes.over.setAttribute("aria-label", app.w.t("legend"));
    nodes.full.replaceChildren(info.full_map_url ? safeLink(info.full_map_url, app.w.t("embed.full")) : "");
    renderCard();
    drawLabels();
  };
  app.speak = (language) => {
    state.set({ lang: language });
    nodes.languages.querySelector(`[lang="${language}"]`).focus();
  };

  state.on((_now, changed) => {
    if (changed.has("lang")) {
      app.w = makeWords(app.catalogues, state.get().lang);
      renderAll();
    }
    if (changed.has("hidden")) {
      showLayers();
      renderLegend(app, nodes.legend);
      drawLabels();
    }
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && app.clear());
  map.on("click", () => app.clear());
  map.on("zoomend moveend resize", () => renderScale(app, nodes.scale));
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  nodes.legend.dataset.open = "false";
  showLayers();
  renderAll();
  map.invalidateSize({ animate: false });
  look.open(null);
  document.body.classList.add("is-ready");
}
