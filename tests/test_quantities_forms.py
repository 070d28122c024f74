"""Forms in which tolls are told: raised numbers, both sides, parts of a known group, perfects, compounds."""

import pytest
from test_quantities import tolls


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Officials revised to 71 the number of people hurt.", ("injured", 71)),
        ("es", "La cruz roja elevó a 40 la cifra de heridos.", ("injured", 40)),
        ("es", "El comité elevó a 23 el número de personas muertas.", ("killed", 23)),
    ],
)
def test_who_is_counted_may_stand_behind_a_number_that_rose(language, text, expected):
    assert tolls(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The clash left one dead on each side.", [("killed", 2)]),
        ("es", "Hubo dos heridos por bando y un muerto.", [("injured", 4), ("killed", 1)]),
    ],
)
def test_casualties_on_each_side_are_those_of_both(language, text, expected):
    assert tolls(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The fire left two of the four robbers dead."),
        ("en", "Two of the five wounded died."),
        ("es", "Fallecieron dos de los cinco heridos."),
    ],
)
def test_those_taken_from_a_known_group_are_the_only_dead(language, text):
    assert tolls(text, language) == [("killed", 2)]


@pytest.mark.parametrize(
    ("language", "text", "dead"),
    [
        ("en", "A double murder shook Petare.", 2),
        ("es", "Triple homicidio en Petare.", 3),
        ("es", "El cuádruple asesinato ocurrió de noche.", 4),
    ],
)
def test_a_double_murder_kills_two(language, text, dead):
    assert tolls(text, language) == [("killed", dead)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tres personas fueron llevadas a la sala de emergencias con heridas de bala.", [("injured", 3)]),
        ("Dos sujetos fallecieron y un cuarto quedó herido.", [("killed", 2), ("injured", 1)]),
        ("Seis privados de libertad murieron en el motín.", [("killed", 6)]),
    ],
)
def test_who_is_taken_away_with_wounds_is_wounded(text, expected):
    assert tolls(text, "es") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Los sujetos han asesinado a dos escoltas.", ("killed", 2)),
        ("El ministro dijo haber neutralizado a ocho delincuentes.", ("killed", 8)),
        ("Habían herido a una niña.", ("injured", 1)),
    ],
)
def test_a_perfect_with_an_object_tells_the_fate_of_its_object(text, expected):
    assert tolls(text, "es") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eleven bullet-riddled bodies were recovered.", [("killed", 11)]),
        ("They were cornered in a dead-end lane.", []),
    ],
)
def test_a_compound_is_no_word_of_its_parts(text, expected):
    assert tolls(text, "en") == expected


def test_of_the_wounded_two_are_no_further_ones():
    text = "Tres heridos dejó el tiroteo. De los heridos, dos siguen en la clínica."
    assert tolls(text, "es") == [("injured", 3)]


def test_an_execution_kills_whom_it_is_said_to_be_of():
    assert ("killed", 1) in tolls("El comité denuncia la ejecución de Luis Mora, de 24 años.", "es")


@pytest.mark.parametrize(
    ("language", "text", "dead"),
    [
        ("en", "Five youngsters between 14 and 19 were killed in Petare.", 5),
        ("en", "Two sisters, aged nine and twelve, died in Petare.", 2),
        ("en", "Three men aged 19, 22 and 30 were killed in Petare.", 3),
        ("es", "Tres hombres de 19, 22 y 30 años murieron en Petare.", 3),
    ],
)
def test_ages_stand_between_who_died_and_the_verb(language, text, dead):
    assert tolls(text, language) == [("killed", dead)]


def test_a_number_behind_a_day_of_the_week_or_a_place_counts():
    assert tolls("On Tuesday 69 people were injured in Chacao.", "en") == [("injured", 69)]
    assert tolls("Hace un año murieron en La Vega 23 personas.", "es") == [("killed", 23)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "One person, a porter aged 33, was beaten and then stabbed to death."),
        ("en", "A patrol met armed men and shot one of them dead."),
        ("es", "Un hombre fue golpeado y luego apuñalado hasta morir."),
    ],
)
def test_who_is_hurt_and_then_killed_is_dead(language, text):
    assert tolls(text, language) == [("killed", 1)]


def test_they_are_not_whoever_was_counted_last():
    text = "Gunmen attacked La Vega, where 3,000 people live. They were shot dead by police."
    assert 3000 not in [number for _, number in tolls(text, "en")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "A boy and his aunt were hit by bullets; the boy died.", [("injured", 1), ("killed", 1)]),
        ("es", "Un niño y su abuela fueron baleados. El niño murió.", [("injured", 1), ("killed", 1)]),
        ("en", "A grandmother was wounded. The mother of two died.", [("injured", 1), ("killed", 1)]),
        ("en", "A boy was hit by a bullet. The driver died.", [("injured", 1), ("killed", 1)]),
        ("en", "Of the eight people taken to hospital, three died.", [("injured", 5), ("killed", 3)]),
    ],
)
def test_who_was_hurt_and_died_counts_once(language, text, expected):
    assert tolls(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("El tiroteo dejó cinco presuntos delincuentes y un agente muertos.", [("killed", 5), ("killed", 1)]),
        ("Tres cuerpos con impactos de bala aparecieron en una quebrada.", [("killed", 3)]),
        ("Salud Chacao atiende a 31 personas.", [("injured", 31)]),
        ("Lo acusan por las lesiones sufridas por otras dos personas.", [("injured", 2)]),
        ("Un funcionario murió y su compañero quedó en estado crítico.", [("killed", 1), ("injured", 1)]),
    ],
)
def test_more_ways_of_telling_a_toll_in_spanish(text, expected):
    assert tolls(text, "es") == expected


def test_an_age_in_words_belongs_to_who_is_hit():
    assert tolls("A stray bullet struck a girl of nine in Petare.", "en") == [("injured", 1)]


@pytest.mark.parametrize(
    "text",
    ["Five people died in Petare. The school counted 300, a record.", "Five died. The mayor said 12 houses burnt."],
)
def test_what_somebody_counts_of_something_else_is_no_toll(text):
    assert tolls(text, "en") == [("killed", 5)]
