"""Tables: a row a report, columns found by their names. Also what workbooks and JSON share with them.

A reader turns its file into :class:`Row` records whose cells are text, and :func:`drafts` turns
those into drafts. Day and month of dates like 09/07/2021 are told apart by looking at all rows.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import unicodedata
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from mapper.errors import ReportError
from mapper.reports.decoding import text_of
from mapper.reports.draft import Draft, excerpt, parse_date, web_address

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from mapper.reports.draft import Intake

__all__ = ["Row", "Table", "drafts", "find_columns", "gather", "read_csv", "spanish_names"]

_MB = 1_000_000
_HEADER_ROWS = 20  # a table may stand below its own title and notes
_SHEET_ROWS = 1_048_576  # blank rows do not count as reports, but no spreadsheet has more
_DELIMITERS = ",;\t|"
# By preference: a table may have both a body and notes.
_ENGLISH = {
    "text": "text full_text body content_text content article story notes content_html",
    "title": "title headline",
    "outlet": "outlet source publisher",
    "author": "author byline authors",
    "url": "url link address",
    "published": "published publication_date published_at date_published pubdate date",
    "language": "language lang",
    "part": "id report_id event_id_cnty",
}
_SPANISH = {
    "text": "texto cuerpo contenido articulo noticia nota",
    "title": "titulo titular",
    "outlet": "medio fuente",
    "author": "autor periodista autores",
    "url": "enlace",
    "published": "fecha_publicacion fecha_de_publicacion publicado fecha",
    "language": "idioma",
    "part": "identificador",
}
_LANGUAGES = {"es": "es spa spanish espanol castellano", "en": "en eng english ingles"}
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKUP = re.compile(
    r"\s*<(?:!--|!doctype|(?:p|div|html|body|article|section|span|br|h[1-6]|ul|ol|table|strong|em|b|i|a|figure|img)\b)",
    re.IGNORECASE,
)
_TIME = r"(?:[ ,T]+\d{1,2}:\d\d.*)?"
_NUMBERS = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}|\d\d){_TIME}", re.ASCII)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[/.](\d{{1,2}})[/.](\d{{1,2}}){_TIME}", re.ASCII)
_DAY_MONTH = re.compile(
    rf"(?:[^\W\d]+,? )?(\d{{1,2}})(?:st|nd|rd|th|º)?[ -](?:de )?([^\W\d]+)\.?,?[ -](?:del? )?(\d{{4}}){_TIME}"
)
_MONTH_DAY = re.compile(rf"(?:[^\W\d]+, )?([^\W\d]+)\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_TIME}")
_MAIL_DATE = re.compile(r"\d [A-Za-z]{3} \d{4} \d\d:\d\d")
_MONTHS = (
    "january enero", "february febrero", "march marzo", "april abril", "may mayo", "june junio", "july julio",
    "august agosto", "september septiembre setiembre", "october octubre", "november noviembre", "december diciembre",
)  # fmt: skip
_YEAR = 12
_DATE_CHARS = 100
_MONTH_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one report by field of :class:`Draft`; ``number`` is the row as a spreadsheet counts it."""

    number: int
    cells: dict[str, str]


@dataclass(slots=True)
class Table:
    """What was gathered of a file: rows and the errors of rows in their order.

    ``spanish`` tells that the columns have Spanish names, ``cut`` that there are more rows than
    the limit. ``sheet`` is set where a file holds several tables.
    """

    rows: list[Row | ReportError] = field(default_factory=list)
    spanish: bool = False
    cut: bool = False
    sheet: str = ""


def read_csv(raw: bytes, intake: Intake) -> Iterator[Draft | ReportError]:
    """Yield the report of each row of a file of comma, semicolon, tab or bar separated values.

    Raises
    ------
    ReportError
        Those of :func:`~mapper.reports.decoding.text_of` and :func:`gather`.
    """
    text, warnings = text_of(raw, intake)
    lines = list(io.StringIO(text, newline=""))
    delimiter = ""
    if said := re.fullmatch(r'"?sep=([^\w\s"]|\t)"?\s*', lines[0], re.IGNORECASE):  # Excel's own first line
        delimiter = said[1]
        lines = lines[1:]
    before = csv.field_size_limit(len(text) + 1)
    try:
        delimiter = delimiter or max(_DELIMITERS, key=lambda each: _fit(lines, each, intake))
        reader = csv.reader(lines, delimiter=delimiter)
        table = gather(reader, intake)
        _refuse_open_quote(lines, delimiter, table, intake)
    finally:
        csv.field_size_limit(before)
    yield from drafts(table, intake, warnings)


def gather(rows: Iterable[Sequence[str]], intake: Intake, room: int = 0) -> Table:
    """Return the rows below the header, which is the first row that names a column of text.

    Parameters
    ----------
    rows
        All rows of a sheet from its first, blank ones too.
    intake
        The file; its ``columns`` win over the names known here.
    room
        How many rows may be taken; 0: ``limits.rows``.

    Raises
    ------
    ReportError
        ``report-no-text-column``, ``report-columns``.
    """
    numbered = iter(enumerate(rows, start=1))
    top = list(itertools.islice(numbered, _HEADER_ROWS))
    at, columns = _header(top, intake)
    width = max((place for place, name in enumerate(top[at][1], start=1) if name.strip()), default=0)
    table = Table(spanish=spanish_names([top[at][1][place] for place in columns.values()]))
    room = room or intake.limits.rows
    for number, cells in itertools.chain(top[at + 1 :], numbered):
        blank = not any(cell.strip() for cell in cells)
        if number > _SHEET_ROWS or (not blank and len(table.rows) >= room):
            table.cut = True
            break
        if blank:
            continue
        if any(cell.strip() for cell in cells[width:]):
            facts = {"row": number, "got": len(cells), "expected": width}
            table.rows.append(ReportError("report-row-cells", name=intake.name, **facts))
            continue
        table.rows.append(Row(number, {key: cells[place] for key, place in columns.items() if place < len(cells)}))
    return table


def find_columns(names: Sequence[str], intake: Intake, *, partial: bool = False) -> dict[str, int]:
    """Return where each field of a draft stands among ``names``.

    Names are compared without case, accents, blanks and signs. A column that the user named for
    one field is not taken for another. With ``partial`` what is not there is left out.

    Raises
    ------
    ReportError
        ``report-columns``: a column that the user named is not there; ``report-no-text-column``.
    """
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        places.setdefault(_fold(name), place)
    columns = {}
    for key, name in intake.columns.items():
        if _fold(name) not in places:
            if partial:
                continue
            facts = {"name": intake.name, "column": excerpt(name), "field": _FLAG_NAMES.get(key, key)}
            raise ReportError("report-columns", **facts, found=_listed(names))
        columns[key] = places[_fold(name)]
    for key, known in _NAMES.items():
        free = [places[name] for name in known if name in places and places[name] not in columns.values()]
        if free and key not in intake.columns:
            columns[key] = free[0]
    if "text" not in columns and not partial:
        raise ReportError("report-no-text-column", name=intake.name, found=_listed(names))
    return columns


def spanish_names(names: Iterable[str]) -> bool:
    """Tell whether a column has a Spanish name, so that its dates have the day first."""
    return any(_fold(name) in _SPANISH_NAMES for name in names)


def drafts(table: Table, intake: Intake, warnings: tuple[str, ...] = ()) -> Iterator[Draft | ReportError]:
    """Yield a draft for each row with text, an error for each row without or with too much.

    ``report-rows`` comes last where the table was cut.
    """
    stated = [row.cells.get("published", "").strip() for row in table.rows if isinstance(row, Row)]
    day_first = _day_first(stated, spanish=table.spanish)
    for row in table.rows:
        if isinstance(row, ReportError):
            yield row
            continue
        cells = {key: _clean(value) for key, value in row.cells.items()}
        text = cells.get("text", "")
        if len(text) > intake.limits.text_mb * _MB:
            yield ReportError("report-row-too-long", name=intake.name, row=row.number, limit_mb=intake.limits.text_mb)
            continue
        text = _without_markup(text)
        if not text.strip():
            yield ReportError("report-row-empty", name=intake.name, row=row.number)
            continue
        part = excerpt(cells.get("part", "")) or str(row.number)
        day, more = _published(cells.get("published", ""), intake, day_first=day_first)
        yield Draft(
            text,
            title=" ".join(cells.get("title", "").split()),
            published=day,
            outlet=" ".join(cells.get("outlet", "").split()),
            author=" ".join(cells.get("author", "").split()),
            language=_language(cells.get("language", "")),
            url=web_address(cells.get("url", "")),
            part=f"{excerpt(table.sheet)} {part}" if table.sheet else part,
            warnings=warnings + more,
        )
    if table.cut:
        yield ReportError("report-rows", name=intake.name, limit=intake.limits.rows)


def _fold(name: str) -> str:
    """Return a column's name without case, accents, blanks and signs."""
    plain = unicodedata.normalize("NFKD", name[:200]).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


_NAMES = {key: [_fold(name) for name in f"{_ENGLISH[key]} {_SPANISH[key]}".split()] for key in _ENGLISH}
_SPANISH_NAMES = frozenset(_fold(name) for names in _SPANISH.values() for name in names.split())
_FLAG_NAMES = {"published": "date", "part": "id"}


def _listed(names: Sequence[str]) -> str:
    """Return the columns' names for an error, not more than a sentence can hold."""
    shown = [excerpt(_clean(name)) for name in names if name.strip()]
    return ", ".join(shown[:12]) + (", …" if len(shown) > 12 else "") if shown else "–"  # noqa: PLR2004 - what a sentence holds


def _header(top: Sequence[tuple[int, Sequence[str]]], intake: Intake) -> tuple[int, dict[str, int]]:
    """Return which of the first rows is the header, and its columns; else what the likeliest one lacks."""
    for at, (_, cells) in enumerate(top):
        try:
            return at, find_columns(cells, intake)
        except ReportError:
            continue
    likeliest = max(
        (cells for _, cells in top), key=lambda cells: sum(bool(cell.strip()) for cell in cells), default=()
    )
    return 0, find_columns(likeliest, intake)


def _fit(lines: Sequence[str], delimiter: str, intake: Intake) -> tuple[bool, int]:
    """Return how well a delimiter reads the beginning: whether it finds the text, and how many cells."""
    top = list(enumerate(itertools.islice(csv.reader(lines, delimiter=delimiter), _HEADER_ROWS)))
    try:
        at, _ = _header(top, intake)
    except ReportError:
        return False, max((len(cells) for _, cells in top), default=0)
    return True, len(top[at][1])


def _refuse_open_quote(lines: Sequence[str], delimiter: str, table: Table, intake: Intake) -> None:
    """Put an error in the place of a last row whose quotation mark never closes: it swallowed the rows after it."""
    if table.cut:
        return
    reader = csv.reader(lines, delimiter=delimiter)
    start = number = 0
    while reader.line_num < len(lines):
        start = reader.line_num
        next(reader, None)
        number += 1
    try:
        list(csv.reader(lines[start:], delimiter=delimiter, strict=True))
    except csv.Error as error:
        last = table.rows[-1] if table.rows else None
        if "end of data" in str(error) and isinstance(last, Row) and last.number == number:
            table.rows[-1] = ReportError("report-row-quote", name=intake.name, row=last.number)


def _clean(value: str) -> str:
    """Return text that can be stored: half characters and controls, which only machines write, are replaced."""
    return _CONTROLS.sub(" ", _SURROGATES.sub("\ufffd", value)).strip()


def _without_markup(text: str) -> str:
    """Return the words of a text that was exported as HTML."""
    if not _MARKUP.match(text):
        return text
    from mapper.reports.fragment import fragment_text

    return fragment_text(text)


def _language(value: str) -> str:
    """Return the two letters of a language's code or name, nothing where it is another notation."""
    name = _fold(re.split(r"[-_]", value, maxsplit=1)[0])
    known = next((code for code, names in _LANGUAGES.items() if name in names.split()), "")
    return known or (name if re.fullmatch("[a-z]{2}", name) else "")


def _day_first(values: Iterable[str], *, spanish: bool) -> bool | None:
    """Tell by all dates of a column whether the day stands before the month; None: nothing tells."""
    found = [match for value in values if (match := _NUMBERS.fullmatch(value))]
    day = any(int(match[1]) > _YEAR for match in found)
    month = any(int(match[3]) > _YEAR for match in found)
    if day == month:
        return True if spanish and not day else None
    return day


def _published(value: str, intake: Intake, *, day_first: bool | None) -> tuple[dt.date | None, tuple[str, ...]]:
    """Return the day a cell states; a warning where it states one that cannot be told."""
    if not value:
        return None, ()
    try:
        return parse_date(_iso(value, day_first=day_first), intake.name, intake.time_zone), ()
    except (ReportError, OverflowError):
        return None, ("date-not-understood",)


def _iso(value: str, *, day_first: bool | None) -> str:
    """Return a date in words or with day or month first as year-month-day; any other value as it is."""
    value = " ".join(value.split())[:_DATE_CHARS]
    if found := _NUMBERS.fullmatch(value):
        first, second = int(found[1]), int(found[3])
        if first > _YEAR or second > _YEAR or first == second:
            day_first = first > _YEAR
        day, month = (first, second) if day_first else (second, first)
        year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)  # noqa: PLR2004 - 21 is 2021
        return value if day_first is None else f"{year:04}-{month:02}-{day:02}"
    if found := _YEAR_FIRST.fullmatch(value):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return _iso_of_words(value)


def _iso_of_words(value: str) -> str:
    """Return "9 de julio de 2021", "July 9, 2021" or a date of mail as year-month-day; any other value as it is."""
    if _MAIL_DATE.search(value):
        try:
            return parsedate_to_datetime(value).isoformat()
        except (ArithmeticError, LookupError, TypeError, ValueError):
            return value
    if found := _DAY_MONTH.fullmatch(value):
        return f"{found[3]}-{_month(found[2]):02}-{int(found[1]):02}"
    if found := _MONTH_DAY.fullmatch(value):
        return f"{found[3]}-{_month(found[1]):02}-{int(found[2]):02}"
    return value


def _month(word: str) -> int:
    """Return the number of a month by its name or its first letters in either language; 0: no month."""
    word = _fold(word)
    names = enumerate(_MONTHS, start=1)
    fits = (number for number, both in names if any(name.startswith(word) for name in both.split()))
    return next(fits, 0) if len(word) >= _MONTH_LETTERS else 0
