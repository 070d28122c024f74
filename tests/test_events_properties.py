"""Whatever a report says: reading it for events never fails, comes out the same, and judges each mention once."""

from __future__ import annotations

import random

import pytest
from events_kit import look
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_kit import PLACES, as_mentions, reader, report

from mapper.events import understand
from mapper.events.verdicts import judge, verdicts_on
from mapper.model import Precision, Role

READER = reader()
NAMES = [place.name for place in PLACES.values()] + [
    "downtown",
    "centro de la ciudad",
    "centro de la ciudad de Caracas",
]
CUES = {
    "en": (
        "fought shooting gunfire grenade bomb killed wounded fled evacuated returned sheltered march arrested looted "
        "resident gang police army threatened rumour feared denied not if another families people total since said"
    ),
    "es": (
        "tiroteo balacera enfrentamiento granada bomba murieron heridos huyeron evacuaron regresaron refugio marcha "
        "detenidos saquearon vecina banda policía amenazó rumor temen desmintió no si otro familias personas desde dijo"
    ),
}
SMALL = {"en": "in from to of the and or near at by on a", "es": "en de desde hacia a la el y o cerca por del al"}
NUMBERS = ["2", "22", "1.200", "3,5", "0", "two", "dos", "a dozen", "una decena", "between 3 and 5", "más de 20"]
DATES = [
    "on Friday",
    "el viernes",
    "on 5 May 2021",
    "el 5 de mayo",
    "since Friday",
    "7 y 8 de enero",
    "anoche",
    "2031",
    "hasta el lunes",
]
MARKS = [
    ",",
    ".",
    ";",
    ":",
    "(",
    ")",
    '"',
    "«",
    "—",
    "/",
    "&",
    "!",
    "\n",
    "\n\n",
    "\n\n\n",
    "|",
    "*",
    "#",
    "\u200b",
    "\u202e",
    "🔥",
]


def texts(language: str) -> st.SearchStrategy[str]:
    """Strings of what the tables know, in no order that makes sense."""
    piece = st.one_of(
        *(
            st.sampled_from(one)
            for one in (NAMES, CUES[language].split(), SMALL[language].split(), NUMBERS, DATES, MARKS)
        )
    )
    glue = st.sampled_from([" ", " ", " ", " ", ""])
    return st.lists(st.tuples(piece, glue), max_size=40).map(lambda parts: "".join(a + b for a, b in parts))


LANGUAGES = st.sampled_from(["en", "es"])
REPORTS = LANGUAGES.flatmap(lambda language: st.tuples(st.just(language), texts(language)))
DAYS = st.sampled_from(["2021-07-11", "2020-02-29"])


def facts_of(text, language, published="2021-07-11"):
    reading = READER.read(report(text, language, published))
    return understand(reading, as_mentions(reading))


@settings(max_examples=150)
@given(REPORTS, DAYS)
def test_any_report_is_understood_and_comes_out_the_same_twice(told, published):
    language, text = told
    assert facts_of(text, language, published) == facts_of(text, language, published)


@settings(max_examples=100)
@given(REPORTS)
def test_each_mention_gets_exactly_one_verdict_with_a_reason(told):
    language, text = told
    seen = look(text, language)
    verdicts = verdicts_on(judge(seen.spots, seen.sight), seen.sentences, seen.mentions, seen.frames)
    assert sorted(verdicts) == list(range(len(seen.mentions))) == sorted(seen.spots)
    assert all(verdict.reason for verdict in verdicts.values())
    placed = [scene for scene in seen.scenes for _ in scene.mentions]
    assert len(placed) == len(seen.mentions)


@settings(max_examples=100)
@given(REPORTS)
def test_records_hold_only_places_that_the_report_names_in_their_role(told):
    language, text = told
    facts = facts_of(text, language)
    named = {mention.place.place_id for mention in facts.mentions if mention.place}
    vague = {key for key, place in PLACES.items() if place.precision is Precision.VAGUE}
    happening = {m.place.place_id for m in facts.mentions if m.place and m.role in {Role.CLASH, Role.OTHER_INCIDENT}}
    for incident in facts.incidents:
        assert {place.place_id for place in incident.places} <= happening
    for movement in facts.movements:
        assert {place.place_id for place in (*movement.origins, *movement.destinations)} <= named | vague
    for record in (*facts.incidents, *facts.movements):
        for one in (*record.evidence, *getattr(record, "claims", ())):
            assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("x", "es"),
        ("Cota 905", "en"),
        ("Cota 905 Cota 905 Cota 905", "es"),
        ("centro de la ciudad de Caracas", "es"),
        ("desde el centro de la ciudad de Caracas huyeron a Caracas", "es"),
        ("Cota 905\u200b,\u202eEl Valle🔥", "es"),
        ("\n\n\nCota 905\n\n\n", "en"),
        ("Cota 905/El Valle&La Vega", "en"),
    ],
)
def test_odd_texts(text, language):
    facts = facts_of(text, language)
    assert facts == facts_of(text, language)
    assert all(text[mention.start : mention.end] == mention.text for mention in facts.mentions)


def test_a_long_list_of_places_is_read_in_one_go():
    picked = random.Random(4)  # noqa: S311 - any order will do
    text = "Hubo disparos en " + ", ".join(picked.choice(NAMES) for _ in range(400)) + "."
    facts = facts_of(text, "es")
    assert len(facts.mentions) > 300
