"""Ids that last: a record known from an earlier build keeps its id when its reports are corrected.

Linking names a record after its first telling, so most ids last by themselves. They change when that
telling is corrected (another day, another place) or when an earlier report arrives. Then the record is
recognised by its anchors: which report tells of which place.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mapper.model import Incident, Movement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.model import Story

__all__ = ["Identities", "anchors_of", "known", "settle", "settle_story"]

Anchors = frozenset[str]


@dataclass(frozen=True, slots=True)
class Identities:
    """How the ids of one build follow those of an earlier one.

    ``settled`` leads from the id that linking gave to the id the record is known by, ``successors`` from
    an id that is no more to the record it went into.
    """

    settled: dict[str, str] = field(default_factory=dict)
    successors: dict[str, str] = field(default_factory=dict)


def anchors_of(record: Incident | Movement) -> Anchors:
    """Return what a record is recognised by: the reports that tell it, each with each of its places."""
    if isinstance(record, Incident):
        places = [place.place_id for place in record.places]
    else:
        places = [f"from {place.place_id}" for place in record.origins]
        places += [f"to {place.place_id}" for place in record.destinations]
    reports = {passage.report_id for passage in record.evidence}
    return frozenset(f"{report}\x1f{place}" for report in reports for place in places or [""])


def settle(records: Mapping[str, Anchors], earlier: Mapping[str, Anchors]) -> Identities:
    """Return which id each of ``records`` is known by, given the records of an ``earlier`` build.

    A record keeps an id that the earlier build knew. Another takes the id of the earlier record that it
    shares most anchors with, if that id is free; ties go to the smallest id, so that the result depends
    on nothing but its arguments. An earlier id that no record bears any more, and whose anchors one record
    took over, points to that record.
    """
    settled = {name: name for name in records if name in earlier}
    bearers: dict[str, set[str]] = defaultdict(set)
    for name, anchors in records.items():
        for anchor in anchors:
            bearers[anchor].add(name)
    shared = [
        (-len(records[name] & anchors), old, name)
        for old, anchors in earlier.items()
        if old not in settled
        for name in sorted({bearer for anchor in anchors for bearer in bearers[anchor]})
    ]
    taken, left = set(settled.values()), set(records) - set(settled)
    for _, old, name in sorted(shared):
        if old not in taken and name in left:
            settled[name] = old
            taken.add(old)
            left.discard(name)
    settled |= {name: name for name in left}
    successors: dict[str, str] = {}
    for _, old, name in sorted(shared):
        if old not in taken:
            successors.setdefault(old, settled[name])
    return Identities(settled, successors)


def settle_story(story: Story, earlier: Mapping[str, Anchors]) -> tuple[Story, Identities]:
    """Return the story with the ids its records are known by."""
    found = settle({record.record_id: anchors_of(record) for record in _records(story)}, earlier)
    if all(name == settled for name, settled in found.settled.items()):
        return story, found  # as in most builds
    incidents = [replace(one, incident_id=found.settled[one.incident_id]) for one in story.incidents]
    movements = [replace(one, movement_id=found.settled[one.movement_id]) for one in story.movements]
    return (
        replace(
            story,
            incidents=tuple(sorted(incidents, key=lambda one: (str(one.when.start or "9"), one.incident_id))),
            movements=tuple(sorted(movements, key=lambda one: (str(one.when.start or "9"), one.movement_id))),
            told_as={telling: found.settled[record] for telling, record in story.told_as.items()},
        ),
        found,
    )


def _records(story: Story) -> Sequence[Incident | Movement]:
    return [*story.incidents, *story.movements]


def known(records: Iterable[Incident | Movement]) -> dict[str, Anchors]:
    """Return the anchors of records by id: what the next build recognises them by."""
    return {record.record_id: anchors_of(record) for record in records}
