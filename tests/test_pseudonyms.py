"""Names that a text says it made up, and the sentences that then stay here."""

import pytest
from test_sensitive import read

from mapper.reading.lexicon import load_lexicon
from mapper.reading.pseudonyms import find_pseudonyms
from mapper.text import fold


def names(text, language="en"):
    return find_pseudonyms(text, fold(text), load_lexicon(language))


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Marta (name changed) wept.", {"marta"}),
        ("en", "Rosa Elena Paz, a pseudonym, left.", {"rosa", "elena", "paz"}),
        ("en", "A baker, whom we will call Olga, left.", {"olga"}),
        ("en", "Meanwhile Teresa* left on foot.\n*Name changed.", {"teresa"}),
        ("en", "Marisol, as we shall call her, sells coffee.", {"marisol"}),
        ("es", "Rosángela, cuyo nombre cambiamos, oyó dos disparos.", {"rosangela"}),
        ("es", "Luisa (nombre ficticio) huyó el lunes.", {"luisa"}),
        ("es", "Un chofer, a quien llamaremos Ramiro, huyó.", {"ramiro"}),
        ("es", "Petra de la Rosa* huyó.\n* Nombre cambiado por seguridad.", {"petra", "rosa"}),
    ],
)
def test_a_name_that_the_text_made_up_is_found(language, text, words):
    assert names(text, language).words == words


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "In Petare* nine died.\n*Includes Mesuca."), ("es", "La calle cambió de nombre. Marta Paz votó.")],
)
def test_a_star_or_a_street_renamed_makes_no_pseudonym(language, text):
    assert names(text, language).words == set()


@pytest.mark.parametrize(
    ("language", "text", "withheld"),
    [
        ("en", "Ana Paz (name changed) left Coche.\nIt rained.\nThat night Paz took the bus.", 2),
        ("es", "Ana Paz (nombre ficticio) dejó Coche.\nLlovió.\n«Subieron de noche», recordó Paz.", 2),
    ],
)
def test_each_sentence_with_a_pseudonym_is_sensitive(language, text, withheld):
    assert len(read(text, language)) == withheld


@pytest.mark.parametrize(
    ("language", "told", "note"),
    [
        ("en", 'Carmen Paz said: "We left."', "All names are pseudonyms."),
        ("es", "Carmen Paz dijo: «Salimos».", "Los nombres fueron cambiados."),
    ],
)
def test_where_all_names_were_changed_a_full_name_is_no_openly_named_speaker(language, told, note):
    assert (told in read(told, language), told in read(f"{told} {note}", language)) == (False, True)


def test_an_office_stays_named_where_all_names_were_changed():
    text = "Minister Carmen Paz said nine had died.\nThe names of residents have been changed.\nAll names were changed."
    assert "Minister Carmen Paz said nine had died." not in read(text)
