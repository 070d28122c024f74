"""Sentences and clauses of English and Spanish reports."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import SchemaError
from mapper.model import Span
from mapper.reading.lexicon import LANGUAGES, alternation, load_lexicon
from mapper.reading.sentences import clauses, sentences


def split(text, language="es"):
    return [text[span.start : span.end] for span in sentences(text, load_lexicon(language))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "La Dra. Pérez y el Sr. Gómez bajaron por la Av. Sucre."),
        ("es", "Llegaron a las 6:15 a. m. con la policía."),
        ("es", "El embajador de EE. UU. no respondió."),
        ("es", "Intervinieron 3.110 efectivos en la pquia. Sucre."),
        ("es", "Ocurrió en el hospital J. M. de los Ríos."),
        ("es", "¿Volverán? preguntó la vecina."),
        ("en", "Dr. Ruiz lives near St. Teresa, at No. 3."),
        ("en", "The U.S. embassy said 3,110 officers came at 3:00 p.m. with trucks."),
        ("en", "It was loud... and then it stopped."),
        ("es", "Todo empezó\ncuando bajaron los hombres."),
    ],
)
def test_one_sentence_stays_whole(language, text):
    assert split(text, language) == [text]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Fue a las 6:00 p. m. Nadie salió.", ["Fue a las 6:00 p. m.", "Nadie salió."]),
        ("es", "«No hay agua». Así lo dijo.", ["«No hay agua».", "Así lo dijo."]),
        ("en", '"Run." He ran.', ['"Run."', "He ran."]),
        ("en", "Did they come? No. They left!", ["Did they come?", "No.", "They left!"]),
        ("es", "Hechos\n• Tiros en El 70.\n• Dos heridos", ["Hechos", "• Tiros en El 70.", "• Dos heridos"]),
        ("es", "Párrafo uno\n\npárrafo dos", ["Párrafo uno", "párrafo dos"]),
        ("es", "06:05. Vuelven los tiros.\n07:20. Calma.", ["06:05. Vuelven los tiros.", "07:20. Calma."]),
        ("en", "10:30 — Shots heard\n10:45 — Calm", ["10:30 — Shots heard", "10:45 — Calm"]),
        ("es", "5:50 a. m. Se oyen ráfagas. Sigue.", ["5:50 a. m. Se oyen ráfagas.", "Sigue."]),
        ("es", "1. Carrera. Habrá cierre.\n2. Rodaje.", ["1. Carrera.", "Habrá cierre.", "2. Rodaje."]),
        ("es", "—¿Se iría?\n—No. Aquí nací.", ["—¿Se iría?", "—No.", "Aquí nací."]),
    ],
)
def test_sentences_end_where_they_end(language, text, expected):
    assert split(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Hubo tiros en Coche; en El Valle, no.", ["Hubo tiros en Coche", "en El Valle, no."]),
        ("es", "Hubo tiros, pero nadie salió.", ["Hubo tiros", "pero nadie salió."]),
        ("en", "Men fired while families fled.", ["Men fired", "while families fled."]),
        ("en", "They left, where others stayed.", ["They left", "where others stayed."]),
        ("es", "El cerro —dicen— está en calma.", ["El cerro", "dicen", "está en calma."]),
        ("en", "From Petare–Santa Lucía to Coche, Baruta.", ["From Petare–Santa Lucía to Coche, Baruta."]),
    ],
)
def test_clauses_cut_at_marks_and_clause_words(language, text, expected):
    lexicon = load_lexicon(language)
    assert [text[c.start : c.end] for s in sentences(text, lexicon) for c in clauses(text, s, lexicon)] == expected


@given(
    st.text(alphabet=st.sampled_from("aÁ .,;:!?…\n\"“”«»'—-•1º()[]\u2028\u00a0😀ßİ"), max_size=200),
    st.sampled_from(LANGUAGES),
)
def test_sentences_cover_all_that_is_not_blank(text, language):
    spans = sentences(text, load_lexicon(language))
    covered = {position for span in spans for position in range(span.start, span.end)}
    assert all(position in covered for position, char in enumerate(text) if not char.isspace())


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_sentences_are_trimmed_ordered_and_apart(text, language):
    spans = sentences(text, load_lexicon(language))
    pieces = [text[span.start : span.end] for span in spans]
    assert all(piece and piece == piece.strip() for piece in pieces)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_clauses_stay_inside_their_sentence(text, language):
    lexicon = load_lexicon(language)
    for sentence in sentences(text, lexicon):
        assert all(sentence.covers(clause) for clause in clauses(text, sentence, lexicon))


def test_both_lexicons_have_the_same_tables_for_these_engines():
    english, spanish = load_lexicon("en"), load_lexicon("es")
    for name in ("sentences", "numbers", "dates", "quantities", "attribution", "sensitive"):
        assert set(english.table(name)) == set(spanish.table(name))


def test_an_unknown_language_is_refused_by_name():
    with pytest.raises(SchemaError, match=r"'xx'.*en, es"):
        load_lexicon("xx")


def test_a_missing_table_is_named():
    with pytest.raises(SchemaError, match=r"\[nonsense\]"):
        load_lexicon("en").table("nonsense")


def test_a_list_that_is_none_is_named():
    with pytest.raises(SchemaError, match="'months'"):
        load_lexicon("en").words("dates", "months")


def test_an_empty_word_list_matches_nothing():
    assert alternation([]) == "(?!)"


def test_spans_are_spans():
    assert sentences("Hola.", load_lexicon("es")) == (Span(0, 5),)


# --- without end -----------------------------------------------------------------------------------


def test_what_goes_on_without_a_stop_is_cut_behind_a_comma():
    text = "tres heridos en Petare y dos muertos en la parte alta de Catia, " * 100
    found = sentences(text, load_lexicon("es"))
    assert len(found) > 1
    assert all(text[one.end - 1] == "," for one in found)


def test_what_goes_on_without_a_comma_is_cut_between_words():
    text = "tres heridos en Petare " * 300
    found = sentences(text, load_lexicon("es"))
    assert len(found) > 1
    assert [word for one in found for word in text[one.start : one.end].split()] == text.split()


def test_no_word_is_cut_however_long():
    text = "a" * 5_000
    assert sentences(text, load_lexicon("es")) == (Span(0, 5_000),)


def test_a_long_sentence_is_left_whole():
    text = ", ".join(["en la parte alta de Petare"] * 60) + "."
    assert sentences(text, load_lexicon("es")) == (Span(0, len(text)),)
