"""Company: those who are told of with one person more are counted with that one.

"His widow and four relatives left", "una vecina con sus dos hijos", "my husband, the two girls and I".
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.model import Measure
from mapper.reading.parts import with_more

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        with_me = rules.oneself.match(folded, group.end) is not None
        others = _before(folded, groups[:number], group, rules, with_me=with_me)
        more = sum(one.value.best or 0 for one in others) + with_me
        if others:
            group.start = others[0].start
        elif _is_told_with_one(text, folded, group.start, rules):
            more += 1
        for one in others:
            one.measure, one.counted = None, False
        group.value = with_more(group.value, more)


def _is_told_with_one(text: str, folded: str, start: int, rules: _Rules) -> bool:
    """Tell whether a pronoun or a name stands before a group as its company: "she and her two girls", "Rosa y sus"."""
    first = max(0, start - _BEFORE_CHARS)
    return bool(rules.pronoun.search(folded, first, start) or rules.named.search(text, first, start))


def _takes_company(group: Group) -> bool:
    """Tell whether a group counts people whose fate is not told, or who have fled."""
    told = group.counted and group.known and group.noun and group.value.best and not group.part
    return bool(told) and group.measure in {None, Measure.DISPLACED}


def _before(folded: str, before: Sequence[Group], group: Group, rules: _Rules, *, with_me: bool) -> list[Group]:
    """Return those who stand right before a group as its company, in order: single persons, or others who fled."""
    found: list[Group] = []
    following, links = group, (rules.link, rules.listed) if with_me else (rules.link,)
    for one in reversed(before):
        fled = one.measure is Measure.DISPLACED and group.measure is Measure.DISPLACED and _takes_company(one)
        alone = not one.counted and one.measure in {None, group.measure} and one.value.best == 1
        gap = folded[one.end : following.start]
        if not (fled or alone) or not any(link.fullmatch(gap) for link in links):
            break
        found.insert(0, one)
        following, links = one, (rules.along,)
    return found
