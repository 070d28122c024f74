"""Shots are heard farther than they are fired."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events.earshot import in_earshot


def heard(text, language="en"):
    seen = look(text, language)
    found = in_earshot(seen.sentences, seen.mentions, range(len(seen.mentions)))
    return [seen.mentions[index].text for index in sorted(found)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Police fought a gang in Cota 905. The shots could be heard in El Valle."),
        ("en", "Shots were heard in El Valle while police fought a gang. Two officers died in Cota 905."),
        ("es", "Hubo enfrentamientos en la Cota 905. Las detonaciones se oyen en El Valle."),
        ("es", "Mataron a dos hombres en la Cota 905 y los disparos se escucharon en El Valle."),
    ],
)
def test_a_place_at_which_the_shots_of_another_are_heard_is_in_earshot(language, text):
    assert heard(text, language) == ["El Valle"]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Gunfire was heard as far away as El Valle."), ("es", "Las ráfagas se oyeron hasta en El Valle.")],
)
def test_a_place_as_far_as_which_shots_are_heard_is_in_earshot_of_no_named_place_too(language, text):
    assert heard(text, language) == ["El Valle"]


def test_every_place_of_a_list_is_in_earshot():
    text = "Police fought a gang in Cota 905. Shots were heard in El Valle, La Pastora and La Vega."
    assert heard(text) == ["El Valle", "La Pastora", "La Vega"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Shots heard in El Valle and Cota 905 since dawn."),
        ("en", "Police fought a gang in Cota 905. Shots were heard in El Valle and a man was killed."),
        ("en", "Police fought a gang in Cota 905. On Sunday shots were heard in El Valle."),
        ("es", "Hubo un tiroteo en la Cota 905. Se escucharon disparos en El Valle, donde murió una mujer."),
    ],
)
def test_a_place_of_which_more_is_said_or_no_other_is_told_is_where_the_shots_are(language, text):
    assert heard(text, language) == []
