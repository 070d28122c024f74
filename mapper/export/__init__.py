"""Tables of what leaves: one file or more a format, made from the same records as the map.

``tables`` gives the layers, :data:`~mapper.export.schema.SCHEMA` says what is in them, ``export`` writes them
in the formats that other programs read, a small module a format. ``docs/tables.md`` describes layers and
files; ``docs/crosswalk.md`` says where each field of ACLED, UCDP GED and HXL comes from.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from mapper.errors import ConfigError

if TYPE_CHECKING:
    import pandas as pd

    from mapper.model import Disclosed, Layers, MapInfo

__all__ = ["FORMATS", "export", "tables"]

FORMATS = ("geojson", "gpkg", "parquet", "csv", "hxl", "acled", "ged", "kml", "xlsx", "jsonl")
"""The formats by name, as ``--format`` takes them."""

_CODED = ("acled", "ged", "hxl")  # made from the records themselves, in the words of others


def tables(disclosed: Disclosed, layers: Layers, info: MapInfo) -> dict[str, pd.DataFrame]:
    """Return the layers by name: incidents, movements, clash_zones, mentions, reports, claims.

    The first four are GeoDataFrames in EPSG:4326, (lon, lat), one geometry type each; a row without a place
    that may be shown has none. The other two have no geometry. ``mentions`` is empty unless disclosure was
    asked for them.
    """
    from mapper.export.layers import make_tables

    return make_tables(disclosed, layers, info)


def export(disclosed: Disclosed, layers: Layers, info: MapInfo, formats: tuple[str, ...]) -> dict[str, bytes]:
    """Return the content of each file by its name, which says the disclosure level.

    Raises
    ------
    ConfigError
        ``export-format``: a format is none of :data:`FORMATS`.
    OutputError
        ``export-rows``: a layer is too long for a format.
    """
    from mapper.export.about import about
    from mapper.export.csv import write_about

    for name in formats:
        if name not in FORMATS:
            raise ConfigError("export-format", got=name, formats=", ".join(FORMATS))
    said = about(disclosed, info)
    files = write_about(said) if set(formats) & {*_CODED} else {}
    made = tables(disclosed, layers, info) if set(formats) - {*_CODED} else {}
    for name in dict.fromkeys(formats):
        write = getattr(import_module(f"mapper.export.{name}"), f"write_{name}")
        files |= write(disclosed, layers, info) if name in _CODED else write(made, said)
    return files
