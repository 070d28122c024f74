// What time and filters leave of the records. Pure: data and a state in, sets of records out.

export const FILTERS = ["from", "to", "types", "outlets", "precisions", "assertions", "corroborated"];
const FROM_OUTLETS = 2;

export const isCorroborated = (record) => record.outlets.length >= FROM_OUTLETS;

// A record's first and last day; one day stands for both, none at all for an undated record (null).
export function daysOf(record) {
  const [first, last] = record.when ?? ["", ""];
  return first || last ? [first || last, last || first] : null;
}

// The days that the dated records span: [first, last], or null where none is dated.
export function timeSpan(data) {
  let span = null;
  for (const record of [...data.incidents, ...data.movements]) {
    const days = record.assertion === "past" ? null : daysOf(record);
    if (days) span = span ? [days[0] < span[0] ? days[0] : span[0], days[1] > span[1] ? days[1] : span[1]] : days;
  }
  return span;
}

const standsAt = (record) => record.places ?? [...record.from, ...record.to];
const chosen = (wanted, values) => !wanted.length || values.some((value) => wanted.includes(value));

// All filters but time. A movement has no event type: choosing types leaves it alone.
function passes(record, state) {
  return (
    (record.kind !== "incident" || chosen(state.types, [record.type])) &&
    chosen(state.outlets, record.outlets) &&
    chosen(
      state.precisions,
      standsAt(record).map((place) => place.precision),
    ) &&
    chosen(state.assertions, [record.assertion]) &&
    (!state.corroborated || isCorroborated(record))
  );
}

function inTime(record, state) {
  const days = daysOf(record);
  return days !== null && (!state.from || days[1] >= state.from) && (!state.to || days[0] <= state.to);
}

// `undated` are records that pass every filter and have no day to compare with a narrowed time: the
// list names them apart; on the map they would claim a day that nobody gave.
export function applyFilter(data, state) {
  const narrowed = Boolean(state.from || state.to);
  const undated = [];
  const keep = (records) => {
    const kept = new Set();
    for (const record of records) {
      if (!passes(record, state)) continue;
      if (!narrowed || inTime(record, state)) kept.add(record);
      else if (!daysOf(record)) undated.push(record);
    }
    return kept;
  };
  const incidents = keep(data.incidents);
  const movements = keep(data.movements);
  const holding = (shapes) => {
    const held = new Map();
    for (const shape of shapes) {
      const left = shape.incidents.filter((incident) => incidents.has(incident));
      if (left.length) held.set(shape, left);
    }
    return held;
  };
  const mentioned = data.mentioned.filter(
    (item) =>
      chosen(state.outlets, item.outlets) &&
      chosen(state.precisions, [item.place.precision]) &&
      chosen(state.assertions, [item.assertion]),
  );
  return {
    incidents,
    movements,
    undated,
    zones: holding(data.zones),
    marks: holding(data.marks),
    flows: new Set(data.flows.filter((flow) => movements.has(flow.movement))),
    mentioned: new Set(mentioned),
  };
}

export const isFiltered = (state) => FILTERS.some((key) => (Array.isArray(state[key]) ? state[key].length : state[key]));
