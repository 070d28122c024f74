"""Short reports of plain sentences, as they come in messages: one or two things told, and nothing else."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events import understand
from mapper.model import EventType, Facts

_ALL_THREE = ("la-vega", "el-valle", "cota-905")
BATTLE, ATTACK, PROTEST = EventType.BATTLES, EventType.VIOLENCE, EventType.PROTESTS


def tell(text: str, language: str) -> Facts:
    """Return what a report says."""
    seen = look(text, language)
    return understand(seen.reading, seen.mentions)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Two men were shot dead in La Vega on Friday.", [(ATTACK, "la-vega", 2, None)]),
        ("es", "Dos hombres fueron asesinados a tiros el viernes en La Vega.", [(ATTACK, "la-vega", 2, None)]),
        ("en", "Shootout in Cota 905 leaves two dead, three wounded", [(BATTLE, "cota-905", 2, 3)]),
        ("es", "Un muerto y tres heridos dejó un tiroteo en la Cota 905.", [(BATTLE, "cota-905", 1, 3)]),
        ("es", "Vecinos protestaron el lunes en La Vega por falta de agua.", [(PROTEST, "la-vega", None, None)]),
        ("es", "Los maestros marcharán de La Vega a El Valle la próxima semana.", []),
        ("en", "People in La Vega fear that the gang will attack them.", []),
        ("en", "There was no gunfire in La Vega last night, residents said.", []),
        ("en", "Traffic was heavy on Saturday between La Vega and El Valle.", []),
        ("en", "Is there shooting in La Vega?", []),
        ("es", "¿Hay plomo en La Vega o en El Valle?", []),
        ("en", "Rifle fire in La Vega, El Valle and Cota 905.", [(BATTLE, one, None, None) for one in _ALL_THREE]),
        ("es", "Tremenda balacera en La Vega y El Valle.", [(BATTLE, one, None, None) for one in _ALL_THREE[:2]]),
        ("es", "Disparan en La Vega, El Valle y la Cota 905.", [(BATTLE, one, None, None) for one in _ALL_THREE]),
        ("es", "Jornada de vacunas mañana en La Vega y El Valle.", []),
    ],
)
def test_a_plain_report_is_read_for_what_it_says(language, text, expected):
    found = [
        (one.event_type, place.place_id, one.fatalities.best, one.injuries.best)
        for one in tell(text, language).incidents
        for place in one.places
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Three men were killed in Cota 905 and two families fled to La Pastora."),
        ("es", "Mataron a tres hombres en la Cota 905 y dos familias huyeron a La Pastora."),
    ],
)
def test_a_killing_and_a_flight_of_one_sentence_are_both_told(language, text):
    facts = tell(text, language)
    assert [(one.event_type, one.fatalities.best) for one in facts.incidents] == [(ATTACK, 3)]
    (movement,) = facts.movements
    ends = [[place.place_id for place in side] for side in (movement.origins, movement.destinations)]
    assert (ends, movement.households.best) == ([["cota-905"], ["la-pastora"]], 2)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hundreds marched in La Vega on Saturday, and in Cota 905 a student was shot dead."),
        ("es", "Detuvieron a dos hombres en La Vega el sábado, mientras que en la Cota 905 mataron a un estudiante."),
    ],
)
def test_a_second_clause_of_another_kind_keeps_its_own_event(language, text):
    first, second = tell(text, language).incidents
    assert first.event_type is not second.event_type
    assert [place.place_id for one in (first, second) for place in one.places] == ["la-vega", "cota-905"]


@pytest.mark.parametrize(
    ("language", "text", "attacks"),
    [
        ("en", "A girl was hit by a stray bullet in Cota 905. Two hours later a driver was shot dead in El Valle.", 2),
        ("es", "Un vigilante fue asesinado en la Cota 905. Domingo: una mujer fue asesinada en El Valle.", 2),
        ("en", "Two men were shot dead in Cota 905 on Friday. The third victim was killed in El Valle.", 1),
        ("es", "Un vigilante fue asesinado en la Cota 905. Más tarde murió su hermano en la Cota 905.", 1),
    ],
)
def test_other_victims_elsewhere_and_later_are_those_of_another_attack(language, text, attacks):
    assert len([one for one in tell(text, language).incidents if one.event_type is ATTACK]) == attacks
