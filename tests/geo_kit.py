"""Four square parishes in two municipalities, and records to draw on them."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
from shapely import LineString, Point, box

from mapper.geo import draw_layers
from mapper.model import (
    DateSpan,
    Disclosed,
    DisclosureLevel,
    EventType,
    Incident,
    Movement,
    MovementKind,
    Place,
)

METRIC = "EPSG:32619"
X0, Y0, SIDE = 725_000, 1_160_000, 4_000  # the south-west corner of four square parishes in Caracas


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
LINES = gpd.GeoDataFrame(
    [("avenue", "Avenida Uno", LineString([(X0, Y0 + 50), (X0 + SIDE, Y0 + 50)]))],
    columns=["place_id", "name", "geometry"],
    crs=METRIC,
).to_crs(4326)
DAY = dt.date(2021, 7, 7)


def place(place_id: str, east: float = 1_000, north: float = 1_000, **fields: object) -> Place:
    lon, lat = gpd.GeoSeries([Point(X0 + east, Y0 + north)], crs=METRIC).to_crs(4326)[0].coords[0]
    known = {"parish": "P00", "parish_pcode": "T0101", "municipality": "M0", "uncertainty_m": 200.0, "extent_m": 100.0}
    return Place(place_id, place_id.title(), "barrio", lon, lat, **(known | fields))


def clash(name: str, *places: Place, start: dt.date | None = DAY, end: dt.date | None = DAY, **fields) -> Incident:
    return Incident(name, EventType.BATTLES, "Armed clash", DateSpan(start, end), places, **fields)


def flight(name: str, origin: Place, destination: Place, **fields) -> Movement:
    return Movement(name, MovementKind.DISPLACEMENT, (origin,), (destination,), **fields)


def draw(incidents=(), movements=(), mentioned=()):
    disclosed = Disclosed(DisclosureLevel.PARTNER, (), tuple(incidents), tuple(movements), {}, tuple(mentioned))
    return draw_layers(disclosed, boundaries=BOUNDARIES, footprints=FOOTPRINTS, metric_crs=METRIC, lines=LINES)


def metric(geometry):
    return gpd.GeoSeries([geometry], crs=4326).to_crs(METRIC)[0]


def only(frame, **values):
    for name, value in values.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]
