"""Small helpers of the area compiler: reading and writing CSV and GeoJSON the same way every time."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any

from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Row = dict[str, str]


def read_csv(path: Path) -> list[Row]:
    """Return the rows of a UTF-8 CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows with the given columns; ``None`` becomes an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="raise")
        writer.writeheader()
        writer.writerows({key: "" if value is None else value for key, value in row.items()} for row in rows)


def write_geojson(path: Path, features: Iterable[tuple[dict[str, Any], Any]]) -> None:
    """Write (properties, shapely geometry) pairs, one feature a line, 6 decimals (0.1 m)."""
    import shapely

    lines = []
    for properties, geometry in features:
        shape = json.loads(shapely.to_geojson(shapely.set_precision(geometry, 1e-6)))
        shape["coordinates"] = _rounded(shape["coordinates"])
        feature = {"type": "Feature", "properties": properties, "geometry": shape}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    body = ",\n".join(lines)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n', encoding="utf-8")


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float | int):
        return round(coordinates, 6)
    return [_rounded(part) for part in coordinates]


def slug(text: str) -> str:
    """Return ``text`` as lower-case words of letters and digits joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def key(name: str) -> str:
    """Return the form under which two spellings count as the same name."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(name)).split())


def without_brackets(name: str) -> str:
    """Return ``name`` without its "(…)" qualifier."""
    return " ".join(re.sub(r"\s*\([^)]*\)", "", name).split())
