"""Details that lead to a private person by how a sentence is built."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.reading.details import find_details
from mapper.reading.lexicon import LANGUAGES, load_lexicon
from mapper.reading.private_names import find_private_names
from mapper.reading.sentences import sentences
from mapper.text import fold


def leads(text, language="en"):
    lexicon = load_lexicon(language)
    found = sentences(text, lexicon)
    return [text[found[n].start : found[n].end] for n in sorted(find_details(text, fold(text), found, lexicon))]


def names(text, language, is_place=lambda _: False):
    found = find_private_names(text, fold(text), (), load_lexicon(language), is_place)
    return {text[one.start : one.end] for one in found}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A woman was there every morning."),
        ("es", "Una mujer estaba allí cada mañana."),
        ("en", "His aunt needs dialysis."),
        ("es", "Su tía necesita diálisis."),
        ("en", "The grocer's daughter came back."),
        ("es", "Volvió la hija del bodeguero."),
        ("en", "The barber from the alley closed early."),
        ("es", "El barbero del callejón cerró temprano."),
        ("en", "The man who mends shoes closed early."),
        ("en", "“It was noon,” a locksmith confirmed."),
        ("es", "Eso confirmó un cerrajero."),
        ("es", "Según una lavandera eran nueve."),
        ("en", "They came to the third door."),
        ("es", "Tocaron la puerta azul."),
        ("en", "It is the shack behind the tank."),
        ("en", "Bed 14 is empty again."),
        ("en", "R., 40, left on Monday."),
        ("es", "Ernesto J., callado, salió el lunes."),
        ("en", "Knock twice and wait."),
        ("en", "She showed us the hole."),
        ("es", "Nos mostró el hueco."),
        ("en", "Two nuns drove away."),
        ("es", "Cero cuatro doce, cinco cinco cinco, uno dos tres cuatro."),
        ("en", "My brothers got out."),
        ("en", "Five brothers, aged 6 and 9, got out."),
        ("es", "Un hombre con bigote cruzó."),
        ("en", "The baker said nothing more."),
        ("es", "Una plomera miraba al cielo."),  # a single private person, nothing else
        ("en", "A cousin of theirs is back."),
        ("es", "El rancho se incendió."),
        ("en", "It went in at the third floor."),
        ("es", "Se oyó desde el segundo piso."),
        ("en", "Plants fell in the third-floor flat."),
        ("en", "It was the house by the tank, the one with the plants."),
        ("es", "El rancho que tanto costó levantar está al fondo de la quebrada."),
        ("es", "La familia de la niña salió."),
        ("en", "She is 15, and plays."),
        ("es", "Su padrastro, vigilante, huyó del tiroteo."),
        ("en", "Her mother, raised here, ran from the gunfire."),
        ("en", "A scrapper who passed counted nine."),
    ],
)
def test_a_detail_by_its_form_leads_to_somebody(language, text):
    assert leads(text, language) == [text]


@pytest.mark.parametrize(
    ("language", "closed", "opened"),
    [
        ("en", "A baker came to Petare.", "A baker was killed in Petare."),
        ("es", "Un panadero llegó a Petare.", "Un panadero fue asesinado en Petare."),
        ("en", "A woman saw it.", "The minister saw a woman."),
        ("en", "The dentist went home.", "The dentist María Pérez went home."),
        ("es", "La bodeguera volvió.", "El domingo abrió La Bodeguera."),
        ("es", "Revisaron la casa amarilla.", "Lo dijo la Casa Amarilla."),
        ("en", "Everybody saw the boy with the scar.", "Everybody saw the scar."),
        ("en", "People slept in a chapel, said a man.", "People slept in a chapel."),
        ("en", "One witness need not be afraid.", "No witness need be afraid."),
        ("es", "Un vecino puede entrar.", "Cualquier vecino puede entrar."),
        ("es", "Lo dijo el marino Pérez.", "Lo dijo Marino Alvarado."),
        ("es", "Lo reportó un civil.", "Lo reportó Protección Civil."),
        ("es", "La acera es de un guardia.", "La acera es de la Guardia."),
        ("en", "They went into the house.", "They went into the houses."),
    ],
)
def test_tolls_offices_names_and_crowds_stay_open(language, closed, opened):
    assert (leads(closed, language), leads(opened, language)) == ([closed], [])


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("es", "Dorangel se quedó en el baño.", "Dorangel"),
        ("en", "Then Dorangel slept.", "Dorangel"),
        ("en", "Yuleisy's mother keeps quiet.", "Yuleisy"),
        ("es", "La mamá de Yeikol espera.", "Yeikol"),
        ("en", "Marbelys will not let her eldest go.", "Marbelys"),
        ("es", "Entonces Carmen miraba.", "Carmen"),
        ("en", "There was Dorangel, from the workshop.", "Dorangel"),
        ("es", "En la vereda, a Dorangel le cayó la pared.", "Dorangel"),
        ("es", "A Dorangel lo sacaron temprano.", "Dorangel"),
        ("en", "There was Yorman, who has a jeep.", "Yorman"),
        ("en", "There was Dorangel, who mends shoes.", "Dorangel"),
        ("es", "Lo vio Dorangel, quien remienda zapatos.", "Dorangel"),
        ("es", "Lo vio José Luis, que tiene un jeep.", "José Luis"),
    ],
)
def test_a_first_name_that_does_what_people_do_is_private(language, text, name):
    assert names(text, language) == {name}


def test_a_first_name_beside_another_is_private():
    assert names("It was for Carmen and Yuleisy.", "en") == {"Carmen", "Yuleisy"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "El Paraíso heard bursts."),
        ("en", "Petare slept badly."),
        ("es", "Prado de María durmió mal."),
        ("es", "Maduro no quiso hablar."),
        ("es", "Nadie durmió."),
        ("es", "A Petare le llegó el agua."),
        ("en", "It was Mayor Dorangel, who police say knew."),
        ("es", "Lo vio José Luis Pérez, que tiene un jeep."),
        ("en", "There were Petare and its hills."),
    ],
)
def test_places_and_public_names_that_do_so_are_not(language, text):
    assert names(text, language, {"petare", "paraiso"}.__contains__) == set()


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_details_are_numbers_of_sentences(text, language):
    lexicon = load_lexicon(language)
    found = sentences(text, lexicon)
    assert find_details(text, fold(text), found, lexicon) <= set(range(len(found)))


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "There was Kleiver, who is eleven and had gone for water.", "kleiver"),
        ("es", "Lo vio Yondri, que tiene nueve, desde la escalera.", "yondri"),
    ],
)
def test_a_child_whose_age_is_told_in_a_clause_of_its_own_has_a_private_name(language, text, name):
    assert name in {one.lower() for one in names(text, language)}


def test_who_has_nine_wounded_is_no_child():
    text = "Lo vio Ramiro Paz, que tiene nueve heridos a su cargo."
    assert names(text, "es") == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They raided the house with the turquoise door."),
        ("en", "The widow of one of the dead signed nothing."),
        ("es", "La esposa de uno de los fallecidos no firmó."),
    ],
)
def test_a_door_or_a_victims_kin_leads_to_somebody(language, text):
    assert leads(text, language) == [text]
