"""Which words of a text are toponyms, and which only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_kit import reader, report

from mapper.model import Guard, NameRecord
from mapper.reading import Reader


@pytest.fixture(scope="module")
def read():
    the_reader = reader()
    return lambda text, language="es": the_reader.read(report(text, language)).toponyms


def named(toponyms) -> list[tuple[str, tuple[str, ...]]]:
    return [(toponym.text, toponym.place_ids) for toponym in toponyms]


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Hubo tiros en la Cota 905.", "cota-905"),
        ("HUBO TIROS EN EL CEMENTERIO", "el-cementerio"),
        ("vecinos del Rosal protestaron", "el-rosal"),
        ("llegaron al Cementerio", "el-cementerio"),
        ("lo llevaron al Perez Carreno", "perez-carreno"),
        ("tiros en #ElCementerio ahora", "el-cementerio"),
        ("tiros en #Cota905", "cota-905"),
        ("en la parroquia 23 de enero", "23-de-enero"),
        ("en el 23 de Enero", "23-de-enero"),
        ("disparos en El Cementreio no, en El Cementerío", "el-cementerio"),
    ],
)
def test_a_name_is_found_however_it_is_written(read, text, place_id):
    assert place_id in {key for toponym in read(text) for key in toponym.place_ids}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("told The Washington Post", "en"),
        ("jugó el Deportivo La Vega", "es"),
        ("saquearon la licorería La Vega", "es"),
        ("la panadería El Rosal cerró", "es"),
        ("fue el 23 de enero", "es"),
        ("el diputado Freddy Miranda dijo", "es"),
        ("dijo Candelaria Sucre ayer", "es"),
        ("la vega estaba verde", "es"),
        ("the state of Mirandas and CotaX", "en"),
    ],
)
def test_what_only_looks_like_a_place_is_none(read, text, language):
    assert named(read(text, language)) == []


def test_an_article_before_a_guarded_phrase_makes_no_place_of_it():
    names = [NameRecord("El Observatorio", "el-observatorio", "barrio")]
    guards = [Guard("Observatorio Venezolano", "institution")]
    found = Reader(names, guards).read(report("Según el Observatorio Venezolano, hubo tiros en El Observatorio.", "es"))
    assert [toponym.text for toponym in found.toponyms] == ["El Observatorio"]


def test_a_surname_once_introduced_stays_a_person(read):
    assert named(read("Habló Freddy Miranda. Miranda negó todo.")) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('la banda de alias "La Vega" huyó', "es"),
        ("cayó José Pérez, alias el Miranda", "es"),
        ("el cabecilla, al que apodan El Cementerio, huyó", "es"),
        ('a gang leader known as "La Vega" fled', "en"),
        ("his deputy, nicknamed El Cementerio, fled", "en"),
        ('Alias "Miranda" huyó. La banda de "El Miranda" disparó.', "es"),
    ],
)
def test_a_nickname_is_no_place(read, text, language):
    assert named(read(text, language)) == []


@pytest.mark.parametrize(
    ("text", "place_ids"),
    [
        ("durmieron en el liceo Washington", ()),
        ("un vuelo a Washington", ("washington",)),
        ("en la iglesia La Vega", ("la-vega",)),
        ("en la iglesia de Washington", ("washington",)),
    ],
)
def test_a_house_called_after_a_far_city_is_not_that_city(read, text, place_ids):
    assert [ids for _, ids in named(read(text))] == [place_ids]


@pytest.mark.parametrize(
    ("text", "language"),
    [("a hillside barrio known as La Vega", "en"), ("en el sector conocido como La Vega", "es")],
)
def test_what_a_place_is_known_as_is_one(read, text, language):
    assert [name for name, _ in named(read(text, language))] == ["La Vega"]


def test_the_longest_name_wins(read):
    assert named(read("en la Avenida Sucre")) == [("Avenida Sucre", ("avenida-sucre",))]


def test_a_list_shares_its_generic_word(read):
    found = named(read("cerraron las avenidas Baralt y Sucre"))
    assert [ids for _, ids in found] == [("avenida-baralt",), ("avenida-sucre",)]


def test_a_name_in_such_a_list_keeps_its_own_article():
    names = [
        NameRecord("estación La Paz", "la-paz", "metro_station"),
        NameRecord("estación Artigas", "artigas", "metro_station"),
    ]
    found = Reader(names, []).read(report("cerraron las estaciones La Paz y Artigas", "es")).toponyms
    assert named(found) == [("La Paz", ("la-paz",)), ("Artigas", ("artigas",))]


def test_a_misspelt_long_name_is_found(read):
    assert named(read("tiros en El Cementero de noche")) == [("El Cementero", ("el-cementerio",))]


def test_an_unknown_name_after_a_cue_is_kept_without_a_place(read):
    assert named(read("tiros en el barrio Los Inventados de Prueba")) == [("Los Inventados de Prueba", ())]


def test_the_place_named_behind_is_the_container(read):
    toponyms = read("en El Cementerio, parroquia La Vega, hubo tiros")
    assert toponyms[0].container_ids == ("la-vega",)


@pytest.mark.parametrize("last", ["y El Rosal", "y hasta El Rosal", "o El Rosal"])
def test_the_next_place_of_a_list_is_no_container_however_long_the_list(read, last):
    toponyms = read(f"Marcharon en El Cementerio, La Vega, El Valle {last}.")
    assert {one.container_ids for one in toponyms} == {()}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nine families from Unión sleep in a chapel.", "en"),
        ("Nueve familias salieron de Unión con sus colchones.", "es"),
    ],
)
def test_a_home_may_be_called_without_its_generic_word(text, language):
    assert named(_UNION.read(report(text, language)).toponyms) == [("Unión", ("barrio-union",))]


def test_a_bare_name_that_nobody_comes_from_is_a_word():
    assert named(_UNION.read(report("Los jugadores de Unión ganaron.", "es")).toponyms) == []


def test_a_home_once_introduced_is_known_in_the_rest_of_the_report():
    toponyms = _UNION.read(report("Unión was quiet. Later, families fled Unión.")).toponyms
    assert [one.text for one in toponyms] == ["Unión", "Unión"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Mataron a dos en el sector Unión.", "es"),
        ("Two were shot in the Unión sector.", "en"),
        ("Two were shot: Unión, in Petare, is quiet.", "en"),
        ("Mataron a dos en Unión, según la policía de Petare.", "es"),
    ],
)
def test_a_bare_name_counts_beside_what_it_is_or_lies_in(text, language):
    assert ("Unión", ("barrio-union",)) in named(_UNION.read(report(text, language)).toponyms)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Unión y progreso, pidió en Petare.", "es"),  # nothing is said to be in it
        ("Mataron a dos en Unión. Petare calló.", "es"),  # another sentence
        ("El 6 de mayo hubo tiros en Petare.", "es"),  # a number is no name
    ],
)
def test_a_bare_name_that_its_sentence_does_not_place_is_a_word(text, language):
    assert [one for one, _ in named(_UNION.read(report(text, language)).toponyms)] == ["Petare"]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Hubo tiros en el kilómetro 12 de la carretera de El Junquito.", "es", "kilómetro 12"),
        ("Shots were fired near Kilometre 12 on the El Junquito road.", "en", "Kilometre 12"),
        ("Vecinos del km 12 de El Junquito protestaron.", "es", "km 12"),
        ("Hubo tiros en el kilómetro 12 de la autopista.", "es", ""),
        ("Shots were fired near kilometre 12 of the Pan-American highway.", "en", ""),
    ],
)
def test_a_kilometre_is_a_place_only_on_a_road_that_is_told(text, language, found):
    names = [one for one, ids in named(_UNION.read(report(text, language)).toponyms) if ids == ("kilometro-12",)]
    assert names == ([found] if found else [])


def test_an_unknown_sector_ends_where_a_known_place_begins(read):
    assert named(read("Hubo tiros en el sector Los Pericos de El Valle.")) == [
        ("Los Pericos", ()),
        ("El Valle", ("el-valle",)),
    ]


_UNION = Reader(
    [
        NameRecord("Barrio Unión", "barrio-union", "barrio", in_area=True),
        NameRecord("Barrio 6", "barrio-6", "barrio", in_area=True),
        NameRecord("Petare", "petare", "parish", in_area=True),
        NameRecord("Sector Kilómetro 12", "kilometro-12", "sector", in_area=True),
        NameRecord("El Junquito", "junquito", "parish", in_area=True),
        NameRecord("Carretera de El Junquito", "road", "highway", in_area=True),
        NameRecord("El Junquito road", "road", "highway", in_area=True),
    ],
    (),
    within={"barrio-union": ("petare",), "barrio-6": ("petare",), "kilometro-12": ("junquito",), "road": ("junquito",)},
)


@pytest.mark.parametrize(
    ("text", "place_ids"),
    [
        ("Tiros en el sector Los Pinos.", {"pinos-sector", "pinos-barrio"}),
        ("Tiros en Los Pinos.", {"pinos-barrio", "pinos-estate"}),
        ("Tiros en la Urbanización Los Pinos.", {"pinos-estate"}),
    ],
)
def test_a_sector_may_be_called_a_barrio_and_no_housing_estate_either(text, place_ids):
    records = [
        NameRecord("Sector Los Pinos", "pinos-sector", "sector"),
        NameRecord("Los Pinos", "pinos-barrio", "barrio"),
        NameRecord("Los Pinos", "pinos-estate", "urbanizacion"),
        NameRecord("Urbanización Los Pinos", "pinos-estate", "urbanizacion"),
    ]
    (toponym,) = Reader(records, ()).read(report(text)).toponyms
    assert set(toponym.place_ids) == place_ids


@given(st.text(max_size=300))
def test_offsets_are_exact_on_any_text(text):
    for toponym in _READER.read(report(text)).toponyms:
        assert text[toponym.start : toponym.end] == toponym.text


_READER = reader()


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Hubo tiros en la Cota 905. En la Cota mataron a dos.", "es", 2),
        ("Police entered Cota 905. On the Cota a man was shot.", "en", 2),
        ("En la Cota mataron a dos. Hubo tiros en la Cota 905.", "es", 1),
        ("Hubo tiros en la Cota 905. La cota del embalse bajó.", "es", 1),
        ("Hubo tiros en la Cota 905. En la Cota Azul no hubo.", "es", 1),
        ("Hubo tiros en la Vega. En la Pastora no.", "es", 0),
    ],
)
def test_a_name_of_a_word_and_a_number_is_shortened_to_the_word(read, text, language, expected):
    assert [ids for _, ids in named(read(text, language))].count(("cota-905",)) == expected


def test_a_word_that_two_names_share_names_neither():
    records = [NameRecord("Cota 905", "cota-905", "barrio"), NameRecord("Cota Mil", "cota-mil", "street")]
    text = "Hubo tiros en la Cota 905 y en la Cota Mil. En la Cota mataron a dos."
    assert len(Reader(records, ()).read(report(text)).toponyms) == 2


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Since January 23 people march.", "en", 0),
        ("Marches on January 23 drew many.", "en", 0),
        ("The unrest of 23 January drew many.", "en", 0),
        ("Shots rang out in the 23 January parish.", "en", 1),
        ("Shots rang out in January 23 on Friday.", "en", 1),
        ("Residents of January 23 heard shots.", "en", 1),
        ("El 23 de enero hubo protestas.", "es", 0),
        ("En El 23 hubo protestas.", "es", 1),
    ],
)
def test_a_day_and_a_month_are_a_place_only_where_a_place_is_meant(text, language, expected):
    records = [
        NameRecord(name, "23-de-enero", "parish") for name in ("23 de Enero", "January 23", "23 January", "El 23")
    ]
    assert len(Reader(records, ()).read(report(text, language)).toponyms) == expected


def names_read(text: str, *names: tuple[str, str]) -> list[str]:
    """Return what is read of ``text`` as names where these, with their classes, are all there are."""
    records = [NameRecord(name, name, kind) for name, kind in names]
    return [toponym.text for toponym in Reader(records, []).read(report(text, "es")).toponyms]


def test_a_name_of_generic_words_alone_is_told_by_its_last():
    names = ("Avenida Universidad", "street")
    assert names_read("Ardió un carro en la avenida Universidad.", names) == ["avenida Universidad"]
    assert names_read("Ardió un carro en la avenida, cerca de la universidad.", names) == []


@pytest.mark.parametrize(
    "text",
    [
        "Murió con el 70 % del cuerpo quemado.",
        "El 70 por ciento votó.",
        "Hubo diez casos entre el 70 y el 29 de agosto.",
        "Fue del 70 al 29 de agosto.",
    ],
)
def test_a_share_or_a_day_is_no_barrio_of_that_number(text):
    assert names_read(text, ("El 70", "barrio")) == []
    assert names_read("Bajaron del 70 y de El 70.", ("El 70", "barrio")) == ["70", "El 70"]


def test_a_vague_area_that_is_a_name_behind_its_article_is_not_told_twice():
    assert names_read(
        "Hay siete casos en la Gran Caracas.", ("Gran Caracas", "city"), ("la Gran Caracas", "vague")
    ) == ["Gran Caracas"]
    assert names_read("al este de Caracas", ("Caracas", "city"), ("este de Caracas", "vague")) == [
        "este de Caracas",
        "Caracas",
    ]
