"""Small geometries for the map's tests: frames, circles, curves and a city of squares."""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Polygon, box

WEST, SOUTH, STEP = -66.96, 10.44, 0.03
NAMES = ("Antímano", "La Vega", "Santa Rosalía", "El Valle", "San Juan", "Catedral", "Sucre", "La Pastora")


def frame(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return a layer in EPSG:4326; without rows, an empty one."""
    if not rows:
        return gpd.GeoDataFrame(geometry=[], crs=4326)
    columns = pd.DataFrame(rows, dtype=object)  # as text of Arrow's, pandas would refuse half a character
    return gpd.GeoDataFrame(columns, geometry="geometry", crs=4326)


def disc(lon: float, lat: float, radius_m: float) -> Polygon:
    """Return a circle of ``radius_m`` metres, near enough for a picture."""
    corners = (i * math.pi / 24 for i in range(48))
    k = radius_m / 110_600
    return Polygon([(lon + k * math.cos(a) / math.cos(math.radians(lat)), lat + k * math.sin(a)) for a in corners])


def curve(start: tuple[float, float], end: tuple[float, float], bend: float = 0.25) -> LineString:
    """Return a schematic curve between two points."""
    (ax, ay), (bx, by) = start, end
    mx, my = (ax + bx) / 2 - (by - ay) * bend, (ay + by) / 2 + (bx - ax) * bend
    ts = [i / 24 for i in range(25)]
    return LineString(
        [
            (
                (1 - t) ** 2 * ax + 2 * t * (1 - t) * mx + t * t * bx,
                (1 - t) ** 2 * ay + 2 * t * (1 - t) * my + t * t * by,
            )
            for t in ts
        ]
    )


def city() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return eight square parishes in two municipalities."""
    parishes = [
        {
            "pcode": f"T{i}",
            "name": name,
            "level": 3,
            "parent_pcode": "M1" if i < 6 else "M2",
            "municipality": "Libertador" if i < 6 else "Vargas",
            "geometry": box(
                WEST + i % 4 * STEP,
                SOUTH + i // 4 * STEP * 1.3,
                WEST + (i % 4 + 1) * STEP,
                SOUTH + (i // 4 + 1) * STEP * 1.3,
            ),
        }
        for i, name in enumerate(NAMES)
    ]
    whole = gpd.GeoDataFrame(parishes, geometry="geometry", crs=4326).dissolve("parent_pcode")
    municipalities = [
        {"pcode": code, "name": row.municipality, "level": 2, "geometry": row.geometry}
        for code, row in whole.iterrows()
    ]
    return parishes, municipalities
