"""Facts -> the JSON object of ``mapper geoparse``: keys, order and types as in ``docs/output-contract.md``.

Internal by nature: it holds the report's whole text and the words of anonymous speakers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.model import Claim, DateSpan, Estimate, Evidence, Facts, Incident, Mention, Movement, Place

__all__ = ["SCHEMA_VERSION", "facts_to_dict"]

SCHEMA_VERSION = 1


def facts_to_dict(facts: Facts) -> dict[str, Any]:
    """Return what one report says as plain JSON values.

    Offsets are Python string offsets into ``text``; lon and lat are degrees in EPSG:4326;
    ``uncertainty_m`` is metres; dates are ISO 8601. What is not known is null.
    """
    report = facts.report
    return {
        "schema_version": SCHEMA_VERSION,
        "report_id": report.report_id,
        "title": report.title or None,
        "language": report.language,
        "published": report.published.isoformat() if report.published else None,
        "outlet": report.outlet or None,
        "author": report.author or None,
        "url": report.url or None,
        "text": report.text,
        "mentions": [_mention(mention) for mention in facts.mentions],
        "incidents": [_incident(incident) for incident in facts.incidents],
        "movements": [_movement(movement) for movement in facts.movements],
        "warnings": list(dict.fromkeys((*report.warnings, *facts.warnings))),
    }


def _mention(mention: Mention) -> dict[str, Any]:
    """Return a mention; the place's fields are null unless it resolved or lies outside the area."""
    place = mention.place
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "status": mention.status.value,
        "role": mention.role.value,
        "assertion": mention.assertion.value,
        "sensitive": mention.sensitive,
        "place_id": place.place_id if place else None,
        "name": place.name if place else None,
        "feature_class": place.feature_class if place else None,
        "lon": place.lon if place else None,
        "lat": place.lat if place else None,
        "uncertainty_m": place.uncertainty_m if place else None,
        "parish": (place.parish or None) if place else None,
        "parish_pcode": (place.parish_pcode or None) if place else None,
        "municipality": (place.municipality or None) if place else None,
        "score": mention.score,
        "reasons": list(mention.reasons),
        "candidates": [
            {
                "place_id": candidate.place_id,
                "name": candidate.name,
                "lon": candidate.lon,
                "lat": candidate.lat,
                "score": candidate.score,
            }
            for candidate in mention.candidates
        ],
    }


def _incident(incident: Incident) -> dict[str, Any]:
    """Return an incident with its tolls, which belong to it and not to each of its places."""
    return {
        "incident_id": incident.incident_id,
        "event_type": incident.event_type.value,
        "sub_event_type": incident.sub_event_type,
        **_dates(incident.when),
        "places": [_place(place) for place in incident.places],
        "actors": list(incident.actors),
        "fatalities": _bounds(incident.fatalities),
        "injuries": _bounds(incident.injuries),
        "claims": [_claim(claim) for claim in incident.claims],
        "evidence": _evidence(incident.evidence),
        "around": [_place(place) for place in incident.around],
    }


def _movement(movement: Movement) -> dict[str, Any]:
    """Return a movement; either end may be empty."""
    return {
        "movement_id": movement.movement_id,
        "kind": movement.kind.value,
        "origins": [_place(place) for place in movement.origins],
        "destinations": [_place(place) for place in movement.destinations],
        "via": [_place(place) for place in movement.via],
        **_dates(movement.when),
        "mode": movement.mode.value,
        "people": {**_bounds(movement.people), "unit": movement.people.unit or None},
        "households": {**_bounds(movement.households), "unit": movement.households.unit or None},
        "evidence": _evidence(movement.evidence),
    }


def _place(place: Place) -> dict[str, Any]:
    """Return PLACE."""
    return {
        "place_id": place.place_id,
        "name": place.name,
        "lon": place.lon,
        "lat": place.lat,
        "uncertainty_m": place.uncertainty_m,
        "parish": place.parish or None,
        "parish_pcode": place.parish_pcode or None,
        "municipality": place.municipality or None,
        "official": place.official,
        "precision": place.precision.value,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    """Return CLAIM; its dates are those the claim itself states."""
    return {
        "start": claim.start,
        "end": claim.end,
        "speaker": claim.speaker or None,
        "measure": claim.measure.value,
        **_bounds(claim.value),
        "hedged": claim.hedged,
        "who": claim.who or None,
        **_dates(claim.when),
    }


def _dates(when: DateSpan) -> dict[str, Any]:
    """Return first day, last day and precision; null and "unknown" where the text states none."""
    return {
        "date_start": when.start.isoformat() if when.start else None,
        "date_end": when.end.isoformat() if when.end else None,
        "date_precision": when.precision.value,
    }


def _bounds(value: Estimate) -> dict[str, int | None]:
    """Return an estimate's three numbers."""
    return {"low": value.low, "best": value.best, "high": value.high}


def _evidence(passages: Iterable[Evidence]) -> list[dict[str, Any]]:
    """Return the passages of the report that support a record."""
    return [{"start": passage.start, "end": passage.end, "sensitive": passage.sensitive} for passage in passages]
