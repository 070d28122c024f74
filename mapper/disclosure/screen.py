"""The screen: which stretches of each report may not leave, and what touches them.

The rooms before this one flag what is sensitive. The screen does not take their word for it: a
passage, claim or word that touches a sensitive stretch of its report is withheld, flagged or not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from mapper.disclosure.groups import hidden_ends, small_group_words
from mapper.disclosure.masks import Masks
from mapper.model import Incident, Movement, Quote, Span
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from mapper.model import Claim, Evidence, Mention, Place, Report, Story

__all__ = ["QUOTE_LENGTH", "Screen"]

QUOTE_LENGTH = 600
"""Longest passage shown, in characters, around the words that matter."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What each report holds, by report id, and which of it may not leave (nothing, unless ``shut``).

    ``closed`` are all sensitive spans; ``guarded`` also those that would place a small group;
    ``spoken`` only what is sensitive for its own sake, not for the sentence around it; ``private``
    the reports no word of which leaves, though the places they name do; ``touched`` the reports of which
    anything may not leave; ``masks`` the names to mask; ``ends`` the ids of places that would show a small group.
    """

    shut: bool
    texts: dict[str, str]
    mentions: dict[str, tuple[Mention, ...]]
    closed: dict[str, tuple[Span, ...]]
    guarded: dict[str, tuple[Span, ...]]
    spoken: dict[str, tuple[Span, ...]]
    private: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    masks: Masks = field(default_factory=Masks)
    ends: frozenset[str] = frozenset()
    _folded: dict[str, str] = field(default_factory=dict)
    _starts: dict[str, list[int]] = field(default_factory=dict)
    _places: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)
    _unsaid: dict[str, frozenset[str]] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        story: Story,
        sensitive: Mapping[str, tuple[Span, ...]],
        *,
        shut: bool,
        masks: Masks | None = None,
    ) -> Screen:
        """Gather the sensitive spans of a story from every record that carries any."""
        texts = {report.report_id: report.text for report in story.reports}
        mentions = {
            facts.report.report_id: tuple(sorted(facts.mentions, key=attrgetter("start", "end")))
            for facts in story.facts
        }
        spoken: dict[str, set[Span]] = defaultdict(set)
        closed: dict[str, set[Span]] = defaultdict(set)
        guarded: dict[str, set[Span]] = defaultdict(set)
        ends: set[str] = set()
        if shut:
            for report_id, spans in sensitive.items():
                spoken[report_id].update(spans)
            for report_id, found in mentions.items():
                spoken[report_id].update(one.span for one in found if one.sensitive)
            records: list[Incident | Movement] = [*story.incidents, *story.movements]
            for facts in story.facts:
                records += [*facts.incidents, *facts.movements]
            for record in {id(one): one for one in records}.values():  # what one report tells alone is there twice
                passages: list[Evidence | Claim] = [*record.evidence]
                passages += record.claims if isinstance(record, Incident) else ()
                for passage in passages:
                    if passage.sensitive:
                        closed[passage.report_id].add(Span(passage.start, passage.end))
                if isinstance(record, Movement):
                    ends |= (hidden := hidden_ends(record))
                    for report_id, span in small_group_words(record, hidden, mentions):
                        guarded[report_id].add(span)
        every = {*spoken, *closed, *guarded}
        guarded = {one: spoken[one] | closed[one] | guarded[one] for one in every}
        private = frozenset(report.report_id for report in story.reports if shut and _is_private(report))
        return cls(
            shut=shut,
            texts=texts,
            mentions=mentions,
            closed={one: tuple(sorted(spoken[one] | closed[one])) for one in every},
            guarded={one: tuple(sorted(guarded[one])) for one in every},
            spoken={one: tuple(sorted(spoken[one])) for one in every},
            private=private,
            touched=private | {one for one, spans in guarded.items() if spans},
            masks=masks or Masks(),
            ends=frozenset(ends),
        )

    def touches(self, report_ids: Iterable[str]) -> bool:
        """Tell whether anything of these reports may not leave."""
        return not self.touched.isdisjoint(report_ids)

    def named_in(self, passage: Evidence) -> tuple[Mention, ...]:
        """Return the mentions that begin in a passage."""
        mentions = self.mentions.get(passage.report_id, ())
        starts = self._starts.get(passage.report_id)
        if starts is None:
            starts = self._starts[passage.report_id] = [one.start for one in mentions]
        return mentions[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]

    def hides(self, report_id: str, span: Span) -> bool:
        """Tell whether a stretch of a report touches a sensitive one."""
        return any(span.overlaps(one) for one in self.closed.get(report_id, ()))

    def withholds(self, report_id: str, passage: Span) -> bool:
        """Tell whether a passage may not be quoted: private, sensitive in part, or telling where a small group is."""
        guarded = self.guarded.get(report_id)
        return report_id in self.private or (guarded is not None and any(map(passage.overlaps, guarded)))

    def hides_words(self, report_id: str, words: str) -> bool:
        """Tell whether the report says these words in sensitive passages only."""
        if not self.closed.get(report_id) or not (wanted := fold(words).strip()):
            return False
        if report_id not in self._folded:
            self._folded[report_id] = fold(self.texts.get(report_id, ""))
        text = self._folded[report_id]
        start = text.find(wanted)
        said = start >= 0
        while start >= 0:
            if not self.hides(report_id, Span(start, start + len(wanted))):
                return False
            start = text.find(wanted, start + 1)
        return said

    def hides_place(self, place: Place, report_ids: Collection[str]) -> bool:
        """Tell whether these reports name the place in sensitive passages only."""
        if not any(map(self.spoken.get, report_ids)):
            return False
        named = [self._places_of(report_id) for report_id in report_ids]
        named_openly = any(place.place_id in openly for _, openly in named)
        return not named_openly and any(place.place_id in every for every, _ in named)

    def _places_of(self, report_id: str) -> tuple[set[str], set[str]]:
        """Return the ids of the places that a report names, and of those it names outside sensitive passages."""
        if report_id not in self._places:
            closed = self.spoken.get(report_id, ())
            named = [(one.place.place_id, one.span) for one in self.mentions.get(report_id, ()) if one.place]
            openly = {name for name, span in named if not any(map(span.overlaps, closed))}
            self._places[report_id] = {name for name, _ in named}, openly
        return self._places[report_id]

    def unsaid(self, report_id: str) -> frozenset[str]:
        """Return the folded names of places that a report says only where they may not be quoted."""
        guarded = self.guarded.get(report_id)
        if not guarded:
            return frozenset()
        if report_id not in self._unsaid:
            closed = self.closed.get(report_id, ())
            said: dict[str, bool] = {}
            for one in self.mentions.get(report_id, ()):
                shut = guarded if one.place and one.place.place_id in self.ends else closed
                name = self._named(one.text)
                said[name] = said.get(name, False) or not any(map(one.span.overlaps, shut))
            self._unsaid[report_id] = frozenset(name for name, openly in said.items() if not openly)
        return self._unsaid[report_id]

    def _named(self, name: str) -> str:
        """Return a place's name folded; thousands of reports name the same few hundred."""
        if name not in self._names:
            self._names[name] = fold(name).strip()
        return self._names[name]

    def quote(self, report_id: str, passage: Span, marks: Iterable[Span]) -> Quote:
        """Return a passage with its marks, or the note that it is withheld."""
        if self.withholds(report_id, passage):
            return Quote(report_id, None)
        inside = _merged(filter(passage.covers, marks))
        text = self.texts[report_id]
        if passage.end - passage.start <= QUOTE_LENGTH:
            cuts = tuple((mark.start - passage.start, mark.end - passage.start) for mark in inside)
            return self._masked(report_id, text[passage.start : passage.end], cuts)
        shown = _window(text, passage, inside[0] if inside else Span(passage.start, passage.start))
        before = "…" if shown.start > passage.start else ""
        after = "…" if shown.end < passage.end else ""
        shift = len(before) - shown.start
        cut = [(max(mark.start, shown.start), min(mark.end, shown.end)) for mark in inside]
        cuts = tuple((start + shift, end + shift) for start, end in cut if start < end)
        return self._masked(report_id, before + text[shown.start : shown.end] + after, cuts)

    def _masked(self, report_id: str, text: str, cuts: tuple[tuple[int, int], ...]) -> Quote:
        return Quote(report_id, *self.masks.passage(report_id, text, cuts))


def _is_private(report: Report) -> bool:
    return report.private


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that overlap as one."""
    spans = [*spans]
    if len(spans) == 1 and spans[0].start < spans[0].end:
        return spans
    merged: list[Span] = []
    for span in sorted(spans, key=attrgetter("start", "end")):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif span.start < span.end:
            merged.append(span)
    return merged


def _window(text: str, passage: Span, focus: Span) -> Span:
    """Return the part of a long passage around ``focus``, cut between words."""
    room = max(0, QUOTE_LENGTH - (focus.end - focus.start)) // 2
    start = max(passage.start, min(focus.start - room, passage.end - QUOTE_LENGTH))
    end = min(passage.end, start + QUOTE_LENGTH)
    if start > passage.start:
        start = max(start, text.find(" ", start, focus.start) + 1)
    if end < passage.end:
        gap = text.rfind(" ", focus.end, end)
        end = gap if gap > start else end
    return Span(start, end)
