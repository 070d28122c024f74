"""Which language a report is found to be in, and when that can be told without asking the model."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.reports import Overrides, read_reports
from mapper.reports.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tiroteo en la Cota 905", "es"),
        ("Shooting in Cota 905", "en"),
        ("905", "es"),
        (
            "Balance: Cota 905 - 22 fallecidos; El Valle - 4 heridos; Coche - sin novedad; Antímano; Petare; Catia.",
            "es",
        ),
        (
            "Le président a annoncé que les combats se poursuivent et que des familles ont fui vers le centre-ville.",
            "fr",
        ),
    ],
)
def test_language(text: str, language: str):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Los vecinos huyeron el viernes con sus hijos hacia Coche, y una mujer murió en la avenida.", "es"),
        ("Two people were killed and families fled from El Valle after the shooting, police said.", "en"),
    ],
)
def test_a_plain_text_needs_no_model_of_all_languages(text: str, language: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("py3langid.rank", lambda _: pytest.fail("the model was asked"))
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La policia va entrar divendres al barri i els veïns van fugir del centre amb una nena i el seu germà.", "ca"),
        (
            "La polizia è entrata con una squadra del quartiere e gli abitanti sono fuggiti per le strade; morta una donna.",
            "it",
        ),
        (
            "A policía entrou o venres con armas no barrio e os veciños fuxiron en tren cara ao centro con unha nena.",
            "gl",
        ),
    ],
)
def test_a_neighbouring_language_is_not_taken_for_spanish(text: str, language: str):
    assert detect_language(text) == language


def test_another_language_is_read_with_a_warning():
    text = (
        b"A policia entrou na sexta-feira no bairro Cota 905, em Caracas, e moradores fugiram para o centro da cidade."
    )
    (report,), _ = read_reports(["-"], Overrides(published=dt.date(2021, 7, 9)), text)
    assert (report.language, report.warnings) == ("pt", ("language-not-supported",))
