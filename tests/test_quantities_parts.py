"""Parts of a number: who some of those counted were, and where some of them were killed or hurt."""

import pytest
from test_quantities import read, tolls

from mapper.model import Measure

KILLED, INJURED = "killed", "injured"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Four people were killed, one of them a driver hit by a stray bullet.", [(KILLED, 4)]),
        ("en", "Four people were killed; one of them, a boy of 12, was shot at home.", [(KILLED, 4)]),
        ("es", "Murieron cuatro personas y una de ellas, un niño, fue herida en su casa.", [(KILLED, 4)]),
        ("en", "Five people were hurt; one of them, a nurse, died.", [(INJURED, 4), (KILLED, 1)]),
    ],
)
def test_how_one_of_the_dead_was_hurt_makes_no_wounded(language, text, expected):
    assert tolls(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "One of the injured, a nurse, died at dawn.", [(KILLED, 1)]),
        ("es", "Una de las heridas, una enfermera, murió al amanecer.", [(KILLED, 1)]),
    ],
)
def test_who_one_of_several_is_counts_nobody_else(language, text, expected):
    assert tolls(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Six people were killed, two of them in La Vega and four in El Valle.", [2, 4]),
        ("en", "Nine people were killed, including four in La Vega.", [4]),
        ("en", "Nine people were killed, including four of the gang.", []),
        ("es", "Murieron seis personas, dos de ellas en La Vega.", [2]),
    ],
)
def test_a_part_told_at_a_place_of_its_own_measures_what_its_whole_does(language, text, expected):
    assert [one.value.best for one in read(text, language) if one.within is Measure.KILLED] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Of the eight wounded, two died on Saturday.", [(INJURED, 6), (KILLED, 2)]),
        ("en", "Of the eight wounded, two are badly hurt.", [(INJURED, 8)]),
        ("es", "De los ocho heridos, dos murieron el sábado.", [(INJURED, 6), (KILLED, 2)]),
    ],
)
def test_who_is_taken_from_a_number_told_first_is_counted_once(language, text, expected):
    assert tolls(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Two men, aged 22 and 31, were shot dead.", [(KILLED, 2)]),
        ("en", "Three children, 4, 7 and 9, were hurt.", [(INJURED, 3)]),
        ("en", "Five people, including two girls aged 6 and 9, were killed.", [(KILLED, 5)]),
        ("en", "Five members of one family were killed.", [(KILLED, 5)]),
        ("es", "Tres niños (4, 7 y 9 años) resultaron heridos.", [(INJURED, 3)]),
        ("en", "The 33-year-old father of two was shot in the chest.", [(INJURED, 1)]),
    ],
)
def test_ages_and_children_count_no_victims(language, text, expected):
    assert tolls(text, language) == expected
