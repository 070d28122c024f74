"""The data block: everything the page knows, as one JSON object. Schema version 2 (docs/data-block.md).

==============  ====================================================================================
key             content
==============  ====================================================================================
schema          this number; the page refuses any other
info            areas {language: name}, languages, through (ISO day or ""), level, example,
                attributions, fingerprint, version, contact, publisher, full_map_url, bbox (degrees),
                reviewed (record ids), judged {record id: reasons}, changes
places          id, name, class, parish, municipality, precision, official, uncertainty (m), at (or absent)
reports         id, title, outlet, url, published (ISO day or ""), language
incidents       id, type, sub, clash, when, places, actors, killed, injured, claims, around, assertion, withheld, quotes
movements       id, kind, when, from, to, via, mode, people, assertion, withheld, quotes
parishes        name, municipality, area, label          municipalities  name, area, label
zones           id, place, shape, official, incidents, start, end, area, label
marks           place, at, incidents: one symbol a place
flows           movement, from, to, vague, people, unit, line
mentioned       place, assertion, quotes, area              avenues  name, line
unlocated       report, text, reason, candidates          set_aside  name, en, es
==============  ====================================================================================

In the page every list is written as columns (:mod:`mapper.view.columns`). ``places``, ``reports``,
``incidents`` and ``movements`` are what everything else points into, by position. ``when`` is
``[start, end, precision]`` with ISO days or "". An estimate is ``[low, best, high, unit]``. A claim is
{report, measure, value, speaker, who, hedged, withheld, when}; a quote is {report, text, marks}, ``text``
null where the source is withheld and ``marks`` pairs of offsets in Unicode code points. Empty values
are left out. Geometry is coded as :mod:`mapper.view.shapes` says.
"""

from __future__ import annotations

import base64
import gzip
import json
from typing import TYPE_CHECKING, Any

from mapper.errors import SchemaError
from mapper.model import DisclosureLevel, Precision
from mapper.view.columns import packed
from mapper.view.frames import columns, number, rows, text
from mapper.view.shapes import SCALE, encode_area, encode_line, encode_point, label_point

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.model import Claim, DateSpan, Disclosed, Estimate, Incident, Layers, MapInfo, Movement, Place, Quote

__all__ = ["COMPRESS_FROM_BYTES", "SCHEMA_VERSION", "data_block", "encode_block", "writable"]

SCHEMA_VERSION = 2
COMPRESS_FROM_BYTES = 1_000_000
TABLES = frozenset(
    "places reports incidents movements parishes municipalities zones marks flows mentioned avenues"  # noqa: SIM905
    " unlocated set_aside".split()
)
"""The lists of records, which are written as columns."""

_ESCAPES = {sign.encode(): f"\\u{ord(sign):04x}".encode() for sign in "<>&\u2028\u2029"}
_LEVEL = 6  # of gzip: 9 takes three times as long for a hundredth less


def _slim(**values: Any) -> dict[str, Any]:
    """Return the values that say something: no None, False, empty text or empty list (0 says something)."""
    return {key: value for key, value in values.items() if value or type(value) is int}


class _Tables:
    """The lists that other records point into, filled while the block is built."""

    def __init__(self, disclosed: Disclosed) -> None:
        self.internal = disclosed.level is DisclosureLevel.INTERNAL
        self.quotes = disclosed.quotes
        self.reports = {report.report_id: index for index, report in enumerate(disclosed.reports)}
        self.incidents = {incident.incident_id: index for index, incident in enumerate(disclosed.incidents)}
        self.movements = {movement.movement_id: index for index, movement in enumerate(disclosed.movements)}
        self.places: list[dict[str, Any]] = []
        self._place_index: dict[str, int] = {}

    def record(self, kind: str, record_id: str) -> int:
        """Return the position of an incident, movement or report; refuse one that disclosure did not pass."""
        found: int | None = getattr(self, kind).get(record_id)
        if found is None:
            raise SchemaError("view-unknown-record", kind=kind, record_id=record_id)
        return found

    def place(self, place: Place) -> int:
        """Return the place's position, adding it when new."""
        found = self._place_index.get(place.place_id)
        return (
            found
            if found is not None
            else self._add(
                place.place_id,
                _slim(
                    id=place.place_id,
                    name=place.name,
                    parish=place.parish,
                    **{"class": place.feature_class},
                    municipality=place.municipality,
                    precision=str(place.precision),
                    official=place.official,
                    uncertainty=number(place.uncertainty_m),
                    at=_point(place),
                ),
            )
        )

    def place_row(self, row: dict[str, Any]) -> int:
        """Return the position of a layer row's place, adding it when new."""
        place_id = text(row["place_id"])
        if place_id in self._place_index:
            return self._place_index[place_id]
        fields = {field: text(row.get(field)) for field in ("name", "parish", "municipality", "precision")}
        official, uncertainty = bool(row.get("official")), number(row.get("uncertainty_m"))
        return self._add(place_id, _slim(id=place_id, **fields, official=official, uncertainty=uncertainty))

    def flow_end(self, row: dict[str, Any], end: str) -> int:
        """Return the position of a flow's origin or destination."""
        place_id = text(row[f"{end}_id"])
        return self._add(place_id, _slim(id=place_id, name=text(row[f"{end}_name"])))

    def _add(self, place_id: str, entry: dict[str, Any]) -> int:
        if place_id not in self._place_index:
            self._place_index[place_id] = len(self.places)
            self.places.append(entry)
        return self._place_index[place_id]


def data_block(layers: Layers, disclosed: Disclosed, info: MapInfo) -> dict[str, Any]:
    """Return the data block of one page (schema in the module's docstring).

    Parameters
    ----------
    layers
        The map's layers, EPSG:4326, as ``mapper.geo`` makes them; any may be empty.
    disclosed
        The records as one disclosure level may see them. Nothing else reaches the page.
    info
        What the page says about itself.

    Raises
    ------
    SchemaError
        A layer lacks a column, is not in EPSG:4326, or draws a record that ``disclosed`` does not hold.
    """
    tables = _Tables(disclosed)
    records = {
        "incidents": [_incident(incident, tables) for incident in disclosed.incidents],
        "movements": [_movement(movement, tables) for movement in disclosed.movements],
        "parishes": [_parish(row) for row in rows(layers.parishes, "parishes")],
        "municipalities": [_municipality(row) for row in rows(layers.municipalities, "municipalities")],
        "zones": [_zone(row, tables) for row in rows(layers.zones, "zones")],
        "marks": _marks(layers, tables),
        "flows": [_flow(row, tables) for row in rows(layers.flows, "flows")],
        "mentioned": _mentioned(layers, disclosed, tables),
        "avenues": _avenues(layers),
    }
    return {
        "schema": SCHEMA_VERSION,
        "info": _info(disclosed, info),
        "places": tables.places,
        "reports": [
            _slim(
                id=report.report_id,
                title=report.title,
                outlet=report.outlet,
                url=report.url,
                published=report.published.isoformat() if report.published else "",
                language=report.language,
            )
            for report in disclosed.reports
        ],
        **records,
        "unlocated": [
            _slim(
                report=tables.record("reports", item.report_id),
                text=item.text,
                reason=item.reason,
                candidates=list(item.candidates),
            )
            for item in disclosed.unlocated
        ],
        "set_aside": [{"name": item.name, "en": item.reason_en, "es": item.reason_es} for item in disclosed.set_aside],
    }


def writable(words: str) -> str:
    """Return the text with each lone surrogate, which UTF-8 cannot hold, as the replacement character."""
    if words.isascii():
        return words
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def encode_block(block: dict[str, Any]) -> tuple[str, str]:
    """Return the block, its lists as columns, as text that is safe inside a script element, and its encoding.

    The encoding is ``"json"`` or, from 1 MB on, ``"gzip"`` (gzip, then base64). In the JSON ``<``,
    ``>``, ``&`` and the two line separators of JavaScript are escaped, so no text can end the element.
    """
    written = {key: packed(value) if key in TABLES else value for key, value in block.items()}
    raw = writable(json.dumps(written, ensure_ascii=False, separators=(",", ":"), allow_nan=False)).encode()
    for sign, escaped in _ESCAPES.items():
        raw = raw.replace(sign, escaped)
    if len(raw) < COMPRESS_FROM_BYTES:
        return raw.decode(), "json"
    return base64.b64encode(gzip.compress(raw, compresslevel=_LEVEL, mtime=0)).decode("ascii"), "gzip"


def _info(disclosed: Disclosed, info: MapInfo) -> dict[str, Any]:
    return {
        "areas": info.area_names,
        "languages": list(info.languages),
        "through": info.data_through.isoformat() if info.data_through else "",
        "level": str(disclosed.level),
        "example": info.example,
        "attributions": list(info.attributions),
        "fingerprint": info.fingerprint,
        "version": info.version,
        "contact": info.contact,
        "publisher": info.publisher,
        "full_map_url": info.full_map_url,
        "bbox": list(info.bbox),
        "reviewed": sorted(disclosed.reviewed),
        "judged": {name: list(reasons) for name, reasons in sorted(disclosed.judged.items())},
        "changes": info.changes,
    }


def _point(place: Place) -> list[int] | None:
    if place.lon is None or place.lat is None or place.precision in {Precision.PARISH, Precision.MUNICIPALITY}:
        return None
    return [round(place.lon * SCALE), round(place.lat * SCALE)]


def _when(span: DateSpan) -> list[str]:
    start = span.start.isoformat() if span.start else ""
    end = start if span.end == span.start else span.end.isoformat() if span.end else ""
    return [start, end, span.precision.value]


def _estimate(value: Estimate) -> list[Any] | None:
    low, best, high = value.low, value.best, value.high
    return None if low is best is high is None else [low, best, high, value.unit]


def _quotes(quotes: Iterable[Quote], tables: _Tables) -> list[dict[str, Any]]:
    return [
        {
            "report": tables.record("reports", quote.report_id),
            "text": quote.text,
            "marks": list(map(list, quote.highlights)),
        }
        for quote in quotes
    ]


def _claim(claim: Claim, tables: _Tables) -> dict[str, Any]:
    withheld = claim.sensitive and not tables.internal
    return _slim(
        report=tables.record("reports", claim.report_id),
        measure=str(claim.measure),
        value=_estimate(claim.value),
        speaker="" if withheld else claim.speaker,
        who=claim.who,
        hedged=claim.hedged,
        withheld=withheld,
        when=_when(claim.when) if claim.when.start or claim.when.end else None,
    )


def _shown(fields: dict[str, Any], withheld: frozenset[str], tables: _Tables) -> dict[str, Any]:
    """Leave out what rests on sensitive passages only: below the internal level it never enters the page."""
    if tables.internal or not withheld:
        return fields
    return {name: None if name in withheld else value for name, value in fields.items()}


_SOURCE_FIELDS = {"fatalities": "killed", "injuries": "injured", "origins": "from", "destinations": "to"}


def _withheld(fields: frozenset[str]) -> frozenset[str]:
    return frozenset(_SOURCE_FIELDS.get(name, name) for name in fields) if fields else fields


def _incident(incident: Incident, tables: _Tables) -> dict[str, Any]:
    withheld = _withheld(incident.sensitive_fields)
    fields = {
        "when": _when(incident.when),
        "actors": list(incident.actors),
        "killed": _estimate(incident.fatalities),
        "injured": _estimate(incident.injuries),
    }
    return _slim(
        id=incident.incident_id,
        type=incident.event_type.value,
        sub=incident.sub_event_type,
        clash=incident.is_clash,
        places=[tables.place(place) for place in incident.places],
        around=[tables.place(place) for place in incident.around],
        claims=[_claim(claim, tables) for claim in incident.claims],
        assertion=incident.assertion.value,
        withheld=sorted(withheld),
        quotes=_quotes(tables.quotes.get(incident.incident_id, ()), tables),
        **_shown(fields, withheld, tables),
    )


def _movement(movement: Movement, tables: _Tables) -> dict[str, Any]:
    withheld = _withheld(movement.sensitive_fields)
    fields = {
        "when": _when(movement.when),
        "mode": str(movement.mode),
        "people": _estimate(movement.people),
        "households": _estimate(movement.households),
        "from": [tables.place(place) for place in movement.origins],
        "to": [tables.place(place) for place in movement.destinations],
        "via": [tables.place(place) for place in movement.via],
    }
    return _slim(
        id=movement.movement_id,
        kind=str(movement.kind),
        assertion=str(movement.assertion),
        withheld=sorted(withheld),
        quotes=_quotes(tables.quotes.get(movement.movement_id, ()), tables),
        **_shown(fields, withheld, tables),
    )


def _parish(row: dict[str, Any]) -> dict[str, Any]:
    return {"municipality": text(row["municipality"]), **_municipality(row)}


def _municipality(row: dict[str, Any]) -> dict[str, Any]:
    area = row["geometry"]
    return {"name": text(row["name"]), "area": encode_area(area), "label": label_point(area)}


def _zone(row: dict[str, Any], tables: _Tables) -> dict[str, Any]:
    return _slim(
        id=text(row["zone_id"]),
        place=tables.place_row(row),
        shape=text(row["shape"]),
        official=bool(row["official"]),
        incidents=[tables.record("incidents", text(name)) for name in row["incident_ids"]],
        start=text(row["date_start"]),
        end=text(row["date_end"]),
        area=encode_area(row["geometry"]),
        label=label_point(row["geometry"]),
    )


def _marks(layers: Layers, tables: _Tables) -> list[dict[str, Any]]:
    frame = layers.incidents
    held: dict[str, dict[int, None]] = {}
    for place_id, incident_id in zip(*columns(frame, "incidents", "place_id", "incident_id"), strict=True):
        held.setdefault(text(place_id), {})[tables.record("incidents", text(incident_id))] = None
    first = rows(frame.drop_duplicates("place_id") if held else frame, "incidents")
    return [
        {
            "place": tables.place_row(row),
            "at": encode_point(row["geometry"]),
            "incidents": list(held[text(row["place_id"])]),
        }
        for row in first
    ]


def _flow(row: dict[str, Any], tables: _Tables) -> dict[str, Any]:
    return {
        "movement": tables.record("movements", text(row["movement_id"])),
        "from": tables.flow_end(row, "origin"),
        "to": tables.flow_end(row, "destination"),
        "vague": bool(row["vague"]),
        "people": number(row["people_best"]),
        "line": encode_line(row["geometry"]),
    }


def _avenues(layers: Layers) -> list[dict[str, Any]]:
    found = rows(layers.avenues, "avenues") if layers.avenues is not None else ()
    return [{"name": text(row["name"]), "line": encode_line(row["geometry"])} for row in found]


def _mentioned(layers: Layers, disclosed: Disclosed, tables: _Tables) -> list[dict[str, Any]]:
    """Return the mentioned places with their words; a place without a row is listed but not drawn."""
    drawn = {(text(row["place_id"]), text(row["assertion"])): row for row in rows(layers.mentioned, "mentioned")}
    listed = []
    for item in disclosed.mentioned:
        row = drawn.pop((item.place.place_id, str(item.assertion)), None)
        listed.append(
            _slim(
                place=tables.place(item.place),
                assertion=str(item.assertion),
                quotes=_quotes(item.quotes, tables),
                area=encode_area(row["geometry"] if row else None),
            )
        )
    for (_, assertion), row in drawn.items():
        listed.append(_slim(place=tables.place_row(row), assertion=assertion, area=encode_area(row["geometry"])))
    return listed
