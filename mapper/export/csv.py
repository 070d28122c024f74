"""CSV for spreadsheets and statistics: a file a layer, and one that says what they are.

Comma-separated, UTF-8 with the mark by which Excel knows it. A text that a spreadsheet would execute has an
apostrophe in front; take that off when reading. Geometry stands as well-known text in the column ``wkt``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.export.cells import csv_bytes
from mapper.export.names import file_name, handling
from mapper.export.values import plain_rows, wkt_of

if TYPE_CHECKING:
    import pandas as pd

    from mapper.export.about import About

__all__ = ["write_about", "write_csv"]


def write_about(about: About) -> dict[str, bytes]:
    """Return the file that says what the others are, by its name."""
    return {file_name("about", about, "csv"): csv_bytes(("key", "value"), about.facts.items(), mark=True)}


def write_csv(tables: dict[str, pd.DataFrame], about: About) -> dict[str, bytes]:
    """Return the files by name."""
    files = write_about(about)
    for name, frame in tables.items():
        columns = ["wkt" if column == "geometry" else column for column in frame.columns]
        rows = plain_rows(frame, wkt_of)
        files[file_name(name, about, "csv")] = csv_bytes(columns, rows, mark=True, handling=handling(about))
    return files
