"""Judging what an online geocoder answered: no socket, only items good and bad."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fake_geocoder import nominatim, photon

from mapper.model import Precision
from mapper.places import load_area
from mapper.places.answers import judge

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.model import Place
    from mapper.places import Area

GOOD = nominatim("Monte Azul", 3.01, 40.01, address={"suburb": "Alba", "county": "Villa Alba"})


@pytest.fixture
def area(toytown: Path) -> Area:
    return load_area(toytown)


def held(area: Area, name: str, *items: Any) -> tuple[Place, ...]:
    return judge(items, name, area, "test")[0]


REFUSED = {
    "outside": (nominatim("Monte Azul", 3.5, 40.01), "1 outside the area"),
    "swapped": (nominatim("Monte Azul", 40.01, 3.01), "1 outside the area"),
    "other name": (nominatim("Monte Verde", 3.01, 40.01), "1 with another name"),
    "other parish": (GOOD | {"address": {"suburb": "Duna"}}, "1 in another parish than its address says"),
    "other municipality": (GOOD | {"address": {"county": "Municipio Villa Duna"}}, "1 in another parish"),
    "parish of that name": (GOOD | {"address": {"suburb": "Parroquia Cala"}}, "1 in another parish"),
    "shop": (GOOD | {"class": "shop", "type": "bakery"}, "1 of a kind too weak"),
    "bar": (GOOD | {"class": "amenity", "type": "bar"}, "1 of a kind too weak"),
    "coarse": (GOOD | {"boundingbox": ["39.9", "40.1", "2.9", "3.1"]}, "1 too coarse"),
    "coarse park": (
        GOOD | {"class": "leisure", "type": "park", "boundingbox": ["39.9", "40.1", "2.9", "3.1"]},
        "1 too coarse",
    ),
    "absurd box": (GOOD | {"boundingbox": ["1e99", "-5", "x", "y"]}, "1 malformed"),
    "box elsewhere": (GOOD | {"boundingbox": ["41", "42", "3", "3.1"]}, "1 malformed"),
    "NaN": (GOOD | {"lat": "NaN"}, "1 malformed"),
    "infinite": (GOOD | {"lon": "inf"}, "1 malformed"),
    "list": (GOOD | {"lat": [40.01]}, "1 malformed"),
    "no id": (GOOD | {"osm_id": "1; DROP TABLE"}, "1 malformed"),
    "no type": ({k: v for k, v in GOOD.items() if k != "type"}, "1 malformed"),
    "class list": (GOOD | {"class": ["place"]}, "1 of a kind too weak"),
    "names list": (GOOD | {"namedetails": ["Monte Azul"]}, "1 malformed"),
    "text": ("Monte Azul", "1 malformed"),
    "number": (7, "1 malformed"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_an_item_that_does_not_hold_is_refused_and_said(area, kind):
    item, why = REFUSED[kind]
    places, refused = judge([item], "Monte Azul", area, "test")
    assert places == ()
    assert refused[0].startswith(why)


def test_photon_items_are_judged_alike(area):
    feature = photon("Monte Azul", 3.01, 40.01)
    assert len(held(area, "Monte Azul", feature)) == 1
    for about in ({"osm_key": "shop"}, {"county": "Villa Duna"}, {"extent": [1, 2]}, {"osm_id": True}, {"osm_type": 1}):
        assert held(area, "Monte Azul", photon("Monte Azul", 3.01, 40.01, **about)) == ()
    for point in (None, [3.01], ["x", "y"], [float("inf"), 40.01], {}):
        assert held(area, "Monte Azul", feature | {"geometry": {"coordinates": point}}) == ()
    assert held(area, "Monte Azul", feature | {"properties": []}) == ()


def test_pieces_of_one_road_are_one_road_as_long_as_they_reach(area):
    road = {"class": "highway", "type": "residential"}
    first = nominatim("Calle Larga", 3.010, 40.01, osm_id=1, **road)
    second = nominatim("Calle Larga", 3.0125, 40.01, osm_id=2, **road)
    (place,) = held(area, "Calle Larga", first, second)
    assert place.feature_class == "street"
    assert 300 < place.uncertainty_m < 400


def test_a_point_is_as_fine_as_its_kind_not_as_its_conventional_box(area):
    node = {"osm_type": "node", "type": "suburb", "boundingbox": ["39.99", "40.03", "2.99", "3.03"]}
    (suburb,) = held(area, "Monte Azul", GOOD | node)
    assert (suburb.uncertainty_m, suburb.extent_m) == (1000, None)
    (point,) = held(area, "Monte Azul", GOOD | {"class": "amenity", "type": "hospital"})
    assert (point.feature_class, point.precision) == ("hospital", Precision.POINT)


def test_a_boundary_that_is_a_parish_of_the_area_is_one(area):
    about = {"class": "boundary", "type": "administrative", "boundingbox": ["40.0", "40.02", "3.0", "3.02"]}
    (place,) = held(area, "Alba", nominatim("Parroquia Alba", 3.01, 40.01, **about))
    assert (place.feature_class, place.precision) == ("parish", Precision.PARISH)


@pytest.mark.parametrize(
    ("asked", "own", "holds"),
    [
        ("Monte Azul", "Barrio Monte Azul", True),
        ("Monte Azul", "Monte Azúl", True),
        ("Bloque 7", "Bloque 8", False),
        ("Zona Larga A", "Zona Larga B", False),
        ("Calle Monte Azul", "Barrio Monte Azul", False),
        ("San Antonio", "San Antonio de Padua", False),
    ],
)
def test_names_must_agree(area, asked, own, holds):
    assert bool(held(area, asked, nominatim(own, 3.01, 40.01))) is holds


def test_an_address_as_written_in_caracas_does_not_contradict(caracas):
    address = {"suburb": "Petare", "county": "Municipio Sucre", "city": "Caracas", "state": "Estado Miranda"}
    petare = caracas.places[caracas.ids_named("Petare")[0]]
    (place,) = held(caracas, "Cerro Inventado", nominatim("Cerro Inventado", petare.lon, petare.lat, address=address))
    assert (place.parish, place.municipality) == ("Petare", "Sucre")


def test_markup_stays_text_on_one_line(area):
    name = "Monte Azul<b>\n\u202e"
    item = GOOD | {"name": name, "display_name": f"{name}, x", "namedetails": {"name": name}}
    (place,) = held(area, "Monte Azul<b>", item)
    assert place.name == "Monte Azul<b>"
