// Starting the page: one state, and the parts that draw it.

import { makeBasemap } from "./basemap.mjs";
import { LAYERS, renderLanguages, renderLegend, renderScale, renderZoom } from "./controls.mjs";
import { readData } from "./data.mjs";
import { el } from "./dom.mjs";
import { renderEvidence } from "./evidence.mjs";
import { renderFoot, renderHead } from "./head.mjs";
import { makeWords } from "./i18n.mjs";
import { makeLabels } from "./labels.mjs";
import { renderList } from "./lists.mjs";
import { makeOverlays } from "./overlays.mjs";
import { patterns } from "./signs.mjs";

const STREET_ZOOM = 14;
const CLOSE_LOOK = 13.5;
const FIT_MOST = 13.5;
const SHEET_MS = 260;
const LEGEND_FROM_PX = 720;
const byId = (name) => document.getElementById(`mp-${name}`);
const phone = () => matchMedia("(max-width: 760px)").matches;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

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
  const languages = [...new Set([...spoken, "es", "en"])];
  const strict = document.querySelector("[data-strict]").dataset.strict === "true";
  const app = { map, data, strict, languages, w: makeWords(catalogues, spoken[0] ?? "en") };
  run(app, catalogues);
}

function run(app, catalogues) {
  const { map, data } = app;
  const nodes = Object.fromEntries(
    [
      "level",
      "title",
      "through",
      "notices",
      "list",
      "evidence",
      "foot",
      "legend",
      "zoom",
      "scale",
      "languages",
      "side",
      "handle",
      "over",
    ].map((name) => [name, byId(name)]),
  );
  let opener = null;
  let selected = null;
  document.body.classList.toggle("is-online", !app.strict);
  document.body.append(patterns());
  map.getContainer().setAttribute("role", "region");

  const basemap = makeBasemap(map, data);
  const overlays = makeOverlays(map, data, app);
  const layers = { ...overlays.layers, parishes: basemap.parishes };
  for (const layer of LAYERS) if (layer !== "mentioned") layers[layer].addTo(map);
  const floating = () => {
    const frame = map.getContainer().getBoundingClientRect();
    const boxes = [...nodes.over.querySelectorAll(":scope > *")].map((node) => node.getBoundingClientRect());
    return boxes.map((box) => ({ x: box.left - frame.left, y: box.top - frame.top, w: box.width, h: box.height }));
  };
  const drawLabels = makeLabels(map, [basemap.labels, overlays.labels], () => [...floating(), ...overlays.obstacles()]);

  const home = () => {
    const events = overlays.eventBounds();
    const [west, south, east, north] = data.info.bbox;
    return events.isValid() ? events : L.latLngBounds([south, west], [north, east]);
  };
  // Room for what floats over the map: the legend on the right, the caveat below.
  const room = () => {
    const legend = !phone() && nodes.legend.dataset.open === "true" ? nodes.legend.offsetWidth : 0;
    if (phone())
      return {
        paddingTopLeft: [24, 30],
        paddingBottomRight: [24, document.body.classList.contains("is-sheet-open") ? 30 : 84],
      };
    return { paddingTopLeft: [64, 30], paddingBottomRight: [legend + 34, 64] };
  };
  const look = (bounds, most, animate = !calm()) => map.fitBounds(bounds, { ...room(), maxZoom: most, animate });
  app.fit = () => look(home().pad(0.04), FIT_MOST);
  app.zoom = (steps) => map.setZoom(Math.round(map.getZoom()) + steps, { animate: !calm() });
  app.relabel = () => drawLabels();
  app.shown = (layer) => map.hasLayer(layers[layer]);
  app.show = (layer, on) => {
    if (on) layers[layer].addTo(map);
    else layers[layer].remove();
    if (selected) overlays.highlight(drawn(selected, data));
    drawLabels();
  };

  const sheet = (open) => {
    document.body.classList.toggle("is-sheet-open", open);
    nodes.handle.setAttribute("aria-expanded", String(open));
    nodes.handle.setAttribute("aria-label", app.w.t(open ? "close_list" : "open_list"));
  };
  nodes.handle.addEventListener("click", () => sheet(!document.body.classList.contains("is-sheet-open")));

  app.select = (record, { from }) => {
    if (!selected) opener = from === "list" ? document.activeElement : map.getContainer();
    selected = record;
    renderEvidence(app, nodes.evidence, record);
    nodes.evidence.hidden = false;
    nodes.list.hidden = nodes.foot.hidden = true;
    nodes.side.scrollTop = 0;
    sheet(true);
    if (record.kind === "mentioned" && !app.shown("mentioned")) {
      app.show("mentioned", true);
      renderLegend(app, nodes.legend);
    }
    const shapes = drawn(record, data);
    overlays.highlight(shapes);
    if (phone()) setTimeout(() => lookAt(shapes), SHEET_MS);
    else if (from === "list") lookAt(shapes);
    nodes.evidence.focus({ preventScroll: true });
  };
  app.clear = () => {
    if (!selected) return;
    selected = null;
    overlays.highlight([]);
    nodes.evidence.hidden = true;
    nodes.evidence.replaceChildren();
    nodes.list.hidden = nodes.foot.hidden = false;
    if (phone()) sheet(false);
    opener?.focus({ preventScroll: !nodes.side.contains(opener) });
    opener = null;
  };
  const lookAt = (shapes) => {
    const target = L.latLngBounds([]);
    for (const shape of shapes) if (overlays.boundsOf(shape)) target.extend(overlays.boundsOf(shape));
    if (!target.isValid() || map.getBounds().pad(-0.1).contains(target)) return;
    look(target.pad(0.3), Math.max(Math.min(map.getZoom(), CLOSE_LOOK), 12));
  };

  const renderAll = () => {
    renderHead(app, nodes);
    nodes.over.setAttribute("aria-label", app.w.t("legend"));
    renderList(app, nodes.list);
    renderLegend(app, nodes.legend);
    renderZoom(app, nodes.zoom);
    renderLanguages(app, nodes.languages, catalogues);
    renderFoot(app, nodes.foot);
    renderScale(app, nodes.scale);
    if (selected) renderEvidence(app, nodes.evidence, selected);
    sheet(document.body.classList.contains("is-sheet-open"));
    drawLabels();
  };
  app.speak = (language) => {
    app.w = makeWords(catalogues, language);
    renderAll();
    nodes.languages.querySelector(`[lang="${language}"]`).focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (phone() && nodes.legend.dataset.open === "true") {
      nodes.legend.dataset.open = "false";
      renderLegend(app, nodes.legend);
    } else app.clear();
  });
  map.on("click", () => app.clear());
  map.on("zoomend moveend resize", () => renderScale(app, nodes.scale));
  map.on("zoomend", () => map.getContainer().classList.toggle("is-street", map.getZoom() >= STREET_ZOOM));
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  nodes.legend.dataset.open = String(!phone() && map.getContainer().offsetWidth > LEGEND_FROM_PX);
  const [west, south, east, north] = data.info.bbox;
  map.setMaxBounds(L.latLngBounds([south, west], [north, east]).pad(0.6));
  renderAll();
  map.invalidateSize({ animate: false });
  look(home().pad(0.04), FIT_MOST, false);
  document.body.classList.add("is-ready");
}
