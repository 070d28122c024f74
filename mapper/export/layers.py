"""The layers as tables, as :data:`~mapper.export.schema.SCHEMA` says; each writer takes them from here.

Nothing is lost: what has no place that may be shown keeps its row without a geometry. Nothing counts
twice: numbers stand on a record's first row. Nothing is drawn that the map does not draw: what was
denied, feared or is long past has neither geometry nor numbers of its own, its scope says why.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from mapper.collecting import uncollected
from mapper.export.coding import Units, ends_of, rows_of, sources_of, toll_scope
from mapper.export.schema import DTYPES, EPSG, GEOMETRY, REVIEW, SCHEMA, check_table
from mapper.export.values import writable
from mapper.model import Assertion, DisclosureLevel, Incident

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from mapper.model import Claim, DateSpan, Disclosed, Estimate, Evidence, Layers, MapInfo, Movement, Place

__all__ = ["make_tables"]

_DECIMALS = 5  # of a degree: about a metre, finer than anything known here
_MUNICIPALITY, _PARISH = 2, 3
_UNITS = {1: "state", _MUNICIPALITY: "municipality", _PARISH: "parish"}


@uncollected()
def make_tables(disclosed: Disclosed, layers: Layers, info: MapInfo) -> dict[str, pd.DataFrame]:
    """Return the layers by name; see :func:`mapper.export.tables`."""
    maker = _Maker(disclosed, layers, info)
    made = {name: _frame(name, getattr(maker, name)()) for name in SCHEMA}
    for name, frame in made.items():
        check_table(frame, name)
    return made


def _frame(name: str, rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return rows as a table with the layer's columns and types, its texts as every format can hold them."""
    import geopandas as gpd
    import pandas as pd

    blank = {"text": "", "list": "", "day": "", "integer": None, "number": None, "flag": False}
    columns: dict[str, Any] = {}
    for column in SCHEMA[name]:
        values: list[Any] = [row.get(column.name, blank[column.type]) for row in rows]
        if column.type in {"text", "list"}:
            values = [writable(value) for value in values]
        columns[column.name] = pd.Series(values, dtype=DTYPES[column.type])
    if name not in GEOMETRY:
        return pd.DataFrame(columns)
    frame: pd.DataFrame = gpd.GeoDataFrame(
        columns, geometry=gpd.GeoSeries([row.get("geometry") for row in rows], crs=EPSG), crs=EPSG
    )
    return frame


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(part.replace(";", ",") for part in parts)


def _passages(parts: Iterable[str | None]) -> str:
    return " ¶ ".join(" ".join(part.split()) for part in parts if part is not None)


def _when(span: DateSpan) -> dict[str, str]:
    start, end = span.start, span.end or span.start
    return {
        "date_start": start.isoformat() if start else "",
        "date_end": end.isoformat() if end else "",
        "date_precision": span.precision.value,
    }


def _bounds(name: str, value: Estimate) -> dict[str, int | None]:
    return {f"{name}_{bound}": getattr(value, bound) for bound in ("low", "best", "high")}


def _not_counted(assertion: Assertion, **values: Estimate) -> str:
    """Return the scope of a record that did not simply happen, with the numbers that its columns leave out."""
    told = [
        f"{name} {'/'.join('–' if one is None else str(one) for one in (value.low, value.best, value.high))}"
        for name, value in values.items()
        if value.known
    ]
    left_out = f", so not counted (low/best/high): {', '.join(told)}" if told else ""
    return f"told as {assertion.value}{left_out}"


class _Maker:
    """Makes the rows of each layer."""

    def __init__(self, disclosed: Disclosed, layers: Layers, info: MapInfo) -> None:
        self._disclosed, self._layers = disclosed, layers
        self._units = Units(info)
        self._reports = {report.report_id: report for report in disclosed.reports}
        self._internal = disclosed.level is DisclosureLevel.INTERNAL
        self._edition = {"level": disclosed.level.value, "fingerprint": info.fingerprint}
        self._place = cache(self._place_columns)

    def incidents(self) -> list[dict[str, Any]]:
        marks = dict(zip(self._layers.incidents["row_id"], self._layers.incidents.geometry, strict=True))
        rows = []
        for incident in self._disclosed.incidents:
            happened = incident.assertion is Assertion.NONE
            about = {
                "incident_id": incident.incident_id,
                "event_type": incident.event_type.value,
                "sub_event_type": incident.sub_event_type,
                "is_clash": incident.is_clash and happened,
                "actors": _listed(incident.actors),
                **self._about(incident),
            }
            numbers = {
                **_bounds("killed", incident.fatalities),
                **_bounds("injured", incident.injuries),
                "toll_scope": toll_scope(incident),
            }
            if not happened:
                scope = _not_counted(incident.assertion, killed=incident.fatalities, injured=incident.injuries)
                numbers = {"toll_scope": scope}
            for told in rows_of(incident):
                row = {"row_id": told.row_id} | about | self._place(told.place)
                row |= numbers if told.first else {"toll_scope": "see the incident's first row"}
                point = marks.get(told.row_id) or (_point(told.place) if happened else None)
                rows.append(row | _drawn_at(point))
        return rows

    def movements(self) -> list[dict[str, Any]]:
        rows = []
        for movement in self._disclosed.movements:
            ends = ends_of(movement)
            happened = movement.assertion is Assertion.NONE
            about = {
                "movement_id": movement.movement_id,
                "kind": movement.kind.value,
                "mode": movement.mode.value,
                "via": _listed(place.name for place in movement.via),
                **self._about(movement),
            }
            numbers = {
                **_bounds("people", movement.people),
                **_bounds("households", movement.households),
                "households_unit": movement.households.unit,
                "count_scope": f"the whole movement, {len(ends)} pairs of ends" if len(ends) > 1 else "",
            }
            if not happened:
                scope = _not_counted(movement.assertion, people=movement.people, households=movement.households)
                numbers = {"count_scope": scope}
            for number, (origin, destination) in enumerate(ends):
                between = ">".join(end.place_id if end else "" for end in (origin, destination))
                row = {"row_id": f"{movement.movement_id}:{between}"} | about
                row |= numbers if number == 0 else {"count_scope": "see the movement's first row"}
                rows.append(row | self._ends(origin, destination, drawn=happened))
        return rows

    def _ends(self, origin: Place | None, destination: Place | None, *, drawn: bool) -> dict[str, Any]:
        """Return the columns of both ends, and the straight line between them where both may be drawn."""
        from shapely import LineString

        columns: dict[str, Any] = {}
        points = []
        for role, place in (("origin", origin), ("destination", destination)):
            point = _point(place) if drawn else None
            found = self._place(place) | _drawn_at(point)
            columns |= {f"{role}_{name}": value for name, value in found.items() if name != "geometry"}
            points.append(point)
        start, end = points
        if start is not None and end is not None and start != end:
            columns["geometry"] = LineString([start, end])
        return columns

    def clash_zones(self) -> list[dict[str, Any]]:
        from shapely import MultiPolygon

        incidents = self._disclosed.incidents
        places = {place.place_id: place for one in incidents for place in (*one.places, *one.around)}
        rows = []
        for zone in self._layers.zones.to_dict("records"):
            shape = zone["geometry"]
            parts = [shape] if shape.geom_type == "Polygon" else [*shape.geoms]
            row = self._place(places.get(zone["place_id"])) | {name: zone[name] for name in _ZONE_COLUMNS}
            row |= {"place": zone["name"], "incident_ids": _listed(zone["incident_ids"]), **self._edition}
            rows.append(row | {"geometry": MultiPolygon(parts)})
        return rows

    def mentions(self) -> list[dict[str, Any]]:
        rows: dict[str, dict[str, Any]] = {}
        for one in self._disclosed.mentions:
            key = f"{one.report_id}:{one.start}-{one.end}"
            while key in rows:
                key += "'"
            rows[key] = {
                "mention_id": key,
                "report_id": one.report_id,
                "start_char": one.start,
                "end_char": one.end,
                "text": one.text,
                "status": one.status.value,
                "role": one.role.value,
                "assertion": one.assertion.value,
                **self._place(one.place),
                **_drawn_at(_point(one.place)),
                **self._edition,
            }
        return [*rows.values()]

    def reports(self) -> list[dict[str, Any]]:
        told: dict[str, Iterable[Incident | Movement]] = {
            "n_incidents": self._disclosed.incidents,
            "n_movements": self._disclosed.movements,
        }
        counts = {name: dict.fromkeys(self._reports, 0) for name in told}
        for name, records in told.items():
            for record in records:
                for report_id in _cited(record):
                    if report_id in counts[name]:
                        counts[name][report_id] += 1
        return [
            {
                **{name: getattr(report, name) for name in _REPORT_COLUMNS},
                "published": report.published.isoformat() if report.published else "",
                **{name: counts[name][report.report_id] for name in told},
                **self._edition,
            }
            for report in self._disclosed.reports
        ]

    def claims(self) -> list[dict[str, Any]]:
        return [
            {
                "claim_id": f"{incident.incident_id}#{number}",
                "incident_id": incident.incident_id,
                "report_id": claim.report_id,
                "measure": claim.measure.value,
                **_bounds("value", claim.value),
                "unit": claim.value.unit,
                "who": claim.who,
                "speaker": claim.speaker,
                "hedged": claim.hedged,
                "withheld": claim.sensitive and not self._internal,
                **_when(claim.when),
                "start_char": claim.start if claim.end else None,
                "end_char": claim.end or None,
                **self._edition,
            }
            for incident in self._disclosed.incidents
            for number, claim in enumerate(incident.claims, start=1)
        ]

    def _place_columns(self, place: Place | None) -> dict[str, Any]:
        """Return the columns of a place, but for where it is drawn."""
        if place is None:
            return {}
        units = self._units.of(place)
        columns = {
            "place_id": place.place_id,
            "place": place.name,
            "precision": place.precision.value,
            "uncertainty_m": place.uncertainty_m,
            "official": place.official,
            "parish": place.parish,
            "parish_pcode": place.parish_pcode,
            "municipality": place.municipality,
        }
        for level, name in _UNITS.items():
            if level in units:
                columns |= {name: units[level].name, f"{name}_pcode": units[level].pcode}
        return columns

    def _about(self, record: Incident | Movement) -> dict[str, Any]:
        """Return what every row of a record says of its date, sources and review."""
        disclosed, name = self._disclosed, record.record_id
        quotes = [quote.text for quote in disclosed.quotes.get(name, ())]
        sources, notes = sources_of(record, self._reports), disclosed.judged.get(name, ())
        read, reviewed, added = REVIEW
        by_analyst = any(note.startswith("added") for note in notes)
        return {
            "assertion": record.assertion.value,
            **_when(record.when),
            "sources": _listed(report.outlet for report in sources if report.outlet),
            "n_sources": len(sources),
            "report_ids": _listed(_cited(record)),
            "evidence": _passages(quotes),
            "passages_withheld": quotes.count(None),
            "fields_withheld": "" if self._internal else _listed(sorted(record.sensitive_fields)),
            "review": (added if by_analyst else reviewed) if name in disclosed.reviewed else read,
            "review_notes": _listed(notes),
            **self._edition,
        }


_REPORT_COLUMNS = ("report_id", "title", "outlet", "url", "language", "private")
_ZONE_COLUMNS = (
    *("zone_id", "precision", "official", "uncertainty_m", "shape"),
    *("n_incidents", "date_start", "date_end"),
)


def _cited(record: Incident | Movement) -> list[str]:
    """Return the ids of the reports that a record rests on, each once."""
    claims = record.claims if isinstance(record, Incident) else ()
    passages: list[Evidence | Claim] = [*record.evidence, *claims]
    return [*dict.fromkeys(passage.report_id for passage in passages)]


def _point(place: Place | None) -> Any:
    """Return a place's point in EPSG:4326; None where it has no coordinates."""
    from shapely import Point

    if place is None or place.lon is None or place.lat is None:
        return None
    return Point(round(place.lon, _DECIMALS), round(place.lat, _DECIMALS))


def _drawn_at(point: Any) -> dict[str, Any]:
    """Return the geometry, and its coordinates for tables without any."""
    return {"geometry": point, "lon": point.x if point else None, "lat": point.y if point else None}
