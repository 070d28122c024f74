// The data block: unpacked, checked, and with its geometry decoded. See mapper/view/datablock.py.

import { columnReader, readTable, tableReader } from "./columns.mjs";

const SCHEMA = 2;
const SCALE = 100_000;

// A flat list of deltas (lon, lat, dlon, dlat, ...) becomes Leaflet's [[lat, lon], ...].
export function decodePath(deltas) {
  const path = [];
  let [lon, lat] = [0, 0];
  for (let i = 0; i + 1 < deltas.length; i += 2) {
    lon += deltas[i];
    lat += deltas[i + 1];
    path.push([lat / SCALE, lon / SCALE]);
  }
  return path;
}

export const decodeArea = (area = []) => area.map((polygon) => polygon.map(decodePath));

export const decodePoint = (point = []) => decodePath(point)[0] ?? null;

async function unpack(text, encoding) {
  if (encoding !== "gzip") return text;
  const signs = atob(text.trim());
  const bytes = new Uint8Array(signs.length);
  for (let i = 0; i < signs.length; i += 1) bytes[i] = signs.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

export async function readData(text, encoding) {
  const block = JSON.parse(await unpack(text, encoding));
  if (block.schema !== SCHEMA) throw new Error(`data schema ${block.schema}, expected ${SCHEMA}`);
  return connect(block);
}

// A zone drawn as its whole parish or municipality, or as a vague area, is known no finer than that.
function zonePlace(place, shape) {
  return ["parish", "municipality", "vague"].includes(shape) ? { ...place, precision: shape } : place;
}

const PARTS = ["quotes", "claims"];

// An incident, a movement or a mentioned place. Its quotes and claims are built when they are first read:
// of many records, most never are.
class Told {
  #row;
  #parts;
  #quotes;
  #claims;
  #sources;

  constructor(row, parts) {
    this.#row = row;
    this.#parts = parts;
  }

  get quotes() {
    this.#quotes ??= this.#parts.quotes(this.#row);
    return this.#quotes;
  }

  get claims() {
    this.#claims ??= this.#parts.claims(this.#row);
    return this.#claims;
  }

  // The reports behind a record, each once.
  get reports() {
    this.#sources ??= this.#parts.sources(this.#row);
    return this.#sources.reports;
  }

  // The outlets they come from: two reports of one outlet are one source.
  get outlets() {
    this.#sources ??= this.#parts.sources(this.#row);
    return this.#sources.outlets;
  }
}

const sourcesOf = (reports) => ({
  reports,
  outlets: [...new Set(reports.map((report) => report.outlet || report.id))],
});

// What the records of a table were told in, as functions from a row to its quotes, claims and sources.
function partsOf(table, reports) {
  const reader = (column) => (column ? columnReader(column, table.rows) : () => null);
  const columns = PARTS.map((name) => table.columns[name]);
  const [quotes, claims] = columns.map(reader);
  const cited = columns.map((column) => reader(column && citing(column)));
  const alone = reports.map((report) => sourcesOf([report])); // most records stand in one report: they share this
  return {
    quotes: (row) =>
      (quotes(row) ?? []).map(({ report, text = null, marks = [] }) => ({ report: reports[report], text, marks })),
    claims: (row) => (claims(row) ?? []).map((claim) => ({ ...claim, report: reports[claim.report] })),
    sources: (row) => {
      const named = cited.flatMap((at) => at(row) ?? []);
      if (named.length && named.every((report) => report === named[0])) return alone[named[0]];
      return sourcesOf([...new Set(named)].map((report) => reports[report]));
    },
  };
}

// Of a column of quotes or claims only the reports they stand in.
function citing(column) {
  if (column.some) return { ...column, some: citing(column.some) };
  return column.table ? { n: column.n, all: column.table.columns.report } : column;
}

// Replace positions by the records they point to, once, so that the rest of the page can read on.
export function connect(block) {
  const at = (list, positions = []) => positions.map((position) => list[position]);
  const [places, reports] = [readTable(block.places), readTable(block.reports)];
  const told = (table, finish) => {
    const read = tableReader(table, PARTS);
    const parts = partsOf(table, reports);
    return Array.from({ length: table.rows }, (_, row) => finish(read(row, new Told(row, parts))));
  };
  const incidents = told(block.incidents, (incident) =>
    Object.assign(incident, {
      kind: "incident",
      places: at(places, incident.places),
      around: at(places, incident.around),
      actors: incident.actors ?? [],
      withheld: incident.withheld ?? [],
    }),
  );
  const movements = told(block.movements, (movement) =>
    Object.assign(movement, {
      movement: movement.kind,
      kind: "movement",
      from: at(places, movement.from),
      to: at(places, movement.to),
      via: at(places, movement.via),
      withheld: movement.withheld ?? [],
      flows: [],
    }),
  );
  const flows = readTable(block.flows).map((flow) => ({
    ...flow,
    kind: "flow",
    movement: movements[flow.movement],
    from: places[flow.from],
    to: places[flow.to],
    people: flow.people ?? null,
    line: decodePath(flow.line),
  }));
  for (const flow of flows) flow.movement.flows.push(flow);
  const area = (shape) => ({ ...shape, area: decodeArea(shape.area), label: decodePoint(shape.label) });
  return {
    info: block.info,
    reports,
    incidents,
    movements,
    flows,
    parishes: readTable(block.parishes).map(area),
    municipalities: readTable(block.municipalities).map(area),
    zones: readTable(block.zones).map((zone) => ({
      ...area(zone),
      kind: "zone",
      place: zonePlace(places[zone.place], zone.shape),
      incidents: at(incidents, zone.incidents),
    })),
    marks: readTable(block.marks).map((mark) => ({
      kind: "mark",
      place: places[mark.place],
      at: decodePoint(mark.at),
      incidents: at(incidents, mark.incidents),
    })),
    mentioned: told(block.mentioned, (item) =>
      Object.assign(item, { kind: "mentioned", place: places[item.place], area: decodeArea(item.area) }),
    ),
    avenues: readTable(block.avenues).map(({ name, line }) => ({ name, line: decodePath(line) })),
    unlocated: readTable(block.unlocated).map((item) => ({ ...item, report: reports[item.report] })),
    setAside: readTable(block.set_aside),
  };
}
