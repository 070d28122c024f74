"""The rows of a sheet in Excel's own notation (ECMA-376, SpreadsheetML).

openpyxl makes the workbook; it takes twenty microseconds a cell, and tables have millions. The same cells are
written here column by column, in less than one.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from mapper.export.cells import harmless
from mapper.export.schema import SCHEMA
from mapper.export.values import plain_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

__all__ = ["Styles", "fitting", "sheet_rows"]

_MOST_SIGNS = 32_767  # of a cell, in UTF-16 units
_BLOCK = 2_000  # rows written at once
_FIRST_DAY = dt.date(1899, 12, 30)  # from which Excel counts days
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Styles(NamedTuple):
    """The workbook's numbers for how a day looks and for a text that stays one, also when it is edited."""

    day: int
    text: int


def sheet_rows(frame: pd.DataFrame, name: str, styles: Styles) -> Iterator[bytes]:
    """Yield a layer's rows, from the sheet's second on, many at once."""
    from openpyxl.utils import get_column_letter

    kinds = [_WRITERS[column.type] for column in SCHEMA[name]]
    columns = plain_columns(frame)
    for start in range(0, len(frame), _BLOCK):
        numbers = range(start + 2, min(start + _BLOCK, len(frame)) + 2)
        written = [
            _cells(values[start : start + _BLOCK], numbers, get_column_letter(place), write, styles)
            for place, (values, write) in enumerate(zip(columns, kinds, strict=True), start=1)
        ]
        rows = zip(numbers, zip(*written, strict=True), strict=True)
        yield "".join(f'<row r="{number}">{"".join(cells)}</row>' for number, cells in rows).encode()


def _cells(
    values: list[Any], numbers: range, letter: str, write: Callable[[Any, Styles], str], styles: Styles
) -> list[str]:
    """Return a column's cells; what it repeats is put into words once, what is blank has no cell."""
    bodies = {value: write(value, styles) for value in {*values} if value is not None and value != ""}
    return [
        f'<c r="{letter}{number}"{bodies[value]}</c>' if value in bodies else ""
        for number, value in zip(numbers, values, strict=True)
    ]


def fitting(text: str) -> str:
    """Return a text cut to what a cell holds."""
    if len(text) * 2 <= _MOST_SIGNS or len(text.encode("utf-16-le")) // 2 <= _MOST_SIGNS:
        return text
    return text.encode("utf-16-le")[: 2 * (_MOST_SIGNS - 1)].decode("utf-16-le", "ignore") + "…"


def _text(text: str, styles: Styles) -> str:
    """Return a text that is never a formula or an error."""
    text = fitting(_LOOKS_ESCAPED.sub("_x005F_", text))
    kept = "" if harmless(text) == text and not text.startswith("#") else f' s="{styles.text}"'
    return f'{kept} t="inlineStr"><is><t xml:space="preserve">{text.translate(_MARKUP)}</t></is>'


def _day(iso: str, styles: Styles) -> str:
    return f' s="{styles.day}"><v>{(dt.date.fromisoformat(iso) - _FIRST_DAY).days}</v>'


def _flag(value: bool, _: Styles) -> str:
    return f' t="b"><v>{value:d}</v>'


def _number(value: float, _: Styles) -> str:
    return f"><v>{value!r}</v>"


_WRITERS: dict[str, Callable[[Any, Styles], str]] = {
    **dict.fromkeys(("text", "list"), _text),
    **dict.fromkeys(("integer", "number"), _number),
    "day": _day,
    "flag": _flag,
}
