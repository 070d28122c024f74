"""What a format reader hands on, and what the user may add to it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from mapper.errors import ReportError

__all__ = ["Draft", "Overrides", "excerpt", "parse_date", "web_address"]

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
class Draft:
    """A report as its file tells it. Empty fields: the file does not say, and nothing is made up."""

    text: str
    title: str = ""
    language: str = ""
    published: dt.date | None = None
    outlet: str = ""
    url: str = ""
    warnings: tuple[str, ...] = ()


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
