"""Coordination: people named side by side share what happened to them.

"A and B were killed", "killed A, as well as B and C", "two died in X and one in Y".
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.reading.counted import Group
    from mapper.reading.fates import Fate
    from mapper.reading.lexicon import Lexicon

__all__ = ["deny_alike", "share_measures"]

_MAX_GAP_CHARS = 100


@dataclass(frozen=True)
class _Rules:
    coordinated: re.Pattern[str]
    follower: re.Pattern[str]
    gapped: re.Pattern[str]
    place: re.Pattern[str]
    either: re.Pattern[str]


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    any_of = functools.partial(lexicon.any_of, "quantities")
    article = rf"(?:{any_of('definite', 'definite_plural')}\s)?"
    joiner, more = lexicon.any_of("numbers", "joiners"), any_of("more")
    return _Rules(
        coordinated=re.compile(
            rf"[^;:.!?]{{0,30}}?(?<!\w){any_of('coordinators')}(?:\s{any_of('definite', 'definite_plural')})?\s{{0,2}}$"
        ),
        follower=re.compile(rf"\W*(?:$|[,.;:)])|\s{any_of('followers')}\b"),
        gapped=re.compile(rf"\s[^,;:.!?]{{0,60}}(?:,|,?\s{joiner})\s(?:{more}\s)?"),
        either=re.compile(rf",?\s{lexicon.any_of('toponyms', 'list_joiners')}\s(?:\w{{2,9}}\s)?"),
        place=re.compile(rf"(?:\s{more})?\s{any_of('places')}\s{article}(?-i:[A-ZÁÉÍÓÚÑ])", re.IGNORECASE),
    )


def deny_alike(folded: str, groups: Sequence[Group], cues: Sequence[Fate], lexicon: Lexicon) -> list[Group]:
    """Return what nobody suffered, said in one breath with another thing nobody did: "no one was killed or injured".

    Parameters
    ----------
    folded
        The report's folded text.
    groups, cues
        The groups and the words for fates of a sentence, in order.
    lexicon
        The language's words.
    """
    either = _rules(lexicon).either
    return [
        replace(group, measure=measure, cue=(cue.start, cue.end))
        for group in groups
        if group.zero and group.cue
        for cue in cues
        if cue.start > group.cue[1] and either.fullmatch(folded, group.cue[1], cue.start)
        for measure in cue.says
        if group.measure is not measure
    ]


def share_measures(text: str, folded: str, groups: Sequence[Group], lexicon: Lexicon) -> None:
    """Give the groups of one sentence, in order, the measure of those they stand beside.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    groups
        The groups; those that no cue governs get a measure, if any.
    lexicon
        The language's words.
    """
    rules, pairs = _rules(lexicon), list(pairwise(groups))
    for first, second in reversed(pairs):
        cued_behind = second.cue is not None and second.cue[0] >= second.end
        counted = first.known and not first.zero and not second.zero
        if first.measure is None and counted and cued_behind and _joined(folded, first.end, second, rules):
            first.measure, first.cue = second.measure, second.cue
    for first, second in pairs:
        if first.measure is None or second.measure is not None or first.zero or second.part:
            continue
        start = first.cue[1] if first.cue and first.cue[0] >= first.end else first.end
        if not second.known:
            gapped = not second.noun and rules.gapped.fullmatch(folded, start, second.start)
            if gapped and rules.place.match(text, second.end):  # "two died in X and one in Y"
                second.measure, second.cue, second.known = first.measure, first.cue, True
            continue
        ends = rules.follower.match(folded, second.end)
        if first.cue and not first.own and ends and _joined(folded, start, second, rules):
            second.measure, second.cue = first.measure, (first.cue[0], min(first.cue[1], second.start))


def _joined(folded: str, start: int, second: Group, rules: _Rules) -> bool:
    return start <= second.start <= start + _MAX_GAP_CHARS and bool(
        rules.coordinated.match(folded[start : second.start])
    )
