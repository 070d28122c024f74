// Building nodes. Text from reports only ever becomes a text node; nothing here parses markup.

const SVG = "http://www.w3.org/2000/svg";

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false && child !== "") node.append(child);
  }
  return node;
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  return node;
}

export function el(tag, attributes = {}, ...children) {
  return append(set(document.createElement(tag), attributes), children);
}

export function svg(tag, attributes = {}, ...children) {
  return append(set(document.createElementNS(SVG, tag), attributes), children);
}

// Report text in its own direction, so that a right-to-left mark cannot turn the words around it.
export function said(text) {
  return el("bdi", { dir: "auto" }, String(text));
}

// The address, if it is a plain web address; null for any other scheme or for something unreadable.
export function safeAddress(address) {
  if (typeof address !== "string" || !/^https?:\/\//i.test(address)) return null;
  try {
    const url = new URL(address);
    return (url.protocol === "http:" || url.protocol === "https:") && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

export function safeLink(address, text) {
  const href = safeAddress(address);
  if (!href) return said(text);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer external" }, said(text));
}

// Cut a text at its highlights: [[words, highlighted], ...]. Offsets count code points, as Python does.
export function splitMarks(text, marks = []) {
  const points = Array.from(text);
  const parts = [];
  let done = 0;
  for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    const from = Math.max(start, done);
    const to = Math.min(end, points.length);
    if (to <= from) continue;
    if (from > done) parts.push([points.slice(done, from).join(""), false]);
    parts.push([points.slice(from, to).join(""), true]);
    done = to;
  }
  if (done < points.length) parts.push([points.slice(done).join(""), false]);
  return parts;
}

export function markedText(text, marks) {
  return el(
    "bdi",
    { dir: "auto" },
    splitMarks(text, marks).map(([words, marked]) => (marked ? el("mark", {}, words) : words)),
  );
}

// Arrow keys, Home and End walk through the buttons of a list: one Tab stop, however long the list.
export function rove(list) {
  const items = () => [...list.querySelectorAll("[data-rove]")];
  const stop = (chosen) => {
    for (const item of items()) item.tabIndex = item === chosen ? 0 : -1;
  };
  stop(items()[0]);
  list.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-rove]")) stop(event.target);
  });
  list.addEventListener("keydown", (event) => {
    const all = items();
    const here = all.indexOf(document.activeElement);
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (here < 0 || next === undefined || !all[next]) return;
    event.preventDefault();
    all[next].focus();
  });
}
