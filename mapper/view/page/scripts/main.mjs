// Starting the page: one state, and the parts that draw it.

import { makeBasemap } from "./basemap.mjs";
import { markRecords } from "./changes.mjs";
import { LAYERS, renderLanguages, renderLegend, renderScale, renderViews, renderZoom } from "./controls.mjs";
import { readData } from "./data.mjs";
import { el } from "./dom.mjs";
import { renderEvidence } from "./evidence.mjs";
import { applyFilter, FILTERS } from "./filter.mjs";
import { makeFilters } from "./filters.mjs";
import { renderFoot, renderHead } from "./head.mjs";
import { makeWords } from "./i18n.mjs";
import { makeLabels } from "./labels.mjs";
import { renderList } from "./lists.mjs";
import { makeLook } from "./look.mjs";
import { makeFloating, makeOverlays } from "./overlays.mjs";
import { makeSearch } from "./search.mjs";
import { makeShare } from "./share.mjs";
import { patterns } from "./signs.mjs";
import { decodeState, encodeState, keyOf, makeState, recordOf, START } from "./state.mjs";
import { renderSummary } from "./summary.mjs";
import { makeTable } from "./table.mjs";
import { makeTimeline } from "./timeline.mjs";
import { makeTurns } from "./turns.mjs";

const STREET_ZOOM = 14;
const SHEET_MS = 260;
const LEGEND_FROM_PX = 720;
const HASH_MS = 250;
const MANY = 2000; // from so many records on, the page is drawn in turns
const byId = (name) => document.getElementById(`mp-${name}`);
const phone = () => matchMedia("(max-width: 760px) and (min-height: 521px)").matches;
const low = () => matchMedia("(max-height: 520px)").matches; // the page itself scrolls: see layout.css

// What the map shows of a record that was chosen in the list.
function drawn(record, data) {
  if (record.kind === "movement") return record.flows;
  if (record.kind === "incident")
    return [...data.zones, ...data.marks].filter((shape) => shape.incidents.includes(record));
  return [record];
}

export async function start(map, catalogues) {
  const block = byId("data");
  let data;
  try {
    data = await readData(block.textContent, block.dataset.encoding);
    markRecords(data);
  } catch {
    byId("list").replaceChildren(
      ...Object.keys(catalogues)
        .sort()
        .reverse()
        .map((language) => el("p", { lang: language, class: "mp-notice" }, catalogues[language].failed)),
    );
    return;
  }
  const spoken = data.info.languages.filter((language) => Object.hasOwn(catalogues, language));
  const languages = [...new Set([...spoken, ...Object.keys(catalogues).sort().reverse()])];
  const strict = document.querySelector("[data-strict]").dataset.strict === "true";
  const state = makeState({ lang: spoken[0] ?? "en", ...decodeState(location.hash) });
  if (!languages.includes(state.get().lang)) state.set({ lang: languages[0] });
  const app = { map, data, strict, languages, state, catalogues, w: makeWords(catalogues, state.get().lang) };
  app.phone = phone;
  run(app);
}

function run(app) {
  const { map, data, state } = app;
  const names = "level title through notices list found evidence foot legend zoom scale languages side handle over";
  const more = "views search filters table time share tools";
  const nodes = Object.fromEntries(`${names} ${more}`.split(" ").map((name) => [name, byId(name)]));
  app.nodes = nodes;
  let opener = null;
  let selected = null;
  document.body.classList.toggle("is-online", !app.strict);
  document.body.append(patterns());
  map.getContainer().setAttribute("role", "region");
  app.visible = applyFilter(data, state.get());
  const many = data.incidents.length + data.movements.length > MANY;
  const turns = makeTurns(many, (waits) => document.body.classList.toggle("is-drawing", waits));
  app.turns = turns;
  app.finish = turns.finish;
  app.later = turns.later;

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
  overlays.follow(nodes.side);
  const look = makeLook(app, overlays);
  app.fit = look.fit;
  app.zoom = look.zoom;
  app.relabel = drawLabels;

  app.shown = (layer) => !state.get().hidden.includes(layer);
  app.show = (layer, on) => {
    const others = state.get().hidden.filter((name) => name !== layer);
    state.set({ hidden: on ? others : LAYERS.filter((name) => name === layer || others.includes(name)) });
  };
  const showLayers = () => {
    for (const layer of LAYERS) {
      if (app.shown(layer)) layers[layer].addTo(map);
      else layers[layer].remove();
    }
    document.body.classList.toggle("is-news", app.shown("news"));
    if (selected) overlays.highlight(drawn(selected, data));
  };

  const sheet = (open) => {
    document.body.classList.toggle("is-sheet-open", open);
    floating.forget();
    nodes.handle.setAttribute("aria-expanded", String(open));
    nodes.handle.setAttribute("aria-label", app.w.t(open ? "close_list" : "open_list"));
  };
  nodes.handle.addEventListener("click", () => sheet(!document.body.classList.contains("is-sheet-open")));

  // `from` is where the reader chose it: "list", "map", "table", or "address" when the page was opened so.
  app.select = (record, { from }) => {
    if (!selected) opener = from === "list" ? document.activeElement : map.getContainer();
    selected = record;
    if (from === "table") state.set({ view: "map" });
    renderEvidence(app, nodes.evidence, record);
    nodes.evidence.hidden = false;
    nodes.list.hidden = nodes.foot.hidden = nodes.tools.hidden = nodes.found.hidden = true;
    nodes.side.scrollTop = 0;
    sheet(true);
    if (low() && from !== "address") nodes.evidence.scrollIntoView({ block: "start" });
    if (record.kind === "mentioned") app.show("mentioned", true);
    const shapes = drawn(record, data);
    overlays.highlight(shapes);
    if (phone()) setTimeout(() => look.at(shapes), SHEET_MS);
    else if (from !== "map") look.at(shapes);
    if (from !== "address") nodes.evidence.focus({ preventScroll: true });
    state.set({ selected: keyOf(record) });
  };
  app.clear = () => {
    if (!selected) return;
    selected = null;
    overlays.highlight([]);
    nodes.evidence.hidden = true;
    nodes.evidence.replaceChildren();
    nodes.list.hidden = nodes.foot.hidden = nodes.tools.hidden = false;
    search.render();
    if (phone()) sheet(false);
    opener?.focus({ preventScroll: !nodes.side.contains(opener) });
    opener = null;
    state.set({ selected: "" });
  };

  const search = makeSearch(app, nodes.search, nodes.found, nodes.list);
  const parts = [makeFilters(app, nodes.filters), makeTable(app, nodes.table), search, makeShare(app, nodes.share)];
  let timeline = null; // its axis takes every record's day: it is made in its turn
  const drawTime = () => {
    timeline ??= makeTimeline(app, nodes.time);
    timeline.render();
  };
  const drawParts = parts.map((part) => () => part.render());
  const drawList = () => renderList(app, nodes.list);
  const drawEvidence = () => selected && renderEvidence(app, nodes.evidence, selected);
  const drawSummary = () => renderSummary(app, byId("summary-text"));
  const drawRecords = [drawList, drawEvidence, drawLabels, ...drawParts, drawTime, drawSummary];
  const renderFrame = () => {
    renderHead(app, nodes);
    nodes.over.setAttribute("aria-label", app.w.t("legend"));
    renderViews(app, nodes.views);
    renderZoom(app, nodes.zoom);
    renderLanguages(app, nodes.languages, app.catalogues);
    renderLegend(app, nodes.legend);
    renderFoot(app, nodes.foot);
    renderScale(app, nodes.scale);
    sheet(document.body.classList.contains("is-sheet-open"));
    showView();
  };
  const showView = () => {
    const table = state.get().view === "table";
    nodes.table.hidden = !table;
    document.body.classList.toggle("is-table", table);
    renderViews(app, nodes.views);
  };
  app.speak = (language) => {
    state.set({ lang: language });
    nodes.languages.querySelector(`[lang="${language}"]`).focus();
  };

  let writing = 0;
  let known = location.hash; // an address that the reader has changed meanwhile is followed, not written over
  const writeAddress = () => {
    clearTimeout(writing);
    writing = setTimeout(() => {
      const hash = app.address();
      if (location.protocol === "about:") return; // inside a notebook's frame: there is no address to write
      if (location.hash !== known || `#${hash}` === (known || "#")) return;
      history.replaceState(null, "", `#${hash}`);
      known = location.hash;
    }, HASH_MS);
  };
  const first = data.info.languages.find((language) => Object.hasOwn(app.catalogues, language)) ?? "en";
  // The state as an address; the language is named only where it is not the page's own.
  app.address = () => encodeState({ ...state.get(), lang: state.get().lang === first ? "" : state.get().lang });

  state.on((_now, changed) => {
    const any = (keys) => keys.some((key) => changed.has(key));
    if (changed.has("lang")) app.w = makeWords(app.catalogues, state.get().lang);
    if (any(FILTERS)) app.visible = applyFilter(data, state.get());
    if (changed.has("view")) showView();
    if (changed.has("at") && state.get().at) look.jump(state.get().at);
    if (changed.has("lang")) renderFrame();
    else if (changed.has("hidden")) renderLegend(app, nodes.legend);
    if (changed.has("hidden")) showLayers();
    if (any(FILTERS)) turns.run([...overlays.updates, ...drawRecords]);
    else if (any(["hidden", "lang"])) turns.run(drawRecords);
    else if (any(["view", "q"])) turns.run(drawParts);
    writeAddress();
  });
  const follow = () => {
    known = location.hash;
    const said = decodeState(known);
    state.set({ ...START, lang: first, ...said });
    const record = recordOf(state.get().selected, data);
    if (record && record !== selected) app.select(record, { from: "address" });
    else if (!record) app.clear();
  };
  addEventListener("hashchange", follow);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || nodes.share.open) return;
    if (phone() && nodes.legend.dataset.open === "true") {
      nodes.legend.dataset.open = "false";
      renderLegend(app, nodes.legend);
    } else app.clear();
  });
  map.on("click", () => app.clear());
  map.on("zoomend moveend resize", () => renderScale(app, nodes.scale));
  map.on("zoomend", () => map.getContainer().classList.toggle("is-street", map.getZoom() >= STREET_ZOOM));
  map.on("moveend", () => look.settled() && state.set({ at: look.here() }));
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  nodes.legend.dataset.open = String(!phone() && map.getContainer().offsetWidth > LEGEND_FROM_PX);
  renderFrame();
  map.invalidateSize({ animate: false });
  look.open(state.get().at); // the shapes are drawn where the map looks, once
  turns.finish();
  showLayers();
  drawList();
  turns.run(drawRecords);
  const record = recordOf(state.get().selected, data);
  if (record) app.select(record, { from: "address" });
  document.body.classList.add("is-ready");
}
