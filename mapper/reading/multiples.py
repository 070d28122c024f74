"""Multiples: killings that say by their name how many died ("a double murder", "un triple homicidio")."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from mapper.model import Estimate, Measure
from mapper.reading.counted import Group
from mapper.reading.lexicon import alternation
from mapper.reading.words import Opening, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.reading.lexicon import Lexicon

__all__ = ["with_multiples"]


@functools.cache
def _killings(lexicon: Lexicon) -> tuple[Opening, dict[str, int]]:
    times = lexicon.numbers("quantities", "multiples")
    pattern = rf"(?<!\w)(?P<times>{alternation(times)})\s{lexicon.any_of('quantities', 'killings')}(?!\w)"
    return Opening(pattern, times), times


def with_multiples(groups: Iterable[Group], text: str, folded: str, lexicon: Lexicon) -> list[Group]:
    """Return the groups of a text with those that a "double murder" kills, in order.

    Parameters
    ----------
    groups
        The text's other groups.
    text, folded
        The report's text and its folded copy, of the same length.
    lexicon
        The language's words.
    """
    killing, times = _killings(lexicon)
    killed = []
    for match in words_of(folded).find(killing):
        count = times[match["times"]]
        who = text[match.start() : match.end()]
        killed.append(Group(*match.span(), Estimate(count, count, count), who, measure=Measure.KILLED, own=True))
    return sorted([*groups, *killed], key=lambda group: group.start)
