"""Victims told in lists: by name, by kin, as what the dead were; and those who are no victims beside them."""

import pytest
from test_quantities import tolls

KILLED, INJURED = ("killed", 1), ("injured", 1)


@pytest.mark.parametrize(
    ("language", "text", "dead"),
    [
        ("en", "Iván Soto, 23, and Pedro Lugo, 19, were killed.", 2),
        ("en", "Iván Soto, 23, Raúl Gil, 40, and Pedro Lugo, 19, were shot dead.", 3),
        ("es", "Iván Soto (23), Raúl Gil (40) y Pedro Lugo (19) fueron ultimados.", 3),
        ("es", "Iván Soto, de 23 años, y su primo Raúl Gil, de 40, murieron.", 2),
        ("es", "Luis Torres y Ana Pérez murieron.", 2),
        ("es", "Murieron Luis Torres, Jesús Medina y Ana Pérez.", 3),
        ("en", "Among the dead are Luis Torres, 21, Jesús Medina, 34, and Ana Pérez, 60.", 3),
        ("es", "Fueron asesinados Pedro Ruiz, Luis León y Ana Mora.", 3),
        ("es", "Mataron a Pedro Ruiz (22) y a Luis León (30).", 2),
        ("es", "Murió Pedro Ruiz en Petare, San José y Catia fueron escenario de protestas.", 1),
    ],
)
def test_each_name_in_a_list_of_victims_is_one(language, text, dead):
    assert tolls(text, language) == [KILLED] * dead


def test_a_place_named_after_somebody_is_no_victim():
    assert tolls("Cayó en Altamira, en la avenida Luis Roche, y falleció en la clínica.", "es") == [KILLED]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A man was beaten to death by some thirty onlookers."),
        ("en", "A grocer was shot dead by two men on a motorcycle."),
        ("es", "Un comerciante fue ultimado por dos motorizados."),
        ("es", "Un bedel fue asesinado a manos de cuatro sujetos."),
    ],
)
def test_who_killed_is_no_victim(language, text):
    assert tolls(text, language) == [KILLED]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Nine relatives of the dead left the barrio.", []),
        ("es", "Nueve familiares de los fallecidos dejaron el barrio.", []),
        ("en", "The dead number 75, and the wounded 112.", [("injured", 112)]),
    ],
)
def test_the_dead_as_a_noun_tell_nobodys_fate(language, text, expected):
    assert [one for one in tolls(text, language) if one[0] in {"killed", "injured"}] == expected


def test_one_of_those_hurt_tells_how_many_were():
    assert tolls("He is one of four people injured.", "en") == [("injured", 4)]


@pytest.mark.parametrize(
    "text",
    ["A woman was shot dead; she died at once.", "The clerk was stabbed and lay in hospital; he died on Monday."],
)
def test_a_pronoun_takes_up_the_victim_told_of_before(text):
    assert tolls(text, "en") == [KILLED]


def test_a_pronoun_is_a_person_whatever_the_verb():
    assert tolls("The merchant was taken on Monday; he was found dead.", "en") == [KILLED]


@pytest.mark.parametrize("text", ["Las gallinas murieron del susto.", "El plan murió al nacer."])
def test_a_contracted_article_opens_no_subject(text):
    assert tolls(text, "es") == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Gunmen killed a bodyguard and wounded his employer.", [KILLED, INJURED]),
        ("en", "The blast killed one and injured two.", [KILLED, ("injured", 2)]),
        (
            "es",
            "El choque costó la vida a dos presos y dejó heridos a cinco custodios.",
            [("killed", 2), ("injured", 5)],
        ),
        ("en", "Three brothers were made to kneel and executed.", [("killed", 3)]),
    ],
)
def test_a_second_verb_has_its_own_victims(language, text, expected):
    assert tolls(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Clinics in Baruta treated 62.", ("injured", 62)),
        ("en", "Three women had to be treated.", ("injured", 3)),
        ("en", "Nine people suffered from smoke inhalation.", ("injured", 9)),
        ("en", "The dead were two officers.", ("killed", 2)),
        ("es", "Dos agentes fueron evacuados al ambulatorio.", ("injured", 2)),
        ("es", "Cinco personas se cortaron con los vidrios.", ("injured", 5)),
        ("es", "El fuego dejó dos personas intoxicadas.", ("injured", 2)),
        ("es", "Dos primos fueron fusilados.", ("killed", 2)),
        ("es", "Los muertos son dos vigilantes.", ("killed", 2)),
    ],
)
def test_who_needed_a_doctor_is_hurt_and_who_the_dead_were_is_dead(language, text, expected):
    assert tolls(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They shot dead a locksmith and a nurse.", [KILLED, KILLED]),
        ("en", "The blast wounded a tobacconist and two officers.", [INJURED, ("injured", 2)]),
        ("es", "Hirieron a un parquero y a una niña que saltaba.", [INJURED, INJURED]),
        ("es", "Un comerciante de 58 años y su hijo de 24 fueron ultimados.", [KILLED, KILLED]),
    ],
)
def test_a_victim_beside_another_is_one_whatever_his_trade(language, text, expected):
    assert tolls(text, language) == expected


def test_a_relative_pronoun_is_nobody_new():
    assert tolls("Dispararon contra su cuñado, quien murió.", "es") == [KILLED]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Officers first spoke of two deaths. On Monday they raised it to four.", [("killed", 2), ("killed", 4)]),
        ("es", "Hubo dos heridos. La alcaldía luego lo corrigió a cinco.", [("injured", 2), ("injured", 5)]),
        ("en", "The mayor found the rent too low and raised it to four.", []),
    ],
)
def test_what_corrects_a_count_counts_the_same(language, text, expected):
    assert tolls(text, language) == expected


@pytest.mark.parametrize("text", ["No one has given a death toll.", "He had three death threats and a death sentence."])
def test_a_word_for_the_dead_that_only_forms_another_is_no_victim(text):
    assert [one for one in tolls(text, "en") if one[1]] == []


def test_states_and_cities_are_no_victims_of_those_who_died_in_them():
    assert tolls("Diez personas han muerto en protestas en cinco estados y tres ciudades.", "es") == [("killed", 10)]
