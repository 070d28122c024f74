"""Records in words, in one language: days, numbers, places and who tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.errors import message
from mapper.model import DatePrecision, Measure
from mapper.printable import in_one_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from mapper.model import DateSpan, Estimate, Incident, Movement, Place, Report

__all__ = ["Words"]

_MOST_PLACES = 4
_CHARS = 90  # names and speakers come from reports, which may hold anything
_MEASURES = {Measure.KILLED: "fatalities", Measure.INJURED: "injuries"}


class Words:
    """Sentences made from records.

    Parameters
    ----------
    language
        "es" or "en".
    reports
        What may be said of each report.
    """

    def __init__(self, language: str, reports: Collection[Report]) -> None:
        self.language = language
        self._outlets = {report.report_id: report.outlet for report in reports}

    def say(self, key: str, **facts: object) -> str:
        """Return the sentence ``key`` of the brief."""
        return message(f"brief-{key}", self.language, **facts)

    def known(self, key: str, value: str) -> str:
        """Return the words for a value of a vocabulary; a value without words is said as the record has it."""
        try:
            return self.say(f"{key}-{value.lower().replace(' ', '-')}")
        except KeyError:
            return self.clipped(value)

    def clipped(self, text: str) -> str:
        """Return a text of a report as a line can hold it."""
        return in_one_line(text, _CHARS)

    def counted(self, key: str, count: int) -> str:
        """Return "one event", "3 events"."""
        return self.say(f"{key}-one") if count == 1 else self.say(f"{key}-many", count=count)

    def day(self, day: dt.date) -> str:
        """Return a day with its month's name."""
        month = self.say("months").split("|")[day.month - 1]
        return self.say("day", day=day.day, month=month, year=day.year)

    def days(self, when: DateSpan) -> str:
        """Return the days of a record, no finer than they are known."""
        if when.start is None:
            return self.say("undated")
        last = when.end or when.start
        if last == when.start:
            return self.day(when.start)
        key = "days" if when.precision is DatePrecision.DAY else "about-days"
        said = self.say(key, first=self._beginning(when.start, last), last=self.day(last))
        return said[0].upper() + said[1:]

    def _beginning(self, first: dt.date, last: dt.date) -> str:
        """Return the first day of a range without the month and year that it shares with the last."""
        if (first.year, first.month) == (last.year, last.month):
            return str(first.day)
        return self.day(first)

    def number(self, count: Estimate) -> str:
        """Return a number with its bounds; "" where nothing is known."""
        low, best, high = count.low, count.best, count.high
        if best is not None and (best != low or high is not None):  # else "at least 24", whose number is its best too
            least, most = (best if low is None else low), (best if high is None else high)
            return str(best) if least == most else self.say("best-range", best=best, low=least, high=most)
        if low is not None and high is not None:
            return self.say("between", low=low, high=high)
        if low is not None:
            return self.say("at-least", low=low)
        return self.say("at-most", high=high) if high is not None else ""

    def places(self, places: Sequence[Place], joint: str = "and") -> str:
        """Return names of places, the first few of many."""
        names = list(dict.fromkeys(self.clipped(place.name) for place in places))
        if len(names) > _MOST_PLACES:
            return self.say("and-more", places=", ".join(names[:_MOST_PLACES]), count=len(names) - _MOST_PLACES)
        return self.say(joint).join(filter(None, [", ".join(names[:-1]), *names[-1:]]))

    def told(self, record: Incident | Movement) -> str:
        """Return how many outlets tell of a record."""
        outlets = {self._outlets.get(passage.report_id, "") for passage in record.evidence} - {""}
        return self.counted("told", len(outlets)) if outlets else self.say("told-none")

    def what(self, incident: Incident) -> str:
        """Return an incident's kind."""
        return self.known("what", incident.sub_event_type or str(incident.event_type))

    def incident(self, incident: Incident) -> str:
        """Return an incident in one sentence and its toll."""
        tolls = [(measure, self.number(getattr(incident, field))) for measure, field in _MEASURES.items()]
        said = "".join(
            self.say("toll", measure=self.say(f"measure-{measure}"), number=number)
            for measure, number in tolls
            if number
        )
        key = "incident" if incident.places else "incident-nowhere"
        return self.say(
            key,
            days=self.days(incident.when),
            what=self.what(incident),
            places=self.places(incident.places),
            tolls=said,
            told=self.told(incident),
        )

    def movement(self, movement: Movement) -> str:
        """Return a movement in one sentence, families as families."""
        nowhere = self.say("end-unknown")
        ends = [{place.place_id for place in side} for side in (movement.origins, movement.destinations)]
        return self.say(
            "movement-within" if ends[0] and ends[0] == ends[1] else "movement",
            days=self.days(movement.when),
            kind=self.say(f"kind-{movement.kind}"),
            origins=self.places(movement.origins) or nowhere,
            destinations=self.places(movement.destinations) or nowhere,
            people=self.people(movement),
            told=self.told(movement),
        )

    def people(self, movement: Movement) -> str:
        """Return how many moved, in the units of the reports."""
        counts = [(movement.people, "persons"), (movement.households, "families")]
        said = [
            f"{self.number(count)} {self.known('unit', count.unit or unit)}" for count, unit in counts if count.known
        ]
        return ", ".join(said) or self.say("people-none")
