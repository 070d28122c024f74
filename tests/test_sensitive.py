"""Passages that could expose a source or a family."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.reading.attribution import find_attributions
from mapper.reading.lexicon import LANGUAGES, load_lexicon
from mapper.reading.private_names import find_private_names
from mapper.reading.sensitive import exposes, find_sensitive
from mapper.reading.sentences import sentences
from mapper.text import fold

PROBES = Path(__file__).with_name("sensitive_probes.tsv")
FOUNDING = Path(__file__).resolve().parents[2] / "shared" / "reports" / "2021-07-11_cota-905.txt"


def spans(text, language):
    lexicon, folded = load_lexicon(language), fold(text)
    found = sentences(text, lexicon)
    told = find_attributions(text, folded, found, lexicon)
    return found, find_sensitive(text, folded, found, (told, find_private_names(text, folded, told, lexicon)), lexicon)


def read(text, language="en"):
    return [text[span.start : span.end] for span in spans(text, language)[1]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", '"We hid under the bed," a shopkeeper in El Valle said.'),
        ("en", "The neighbour asked not to be identified out of fear."),
        ("en", "The address is withheld."),
        ("en", "Do not forward lists of names."),
        ("en", "They sleep in the living room of a godmother."),
        ("en", "Her daughter goes to school in Coche."),
        ("en", "The grenade killed a girl called Mariángel."),
        ("en", "Write to ana.p@example.org for more."),
        ("en", "Bullets came in at No. 47, twice."),
        ("es", "Los tiros entraron en el Nº 47."),
        ("es", "«No me pongan», ruega el jeepsero."),
        ("es", "Unos primos esperan en un sitio que piden no escribir."),
        ("es", "Está en casa de sus padres."),
        ("es", "Su hijo menor estudia en el liceo del sector."),
        ("es", "Llame al 0412-555.12.34 esta tarde."),
        ("es", "Su cédula es V-12.345.678."),
        ("es", "Doña Carmen volvió el lunes."),
        ("es", "Kleiver tiene 26 años y duerme en un colchón."),
        ("es", "Protegemos la identidad de las personas entrevistadas."),
    ],
)
def test_what_exposes_somebody_is_sensitive(language, text):
    assert read(text, language) == [text]


@pytest.mark.parametrize(
    ("language", "text", "sensitive"),
    [
        ("en", 'Four died, Minister Ana Paz said. "We hid in the cellar." The woman, a baker, wept.', [1, 2]),
        ("en", '"They took the fridge." That is what a baker tells.', [0, 1]),
        ("es", "«Se llevaron la nevera». Así describe la dueña de una bodega la noche.", [0, 1]),
        ("en", 'A neighbour told of it: "There were nine." "We counted them twice."', [0, 1]),
    ],
)
def test_a_quotation_without_a_speaker_goes_with_the_person_told_of_beside_it(language, text, sensitive):
    found, marked = spans(text, language)
    assert [found.index(one) for one in marked] == sensitive


def test_what_a_minister_says_on_stays_open_behind_his_words():
    assert read('Minister Ana Paz said: "It is calm." "Nine have been arrested."') == []


def test_what_is_said_next_of_an_unnamed_speaker_is_sensitive():
    assert (
        read('"I counted two," a neighbour said. "I saw them go." She shuts the window.')[-1] == "She shuts the window."
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", 'Prosecutors counted nine. The baker\'s wife stayed behind the gate. "They took it all," she said.'),
        ("es", "La ministra informó de nueve. Una conserje recogía casquillos. «Llené un pote», cuenta."),
    ],
)
def test_she_is_the_private_person_told_of_right_before(language, text):
    assert len(read(text, language)) == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "«Hay menos muertes», explicó la socióloga Inés Paz."),
        ("es", "14:05 Nelson Paz, en la radio: «Vamos a recuperar nuestros barrios»."),
        ("en", 'We have on the line Commissioner Luis Paz. "We have sealed our side," he says.'),
        ("es", "En el primer semestre de 2019 hubo 45 casos."),
        ("es", "La avenida Victoria amaneció cerrada."),
        ("es", "Figura en la lista de los más buscados."),
    ],
)
def test_words_of_people_named_with_trade_or_office_are_open(language, text):
    assert read(text, language) == []


def test_a_house_told_by_its_colour_behind_a_comma_is_sensitive():
    assert read("The house, pale green, is empty.")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The minister said 22 men had been killed in Cota 905."),
        ("en", "Residents refuse to leave for fear of theft."),
        ("en", "A gang leader called Wilexis ran the hill."),
        ("en", "Others fled and began walking to the city's downtown plazas."),
        ("en", 'Police showed the "delinquents" to the press.'),
        ("es", "El sol se esconde detrás de Parque Central."),
        ("es", "Los vecinos cuentan que hubo tiros."),
        ("es", "Tres personas fueron llevadas al hospital, donde una de ellas murió."),
        ("es", "Participaron 3.110 efectivos en 24 puntos."),
        ("en", "A bus was burned at No. 3 gate."),
    ],
)
def test_what_exposes_nobody_is_not(language, text):
    assert read(text, language) == []


@pytest.mark.parametrize(
    ("part", "least"),
    [("tune", 32), ("aside", 32), ("after", 18), ("first", 119), ("second", 39), ("third", 38), ("fourth", 25)],
)
def test_so_many_probes_are_withheld_and_no_harmless_one(part, least):
    """The rates that docs/disclosure.md states; sensitive_probes.tsv says how each part was written."""
    probes = [line.split("\t") for line in PROBES.read_text(encoding="utf-8").splitlines() if line.startswith(part)]
    hits = sum(bool(read(text, language)) for _, language, want, text in probes if want == "withhold")
    false = [text for _, language, want, text in probes if want == "open" and read(text, language)]
    assert (hits >= least, false) == (True, [])


@pytest.mark.parametrize("text", ["La niña Yulimar corrió. YULIMAR no volvió. #FuerzaYulimar. yulimar, vuelve."])
def test_a_private_name_is_covered_in_every_spelling(text):
    assert len(read(text, "es")) == len(spans(text, "es")[0])


@pytest.mark.parametrize(
    ("text", "told"),
    [("court record", False), ("su prima vive en la casa número 14", True), ("call +58 412 555 1234", True)],
)
def test_what_an_analyst_wrote_is_looked_through_in_every_language(text, told):
    assert exposes(text) == told


def test_narrator_sentences_beside_a_quotation_stay_open():
    text = "Shots rang out in Coche. “We hid,” said a teacher. “They broke the door.” Ten families left for El Valle."
    assert read(text) == ["“We hid,” said a teacher.", "“They broke the door.”"]


def test_a_quotation_of_several_sentences_and_paragraphs_is_covered():
    text = "“We hid,” said a mother. “They broke the door. It was dark.\n\n“Then they left.”\n\nThe police did not comment."
    assert read(text) == ["“We hid,” said a mother.", "“They broke the door.", "It was dark.", "“Then they left.”"]


def test_a_first_name_once_private_is_covered_everywhere():
    text = "Kleiver tiene 26 años. La calle sigue cerrada. Después Kleiver se fue a pie."
    assert read(text, "es") == ["Kleiver tiene 26 años.", "Después Kleiver se fue a pie."]


@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding report lies beside the checkout only")
def test_the_founding_report_hides_its_two_last_paragraphs_and_nothing_else():
    text = FOUNDING.read_text(encoding="utf-8")
    start = text.index('"A night of sleeping')
    found, sensitive = spans(text, "en")
    assert sensitive == tuple(sentence for sentence in found if sentence.start >= start)


@given(st.text(max_size=150), st.sampled_from(LANGUAGES))
def test_sensitive_passages_are_whole_sentences(text, language):
    found, sensitive = spans(text, language)
    assert set(sensitive) <= set(found)


PIECES = [
    "Ana",
    ", ",
    "de 34 años",
    " dijo ",
    "“",
    "”",
    ". ",
    "\n",
    "una vecina",
    " vive en ",
    "0412-555.12.34",
    "V-1.234.567",
    "a@b.c",
    " ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=16))
def test_any_mix_of_private_words_gives_ordered_sentences(pieces):
    sensitive = spans("".join(pieces), "es")[1]
    assert list(sensitive) == sorted(set(sensitive))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hubo tiros en Petare. Petare vive horas de terror.", "es"),
        ("Police fought a gang in Petare. Deaths: Petare, 12, Catia, 9.", "en"),
        ("A gang fought in Petare. Petare lives in fear.", "en"),
    ],
)
def test_a_place_of_which_something_is_said_as_of_a_person_is_no_private_name(text, language):
    lexicon = load_lexicon(language)
    found = find_private_names(text, fold(text), (), lexicon, {"petare"}.__contains__)
    assert "Petare" not in {text[one.start : one.end] for one in found}


def test_a_person_who_bears_a_place_name_is_private_unless_the_text_speaks_of_the_place():
    text = "La niña Lídice murió en Catia. La costurera Carmen, 34, huyó; en Carmen confiaban."
    found = find_private_names(text, fold(text), (), load_lexicon("es"), {"lidice", "carmen"}.__contains__)
    assert {text[one.start : one.end] for one in found} == {"Lídice", "Carmen"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Footage posted by @elpana_terraza shows the hill."),
        ("es", "El video, difundido por @elpana_terraza, muestra el cerro."),
    ],
)
def test_the_account_that_a_picture_came_from_leads_to_somebody(language, text):
    assert read(text, language) == [text]
