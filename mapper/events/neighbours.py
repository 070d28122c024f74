"""Neighbours: what the first look made of the mentions around one, and of the same place elsewhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.events.features import Spot
    from mapper.events.weights import Judgement

__all__ = ["second_look"]

_MAYBE = 0.15  # the second look is told of labels with a larger share


def second_look(spots: Mapping[int, Spot], judged: Mapping[int, Judgement]) -> dict[int, tuple[str, ...]]:
    """Return each mention's features joined by what the first look made of it and of its neighbours."""
    place_of = {index: spot.place_id or f"unplaced {index}" for index, spot in spots.items()}
    by_place: dict[str, Counter[str]] = {}
    for index, place in place_of.items():
        by_place.setdefault(place, Counter())[judged[index].label] += 1
    order = sorted(spots)
    told = Counter(judged[index].label for index in order)
    found: dict[int, tuple[str, ...]] = {}
    for position, index in enumerate(order):
        spot, own = spots[index], judged[index]
        more = [f"first look: {own.label} {own.share:.1f}"]
        more += [f"maybe {label}" for label, share in own.shares.items() if share > _MAYBE]
        for name, other in (("before", position - 1), ("after", position + 1)):
            neighbour = spots[order[other]] if 0 <= other < len(order) else None
            if neighbour is None:
                more.append(f"no place {name}")
                continue
            near = "same sentence" if neighbour.sentence == spot.sentence else "other sentence"
            if neighbour.paragraph == spot.paragraph:
                more.append(f"{judged[neighbour.index].label} {name}, {near}")
            linked = neighbour.listed == index or spot.listed == neighbour.index
            if linked:
                more.append(f"{judged[neighbour.index].label} {name}, same list")
        same = by_place[place_of[index]].items()
        more += [f"same place: {label}" for label, count in same if count > (label == own.label)]
        more += [f"{label} told elsewhere" for label, count in told.items() if count > (label == own.label)]
        found[index] = (*spot.features, *more)
    return found
