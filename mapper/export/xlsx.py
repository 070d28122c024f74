"""Excel: a sheet a layer, before them one that says what the file is, and one of the columns' meanings.

No cell is a formula: a text that looks like one is written as text and marked as such. A text longer than a
cell holds ends in "…". Geometry is not written but for longitude and latitude.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import zipfile
from typing import TYPE_CHECKING, Any

from mapper.errors import OutputError
from mapper.export.cells import harmless
from mapper.export.names import file_name
from mapper.export.schema import SCHEMA
from mapper.export.values import plain_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from mapper.export.about import About

__all__ = ["write_xlsx"]

_MOST_ROWS = 1_048_575  # of a sheet, less its header
_MOST_SIGNS = 32_767  # of a cell, in UTF-16 units
_LINE_HEIGHT = 15  # points
_ARCHIVE_TIME = (1980, 1, 1, 0, 0, 0)
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def write_xlsx(tables: dict[str, pd.DataFrame], about: About) -> dict[str, bytes]:
    """Return the file by its name.

    Raises
    ------
    OutputError
        ``export-rows``: a layer has more rows than a sheet holds.
    """
    from openpyxl import Workbook

    for name, frame in tables.items():
        if len(frame) > _MOST_ROWS:
            raise OutputError("export-rows", layer=name, rows=len(frame), most=_MOST_ROWS)
    book = Workbook(write_only=True)
    book.properties.creator = "mapper"
    book.properties.title = f"{about.stem} ({about.level.value})"
    book.properties.description = about.facts["handling_en"]
    _pages(book, "about", ("key", "value"), about.facts.items(), (22, 100))
    head = ("layer", "column", "type", "meaning", "source", "unit", "words")
    meanings = [
        (layer, *column[:5], ", ".join(filter(None, column.words))) for layer in SCHEMA for column in SCHEMA[layer]
    ]
    _pages(book, "columns", head, meanings, (12, 26, 9, 50, 26, 16, 40))
    for name, frame in tables.items():
        _layer(book, name, frame)
    written = io.BytesIO()
    book.save(written)
    return {file_name(about.stem, about, "xlsx"): _stable(written, about.day)}


def _layer(book: Any, name: str, frame: pd.DataFrame) -> None:
    """Add a layer's sheet, its days as dates."""
    columns = SCHEMA[name]
    sheet = _begun(book, name, [max(14, len(column.name) + 2) for column in columns])
    sheet.append(_header(sheet, [column.name for column in columns]))
    days = [column.type == "day" for column in columns]
    for row in plain_rows(frame):
        values = (_day(value) if is_day else value for value, is_day in zip(row, days, strict=True))
        sheet.append([_cell(sheet, value) if isinstance(value, str) else value for value in values])


def _pages(book: Any, name: str, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """Add a sheet that is read rather than counted: lines broken, as wide as a printed page."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = _begun(book, name, widths)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.append(_header(sheet, head))
    for number, row in enumerate(rows, start=2):
        cells = [WriteOnlyCell(sheet, _fitting(text)) for text in row]
        for cell in cells:
            cell.data_type, cell.alignment = "s", Alignment(wrap_text=True, vertical="top")
        lines = max(math.ceil(len(text) / (0.9 * width)) for text, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = _LINE_HEIGHT * max(1, lines)
        sheet.append(cells)


def _begun(book: Any, name: str, widths: Sequence[int]) -> Any:
    """Return a new sheet whose first row stays in sight."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return sheet


def _header(sheet: Any, titles: Iterable[str]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cells = [WriteOnlyCell(sheet, title) for title in titles]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _cell(sheet: Any, text: str) -> Any:
    """Return a text as a cell that stays a text, also when it is edited or looks like an error."""
    text = _fitting(_LOOKS_ESCAPED.sub("_x005F_", text))
    if harmless(text) == text and not text.startswith("#"):
        return text or None
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.quotePrefix = "s", True
    return cell


def _fitting(text: str) -> str:
    """Return a text cut to what a cell holds."""
    if len(text) * 2 <= _MOST_SIGNS or len(text.encode("utf-16-le")) // 2 <= _MOST_SIGNS:
        return text
    return text.encode("utf-16-le")[: 2 * (_MOST_SIGNS - 1)].decode("utf-16-le", "ignore") + "…"


def _day(iso: str) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None


def _stable(written: io.BytesIO, day: dt.date | None) -> bytes:
    """Return the workbook without the times of the clock that openpyxl writes into it."""
    time = f"{(day or dt.date(*_ARCHIVE_TIME[:3])).isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _CHANGED.sub(rb"\g<1>" + time, content)
            entry = zipfile.ZipInfo(name, _ARCHIVE_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()
