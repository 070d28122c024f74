"""Records become layers: this room knows no text and no colours.

Everything comes in and goes out as (lon, lat) in EPSG:4326; metres exist only in the area's metric
CRS, inside this room. ``draw_layers`` returns :class:`~mapper.model.Layers`, whose columns (the same
for empty layers) are listed in :data:`~mapper.geo.frames.COLUMNS`. ``join_area`` gives any table of
places its parish and municipality.

Grammar: nothing is drawn sharper than it is known. A place is its footprint, or a disc never
smaller than its uncertainty, or, where little is known, its whole parish.
"""

from __future__ import annotations

from mapper.geo.frames import COLUMNS
from mapper.geo.join import join_area
from mapper.geo.layers import draw_layers

__all__ = ["COLUMNS", "draw_layers", "join_area"]
