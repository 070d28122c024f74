"""Figures for print and for sharing: the map as one picture that says by itself what it is.

``draw`` makes a picture with legend, scale, date, caveat and credit inside, and its alternative text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from mapper.model import Disclosed, Layers, MapInfo

__all__ = ["FORMATS", "SIZES", "THEMES", "Figure", "Wanted", "draw", "wanted"]

FORMATS = ("png", "svg", "pdf")
SIZES = ("column", "square", "story", "link")
THEMES = ("light", "dark", "grey")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a figure is to be drawn.

    ``windows`` are pairs of a first and a last day, both included and either open (None); several are
    drawn side by side. No window: all records.
    """

    format: str = "png"
    size: str = "column"
    theme: str = "light"
    language: str = "es"
    windows: tuple[tuple[dt.date | None, dt.date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, and in words what it shows."""

    name: str
    content: bytes
    alt_text: str


def wanted(format_: str, size: str, theme: str, language: str, windows: Iterable[str]) -> Wanted:
    """Return the choices of the command line, checked; a window is written ``2021-07-07..2021-07-09``.

    Raises
    ------
    MapperError
        A choice is none of ours, or a window is not written like that or ends before it begins.
    """
    raise NotImplementedError


def draw(disclosed: Disclosed, layers: Layers, info: MapInfo, wanted: Wanted) -> Figure:
    """Return the figure; the same records and choices give the same bytes."""
    raise NotImplementedError
