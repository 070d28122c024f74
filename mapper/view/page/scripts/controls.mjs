// Legend with layer switches, views, zoom buttons, scale bar and language switch.

import { isNews, isUnreviewed } from "./changes.mjs";
import { el, svg } from "./dom.mjs";
import { isCorroborated } from "./filter.mjs";
import { swatch, symbol, TYPES } from "./signs.mjs";
import { VIEWS } from "./state.mjs";

export const LAYERS = ["zones", "incidents", "flows", "news", "mentioned", "parishes"];
const ZONE_SHAPES = ["footprint", "disc", "parish", "vague", "adjacent", "municipality"];

const CLOSED = ["parishes"]; // groups that start folded: the rest of the map explains them

// The signs that stand on this map, by layer: [sign node, words]; a note has no sign.
function signs(data, w) {
  const zoneSign = (zone) => (zone.shape === "footprint" && zone.official ? "official" : zone.shape);
  const drawn = new Set(data.zones.map(zoneSign));
  const filled = ["official", "footprint", "disc", "parish", "vague"].some((shape) => drawn.has(shape));
  const types = new Set(data.marks.flatMap((mark) => mark.incidents.map((incident) => incident.type)));
  const ringed = data.marks.some((mark) => mark.incidents.some(isCorroborated));
  const hollow = data.marks.some((mark) => mark.incidents.some(isUnreviewed));
  const sign = (kind, there = true) => (there ? [[swatch(kind), w.t(`sign.${kind}`)]] : []);
  return {
    zones: [
      ...["official", ...ZONE_SHAPES].flatMap((shape) => sign(shape, drawn.has(shape))),
      ...sign("steps", filled),
    ],
    incidents: [
      ...TYPES.filter((type) => types.has(type)).map((type) => [symbol(type, 16), w.t(`type.${type}`)]),
      ...sign("ring", ringed),
      ...(hollow ? [[symbol("Battles", 16, { hollow }), w.t("sign.hollow")]] : []),
    ],
    news: sign("news", [...data.incidents, ...data.movements].some(isNews)),
    flows: data.flows.length
      ? [
          ...sign(
            "flow",
            data.flows.some((flow) => !flow.vague),
          ),
          ...sign(
            "flow_vague",
            data.flows.some((flow) => flow.vague),
          ),
          ...sign("flow_end"),
          ...(data.flows.some((flow) => isUnreviewed(flow.movement)) ? [[swatch("flow_hollow"), w.t("sign.hollow")]] : []),
          [null, w.t("sign.flow_note")],
        ]
      : [],
    mentioned: sign("mentioned", data.mentioned.length > 0),
    parishes: [
      ...sign("parish_line", data.parishes.length > 0),
      ...sign("municipality_line", data.municipalities.length > 0),
      ...sign("avenue", Boolean(data.avenues?.length)),
    ],
  };
}

function foldButton(app, node, layer, closed) {
  const { w } = app;
  const open = !closed.has(layer);
  const fold = () => {
    if (open) closed.add(layer);
    else closed.delete(layer);
    node.dataset.closed = [...closed].join(" ");
    renderLegend(app, node);
    node.querySelector(`[data-fold="${layer}"]`).focus();
    app.relabel();
  };
  return el("button", {
    type: "button",
    class: "mp-fold",
    "data-fold": layer,
    "aria-expanded": String(open),
    "aria-controls": `mp-signs-${layer}`,
    "aria-label": w.t("legend.signs", { layer: w.t(`layer.${layer}`) }),
    on: { click: fold },
  });
}

export function renderLegend(app, node) {
  const { data, w } = app;
  const open = node.dataset.open === "true";
  node.dataset.closed ??= CLOSED.join(" ");
  const closed = new Set(node.dataset.closed.split(" "));
  const rows = signs(data, w);
  const groups = LAYERS.filter((layer) => layer !== "news" || rows.news.length).map((layer) => {
    const box = el("input", {
      type: "checkbox",
      id: `mp-layer-${layer}`,
      checked: app.shown(layer),
      on: {
        change: (event) => {
          app.show(layer, event.target.checked);
          node.querySelector(`#mp-layer-${layer}`).focus();
        },
      },
    });
    const explained = rows[layer].length > 0 && app.shown(layer);
    return el(
      "li",
      {},
      el(
        "div",
        { class: "mp-group" },
        el("label", { class: "mp-switch" }, box, el("span", {}, w.t(`layer.${layer}`))),
        explained && foldButton(app, node, layer, closed),
      ),
      explained &&
        el(
          "ul",
          { class: "mp-signs", id: `mp-signs-${layer}`, hidden: closed.has(layer) },
          rows[layer].map(([sign, words]) =>
            el(
              "li",
              { class: sign ? "" : "mp-sign-note" },
              sign && el("span", { class: "mp-sign" }, sign),
              el("span", {}, words),
            ),
          ),
        ),
    );
  });
  const button = el(
    "button",
    { type: "button", class: "mp-legend-button", "aria-expanded": String(open), "aria-controls": "mp-legend-body" },
    w.t("legend"),
  );
  button.addEventListener("click", () => {
    node.dataset.open = String(node.dataset.open !== "true");
    button.setAttribute("aria-expanded", node.dataset.open);
    app.relabel();
  });
  node.replaceChildren(
    button,
    el("div", { class: "mp-legend-body", id: "mp-legend-body" }, el("ul", { class: "mp-layers" }, groups)),
  );
}

// The switch between the map and the table of the same records.
export function renderViews(app, node) {
  const { state, w } = app;
  node.setAttribute("aria-label", w.t("views"));
  node.replaceChildren(
    ...VIEWS.map((view) =>
      el(
        "button",
        {
          type: "button",
          "data-view": view,
          "aria-pressed": String(state.get().view === view),
          on: {
            click: () => {
              state.set({ view });
              node.querySelector(`[data-view="${view}"]`).focus();
            },
          },
        },
        w.t(`view.${view}`),
      ),
    ),
  );
}

// Two arrows pointing outward; drawn, because not every font has the sign.
const outward = () =>
  svg(
    "svg",
    { viewBox: "0 0 20 20", width: 18, height: 18, fill: "none", stroke: "currentColor", "stroke-width": 1.8 },
    svg("path", { d: "M12 3h5v5M17 3l-6 6M8 17H3v-5M3 17l6-6" }),
  );

export function renderZoom(app, node) {
  const { w } = app;
  const button = (key, sign, act) =>
    el(
      "button",
      { type: "button", "aria-label": w.t(key), title: w.t(key), on: { click: act } },
      el("span", { "aria-hidden": "true" }, sign),
    );
  node.setAttribute("aria-label", w.t("zoom"));
  node.replaceChildren(
    button("zoom_in", "+", () => app.zoom(1)),
    button("zoom_out", "−", () => app.zoom(-1)),
    button("zoom_fit", outward(), () => app.fit()),
  );
}

const STEPS_M = [20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50];

// The longest round length, in metres, that is at most `most` pixels wide.
export function scaleStep(metresPerPixel, most) {
  const length = STEPS_M.find((step) => step / metresPerPixel <= most) ?? STEPS_M[STEPS_M.length - 1];
  return { length, width: Math.round(length / metresPerPixel) };
}

export function renderScale(app, node) {
  const { map, w } = app;
  const middle = map.getSize().divideBy(2);
  const metres = map.distance(
    map.containerPointToLatLng(middle.subtract([50, 0])),
    map.containerPointToLatLng(middle.add([50, 0])),
  );
  const { length, width } = scaleStep(metres / 100, 110);
  const bar = el("span", { class: "mp-scale-bar" });
  bar.style.width = `${width}px`;
  node.replaceChildren(bar, el("span", {}, length >= 1000 ? `${w.number(length / 1000)} km` : `${w.number(length)} m`));
}

export function renderLanguages(app, node, catalogues) {
  node.setAttribute("aria-label", app.w.t("languages"));
  node.replaceChildren(
    ...app.languages.map((language) =>
      el(
        "button",
        {
          type: "button",
          lang: language,
          "aria-pressed": String(language === app.w.language),
          on: { click: () => app.speak(language) },
        },
        catalogues[language].language_name,
      ),
    ),
  );
}
