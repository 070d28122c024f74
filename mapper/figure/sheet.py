"""The sheet: title, maps, legend and what must be said, laid out so that nothing is cut off."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from mapper.figure.events import Pen
from mapper.figure.ground import draw_ground, draw_locator, draw_scale, frame_of
from mapper.figure.legend import legend_of
from mapper.figure.look import SIZES, THEMES
from mapper.figure.text import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

    from mapper.figure.legend import Legend
    from mapper.figure.look import Size, Theme
    from mapper.figure.window import Shown
    from mapper.figure.words import Words
    from mapper.model import Layers

__all__ = ["Said", "drawn"]

_POINTS_AN_INCH = 72
_BESIDE = 0.61  # of the width: the map's share where words stand beside it
_LOCATOR = 0.2  # of the map's smaller side
_LEAST_MAP = 0.4  # of the sheet's height: words grow smaller before the map does
_SHARES = (1.0, 0.92, 0.84, 0.76, 0.68)  # of the words' usual size


class Said(NamedTuple):
    """What stands in words on the sheet."""

    title: str
    when: str
    warning: str
    maps: Sequence[str]
    notes: Sequence[str]
    credit: str
    description: str


class Box(NamedTuple):
    """A stretch of the sheet in points, from its lower left corner."""

    x: float
    y: float
    width: float
    height: float


def drawn(
    maps: Sequence[Shown],
    said: Said,
    layers: Layers,
    *,
    kind: str,
    size: str,
    theme: str,
    words: Words,
) -> bytes:
    """Return the picture's bytes; ``layers`` are in metres. Nothing of matplotlib's settings is left changed."""
    import matplotlib as mpl
    from matplotlib.figure import Figure as Canvas

    fixed = {
        "svg.fonttype": "path",
        "svg.hashsalt": "mapper",
        "pdf.fonttype": 42,
        "pdf.compression": 6,
        "hatch.linewidth": 0.5,
        "text.hinting": "none",  # else letters drawn small are wider than those measured
    }
    settings: Any = {**mpl.rcParamsDefault, **fixed, "backend": "agg"}
    with mpl.rc_context(settings):
        shape = SIZES[size]
        canvas = Canvas(figsize=(shape.width, shape.height), dpi=shape.dpi, facecolor=THEMES[theme].paper)
        _Sheet(canvas, shape, THEMES[theme], words).lay(maps, said, layers)
        out = io.BytesIO()
        canvas.savefig(out, format=kind, dpi=shape.dpi, facecolor=canvas.get_facecolor(), metadata=_about(kind, said))
    return out.getvalue()


def _about(kind: str, said: Said) -> dict[str, Any]:
    """Return what the file says of itself; no time and no version, so that the same records give the same bytes."""
    if kind == "pdf":
        return {
            "Title": said.title,
            "Subject": said.description,
            "Creator": "mapper",
            "Producer": None,
            "CreationDate": None,
        }
    if kind == "svg":
        return {"Title": said.title, "Description": said.description, "Creator": "mapper", "Date": None}
    return {"Title": said.title, "Description": said.description, "Software": "mapper"}


class _Sheet:
    def __init__(self, canvas: Canvas, size: Size, theme: Theme, words: Words) -> None:
        self._canvas, self._size, self._theme, self._words = canvas, size, theme, words
        self._width, self._height = size.width * _POINTS_AN_INCH, size.height * _POINTS_AN_INCH
        self._pad = size.points * 1.3

    def lay(self, maps: Sequence[Shown], said: Said, layers: Layers) -> None:
        """Draw all of it."""
        points, theme = self._size.points, self._theme
        paper = self._paper()
        head = [
            Paragraph(said.title, points * (1.3 if self._size.beside else 1.55), theme.ink, bold=True),
            Paragraph(said.when, points * 1.1, theme.quiet),
            Paragraph(said.warning, points, theme.zone_edge, bold=True),
        ]
        head = [one for one in head if one.text]
        foot, legend = self._foot(said, 1.0), legend_of(maps, theme, self._words, points * 0.9)
        for share in _SHARES:
            foot, legend = self._foot(said, share), legend._replace(points=points * 0.9 * share)
            if self._fits(head, foot, legend):
                break
        room = self._beside(paper, head, foot, legend) if self._size.beside else self._below(paper, head, foot, legend)
        self._maps(maps, said, layers, room=room, paper=paper)

    def _foot(self, said: Said, share: float) -> list[Paragraph]:
        points, quiet = self._size.points * share, self._theme.quiet
        notes = [Paragraph(note, points * 0.82, quiet) for note in said.notes]
        return [*notes, Paragraph(said.credit, points * 0.62, quiet)]

    def _fits(self, head: list[Paragraph], foot: list[Paragraph], legend: Legend) -> bool:
        """Tell whether all words find room beside the map, or leave the map its own."""
        width = self._beside_width if self._size.beside else self._width - 2 * self._pad
        need = sum(one.height(width) + self._size.points * 0.35 for one in (*head, *foot)) + legend.height(width)
        left = self._height - 2 * self._pad - need - self._size.points * 1.5
        return left >= (0 if self._size.beside else self._height * _LEAST_MAP)

    @property
    def _beside_width(self) -> float:
        return self._width * (1 - _BESIDE) - self._pad * 1.6

    def _paper(self) -> Axes:
        """Return the whole sheet as a ground to write on, measured in points."""
        paper = self._canvas.add_axes((0, 0, 1, 1), zorder=5)
        paper.set_axis_off()
        paper.patch.set_alpha(0)
        paper.set_xlim(0, self._width)
        paper.set_ylim(0, self._height)
        return paper

    def _below(self, paper: Axes, head: list[Paragraph], foot: list[Paragraph], legend: Legend) -> Box:
        """Write the head above and the rest below; return what is left between them."""
        pad, gap = self._pad, self._size.points * 0.5
        width = self._width - 2 * pad
        top = self._height - pad
        for one in head:
            top = one.draw(paper, pad, top, width) - gap * 0.4
        below = sum(one.height(width) + gap * 0.5 for one in foot) + legend.height(width) + gap
        start = pad + below
        under = legend.draw(paper, pad, start - gap, width) - gap * 0.6
        for one in foot:
            under = one.draw(paper, pad, under, width) - gap * 0.5
        return Box(pad, start + gap * 0.2, width, top - start - gap * 0.4)

    def _beside(self, paper: Axes, head: list[Paragraph], foot: list[Paragraph], legend: Legend) -> Box:
        """Write everything right of the map; return the map's room."""
        pad, gap = self._pad, self._size.points * 0.55
        left, width = self._width * _BESIDE + pad * 0.6, self._beside_width
        top = self._height - pad
        for one in head:
            top = one.draw(paper, left, top, width) - gap * 0.6
        top = legend.draw(paper, left, top - gap * 0.6, width) - gap
        for one in foot:
            top = one.draw(paper, left, top, width) - gap * 0.6
        return Box(pad, pad, self._width * _BESIDE - pad, self._height - 2 * pad)

    def _maps(self, maps: Sequence[Shown], said: Said, layers: Layers, *, room: Box, paper: Axes) -> None:
        points, theme = self._size.points, self._theme
        several = len(maps) > 1
        label = points * 1.7 if several else 0.0
        boxes = _boxes(room, len(maps), self._pad * 0.7, label)
        frame = frame_of(maps, layers).shaped(boxes[0].height / boxes[0].width)
        for number, (shown, box) in enumerate(zip(maps, boxes, strict=True)):
            if several:
                Paragraph(said.maps[number], points, theme.ink, bold=True).draw(
                    paper, box.x, box.y + box.height + points * 1.5, box.width
                )
            axes = self._axes(box)
            axes.set_xlim(frame.west, frame.east)
            axes.set_ylim(frame.south, frame.north)
            metres = frame.width / box.width
            pen = Pen(axes, frame, theme, self._words, points * (0.85 if several else 1.0), metres)
            draw_ground(axes, layers, theme, pen.line)
            self._furniture(pen, box, layers, first=number == 0)
            pen.draw(shown)
            pen.also()
            pen.context(layers.parishes)
            if not (shown.zones or shown.marks or shown.flows):
                nothing = Paragraph(self._words.say("nothing"), points * 1.1, theme.ink, bold=True)
                nothing.draw(paper, box.x + points, box.y + box.height - points, box.width - 2 * points)
            axes.set(xlim=(frame.west, frame.east), ylim=(frame.south, frame.north), xlabel="", ylabel="")

    def _furniture(self, pen: Pen, box: Box, layers: Layers, *, first: bool) -> None:
        """Draw scale, north and locator, and keep names off them."""
        frame, metres, points = pen.frame, pen.metres, pen.points
        north = self._words.say("north")
        draw_scale(pen.axes, frame, metres_a_point=metres, theme=self._theme, points=points, north=north)
        corner = points * 3.4 * metres
        pen.block((frame.west, frame.south, frame.west + frame.width * 0.34, frame.south + corner * 0.9))
        pen.block((frame.east - corner, frame.north - corner * 1.2, frame.east, frame.north))
        if first:
            side = min(box.width, box.height) * _LOCATOR
            inset = self._axes(Box(box.x + box.width - side - 2, box.y + 2, side, side), zorder=3)
            inset.set_frame_on(True)
            draw_locator(inset, layers, frame, theme=self._theme, line=pen.line)
            inset.set_anchor("SE")
            pen.block((frame.east - (side + 4) * metres, frame.south, frame.east, frame.south + (side + 4) * metres))

    def _axes(self, box: Box, zorder: float = 1) -> Axes:
        share = (box.x / self._width, box.y / self._height, box.width / self._width, box.height / self._height)
        axes = self._canvas.add_axes(share, zorder=zorder)
        axes.set_xticks([])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set(color=self._theme.municipality, linewidth=self._size.points / 14)
        return axes


def _boxes(room: Box, count: int, gap: float, label: float) -> list[Box]:
    """Return the maps' boxes, side by side or one above the other, whichever leaves each the squarer room."""

    def grid(columns: int) -> list[Box]:
        rows = math.ceil(count / columns)
        width = (room.width - gap * (columns - 1)) / columns
        height = (room.height - gap * (rows - 1)) / rows
        return [
            Box(
                room.x + (number % columns) * (width + gap),
                room.y + room.height - (number // columns + 1) * height - (number // columns) * gap,
                width,
                height - label,
            )
            for number in range(count)
        ]

    return max(
        (grid(columns) for columns in range(1, count + 1)), key=lambda boxes: min(boxes[0].width, boxes[0].height)
    )
