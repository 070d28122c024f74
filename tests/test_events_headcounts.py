"""Several movements told in one sentence: whom each of them counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from events_kit import look

from mapper import Config
from mapper.events.headcounts import is_age
from mapper.events.movements import find_flows
from mapper.events.passages import numbers_in
from mapper.events.verdicts import verdicts_on
from mapper.events.weights import Judgement
from mapper.model import Estimate, Quantity, Role
from mapper.pipeline import geoparse

REPORTS = Path(__file__).parents[1] / "data" / "reports"


def counts(text: str, *labels: str, language: str = "en") -> list[tuple[list[str], int | None, int | None]]:
    """Return (destinations, persons, households) of each flow of a text whose mentions have these labels."""
    seen = look(text, language)
    judged = {index: Judgement(label, 1.0, {}, ()) for index, label in enumerate(labels)}
    verdicts = verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)
    found = find_flows(seen.sentences, seen.spots, verdicts, (seen.mentions, numbers_in(seen.reading), seen.sight))
    return [
        (
            [seen.mentions[i].text for i in flow.ends[Role.DESTINATION]],
            flow.people.value.best if flow.people else None,
            flow.households.value.best if flow.households else None,
        )
        for flow in found
    ]


ENDS = ("origin", "destination", "destination")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Some 300 people fled Cota 905 to El Valle on Thursday and 60 more to La Pastora.", "en"),
        ("Displaced from Cota 905: 300 people to El Valle, 60 to La Pastora.", "en"),
        ("Huyeron de la Cota 905 unas 300 personas hacia El Valle y otras 60 hacia La Pastora.", "es"),
    ],
)
def test_who_goes_elsewhere_is_counted_apart(text, language):
    told = counts(text, *ENDS, language=language)
    assert told == [(["El Valle"], 300, None), (["La Pastora"], 60, None)]


def test_a_number_without_a_noun_counts_families_where_families_were_counted():
    told = counts("Some 30 families fled Cota 905 to El Valle and 6 more to La Pastora.", *ENDS)
    assert told == [(["El Valle"], None, 30), (["La Pastora"], None, 6)]


def test_shares_in_brackets_are_those_of_one_movement():
    text = "Some 360 people fled Cota 905 to El Valle (300), La Pastora (60)."
    assert counts(text, *ENDS) == [(["El Valle", "La Pastora"], 360, None)]


def test_one_that_counts_no_people_counts_nobody():
    text = "Some 110 people fled Cota 905 to two shelters, one in El Valle, one in La Pastora."
    assert counts(text, *ENDS) == [(["El Valle", "La Pastora"], 110, None)]


def test_a_date_before_a_place_counts_nobody():
    text = "Some 300 people fled Cota 905 to El Valle and on 9 July to La Pastora."
    assert [people for _, people, _ in counts(text, *ENDS)] == [300, 300]


@pytest.mark.parametrize(
    "text",
    [
        "Maria, 44, left Cota 905 for La Pastora with her children.",
        "Maria, 44, who fled Cota 905 with her children, now lives with a cousin in La Pastora.",
    ],
)
def test_an_age_counts_nobody(text):
    assert counts(text, "origin", "destination") == [(["La Pastora"], None, None)]


@pytest.mark.parametrize(
    ("report", "end", "families"),
    [
        ("2021-07-09_flash-update.md", "Los Teques", 35),  # under the title "Flash Update No. 1"
        ("2021-07-11_voces.txt", "Capitolio", 12),  # "Salimos con los tres niños", says one who is not named
    ],
)
def test_families_that_are_counted_are_not_so_many_persons_as_stands_elsewhere(report, end, families):
    (facts,) = geoparse(Config(inputs=(str(REPORTS / report),)))
    (told,) = [one for one in facts.movements if [place.name for place in one.destinations] == [end]]
    assert (told.people.best, told.households.best) == (None, families)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Ana, 44, now lives in La Vega.", True),
        ("A woman of 44 walked to La Vega.", True),
        ("Una mujer de 44 caminó hasta La Vega.", True),
        ("A group of 44 walked to La Vega.", False),
    ],
)
def test_an_age_in_an_aside_or_behind_of_is_told_from_a_number(text, age):
    start = text.index("44")
    assert is_age(text, Quantity(start, start + 2, Estimate(44, 44, 44))) is age
