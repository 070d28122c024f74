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
    ],
)
def test_each_name_in_a_list_of_victims_is_one(language, text, dead):
    assert tolls(text, language) == [KILLED] * dead


def test_a_place_named_after_somebody_is_no_victim():
    assert tolls("Cayó en Altamira, en la avenida Luis Roche, y falleció en la clínica.", "es") == [KILLED]
