"""Scenes: a report cut into clauses, each with what stands in it.

A scene is the scope in which cues speak about places. It knows its sentence and its neighbours, so
that a clause without words of its own ("... and in El Valle") can borrow from the one before.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from mapper.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.model import Cue, DateMention, Mention, Quantity, Reading

__all__ = ["Scene", "cut_scenes"]

# between a cue and the place it leads to: nothing, or up to two small words ("vecina de [la] avenida X")
_LEAD_IN = re.compile(r"(?: (?:[^\W\d_A-Z][^\W\d_A-Z]*(?:['’]s)?\.? ){0,2})?")

_NEGATION_REACH = 28
_BREAK = re.compile(r"[,;:()\"“”«»—]")
_HEADING_CHARS = 60
_FEW = 8  # so many kinds are compared one by one
# where and by whom a report was filed: "CARACAS, July 9 (Agency) - "
_DATELINE = re.compile(
    r"\s*[A-ZÁÉÍÓÚÑ][\w.]+(?:\s[A-ZÁÉÍÓÚÑ][\w.]+){0,2}(?:,[^.;:!?\n–—]{2,30}?)?(?:\s?\([^()\n]{2,40}\))?\s?(?:[–—]|\.?-{1,2})\s+"
)
_IN_DATELINE = 3  # a city, its state, its country
_CITIES = {"city", "state", "country", "municipality"}
_LONGEST_CHARS = 1500
_T = TypeVar("_T", "Cue", "DateMention", "Quantity", "Mention")


@dataclass(frozen=True, slots=True)
class Scene:
    """One clause of ``text``.

    ``mentions`` are indices into the report's mentions; ``paragraph`` counts blank lines above.

    ``senses`` are what its words mean to the models; rules ask for ``cues`` alone.
    ``heading`` holds the cues of the heading it stands under ("Evacuations"), as bulletins have them.
    """

    text: str
    span: Span
    sentence: Span
    number: int
    sentence_number: int
    paragraph: int
    cues: tuple[Cue, ...]
    mentions: tuple[int, ...]
    dates: tuple[DateMention, ...]
    quantities: tuple[Quantity, ...]
    sensitive: bool
    heading: tuple[Cue, ...] = ()
    senses: tuple[Cue, ...] = ()

    def having(self, *kinds: str) -> tuple[Cue, ...]:
        """Return the scene's cues of these kinds, in order."""
        wanted = frozenset(kinds) if len(kinds) > _FEW else kinds
        return tuple([cue for cue in self.cues if cue.kind in wanted])  # asked hundreds of times: no generator

    def affirmed(self, *kinds: str) -> tuple[Cue, ...]:
        """Return the cues of these kinds that no negation stands right before ("no hubo disparos")."""
        return self._unnegated(self.having(*kinds))

    def affirmed_kinds(self) -> frozenset[str]:
        """Return the kinds of its cues and senses that stand without a negation at least once."""
        return frozenset(cue.kind for cue in self._unnegated((*self.cues, *self.senses)))

    def _unnegated(self, words: Sequence[Cue]) -> tuple[Cue, ...]:
        denials = self.having("negation") if words else ()
        if not denials:
            return tuple(words)
        return tuple(cue for cue in words if not any(self._negates(no, cue) for no in denials))

    def _negates(self, no: Cue, cue: Cue) -> bool:
        """Tell whether ``no`` reaches ``cue``: it holds it, or stands shortly before it with no break between."""
        if no.span.covers(cue.span):
            return True
        return 0 <= cue.start - no.end <= _NEGATION_REACH and not _BREAK.search(self.text, no.end, cue.start)

    def lead(self, start: int, *kinds: str) -> Cue | None:
        """Return the cue of these kinds that leads to the place at ``start``; of several the nearest and longest."""
        leading = [cue for cue in self.having(*kinds) if self._leads_to(cue, start)]
        return max(leading, key=lambda cue: (cue.end, cue.end - cue.start, cue.kind), default=None)

    def _leads_to(self, cue: Cue, start: int) -> bool:
        """Tell whether ``cue`` stands right before ``start``, or shares the place's article ("to the" + "the city")."""
        if cue.start < start < cue.end:
            return " " not in self.text[start : cue.end]
        return cue.end <= start and _LEAD_IN.fullmatch(self.text, cue.end, start) is not None


def _behind_dateline(text: str, mentions: Sequence[Mention]) -> int:
    """Return where a report begins behind the city it was filed in; that tells of nothing."""
    dateline = _DATELINE.match(text)
    if not dateline or not mentions or mentions[0].start >= dateline.end():
        return 0
    named = [one.place for one in mentions[:_IN_DATELINE] if one.start < dateline.end()]
    return dateline.end() if all(place and place.feature_class in _CITIES for place in named) else 0


def _within(items: Sequence[_T], starts: list[int], span: Span) -> tuple[_T, ...]:
    first = bisect.bisect_left(starts, span.start)
    last = bisect.bisect_left(starts, span.end)
    return tuple(items[first:last])


def cut_scenes(reading: Reading, mentions: Sequence[Mention]) -> tuple[Scene, ...]:
    """Cut a reading into its scenes, in order of appearance.

    Parameters
    ----------
    reading
        The report's reading; its ``clauses`` lie within its ``sentences``.
    mentions
        The report's mentions in order, as resolved.
    """
    text = reading.report.text
    cues: list[Cue] = []
    said: list[Cue] = []
    for cue in reading.cues:
        (said if cue.is_sense else cues).append(cue)
    senses = _outside_names(said, mentions)
    starts = {
        "cues": [cue.start for cue in cues],
        "senses": [cue.start for cue in senses],
        "dates": [date.start for date in reading.dates],
        "quantities": [quantity.start for quantity in reading.quantities],
        "mentions": [mention.start for mention in mentions],
    }
    sentence_starts = [sentence.start for sentence in reading.sentences]
    headings = _headings(reading, cues)
    scenes: list[Scene] = []
    opening = _behind_dateline(text, mentions)
    paragraph, seen = 0, 0
    told = reading.clauses or reading.sentences
    clauses = [Span(max(one.start, opening), one.end) for one in told if one.end > opening]
    for clause in (piece for one in clauses for piece in _pieces(text, one, mentions, starts["mentions"])):
        at = max(0, bisect.bisect_right(sentence_starts, clause.start) - 1)
        paragraph += text.count("\n\n", seen, clause.start)
        seen = max(seen, clause.start)
        first = bisect.bisect_left(starts["mentions"], clause.start)
        last = bisect.bisect_left(starts["mentions"], clause.end)
        scenes.append(
            Scene(
                text=text,
                span=clause,
                sentence=Span(max(reading.sentences[at].start, opening), reading.sentences[at].end),
                number=len(scenes),
                sentence_number=at,
                paragraph=paragraph,
                cues=_within(cues, starts["cues"], clause),
                senses=_within(senses, starts["senses"], clause),
                mentions=tuple(range(first, last)),
                dates=_within(reading.dates, starts["dates"], clause),
                quantities=_within(reading.quantities, starts["quantities"], clause),
                heading=headings.get(at, ()),
                sensitive=reading.is_sensitive(clause),
            )
        )
    return tuple(scenes)


def _pieces(text: str, clause: Span, mentions: Sequence[Mention], starts: list[int]) -> Iterator[Span]:
    """Cut a clause that is longer than any person writes, so that what is asked of a scene stays cheap."""
    start = clause.start
    while clause.end - start > _LONGEST_CHARS:
        cut = text.rfind(" ", start + 1, start + _LONGEST_CHARS)
        cut = cut if cut > start else start + _LONGEST_CHARS
        at = bisect.bisect_right(starts, cut) - 1
        if at >= 0 and mentions[at].start <= cut < mentions[at].end:
            cut = mentions[at].end  # never within a name
        yield Span(start, cut)
        start = cut
    if start < clause.end:
        yield Span(start, clause.end)


def _outside_names(senses: Sequence[Cue], mentions: Sequence[Mention]) -> list[Cue]:
    """Leave out what words mean within a place's name: nobody is buried by being from El Cementerio."""
    starts = [mention.start for mention in mentions]
    kept = []
    for cue in senses:
        at = bisect.bisect_right(starts, cue.start) - 1
        if at < 0 or mentions[at].end <= cue.start:
            kept.append(cue)
    return kept


def _headings(reading: Reading, cues: Sequence[Cue]) -> dict[int, tuple[Cue, ...]]:
    """Return, by sentence number, the cues of the heading that each sentence stands under.

    A heading is a short line without a full stop; it holds for the lines that follow it up to the
    next heading or the next blank line behind its section.
    """
    text = reading.report.text
    cue_starts = [cue.start for cue in cues]
    found: dict[int, tuple[Cue, ...]] = {}
    heading: Span | None = None
    reach = 0
    for number, sentence in enumerate(reading.sentences):
        line = text[sentence.start : sentence.end].strip()
        behind = text[sentence.end : sentence.end + 2]
        if len(line) <= _HEADING_CHARS and line[-1:] not in '.!?…»”"' and behind.startswith("\n"):
            heading = sentence
            following = text.find("\n\n", sentence.end + (2 if behind == "\n\n" else 0))
            reach = following if following >= 0 else len(text)
        elif heading is not None and sentence.start < reach:
            found[number] = _within(cues, cue_starts, heading)
    return found
