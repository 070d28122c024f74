"""What a date expression means, seen from the day of publication (pure calendar arithmetic).

A :class:`Calendar` knows the day of publication, the language's month and weekday words and the last
date named before. Its methods turn a pattern's match into a :class:`Found`, or None where the words
name no date ("31 June"). Weeks run from Monday to Sunday.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.model import DatePrecision, DateSpan
from mapper.reading.numbers import parse_number
from mapper.text import fold

if TYPE_CHECKING:
    from mapper.reading.lexicon import Lexicon

__all__ = ["Calendar", "Found"]

_FUTURE_DAYS = 30
_WEEK, _MONTHS = 7, 12
_HOURS_A_DAY = 24
_LAST_DAY_OF_EARLY, _FIRST_DAY_OF_LATE = 10, 21
_CENTURY = 100
_TOO_MANY = 1000
_STORY_DAYS = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A resolved expression at ``text[start:end]``; ``kind`` is "on" or "future"."""

    start: int
    end: int
    when: DateSpan
    kind: str = "on"
    weekday: bool = False


@dataclass(slots=True)
class Calendar:
    """The calendar of one report.

    ``last`` is the last date named so far, ``last_day`` the last whose day was named, for "the previous night";
    ``last_is_month`` tells that only the month of ``last`` was ("in February ... on the 19th").
    """

    lexicon: Lexicon
    published: dt.date | None
    last: dt.date | None = None
    last_is_month: bool = False
    last_day: dt.date | None = None

    def name(self, when: DateSpan) -> None:
        """Note that the text names a date, from which others are seen."""
        self.last, self.last_is_month = when.end, when.precision is DatePrecision.MONTH
        if when.precision is DatePrecision.DAY:
            self.last_day = when.end

    # --- explicit ---------------------------------------------------------------------------------

    def iso(self, match: re.Match[str]) -> Found | None:
        """Resolve "2021-07-09"."""
        return _on(match.start(), match.end(), _date(int(match["year"]), int(match["month"]), int(match["day"])))

    def figures(self, match: re.Match[str]) -> Found | None:
        """Resolve "9/7/2021", "9-7-21" and "9/7": which comes first is the language's habit, unless it cannot be."""
        first, second, written = int(match["first"]), int(match["second"]), match.groupdict().get("year")
        month_first = bool(self.lexicon.table("dates")["month_first"])
        if (month_first or second > _MONTHS) and first <= _MONTHS:
            first, second = second, first
        if written is None:
            return _on(match.start(), match.end(), self._in_year(None, second, first))
        year = int(written)
        return _on(match.start(), match.end(), _date(year + 2000 if year < _CENTURY else year, second, first))

    def days_of_month(self, match: re.Match[str]) -> Found | None:
        """Resolve "7 July 2021", "del 7 al 9 de julio", "the 7th and the 9th of this month"."""
        parts = match.groupdict()
        first = self._day_number(parts["day"])
        second = self._day_number(parts.get("day2") or parts["day"])
        if parts.get("month"):
            month = _numbers(self.lexicon, "months").get(str(parts["month"]).rstrip("."))
            named = self.last if parts.get("that_year") else self.published
            year = int(parts["year"]) if parts.get("year") else None
            if named and (parts.get("that_year") or parts.get("last_year")):
                year = named.year - bool(parts.get("last_year"))
        elif self.published:
            about = self.published.replace(day=1) - dt.timedelta(days=bool(parts.get("last_month")))
            month, year = about.month, about.year
        else:
            return Found(match.start(), match.end(), DateSpan())
        if month is None or first is None or second is None or second < first:
            return None
        end = self._in_year(year, month, second)
        start = _date(end.year, month, first) if end else None
        if end is None:  # without a year and without a day of publication
            known = _date(year or 2000, month, second) is not None
            return Found(match.start(), match.end(), DateSpan()) if known and not year else None
        return self._found(match.start(), match.end(), start, end)

    def day_alone(self, match: re.Match[str]) -> Found | None:
        """Resolve "el sábado 2", "Mon 19", "el día 19", "del 7 al 9": the month is that of the report or its past."""
        number = self._day_number(match["day"])
        second = self._day_number(match.groupdict().get("day2") or match["day"])
        weekday = self._weekday_in(match[0])
        if number is None or second is None or not self.published:
            return Found(match.start(), match.end(), DateSpan()) if number is not None and second is not None else None
        about = self.last or self.published
        for base in (about, self.published) if self.last_is_month else (self.published, about):
            day = self._nearest_day(base, number)
            if day and (weekday is None or day.weekday() == weekday):
                end = _date(day.year, day.month, second)
                return self._found(match.start(), match.end(), day, end) if end and end >= day else None
        return None

    def week_of_month(self, match: re.Match[str]) -> Found | None:
        """Resolve "the second week of July", counted in sevens from the first."""
        ordinals = _list(self.lexicon, "ordinals")
        nth = ordinals.index(match["nth"])
        month = self._month(match)
        if month is None:
            return Found(match.start(), match.end(), DateSpan())
        days = calendar.monthrange(month.year, month.month)[1]
        last = nth == len(ordinals) - 1
        start = days - _WEEK + 1 if last else nth * _WEEK + 1
        span = DateSpan(month.replace(day=start), month.replace(day=min(start + _WEEK - 1, days)), DatePrecision.WEEK)
        return Found(match.start(), match.end(), span)

    def month(self, match: re.Match[str]) -> Found | None:
        """Resolve "in July 2021", "desde febrero", "agosto y septiembre", "mid-January"."""
        month = self._month(match)
        start = match.start("month")
        if month is None:
            return Found(start, match.end(), DateSpan())
        end = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        if match.groupdict().get("month2"):
            second = _numbers(self.lexicon, "months").get(str(match["month2"]).rstrip("."))
            if second is None or second < month.month:
                return None
            end = dt.date(month.year, second, calendar.monthrange(month.year, second)[1])
        before = match.groupdict().get("before") or ""
        if self._any("early", before):
            end = month.replace(day=_LAST_DAY_OF_EARLY)
        elif self._any("middle", before):
            month, end = month.replace(day=_LAST_DAY_OF_EARLY + 1), month.replace(day=_FIRST_DAY_OF_LATE - 1)
        elif self._any("late", before):
            month = month.replace(day=_FIRST_DAY_OF_LATE)
        return Found(start, match.end(), DateSpan(month, end, DatePrecision.MONTH))

    def year(self, match: re.Match[str]) -> Found | None:
        """Resolve "in 2019": the bounds are known, the precision is not one of ours."""
        year = int(match["year"])
        return Found(match.start("year"), match.end("year"), DateSpan(dt.date(year, 1, 1), dt.date(year, 12, 31)))

    # --- relative ---------------------------------------------------------------------------------

    def weekday(self, match: re.Match[str]) -> Found | None:
        """Resolve "on Friday", "el viernes pasado", "last Friday", "that Thursday", "next Monday"."""
        before = match["before"] or ""
        if self._any("every", before):
            return None
        start, end, weekday = match.start("weekday"), match.end(), self._weekday_in(match["weekday"])
        if weekday is None or self.published is None:
            return Found(start, end, DateSpan())
        back = (self.published.weekday() - weekday) % _WEEK
        if match["week"]:
            day = self.published - dt.timedelta(self.published.weekday() + _WEEK - weekday)
        elif match["next"] or self._ends("next", before):
            day = self.published + dt.timedelta(_WEEK - back)
        elif match["last"] or self._any("last", before):
            day = self.published - dt.timedelta(back or _WEEK)
        elif self._any("that", before) and self.last_day:
            ahead = (weekday - self.last_day.weekday()) % _WEEK
            day = self.last_day + dt.timedelta(ahead if ahead <= _WEEK // 2 else ahead - _WEEK)
        else:
            day = self.published - dt.timedelta(back)
        return replace(self._found(start, end, day, day), weekday=True)

    def relative(self, match: re.Match[str]) -> Found | None:
        """Resolve "yesterday", "anoche", "esta mañana"."""
        return self._shifted(match, _numbers(self.lexicon, "relative")[_words(match["phrase"])], self.published)

    def anaphoric(self, match: re.Match[str]) -> Found | None:
        """Resolve "the previous night", "al día siguiente", seen from the last date named before."""
        return self._shifted(
            match, _numbers(self.lexicon, "anaphoric")[_words(match["phrase"])], self.last_day or self.published
        )

    def apart(self, match: re.Match[str]) -> Found | None:
        """Resolve "two days later", "una semana antes", seen from the last date named before.

        What would lie ahead is as long ago: "eleven days after the massacre nobody is charged".
        """
        count, unit = self._count(match["count"]), self._unit(match["unit"])
        if count is None or unit not in {"day", "week"}:
            return None
        days = count * (_WEEK if unit == "week" else 1)
        base = self.last_day or (None if match["earlier"] else self.published)
        if base and self.published and not match["earlier"] and base + dt.timedelta(days) > self.published >= base:
            if unit == "week":
                return Found(match.start(), match.end(), self._period(unit, -count))
            return self._shifted(match, -days, self.published)
        return self._shifted(match, -days if match["earlier"] else days, base)

    def period(self, match: re.Match[str]) -> Found | None:
        """Resolve "last week", "el fin de semana", "este mes"."""
        phrase = _words(match["phrase"])
        unit, shift = _periods(self.lexicon)[phrase]
        return Found(match.start(), match.end(), self._period(unit, shift), "future" if shift > 0 else "on")

    def ago(self, match: re.Match[str]) -> Found | None:
        """Resolve "three days ago", "hace dos semanas", "eighteen months ago"."""
        count, unit, start = self._count(match["count"]), self._unit(match["unit"]), match.start()
        if count is None:
            return None
        if self.published is None:
            return Found(start, match.end(), DateSpan())
        if unit in {"hour", "day"}:
            return _on(start, match.end(), self.published - dt.timedelta(count if unit == "day" else 0))
        if unit == "week" and match["exact"]:
            return _on(start, match.end(), self.published - dt.timedelta(_WEEK * count))
        if unit == "year" and match["exact"]:
            day = _date(self.published.year - count, self.published.month, self.published.day)
            return _on(start, match.end(), day) or Found(start, match.end(), self._period(unit, -count))
        return Found(start, match.end(), self._period(unit, -count))

    def past_span(self, match: re.Match[str]) -> Found | None:
        """Resolve "en los últimos tres días", "in the last 48 hours": up to the day of publication."""
        count, unit = self._count(match["count"]), self._unit(match["unit"])
        if count is None:
            return None
        if self.published is None:
            return Found(match.start(), match.end(), DateSpan())
        days = {"hour": -(-count // _HOURS_A_DAY), "day": count - 1, "week": _WEEK * count}.get(unit)
        start = (
            self.published - dt.timedelta(days)
            if days is not None
            else self._months_ago(count * (12 if unit == "year" else 1))
        )
        return Found(match.start(), match.end(), DateSpan(start, self.published, DatePrecision.DAY))

    def years_after(self, match: re.Match[str]) -> Found | None:
        """Resolve "five years after the killing", "a tres años de la masacre": the year of what is remembered."""
        count = self._count(match["count"])
        return Found(match.start(), match.end(), self._period("year", -count)) if count else None

    def nth_day(self, match: re.Match[str]) -> Found | None:
        """Resolve "for a third day", "por segunda noche consecutiva": so many days, up to that of publication."""
        if not (match["open"] or match["row"] or match["behind"]):
            return None  # "the second day of the trial"
        if self.published is None:
            return Found(match.start(), match.end(), DateSpan())
        weekday = self._weekday_in(match["weekday"] or "")
        last = self.published - dt.timedelta((self.published.weekday() - weekday) % _WEEK if weekday is not None else 0)
        first = last - dt.timedelta(_numbers(self.lexicon, "nth")[match["nth"]] - 1)
        return self._found(match.start(), match.end(), first, last)

    # --- arithmetic -------------------------------------------------------------------------------

    def _found(self, start: int, end: int, first: dt.date | None, last: dt.date | None) -> Found:
        future = bool(self.published and first and first > self.published)
        return Found(start, end, DateSpan(first, last, DatePrecision.DAY), "future" if future else "on")

    def _shifted(self, match: re.Match[str], days: int, base: dt.date | None) -> Found:
        if base is None:
            return Found(match.start(), match.end(), DateSpan())
        day = base + dt.timedelta(days)
        return self._found(match.start(), match.end(), day, day)

    def _period(self, unit: str, shift: int) -> DateSpan:
        """Return the week, weekend, month or year ``shift`` periods from that of publication."""
        if self.published is None:
            return DateSpan()
        monday = self.published - dt.timedelta(self.published.weekday())
        if unit == "week":
            start = monday + dt.timedelta(_WEEK * shift)
            return DateSpan(start, start + dt.timedelta(_WEEK - 1), DatePrecision.WEEK)
        if unit == "weekend":
            saturday = monday + dt.timedelta(5)
            weeks = shift if saturday <= self.published or shift > 0 else shift - 1
            weeks -= shift > 0 and saturday > self.published
            start = saturday + dt.timedelta(_WEEK * weeks)
            return DateSpan(start, start + dt.timedelta(1), DatePrecision.DAY)
        if unit == "month":
            start = self._months_ago(-shift).replace(day=1)
            days = calendar.monthrange(start.year, start.month)[1]
            return DateSpan(start, start.replace(day=days), DatePrecision.MONTH)
        year = self.published.year + shift
        if not dt.MINYEAR <= year <= dt.MAXYEAR:
            return DateSpan()
        return DateSpan(dt.date(year, 1, 1), dt.date(year, 12, 31))

    def _months_ago(self, months: int) -> dt.date:
        base = self.published or dt.date(2000, 1, 1)
        index = max(base.year * 12 + base.month - 1 - months, 12)
        year, month = divmod(index, 12)
        return dt.date(year, month + 1, min(base.day, calendar.monthrange(year, month + 1)[1]))

    def _in_year(self, year: int | None, month: int, day: int) -> dt.date | None:
        """Return the date; without a year the nearest past one, or one of the coming month."""
        if year is not None:
            return _date(year, month, day)
        if self.published is None:
            return None
        this = self.published.year
        for candidate in (this + 1, this, this - 1, this - 2, this - 3, this - 4):  # 29 February is rare
            found = _date(candidate, month, day)
            if not found or (found - self.published).days > _FUTURE_DAYS:
                continue
            told = _date(self.last.year, month, day) if self.last and found > self.published else None
            # an anniversary piece goes on with the year it tells of rather than into the future
            in_story = told and self.last and abs((told - self.last).days) <= _STORY_DAYS and told < found
            return told if in_story else found
        return None

    def _nearest_day(self, base: dt.date, number: int) -> dt.date | None:
        """Return the last day numbered ``number`` up to ``base``, or within the days just ahead."""
        this = _date(base.year, base.month, number)
        if this and (this - base).days <= _WEEK:
            return this
        before = base.replace(day=1) - dt.timedelta(1)
        return _date(before.year, before.month, number)

    def _month(self, match: re.Match[str]) -> dt.date | None:
        """Return the first day of the month a match names: its year, else the nearest past one."""
        month = _numbers(self.lexicon, "months").get(match["month"].rstrip("."))
        if month is None:
            return None
        if match["year"]:
            return _date(int(match["year"]), month, 1)
        if self.published is None:
            return None
        before = bool(match.groupdict().get("last_year")) or month > self.published.month
        return dt.date(self.published.year - before, month, 1)

    def _day_number(self, words: str) -> int | None:
        figures = re.match(r"\d+", words)
        number = int(figures[0]) if figures else _numbers(self.lexicon, "day_words").get(words)
        return number if number and 1 <= number <= 31 else None  # noqa: PLR2004 - days of a month

    def _weekday_in(self, words: str) -> int | None:
        word = re.match(r"\w+", words)
        name = word[0] if word else ""
        return _numbers(self.lexicon, "weekdays").get(name, _numbers(self.lexicon, "weekdays_short").get(name))

    def _count(self, words: str) -> int | None:
        if words in self.lexicon.words("numbers", "articles"):
            return 1
        number = parse_number(words, self.lexicon)
        return number if number is not None and number < _TOO_MANY else None

    def _unit(self, word: str) -> str:
        return str(self.lexicon.table("dates")["units"].get(word, "day"))

    def _ends(self, key: str, words: str) -> bool:
        text = f" {' '.join(words.split())}"
        return any(text.endswith(f" {word}") for word in _list(self.lexicon, key))

    def _any(self, key: str, words: str) -> bool:
        text = f" {' '.join(words.split())} "
        return any(f" {word} " in text for word in _list(self.lexicon, key))


@functools.cache
def _numbers(lexicon: Lexicon, key: str) -> dict[str, int]:
    return lexicon.numbers("dates", key)


@functools.cache
def _list(lexicon: Lexicon, key: str) -> tuple[str, ...]:
    return lexicon.words("dates", key)


@functools.cache
def _periods(lexicon: Lexicon) -> dict[str, tuple[str, int]]:
    """Return the unit and shift of each phrase like "last week"."""
    units = lexicon.table("dates")["periods"]
    return {fold(phrase): (unit, shift) for unit, phrases in units.items() for phrase, shift in phrases.items()}


def _words(phrase: str) -> str:
    return " ".join(phrase.split())


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _on(start: int, end: int, day: dt.date | None) -> Found | None:
    return Found(start, end, DateSpan(day, day, DatePrecision.DAY)) if day else None
