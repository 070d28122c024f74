"""Who says how many: two speakers who count the same dead are never added up, and both are kept."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.events import understand
from mapper.model import Measure, Report
from mapper.places import load_area, resolve
from mapper.reading import Reader

OPENING = {"en": "A gun battle shook Petare on Saturday.", "es": "Un enfrentamiento sacudió Petare el sábado."}


@pytest.fixture(scope="module")
def told():
    area = load_area()
    reader = Reader(area.name_records, area.guards, area.languages, area.within)

    def told(text: str, language: str):
        """Return the one incident of a text."""
        reading = reader.read(Report("r", text, language=language, published=dt.date(2021, 7, 12)))
        (incident,) = understand(reading, resolve(reading, area)).incidents
        return incident

    return told


@pytest.fixture(scope="module")
def claims(told):
    def claims(text: str, language: str):
        """Return the dead of a battle (best, high), and each number with who gives it."""
        incident = told(f"{OPENING[language]} {text}", language)
        dead = incident.fatalities
        return (dead.best, dead.high), [(claim.value.best, claim.speaker) for claim in incident.claims]

    return claims


@pytest.mark.parametrize(
    ("language", "text", "dead", "numbers"),
    [
        (
            "en",
            "The ministry said 22 gunmen died; a human-rights group says 31 people were killed.",
            (22, 31),
            [(22, "The ministry"), (31, "a human-rights group")],
        ),
        (
            "en",
            "Five people were killed, said the police. The ministry said twelve people were killed.",
            (5, 12),
            [(5, "the police"), (12, "The ministry")],
        ),
        (
            "en",
            "Five people were killed, said the police. The ministry said twelve.",
            (5, 12),
            [(5, "the police"), (12, "The ministry")],
        ),
        (
            "es",
            "Los vecinos contaron siete muertos; el ministerio admitió tres muertos.",
            (7, 7),
            [(7, "Los vecinos"), (3, "el ministerio")],
        ),
        (
            "es",
            "Según la policía murieron 22 personas; las ONG hablan de 31.",
            (22, 31),
            [(22, "la policía"), (31, "las ONG")],
        ),
    ],
)
def test_two_speakers_who_count_the_same_dead_are_not_added_up(claims, language, text, dead, numbers):
    assert claims(text, language) == (dead, numbers)


def test_what_two_speakers_tell_of_others_is_added_up(claims):
    text = "Two policemen were killed, the police said, and neighbours said a bystander was killed too."
    assert claims(text, "en") == ((3, 3), [(2, "the police"), (1, "neighbours")])


def test_who_is_named_behind_a_semicolon_says_nothing_of_what_stands_before_it(claims):
    _, numbers = claims("Residents counted seven dead; the ministry admitted three dead.", "en")
    assert numbers == [(7, ""), (3, "the ministry")]


def test_nobody_is_taken_for_dead_where_no_word_near_tells_of_death(told):
    text = (
        "CARACAS. - Desconocidos dispararon contra una casa en Propatria. Una anciana recibió un tiro en el brazo y su "
        "nieto uno en la pierna."
    )
    incident = told(text, "es")
    assert (incident.fatalities.best, incident.injuries.best) == (None, 1)


def test_what_is_counted_since_a_month_is_no_toll_of_one_night_and_who_died_was_not_only_hurt(told):
    text = (
        "CARACAS. - Since January 40 people have been killed by police in Sucre municipality, a rights group said. "
        "The latest was a 19-year-old shot in La Bombilla on Sunday."
    )
    incident = told(text, "en")
    assert (incident.fatalities.best, incident.injuries.best) == (1, None)


def test_an_arrest_keeps_the_number_of_those_it_took(told):
    text = (
        "CARACAS. - In San Agustín, agents took away eleven young men on Thursday night. Nobody knows where they are."
    )
    assert [(claim.measure, claim.value.best) for claim in told(text, "en").claims] == [(Measure.DETAINED, 11)]


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("El general confirmó el bombardeo de Fuerte Tiuna y La Carlota. En los ataques murieron 40 personas.", 40),
        ("El cuerpo de una joven desaparecida en Petare fue hallado en El Hatillo.", 1),
    ],
)
def test_a_brief_report_is_read_in_the_order_of_its_words(told, text, dead):
    assert told(f"CARACAS. - {text}", "es").fatalities.best == dead


@pytest.mark.parametrize(
    ("language", "text", "sub_event"),
    [
        ("en", "Police raided El Valle at dawn on Monday.", "Arrests"),
        ("es", "La policía allanó El Valle al amanecer del lunes 5 de julio.", "Arrests"),
        ("es", "La policía allanó El Valle al amanecer del lunes. Hubo disparos durante dos horas.", "Armed clash"),
    ],
)
def test_a_raid_without_a_shot_is_no_clash(told, language, text, sub_event):
    assert told(f"CARACAS. - {text}", language).sub_event_type == sub_event
