// Displacement arrows: schematic curves with a halo and a head. Lengths in screen pixels.

// Width by persons. Where their number is unknown, even if families are counted (they are never turned
// into persons), the arrow keeps the thin width.
export function arrowWidth(people) {
  if (!people || people < 1) return 3;
  return Math.min(9, 2.5 + 1.6 * Math.log10(people));
}

export const headLength = (width) => 9 + width * 1.5;

// The path without its last `length` pixels, so that the head and not the line makes the point.
export function trimEnd(path, length) {
  const kept = path.map(([x, y]) => [x, y]);
  let left = length;
  while (kept.length > 1) {
    const [[ax, ay], [bx, by]] = kept.slice(-2);
    const step = Math.hypot(bx - ax, by - ay);
    if (step > left) {
      kept[kept.length - 1] = [bx - ((bx - ax) * left) / step, by - ((by - ay) * left) / step];
      return kept;
    }
    left -= step;
    kept.pop();
  }
  return kept;
}

// The head's three corners: tip first, on the end of the path.
export function arrowHead(path, width) {
  const tip = path[path.length - 1];
  const length = headLength(width);
  const trimmed = trimEnd(path, length);
  const base = trimmed.length > 1 ? trimmed[trimmed.length - 1] : path[0];
  const reach = Math.hypot(tip[0] - base[0], tip[1] - base[1]) || 1;
  const [ux, uy] = [(tip[0] - base[0]) / reach, (tip[1] - base[1]) / reach];
  const half = 4 + width * 0.9;
  const foot = [tip[0] - ux * length, tip[1] - uy * length];
  return [tip, [foot[0] - uy * half, foot[1] + ux * half], [foot[0] + uy * half, foot[1] - ux * half]];
}

// The Leaflet layers of one flow, redrawn in pixels after each zoom.
export function makeArrow(map, flow, pane, renderer) {
  const width = arrowWidth(flow.people);
  const vague = flow.vague ? " is-vague" : "";
  const style = (className, weight) => ({
    pane,
    renderer,
    className,
    weight,
    fill: false,
    noClip: true,
    smoothFactor: 0,
    bubblingMouseEvents: false,
  });
  const reach = L.polyline(flow.line, style("mp-flow-reach", width + 14));
  const halo = L.polyline(flow.line, { ...style(`mp-flow-halo${vague}`, width + 4), interactive: false });
  const line = L.polyline(flow.line, { ...style(`mp-flow-line${vague}`, width), interactive: false });
  const head = L.polygon([], { ...style("mp-flow-head", 2), fill: true, interactive: false });
  const fit = () => {
    const path = flow.line.map((at) => {
      const point = map.latLngToLayerPoint(at);
      return [point.x, point.y];
    });
    const back = (points) => points.map(([x, y]) => map.layerPointToLatLng([x, y]));
    const shaft = back(trimEnd(path, headLength(width) - 3));
    halo.setLatLngs(shaft);
    line.setLatLngs(shaft);
    head.setLatLngs([back(arrowHead(path, width))]);
  };
  map.on("zoomend", fit);
  fit();
  const group = L.featureGroup([halo, line, head, reach]);
  return { flow, group, paths: [halo, line, head], middle: flow.line[Math.floor(flow.line.length / 2)] };
}
