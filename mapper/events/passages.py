"""Passages: a report as a row of words with its places masked, as the network reads it.

A place is its class ("*street"), a number "#"; each word carries the kinds of the cues and senses it is
part of, which mean the same in every language; a pilcrow stands for a line's end.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.events.calendar import AGES, age_of
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.events.scenes import Scene
    from mapper.model import DateMention, Mention, Quantity, Reading

__all__ = ["Passage", "numbers_in", "passages_of"]

_TOKEN = re.compile(r"\d[\d.,]*|\w+|[^\w\s]|\n\n|\n")
_SHORT, _STEM_CHARS = 4, 6
_BREAKS = {"\n": "¶", "\n\n": "¶¶"}
_SETTLED = {"barrio", "sector", "urbanizacion"}
_SIZES = {0: "nobody", 1: "one", 2: "two", 5: "a few", 12: "several", 99: "dozens", 999: "hundreds"}
_LONGEST, _MARGIN = 800, 100  # words read at once, and how many of them only lead in and out


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report, short enough to be read at once.

    ``words`` are stems; ``kinds`` are those of each word; ``starts`` their offsets in the text; ``at`` says
    at which word each mention stands, by the mention's index; ``dates`` and ``numbers`` say the same of the
    reading's dates and of ``numbers_in``.
    """

    words: tuple[str, ...]
    kinds: tuple[tuple[str, ...], ...]
    starts: tuple[int, ...]
    at: Mapping[int, int]
    dates: Mapping[int, int]
    numbers: Mapping[int, int]


def numbers_in(reading: Reading) -> tuple[Quantity, ...]:
    """Return every number of a report: those that the rules tie to people, then those they tie to nobody."""
    return (*reading.quantities, *reading.figures)


def passages_of(reading: Reading, mentions: Sequence[Mention], scenes: Iterable[Scene]) -> list[Passage]:
    """Return the report in passages that together hold each of its mentions once.

    Parameters
    ----------
    reading
        The report's reading.
    mentions
        Its mentions as resolved.
    scenes
        Its scenes; mentions that stand in none are left out.
    """
    scenes = list(scenes)
    standing = sorted(index for scene in scenes for index in scene.mentions)
    words, starts, at = _masked(reading, mentions, standing, scenes[0].sentence.start if scenes else 0)
    kinds = _kinds(reading, mentions, scenes, starts)
    dates = {i: max(0, bisect.bisect_right(starts, one.start) - 1) for i, one in enumerate(reading.dates)}
    numbers = {i: max(0, bisect.bisect_right(starts, one.start) - 1) for i, one in enumerate(numbers_in(reading))}
    named = frozenset(at.values())
    numbers = {i: word for i, word in numbers.items() if word not in named}  # "23 de Enero" counts nobody
    return list(_cut(Passage(tuple(words), kinds, tuple(starts), at, dates, numbers)))


def _masked(
    reading: Reading, mentions: Sequence[Mention], standing: Iterable[int], cursor: int
) -> tuple[list[str], list[int], dict[int, int]]:
    """Return the report's words from ``cursor`` on, their offsets, and where each mention stands among them."""
    folded = fold(reading.report.text)
    words: list[str] = []
    starts: list[int] = []
    at: dict[int, int] = {}

    def add(start: int, end: int) -> None:
        for match in _TOKEN.finditer(folded, start, end):
            words.append("#" if match[0][0].isdecimal() else _stem(match[0]))
            starts.append(match.start())

    for index in standing:
        mention = mentions[index]
        if mention.start < cursor:
            at[index] = len(words) - 1
            continue
        add(cursor, mention.start)
        at[index] = len(words)
        words.append(_mask(mention))
        starts.append(mention.start)
        cursor = mention.end
    add(cursor, len(folded))
    return words, starts, at


def _stem(word: str) -> str:
    return _BREAKS.get(word, word) if len(word) <= _SHORT else word[:_STEM_CHARS]


def _mask(mention: Mention) -> str:
    group = mention.place.feature_class if mention.place else "unknown"
    return f"*{'settled' if group in _SETTLED else group}{'' if mention.status.is_located else '/out'}"


def _kinds(
    reading: Reading, mentions: Sequence[Mention], scenes: Sequence[Scene], starts: Sequence[int]
) -> tuple[tuple[str, ...], ...]:
    """Return what each word means; what stands within a place's name means nothing."""
    said = [(cue.start, cue.end, cue.kind) for scene in scenes for cue in (*scene.cues, *scene.senses)]
    said += [(one.start, one.end, f"number of {one.measure.value}") for one in reading.quantities]
    said += [(one.start, one.start + 1, f"counts {_size(one)}") for one in numbers_in(reading)]
    for one in reading.dates:
        said += [(one.start, one.end, f"date {one.kind}"), (one.start, one.end, f"{_age(one, reading)} date")]
    names = [mention.start for mention in mentions]
    found: list[dict[str, None]] = [{} for _ in starts]
    for start, end, kind in said:
        name = bisect.bisect_right(names, start) - 1
        if name >= 0 and start < mentions[name].end:
            continue
        stop = min(end, names[name + 1]) if name + 1 < len(names) else end  # "en el" before "El Valle"
        first = bisect.bisect_left(starts, start)
        for number in range(first, min(len(found), max(bisect.bisect_left(starts, stop), first + 1))):
            found[number][kind] = None
    return tuple(tuple(kinds) for kinds in found)


def _size(number: Quantity) -> str:
    value = number.value.best
    if value is None:
        return "some"
    return next((name for most, name in _SIZES.items() if value <= most), "thousands")


def _age(date: DateMention, reading: Reading) -> str:
    return age_of(date, reading.report.published, AGES, "old")


def _cut(whole: Passage) -> Iterator[Passage]:
    """Cut what is longer than a report usually is, so that time grows with the length and memory does not."""
    step = _LONGEST - 2 * _MARGIN
    size = len(whole.words)
    if size <= _LONGEST:
        if whole.at:
            yield whole
        return
    for core in range(0, size, step):
        first, last = max(0, core - _MARGIN), min(size, core + step + _MARGIN)
        at = {index: word - first for index, word in whole.at.items() if core <= word < core + step}
        if at:
            dates, numbers = (
                {index: word - first for index, word in some.items() if first <= word < last}
                for some in (whole.dates, whole.numbers)
            )
            words, kinds, starts = whole.words[first:last], whole.kinds[first:last], whole.starts[first:last]
            yield Passage(words, kinds, starts, at, dates, numbers)
