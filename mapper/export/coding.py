"""Our records in the codes of ACLED, UCDP GED and HXL; ``docs/crosswalk.md`` says where each comes from.

Sources: ACLED codebook (2023, with the actor types of 2024), UCDP GED codebook 25.1, HXL standard 1.1.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from mapper.model import Assertion, DatePrecision, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.model import AdminUnit, DateSpan, Disclosed, Estimate, Incident, MapInfo, Movement, Place, Report

__all__ = [
    "ACLED_EVENT",
    "ACLED_SUB_EVENT",
    "GEO_PRECISION",
    "INTER",
    "TIME_PRECISION",
    "WHERE_PREC",
    "EventRow",
    "Units",
    "acled_number",
    "date_prec",
    "disorder_type",
    "ends_of",
    "event_rows",
    "rows_of",
    "sources_of",
    "toll_scope",
]

ACLED_EVENT = {"Explosions and Remote violence": "Explosions/Remote violence"}
"""ACLED's spelling, where ours differs."""
ACLED_SUB_EVENT = {
    "Air or drone strike": "Air/drone strike",
    "Shelling or artillery": "Shelling/artillery/missile attack",
    "Remote explosive": "Remote explosive/landmine/IED",
    "Abduction or forced disappearance": "Abduction/forced disappearance",
    "Looting or property destruction": "Looting/property destruction",
}
"""ACLED's spelling of the sub-event types, where ours differs."""
GEO_PRECISION = {
    Precision.POINT: 1,
    Precision.BARRIO: 1,
    Precision.PARISH: 2,
    Precision.MUNICIPALITY: 2,
    Precision.VAGUE: 3,
}
"""ACLED: 1 the named place, 2 a part of a region, 3 a larger region."""
WHERE_PREC = {
    Precision.POINT: 1,
    Precision.BARRIO: 1,
    Precision.PARISH: 2,
    Precision.MUNICIPALITY: 3,
    Precision.VAGUE: 5,
}
"""UCDP: 1 the exact place, 2 within about 25 km of it, 3 the second-order unit, 5 no formal unit."""
TIME_PRECISION = {DatePrecision.DAY: 1, DatePrecision.WEEK: 2, DatePrecision.MONTH: 3}
"""ACLED: 1 the day, 2 the week, 3 the month; an unknown date has none."""
INTER = {
    "Police": "State forces",
    "Military": "State forces",
    "Gang": "Political militia",
    "Colectivo": "Political militia",
    "Protesters": "Protesters",
    "United States forces": "External/Other forces",
}
"""ACLED's type of each actor that reading tells apart."""
_DAYS_IN_RANGE, _DAYS_IN_WEEK, _DAYS_IN_MONTH = 6, 7, 31
_MUNICIPALITY = 2  # the level


class EventRow(NamedTuple):
    """One incident at one of its places, or at none; the toll stands on the ``first`` row only."""

    incident: Incident
    place: Place | None
    first: bool

    @property
    def row_id(self) -> str:
        """The row's own id; all rows of an incident share the incident's."""
        return f"{self.incident.incident_id}@{self.place.place_id}" if self.place else self.incident.incident_id


def rows_of(incident: Incident) -> Iterator[EventRow]:
    """Yield a row for each place of an incident; where none may be shown, one without."""
    places: list[Place | None] = [*{place.place_id: place for place in incident.places}.values()]
    for number, place in enumerate(places or [None]):
        yield EventRow(incident, place, number == 0)


def event_rows(disclosed: Disclosed) -> Iterator[EventRow]:
    """Yield the rows of each incident that is told as having happened, in the records' order."""
    for incident in disclosed.incidents:
        if incident.assertion is Assertion.NONE:
            yield from rows_of(incident)


def ends_of(movement: Movement) -> list[tuple[Place | None, Place | None]]:
    """Return each pair of an origin and a destination, None for an end that is not known or may not be shown."""
    pairs = product(movement.origins or [None], movement.destinations or [None])
    return [*{tuple(end and end.place_id for end in pair): pair for pair in pairs}.values()]


def toll_scope(incident: Incident) -> str:
    """Say what an incident's toll belongs to, where that is more than one place."""
    places = len({place.place_id for place in incident.places})
    return f"toll of the whole incident, at {places} places" if places > 1 else ""


def acled_number(toll: Estimate) -> int | None:
    """Return the number ACLED would record: the best one, else the lower bound, as it keeps to the most cautious."""
    return toll.best if toll.best is not None else toll.low


def disorder_type(event_type: str, sub_event_type: str) -> str:
    """Return ACLED's disorder type."""
    if event_type == "Strategic developments":
        return event_type
    if sub_event_type == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    demonstration = event_type == "Protests" or sub_event_type == "Violent demonstration"
    return "Demonstrations" if demonstration else "Political violence"


def date_prec(when: DateSpan) -> int:
    """Return UCDP's date precision: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 more, or not known."""
    if when.start is None:
        return 5
    days = ((when.end or when.start) - when.start).days + 1
    if when.precision is DatePrecision.DAY and days == 1:
        return 1
    if days <= _DAYS_IN_RANGE:
        return 2
    if days <= _DAYS_IN_WEEK:
        return 3
    return 4 if days <= _DAYS_IN_MONTH else 5


def sources_of(record: Incident | Movement, reports: dict[str, Report]) -> list[Report]:
    """Return the reports that a record rests on, one an outlet, in the order they are cited."""
    cited = [passage.report_id for passage in record.evidence]
    found = [reports[name] for name in dict.fromkeys(cited) if name in reports]
    return list({report.outlet or report.report_id: report for report in found}.values())


class Units:
    """The administrative units that a place lies in, with their official codes."""

    def __init__(self, info: MapInfo) -> None:
        self._by_pcode = {unit.pcode: unit for unit in info.units}
        self._by_place = {unit.place_id: unit for unit in info.units if unit.place_id}
        self._municipalities = {unit.name: unit for unit in info.units if unit.level == _MUNICIPALITY}

    def of(self, place: Place | None) -> dict[int, AdminUnit]:
        """Return the units by level (1 state, 2 municipality, 3 parish); none below what is known."""
        if place is None or not place.in_area:
            return {}
        unit = (
            self._by_place.get(place.place_id)
            or self._by_pcode.get(place.parish_pcode)
            or self._municipalities.get(place.municipality)
        )
        found = {}
        while unit is not None:
            found[unit.level] = unit
            unit = self._by_pcode.get(unit.parent_pcode)
        return found
