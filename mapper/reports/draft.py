"""What a format reader hands on, and what the user may add to it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping  # noqa: TC003 - pydantic reads the fields' types at run time
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from mapper.errors import ReportError

__all__ = ["Draft", "Intake", "Limits", "Overrides", "excerpt", "parse_date", "web_address"]

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.ASCII | re.DOTALL)
# A year outside this range is a slip of the pen, and would overflow when days are subtracted from it.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_EXCERPT_CHARS = 60


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the user says about the reports; used where a report's own file does not say it.

    ``language`` is a two-letter code (``"en"``, ``"es"``); empty means: find out from the text.
    """

    published: dt.date | None = None
    outlet: str = ""
    url: str = ""
    title: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; the keys of ``[limits]`` in ``mapper.toml``.

    ``file_mb`` bounds the file and all text in it together, ``text_mb`` the text of one report,
    ``unpacked_mb`` what a compressed file unfolds to (all in 10^6 bytes), ``pages`` those of a PDF,
    ``rows`` the reports of one table, feed or chat, ``depth`` the nesting of JSON and mail,
    ``seconds`` and ``memory_mb`` what reading it may take.
    """

    file_mb: int = 50
    text_mb: int = 5
    unpacked_mb: int = 200
    pages: int = 500
    rows: int = 50_000
    depth: int = 100
    seconds: int = 20
    memory_mb: int = 1500


@dataclass(frozen=True, slots=True)
class Intake:
    """What a format reader knows of the file besides its bytes.

    ``name`` is what the file goes by in messages, ``time_zone`` an IANA name, ``columns`` which
    column of a table holds a field of :class:`Draft` (``{"text": "cuerpo"}``), as the user said.
    """

    name: str
    time_zone: str = ""
    limits: Limits = field(default_factory=Limits)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as its file tells it. Empty fields: the file does not say, and nothing is made up.

    ``part`` names a report among several of one file (a row's id, else its number); ``private``
    marks the words of private persons, which are never quoted outside. ``detected`` is the language
    that the words of a draft were found to be in before it was kept.
    """

    text: str
    title: str = ""
    language: str = ""
    published: dt.date | None = None
    outlet: str = ""
    author: str = ""
    url: str = ""
    part: str = ""
    private: bool = False
    warnings: tuple[str, ...] = ()
    detected: str = ""


def excerpt(value: str) -> str:
    """Return ``value`` on one line, cut to what an error sentence can hold."""
    line = " ".join(value.split())
    return line if len(line) <= _EXCERPT_CHARS else line[: _EXCERPT_CHARS - 1] + "…"


def parse_date(value: str, name: str, time_zone: str = "") -> dt.date:
    """Return the day in ``value``.

    Parameters
    ----------
    value
        ``YYYY-MM-DD``, alone or followed by ``T`` or a blank and a time.
    name
        The report's name, for the error.
    time_zone
        IANA name. A time with an offset is moved to this zone before its day is taken, so that
        02:00 UTC is still yesterday evening in Caracas; when empty the day stays as written.

    Raises
    ------
    ReportError
        ``report-date``: not a date of the calendar (2021-02-31), another notation, or a year
        before 1900 or after 2100.
    """
    value = value.strip()
    found = _DAY.fullmatch(value)
    try:
        day = dt.date.fromisoformat(found[1] if found else value)
    except ValueError:
        day = None
    if found is None or day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ReportError("report-date", name=name, got=excerpt(value))
    return _local_day(value, time_zone) or day


def _local_day(value: str, time_zone: str) -> dt.date | None:
    """Return the day in ``time_zone`` of a full timestamp with offset, else None."""
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return None
    if not time_zone or moment.tzinfo is None:
        return None
    return moment.astimezone(ZoneInfo(time_zone)).date()


def web_address(value: str) -> str:
    """Return ``value`` if it is an http(s) address in one word, else nothing (``javascript:`` never travels on)."""
    value = value.strip()
    return value if re.fullmatch(r"https?://\S+", value, re.IGNORECASE) else ""
