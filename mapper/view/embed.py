"""The page to embed: what it may hold, and the line that puts it into another page."""

from __future__ import annotations

import base64
import gzip
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mapper.errors import SchemaError
from mapper.model import Estimate, Mode, Quote
from mapper.view.drawing import SYMBOLS, safe
from mapper.view.records import added_by_analysts
from mapper.view.words import Words, first_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

    from mapper.model import Claim, Disclosed, Layers, MapInfo, Report

__all__ = ["EMBED_LIMIT_BYTES", "MOST_ON_CARD", "aggregated", "iframe_snippet", "only_drawn", "packed"]

EMBED_LIMIT_BYTES = 500_000
MOST_ON_CARD = 4
"""Incidents of one place that a card tells (``page/scripts/embed.mjs``)."""

_PACK_FROM_BYTES = 150_000
_BARE_INCIDENT: dict[str, Any] = {
    "actors": (),
    "fatalities": Estimate(),
    "injuries": Estimate(),
    "claims": (),
    "evidence": (),
}
_BARE_MOVEMENT: dict[str, Any] = {"mode": Mode.UNKNOWN, "via": (), "evidence": ()}


def only_drawn(layers: Layers, disclosed: Disclosed) -> tuple[Layers, Disclosed]:
    """Return the layers, and the records they draw with type, date, place, people moved, outlets, and if added by hand.

    What an embedded page does not show it does not hold: no quotations, speakers, tolls or titles, no
    place only mentioned, no record only listed; records and reports are numbered anew, since their
    ids may say more (a file's name). A record keeps its outlets.
    """
    drawn = set(_column(layers.incidents, "incident_id")).union(*_column(layers.zones, "incident_ids"))
    moved = set(_column(layers.flows, "movement_id"))
    incidents = [one for one in disclosed.incidents if one.incident_id in drawn]
    movements = [one for one in disclosed.movements if one.movement_id in moved]
    ids = {one.incident_id: str(number) for number, one in enumerate(incidents)}
    ids |= {one.movement_id: f"m{number}" for number, one in enumerate(movements)}
    claimed = {one.incident_id: one.claims for one in incidents}
    outlets = _outlets(disclosed.reports)
    sources = {
        own: _sources(disclosed.quotes.get(record, ()), claimed.get(record, ()), outlets) for record, own in ids.items()
    }
    used = {quote.report_id for quotes in sources.values() for quote in quotes}
    kept = {one.report_id: one for one in outlets.values() if one.report_id in used}
    told = replace(
        disclosed,
        reports=tuple(replace(one, title="", url="", published=None) for one in kept.values()),
        incidents=tuple(replace(one, incident_id=ids[one.incident_id], **_BARE_INCIDENT) for one in incidents),
        movements=tuple(replace(one, movement_id=ids[one.movement_id], **_BARE_MOVEMENT) for one in movements),
        quotes=sources,
        mentioned=(),
        unlocated=(),
        set_aside=(),
        reviewed=frozenset(ids[name] for name in disclosed.reviewed if name in ids),
        judged={ids[name]: ("added",) for name in added_by_analysts(disclosed) if name in ids},
    )
    return _renamed(layers, ids), told


def aggregated(block: dict[str, Any]) -> dict[str, Any]:
    """Return the data block with whole records only of what a card tells: of each place, the gravest few.

    The others are counted: bare records, one for all that look the same on the map, stand for them. So a
    place keeps its number, and the file does not grow with what nobody can open.
    """
    incidents, done = block["incidents"], set(block["info"]["reviewed"])
    outlets = [report.get("outlet") or report["id"] for report in block["reports"]]
    rank = {kind: place for place, kind in enumerate(SYMBOLS)}
    kept: dict[Any, int] = {}
    written: list[dict[str, Any]] = []

    def keep(key: Any, record: dict[str, Any]) -> int:
        if key not in kept:
            kept[key] = len(written)
            written.append(record)
        return kept[key]

    def bare(record: dict[str, Any]) -> int:
        told = {outlets[quote["report"]]: quote for quote in record["quotes"]}
        several, reviewed = len(told) > 1, record["id"] in done
        name = f"{record['type']} {record['assertion']} {several} {reviewed}"
        if reviewed:
            done.add(name)
        quotes = [*told.values()][:2] if several else []
        return keep(name, {"id": name, "type": record["type"], "assertion": record["assertion"], "quotes": quotes})

    def few(shape: dict[str, Any]) -> dict[str, Any]:
        order = sorted(shape["incidents"], key=lambda at: rank.get(incidents[at]["type"], len(rank)))
        shown, rest = order[:MOST_ON_CARD], order[MOST_ON_CARD:]
        return shape | {"incidents": [keep(at, incidents[at]) for at in shown] + [bare(incidents[at]) for at in rest]}

    records = [*incidents, *block["movements"]]
    reviewed = {"all": len(records), "done": sum(one["id"] in done for one in records)}
    shapes = {name: [few(shape) for shape in block[name]] for name in ("zones", "marks")}
    ids = {one["id"] for one in (*written, *block["movements"])}
    judged = {name: reasons for name, reasons in block["info"].get("judged", {}).items() if name in ids}
    info = block["info"] | {"reviewed": sorted(done & ids), "review": reviewed, "judged": judged}
    return block | shapes | {"incidents": written, "info": info}


def _column(layer: gpd.GeoDataFrame, column: str) -> list[Any]:
    return [] if layer.empty else list(layer[column].to_numpy(dtype=object))


def _renamed(layers: Layers, ids: dict[str, str]) -> Layers:
    incidents, zones, flows = layers.incidents, layers.zones, layers.flows
    names = [[ids[name] for name in each] for each in _column(zones, "incident_ids")]
    return replace(
        layers,
        incidents=incidents.assign(incident_id=[ids[name] for name in _column(incidents, "incident_id")]),
        zones=zones.assign(incident_ids=names),
        flows=flows.assign(movement_id=[ids[name] for name in _column(flows, "movement_id")]),
        mentioned=layers.mentioned.iloc[:0],
    )


def _outlets(reports: Iterable[Report]) -> dict[str, Report]:
    """Return for each report the one that stands for its outlet; one without an outlet stands for itself."""
    firsts: dict[str, Report] = {}
    found: dict[str, Report] = {}
    for report in reports:
        key = f"outlet {report.outlet}" if report.outlet else f"report {report.report_id}"
        first = firsts.setdefault(key, replace(report, report_id=str(len(firsts))))
        found[report.report_id] = first
    return found


def _sources(quotes: Iterable[Quote], claims: Iterable[Claim], outlets: dict[str, Report]) -> tuple[Quote, ...]:
    """Return each outlet behind a record once, without its words."""
    reports = [*(quote.report_id for quote in quotes), *(claim.report_id for claim in claims)]
    unknown = next((report for report in reports if report not in outlets), None)
    if unknown is not None:
        raise SchemaError("view-unknown-record", kind="reports", record_id=unknown)
    return tuple(Quote(own, None) for own in dict.fromkeys(outlets[report].report_id for report in reports))


def packed(encoded: str, encoding: str) -> tuple[str, str]:
    """Return a coded data block, compressed where it would take too much of the page's room."""
    if encoding != "json" or len(encoded) < _PACK_FROM_BYTES:
        return encoded, encoding
    return base64.b64encode(gzip.compress(encoded.encode(), compresslevel=9, mtime=0)).decode("ascii"), "gzip"


def iframe_snippet(name: str, info: MapInfo) -> str:
    """Return the line of HTML that shows the file ``name`` in another page, with no more rights than it needs."""
    words = Words(first_language(info))
    rights = "allow-scripts allow-popups allow-popups-to-escape-sandbox" if info.full_map_url else "allow-scripts"
    title = f"{words.title(info)} · {words.through(info)}"
    return (
        f'<iframe src="{safe(name)}" title="{safe(title)}" width="100%" height="560" loading="lazy"'
        f' sandbox="{rights}" referrerpolicy="no-referrer"></iframe>'
    )
