"""Relations: where a number or a date stands relative to the incidents it may belong to.

Tolls and days are told before, after or far from the place of what they measure. Each is paired with each
incident of the report; these features of a pair let a linear model say which belong together.
"""

from __future__ import annotations

import bisect
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from mapper.events.calendar import AGES, age_of
from mapper.model import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.events.calendar import Calendar
    from mapper.events.scenes import Scene
    from mapper.model import Attribution, DateMention, Mention, Quantity, Reading, Span

__all__ = ["Relations"]

_T = TypeVar("_T", "Quantity", "DateMention")
_PEERS = 60  # more numbers or dates than a record can sensibly be told apart by

_FAR, _MANY = 3, 3
_FEW = 5
_BESIDE = 7  # characters


class Relations:
    """One report's numbers and dates beside its records.

    Parameters
    ----------
    reading
        The report's reading.
    mentions
        Its mentions.
    scenes
        Its scenes.
    records
        For each record, the indices of the mentions that carry it.
    names
        For each record, what it is ("Armed clash").
    """

    def __init__(
        self,
        reading: Reading,
        mentions: Sequence[Mention],
        scenes: Sequence[Scene],
        records: Sequence[Sequence[int]],
        names: Sequence[str],
    ) -> None:
        self._reading, self._scenes, self._names = reading, scenes, names
        self._starts = [scene.span.start for scene in scenes]
        self._spots: list[list[tuple[int, Scene]]] = [
            [(mentions[index].start, self._scene_at(mentions[index].start)) for index in sorted(record)]
            for record in records
        ]
        everywhere = sorted((start, number) for number, spots in enumerate(self._spots) for start, _ in spots)
        self._order = [start for start, _ in everywhere]
        self._owner = [number for _, number in everywhere]
        self._in_clause: dict[int, set[int]] = {}
        self._in_sentence: dict[int, set[int]] = {}
        self._in_paragraph: dict[int, set[int]] = {}
        for number, spots in enumerate(self._spots):
            for _, scene in spots:
                self._in_clause.setdefault(scene.number, set()).add(number)
                self._in_sentence.setdefault(scene.sentence_number, set()).add(number)
                self._in_paragraph.setdefault(scene.paragraph, set()).add(number)
        self._names_at = [(mention.start, mention.end) for mention in mentions]
        self._said: dict[Span, tuple[str, ...]] = {}

    def nearest(self, record: int, all_peers: Sequence[_T]) -> list[_T]:
        """Return the numbers or dates that stand nearest to the record, in order: enough for what people write."""
        if len(all_peers) <= _PEERS:
            return list(all_peers)
        start = self._spots[record][0][0]
        at = bisect.bisect_left(all_peers, start, key=lambda one: one.start)
        first = max(0, min(at - _PEERS // 2, len(all_peers) - _PEERS))
        return list(all_peers[first : first + _PEERS])

    def records_near(self, offset: int) -> list[int]:
        """Return the records whose places stand nearest to ``offset``, in order of their number."""
        if len(self._spots) <= _PEERS:
            return list(range(len(self._spots)))
        at = bisect.bisect_left(self._order, offset)
        return sorted(set(self._owner[max(0, at - _PEERS) : at + _PEERS]))

    def records_in(self, scene: Scene) -> list[int]:
        """Return the records whose places stand in the sentence of ``scene``, in order of their number."""
        return sorted(self._in_sentence.get(scene.sentence_number, ()))

    def _scene_at(self, offset: int) -> Scene:
        return self._scenes[max(0, bisect.bisect_right(self._starts, offset) - 1)]

    def number(self, record: int, quantity: Quantity, peers: Sequence[Quantity]) -> tuple[str, ...]:
        """Return the features of one record and one number; ``peers`` are all numbers of its kind in the report."""
        found = [*self._pair(record, quantity.span), *self._words(quantity.span)]
        value = quantity.value.best
        found += [
            f"value {'none' if value is None else min(value, 2) if value <= 2 else 'few' if value <= _FEW else 'many'}",  # noqa: PLR2004 - none, one, two
            f"of {min(len(peers), _MANY)} numbers",
            f"number {min(peers.index(quantity), _MANY)}",
        ]
        found += ["a total"] if quantity.cumulative else []
        found += ["hedged"] if quantity.hedged else []
        found += ["last number"] if peers[-1] is quantity else []
        largest = max((one.value.best or 0 for one in peers), default=0)
        found += ["largest number"] if value == largest else []
        found += ["repeated number"] if sum(one.value.best == value for one in peers) > 1 else []
        found += [f"unit {quantity.value.unit}", f"measure {quantity.measure.value}"]
        found += [f"who ~{word[:6]}" for word in quantity.who.lower().split()]
        if quantity.measure in {Measure.KILLED, Measure.INJURED}:
            found += [f"{quantity.measure.value}: {feature}" for feature in found[:4]]
        return tuple(dict.fromkeys(found))

    def days(self, record: int, dates: Sequence[DateMention], calendar: Calendar) -> list[tuple[str, ...]]:
        """Return the features of one record and each of the report's dates."""
        ties = [[calendar.tie(scene, date) for _, scene in self._spots[record]] for date in dates]
        stated = [date for date, tied in zip(dates, ties, strict=True) if "stated" in tied]
        first_scene = self._spots[self._owner[0]][0][1] if self._owner else None
        main = next((one for one in dates if first_scene and calendar.tie(first_scene, one)), None)
        return [self._day(record, date, dates, (tied, stated, main)) for date, tied in zip(dates, ties, strict=True)]

    def _day(
        self,
        record: int,
        date: DateMention,
        peers: Sequence[DateMention],
        told: tuple[Sequence[str], Sequence[DateMention], DateMention | None],
    ) -> tuple[str, ...]:
        """Return the features of one date; ``told`` is its ties, the dates stated with the record, the main date."""
        ties, stated, main = told
        found = [*self._pair(record, date.span), *self._words(date.span)]
        first = ties[0] if ties else ""
        tie, age = f"tie {first or 'none'}", f"age {self._age(date)}"
        found += [tie, f"{tie}, {age}", f"{tie}, {date.kind}"]
        found += ["stated somewhere"] if "stated" in ties else []
        many = f"{min(len(stated), _MANY)} stated"
        found += [many, f"{many}, {tie}"]
        earliest = min(stated, key=lambda one: (str(one.when.start), one.start), default=None)
        found += ["earliest stated"] if date is earliest else []
        found += ["main date", f"main date, {many}"] if main is date else []
        same = sum(one.when.start == date.when.start for one in peers)
        found += [f"told {min(same, _MANY)} times"]
        found += [f"date {date.kind}", f"precision {date.when.precision.value}", f"part {date.part_of_day or 'none'}"]
        found += [age, f"of {min(len(peers), _MANY)} dates", f"date {min(peers.index(date), _MANY)}"]
        found += [f"{date.kind}: {feature}" for feature in found[:3]]
        found += [f"{age}: {feature}" for feature in found[:3]]
        text = self._reading.report.text
        found += ["beside a verb of saying"] if any(_beside(one, date) for one in self._reading.attributions) else []
        found += [f"date '{text[date.start : date.end].lower().split()[0]}'"]
        return tuple(dict.fromkeys(found))

    def _age(self, date: DateMention) -> str:
        return age_of(date, self._reading.report.published, AGES, "old")

    def _pair(self, record: int, span: Span) -> Iterator[str]:
        """Yield how far the record's mentions stand from ``span``, and whether another record's stand nearer."""
        here = self._scene_at(span.start)
        spots = self._spots[record]
        if not spots:
            yield "record without place"
            return
        at = bisect.bisect_left(spots, span.start, key=itemgetter(0))
        _, scene = min(spots[max(0, at - 1) : at + 1], key=lambda spot: abs(spot[0] - span.start))
        gap = here.sentence_number - scene.sentence_number
        if gap == 0:
            yield "same clause" if record in self._in_clause.get(here.number, ()) else "same sentence"
        else:
            yield f"{min(abs(gap), _FAR)} sentences {'after' if gap > 0 else 'before'}"
        yield f"{min(abs(here.paragraph - scene.paragraph), _FAR)} paragraphs {'after' if gap > 0 else 'before'}"
        owner = self._nearest_owner(span.start)
        mine = owner == record
        yield "own place nearest" if mine else "other place nearest"
        before = self._before_owner(span.start)
        yield "own place last" if before == record else "no place yet" if before is None else "other place last"
        yield f"sentence of {_owners(self._in_sentence.get(here.sentence_number, set()), record)}"
        yield f"paragraph of {_owners(self._in_paragraph.get(here.paragraph, set()), record)}"
        records = min(len(self._spots), _MANY)
        yield f"{records} records"
        yield f"record {min(record, _MANY)}"
        yield f"is {self._names[record]}"
        yield f"record {min(record, _MANY)} of {records}, sentence {min(here.sentence_number, _MANY)}"
        yield f"{'own' if mine else 'other'} nearest, {min(abs(gap), _FAR)} sentences, {records} records"
        if here.sentence_number == 0:
            yield "first sentence"

    def _nearest_owner(self, offset: int) -> int | None:
        at = bisect.bisect_left(self._order, offset)
        near = [i for i in (at - 1, at) if 0 <= i < len(self._order)]
        return self._owner[min(near, key=lambda i: abs(self._order[i] - offset))] if near else None

    def _before_owner(self, offset: int) -> int | None:
        at = bisect.bisect_left(self._order, offset)
        return self._owner[at - 1] if at else None

    def _masked(self, start: int, end: int) -> str:
        """Return a stretch of the text with a star for each place's name."""
        text, pieces = self._reading.report.text, []
        at = bisect.bisect_right(self._names_at, (start, -1)) - 1
        for first, last in self._names_at[max(0, at) :]:
            if first >= end:
                break
            if last > start:
                pieces += [text[start : max(start, first)], "*"]
                start = max(start, last)
        return "".join([*pieces, text[start:end]])

    def _words(self, span: Span) -> tuple[str, ...]:
        """Return what else the clause says: the same beside every record."""
        if span not in self._said:
            self._said[span] = tuple(self._words_around(span))
        return self._said[span]

    def _words_around(self, span: Span) -> Iterator[str]:
        """Yield what else the clause says: its cues, its dates, and words around the span."""
        here = self._scene_at(span.start)
        for cue in (*here.cues, *here.senses):
            if not cue.kind.endswith("_place"):
                yield f"{cue.kind} in clause"
        for date in here.dates:
            if date.span != span:
                yield f"{self._age(date)} date in clause"
        before = self._masked(max(here.span.start, span.start - 40), span.start).lower().split()
        after = self._masked(span.end, min(here.span.end, span.end + 40)).lower().split()
        for word in before[-2:]:
            yield f"'{word[:8]}' before"
        for word in after[:2]:
            yield f"'{word[:8]}' after"


def _owners(inside: set[int], record: int) -> str:
    """Return whose places a stretch of text holds: the record's own, others', both or none."""
    if record in inside:
        return "own" if inside == {record} else "both"
    return "others" if inside else "none"


def _beside(said: Attribution, date: DateMention) -> bool:
    """Tell whether a date stands in a phrase that names a speaker, or right behind it."""
    return said.start <= date.start < said.end or 0 <= date.start - said.end <= _BESIDE
