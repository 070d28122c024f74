"""Places of one list: what is told of the first is told of all."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events.lists import alike, lists_in
from mapper.events.weights import Judgement

_CLASH, _ORIGIN, _TO, _NAMED = (
    {"battle": 0.8, "context": 0.2},
    {"origin": 0.6, "destination": 0.3, "context": 0.1},
    {"destination": 0.9, "origin": 0.05, "context": 0.05},
    {"context": 0.7, "battle": 0.1, "destination": 0.1, "origin": 0.1},
)


def labels(text, *shares, language="en"):
    judged = {
        index: Judgement(max(one, key=one.__getitem__), max(one.values()), one, ()) for index, one in enumerate(shares)
    }
    found = judged | alike(lists_in(text, look(text, language).mentions), judged)
    return [found[index].label for index in sorted(found)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They fled to El Valle, La Vega and La Pastora."),
        ("es", "Huyeron hacia El Valle, La Vega y La Pastora."),
        ("es", "Se fueron a El Valle, La Vega o La Pastora."),
        ("es", "Destinos: El Valle (21), La Vega (14), La Pastora (9) y otros."),
    ],
)
def test_all_places_of_a_list_are_the_end_that_the_first_is(language, text):
    assert labels(text, _TO, _NAMED, _NAMED, language=language) == ["destination"] * 3


def test_two_ends_that_are_listed_are_the_one_that_both_most_likely_are():
    assert labels("They left for El Valle and La Vega.", _TO, _ORIGIN) == ["destination"] * 2


def test_all_places_of_a_list_see_the_clash_that_the_first_sees():
    assert labels("Shots in El Valle and La Vega.", _CLASH, _NAMED) == ["battle"] * 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Cinco muertos: dos en El Valle, 2 en La Vega y uno en La Pastora."),
        ("en", "Five dead: two in El Valle, two in La Vega and another in La Pastora."),
    ],
)
def test_places_whose_dead_are_counted_one_by_one_are_a_list(language, text):
    assert labels(text, _CLASH, _NAMED, _NAMED, language=language) == ["battle"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "They fled to El Valle. La Vega is calm.",
        "They fled to El Valle, and people in La Vega took them in.",
        "They fled to El Valle, La Vega.",  # which may lie in one another
        "They fled to El Valle, not La Vega.",
    ],
)
def test_places_that_no_word_for_and_joins_are_judged_each_by_itself(text):
    assert labels(text, _TO, _NAMED) == ["destination", "context"]


def test_a_place_that_is_hardly_what_the_first_of_its_list_is_stays_what_it_is():
    calm = {"context": 0.99, "destination": 0.01}
    assert labels("They fled to El Valle, and La Vega was calm.", _TO, calm) == ["destination", "context"]
