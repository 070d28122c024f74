"""Boundaries of the area compiler: parishes made seamless, municipalities dissolved from them.

Input is sources/parishes.geojson (OCHA COD-AB, simplified, EPSG:4326). Of states only those that are
wholly present are dissolved; Miranda, present with four of its 21 municipalities, never is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import shapely
from pyproj import Transformer
from shapely.ops import transform

if TYPE_CHECKING:
    from pathlib import Path

# A gap or overlap narrower than this (degrees, about 3 m) is a seam between two generalisations.
SEAM_DEG = 3e-5
# A hole in the union of all parishes below this size (square degrees, about 12,000 m2) is a seam too.
HOLE_DEG2 = 1e-6
STATE, MUNICIPALITY, PARISH = 1, 2, 3
WHOLE_STATES = {"VE01": "Distrito Capital", "VE24": "La Guaira"}


@dataclass(frozen=True)
class Unit:
    """One administrative unit; ``lon``/``lat`` a point inside it, ``radius_m`` the reach from there."""

    pcode: str
    name: str
    level: int
    parent_pcode: str
    geometry: Any
    lon: float = 0.0
    lat: float = 0.0
    radius_m: int = 0


class Metric:
    """Metres in the area's projection for geometries in EPSG:4326 (lon, lat)."""

    def __init__(self, crs: str) -> None:
        self._to = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform

    def project(self, geometry: Any) -> Any:
        """Return ``geometry`` in metres."""
        return transform(self._to, geometry)


def seamless(parishes: dict[str, Any]) -> dict[str, Any]:
    """Close the seams: overlaps go to the lower P-code, gaps to the neighbour with the longest shared edge."""
    clean: dict[str, Any] = {}
    taken = shapely.Polygon()
    for pcode in sorted(parishes):
        clean[pcode] = shapely.make_valid(parishes[pcode]).difference(taken)
        taken = taken.union(parishes[pcode])
    whole = shapely.union_all(list(clean.values()))
    closed = whole.buffer(SEAM_DEG, join_style="mitre").buffer(-SEAM_DEG, join_style="mitre").union(whole)
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(closed) for ring in part.interiors]
    closed = shapely.union_all([closed, *(hole for hole in holes if hole.area < HOLE_DEG2)])
    gaps = [part for part in shapely.get_parts(closed.difference(whole)) if part.area < HOLE_DEG2]
    for gap in sorted(gaps, key=lambda part: part.bounds):
        edges = {p: g.intersection(gap.buffer(SEAM_DEG / 100)).area for p, g in clean.items()}
        nearest = max(sorted(edges), key=lambda p: edges[p])
        clean[nearest] = clean[nearest].union(gap)
    return {pcode: _polygons(shapely.set_precision(geometry, 1e-6)) for pcode, geometry in clean.items()}


def _polygons(geometry: Any) -> Any:
    """Keep the polygons of a geometry that are larger than a sliver."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and part.area > HOLE_DEG2 / 10]
    filled = [_without_slivers(part) for part in parts]
    return filled[0] if len(filled) == 1 else shapely.MultiPolygon(filled)


def _without_slivers(polygon: Any) -> Any:
    holes = [ring for ring in polygon.interiors if shapely.Polygon(ring).area > HOLE_DEG2]
    return shapely.Polygon(polygon.exterior, holes)


def dissolve(parts: list[Any]) -> Any:
    """Return the union of neighbours without the slivers between them."""
    union = shapely.union_all(parts)
    closed = union.buffer(SEAM_DEG, join_style="mitre").buffer(-SEAM_DEG, join_style="mitre")
    return _polygons(shapely.set_precision(shapely.make_valid(closed), 1e-6))


def units(path: Path, metric: Metric) -> list[Unit]:
    """Return parishes, municipalities and whole states, in order of level and P-code."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    names = {f["properties"]["pcode"]: f["properties"] for f in features}
    shapes = seamless({f["properties"]["pcode"]: shapely.geometry.shape(f["geometry"]) for f in features})
    found = [Unit(p, names[p]["name"], PARISH, p[:6], shapes[p]) for p in sorted(shapes)]
    for pcode in sorted({p[:6] for p in shapes}):
        members = [p for p in sorted(shapes) if p.startswith(pcode)]
        merged = dissolve([shapes[p] for p in members])
        found.append(Unit(pcode, names[members[0]]["municipality"], MUNICIPALITY, pcode[:4], merged))
    for pcode, name in sorted(WHOLE_STATES.items()):
        merged = dissolve([shapes[p] for p in sorted(shapes) if p.startswith(pcode)])
        found.append(Unit(pcode, name, STATE, "VE", merged))
    found = [at_point(unit, *_middle(unit.geometry), metric) for unit in found]
    return sorted(found, key=lambda unit: (unit.level, unit.pcode))


def _middle(geometry: Any) -> tuple[float, float]:
    centre = geometry.centroid if geometry.contains(geometry.centroid) else geometry.representative_point()
    return centre.x, centre.y


def at_point(unit: Unit, lon: float, lat: float, metric: Metric) -> Unit:
    """Return ``unit`` with its point at ``lon``, ``lat`` and the reach from there to its farthest corner."""
    point = shapely.Point(round(lon, 5), round(lat, 5))
    reach = metric.project(point).hausdorff_distance(metric.project(unit.geometry))
    return replace(unit, lon=point.x, lat=point.y, radius_m=int(round(reach, -1)))
