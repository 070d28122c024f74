"""Numbers of people with, right beside them, who these are: no one is counted twice."""

import pytest
from test_quantities import tolls

KILLED, INJURED = "killed", "injured"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Two people, a plumber and a nurse, died.", (KILLED, 2)),
        ("en", "Four neighbours - three women and a child - were hurt.", (INJURED, 4)),
        ("en", "Three people were killed, two men and a woman.", (KILLED, 3)),
        ("en", "Five dead: three gunmen, an officer and a passer-by.", (KILLED, 5)),
        ("en", "Six people were hurt, four men and two women from one street.", (INJURED, 6)),
        ("es", "Dos policías, un sargento y una vecina, murieron.", (KILLED, 2)),
        ("es", "Murieron tres personas, dos hombres y una mujer de 20 años.", (KILLED, 3)),
        (
            "es",
            "Nueve personas resultaron heridas: dos uniformados y siete vecinos alcanzados por disparos de la banda rival.",
            (INJURED, 9),
        ),
        ("es", "Resultaron heridas seis personas (cuatro hombres y dos mujeres).", (INJURED, 6)),
    ],
)
def test_items_that_add_up_to_the_number_before_them_are_its_parts(language, text, expected):
    assert tolls(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Two women, a policeman and a child died.", [(KILLED, 2), (KILLED, 1), (KILLED, 1)]),
        ("en", "Two men were killed, a policeman and a child wounded.", [(KILLED, 2), (INJURED, 1), (INJURED, 1)]),
        ("es", "Murieron dos mujeres, un policía y un niño.", [(KILLED, 2), (KILLED, 1), (KILLED, 1)]),
    ],
)
def test_a_list_that_happens_to_add_up_is_no_aside(language, text, expected):
    assert tolls(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Five men died in three clashes: one in Propatria, another in Casalta and three in Coche.", [1, 1, 3]),
        ("en", "Nine people were killed: five in Catia, three in El Valle and one in Petare.", [5, 3, 1]),
        ("es", "Ocho personas murieron: cinco en El Valle y tres en Coche.", [5, 3]),
    ],
)
def test_items_told_place_by_place_stand_for_their_sum(language, text, expected):
    assert tolls(text, language) == [(KILLED, number) for number in expected]


@pytest.mark.parametrize(
    ("language", "text", "total"),
    [
        ("en", "Police killed Oscar Rivas, a rogue pilot, and six of his men.", 7),
        ("en", "Gunmen killed Luis Mora, a baker, on Friday.", 1),
        ("es", "La policía mató a Oscar Rivas, un piloto, y a seis miembros de su grupo.", 7),
        ("en", "Gunmen killed a soldier, a nurse, and six men.", 8),
    ],
)
def test_the_trade_of_a_named_victim_is_nobody_else(language, text, total):
    assert sum(number for _, number in tolls(text, language)) == total
