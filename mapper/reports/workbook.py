"""Excel workbooks: a row a report, on every visible sheet that has a column of text."""

from __future__ import annotations

import datetime as dt
import re
import struct
import warnings
import zipfile
import zlib
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mapper.errors import ReportError
from mapper.reports.archive import open_archive, refuse_entities
from mapper.reports.table import Table, drafts, gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.reports.draft import Draft, Intake

__all__ = ["read_xlsx"]

# openpyxl checks little: a broken workbook fails wherever a part is missing or of another shape.
_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_NO_TEXT = {"report-no-text-column", "report-columns"}
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how the format writes control characters
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def read_xlsx(raw: bytes, intake: Intake) -> Iterator[Draft | ReportError]:
    """Yield the report of each row of a workbook.

    Hidden sheets are left out, and so are sheets without a column of text where another has one.
    Formulas count with the value that was last saved; where there is none the cell is empty.

    Raises
    ------
    ReportError
        Those of :mod:`~mapper.reports.archive`; ``report-zip-broken``; ``report-no-text-column``,
        ``report-columns``.
    """
    with open_archive(raw, intake) as archive:
        refuse_entities(archive, intake)
    tables = _tables(raw, intake)
    for table in tables:
        name = f"{intake.name} [{table.sheet}]" if table.sheet else intake.name
        yield from drafts(table, replace(intake, name=name))


def _tables(raw: bytes, intake: Intake) -> list[Table]:
    """Return the tables of the visible sheets, gathered while the library's warnings are silenced."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    tables: list[Table] = []
    lacking: list[ReportError] = []
    room = intake.limits.rows
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for sheet in sheets:
                sheet.reset_dimensions()  # what a sheet says of its size may be a lie
                named = replace(intake, name=f"{intake.name} [{sheet.title}]") if len(sheets) > 1 else intake
                try:
                    table = gather(_rows(sheet), named, room)
                except ReportError as error:
                    if error.code not in _NO_TEXT:
                        raise
                    lacking.append(error)
                    continue
                table.sheet = sheet.title
                tables.append(table)
                room -= len(table.rows)
                if table.cut or room <= 0:
                    table.cut = table.cut or sheet is not sheets[-1]
                    break
        except ReportError:
            raise
        except (*_FAULTS, InvalidFileException):
            raise ReportError("report-zip-broken", name=intake.name) from None
    if not tables:
        raise lacking[0] if lacking else ReportError("report-empty", name=intake.name)
    if len(tables) == 1:
        tables[0].sheet = ""
    return tables


def _rows(sheet: Any) -> Iterable[list[str]]:
    """Yield each row's cells as text."""
    return ([_text(value) for value in row] for row in sheet.iter_rows(values_only=True))


def _text(value: object) -> str:
    """Return a cell's value as text; a moment without zone is its day, 12.0 is 12, a failed formula is empty."""
    if value is None or (isinstance(value, str) and value in _ERRORS):
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
