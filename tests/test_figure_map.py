"""The map of a figure: its frame, its arrows and names, and what many or few records make of it."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import view_fixture as story
from figure_fixture import LAYERS, WEEK, figure, shown, words_of

from mapper.figure import SIZES, events
from mapper.figure.ground import Frame, frame_of
from mapper.figure.window import projected, shown_in
from mapper.figure.words import Words

if TYPE_CHECKING:
    from mapper.model import Layers


def test_the_frame_is_never_finer_than_places_are_known() -> None:
    lone = replace(shown(), zones=[], flows=[], marks=shown().marks[:1])
    frame = frame_of([lone], LAYERS)
    assert min(frame.width, frame.height) >= 6000


def test_the_frame_holds_every_zone() -> None:
    frame = frame_of([shown()], LAYERS)
    outside = [
        row["name"]
        for row in shown().zones
        if row["shape"] != "municipality" and not shapely.box(*frame).covers(row["geometry"])
    ]
    assert outside == []


def test_a_frame_grows_to_the_shape_of_its_map() -> None:
    assert Frame(0, 0, 100, 10).shaped(1.0) == Frame(0, -45, 100, 55)


def test_nothing_to_draw_is_said_in_the_picture() -> None:
    layers, told = story.nothing()
    assert "No record to draw" in words_of(figure(layers, told=told, format="pdf"))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is written onto the maps, as it is written."""
    lines: list[str] = []
    write = events.written

    def note(axes: Any, x: float, y: float, line: str, like: Any, **more: Any) -> None:
        lines.append(line)
        write(axes, x, y, line, like, **more)

    monkeypatch.setattr(events, "written", note)
    return lines


def lone(number: int = 1, where: Any = None) -> dict[str, Any]:
    """Return one clash at so many places of El Valle, or at one given place."""
    layers = story.layers()
    row = layers.incidents[layers.incidents["incident_id"] == "i-clash"].iloc[:1]
    west, south, east, north = layers.parishes[layers.parishes["name"] == "El Valle"].total_bounds
    across = math.ceil(math.sqrt(number))
    spots = [
        where
        or shapely.Point(west + (east - west) * (n % across) / across, south + (north - south) * (n // across) / across)
        for n in range(number)
    ]
    rows = pd.concat([row.assign(place_id=f"p{n}", name=f"Spot{n}") for n in range(number)], ignore_index=True)
    placed = rows.set_geometry(gpd.GeoSeries(spots, crs=row.crs))
    return {
        "told": story.disclosed(incidents=story.INCIDENTS[:1], movements=()),
        "layers": replace(layers, incidents=placed, zones=layers.zones.iloc[:0], flows=layers.flows.iloc[:0]),
    }


def test_one_incident_makes_a_picture_with_its_name(said: list[str]) -> None:
    figure(**lone())
    assert said[0] == "Spot0"


@pytest.mark.parametrize("size", SIZES)
def test_names_of_many_places_stay_on_the_map(size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    below = []

    def note(axes: Any, x: float, y: float, line: str, like: Any, **more: Any) -> None:
        if y < axes.get_ylim()[0]:
            below.append(line)

    monkeypatch.setattr(events, "written", note)
    figure(**lone(400), size=size)
    assert below == []


def test_names_beyond_the_room_are_counted(said: list[str]) -> None:
    figure(**lone(400), size="square")
    assert [line for line in said if re.search(r"and \d+ more$", line)] != []


def test_arrows_without_an_incident_are_drawn(said: list[str]) -> None:
    layers = story.layers()
    bare = replace(layers, incidents=layers.incidents.iloc[:0], zones=layers.zones.iloc[:0])
    words = words_of(figure(bare, told=story.disclosed(incidents=()), format="pdf"))
    assert ("400 people" in said, "No record to draw" in words) == (True, False)


def test_a_zone_at_the_areas_edge_stands_whole_in_the_frame() -> None:
    layers = story.layers()
    west, south, *_ = layers.municipalities.total_bounds
    corner = gpd.GeoSeries([shapely.Point(west, south).buffer(0.06)], crs=layers.zones.crs)
    zones = layers.zones.iloc[[0]].reset_index(drop=True).set_geometry(corner)
    edge = projected(replace(layers, zones=zones, incidents=layers.incidents.iloc[:0]), "EPSG:32619")
    one = shown_in((None, None), story.disclosed(movements=()), edge, Words("en"))
    assert shapely.box(*frame_of([one], edge)).covers(one.zones[0]["geometry"])


@pytest.fixture
def heads(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return how long each arrow's head is that is drawn, in metres."""
    from matplotlib.axes import Axes

    lengths: list[float] = []
    fill = Axes.fill

    def note(axes: Axes, xs: Any, ys: Any, **more: Any) -> Any:
        if more.get("zorder") == 13:  # the heads on the map, not the legend's
            tip, left, right = zip(xs, ys, strict=True)
            lengths.append(math.dist(tip, ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)))
        return fill(axes, xs, ys, **more)

    monkeypatch.setattr(Axes, "fill", note)
    return lengths


def reaching(metres: float) -> Layers:
    """Return the story with arrows of a length."""
    flows = LAYERS.flows
    lines = [
        shapely.LineString([line.coords[0][:2], (line.coords[0][0] + metres, line.coords[0][1])])
        for line in flows.geometry
    ]
    return replace(LAYERS, flows=flows.set_geometry(gpd.GeoSeries(lines, index=flows.index, crs=flows.crs)))


def test_the_head_of_a_short_arrow_is_no_longer_than_the_arrow(heads: list[float]) -> None:
    figure(reaching(400), about=story.info(metric_crs="EPSG:32619"))
    assert (len(heads), [length for length in heads if length > 400]) == (4, [])


@pytest.mark.parametrize("metres", [0.0, 20.0])
def test_an_arrow_too_short_to_point_anywhere_has_no_head(heads: list[float], metres: float) -> None:
    figure(reaching(metres), about=story.info(metric_crs="EPSG:32619"))
    assert heads == []


@pytest.mark.parametrize("metres", [-1500, 1500])
def test_a_name_at_the_end_of_an_arrow_stands_ahead_of_it(monkeypatch: pytest.MonkeyPatch, metres: int) -> None:
    placed: dict[str, float] = {}
    write = events.written

    def note(axes: Any, x: float, y: float, line: str, like: Any, **more: Any) -> None:
        placed.setdefault(line, x)
        write(axes, x, y, line, like, **more)

    monkeypatch.setattr(events, "written", note)
    layers = reaching(metres)
    one = layers.flows.iloc[:1]
    layers = replace(layers, flows=one, incidents=layers.incidents.iloc[:0], zones=layers.zones.iloc[:0])
    figure(layers, about=story.info(metric_crs="EPSG:32619"))
    assert math.copysign(
        1, placed[one["destination_name"].iloc[0]] - one.geometry.iloc[0].coords[-1][0]
    ) == math.copysign(1, metres)


def test_many_arrows_from_one_place_are_drawn() -> None:
    layers = story.layers()
    rows = [layers.flows.assign(flow_id=layers.flows["flow_id"] + str(n)) for n in range(20)]
    assert figure(replace(layers, flows=pd.concat(rows, ignore_index=True))).content


def test_names_that_find_no_room_stand_in_a_corner(said: list[str]) -> None:
    layers = story.layers()
    one = layers.incidents[layers.incidents["incident_id"] == "i-clash"].iloc[:1]
    rows = [one.assign(place_id=f"p{number}", name=f"Spot{number}") for number in range(40)]
    figure(replace(layers, incidents=pd.concat(rows, ignore_index=True)), size="link")
    words = " ".join(said)
    assert [number for number in range(40) if f"Spot{number}" not in words] == []


@pytest.mark.parametrize("size", SIZES)
def test_every_clash_place_and_count_stands_in_the_picture(size: str, said: list[str]) -> None:
    figure(size=size, windows=(WEEK, (dt.date(2021, 7, 12), None)))
    week, words = shown(WEEK), " ".join(said)
    names = {row["name"] for row in week.zones if row["shape"] not in {"adjacent", "municipality"}}
    names |= {f"{row['people']} people" for row in week.flows if row["people"]}
    assert [name for name in sorted(names) if name not in words] == []


def test_pictures_of_other_days_have_other_names() -> None:
    assert figure(windows=(WEEK,)).name != figure().name
