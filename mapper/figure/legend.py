"""The legend: what stands on the maps and nothing else, each with its sign."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from mapper.figure.events import flow_style, sign, zone_patch
from mapper.figure.look import SYMBOLS
from mapper.figure.text import Paragraph, measured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from matplotlib.axes import Axes

    from mapper.figure.look import Theme
    from mapper.figure.window import Shown
    from mapper.figure.words import Words

__all__ = ["Legend", "legend_of"]

_SIGN, _GAP, _BETWEEN, _LEADING = 2.6, 0.5, 1.3, 1.55  # in sizes of the text


class Item(NamedTuple):
    """A sign, drawn around a middle in points, and its words."""

    draw: Callable[[Axes, float, float, float], None]
    words: str


class Legend(NamedTuple):
    """Items in lines, as many in a line as find room."""

    items: list[Item]
    points: float
    colour: str

    def height(self, width: float) -> float:
        """Return how much room it needs, in points."""
        return len(self._lines(width)) * self.points * _LEADING

    def draw(self, sheet: Axes, x: float, top: float, width: float) -> float:
        """Draw it below ``top`` on a sheet measured in points; return where it ends."""
        size = self.points
        for line in self._lines(width):
            left, middle = x, top - size * _LEADING / 2
            for item in line:
                item.draw(sheet, left + size * _SIGN / 2, middle, size)
                like = Paragraph(item.words, size, self.colour)
                like.draw(sheet, left + size * (_SIGN + _GAP), middle + size * 0.64, math.inf)
                left += self._width(item)
            top -= size * _LEADING
        return top

    def _width(self, item: Item) -> float:
        return self.points * (_SIGN + _GAP + _BETWEEN) + measured(item.words, self.points)

    def _lines(self, width: float) -> list[list[Item]]:
        lines: list[list[Item]] = []
        used = width
        for item in self.items:
            if used + self._width(item) - self.points * _BETWEEN > width:
                lines.append([])
                used = 0.0
            lines[-1].append(item)
            used += self._width(item)
        return lines


def legend_of(maps: Iterable[Shown], theme: Theme, words: Words, points: float) -> Legend:
    """Return the legend of what the maps show."""
    shown = list(maps)
    zones = {(row["shape"], row["official"]) for one in shown for row in one.zones}
    keys = {
        "official" if official and shape != "parish" else _KEYS.get(shape, "footprint") for shape, official in zones
    }
    items = [Item(_zone(key, theme), words.say(f"legend-{key}")) for key in _ORDER if key in keys]
    kinds = {row["kind"] for one in shown for row in one.marks}
    items += [
        Item(_symbol(kind, theme), words.say(f"sign-{kind.lower().replace(' ', '-')}"))
        for kind in SYMBOLS
        if kind in kinds
    ]
    flows = [row for one in shown for row in one.flows]
    for kind in ("displacement", "evacuation", "return"):
        if any(row["kind"] == kind for row in flows):
            items.append(Item(_arrow(kind, theme, vague=False), words.say(f"legend-{kind}")))
    if any(row["vague"] and row["kind"] == "displacement" for row in flows):
        items.append(Item(_arrow("displacement", theme, vague=True), words.say("legend-vague-flow")))
    if any(row["hollow"] for one in shown for row in (*one.marks, *one.flows)):
        items.append(Item(_symbol("Battles", theme, hollow=True), words.say("legend-hollow")))
    return Legend(items, points, theme.ink)


_KEYS = {"parish": "parish", "municipality": "municipality", "vague": "vague", "adjacent": "adjacent"}
_ORDER = ("official", "footprint", "parish", "municipality", "vague", "adjacent")


def _zone(key: str, theme: Theme) -> Callable[[Axes, float, float, float], None]:
    def draw(sheet: Axes, x: float, y: float, size: float) -> None:
        from matplotlib.patches import Rectangle

        shape = key if key in _KEYS else "footprint"
        style = zone_patch(shape, official=key == "official", theme=theme, line=size / 14)
        width = style.pop("hatch_linewidth", None)
        patch = Rectangle((x - size * 1.15, y - size * 0.45), size * 2.3, size * 0.9, **style)
        if width is not None:
            patch.set_hatch_linewidth(width)
        sheet.add_patch(patch)

    return draw


def _symbol(kind: str, theme: Theme, *, hollow: bool = False) -> Callable[[Axes, float, float, float], None]:
    def draw(sheet: Axes, x: float, y: float, size: float) -> None:
        sign(sheet, x, y, kind=kind, theme=theme, size=size, hollow=hollow)

    return draw


def _arrow(kind: str, theme: Theme, *, vague: bool) -> Callable[[Axes, float, float, float], None]:
    def draw(sheet: Axes, x: float, y: float, size: float) -> None:
        colour, dashes = flow_style(kind, vague=vague, theme=theme)
        end = x + size * 0.55
        sheet.plot([x - size * 1.2, end], [y, y], color=colour, lw=size / 5, ls=dashes)
        tip = [(x + size * 1.2, y), (end, y + size * 0.36), (end, y - size * 0.36)]
        sheet.fill(*zip(*tip, strict=True), color=colour, lw=0)

    return draw
