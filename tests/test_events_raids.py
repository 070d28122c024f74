"""Where people were killed in a raid there was violence, whatever the arrests."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events.raids import deadly_raids
from mapper.events.weights import Judgement

ARRESTS = Judgement("arrests", 0.9, {"arrests": 0.9, "battle": 0.05, "attack": 0.02}, ())


def labels(text: str, language: str = "en") -> list[str]:
    """Return what the places of a text are taken for after all that were taken for those of arrests."""
    seen = look(text, language)
    judged = dict.fromkeys(range(len(seen.mentions)), ARRESTS)
    return [one.label for one in deadly_raids(seen.sentences, seen.mentions, judged).values()]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Fifteen people were killed and 134 arrested when agents raided Cota 905."),
        ("en", "Two detectives were shot dead when they tried to arrest an extortionist in Cota 905."),
        ("es", "Siete presuntos secuestradores murieron y dos fueron capturados en la Cota 905."),
    ],
)
def test_a_raid_in_which_people_are_killed_is_a_battle(language, text):
    assert labels(text, language) == ["battle"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Police arrested a man in Cota 905 for the murder of two sisters."),
        ("en", "A man wanted for three murders was arrested in Cota 905."),
        ("en", "Two were arrested in Cota 905; the third died in prison."),
        ("en", "Two men were arrested in Cota 905. Nobody was killed."),
        ("es", "Detienen en la Cota 905 a un hombre por el asesinato de dos hermanas."),
        ("en", "Police arrested in Cota 905 a man suspected of killing two people."),
        ("es", "Detienen en la Cota 905 a un hombre acusado de matar a dos personas."),
    ],
)
def test_whom_those_arrested_killed_elsewhere_makes_no_battle(language, text):
    assert labels(text, language) == []


def test_a_clause_with_a_place_of_its_own_lends_nobody_its_dead():
    text = "Two men were arrested in Cota 905 on Saturday, while in La Vega a student was killed."
    seen = look(text)
    assert list(deadly_raids(seen.sentences, seen.mentions, dict.fromkeys(range(2), ARRESTS))) == [1]
