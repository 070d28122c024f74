// The data block: unpacked, checked, and with its geometry decoded. See mapper/view/datablock.py.

import { columnReader, eachItem, lazyRecords, readTable } from "./columns.mjs";

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

function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text); // browsers since 2025; many times quicker
  const signs = atob(text);
  const bytes = new Uint8Array(signs.length);
  for (let i = 0; i < signs.length; i += 1) bytes[i] = signs.charCodeAt(i);
  return bytes;
}

async function unpack(text, encoding) {
  if (encoding !== "gzip") return text;
  const stream = new Blob([bytesOf(text.trim())]).stream().pipeThrough(new DecompressionStream("gzip"));
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

const NONE = Object.freeze([]);
const NOBODY = -1;
const SEVERAL = -2;

const sourcesOf = (reports) => ({
  reports,
  outlets: [...new Set(reports.map((report) => report.outlet || report.id))],
});

// The reports behind the records of a table, each once, and the outlets they come from, as a function of the
// row: two reports of one outlet are one source. Most records stand in one report: these share its sources.
function sourcesIn({ columns, rows }, reports) {
  const columnsCiting = [columns.quotes, columns.claims].filter(Boolean).map(citing);
  const only = new Int32Array(rows).fill(NOBODY);
  const tell = (row, report) => {
    only[row] = only[row] === NOBODY || only[row] === report ? report : SEVERAL;
  };
  for (const column of columnsCiting) eachItem(column, rows, tell);
  const cited = columnsCiting.map((column) => columnReader(column, rows));
  const alone = reports.map((report) => sourcesOf([report]));
  const nobody = sourcesOf([]);
  return (row) => {
    if (only[row] === NOBODY) return nobody;
    if (only[row] !== SEVERAL) return alone[only[row]];
    return sourcesOf([...new Set(cited.flatMap((read) => read(row) ?? NONE))].map((report) => reports[report]));
  };
}

// Of a column of quotes or claims only the reports they stand in.
function citing(column) {
  if (column.some) return { ...column, some: citing(column.some) };
  return column.table ? { n: column.n, all: column.table.columns.report } : column;
}

// Replace positions by the records they point to, once, so that the rest of the page can read on.
export function connect(block) {
  const at = (list, positions) => positions?.map((position) => list[position]) ?? NONE;
  const [places, reports] = [readTable(block.places), readTable(block.reports)];
  // Incidents, movements and mentioned places: what they were told in, and the fields that `more` makes.
  const told = (table, kind, more) => {
    const sources = sourcesIn(table, reports);
    return lazyRecords(table, (read) => {
      const [quotes, claims] = [read("quotes"), read("claims")];
      const placesIn = (field) => {
        const positions = read(field);
        return (row) => at(places, positions(row));
      };
      const listIn = (field) => {
        const values = read(field);
        return (row) => values(row) ?? NONE;
      };
      return {
        kind: () => kind,
        quotes: (row) =>
          (quotes(row) ?? NONE).map(({ report, text = null, marks = [] }) => ({ report: reports[report], text, marks })),
        claims: (row) => (claims(row) ?? NONE).map((claim) => ({ ...claim, report: reports[claim.report] })),
        reports: (row) => sources(row).reports,
        outlets: (row) => sources(row).outlets,
        withheld: listIn("withheld"),
        ...more(read, placesIn, listIn),
      };
    });
  };
  const incidents = told(block.incidents, "incident", (_read, placesIn, listIn) => ({
    places: placesIn("places"),
    around: placesIn("around"),
    actors: listIn("actors"),
  }));
  const movements = told(block.movements, "movement", (read, placesIn) => ({
    movement: read("kind"),
    from: placesIn("from"),
    to: placesIn("to"),
    via: placesIn("via"),
  }));
  for (const movement of movements) movement.flows = [];
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
    mentioned: told(block.mentioned, "mentioned", (read) => {
      const [place, area] = [read("place"), read("area")];
      return { place: (row) => places[place(row)], area: (row) => decodeArea(area(row) ?? NONE) };
    }),
    avenues: readTable(block.avenues).map(({ name, line }) => ({ name, line: decodePath(line) })),
    unlocated: readTable(block.unlocated).map((item) => ({ ...item, report: reports[item.report] })),
    setAside: readTable(block.set_aside),
  };
}
