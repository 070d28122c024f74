"""Cases: what the tellings of one event say together, and the keys by which further tellings find it."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from mapper.model import DatePrecision, EventType, Incident, Measure, Movement
from mapper.text import fold

if TYPE_CHECKING:
    from mapper.model import DateSpan, Estimate, Place, Report

__all__ = [
    "LONGEST",
    "RECENT",
    "SAME_NEWS",
    "Bounds",
    "Case",
    "Day",
    "Record",
    "Telling",
    "count_words",
    "victim_words",
]

Record = TypeVar("Record", Incident, Movement)
Bounds = tuple[int, int, bool]
"""The first and last day of a span, and whether they are exact."""
Day = int | str
"""A day as ``date.toordinal`` counts it; in words where no day is known."""

LONGEST = 31  # days; a longer span says too little to find others by its days
RECENT = 14  # days; how long before its report an undated event may lie
SAME_NEWS = 3  # days; how far apart two reports of one undated event may appear
_LASTING = {EventType.BATTLES, EventType.PROTESTS, EventType.RIOTS}


@dataclass(frozen=True, slots=True)
class Telling(Generic[Record]):
    """One record and the report that tells it."""

    report: Report
    record: Record


@dataclass(slots=True)
class Case(Generic[Record]):
    """What the tellings of one event say together, as far as it decides which others belong to it.

    ``bounds`` are the first and last day of each of its ``spans``, and whether these are exact.
    ``ends`` are the places by side: ``at`` for an incident, ``from`` and ``to`` for a movement.
    ``told`` are the places of an incident, each with the report that tells of it.
    ``published`` are days, counted as ``date.toordinal`` does, so that no odd date overflows.
    """

    label: str
    lasting: bool
    tellings: list[Telling[Record]]
    spans: set[DateSpan]
    bounds: set[Bounds]
    ends: dict[str, dict[str, Place]]
    around: dict[str, Place]
    published: set[int]
    reports: set[str]
    actors: set[str] = field(default_factory=set)
    traits: set[str] = field(default_factory=set)
    victims: set[str] = field(default_factory=set)
    numbers: dict[str, set[int]] = field(default_factory=dict)
    told: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, telling: Telling[Record]) -> Case[Record]:
        """Return the case that one telling opens."""
        record, published = telling.record, telling.report.published
        spans = {record.when} if record.when.known else set()
        bounds = {_bounds_of(span) for span in spans}
        days = {published.toordinal()} if published else set()
        reports = {telling.report.report_id}
        if isinstance(record, Movement):
            ends = {"from": _by_id(record.origins), "to": _by_id(record.destinations)}
            numbers = _numbers({"persons": record.people, "households": record.households})
            return cls(record.kind, False, [telling], spans, bounds, ends, {}, days, reports, numbers=numbers)
        return cls(
            f"{record.event_type}/{record.sub_event_type}",
            record.event_type in _LASTING,
            [telling],
            spans,
            bounds,
            {"at": _by_id(record.places)},
            _by_id(record.around),
            days,
            reports,
            set(record.actors),
            set(record.traits),
            _victims(record),
            _numbers({"killed": record.fatalities, "injured": record.injuries}),
            {(telling.report.report_id, place.place_id) for place in record.places},
        )

    def absorb(self, other: Case[Record]) -> None:
        """Add what another case says."""
        self.tellings += other.tellings
        self.spans |= other.spans
        self.bounds |= other.bounds
        self.published |= other.published
        self.reports |= other.reports
        self.told |= other.told
        self.around |= other.around
        self.actors |= other.actors
        self.traits |= other.traits
        self.victims |= other.victims
        for side, places in other.ends.items():
            self.ends[side] |= places
        for name, numbers in other.numbers.items():
            self.numbers.setdefault(name, set()).update(numbers)

    def days(self, *, widely: bool = False) -> set[Day]:
        """Return the days it may have happened on, or for want of one those its reports appeared on.

        What is looked for (``widely``) must have been kept before, so the sharply dated come first (see ``linking``).
        """
        found: set[Day] = set() if widely else {"any"}
        for start, end, _ in self.bounds:
            if end - start > LONGEST:
                found.add("any" if widely else "long")
            elif widely:
                found.add("long")
                found.update(range(start - 1, end + 2))
            else:
                found.update(range(start, end + 1))
        if self.spans:
            return found
        if widely and not self.published:
            found.add("any")
        for day in self.published:
            if widely:
                found.update(range(day - RECENT, day + 1))
                found.update(f"told {near}" for near in range(day - SAME_NEWS, day + SAME_NEWS + 1))
            else:
                found.add(f"told {day}")
        return found


def _by_id(places: tuple[Place, ...]) -> dict[str, Place]:
    return {place.place_id: place for place in places}


def _numbers(estimates: dict[str, Estimate]) -> dict[str, set[int]]:
    """Return the numbers that say how many; "none hurt" agrees with anything."""
    return {name: {one.best} for name, one in estimates.items() if one.best}


def _victims(incident: Incident) -> set[str]:
    people = [one.who for one in incident.claims if one.who and one.measure in {Measure.KILLED, Measure.INJURED}]
    return set().union(*map(_victims_called, people))


@lru_cache(maxsize=10_000)
def _victims_called(who: str) -> frozenset[str]:
    words = set(re.findall(r"\w+", fold(who)))
    return frozenset(kind for kind, known in victim_words()[0].items() if not words.isdisjoint(known))


def count_words() -> dict[str, Any]:
    """Return the words that place one count among others: patterns, "further", and "rows" from the third."""
    words: dict[str, Any] = _table()["counts"]
    return words


@cache
def victim_words() -> tuple[dict[str, frozenset[str]], list[tuple[str, str]]]:
    """Return the words for each kind of victim, and the pairs of kinds that no person is both of."""
    table = _table()
    kinds = {kind: frozenset(words) for kind, words in table["kinds"].items()}
    return kinds, [(first, second) for first, second in table["excluding"]["pairs"]]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("victims.toml").read_text(encoding="utf-8"))


def _bounds_of(span: DateSpan) -> Bounds:
    start = (span.start or dt.date.min).toordinal()
    return start, span.end.toordinal() if span.end else start, span.precision is DatePrecision.DAY
