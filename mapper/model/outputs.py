"""From disclosure on: nothing here holds a report's text, only passages that may leave."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - read at run time by tools that look at dataclass fields
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas as gpd

    from mapper.model.events import Incident, Movement
    from mapper.model.places import AdminUnit, Place
    from mapper.model.texts import Report, SetAside
    from mapper.model.vocabulary import Assertion, DisclosureLevel, Precision, Role, Status

__all__ = ["Disclosed", "Layers", "MapInfo", "MentionedPlace", "NamedPlace", "Quote", "Unlocated"]


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
class NamedPlace:
    """A toponym of a report as it may leave; ``start`` and ``end`` are offsets into the report's text.

    ``place`` is None where it could not be located, ``status`` then says why.
    """

    report_id: str
    start: int
    end: int
    text: str
    status: Status
    role: Role
    assertion: Assertion
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Disclosed:
    """The story as one disclosure level may see it; ``reports`` have an empty text.

    ``quotes`` holds, by incident or movement id, the passages that may be shown. Records keep their
    claims with an empty speaker where the source is withheld. ``reviewed`` holds the ids of records that
    an analyst looked at, ``judged`` by record id what an analyst set right, and why. ``mentions`` are
    there when they were asked for. At the public level, ``as_of`` is the day from which the last 72 hours
    are held back, ``held_back`` how many records that left out, ``finest`` the finest place shown.
    """

    level: DisclosureLevel
    reports: tuple[Report, ...]
    incidents: tuple[Incident, ...]
    movements: tuple[Movement, ...]
    quotes: dict[str, tuple[Quote, ...]]
    mentioned: tuple[MentionedPlace, ...] = ()
    unlocated: tuple[Unlocated, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    reviewed: frozenset[str] = frozenset()
    judged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    mentions: tuple[NamedPlace, ...] = ()
    as_of: dt.date | None = None
    held_back: int = 0
    finest: Precision | None = None


@dataclass(frozen=True, slots=True)
class MapInfo:
    """What the page must say about itself.

    ``area_names`` is by language ("es", "en"); ``bbox`` is (west, south, east, north) of the area in degrees;
    ``attributions`` are lines of plain text; ``fingerprint`` identifies inputs and versions;
    ``publisher`` answers for the map, and ``full_map_url`` is where the whole map stands; ``changes``
    says what is new, revised and gone since the build before (``mapper.changes``); ``metric_crs`` is the
    area's CRS in metres, ``boundaries_edition`` what its P-codes are taken from, ``units`` are its
    administrative units, ``country`` says how other data sets call the country (``area.toml``).
    """

    area_names: dict[str, str]
    languages: tuple[str, ...]
    bbox: tuple[float, float, float, float]
    attributions: tuple[str, ...]
    data_through: dt.date | None = None
    fingerprint: str = ""
    version: str = ""
    contact: str = ""
    publisher: str = ""
    full_map_url: str = ""
    example: bool = False
    changes: dict[str, Any] = field(default_factory=dict)
    area_id: str = ""
    metric_crs: str = ""
    boundaries_edition: str = ""
    time_zone: str = ""
    units: tuple[AdminUnit, ...] = ()
    country: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layers:
    """The map's layers, all EPSG:4326; columns are documented in ``mapper.geo``.

    ``avenues`` are context, not records; a map can do without.
    """

    parishes: gpd.GeoDataFrame
    municipalities: gpd.GeoDataFrame
    zones: gpd.GeoDataFrame
    incidents: gpd.GeoDataFrame
    flows: gpd.GeoDataFrame
    mentioned: gpd.GeoDataFrame
    avenues: gpd.GeoDataFrame | None = None
