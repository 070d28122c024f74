"""JSON Lines for programs: a record a line, its layer named first; the first line says what the file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.export.names import file_name
from mapper.export.values import geojson_of, json_of, plain_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from mapper.export.about import About

__all__ = ["write_jsonl"]


def write_jsonl(tables: dict[str, pd.DataFrame], about: About) -> dict[str, bytes]:
    """Return the file by its name."""
    lines = [json_of({"layer": "about", **about.facts})]
    for name, frame in tables.items():
        lines += _lines(name, frame)
    return {file_name(about.stem, about, "jsonl"): "".join(f"{line}\n" for line in lines).encode()}


def _lines(name: str, frame: pd.DataFrame) -> Iterator[str]:
    columns = [column for column in frame.columns if column != "geometry"]
    shapes = geojson_of(frame["geometry"].to_numpy()) if "geometry" in frame.columns else None
    for number, values in enumerate(plain_rows(frame)):
        line = json_of({"layer": name, **dict(zip(columns, values, strict=True))})
        yield line if shapes is None else f'{line[:-1]},"geometry":{shapes[number] or "null"}}}'
