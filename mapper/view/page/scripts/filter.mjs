// What time and filters leave of the records. Pure: data and a state in, sets of records out.

export const FILTERS = ["from", "to", "types", "outlets", "precisions", "assertions", "corroborated"];
export const GROUPS = ["types", "outlets", "precisions", "assertions"];
export const UNSTATED = "~"; // the choice for records that state nothing to choose by
const FROM_OUTLETS = 2;

export const isCorroborated = (record) => record.outlets.length >= FROM_OUTLETS;

// Told as having happened: no threat, denial, rumour or event of before.
export const isTold = (record) => !record.assertion || record.assertion === "none";

// A record's first and last day; one day stands for both, none at all for an undated record (null).
export function daysOf(record) {
  const [first, last] = record.when ?? ["", ""];
  return first || last ? [first || last, last || first] : null;
}

const orUnstated = (values) => (values.length ? values : [UNSTATED]);
const standsAt = (record) => (record.place ? [record.place] : (record.places ?? [...record.from, ...record.to]));

// What a record has to be chosen by. A movement or a mentioned place has no event type: null.
const VALUES = {
  types: (record) => (record.kind === "incident" ? [record.type || UNSTATED] : null),
  outlets: (record) => orUnstated(record.outlets),
  precisions: (record) => orUnstated(standsAt(record).map((place) => place.precision)),
  assertions: (record) => [record.assertion || "none"],
};

function inTime({ when }, { from, to }) {
  if (!when || !(when[0] || when[1])) return false;
  return (!from || (when[1] || when[0]) >= from) && (!to || (when[0] || when[1]) <= to);
}

const isNarrowed = (state) => Boolean(state.from || state.to);

// The filters in force but time, as [name, test]. A place that is only mentioned stands outside of corroboration.
function checksOf(state) {
  const checks = [];
  for (const group of GROUPS) {
    if (!state[group].length) continue;
    const wanted = new Set(state[group]);
    const isWanted = (value) => wanted.has(value);
    const valuesOf = VALUES[group];
    checks.push([
      group,
      (record) => {
        const values = valuesOf(record);
        return values === null || (values.length === 1 ? wanted.has(values[0]) : values.some(isWanted));
      },
    ]);
  }
  if (state.corroborated)
    checks.push(["corroborated", (record) => record.kind === "mentioned" || isCorroborated(record)]);
  return checks;
}

// `undated` are records that pass every filter and have no day to compare with a narrowed time: the
// list names them apart; on the map they would claim a day that nobody gave. `anyDay` are the
// incidents that pass every filter but time.
export function applyFilter(data, state) {
  const checks = checksOf(state);
  const narrowed = isNarrowed(state);
  const undated = [];
  const left = (records) => checks.reduce((some, [, passes]) => some.filter(passes), records);
  const inside = (records) =>
    records.filter((record) => {
      if (inTime(record, state)) return true;
      if (!daysOf(record)) undated.push(record);
      return false;
    });
  const keep = (records) => new Set(narrowed ? inside(records) : records);
  const anyDay = left(data.incidents);
  const incidents = keep(anyDay);
  const movements = keep(left(data.movements));
  const whole = incidents.size === data.incidents.length;
  const holding = (shapes) => {
    const held = new Map();
    for (const shape of shapes) {
      const some = whole ? shape.incidents : shape.incidents.filter((incident) => incidents.has(incident));
      if (some.length) held.set(shape, some);
    }
    return held;
  };
  return {
    incidents,
    movements,
    undated,
    anyDay,
    zones: holding(data.zones),
    marks: holding(data.marks),
    flows: new Set(data.flows.filter((flow) => movements.has(flow.movement))),
    mentioned: new Set(left(data.mentioned)),
  };
}

export const isFiltered = (state) => isNarrowed(state) || countFilters(state) > 0;

// How many filters are in force besides time.
export const countFilters = (state) =>
  GROUPS.filter((group) => state[group].length).length + Number(state.corroborated);

// How many records of each kind; `aside` are threats, denials, rumours and earlier events among them.
function countKinds({ incidents, movements, mentioned }) {
  let aside = 0;
  const told = (records) => {
    let n = 0;
    for (const record of records) {
      if (isTold(record)) n += 1;
      else aside += 1;
    }
    return n;
  };
  return {
    incidents: told(incidents),
    movements: told(movements),
    aside,
    mentioned: mentioned.size ?? mentioned.length,
  };
}

const totals = new WeakMap();

// [left, all] of each kind of record.
export function tally(data, visible) {
  if (!totals.has(data)) totals.set(data, countKinds(data));
  const [left, all] = [countKinds(visible), totals.get(data)];
  return Object.fromEntries(Object.keys(all).map((kind) => [kind, [left[kind], all[kind]]]));
}

// Every choice of each group with the records it would leave, the other filters and time standing:
// a record counts for a group if nothing but that group stops it.
export function countChoices(data, state) {
  const checks = checksOf(state);
  if (isNarrowed(state)) checks.push(["time", (record) => record.kind === "mentioned" || inTime(record, state)]);
  const counts = Object.fromEntries(GROUPS.map((group) => [group, new Map()]));
  let corroborated = 0;
  const add = (group, record, n) => {
    const tallied = counts[group];
    const values = VALUES[group](record) ?? [];
    values.forEach((value, i) => {
      if (values.indexOf(value) === i) tallied.set(value, (tallied.get(value) ?? 0) + n);
    });
  };
  const count = (record) => {
    let stops = 0;
    let stop = "";
    for (const [group, passes] of checks) {
      if (passes(record)) continue;
      stops += 1;
      stop = group;
    }
    for (const group of GROUPS) add(group, record, Number(!stops || (stops === 1 && stop === group)));
    if (!stops && record.kind !== "mentioned" && isCorroborated(record)) corroborated += 1;
  };
  for (const records of [data.incidents, data.movements, data.mentioned]) records.forEach(count);
  for (const group of GROUPS)
    for (const value of state[group]) if (!counts[group].has(value)) counts[group].set(value, 0);
  return { ...counts, corroborated };
}
