"""Tolls told in one breath: side by side, place by place, and the wounded who died."""

import pytest
from test_quantities import tolls

KILLED, INJURED = "killed", "injured"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Two people died in Coche and one in El Valle.", [2, 1]),
        ("en", "Two died in Coche, three in El Valle and one in Catia.", [2, 3, 1]),
        ("es", "Murieron tres personas en La Vega y otras dos en Antímano.", [3, 2]),
        ("es", "Tres fueron asesinados en la Vega y uno más cerca de Coche.", [3, 1]),
    ],
)
def test_a_bare_number_before_another_place_shares_the_verb(language, text, expected):
    assert tolls(text, language) == [(KILLED, number) for number in expected]


@pytest.mark.parametrize(
    "text", ["Two men died in Coche and one in three homes was hit.", "Two died in May and one car was hit."]
)
def test_a_bare_number_before_no_place_counts_no_dead(text):
    assert tolls(text, "en") == [(KILLED, 2)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Two men were shot in Coche. Both died.", [(KILLED, 2)]),
        ("es", "Apuñalaron a dos vendedores; ambos murieron.", [(KILLED, 2)]),
        ("es", "Balearon a un comerciante; murió camino al hospital.", [(KILLED, 1)]),
        ("es", "Balearon a tres comerciantes; murió un policía.", [(INJURED, 3), (KILLED, 1)]),
        ("es", "Balearon a tres comerciantes; murió en el acto.", [(INJURED, 3), (KILLED, 1)]),  # who is not said
        ("es", "Hirieron a dos hombres; uno de ellos murió.", [(INJURED, 1), (KILLED, 1)]),
    ],
)
def test_the_wounded_who_died_are_no_longer_wounded(language, text, expected):
    assert tolls(text, language) == expected


def test_a_subject_may_stand_far_behind_its_participle():
    text = "Resultaron heridos en el tiroteo de La Pastora una enfermera y su hija."
    assert tolls(text, "es") == [(INJURED, 1), (INJURED, 1)]


@pytest.mark.parametrize(("language", "text"), [("es", "Una pareja fue asesinada."), ("en", "A couple was murdered.")])
def test_a_couple_is_two(language, text):
    assert tolls(text, language) == [(KILLED, 2)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Two brothers were taken from their house and shot dead.", (KILLED, 2)),
        ("en", "A taxi driver was robbed of his car and stabbed to death.", (KILLED, 1)),
        ("en", "Three porters were caught in the exchange and wounded.", (INJURED, 3)),
        ("en", "A cook was stopped by a gang, made to kneel and executed.", (KILLED, 1)),
        ("es", "Dos primos fueron sacados de su casa y asesinados.", (KILLED, 2)),
        ("es", "Un mecánico fue bajado de un autobús, golpeado con saña y ejecutado en la acera.", (KILLED, 1)),
        ("es", "Cinco muchachos fueron puestos contra la pared y fusilados.", (KILLED, 5)),
    ],
)
def test_participles_share_a_far_auxiliary(language, text, expected):
    assert tolls(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A boy was attacked by two men and killed."),
        ("en", "The barber was followed home by four gunmen and murdered."),
        ("es", "El vigilante fue rodeado por cuatro sujetos y asesinado a tiros."),
    ],
)
def test_who_attacked_the_victim_is_not_dead(language, text):
    assert tolls(text, language) == [(KILLED, 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two officers were sent to the house and killed the kidnapper.", [(KILLED, 1)]),
        ("Two policemen were lured to the hill and ambushed.", []),
        ("The bodies were loaded onto a truck and driven away.", []),
    ],
)
def test_a_verb_with_an_object_of_its_own_shares_no_auxiliary(text, expected):
    assert tolls(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A los dos hermanos los ajusticiaron en la cancha.", [("killed", 2)]),
        ("A su esposo lo mataron y a sus dos hijos los hirieron.", [("killed", 1), ("injured", 2)]),
        ("Encontraron muertos a dos jóvenes en la quebrada.", [("killed", 2)]),
        ("Cuatro personas -entre ellas dos policías- fallecieron.", [("killed", 4)]),
    ],
)
def test_a_verb_behind_its_object_and_a_pronoun_speaks_of_that_one(text, expected):
    assert tolls(text, "es") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dos jóvenes fueron llevados a la clínica, donde fallecieron.", [("killed", 2)]),
        ("Un joven recibió un disparo y fue llevado a la clínica, donde falleció.", [("killed", 1)]),
        ("La joven fue llevada a la clínica, donde murió al día siguiente.", [("killed", 1)]),
        ("Recibió un tiro y lo llevaron al periférico, donde murió.", [("killed", 1)]),
        ("Un agente fue trasladado al hospital, pero ingresó sin signos vitales.", [("killed", 1)]),
        ("Tres sujetos entraron en el local, donde murió el dueño.", [("killed", 1)]),
    ],
)
def test_who_was_taken_to_where_somebody_died_is_the_one_who_died(text, expected):
    assert tolls(text, "es") == expected
