"""The records that travel down the street, all frozen.

Rooms never import one another; they share these. Coordinates are (lon, lat) in EPSG:4326, lengths
in metres (``_m``), offsets are Python string offsets into ``Report.text``. Event types, precision
grades and field names follow ACLED and UCDP GED.
"""

from __future__ import annotations

from mapper.model.events import Claim, Evidence, Facts, Incident, Movement, Story, Ties
from mapper.model.outputs import Disclosed, Layers, MapInfo, MentionedPlace, NamedPlace, Quote, Unlocated
from mapper.model.places import AdminUnit, Candidate, Mention, Place
from mapper.model.texts import (
    Attribution,
    Cue,
    DateMention,
    Guard,
    NameRecord,
    Quantity,
    Reading,
    Report,
    SetAside,
    Toponym,
)
from mapper.model.values import DateSpan, Estimate, Span
from mapper.model.vocabulary import (
    Assertion,
    DatePrecision,
    DisclosureLevel,
    EventType,
    Measure,
    Mode,
    MovementKind,
    Precision,
    Role,
    Status,
)

__all__ = [
    "AdminUnit",
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
    "NamedPlace",
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
    "Ties",
    "Toponym",
    "Unlocated",
]
