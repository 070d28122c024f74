"""Parts: those who are counted within others ("two of them") or told of twice are counted once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.model import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.model import Estimate, Quantity
    from mapper.reading.counted import Group

__all__ = ["bury", "correct", "count_parts", "died_of_wounds", "told_already"]

_LATER_CHARS = 250
_CASUALTIES = (Measure.KILLED, Measure.INJURED)


def count_parts(groups: Sequence[Group], before: list[Quantity]) -> None:
    """Count a part ("two of them") once: with its whole, or out of it where the wounded later died.

    Parameters
    ----------
    groups
        The groups of one sentence, in order.
    before
        What the sentences before it count.
    """
    for number, part in enumerate(groups):
        if not part.part or part.zero or part.measure is None:
            continue
        whole = next((one for one in reversed(groups[:number]) if one.measure and not one.part), None)
        if whole is not None and whole.measure is part.measure:
            part.measure, part.own = None, False
        elif part.measure is Measure.KILLED and whole is not None and whole.measure is Measure.INJURED:
            if whole.value.best == part.value.best:  # "two were stabbed; both died"
                whole.measure, part.measure = Measure.KILLED, None
            whole.value = _less(whole.value, part.value) if part.measure else whole.value
        elif part.measure is Measure.KILLED and whole is None and before and before[-1].measure is Measure.INJURED:
            if before[-1].value.best == part.value.best:
                before[-1], part.measure = replace(before[-1], measure=Measure.KILLED), None
            else:
                before[-1] = replace(before[-1], value=_less(before[-1].value, part.value))


def died_of_wounds(groups: Sequence[Group], verb: int) -> bool:
    """Count the one wounded told of last before ``verb``, which says that somebody unnamed died, as killed."""
    before = [one for one in groups if one.measure and one.start < verb]
    last = max(before, key=lambda one: one.start, default=None)
    if last is None or last.measure is not Measure.INJURED or last.value.best != 1:
        return False
    last.measure = Measure.KILLED
    return True


def told_already(groups: Sequence[Group], measure: Measure, verb: int) -> bool:
    """Tell whether a verb that says a fate again speaks of the one person it was told of last."""
    before = [one for one in groups if one.measure and one.start < verb]
    last = max(before, key=lambda one: one.start, default=None)
    return last is not None and last.measure is measure and last.value.best == 1


def correct(groups: Sequence[Group], before: Sequence[Quantity]) -> None:
    """Give what replaces a count ("later put it at four") the measure of the dead or wounded counted last before it.

    Parameters
    ----------
    groups
        The groups of one sentence, in order.
    before
        What the sentences before it count.
    """
    last = next((one.measure for one in reversed(before) if one.measure in _CASUALTIES), None)
    for group in groups:
        if group.corrects:
            group.measure = last
        last = group.measure if group.measure in _CASUALTIES else last


def _less(whole: Estimate, part: Estimate) -> Estimate:
    """Return a number without a part of it."""
    taken = part.best or 0
    low, best, high = (None if one is None else max(0, one - taken) for one in (whole.low, whole.best, whole.high))
    return replace(whole, low=low, best=best, high=high)


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
