"""The values of a table as formats want them: plain Python, days as dates, geometry as text, texts made writable."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from mapper.export.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

__all__ = ["geojson_of", "json_of", "plain_columns", "plain_rows", "with_days", "wkt_of", "writable"]

_NEWLINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What XML 1.0 or UTF-8 cannot hold.
_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """Return a text as every format can hold it: no blanks around it, plain line breaks, U+FFFD for what is no XML."""
    text = text.strip()
    return text if text.isascii() and text.isprintable() else _UNWRITABLE.sub("\ufffd", _NEWLINE.sub("\n", text))


def plain_rows(
    frame: pd.DataFrame, geometry: Callable[[Any], list[str | None]] | None = None
) -> Iterator[tuple[Any, ...]]:
    """Yield each row's values; see :func:`plain_columns`."""
    return zip(*plain_columns(frame, geometry), strict=True)


def plain_columns(frame: pd.DataFrame, geometry: Callable[[Any], list[str | None]] | None = None) -> list[list[Any]]:
    """Return each column's values: str, int, float, bool, or None where missing.

    Parameters
    ----------
    frame
        A table.
    geometry
        What turns its column ``geometry`` into text; without it that column is left out.
    """
    columns: list[list[Any]] = []
    for name in frame.columns:
        values = frame[name]
        if name != "geometry":
            columns.append(values.astype(object).where(values.notna(), None).tolist())
        elif geometry:
            columns.append(geometry(values.to_numpy()))
    return columns


def wkt_of(shapes: Any) -> list[str | None]:
    """Return geometries as well-known text, None where there is none."""
    import shapely

    return list(shapely.to_wkt(shapes, rounding_precision=5))


def geojson_of(shapes: Any) -> list[str | None]:
    """Return geometries as GeoJSON (RFC 7946: outer rings counter-clockwise), None where there is none."""
    import shapely

    return list(shapely.to_geojson(shapely.orient_polygons(shapes, exterior_cw=False)))


def json_of(value: object) -> str:
    """Return a value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def with_days(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a layer with its days as dates, for formats that have such a type."""
    import datetime as dt

    import pandas as pd
    import pyarrow as pa

    date = pd.ArrowDtype(pa.date32())
    days: dict[str, Any] = {
        column.name: pd.Series([dt.date.fromisoformat(day) if day else None for day in frame[column.name]], dtype=date)
        for column in SCHEMA[name]
        if column.type == "day"
    }
    return frame.assign(**days)
