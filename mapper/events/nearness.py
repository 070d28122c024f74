"""Nearness: whether two named places may be the same spot, told sharply by one report and loosely by another."""

from __future__ import annotations

from enum import IntEnum
from math import cos, floor, hypot, radians
from typing import TYPE_CHECKING

from mapper.model import Precision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mapper.model import Place

__all__ = ["Tie", "adjacent", "bluntness_of", "contains", "has_point", "may_contain", "place_keys", "tie_of_places"]

_M_PER_DEGREE = 111_195.0
_REACH_M = 2_000.0  # what lies farther off is never the same spot; a cell is a little wider
_ADJACENT_M = 1_000.0  # how far beyond a place's own reach "adjacent neighbourhoods" may lie
_CELL_DEGREES = 0.02
_BROAD = {"municipality", "city", "state", "country", "area"}
_RANKS = dict.fromkeys(_BROAD, 4) | {"parish": 3, "vague": 2, "barrio": 2, "sector": 2, "urbanizacion": 2}
_OWN_POINT = {Precision.POINT, Precision.BARRIO, Precision.VAGUE}


class Tie(IntEnum):
    """How strongly two tellings are tied.

    ``FIRM``: same name, same days. ``LOOSE``: neighbouring names or vague days, so it holds only where
    nothing else fits. ``BROAD``: they share no more than a city, or two names lie within each other's
    error; many events of a day do, so a number must agree too, unless the event is one that spreads.
    """

    NONE = 0
    BROAD = 1
    LOOSE = 2
    FIRM = 3


def tie_of_places(ones: Collection[Place], others: Collection[Place]) -> Tie:
    """Return the strongest tie between a place of one telling and a place of the other."""
    if len(ones) == len(others) == 1:  # as of most
        return _tie(*ones, *others)
    return max((_tie(one, other) for one in ones for other in others), default=Tie.NONE)


def _tie(one: Place, other: Place) -> Tie:
    if one.place_id == other.place_id:
        return Tie.BROAD if one.feature_class in _BROAD else Tie.FIRM
    blunt, other_blunt = bluntness_of(one), bluntness_of(other)
    if blunt == other_blunt:
        return Tie.BROAD if _within_uncertainty(one, other) else Tie.NONE
    outer, inner = (one, other) if blunt > other_blunt else (other, one)
    return Tie.LOOSE if contains(outer, inner) else Tie.NONE


def contains(outer: Place, inner: Place) -> bool:
    """Tell whether ``inner`` lies in ``outer``: in its parish, or within the reach of a larger kind of place.

    A street reaches along one line only, so its length says nothing about what lies in it.
    """
    if bluntness_of(outer) <= bluntness_of(inner) or outer.place_id == inner.place_id or inner.feature_class in _BROAD:
        return False
    if outer.feature_class == "parish":
        return bool(outer.parish_pcode) and outer.parish_pcode == inner.parish_pcode
    reach = max(outer.extent_m or 0, outer.uncertainty_m or 0)
    return (
        outer.feature_class not in _BROAD
        and bluntness_of(outer) > 1
        and _distance_m(outer, inner) <= min(reach, _REACH_M)
    )


def may_contain(outer: Place, inner: Place) -> bool:
    """Tell whether ``inner`` may lie in the parish ``outer`` by what people call it, whatever the official boundary."""
    if outer.parish in inner.alternative_parishes:
        return True
    return has_point(inner) and _apart_m(outer, inner) <= (outer.extent_m or 0)


def has_point(place: Place) -> bool:
    """Tell whether the place has a point of its own, so that distances to it mean something."""
    return place.precision in _OWN_POINT and place.lon is not None and place.lat is not None


def adjacent(centre: Place, other: Place) -> bool:
    """Tell whether ``other`` may be one of the unnamed neighbourhoods around ``centre``."""
    if centre.place_id == other.place_id:
        return True
    return _distance_m(centre, other) <= min((centre.extent_m or 0) + _ADJACENT_M, _REACH_M)


def place_keys(place: Place, *, widely: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the keys by which tellings at or near this place find each other (``widely``: with the cells next door)."""
    yield "place", place.place_id
    if place.feature_class in _BROAD:
        return
    if place.parish_pcode:
        yield ("parish" if place.feature_class == "parish" or widely else "inside"), place.parish_pcode
        if widely and place.feature_class == "parish":
            yield "inside", place.parish_pcode
    if place.lon is None or place.lat is None or not has_point(place):
        return
    column, row = floor(place.lon / _CELL_DEGREES), floor(place.lat / _CELL_DEGREES)
    steps = (-1, 0, 1) if widely else (0,)
    yield from (("cell", f"{column + right},{row + up}") for right in steps for up in steps)


def bluntness_of(place: Place) -> int:
    """Return how large the kind of place is: 1 a corner or street, 2 a neighbourhood, 3 a parish, 4 a city."""
    return _RANKS.get(place.feature_class, 1)


def _within_uncertainty(one: Place, other: Place) -> bool:
    if one.feature_class == "parish":
        return False
    return _distance_m(one, other) <= min(max(one.uncertainty_m or 0, other.uncertainty_m or 0), _REACH_M)


def _distance_m(one: Place, other: Place) -> float:
    """Return the distance between two points, infinite where one has none of its own."""
    return _apart_m(one, other) if has_point(one) and has_point(other) else float("inf")


def _apart_m(one: Place, other: Place) -> float:
    """Return the distance between two centres, of parishes too; infinite where one is not known."""
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return float("inf")
    east = (one.lon - other.lon) * cos(radians(one.lat))
    return hypot(east, one.lat - other.lat) * _M_PER_DEGREE
