"""Keeping: cases by place and day, so that a telling is compared with those near it and not with all."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mapper.collecting import each_once
from mapper.events.nearness import place_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapper.events.cases import Case, Day, Record
    from mapper.model import Place

    Key = tuple[str, str]
    Places = dict[Key, set[int]]

__all__ = ["Kept"]


class Kept:
    """The numbers of cases, by label, side, day and place: few are of one day, and fewer of these near."""

    def __init__(self) -> None:
        self._cases: dict[Key, dict[Day, Places]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
        self._at: Callable[[Place], frozenset[Key]] = each_once(lambda place: frozenset(place_keys(place)))
        self._near: Callable[[Place], frozenset[Key]] = each_once(
            lambda place: frozenset(place_keys(place, widely=True))
        )

    def keep(self, case: Case[Record], number: int) -> None:
        """Keep a case's number at its places and days."""
        days = case.days()
        for side, place, around in _places(case):
            kept = self._cases[case.label, side]
            keys = (self._near if around else self._at)(place)
            for day in days:
                places = kept[day]
                for key in keys:
                    places[key].add(number)

    def near(self, case: Case[Record]) -> set[int]:
        """Return the numbers kept near the places and days of a case."""
        days = case.days(widely=True)
        found: set[int] = set()
        for side, place, _ in _places(case):
            kept = self._cases.get((case.label, side), {})
            keys = self._near(place)
            for day in days & kept.keys():
                places = kept[day]
                found.update(*(places[key] for key in keys & places.keys()))
        return found


def _places(case: Case[Record]) -> Iterator[tuple[str, Place, bool]]:
    """Yield the places of a case with their side, and whether it is the neighbourhoods around them that are meant."""
    for side, places in case.ends.items():
        for place in places.values():
            yield side, place, False
    for place in case.around.values():
        yield "at", place, True
