"""The geo room: nothing sharper than it is known, nothing lost in a join, nothing drawn where no clash was."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box

from mapper.errors import MapperError
from mapper.geo import COLUMNS, draw_layers, join_area
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

METRIC = "EPSG:32619"
X0, Y0, SIDE = 725_000, 1_160_000, 4_000  # the south-west corner of four square parishes in Caracas
PACK = Path(__file__).parents[1] / "data" / "areas" / "caracas"


def _boundaries() -> gpd.GeoDataFrame:
    squares = [
        (f"T0{1 + column}0{1 + row}", f"P{column}{row}", 3, f"T0{1 + column}",
         box(X0 + column * SIDE, Y0 + row * SIDE, X0 + (column + 1) * SIDE, Y0 + (row + 1) * SIDE))
        for column in (0, 1) for row in (0, 1)
    ]  # fmt: skip
    wholes = [
        (f"T0{1 + column}", f"M{column}", 2, "T", box(X0 + column * SIDE, Y0, X0 + (column + 1) * SIDE, Y0 + 2 * SIDE))
        for column in (0, 1)
    ]
    columns = ["pcode", "name", "level", "parent_pcode", "geometry"]
    return gpd.GeoDataFrame([*squares, *wholes], columns=columns, crs=METRIC)


METRIC_BOUNDARIES = _boundaries()
BOUNDARIES = METRIC_BOUNDARIES.to_crs(4326)
FOOTPRINTS = gpd.GeoDataFrame(
    [("foot", False, 120.0, box(X0 + 500, Y0 + 500, X0 + 900, Y0 + 700))],
    columns=["place_id", "official", "uncertainty_m", "geometry"],
    crs=METRIC,
).to_crs(4326)
DAY = dt.date(2021, 7, 7)


def _place(place_id: str, east: float = 1_000, north: float = 1_000, **fields: object) -> Place:
    lon, lat = gpd.GeoSeries([Point(X0 + east, Y0 + north)], crs=METRIC).to_crs(4326)[0].coords[0]
    known = {"parish": "P00", "parish_pcode": "T0101", "municipality": "M0", "uncertainty_m": 200.0, "extent_m": 100.0}
    return Place(place_id, place_id.title(), "barrio", lon, lat, **(known | fields))


def _clash(name: str, *places: Place, start: dt.date | None = DAY, end: dt.date | None = DAY, **fields) -> Incident:
    return Incident(name, EventType.BATTLES, "Armed clash", DateSpan(start, end), places, **fields)


def _flight(name: str, origin: Place, destination: Place, **fields) -> Movement:
    return Movement(name, MovementKind.DISPLACEMENT, (origin,), (destination,), **fields)


def _draw(incidents=(), movements=(), mentioned=()):
    disclosed = Disclosed(DisclosureLevel.PARTNER, (), tuple(incidents), tuple(movements), {}, tuple(mentioned))
    return draw_layers(disclosed, boundaries=BOUNDARIES, footprints=FOOTPRINTS, metric_crs=METRIC)


def _metric(geometry):
    return gpd.GeoSeries([geometry], crs=4326).to_crs(METRIC)[0]


def _only(frame, **values):
    for name, value in values.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


# --- the layers' schema ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_empty_and_full_layers_have_the_same_columns_types_and_crs(name):
    a, b = _place("a"), _place("b", 3_000)
    full = _draw([_clash("i", a, around=(a,))], [_flight("m", a, b)], [MentionedPlace(b, Assertion.NONE)])
    for layers in (_draw(), full):
        frame = getattr(layers, name)
        assert list(frame.columns) == [*COLUMNS[name], "geometry"]
        assert {column: str(frame[column].dtype) for column in COLUMNS[name]} == COLUMNS[name]
        assert frame.crs.to_epsg() == 4326
    assert len(getattr(full, name)) > 0


def test_parishes_carry_their_municipality():
    parishes = _draw().parishes
    assert list(parishes["pcode"]) == ["T0101", "T0102", "T0201", "T0202"]
    assert list(parishes["municipality"]) == ["M0", "M0", "M1", "M1"]


def test_coordinates_are_rounded_to_five_decimals():
    layers = _draw([_clash("i", _place("a"))], [_flight("m", _place("a"), _place("b", 3_000))])
    for frame in (layers.parishes, layers.zones, layers.incidents, layers.flows):
        coordinates = frame.get_coordinates().to_numpy()
        assert (coordinates == coordinates.round(5)).all()


def test_layers_do_not_depend_on_the_order_of_records():
    clashes = [_clash("i1", _place("a"), _place("b", 3_000)), _clash("i2", _place("a"))]
    one, other = _draw(clashes), _draw(clashes[::-1])
    assert one.zones.to_json() == other.zones.to_json()
    assert one.incidents.to_json() == other.incidents.to_json()


@pytest.mark.parametrize("frame", ["boundaries", "footprints"])
def test_a_frame_in_another_crs_is_refused(frame):
    frames = {"boundaries": BOUNDARIES, "footprints": FOOTPRINTS}
    frames[frame] = frames[frame].to_crs(METRIC)
    with pytest.raises(MapperError, match=f'"{frame}" is in the reference system EPSG:32619'):
        draw_layers(Disclosed(DisclosureLevel.PARTNER, (), (), (), {}), metric_crs=METRIC, **frames)


# --- zones -----------------------------------------------------------------------------------------

_metres = st.floats(0, 3_000)
_inside = st.floats(100, 2 * SIDE - 100)


@settings(max_examples=40, deadline=None)
@given(_inside, _inside, st.none() | _metres, st.none() | _metres)
def test_a_disc_is_valid_and_never_smaller_than_the_uncertainty(east, north, uncertainty_m, extent_m):
    place = _place("a", east, north, uncertainty_m=uncertainty_m, extent_m=extent_m)
    zone = _draw([_clash("i", place)]).zones.iloc[0]
    disc, needed = _metric(zone.geometry), max(uncertainty_m or 0, extent_m or 0, 150)
    centre = Point(X0 + east, Y0 + north)
    assert zone["shape"] == "disc"
    assert zone.geometry.is_valid
    assert disc.boundary.distance(centre) >= needed
    assert disc.hausdorff_distance(centre) <= needed * 1.01 + 6


def test_a_place_with_a_footprint_is_drawn_as_it():
    zone = _only(_draw([_clash("i", _place("foot"))]).zones, place_id="foot")
    assert (zone["shape"], bool(zone["official"]), zone["uncertainty_m"]) == ("footprint", False, 120.0)
    assert _metric(zone.geometry).area == pytest.approx(400 * 200, rel=0.02)


def test_a_low_confidence_place_falls_back_to_its_parish():
    zone = _only(_draw([_clash("i", _place("a", confidence="low", uncertainty_m=1_300.0))]).zones)
    assert zone["shape"] == "parish"
    assert _metric(zone.geometry).area == pytest.approx(SIDE**2, rel=0.01)


def test_a_low_confidence_place_that_is_near_enough_stays_a_disc():
    assert _only(_draw([_clash("i", _place("a", confidence="low", uncertainty_m=1_100.0))]).zones)["shape"] == "disc"


@pytest.mark.parametrize(
    ("precision", "shape", "area"),
    [(Precision.PARISH, "parish", SIDE**2), (Precision.MUNICIPALITY, "municipality", 2 * SIDE**2)],
)
def test_a_whole_area_is_drawn_as_its_official_boundary(precision, shape, area):
    zone = _only(_draw([_clash("i", _place("a", precision=precision))]).zones)
    assert (zone["shape"], bool(zone["official"])) == (shape, True)
    assert _metric(zone.geometry).area == pytest.approx(area, rel=0.01)


def test_a_city_of_several_municipalities_is_an_outline_too():
    city = Place(
        "city",
        "City",
        "city",
        *BOUNDARIES.geometry[0].centroid.coords[0],
        5_000.0,
        None,
        precision=Precision.MUNICIPALITY,
    )
    zone = _only(_draw([_clash("i", city)]).zones)
    assert (zone["shape"], bool(zone["official"])) == ("municipality", False)


def test_a_vague_area_is_vague():
    assert _only(_draw([_clash("i", _place("a", precision=Precision.VAGUE))]).zones)["shape"] == "vague"


def test_a_place_without_coordinates_is_its_parish_in_zones_and_incidents():
    layers = _draw([_clash("i", replace(_place("a"), lon=None, lat=None))])
    assert _only(layers.zones)["shape"] == "parish"
    assert _only(layers.zones).geometry.covers(_only(layers.incidents).geometry)


def test_a_place_nobody_can_locate_is_not_drawn():
    layers = _draw([_clash("i", Place("a", "A", "barrio"))])
    assert (len(layers.zones), len(layers.incidents)) == (0, 0)


def test_one_zone_a_place_spans_its_incidents():
    later = DAY + dt.timedelta(days=2)
    zone = _only(_draw([_clash("i2", _place("a"), start=later, end=later), _clash("i1", _place("a"))]).zones)
    assert (zone["incident_ids"], zone["n_incidents"]) == (("i1", "i2"), 2)
    assert (zone["date_start"], zone["date_end"]) == ("2021-07-07", "2021-07-09")


def test_an_open_ended_clash_leaves_the_last_day_empty():
    zone = _only(_draw([_clash("i1", _place("a")), _clash("i2", _place("a"), end=None)]).zones)
    assert (zone["date_start"], zone["date_end"]) == ("2021-07-07", "")


@pytest.mark.parametrize("assertion", [one for one in Assertion if one is not Assertion.NONE])
def test_what_did_not_happen_now_is_not_drawn(assertion):
    a, b = _place("a"), _place("b", 3_000)
    layers = _draw([_clash("i", a, around=(a,), assertion=assertion)], [_flight("m", a, b, assertion=assertion)])
    assert (len(layers.zones), len(layers.incidents), len(layers.flows)) == (0, 0, 0)


def test_an_abduction_is_an_incident_and_no_zone():
    taken = Incident("i", EventType.VIOLENCE, "Abduction/forced disappearance", DateSpan(), (_place("a"),))
    layers = _draw([taken])
    assert (len(layers.zones), len(layers.incidents)) == (0, 1)
    assert not layers.incidents["is_clash"].any()


# --- adjacent neighbourhoods -----------------------------------------------------------------------


def test_the_outline_around_a_place_belongs_to_no_parish_and_counts_nothing():
    a = _place("a")
    ring = _only(_draw([_clash("i", a, around=(a,))]).zones, shape="adjacent")
    assert (ring["parish"], ring["municipality"], ring["n_incidents"], ring["incident_ids"]) == ("", "", 0, ("i",))
    assert not _metric(ring.geometry).intersects(Point(X0 + 1_000, Y0 + 1_000))


@settings(max_examples=40, deadline=None)
@example([(0.0, 155.0, 0.0)])
@given(st.lists(st.tuples(st.floats(-1_500, 1_500), st.floats(-1_500, 1_500), st.floats(0, 700)), max_size=5))
def test_the_outline_never_touches_a_named_place_without_a_clash(others):
    a = _place("a", SIDE, SIDE)
    named = [
        _place(f"b{number}", SIDE + east, SIDE + north, uncertainty_m=uncertainty_m)
        for number, (east, north, uncertainty_m) in enumerate(others)
    ]
    layers = _draw([_clash("i", a, around=(a,))], mentioned=[MentionedPlace(one, Assertion.NONE) for one in named])
    for ring in layers.zones[layers.zones["shape"] == "adjacent"].geometry:
        assert ring.is_valid
        for shape in layers.mentioned.geometry:
            contains_the_place = _metric(shape).buffer(3).covers(Point(X0 + SIDE, Y0 + SIDE))
            assert contains_the_place or ring.disjoint(shape)


def test_the_outline_may_lie_on_another_clash_place():
    a, b = _place("a"), _place("b", 1_500)
    zones = _draw([_clash("i", a, b, around=(a,))]).zones
    assert _only(zones, shape="adjacent").geometry.intersects(_only(zones, zone_id="zone:b").geometry)


def test_the_parish_that_holds_a_place_does_not_eat_its_outline():
    a, parish = _place("a"), _place("p", precision=Precision.PARISH)
    layers = _draw([_clash("i", a, around=(a,))], mentioned=[MentionedPlace(parish, Assertion.NONE)])
    assert _metric(_only(layers.zones, shape="adjacent").geometry).area > 500_000


# --- flows -----------------------------------------------------------------------------------------


def test_an_arrow_runs_from_near_its_origin_to_near_its_destination():
    line = _metric(_only(_draw([], [_flight("m", _place("a"), _place("b", 4_000))]).flows).geometry)
    start, end = Point(line.coords[0]), Point(line.coords[-1])
    assert 50 < start.distance(Point(X0 + 1_000, Y0 + 1_000)) < 200
    assert 50 < end.distance(Point(X0 + 4_000, Y0 + 1_000)) < 200
    assert 20 <= len(line.coords) <= 28


def test_there_and_back_do_not_overlap():
    a, b = _place("a"), _place("b", 4_000)
    there, back = _draw([], [_flight("m1", a, b), _flight("m2", b, a)]).flows.geometry
    assert there.disjoint(back)


def test_parallel_arrows_are_fanned_out():
    a, b = _place("a"), _place("b", 4_000)
    one, other = (_metric(line) for line in _draw([], [_flight("m1", a, b), _flight("m2", a, b)]).flows.geometry)
    middle = Point(one.interpolate(0.5, normalized=True))
    assert other.distance(middle) > 200


def test_an_arrow_passes_its_waypoints_in_order():
    via = (_place("v1", 2_000, 2_000), _place("v2", 3_000, 500))
    line = _metric(_only(_draw([], [_flight("m", _place("a"), _place("b", 4_000), via=via)]).flows).geometry)
    points = [Point(X0 + 2_000, Y0 + 2_000), Point(X0 + 3_000, Y0 + 500)]
    assert all(line.distance(point) < 2 for point in points)
    assert line.project(points[0]) < line.project(points[1])


def test_a_movement_within_one_place_or_without_an_end_is_not_a_line():
    a = _place("a")
    nowhere = Movement("m2", MovementKind.DISPLACEMENT, (a,), ())
    twin = replace(a, place_id="twin")
    assert len(_draw([], [_flight("m1", a, a), nowhere, _flight("m3", a, twin)]).flows) == 0


def test_an_end_on_the_other_side_of_the_world_is_not_a_line():
    far = replace(_place("far"), lon=-3.7, lat=40.4, in_area=False)
    assert len(_draw([], [_flight("m", _place("a"), far)]).flows) == 0


@pytest.mark.parametrize(
    ("best", "precision", "vague"),
    [(40, Precision.BARRIO, False), (None, Precision.BARRIO, True), (40, Precision.VAGUE, True)],
)
def test_an_arrow_is_vague_where_number_or_destination_is(best, precision, vague):
    people = Estimate(best=best, unit="families")
    end = _place("b", 4_000, precision=precision)
    flow = _only(_draw([], [_flight("m", _place("a"), end, people=people)]).flows)
    assert bool(flow["vague"]) is vague
    assert flow["unit"] == "families"
    assert pd.isna(flow["people_best"]) if best is None else flow["people_best"] == best


# --- the boundary join -----------------------------------------------------------------------------

_points = st.lists(st.tuples(st.sampled_from([-500, 0, 1_000, SIDE, 5_000, 2 * SIDE]), st.sampled_from([0, SIDE, 700])))


@settings(max_examples=40, deadline=None)
@given(_points)
def test_a_join_keeps_rows_order_and_index(points):
    index = [f"row {len(points) - number}" for number in range(len(points))]
    places = gpd.GeoDataFrame(
        {"n": range(len(points))}, geometry=[Point(X0 + x, Y0 + y) for x, y in points], index=index, crs=METRIC
    )
    joined = join_area(places, METRIC_BOUNDARIES)
    assert list(joined["n"]) == list(range(len(points)))
    assert list(joined.index) == index


def test_a_point_on_a_border_joins_the_lowest_pcode_and_says_so():
    corner = gpd.GeoDataFrame(geometry=[Point(X0 + SIDE, Y0 + SIDE)], crs=METRIC)
    row = join_area(corner, METRIC_BOUNDARIES[::-1]).iloc[0]
    assert (row["parish_pcode"], row["municipality"], row["joined_by"], bool(row["tied"])) == (
        "T0101", "M0", "location", True,
    )  # fmt: skip


def test_a_known_pcode_is_believed_before_the_point():
    row = join_area([_place("a", parish_pcode="T0202")], BOUNDARIES).iloc[0]
    assert (row["parish"], row["municipality"], row["joined_by"]) == ("P11", "M1", "pcode")


def test_a_table_with_lon_and_lat_joins_and_one_outside_stays():
    a = _place("a")
    table = pd.DataFrame({"lon": [a.lon, None, 0.0], "lat": [a.lat, None, 0.0]})
    assert list(join_area(table, BOUNDARIES)["joined_by"]) == ["location", "none", "none"]


def test_a_join_does_not_change_what_it_was_given():
    places = gpd.GeoDataFrame(geometry=[Point(X0, Y0)], crs=METRIC)
    join_area(places, METRIC_BOUNDARIES)
    assert list(places.columns) == ["geometry"]


def test_no_places_join_to_no_rows():
    assert list(join_area([], BOUNDARIES)["parish"]) == []


@pytest.mark.parametrize("crs", [METRIC, None])
def test_a_join_across_reference_systems_is_refused(crs):
    with pytest.raises(MapperError, match="reference system"):
        join_area(gpd.GeoDataFrame(geometry=[Point(X0, Y0)], crs=crs), BOUNDARIES)


def test_boundaries_with_a_pcode_twice_are_refused():
    twice = pd.concat([BOUNDARIES, BOUNDARIES.iloc[:1]])
    with pytest.raises(MapperError, match="T0101"):
        join_area([_place("a")], twice)


def test_a_table_without_coordinates_is_refused():
    with pytest.raises(MapperError, match="lacks the columns lat"):
        join_area(pd.DataFrame({"lon": [1.0]}), BOUNDARIES)


def test_an_area_joins_by_a_point_inside_it():
    line = gpd.GeoDataFrame(geometry=[LineString([(X0 + 10, Y0 + 10), (X0 + 90, Y0 + 90)])], crs=METRIC)
    assert join_area(line, METRIC_BOUNDARIES).iloc[0]["parish_pcode"] == "T0101"


# --- speed and the real area -----------------------------------------------------------------------


def test_a_hundred_incidents_are_drawn_quickly():
    places = [_place(f"p{number}", 80 * number % 7_900, 130 * number % 7_900) for number in range(100)]
    incidents = [_clash(f"i{number}", place, around=(place,)) for number, place in enumerate(places)]
    movements = [_flight(f"m{number}", place, places[number - 7]) for number, place in enumerate(places)]
    _draw(incidents[:1])
    start = time.process_time()
    layers = _draw(incidents, movements)
    assert time.process_time() - start < 1.5
    assert len(layers.zones) == 200


@pytest.mark.skipif(not (PACK / "boundaries.geojson").exists(), reason="the area pack is not compiled")
def test_the_caracas_pack_draws_cota_905():
    boundaries = gpd.read_file(PACK / "boundaries.geojson")
    footprints = gpd.read_file(PACK / "footprints.geojson")
    cota = Place("cota-905", "Cota 905", "barrio", -66.9305, 10.4845, 250.0, 600.0, "Santa Rosalía", "VE010119")
    vega = Place("la-vega", "La Vega", "parish", parish_pcode="VE010112", precision=Precision.PARISH)
    mentioned = (MentionedPlace(vega, Assertion.THREATENED),)
    disclosed = Disclosed(DisclosureLevel.PARTNER, (), (_clash("i", cota, around=(cota,)),), (), {}, mentioned)
    layers = draw_layers(disclosed, boundaries=boundaries, footprints=footprints, metric_crs=METRIC)
    assert len(layers.parishes) == 43
    assert layers.parishes.is_valid.all()
    assert sorted(layers.zones["shape"]) == ["adjacent", "footprint"]
    assert _only(layers.zones, shape="adjacent").geometry.disjoint(_only(layers.mentioned).geometry)
