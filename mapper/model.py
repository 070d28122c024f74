"""The records that travel down the street, all frozen.

Rooms never import one another; they share these. Coordinates are (lon, lat) in EPSG:4326, lengths
in metres (``_m``), offsets are Python string offsets into ``Report.text``. Event types, precision
grades and field names follow ACLED and UCDP GED.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - dataclass fields, read at run time by documentation tools
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = [
    "Assertion",
    "Attribution",
    "Candidate",
    "Claim",
    "Cue",
    "DateMention",
    "DatePrecision",
    "DateSpan",
    "Disclosed",
    "DisclosureLevel",
    "Estimate",
    "EventType",
    "Evidence",
    "Facts",
    "Guard",
    "Incident",
    "Layers",
    "MapInfo",
    "Measure",
    "Mention",
    "MentionedPlace",
    "Mode",
    "Movement",
    "MovementKind",
    "NameRecord",
    "Place",
    "Precision",
    "Quantity",
    "Quote",
    "Reading",
    "Report",
    "Role",
    "SetAside",
    "Span",
    "Status",
    "Story",
    "Toponym",
    "Unlocated",
]


class Status(StrEnum):
    """What became of a mention. An unresolved toponym is a value, never an exception."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    OUTSIDE_AREA = "outside_area"
    NOT_FOUND = "not_found"


class Role(StrEnum):
    """What a mention does in the story."""

    CLASH = "clash"
    OTHER_INCIDENT = "other_incident"
    ORIGIN = "origin"
    DESTINATION = "destination"
    VIA = "via"
    CONTEXT = "context"


class Assertion(StrEnum):
    """Why something named did not simply happen there (``NONE``: it did, or nothing is claimed)."""

    NONE = "none"
    THREATENED = "threatened"
    DENIED = "denied"
    RUMOURED = "rumoured"
    HYPOTHETICAL = "hypothetical"
    PAST = "past"


class EventType(StrEnum):
    """ACLED's event types (codebook 2023)."""

    BATTLES = "Battles"
    EXPLOSIONS = "Explosions and Remote violence"
    VIOLENCE = "Violence against civilians"
    PROTESTS = "Protests"
    RIOTS = "Riots"
    STRATEGIC = "Strategic developments"


class DatePrecision(StrEnum):
    """How finely a date is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How finely a place is known: the mapper's own grades, mapped to ACLED 1-3 and UCDP 1-7 in the docs."""

    POINT = "point"
    BARRIO = "barrio"
    PARISH = "parish"
    MUNICIPALITY = "municipality"
    VAGUE = "vague"


class Measure(StrEnum):
    """What a number in a report counts."""

    KILLED = "killed"
    INJURED = "injured"
    DETAINED = "detained"
    DISPLACED = "displaced"
    DEPLOYED = "deployed"
    MISSING = "missing"
    ENTERED = "entered"
    OTHER = "other"


class MovementKind(StrEnum):
    """Kinds of movement of people who flee, are taken to safety or come back."""

    DISPLACEMENT = "displacement"
    EVACUATION = "evacuation"
    RETURN = "return"


class Mode(StrEnum):
    """How people moved."""

    ON_FOOT = "on_foot"
    VEHICLE = "vehicle"
    UNKNOWN = "unknown"


class DisclosureLevel(StrEnum):
    """Who may see an output."""

    INTERNAL = "internal"
    PARTNER = "partner"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of ``Report.text``: ``text[start:end]``."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class DateSpan:
    """First and last day, inclusive, in the area's time zone; ``None`` where unknown."""

    start: dt.date | None = None
    end: dt.date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its bounds. ``best`` is None where the text only gives a bound."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    unit: str = ""

    @property
    def known(self) -> bool:
        """Whether the text says anything at all about the number."""
        return any(value is not None for value in (self.low, self.best, self.high))


# --- reports -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Report:
    """One news report as read from its file; ``text`` is unchanged, so offsets hold."""

    report_id: str
    text: str
    title: str = ""
    language: str = ""
    published: dt.date | None = None
    outlet: str = ""
    url: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that could not be read: its name (never its full path) and the error in two languages."""

    name: str
    reason_en: str
    reason_es: str


# --- reading -------------------------------------------------------------------------------------


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
    counted noun phrase ("police officers"); ``cumulative`` whether the text offers it as a total.
    """

    start: int
    end: int
    value: Estimate
    measure: Measure = Measure.OTHER
    who: str = ""
    hedged: bool = False
    cumulative: bool = False

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


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase of the language's lexicon that says what happens around it."""

    start: int
    end: int
    kind: str
    text: str

    @property
    def span(self) -> Span:
        """The cue's offsets."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the text says, before any gazetteer coordinate is looked at."""

    report: Report
    sentences: tuple[Span, ...]
    toponyms: tuple[Toponym, ...]
    dates: tuple[DateMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    sensitive: tuple[Span, ...] = ()
    cues: tuple[Cue, ...] = ()
    clauses: tuple[Span, ...] = ()


# --- places --------------------------------------------------------------------------------------


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


# --- events --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a report that supports a record."""

    report_id: str
    start: int
    end: int
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One number or dated fact, who it is about (``who``) and who says so (``speaker``)."""

    report_id: str
    start: int
    end: int
    measure: Measure
    value: Estimate = field(default_factory=Estimate)
    speaker: str = ""
    who: str = ""
    hedged: bool = False
    sensitive: bool = False
    when: DateSpan = field(default_factory=DateSpan)


@dataclass(frozen=True, slots=True)
class Incident:
    """One event, at one or more places. Tolls belong to the incident, never to each place.

    ``around`` holds the named places around which the text puts further, unnamed neighbourhoods
    ("several adjacent neighbourhoods"). ``sensitive_fields`` names the fields that rest only on
    sensitive passages.
    """

    incident_id: str
    event_type: EventType
    sub_event_type: str
    when: DateSpan
    places: tuple[Place, ...]
    actors: tuple[str, ...] = ()
    fatalities: Estimate = field(default_factory=Estimate)
    injuries: Estimate = field(default_factory=Estimate)
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    around: tuple[Place, ...] = ()
    assertion: Assertion = Assertion.NONE
    sensitive_fields: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()

    @property
    def is_clash(self) -> bool:
        """Whether the incident makes its places part of a clash zone (battle, explosion, gunfire attack)."""
        return self.event_type in {EventType.BATTLES, EventType.EXPLOSIONS} or (
            self.event_type is EventType.VIOLENCE and self.sub_event_type == "Attack" and "gunfire" in self.traits
        )


@dataclass(frozen=True, slots=True)
class Movement:
    """People fleeing, being evacuated or returning. Any end may be missing; it then stays off the map."""

    movement_id: str
    kind: MovementKind
    origins: tuple[Place, ...]
    destinations: tuple[Place, ...]
    via: tuple[Place, ...] = ()
    when: DateSpan = field(default_factory=DateSpan)
    mode: Mode = Mode.UNKNOWN
    people: Estimate = field(default_factory=Estimate)
    evidence: tuple[Evidence, ...] = ()
    assertion: Assertion = Assertion.NONE
    sensitive_fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What one report says: the unit that `mapper geoparse` prints."""

    report: Report
    mentions: tuple[Mention, ...]
    incidents: tuple[Incident, ...]
    movements: tuple[Movement, ...]
    warnings: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """What all reports say together, the same event told twice being one record. Internal: holds texts."""

    reports: tuple[Report, ...]
    facts: tuple[Facts, ...]
    incidents: tuple[Incident, ...]
    movements: tuple[Movement, ...]


# --- disclosure: from here on nothing holds a report's text, only passages that may leave -----------


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that may be shown, or the note that it is withheld (``text`` is then None).

    ``highlights`` are (start, end) offsets into ``text``.
    """

    report_id: str
    text: str | None
    highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class MentionedPlace:
    """A place named without an incident or movement of its own, and why."""

    place: Place
    assertion: Assertion
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlocated:
    """A toponym that could not be put on the map. ``reason`` is a code: not_found, ambiguous, outside_area."""

    report_id: str
    text: str
    reason: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disclosed:
    """The story as one disclosure level may see it; ``reports`` have an empty text.

    ``quotes`` holds, by incident or movement id, the passages that may be shown. Records keep their
    claims with an empty speaker where the source is withheld.
    """

    level: DisclosureLevel
    reports: tuple[Report, ...]
    incidents: tuple[Incident, ...]
    movements: tuple[Movement, ...]
    quotes: dict[str, tuple[Quote, ...]]
    mentioned: tuple[MentionedPlace, ...] = ()
    unlocated: tuple[Unlocated, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True)
class MapInfo:
    """What the page must say about itself.

    ``area_names`` is by language ("es", "en"); ``bbox`` is (west, south, east, north) in degrees;
    ``attributions`` are lines of plain text; ``fingerprint`` identifies inputs and versions.
    """

    area_names: dict[str, str]
    languages: tuple[str, ...]
    bbox: tuple[float, float, float, float]
    attributions: tuple[str, ...]
    data_through: dt.date | None = None
    fingerprint: str = ""
    version: str = ""
    contact: str = ""
    example: bool = False


@dataclass(frozen=True, slots=True)
class Layers:
    """The map's layers, all EPSG:4326; columns are documented in ``mapper.geo``."""

    parishes: gpd.GeoDataFrame
    municipalities: gpd.GeoDataFrame
    zones: gpd.GeoDataFrame
    incidents: gpd.GeoDataFrame
    flows: gpd.GeoDataFrame
    mentioned: gpd.GeoDataFrame
