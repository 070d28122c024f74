// The time line: a range with two handles over a histogram of incidents and of reports read.

import { el } from "./dom.mjs";
import { FILTERS } from "./filter.mjs";
import { binAt, edgesOf, handlesOf, histogram, isoDay, makeAxis, nextWindow, timeOf } from "./timeaxis.mjs";
import { binWords, drawBars, ticksOf, timeWords } from "./timebars.mjs";

const PLAY_MS = 1000;
const SAY_MS = 700;
const TAP_PX = 4;

function timeNodes() {
  const handle = (name) =>
    el("div", { class: `mp-time-handle is-${name}`, role: "slider", tabindex: 0, "data-end": name });
  const parts = {
    play: el("button", { type: "button", class: "mp-time-play" }),
    said: el("p", { class: "mp-time-said" }),
    all: el("button", { type: "button", class: "mp-time-all" }),
    live: el("p", { class: "mp-time-live", role: "status" }),
    lanes: el("div", { class: "mp-time-lanes", "aria-hidden": "true" }),
    key: el("p", { class: "mp-time-key" }),
    bars: el("div", { class: "mp-time-canvas" }),
    before: el("div", { class: "mp-time-out" }),
    after: el("div", { class: "mp-time-out is-after" }),
    window: el("div", { class: "mp-time-window" }),
    start: handle("start"),
    end: handle("end"),
  };
  parts.plot = el("div", { class: "mp-time-plot" }, [
    parts.bars,
    parts.before,
    parts.after,
    parts.window,
    parts.start,
    parts.end,
  ]);
  const row = el("div", { class: "mp-time-row" }, parts.play, parts.said, parts.all, parts.key);
  return { ...parts, everything: [row, el("div", { class: "mp-time-chart" }, parts.lanes, parts.plot), parts.live] };
}

export function makeTimeline(app, node) {
  const { data, state } = app;
  const axis = makeAxis(data);
  node.hidden = !axis;
  if (!axis) return { render() {} };
  const parts = timeNodes();
  const { plot } = parts;
  node.replaceChildren(...parts.everything);
  let shown = null; // the handles where the reader holds them, before the rest of the page follows
  let n = null;
  let drawn = "";
  let timer = 0;
  let saying = 0;
  const here = () => shown ?? handlesOf(axis, state.get());

  // The page follows once a frame, and no oftener than it can.
  let frame = 0;
  let cost = 0;
  let done = 0;
  const follow = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (performance.now() - done < cost) return follow();
      apply();
    });
  };
  const apply = () => {
    cancelAnimationFrame(frame);
    if (!shown) return;
    const began = performance.now();
    const { start, end } = shown;
    state.set(timeOf(axis, start, end));
    done = performance.now();
    cost = done - began;
  };
  const move = (start, end) => {
    const { low, high } = here();
    shown = { low, high, start: Math.max(low, start), end: Math.min(high, end) };
    place();
    follow();
  };
  const settle = () => {
    apply();
    shown = null;
    place();
  };

  // --- drawing ---

  const endWords = (day) => {
    const { w } = app;
    if (day < axis.first) return w.t("time.before", { day: w.day(isoDay(axis.first)) });
    return day > axis.last ? w.t("time.after", { day: w.day(isoDay(axis.last)) }) : w.day(isoDay(day));
  };
  const place = () => {
    const { low, high, start, end } = here();
    const [a, b] = edgesOf(axis, start, end);
    const narrowed = start > low || end < high;
    parts.before.style.width = parts.start.style.left = parts.window.style.left = `${a * 100}%`;
    parts.after.style.left = parts.end.style.left = `${b * 100}%`;
    parts.window.style.width = `${(b - a) * 100}%`;
    parts.window.hidden = !narrowed;
    for (const [name, value, least, most] of [
      ["start", start, low, end],
      ["end", end, start, high],
    ]) {
      const handle = parts[name];
      handle.setAttribute("aria-valuemin", least);
      handle.setAttribute("aria-valuemax", most);
      handle.setAttribute("aria-valuenow", value);
      handle.setAttribute("aria-valuetext", endWords(value));
    }
  };
  const key = (w) => {
    const sample = (name) => el("span", { class: `mp-time-sample is-${name}`, "aria-hidden": "true" });
    const rough = n?.rough.some(Boolean) && el("span", {}, sample("rough"), w.t("time.key_rough"));
    return [el("span", {}, sample("none"), w.t("time.key_none")), rough].filter(Boolean);
  };
  const draw = () => {
    const [width, height] = [plot.clientWidth, plot.clientHeight];
    const now = state.get();
    const rest = FILTERS.filter((key) => key !== "from" && key !== "to").map((key) => now[key]);
    const wanted = JSON.stringify([width, height, app.w.language, rest]);
    if (!width || wanted === drawn) return;
    drawn = wanted;
    n = histogram(axis, app.visible.anyDay, data.reports);
    const ticks = ticksOf(axis, width, app.w.language);
    parts.bars.replaceChildren(drawBars(axis, n, width, height - (ticks.length ? 16 : 0), ticks));
  };
  const render = () => {
    const { w } = app;
    const narrowed = Boolean(state.get().from || state.get().to);
    node.setAttribute("aria-label", w.t("time.label"));
    parts.play.setAttribute("aria-label", w.t(timer ? "time.pause" : "time.play"));
    parts.play.title = w.t(timer ? "time.pause" : "time.play");
    parts.play.classList.toggle("is-playing", Boolean(timer));
    parts.start.setAttribute("aria-label", w.t("time.from"));
    parts.end.setAttribute("aria-label", w.t("time.to"));
    parts.all.textContent = w.t("time.reset");
    parts.all.hidden = !narrowed;
    const words = timeWords(axis, state.get(), data, app.visible, w);
    if (parts.said.textContent && parts.said.textContent !== words) say(words);
    parts.said.textContent = words;
    parts.said.title = words;
    place();
    draw();
    parts.key.replaceChildren(...key(w));
    const most = n ? Math.max(...n.exact.map((exact, i) => exact + n.rough[i])) : 0;
    const incidents = app.phone() || !most ? w.t("time.lane_incidents") : w.t("time.lane_up_to", { n: w.number(most) });
    parts.lanes.replaceChildren(el("span", {}, incidents), el("span", {}, w.t("time.lane_reports")));
  };
  const say = (words) => {
    clearTimeout(saying);
    saying = setTimeout(() => (parts.live.textContent = timer || shown ? "" : words), SAY_MS);
  };

  // --- play ---

  const pause = () => {
    if (!timer) return;
    clearInterval(timer);
    timer = 0;
    render();
    say(parts.said.textContent);
  };
  const step = () => {
    const next = nextWindow(axis, here());
    if (!next) return pause();
    state.set(timeOf(axis, ...next));
  };
  const play = () => {
    const { low, high } = here();
    timer = setInterval(step, PLAY_MS);
    if (nextWindow(axis, here())) step();
    else state.set(timeOf(axis, ...nextWindow(axis, { start: low, end: high, low, high })));
    render();
  };
  for (const action of ["pointerdown", "keydown", "wheel"])
    document.addEventListener(action, (event) => parts.play.contains(event.target) || pause(), {
      capture: true,
      passive: true,
    });
  parts.play.addEventListener("click", () => (timer ? pause() : play()));
  parts.all.addEventListener("click", () => {
    state.set({ from: "", to: "" });
    parts.start.focus();
  });

  // --- handles by keyboard ---

  plot.addEventListener("keydown", (event) => {
    const name = event.target.dataset?.end;
    if (!name || event.altKey || event.ctrlKey || event.metaKey) return;
    const { low, high, start, end } = here();
    const far = Math.max(7, binAt(axis, start).to - binAt(axis, start).from + 1);
    const steps = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -far,
      PageUp: far,
      Home: low - high - 1,
      End: high - low + 1,
    };
    if (!Object.hasOwn(steps, event.key)) return;
    event.preventDefault();
    if (name === "start") move(Math.min(start + steps[event.key], end), end);
    else move(start, Math.max(end + steps[event.key], start));
    settle();
  });

  // --- pointer: a handle, the window, or a new range; a tap chooses one bar ---

  const dayAt = (x) => {
    const { left, width } = plot.getBoundingClientRect();
    const day = axis.left + Math.floor(((x - left) / width) * (axis.right - axis.left));
    const { low, high } = here();
    return Math.min(Math.max(day, low), high);
  };
  let held = null;
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const { start, end } = here();
    const day = dayAt(event.clientX);
    const name = event.target.dataset?.end;
    const kind = name ?? (event.target === parts.window ? "window" : "range");
    held = { kind, x: event.clientX, day, start, end, moved: false };
    plot.setPointerCapture(event.pointerId);
    if (name) parts[name].focus();
    event.preventDefault();
  });
  plot.addEventListener("pointermove", (event) => {
    if (!held) return tip(event);
    if (!held.moved && Math.abs(event.clientX - held.x) < TAP_PX) return;
    held.moved = true;
    const { kind, day, start, end } = held;
    const now = dayAt(event.clientX);
    const { low, high } = here();
    if (kind === "start") move(Math.min(now, end), end);
    else if (kind === "end") move(start, Math.max(now, start));
    else if (kind === "range") move(Math.min(day, now), Math.max(day, now));
    else {
      const shift = Math.min(Math.max(now - day, low - start), high - end);
      move(start + shift, end + shift);
    }
  });
  const release = (event) => {
    if (!held) return;
    const { kind, moved, day } = held;
    held = null;
    if (moved) return settle();
    if (event.type === "pointercancel" || kind === "start" || kind === "end") return;
    const bin = binAt(axis, day);
    const { start, end, low, high } = here();
    const [from, to] = [Math.max(low, bin.from), Math.min(high, bin.to)];
    state.set(from === start && to === end ? { from: "", to: "" } : timeOf(axis, from, to));
  };
  plot.addEventListener("pointerup", release);
  plot.addEventListener("pointercancel", release);
  const tip = (event) => {
    const i = axis.bins.indexOf(binAt(axis, dayAt(event.clientX)));
    if (n) plot.title = binWords(axis.bins[i], { exact: n.exact[i], rough: n.rough[i], read: n.read[i] }, app.w);
  };
  new ResizeObserver(draw).observe(plot);
  return { render };
}
