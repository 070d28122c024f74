// What the page shows, as an SVG that stands alone: every computed style becomes an attribute that any
// program reads. Nothing is parsed; words become text nodes.

import { svg } from "./dom.mjs";

const DRAWN = new Set("g path circle ellipse rect line polyline polygon".split(" "));
const DEFINED = new Set("pattern radialGradient linearGradient stop".split(" "));
const GEOMETRY = [
  ..."d cx cy r rx ry x y x1 y1 x2 y2 fx fy width height points transform offset".split(" "),
  ..."patternUnits patternContentUnits patternTransform gradientUnits gradientTransform".split(" "),
];
const NUMBERS = [
  ["stroke-linecap", "butt"],
  ["stroke-linejoin", "miter"],
  ["stroke-dasharray", "none"],
  ["paint-order", "normal"],
];

// A computed colour as [colour without alpha, alpha]; [“none”, 0] where nothing is painted.
export function splitColour(colour) {
  if (!colour || colour === "none" || colour === "transparent") return ["none", 0];
  const numbers = (colour.match(/-?[\d.]+(?:e-?\d+)?%?/g) ?? []).map((part) =>
    part.endsWith("%") ? Number.parseFloat(part) / 100 : Number(part),
  );
  if (/^rgba?\(/.test(colour)) {
    const [r, g, b, alpha = 1] = numbers;
    return alpha ? [`rgb(${r}, ${g}, ${b})`, alpha] : ["none", 0];
  }
  if (/^color\(srgb /.test(colour)) {
    const [r, g, b, alpha = 1] = numbers;
    const byte = (value) => Math.round(255 * Math.min(1, Math.max(0, value)));
    return alpha ? [`rgb(${byte(r)}, ${byte(g)}, ${byte(b)})`, alpha] : ["none", 0];
  }
  return [colour, 1];
}

// XML holds no control signs and no half surrogate pairs; a report may.
export const legalText = (text) =>
  new TextDecoder()
    .decode(new TextEncoder().encode(text))
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

const COPIED = "mp-copy-"; // a picture may stand in the page that it was taken of
const short = (number) => Math.round(number * 100) / 100;

// The paint of one node. `used` collects the patterns and filters that it refers to.
function paint(node, used) {
  const style = getComputedStyle(node);
  const attributes = {};
  for (const name of ["fill", "stroke"]) {
    const value = style[name];
    const own = Number(style.getPropertyValue(`${name}-opacity`));
    const reference = /url\(["']?[^)]*#([\w-]+)["']?\)/.exec(value);
    const [colour, alpha] = reference ? [`url(#${COPIED}${reference[1]})`, 1] : splitColour(value);
    if (reference) used.ids.add(reference[1]);
    attributes[name] = colour === "rgb(0, 0, 0)" && name === "fill" ? null : colour;
    if (name === "stroke" && colour === "none") attributes[name] = null;
    if (colour !== "none" && own * alpha < 1) attributes[`${name}-opacity`] = short(own * alpha);
  }
  if (attributes.stroke) {
    attributes["stroke-width"] = short(Number.parseFloat(style.strokeWidth));
    for (const [name, plain] of NUMBERS) {
      const value = style.getPropertyValue(name).replaceAll("px", "");
      if (value && value !== plain) attributes[name] = value;
    }
  }
  const blur = /^blur\(([\d.]+)px\)$/.exec(style.filter);
  if (blur && Number(blur[1])) {
    used.blurs.add(blur[1]);
    attributes.filter = `url(#${blurName(blur[1])})`;
  }
  if (Number(style.opacity) < 1) attributes.opacity = short(style.opacity);
  return attributes;
}

const blurName = (width) => `${COPIED}blur-${String(width).replace(".", "-")}`;
const isBlank = ({ fill, stroke }) => fill === "none" && !stroke;

function copyShape(node, used) {
  const name = node.localName;
  if (name === "svg") return copySvg(node, used); // a symbol inside a drawing
  if (name === "text") return copyNumber(node, used);
  if (!DRAWN.has(name) && !DEFINED.has(name)) return null;
  const style = getComputedStyle(node);
  if (DRAWN.has(name) && (style.display === "none" || style.visibility === "hidden" || style.opacity === "0"))
    return null;
  const geometry = {};
  for (const key of GEOMETRY) if (node.hasAttribute(key)) geometry[key] = node.getAttribute(key);
  if (name === "path" && (!geometry.d || geometry.d === "M0 0")) return null;
  if (DEFINED.has(name) && node.id) geometry.id = COPIED + node.id;
  if (name === "stop") {
    const [colour, alpha] = splitColour(style.stopColor);
    geometry["stop-color"] = colour === "none" ? "#000" : colour;
    geometry["stop-opacity"] = short(Number(style.stopOpacity) * alpha);
    return svg("stop", geometry);
  }
  const painted = DEFINED.has(name) || name === "g" ? {} : paint(node, used);
  if (name === "g" && Number(style.opacity) < 1) painted.opacity = short(style.opacity);
  if (!DEFINED.has(name) && name !== "g" && isBlank(painted)) return null;
  const children = [...node.children].map((child) => copyShape(child, used)).filter(Boolean);
  if (name === "g" && !children.length) return null;
  return svg(name, { ...geometry, ...painted }, children);
}

// The words of a drawing, such as the number at a symbol's shoulder.
function copyNumber(node, used) {
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden" || !node.textContent) return null;
  const { fill, "fill-opacity": opacity } = paint(node, used);
  const face = { "font-family": style.fontFamily, "font-size": Number.parseFloat(style.fontSize) };
  const look = { ...face, "font-weight": style.fontWeight, "text-anchor": style.textAnchor, fill, "fill-opacity": opacity };
  const [x, y] = ["x", "y"].map((key) => node.getAttribute(key));
  return svg("text", { x, y, ...look }, legalText(node.textContent));
}

// An <svg> of the page at a place in the picture; without a box it keeps its own place and size.
export function copySvg(node, used, box = null) {
  const children = [...node.children].map((child) => copyShape(child, used)).filter(Boolean);
  if (!children.length) return null;
  const of = (key) => box?.[key] ?? Number(node.getAttribute(key));
  const size = Object.fromEntries(["x", "y", "width", "height"].map((key) => [key, short(of(key))]));
  return svg("svg", { ...size, viewBox: node.getAttribute("viewBox"), overflow: "visible" }, children);
}

// Words at a place, with a halo below them: two nodes, since not every program paints the stroke first.
export function haloText(words, attributes, halo) {
  const text = legalText(words);
  const below = { ...attributes, stroke: halo, "stroke-width": 3, "stroke-linejoin": "round", fill: halo };
  return [halo && svg("text", below, text), svg("text", attributes, text)].filter(Boolean);
}

const ruler = () => document.createElement("canvas").getContext("2d");

export const fontOf = (style) => `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;

// The words of one text node, a line at a time, where the page shows them.
function copyText(node, frame, used) {
  if (!node.data.trim()) return [];
  const style = getComputedStyle(node.parentElement);
  const range = document.createRange();
  range.selectNodeContents(node);
  const box = range.getBoundingClientRect();
  if (!box.width) return [];
  used.ruler ??= ruler();
  used.ruler.font = fontOf(style);
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = used.ruler.measureText("x");
  const baseline = box.top - frame.top + (box.height - above - below) / 2 + above;
  const [fill, opacity] = splitColour(style.color);
  const weight = Math.round(style.fontWeight / 100) * 100; // some programs know only the hundreds
  const attributes = {
    x: short(box.left - frame.left),
    y: short(baseline),
    "font-family": style.fontFamily,
    "font-size": Number.parseFloat(style.fontSize),
    "font-weight": weight === 400 ? null : weight,
    "font-style": style.fontStyle === "normal" ? null : style.fontStyle,
    "letter-spacing": style.letterSpacing === "normal" ? null : Number.parseFloat(style.letterSpacing),
    fill,
    "fill-opacity": opacity < 1 ? short(opacity) : null,
  };
  return haloText(node.data.trim(), attributes, style.textShadow === "none" ? null : used.halo);
}

// A node of the page and all below it: panes, drawings, boxes and words.
export function copyNode(node, frame, used) {
  if (node.nodeType === Node.TEXT_NODE) return copyText(node, frame, used);
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return [];
  const rect = node.getBoundingClientRect();
  const box = { x: rect.left - frame.left, y: rect.top - frame.top, width: rect.width, height: rect.height };
  let parts;
  if (node.localName === "svg") parts = [copySvg(node, used, box)].filter(Boolean);
  else {
    const [fill, opacity] = splitColour(style.backgroundColor);
    const size = Object.fromEntries(Object.entries(box).map(([key, value]) => [key, short(value)]));
    const corner = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, box.height / 2);
    const ground =
      fill !== "none" &&
      box.width > 0 &&
      svg("rect", { ...size, rx: corner || null, fill, "fill-opacity": opacity < 1 ? opacity : null });
    parts = [ground, ...[...node.childNodes].flatMap((child) => copyNode(child, frame, used))].filter(Boolean);
  }
  const dim = Number(style.opacity) < 1 || style.filter !== "none";
  if (!parts.length || !dim) return parts;
  return [svg("g", { opacity: Number(style.opacity) < 1 ? short(style.opacity) : null }, parts)];
}

// Patterns, gradients and blurs that the picture refers to.
export function definitions(used) {
  const copied = [];
  const done = new Set();
  for (const id of used.ids) {
    if (done.has(id)) continue;
    done.add(id);
    const node = document.getElementById(id);
    if (node) copied.push(copyShape(node, used));
  }
  const room = { x: "-40%", y: "-40%", width: "180%", height: "180%" };
  for (const width of used.blurs)
    copied.push(svg("filter", { id: blurName(width), ...room }, svg("feGaussianBlur", { stdDeviation: width })));
  return svg("defs", {}, copied.filter(Boolean));
}

// Run `make` with the page's light colours, whatever the reader's screen prefers. It must not wait for
// anything: nothing is painted in between.
export function inLight(make) {
  const root = document.documentElement;
  const before = root.getAttribute("style");
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const light = rules.find((rule) => rule.selectorText === ":root" && rule.style.getPropertyValue("--paper"));
  root.classList.add("is-still");
  for (const name of light?.style ?? []) root.style.setProperty(name, light.style.getPropertyValue(name));
  root.style.setProperty("color-scheme", "light");
  try {
    return make();
  } finally {
    root.style.cssText = before ?? "";
    root.getBoundingClientRect(); // the old colours are in place before anything may fade again
    root.classList.remove("is-still");
  }
}
