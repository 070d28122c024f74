"""Flows become movement records: origins borrowed from the story where it leaves them out, dates, evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.events.ids import record_id, with_own_ids
from mapper.events.merging import told_openly, unique
from mapper.model import Estimate, EventType, Evidence, Mode, Movement, MovementKind, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.events.calendar import Calendar
    from mapper.events.movements import Flow
    from mapper.model import Incident, Mention, Place, Reading

__all__ = ["finish_movements"]


def finish_movements(
    reading: Reading,
    flows: Sequence[Flow],
    mentions: Sequence[Mention],
    incidents: Sequence[Incident],
    calendar: Calendar,
) -> list[Movement]:
    """Return the report's movements; flows that tell the same one are merged.

    A flight without a stated origin starts where violence was last told of before it, or else where the story's
    clash is, if that is one place; fires and floods empty houses, too, so an evacuation does not.
    """
    told: list[_Told] = []
    for flow in flows:
        origins = _places(flow.ends[Role.ORIGIN], mentions)
        borrows = not origins and flow.kind is MovementKind.DISPLACEMENT
        if borrows:
            origins = _places(flow.fled, mentions) or _only_clash(incidents)
        movement = _movement(reading, flow, mentions, origins, calendar)
        new = _Told(movement, borrows, flow.scenes[-1].paragraph)
        for number, earlier in enumerate(told):
            if _same(earlier, new):
                told[number] = _Told(_merge(earlier.movement, movement), earlier.borrows and borrows, new.paragraph)
                break
        else:
            if flow.stated:
                told.append(new)
    return with_own_ids(one.movement for one in told)


@dataclass(frozen=True, slots=True)
class _Told:
    """A movement, whether its origin is only borrowed from the story, and the paragraph that last told of it."""

    movement: Movement
    borrows: bool
    paragraph: int


def _movement(
    reading: Reading, flow: Flow, mentions: Sequence[Mention], origins: tuple[Place, ...], calendar: Calendar
) -> Movement:
    report_id = reading.report.report_id
    destinations = _places(flow.ends[Role.DESTINATION], mentions)
    passages = {scene.sentence: reading.is_sensitive(scene.sentence) for scene in flow.scenes}
    hidden = all(passages.values())
    when = calendar.stated(flow.scenes[0])
    ends = (place.place_id for place in (*origins, *destinations))
    return Movement(
        movement_id=record_id("m", report_id, flow.kind, *ends, "" if hidden else str(when.start)),
        kind=flow.kind,
        origins=origins,
        destinations=destinations,
        via=_places(flow.ends[Role.VIA], mentions),
        when=when,
        mode=flow.mode,
        people=flow.people.value if flow.people else Estimate(),
        evidence=tuple(Evidence(report_id, one.start, one.end, passages[one]) for one in sorted(passages)),
        sensitive_fields=frozenset({"when", "people", "households"}) if hidden else frozenset(),
        households=flow.households.value if flow.households else Estimate(),
    )


def _places(indices: Sequence[int], mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """Return the places of one end; a vague area only where no place is named."""
    places = [place for index in indices if (place := mentions[index].place) is not None]
    named = [place for place in places if place.precision is not Precision.VAGUE]
    return unique(named or places)


def _is_attack(incident: Incident) -> bool:
    """Tell whether an incident is an attack, by whatever weapon; a body found drives nobody away."""
    attack = incident.event_type is EventType.VIOLENCE and incident.sub_event_type == "Attack"
    return attack and "body" not in incident.traits


def _only_clash(incidents: Sequence[Incident]) -> tuple[Place, ...]:
    clashes = [incident for incident in incidents if incident.is_clash or _is_attack(incident)]
    places = unique(place for incident in clashes for place in incident.places)
    return places if len(places) == 1 else ()


def _same(one: _Told, other: _Told) -> bool:
    """Tell whether two flows of one report are the same movement: same kind, no end or day at odds.

    A borrowed origin contradicts no other, but only in the same passage. Who left a place for one that is not
    told is the same wherever somebody is told to have left it.
    """
    left, right = one.movement, other.movement
    if left.kind is not right.kind:
        return False
    if left.when.start and right.when.start and left.when.start != right.when.start and not right.sensitive_fields:
        return False
    shared = {place.place_id for place in left.origins} & {place.place_id for place in right.origins}
    hidden = left.sensitive_fields or right.sensitive_fields
    if shared and not hidden and not (left.destinations and right.destinations):
        return True
    passage = other.paragraph - one.paragraph <= 1
    if not passage and not (right.origins and right.destinations):
        return False
    loose = passage and (one.borrows or other.borrows)
    return (loose or _agree(left.origins, right.origins)) and _agree(left.destinations, right.destinations)


def _agree(left: tuple[Place, ...], right: tuple[Place, ...]) -> bool:
    return not left or not right or bool({place.place_id for place in left} & {place.place_id for place in right})


def _merge(one: Movement, other: Movement) -> Movement:
    """Return ``one`` with what ``other`` adds to it."""
    days, hidden_days = told_openly((one, other), "when")
    counts, hidden_counts = told_openly((one, other), "people")
    families, hidden_families = told_openly((one, other), "households")
    return replace(
        one,
        origins=unique((*one.origins, *other.origins)),
        destinations=one.destinations or other.destinations,
        via=unique((*one.via, *other.via)),
        when=next(iter(days), one.when),
        mode=one.mode if one.mode is not Mode.UNKNOWN else other.mode,
        people=next(iter(counts), one.people),
        evidence=unique((*one.evidence, *other.evidence)),
        sensitive_fields=hidden_days | hidden_counts | hidden_families,
        households=next(iter(families), one.households),
    )
