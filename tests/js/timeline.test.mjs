import assert from "node:assert/strict";
import { test } from "node:test";
import { applyFilter } from "../../mapper/view/page/scripts/filter.mjs";
import { START } from "../../mapper/view/page/scripts/state.mjs";
import {
  axisStart,
  binAt,
  dayNumber,
  edgesOf,
  handlesOf,
  histogram,
  isoDay,
  makeAxis,
  nextWindow,
  timeOf,
} from "../../mapper/view/page/scripts/timeaxis.mjs";
import { binWords, timeWords } from "../../mapper/view/page/scripts/timebars.mjs";
import { words } from "./helpers.mjs";

const en = words("en");
const event = (first, last = first, rest = {}) => ({
  kind: "incident",
  when: [first, last, "day"],
  assertion: "none",
  outlets: ["A"],
  places: [],
  withheld: [],
  ...rest,
});
const rough = (first, last, precision = "month") => event(first, last, { when: [first, last, precision] });
const undated = event("", "", { when: ["", "", "unknown"] });
const story = (incidents, reports = [], movements = []) => ({
  incidents,
  movements,
  reports: reports.map((published) => ({ published })),
  flows: [],
  zones: [],
  marks: [],
  mentioned: [],
});
const days = (axis) => [isoDay(axis.first), isoDay(axis.last)];
const july = (...numbers) => numbers.map((n) => event(`2021-07-${String(n).padStart(2, "0")}`));

test("a day goes to its number and back", () => assert.equal(isoDay(dayNumber("2021-07-09")), "2021-07-09"));

test("the axis spans events and reports", () =>
  assert.deepEqual(days(makeAxis(story(july(7, 9), ["2021-07-11"]))), ["2021-07-07", "2021-07-11"]));
test("no axis where nothing is dated", () => assert.equal(makeAxis(story([undated], ["2021-07-11"])), null));
test("a single day is an axis", () => assert.equal(makeAxis(story(july(7))).bins.length, 1));
test("events that are only looked back at do not stretch the axis", () =>
  assert.deepEqual(days(makeAxis(story([...july(7, 9), event("2020-05-01", "2020-05-01", { assertion: "past" })]))), [
    "2021-07-07",
    "2021-07-09",
  ]));
test("a date known to the month does not stretch the axis", () => {
  const axis = makeAxis(story([...july(7, 9), rough("2021-07-01", "2021-07-31")]));
  assert.deepEqual([...days(axis), axis.before, axis.after], ["2021-07-07", "2021-07-09", false, false]);
});
test("dates all known to the month make an axis none the less", () =>
  assert.deepEqual(days(makeAxis(story([rough("2021-07-01", "2021-07-31")]))), ["2021-07-01", "2021-07-31"]));
test("movements stretch the axis", () =>
  assert.deepEqual(days(makeAxis(story(july(7), [], [{ ...event("2021-07-20"), kind: "movement" }]))), [
    "2021-07-07",
    "2021-07-20",
  ]));

const outlying = () => makeAxis(story([event("2018-03-01"), ...july(5, 7, 8, 9, 10)]));
test("one event of years before does not squeeze the rest", () =>
  assert.deepEqual(days(outlying()), ["2021-07-05", "2021-07-10"]));
test("what lies before the axis has a bin", () =>
  assert.equal(histogram(outlying(), [event("2018-03-01")], []).exact[0], 1));
test("a day after the newest report does not stretch the axis", () => {
  const data = { ...story([...july(5, 7), event("2031-03-01")], ["2021-07-08"]), info: { through: "2021-07-08" } };
  const axis = makeAxis(data);
  assert.deepEqual([...days(axis), axis.bins.at(-1).beyond], ["2021-07-05", "2021-07-08", "after"]);
});
test("the newest days keep their place, however few", () => {
  const old = Array.from({ length: 40 }, () => event("2018-03-01"));
  assert.deepEqual(days(makeAxis(story([...old, ...july(5)]))), ["2018-03-01", "2021-07-05"]);
});
test("near days are no outliers", () => assert.equal(axisStart([0, 0, 30, 31, 32, 33, 34, 35, 36, 37]), 0));
test("several outliers go together", () =>
  assert.equal(axisStart([0, 300, ...Array.from({ length: 20 }, (_, i) => 1000 + i)]), 1000));
test("many early days are no outliers", () => assert.equal(axisStart([0, 1, 2, 1000, 1001, 1002]), 0));

const spanning = (last) => makeAxis(story([event("2021-01-06"), event(last)])).bins;
test("short spans have a bin a day", () => assert.equal(spanning("2021-03-01").length, 55));
test("longer ones have bins of weeks from Monday", () =>
  assert.deepEqual(
    spanning("2021-08-01").slice(0, 2).map((bin) => [isoDay(bin.from), isoDay(bin.to)]),
    [
      ["2021-01-06", "2021-01-10"],
      ["2021-01-11", "2021-01-17"],
    ],
  ));
test("years have bins of months", () => assert.equal(isoDay(spanning("2024-08-01")[1].from), "2021-02-01"));
test("decades have bins of years", () => {
  const axis = makeAxis(story([event("2021-07-06"), event("2044-08-01")]));
  assert.equal(isoDay(axis.bins[1].from), "2022-01-01");
});
test("bins leave no day out", () => {
  for (const last of ["2021-01-06", "2021-03-01", "2021-08-01", "2024-08-01", "2044-08-01"]) {
    const bins = spanning(last);
    assert.ok(bins.every((bin, i) => i === 0 || bin.from === bins[i - 1].to + 1));
    assert.equal(isoDay(bins.at(-1).to), last);
  }
});

const week = makeAxis(story(july(5, 11)));
test("an event of several days stands in each", () =>
  assert.deepEqual(histogram(week, [event("2021-07-06", "2021-07-08")], []).exact, [0, 1, 1, 1, 0, 0, 0]));
test("a date known to the month is kept apart", () => {
  const n = histogram(week, [rough("2021-07-01", "2021-07-31")], []);
  assert.deepEqual([n.exact[3], n.rough], [0, [1, 1, 1, 1, 1, 1, 1]]);
});
test("reports stand at the day they were published", () =>
  assert.deepEqual(
    histogram(week, [], [{ published: "2021-07-06" }, { published: "" }, { published: "2021-07-06" }]).read,
    [0, 2, 0, 0, 0, 0, 0],
  ));
test("threats and denials are no incidents", () =>
  assert.equal(histogram(week, [event("2021-07-06", "2021-07-06", { assertion: "threatened" })], []).exact[1], 0));
test("an end before its start breaks nothing", () =>
  assert.deepEqual(histogram(week, [event("2021-07-08", "2021-07-06")], []).exact, [0, 0, 0, 1, 0, 0, 0]));

const at = (axis, patch) => {
  const { start, end } = handlesOf(axis, { from: "", to: "", ...patch });
  return [isoDay(start), isoDay(end)];
};
test("without a chosen time the handles stand at the ends", () =>
  assert.deepEqual(at(week, {}), ["2021-07-05", "2021-07-11"]));
test("days off the axis hold the handles at its ends", () =>
  assert.deepEqual(at(week, { from: "1999-01-01", to: "2999-01-01" }), ["2021-07-05", "2021-07-11"]));
test("the full range is no filter", () =>
  assert.deepEqual(timeOf(week, week.first, week.last), { from: "", to: "" }));
test("any handles come back from the time they stand for", () => {
  for (const axis of [week, outlying()]) {
    const { low, high } = handlesOf(axis, { from: "", to: "" });
    for (let start = low; start <= high; start += 1)
      for (let end = start; end <= high; end += 1) {
        const now = handlesOf(axis, timeOf(axis, start, end));
        assert.deepEqual([now.start, now.end], [start, end]);
      }
  }
});
test("the bin before the axis can be left out", () =>
  assert.deepEqual(timeOf(outlying(), outlying().first, outlying().last).from, "2021-07-05"));
test("edges are shares of the length", () =>
  assert.deepEqual(edgesOf(week, week.first, week.last), [0, 1]));
test("the bin before has room of its own", () => {
  const axis = outlying();
  const [a, b] = edgesOf(axis, axis.first - 1, axis.first - 1);
  assert.ok(a === 0 && b > 0.05);
});
test("a day beyond all bins falls into the last", () => assert.equal(binAt(week, 1e6), week.bins.at(-1)));

test("play begins with the first day and ends with the last", () => {
  const played = [];
  let now = handlesOf(week, { from: "", to: "" });
  for (let next = nextWindow(week, now); next; next = nextWindow(week, now)) {
    played.push(isoDay(next[0]).slice(-2) + isoDay(next[1]).slice(-2));
    now = { ...now, start: next[0], end: next[1] };
  }
  assert.deepEqual(played, ["0505", "0606", "0707", "0808", "0909", "1010", "1111"]);
});
test("play keeps the width of the window", () =>
  assert.deepEqual(nextWindow(week, { ...handlesOf(week, {}), start: week.first, end: week.first + 2 }), [
    week.first + 1,
    week.first + 3,
  ]));
test("play from within a week moves the window as far as its end moves", () => {
  const axis = makeAxis(story([event("2021-01-06"), event("2021-08-01")]));
  const [start, end] = [dayNumber("2021-01-13"), dayNumber("2021-01-15")];
  assert.deepEqual(nextWindow(axis, { ...handlesOf(axis, {}), start, end }).map(isoDay), ["2021-01-22", "2021-01-24"]);
});

const told = story([...july(5, 7, 11), undated]);
const sentence = (patch) => {
  const state = { ...START, ...patch };
  return timeWords(makeAxis(told), state, told, applyFilter(told, state), en).replaceAll("\u2009", " ");
};
test("all days are said, with the undated among them", () =>
  assert.equal(sentence({}), "All days: Jul 5 – 11, 2021 · 4 incidents · 1 record without a date"));
test("chosen days are said with what they leave out", () =>
  assert.equal(
    sentence({ from: "2021-07-06", to: "2021-07-07" }),
    "Jul 6 – 7, 2021 · 1 of 4 incidents · not shown: 1 without a date",
  ));
test("one day is said as one", () =>
  assert.match(sentence({ from: "2021-07-07", to: "2021-07-07" }), /^Jul 7, 2021 ·/));
test("a withheld date is said to be withheld", () => {
  const secret = story([...july(5), event("", "", { when: undefined, withheld: ["when"] })]);
  const state = { ...START, from: "2021-07-05" };
  assert.match(timeWords(makeAxis(secret), state, secret, applyFilter(secret, state), en), /with its date withheld/);
});
test("a day without reports does not say that nothing happened", () =>
  assert.match(binWords(week.bins[0], { exact: 0, rough: 0, read: 0 }, en), /does not mean nothing happened/));
