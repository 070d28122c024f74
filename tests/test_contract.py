"""`mapper geoparse` prints exactly what design and docs promise."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from facts_kit import COTA, FACTS, TEXT

from mapper.contract import facts_to_dict
from mapper.model import Estimate, Facts, Report

PLACE = "place_id name lon lat uncertainty_m parish parish_pcode municipality official precision"
KEYS = {
    (): "schema_version report_id title language published outlet author url text mentions incidents movements warnings",
    ("mentions",): "start end text status role assertion sensitive place_id name feature_class lon lat uncertainty_m "
    "parish parish_pcode municipality score reasons candidates",
    ("mentions", 2, "candidates"): "place_id name lon lat score",
    ("incidents",): "incident_id event_type sub_event_type date_start date_end date_precision places actors fatalities "
    "injuries claims evidence around",
    ("incidents", 0, "places"): PLACE,
    ("incidents", 0, "around"): PLACE,
    ("incidents", 0, "claims"): "start end speaker measure low best high hedged who date_start date_end date_precision",
    ("incidents", 0, "evidence"): "start end sensitive",
    ("movements",): "movement_id kind origins destinations via date_start date_end date_precision mode people"
    " households evidence",
    ("movements", 0, "destinations"): PLACE,
    ("movements", 0, "evidence"): "start end sensitive",
}


def at(value: object, *steps: str | int):
    for step in steps:
        value = value[step]
    return value


@pytest.mark.parametrize("steps", KEYS, ids=lambda steps: "/".join(map(str, steps)) or "report")
def test_keys_and_their_order(steps: tuple[str | int, ...]):
    found = at(facts_to_dict(FACTS), *steps)
    for record in found if isinstance(found, list) else [found]:
        assert list(record) == KEYS[steps].split()


@pytest.mark.parametrize("steps", KEYS, ids=lambda steps: "/".join(map(str, steps)) or "report")
def test_every_key_is_documented(steps: tuple[str | int, ...]):
    document = (Path(__file__).parent.parent / "docs" / "output-contract.md").read_text(encoding="utf-8")
    assert [key for key in KEYS[steps].split() if f"`{key}`" not in document] == []


def test_offsets_are_offsets_into_text():
    record = json.loads(json.dumps(facts_to_dict(FACTS)))
    assert [record["text"][m["start"] : m["end"]] for m in record["mentions"]] == [
        m["text"] for m in record["mentions"]
    ]


def test_an_unlocated_mention_has_no_place():
    unlocated = facts_to_dict(FACTS)["mentions"][2]
    assert [unlocated[key] for key in ("place_id", "name", "lon", "lat", "parish", "municipality")] == [None] * 6


@pytest.mark.parametrize("key", ["title", "published", "outlet", "author", "url"])
def test_what_a_report_does_not_say_is_null(key: str):
    assert facts_to_dict(Facts(Report("r", TEXT), (), (), ()))[key] is None


def test_an_unknown_toll_is_null_and_none_is_zero():
    incident = dataclasses.replace(FACTS.incidents[0], fatalities=Estimate(), injuries=Estimate(0, 0, 0))
    record = facts_to_dict(dataclasses.replace(FACTS, incidents=(incident,)))["incidents"][0]
    assert (record["fatalities"]["best"], record["injuries"]["best"]) == (None, 0)


def test_families_are_never_turned_into_persons():
    (movement,) = facts_to_dict(FACTS)["movements"]
    assert movement["people"] == {"low": None, "best": None, "high": None, "unit": None}
    assert movement["households"] == {"low": 5, "best": None, "high": None, "unit": "families"}


def test_enums_dates_and_places_are_plain_values():
    incident = facts_to_dict(FACTS)["incidents"][0]
    assert (incident["event_type"], incident["date_start"], incident["date_precision"]) == (
        "Battles",
        "2021-07-09",
        "day",
    )
    assert (incident["places"][0]["lon"], incident["places"][0]["precision"]) == (COTA.lon, "barrio")


def test_a_warning_is_told_once():
    assert facts_to_dict(FACTS)["warnings"] == ["own", "other"]
