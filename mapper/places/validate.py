"""Checks of a pack's geometry: valid, not shifted, points where their records say they are.

Only shapely is needed, and lengths are measured on a local plane that is right to about 0.3 % in an
area of this size: enough to tell a wrong point, never used for a result.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from mapper.model import Place
    from mapper.places.faults import Faults
    from mapper.places.pack import PackReader, Unit

__all__ = ["check_geometry"]

_METRES_PER_DEGREE = 111_195.0
# A seam thinner than this is rounding (6 decimals); neighbours may share no more.
_MAX_OVERLAP_M2 = 100.0
_PARISH = 3


def check_geometry(reader: PackReader, bbox: tuple[float, float, float, float], faults: Faults) -> None:
    """Note every fault of boundaries, footprints, lines, points and landmarks in ``faults``.

    Parameters
    ----------
    reader
        The pack as read: units by P-code, places by id.
    bbox
        West, south, east, north in degrees; every place in the area must lie in it.
    faults
        Where faults are noted.
    """
    plane = _Plane(bbox)
    shapes = {}
    for properties, shape in _shapes(reader, "boundaries.geojson", faults):
        shapes[properties.get("pcode", "")] = shape
    for file in ("footprints.geojson", "lines.geojson"):
        if file == "lines.geojson" and not reader.folder.joinpath(file).is_file():
            continue
        for number, (properties, _) in enumerate(_shapes(reader, file, faults), start=1):
            if properties.get("place_id") not in reader.places:
                faults.add("area-unknown-place", file=file, line=number, place_id=properties.get("place_id"))
    parishes = {
        pcode: shape for pcode, shape in shapes.items() if reader.units.get(pcode, {}).get("level") == _PARISH and shape
    }
    flat = {pcode: plane.flatten(shape) for pcode, shape in parishes.items()}
    _check_overlaps(flat, reader.units, faults)
    _check_points(reader.places.values(), flat, plane, bbox, faults)
    _check_landmarks(reader, flat, plane, faults)


class _Plane:
    """Degrees to metres around the middle of the area."""

    def __init__(self, bbox: tuple[float, float, float, float]) -> None:
        self._per_lon = _METRES_PER_DEGREE * math.cos(math.radians((bbox[1] + bbox[3]) / 2))

    def flatten(self, shape: Any) -> Any:
        import shapely

        return shapely.transform(shape, lambda xy: xy * [self._per_lon, _METRES_PER_DEGREE])

    def points(self, places: Iterable[tuple[float, float]]) -> Any:
        import shapely

        return shapely.points([(lon * self._per_lon, lat * _METRES_PER_DEGREE) for lon, lat in places])


def _shapes(reader: PackReader, file: str, faults: Faults) -> Iterable[tuple[dict[str, Any], Any]]:
    """Yield (properties, geometry); the geometry of a faulty feature is None."""
    import shapely

    for number, feature in enumerate(reader.features(file), start=1):
        properties = feature.get("properties") or {}
        name = properties.get("name", "")
        try:
            shape = shapely.geometry.shape(feature["geometry"])
        except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
            faults.add("area-geometry", file=file, number=number, name=name, problem=error)
            yield properties, None
            continue
        west, south, east, north = shape.bounds or (0, 0, 0, 0)
        problem = ""
        if shape.is_empty:
            problem = "it is empty"
        elif not shape.is_valid:
            problem = shapely.is_valid_reason(shape)
        elif west < -180 or east > 180 or south < -90 or north > 90:  # noqa: PLR2004 - the globe
            problem = "its coordinates are no longitude and latitude"
        if problem:
            faults.add("area-geometry", file=file, number=number, name=name, problem=problem)
        yield properties, None if problem else shape


def _check_overlaps(flat: Mapping[str, Any], units: Mapping[str, Unit], faults: Faults) -> None:
    import shapely

    codes = sorted(flat)
    tree = shapely.STRtree([flat[code] for code in codes])
    for one, code in enumerate(codes):
        for other in sorted(tree.query(flat[code])):
            if other > one:
                area_m2 = flat[code].intersection(flat[codes[other]]).area
                if area_m2 > _MAX_OVERLAP_M2:
                    first, second = units[code]["name"], units[codes[other]]["name"]
                    faults.add("area-overlap", first=first, second=second, area_m2=round(area_m2))


def _check_points(
    places: Collection[Place],
    flat: Mapping[str, Any],
    plane: _Plane,
    bbox: tuple[float, float, float, float],
    faults: Faults,
) -> None:
    west, south, east, north = bbox
    away_m = _away_m(places, flat, plane)
    for place in places:
        if place.lon is None or place.lat is None:
            continue
        if place.in_area and not (west <= place.lon <= east and south <= place.lat <= north):
            faults.add("area-outside-bbox", file="places.csv", place_id=place.place_id, lon=place.lon, lat=place.lat)
            continue
        if away_m.get(place.place_id, 0.0) > (place.uncertainty_m or 0) + 1:
            faults.add(
                "area-outside-parish",
                file="places.csv",
                place_id=place.place_id,
                away_m=round(away_m[place.place_id]),
                parish=place.parish,
                uncertainty_m=round(place.uncertainty_m or 0),
            )


def _away_m(places: Iterable[Place], flat: Mapping[str, Any], plane: _Plane) -> dict[str, float]:
    """Return how far each place lies from its parish, all measured at once."""
    import shapely

    known = [
        (place.place_id, flat[place.parish_pcode], (place.lon, place.lat))
        for place in places
        if place.parish_pcode in flat and place.lon is not None and place.lat is not None
    ]
    if not known:
        return {}
    ids, shapes, points = zip(*known, strict=True)
    return dict(zip(ids, shapely.distance(shapes, plane.points(points)).tolist(), strict=True))


def _check_landmarks(reader: PackReader, flat: Mapping[str, Any], plane: _Plane, faults: Faults) -> None:
    """Points whose parish is beyond doubt catch a layer that tiles perfectly but is shifted."""
    if not reader.folder.joinpath("landmarks.csv").is_file():
        return
    for line, row in reader.rows("landmarks.csv", ("name", "lat", "lon", "pcode")):
        try:
            (point,) = plane.points([(float(row["lon"]), float(row["lat"]))])
        except ValueError:
            got = f"{row['lat']}, {row['lon']}"
            faults.add("area-value", file="landmarks.csv", line=line, column="lat, lon", got=got, expected="numbers")
            continue
        holding = sorted(pcode for pcode, shape in flat.items() if shape.intersects(point))
        if row["pcode"] not in holding:
            got = ", ".join(reader.units[pcode]["name"] for pcode in holding) or "no parish"
            expected = reader.units.get(row["pcode"], {}).get("name", row["pcode"])
            faults.add("area-landmark", name=row["name"], expected=expected, got=got)
