"""The records of the data block, as columns from the start: of many records, none is made one by one.

What the columns mean: docs/data-block.md. How they are written: :mod:`mapper.view.columns`.
"""

from __future__ import annotations

import itertools
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from mapper.errors import SchemaError
from mapper.model import DisclosureLevel, Precision
from mapper.view.columns import Lists, Table
from mapper.view.frames import number, text
from mapper.view.shapes import SCALE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mapper.model import Claim, DateSpan, Disclosed, Estimate, Incident, Movement, Place, Quote, Report

__all__ = [
    "Positions",
    "added_by_analysts",
    "incident_table",
    "movement_table",
    "quote_records",
    "report_table",
    "slim",
]

_SOURCE_FIELDS = {"fatalities": "killed", "injuries": "injured", "origins": "from", "destinations": "to"}


def slim(**values: Any) -> dict[str, Any]:
    """Return the values that say something: no None, False, empty text or empty list (0 says something)."""
    return {key: value for key, value in values.items() if value or type(value) is int}


def added_by_analysts(disclosed: Disclosed) -> frozenset[str]:
    """Return the ids of the records that an analyst added, as far as the level tells."""
    return frozenset(
        name
        for name, reasons in disclosed.judged.items()
        if any(reason.partition(":")[0] == "added" for reason in reasons)
    )


class Positions:
    """Where each record stands in the lists that others point into; places are listed as they are met."""

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
        return self.each(kind, (record_id,))[0]

    def each(self, kind: str, record_ids: Iterable[str]) -> list[int]:
        """Return the positions of many; errors are those of :meth:`record`."""
        known: dict[str, int] = getattr(self, kind)
        try:
            return [known[record_id] for record_id in record_ids]
        except KeyError as missing:
            raise SchemaError("view-unknown-record", kind=kind, record_id=missing.args[0]) from missing

    def place(self, place: Place) -> int:
        """Return the place's position, adding it when new."""
        found = self._place_index.get(place.place_id)
        if found is not None:
            return found
        fields = slim(
            id=place.place_id,
            name=place.name,
            parish=place.parish,
            **{"class": place.feature_class},
            municipality=place.municipality,
            precision=str(place.precision),
            official=place.official,
            uncertainty=number(place.uncertainty_m),
            at=_point(place),
        )
        return self._add(place.place_id, fields)

    def place_row(self, row: dict[str, Any]) -> int:
        """Return the position of a layer row's place, adding it when new."""
        place_id = text(row["place_id"])
        if place_id in self._place_index:
            return self._place_index[place_id]
        fields = {field: text(row.get(field)) for field in ("name", "parish", "municipality", "precision")}
        official, uncertainty = bool(row.get("official")), number(row.get("uncertainty_m"))
        return self._add(place_id, slim(id=place_id, **fields, official=official, uncertainty=uncertainty))

    def flow_end(self, row: dict[str, Any], end: str) -> int:
        """Return the position of a flow's origin or destination."""
        place_id = text(row[f"{end}_id"])
        return self._add(place_id, slim(id=place_id, name=text(row[f"{end}_name"])))

    def _add(self, place_id: str, entry: dict[str, Any]) -> int:
        if place_id not in self._place_index:
            self._place_index[place_id] = len(self.places)
            self.places.append(entry)
        return self._place_index[place_id]


def incident_table(incidents: Sequence[Incident], at: Positions) -> Table:
    """Return the incidents as columns; what is withheld below the internal level is not in them."""
    records = _Records(incidents, [one.incident_id for one in incidents], at)
    places, around = records.places("places"), records.places("around")
    claims = [claim for one in incidents for claim in one.claims]
    return Table(
        len(incidents),
        {
            "id": _told(records.ids),
            "type": _told(str(one.event_type) for one in incidents),
            "sub": _told(one.sub_event_type for one in incidents),
            "clash": _told(one.is_clash for one in incidents),
            "when": records.told("when", _when),
            "places": places,
            "around": around,
            "actors": records.told("actors", list),
            "killed": records.told("fatalities", _estimate),
            "injured": records.told("injuries", _estimate),
            "claims": Lists([len(one.claims) for one in incidents], _claims(claims, at)),
            **records.ends(),
        },
    )


def movement_table(movements: Sequence[Movement], at: Positions) -> Table:
    """Return the movements as columns; what is withheld below the internal level is not in them."""
    records = _Records(movements, [one.movement_id for one in movements], at)
    return Table(
        len(movements),
        {
            "id": _told(records.ids),
            "kind": _told(str(one.kind) for one in movements),
            "when": records.told("when", _when),
            "from": records.places("origins"),
            "to": records.places("destinations"),
            "via": records.places("via"),
            "mode": records.told("mode", str),
            "people": records.told("people", _estimate),
            "households": records.told("households", _estimate),
            **records.ends(),
        },
    )


def report_table(reports: Sequence[Report]) -> Table:
    """Return the reports as columns: how each is referred to."""
    columns: dict[str, list[Any] | Lists] = {
        field: _told(getattr(one, name) for one in reports)
        for field, name in (("id", "report_id"), ("title", "title"), ("outlet", "outlet"), ("url", "url"))
    }
    columns["published"] = [one.published.isoformat() if one.published else None for one in reports]
    columns["language"] = _told(one.language for one in reports)
    return Table(len(reports), columns)


def quote_records(quotes: Iterable[Quote], at: Positions) -> list[dict[str, Any]]:
    """Return quotes as records; without its text, a quote's source is withheld."""
    return _quotes([*quotes], at).records()


class _Records:
    """What incidents and movements are told by alike."""

    def __init__(self, records: Sequence[Incident | Movement], ids: list[str], at: Positions) -> None:
        self.records = records
        self.ids = ids
        self.at = at
        self.withheld = [one.sensitive_fields for one in records]

    def told(self, field: str, written: Callable[[Any], Any]) -> list[Any]:
        """Return a field's column."""
        values = map(attrgetter(field), self.records)
        if self.at.internal or not any(self.withheld):
            return _told(map(written, values))
        pairs = zip(values, self.withheld, strict=True)
        return _told(None if field in hidden else written(value) for value, hidden in pairs)

    def places(self, field: str) -> Lists:
        """Return a column of places."""
        internal, place = self.at.internal, self.at.place
        found = [
            () if field in hidden and not internal else getattr(one, field)
            for one, hidden in zip(self.records, self.withheld, strict=True)
        ]
        return Lists([*map(len, found)], [place(one) for places in found for one in places])

    def ends(self) -> dict[str, list[Any] | Lists]:
        """Return what is the last of every record: how it is said, and the words that say so."""
        quotes = [self.at.quotes.get(name, ()) for name in self.ids]
        every = [*itertools.chain.from_iterable(quotes)]
        return {
            "assertion": _told(str(one.assertion) for one in self.records),
            "withheld": _told(sorted(_SOURCE_FIELDS.get(name, name) for name in hidden) for hidden in self.withheld),
            "quotes": Lists([*map(len, quotes)], _quotes(every, self.at)),
        }


def _told(values: Iterable[Any]) -> list[Any]:
    """Return a column: None for what says nothing, as in :func:`slim`."""
    return [value if value or type(value) is int else None for value in values]


def _quotes(quotes: list[Quote], at: Positions) -> Table:
    columns: dict[str, list[Any] | Lists] = {
        "report": at.each("reports", (quote.report_id for quote in quotes)),
        "text": [quote.text for quote in quotes],
        "marks": [[[*pair] for pair in quote.highlights] for quote in quotes],
    }
    return Table(len(quotes), columns)


def _claims(claims: list[Claim], at: Positions) -> Table:
    hidden = [claim.sensitive and not at.internal for claim in claims]
    columns: dict[str, list[Any] | Lists] = {
        "report": at.each("reports", (claim.report_id for claim in claims)),
        "measure": _told(str(claim.measure) for claim in claims),
        "value": [_estimate(claim.value) for claim in claims],
        "speaker": _told("" if out else claim.speaker for claim, out in zip(claims, hidden, strict=True)),
        "who": _told(claim.who for claim in claims),
        "hedged": _told(claim.hedged for claim in claims),
        "withheld": _told(hidden),
        "when": [_when(claim.when) if claim.when.start or claim.when.end else None for claim in claims],
    }
    return Table(len(claims), columns)


def _point(place: Place) -> list[int] | None:
    if place.lon is None or place.lat is None or place.precision in {Precision.PARISH, Precision.MUNICIPALITY}:
        return None
    return [round(place.lon * SCALE), round(place.lat * SCALE)]


def _when(span: DateSpan) -> list[str]:
    start = span.start.isoformat() if span.start else ""
    end = start if span.end == span.start else span.end.isoformat() if span.end else ""
    return [start, end, str(span.precision)]


def _estimate(value: Estimate) -> list[Any] | None:
    low, best, high = value.low, value.best, value.high
    return None if low is best is high is None else [low, best, high, value.unit]
