"""Itemised: a number of people and, right beside it, who they are ("two people, a policeman and a vendor, died").

The items are no further people: where they add up to the number they are parts of it, or, told place by place
("five died: two in Coche and three in Catia"), they stand for it.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.reading.counted import Group
    from mapper.reading.lexicon import Lexicon

__all__ = ["mark_items", "spread", "without_trades"]

_MOST_ITEMS = 6
_BESIDE = re.compile(r"(?:,|:|\s[-–—]|\s\()\s?")
_FURTHER_ON = re.compile(r"\s[^,;:.!?()]{1,60}(?:,|:|\s[-–—])\s")
_ASIDE_ENDS = re.compile(r"[,)]|\s[-–—]\s")
_CLAUSE_ENDS = re.compile(r"[,.;:)]|\s[-–—]\s|$")
_CLAUSE_GOES_ON = re.compile(rf"[^,;:.!?()]{{0,80}}(?:{_CLAUSE_ENDS.pattern})")
_NAMED = re.compile(r"\s(?:a\s|al\s)?[A-ZÁÉÍÓÚÑ][\w'’]+(?:\s(?:de\s|del\s)?[A-ZÁÉÍÓÚÑ][\w'’]+){1,3},\s")
_LISTED = re.compile(r"[^;:.!?]{0,90}:\s")


@dataclass(frozen=True)
class _Rules:
    joined: re.Pattern[str]
    placed: re.Pattern[str]
    anyone: re.Pattern[str]


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    joiner = lexicon.any_of("numbers", "joiners")
    return _Rules(
        joined=re.compile(rf"[^,;:.!?()]{{0,20}}(?:,\s|,?\s{joiner}\s(?:{lexicon.any_of('quantities', 'more')}\s)?)"),
        placed=re.compile(
            rf"(?:\s{lexicon.any_of('quantities', 'more')})?\s{lexicon.any_of('quantities', 'places')}\s"
            rf"(?:[^,;:.!?()]{{1,60}}(?:[,;]|,?\s{joiner})\s|[^;:!?()]*$)"
        ),
        anyone=re.compile(lexicon.any_of("quantities", "anyone")),
    )


def without_trades(text: str, groups: Sequence[Group], verbs: Iterable[tuple[int, int]]) -> list[Group]:
    """Return the groups without those that only say who a named victim is: "killed Luis Mora, a baker, and two more".

    Parameters
    ----------
    text
        The report's text.
    groups
        The groups of a sentence.
    verbs
        Where verbs stand that may tell of victims.
    """
    ends = [end for _, end in verbs]

    def is_trade(group: Group) -> bool:
        beside = not group.counted and text.startswith(",", group.end)
        return beside and any(_NAMED.fullmatch(text, end, group.start) for end in ends if end < group.start)

    return [group for group in groups if not is_trade(group)]


def mark_items(folded: str, groups: Sequence[Group], lexicon: Lexicon) -> None:
    """Mark the groups that only say who those counted before them are as parts.

    "Two women, a policeman and a child died" are four: only what counts people of any kind, or the dead or wounded,
    is itemised by whatever follows it; another number by an aside, or at the end of the clause behind its verb.

    Parameters
    ----------
    folded
        The report's folded text.
    groups
        The groups of one sentence, in order.
    lexicon
        The language's words.
    """
    rules = _rules(lexicon)
    for number, whole in enumerate(groups):
        items = groups[number + 1 : number + 1 + _MOST_ITEMS]
        if whole.part or not whole.value.best or whole.value.best < 2 or not items:  # noqa: PLR2004 - several
            continue
        beside = _BESIDE.fullmatch(folded, whole.end, items[0].start) is not None
        if not beside and not _FURTHER_ON.fullmatch(folded, whole.end, items[0].start):
            continue
        count = _adding_up(folded, whole, items, rules)
        anyone = whole.own or rules.anyone.fullmatch(whole.noun)
        closing = _CLAUSE_GOES_ON if anyone else _ASIDE_ENDS if beside else _CLAUSE_ENDS
        if count and closing.match(folded, items[count - 1].end):
            for item in items[:count]:
                item.part = True


def spread(folded: str, groups: Sequence[Group], end: int, lexicon: Lexicon) -> None:
    """Give the measure of a number to the items behind it that tell its places: "five died: two in X and three in Y".

    Parameters
    ----------
    folded
        The report's folded text.
    groups
        The groups of one sentence, in order; cues have given their measures.
    end
        Where the sentence ends.
    lexicon
        The language's words.
    """
    placed = _rules(lexicon).placed
    for number, whole in enumerate(groups):
        items = groups[number + 1 : number + 1 + _MOST_ITEMS]
        if not (whole.measure and whole.value.best and items and _LISTED.fullmatch(folded, whole.end, items[0].start)):
            continue
        ends = [*(item.start for item in items[1:]), end]
        items = [item for item, stop in zip(items, ends, strict=True) if placed.fullmatch(folded, item.end, stop)]
        if len(items) > 1 and sum(item.value.best or 0 for item in items) == whole.value.best:
            for item in items:
                item.measure, item.cue, item.known, item.part = whole.measure, whole.cue, True, False
            whole.measure, whole.counted = None, False


def _adding_up(folded: str, whole: Group, items: Sequence[Group], rules: _Rules) -> int:
    """Return how many of the groups add up to the number before them, 0 where they do not."""
    total = 0
    for count, item in enumerate(items, start=1):
        joined = count == 1 or rules.joined.fullmatch(folded, items[count - 2].end, item.start)
        if not joined or not item.value.best or item.part:
            return 0
        total += item.value.best
        if total >= (whole.value.best or 0):
            return count if total == whole.value.best and count > 1 else 0
    return 0
