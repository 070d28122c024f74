"""Demonstrators who clash with the police unarmed make a riot and no battle."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events.unrest import riots
from mapper.events.weights import Judgement

BATTLE = Judgement("battle", 0.9, {"battle": 0.9, "riot": 0.05, "dispersal": 0.02}, ())


def labels(text: str, language: str) -> list[str]:
    """Return what the places of a text are taken for after all that were taken for those of battles."""
    seen = look(text, language)
    return [one.label for one in riots(seen.sentences, dict.fromkeys(range(len(seen.mentions)), BATTLE)).values()]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Demonstrators clashed with police in El Valle on Monday, setting fire to a car."),
        ("en", "Clashes between protesters and National Guard troops in El Valle left 20 injured."),
        ("es", "Manifestantes se enfrentaron a la policía en El Valle; hubo veinte heridos."),
    ],
)
def test_a_crowd_that_clashes_with_the_police_makes_a_riot(language, text):
    assert labels(text, language) == ["riot"]


@pytest.mark.parametrize(
    "text",
    [
        "Police clashed with a gang in El Valle while students protested against it.",
        "Protesters clashed with police in El Valle and were shot at.",
        "Protesters and armed civilians clashed with the police in El Valle.",
        "Police fought for hours in El Valle.",
    ],
)
def test_where_somebody_is_armed_a_battle_stays_one(text):
    assert labels(text, "en") == []
