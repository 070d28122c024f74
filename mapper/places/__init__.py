"""Places: the area pack, the gazetteer made of it, and which place a name means.

A new city is a new folder of data. The room knows no text beyond the names it is handed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.places.area import Area, load_area
from mapper.places.resolve import resolve

if TYPE_CHECKING:
    from mapper.places.gazetteer import Gazetteer

__all__ = ["Area", "Gazetteer", "load_area", "resolve"]


def __getattr__(name: str) -> Any:
    """Import the geocoder, and geopy with it, only when it is asked for."""
    if name == "Gazetteer":
        from mapper.places.gazetteer import Gazetteer

        return Gazetteer
    msg = f"module 'mapper.places' has no attribute {name!r}"
    raise AttributeError(msg)
