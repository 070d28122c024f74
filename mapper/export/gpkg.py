"""GeoPackage for GIS: all layers in one file, which QGIS opens in the map's colours.

What the file says of itself is the metadata of the file and of each layer (table ``gpkg_metadata``).
"""

from __future__ import annotations

import datetime as dt
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.export.names import file_name
from mapper.export.schema import GEOMETRY
from mapper.export.styles import QML
from mapper.export.values import with_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from mapper.export.about import About

__all__ = ["write_gpkg"]

_VERSION = "1.2"  # of the format: what QGIS and GDAL of the last years read without a warning
_NO_DAY = dt.date(1980, 1, 1)  # what archives take for no date


def write_gpkg(tables: dict[str, pd.DataFrame], about: About) -> dict[str, bytes]:
    """Return the file by its name. Its dates of change are the newest day of publication: no clock is read."""
    day = about.day or _NO_DAY
    with tempfile.TemporaryDirectory() as folder, _dated(day):
        path = Path(folder) / "layers.gpkg"
        for name, frame in tables.items():
            _append(path, name, with_days(frame, name), about, GEOMETRY.get(name))
        _append(path, "layer_styles", _styles(day), about, None, FID="id")
        return {file_name(about.stem, about, "gpkg"): path.read_bytes()}


@contextmanager
def _dated(day: dt.date) -> Iterator[None]:
    """Have GDAL write ``day`` where it would write the time of the clock."""
    import pyogrio

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{day.isoformat()}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _append(path: Path, layer: str, frame: pd.DataFrame, about: About, geometry: str | None, **options: str) -> None:
    import pyogrio

    pyogrio.write_dataframe(
        frame,
        path,
        layer=layer,
        driver="GPKG",
        geometry_type=geometry,
        append=path.exists(),
        use_arrow=True,
        layer_metadata=about.facts,
        dataset_metadata=about.facts,
        dataset_options={} if path.exists() else {"VERSION": _VERSION},
        layer_options={"DESCRIPTION": f"{about.facts['handling_es']} / {about.facts['handling_en']}", **options},
    )


def _styles(day: dt.date) -> pd.DataFrame:
    """Return the table by which QGIS finds a layer's style."""
    import pandas as pd

    rows: list[dict[str, Any]] = [
        {
            "f_table_catalog": "",
            "f_table_schema": "",
            "f_table_name": layer,
            "f_geometry_column": "geom",
            "styleName": layer,
            "styleQML": qml,
            "styleSLD": "",
            "useAsDefault": True,
            "description": "The map's colours",
            "owner": "",
            "ui": "",
            "update_time": pd.Timestamp(day),
        }
        for layer, qml in QML.items()
    ]
    return pd.DataFrame(rows)
