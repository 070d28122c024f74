"""What one map of a figure shows: the records of its stretch of time, and what stays outside."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from mapper.figure.look import SYMBOLS
from mapper.figure.words import plain
from mapper.model import Assertion, Incident, Layers

if TYPE_CHECKING:
    import geopandas as gpd

    from mapper.figure.words import Words
    from mapper.model import Disclosed, Movement

__all__ = ["Shown", "Window", "projected", "shown_in"]

Window = tuple[dt.date | None, dt.date | None]

_RANK = {kind: rank for rank, kind in enumerate(SYMBOLS)}


@dataclass(frozen=True)
class Shown:
    """The records of one map. Geometries are in the area's metric CRS.

    ``zones``: rows with ``shape, name, official``. ``marks``: one a place, with its gravest type, ``hollow``
    until all its records are reviewed; every zone but the unnamed ones has its mark. ``flows``: rows with their
    line, numbers and kind. ``undated`` says where each record without a date happened; where ``bounded``, none
    of them is drawn. ``outside`` and ``unplaced`` count the records that happened and are not drawn either.
    """

    zones: list[dict[str, Any]] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)
    flows: list[dict[str, Any]] = field(default_factory=list)
    undated: tuple[str, ...] = ()
    bounded: bool = False
    outside: int = 0
    unplaced: int = 0


def projected(layers: Layers, metric_crs: str) -> Layers:
    """Return the layers in the area's metric CRS, for drawing."""
    frames = {field.name: getattr(layers, field.name) for field in fields(layers)}
    return Layers(
        **{name: frame if frame is None or frame.empty else frame.to_crs(metric_crs) for name, frame in frames.items()}
    )


def shown_in(window: Window, disclosed: Disclosed, layers: Layers, words: Words) -> Shown:
    """Return what happened in a stretch of time, both days included.

    A record of several days belongs to every window that it touches. Without any bound, undated records
    are shown too.

    Parameters
    ----------
    window
        First and last day, either of them None.
    disclosed, layers
        What may leave at one disclosure level, the layers in the CRS to draw in (:func:`projected`).
    words
        The language of the figure.
    """
    records: list[Incident | Movement] = [*disclosed.incidents, *disclosed.movements]
    happened = [one for one in records if one.assertion is Assertion.NONE]
    bounded = any(window)
    undated = {one.record_id: _where(one, words) for one in happened if one.when.start is None}
    inside = {one.record_id for one in happened if _touches(one, window)}
    zones = _zones(layers.zones, inside)
    marks = _marks(layers, inside, disclosed)
    flows = _flows(layers.flows, inside, disclosed)
    drawn = {name for row in zones for name in row["incidents"]} | {name for row in marks for name in row["incidents"]}
    drawn |= {row["movement"] for row in flows}
    said = tuple(where for name, where in undated.items() if bounded or name in drawn)
    outside = len(happened) - len(inside | undated.keys())
    return Shown(zones, marks, flows, said, bounded, outside, len(inside - drawn))


def _touches(record: Incident | Movement, window: Window) -> bool:
    first, last = window
    start = record.when.start
    if start is None:
        return not any(window)
    end = record.when.end or start
    return (first is None or end >= first) and (last is None or start <= last)


def _where(record: Incident | Movement, words: Words) -> str:
    """Return the names of a record's places; "" where it has none."""
    if isinstance(record, Incident):
        return ", ".join(plain(one.name) for one in record.places)
    ends = [", ".join(plain(one.name) for one in end) for end in (record.origins, record.destinations)]
    if record.origins and {one.place_id for one in record.origins} == {one.place_id for one in record.destinations}:
        return words.say("within", place=ends[0])
    return " → ".join(end or "?" for end in ends) if any(ends) else ""


def _rows(frame: gpd.GeoDataFrame, *names: str) -> list[tuple[Any, ...]]:
    return [] if frame.empty else list(zip(*(frame[name] for name in (*names, "geometry")), strict=True))


def _zones(frame: gpd.GeoDataFrame, inside: set[str]) -> list[dict[str, Any]]:
    found = []
    for shape, name, official, incidents, geometry in _rows(frame, "shape", "name", "official", "incident_ids"):
        touched = sorted(set(incidents) & inside)
        if touched:
            row = {"shape": shape, "name": name, "official": bool(official), "incidents": touched, "geometry": geometry}
            found.append(row)
    return found


def _marks(layers: Layers, inside: set[str], disclosed: Disclosed) -> list[dict[str, Any]]:
    types = {one.incident_id: str(one.event_type) for one in disclosed.incidents}
    found: dict[str, dict[str, Any]] = {}
    rows = _rows(layers.incidents, "incident_id", "place_id", "name")
    # A zone's sign says that it is not reviewed, so none may lack it.
    for shape, place, name, incidents, geometry in _rows(layers.zones, "shape", "place_id", "name", "incident_ids"):
        if shape != "adjacent":
            rows += [(incident, place, name, geometry.representative_point()) for incident in incidents]
    for incident, place, name, geometry in rows:
        if incident in inside:
            row = found.setdefault(place, {"name": name, "geometry": geometry, "incidents": [], "kind": ""})
            row["incidents"] = sorted({*row["incidents"], incident})
            row["kind"] = min(row["kind"] or types[incident], types[incident], key=lambda kind: _RANK.get(kind, 99))
    for row in found.values():
        row["hollow"] = not set(row["incidents"]) <= disclosed.reviewed
    return list(found.values())


def _flows(frame: gpd.GeoDataFrame, inside: set[str], disclosed: Disclosed) -> list[dict[str, Any]]:
    columns = ("movement_id", "kind", "origin_name", "destination_name", "vague")
    found = []
    numbers = {one.movement_id: one for one in disclosed.movements}
    for movement, kind, origin, destination, vague, geometry in _rows(frame, *columns):
        if movement in inside:
            told = numbers[movement]
            found.append(
                {
                    "movement": movement,
                    "kind": kind,
                    "origin": origin,
                    "destination": destination,
                    "vague": bool(vague),
                    "people": told.people.best,
                    "households": told.households.best,
                    "unit": told.households.unit,
                    "hollow": movement not in disclosed.reviewed,
                    "geometry": geometry,
                }
            )
    return found
