"""Marked text -> gold reports: what the marks leave out, the area's gazetteer knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.errors import EvaluationError
from mapper.evaluation.gold import (
    MIN_TOLERANCE_M,
    GoldIncident,
    GoldMention,
    GoldMovement,
    GoldPlace,
    GoldReport,
    event_type_of,
    is_violent,
    unique,
)
from mapper.evaluation.marked import read_each
from mapper.model import EventType, MovementKind, Role
from mapper.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapper.evaluation.marked import Mark, MarkedIncident, MarkedMovement, MarkedReport
    from mapper.model import Place

    Find = Callable[[str], Sequence[Place]]

__all__ = ["read_text"]

_UNITS = frozenset({"parish", "municipality", "city", "state", "country"})


def read_text(source: str, name: str, find: Find) -> Iterator[GoldReport | EvaluationError]:
    """Yield the annotated reports of one file, and in the place of a bad one what is wrong with it.

    Parameters
    ----------
    source
        The file's text.
    name
        The file's name, for messages.
    find
        Returns the places of the area pack that bear a name, best first.
    """
    for one in read_each(source, name):
        if isinstance(one, EvaluationError):
            yield one
            continue
        try:
            yield _gold(one, f"{name} ({one.report_id})", find)
        except EvaluationError as error:
            yield error


def _gold(report: MarkedReport, where: str, find: Find) -> GoldReport:
    """Return a marked report with its places looked up."""
    places = {mark: _place(mark, find) for mark in report.marks}
    incidents = {number: _incident(one, places, where) for number, one in report.incidents.items()}
    violent = {number for number, one in incidents.items() if is_violent(one.event_type)}
    clash = [place for mark, place in places.items() if mark.role == "clash"]
    clash += [_named(name, places, where) for number in sorted(violent) for name in report.incidents[number].at]
    happened = {place for number in violent for place in incidents[number].places}
    return GoldReport(
        report.report_id,
        report.language,
        report.published,
        report.title,
        report.text,
        tuple(GoldMention(mark.start, mark.end, mark.text, place, _role(mark.role)) for mark, place in places.items()),
        tuple(incidents.values()),
        tuple(_movement(one, places, where) for one in report.movements.values()),
        unique(clash),
        unique(place for place in places.values() if place.in_area and place not in {*clash, *happened}),
        _doubts(report.marks, find),
    )


def _role(word: str) -> Role:
    """Return the role that a mark's word stands for; what did not happen there is context."""
    if word == "incident":
        return Role.OTHER_INCIDENT
    return Role(word) if word in list(Role) else Role.CONTEXT


def _place(mark: Mark, find: Find) -> GoldPlace:
    """Return what a mark means; a name that the pack does not know is a place inside without a point."""
    if mark.outside:
        return GoldPlace(mark.text, "outside", in_area=False)
    found = next(iter(find(mark.name)), None)
    if found is None:
        return GoldPlace(mark.name, "unknown", in_area=True)
    parishes = (found.parish, *found.alternative_parishes) if found.parish else ()
    return GoldPlace(
        found.name,
        found.feature_class,
        found.in_area,
        found.lat,
        found.lon,
        max(found.uncertainty_m or 0.0, MIN_TOLERANCE_M),
        parishes,
    )


def _doubts(marks: Sequence[Mark], find: Find) -> tuple[str, ...]:
    """Return the names that no place of the pack bears, or of which the best is one of several."""

    def is_doubtful(name: str) -> bool:
        found = find(name)
        return not found or (sum(one.in_area for one in found) > 1 and found[0].feature_class not in _UNITS)

    return tuple(filter(is_doubtful, dict.fromkeys(mark.name for mark in marks if not mark.outside)))


def _incident(one: MarkedIncident, places: dict[Mark, GoldPlace], where: str) -> GoldIncident:
    event_type = event_type_of(one.event_type)
    if event_type is None:
        raise EvaluationError("gold-type", where=where, got=one.event_type, types=" | ".join(EventType))
    marked = [
        place for mark, place in places.items() if mark.role in {"clash", "incident"} and one.number in mark.numbers
    ]
    marked += [_named(name, places, where) for name in one.at]
    return GoldIncident(event_type, unique(marked), one.start, one.killed, one.injured)


def _movement(one: MarkedMovement, places: dict[Mark, GoldPlace], where: str) -> GoldMovement:
    if one.kind not in list(MovementKind):
        raise EvaluationError("gold-type", where=where, got=one.kind, types=" | ".join(MovementKind))

    def ends(role: str) -> tuple[GoldPlace, ...]:
        return unique(place for mark, place in places.items() if mark.role == role and one.number in mark.numbers)

    return GoldMovement(MovementKind(one.kind), ends("origin"), ends("destination"), one.people)


def _named(name: str, places: dict[Mark, GoldPlace], where: str) -> GoldPlace:
    """Return the marked place called ``name``."""
    wanted = fold_name(name)
    for mark, place in places.items():
        if wanted in {fold_name(mark.text), fold_name(mark.name), fold_name(place.name)}:
            return place
    raise EvaluationError("gold-at", where=where, got=name)
