// What the reader has chosen: one object, told to whoever listens, and written as an address.

export const VIEWS = ["map", "table"];

// `at` is [zoom, lat, lon] or null (the view that fits the events); `hidden` are layers switched off.
export const START = Object.freeze({
  view: "map",
  at: null,
  from: "",
  to: "",
  types: [],
  outlets: [],
  precisions: [],
  assertions: [],
  corroborated: false,
  hidden: ["mentioned"],
  selected: "",
  q: "",
  lang: "",
});

const LISTS = ["types", "outlets", "precisions", "assertions", "hidden"];
const WORDS = ["selected", "q", "lang"];
const DAYS = ["from", "to"];
const LONGEST = 500; // an address is written by others: nothing in it may grow without bound
const LONGEST_ADDRESS = 20_000;
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const isDay = (text) => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};

const isView = ([zoom, lat, lon]) => zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;

// The state as what stands after `#`; empty where nothing differs from the start.
export function encodeState(state) {
  const pairs = new URLSearchParams();
  const put = (key, value) => {
    if (!same(state[key], START[key])) pairs.set(key, value);
  };
  put("view", state.view);
  if (state.at) pairs.set("at", `${state.at[0].toFixed(2)}/${state.at[1].toFixed(5)}/${state.at[2].toFixed(5)}`);
  for (const key of [...DAYS, ...WORDS]) put(key, state[key]);
  put("corroborated", "1");
  const written = (value) => value.replaceAll("~", "~0").replaceAll("|", "~1");
  for (const key of LISTS) put(key, state[key].map(written).join("|"));
  return pairs.toString();
}

// What an address says, as a part of the state; whatever it says that cannot be is left out.
export function decodeState(hash) {
  const pairs = new URLSearchParams(hash.replace(/^#/, "").slice(0, LONGEST_ADDRESS));
  const said = (key) => pairs.get(key) ?? "";
  const state = {};
  if (VIEWS.includes(said("view"))) state.view = said("view");
  const at = said("at").split("/").map((part) => (part.trim() ? Number(part) : NaN));
  if (at.length === 3 && isView(at)) state.at = at;
  for (const key of DAYS) if (isDay(said(key))) state[key] = said(key);
  if (state.from && state.to && state.from > state.to) [state.from, state.to] = [state.to, state.from];
  for (const key of WORDS) if (pairs.has(key)) state[key] = said(key).slice(0, LONGEST);
  if (pairs.has("corroborated")) state.corroborated = said("corroborated") === "1";
  for (const key of LISTS) {
    if (!pairs.has(key)) continue;
    const values = said(key).split("|").filter(Boolean).slice(0, LONGEST);
    const plain = values.map((value) => value.replaceAll("~1", "|").replaceAll("~0", "~").slice(0, LONGEST));
    state[key] = [...new Set(plain)];
  }
  return state;
}

// A state that tells its listeners which keys changed, once for each `set`.
export function makeState(first = {}) {
  let state = { ...START, ...first };
  const listeners = [];
  return {
    get: () => state,
    on: (listener) => listeners.push(listener),
    set: (patch) => {
      const changed = new Set(Object.keys(patch).filter((key) => !same(state[key], patch[key])));
      if (!changed.size) return;
      state = { ...state, ...patch };
      for (const listener of listeners) listener(state, changed);
    },
  };
}

// A record's name in an address: the same in every build that holds the record.
export function keyOf(record) {
  if (record.kind === "flow") return keyOf(record.movement);
  if (record.kind === "mark") return `mark:${record.place.id}`;
  if (record.kind === "mentioned") return `mentioned:${record.place.id}:${record.assertion}`;
  return `${record.kind}:${record.id}`;
}

export function recordOf(key, data) {
  const kind = key.slice(0, key.indexOf(":"));
  const lists = {
    zone: data.zones,
    mark: data.marks,
    incident: data.incidents,
    movement: data.movements,
    mentioned: data.mentioned,
  };
  return Object.hasOwn(lists, kind) ? lists[kind].find((record) => keyOf(record) === key) : undefined;
}
