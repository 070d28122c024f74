"""The still map: the layers as one small SVG, for readers whose browser runs no script.

Same grammar as the page: official outlines solid, approximate ones dashed, the parish hatched, vague
areas soft, arrows schematic. Colours stand in ``page/styles/static.css``; all text is escaped.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from mapper.view.datablock import writable
from mapper.view.frames import number, rows, text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from mapper.model import Disclosed, Layers, MapInfo

__all__ = ["SHAPES", "SYMBOLS", "safe", "still_map", "swatch"]

WIDTH = 500  # so that names can be read where a phone shrinks it
_FLATTEST, _TALLEST = 0.7, 1.1  # height by width
_MARGIN = 40
_NEAR = 0.4  # of the events' extent: a destination no further off is in the picture
_LEAST_DEG = 0.03  # a lone event is seen with its surroundings
_TOLERANCE = 0.8  # pixels
_FONT, _SMALL_FONT = 13, 10.5
_SIGN = 0.56  # of the font's size: a letter's usual width
_MOST_FLOWS = 300
_SCALES_M = (20_000, 10_000, 5000, 2000, 1000, 500, 200)
_M_PER_DEG = 111_320
_KM = 1000

SHAPES = ("municipality", "parish", "vague", "adjacent", "footprint", "disc")
"""The shapes of a zone, the widest statement first: it lies lowest."""

SYMBOLS = {
    "Battles": "M12 1.8 22.2 12 12 22.2 1.8 12Z",
    "Explosions and Remote violence": "M12 1 14.6 7.1 20.5 4.2 17.4 10 23.4 12.6 17.2 14.6 19.6 20.8 13.6 17.9 10.8 "
    "23.4 8.9 17.3 2.7 19.8 5.4 13.9 .6 11 7 9.4 4.8 3.4 10.4 6.6Z",
    "Violence against civilians": "M12 2.2 22.6 21 1.4 21Z",
    "Protests": "M12 2.6a9.4 9.4 0 1 1 0 18.8 9.4 9.4 0 0 1 0-18.8Z",
    "Riots": "M3.2 3.2h17.6v17.6H3.2Z",
    "Strategic developments": "M7 2.8h10l5.2 9.2-5.2 9.2H7L1.8 12Z",
}
"""The page's symbols (``page/scripts/signs.mjs``), the gravest type first."""

_OTHER = "M12 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14Z"

_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def safe(words: str) -> str:
    """Return the text as markup that shows it, without the signs that turn the words around it."""
    return escape(writable(words).translate(_BIDI))


@dataclass
class _View:
    """What of the world the picture shows, and where a position falls in it."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        squeeze = math.cos(math.radians((self.south + self.north) / 2))
        wide = max(self.east - self.west, _LEAST_DEG) * squeeze
        high = max(self.north - self.south, _LEAST_DEG)
        self.height = round(WIDTH * min(max(high / wide, _FLATTEST), _TALLEST))
        self.scale = min((WIDTH - 2 * _MARGIN) / wide, (self.height - 2 * _MARGIN) / high)
        self.squeeze = squeeze

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return a position in pixels."""
        x = (lon - (self.west + self.east) / 2) * self.squeeze * self.scale + WIDTH / 2
        y = ((self.south + self.north) / 2 - lat) * self.scale + self.height / 2
        return x, y

    def shapes(self, table: list[dict[str, Any]]) -> list[BaseGeometry]:
        """Return the rows' shapes in pixels, simplified and without what lies far outside."""
        import numpy as np
        import shapely

        if not table:
            return []

        def placed(positions: Any) -> Any:
            return np.column_stack(self.place(positions[:, 0], positions[:, 1]))

        placed_shapes = shapely.transform(np.array([row["geometry"] for row in table], dtype=object), placed)
        near = shapely.clip_by_rect(placed_shapes, -40, -40, WIDTH + 40, self.height + 40)
        return list(shapely.simplify(near, _TOLERANCE))


def _path(geometry: BaseGeometry) -> str:
    """Return the SVG path of areas and lines, in whole pixels, each step relative to the one before."""
    parts = []
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type == "Polygon":
            parts += [_steps(ring.coords[:-1]) + "z" for ring in (part.exterior, *part.interiors)]
        elif part.geom_type == "LineString":
            parts.append(_steps(part.coords))
    return "".join(part for part in parts if part != "z")


def _steps(positions: Iterable[tuple[float, ...]]) -> str:
    points = [(round(x), round(y)) for x, y, *_ in positions]
    if not points:
        return ""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points) if a != b]
    return f"M{points[0][0]} {points[0][1]}" + ("l" + " ".join(f"{x} {y}" for x, y in steps) if steps else "")


def _curve(points: list[tuple[float, float]]) -> str:
    """Return the SVG path of a line without kinks: from middle to middle of its steps, bent towards its points."""
    middles = [((ax + bx) / 2, (ay + by) / 2) for (ax, ay), (bx, by) in itertools.pairwise(points)]
    bends = "".join(
        f"Q{x:.0f} {y:.0f} {mx:.0f} {my:.0f}" for (x, y), (mx, my) in zip(points[1:-1], middles[1:], strict=True)
    )
    (x, y), (ex, ey) = points[0], points[-1]
    mx, my = middles[0]
    return f"M{x:.0f} {y:.0f}L{mx:.0f} {my:.0f}{bends}L{ex:.0f} {ey:.0f}"


@dataclass
class _Labels:
    """Names that do not collide: those who come first choose first, and a name stands once."""

    view: _View
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    drawn: list[str] = field(default_factory=list)

    def block(self, x: float, y: float, reach: float) -> None:
        """Keep names off a mark."""
        self.taken.append((x - reach, y - reach, x + reach, y + reach))

    def put(self, name: str, at: tuple[float, float], style: str, gap: float = 0) -> None:
        """Write a name at its first free place around ``at``, or not at all."""
        short = name if len(name) <= 30 else f"{name[:29]}…"  # noqa: PLR2004 - more would cross the map
        if not short or short in self.said:
            return
        size = _SMALL_FONT if style == "parish" else _FONT
        wide, high = len(short) * size * _SIGN, size * 1.2
        x, y = at
        aside, above = gap + wide / 2, gap + high / 2
        inward = min(max(x, wide / 2 + 2), WIDTH - 2 - wide / 2) - x  # above or below, a name at the edge may move in
        for dx, dy in ((aside, 0), (-aside, 0), (inward, -above), (inward, above)) if gap else ((0, 0),):
            box = (x + dx - wide / 2, y + dy - high / 2, x + dx + wide / 2, y + dy + high / 2)
            inside = box[0] >= 2 and box[1] >= 2 and box[2] <= WIDTH - 2 and box[3] <= self.view.height - 2  # noqa: PLR2004
            if inside and not self._collides(box):
                self.taken.append(box)
                self.said.add(short)
                place = f'x="{x + dx:.0f}" y="{y + dy + size * 0.35:.0f}"'
                self.drawn.append(f'<text class="ms-{style}" {place}>{safe(short)}</text>')
                return

    def _collides(self, box: tuple[float, float, float, float]) -> bool:
        left, top, right, bottom = box
        return any(
            left < east and west < right and top < south and north < bottom for west, north, east, south in self.taken
        )


def still_map(layers: Layers, disclosed: Disclosed, info: MapInfo, label: str) -> str:
    """Return the SVG of the layers; ``label`` is what it says to those who do not see it."""
    zones = sorted(rows(layers.zones, "zones"), key=lambda row: -_depth(row))
    flows = list(rows(layers.flows, "flows"))[:_MOST_FLOWS]
    parishes = list(rows(layers.parishes, "parishes"))
    marks = _marks(layers, disclosed)
    view = _view(zones, flows, marks, info)
    labels = _Labels(view)
    body = [
        *_ground(parishes, layers, view),
        *_zones(zones[::-1], view),
        *_flows(flows, disclosed.reviewed, view, labels),
        *_drawn(marks, view, labels),
    ]
    for mark in marks:
        labels.put(mark.name, view.place(mark.lon, mark.lat), "name", 14)
    for row in zones:
        if row["shape"] not in {"adjacent", "municipality"} and not row["geometry"].is_empty:
            middle = row["geometry"].representative_point()
            labels.put(text(row["name"]), view.place(middle.x, middle.y), "name")
    for row in flows:
        labels.put(*_arrival(row, view), "name", 10)
    scale = _scale(view, labels)
    for row in parishes:
        middle = row["geometry"].representative_point()
        labels.put(text(row["name"]), view.place(middle.x, middle.y), "parish")
    inner = "".join([_DEFS, f"<defs>{_signs(marks)}</defs>", *body, *labels.drawn, scale])
    return (
        f'<svg class="ms-map" viewBox="0 0 {WIDTH} {view.height}" width="{WIDTH}" height="{view.height}" role="img"'
        f' aria-label="{safe(label)}">{inner}</svg>'
    )


_DEFS = (
    '<defs><pattern id="ms-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="ms-hatch" d="M0 0v8"/></pattern>'
    '<filter id="ms-soft"><feGaussianBlur stdDeviation="6"/></filter></defs>'
)


def _depth(row: dict[str, Any]) -> int:
    return SHAPES.index(row["shape"]) if row["shape"] in SHAPES else 0


class _Mark(NamedTuple):
    """One symbol a place: its gravest type, hollow where not everything was reviewed."""

    name: str
    lon: float
    lat: float
    kind: str
    hollow: bool


def _marks(layers: Layers, disclosed: Disclosed) -> list[_Mark]:
    """Return the symbol of each place with incidents."""
    if layers.incidents.empty:
        return []
    rank = {kind: place for place, kind in enumerate(SYMBOLS)}
    types = {one.incident_id: str(one.event_type) for one in disclosed.incidents}
    columns = (layers.incidents[column].to_numpy(dtype=object) for column in ("place_id", "name", "incident_id"))
    found: dict[str, tuple[str, int, str]] = {}
    hollow = set()
    for row, (place_id, name, incident_id) in enumerate(zip(*columns, strict=True)):
        kind = types.get(incident_id, "")
        if incident_id not in disclosed.reviewed:
            hollow.add(place_id)
        known = found.get(place_id)
        if known is None:
            found[place_id] = (text(name), row, kind)
        elif rank.get(kind, len(rank)) < rank.get(known[2], len(rank)):
            found[place_id] = (*known[:2], kind)
    points = layers.incidents.geometry.iloc[[row for _, row, _ in found.values()]].representative_point()
    return [
        _Mark(name, at.x, at.y, kind, place_id in hollow)
        for (place_id, (name, _, kind)), at in zip(found.items(), points, strict=True)
    ]


def _view(zones: list[dict[str, Any]], flows: list[dict[str, Any]], marks: list[_Mark], info: MapInfo) -> _View:
    """Return the view that holds the events; a far destination leaves the frame, so that the city can be read."""
    points = [(mark.lon, mark.lat) for mark in marks] + [row["geometry"].coords[0][:2] for row in flows]
    for row in zones:
        if row["shape"] != "municipality" and not row["geometry"].is_empty:
            a, b, c, d = row["geometry"].bounds
            points += [(a, b), (c, d)]
    if not points:
        return _View(*info.bbox)
    west, south, east, north = _bounds(points)
    reach = max(east - west, north - south, _LEAST_DEG) * _NEAR
    for x, y, *_ in (row["geometry"].coords[-1] for row in flows):
        if west - reach <= x <= east + reach and south - reach <= y <= north + reach:
            points.append((x, y))
    return _View(*_bounds(points))


def _bounds(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    lons, lats = [x for x, _ in points], [y for _, y in points]
    return min(lons), min(lats), max(lons), max(lats)


def _arrival(row: dict[str, Any], view: _View) -> tuple[str, tuple[float, float]]:
    """Return a destination's name and where it stands: beyond the frame, beside the arrow's last visible point."""
    path = [view.place(x, y) for x, y, *_ in row["geometry"].coords]
    seen = [(x, y) for x, y in path if 0 < x < WIDTH and 0 < y < view.height]
    name = text(row["destination_name"])
    return (name, path[-1]) if path[-1] in seen or not seen else (f"→ {name}", seen[-1])


def _ground(parishes: list[dict[str, Any]], layers: Layers, view: _View) -> Iterator[str]:
    lines = "".join(map(_path, view.shapes(parishes)))
    whole = "".join(map(_path, view.shapes(list(rows(layers.municipalities, "municipalities")))))
    yield f'<rect class="ms-outside" width="{WIDTH}" height="{view.height}"/>'
    for style, path in (("land", whole or lines), ("parish-line", lines), ("municipality-line", whole)):
        yield f'<path class="ms-{style}" d="{path}"/>'


def _zones(zones: list[dict[str, Any]], view: _View) -> Iterator[str]:
    for row, shape in zip(zones, view.shapes(zones), strict=True):
        style = row["shape"] if row["shape"] in SHAPES else "vague"
        official = " is-official" if row["official"] else ""
        soft = ' filter="url(#ms-soft)"' if style in {"vague", "adjacent"} else ""
        path = _path(shape)
        if path:
            yield f'<path class="ms-zone ms-{style}{official}"{soft} d="{path}"/>'


def _flows(flows: list[dict[str, Any]], reviewed: Container[str], view: _View, labels: _Labels) -> Iterator[str]:
    """Yield the arrows: a halo, a line as wide as the people it stands for, and a head, hollow till reviewed."""
    for row in flows:
        path = [view.place(x, y) for x, y, *_ in row["geometry"].simplify(_TOLERANCE / view.scale).coords]
        people = number(row["people_best"])
        width = min(9.0, 2.5 + 1.6 * math.log10(people)) if people and people > 0 else 3.0
        bx, by = path[-1]
        length = min(6 + width * 1.2, max(8, math.dist(path[0], path[-1]) / 2))  # a short arrow keeps some line
        half = length * 0.6
        kept = [point for point in path if math.dist(point, path[-1]) > length] or path[:1]
        (ax, ay), reach = kept[-1], math.dist(kept[-1], path[-1]) or 1
        ux, uy = (bx - ax) / reach, (by - ay) / reach
        foot = (bx - ux * length, by - uy * length)
        line = _curve([*kept, foot])
        vague = " is-vague" if row["vague"] else ""
        head = [(bx, by), (foot[0] - uy * half, foot[1] + ux * half), (foot[0] + uy * half, foot[1] - ux * half)]
        labels.block(bx, by, 8)
        yield f'<path class="ms-halo" stroke-width="{width + 3:.1f}" d="{line}"/>'
        yield f'<path class="ms-flow{vague}" stroke-width="{width:.1f}" d="{line}"/>'
        hollow = "" if row["movement_id"] in reviewed else " is-hollow"
        yield f'<path class="ms-head{hollow}" d="{_steps(head)}z"/>'


def _drawn(marks: list[_Mark], view: _View, labels: _Labels) -> Iterator[str]:
    for mark in marks:
        x, y = view.place(mark.lon, mark.lat)
        labels.block(x, y, 11)
        hole = f'<use href="#ms-hole-{_rank(mark.kind)}" x="{x:.0f}" y="{y:.0f}"/>' if mark.hollow else ""
        yield f'<use href="#ms-sign-{_rank(mark.kind)}" x="{x:.0f}" y="{y:.0f}"/>{hole}'


def _rank(kind: str) -> int:
    return list(SYMBOLS).index(kind) if kind in SYMBOLS else len(SYMBOLS)


def _signs(marks: list[_Mark]) -> str:
    """Return the symbols that the marks use, each once, with their middle at the origin."""
    kinds = sorted({mark.kind for mark in marks}, key=_rank)
    middle = "translate(-10 -10) scale(.84)"
    return "".join(
        f'<g id="ms-{part}-{_rank(kind)}">{draw(kind, middle)}</g>'
        for kind in kinds
        for part, draw in (("sign", _symbol), ("hole", _hole))
    )


def _hole(kind: str, transform: str) -> str:
    path = SYMBOLS.get(kind, _OTHER)
    return f'<path class="ms-hole" transform="{transform} translate(6.4 6.8) scale(.46)" d="{path}"/>'


def _symbol(kind: str, transform: str) -> str:
    style = f"ms-type-{_rank(kind)}" if kind in SYMBOLS else "ms-type"
    return f'<path class="ms-symbol {style}" transform="{transform}" d="{SYMBOLS.get(kind, _OTHER)}"/>'


def _scale(view: _View, labels: _Labels) -> str:
    metres = _M_PER_DEG / view.scale
    length = next((step for step in _SCALES_M if step / metres <= WIDTH / 6), _SCALES_M[-1])
    wide, y = round(length / metres), view.height - 12
    words = f"{length // _KM} km" if length >= _KM else f"{length} m"
    labels.taken.append((8, y - 24, wide + 16, view.height))
    bar = f'<path class="ms-scale" d="M12 {y - 5}v5h{wide}v-5"/>'
    return f'{bar}<text class="ms-parish" x="{12 + wide / 2:.0f}" y="{y - 8}">{words}</text>'


def swatch(kind: str) -> str:
    """Return a small sample of a sign for the legend.

    ``kind`` is a zone's shape, an event type, ``hollow``, ``flow``, ``flow_vague`` or ``flow_hollow``.
    """
    if kind in {"flow", "flow_vague", "flow_hollow"}:
        vague = " is-vague" if kind == "flow_vague" else ""
        hollow = " is-hollow" if kind == "flow_hollow" else ""
        inner = (
            f'<path class="ms-flow{vague}" stroke-width="3" d="M1 10h22"/>'
            f'<path class="ms-head{hollow}" d="M32 10l-10-5v10z"/>'
        )
    elif kind == "hollow":
        place = "translate(8 1) scale(.75)"
        inner = _symbol("Battles", place) + _hole("Battles", place)
    elif kind in SYMBOLS:
        inner = _symbol(kind, "translate(8 1) scale(.75)")
    else:
        style = "footprint is-official" if kind == "official" else kind
        soft = ' filter="url(#ms-soft)"' if kind in {"vague", "adjacent"} else ""
        inner = f'<path class="ms-zone ms-{style}"{soft} d="M4 4l12-2 13 3-1 11-12 2-12-3z"/>'
    return f'<svg class="ms-swatch" viewBox="0 0 34 20" width="34" height="20" aria-hidden="true">{inner}</svg>'
