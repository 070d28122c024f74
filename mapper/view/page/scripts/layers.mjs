// What the map's layers share: panes, tooltips, and classes that outlive a layer's removal.

import { el, said } from "./dom.mjs";

const PADDING = 0.35; // of the view's size, drawn beyond each edge: more is dearer, less shows while panning

// A pane's drawing. Leaflet draws every shape anew after each move; here, as long as the view stays within what
// is drawn beyond its edges, nothing is. After a zoom each drawing has its turn: until then it stays as it was,
// stretched to where things are. It tells of it as "rescale".
export function makeDrawing(options, turns) {
  const Drawing = L.SVG.extend({
    getEvents() {
      const events = { viewreset: this.wait, zoomend: this.wait, moveend: this.follow };
      return { ...L.SVG.prototype.getEvents.call(this), ...events };
    },
    wait() {
      this._onZoom();
      this.waits = true;
      this.turn ??= () => this.rescale();
      turns.run([this.turn]);
    },
    rescale() {
      this.waits = false;
      if (!this._map) return;
      this._onZoomEnd();
      this._update();
      this.fire("rescale");
    },
    follow() {
      if (this.waits) return;
      const size = this._map.getSize();
      const corner = this._map.containerPointToLayerPoint([0, 0]);
      const sameScale = this._zoom === this._map.getZoom() && this.size?.equals(size);
      if (sameScale && this._bounds.contains(L.bounds(corner, corner.add(size)))) return;
      this._update();
    },
    _update() {
      L.SVG.prototype._update.call(this);
      this.size = this._map.getSize();
    },
  });
  return new Drawing({ ...options, padding: PADDING });
}

export function makePane({ map, turns }, name, depth, className) {
  const pane = map.createPane(name);
  pane.style.zIndex = String(depth);
  if (className) pane.classList.add(className);
  return makeDrawing({ pane: name }, turns);
}

// A layer that is one group of ours in a pane's drawing, with its point at `at` if it has one: cheaper than
// Leaflet's markers, each of which the browser composes apart, and than its paths, redrawn at every move.
export function makeGroupClass(renderer, pane) {
  return L.Layer.extend({
    options: { pane, bubblingMouseEvents: false },
    initialize(node, at = null) {
      this.node = node;
      this.at = at;
    },
    onAdd() {
      renderer._rootGroup.append(this.node);
      this.addInteractiveTarget(this.node);
      if (!this.at) return;
      this.settle();
      renderer.on("rescale", this.settle, this);
    },
    onRemove() {
      renderer.off("rescale", this.settle, this);
      this.removeInteractiveTarget(this.node);
      this.node.remove();
    },
    settle() {
      const { x, y } = this._map.latLngToLayerPoint(this.at);
      this.node.setAttribute("transform", `translate(${x} ${y})`);
    },
    getElement() {
      return this.node;
    },
  });
}

// `lines` are functions, so that the words follow the language and the filters.
export function makeTip(layer, title, ...lines) {
  const content = () =>
    el(
      "div",
      {},
      el("strong", {}, said(title())),
      lines.map((line) => line()).map((words) => words && el("span", {}, said(words))),
    );
  layer._addFocusListeners = () => {}; // listening for focus makes each shape a Tab stop: by keyboard the list leads
  layer.bindTooltip(content, { sticky: true, className: "mp-tip", opacity: 1 });
}

// Leaflet makes a new node each time a layer is added: the wardrobe remembers what its node wears.
export function makeWardrobe() {
  const worn = new Map(); // layer -> { class: whether }
  const put = (layer) => {
    const node = layer.getElement();
    if (node) for (const [name, on] of Object.entries(worn.get(layer))) node.classList.toggle(name, on);
  };
  return (layer, classes) => {
    if (!worn.has(layer)) {
      worn.set(layer, {});
      layer.on("add", () => put(layer));
    }
    const now = worn.get(layer);
    if (Object.entries(classes).every(([name, on]) => now[name] === on)) return;
    Object.assign(now, classes);
    put(layer);
  };
}
