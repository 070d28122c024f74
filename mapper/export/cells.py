"""Cells of tables that people open in spreadsheets: what a cell would execute is made harmless."""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["csv_bytes", "harmless"]

# What makes a spreadsheet take a text for a formula (OWASP, CSV injection), also behind blanks; full width too.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(value: Any) -> Any:
    """Return a cell's value; a text that a spreadsheet would execute gets an apostrophe in front."""
    if isinstance(value, str) and (value.startswith(_STARTS_FORMULA) or value.lstrip().startswith(_STARTS_FORMULA)):
        return f"'{value}"
    return value


def csv_bytes(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, mark: bool = False, handling: str = ""
) -> bytes:
    """Return a table as CSV in UTF-8: what is missing is an empty cell, and no cell is executed.

    Parameters
    ----------
    columns
        The header.
    rows
        Values in the order of the columns.
    mark
        Whether to begin with a byte order mark, by which Excel knows UTF-8.
    handling
        What every row says in a last column of its own: a row is easily copied out of its file.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*columns, "handling"] if handling else columns)
    said = [handling] if handling else []
    writer.writerows([*(harmless(_shown(value)) for value in row), *said] for row in rows)
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8")


def _shown(value: Any) -> Any:
    return "" if value is None or (isinstance(value, float) and math.isnan(value)) else value
