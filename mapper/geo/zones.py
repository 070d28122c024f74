"""Clash zones, the soft outlines around them, incident points and mentioned places."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from mapper.model import Assertion, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.geo.shapes import Shapes
    from mapper.model import Disclosed, Incident, MentionedPlace, Place

__all__ = ["incident_rows", "mentioned_rows", "zone_rows"]

MIN_RING_M = 500.0
"""How far "several adjacent neighbourhoods" reach at least around a named place: a barrio's width."""
_CLEARANCE_M = 3.0  # so that rounding never makes the outline touch a place that is not a clash
_BROAD = {Precision.MUNICIPALITY, Precision.VAGUE}


def zone_rows(disclosed: Disclosed, shapes: Shapes) -> list[dict[str, Any]]:
    """Return one row for each clash place and for each place with unnamed neighbourhoods around it."""
    clashes = _by_place(disclosed.incidents, "places")
    around = _by_place(disclosed.incidents, "around")
    spared = _spared({place.place_id: place for place in _named(disclosed) if place.place_id not in clashes}, shapes)
    rows = [row for place, incidents in clashes.values() for row in _zone(place, incidents, shapes)]
    rows += [row for place, incidents in around.values() for row in _ring(place, incidents, spared, shapes)]
    return sorted(rows, key=lambda row: row["zone_id"])


def incident_rows(disclosed: Disclosed, shapes: Shapes) -> list[dict[str, Any]]:
    """Return one row for each incident and place that can be located."""
    rows: list[dict[str, Any]] = []
    for incident in disclosed.incidents:
        if incident.assertion is not Assertion.NONE:
            continue
        name, kind, is_clash = incident.incident_id, incident.event_type.value, incident.is_clash
        for place in {place.place_id: place for place in incident.places if place.in_area}.values():
            at = shapes.anchor(place)
            if at is not None:
                rows.append(
                    {
                        "row_id": f"{name}@{place.place_id}",
                        "incident_id": name,
                        "place_id": place.place_id,
                        "name": place.name,
                        "event_type": kind,
                        "is_clash": is_clash,
                        "geometry": at,
                    }
                )
    return sorted(rows, key=itemgetter("row_id"))


def mentioned_rows(mentioned: Iterable[MentionedPlace], shapes: Shapes) -> list[dict[str, Any]]:
    """Return one row for each mentioned place that can be located."""
    rows = []
    for item in mentioned:
        place, shape = item.place, shapes.of(item.place)
        if shape is not None:
            rows.append(
                {
                    "place_id": place.place_id,
                    "name": place.name,
                    "parish": place.parish,
                    "precision": str(place.precision),
                    "assertion": str(item.assertion),
                    "role": str(Role.CONTEXT),
                    "uncertainty_m": shape.uncertainty_m,
                    "geometry": shape.geometry,
                }
            )
    return sorted(rows, key=lambda row: (row["place_id"], row["assertion"]))


def _by_place(incidents: Iterable[Incident], field: str) -> dict[str, tuple[Place, list[Incident]]]:
    """Return the clashes that happened, by place."""
    found: dict[str, tuple[Place, list[Incident]]] = {}
    for incident in incidents:
        named = getattr(incident, field)
        if named and incident.assertion is Assertion.NONE and incident.is_clash:
            for place in {place.place_id: place for place in named}.values():
                found.setdefault(place.place_id, (place, []))[1].append(incident)
    return found


def _named(disclosed: Disclosed) -> Iterator[Place]:
    """Yield every place that the story names."""
    for incident in disclosed.incidents:
        yield from incident.places
    for movement in disclosed.movements:
        yield from (*movement.origins, *movement.via, *movement.destinations)
    for item in disclosed.mentioned:
        yield item.place


def _zone(place: Place, incidents: list[Incident], shapes: Shapes) -> Iterator[dict[str, Any]]:
    shape = shapes.of(place)
    if shape is not None:
        yield _row(place, incidents) | {
            "zone_id": f"zone:{place.place_id}",
            "parish": place.parish,
            "municipality": place.municipality,
            "official": shape.official,
            "shape": shape.kind,
            "uncertainty_m": shape.uncertainty_m,
            "n_incidents": len(incidents),
            "geometry": shape.geometry,
        }


def _ring(place: Place, incidents: list[Incident], spared: Any, shapes: Shapes) -> Iterator[dict[str, Any]]:
    """Yield the outline for "several adjacent neighbourhoods": in no parish's count, on no place that is spared."""
    import shapely

    shape = shapes.of(place)
    if shape is None or place.precision in _BROAD:
        return
    core = shape.geometry
    ring = core.buffer(max(MIN_RING_M, place.extent_m or 0.0)).difference(core)
    near = shapely.dwithin(spared, ring, _CLEARANCE_M)
    containers = shapely.covers(spared, shapes.anchor(place))  # its own parish, say, is no neighbour
    ring = ring.difference(shapely.union_all(spared[near & ~containers]).buffer(_CLEARANCE_M))
    yield _row(place, incidents) | {
        "zone_id": f"adjacent:{place.place_id}",
        "parish": "",
        "municipality": "",
        "official": False,
        "shape": "adjacent",
        "uncertainty_m": None,
        "n_incidents": 0,
        "geometry": ring,
    }


def _spared(places: dict[str, Place], shapes: Shapes) -> Any:
    """Return an array of the shapes of named places without a clash; whole municipalities are no neighbourhoods."""
    import numpy as np

    found = [shapes.of(place) for place in places.values() if place.precision not in _BROAD]
    return np.array([shape.geometry for shape in found if shape is not None], dtype=object)


def _row(place: Place, incidents: list[Incident]) -> dict[str, Any]:
    start, end = _dates(incidents)
    return {
        "place_id": place.place_id,
        "name": place.name,
        "precision": str(place.precision),
        "incident_ids": tuple(sorted(incident.incident_id for incident in incidents)),
        "date_start": start,
        "date_end": end,
    }


def _dates(incidents: list[Incident]) -> tuple[str, str]:
    """Return the first and last day over the incidents; no last day where one of them is open-ended."""
    spans = [incident.when for incident in incidents]
    starts = [span.start for span in spans if span.start is not None]
    ends = [span.end for span in spans if span.end is not None]
    open_ended = any(span.start is not None and span.end is None for span in spans)
    start = min(starts).isoformat() if starts else ""
    return start, max(ends).isoformat() if ends and not open_ended else ""
