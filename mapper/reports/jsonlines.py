"""JSON: an object a report, one on each line, or in one list with or without an object around it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.errors import ReportError
from mapper.reports.decoding import text_of
from mapper.reports.table import Row, Table, drafts, find_columns, spanish_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.reports.draft import Draft, Intake

__all__ = ["read_jsonl"]

_MB = 1_000_000
_LISTS = ("reports", "articles", "items", "data", "results", "reportes", "noticias")
_NAMED = ("name", "title", "rendered", "text", "value")  # where an object stands for one value: {"source": {"name": …}}
_NAME_CHARS = 60  # a list of longer texts is one of paragraphs, not of authors


@dataclass(frozen=True, slots=True)
class _Entry:
    """One report's value or why it cannot be read; ``number`` is its line, or its place in the list."""

    number: int
    value: Any = None
    error: ReportError | None = None


def read_jsonl(raw: bytes, intake: Intake) -> Iterator[Draft | ReportError]:
    """Yield the report of each line (JSON lines) or each object of a list; keys are found like columns.

    Raises
    ------
    ReportError
        Those of :func:`~mapper.reports.decoding.text_of`; ``report-json``: neither lines nor one
        value of JSON; ``report-depth``; ``report-no-text-column``, ``report-columns``.
    """
    text, warnings = text_of(raw, intake)
    yield from drafts(_table(list(_entries(text, intake)), intake), intake, warnings)


def _entries(text: str, intake: Intake) -> Iterator[_Entry]:
    """Yield the entries, and one more than may be read where there are more."""
    most = intake.limits.rows + 1
    lines = text.split("\n")
    alike = sum(line.startswith("{") and line.rstrip().endswith("}") for line in lines)
    first = next(line for line in lines if line.strip())
    if alike > 1 and first.startswith("{") and first.rstrip().endswith("}"):
        yield from _of_lines(lines, most, intake)
        return
    try:
        value = _parsed(text, intake)
    except ValueError as error:
        if alike > 0 and not isinstance(error, ReportError):
            yield from _of_lines(lines, most, intake)
            return
        if isinstance(error, json.JSONDecodeError):
            raise ReportError("report-json", name=intake.name, line=error.lineno, column=error.colno) from None
        raise
    if isinstance(value, dict):
        inside = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        value = [value] if inside is None else inside
    if not isinstance(value, list):
        raise ReportError("report-json-object", name=intake.name, row=1)
    for number, item in enumerate(value[:most], start=1):
        yield _Entry(number, item)


def _of_lines(lines: Iterable[str], most: int, intake: Intake) -> Iterator[_Entry]:
    """Yield an entry for each line that is not blank; one that is far too long is not even parsed."""
    limit = intake.limits.text_mb
    filled = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    for _, (number, line) in zip(range(most), filled, strict=False):
        facts = {"name": intake.name, "row": number}
        if len(line) > limit * _MB:
            yield _Entry(number, error=ReportError("report-row-too-long", **facts, limit_mb=limit))
            continue
        try:
            yield _Entry(number, _parsed(line, intake))
        except json.JSONDecodeError as error:
            yield _Entry(number, error=ReportError("report-json-line", **facts, column=error.colno))
        except ReportError:
            yield _Entry(number, error=ReportError("report-row-depth", **facts, limit=intake.limits.depth))


def _parsed(text: str, intake: Intake) -> Any:
    """Return a value of JSON; its numbers stay as they are written, so none is too long or loses digits.

    Raises
    ------
    ReportError
        ``report-depth``.
    """
    try:
        value = json.loads(text, parse_int=str, parse_float=str, parse_constant=lambda _: None)
    except RecursionError:
        raise ReportError("report-depth", name=intake.name, limit=intake.limits.depth) from None
    level = [value]
    for _ in range(intake.limits.depth):
        holders = (
            item.values() if isinstance(item, dict) else item for item in level if isinstance(item, (dict, list))
        )
        level = [inner for held in holders for inner in held if isinstance(inner, (dict, list))]
        if not level:
            return value
    raise ReportError("report-depth", name=intake.name, limit=intake.limits.depth)


def _table(entries: list[_Entry], intake: Intake) -> Table:
    """Return the entries as rows; a key that any of them has is a column."""
    table = Table(cut=len(entries) > intake.limits.rows)
    entries = entries[: intake.limits.rows]
    names = list(dict.fromkeys(key for entry in entries if isinstance(entry.value, dict) for key in entry.value))
    if names:
        find_columns(names, intake)
        table.spanish = spanish_names(names)
    for entry in entries:
        if entry.error is not None:
            table.rows.append(entry.error)
        elif isinstance(entry.value, dict):
            table.rows.append(Row(entry.number, _cells(entry.value, intake)))
        else:
            table.rows.append(ReportError("report-json-object", name=intake.name, row=entry.number))
    return table


def _cells(value: dict[str, Any], intake: Intake) -> dict[str, str]:
    """Return an object's cells; objects of one list need not have the same keys."""
    filled = {key: text for key, item in value.items() if (text := _text(item)).strip()}
    names = list(filled)
    return {key: filled[names[place]] for key, place in find_columns(names, intake, partial=True).items()}


def _text(value: Any) -> str:
    """Return a value as text: of an object what it is called, of a list its members."""
    if isinstance(value, dict):
        value = next((value[key] for key in _NAMED if isinstance(value.get(key), str)), "")
    if isinstance(value, list):
        members = [text for item in value if not isinstance(item, list) and (text := _text(item))]
        return ("\n\n" if any(len(text) > _NAME_CHARS for text in members) else ", ").join(members)
    return value if isinstance(value, str) else ""
