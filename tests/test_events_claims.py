"""Who says how many: two speakers who count the same dead are never added up, and both are kept."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.events import understand
from mapper.model import Report
from mapper.places import load_area, resolve
from mapper.reading import Reader

OPENING = {"en": "A gun battle shook Petare on Saturday.", "es": "Un enfrentamiento sacudió Petare el sábado."}


@pytest.fixture(scope="module")
def claims():
    area = load_area()
    reader = Reader(area.name_records, area.guards, area.languages, area.within)

    def claims(text: str, language: str):
        """Return the dead of the one incident (best, high), and each number with who gives it."""
        report = Report("r", f"{OPENING[language]} {text}", language=language, published=dt.date(2021, 7, 12))
        reading = reader.read(report)
        (incident,) = understand(reading, resolve(reading, area)).incidents
        dead = incident.fatalities
        return (dead.best, dead.high), [(claim.value.best, claim.speaker) for claim in incident.claims]

    return claims


@pytest.mark.parametrize(
    ("language", "text", "dead", "told"),
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
def test_two_speakers_who_count_the_same_dead_are_not_added_up(claims, language, text, dead, told):
    assert claims(text, language) == (dead, told)


def test_what_two_speakers_tell_of_others_is_added_up(claims):
    text = "Two policemen were killed, the police said, and neighbours said a bystander was killed too."
    assert claims(text, "en") == ((3, 3), [(2, "the police"), (1, "neighbours")])


def test_who_is_named_behind_a_semicolon_says_nothing_of_what_stands_before_it(claims):
    _, told = claims("Residents counted seven dead; the ministry admitted three dead.", "en")
    assert told == [(7, ""), (3, "the ministry")]
