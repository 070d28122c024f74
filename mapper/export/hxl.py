"""Tables with HXL hashtags: what happened where, and who moved from where to where, with P-codes.

HXL standard 1.1: the first row names the columns for people, the second tags them for programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.export.cells import csv_bytes
from mapper.export.coding import Units, ends_of, event_rows, sources_of, toll_scope
from mapper.export.names import file_name, handling
from mapper.model import Assertion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapper.model import AdminUnit, Disclosed, Estimate, Incident, Layers, MapInfo, Movement, Report

__all__ = ["FLOWS", "INCIDENTS", "flow_rows", "incident_rows", "write_hxl"]

_LEVELS = {1: "State", 2: "Municipality", 3: "Parish"}
_ABOUT = {
    "Precision of the date": "#meta+date+precision",
    "Sources": "#meta+source",
    "Number of sources": "#meta+source+num",
    "State of review": "#status+review",
    "Disclosure level": "#meta+disclosure",
    "Edition of the P-codes": "#meta+pcode+edition",
    "Licences": "#meta+license",
}
_HANDLING = {"Handling": "#meta+handling"}  # of internal tables only


def _units(role: str = "", tag: str = "") -> dict[str, str]:
    """Return the columns of the units that a place lies in, with their tags."""
    columns = {}
    for level, name in _LEVELS.items():
        columns[f"{role}{name}"] = f"#adm{level}+name{tag}"
        columns[f"{role}{name} P-code"] = f"#adm{level}+code+v_pcode{tag}"
    return columns


def _numbers(name: str, tag: str) -> dict[str, str]:
    return {f"{name}, {bound}": f"{tag}+{bound}" for bound in ("low", "best", "high")}


INCIDENTS = {
    "Incident": "#event+id",
    "First day": "#date+start",
    "Last day": "#date+end",
    "Event type": "#event+type",
    "Sub-event type": "#event+subtype",
    "Actors": "#actor+name+list",
    **_units(),
    "Place": "#loc+name",
    "Place's own id": "#loc+code+v_mapper",
    "Latitude": "#geo+lat",
    "Longitude": "#geo+lon",
    "Precision of the place": "#geo+precision",
    "Uncertainty in metres": "#geo+uncertainty+m",
    **_numbers("Killed", "#affected+killed"),
    **_numbers("Injured", "#affected+injured"),
    "What the numbers belong to": "#meta+scope",
    **_ABOUT,
}
"""Columns of the table of incidents, and their HXL tags."""

FLOWS = {
    "Movement": "#event+id",
    "Kind": "#event+type",
    "First day": "#date+start",
    "Last day": "#date+end",
    **_units("Origin: ", "+origin"),
    "Origin: place": "#loc+name+origin",
    "Origin: precision": "#geo+precision+origin",
    **_units("Destination: ", "+dest"),
    "Destination: place": "#loc+name+dest",
    "Destination: precision": "#geo+precision+dest",
    **_numbers("Persons", "#affected+displaced+ind"),
    **_numbers("Families or households", "#affected+displaced+hh"),
    "Unit as reported": "#meta+unit",
    "What the numbers belong to": "#meta+scope",
    **_ABOUT,
}
"""Columns of the origin-destination table, and their HXL tags."""


def write_hxl(disclosed: Disclosed, layers: Layers, info: MapInfo) -> dict[str, bytes]:  # noqa: ARG001 - writers are called alike
    """Return both tables by file name."""
    files = {}
    for name, columns, rows in (("incidents", INCIDENTS, incident_rows), ("flows", FLOWS, flow_rows)):
        shown = columns | _HANDLING if handling(disclosed) else columns
        table = ([row.get(column) for column in shown] for row in rows(disclosed, info))
        files[file_name(f"hxl-{name}", disclosed, "csv")] = csv_bytes([*shown], [[*shown.values()], *table])
    return files


def incident_rows(disclosed: Disclosed, info: MapInfo) -> Iterator[dict[str, Any]]:
    """Yield one row for each incident and place; numbers once an incident, blank on its other rows."""
    units, about = Units(info), _About(disclosed, info)
    for row in event_rows(disclosed):
        incident, place = row.incident, row.place
        yield {
            "Incident": incident.incident_id,
            "Event type": str(incident.event_type),
            "Sub-event type": incident.sub_event_type,
            "Actors": " | ".join(incident.actors),
            **_named(units.of(place)),
            "Place": place.name if place else "",
            "Place's own id": place.place_id if place else "",
            "Latitude": place.lat if place else None,
            "Longitude": place.lon if place else None,
            "Precision of the place": place.precision.value if place else "unknown",
            "Uncertainty in metres": place.uncertainty_m if place else None,
            **(_counted("Killed", incident.fatalities) | _counted("Injured", incident.injuries) if row.first else {}),
            "What the numbers belong to": toll_scope(incident) if row.first else "see the incident's first row",
            **about.of(incident),
        }


def flow_rows(disclosed: Disclosed, info: MapInfo) -> Iterator[dict[str, Any]]:
    """Yield one row for each pair of ends of each movement; numbers once a movement, blank on its other rows.

    An end that is not known, withheld or outside the area has a blank code, and its precision says so.
    """
    units, about = Units(info), _About(disclosed, info)
    for movement in disclosed.movements:
        if movement.assertion is not Assertion.NONE:
            continue
        pairs = ends_of(movement)
        whole = f"the whole movement, {len(pairs)} pairs of ends" if len(pairs) > 1 else ""
        for number, (origin, destination) in enumerate(pairs):
            people = _counted("Persons", movement.people)
            people |= _counted("Families or households", movement.households)
            unit = " | ".join(one.unit for one in (movement.people, movement.households) if one.known and one.unit)
            yield {
                "Movement": movement.movement_id,
                "Kind": str(movement.kind),
                **_named(units.of(origin), "Origin: "),
                "Origin: place": origin.name if origin else "",
                "Origin: precision": origin.precision.value if origin else "unknown",
                **_named(units.of(destination), "Destination: "),
                "Destination: place": destination.name if destination else "",
                "Destination: precision": destination.precision.value if destination else "unknown",
                **(people | {"Unit as reported": unit} if number == 0 else {}),
                "What the numbers belong to": whole if number == 0 else "see the movement's first row",
                **about.of(movement),
            }


def _named(units: Mapping[int, AdminUnit], role: str = "") -> dict[str, str]:
    found = {f"{role}{name}": units[level].name for level, name in _LEVELS.items() if level in units}
    return found | {f"{role}{name} P-code": units[level].pcode for level, name in _LEVELS.items() if level in units}


def _counted(name: str, toll: Estimate) -> dict[str, int | None]:
    return {f"{name}, {bound}": getattr(toll, bound) for bound in ("low", "best", "high")}


class _About:
    """What every row says of itself."""

    def __init__(self, disclosed: Disclosed, info: MapInfo) -> None:
        self._disclosed, self._info = disclosed, info
        self._reports: dict[str, Report] = {report.report_id: report for report in disclosed.reports}

    def of(self, record: Incident | Movement) -> dict[str, Any]:
        """Return date, sources, state of review, level, edition and licences."""
        sources, when = sources_of(record, self._reports), record.when
        return {
            "First day": when.start.isoformat() if when.start else None,
            "Last day": (when.end or when.start).isoformat() if when.start else None,
            "Precision of the date": when.precision.value,
            "Sources": " | ".join(report.outlet for report in sources if report.outlet),
            "Number of sources": len(sources),
            "State of review": "reviewed" if record.record_id in self._disclosed.reviewed else "machine-read",
            "Disclosure level": self._disclosed.level.value,
            "Edition of the P-codes": self._info.boundaries_edition,
            "Licences": " | ".join(self._info.attributions),
            "Handling": handling(self._disclosed),
        }
