"""The fixed words of the records: ACLED's event types, and our own small enums."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Assertion",
    "DatePrecision",
    "DisclosureLevel",
    "EventType",
    "Measure",
    "Mode",
    "MovementKind",
    "Precision",
    "Role",
    "Status",
]


class Status(StrEnum):
    """What became of a mention. An unresolved toponym is a value, never an exception."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    OUTSIDE_AREA = "outside_area"
    NOT_FOUND = "not_found"

    @property
    def is_located(self) -> bool:
        """Whether there is a place for the mention: the one it means, or the likeliest of several."""
        return self in {Status.RESOLVED, Status.AMBIGUOUS}


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
