"""Scoring what happened: clash places, incidents and movements of people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.evaluation.gold import event_type_of, is_violent, unique
from mapper.evaluation.matching import key_of, pair, same_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mapper.evaluation.gold import GoldIncident, GoldMovement, GoldPlace, GoldReport
    from mapper.evaluation.tally import Tally

    Inside = Callable[[Mapping[str, Any]], bool]

__all__ = ["score_records"]

Read = dict[str, Any]


def score_records(gold: GoldReport, read: Read, tally: Tally, inside: Inside) -> None:
    """Compare all records of one report; ``inside`` tells whether a place that was read lies in the area."""
    _score_clash(gold, read, tally, inside)
    happened = [(one, place) for one in gold.incidents for place in one.places if place.in_area]
    told = [(one, place) for one in read["incidents"] for place in one["places"] if inside(place)]
    moved = [one for one in gold.movements if _touches(place.in_area for place in (*one.origins, *one.destinations))]
    retold = [one for one in read["movements"] if _touches(map(inside, (*one["origins"], *one["destinations"])))]
    _score_incidents(happened, told, tally)
    _score_movements(moved, retold, tally)
    if not happened and not moved:
        tally.add_case("clean_negatives", hit=not told and not retold)
        if told or retold:
            tally.miss("clean_negatives", gold.title or gold.report_id, "", f"{len(told)} + {len(retold)}")


def _score_clash(gold: GoldReport, read: Read, tally: Tally, inside: Inside) -> None:
    """Compare clash places inside the area.

    Required are those on which the annotated list and a violent incident agree; those that only one
    of the two names are accepted and not counted.
    """
    listed, violent = unique(gold.clash), gold.violent_places()
    required = [place for place in listed if place in violent and place.in_area]
    accepted = unique((*listed, *violent))
    drawn = _drawn(read["incidents"], inside)
    pairing = pair(required, drawn, same_place, _same_name)
    wrong = [other for other in pairing.spare if not any(same_place(place, other) for place in accepted)]
    tally.add_found("clash_places", len(pairing.pairs), len(required), len(pairing.pairs) + len(wrong))
    for place in pairing.missed:
        tally.miss("clash_places", place.name, place.name)
    for other in wrong:
        tally.miss("clash_places", other["name"], "", other["name"])
    for place in gold.not_clash:
        if place.in_area and place not in accepted:
            hit = any(same_place(place, other) for other in wrong)
            tally.add_case("named_but_not_clash_drawn", hit=hit)


def _drawn(incidents: Iterable[Read], inside: Inside) -> list[Read]:
    """Return the places inside the area that violent incidents were read at, each once."""
    places: dict[str, Read] = {}
    for one in incidents:
        if is_violent(event_type_of(one["event_type"])):
            for place in filter(inside, one["places"]):
                places.setdefault(place.get("place_id") or place["name"], place)
    return list(places.values())


def _score_incidents(
    gold: Sequence[tuple[GoldIncident, GoldPlace]], read: Sequence[tuple[Read, Read]], tally: Tally
) -> None:
    """Compare incidents place by place, then date and tolls of those that match."""

    def match(one: tuple[GoldIncident, GoldPlace], other: tuple[Read, Read]) -> bool:
        return one[0].event_type is event_type_of(other[0]["event_type"]) and same_place(one[1], other[1])

    pairing = pair(gold, read, match, lambda one, other: _same_name(one[1], other[1]))
    tally.add_found("incidents", len(pairing.pairs), len(gold), len(read))
    for incident, place in pairing.missed:
        tally.miss("incidents", place.name, incident.event_type.value)
    for record, where in pairing.spare:
        tally.miss("incidents", where["name"], "", record["event_type"])
    for (incident, place), (record, _) in pairing.pairs:
        day = incident.start.isoformat() if incident.start else None
        _score_value("incident_date", place.name, (day, record["date_start"]), tally, always=True)
        _score_value("incident_killed", place.name, (incident.killed, record["fatalities"]["best"]), tally)
        _score_value("incident_injured", place.name, (incident.injured, record["injuries"]["best"]), tally)


def _score_movements(gold: Sequence[GoldMovement], read: Sequence[Read], tally: Tally) -> None:
    """Compare movements by their ends, then kind and number of people of those that match."""

    def match(one: GoldMovement, other: Read) -> bool:
        return _same_ends(one.origins, other["origins"]) and _same_ends(one.destinations, other["destinations"])

    pairing = pair(gold, read, match, lambda _one, _other: False)
    tally.add_found("movements", len(pairing.pairs), len(gold), len(read))
    for one in pairing.missed:
        tally.miss("movements", _arrow(one), _arrow(one))
    for other in pairing.spare:
        tally.miss("movements", _arrow_read(other), "", _arrow_read(other))
    for one, other in pairing.pairs:
        _score_value("movement_kind", _arrow(one), (one.kind.value, other["kind"]), tally, always=True)
        _score_value("movement_people", _arrow(one), (one.people, _counted(other, one.people)), tally)


def _counted(movement: Read, stated: int | None) -> int | None:
    """Return how many moved as the annotation counts them: persons, or families where the text counts no persons.

    An annotation that states no number may leave families uncounted, so those read are no mistake.
    """
    number: int | None = movement["people"]["best"]
    return movement["households"]["best"] if number is None and stated is not None else number


def _score_value(measure: str, about: str, sides: tuple[object, object], tally: Tally, *, always: bool = False) -> None:
    """Compare an annotated value with the one read; where neither side states one there is no case."""
    annotated, read = sides
    if annotated is None and read is None and not always:
        return
    tally.add_case(measure, hit=annotated == read)
    if annotated != read:
        tally.miss(measure, about, annotated, read)


def _same_ends(gold: Sequence[GoldPlace], read: Sequence[Read]) -> bool:
    """Tell whether every annotated end was read and none invented; a vague area may stand where none is named."""
    sharp = [place for place in read if place.get("precision") != "vague"]
    if not gold:
        return not sharp
    pairing = pair(gold, read, same_place, _same_name)
    return not pairing.missed and not [place for place in pairing.spare if place in sharp]


def _touches(ends: Iterable[bool]) -> bool:
    """Tell whether a movement counts: one of its named ends lies inside the area, or none is named."""
    known = list(ends)
    return any(known) or not known


def _same_name(place: GoldPlace, other: Mapping[str, Any]) -> bool:
    return key_of(place.name) == key_of(other.get("name"))


def _arrow(one: GoldMovement) -> str:
    return _between([place.name for place in one.origins], [place.name for place in one.destinations])


def _arrow_read(other: Read) -> str:
    return _between([place["name"] for place in other["origins"]], [place["name"] for place in other["destinations"]])


def _between(origins: Sequence[str], destinations: Sequence[str]) -> str:
    return f"{', '.join(origins) or '?'} → {', '.join(destinations) or '?'}"
