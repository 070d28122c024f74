"""Reading the layers: what a frame must look like, and plain Python values out of its rows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from mapper.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

__all__ = ["COLUMNS", "columns", "number", "rows", "text"]

COLUMNS: dict[str, tuple[str, ...]] = {
    layer: tuple(columns.split())
    for layer, columns in {
        "parishes": "pcode name municipality",
        "municipalities": "pcode name",
        "zones": "zone_id place_id name parish municipality precision official shape uncertainty_m incident_ids"
        " date_start date_end",
        "incidents": "incident_id place_id name",
        "flows": "movement_id origin_id origin_name destination_id destination_name vague people_best",
        "mentioned": "place_id name parish precision assertion uncertainty_m",
        "avenues": "name",
    }.items()
}
"""The columns of each layer that the page uses; ``mapper.geo`` documents them all."""


def rows(frame: gpd.GeoDataFrame, layer: str) -> Iterator[dict[str, Any]]:
    """Yield the frame's rows as dictionaries, in the frame's own order; an empty frame yields none.

    Parameters
    ----------
    frame
        One layer, EPSG:4326.
    layer
        Its name in :data:`COLUMNS`, for checking and for the error's sentence.

    Raises
    ------
    SchemaError
        A column is missing, or the frame is not in EPSG:4326.
    """
    names = list(frame.columns)
    for values in zip(*columns(frame, layer, *names), strict=True):  # far quicker than the frame's own rows
        yield dict(zip(names, values, strict=True))


def columns(frame: gpd.GeoDataFrame, layer: str, *names: str) -> list[Any]:
    """Return some of the frame's columns as arrays of plain values; of an empty frame, empty ones.

    Parameters and errors are those of :func:`rows`.
    """
    if frame.empty:
        return [[] for _ in names]
    missing = [column for column in (*COLUMNS[layer], "geometry") if column not in frame.columns]
    if missing:
        raise SchemaError("view-columns", layer=layer, missing=", ".join(missing))
    if frame.crs is None or frame.crs.to_epsg() != 4326:  # noqa: PLR2004 - the EPSG code of WGS 84
        raise SchemaError("view-crs", layer=layer, crs=frame.crs)
    return [frame[name].to_numpy(dtype=object) for name in names]


def text(value: object) -> str:
    """Return a cell as text; an empty cell (None, NaN) as the empty string."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return str(value)


def number(value: Any) -> int | None:
    """Return a cell as a whole number; an empty cell (None, NaN, NA) as None."""
    try:
        return None if value is None or math.isnan(value) else round(value)
    except TypeError:  # pandas.NA refuses to become a float
        return None
