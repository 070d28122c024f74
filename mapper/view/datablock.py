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

from mapper.view.columns import Table, packed
from mapper.view.frames import columns, number, rows, text
from mapper.view.records import Positions, incident_table, movement_table, quote_records, report_table, slim
from mapper.view.shapes import encode_area, encode_line, encode_point, label_point

if TYPE_CHECKING:
    from mapper.model import Disclosed, Layers, MapInfo

__all__ = ["COMPRESS_FROM_BYTES", "SCHEMA_VERSION", "data_block", "data_tables", "encode_block", "writable"]

SCHEMA_VERSION = 2
COMPRESS_FROM_BYTES = 1_000_000
TABLES = frozenset(
    "places reports incidents movements parishes municipalities zones marks flows mentioned avenues"  # noqa: SIM905
    " unlocated set_aside".split()
)
"""The lists of records, which are written as columns."""

_ESCAPES = {sign.encode(): f"\\u{ord(sign):04x}".encode() for sign in "<>&\u2028\u2029"}
_LEVEL = 5  # of gzip: 6 takes half as long again for a hundredth less, 9 three times as long


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
    block = data_tables(layers, disclosed, info)
    return {key: value.records() if isinstance(value, Table) else value for key, value in block.items()}


def data_tables(layers: Layers, disclosed: Disclosed, info: MapInfo) -> dict[str, Any]:
    """Return the same block with its many records still as columns, ready to be written.

    Parameters and errors are those of :func:`data_block`.
    """
    tables = Positions(disclosed)
    records = {
        "incidents": incident_table(disclosed.incidents, tables),
        "movements": movement_table(disclosed.movements, tables),
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
        "reports": report_table(disclosed.reports),
        **records,
        "unlocated": [
            slim(
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


def _parish(row: dict[str, Any]) -> dict[str, Any]:
    return {"municipality": text(row["municipality"]), **_municipality(row)}


def _municipality(row: dict[str, Any]) -> dict[str, Any]:
    area = row["geometry"]
    return {"name": text(row["name"]), "area": encode_area(area), "label": label_point(area)}


def _zone(row: dict[str, Any], tables: Positions) -> dict[str, Any]:
    return slim(
        id=text(row["zone_id"]),
        place=tables.place_row(row),
        shape=text(row["shape"]),
        official=bool(row["official"]),
        incidents=tables.each("incidents", map(text, row["incident_ids"])),
        start=text(row["date_start"]),
        end=text(row["date_end"]),
        area=encode_area(row["geometry"]),
        label=label_point(row["geometry"]),
    )


def _marks(layers: Layers, tables: Positions) -> list[dict[str, Any]]:
    frame = layers.incidents
    place_ids, incident_ids = columns(frame, "incidents", "place_id", "incident_id")
    held: dict[str, dict[int, None]] = {}
    for place_id, incident in zip(map(text, place_ids), tables.each("incidents", map(text, incident_ids)), strict=True):
        held.setdefault(place_id, {})[incident] = None
    first = rows(frame.drop_duplicates("place_id") if held else frame, "incidents")
    return [
        {
            "place": tables.place_row(row),
            "at": encode_point(row["geometry"]),
            "incidents": list(held[text(row["place_id"])]),
        }
        for row in first
    ]


def _flow(row: dict[str, Any], tables: Positions) -> dict[str, Any]:
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


def _mentioned(layers: Layers, disclosed: Disclosed, tables: Positions) -> list[dict[str, Any]]:
    """Return the mentioned places with their words; a place without a row is listed but not drawn."""
    drawn = {(text(row["place_id"]), text(row["assertion"])): row for row in rows(layers.mentioned, "mentioned")}
    listed = []
    for item in disclosed.mentioned:
        row = drawn.pop((item.place.place_id, str(item.assertion)), None)
        listed.append(
            slim(
                place=tables.place(item.place),
                assertion=str(item.assertion),
                quotes=quote_records(item.quotes, tables),
                area=encode_area(row["geometry"] if row else None),
            )
        )
    for (_, assertion), row in drawn.items():
        listed.append(slim(place=tables.place_row(row), assertion=assertion, area=encode_area(row["geometry"])))
    return listed
