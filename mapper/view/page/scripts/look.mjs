// Where the map looks: the first view, one record, the place an address names.

const CLOSE_LOOK = 13.5;
const FIT_MOST = 13.5;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function makeLook(app, overlays) {
  const { map, data } = app;
  const [west, south, east, north] = data.info.bbox;
  const area = L.latLngBounds([south, west], [north, east]);
  const home = () => {
    const events = overlays.eventBounds();
    return (events.isValid() ? events : area).pad(0.04);
  };
  // Room for what floats over the map: the legend on the right where there are events it could hide, the caveat below.
  const room = () => {
    const { legend, over } = app.nodes;
    const hides = !app.phone() && legend.dataset.open === "true" && overlays.eventBounds().isValid();
    const covered = hides ? legend.offsetWidth : 0;
    if (app.phone()) {
      const caption = over.querySelector(".mp-caption").offsetHeight; // none while the sheet is open
      return { paddingTopLeft: [24, caption ? 44 : 30], paddingBottomRight: [24, caption ? caption + 20 : 30] };
    }
    return { paddingTopLeft: [64, 30], paddingBottomRight: [covered + 34, 64] };
  };
  const look = (bounds, most, animate = !calm()) => map.fitBounds(bounds, { ...room(), maxZoom: most, animate });
  const here = () => {
    const { lat, lng } = map.getCenter();
    return [map.getZoom(), lat, lng];
  };
  const close = (a, b) => Math.abs(a[0] - b[0]) < 0.01 && Math.abs(a[1] - b[1]) < 2e-5 && Math.abs(a[2] - b[2]) < 2e-5;
  let opened = false;
  let started = null; // the view that fits the events: an address need not name it
  // Wide enough that the view may centre beside the legend, on events at the area's edge or beyond it.
  map.setMaxBounds(L.latLngBounds(area.getSouthWest(), area.getNorthEast()).extend(home()).pad(1));
  return {
    here,
    fit: () => look(home(), FIT_MOST),
    zoom: (steps) => map.setZoom(Math.round(map.getZoom()) + steps, { animate: !calm() }),
    jump: (at) => {
      if (!close(at, here())) map.setView([at[1], at[2]], at[0], { animate: false });
    },
    // Whether the map stands somewhere worth naming in the address.
    settled: () => opened && !(started && close(started, here()) && !app.state.get().at),
    at: (shapes) => {
      const target = L.latLngBounds([]);
      for (const shape of shapes) if (overlays.boundsOf(shape)) target.extend(overlays.boundsOf(shape));
      if (!target.isValid() || map.getBounds().pad(-0.1).contains(target)) return;
      look(target.pad(0.3), Math.max(Math.min(map.getZoom(), CLOSE_LOOK), 12));
    },
    open: (at) => {
      if (at) map.setView([at[1], at[2]], at[0], { animate: false });
      else {
        look(home(), FIT_MOST, false);
        started = here();
      }
      opened = true;
    },
  };
}
