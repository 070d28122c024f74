"""A reading as the store keeps it: short, and the same again."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from mapper.model import (
    Assertion,
    Candidate,
    Claim,
    DatePrecision,
    DateSpan,
    Estimate,
    EventType,
    Evidence,
    Facts,
    Incident,
    Measure,
    Mention,
    Mode,
    Movement,
    MovementKind,
    Place,
    Precision,
    Report,
    Role,
    Span,
    Status,
)
from mapper.readings import Codec, Understood, names_in

REPORT = Report("r", "En Petare y El Valle.")
KNOWN = Place("petare", "Petare", "parish", -66.8, 10.5, 400.0, precision=Precision.PARISH, source="osm")
ONLINE = Place("online-1", "Bolsillo", "barrio", -66.9, 10.4, alternative_parishes=("VE010", "VE011"))
DAY = DateSpan(dt.date(2021, 7, 9), dt.date(2021, 7, 10), DatePrecision.WEEK)


@pytest.fixture
def reading() -> Understood:
    claim = Claim("r", 1, 2, Measure.KILLED, Estimate(2, 3, None, "persons"), "Policía \ud83d", hedged=True, when=DAY)
    return (
        Facts(
            REPORT,
            (
                Mention(3, 9, "Petare", Status.RESOLVED, KNOWN, 0.1 + 0.2, role=Role.ORIGIN),
                Mention(12, 20, "El Valle", Status.AMBIGUOUS, None, 0.0, (Candidate("a", "A", None, 1.5, 0.5),)),
                Mention(12, 20, "Bolsillo", Status.RESOLVED, ONLINE, assertion=Assertion.PAST, sensitive=True),
            ),
            (
                Incident(
                    *("i", EventType.BATTLES, "Armed clash", DAY, (KNOWN, ONLINE), ("Police",), Estimate(), Estimate()),
                    claims=(claim,),
                    evidence=(Evidence("r", 0, 5, sensitive=True),),
                    sensitive_fields=frozenset({"when", "actors"}),
                    traits=frozenset({"gunfire"}),
                ),
            ),
            (Movement("m", MovementKind.DISPLACEMENT, (KNOWN,), (), mode=Mode.ON_FOOT, households=Estimate(best=0)),),
            shelters=("petare",),
            private_names=("ana",),
        ),
        (Span(1, 2), Span(3, 4)),
    )


def test_what_is_recalled_is_what_was_written(reading: Understood):
    codec = Codec({"petare": KNOWN})
    assert codec.recalled(codec.written(reading), REPORT) == reading


def test_readings_share_the_places_of_the_gazetteer_which_stand_there_by_their_ids(reading: Understood):
    codec = Codec({"petare": KNOWN})
    written = codec.written(reading)
    recalled, _ = codec.recalled(written, REPORT)
    assert recalled.mentions[0].place is recalled.incidents[0].places[0] is KNOWN
    assert b"osm" not in written


def test_a_place_that_is_not_as_the_gazetteer_has_it_is_written_out(reading: Understood):
    other = Codec({"petare": replace(KNOWN, name="Another")})
    written = other.written(reading)
    assert other.recalled(written, REPORT) == reading


def test_what_holds_its_default_at_the_end_of_a_record_is_left_out():
    codec = Codec({})
    mention = Mention(3, 9, "Petare", Status.NOT_FOUND)
    assert json.loads(codec.written((Facts(REPORT, (mention,), (), ()), ())))[0] == [[3, 9, "Petare", "not_found"]]


def test_the_names_of_a_reading_are_known_in_each_form_that_readings_had(reading: Understood):
    assert names_in(Codec({}).written(reading)) == {"Petare", "El Valle", "Bolsillo"}
    assert names_in(b'[[{"text": "Zafiro"}], []]') == {"Zafiro"}
    assert names_in(b'[{"report": {}, "mentions": [{"text": "Zafiro"}]}, []]') == {"Zafiro"}
