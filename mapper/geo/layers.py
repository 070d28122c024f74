"""All layers of the map, from what disclosure let through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.collecting import uncollected
from mapper.geo.flows import flow_rows
from mapper.geo.frames import WGS84, checked, layer
from mapper.geo.join import MUNICIPALITY_LEVEL, PARISH_LEVEL
from mapper.geo.shapes import Shapes
from mapper.geo.zones import incident_rows, mentioned_rows, zone_rows
from mapper.model import Layers

if TYPE_CHECKING:
    import geopandas as gpd

    from mapper.model import Disclosed

__all__ = ["draw_layers"]


@uncollected()
def draw_layers(
    disclosed: Disclosed,
    *,
    boundaries: gpd.GeoDataFrame,
    footprints: gpd.GeoDataFrame,
    metric_crs: str,
    lines: gpd.GeoDataFrame | None = None,
) -> Layers:
    """Return the map's layers, EPSG:4326, each sorted by its id.

    Parameters
    ----------
    disclosed
        The story as one disclosure level may see it.
    boundaries
        ``pcode, name, level`` (3 parish, 2 municipality, 1 state), ``parent_pcode``, ``geometry``; EPSG:4326.
    footprints
        ``place_id, official, uncertainty_m, geometry``; EPSG:4326.
    metric_crs
        The area's CRS in metres, such as "EPSG:32619"; all distances are taken in it.
    lines
        Centre lines of main avenues, drawn for orientation: ``place_id, name, geometry``; EPSG:4326.

    Returns
    -------
    Layers
        Columns as in :data:`mapper.geo.COLUMNS`, also where a layer is empty.

    Raises
    ------
    SchemaError
        A frame lacks a column or is not in EPSG:4326.
    """
    shapes = Shapes(boundaries, footprints, metric_crs)
    return Layers(
        parishes=layer("parishes", _boundary_rows(boundaries, PARISH_LEVEL), WGS84),
        municipalities=layer("municipalities", _boundary_rows(boundaries, MUNICIPALITY_LEVEL), WGS84),
        zones=layer("zones", zone_rows(disclosed, shapes), metric_crs),
        incidents=layer("incidents", incident_rows(disclosed, shapes), metric_crs),
        flows=layer("flows", flow_rows(disclosed, shapes), metric_crs),
        mentioned=layer("mentioned", mentioned_rows(disclosed.mentioned, shapes), metric_crs),
        avenues=layer("avenues", [] if lines is None else _avenue_rows(lines), WGS84),
    )


def _avenue_rows(lines: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    columns = ("place_id", "name", "geometry")
    frame = checked(lines, "lines", columns[:2])
    found = (dict(zip(columns, values, strict=True)) for values in zip(*(frame[name] for name in columns), strict=True))
    return sorted(found, key=lambda row: row["place_id"])


def _boundary_rows(boundaries: gpd.GeoDataFrame, level: int) -> list[dict[str, Any]]:
    """Return the boundaries of one level by P-code, with the name of what they lie in."""
    columns = ("level", "pcode", "name", "parent_pcode", "geometry")
    rows = [
        dict(zip(columns, values, strict=True)) for values in zip(*(boundaries[name] for name in columns), strict=True)
    ]
    names = {row["pcode"]: row["name"] for row in rows}
    chosen = (row | {"municipality": names.get(row["parent_pcode"], "")} for row in rows if row["level"] == level)
    return sorted(chosen, key=lambda row: row["pcode"])
