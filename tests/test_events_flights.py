"""Flights that subject, verb and way tell by themselves."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events.flights import told_flights
from mapper.events.lists import lists_in
from mapper.events.verdicts import verdicts_on
from mapper.events.weights import Judgement
from mapper.model import Role


def ends(text, language="en"):
    seen = look(text, language)
    found = told_flights(seen.sentences, seen.mentions, lists_in(text, seen.mentions))
    return [(seen.mentions[index].text.removeprefix("la "), str(role)) for index, role in sorted(found.items())]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Residents of Cota 905 fled to El Valle."),
        ("en", "People living near Cota 905, in Caracas, fled overnight to El Valle."),
        ("es", "Vecinos de la Cota 905 huyeron a El Valle."),
        ("es", "Quienes viven cerca de la Cota 905, en Caracas, huyeron hacia El Valle."),
    ],
)
def test_whose_people_flee_is_the_origin_and_where_the_verb_leads_the_destination(language, text):
    assert ends(text, language) == [("Cota 905", "origin"), ("El Valle", "destination")]


def test_lists_are_ends_as_a_whole():
    text = "Residents of Cota 905 and La Vega fled to El Valle and La Pastora."
    assert [role for _, role in ends(text)] == ["origin", "origin", "destination", "destination"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Residents of Cota 905 could flee to El Valle."),
        ("en", "Residents of Cota 905 did not flee to El Valle."),
        ("en", "Residents of Cota 905 said that gunmen fled to El Valle."),
        ("en", "Three gunmen fled to El Valle."),
        ("es", "Vecinos de la Cota 905 vieron a los pistoleros que huyeron hacia El Valle."),
    ],
)
def test_who_might_flee_or_is_seen_to_flee_makes_no_flight(language, text):
    assert ends(text, language) == []


def test_it_is_so_whatever_the_models_hear():
    seen = look("Residents of Cota 905 fled to El Valle.", "en")
    judged = dict.fromkeys(range(2), Judgement("context", 1.0, {"context": 1.0}, ()))
    verdicts = verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)
    assert [verdicts[index].role for index in range(2)] == [Role.ORIGIN, Role.DESTINATION]
