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
from mapper.export.names import file_name
from mapper.export.schema import SCHEMA
from mapper.export.xlsx_rows import Styles, fitting, sheet_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from mapper.export.about import About

__all__ = ["write_xlsx"]

_MOST_ROWS = 1_048_575  # of a sheet, less its header
_LINE_HEIGHT = 15  # points
_ARCHIVE_TIME = (1980, 1, 1, 0, 0, 0)
_CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_END_OF_ROWS = b"</sheetData>"


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
    for name in tables:
        _titles(book, name)
    styles = _styles(book)
    written = io.BytesIO()
    book.save(written)
    rows = {
        f"xl/worksheets/sheet{book.sheetnames.index(name) + 1}.xml": sheet_rows(frame, name, styles)
        for name, frame in tables.items()
    }
    return {file_name(about.stem, about, "xlsx"): _filled(written, rows, about.day)}


def _titles(book: Any, name: str) -> None:
    """Add a layer's sheet with nothing but its header."""
    titles = [column.name for column in SCHEMA[name]]
    sheet = _begun(book, name, [max(14, len(title) + 2) for title in titles])
    sheet.append(_header(sheet, titles))


def _styles(book: Any) -> Styles:
    """Have the workbook know how a day looks and a text that looks like a formula."""
    from openpyxl.cell import WriteOnlyCell

    day, text = (WriteOnlyCell(book.worksheets[0], value) for value in (dt.date(2000, 1, 1), ""))
    text.quotePrefix = True
    return Styles(day.style_id, text.style_id)


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
        cells = [WriteOnlyCell(sheet, fitting(text)) for text in row]
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


def _filled(written: io.BytesIO, rows: dict[str, Iterator[bytes]], day: dt.date | None) -> bytes:
    """Return the workbook with its layers' rows, and without the times of the clock that openpyxl writes into it."""
    time = f"{(day or dt.date(*_ARCHIVE_TIME[:3])).isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _CHANGED.sub(rb"\g<1>" + time, content)
            entry = zipfile.ZipInfo(name, _ARCHIVE_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            head, end, tail = content.partition(_END_OF_ROWS) if name in rows else (content, b"", b"")
            with archive.open(entry, "w") as part:
                part.write(head)
                part.writelines(rows.get(name, ()))
                part.write(end + tail)
    return out.getvalue()
