"""Movements as schematic arrows: they show from where to where, never the path that was walked."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from mapper.model import Assertion, Precision

if TYPE_CHECKING:
    from shapely import LineString, Point

    from mapper.geo.shapes import Shapes
    from mapper.model import Disclosed, Movement, Place

__all__ = ["flow_rows"]

_BEND = 0.18  # how far a leg bows to its left, as a share of its length
_FAN = 0.10  # how much further each parallel flow bows
_VERTICES = 24
_FEWEST_VERTICES = 8  # of a leg between waypoints
_PULL_BACK = 0.06  # how much of the line is left free at each end, so that heads are seen
_PULL_BACK_MAX_M = 150.0
_SAME_PLACE_M = 30.0
_FARTHEST_M = 150_000.0  # beyond, the area's metric CRS no longer holds: the movement is listed, not drawn


def flow_rows(disclosed: Disclosed, shapes: Shapes) -> list[dict[str, Any]]:
    """Return one row for each pair of ends of each movement that happened and whose ends can be located."""
    rows = []
    seen: Counter[tuple[str, str]] = Counter()
    for movement in sorted(disclosed.movements, key=lambda one: one.movement_id):
        if movement.assertion is not Assertion.NONE:
            continue
        via = [point for place in movement.via if (point := shapes.anchor(place)) is not None]
        for origin, destination in _pairs(movement):
            line = _arrow(origin, destination, via, seen[origin.place_id, destination.place_id], shapes)
            if line is not None:
                seen[origin.place_id, destination.place_id] += 1
                rows.append(_row(movement, origin, destination) | {"geometry": line})
    return sorted(rows, key=lambda row: row["flow_id"])


def _pairs(movement: Movement) -> list[tuple[Place, Place]]:
    pairs = itertools.product(movement.origins, movement.destinations)
    named = {(origin.place_id, end.place_id): (origin, end) for origin, end in pairs}
    return [pair for (origin, end), pair in named.items() if origin != end and not _holds(pair[1], pair[0])]


def _holds(end: Place, origin: Place) -> bool:
    """Tell whether people went no further, as told, than the municipality they were in: that has no direction."""
    return end.precision is Precision.MUNICIPALITY and end.in_area and end.name == origin.municipality


def _row(movement: Movement, origin: Place, destination: Place) -> dict[str, Any]:
    return {
        "flow_id": f"{movement.movement_id}:{origin.place_id}>{destination.place_id}",
        "movement_id": movement.movement_id,
        "kind": str(movement.kind),
        "origin_id": origin.place_id,
        "origin_name": origin.name,
        "destination_id": destination.place_id,
        "destination_name": destination.name,
        "vague": movement.people.best is movement.households.best is None or destination.precision is Precision.VAGUE,
        "people_best": movement.people.best,
        "households_best": movement.households.best,
        "households_unit": movement.households.unit,
    }


def _arrow(origin: Place, destination: Place, via: list[Point], number: int, shapes: Shapes) -> LineString | None:
    """Return the ``number``-th curve between two places, or None where it can't be drawn."""
    from shapely import LineString
    from shapely.ops import substring

    start, end = shapes.anchor(origin), shapes.anchor(destination)
    if start is None or end is None or not _SAME_PLACE_M < start.distance(end) < _FARTHEST_M:
        return None
    stops = [(start.x, start.y)]
    for x, y in [(point.x, point.y) for point in (*via, end)]:
        if math.dist(stops[-1], (x, y)) > _SAME_PLACE_M:
            stops.append((x, y))
    legs = list(itertools.pairwise(stops))
    vertices = max(_FEWEST_VERTICES, _VERTICES // len(legs))
    path = [stops[0]]
    for here, there in legs:
        path += _curve(here, there, _BEND + _FAN * number, vertices)
    line = LineString(path)
    free = min(_PULL_BACK * line.length, _PULL_BACK_MAX_M)
    return LineString(substring(line, free, line.length - free).coords)


def _curve(
    here: tuple[float, float], there: tuple[float, float], bend: float, vertices: int
) -> list[tuple[float, float]]:
    """Return a quadratic Bézier curve's points after ``here``, bowed to the left of its direction.

    Because it always bows to its own left, the way there and the way back lie apart.
    """
    (x0, y0), (x2, y2) = here, there
    # A curve bows half as far as its control point stands off.
    x1 = (x0 + x2) / 2 - 2 * bend * (y2 - y0)
    y1 = (y0 + y2) / 2 + 2 * bend * (x2 - x0)
    points = []
    for step in range(1, vertices):
        t = step / (vertices - 1)
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append((a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2))
    return points
