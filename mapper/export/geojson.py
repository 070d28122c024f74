"""GeoJSON (RFC 7946): a file a layer; what it says of itself stands beside its features.

A row without a geometry is a feature whose geometry is null, which the standard allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.export.names import file_name
from mapper.export.values import geojson_of, json_of, plain_rows

if TYPE_CHECKING:
    import pandas as pd

    from mapper.export.about import About

__all__ = ["write_geojson"]


def write_geojson(tables: dict[str, pd.DataFrame], about: About) -> dict[str, bytes]:
    """Return the files by name."""
    return {file_name(name, about, "geojson"): _collection(name, frame, about) for name, frame in tables.items()}


def _collection(name: str, frame: pd.DataFrame, about: About) -> bytes:
    columns = [column for column in frame.columns if column != "geometry"]
    shapes = geojson_of(frame["geometry"].to_numpy()) if "geometry" in frame.columns else [None] * len(frame)
    features = [
        f'{{"type":"Feature","properties":{json_of(dict(zip(columns, values, strict=True)))},'
        f'"geometry":{shape or "null"}}}'
        for values, shape in zip(plain_rows(frame), shapes, strict=True)
    ]
    head = json_of({"type": "FeatureCollection", "name": name, **about.facts}).removesuffix("}")
    listed = ",\n".join(features)
    return f'{head},"features":[\n{listed}\n]}}\n'.encode()
