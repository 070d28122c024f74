"""A count of the dead over the days of a battle is the battle's, though it tells of no fight itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.model import Assertion, EventType

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from mapper.events.cases import Telling
    from mapper.model import Incident

__all__ = ["as_battles"]

_Days = tuple["dt.date", "dt.date"]


def as_battles(tellings: Iterable[Telling[Incident]]) -> list[Telling[Incident]]:
    """Return the tellings, an attack of several days being part of the battle that others tell of there.

    "31 people were killed in Cota 905 between 7 and 10 July" is the toll of the battle that other reports
    place there on those days: only so do the claims stand side by side. An attack of one day stays an event
    of its own, as does one without a number of dead.
    """
    told = list(tellings)
    battles: dict[str, list[tuple[str, _Days]]] = defaultdict(list)
    for one in told:
        days = _days(one.record)
        if one.record.event_type is EventType.BATTLES and one.record.assertion is Assertion.NONE and days:
            for place in one.record.places:
                battles[place.place_id].append((one.report.report_id, days))
    return [_as_battle(one, battles) for one in told]


def _as_battle(telling: Telling[Incident], battles: dict[str, list[tuple[str, _Days]]]) -> Telling[Incident]:
    record, days = telling.record, _days(telling.record)
    attack = record.event_type is EventType.VIOLENCE and record.sub_event_type == "Attack"
    if not (attack and record.assertion is Assertion.NONE and record.fatalities.known and days and days[0] < days[1]):
        return telling
    others = (
        other
        for place in record.places
        for report_id, other in battles.get(place.place_id, ())
        if report_id != telling.report.report_id
    )
    if not any(days[0] <= other[1] and other[0] <= days[1] for other in others):
        return telling
    battle = replace(record, event_type=EventType.BATTLES, sub_event_type="Armed clash")
    return replace(telling, record=battle)


def _days(record: Incident) -> _Days | None:
    start = record.when.start
    return (start, record.when.end or start) if start else None
