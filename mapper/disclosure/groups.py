"""Small groups on the move: so few people that a way or a precise end could lead to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.model import Precision, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mapper.model import Estimate, Mention, Movement, Place

__all__ = ["SMALL_GROUP_FAMILIES", "SMALL_GROUP_PERSONS", "coarse", "hidden_ends", "is_small", "small_group_words"]

SMALL_GROUP_PERSONS = 20
"""A movement of fewer people than this loses its way and its precise ends (issue 7, point 1)."""
SMALL_GROUP_FAMILIES = 5
"""The same for families or households: fewer than about 20 people at 4 a household."""

_COARSE_CLASSES = {"country", "state"}


def is_small(movement: Movement) -> bool:
    """Tell whether the text states a number, of persons or of families, so small that the people could be found."""
    return _below(SMALL_GROUP_PERSONS, movement.people) or _below(SMALL_GROUP_FAMILIES, movement.households)


def _below(least: int, count: Estimate) -> bool:
    stated = count.best if count.best is not None else count.high
    return stated is not None and stated < least


def _is_coarse(place: Place) -> bool:
    return place.precision is Precision.MUNICIPALITY or place.feature_class in _COARSE_CLASSES


def hidden_ends(movement: Movement) -> set[str]:
    """Return the ids of places that would show where a small group went or came from."""
    if not is_small(movement):
        return set()
    ends = (*movement.origins, *movement.via, *movement.destinations)
    return {place.place_id for place in ends if not _is_coarse(place)}


def small_group_words(movement: Movement, mentions: Mapping[str, tuple[Mention, ...]]) -> list[tuple[str, Span]]:
    """Return the passages of a small group's movement that name such places: they may not be quoted."""
    hidden = hidden_ends(movement)
    if not hidden:
        return []
    passages = [(passage.report_id, Span(passage.start, passage.end)) for passage in movement.evidence]

    def names_an_end(report_id: str, span: Span) -> bool:
        named = (one for one in mentions.get(report_id, ()) if one.place is not None and one.place.place_id in hidden)
        return any(one.span.overlaps(span) for one in named)

    return [(report_id, span) for report_id, span in passages if names_an_end(report_id, span)]


def coarse(movement: Movement, coarsen: Callable[[Place], Place] | None) -> Movement:
    """Return a small group's movement without its way, its ends no finer than the municipality."""

    def wider(places: tuple[Place, ...]) -> tuple[Place, ...]:
        ends = [place if _is_coarse(place) or coarsen is None else coarsen(place) for place in places]
        return tuple({place.place_id: place for place in ends if _is_coarse(place)}.values())

    origins, destinations = wider(movement.origins), wider(movement.destinations)
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
