"""A place's shape on the map: never sharper than it is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.geo.frames import WGS84, checked
from mapper.geo.join import MUNICIPALITY_LEVEL, PARISH_LEVEL
from mapper.model import Precision

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely import Point
    from shapely.geometry.base import BaseGeometry

    from mapper.model import Place

__all__ = ["Shape", "Shapes"]

MIN_RADIUS_M = 150.0
"""No disc is smaller: it would look like a pin on a house."""
TOO_UNCERTAIN_M = 1200.0
"""A low-confidence place that may be off by more than this falls back to its parish."""

_QUAD_SEGS = 12
# A polygon lies inside its circle and rounding moves its corners by up to a metre: both are made up for.
_INSIDE = math.cos(math.pi / (4 * _QUAD_SEGS))
_ROUNDING_M = 2.0


@dataclass(frozen=True, slots=True)
class Shape:
    """What to draw for a place: ``kind`` as in the zones' ``shape`` column, ``geometry`` in the metric CRS."""

    kind: str
    geometry: BaseGeometry
    official: bool = False
    uncertainty_m: float | None = None


class Shapes:
    """Looks up and builds the shapes of places, each once.

    Parameters
    ----------
    boundaries
        ``pcode, name, level, parent_pcode, geometry``, EPSG:4326; with ``place_id`` also found by that.
    footprints
        ``place_id, official, uncertainty_m, geometry``, EPSG:4326.
    metric_crs
        The area's CRS in metres, such as "EPSG:32619".

    Raises
    ------
    SchemaError
        A frame lacks a column or is in another CRS.
    """

    def __init__(self, boundaries: gpd.GeoDataFrame, footprints: gpd.GeoDataFrame, metric_crs: str) -> None:
        from pyproj import Transformer

        checked(boundaries, "boundaries", ("pcode", "name", "level", "parent_pcode"))
        checked(footprints, "footprints", ("place_id", "official", "uncertainty_m"))
        self._to_metric = Transformer.from_crs(WGS84, metric_crs, always_xy=True)
        metric = boundaries.to_crs(metric_crs)
        names = metric.get("place_id", metric["pcode"])
        rows = list(zip(metric["level"], metric["pcode"], metric["name"], names, metric.geometry, strict=True))
        self._parishes = {code: shape for level, code, _, _, shape in rows if level == PARISH_LEVEL}
        wide = [(keys, shape) for level, *keys, shape in rows if level == MUNICIPALITY_LEVEL]
        self._municipalities = {key: shape for keys, shape in wide for key in keys}
        metric = footprints.to_crs(metric_crs)
        columns = ("place_id", "official", "uncertainty_m", "geometry")
        self._footprints = {row[0]: row[1:] for row in zip(*(metric[column] for column in columns), strict=True)}
        self._known: dict[Place, Shape | None] = {}
        self._anchors: dict[Place, Point | None] = {}

    def of(self, place: Place) -> Shape | None:
        """Return the place's shape, or None where nothing says where it is."""
        if place not in self._known:
            self._known[place] = self._build(place)
        return self._known[place]

    def point(self, place: Place) -> Point | None:
        """Return the place's own coordinates in the metric CRS, or None."""
        from shapely import Point

        if place.lon is None or place.lat is None:
            return None
        x, y = self._to_metric.transform(place.lon, place.lat)
        return Point(x, y) if math.isfinite(x) and math.isfinite(y) else None

    def anchor(self, place: Place) -> Point | None:
        """Return where a symbol or an arrow for the place sits, in the metric CRS, or None.

        A place drawn as its whole parish or municipality has its symbol inside that, not at a point
        that would claim more than is known.
        """
        try:
            return self._anchors[place]
        except KeyError:
            self._anchors[place] = at = self._anchor(place)
            return at

    def _anchor(self, place: Place) -> Point | None:
        shape, point = self.of(place), self.point(place)
        if shape is None:
            return point
        inside = shape.kind in {"disc", "vague"} or (shape.kind == "footprint" and shape.geometry.covers(point))
        return point if point is not None and inside else shape.geometry.representative_point()

    def _build(self, place: Place) -> Shape | None:
        if not place.in_area:
            return None
        if place.precision is Precision.MUNICIPALITY:
            return self._municipality(place) or self._disc(place, "municipality")
        if place.precision is Precision.PARISH:
            return self._parish(place) or self._disc(place, "vague")
        kind = "vague" if place.precision is Precision.VAGUE else "disc"
        if place.place_id in self._footprints:
            official, uncertainty_m, geometry = self._footprints[place.place_id]
            kind = "footprint" if kind == "disc" else kind
            return Shape(kind, geometry, bool(official), _metres(uncertainty_m))
        if kind == "disc" and (self.point(place) is None or _too_uncertain(place)):
            return self._parish(place) or self._disc(place, kind)
        return self._disc(place, kind)

    def _parish(self, place: Place) -> Shape | None:
        found = self._parishes.get(place.parish_pcode)
        found = self._parish_around(place) if found is None else found
        return None if found is None else Shape("parish", found, official=True, uncertainty_m=place.uncertainty_m)

    def _municipality(self, place: Place) -> Shape | None:
        keys = (place.parish_pcode, place.place_id, place.municipality, place.name)
        found = next((self._municipalities[key] for key in keys if key in self._municipalities), None)
        return None if found is None else Shape("municipality", found, official=True, uncertainty_m=place.uncertainty_m)

    def _parish_around(self, place: Place) -> BaseGeometry | None:
        """Return the parish around the place's point; on a border, the one with the lowest code."""
        point = self.point(place)
        if point is None:
            return None
        codes = sorted(code for code, shape in self._parishes.items() if shape.intersects(point))
        return self._parishes[codes[0]] if codes else None

    def _disc(self, place: Place, kind: str) -> Shape | None:
        point = self.point(place)
        if point is None:
            return None
        radius = max(place.uncertainty_m or 0.0, place.extent_m or 0.0, MIN_RADIUS_M)
        geometry = point.buffer(radius / _INSIDE + _ROUNDING_M, quad_segs=_QUAD_SEGS)
        return Shape(kind, geometry, uncertainty_m=place.uncertainty_m)


def _too_uncertain(place: Place) -> bool:
    return place.confidence == "low" and (place.uncertainty_m or 0.0) > TOO_UNCERTAIN_M


def _metres(value: Any) -> float | None:
    return None if value is None or math.isnan(value) else float(value)
