// The map as it stands now, as one picture: title, date, what is shown, legend, caveats and credits inside.

import { reviewWords } from "./changes.mjs";
import { creditWords, mapTitle, throughWords } from "./cite.mjs";
import { LAYERS, renderLegend, scaleStep } from "./controls.mjs";
import { el, svg } from "./dom.mjs";
import { isFiltered } from "./filter.mjs";
import { choiceWords, filterWords } from "./filters.mjs";
import { copyNode, copySvg, definitions, haloText, inLight, legalText, splitColour } from "./svgcopy.mjs";

const PICTURE_FACE = '"Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, Helvetica, sans-serif';
const [INK, INK_2, RULE] = ["#1b232d", "#4c5866", "#e2e6ea"];
const EDGE = 20;
const LEAST_WIDTH = 360;
const SIGN = 40;
const COLUMN = 170;
const LEFT_OUT = ["tooltipPane", "popupPane", "shadowPane", "tilePane"]; // tiles of others may not be copied

// Words in lines no wider than `most`; a word that is too long by itself is cut.
export function wrapLines(words, most, measure) {
  const lines = [];
  let line = "";
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (measure(longer) <= most) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = "";
    for (const sign of word) {
      if (line && measure(line + sign) > most) {
        lines.push(line);
        line = "";
      }
      line += sign;
    }
  }
  return line ? [...lines, line] : lines;
}

// What the reader has chosen, in words: days, filters, and layers switched off; empty where all is shown.
export function chosenWords(data, state, w) {
  const days = () => {
    const { from, to } = state;
    if (from && to) return w.range(from, to);
    return from ? w.t("since", { day: w.day(from) }) : w.t("until", { day: w.day(to) });
  };
  const parts = [(state.from || state.to) && days()];
  for (const group of ["types", "outlets", "precisions", "assertions"])
    if (state[group].length) parts.push(state[group].map((value) => choiceWords(group, value, data, w)).join(", "));
  if (state.corroborated) parts.push(w.t("picture.corroborated"));
  const drawn = { zones: data.zones, incidents: data.marks, flows: data.flows };
  const off = LAYERS.filter((layer) => drawn[layer]?.length && state.hidden.includes(layer));
  if (off.length) parts.push(w.t("picture.hidden", { names: off.map((layer) => w.t(`layer.${layer}`)).join(", ") }));
  return parts.filter(Boolean).join(" · ");
}

// A column of paragraphs from y on: [nodes, y below].
function paragraphs(entries, { x, y, width, pen }) {
  const nodes = [];
  let at = y;
  for (const { words, size = 13, weight = 400, fill = INK_2, gap = 4 } of entries) {
    if (!words) continue;
    pen.font = `${weight} ${size}px ${PICTURE_FACE}`;
    const lines = wrapLines(legalText(words), width, (line) => pen.measureText(line).width);
    for (const line of lines) {
      at += Math.round(size * 1.36);
      const look = {
        x,
        y: at - Math.round(size * 0.3),
        "font-size": size,
        "font-weight": weight === 400 ? null : weight,
        fill,
      };
      nodes.push(svg("text", look, line));
    }
    at += gap;
  }
  return [nodes, at];
}

// The legend's signs and words, read from the legend itself: [[sign or null, words], ...].
function legendEntries(app) {
  const box = el("div", { hidden: true, "data-open": "true" });
  document.body.append(box);
  renderLegend(app, box);
  const items = [...box.querySelectorAll("li")].filter((item) => !item.querySelector("li, input"));
  return {
    entries: items.map((item) => [item.querySelector("svg"), item.textContent.trim()]),
    done: () => box.remove(),
  };
}

function legend(entries, { y, width, pen, used }) {
  const columns = Math.max(1, Math.min(5, Math.floor(width / COLUMN)));
  const room = width / columns;
  const nodes = [];
  let below = y;
  for (let row = 0; row < entries.length; row += columns) {
    const top = below;
    entries.slice(row, row + columns).forEach(([sign, words], column) => {
      const x = EDGE + column * room;
      const [text, end] = paragraphs([{ words, size: 12 }], { x: x + SIGN, y: top, width: room - SIGN - 12, pen });
      const drawing = copySvg(sign, used);
      if (drawing) {
        const [w, h] = ["width", "height"].map((name) => Number(drawing.getAttribute(name)));
        drawing.setAttribute("x", x + (SIGN - 6 - w) / 2);
        drawing.setAttribute("y", top + 8 - h / 2 + 1);
        nodes.push(drawing);
      }
      nodes.push(...text);
      below = Math.max(below, end, top + 20);
    });
  }
  return [nodes, below];
}

// Scale bar below on the left, north above on the right: the page is never turned.
function measures(app, width, height) {
  const { map, w } = app;
  const middle = map.getSize().divideBy(2);
  const [a, b] = [-50, 50].map((x) => map.containerPointToLatLng(middle.add([x, 0])));
  const { length, width: bar } = scaleStep(map.distance(a, b) / 100, 120);
  const words = length >= 1000 ? `${w.number(length / 1000)} km` : `${w.number(length)} m`;
  const label = { "font-size": 12, "font-weight": 600, fill: INK, "text-anchor": "middle" };
  const [x, y] = [16, height - 16];
  const north = width - 26;
  return [
    svg("path", {
      d: `M${x} ${y - 6}v6h${bar}v-6`,
      fill: "none",
      stroke: "#ffffff",
      "stroke-width": 5,
      "stroke-opacity": 0.9,
    }),
    svg("path", { d: `M${x} ${y - 6}v6h${bar}v-6`, fill: "none", stroke: INK, "stroke-width": 2 }),
    ...haloText(words, { ...label, x: x + bar / 2, y: y - 8 }, "#ffffff"),
    svg("path", { d: `M${north} 14l9 24-9-6-9 6z`, fill: INK, stroke: "#ffffff", "stroke-width": 2 }),
    ...haloText(w.t("picture.north"), { ...label, x: north, y: 52 }, "#ffffff"),
  ];
}

function mapPart(app, frame, used) {
  const { map } = app;
  const left = new Set(LEFT_OUT.map((name) => map.getPane(name)));
  const depth = (pane) => Number.parseInt(getComputedStyle(pane).zIndex, 10) || 0;
  const panes = [...map.getPane("mapPane").children].filter((pane) => !left.has(pane));
  return panes.sort((a, b) => depth(a) - depth(b)).flatMap((pane) => copyNode(pane, frame, used));
}

// `type` enlarges the words around the map: on paper a wide map is printed small.
function compose(app, type = 1) {
  app.finish();
  const { data, state, visible, w } = app;
  const { info } = data;
  const frame = app.map.getContainer().getBoundingClientRect();
  const size = { width: Math.round(frame.width), height: Math.round(frame.height) };
  const width = Math.max(LEAST_WIDTH, size.width);
  const used = { ids: new Set(), blurs: new Set(), halo: "#ffffff" };
  const pen = document.createElement("canvas").getContext("2d");
  const column = { x: EDGE, width: width / type - 2 * EDGE, pen };
  const [outside] = splitColour(getComputedStyle(app.map.getContainer()).backgroundColor);

  const chosen = chosenWords(data, state.get(), w);
  const [head, headEnd] = paragraphs(
    [
      { words: mapTitle(info, w), size: 22, weight: 700, fill: INK, gap: 2 },
      { words: `${throughWords(info, w)} · ${w.known("level", info.level)}`, size: 14, gap: 4 },
      { words: info.example && w.t("example"), size: 13, weight: 600, fill: INK },
      { words: chosen && w.t("picture.filters", { filters: chosen }), size: 13, weight: 600, fill: INK },
      { words: isFiltered(state.get()) && filterWords(data, state.get(), visible, w), size: 13 },
    ],
    { ...column, y: 14 },
  );
  const top = (headEnd + 6) * type;
  const bottom = top + size.height;
  const drawn = mapPart(app, frame, used);
  const { entries, done } = legendEntries(app);
  const signs = entries.filter(([sign]) => sign);
  const [keys, keysEnd] = legend(signs, { ...column, y: 12, used });
  done();
  const arrows = app.shown("flows") && visible.flows.size > 0;
  const [caveats, end] = paragraphs(
    [
      { words: w.t("no_mark"), weight: 700, fill: INK },
      { words: arrows && w.t("sign.flow_note"), weight: 600, fill: INK },
      { words: reviewWords(data, w), size: 12 },
      { words: w.t("boundaries"), size: 12, gap: 8 },
      { words: info.attributions.join(" · "), size: 11 },
      { words: creditWords(data, w), size: 11 },
    ],
    { ...column, y: keysEnd + 8 },
  );
  const height = Math.round(bottom + (end + 12) * type);
  const picture = svg(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": PICTURE_FACE,
      role: "img",
      lang: w.language,
    },
    svg("title", {}, legalText(`${mapTitle(info, w)} · ${throughWords(info, w)}`)),
    definitions(used),
    svg("rect", { width, height, fill: "#ffffff" }),
    svg("g", { transform: type === 1 ? null : `scale(${type})` }, head),
    svg(
      "svg",
      { x: (width - size.width) / 2, y: top, ...size, viewBox: `0 0 ${size.width} ${size.height}`, overflow: "hidden" },
      svg("rect", { ...size, fill: outside }),
      drawn,
      measures(app, size.width, size.height),
    ),
    svg("path", { d: `M0 ${top}H${width}M0 ${bottom}H${width}`, stroke: RULE, fill: "none" }),
    svg("g", { transform: `translate(0 ${bottom})${type === 1 ? "" : ` scale(${type})`}` }, keys, caveats),
  );
  return { picture, width, height };
}

const PAPER_WIDTH = 760;

// The picture as a node, for printing.
export function pictureNode(app) {
  const type = Math.max(1, app.map.getContainer().offsetWidth / PAPER_WIDTH);
  return inLight(() => compose(app, Math.round(type * 100) / 100)).picture;
}

// The picture as SVG text, with its size in pixels.
export function makePicture(app) {
  const { picture, width, height } = inLight(() => compose(app));
  const text = new XMLSerializer().serializeToString(picture);
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`, width, height };
}

const SHARP_WIDTH = 1600;

// The same picture as PNG, at least twice as fine as the screen. The policy lets images come from data
// addresses only; a canvas that drew one may still be read.
export async function pngOf({ text, width, height }) {
  const fine = Math.min(4, Math.max(2, Math.ceil(SHARP_WIDTH / width)));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = el("canvas", { width: width * fine, height: height * fine });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("the canvas gave no picture");
  return blob;
}
