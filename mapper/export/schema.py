"""What the tables hold: each layer's columns with type, unit, meaning and source, and the check of a table.

The same columns stand in every format. ``docs/tables.md`` prints them for people.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mapper.errors import SchemaError
from mapper.model import Assertion, DatePrecision, EventType, Measure, Mode, MovementKind, Precision, Role, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

    import geopandas as gpd
    import pandas as pd

__all__ = ["DTYPES", "EPSG", "GEOMETRY", "REVIEW", "SCHEMA", "Column", "check_table"]

EPSG = 4326
"""The CRS of every geometry: WGS 84, (lon, lat) in degrees."""

GEOMETRY = {"incidents": "Point", "movements": "LineString", "clash_zones": "MultiPolygon", "mentions": "Point"}
"""The one geometry type of each layer that has any; a row without a place that may be shown has none."""

REVIEW = ("machine-read", "reviewed", "added by an analyst")
"""The states of review."""

DTYPES = {
    "text": "string",
    "list": "string",
    "day": "string",
    "integer": "Int64",
    "number": "float64",
    "flag": "bool",
}
"""The pandas type of each type of column.

A text is never missing: "" is blank. A list is its parts with "; " between them. A day is written
2021-07-08, "" where it is not known; text, so that every program reads it back as it was written.
"""

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})?")


class Column(NamedTuple):
    """One column; ``words`` are the only values it takes, if it has a fixed vocabulary."""

    name: str
    type: str
    meaning: str
    source: str = ""
    unit: str = ""
    words: tuple[str, ...] = ()


def _words(vocabulary: type[StrEnum]) -> tuple[str, ...]:
    return tuple(word.value for word in vocabulary)


def _estimate(name: str, what: str, source: str, unit: str = "persons") -> tuple[Column, ...]:
    return (
        Column(f"{name}_low", "integer", f"{what}: lower bound", source, unit),
        Column(f"{name}_best", "integer", f"{what}: best number, blank where only bounds are stated", source, unit),
        Column(f"{name}_high", "integer", f"{what}: upper bound", source, unit),
    )


def _place(prefix: str = "", role: str = "the place") -> tuple[Column, ...]:
    gazetteer, cod = "gazetteer of the area pack", "OCHA COD-AB"
    return (
        Column(f"{prefix}place_id", "text", f"id of {role} in the area pack: no official code", gazetteer),
        Column(f"{prefix}place", "text", f"name of {role}", gazetteer),
        Column(
            f"{prefix}precision", "text", f"how finely {role} is located", "records.md", "", ("", *_words(Precision))
        ),
        Column(f"{prefix}uncertainty_m", "number", "how far the point may be off", gazetteer, "m"),
        Column(f"{prefix}official", "flag", f"whether the outline of {role} is an official boundary", gazetteer),
        Column(f"{prefix}parish", "text", "parish (admin 3), blank where known no finer than the municipality", cod),
        Column(f"{prefix}parish_pcode", "text", "official code of the parish", cod),
        Column(f"{prefix}municipality", "text", "municipality (admin 2)", cod),
        Column(f"{prefix}municipality_pcode", "text", "official code of the municipality", cod),
        Column(f"{prefix}state", "text", "state (admin 1)", cod),
        Column(f"{prefix}state_pcode", "text", "official code of the state", cod),
        Column(f"{prefix}lon", "number", "longitude, blank where nothing may be drawn", gazetteer, "degrees, WGS 84"),
        Column(f"{prefix}lat", "number", "latitude, blank where nothing may be drawn", gazetteer, "degrees, WGS 84"),
    )


_WHEN = (
    Column("date_start", "day", "first day, in the area's time zone", "reports"),
    Column("date_end", "day", "last day, inclusive", "reports"),
    Column("date_precision", "text", "how finely the date is known", "records.md", "", _words(DatePrecision)),
)
_ASSERTION = Column(
    "assertion", "text", "none: told as having happened; else why not", "records.md", "", _words(Assertion)
)
_SUPPORT = (
    Column("sources", "list", "outlets that tell it, each once", "reports"),
    Column("n_sources", "integer", "how many of them", "reports", "outlets"),
    Column("report_ids", "list", "reports that tell it: the key into reports", "reports"),
    Column("evidence", "text", "the reports' own words that may be shown, with ¶ between passages", "reports"),
    Column("passages_withheld", "integer", "passages withheld to protect someone", "disclosure.md", "passages"),
    Column("fields_withheld", "list", "fields left blank to protect someone", "disclosure.md"),
    Column("review", "text", "whether a person looked at it", "judgements.md", "", REVIEW),
    Column("review_notes", "list", "what an analyst set right, and why", "judgements.md"),
)
_EDITION = (
    Column("level", "text", "disclosure level of this table", "disclosure.md"),
    Column("fingerprint", "text", "identifies the reports, settings and program behind this table"),
)

SCHEMA: dict[str, tuple[Column, ...]] = {
    "incidents": (
        Column("row_id", "text", "key of the row: incident and place"),
        Column("incident_id", "text", "key of the incident; it has a row for each of its places"),
        Column("event_type", "text", "ACLED event type", "ACLED codebook 2023", "", _words(EventType)),
        Column("sub_event_type", "text", "ACLED sub-event type", "ACLED codebook 2023"),
        Column("is_clash", "flag", "whether its places are part of a clash zone", "records.md"),
        _ASSERTION,
        *_WHEN,
        *_place(),
        Column("actors", "list", "who took part, as reading tells them apart", "reports"),
        *_estimate("killed", "dead, once an incident: blank on its other rows", "claims"),
        *_estimate("injured", "injured, once an incident: blank on its other rows", "claims"),
        Column("toll_scope", "text", "what the numbers of this row belong to", "records.md"),
        *_SUPPORT,
        *_EDITION,
    ),
    "movements": (
        Column("row_id", "text", "key of the row: movement and its two ends"),
        Column("movement_id", "text", "key of the movement; it has a row for each pair of ends"),
        Column("kind", "text", "kind of movement", "records.md", "", _words(MovementKind)),
        Column("mode", "text", "how people moved", "reports", "", _words(Mode)),
        _ASSERTION,
        *_WHEN,
        *_place("origin_", "where they came from"),
        *_place("destination_", "where they went"),
        Column("via", "list", "places on the way", "reports"),
        *_estimate("people", "persons, once a movement: blank on its other rows", "reports"),
        *_estimate("households", "families or households, once a movement", "reports", "households_unit"),
        Column("households_unit", "text", "families or households, as reported", "reports"),
        Column("count_scope", "text", "what the numbers of this row belong to", "records.md"),
        *_SUPPORT,
        *_EDITION,
    ),
    "clash_zones": (
        Column("zone_id", "text", "key of the zone"),
        *_place()[:9],
        Column("shape", "text", "footprint, disc, parish, municipality, vague, or adjacent: unnamed, counted nowhere"),
        Column("incident_ids", "list", "incidents that make it a clash zone: the key into incidents"),
        Column("n_incidents", "integer", "how many of them", "", "incidents"),
        *_WHEN[:2],
        *_EDITION,
    ),
    "mentions": (
        Column("mention_id", "text", "key of the mention: report and position"),
        Column("report_id", "text", "the report that names it: the key into reports"),
        Column("start_char", "integer", "where the name begins in the report's text", "reports", "characters"),
        Column("end_char", "integer", "where it ends", "reports", "characters"),
        Column("text", "text", "the name as written", "reports"),
        Column("status", "text", "whether it could be located", "output-contract.md", "", _words(Status)),
        Column("role", "text", "what the place does in the story", "records.md", "", _words(Role)),
        _ASSERTION,
        *_place(),
        *_EDITION,
    ),
    "reports": (
        Column("report_id", "text", "key of the report"),
        Column("title", "text", "title, blank for a private report", "the report"),
        Column("outlet", "text", "who published it, blank for a private report", "the report"),
        Column("url", "text", "web address", "the report"),
        Column("published", "day", "day of publication", "the report"),
        Column("language", "text", "language code (ISO 639-1)", "the report"),
        Column("private", "flag", "whether it is a private message, no word of which is quoted", "disclosure.md"),
        Column("n_incidents", "integer", "incidents that rest on it", "", "incidents"),
        Column("n_movements", "integer", "movements that rest on it", "", "movements"),
        *_EDITION,
    ),
    "claims": (
        Column("claim_id", "text", "key of the claim: incident and number"),
        Column("incident_id", "text", "the incident: the key into incidents"),
        Column("report_id", "text", "the report: the key into reports", "reports"),
        Column("measure", "text", "what is counted", "records.md", "", _words(Measure)),
        *_estimate("value", "the number", "reports", "unit"),
        Column("unit", "text", "what the number counts, as reported", "reports"),
        Column("who", "text", "whom it counts, as reported", "reports"),
        Column("speaker", "text", "who says so, blank where not stated or withheld", "reports"),
        Column("hedged", "flag", "whether it is said with reserve", "reports"),
        Column("withheld", "flag", "whether its source is withheld to protect someone", "disclosure.md"),
        *_WHEN,
        Column("start_char", "integer", "where it begins in the report, blank where withheld", "reports", "characters"),
        Column("end_char", "integer", "where it ends", "reports", "characters"),
        *_EDITION,
    ),
}
"""The columns of each layer, in order; ``geometry`` stands behind those of the layers in :data:`GEOMETRY`."""


def check_table(frame: pd.DataFrame | gpd.GeoDataFrame, name: str) -> None:
    """Make sure that a table is as :data:`SCHEMA` says.

    Parameters
    ----------
    frame
        The table.
    name
        The layer it is meant to be.

    Raises
    ------
    SchemaError
        ``export-table``: a column, type, word, day, key or the CRS is another; all faults at once.
    """
    if name not in SCHEMA:
        raise SchemaError("export-layer", got=name, layers=", ".join(SCHEMA))
    faults = [*_faults(frame, name)]
    if faults:
        raise SchemaError("export-table", layer=name, faults="; ".join(faults))


def _faults(frame: pd.DataFrame | gpd.GeoDataFrame, name: str) -> Iterator[str]:
    columns, got = SCHEMA[name], [str(column) for column in frame.columns]
    expected = [column.name for column in columns] + ["geometry"] * (name in GEOMETRY)
    if got != expected:
        missing = [column for column in expected if column not in got]
        unknown = [column for column in got if column not in expected]
        yield f"columns missing {missing}, unknown {unknown}, or in another order"
        return
    for column in columns:
        values = frame[column.name]
        if str(values.dtype) != DTYPES[column.type]:
            yield f"{column.name} is {values.dtype}, expected {DTYPES[column.type]}"
        elif column.type in {"text", "list", "day"} and values.isna().any():
            yield f"{column.name} has a missing text, expected a blank one"
        elif column.type == "day" and not values.str.fullmatch(_DAY).all():
            yield f"{column.name} has a day that is not written as 2021-07-08"
        elif column.words and not values.isin(column.words).all():
            unknown = sorted(set(values) - set(column.words))
            yield f"{column.name} has {unknown}, expected one of {list(column.words)}"
    if frame[columns[0].name].duplicated().any():
        yield f"{columns[0].name} is a key and stands twice"
    if name in GEOMETRY:
        yield from _geometry_faults(frame, GEOMETRY[name])


def _geometry_faults(frame: gpd.GeoDataFrame, kind: str) -> Iterator[str]:
    crs = getattr(frame, "crs", None)
    if crs is None or crs != EPSG:
        yield f"its CRS is {crs}, expected EPSG:{EPSG}"
        return
    kinds = set(frame.geometry.geom_type.dropna())
    if not kinds <= {kind}:
        yield f"its geometries are {sorted(kinds)}, expected {kind}"
