"""Geometry as the page reads it: whole numbers of 1e-5 degrees (about a metre), delta-encoded.

A line or ring is one flat list ``[lon, lat, dlon, dlat, dlon, dlat, ...]``: the first pair absolute,
each further pair relative to the one before. Axis order is (lon, lat), EPSG:4326. A ring's closing
point is left out. Areas are lists of polygons, each a list of rings (outer first).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.coords import CoordinateSequence
    from shapely.geometry.base import BaseGeometry

__all__ = ["SCALE", "encode_area", "encode_line", "encode_point", "label_point"]

SCALE = 100_000
"""Units per degree."""

_LABEL_TOLERANCE_DEG = 0.0005


def _scaled(position: Iterable[float]) -> tuple[int, int]:
    lon, lat, *_ = position
    return round(lon * SCALE), round(lat * SCALE)


def _deltas(positions: CoordinateSequence, *, is_ring: bool = False) -> list[int]:
    """Return a path's delta code, without points that fall together after rounding."""
    import numpy as np

    path = np.rint(np.asarray(positions)[: -1 if is_ring else None, :2] * SCALE).astype(np.int64)
    steps = np.diff(path, axis=0, prepend=0)
    moved = steps.any(axis=1) | (np.arange(len(steps)) == 0)  # a path has a first point, also where it is (0, 0)
    deltas: list[int] = steps[moved].ravel().tolist()
    return deltas


def encode_point(geometry: Any) -> list[int]:
    """Return a point as ``[lon, lat]`` in units of 1e-5 degrees; other shapes by a point inside them."""
    point = geometry if geometry.geom_type == "Point" else geometry.representative_point()
    return list(_scaled((point.x, point.y)))


def encode_line(geometry: BaseGeometry) -> list[int]:
    """Return a LineString's delta code (see the module's docstring)."""
    return _deltas(geometry.coords)


def _polygons(geometry: BaseGeometry) -> list[Any]:
    parts = getattr(geometry, "geoms", [geometry])
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def encode_area(geometry: BaseGeometry | None) -> list[list[list[int]]]:
    """Return a Polygon's or MultiPolygon's delta code; an empty or missing one as an empty list."""
    if geometry is None:
        return []
    return [
        [_deltas(ring.coords, is_ring=True) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in _polygons(geometry)
    ]


def label_point(geometry: BaseGeometry) -> list[int]:
    """Return where a label sits best: the middle of the largest circle inside the largest part."""
    from shapely.ops import polylabel

    parts = _polygons(geometry)
    if not parts:
        return []
    largest = max(parts, key=lambda part: part.area)
    if not largest.is_valid:
        return encode_point(largest.representative_point())
    return encode_point(polylabel(largest, tolerance=_LABEL_TOLERANCE_DEG))
