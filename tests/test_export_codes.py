"""Rows in the shape of ACLED, UCDP GED and HXL: columns, codes, tolls that add up."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.events.labels import LABELS
from mapper.export.acled import COLUMNS as ACLED
from mapper.export.acled import acled_rows, write_acled
from mapper.export.cells import csv_bytes
from mapper.export.ged import COLUMNS as GED
from mapper.export.ged import ged_rows, priogrid, write_ged
from mapper.export.hxl import FLOWS, INCIDENTS, flow_rows, incident_rows, write_hxl
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
    MapInfo,
    Measure,
    Movement,
    MovementKind,
    Place,
    Precision,
    Report,
)

# ACLED codebook: the sub-event types of each event type.
ACLED_WORDS = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Air/drone strike",
        "Chemical weapon",
        "Grenade",
        "Remote explosive/landmine/IED",
        "Shelling/artillery/missile attack",
        "Suicide bomb",
    },
    "Violence against civilians": {"Abduction/forced disappearance", "Attack", "Sexual violence"},
    "Protests": {"Excessive force against protesters", "Peaceful protest", "Protest with intervention"},
    "Riots": {"Mob violence", "Violent demonstration"},
    "Strategic developments": {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
}
UNITS = (
    AdminUnit("VE01", "Distrito Capital", 1),
    AdminUnit("VE0101", "Libertador", 2, "VE01", "libertador-municipality"),
    AdminUnit("VE010119", "Santa Rosalía", 3, "VE0101", "santa-rosalia-parish"),
)
INFO = MapInfo(
    {"es": "Caracas"},
    ("es",),
    (-67.0, 10.3, -66.7, 10.6),
    ("OCHA (CC BY-IGO)",),
    units=UNITS,
    country={"name": "Venezuela", "iso_numeric": 862, "gwno": 101},
)
COTA = Place(
    "cota-905", "Cota 905", "barrio", -66.92533, 10.48294, 310.0, parish_pcode="VE010119", municipality="Libertador"
)
VALLE = Place("el-valle", "El Valle", "sector", -66.911, 10.4635, 200.0, municipality="Libertador")
DOWNTOWN = Place("downtown", "Downtown", "vague", -66.9, 10.5, 2500.0, precision=Precision.VAGUE)
DAY = dt.date(2021, 7, 8)
REPORT = Report("r", "", "A title", "en", DAY, "The Outlet")


def incident(name: str = "i-1", **fields) -> Incident:
    given = {
        "event_type": EventType.BATTLES,
        "sub_event_type": "Armed clash",
        "when": DateSpan(DAY, DAY, DatePrecision.DAY),
        "places": (COTA,),
        "fatalities": Estimate(3, 3, 3, "persons"),
        "evidence": (Evidence("r", 0, 4),),
    }
    return Incident(name, **(given | fields))


def shown(*incidents: Incident, movements: tuple[Movement, ...] = ()) -> Disclosed:
    return Disclosed(DisclosureLevel.PARTNER, (REPORT,), incidents, movements, {})


def read(files: dict[str, bytes], start: str) -> list[list[str]]:
    content = next(content for name, content in files.items() if name.startswith(start))
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def test_acled_columns_stand_in_the_codebooks_order() -> None:
    rows = read(write_acled(shown(incident()), None, INFO), "acled")
    assert rows[0] == list(ACLED)


@pytest.mark.parametrize(
    ("actors", "sides", "also"),
    [
        (("Gang", "Police", "Military"), ("Gang", "", "Police", "Military"), ""),  # no allies of the gang
        (("Police", "Military", "Gang"), ("Police", "Military", "Gang", ""), ""),
        (("Police", "Military"), ("Police", "Military", "", ""), ""),
        (("Gang", "Colectivo", "Police"), ("Gang", "", "Police", ""), "Colectivo"),
        ((), ("", "", "", ""), ""),
    ],
)
def test_only_forces_of_the_state_are_put_on_one_side_in_acled(actors, sides, also) -> None:
    (row,) = acled_rows(shown(incident(actors=actors)), INFO)
    assert tuple(row[name] for name in ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2")) == sides
    assert row["notes"].endswith(f"Also named: {also}.") == bool(also)


def test_ged_columns_stand_in_the_codebooks_order() -> None:
    rows = read(write_ged(shown(incident()), None, INFO), "ged")
    assert rows[0] == list(GED)


@pytest.mark.parametrize(
    "label", [one for one in LABELS.values() if one.event_type], ids=lambda one: one.sub_event_type
)
def test_what_reading_calls_an_event_is_spelt_as_acled_spells_it(label) -> None:
    told = incident(event_type=label.event_type, sub_event_type=label.sub_event_type)
    (row,) = acled_rows(shown(told), INFO)
    assert row["sub_event_type"] in ACLED_WORDS[row["event_type"]]


tolls = st.builds(
    lambda low, more, most: Estimate(low, low + more, low + more + most, "persons"), *[st.integers(0, 40)] * 3
)


@given(st.lists(st.tuples(tolls, st.sampled_from([(), (COTA,), (COTA, VALLE), (COTA, VALLE, DOWNTOWN)])), max_size=6))
def test_a_toll_counts_once_however_many_places_an_incident_has(told) -> None:
    incidents = [incident(f"i-{n}", fatalities=toll, places=places) for n, (toll, places) in enumerate(told)]
    rows, best = acled_rows(shown(*incidents), INFO), sum(toll.best for toll, _ in told)
    assert sum(row["fatalities"] or 0 for row in rows) == best
    assert sum(row.get("best") or 0 for row in ged_rows(shown(*incidents), INFO)) == best
    assert sum(row.get("Killed, best") or 0 for row in incident_rows(shown(*incidents), INFO)) == best


def test_a_toll_of_several_places_says_that_it_is_the_whole_incidents() -> None:
    first, second = acled_rows(shown(incident(places=(COTA, VALLE))), INFO)
    assert "whole incident, at 2 places" in first["notes"]
    assert second["fatalities"] is None


def test_acled_takes_the_lower_bound_where_no_best_number_is_stated() -> None:
    (row,) = acled_rows(shown(incident(fatalities=Estimate(24, None, None))), INFO)
    assert row["fatalities"] == 24


def test_an_upper_bound_alone_is_no_acled_number() -> None:
    (row,) = acled_rows(shown(incident(fatalities=Estimate(None, None, 20))), INFO)
    assert row["fatalities"] is None


@pytest.mark.parametrize("assertion", [one for one in Assertion if one is not Assertion.NONE])
def test_what_did_not_simply_happen_is_no_row(assertion: Assertion) -> None:
    told = shown(incident(assertion=assertion))
    assert not acled_rows(told, INFO)
    assert not ged_rows(told, INFO)
    assert not list(incident_rows(told, INFO))


def test_an_incident_without_a_place_keeps_its_row_and_its_toll() -> None:
    (row,) = acled_rows(shown(incident(places=())), INFO)
    assert (row["location"], row["geo_precision"], row["fatalities"]) == (None, None, 3)


def test_an_undated_incident_has_no_date_and_no_precision() -> None:
    (row,) = acled_rows(shown(incident(when=DateSpan())), INFO)
    assert (row["event_date"], row["year"], row["time_precision"]) == (None, None, None)


def test_units_end_where_knowledge_ends() -> None:
    (row,) = acled_rows(shown(incident(places=(VALLE,))), INFO)
    assert (row["admin2"], row.get("admin3")) == ("Libertador", None)


def test_ged_holds_deadly_incidents_only() -> None:
    assert not ged_rows(shown(incident(fatalities=Estimate(0, 0, 0)), incident("i-2", fatalities=Estimate())), INFO)


def claim(who: str, number: int) -> Claim:
    return Claim("r", 0, 4, Measure.KILLED, Estimate(number, number, number), who=who)


@pytest.mark.parametrize(
    ("claims", "sides"),
    [
        ([claim("presuntos delincuentes", 22), claim("funcionarios", 4)], (4, 22, 0, 0)),
        ([claim("police officers", 2)], (2, 0, 0, 24)),
        ([claim("bystanders", 30)], (0, 0, 0, 26)),
        ([claim("police and gang members", 5)], (0, 0, 0, 26)),
    ],
    ids=["parts make the whole", "the rest is unknown", "more than the whole fits nothing", "two sides are none"],
)
def test_deaths_by_side_add_up_to_the_incidents(claims, sides) -> None:
    (row,) = ged_rows(shown(incident(fatalities=Estimate(26, 26, 26), claims=tuple(claims))), INFO)
    assert (row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["deaths_unknown"]) == sides


@pytest.mark.parametrize(("days", "code"), [(1, 1), (2, 2), (6, 2), (7, 3), (30, 4), (40, 5)])
def test_ged_codes_a_date_by_the_length_of_its_span(days: int, code: int) -> None:
    when = DateSpan(DAY, DAY + dt.timedelta(days=days - 1), DatePrecision.DAY)
    (row,) = ged_rows(shown(incident(when=when)), INFO)
    assert row["date_prec"] == code


def test_a_priogrid_cell_is_the_published_one() -> None:
    assert priogrid(-69.25, -55.75) == 49182  # the first cell of PRIO-GRID's land


def movement(**fields) -> Movement:
    given = {"origins": (COTA,), "destinations": (DOWNTOWN,), "people": Estimate(None, 800, None, "persons")}
    return Movement("m-1", MovementKind.DISPLACEMENT, **(given | fields))


def test_a_vague_end_has_a_blank_code_and_says_how_vague_it_is() -> None:
    (row,) = flow_rows(shown(movements=(movement(),)), INFO)
    assert row["Origin: Parish P-code"] == "VE010119"
    assert row.get("Destination: Municipality P-code") is None
    assert row["Destination: precision"] == "vague"


def test_families_stay_families() -> None:
    moved = movement(people=Estimate(), households=Estimate(40, 40, 40, "families"))
    (row,) = flow_rows(shown(movements=(moved,)), INFO)
    assert (row["Persons, best"], row["Families or households, best"], row["Unit as reported"]) == (
        None,
        40,
        "families",
    )


def test_people_count_once_however_many_ends_a_movement_has() -> None:
    rows = list(flow_rows(shown(movements=(movement(origins=(COTA, VALLE), destinations=(DOWNTOWN, COTA)),)), INFO))
    assert [row.get("Persons, best") for row in rows] == [800, None, None, None]


@pytest.mark.parametrize("columns", [INCIDENTS, FLOWS], ids=["incidents", "flows"])
def test_every_hxl_column_has_a_tag_of_its_own(columns) -> None:
    tags = list(columns.values())
    assert all(re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", tag) for tag in tags)
    assert len({frozenset(tag.split("+")) for tag in tags}) == len(tags)


def test_the_tags_are_the_second_row() -> None:
    rows = read(write_hxl(shown(incident()), None, INFO), "hxl-incidents")
    assert rows[1] == list(INCIDENTS.values())


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\uff1d1"])
def test_no_cell_is_executed(text: str) -> None:
    ((cell,),) = list(csv.reader(io.StringIO(csv_bytes(["a"], [[text]]).decode(), newline="")))[1:]
    assert cell == f"'{text}"


def test_a_negative_coordinate_stays_a_number() -> None:
    assert csv_bytes(["lon"], [[-66.9]]) == b"lon\r\n-66.9\r\n"


@pytest.mark.parametrize("text", ['a "quoted" name', "two\nlines", "semi; colon, comma", "emoji 🏚️"])
def test_awkward_names_are_read_back_as_they_were(text: str) -> None:
    ((cell,),) = list(csv.reader(io.StringIO(csv_bytes(["a"], [[text]]).decode(), newline="")))[1:]
    assert cell == text


@pytest.mark.parametrize("write", [write_acled, write_ged, write_hxl])
def test_the_level_stands_in_every_file_name(write) -> None:
    assert all(".partner." in name for name in write(shown(incident()), None, INFO))
