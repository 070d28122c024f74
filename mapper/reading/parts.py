"""Parts: those who are counted within others ("two of them") or told of twice are counted once."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.model import Measure
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.model import Estimate, Quantity
    from mapper.reading.counted import Group
    from mapper.reading.fates import Fate
    from mapper.reading.lexicon import Lexicon

__all__ = [
    "bury",
    "bury_the_hurt",
    "correct",
    "count_parts",
    "died_of_wounds",
    "place_parts",
    "told_already",
    "with_more",
    "with_their_items",
    "without_old_deeds",
]

_LATER_CHARS = 250
_CASUALTIES = (Measure.KILLED, Measure.INJURED)
_FRONT_CHARS = 20
_WANTED_CHARS = 40
_TO_PLACE = 9  # words from a part to its place
_APPOSED = re.compile(r",?\s")
_ASIDE = re.compile(r"[^,;:.]{0,40},\s")  # "of the eight people taken to hospital, three died"


@dataclass(frozen=True)
class _Rules:
    taken: re.Pattern[str]
    led: re.Pattern[str]
    placed: re.Pattern[str]
    next: re.Pattern[str]
    fronted: re.Pattern[str]
    wanted: re.Pattern[str]


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    any_of = functools.partial(lexicon.any_of, "quantities")
    article = rf"(?:{any_of('definite', 'definite_plural')}\s)?"
    return _Rules(
        taken=re.compile(rf"\S+\s{any_of('one_of')}(?!\w)"),
        led=re.compile(rf"(?<!\w){any_of('subset_before')}\s$"),
        wanted=re.compile(rf"(?<!\w){any_of('wanted')}\s(?:{any_of('definite', 'definite_plural')}\s)?(?:\w+\s)?$"),
        fronted=re.compile(rf"(?:^|[.;:!?\n]\s?){any_of('one_of')}\s$"),
        placed=re.compile(
            rf"(?:\s[\w'’-]+){{0,{_TO_PLACE}}}?\s{any_of('places')}\s{article}(?-i:[A-ZÁÉÍÓÚÑ])", re.IGNORECASE
        ),
        next=re.compile(
            rf"\s[^,;:.!?]{{0,60}}(?:,|,?\s{lexicon.any_of('numbers', 'joiners')})\s(?:{any_of('more')}\s)?"
        ),
    )


def without_old_deeds(
    folded: str, groups: Sequence[Group], cues: Sequence[Fate], lexicon: Lexicon
) -> tuple[list[Group], list[Fate]]:
    """Return groups and verbs without what who fell did before: "a man wanted for killing two guards died".

    Parameters
    ----------
    folded
        The report's folded text.
    groups, cues
        The groups and the verbs of one sentence, in order.
    lexicon
        The language's words.
    """
    wanted = _rules(lexicon).wanted
    deeds = [cue for cue in cues[:-1] if wanted.search(folded[max(0, cue.start - _WANTED_CHARS) : cue.start])]
    victims = [next((one.start for one in groups if 0 <= one.start - cue.end <= _FRONT_CHARS), -1) for cue in deeds]
    return [one for one in groups if one.start not in victims], [cue for cue in cues if cue not in deeds]


def with_their_items(folded: str, groups: Sequence[Group], lexicon: Lexicon) -> list[Group]:
    """Return groups with one of several made one with who that is: "one of them, a boy", "one of the injured, a nurse".

    Those taken from a number told first ("of the eight injured, two died") are marked as parts.

    Parameters
    ----------
    folded
        The report's folded text.
    groups
        The groups of one sentence, in order.
    lexicon
        The language's words.
    """
    kept: list[Group] = []
    for group in groups:
        one = kept[-1] if kept else None
        if one and not group.definite and _ASIDE.fullmatch(folded, one.end, group.start):
            before = folded[max(0, one.start - _FRONT_CHARS) : one.start]
            group.part = group.part or _rules(lexicon).fronted.search(before) is not None
        apposed = one is not None and _APPOSED.fullmatch(folded, one.end, group.start) and not group.definite
        if one and apposed and group.value.best == 1 and not group.counted and _is_one_of(folded, one, lexicon):
            one.end = group.end
        else:
            kept.append(group)
    return kept


def _is_one_of(folded: str, group: Group, lexicon: Lexicon) -> bool:
    """Tell whether a group is one taken from several: "one of them", "una de las heridas"."""
    return group.value.best == 1 and _rules(lexicon).taken.match(folded, group.start, group.end) is not None


def place_parts(text: str, folded: str, groups: Sequence[Group], lexicon: Lexicon) -> None:
    """Note of parts told at a place what those they are taken from suffered: "six died, two of them in Petare".

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
    whole: Group | None = None
    for before, part in pairwise(groups):
        whole = before if before.measure in _CASUALTIES and not before.part else whole
        if whole is None or part.zero or part.measure not in {None, whole.measure, Measure.INJURED}:
            continue  # "five were hurt; one of them died in the Hospital Vargas"
        goes_on = before.within and not part.noun and rules.next.fullmatch(folded, before.end, part.start)
        taken = part.part and (
            rules.taken.match(folded, part.start, part.end)
            or rules.led.search(folded, max(0, part.start - _WANTED_CHARS), part.start)
        )
        if (taken or goes_on) and rules.placed.match(text, part.end):
            part.within, part.part = whole.measure, True


def count_parts(groups: Sequence[Group], before: list[Quantity]) -> None:
    """Count a part ("two of them") once: with its whole, or out of it where the wounded later died.

    How one of the dead was hurt ("four were killed, one of them was shot in X") adds no wounded.

    Parameters
    ----------
    groups
        The groups of one sentence, in order.
    before
        What the sentences before it count.
    """
    whole: Group | None = None
    for part in groups:
        if not part.part or part.zero or part.measure is None:
            whole = part if part.measure and not part.part else whole
            continue
        dead = whole is not None and whole.measure is Measure.KILLED and part.measure is Measure.INJURED
        if whole is not None and (whole.measure is part.measure or (dead and not part.own)):
            part.measure, part.own = None, False
        elif part.measure is Measure.KILLED and whole is not None and whole.measure is Measure.INJURED:
            if whole.value.best == part.value.best:  # "two were stabbed; both died"
                whole.measure, part.measure = Measure.KILLED, None
            whole.value = with_more(whole.value, -(part.value.best or 0)) if part.measure else whole.value
        elif part.measure is Measure.KILLED and whole is None and before and before[-1].measure is Measure.INJURED:
            if before[-1].value.best == part.value.best:
                before[-1], part.measure = replace(before[-1], measure=Measure.KILLED), None
            else:
                before[-1] = replace(before[-1], value=with_more(before[-1].value, -(part.value.best or 0)))


def died_of_wounds(groups: Sequence[Group], verb: int) -> bool:
    """Count the one wounded told of last before ``verb``, which says that somebody unnamed died, as killed."""
    last = _counted_before(groups, verb)
    if last is None or last.measure is not Measure.INJURED or last.value.best != 1:
        return False
    last.measure = Measure.KILLED
    return True


def told_already(groups: Sequence[Group], measure: Measure, verb: int) -> bool:
    """Tell whether a verb that says a fate again speaks of the one person it was told of last."""
    last = _counted_before(groups, verb)
    return last is not None and last.measure is measure and last.value.best == 1


def _counted_before(groups: Sequence[Group], verb: int) -> Group | None:
    """Return the last group before ``verb`` that has a measure."""
    before = [one for one in groups if one.measure and one.start < verb]
    return max(before, key=lambda one: one.start, default=None)


def correct(groups: Sequence[Group], before: Sequence[Quantity]) -> None:
    """Give what replaces a count ("later put it at four") the measure of the dead or wounded counted last before it.

    So is what somebody else says right behind it ("Five died. The ministry said twelve").

    Parameters
    ----------
    groups
        The groups of one sentence, in order.
    before
        What the sentences before it count.
    """
    told = next((one for one in reversed(before) if one.measure in _CASUALTIES), None)
    last, end = (told.measure, told.end) if told else (None, 0)
    for group in groups:
        if group.corrects and (group.cumulative or group.start - end <= _LATER_CHARS):
            group.measure = last
        if group.measure in _CASUALTIES:
            last, end = group.measure, group.end


def with_more(value: Estimate, more: int) -> Estimate:
    """Return a number with some more, or less: never fewer than none."""
    low, best, high = (None if one is None else max(0, one + more) for one in (value.low, value.best, value.high))
    return replace(value, low=low, best=best, high=high)


def bury_the_hurt(groups: Sequence[Group], before: list[Quantity]) -> None:
    """Count who was hurt and died once: "a boy and his aunt were hit; the boy died".

    Parameters
    ----------
    groups
        The groups of one sentence, in order.
    before
        What the sentences before it count; the one hurt who is said to have died is taken out.
    """
    for number, group in enumerate(groups):
        if not (group.definite and group.noun) or group.measure is not Measure.KILLED or group.value.best != 1:
            continue
        hurt = [one for one in groups[:number] if one.measure is Measure.INJURED and one.value.best == 1]
        same = next((one for one in hurt if one.noun == group.noun), None)
        if same:
            same.measure = None
            continue
        for place in range(len(before) - 1, -1, -1):
            told = before[place]
            if group.start - told.end > _LATER_CHARS:
                break
            if (
                told.measure is Measure.INJURED
                and told.value.best == 1
                and fold(told.who).split()[-1:] == group.noun.split()[-1:]
            ):
                del before[place]
                break


def bury(folded: str, before: list[Quantity], start: int) -> bool:
    """Count the one wounded of the sentences just before as killed where the sentence at ``start`` says that he died.

    Parameters
    ----------
    folded
        The report's folded text.
    before
        What the sentences before it count; its last is replaced.
    start
        Where the sentence that tells of a death without naming anyone starts.
    """
    last = before[-1] if before else None
    if last is None or last.measure is not Measure.INJURED or last.value.best != 1:
        return False
    near = start - last.end <= _LATER_CHARS and "\n\n" not in folded[last.end : start]
    if near:
        before[-1] = replace(last, measure=Measure.KILLED)
    return near
