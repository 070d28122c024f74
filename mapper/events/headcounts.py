"""Headcounts: of several movements told in one sentence each may have people of its own."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.events.glance import NUMBERS
from mapper.events.movers import COUNTED
from mapper.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapper.events.glance import Sight
    from mapper.events.movements import Flow
    from mapper.events.scenes import Scene
    from mapper.model import Mention, Quantity

__all__ = ["HOUSEHOLDS", "PERSONS", "counted_in", "counts_own", "is_age", "share_out", "take_numbers"]

PERSONS = ("persons",)
HOUSEHOLDS = ("families", "households")
# what a number without a noun is followed by that counts people on their way
_BARE = re.compile(
    r"\s(?:more|others?|have|are|were|went|moved|to|in|with|at|m[aá]s|otr[ao]s|fueron|est[aá]n|a|al|hacia|en|con)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r",\s\d{1,3},")
_AGED = re.compile(
    r"(?i)(?:woman|man|girl|boy|grandmother|grandfather|mujer|hombre|niñ[oa]|ancian[oa]|señora?|joven|abuel[oa])"
    r"\s(?:of|de)\s\Z"
)
_AGED_CHARS = 20


def counted_in(scenes: Iterable[Scene], *units: str) -> Iterator[Quantity]:
    """Yield the numbers of those who move that are counted in one of ``units``."""
    for scene in scenes:
        for quantity in scene.quantities:
            one = quantity.value.best == 1  # "a displaced resident" speaks, and counts nobody
            if quantity.value.unit in units and quantity.measure.value in COUNTED and not one:
                yield quantity


def is_age(text: str, number: Quantity) -> bool:
    """Tell whether a number is an age: "says Ana, 44, who now lives in X", "a woman of 70 and her grandson"."""
    aside = _AGE.fullmatch(text, max(0, number.start - 2), number.end + 1)
    return bool(aside or _AGED.search(text, max(0, number.start - _AGED_CHARS), number.start))


def counts_own(scene: Scene, index: int, start: int, told: tuple[Sequence[Mention], Sequence[Quantity]]) -> bool:
    """Tell whether an end has people of its own: "300 went to X, 60 to Y", but not "to X (300), Y (60)"."""
    mentions, numbers = told
    way = scene.lead(mentions[index].start, "to_place", "in_place")
    return way is not None and _number_between(scene, start, way.start, numbers) is not None


def share_out(flows: Sequence[Flow], mentions: Sequence[Mention], numbers: Sequence[Quantity]) -> None:
    """Let the flows of one sentence that have people of their own count those: "300 went to X and 60 more to Y"."""
    for before, flow in pairwise(flows):
        scene, ends, told = flow.scenes[0], flow.ends[Role.DESTINATION], before.ends[Role.DESTINATION]
        if not (ends and told) or before.scenes[-1].sentence_number != scene.sentence_number:
            continue
        between = range(mentions[told[-1]].end, mentions[ends[0]].start)
        number = _number_between(scene, between.start, between.stop, numbers)
        if number is None:
            if any(cue.start in between for one in flow.scenes for cue in one.having("another")):
                flow.people = flow.households = None  # "and others to Y"
            continue
        starts = [mention.end for mention in mentions[: told[0]] if mention.end > scene.sentence.start]
        first = _number_between(scene, max(starts, default=scene.sentence.start), mentions[told[0]].start, numbers)
        _count(before, first or before.people or before.households)
        _count(flow, number, families=before.households is not None)


def _count(flow: Flow, number: Quantity | None, *, families: bool = False) -> None:
    """Let a number, and no other, count those of a flow; a bare one counts ``families`` or else persons."""
    if number is None:
        return
    families = number.value.unit in HOUSEHOLDS or (families and number.value.unit not in PERSONS)
    flow.people, flow.households = (None, number) if families else (number, None)


def _number_between(scene: Scene, start: int, end: int, numbers: Sequence[Quantity]) -> Quantity | None:
    """Return the last number of people between two offsets that no bracket sets apart; a bare one may count them."""
    first, last = (bisect.bisect_left(numbers, offset, key=lambda one: one.start) for offset in (start, end))
    for number in reversed(numbers[first:last]):
        dated = any(date.start <= number.start < date.end for date in scene.dates)
        one = not number.who and number.value.best == 1  # "two shelters, one in X and one in Y"
        if dated or one or (_is_bare(number) and not _BARE.match(scene.text, number.end)):
            continue
        if number.measure.value in COUNTED and scene.text[number.start - 1 : number.start] != "(":
            return number
    return None


def _is_bare(number: Quantity) -> bool:
    """Tell whether a number counts neither persons nor families in so many words."""
    return number.value.unit not in {*PERSONS, *HOUSEHOLDS}


def _is_idle(flow: Flow, number: Quantity, sentence: Sequence[Scene]) -> bool:
    """Tell whether a number told elsewhere has nothing to count in a flow.

    Such are a figure with no noun where there is no need of it, and what somebody says in confidence of their own.
    """
    no_need = bool(flow.endless or flow.people or flow.households)
    return (_is_bare(number) and no_need) or any(scene.sensitive for scene in sentence)


def take_numbers(
    flows: Sequence[Flow], sentences: Sequence[Sequence[Scene]], numbers: Sequence[Quantity], sight: Sight
) -> None:
    """Let each flow count the number that the network ties to its ends, if any.

    One in a sentence that tells of other flows only is theirs: a group of unstated size that is given another's
    number would be shown more sharply than it may be. A figure with no noun in a sentence that tells of none ("Flash
    Update No. 1") counts nobody where the flow is counted or names no end.
    """
    starts = [scenes[0].sentence.start for scenes in sentences]
    tellers: dict[int, set[int]] = defaultdict(set)
    for position, flow in enumerate(flows):
        for scene in flow.scenes:
            tellers[scene.sentence.start].add(position)
    for position, flow in enumerate(flows):
        ends = [index for indices in flow.ends.values() for index in indices]
        answers = sight.answers("people", ends)
        tied: dict[int | None, dict[int, float]] = defaultdict(dict)  # by value, the share of each number that says it
        values: dict[int | None, float] = defaultdict(float)
        for answer, share in answers.items():
            if isinstance(answer, str):
                values[NUMBERS[answer]] += share
                continue
            if numbers[answer].measure.value not in COUNTED or is_age(sentences[0][0].text, numbers[answer]):
                continue
            sentence = sentences[bisect.bisect_right(starts, numbers[answer].start) - 1]
            others = tellers.get(sentence[0].sentence.start, set())
            if position in others or not (others or _is_idle(flow, numbers[answer], sentence)):
                value = numbers[answer].value.best
                values[value] += share
                tied[value][answer] = share
        best = max(values, key=lambda value: values[value], default=None)
        known = [one.value.best for one in (flow.people, flow.households) if one]
        if best is not None and best not in known and tied[best]:
            number = numbers[max(tied[best], key=lambda answer: tied[best][answer])]
            if number.value.unit in HOUSEHOLDS:
                flow.households = number
            else:
                flow.people = number
