"""Rows in the shape of ACLED's data export: its columns in its order, its words where we know them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from mapper.export.cells import csv_bytes
from mapper.export.coding import (
    ACLED_EVENT,
    ACLED_SUB_EVENT,
    GEO_PRECISION,
    INTER,
    TIME_PRECISION,
    Units,
    acled_number,
    disorder_type,
    event_rows,
    sources_of,
    toll_scope,
)
from mapper.export.names import file_name, handling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.export.coding import EventRow
    from mapper.model import Disclosed, Layers, MapInfo, Report

__all__ = ["COLUMNS", "acled_rows", "write_acled"]

COLUMNS = (
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
)
"""The columns of ACLED's export, in its order."""


def write_acled(disclosed: Disclosed, layers: Layers, info: MapInfo) -> dict[str, bytes]:  # noqa: ARG001 - writers are called alike
    """Return the file of ACLED-shaped rows by its name."""
    rows = ([row.get(column) for column in COLUMNS] for row in acled_rows(disclosed, info))
    return {file_name("acled", disclosed, "csv"): csv_bytes(COLUMNS, rows, handling=handling(disclosed))}


def acled_rows(disclosed: Disclosed, info: MapInfo) -> list[dict[str, Any]]:
    """Return one row for each incident and place; ``fatalities`` once an incident, blank on its other rows."""
    units, reports = Units(info), {report.report_id: report for report in disclosed.reports}
    return [_what(row) | _where(row, units, info) | _said(row, disclosed, reports) for row in event_rows(disclosed)]


def _what(row: EventRow) -> dict[str, Any]:
    incident = row.incident
    event_type, sub_event_type = str(incident.event_type), incident.sub_event_type
    sides = _sides(incident.actors)
    civilians = event_type == "Violence against civilians"
    if civilians and not sides[1]:
        sides[1] = ["Civilians"]
    actors = [side[0] if side else "" for side in sides[:2]]
    inter = [INTER.get(actor, "Civilians" if actor == "Civilians" else "") for actor in actors]
    day = incident.when.start
    return {
        "event_id_cnty": row.row_id,
        "event_date": day.isoformat() if day else None,
        "year": day.year if day else None,
        "time_precision": TIME_PRECISION.get(incident.when.precision) if day else None,
        "disorder_type": disorder_type(event_type, sub_event_type),
        "event_type": ACLED_EVENT.get(event_type, event_type),
        "sub_event_type": ACLED_SUB_EVENT.get(sub_event_type, sub_event_type),
        "actor1": actors[0],
        "assoc_actor_1": "; ".join(sides[0][1:]),
        "inter1": inter[0],
        "actor2": actors[1],
        "assoc_actor_2": "; ".join(sides[1][1:]),
        "inter2": inter[1],
        "interaction": "-".join(inter) if all(inter) else f"{inter[0]} only" if inter[0] and not actors[1] else "",
        "civilian_targeting": "Civilian targeting"
        if civilians or sub_event_type == "Excessive force against protesters"
        else "",
        "fatalities": acled_number(incident.fatalities) if row.first else None,
    }


def _sides(actors: Sequence[str]) -> list[list[str]]:
    """Return who stands on each side, at least two, in the order of naming.

    Forces of the state stand together, as one of the first two; of all others nothing says whose side they are on.
    """
    sides: dict[str, list[str]] = {}
    for actor in actors:
        kind = INTER.get(actor)
        sides.setdefault("state" if kind == "State forces" else actor, []).append(actor)
    order = list(sides)
    if "state" in order[2:]:
        order.remove("state")
        order.insert(1, "state")
    return [*(sides[name] for name in order), [], []][: max(2, len(order))]


def _where(row: EventRow, units: Units, info: MapInfo) -> dict[str, Any]:
    place, country = row.place, info.country
    known = units.of(place)
    return {
        "iso": country.get("iso_numeric"),
        "region": country.get("acled_region"),
        "country": country.get("name"),
        **{f"admin{level}": known[level].name for level in known},
        "location": place.name if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geo_precision": GEO_PRECISION[place.precision] if place else None,
    }


def _said(row: EventRow, disclosed: Disclosed, reports: dict[str, Report]) -> dict[str, Any]:
    incident = row.incident
    quotes = (quote.text for quote in disclosed.quotes.get(incident.incident_id, ()))
    state = "reviewed" if incident.incident_id in disclosed.reviewed else "machine-read"
    also = ", ".join(chain.from_iterable(_sides(incident.actors)[2:]))
    notes = [
        next((text for text in quotes if text), "Source withheld."),
        toll_scope(incident) if row.first else "",
        f"Also named: {also}." if also else "",
    ]
    return {
        "source": "; ".join(report.outlet for report in sources_of(incident, reports) if report.outlet),
        "notes": " ".join(note for note in notes if note),
        "tags": f"mapper; {state}; disclosure={disclosed.level.value}",
    }
