// The quiet ground: parishes and municipalities, no tiles.

const PARISH_LABELS_FROM = 11;

function extent(map, area) {
  const bounds = L.latLngBounds(area.flat(2));
  const [a, b] = [map.latLngToLayerPoint(bounds.getNorthWest()), map.latLngToLayerPoint(bounds.getSouthEast())];
  return { w: b.x - a.x, h: b.y - a.y };
}

export function makeBasemap(map, data) {
  const pane = map.createPane("mp-base");
  pane.classList.add("mp-base");
  const renderer = L.svg({ pane: "mp-base", padding: 0.6 });
  const shape = (item, className) =>
    L.polygon(item.area, { pane: "mp-base", renderer, className, interactive: false, smoothFactor: 0.6 });
  const drawn = (items) => items.filter((item) => item.area.length);
  // The land is always there; the switch shows and hides the parishes' lines and names.
  L.layerGroup(
    drawn(data.municipalities.length ? data.municipalities : data.parishes).map((item) => shape(item, "mp-land")),
  ).addTo(map);
  const parishes = L.layerGroup([
    ...drawn(data.parishes).map((item) => shape(item, "mp-parish-line")),
    ...drawn(data.municipalities).map((item) => shape(item, "mp-municipality-line")),
  ]);
  const labels = (zoom) => {
    if (!map.hasLayer(parishes)) return [];
    if (zoom < PARISH_LABELS_FROM) {
      return drawn(data.municipalities).map((item) => {
        const { w, h } = extent(map, item.area);
        return {
          text: item.name.toLocaleUpperCase("es"),
          at: item.label,
          style: "municipality",
          priority: 2 + w * h * 1e-9,
          fit: w,
          wrap: 14,
        };
      });
    }
    return drawn(data.parishes).map((item) => {
      const { w, h } = extent(map, item.area);
      return {
        text: item.name,
        at: item.label,
        style: "parish",
        priority: 1 + Math.min(w * h, 1e8) * 1e-9,
        fit: w * 1.15,
        wrap: 14,
      };
    });
  };
  return { parishes, labels };
}
