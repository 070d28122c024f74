"""Reports, and what reading finds in them before any coordinate is looked at."""

from __future__ import annotations

import bisect
import datetime as dt  # noqa: TC003 - read at run time by tools that look at dataclass fields
from dataclasses import dataclass
from typing import NamedTuple

from mapper.model.values import DateSpan, Estimate, Span
from mapper.model.vocabulary import Measure

__all__ = [
    "Attribution",
    "Cue",
    "DateMention",
    "Guard",
    "NameRecord",
    "Quantity",
    "Reading",
    "Report",
    "SetAside",
    "Toponym",
]

SENSE = ":"  # how the kind of a sense begins


@dataclass(frozen=True, slots=True)
class Report:
    """One news report as read from its file; ``text`` is unchanged, so offsets hold.

    ``private`` marks the words of private persons (a chat message): they are never quoted outside.
    """

    report_id: str
    text: str
    title: str = ""
    language: str = ""
    published: dt.date | None = None
    outlet: str = ""
    url: str = ""
    warnings: tuple[str, ...] = ()
    author: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that could not be read: its name (never its full path) and the error in two languages.

    ``private`` marks a chat or a personal mail, whose file name often names a person.
    """

    name: str
    reason_en: str
    reason_es: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class NameRecord:
    """One name of one place, as the gazetteer hands it to recognition (no coordinates).

    ``kind`` is official, alias, english, old or misspelling; ``lang`` may be empty.
    """

    name: str
    place_id: str
    feature_class: str
    lang: str = ""
    kind: str = "official"
    in_area: bool = True


@dataclass(frozen=True, slots=True)
class Guard:
    """A phrase that looks like a place and is not: ``kind`` is outlet, team, person, date or word."""

    name: str
    kind: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A recognised place name before resolution.

    ``place_ids`` are all gazetteer places that bear the name (empty: unknown name after a cue).
    ``class_cue`` is the feature class its words suggest ("avenida X" -> "street"), ``container_ids``
    the places named right behind it as what it lies in ("X, in Y"; "X de Y").
    """

    start: int
    end: int
    text: str
    place_ids: tuple[str, ...] = ()
    class_cue: str = ""
    container_ids: tuple[str, ...] = ()
    vague_id: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """The toponym's offsets."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression. ``kind``: "on" (point or closed range), "since", "until", "clock" (live-blog time).

    ``part_of_day`` is "", "morning", "afternoon", "evening" or "night".
    """

    start: int
    end: int
    when: DateSpan
    kind: str = "on"
    part_of_day: str = ""

    @property
    def span(self) -> Span:
        """The expression's offsets."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts.

    ``value.unit`` is "persons", "families", "households" or another noun as reported; ``who`` the
    counted noun phrase ("police officers"); ``cumulative`` whether the text offers it as a total;
    ``within`` what the larger number before it measures of which this is a part, told at a place of its own.
    """

    start: int
    end: int
    value: Estimate
    measure: Measure = Measure.OTHER
    who: str = ""
    hedged: bool = False
    cumulative: bool = False
    within: Measure | None = None

    @property
    def span(self) -> Span:
        """Offsets of the number with what it counts."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: ``speaker`` vouches for ``scope`` (usually a sentence or a quotation).

    ``anonymous`` marks a speaker who is unnamed or asked not to be identified: ``scope`` and the
    speaker's own words are then sensitive. ``scope`` holds only what the speaker vouches for.
    """

    start: int
    end: int
    speaker: str
    scope: Span
    anonymous: bool = False


class Cue(NamedTuple):
    """A word or phrase of the language's lexicon that says what happens around it.

    The kind of a sense (what single words mean to the models) begins with ``SENSE``. A report has hundreds of cues:
    a tuple is made in half the time of a frozen record.
    """

    start: int
    end: int
    kind: str
    text: str

    @property
    def is_sense(self) -> bool:
        """Whether this is a sense; rules ask for cues proper alone."""
        return self.kind.startswith(SENSE)

    @property
    def span(self) -> Span:
        """The cue's offsets."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the text says, before any gazetteer coordinate is looked at.

    ``private_names`` are the folded names of minors and of others who are known by first name; ``figures`` the
    numbers that no rule ties to people.
    """

    report: Report
    sentences: tuple[Span, ...]
    toponyms: tuple[Toponym, ...]
    dates: tuple[DateMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    sensitive: tuple[Span, ...] = ()
    cues: tuple[Cue, ...] = ()
    clauses: tuple[Span, ...] = ()
    private_names: tuple[str, ...] = ()
    figures: tuple[Quantity, ...] = ()

    def is_sensitive(self, span: Span) -> bool:
        """Tell whether ``span`` shares a character with a sensitive passage."""
        first = bisect.bisect_right(self.sensitive, span.start, key=lambda passage: passage.end)
        return any(span.overlaps(passage) for passage in self.sensitive[first : first + 1])
