"""Victims nobody counts: names, single persons, pronouns, headlines; and those who came to no harm."""

import pytest
from test_quantities import read, tolls

KILLED, INJURED, NO_ONE = ("killed", 1), ("injured", 1), [("killed", 0), ("injured", 0)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "José Pérez, 34, a mechanic from Catia, died where he sat.", [KILLED]),
        ("en", "Intruders strangled a retired flautist on Monday.", [KILLED]),
        ("en", "The owner of the bakery was shot dead.", [KILLED]),
        ("en", "A money-changer was shot dead in the lobby.", [KILLED]),
        ("en", "He died at once.", [KILLED]),
        ("en", "Marcos Leal and his wife Beatriz were killed.", [KILLED, KILLED]),
        ("es", "Falleció el viernes en la clínica.", [KILLED]),
        ("es", "Murió camino al hospital.", [KILLED]),
        ("es", "El cadáver del traumatólogo Iván Arocha apareció ayer.", [KILLED]),
        ("es", "Aparece el cuerpo baleado de un mototaxista.", [KILLED]),
        ("en", "Two men caught him and stabbed him in the vestry.", [INJURED]),
        ("en", "Grocer shot dead in Petare", [KILLED]),
        ("en", "A woman of 27 was killed.", [KILLED]),
        ("en", "Ana Rojas took a bullet in the thigh.", [INJURED]),
        ("en", "Seven people were hit, two fatally.", [("injured", 7), ("killed", 2)]),
        ("en", "The battle claimed 28 lives.", [("killed", 28)]),
        ("en", "Four of the thieves were killed.", [("killed", 4)]),
        ("es", "Asesinaron al bodeguero delante de todos.", [KILLED]),
        ("es", "El viernes lo mataron en la redoma.", [KILLED]),
        ("es", "Armando, 18 años, murió en Las Mercedes.", [KILLED]),
        ("es", "Comerciante asesinado en Petare", [KILLED]),
        ("es", "Matan a comerciante en Petare", [KILLED]),
        ("es", "Abrió fuego desde la azotea y fue dado de baja.", [KILLED]),
        ("es", "El joven recibió dos balazos.", [INJURED]),
        ("es", "Hirieron a Juan Rojas en la plaza.", [INJURED]),
        ("es", "Un joven de 16 muerto por disparo.", [KILLED]),
        ("es", "A Luis Mora, de 22 años, lo mataron en su casa.", [KILLED]),
        ("es", "Falleció Luis Mora, de 19 años, quien recibió un tiro en la cabeza.", [KILLED]),
        ("es", "Luis Mora, quien recibió un tiro, está en la clínica.", [INJURED]),
        ("es", "Matan a malandro en Catia", [KILLED]),
        ("es", "Quemaron vivo a un hombre en Maca.", [KILLED]),
        ("es", "Asesinado a tiros un herrero en Catia.", [KILLED]),
        ("es", "Asesinada a puñaladas una joven maestra en Catia.", [KILLED]),
        ("es", "Abatido en La Vega alias El Loco.", [KILLED]),
        ("es", "Abatidos en El Valle por el Cicpc dos atracadores.", [("killed", 2)]),
        ("es", "Herida por bala perdida una niña en La Vega.", [INJURED]),
    ],
)
def test_a_victim_without_a_number_is_one(language, text, expected):
    assert tolls(text, language) == expected


def test_who_did_it_is_no_victim_of_an_opening_participle():
    assert tolls("Asesinado a tiros por dos sujetos.", "es") == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "A grenade rolled into a ditch and hurt nobody.", [("injured", 0)]),
        ("en", "His wife escaped without a scratch.", NO_ONE),
        ("en", "Eight officers were burned, none fatally.", [("injured", 8), ("killed", 0)]),
        ("en", "One lookout died and nobody was injured.", [KILLED, ("injured", 0)]),
        ("en", "One man died; his wife was unharmed.", [KILLED, ("injured", 0)]),
        ("es", "La ladera se deslizó sin herir a nadie.", [("injured", 0)]),
        ("es", "La comisión salió ilesa.", NO_ONE),
        ("es", "Hubo cinco heridos y ningún fallecido.", [("injured", 5), ("killed", 0)]),
    ],
)
def test_who_came_to_no_harm_is_zero(language, text, expected):
    assert sorted(tolls(text, language)) == sorted(expected)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The engine died on the hill."),
        ("en", "The dog was killed."),
        ("en", "LEAVE OR DIE."),
        ("en", "My sister nearly died of fright."),
        ("en", "They threatened to kill him."),
        ("en", "Missiles struck the hangar and the roof fell."),
        ("en", "The pumps were killed by the blackout."),
        ("es", "En Petare murió la tarde."),
        ("es", "Cayó la noche sobre La Vega."),
        ("es", "El 30 de agosto apareció muerto a tiros el plan."),
        ("es", "La esquina donde el martes mataron las luces."),
    ],
)
def test_what_befalls_things_or_nobody_has_no_victim(language, text):
    assert tolls(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The gang leader known as El Mudo was killed at dawn.", KILLED),
        ("en", "The mob left him with head injuries.", INJURED),
        ("en", "Gunmen left four porters with head injuries.", ("injured", 4)),
        ("es", "El cabecilla conocido como El Mudo fue abatido.", KILLED),
        ("es", "Un quinto sobrevivió con un tiro en el hombro.", INJURED),
        ("es", "Los tres ocupantes del carro murieron.", ("killed", 3)),
    ],
)
def test_victims_told_with_a_nickname_a_wound_or_a_seat(language, text, expected):
    assert tolls(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Two men killed her.", KILLED),
        ("en", "Two gunmen shot him dead in Coche.", KILLED),
        ("en", "Four officers wounded him in the leg.", INJURED),
        ("en", "Two youths beat him to death.", KILLED),
        ("es", "Cuatro funcionarios lo ejecutaron en su casa.", KILLED),
        ("es", "Dos policías lo hirieron en la pierna.", INJURED),
    ],
)
def test_a_pronoun_is_hurt_and_not_who_hurt_it(language, text, expected):
    assert tolls(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Two men killed them."), ("es", "Cinco sujetos los asesinaron.")]
)
def test_of_several_whom_a_pronoun_stands_for_no_number_is_known(language, text):
    assert tolls(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Neighbours caught two thieves and killed them."),
        ("es", "A dos hermanos los mataron en Coche."),
        ("es", "Capturaron a dos ladrones y los lincharon."),
    ],
)
def test_a_pronoun_for_several_takes_up_who_was_counted_before(language, text):
    assert tolls(text, language) == [("killed", 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two men killed Ana Rojas outside her home.", [KILLED]),
        ("Ten men executed the brothers.", []),
        ("Four youths murdered a retired lawyer.", [KILLED]),
    ],
)
def test_who_kills_somebody_told_behind_the_verb_is_not_dead(text, expected):
    assert tolls(text, "en") == expected


@pytest.mark.parametrize(
    "text", ["Two men killed the night before were cousins.", "Two men killed a day earlier were buried."]
)
def test_a_time_behind_the_verb_is_nobody_killed(text):
    assert tolls(text, "en") == [("killed", 2)]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "A man was shot dead. The victim was hit three times.", [("killed", 1)]),
        ("es", "Mataron a un comerciante. La víctima recibió cuatro disparos.", [("killed", 1)]),
        ("en", "A boy was shot dead. The other boy was wounded.", [("killed", 1), ("injured", 1)]),
        ("en", "A driver was killed. The officer was hit in the leg.", [("killed", 1), ("injured", 1)]),
        ("en", "Two men were killed. The victim was hit three times.", [("killed", 2), ("injured", 1)]),
    ],
)
def test_how_the_one_who_died_was_hurt_counts_nobody_else(language, text, found):
    assert tolls(text, language) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "He was shot dead by masked men in front of his wife and two children.", [("killed", "He")]),
        ("en", "He was killed outside a bakery where his brother worked.", [("killed", "He")]),
        ("es", "Lo mataron delante de su esposa.", [("killed", "Lo mataron")]),
    ],
)
def test_who_stood_by_is_no_victim(language, text, found):
    quantities = [one for one in read(text, language) if one.measure.value in {"killed", "injured"}]
    assert [(one.measure.value, text[one.start : one.end]) for one in quantities] == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed him and his girlfriend.", [KILLED, KILLED]),
        ("A guard killed one of the robbers and wounded another.", [KILLED, INJURED]),
        ("The officer, who was off duty, was shot three times and died on the way.", [KILLED]),
        ("Police found the body of a woman wrapped in a sheet.", [KILLED]),
        ("Soldiers found the bodies of three men.", [("killed", 3)]),
    ],
)
def test_victims_behind_a_pronoun_a_wound_or_a_find(text, expected):
    assert tolls(text, "en") == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "A baker, Luis Mora, 24, was killed near the prosecutor's office.", [KILLED]),
        (
            "en",
            "A nurse, Ana Mora, 30, and a clerk, Luis Mora, 24, were killed near the mayor's house.",
            [KILLED, KILLED],
        ),
        ("en", "Journalist Ana Mora and a cameraman were injured.", [INJURED, INJURED]),
        ("es", "Luis Mora y un obrero murieron.", [KILLED, KILLED]),
        ("es", "Asesinaron a Ana Mora y a un vecino.", [KILLED, KILLED]),
        ("en", "Commandos killed a pilot and six of his followers.", [KILLED, ("killed", 6)]),
    ],
)
def test_named_victims_count_beside_others_and_who_owns_a_place_does_not(language, text, expected):
    assert tolls(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Three men wanted for the murder of a guard were killed in a raid.", [("killed", 3)]),
        ("en", "A suspect in the killing of two officers was shot dead.", [KILLED]),
        ("en", "A man is accused of the murder of two guards.", [("killed", 2)]),
    ],
)
def test_whom_those_who_fell_are_wanted_for_did_not_fall_with_them(language, text, expected):
    assert tolls(text, language) == expected


def test_a_verb_goes_over_no_and_to_who_suffered_something_else():
    assert tolls("A suspected car thief was shot dead and two others were detained.", "en") == [KILLED, ("detained", 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uno de los aparatos cayó contra un edificio.", []),
        ("Tres drones cayeron en el patio.", []),
        ("Tres malandros cayeron en el tiroteo.", [("killed", 3)]),
        ("Dos cayeron en Petare.", [("killed", 2)]),
    ],
)
def test_things_fall_and_do_not_die(text, expected):
    assert tolls(text, "es") == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "El conductor, Luis Tovar, de 50 años, murió dentro de la buseta.", [KILLED]),
        ("es", "El oficial Wilmer Azuaje fumaba en la puerta. Azuaje murió en el hospital.", [KILLED]),
        ("en", "Wilmer Azuaje, an officer, stood at the door. Azuaje died on the way to hospital.", [KILLED]),
        ("es", "Luis Sucre vive en Petare. En Sucre murió un hombre.", [KILLED]),
        ("es", "Dos hombres habían perecido cerca de allí.", [("killed", 2)]),
        ("es", "Una mujer recibió un rozón.", [INJURED]),
    ],
)
def test_who_was_named_in_full_is_known_by_the_surname(language, text, expected):
    assert tolls(text, language) == expected
