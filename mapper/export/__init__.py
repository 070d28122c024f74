"""Tables of what leaves: one file or more a format, made from the same records as the map.

``tables`` gives the GeoDataFrames, :data:`SCHEMA` says what is in them, ``export`` writes them in the
formats that other programs read. ``docs/crosswalk.md`` says where each field of each format comes from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd

    from mapper.model import Disclosed, Layers, MapInfo

__all__ = ["FORMATS", "export", "tables"]

FORMATS = ("geojson", "gpkg", "parquet", "csv", "hxl", "acled", "ged", "kml", "xlsx", "jsonl")
"""The formats by name, as ``--format`` takes them."""


def tables(disclosed: Disclosed, layers: Layers, info: MapInfo) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers by name: incidents, movements, clash_zones, mentions, reports, claims; EPSG:4326."""
    raise NotImplementedError


def export(disclosed: Disclosed, layers: Layers, info: MapInfo, formats: tuple[str, ...]) -> dict[str, bytes]:
    """Return the content of each file by its name, which says the disclosure level."""
    if not formats:
        return {}
    raise NotImplementedError
