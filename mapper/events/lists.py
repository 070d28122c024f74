"""Lists: in "shots in X, Y and Z" there are shots in all three; the models judge each place by itself."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.events.labels import CLASHES
from mapper.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.events.weights import Judgement
    from mapper.model import Mention

__all__ = ["ARTICLE", "alike", "closed_lists", "lists_in"]

_SIDES = (str(Role.DESTINATION), str(Role.ORIGIN))
ARTICLE = r"(?:(?:el|la|los|las|the)\s)?"
# "three in X, two in Y and another in Z"
_COUNT = (
    r"(?:(?:otr[oa]s?\s)?(?:\d+|un[oa]|otr[oa]|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|another)\s(?:(?:m[aá]s|more)\s)?(?:en|in)\s)?"
)
_COMMA = re.compile(rf",\s{_COUNT}{ARTICLE}", re.IGNORECASE)
_AND = re.compile(rf",?\s(?:y|e|o|u|and|or)\s{_COUNT}{ARTICLE}", re.IGNORECASE)
# "X (21), Y (14) and Z (9)": counts join places without a word for "and"
_COUNTED = re.compile(rf"\s\(\d[\d.]*\)(?:[,;]|,?\s(?:y|e|and))\s{ARTICLE}", re.IGNORECASE)
_LEAST = 1e-3  # a share that no place of a list has says little against the others
_HARDLY = 0.05  # what a place must have of what the first of its list is


def alike(lists: Mapping[int, Sequence[int]], judged: Mapping[int, Judgement]) -> dict[int, Judgement]:
    """Return the judgements on the places of each list that begins with a clash or an end of a flight, by index.

    Ends are those that all of them together most likely are. A place that is hardly what the first is, or has an
    event of its own, stays what it is.

    Parameters
    ----------
    text, mentions
        The report's text and mentions.
    judged
        The judgement on each mention, by its index.
    """
    found: dict[int, Judgement] = {}
    for listed in lists.values():
        known = [index for index in listed if index in judged]
        first = judged[known[0]].label if known else ""
        if first in CLASHES:
            found |= {index: judged[index].among((CLASHES, 1.0)) for index in _of_one_kind(known, judged, CLASHES)}
        elif first in _SIDES:
            ends = [index for index in known if judged[index].label in _SIDES]
            ends += _of_one_kind(known, judged, frozenset({first}))
            said = {end: math.prod(judged[index].shares.get(end, 0.0) + _LEAST for index in ends) for end in _SIDES}
            end = max(_SIDES, key=said.__getitem__)
            wrong = [index for index in ends if judged[index].label != end]
            found |= {index: judged[index].among((frozenset({end}), 1.0)) for index in wrong}
    return found


def _of_one_kind(listed: Sequence[int], judged: Mapping[int, Judgement], group: frozenset[str]) -> list[int]:
    """Return the places of a list that were thought to be only named, and may be of a group of labels after all."""
    return [
        index for index in listed if judged[index].label == Role.CONTEXT and judged[index].weight_of(group) > _HARDLY
    ]


def lists_in(text: str, mentions: Sequence[Mention]) -> dict[int, list[int]]:
    """Return the mentions of each list of a text, by the first of them."""
    return {listed[0]: listed for listed in closed_lists(text, mentions)}


def closed_lists(text: str, mentions: Sequence[Mention]) -> Iterator[list[int]]:
    """Yield the mentions of each list, which a word for "and" or "or" closes, or counts behind its places join."""
    listed, counted = [0], False
    for index, (one, other) in enumerate(pairwise(mentions), start=1):
        if _COUNTED.fullmatch(text, one.end, other.start):
            listed, counted = [*listed, index], True
            continue
        if counted:
            yield listed
            listed, counted = [index - 1], False
        if _AND.fullmatch(text, one.end, other.start):
            yield [*listed, index]
            listed = [index]
        elif _COMMA.fullmatch(text, one.end, other.start):
            listed.append(index)
        else:
            listed = [index]
    if counted:
        yield listed
