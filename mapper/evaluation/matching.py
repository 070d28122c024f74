"""When a place that was read is the annotated one, and which records belong together."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from mapper.evaluation.gold import MIN_TOLERANCE_M
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mapper.evaluation.gold import GoldPlace

__all__ = ["Pairing", "away_m", "in_right_parish", "inside_test", "key_of", "pair", "same_place", "within_tolerance"]

G = TypeVar("G")
R = TypeVar("R")
_EARTH_RADIUS_M = 6_371_000.0
# Without a word in common, a point must lie this much closer to be taken for the same place.
_UNNAMED_SHARE = 1 / 3
# Words that many names share: having one in common says nothing.
_COMMON = frozenset(
    "de la el los las del y san santa avenida calle plaza barrio sector municipio parroquia estado the of city".split()  # noqa: SIM905
)
# Parishes that boundary layers and people spell differently.
_PARISHES = {
    "nuestra senora del rosario de baruta": "baruta",
    "filas de mariches": "filas de mariche",
    "candelaria": "la candelaria",
}


@dataclass(frozen=True, slots=True)
class Pairing(Generic[G, R]):
    """Annotated items with their partners among those read, and what stayed alone on either side."""

    pairs: tuple[tuple[G, R], ...]
    missed: tuple[G, ...]
    spare: tuple[R, ...]


def pair(
    gold: Sequence[G], read: Sequence[R], match: Callable[[G, R], bool], alike: Callable[[G, R], bool]
) -> Pairing[G, R]:
    """Pair one to one, first come first served; those with ``alike`` names before the rest."""
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for named in (True, False):
        for i, one in enumerate(gold):
            for j, other in enumerate(read):
                if i not in partner and j not in taken and match(one, other) and (alike(one, other) or not named):
                    partner[i] = j
                    taken.add(j)
    return Pairing(
        tuple((gold[i], read[j]) for i, j in partner.items()),
        tuple(one for i, one in enumerate(gold) if i not in partner),
        tuple(other for j, other in enumerate(read) if j not in taken),
    )


def same_place(gold: GoldPlace, read: Mapping[str, Any]) -> bool:
    """Tell whether ``read`` is the annotated place.

    With a telling word in common it lies within the tolerance or in an accepted parish; without one,
    within a third of the tolerance. A place without a point is known by its words.
    """
    named = bool(_words(gold.name) & _words(read.get("name") or ""))
    if gold.lat is None:
        return named
    away = away_m(gold, read)
    if away is None:
        return False
    if named:
        return away <= gold.tolerance_m or in_right_parish(gold, read)
    return away <= max(gold.tolerance_m * _UNNAMED_SHARE, MIN_TOLERANCE_M)


def within_tolerance(gold: GoldPlace, read: Mapping[str, Any]) -> bool:
    """Tell whether the point that was read lies within the annotated tolerance."""
    away = away_m(gold, read)
    return away is not None and away <= gold.tolerance_m


def in_right_parish(gold: GoldPlace, read: Mapping[str, Any]) -> bool:
    """Tell whether the parish that was read is one of those annotated."""
    return _parish_key(read.get("parish")) in {_parish_key(name) for name in gold.parishes}


def away_m(gold: GoldPlace, read: Mapping[str, Any]) -> float | None:
    """Return how far the point that was read lies from the annotated one, in metres (flat-earth, for one city)."""
    lat, lon = read.get("lat"), read.get("lon")
    if lat is None or lon is None or gold.lat is None or gold.lon is None:
        return None
    east = math.radians(lon - gold.lon) * math.cos(math.radians((gold.lat + lat) / 2))
    return _EARTH_RADIUS_M * math.hypot(east, math.radians(lat - gold.lat))


def key_of(name: str | None) -> str:
    """Return a name as it is compared: folded, nothing but letters and digits."""
    return re.sub(r"[^a-z0-9]+", " ", fold(name or "")).strip()


def inside_test(polygons: Iterable[Any]) -> Callable[[Mapping[str, Any]], bool]:
    """Return a test whether a place that was read is a located one (not a vague area) inside ``polygons``.

    Parameters
    ----------
    polygons
        Shapely polygons of the area's parishes, in degrees.
    """
    import shapely

    area = shapely.union_all(list(polygons))
    shapely.prepare(area)

    def inside(read: Mapping[str, Any]) -> bool:
        if read.get("lat") is None or read.get("lon") is None or read.get("precision") == "vague":
            return False
        return bool(shapely.contains_xy(area, read["lon"], read["lat"]))

    return inside


def _parish_key(name: str | None) -> str:
    key = key_of(name)
    return _PARISHES.get(key, key)


def _words(name: str) -> set[str]:
    """Return the telling words of a name; all of them where none is."""
    words = set(key_of(name).split())
    return words - _COMMON or words
