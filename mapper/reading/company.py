"""Company: those who are told of with one person more are counted with that one.

"His widow and four relatives left", "una vecina con sus dos hijos", "my husband, the two girls and I".
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.model import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.model import Estimate
    from mapper.reading.counted import Group
    from mapper.reading.lexicon import Lexicon

__all__ = ["add_company"]

_BEFORE_CHARS = 30


@dataclass(frozen=True)
class _Rules:
    link: re.Pattern[str]
    listed: re.Pattern[str]
    pronoun: re.Pattern[str]
    named: re.Pattern[str]
    oneself: re.Pattern[str]
    along: re.Pattern[str]


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    any_of = functools.partial(lexicon.any_of, "quantities")
    joiner, whose = lexicon.any_of("numbers", "joiners"), any_of("possessives", "definite", "definite_plural")
    link = rf",?\s(?:{joiner}|{any_of('alongside')})\s(?:{whose}\s)?"
    return _Rules(
        link=re.compile(link),
        listed=re.compile(rf",\s(?:{whose}\s)?"),
        pronoun=re.compile(rf"(?<!\w){any_of('lone_subjects')}{link}\Z"),
        named=re.compile(rf"[A-ZÁÉÍÓÚÑ][\w'’-]+,?\s(?:{joiner}|{any_of('alongside')})\s{any_of('possessives')}\s\Z"),
        oneself=re.compile(rf",?\s{joiner}\s{any_of('oneself')}(?!\w)"),
        along=re.compile(rf"\s{any_of('takes_along')}\s(?:{any_of('object_marks')}\s)?"),
    )


def add_company(text: str, folded: str, groups: Sequence[Group], lexicon: Lexicon) -> None:
    """Count with a group that has fled, or whose fate no verb tells, those who are told of with it.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    groups
        The groups of one sentence, in order; cues have given their measures.
    lexicon
        The language's words.
    """
    rules = _rules(lexicon)
    for number, group in enumerate(groups):
        if not _takes_company(group):
            continue
        others = _before(folded, groups[:number], group, rules)
        more = sum(one.value.best or 0 for one in others)
        if others:
            group.start = others[0].start
        elif _is_told_with_one(text, folded, group.start, rules):
            more = 1
        for one in others:
            one.measure, one.counted = None, False
        more += rules.oneself.match(folded, group.end) is not None
        group.value = _more(group.value, more)


def _is_told_with_one(text: str, folded: str, start: int, rules: _Rules) -> bool:
    """Tell whether a pronoun or a name stands before a group as its company: "she and her two girls", "Rosa y sus"."""
    first = max(0, start - _BEFORE_CHARS)
    return any(one.search(which, first, start) for one, which in ((rules.pronoun, folded), (rules.named, text)))


def _takes_company(group: Group) -> bool:
    """Tell whether a group counts people whose fate is not told, or who have fled."""
    told = group.counted and group.known and group.noun and group.value.best and not group.part
    return bool(told) and group.measure in {None, Measure.DISPLACED}


def _before(folded: str, before: Sequence[Group], group: Group, rules: _Rules) -> list[Group]:
    """Return those who stand right before a group as its company, in order: single persons, or others who fled."""
    found: list[Group] = []
    following, with_me = group, rules.oneself.match(folded, group.end)
    for one in reversed(before):
        fled = one.measure is Measure.DISPLACED and group.measure is Measure.DISPLACED and _takes_company(one)
        alone = not one.counted and one.measure in {None, group.measure} and one.value.best == 1
        gap = folded[one.end : following.start]
        linked = (
            rules.along.fullmatch(gap)
            if found
            else rules.link.fullmatch(gap) or (with_me and rules.listed.fullmatch(gap))
        )
        if not (fled or alone) or not linked:
            break
        found.insert(0, one)
        following = one
    return found


def _more(value: Estimate, more: int) -> Estimate:
    """Return a number with some more."""
    low, best, high = (None if one is None else one + more for one in (value.low, value.best, value.high))
    return replace(value, low=low, best=best, high=high)
