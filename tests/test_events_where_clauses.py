"""Clauses with "where": what they tell happened at the place before them."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events.where_clauses import told_of


def places(text, language):
    seen = look(text, language)
    return [seen.mentions[index].text for index in told_of(seen.sentences, seen.frames, seen.mentions)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "She lived in Cota 905, where gangs have been fighting police since noon."),
        ("en", "The hill looks down on Cota 905, where tracer fire crossed the sky on Thursday."),
        ("en", "They came back from Cota 905, in El Valle, where a man was shot dead on Thursday."),
        ("es", "Su hermana vive en la Cota 905, donde desde el jueves hay tiroteos."),
    ],
)
def test_what_a_clause_with_where_tells_happened_at_the_place_before_it(language, text):
    (named,) = places(text, language)
    assert named.endswith("Cota 905")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He grew up in Cota 905, where gang shootouts are common."),
        ("en", "He grew up in Cota 905, where gunmen killed 20 people in 2016."),
        ("en", "He was taken to Cota 905, where he died of gunshot wounds."),
        ("en", "They drove to Cota 905, where shots from a police raid could be heard."),
        ("es", "La visita pasa por la Cota 905, donde emboscaron a un presidente."),
        ("es", "Vive en la Cota 905, donde cada noche hay tiroteos entre bandas."),
        ("es", "Salieron de la Cota 905, donde tienen su sede, y mataron a un hombre."),
    ],
)
def test_what_is_usual_there_or_began_elsewhere_did_not_happen_at_the_place_before_where(language, text):
    assert places(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He was walking through Cota 905, in Caracas, when two men shot him."),
        ("en", "Officers were patrolling Cota 905, in Caracas, when gunmen opened fire."),
        ("es", "Un joven caminaba por la Cota 905, cuando fue atacado a tiros."),
    ],
)
def test_what_befell_people_in_a_place_happened_there(language, text):
    (named,) = places(text, language)
    assert named.endswith("Cota 905")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "She had left Cota 905, in Caracas, when two men shot her."),
        ("en", "He was going to Cota 905, in Caracas, when two men shot him."),
        ("en", "He was having lunch in Cota 905, in Caracas, when gunmen opened fire in El Valle."),
        ("es", "Vivía en la Cota 905, en Caracas, cuando lo mataron."),
        ("es", "Salía de la Cota 905, en Caracas, cuando dos hombres le dispararon."),
    ],
)
def test_what_befell_people_on_their_way_or_elsewhere_did_not(language, text):
    assert places(text, language) == []
