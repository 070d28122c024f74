"""A made-up story with every kind of gap and awkward name that a table must hold, and what was read back as plain values."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd
from shapely import Point, box

from mapper.export.schema import SCHEMA
from mapper.geo.frames import layer
from mapper.model import (
    AdminUnit,
    Assertion,
    Claim,
    DatePrecision,
    DateSpan,
    Disclosed,
    DisclosureLevel,
    Estimate,
    EventType,
    Evidence,
    Incident,
    Layers,
    MapInfo,
    Measure,
    Mode,
    Movement,
    MovementKind,
    NamedPlace,
    Place,
    Precision,
    Quote,
    Report,
    Role,
    Status,
)

AWKWARD = 'Barrio "El 70"; sector\n<b>=1+1</b> & ${x} 🏚️'
FORMULA = '=HYPERLINK("x";"y")'
DAY = dt.date(2021, 7, 8)
UNITS = (
    AdminUnit("VE01", "Distrito Capital", 1),
    AdminUnit("VE0101", "Libertador", 2, "VE01", "libertador-municipality"),
    AdminUnit("VE010119", "Santa Rosalía", 3, "VE0101", "santa-rosalia-parish"),
)
COTA = Place(
    *("cota-905", "Cota 905", "barrio", -66.92533, 10.48294, 310.0),
    parish="Santa Rosalía",
    parish_pcode="VE010119",
    municipality="Libertador",
)
AWKWARD_PLACE = Place("el-70", AWKWARD, "barrio", -66.911, 10.4635, 200.0, municipality="Libertador")
NOWHERE = Place("nowhere", FORMULA, "barrio", precision=Precision.VAGUE)
CARTAGENA = Place("cartagena", "Cartagena", "city", -75.5, 10.4, 9000.0, in_area=False)

REPORTS = (
    Report("r1", "", 'A "title"; with\nall', "es", DAY, FORMULA, "https://example.org/a?b=1&c=2"),
    Report("r;2", "", "", "", None, "", "", private=True),
)
QUOTES = {
    "i-1": (Quote("r1", f"Three died at {AWKWARD}."), Quote("r1", "=SUM(A1)"), Quote("r;2", None)),
    "m-1": (Quote("r1", "They left."),),
}


def incident(name: str, **fields: Any) -> Incident:
    given: dict[str, Any] = {
        "event_type": EventType.BATTLES,
        "sub_event_type": "Armed clash",
        "when": DateSpan(DAY, DAY, DatePrecision.DAY),
        "places": (COTA,),
        "evidence": (Evidence("r1", 0, 4),),
    }
    return Incident(name, **(given | fields))


def movement(name: str, **fields: Any) -> Movement:
    given: dict[str, Any] = {"origins": (COTA,), "destinations": (AWKWARD_PLACE,), "evidence": (Evidence("r1", 5, 9),)}
    return Movement(name, MovementKind.DISPLACEMENT, **(given | fields))


INCIDENTS = (
    incident(
        "i-1",
        places=(COTA, AWKWARD_PLACE),
        fatalities=Estimate(3, 4, 6, "persons"),
        injuries=Estimate(None, None, 20, "persons"),
        actors=("Gang", "Police; a unit"),
        claims=(
            Claim("r1", 0, 4, Measure.KILLED, Estimate(3, 4, 6, "persons"), "a minister", "police", hedged=True),
            Claim("r;2", 0, 0, Measure.KILLED, Estimate(None, 2, None), sensitive=True),
        ),
        evidence=(Evidence("r1", 0, 4), Evidence("r;2", 0, 0, sensitive=True)),
    ),
    incident("i-2", places=(), when=DateSpan(), event_type=EventType.PROTESTS, sub_event_type="Peaceful protest"),
    incident("i-3", assertion=Assertion.DENIED, fatalities=Estimate(9, 9, 9)),
    incident("i-4", places=(NOWHERE, CARTAGENA), fatalities=Estimate(1, 1, 1)),
)
MOVEMENTS = (
    movement(
        "m-1",
        origins=(COTA, AWKWARD_PLACE),
        destinations=(CARTAGENA,),
        via=(AWKWARD_PLACE,),
        people=Estimate(None, 800, None, "persons"),
        households=Estimate(40, 40, 60, "families"),
        mode=Mode.ON_FOOT,
        when=DateSpan(DAY, DAY + dt.timedelta(days=2), DatePrecision.DAY),
    ),
    movement("m-2", destinations=()),
    movement("m-3", assertion=Assertion.RUMOURED, people=Estimate(50, 50, 50)),
)
MENTIONS = (
    NamedPlace("r1", 3, 11, "Cota 905", Status.RESOLVED, Role.CLASH, Assertion.NONE, COTA),
    NamedPlace("r1", 20, 29, AWKWARD, Status.NOT_FOUND, Role.CONTEXT, Assertion.THREATENED),
)
INFO = MapInfo(
    {"es": "Pueblo", "en": "Toytown"},
    ("es", "en"),
    (-67.0, 10.3, -66.7, 10.6),
    ("OCHA (CC BY-IGO)", "mapper contributors (CC BY 4.0)"),
    data_through=DAY,
    fingerprint="f1f2f3",
    version="9.9",
    area_id="toytown",
    units=UNITS,
)


def disclosed(level: DisclosureLevel = DisclosureLevel.PARTNER, **fields: Any) -> Disclosed:
    given: dict[str, Any] = {"reports": REPORTS, "incidents": INCIDENTS, "movements": MOVEMENTS, "quotes": QUOTES}
    given |= {"mentions": MENTIONS, "reviewed": frozenset({"i-1", "i-2"})}
    given |= {"judged": {"i-1": ("killed: hospital's list",), "i-2": ("added: seen by our team",)}}
    return Disclosed(level, **(given | fields))


def empty() -> Disclosed:
    return Disclosed(DisclosureLevel.PARTNER, (), (), (), {})


def layers(*, drawn: bool = True) -> Layers:
    """Return the map's layers: the marks of i-1 and one zone with a hole, or nothing."""
    marks = [
        {
            "row_id": f"i-1@{place.place_id}",
            "incident_id": "i-1",
            "place_id": place.place_id,
            "name": place.name,
            "event_type": "Battles",
            "is_clash": True,
            "geometry": Point(place.lon, place.lat),
        }
        for place in (COTA, AWKWARD_PLACE)
    ]
    zone = {
        "zone_id": "zone:el-70",
        "place_id": "el-70",
        "name": AWKWARD,
        "parish": "",
        "municipality": "Libertador",
        "precision": "barrio",
        "official": False,
        "shape": "footprint",
        "uncertainty_m": 250.0,
        "incident_ids": ("i-1",),
        "n_incidents": 1,
        "date_start": "2021-07-08",
        "date_end": "2021-07-08",
        "geometry": box(-66.93, 10.46, -66.9, 10.49).difference(box(-66.92, 10.47, -66.91, 10.48)),
    }
    rows = {"incidents": marks, "zones": [zone]} if drawn else {}
    names = ("parishes", "municipalities", "zones", "incidents", "flows", "mentioned")
    return Layers(**{name: layer(name, rows.get(name, []), 4326) for name in names})


def values(frame: Any, name: str) -> list[dict[str, Any]]:
    """Return a table as plain values, whoever read it: "" or None where blank, days as they are written."""
    listed = zip(*(frame[column.name] for column in SCHEMA[name]), strict=True)
    return [
        {column.name: _plain(one, column.type) for column, one in zip(SCHEMA[name], row, strict=True)} for row in listed
    ]


def _plain(value: Any, kind: str) -> Any:
    blank = value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))
    if kind in {"text", "list", "day"}:
        return "" if blank else str(value)[:10] if kind == "day" else str(value)
    if blank or value == "":
        return None
    if kind == "flag":
        return str(value).lower() in {"true", "1"}
    return float(value) if kind == "number" else int(float(value))
