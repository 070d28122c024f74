"""Rows in the shape of the UCDP Georeferenced Event Dataset: the columns of GED 25.1, in their order.

UCDP records events in which somebody died, so only those are here. What only UCDP can decide (its
conflicts, dyads and kinds of violence) stays blank.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from mapper.export.cells import csv_bytes
from mapper.export.coding import WHERE_PREC, Units, date_prec, event_rows, sources_of
from mapper.export.names import file_name, handling
from mapper.export.sides import deaths_by_side
from mapper.model import Measure

if TYPE_CHECKING:
    from mapper.export.coding import EventRow
    from mapper.model import Disclosed, Incident, Layers, MapInfo, Report

__all__ = ["COLUMNS", "ged_rows", "priogrid", "write_ged"]

COLUMNS = (
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
)
"""The columns of GED 25.1, in its order."""
_STATE, _GRID_COLUMNS, _CELLS_PER_DEGREE = {"Police", "Military"}, 720, 2


def write_ged(disclosed: Disclosed, layers: Layers, info: MapInfo) -> dict[str, bytes]:  # noqa: ARG001 - writers are called alike
    """Return the file of GED-shaped rows by its name."""
    rows = ([row.get(column) for column in COLUMNS] for row in ged_rows(disclosed, info))
    return {file_name("ged", disclosed, "csv"): csv_bytes(COLUMNS, rows, handling=handling(disclosed))}


def ged_rows(disclosed: Disclosed, info: MapInfo) -> list[dict[str, Any]]:
    """Return one row for each place of each deadly incident; deaths once an incident, blank on its other rows."""
    units, reports = Units(info), {report.report_id: report for report in disclosed.reports}
    return [
        _what(row, info) | _where(row, units, info) | _sources(row.incident, reports) | _deaths(row)
        for row in event_rows(disclosed)
        if _deadly(row.incident)
    ]


def priogrid(lon: float, lat: float) -> int:
    """Return the PRIO-GRID cell of a point: half-degree cells, counted from 1 at 180 W, 90 S, eastwards first.

    Tollefsen, Strand and Buhaug, "PRIO-GRID: A unified spatial data structure", 2012.
    """
    row, column = (math.floor(value * _CELLS_PER_DEGREE) for value in (lat + 90, lon + 180))
    return row * _GRID_COLUMNS + column + 1


def _deadly(incident: Incident) -> bool:
    toll = incident.fatalities
    return any(number for number in (toll.low, toll.best, toll.high))


def _what(row: EventRow, info: MapInfo) -> dict[str, Any]:
    incident, when = row.incident, row.incident.when
    state = any(actor in _STATE for actor in incident.actors)
    others = [actor for actor in incident.actors if actor not in _STATE]
    sides = [f"Government of {info.country.get('name', '')}".strip()] if state else []
    sides = [*sides, *others, "", ""]
    one_day = when.start is not None and when.start == (when.end or when.start)
    return {
        "id": row.row_id,
        "relid": incident.incident_id,
        "year": when.start.year if when.start else None,
        "side_a": sides[0],
        "side_b": sides[1],
        "gwnoa": info.country.get("gwno") if state else None,
        "event_clarity": 1 if one_day else 2,
        "date_prec": date_prec(when),
        "date_start": when.start.isoformat() if when.start else None,
        "date_end": (when.end or when.start).isoformat() if when.start else None,
    }


def _where(row: EventRow, units: Units, info: MapInfo) -> dict[str, Any]:
    place, known = row.place, units.of(row.place)
    country = info.country
    whole = {"country": country.get("name"), "country_id": country.get("gwno"), "region": country.get("ucdp_region")}
    if place is None:
        return whole | {"where_description": "place not known or withheld"}
    located = place.lon is not None and place.lat is not None
    return whole | {
        "where_prec": WHERE_PREC[place.precision],
        "where_coordinates": place.name,
        "where_description": f"{place.name}, known to the {place.precision.value}",
        "adm_1": known[1].name if 1 in known else None,
        "adm_2": known[2].name if 2 in known else None,  # noqa: PLR2004 - the level
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon} {place.lat})" if located else None,
        "priogrid_gid": priogrid(place.lon, place.lat) if place.lon is not None and place.lat is not None else None,
    }


def _sources(incident: Incident, reports: dict[str, Report]) -> dict[str, Any]:
    cited = sources_of(incident, reports)
    days = [report.published.isoformat() if report.published else "" for report in cited]
    articles = [
        ", ".join(part for part in (report.outlet, day, report.title) if part)
        for report, day in zip(cited, days, strict=True)
    ]
    speakers = dict.fromkeys(claim.speaker for claim in incident.claims if claim.measure is Measure.KILLED)
    return {
        "number_of_sources": len(cited),
        "source_article": "; ".join(f'"{article}"' for article in articles if article),
        "source_office": "; ".join(report.outlet for report in cited if report.outlet),
        "source_date": "; ".join(day for day in days if day),
        "source_headline": "; ".join(report.title for report in cited if report.title),
        "source_original": "; ".join(speaker for speaker in speakers if speaker),
    }


def _deaths(row: EventRow) -> dict[str, Any]:
    if not row.first:
        return {}
    toll = row.incident.fatalities
    found: dict[str, Any] = {"low": toll.low, "best": toll.best, "high": toll.high}
    if toll.best is not None:
        found |= deaths_by_side(row.incident.claims, toll.best)
    return found
