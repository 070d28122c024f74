"""Annotated reports as marked text: what a person writes to say how a report should be read.

    %% id: own-0001
    %% lang: en
    %% published: 2021-07-11
    %% title: Gunfire in the south-west
    %% incident 1: Battles / Armed clash | 2021-07-08..2021-07-09 | killed 4 | injured -
    %% movement 1: displacement | 2021-07-08 | people 40

    Shots were heard in {Cota 905|clash 1} ... families from {El Cementerio|origin 1} ...

A mark is ``{surface|role numbers|place}``: the words as they stand in the text, what they do there,
the incidents or movements (by number) they belong to, and the place's name in the area pack where
the words are not that name already (``outside`` for a place outside the area). A place whose only
mark has another role joins an incident by the field ``at NAME`` of its line. Reports are parted
by a line of ``====``. ``docs/evaluation.md`` describes the format in full.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.errors import EvaluationError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ROLES", "Mark", "MarkedIncident", "MarkedMovement", "MarkedReport", "read_each", "read_marked"]

ROLES = frozenset(
    "clash incident origin destination via context denied threatened rumoured hypothetical".split()  # noqa: SIM905
)
_NUMBERED = {"clash": "incident", "incident": "incident"} | dict.fromkeys(("origin", "destination", "via"), "movement")
_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)(?:\|([^{}|]+))?\}")
_PART = re.compile(r"^={4,}[ \t]*$", re.MULTILINE)
_EVENT = re.compile(r"(incident|movement) (\d+)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked toponym: offsets in the report's plain text, its role, and the records it belongs to."""

    start: int
    end: int
    text: str
    role: str
    numbers: tuple[int, ...] = ()
    place: str = ""

    @property
    def outside(self) -> bool:
        """Whether the place lies outside the area."""
        return self.place == "outside"

    @property
    def name(self) -> str:
        """The place's name in the area pack."""
        return self.place or self.text


@dataclass(frozen=True, slots=True)
class MarkedIncident:
    """An incident as annotated; a toll is None where the text states none.

    ``at`` names places whose only mark has another role ("families fled the shots in {Catia|origin 1}").
    """

    number: int
    event_type: str
    sub_event_type: str
    start: dt.date | None
    end: dt.date | None
    killed: int | None = None
    injured: int | None = None
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedMovement:
    """A movement as annotated; its ends are the marks that bear its number."""

    number: int
    kind: str
    start: dt.date | None
    end: dt.date | None
    people: int | None = None


@dataclass(slots=True)
class MarkedReport:
    """One annotated report: its plain text and what should be read in it."""

    report_id: str
    language: str
    published: dt.date | None
    title: str
    text: str
    marks: tuple[Mark, ...]
    incidents: dict[int, MarkedIncident] = field(default_factory=dict)
    movements: dict[int, MarkedMovement] = field(default_factory=dict)


def read_marked(source: str, name: str) -> Iterator[MarkedReport]:
    """Yield the annotated reports of one file.

    Parameters
    ----------
    source
        The file's text.
    name
        The file's name, for messages.

    Raises
    ------
    EvaluationError
        If a report breaks the format; the message names the report and the line or mark.
    """
    for one in read_each(source, name):
        if isinstance(one, EvaluationError):
            raise one
        yield one


def read_each(source: str, name: str) -> Iterator[MarkedReport | EvaluationError]:
    """Yield the annotated reports of one file, and in the place of a bad one what is wrong with it."""
    for number, part in enumerate(_PART.split(source), start=1):
        if part.strip():
            try:
                yield _report(part, f"{name} #{number}")
            except EvaluationError as error:
                yield error


def _report(part: str, where: str) -> MarkedReport:
    head: dict[str, str] = {}
    incidents: dict[int, MarkedIncident] = {}
    movements: dict[int, MarkedMovement] = {}
    lines = part.strip("\n").split("\n")
    body = next((i for i, line in enumerate(lines) if not line.startswith("%%")), len(lines))
    seen: set[str] = set()
    for line in lines[:body]:
        key, colon, value = line[2:].partition(":")
        key, value = key.strip(), value.strip()
        event = _EVENT.fullmatch(key)
        if not colon or (not event and key not in {"id", "lang", "published", "title"}):
            raise EvaluationError("gold-line", where=where, got=line)
        if key in seen:
            raise EvaluationError("gold-line-twice", where=where, got=key)
        seen.add(key)
        if event is None:
            head[key] = value
        elif event[1] == "incident":
            incidents[int(event[2])] = _incident(int(event[2]), value, where)
        else:
            movements[int(event[2])] = _movement(int(event[2]), value, where)
    where = f"{where} ({head.get('id', 'without id')})"
    late = next((line for line in lines[body:] if line.startswith("%%")), None)
    if late:
        raise EvaluationError("gold-line-late", where=where, got=late)
    text, marks = _plain("\n".join(lines[body:]).strip(), where)
    report = MarkedReport(
        head.get("id", ""),
        head.get("lang", ""),
        _date(head.get("published", ""), where),
        head.get("title", ""),
        text,
        marks,
        incidents,
        movements,
    )
    _check(report, where)
    return report


def _plain(body: str, where: str) -> tuple[str, tuple[Mark, ...]]:
    """Return the text without its marks, and the marks with their offsets in it."""
    pieces: list[str] = []
    marks: list[Mark] = []
    at = size = 0
    for match in _MARK.finditer(body):
        before = body[at : match.start()]
        size += len(before)
        pieces += [before, match[1]]
        role, *numbers = match[2].split()
        if role not in ROLES or not all(number.isdecimal() for number in numbers):
            raise EvaluationError("gold-mark", where=where, got=match[0], roles=", ".join(sorted(ROLES)))
        marks.append(
            Mark(size, size + len(match[1]), match[1], role, tuple(map(int, numbers)), (match[3] or "").strip())
        )
        size += len(match[1])
        at = match.end()
    pieces.append(body[at:])
    text = "".join(pieces)
    if "{" in text or "}" in text:
        raise EvaluationError("gold-brace", where=where)
    return text, tuple(marks)


def _check(report: MarkedReport, where: str) -> None:
    if not (report.report_id and report.language and report.text):
        raise EvaluationError("gold-head", where=where)
    for mark in report.marks:
        kind = _NUMBERED.get(mark.role)
        known = {"incident": set(report.incidents), "movement": set(report.movements)}.get(kind or "", set())
        missing = set(mark.numbers) - known
        if (kind and not mark.numbers and not mark.outside) or missing:
            raise EvaluationError("gold-number", where=where, got=mark.text, kind=kind or "record")


def _fields(value: str, where: str) -> tuple[list[str], dict[str, int | None]]:
    """Return the plain fields of a line, and its counted ones ("killed 4"; "-" is None)."""
    plain: list[str] = []
    counted: dict[str, int | None] = {}
    for piece in (one.strip() for one in value.split("|")):
        word, _, number = piece.partition(" ")
        if word not in {"killed", "injured", "people"}:
            plain.append(piece)
        elif number.strip() == "-" or number.strip().isdecimal():
            counted[word] = None if number.strip() == "-" else int(number)
        else:
            raise EvaluationError("gold-line", where=where, got=piece)
    return plain, counted


def _incident(number: int, value: str, where: str) -> MarkedIncident:
    plain, counted = _fields(value, where)
    at = tuple(piece.removeprefix("at ").strip() for piece in plain[1:] if piece.startswith("at "))
    plain = [piece for piece in plain if not piece.startswith("at ")]
    event_type, _, sub = plain[0].partition("/")
    start, end = _days(plain[1] if len(plain) > 1 else "", where)
    return MarkedIncident(
        number, event_type.strip(), sub.strip(), start, end, counted.get("killed"), counted.get("injured"), at
    )


def _movement(number: int, value: str, where: str) -> MarkedMovement:
    plain, counted = _fields(value, where)
    start, end = _days(plain[1] if len(plain) > 1 else "", where)
    return MarkedMovement(number, plain[0], start, end, counted.get("people"))


def _days(value: str, where: str) -> tuple[dt.date | None, dt.date | None]:
    first, _, last = value.partition("..")
    start = _date(first.strip(), where)
    return start, _date(last.strip(), where) if last else start


def _date(value: str, where: str) -> dt.date | None:
    if value in {"", "-"}:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise EvaluationError("gold-date", where=where, got=value) from error
