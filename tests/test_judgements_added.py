"""What an analyst adds is checked, shown with its source as an addition, and disclosed like any record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mapper import Config, pipeline
from mapper.decide import add_judgement, correction
from mapper.errors import ConfigError
from mapper.judgements import read_judgements
from mapper.model import DisclosureLevel, Estimate, Place

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Police and a gang fought in the Cota 905 on Thursday. The night\nwas long in El Valle, said Ana Ruiz."
PLACES = {one: Place(one, one, "barrio") for one in ("cota-905", "los-teques")}
CLASH = """[[incident]]
sub_event_type = "Armed clash"
places = ["el-valle-parish"]
date_start = 2021-07-08
killed = { low = 2, best = 3 }
reason = "missed"
by = "AB"
"""
FLIGHT = """[[movement]]
kind = "displacement"
origins = ["cota-905"]
destinations = ["los-teques"]
date_start = "2021-07-08"
date_end = 2021-07-09
households = 30
outlet = "Radio Fe"
url = "https://example.org/x"
published = 2021-07-10
quote = "Treinta familias huyeron"
"""


def build(folder: Path, judgements: str, *, page: bool = False, **more):
    (folder / "r.txt").write_text(f"---\ndate: 2021-07-09\noutlet: Paper\n---\n{TEXT}\n")
    (folder / "j.toml").write_text(judgements)
    config = Config(inputs=(str(folder / "r.txt"),), out=folder / "out", judgements=folder / "j.toml", **more)
    return pipeline.build(config) if page else pipeline.find(config)


def added(result):
    """Return the one record that was added."""
    records = [*result.story.incidents, *result.story.movements]
    (found,) = [one for one in records if "added" in str(result.disclosed.judged.get(one.record_id))]
    return found


def test_an_incident_stands_on_the_words_of_a_report(tmp_path: Path):
    result = build(tmp_path, CLASH + 'report = "r"\nquote = "The night was long in El Valle"\n')
    incident = added(result)
    assert (incident.places[0].place_id, incident.fatalities) == ("el-valle-parish", Estimate(2, 3, None, "persons"))
    (quote,) = result.disclosed.quotes[incident.incident_id]
    assert (quote.report_id, quote.text) == ("r", "The night\nwas long in El Valle")


def test_a_movement_brings_its_own_source(tmp_path: Path):
    result = build(tmp_path, FLIGHT)
    movement = added(result)
    (quote,) = result.disclosed.quotes[movement.movement_id]
    (source,) = [one for one in result.disclosed.reports if one.report_id == quote.report_id]
    assert (source.outlet, source.url, quote.text) == (
        "Radio Fe",
        "https://example.org/x",
        "Treinta familias huyeron",
    )
    assert (movement.households, movement.people) == (Estimate(30, 30, 30, "families"), Estimate())


def test_what_was_added_counts_as_reviewed_and_what_was_read_does_not(tmp_path: Path):
    result = build(tmp_path, FLIGHT)
    assert result.disclosed.reviewed == {added(result).movement_id}


def test_it_says_that_it_was_added_and_why_but_not_by_whom(tmp_path: Path):
    result = build(tmp_path, CLASH + 'report = "r"\nquote = "The night was long in El Valle"\n', page=True)
    page = result.map_path.read_text()
    assert ("added: missed" in page, '"AB"' in page) == (True, False)


def test_nothing_is_read_by_the_program_in_an_added_source(tmp_path: Path):
    quote = 'quote = "Police and a gang fought in Petare and Catia; 30 families of the Cota 905 fled to Los Teques"\n'
    result = build(tmp_path, FLIGHT.replace('quote = "Treinta familias huyeron"\n', quote))
    assert (len(result.story.incidents), len(result.story.movements)) == (1, 1)
    assert "Petare" not in {one.place.name for one in result.disclosed.mentioned}


def test_it_stands_beside_what_the_program_read_of_the_same_place_and_day(tmp_path: Path):
    here = CLASH.replace("el-valle-parish", "cota-905")
    result = build(tmp_path, here + 'outlet = "Radio"\nquote = "otro tiroteo en la noche"\n')
    assert len(result.story.incidents) == 2


def test_it_can_be_joined_with_a_record_and_then_is_not_reviewed_by_that(tmp_path: Path):
    here = CLASH.replace("el-valle-parish", "cota-905") + 'outlet = "Radio"\nquote = "otro tiroteo"\n'
    first, second = (one.incident_id for one in build(tmp_path, here).story.incidents)
    result = build(tmp_path, here + f'[[same]]\nrecords = ["{first}", "{second}"]\n')
    (incident,) = result.story.incidents
    assert {one.report_id == "r" for one in incident.evidence} == {True, False}
    assert result.disclosed.reviewed == frozenset()


def test_its_id_stays_when_its_number_is_corrected(tmp_path: Path):
    first, second = (added(build(tmp_path, FLIGHT.replace("30", number, 1))) for number in ("30", "40"))
    assert first.movement_id == second.movement_id


@pytest.mark.parametrize(
    "source",
    ['report = "r"\nquote = "Nobody wrote this"\n', 'report = "other"\nquote = "The night was long"\n'],
)
def test_words_that_no_report_holds_support_nothing_and_are_told(tmp_path: Path, source: str):
    result = build(tmp_path, CLASH + source)
    assert (len(result.story.incidents), len(result.idle_judgements)) == (1, 1)


def test_a_private_source_is_withheld_and_the_record_shown(tmp_path: Path):
    result = build(tmp_path, FLIGHT + "private = true\n", page=True)
    movement = added(result)
    assert [one.text for one in result.disclosed.quotes[movement.movement_id]] == [None]
    page = result.map_path.read_text()
    assert ("Radio Fe" in page, "Treinta familias" in page, movement.movement_id in page) == (False, False, True)


def test_a_private_source_is_shown_inside(tmp_path: Path):
    result = build(tmp_path, FLIGHT + "private = true\n", disclosure=DisclosureLevel.INTERNAL, page=True)
    assert "Treinta familias" in result.map_path.read_text()


def test_words_that_could_expose_someone_are_found_in_an_added_source_too(tmp_path: Path):
    words = "Huyeron el jueves, dijo un vecino que pidió no ser identificado."
    result = build(tmp_path, FLIGHT.replace("Treinta familias huyeron", words), page=True)
    page = result.map_path.read_text()
    assert ("pidió no ser identificado" in page, added(result).movement_id in page) == (False, True)


def test_a_small_group_that_was_added_loses_its_precise_ends(tmp_path: Path):
    result = build(tmp_path, FLIGHT.replace("households = 30", "people = 6"))
    (movement,) = result.disclosed.movements
    assert "cota-905" not in {place.place_id for place in (*movement.origins, *movement.destinations)}


def test_every_fault_is_named_at_once_in_both_languages():
    wrong = """[[incident]]
sub_event_type = "Clash"
places = []
killed = { low = 5, best = 2 }
outlet = "x"
quote = " "
date_end = 2021-07-08
[[movement]]
kind = "flight"
via = ["cota-905"]
published = 3021-01-01
"""
    with pytest.raises(ConfigError) as caught:
        read_judgements(wrong.encode(), "j.toml", PLACES.get)
    for language in ("en", "es"):
        said = caught.value.in_language(language)
        for fault in ("Clash", "places", "killed", "quote", "[[movement]] 1, kind", "published"):
            assert fault in said


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"cota-905"', '"atlantis"', "atlantis"),
        ('outlet = "Radio Fe"\nurl = "https://example.org/x"\n', "", "report"),
        ('outlet = "Radio Fe"\n', 'outlet = "Radio Fe"\nreport = "r"\n', "report"),
        ("https://example.org/x", "javascript:alert(1)", "url"),
        ("date_end = 2021-07-09", "date_end = 2021-07-07", "date_end"),
        ("households = 30", "households = -1", "households"),
        ("households = 30", "households = true", "households"),
        ("published = 2021-07-10", "published = 2021-07-10T10:00:00", "published"),
        ('origins = ["cota-905"]\ndestinations = ["los-teques"]\n', 'via = ["cota-905"]\n', "origins"),
        ("kind", "sort", "sort"),
    ],
)
def test_a_wrong_addition_is_refused_with_what_is_wrong(old: str, new: str, fault: str):
    assert FLIGHT.count(old) == 1
    with pytest.raises(ConfigError) as caught:
        read_judgements(FLIGHT.replace(old, new).encode(), "j.toml", PLACES.get)
    assert fault in caught.value.in_language("es")


def test_the_event_type_must_be_that_of_its_kind():
    with pytest.raises(ConfigError) as caught:
        read_judgements((CLASH + 'event_type = "Riots"\nreport = "r"\nquote = "x"').encode(), "j.toml", {}.get)
    assert "event_type" in str(caught.value)


def test_an_attack_with_shots_makes_a_zone(tmp_path: Path):
    attack = CLASH.replace("Armed clash", "Attack") + 'gunfire = true\noutlet = "x"\nquote = "y"\n'
    assert added(build(tmp_path, attack)).is_clash


# --- writing them ---


def test_a_command_line_adds_an_incident():
    given = {"incident": "Grenade", "date": "2021-07", "killed": 0, "outlet": "x", "quote": "y", "private": False}
    kind, fields = correction("cota-905, los-teques", given)
    assert (kind, fields["places"], fields["killed"]) == ("incident", ["cota-905", "los-teques"], 0)
    assert [str(fields[one]) for one in ("date_start", "date_end", "date_precision")] == [
        "2021-07-01",
        "2021-07-31",
        "month",
    ]


def test_what_a_command_line_adds_can_be_read_again(tmp_path: Path):
    given = {"movement": "return", "to": "los-teques", "date": "2021-07-08..2021-07-09", "private": True}
    path = tmp_path / "judgements.toml"
    add_judgement(path, *correction("cota-905", given | {"outlet": "x", "quote": 'a "b"\n\\ñ'}), PLACES.get)
    assert len(read_judgements(path.read_bytes(), "j.toml", PLACES.get).idle()) == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"movement": "return", "killed": 3}, "correct-added"),
        ({"incident": "Attack", "movement": "return"}, "correct-added"),
        ({"incident": "Attack", "date": "2021-13"}, "correct-date"),
        ({"incident": "Attack", "date": "yesterday"}, "correct-date"),
    ],
)
def test_what_does_not_go_together_is_said(given: dict, code: str):
    with pytest.raises(ConfigError) as caught:
        correction("cota-905", given)
    assert caught.value.code == code


def test_a_wrong_addition_is_not_written(tmp_path: Path):
    path = tmp_path / "judgements.toml"
    with pytest.raises(ConfigError):
        add_judgement(path, *correction("atlantis", {"incident": "Attack", "outlet": "x", "quote": "y"}), PLACES.get)
    assert not path.exists()
