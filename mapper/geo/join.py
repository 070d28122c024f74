"""The boundary join: every place gets its parish and municipality, and no row is lost or doubled."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING, Any

from mapper.errors import SchemaError
from mapper.geo.frames import WGS84, checked

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    import pandas as pd

    from mapper.model import Place

__all__ = ["join_area"]

PARISH_LEVEL = 3
MUNICIPALITY_LEVEL = 2


def join_area(
    places: gpd.GeoDataFrame | pd.DataFrame | Iterable[Place], boundaries: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Return ``places`` with their parish and municipality: same rows, same order, same index.

    A row joins by its ``parish_pcode`` where the boundaries know that code, otherwise by location:
    the parish its point touches (for other shapes: a point inside them), and of several on a shared
    border the one with the lowest P-code.

    Parameters
    ----------
    places
        A GeoDataFrame in the boundaries' CRS, a table with ``lon`` and ``lat`` in EPSG:4326, or
        :class:`~mapper.model.Place` records.
    boundaries
        An area's boundaries: ``pcode, name, level`` (3 parish, 2 municipality), ``parent_pcode``, ``geometry``.

    Returns
    -------
    GeoDataFrame
        All columns of ``places``; ``parish_pcode``, ``parish``, ``municipality_pcode`` and
        ``municipality`` set from the boundaries ("" where none fits); ``joined_by`` ("pcode",
        "location" or "none"); ``tied`` (True where several parishes touched).

    Raises
    ------
    SchemaError
        A column is missing, the CRS differ, or a P-code stands twice in the boundaries (rows would multiply).
    """
    import numpy as np
    import shapely

    checked(boundaries, "boundaries", ("pcode", "name", "level", "parent_pcode"), boundaries.crs or WGS84)
    parishes = _level(boundaries, PARISH_LEVEL)
    municipalities = dict(zip(*_names(_level(boundaries, MUNICIPALITY_LEVEL)), strict=True))
    frame = _as_frame(places, boundaries.crs)

    codes = parishes["pcode"].astype(str).to_numpy()
    order = {code: number for number, code in enumerate(codes)}
    known = frame["parish_pcode"].tolist() if "parish_pcode" in frame.columns else [""] * len(frame)
    geometries = frame.geometry.to_numpy()
    points = np.where(shapely.get_type_id(geometries) == 0, geometries, shapely.point_on_surface(geometries))
    touched: dict[int, list[int]] = {}
    for place, parish in zip(*parishes.sindex.query(points, predicate="intersects"), strict=True):
        touched.setdefault(int(place), []).append(int(parish))

    found: list[int | None] = []
    joined_by: list[str] = []
    for number, code in enumerate(known):
        by_code = order.get(code) if isinstance(code, str) else None
        by_location = min(touched.get(number, ()), default=None)
        found.append(by_code if by_code is not None else by_location)
        joined_by.append("pcode" if by_code is not None else "none" if by_location is None else "location")

    def column(values: Iterable[Any]) -> list[str]:
        listed = [str(value) for value in values]
        return ["" if number is None else listed[number] for number in found]

    parents = column(parishes["parent_pcode"])
    return frame.assign(
        parish_pcode=column(codes),
        parish=column(parishes["name"]),
        municipality_pcode=parents,
        municipality=[municipalities.get(parent, "") for parent in parents],
        joined_by=joined_by,
        tied=[how == "location" and len(touched[number]) > 1 for number, how in enumerate(joined_by)],
    )


def _level(boundaries: gpd.GeoDataFrame, level: int) -> gpd.GeoDataFrame:
    """Return the boundaries of one admin level in the order of their P-codes, each code once."""
    chosen = boundaries[boundaries["level"] == level].sort_values("pcode")
    twice = sorted(str(code) for code, count in Counter(chosen["pcode"]).items() if count > 1)
    if twice:
        raise SchemaError("geo-pcode-twice", pcodes=", ".join(twice))
    return chosen


def _names(boundaries: gpd.GeoDataFrame) -> tuple[list[str], list[str]]:
    return [str(code) for code in boundaries["pcode"]], [str(name) for name in boundaries["name"]]


def _as_frame(places: gpd.GeoDataFrame | pd.DataFrame | Iterable[Place], crs: Any) -> gpd.GeoDataFrame:
    """Return any of the accepted inputs as a GeoDataFrame in the boundaries' CRS, index kept."""
    import geopandas as gpd
    import pandas as pd

    if isinstance(places, gpd.GeoDataFrame):
        return checked(places, "places", (), crs)
    if not isinstance(places, pd.DataFrame):
        records = [dataclasses.asdict(place) for place in places]
        places = pd.DataFrame(records, columns=None if records else ["place_id", "name", "lon", "lat"])
    missing = [column for column in ("lon", "lat") if column not in places.columns]
    if missing:
        got = ", ".join(map(str, places.columns))
        raise SchemaError("geo-columns", frame="places", missing=", ".join(missing), got=got)
    lon, lat = (pd.to_numeric(places[column]).astype("float64") for column in ("lon", "lat"))
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), index=places.index, crs=WGS84)
    points[lon.isna() | lat.isna()] = None
    return checked(gpd.GeoDataFrame(places, geometry=points), "places", (), crs)
