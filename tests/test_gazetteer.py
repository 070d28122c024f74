"""The gazetteer answers as any geopy geocoder would, without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from mapper.places import Area, Gazetteer, load_area

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def toy(toytown: Path) -> Gazetteer:
    return Gazetteer(load_area(toytown))


@pytest.fixture(scope="module")
def caracas_gazetteer(caracas: Area) -> Gazetteer:
    return Gazetteer(caracas)


def test_it_is_a_geopy_geocoder(toy: Gazetteer) -> None:
    assert isinstance(toy, Geocoder)
    found = toy.geocode("Plaza Mayor")
    assert isinstance(found, Location)
    assert (found.latitude, found.longitude) == (40.008, 3.012)
    assert found.raw["place_id"] == "plaza-mayor"
    assert found.address.startswith("Plaza Mayor, Alba, Villa Alba")


def test_accents_and_case_do_not_matter(caracas_gazetteer: Gazetteer) -> None:
    assert caracas_gazetteer.geocode("ANTIMANO").raw["place_id"] == "antimano-parish"


def test_what_follows_a_comma_narrows_the_answer(toy: Gazetteer) -> None:
    assert toy.geocode("Los Pinos, Duna").raw["place_id"] == "los-pinos-duna"
    assert toy.geocode("Los Pinos, Alba").raw["place_id"] == "los-pinos-alba"


def test_all_answers_are_a_list_and_limit_cuts_it(toy: Gazetteer) -> None:
    everywhere = toy.geocode("Los Pinos", exactly_one=False)
    assert {location.raw["place_id"] for location in everywhere} == {"los-pinos-alba", "los-pinos-duna"}
    assert len(toy.geocode("Los Pinos", exactly_one=False, limit=1)) == 1


def test_the_area_comes_before_elsewhere(toy: Gazetteer) -> None:
    assert [c.place_id for c in toy.lookup("Cala")] == ["cala-parish", "cala-ot"]


def test_a_near_miss_is_offered(caracas_gazetteer: Gazetteer) -> None:
    assert caracas_gazetteer.lookup("Carricuao")[0].place_id == "caricuao-parish"


def test_an_institution_is_looked_up_though_no_text_is_searched_for_it(caracas_gazetteer: Gazetteer) -> None:
    found = caracas_gazetteer.lookup("Tribunal Supremo de Justicia")
    assert found[0].place_id == "tribunal-supremo-de-justicia"


def test_an_equal_name_scores_above_a_near_miss(toy: Gazetteer) -> None:
    assert toy.lookup("Las Rocas")[0].score > toy.lookup("Las Rocass")[0].score


def test_nothing_found_is_none(toy: Gazetteer) -> None:
    assert toy.geocode("xyzzy quux") is None
    assert toy.geocode("xyzzy quux", exactly_one=False) is None
    assert toy.lookup("xyzzy quux") == ()


@pytest.mark.parametrize("query", ["", "   ", ",", None])
def test_an_empty_query_is_refused(toy: Gazetteer, query: str) -> None:
    with pytest.raises(GeocoderQueryError):
        toy.geocode(query)


def test_reverse_takes_latitude_first_and_answers_the_finest_place(toy: Gazetteer) -> None:
    assert toy.reverse((40.007, 3.0071)).raw["place_id"] == "el-faro"
    levels = [found.raw["precision"] for found in toy.reverse((40.007, 3.0071), exactly_one=False)]
    assert levels == sorted(levels, key=["point", "barrio", "parish", "municipality"].index)


def test_reverse_in_open_country_answers_the_parish(toy: Gazetteer) -> None:
    assert toy.reverse("40.058, 3.002").raw["place_id"] == "duna-parish"


def test_reverse_outside_the_area_is_none(toy: Gazetteer) -> None:
    assert toy.reverse((0.0, 0.0)) is None


@pytest.mark.parametrize("query", ["here", (200.0,) * 5])
def test_reverse_refuses_what_is_no_point(toy: Gazetteer, query: object) -> None:
    with pytest.raises(GeocoderQueryError):
        toy.reverse(query)
