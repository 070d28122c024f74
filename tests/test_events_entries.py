"""The dead that a sentence counts without a place fell where the force of the sentence before went in."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events import understand
from mapper.events.entries import entered
from mapper.events.lists import lists_in
from mapper.model import Role


def places(text, language="en"):
    seen = look(text, language)
    found = entered(seen.sentences, seen.frames, seen.mentions, lists_in(text, seen.mentions))
    return {seen.mentions[index].text for index in found}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Police launched an operation in Cota 905 on Friday. Eight people were killed, the ministry said."),
        ("en", "Hundreds of police officers entered Cota 905. Nothing moved. At least 22 gang members died."),
        ("es", "El viernes hubo un operativo en la Cota 905. Ocho hombres fueron abatidos."),
        ("es", "Los policías tomaron la Cota 905 el viernes. El viernes murieron tres hombres."),
    ],
)
def test_the_dead_of_the_next_sentences_fell_where_a_force_went_in(language, text):
    assert "Cota 905" in next(iter(places(text, language)), "")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "At least 23 people died in a police operation in Cota 905, rights groups say."),
        ("es", "Murieron tres hombres en un operativo en la Cota 905."),
    ],
)
def test_the_dead_of_a_raid_that_the_clause_names_fell_in_its_place(language, text):
    assert {name.removeprefix("la ") for name in places(text, language)} == {"Cota 905"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Three people died in a fire in Cota 905 after a police operation in El Valle was called off."),
        ("en", "Three people were arrested in a police operation in Cota 905."),
        ("es", "Murieron tres hombres buscados por un robo en la Cota 905."),
    ],
)
def test_a_raid_without_dead_or_dead_without_a_raid_make_no_clash(language, text):
    assert "Cota 905" not in {name.removeprefix("la ") for name in places(text, language)}


def test_a_list_of_places_was_raided_as_a_whole():
    text = "The ministry summed up the operation in Cota 905, El Valle and El Cementerio. Eight men were killed."
    assert places(text) == {"Cota 905", "El Valle", "El Cementerio"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Police raided Cota 905. Eight people were arrested."),
        ("en", "Police raided Cota 905. In El Valle eight people were killed."),
        ("en", "Police raided Cota 905. In an unrelated case eight people were killed."),
        ("en", "Police raided Cota 905 for the gang. It is blamed for the deaths of eight people."),
        ("en", "Police raided Cota 905. In 2016 eight people were killed."),
        ("en", "Police raided Cota 905. Eight people were killed last month."),
        ("en", "Police could raid Cota 905. Eight people would be killed."),
        (
            "en",
            "Police raided the home of the Cota 905 gang. It rained. It rained. It rained. Eight people were killed.",
        ),
        ("es", "Un hombre entró en la Cota 905. Murieron ocho personas."),
    ],
)
def test_other_dead_are_not_those_of_the_raid(language, text):
    assert places(text, language) == set()


def test_the_raid_is_a_clash_with_its_dead():
    seen = look("Police launched an operation in Cota 905 on Friday. Eight people were killed.", "en")
    facts = understand(seen.reading, seen.mentions)
    assert [mention.role for mention in facts.mentions] == [Role.CLASH]
    assert [incident.fatalities.best for incident in facts.incidents] == [8]
