"""What happened: incidents and movements with their claims and evidence."""

from __future__ import annotations

from dataclasses import dataclass, field

from mapper.model.places import Mention, Place  # noqa: TC001 - the store's codec reads the fields' types at run time
from mapper.model.texts import Report  # noqa: TC001 - as above
from mapper.model.values import DateSpan, Estimate
from mapper.model.vocabulary import Assertion, EventType, Measure, Mode, MovementKind

__all__ = ["Claim", "Evidence", "Facts", "Incident", "Movement", "Story", "Ties"]


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
    def record_id(self) -> str:
        """The id, by the name that incidents and movements share."""
        return self.incident_id

    @property
    def is_clash(self) -> bool:
        """Whether the incident makes its places part of a clash zone (battle, explosion, gunfire attack)."""
        kind = self.event_type
        if kind is EventType.VIOLENCE:
            return self.sub_event_type == "Attack" and "gunfire" in self.traits
        return kind is EventType.BATTLES or kind is EventType.EXPLOSIONS


@dataclass(frozen=True, slots=True)
class Movement:
    """People fleeing, being evacuated or returning. Any end may be missing; it then stays off the map.

    ``people`` counts persons only; ``households`` families or households, as its ``unit`` says. Neither is
    ever worked out from the other; a text may state both.
    """

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
    households: Estimate = field(default_factory=Estimate)

    @property
    def record_id(self) -> str:
        """The id, by the name that incidents and movements share."""
        return self.movement_id


@dataclass(frozen=True, slots=True)
class Facts:
    """What one report says: the unit that `mapper geoparse` prints.

    ``shelters`` are the ids of places that it names in a clause about people lodged there, and ``private_names``
    folded names of private persons; both are for disclosure alone.
    """

    report: Report
    mentions: tuple[Mention, ...]
    incidents: tuple[Incident, ...]
    movements: tuple[Movement, ...]
    warnings: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()
    shelters: tuple[str, ...] = ()
    private_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ties:
    """What an analyst says of tellings, which are the records of ``Facts``, by their ids.

    Pairs that are one event, pairs that are not, and tellings that nothing is joined with unless a pair says so.
    """

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    alone: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self.together or self.apart or self.alone)


@dataclass(frozen=True, slots=True)
class Story:
    """What all reports say together, the same event told twice being one record. Internal: holds texts.

    ``told_as`` leads from the id of each telling, as in ``facts``, to the record it went into.
    """

    reports: tuple[Report, ...]
    facts: tuple[Facts, ...]
    incidents: tuple[Incident, ...]
    movements: tuple[Movement, ...]
    told_as: dict[str, str] = field(default_factory=dict)
