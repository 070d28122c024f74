// The days of the map as an axis with bins, and what falls into each. Pure: no page here.

import { daysOf, isTold } from "./filter.mjs";

const MS_A_DAY = 86_400_000;
const DAYS_A_WEEK = 7;
const MOST_DAYS = 100; // from here on bins are weeks, then months, then years
const MOST_WEEKS = 700;
const MOST_MONTHS = 3000;
const OUTLYING_SHARE = 0.2; // at most so many of the dates may be called too early for the axis
const CROWD_DAYS = 14;
const FAR_TIMES = 4;
const BEYOND_SHARE = 1 / 24;

// Days as whole numbers since 1970, so that they can be counted and compared.
export const dayNumber = (iso) => Math.floor(Date.parse(`${iso}T00:00:00Z`) / MS_A_DAY);
export const isoDay = (number) => new Date(number * MS_A_DAY).toISOString().slice(0, 10);

// Where the axis begins: with the first day, unless a few lie so far before the rest that they would
// squeeze it. The newest days always keep their place: they are what a map of news is opened for.
export function axisStart(days) {
  const [first, last] = [days[0], days[days.length - 1]];
  const spare = Math.floor(days.length * OUTLYING_SHARE);
  for (let i = 1; i <= spare; i += 1)
    if (last - first > FAR_TIMES * Math.max(last - days[i] + 1, CROWD_DAYS)) return days[i];
  return first;
}

function binStarts(first, last) {
  const days = last - first + 1;
  const starts = [first];
  if (days <= MOST_DAYS) for (let day = first + 1; day <= last; day += 1) starts.push(day);
  else if (days <= MOST_WEEKS) {
    const monday = first + DAYS_A_WEEK - ((first + 3) % DAYS_A_WEEK); // 1 January 1970 was a Thursday
    for (let day = monday; day <= last; day += DAYS_A_WEEK) starts.push(day);
  } else {
    const months = days <= MOST_MONTHS ? 1 : 12;
    const start = new Date(first * MS_A_DAY);
    const from = months === 1 ? start.getUTCMonth() : 0;
    for (let i = 1; ; i += 1) {
      const day = Date.UTC(start.getUTCFullYear(), from + i * months, 1) / MS_A_DAY;
      if (day > last) break;
      starts.push(day);
    }
  }
  return starts;
}

// The axis: days `first` to `last`, and a bin for whatever lies `before` or `after` them. Events that
// reports only look back at, and dates known to the week or month, do not stretch it. Null where no
// record has a day.
export function makeAxis(data) {
  const cache = new Map();
  const number = (iso) => cache.get(iso) ?? cache.set(iso, dayNumber(iso)).get(iso);
  const ends = { exact: [], rough: [] };
  let [earliestEnd, latestStart] = [Infinity, -Infinity];
  for (const records of [data.incidents, data.movements])
    for (const record of records) {
      const days = record.assertion === "past" ? null : daysOf(record);
      if (!days) continue;
      const [start, end] = [number(days[0]), number(days[1])];
      ends[record.when[2] === "day" ? "exact" : "rough"].push(start, end);
      earliestEnd = Math.min(earliestEnd, end);
      latestStart = Math.max(latestStart, start);
    }
  const days = ends.exact.length ? ends.exact : ends.rough;
  if (!days.length) return null;
  const published = data.reports.filter((report) => report.published).map((report) => number(report.published));
  const sorted = Int32Array.from([...days, ...published]).sort();
  // A day after the newest report is a misreading or a plan: it does not stretch the axis either.
  const through = data.info?.through ? number(data.info.through) : Infinity;
  const known = sorted.filter((day) => day <= through);
  const all = known.length ? known : sorted;
  const [first, last] = [axisStart(all), all[all.length - 1]];
  const before = earliestEnd < first || published.some((day) => day < first);
  const after = latestStart > last;
  const slot = Math.max(1, Math.round((last - first + 1) * BEYOND_SHARE));
  const bins = binStarts(first, last).map((from, i, starts) => ({ from, to: (starts[i + 1] ?? last + 1) - 1 }));
  if (before) bins.unshift({ from: first - slot, to: first - 1, beyond: "before" });
  if (after) bins.push({ from: last + 1, to: last + slot, beyond: "after" });
  return { first, last, before, after, bins, left: bins[0].from, right: bins[bins.length - 1].to + 1, number };
}

export const binAt = (axis, day) => axis.bins.find((bin) => day <= bin.to) ?? axis.bins[axis.bins.length - 1];

// For each bin: incidents whose day is known, incidents known only to the week or month (`rough`), and
// reports published. An incident of several days stands in each bin it touches.
export function histogram(axis, incidents, reports) {
  const { bins, number } = axis;
  const ends = bins.map((bin) => bin.to);
  const place = (day) => {
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (day <= ends[middle]) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const where = new Map();
  const binOf = (iso) => where.get(iso) ?? where.set(iso, place(number(iso))).get(iso);
  const steps = { exact: new Int32Array(bins.length + 1), rough: new Int32Array(bins.length + 1) };
  for (const incident of incidents) {
    const days = isTold(incident) ? daysOf(incident) : null;
    if (!days) continue;
    const step = incident.when[2] === "week" || incident.when[2] === "month" ? steps.rough : steps.exact;
    step[binOf(days[0])] += 1;
    step[binOf(days[1] < days[0] ? days[0] : days[1]) + 1] -= 1;
  }
  const read = new Int32Array(bins.length);
  for (const report of reports) if (report.published) read[binOf(report.published)] += 1;
  const summed = (step) => {
    let sum = 0;
    return Array.from(step.subarray(0, bins.length), (change) => (sum += change));
  };
  return { exact: summed(steps.exact), rough: summed(steps.rough), read: [...read] };
}

// The two handles' days for a state; one before `first` or after `last` stands for all that lies beyond.
export function handlesOf(axis, { from, to }) {
  const [low, high] = [axis.first - Number(axis.before), axis.last + Number(axis.after)];
  const held = (day) => Math.min(Math.max(day, low), high);
  const start = from ? held(axis.number(from)) : low;
  return { low, high, start, end: Math.max(start, to ? held(axis.number(to)) : high) };
}

// The part of the state that two handles stand for: "" at the full ends.
export function timeOf(axis, start, end) {
  const { low, high } = handlesOf(axis, { from: "", to: "" });
  return {
    from: start <= low ? "" : isoDay(start),
    to: end >= high ? "" : isoDay(end),
  };
}

// Where a bin's or handle's edges stand, as a share of the axis's length.
export function edgesOf(axis, start, end) {
  const share = (day) => Math.min(1, Math.max(0, (day - axis.left) / (axis.right - axis.left)));
  return [start < axis.first ? 0 : share(start), end > axis.last ? 1 : share(end + 1)];
}

// One step of play: the window moved on by its own kind of bin; null at the end.
export function nextWindow(axis, { start, end, low, high }) {
  if (start <= low && end >= high) {
    const bin = axis.bins.find((one) => !one.beyond);
    return [bin.from, bin.to];
  }
  const next = axis.bins.find((bin) => bin.from > end && !bin.beyond);
  if (!next) return null;
  const at = axis.bins.findIndex((bin) => bin.from === start);
  return [at < 0 ? start + (next.to - end) : axis.bins[at + 1].from, next.to];
}
