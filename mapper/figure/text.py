"""Text on paper: measured in points, wrapped between words, kept to the signs that the font has."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

__all__ = ["FONT", "Paragraph", "measured", "wrapped", "written"]

FONT = "DejaVu Sans"
"""Comes with matplotlib, so that every machine draws the same."""
_LEADING = 1.28
_MISSING = "\u25a1"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text with its size in points, its colour and its weight."""

    text: str
    points: float
    colour: str
    bold: bool = False

    def lines(self, width: float) -> list[str]:
        """Return the text as lines that fit into ``width`` points."""
        return wrapped(self.text, self.points, width, bold=self.bold)

    def height(self, width: float) -> float:
        """Return how much room it needs, in points."""
        return len(self.lines(width)) * self.points * _LEADING

    def draw(self, sheet: Axes, x: float, top: float, width: float) -> float:
        """Write it below ``top`` on a sheet measured in points; return where it ends."""
        for line in self.lines(width):
            written(sheet, x, top - self.points, line, self)
            top -= self.points * _LEADING
        return top


def written(axes: Axes, x: float, y: float, line: str, like: Paragraph, **more: Any) -> None:
    """Write one line, its baseline at ``y``. A dollar sign is a dollar sign, never the start of a formula."""
    axes.text(
        x,
        y,
        line,
        fontproperties=_font(bold=like.bold),
        fontsize=like.points,
        color=like.colour,
        parse_math=False,
        **more,
    )


def wrapped(text: str, points: float, width: float, *, bold: bool = False) -> list[str]:
    """Return the text as lines of at most ``width`` points; a word that is longer stands alone, and is cut."""
    lines: list[str] = []
    for word in _drawable(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measured(longer, points, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(_cut(word, points, width, bold=bold))
    return lines


def measured(text: str, points: float, *, bold: bool = False) -> float:
    """Return a text's width in points."""
    return _width(_drawable(text), bold=bold) * points


def _cut(word: str, points: float, width: float, *, bold: bool) -> str:
    while len(word) > 1 and measured(word, points, bold=bold) > width:
        word = word[:-2] + "…"
    return word


@functools.lru_cache(maxsize=4096)
def _width(text: str, *, bold: bool) -> float:
    """Return a text's width at a size of one point."""
    from matplotlib.textpath import text_to_path

    at = 100.0
    font = _font(bold=bold).copy()
    font.set_size(at)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / at


@functools.cache
def _font(*, bold: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=FONT, weight="bold" if bold else "normal")


@functools.cache
def _signs() -> frozenset[int]:
    """Return the code points that the font can draw, in both weights."""
    from matplotlib.font_manager import findfont, get_font

    return frozenset.intersection(
        *(frozenset(get_font(findfont(_font(bold=bold))).get_charmap()) for bold in (False, True))
    )


@functools.lru_cache(maxsize=4096)
def _drawable(text: str) -> str:
    return "".join(sign if ord(sign) in _signs() or sign.isspace() else _MISSING for sign in text)
