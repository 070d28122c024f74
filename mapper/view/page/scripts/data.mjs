// The data block: unpacked, checked, and with its geometry decoded. See mapper/view/datablock.py.

import { readTable } from "./columns.mjs";

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
  const read = Object.entries(block).map(([key, value]) => [key, value?.columns ? readTable(value) : value]);
  return connect(Object.fromEntries(read));
}

// A zone drawn as its whole parish or municipality, or as a vague area, is known no finer than that.
function zonePlace(place, shape) {
  return ["parish", "municipality", "vague"].includes(shape) ? { ...place, precision: shape } : place;
}

// The reports behind a record, each once, and the outlets they come from: two reports of one outlet are one source.
function sourced(record) {
  const said = [...(record.quotes ?? []), ...(record.claims ?? [])].map((part) => part.report);
  const reports = [...new Set(said)];
  const outlets = [...new Set(reports.map((report) => report.outlet || report.id))];
  return { ...record, reports, outlets };
}

// Replace positions by the records they point to, once, so that the rest of the page can read on.
export function connect(block) {
  const at = (list, positions = []) => positions.map((position) => list[position]);
  const quotes = (record) => (record.quotes ?? []).map((quote) => ({
    report: block.reports[quote.report],
    text: quote.text ?? null,
    marks: quote.marks ?? [],
  }));
  const incidents = block.incidents.map((incident) =>
    sourced({
    ...incident,
    kind: "incident",
    places: at(block.places, incident.places),
    around: at(block.places, incident.around),
    actors: incident.actors ?? [],
    withheld: incident.withheld ?? [],
    quotes: quotes(incident),
    claims: (incident.claims ?? []).map((claim) => ({ ...claim, report: block.reports[claim.report] })),
    }),
  );
  const movements = block.movements.map((movement) =>
    sourced({
    ...movement,
    kind: "movement",
    movement: movement.kind,
    from: at(block.places, movement.from),
    to: at(block.places, movement.to),
    via: at(block.places, movement.via),
    withheld: movement.withheld ?? [],
    quotes: quotes(movement),
    flows: [],
    }),
  );
  const flows = block.flows.map((flow) => ({
    ...flow,
    kind: "flow",
    movement: movements[flow.movement],
    from: block.places[flow.from],
    to: block.places[flow.to],
    people: flow.people ?? null,
    line: decodePath(flow.line),
  }));
  for (const flow of flows) flow.movement.flows.push(flow);
  const area = (shape) => ({ ...shape, area: decodeArea(shape.area), label: decodePoint(shape.label) });
  return {
    info: block.info,
    reports: block.reports,
    incidents,
    movements,
    flows,
    parishes: block.parishes.map(area),
    municipalities: block.municipalities.map(area),
    zones: block.zones.map((zone) => ({
      ...area(zone),
      kind: "zone",
      place: zonePlace(block.places[zone.place], zone.shape),
      incidents: at(incidents, zone.incidents),
    })),
    marks: block.marks.map((mark) => ({
      kind: "mark",
      place: block.places[mark.place],
      at: decodePoint(mark.at),
      incidents: at(incidents, mark.incidents),
    })),
    mentioned: block.mentioned.map((item) =>
      sourced({
      ...item,
      kind: "mentioned",
      place: block.places[item.place],
      area: decodeArea(item.area),
      quotes: quotes(item),
      }),
    ),
    avenues: (block.avenues ?? []).map(({ name, line }) => ({ name, line: decodePath(line) })),
    unlocated: block.unlocated.map((item) => ({ ...item, report: block.reports[item.report] })),
    setAside: block.set_aside,
  };
}
