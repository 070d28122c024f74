"""The boundary join: no row lost, doubled or moved, and a border point says that it was tied."""

from __future__ import annotations

import geo_kit as kit
import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

from mapper.errors import MapperError
from mapper.geo import join_area

_points = st.lists(
    st.tuples(st.sampled_from([-500, 0, 1_000, kit.SIDE, 5_000, 2 * kit.SIDE]), st.sampled_from([0, kit.SIDE, 700]))
)


@settings(max_examples=40, deadline=None)
@given(_points)
def test_a_join_keeps_rows_order_and_index(points):
    index = [f"row {len(points) - number}" for number in range(len(points))]
    places = gpd.GeoDataFrame(
        {"n": range(len(points))},
        geometry=[Point(kit.X0 + x, kit.Y0 + y) for x, y in points],
        index=index,
        crs=kit.METRIC,
    )
    joined = join_area(places, kit.METRIC_BOUNDARIES)
    assert list(joined["n"]) == list(range(len(points)))
    assert list(joined.index) == index


def test_a_point_on_a_border_joins_the_lowest_pcode_and_says_so():
    corner = gpd.GeoDataFrame(geometry=[Point(kit.X0 + kit.SIDE, kit.Y0 + kit.SIDE)], crs=kit.METRIC)
    row = join_area(corner, kit.METRIC_BOUNDARIES[::-1]).iloc[0]
    assert (row["parish_pcode"], row["municipality"], row["joined_by"], bool(row["tied"])) == (
        "T0101", "M0", "location", True,
    )  # fmt: skip


def test_a_known_pcode_is_believed_before_the_point():
    row = join_area([kit.place("a", parish_pcode="T0202")], kit.BOUNDARIES).iloc[0]
    assert (row["parish"], row["municipality"], row["joined_by"]) == ("P11", "M1", "pcode")


def test_a_table_with_lon_and_lat_joins_and_one_outside_stays():
    a = kit.place("a")
    table = pd.DataFrame({"lon": [a.lon, None, 0.0], "lat": [a.lat, None, 0.0]})
    assert list(join_area(table, kit.BOUNDARIES)["joined_by"]) == ["location", "none", "none"]


def test_a_join_does_not_change_what_it_was_given():
    places = gpd.GeoDataFrame(geometry=[Point(kit.X0, kit.Y0)], crs=kit.METRIC)
    join_area(places, kit.METRIC_BOUNDARIES)
    assert list(places.columns) == ["geometry"]


def test_no_places_join_to_no_rows():
    assert list(join_area([], kit.BOUNDARIES)["parish"]) == []


@pytest.mark.parametrize("crs", [kit.METRIC, None])
def test_a_join_across_reference_systems_is_refused(crs):
    with pytest.raises(MapperError, match="reference system"):
        join_area(gpd.GeoDataFrame(geometry=[Point(kit.X0, kit.Y0)], crs=crs), kit.BOUNDARIES)


def test_boundaries_with_a_pcode_twice_are_refused():
    twice = pd.concat([kit.BOUNDARIES, kit.BOUNDARIES.iloc[:1]])
    with pytest.raises(MapperError, match="T0101"):
        join_area([kit.place("a")], twice)


def test_a_table_without_coordinates_is_refused():
    with pytest.raises(MapperError, match="lacks the columns lat"):
        join_area(pd.DataFrame({"lon": [1.0]}), kit.BOUNDARIES)


def test_an_area_joins_by_a_point_inside_it():
    line = gpd.GeoDataFrame(
        geometry=[LineString([(kit.X0 + 10, kit.Y0 + 10), (kit.X0 + 90, kit.Y0 + 90)])], crs=kit.METRIC
    )
    assert join_area(line, kit.METRIC_BOUNDARIES).iloc[0]["parish_pcode"] == "T0101"
