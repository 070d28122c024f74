"""The geo room: nothing sharper than it is known, nothing lost in a join, nothing drawn where no clash was."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from pathlib import Path

import geo_kit as kit
import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import Point

from mapper.errors import MapperError
from mapper.geo import COLUMNS, draw_layers
from mapper.model import (
    Assertion,
    DateSpan,
    Disclosed,
    DisclosureLevel,
    Estimate,
    EventType,
    Incident,
    MentionedPlace,
    Movement,
    MovementKind,
    Place,
    Precision,
)

PACK = Path(__file__).parents[1] / "data" / "areas" / "caracas"


# --- the layers' schema ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_empty_and_full_layers_have_the_same_columns_types_and_crs(name):
    a, b = kit.place("a"), kit.place("b", 3_000)
    full = kit.draw([kit.clash("i", a, around=(a,))], [kit.flight("m", a, b)], [MentionedPlace(b, Assertion.NONE)])
    for layers in (kit.draw(), full):
        frame = getattr(layers, name)
        assert list(frame.columns) == [*COLUMNS[name], "geometry"]
        assert {column: str(frame[column].dtype) for column in COLUMNS[name]} == COLUMNS[name]
        assert frame.crs.to_epsg() == 4326
    assert len(getattr(full, name)) > 0


def test_half_a_character_in_a_name_stops_no_map():
    name = "La \ud83d Vega"
    frame = kit.draw([kit.clash("i", replace(kit.place("a"), name=name))]).incidents
    assert list(frame["name"]) == [name]


def test_parishes_carry_their_municipality():
    parishes = kit.draw().parishes
    assert list(parishes["pcode"]) == ["T0101", "T0102", "T0201", "T0202"]
    assert list(parishes["municipality"]) == ["M0", "M0", "M1", "M1"]


def test_coordinates_are_rounded_to_five_decimals():
    layers = kit.draw([kit.clash("i", kit.place("a"))], [kit.flight("m", kit.place("a"), kit.place("b", 3_000))])
    for frame in (layers.parishes, layers.zones, layers.incidents, layers.flows):
        coordinates = frame.get_coordinates().to_numpy()
        assert (coordinates == coordinates.round(5)).all()


def test_layers_do_not_depend_on_the_order_of_records():
    clashes = [kit.clash("i1", kit.place("a"), kit.place("b", 3_000)), kit.clash("i2", kit.place("a"))]
    one, other = kit.draw(clashes), kit.draw(clashes[::-1])
    assert one.zones.to_json() == other.zones.to_json()
    assert one.incidents.to_json() == other.incidents.to_json()


@pytest.mark.parametrize("frame", ["boundaries", "footprints", "lines"])
def test_a_frame_in_another_crs_is_refused(frame):
    frames = {"boundaries": kit.BOUNDARIES, "footprints": kit.FOOTPRINTS, "lines": kit.LINES}
    frames[frame] = frames[frame].to_crs(kit.METRIC)
    with pytest.raises(MapperError, match=f'"{frame}" is in the reference system EPSG:32619'):
        draw_layers(Disclosed(DisclosureLevel.PARTNER, (), (), (), {}), metric_crs=kit.METRIC, **frames)


def test_avenues_come_with_their_names():
    avenues = kit.draw().avenues
    assert [(name, line.geom_type) for name, line in zip(avenues["name"], avenues.geometry, strict=True)] == [
        ("Avenida Uno", "LineString")
    ]


# --- zones -----------------------------------------------------------------------------------------

_metres = st.floats(0, 3_000)
_inside = st.floats(100, 2 * kit.SIDE - 100)


@settings(max_examples=40, deadline=None)
@given(_inside, _inside, st.none() | _metres, st.none() | _metres)
def test_a_disc_is_valid_and_never_smaller_than_the_uncertainty(east, north, uncertainty_m, extent_m):
    place = kit.place("a", east, north, uncertainty_m=uncertainty_m, extent_m=extent_m)
    zone = kit.draw([kit.clash("i", place)]).zones.iloc[0]
    disc, needed = kit.metric(zone.geometry), max(uncertainty_m or 0, extent_m or 0, 150)
    centre = Point(kit.X0 + east, kit.Y0 + north)
    assert zone["shape"] == "disc"
    assert zone.geometry.is_valid
    assert disc.boundary.distance(centre) >= needed
    assert disc.hausdorff_distance(centre) <= needed * 1.01 + 6


def test_a_place_with_a_footprint_is_drawn_as_it():
    zone = kit.only(kit.draw([kit.clash("i", kit.place("foot"))]).zones, place_id="foot")
    assert (zone["shape"], bool(zone["official"]), zone["uncertainty_m"]) == ("footprint", False, 120.0)
    assert kit.metric(zone.geometry).area == pytest.approx(400 * 200, rel=0.02)


def test_a_low_confidence_place_falls_back_to_its_parish():
    zone = kit.only(kit.draw([kit.clash("i", kit.place("a", confidence="low", uncertainty_m=1_300.0))]).zones)
    assert zone["shape"] == "parish"
    assert kit.metric(zone.geometry).area == pytest.approx(kit.SIDE**2, rel=0.01)


def test_a_low_confidence_place_that_is_near_enough_stays_a_disc():
    assert (
        kit.only(kit.draw([kit.clash("i", kit.place("a", confidence="low", uncertainty_m=1_100.0))]).zones)["shape"]
        == "disc"
    )


@pytest.mark.parametrize(
    ("precision", "shape", "area"),
    [(Precision.PARISH, "parish", kit.SIDE**2), (Precision.MUNICIPALITY, "municipality", 2 * kit.SIDE**2)],
)
def test_a_whole_area_is_drawn_as_its_official_boundary(precision, shape, area):
    zone = kit.only(kit.draw([kit.clash("i", kit.place("a", precision=precision))]).zones)
    assert (zone["shape"], bool(zone["official"])) == (shape, True)
    assert kit.metric(zone.geometry).area == pytest.approx(area, rel=0.01)


def test_a_city_of_several_municipalities_is_an_outline_too():
    city = Place(
        "city",
        "City",
        "city",
        *kit.BOUNDARIES.geometry[0].centroid.coords[0],
        5_000.0,
        None,
        precision=Precision.MUNICIPALITY,
    )
    zone = kit.only(kit.draw([kit.clash("i", city)]).zones)
    assert (zone["shape"], bool(zone["official"])) == ("municipality", False)


def test_a_vague_area_is_vague():
    assert kit.only(kit.draw([kit.clash("i", kit.place("a", precision=Precision.VAGUE))]).zones)["shape"] == "vague"


def test_a_place_without_coordinates_is_its_parish_in_zones_and_incidents():
    layers = kit.draw([kit.clash("i", replace(kit.place("a"), lon=None, lat=None))])
    assert kit.only(layers.zones)["shape"] == "parish"
    assert kit.only(layers.zones).geometry.covers(kit.only(layers.incidents).geometry)


def test_a_place_nobody_can_locate_is_not_drawn():
    layers = kit.draw([kit.clash("i", Place("a", "A", "barrio"))])
    assert (len(layers.zones), len(layers.incidents)) == (0, 0)


def test_one_zone_a_place_spans_its_incidents():
    later = kit.DAY + dt.timedelta(days=2)
    zone = kit.only(
        kit.draw([kit.clash("i2", kit.place("a"), start=later, end=later), kit.clash("i1", kit.place("a"))]).zones
    )
    assert (zone["incident_ids"], zone["n_incidents"]) == (("i1", "i2"), 2)
    assert (zone["date_start"], zone["date_end"]) == ("2021-07-07", "2021-07-09")


def test_an_open_ended_clash_leaves_the_last_day_empty():
    zone = kit.only(kit.draw([kit.clash("i1", kit.place("a")), kit.clash("i2", kit.place("a"), end=None)]).zones)
    assert (zone["date_start"], zone["date_end"]) == ("2021-07-07", "")


@pytest.mark.parametrize("assertion", [one for one in Assertion if one is not Assertion.NONE])
def test_what_did_not_happen_now_is_not_drawn(assertion):
    a, b = kit.place("a"), kit.place("b", 3_000)
    layers = kit.draw(
        [kit.clash("i", a, around=(a,), assertion=assertion)], [kit.flight("m", a, b, assertion=assertion)]
    )
    assert (len(layers.zones), len(layers.incidents), len(layers.flows)) == (0, 0, 0)


def test_an_abduction_is_an_incident_and_no_zone():
    taken = Incident("i", EventType.VIOLENCE, "Abduction or forced disappearance", DateSpan(), (kit.place("a"),))
    layers = kit.draw([taken])
    assert (len(layers.zones), len(layers.incidents)) == (0, 1)
    assert not layers.incidents["is_clash"].any()


# --- adjacent neighbourhoods -----------------------------------------------------------------------


def test_the_outline_around_a_place_belongs_to_no_parish_and_counts_nothing():
    a = kit.place("a")
    ring = kit.only(kit.draw([kit.clash("i", a, around=(a,))]).zones, shape="adjacent")
    assert (ring["parish"], ring["municipality"], ring["n_incidents"], ring["incident_ids"]) == ("", "", 0, ("i",))
    assert not kit.metric(ring.geometry).intersects(Point(kit.X0 + 1_000, kit.Y0 + 1_000))


@settings(max_examples=40, deadline=None)
@example([(0.0, 155.0, 0.0)])
@given(st.lists(st.tuples(st.floats(-1_500, 1_500), st.floats(-1_500, 1_500), st.floats(0, 700)), max_size=5))
def test_the_outline_never_touches_a_named_place_without_a_clash(others):
    a = kit.place("a", kit.SIDE, kit.SIDE)
    named = [
        kit.place(f"b{number}", kit.SIDE + east, kit.SIDE + north, uncertainty_m=uncertainty_m)
        for number, (east, north, uncertainty_m) in enumerate(others)
    ]
    layers = kit.draw(
        [kit.clash("i", a, around=(a,))], mentioned=[MentionedPlace(one, Assertion.NONE) for one in named]
    )
    for ring in layers.zones[layers.zones["shape"] == "adjacent"].geometry:
        assert ring.is_valid
        for shape in layers.mentioned.geometry:
            contains_the_place = kit.metric(shape).buffer(3).covers(Point(kit.X0 + kit.SIDE, kit.Y0 + kit.SIDE))
            assert contains_the_place or ring.disjoint(shape)


def test_the_outline_may_lie_on_another_clash_place():
    a, b = kit.place("a"), kit.place("b", 1_500)
    zones = kit.draw([kit.clash("i", a, b, around=(a,))]).zones
    assert kit.only(zones, shape="adjacent").geometry.intersects(kit.only(zones, zone_id="zone:b").geometry)


def test_the_parish_that_holds_a_place_does_not_eat_its_outline():
    a, parish = kit.place("a"), kit.place("p", precision=Precision.PARISH)
    layers = kit.draw([kit.clash("i", a, around=(a,))], mentioned=[MentionedPlace(parish, Assertion.NONE)])
    assert kit.metric(kit.only(layers.zones, shape="adjacent").geometry).area > 500_000


# --- flows -----------------------------------------------------------------------------------------


def test_an_arrow_runs_from_near_its_origin_to_near_its_destination():
    line = kit.metric(kit.only(kit.draw([], [kit.flight("m", kit.place("a"), kit.place("b", 4_000))]).flows).geometry)
    start, end = Point(line.coords[0]), Point(line.coords[-1])
    assert 50 < start.distance(Point(kit.X0 + 1_000, kit.Y0 + 1_000)) < 200
    assert 50 < end.distance(Point(kit.X0 + 4_000, kit.Y0 + 1_000)) < 200
    assert 20 <= len(line.coords) <= 28


def test_there_and_back_do_not_overlap():
    a, b = kit.place("a"), kit.place("b", 4_000)
    there, back = kit.draw([], [kit.flight("m1", a, b), kit.flight("m2", b, a)]).flows.geometry
    assert there.disjoint(back)


def test_parallel_arrows_are_fanned_out():
    a, b = kit.place("a"), kit.place("b", 4_000)
    one, other = (
        kit.metric(line) for line in kit.draw([], [kit.flight("m1", a, b), kit.flight("m2", a, b)]).flows.geometry
    )
    middle = Point(one.interpolate(0.5, normalized=True))
    assert other.distance(middle) > 200


def test_an_arrow_passes_its_waypoints_in_order():
    via = (kit.place("v1", 2_000, 2_000), kit.place("v2", 3_000, 500))
    line = kit.metric(
        kit.only(kit.draw([], [kit.flight("m", kit.place("a"), kit.place("b", 4_000), via=via)]).flows).geometry
    )
    points = [Point(kit.X0 + 2_000, kit.Y0 + 2_000), Point(kit.X0 + 3_000, kit.Y0 + 500)]
    assert all(line.distance(point) < 2 for point in points)
    assert line.project(points[0]) < line.project(points[1])


def test_a_movement_within_one_place_or_without_an_end_is_not_a_line():
    a = kit.place("a")
    nowhere = Movement("m2", MovementKind.DISPLACEMENT, (a,), ())
    twin = replace(a, place_id="twin")
    assert len(kit.draw([], [kit.flight("m1", a, a), nowhere, kit.flight("m3", a, twin)]).flows) == 0


def test_an_end_on_the_other_side_of_the_world_is_not_a_line():
    far = replace(kit.place("far"), lon=-3.7, lat=40.4, in_area=False)
    assert len(kit.draw([], [kit.flight("m", kit.place("a"), far)]).flows) == 0


@pytest.mark.parametrize(
    ("counts", "precision", "vague"),
    [
        ({"people": 40}, Precision.BARRIO, False),
        ({"households": 40}, Precision.BARRIO, False),
        ({}, Precision.BARRIO, True),
        ({"people": 40, "households": 9}, Precision.VAGUE, True),
    ],
)
def test_an_arrow_is_vague_where_number_or_destination_is(counts, precision, vague):
    told = {name: Estimate(best=best, unit="families" * (name == "households")) for name, best in counts.items()}
    end = kit.place("b", 4_000, precision=precision)
    flow = kit.only(kit.draw([], [kit.flight("m", kit.place("a"), end, **told)]).flows)
    assert bool(flow["vague"]) is vague
    assert flow["households_unit"] == ("families" if "households" in counts else "")
    for name in ("people", "households"):
        best = flow[f"{name}_best"]
        assert best == counts[name] if name in counts else pd.isna(best)


# --- speed and the real area -----------------------------------------------------------------------


def test_a_hundred_incidents_are_drawn_quickly():
    places = [kit.place(f"p{number}", 80 * number % 7_900, 130 * number % 7_900) for number in range(100)]
    incidents = [kit.clash(f"i{number}", place, around=(place,)) for number, place in enumerate(places)]
    movements = [kit.flight(f"m{number}", place, places[number - 7]) for number, place in enumerate(places)]
    kit.draw(incidents[:1])
    start = time.process_time()
    layers = kit.draw(incidents, movements)
    assert time.process_time() - start < 1.5
    assert len(layers.zones) == 200


@pytest.mark.skipif(not (PACK / "boundaries.geojson").exists(), reason="the area pack is not compiled")
def test_the_caracas_pack_draws_cota_905():
    boundaries = gpd.read_file(PACK / "boundaries.geojson")
    footprints = gpd.read_file(PACK / "footprints.geojson")
    cota = Place("cota-905", "Cota 905", "barrio", -66.9305, 10.4845, 250.0, 600.0, "Santa Rosalía", "VE010119")
    vega = Place("la-vega", "La Vega", "parish", parish_pcode="VE010112", precision=Precision.PARISH)
    mentioned = (MentionedPlace(vega, Assertion.THREATENED),)
    disclosed = Disclosed(DisclosureLevel.PARTNER, (), (kit.clash("i", cota, around=(cota,)),), (), {}, mentioned)
    layers = draw_layers(disclosed, boundaries=boundaries, footprints=footprints, metric_crs=kit.METRIC)
    assert len(layers.parishes) == 43
    assert layers.parishes.is_valid.all()
    assert sorted(layers.zones["shape"]) == ["adjacent", "footprint"]
    assert kit.only(layers.zones, shape="adjacent").geometry.disjoint(kit.only(layers.mentioned).geometry)
