"""Linking: the same event in several reports is one event, with every claim kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from mapper.events.ids import record_id
from mapper.events.merging import told_openly, unique
from mapper.model import Assertion, DateSpan, Estimate, Incident, Movement, Story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mapper.model import Facts, Place

__all__ = ["link"]

_Record = TypeVar("_Record", Incident, Movement)


def link(facts: Sequence[Facts]) -> Story:
    """Join what the reports say into one story.

    Two incidents are one when they have the same event type, share a place and their dates overlap;
    two movements when kind, origins and destinations are equal and their dates do not differ.
    Different days or places stay apart. The result does not depend on the order of the reports.
    """
    ordered = sorted(facts, key=lambda one: (str(one.report.published or ""), one.report.report_id))
    incidents = _joined([i for one in ordered for i in one.incidents], _place_keys, _same_incident, _merge_incidents)
    movements = _joined([m for one in ordered for m in one.movements], _end_keys, _same_movement, _merge_movements)
    return Story(
        reports=tuple(one.report for one in ordered),
        facts=tuple(ordered),
        incidents=tuple(sorted(incidents, key=lambda i: (str(i.when.start or "9"), i.incident_id))),
        movements=tuple(sorted(movements, key=lambda m: (str(m.when.start or "9"), m.movement_id))),
    )


def _joined(
    records: list[_Record],
    keys: Callable[[_Record], Iterable[str]],
    same: Callable[[_Record, _Record], bool],
    merge: Callable[[list[_Record]], _Record],
) -> list[_Record]:
    """Join equal records. Only records that share a key are compared, so that many reports stay fast."""
    parent = list(range(len(records)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    by_key: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for key in sorted(set(keys(record))):
            for other in by_key[key]:
                if root(other) != root(number) and same(records[other], record):
                    parent[root(number)] = root(other)
            by_key[key].append(number)
    groups: dict[int, list[_Record]] = defaultdict(list)
    for number, record in enumerate(records):
        groups[root(number)].append(record)
    return [group[0] if len(group) == 1 else merge(group) for group in groups.values()]


def _place_keys(incident: Incident) -> list[str]:
    return [f"{incident.event_type}/{place.place_id}" for place in incident.places]


def _end_keys(movement: Movement) -> list[str]:
    ends = ",".join(sorted(_ids(movement.origins))) + ">" + ",".join(sorted(_ids(movement.destinations)))
    return [f"{movement.kind}/{ends}"]


def _ids(places: Iterable[Place]) -> list[str]:
    return [place.place_id for place in places]


def _same_incident(one: Incident, other: Incident) -> bool:
    if one.sub_event_type != other.sub_event_type:
        return False
    return _overlap(one.when, other.when)


def _overlap(one: DateSpan, other: DateSpan) -> bool:
    if one.start is None or other.start is None:
        return False
    return one.start <= (other.end or other.start) and other.start <= (one.end or one.start)


def _same_movement(one: Movement, other: Movement) -> bool:
    if not (one.origins and one.destinations):
        return False
    return one.when.start is None or other.when.start is None or _overlap(one.when, other.when)


def _merge_incidents(group: list[Incident]) -> Incident:
    """Merge incidents that tell the same event, the earliest report's first."""
    first = group[0]
    days, hidden = told_openly(group, "when")
    places = unique(place for one in group for place in one.places)
    return replace(
        first,
        incident_id=record_id("i", *sorted(one.incident_id for one in group)),
        when=_span(days),
        places=places,
        actors=unique(actor for one in group for actor in one.actors),
        fatalities=_reconciled([one.fatalities for one in group]),
        injuries=_reconciled([one.injuries for one in group]),
        claims=unique(claim for one in group for claim in one.claims),
        evidence=unique(evidence for one in group for evidence in one.evidence),
        around=unique(place for one in group for place in one.around),
        assertion=Assertion.PAST if all(one.assertion is Assertion.PAST for one in group) else Assertion.NONE,
        sensitive_fields=_closed_in_all(group) - {"when"} | hidden,
        traits=frozenset().union(*(one.traits for one in group)),
    )


def _merge_movements(group: list[Movement]) -> Movement:
    first = group[0]
    days, hidden_days = told_openly(group, "when")
    counts, hidden_counts = told_openly(group, "people")
    counts.sort(key=lambda people: people.unit == "persons")
    return replace(
        first,
        movement_id=record_id("m", *sorted(one.movement_id for one in group)),
        via=unique(place for one in group for place in one.via),
        when=_span(days),
        people=counts[-1] if counts else first.people,
        evidence=unique(evidence for one in group for evidence in one.evidence),
        sensitive_fields=_closed_in_all(group) - {"when", "people"} | hidden_days | hidden_counts,
    )


def _closed_in_all(group: Sequence[Incident] | Sequence[Movement]) -> frozenset[str]:
    return frozenset.intersection(*(one.sensitive_fields for one in group))


def _span(spans: Iterable[DateSpan]) -> DateSpan:
    known = [span for span in spans if span.known]
    if not known:
        return DateSpan()
    ends = [span.end for span in known if span.end is not None]
    starts = [span.start for span in known if span.start is not None]
    return DateSpan(min(starts), max(ends, default=None), known[0].precision)


def _reconciled(estimates: list[Estimate]) -> Estimate:
    """Span competing tolls; ``best`` is the one of the latest report that states one."""
    known = [one for one in estimates if one.known]
    if not known:
        return Estimate()
    bests = [one.best for one in known if one.best is not None]
    lows = [value for one in known for value in (one.low, one.best) if value is not None]
    highs = [value for one in known for value in (one.high, one.best) if value is not None]
    return Estimate(min(lows, default=None), bests[-1] if bests else None, max(highs, default=None), "persons")
