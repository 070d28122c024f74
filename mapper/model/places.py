"""Places of the gazetteer, and mentions resolved to them."""

from __future__ import annotations

from dataclasses import dataclass

from mapper.model.values import Span
from mapper.model.vocabulary import Assertion, Precision, Role, Status

__all__ = ["AdminUnit", "Candidate", "Mention", "Place"]


@dataclass(frozen=True, slots=True)
class AdminUnit:
    """A parish (level 3), municipality (2) or state (1) with its official code and that of what it lies in.

    ``place_id`` is empty where the pack holds the name alone.
    """

    pcode: str
    name: str
    level: int
    parent_pcode: str = ""
    place_id: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    ``precision`` says how finely it is located, ``uncertainty_m`` how far its point may be off,
    ``extent_m`` how far it reaches; ``official`` whether its outline is an official boundary.
    """

    place_id: str
    name: str
    feature_class: str
    lon: float | None = None
    lat: float | None = None
    uncertainty_m: float | None = None
    extent_m: float | None = None
    parish: str = ""
    parish_pcode: str = ""
    municipality: str = ""
    official: bool = False
    precision: Precision = Precision.BARRIO
    in_area: bool = True
    feature_code: str = ""
    alternative_parishes: tuple[str, ...] = ()
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a mention might mean, with its score in [0, 1]."""

    place_id: str
    name: str
    lon: float | None
    lat: float | None
    score: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym with its place (``None`` unless resolved or outside the area) and what it does."""

    start: int
    end: int
    text: str
    status: Status
    place: Place | None = None
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
    role: Role = Role.CONTEXT
    assertion: Assertion = Assertion.NONE
    sensitive: bool = False

    @property
    def span(self) -> Span:
        """The mention's offsets."""
        return Span(self.start, self.end)
