"""What an annotated report says should be read: one shape for both formats."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - read at run time by tools that look at dataclass fields
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.model import EventType, MovementKind, Report, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "MIN_TOLERANCE_M",
    "GoldIncident",
    "GoldMention",
    "GoldMovement",
    "GoldPlace",
    "GoldReport",
    "event_type_of",
    "is_violent",
]

# Nobody knows the "point" of a barrio better than this; a smaller tolerance counts as this one.
MIN_TOLERANCE_M = 250.0
_VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE})


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A place as annotated. Without a point it is known by its name alone.

    ``parishes`` are all that count as right; none for what is larger than a parish or outside.
    """

    name: str
    feature_class: str
    in_area: bool
    lat: float | None = None
    lon: float | None = None
    tolerance_m: float = MIN_TOLERANCE_M
    parishes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A toponym as annotated: where it stands in the text, what it means and what it does."""

    start: int
    end: int
    text: str
    place: GoldPlace
    role: Role


@dataclass(frozen=True, slots=True)
class GoldIncident:
    """An incident as annotated; a toll is None where the text states none."""

    event_type: EventType
    places: tuple[GoldPlace, ...]
    start: dt.date | None
    killed: int | None = None
    injured: int | None = None


@dataclass(frozen=True, slots=True)
class GoldMovement:
    """A movement as annotated; an end without a place is one the text leaves open or vague."""

    kind: MovementKind
    origins: tuple[GoldPlace, ...]
    destinations: tuple[GoldPlace, ...]
    people: int | None = None


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One annotated report.

    ``clash`` are the places that belong in a clash zone, ``not_clash`` those that must not be drawn
    as one. ``doubts`` are names whose annotation deserves a second look: no mention or no place of
    the area pack bears them, or several do.
    """

    report_id: str
    language: str
    published: dt.date | None
    title: str
    text: str
    mentions: tuple[GoldMention, ...]
    incidents: tuple[GoldIncident, ...] = ()
    movements: tuple[GoldMovement, ...] = ()
    clash: tuple[GoldPlace, ...] = ()
    not_clash: tuple[GoldPlace, ...] = ()
    doubts: tuple[str, ...] = ()

    def as_report(self) -> Report:
        """Return the report without its annotations: what there is to read."""
        return Report(self.report_id, self.text, self.title, self.language, self.published)

    def violent_places(self) -> tuple[GoldPlace, ...]:
        """Return the places of violent incidents, each once."""
        return unique(place for one in self.incidents if is_violent(one.event_type) for place in one.places)


def event_type_of(text: str) -> EventType | None:
    """Return the event type that ``text`` begins like ("battles", "Explosions"); None if there is none."""
    head = text.casefold().split()[:1]
    return next((one for one in EventType if one.casefold().split()[:1] == head), None)


def is_violent(event_type: EventType | None) -> bool:
    """Tell whether incidents of this type may make a clash zone."""
    return event_type in _VIOLENT


def unique(places: Iterable[GoldPlace]) -> tuple[GoldPlace, ...]:
    """Return ``places``, each once, in order."""
    return tuple(dict.fromkeys(places))
