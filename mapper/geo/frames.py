"""The layers' columns and types, and the checks on what comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

__all__ = ["COLUMNS", "checked", "layer"]

COLUMNS: dict[str, dict[str, str]] = {
    "parishes": {
        "pcode": "string",
        "name": "string",
        "level": "int64",
        "parent_pcode": "string",
        "municipality": "string",
    },
    "municipalities": {"pcode": "string", "name": "string", "level": "int64"},
    "zones": {
        "zone_id": "string",
        "place_id": "string",
        "name": "string",
        "parish": "string",
        "municipality": "string",
        "precision": "string",
        "official": "bool",
        "shape": "string",
        "uncertainty_m": "float64",
        "incident_ids": "object",
        "n_incidents": "int64",
        "date_start": "string",
        "date_end": "string",
    },
    "incidents": {
        "row_id": "string",
        "incident_id": "string",
        "place_id": "string",
        "name": "string",
        "event_type": "string",
        "is_clash": "bool",
    },
    "flows": {
        "flow_id": "string",
        "movement_id": "string",
        "kind": "string",
        "origin_id": "string",
        "origin_name": "string",
        "destination_id": "string",
        "destination_name": "string",
        "vague": "bool",
        "people_best": "Int64",
        "households_best": "Int64",
        "households_unit": "string",
    },
    "mentioned": {
        "place_id": "string",
        "name": "string",
        "parish": "string",
        "precision": "string",
        "assertion": "string",
        "role": "string",
        "uncertainty_m": "float64",
    },
    "avenues": {"place_id": "string", "name": "string"},
}
"""Each layer's columns and pandas types, before ``geometry``.

``zones``: one row a clash place, and one (``shape`` "adjacent") for the unnamed neighbourhoods around
a place, which belongs to no parish and counts no incident. ``shape`` is footprint, disc, parish,
municipality, vague or adjacent; ``official`` whether the outline drawn is an official boundary;
``incident_ids`` a sorted tuple; dates are ISO days or "" where not known.
``incidents``: one row for each incident and place, so never sum a toll over it.
``flows``: one row for each pair of ends; ``people_best`` (persons) and ``households_best`` (families or
households, as ``households_unit`` says) are the whole movement's, so never sum them.
``mentioned``: places without a record of their own; ``role`` is always "context".
``avenues``: centre lines of main avenues, for finding one's way.
"""

WGS84 = 4326
_AS_PYTHON = {"string": "string[python]"}  # Arrow, where it is installed, refuses half a character
_GRID_DEG = 1e-5  # about a metre: stable, small output, finer than anything known here


def layer(name: str, rows: Sequence[dict[str, Any]], crs: Any) -> gpd.GeoDataFrame:
    """Return one layer in EPSG:4326, rounded to 1e-5 degrees, with its documented columns.

    Parameters
    ----------
    name
        Key of :data:`COLUMNS`.
    rows
        Dictionaries with the layer's columns and ``geometry``. Rows whose geometry is empty, or
        becomes so by rounding, are left out.
    crs
        The CRS of the geometries.
    """
    import geopandas as gpd
    import pandas as pd
    import shapely

    types = COLUMNS[name]
    unique = {id(row["geometry"]): row["geometry"] for row in rows}  # many incidents share their place's point
    places = {key: number for number, key in enumerate(unique)}
    shapes = gpd.GeoSeries(list(unique.values()), crs=crs).to_crs(WGS84).to_numpy()
    lines = shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING
    rounded = shapely.set_precision(shapes, _GRID_DEG)
    rounded[lines] = shapely.set_precision(shapes[lines], _GRID_DEG, mode="pointwise")
    drawn = shapely.set_precision(rounded, 0)[[places[id(row["geometry"])] for row in rows]]
    columns = {
        column: pd.Series([row[column] for row in rows], dtype=_AS_PYTHON.get(kind, kind))
        for column, kind in types.items()
    }
    frame = gpd.GeoDataFrame(columns, geometry=drawn, crs=WGS84)
    return frame[~frame.geometry.is_empty].reset_index(drop=True)


def checked(frame: gpd.GeoDataFrame, name: str, columns: Sequence[str], crs: Any = WGS84) -> gpd.GeoDataFrame:
    """Return ``frame`` itself if it has the columns and the CRS.

    Raises
    ------
    SchemaError
        A column is missing or the CRS is another, or unknown.
    """
    missing = [column for column in (*columns, "geometry") if column not in frame.columns]
    if missing:
        raise SchemaError("geo-columns", frame=name, missing=", ".join(missing), got=", ".join(map(str, frame.columns)))
    if frame.crs is None or frame.crs != crs:
        got = frame.crs.to_string() if frame.crs else "none"
        expected = f"EPSG:{crs}" if isinstance(crs, int) else crs.to_string()
        raise SchemaError("geo-crs", frame=name, got=got, expected=expected)
    return frame
