"""Numbers that come out as counted by hand, and what is done with annotated reports that are wrong."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from mapper.evaluation import Choice, NoGoldError, evaluate, inside_test, read_folder
from mapper.evaluation.counts import Found, Share, interval
from mapper.evaluation.gold import GoldPlace
from mapper.evaluation.matching import same_place
from mapper.evaluation.tables import tables
from mapper.model import Place, Role

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.evaluation import Evaluation

ALL = Choice()
INSIDE = inside_test([shapely.box(-67, 10, -66, 11)])
PACK = {
    "alfa": (Place("alfa", "Alfa", "barrio", -66.90, 10.50, 100, parish="Uno"),),
    "eco": (
        Place("eco-1", "Eco", "barrio", -66.80, 10.50, 400, parish="Uno", alternative_parishes=("Dos",)),
        Place("eco-2", "Eco", "barrio", -66.70, 10.50, 400, parish="Tres"),
    ),
    "lejos": (Place("lejos", "Lejos", "city", -70.0, 9.0, in_area=False),),
}
GOLD: dict[str, Any] = {
    "id": "h1",
    "lang": "en",
    "published": "2021-07-11",
    "title": "By hand",
    "text": "Alfa, Beta, Gama, Delta. Martes.",
    "mentions": [
        {"text": "Alfa", "nth": 1, "place": "Alfa", "class": "barrio", "parish_any": ["Uno"], "in_area": True, "lat": 10.50, "lon": -66.90, "tol_m": 300, "role": "clash"},
        {"text": "Beta", "nth": 1, "place": "Beta", "class": "barrio", "parish_any": ["Dos"], "in_area": True, "lat": 10.51, "lon": -66.90, "tol_m": 300, "role": "origin"},
        {"text": "Gama", "nth": 1, "place": "Gama", "class": "parish", "parish_any": ["Tres"], "in_area": True, "lat": 10.52, "lon": -66.90, "tol_m": 2000, "role": "context"},
        {"text": "Delta", "nth": 1, "place": "Delta", "class": "city", "parish_any": [], "in_area": False, "lat": None, "lon": None, "tol_m": None, "role": "context"},
    ],
    "incidents": [{"event_type": "Battles", "sub_event_type": "Armed clash", "places": ["Alfa"], "date_start": "2021-07-08", "killed": 2, "injured": None}],
    "movements": [{"kind": "displacement", "origins": ["Beta"], "destinations": [], "people": 40}],
    "clash_places": ["Alfa"],
    "mentioned_not_clash": ["Beta", "Gama"],
}  # fmt: skip
MARKED = "%% id: h2\n%% lang: es\n%% published: 2021-07-11\n\nNada pasó en {Alfa|context}."


def find(name: str) -> tuple[Place, ...]:
    return PACK.get(name.lower(), ())


def place(
    name: str, lat: float | None = 10.50, lon: float | None = -66.90, parish: str = "", precision: str = "barrio"
):
    return {"place_id": name, "name": name, "lat": lat, "lon": lon, "parish": parish, "precision": precision}


def mention(start: int, text: str, role: str = "context", status: str = "resolved", **where: Any) -> dict[str, Any]:
    return {"start": start, "end": start + len(text), "text": text, "status": status, "role": role} | where


def incident(*places: dict[str, Any], kind: str = "Battles", killed: int | None = None) -> dict[str, Any]:
    tolls = {"fatalities": {"best": killed}, "injuries": {"best": None}}
    return {"event_type": kind, "places": list(places), "date_start": "2021-07-08", **tolls}


def movement(
    origins: list[dict[str, Any]], destinations: list[dict[str, Any]], kind: str = "evacuation"
) -> dict[str, Any]:
    counts = {"people": {"best": 40}, "households": {"best": 9}}
    return {"kind": kind, "origins": origins, "destinations": destinations, **counts}


# Alfa is 222 m off and right; Beta 556 m off, in the right parish, its role wrong; Gama is taken for
# a place elsewhere; Delta is not seen; "Martes" is none. A second battle is put at Gama.
READ: list[dict[str, Any]] = [
    {
        "mentions": [
            mention(0, "Alfa", "clash", **place("Alfa", 10.502, parish="Uno")),
            mention(6, "Beta", **place("Beta", 10.515, parish="Dos")),
            mention(12, "Gama", **place("Omega", 10.90, parish="Nueve")),
            mention(25, "Martes", **place("Martes")),
        ],
        "incidents": [incident(place("Alfa"), killed=3), incident(place("Gama", 10.52))],
        "movements": [movement([place("Beta", 10.51)], [])],
    },
    {"mentions": [mention(13, "Alfa", **place("Alfa", parish="Uno"))], "incidents": [], "movements": []},
]


def write(folder: Path, **changes: Any) -> Path:
    """Write the report of this module as JSON, with changes to its keys or (``mention``) to its first mention."""
    gold = copy.deepcopy(GOLD)
    gold["mentions"][0] |= changes.pop("mention", {})
    gold |= changes
    path = folder / f"{GOLD['id']}.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def marked(folder: Path, text: str, name: str = "marked.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def by_hand(tmp_path: Path) -> Evaluation:
    write(tmp_path)
    marked(tmp_path, MARKED)
    reports, set_aside = read_folder(tmp_path, find, ALL)
    return evaluate(reports, READ, INSIDE, set_aside)


def test_every_measure_comes_out_as_counted_by_hand(by_hand: Evaluation):
    assert by_hand.overall == {
        "recognition": Found(4, 5, 5),
        "resolution": Found(3, 5, 5),
        "resolution_in_area": Found(3, 4, 5),
        "located": Share(2, 3),
        "within_250m": Share(2, 3),
        "within_1km": Share(3, 3),
        "parish": Share(3, 4),
        "role_accuracy": Share(2, 3),
        "clash_places": Found(1, 1, 2),
        "named_but_not_clash_drawn": Share(1, 3),
        "incidents": Found(1, 1, 2),
        "incident_date": Share(1, 1),
        "incident_killed": Share(0, 1),
        "incident_injured": Share(0, 0),
        "movements": Found(1, 1, 1),
        "movement_kind": Share(0, 1),
        "movement_people": Share(1, 1),
        "clean_negatives": Share(1, 1),
    }


def test_each_language_and_class_has_its_own_numbers(by_hand: Evaluation):
    assert by_hand.languages == {"en": 1, "es": 1}
    assert by_hand.by_language["es"]["recognition"] == Found(1, 1, 1)
    assert by_hand.by_class["barrio"]["recognised"] == Share(3, 3)
    assert by_hand.by_class["parish"]["resolution"] == Found(0, 1, 1)
    assert by_hand.by_class["city"]["recognised"] == Share(0, 1)


def test_every_miss_is_named_with_both_sides(by_hand: Evaluation):
    assert {(miss.report_id, miss.measure, miss.about, miss.annotated, miss.read) for miss in by_hand.misses} == {
        ("h1", "recognition", "Delta", "Delta", ""),
        ("h1", "recognition", "Martes", "", "Martes"),
        ("h1", "resolution", "Gama", "Gama", "Omega, Nueve"),
        ("h1", "located", "Beta", "Beta ± 300 m", "Beta, Dos, 556 m"),
        ("h1", "role_accuracy", "Beta", "origin", "context"),
        ("h1", "clash_places", "Gama", "", "Gama"),
        ("h1", "incidents", "Gama", "", "Battles"),
        ("h1", "incident_killed", "Alfa", "2", "3"),
        ("h1", "movement_kind", "Beta → ?", "displacement", "evacuation"),
    }


def test_shares_stand_with_counts_interval_and_warning(by_hand: Evaluation):
    numbers = by_hand.as_dict()["measures"]
    assert numbers["recognition"]["precision"] == numbers["recognition"]["recall"] == 0.8
    assert (numbers["parish"]["share"], numbers["parish"]["n"], numbers["parish"]["small"]) == (0.75, 4, True)
    assert numbers["incident_injured"]["share"] is None
    assert "errors" not in by_hand.as_dict()


@pytest.mark.parametrize(
    ("language", "note", "number"), [("en", "n too small", "0.750"), ("es", "n muy pequeño", "0,750")]
)
def test_tables_speak_both_languages(by_hand: Evaluation, language: str, note: str, number: str):
    _, shares, *_, misses = tables(by_hand, language, errors=True)
    (parish,) = [row for row in shares.rows if row[3] == "4"]
    assert (parish[1].split()[0], parish[-1]) == (number, note)
    assert len(misses.rows) == 9


def test_the_interval_is_wilsons():
    assert [round(bound, 3) for bound in interval(8, 10)] == [0.490, 0.943]
    assert interval(0, 0) == (None, None)


def test_nothing_to_find_and_nothing_found_is_no_number_but_something_invented_is():
    assert (Found().precision, Found().f1) == (None, None)
    assert (Found(0, 0, 2).precision, Found(0, 0, 2).f1) == (0.0, 0.0)
    assert (Found(0, 2, 0).precision, Found(0, 2, 0).recall) == (0.0, 0.0)


# --- when a place is the same ---


@pytest.mark.parametrize(
    ("read", "same"),
    [
        (place("Barrio Alfa", 10.5053), True),  # 589 m
        (place("Barrio Alfa", 10.5055), False),  # 611 m
        (place("Barrio Alfa", 10.60, parish="UNO"), True),
        (place("Barrio Norte", 10.5022), True),  # 245 m: another name, a third of the tolerance or 250 m
        (place("Barrio Norte", 10.5025, parish="Uno"), False),
        (place("Alfa", None, None, parish="Uno"), False),
    ],
)
def test_a_place_is_the_same_by_name_and_point_or_parish(read: dict[str, Any], same: bool):
    assert same_place(GoldPlace("Alfa", "barrio", True, 10.50, -66.90, 600, ("Uno",)), read) is same


def test_a_place_without_a_point_is_known_by_its_name():
    assert same_place(GoldPlace("Estado Miranda", "state", False), place("Miranda", None, None))
    assert not same_place(GoldPlace("Estado Miranda", "state", False), place("Estado Zulia", None, None))


@pytest.mark.parametrize(
    ("destination", "right"),
    [(place("El centro", precision="vague"), 1), (place("Alfa"), 0)],
    ids=["a vague end may stand where none is named", "a named end is invented"],
)
def test_ends_of_movements(tmp_path: Path, destination: dict[str, Any], right: int):
    write(tmp_path)
    read = READ[0] | {"movements": [movement([place("Beta", 10.51)], [destination])]}
    reports, _ = read_folder(tmp_path, find, ALL)
    assert evaluate(reports, [read], INSIDE).overall["movements"] == Found(right, 1, 1)


@pytest.mark.parametrize(
    ("stated", "persons", "families", "expected"),
    [(40, None, 40, "1/1"), (40, 40, 9, "1/1"), (40, 90, 40, "0/1"), (40, None, None, "0/1"), (None, None, 9, "0/0")],
)
def test_families_count_where_no_persons_are_counted(tmp_path: Path, stated, persons, families, expected):
    write(tmp_path, movements=[GOLD["movements"][0] | {"people": stated}])
    reports, _ = read_folder(tmp_path, find, ALL)
    counts = {"people": {"best": persons}, "households": {"best": families}}
    read = READ[0] | {"movements": [movement([place("Beta", 10.51)], []) | counts]}
    told = evaluate(reports, [read], INSIDE).overall.get("movement_people", Share(0, 0))
    assert f"{told.hits}/{told.n}" == expected


def test_a_clash_place_that_only_one_side_of_the_annotation_names_counts_neither_way(tmp_path: Path):
    write(tmp_path, clash_places=["Alfa", "Gama"])
    reports, _ = read_folder(tmp_path, find, ALL)
    result = evaluate(reports, READ[:1], INSIDE).overall
    assert (result["clash_places"], result["named_but_not_clash_drawn"]) == (Found(1, 1, 1), Share(0, 1))


# --- marked text ---

HEAD = "%% id: m1\n%% lang: en\n%% published: 2021-07-11\n"


def read_one(folder: Path, text: str):
    marked(folder, text)
    reports, set_aside = read_folder(folder, find, ALL)
    assert set_aside == ()
    return reports[0]


def test_marks_are_taken_out_and_looked_up(tmp_path: Path):
    text = (
        HEAD
        + "%% incident 1: Battles / Armed clash | 2021-07-10 | killed 2\n\nShots in {the Alfa|clash 1|Alfa} and {Eco|denied}; {X|context|outside}, {Lejos|context}."
    )
    report = read_one(tmp_path, text)
    assert report.text == "Shots in the Alfa and Eco; X, Lejos."
    assert [report.text[one.start : one.end] for one in report.mentions] == ["the Alfa", "Eco", "X", "Lejos"]
    alfa, eco, outside, far = (one.place for one in report.mentions)
    assert (alfa.name, alfa.tolerance_m, alfa.parishes) == ("Alfa", 250, ("Uno",))
    assert (eco.tolerance_m, eco.parishes, report.mentions[1].role) == (400, ("Uno", "Dos"), Role.CONTEXT)
    assert (outside.in_area, far.in_area) == (False, False)
    assert (report.clash, report.not_clash) == ((alfa,), (eco,))
    assert (report.incidents[0].killed, report.incidents[0].injured) == (2, None)


def test_a_place_with_one_mark_may_be_both_clash_and_origin(tmp_path: Path):
    text = (
        HEAD
        + "%% incident 1: battles | - | at Alfa\n%% movement 1: displacement | 2021-07-10 | people 7\n\nThey fled the shots in {Alfa|origin 1}."
    )
    report = read_one(tmp_path, text)
    assert report.incidents[0].places == report.clash == report.movements[0].origins
    assert (report.not_clash, report.movements[0].people, report.incidents[0].start) == ((), 7, None)


def test_other_incidents_have_their_place_and_are_no_clash(tmp_path: Path):
    report = read_one(tmp_path, HEAD + "%% incident 1: Protests | 2021-07-10\n\nThey marched in {Alfa|incident 1}.")
    assert (report.mentions[0].role, report.incidents[0].places) == (Role.OTHER_INCIDENT, report.not_clash)
    assert report.clash == ()


def test_names_that_deserve_a_second_look_are_told(tmp_path: Path):
    report = read_one(tmp_path, HEAD + "\n{Alfa|context} {Eco|context} {Nowhere|context} {Lejos|context}")
    assert report.doubts == ("Eco", "Nowhere")
    assert (report.mentions[2].place.in_area, report.mentions[2].place.lat) == (True, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "\n{Alfa|nowhere}", "'{Alfa|nowhere}'"),
        (HEAD + "\n{Alfa|clash 1}", "'Alfa'"),
        (HEAD + "%% incident 1: War | -\n\n{Alfa|clash 1}", "'War'"),
        (HEAD + "%% movement 1: walk | -\n\n{Alfa|origin 1}", "'walk'"),
        (HEAD + "%% incident 1: Battles | - | at Eco\n\n{Alfa|clash 1}", "'at Eco'"),
        (HEAD + "%% incident 1: Battles | - | killed many\n\n{Alfa|clash 1}", "'killed many'"),
        (HEAD + "%% incident 1: Battles\n%% incident 1: Riots\n\n{Alfa|clash 1}", "'%% incident 1'"),
        (HEAD + "\n{Alfa|context}\n%% title: late", "'%% title: late'"),
        (HEAD.replace("07-11", "13-11") + "\nAlfa", "'2021-13-11'"),
        (HEAD + "\n{Alfa", "brace"),
        ("%% lang: en\n\nAlfa", "id"),
    ],
)
def test_a_bad_report_is_set_aside_with_its_reason_and_the_next_goes_on(tmp_path: Path, text: str, said: str):
    marked(tmp_path, f"{text}\n====\n{MARKED}")
    reports, (bad,) = read_folder(tmp_path, find, ALL)
    assert [one.report_id for one in reports] == ["h2"]
    assert said in bad.reason_en
    assert bad.reason_en.startswith("marked.txt")
    assert bad.reason_es != bad.reason_en


# --- JSON ---


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"mention": {"nth": 2}}, "“Alfa” does not occur 2"),
        ({"mention": {"role": "hero"}}, 'role is "hero"'),
        ({"mention": {"in_area": 1}}, "in_area is 1"),
        ({"mention": {"lon": None}}, "lon is null"),
        ({"mention": {"lat": float("nan")}}, "lat is NaN"),
        ({"mention": {"place": ""}}, 'place is ""'),
        ({"mentions": ["Alfa"]}, "mentions is"),
        ({"clash_places": [1]}, "clash_places is [1]"),
        ({"incidents": [{"event_type": "War", "places": []}]}, 'event_type is "War"'),
        ({"incidents": [GOLD["incidents"][0] | {"killed": -1}]}, "killed is -1"),
        ({"incidents": [GOLD["incidents"][0] | {"date_start": "yesterday"}]}, 'date_start is "yesterday"'),
        ({"movements": [{"kind": "march"}]}, 'kind is "march"'),
        ({"text": None}, "text is null"),
        ({"id": "other"}, 'id is "other"'),
    ],
)
def test_a_bad_value_is_named(tmp_path: Path, changes: dict[str, Any], said: str):
    write(tmp_path, **changes)
    marked(tmp_path, MARKED)
    reports, (bad,) = read_folder(tmp_path, find, ALL)
    assert [one.report_id for one in reports] == ["h2"]
    assert bad.reason_en.startswith("h1.json")
    assert said in bad.reason_en


@pytest.mark.parametrize("source", [b"{", b"[]", b"\xff\xfe{", b"[" * 100_000])
def test_what_is_no_json_object_is_set_aside(tmp_path: Path, source: bytes):
    (tmp_path / "h1.json").write_bytes(source)
    marked(tmp_path, MARKED)
    _, (bad,) = read_folder(tmp_path, find, ALL)
    assert bad.name == "h1.json"


def test_a_name_that_no_mention_bears_is_a_vague_area_and_told(tmp_path: Path):
    write(tmp_path, movements=[GOLD["movements"][0] | {"destinations": ["the centre"]}])
    (report,), _ = read_folder(tmp_path, find, ALL)
    assert (report.movements[0].destinations, report.doubts) == ((), ("the centre",))


# --- a folder ---


def test_of_two_reports_with_one_id_the_second_is_set_aside(tmp_path: Path):
    marked(tmp_path, MARKED, "a.txt")
    marked(tmp_path, MARKED, "b.txt")
    reports, (bad,) = read_folder(tmp_path, find, ALL)
    assert (len(reports), bad.name) == (1, "b.txt")


def test_reports_can_be_chosen_and_one_left_out_is_not_even_opened(tmp_path: Path):
    marked(tmp_path, MARKED)
    (tmp_path / "h1.json").write_bytes(b"\xff not to be read")
    (tmp_path / "ids").write_text("h1\n", encoding="utf-8")
    reports, set_aside = read_folder(tmp_path, find, Choice.of_files(None, tmp_path / "ids"))
    assert ([one.report_id for one in reports], set_aside) == (["h2"], ())
    with pytest.raises(NoGoldError):
        read_folder(tmp_path, find, Choice.of_files(tmp_path / "ids", tmp_path / "ids"))


def test_a_file_that_is_gone_is_set_aside(tmp_path: Path):
    marked(tmp_path, MARKED)
    (tmp_path / "h1.json").symlink_to(tmp_path / "gone")
    _, (bad,) = read_folder(tmp_path, find, ALL)
    assert bad.reason_en.startswith("h1.json: cannot be read")


def test_a_single_file_will_do(tmp_path: Path):
    reports, _ = read_folder(write(tmp_path), find, ALL)
    assert [one.report_id for one in reports] == ["h1"]
