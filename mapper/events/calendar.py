"""Calendars: which dates hold for each scene of a report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.model import DatePrecision, DateSpan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from mapper.events.scenes import Scene
    from mapper.model import DateMention, Reading

__all__ = ["AGES", "Calendar", "age_of"]

AGES = {0: "today", 1: "yesterday", 7: "week", 31: "month", 366: "year"}  # days

# between a speech verb and its date: a blank and a small word ("said on Saturday")
_GAP = re.compile(r" (?:\w{1,4} )?")


class Calendar:
    """The dates that hold for each scene: its own, its sentence's, or the last one named before."""

    def __init__(self, reading: Reading, scenes: Sequence[Scene]) -> None:
        self._published = reading.report.published
        self._stated: dict[int, tuple[DateMention, ...]] = {}
        self._carried: dict[int, tuple[DateMention, ...]] = {}
        self._stated_days: dict[int, DateSpan] = {}
        self._carried_days: dict[int, DateSpan] = {}
        of_events = {
            scene.number: tuple(date for date in scene.dates if _dates_an_event(date, reading)) for scene in scenes
        }
        by_sentence: dict[int, list[DateMention]] = {}
        for scene in scenes:
            by_sentence.setdefault(scene.sentence_number, []).extend(of_events[scene.number])
        last: tuple[DateMention, ...] = ()
        last_days = DateSpan()
        for scene in scenes:
            own = of_events[scene.number] or tuple(by_sentence[scene.sentence_number])
            if ended := tuple(date for date in own if date.kind != "since"):
                last, last_days = ended, self._span(ended)
            self._stated[scene.number], self._stated_days[scene.number] = own, self._span(own)
            self._carried[scene.number], self._carried_days[scene.number] = last, last_days

    def stated(self, scene: Scene) -> DateSpan:
        """Return the span that the scene or its sentence states, unknown if none does."""
        return self._stated_days[scene.number]

    def carried(self, scene: Scene) -> DateSpan:
        """Return the span stated last, at or before the scene."""
        return self._carried_days[scene.number]

    def tie(self, scene: Scene, date: DateMention) -> str:
        """Return how a date is tied to a scene: "stated" in it or its sentence, "carried" from before, or ""."""
        if date in self._stated[scene.number]:
            return "stated"
        return "carried" if date in self._carried[scene.number] else ""

    def closed(self, date: DateMention) -> DateSpan:
        """Return the days of one date: "since Friday" runs to the day of publication."""
        if date.kind == "since":
            return DateSpan(date.when.start, self._published or date.when.end, date.when.precision)
        return date.when

    def _span(self, dates: Sequence[DateMention]) -> DateSpan:
        spans = [self.closed(date) for date in dates if date.when.start is not None]
        spans = [span for span in spans if span.start is not None and span.end is not None]
        if not spans:
            return DateSpan()
        exact = [span for span in spans if span.precision is DatePrecision.DAY] or spans
        start = min(span.start for span in exact if span.start)
        end = max(span.end for span in exact if span.end)
        return DateSpan(start, end, exact[0].precision)


def _dates_an_event(date: DateMention, reading: Reading) -> bool:
    """Tell whether a date is one of events: no future or mere end, and not that of a statement ("said on Saturday")."""
    if date.kind in {"future", "until"}:
        return False
    text = reading.report.text
    return not any(
        one.start <= date.start < one.end or _GAP.fullmatch(text, one.end, max(one.end, date.start))
        for one in reading.attributions
    )


def age_of(date: DateMention, published: dt.date | None, ages: Mapping[int, str], older: str) -> str:
    """Return the name of a date's age on the day of publication.

    Parameters
    ----------
    date, published
        The date and the day it is looked at from.
    ages
        Names by the most days they reach to, in order.
    older
        The name of what reaches none of them.
    """
    start = date.when.start
    if start is None or published is None:
        return "unknown"
    days = (published - start).days
    return "future" if days < 0 else next((name for limit, name in ages.items() if days <= limit), older)
