"""Small groups on the move: so few people that a way or a precise end could lead to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.model import Precision, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from mapper.model import Estimate, Mention, Movement, Place

__all__ = [
    "SMALL_GROUP_FAMILIES",
    "SMALL_GROUP_PERSONS",
    "coarse",
    "hidden_ends",
    "is_small",
    "is_unstated",
    "small_group_words",
]

SMALL_GROUP_PERSONS = 20
"""A movement of fewer people than this loses its way and its precise ends (issue 7, point 1)."""
SMALL_GROUP_FAMILIES = 5
"""The same for families or households: fewer than about 20 people at 4 a household."""

_COARSE_CLASSES = {"country", "state"}


def is_small(movement: Movement) -> bool:
    """Tell whether the text states a number, of persons or of families, so small that the people could be found."""
    return _below(SMALL_GROUP_PERSONS, movement.people) or _below(SMALL_GROUP_FAMILIES, movement.households)


def is_unstated(movement: Movement) -> bool:
    """Tell whether nothing that may be shown states how many moved: they may be few."""
    counts = {"people": movement.people, "households": movement.households}
    return not any(count.known and name not in movement.sensitive_fields for name, count in counts.items())


def _below(least: int, count: Estimate) -> bool:
    stated = count.best if count.best is not None else count.high
    return stated is not None and stated < least


def _is_coarse(place: Place) -> bool:
    return place.precision is Precision.MUNICIPALITY or place.feature_class in _COARSE_CLASSES


def _is_wide(place: Place) -> bool:
    """Tell whether a place is so wide that nobody is found by it: a municipality, a vague area, a town elsewhere."""
    return _is_coarse(place) or place.precision is Precision.VAGUE or not place.in_area


def hidden_ends(movement: Movement) -> set[str]:
    """Return the ids of places that would show where a small group was, or where an unknown number went."""
    if is_small(movement):
        ends = (*movement.origins, *movement.via, *movement.destinations)
        return {place.place_id for place in ends if not _is_coarse(place)}
    if is_unstated(movement):
        places = {place.place_id for place in (*movement.via, *movement.destinations) if not _is_wide(place)}
        return places - {place.place_id for place in movement.origins}
    return set()


def small_group_words(
    movement: Movement, hidden: Collection[str], mentions: Mapping[str, tuple[Mention, ...]]
) -> list[tuple[str, Span]]:
    """Return the passages of a small group's movement that name its hidden ends: they may not be quoted."""
    if not hidden:
        return []
    passages = [(passage.report_id, Span(passage.start, passage.end)) for passage in movement.evidence]

    def names_an_end(report_id: str, span: Span) -> bool:
        named = (one for one in mentions.get(report_id, ()) if one.place is not None and one.place.place_id in hidden)
        return any(one.span.overlaps(span) for one in named)

    return [(report_id, span) for report_id, span in passages if names_an_end(report_id, span)]


def coarse(movement: Movement, coarsen: Callable[[Place], Place] | None) -> Movement:
    """Return a movement of few, or of nobody knows how many, without its way, its ends no finer than the municipality.

    The origin of an unknown number stays: it is where something happened, not where people are.
    """
    whole = is_small(movement)

    def wider(places: tuple[Place, ...]) -> tuple[Place, ...]:
        enough = _is_coarse if whole else _is_wide
        ends = [place if enough(place) or coarsen is None else coarsen(place) for place in places]
        return tuple({place.place_id: place for place in ends if enough(place)}.values())

    origins = wider(movement.origins) if whole else movement.origins
    destinations = wider(movement.destinations)
    lost = {
        name
        for name, before, after in (
            ("origins", movement.origins, origins),
            ("destinations", movement.destinations, destinations),
            ("via", movement.via, ()),
        )
        if before and not after
    }
    return replace(
        movement,
        origins=origins,
        destinations=destinations,
        via=(),
        sensitive_fields=movement.sensitive_fields | lost,
    )
