"""The brief: a few pages for people who will not open the map, every sentence made from records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapper.model import Disclosed, Layers, MapInfo

__all__ = ["write_brief"]


def write_brief(disclosed: Disclosed, layers: Layers, info: MapInfo, map_svg: bytes, language: str) -> bytes:
    """Return the brief as PDF; the same records give the same bytes.

    Parameters
    ----------
    disclosed, layers, info
        What may leave at one disclosure level; ``info.changes`` is what changed since the brief before.
    map_svg
        The map as drawn for the brief (``mapper.figure``).
    language
        "es" or "en".
    """
    raise NotImplementedError
