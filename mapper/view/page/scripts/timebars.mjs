// The time line as it is drawn and said: bars, ticks and sentences.

import { svg } from "./dom.mjs";
import { daysOf, isFiltered, tally } from "./filter.mjs";
import { edgesOf, isoDay } from "./timeaxis.mjs";

const TICK_PX = 74;
const WIDEST_PX = 34;
const READ_SHARE = 0.26; // of the plot's height, below the line, for the reports

// The chosen days in words; "" at an end stands for all that lies beyond the axis too.
export function chosenDays(axis, { from, to }, w) {
  if (to && !from && axis.before) return w.t("until", { day: w.shortDay(to) });
  if (from && !to && axis.after) return w.t("since", { day: w.shortDay(from) });
  const [first, last] = [from || isoDay(axis.first), to || isoDay(axis.last)];
  return first === last ? w.shortDay(first) : w.range(first, last, true);
}

// "7–10 Jul 2021 · 5 of 12 incidents · 3 without a date not shown".
export function timeWords(axis, state, data, visible, w) {
  const narrowed = Boolean(state.from || state.to);
  const [left, all] = tally(data, visible).incidents;
  const days = chosenDays(axis, state, w);
  let undated = visible.undated;
  if (!narrowed) undated = [...visible.incidents, ...visible.movements].filter((record) => !daysOf(record));
  const withheld = undated.some((record) => record.withheld.includes("when")) ? "withheld" : "undated";
  return [
    narrowed ? days : w.t("time.all_days", { days }),
    isFiltered(state)
      ? w.t("time.of", { left: w.number(left), all: w.count("incidents", all) })
      : w.count("incidents", all),
    undated.length > 0 && w.count(`time.${withheld}_${narrowed ? "hidden" : "shown"}`, undated.length),
  ]
    .filter(Boolean)
    .join(" · ");
}

export function binWords(bin, n, w) {
  let days = bin.from === bin.to ? w.shortDay(isoDay(bin.from)) : w.range(isoDay(bin.from), isoDay(bin.to), true);
  if (bin.beyond === "before") days = w.t("time.before", { day: w.shortDay(isoDay(bin.to + 1)) });
  if (bin.beyond === "after") days = w.t("time.after", { day: w.shortDay(isoDay(bin.from - 1)) });
  return [
    days,
    w.count("incidents", n.exact + n.rough),
    n.rough > 0 && w.t("time.rough", { n: w.number(n.rough) }),
    n.read ? w.count("time.read", n.read) : w.t("time.none_read"),
  ]
    .filter(Boolean)
    .join(" · ");
}

// The bars as five paths; heights and widths in pixels. Days on which no report was published are hatched.
export function drawBars(axis, n, width, height, ticks) {
  const base = Math.round(height * (1 - READ_SHARE));
  const most = Math.max(1, ...n.exact.map((exact, i) => exact + n.rough[i]));
  const mostRead = Math.max(1, ...n.read);
  const paths = { exact: "", rough: "", read: "", none: "" };
  const box = (x, y, w, h) => `M${x.toFixed(1)} ${y.toFixed(1)}h${w.toFixed(1)}v${h.toFixed(1)}h${(-w).toFixed(1)}Z`;
  const size = (value, of, room) => (value ? Math.max(2, (value / of) * room) : 0);
  axis.bins.forEach((bin, i) => {
    const [a, b] = edgesOf(axis, bin.from, bin.to).map((share) => share * width);
    const gap = Math.min(3, (b - a) * 0.16);
    const w = Math.min(WIDEST_PX, Math.max(0.8, b - a - gap));
    const x = (a + b - w) / 2;
    const exact = size(n.exact[i], most, base - 2);
    const rough = size(n.rough[i], most, base - 2);
    if (exact) paths.exact += box(x, base - exact, w, exact);
    if (rough) paths.rough += box(x, Math.max(0, base - exact - rough), w, rough);
    if (n.read[i]) paths.read += box(x, base + 2, w, size(n.read[i], mostRead, height - base - 2));
    else paths.none += box(a, base + 2, b - a, height - base - 2);
  });
  return svg(
    "svg",
    { class: "mp-time-bars", width, height: height + (ticks.length ? 16 : 0), "aria-hidden": "true" },
    svg(
      "defs",
      {},
      svg(
        "pattern",
        { id: "mp-time-hatch", width: 4, height: 4, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        svg("line", { x1: 0, y1: 0, x2: 0, y2: 4, class: "mp-time-hatch" }),
      ),
    ),
    Object.entries(paths).map(([name, d]) => d && svg("path", { class: `mp-time-${name}`, d })),
    svg("path", { class: "mp-time-base", d: `M0 ${base + 0.5}H${width}` }),
    ticks.map(([x, words]) => svg("text", { class: "mp-time-tick", x, y: height + 13 }, words)),
  );
}

// Days or months written below the bars, as many as find room.
export function ticksOf(axis, width, language) {
  const long = axis.bins.some((bin) => !bin.beyond && bin.to - bin.from > 7);
  const form = long ? { month: "short", year: "numeric" } : { day: "numeric", month: "short" };
  const words = new Intl.DateTimeFormat(language, { ...form, timeZone: "UTC" });
  const bins = axis.bins.filter((bin) => !bin.beyond);
  const every = Math.max(1, Math.ceil((TICK_PX * bins.length) / width));
  return bins
    .filter((_bin, i) => i % every === 0)
    .map((bin) => {
      const [a, b] = edgesOf(axis, bin.from, bin.to);
      return [((a + b) / 2) * width, words.format(new Date(isoDay(bin.from)))];
    });
}
