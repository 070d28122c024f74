"""GeoParquet 1.1 for data science: a file a layer; reports and claims, which have no geometry, are plain Parquet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from mapper.export.names import file_name
from mapper.export.schema import GEOMETRY
from mapper.export.values import with_days

if TYPE_CHECKING:
    import pandas as pd

    from mapper.export.about import About

__all__ = ["write_parquet"]


def write_parquet(tables: dict[str, pd.DataFrame], about: About) -> dict[str, bytes]:
    """Return the files by name; their key-value metadata say of them what ``about`` holds."""
    return {file_name(name, about, "parquet"): _file(name, frame, about) for name, frame in tables.items()}


def _file(name: str, frame: pd.DataFrame, about: About) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    dated = with_days(frame, name)
    if name in GEOMETRY:
        written = io.BytesIO()
        dated.to_parquet(written, index=False, geometry_encoding="WKB", schema_version="1.1.0")
        table = pq.read_table(written)
    else:
        table = pa.Table.from_pandas(dated, preserve_index=False)
    said = {f"mapper:{key}": value for key, value in about.facts.items()}
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), **said})
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()
