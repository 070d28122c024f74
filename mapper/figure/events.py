"""What happened, drawn: zones, symbols, arrows and names that do not collide."""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mapper.figure.look import SYMBOLS
from mapper.figure.text import Paragraph, measured, wrapped, written
from mapper.figure.words import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from mapper.figure.ground import Frame
    from mapper.figure.look import Theme
    from mapper.figure.window import Shown
    from mapper.figure.words import Words

__all__ = ["Pen", "flow_style", "sign", "zone_patch"]

_DEPTHS = ("municipality", "parish", "vague", "adjacent", "footprint", "disc")
_MOST_NAME = 28
_RINGS = (0.0, 1.6, 3.4, 5.6)  # how much further from its place a name may stand, in sizes of the text
_AROUND = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
_STACKED = ((0, 0), (0, 1), (0, -1))
_MOST_HEAD, _LEAST_HEAD = 0.6, 0.35  # of an arrow's length; of the head's size: shorter arrows get smaller heads
_CORNER = 0.5  # of the map's height: where names without room may stand
_SMALL = 0.8  # of the text's size
_COLUMNS = (0.7, 0.5, 0.35)  # of its width
_SOFT = (1.0, 0.8, 0.6, 0.4)  # of a vague area's reach: it fades out, as its limits do


def zone_patch(shape: str, *, official: bool, theme: Theme, line: float) -> dict[str, Any]:
    """Return how a zone is drawn: official solid, approximate dashed, parish-only hatched, vague without a line."""
    edge = {"edgecolor": theme.zone_edge, "linewidth": line * 2}
    if shape == "municipality":
        return {"facecolor": "none", **edge, "linestyle": "-"}
    if shape == "adjacent":
        return {"facecolor": "none", **edge, "linestyle": ":"}
    if shape == "parish":
        return {"facecolor": "none", **edge, "linestyle": "-", "hatch": "////", "hatch_linewidth": line * 1.2}
    if shape == "vague":
        return {"facecolor": theme.zone, "edgecolor": "none", "alpha": 0.25}
    return {"facecolor": theme.zone, **edge, "linestyle": "-" if official else "--", "alpha": 0.85}


def flow_style(kind: str, *, vague: bool, theme: Theme) -> tuple[str, Any]:
    """Return an arrow's colour and dashes: returns are dotted, evacuations dashed and dotted, both in one colour."""
    if kind == "return":
        return theme.back, (0, (1, 1.4))
    if kind == "evacuation":
        return theme.back, (0, (5, 1.6, 1, 1.6))
    return theme.flow, (0, (4, 2.2)) if vague else "-"


def sign(axes: Axes, x: float, y: float, *, kind: str, theme: Theme, size: float, hollow: bool) -> None:
    """Draw an event type's symbol, ``size`` points wide, hollow where nobody has reviewed it."""
    rank = list(SYMBOLS).index(kind) if kind in SYMBOLS else len(SYMBOLS) - 1
    colour = theme.signs[rank]
    face = theme.paper if hollow else colour
    marker = SYMBOLS.get(kind, "o")
    axes.plot(x, y, marker=marker, ms=size, mfc=face, mec=theme.ink, mew=size * 0.09, ls="none", zorder=20)
    if hollow:
        axes.plot(x, y, marker=marker, ms=size * 0.72, mfc="none", mec=colour, mew=size * 0.19, ls="none", zorder=21)


@dataclass
class Pen:
    """Draws one map's events; lengths on paper are in points, ``metres`` is how much of the world a point is."""

    axes: Axes
    frame: Frame
    theme: Theme
    words: Words
    points: float
    metres: float
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)

    @property
    def line(self) -> float:
        """The finest line."""
        return self.points / 14

    def draw(self, shown: Shown) -> None:
        """Draw zones lowest, then arrows, symbols and names, the gravest names first."""
        self.block(self._row(1, _COLUMNS[-1]))  # one line is kept for names that find no room
        for row in sorted(shown.zones, key=lambda row: _DEPTHS.index(row["shape"]) if row["shape"] in _DEPTHS else 0):
            self._zone(row)
        for row in sorted(shown.flows, key=lambda row: -(row["people"] or 0)):
            self._flow(row)
        for row in shown.marks:
            self._mark(row)
        for row in shown.marks:
            self._name(row["name"], row["geometry"].x, row["geometry"].y, bold=True)
        for row in shown.zones:
            if row["shape"] not in {"adjacent", "municipality"}:
                middle = row["geometry"].representative_point()
                self._name(row["name"], middle.x, middle.y, bold=True)
        for row in shown.flows:
            self._arrival(row)
        for row in sorted(shown.flows, key=lambda row: -(row["people"] or 0)):
            self._count(row)

    def context(self, parishes: Any) -> None:
        """Write the parishes' names where there is room, after the events'."""
        for name, geometry in zip(parishes["name"], parishes.geometry, strict=True):
            inside = geometry.intersection(_box(self.frame))
            if not inside.is_empty:
                at = inside.representative_point()
                self._name(name, at.x, at.y, quiet=True)

    def _zone(self, row: dict[str, Any]) -> None:
        import geopandas as gpd

        style = zone_patch(row["shape"], official=row["official"], theme=self.theme, line=self.line)
        geometry = row["geometry"]
        layers = [geometry]
        if row["shape"] == "vague":
            reach = math.sqrt(geometry.area / math.pi)
            layers = [geometry.buffer(-reach * (1 - share)) for share in _SOFT]
        width = style.pop("hatch_linewidth", None)
        for one in layers:
            if not one.is_empty:
                gpd.GeoSeries([one]).plot(ax=self.axes, zorder=8, aspect=None, **style)
                if width is not None:
                    self.axes.collections[-1].set_hatch_linewidth(width)

    def _flow(self, row: dict[str, Any]) -> None:
        path = [(x, y) for x, y, *_ in row["geometry"].coords]
        colour, dashes = flow_style(row["kind"], vague=row["vague"], theme=self.theme)
        people = row["people"]
        unit = self.points / 9
        width = unit * (min(6.0, 1.2 + 1.15 * math.log10(people)) if people and people > 0 else 1.8)
        tip, before = path[-1], next((p for p in path[::-1] if math.dist(p, path[-1]) > self.metres), path[0])
        face = self.theme.paper if row["hollow"] else colour
        length, half = (unit * 4.5 + width * 1.6) * self.metres, (unit * 2 + width * 0.8) * self.metres
        room = math.dist(path[0], tip) * _MOST_HEAD / length
        if room < _LEAST_HEAD:  # too short to point anywhere: a dot, which leaves the direction to the words
            self.axes.plot(*tip, "o", ms=unit * 3, mfc=face, mec=colour, mew=unit * 0.9, zorder=22)
            self._block(*tip, self.points * 0.6)
            return
        length, half, width = (one * min(room, 1.0) for one in (length, half, width))
        reach = math.dist(tip, before) or 1.0
        ux, uy = (tip[0] - before[0]) / reach, (tip[1] - before[1]) / reach
        foot = (tip[0] - ux * length, tip[1] - uy * length)
        kept = [*[point for point in path if math.dist(point, tip) > length], foot]
        xs, ys = zip(*kept, strict=True)
        # The halo is a line of its own: with the dashes it would be dashed too.
        self.axes.plot(xs, ys, color=self.theme.land, lw=width + unit * 2, zorder=11, solid_capstyle="butt")
        self.axes.plot(xs, ys, color=colour, lw=width, ls=dashes, zorder=12, solid_capstyle="butt")
        corners = [tip, (foot[0] - uy * half, foot[1] + ux * half), (foot[0] + uy * half, foot[1] - ux * half)]
        self.axes.fill(*zip(*corners, strict=True), fc=face, ec=colour, lw=unit * 0.9, zorder=13)
        self._block(*tip, self.points * 0.6)

    def _mark(self, row: dict[str, Any]) -> None:
        at = row["geometry"]
        sign(self.axes, at.x, at.y, kind=row["kind"], theme=self.theme, size=self.points * 1.05, hollow=row["hollow"])
        self._block(at.x, at.y, self.points * 0.7)

    def _count(self, row: dict[str, Any]) -> None:
        label = self.words.moved(row)
        middle = row["geometry"].interpolate(0.5, normalized=True)
        if label and self.frame.holds(middle.x, middle.y):
            colour = flow_style(row["kind"], vague=row["vague"], theme=self.theme)[0]
            like = Paragraph("", self.points * 0.86, colour, bold=True)
            if not self._write(label, middle.x, middle.y, like, gap=0.4):
                self.lost.append(f"{plain(row['origin'])} → {plain(row['destination'])}: {label}")

    def _arrival(self, row: dict[str, Any]) -> None:
        """Name where an arrow leads, at its end or where it leaves the frame."""
        path = [(x, y) for x, y, *_ in row["geometry"].coords]
        seen = [point for point in path if self.frame.holds(*point)]
        if not seen:
            return
        (x, y), name = seen[-1], plain(row["destination"], _MOST_NAME - 2)
        if path[-1] not in seen:
            self._name(f"→ {name}", x, y)
            return
        before = next((one for one in path[::-1] if math.dist(one, (x, y)) > self.points * self.metres), path[0])
        self._name(name, x, y, ahead=(x - before[0], y - before[1]))

    def _name(
        self,
        name: str,
        x: float,
        y: float,
        *,
        bold: bool = False,
        quiet: bool = False,
        ahead: tuple[float, float] = (0, 0),
    ) -> None:
        text = plain(name, _MOST_NAME)
        if not text or text in self.said:
            return
        colour = self.theme.place if quiet else self.theme.ink
        like = Paragraph("", self.points * (0.78 if quiet else 0.92), colour, bold=bold)
        if self._write(text, x, y, like, gap=0.0 if quiet else 0.8, ahead=ahead):
            self.said.add(text)
        elif not quiet:
            self.said.add(text)
            self.lost.append(text)

    def _write(
        self, text: str, x: float, y: float, like: Paragraph, *, gap: float, ahead: tuple[float, float] = (0, 0)
    ) -> bool:
        """Write at the first free place around a point, further off with a line to it; tell whether there was one.

        ``ahead`` is where an arrow points that ends there: its name stands there rather than on its shaft.
        """
        import matplotlib.patheffects as effects

        around = sorted(_AROUND, key=lambda side: -math.copysign(1, side[0] * ahead[0] + side[1] * ahead[1] + 1e-9))
        wide, high = measured(text, like.points, bold=like.bold) * self.metres, like.points * 1.15 * self.metres
        for ring in _RINGS if gap else (0.0,):
            aside = (gap + ring) * self.points * self.metres
            for right, up in around if gap else _STACKED:
                dx, dy = right * (aside + wide / 2), up * (aside + high / 2)
                box = (x + dx - wide / 2, y + dy - high / 2, x + dx + wide / 2, y + dy + high / 2)
                if self._free(box):
                    self.taken.append(box)
                    if ring:
                        near = (x + dx - right * wide / 2, y + dy - up * high / 2)
                        self.axes.plot(*zip((x, y), near, strict=True), color=like.colour, lw=self.line, zorder=24)
                    halo = [effects.withStroke(linewidth=like.points / 4.5, foreground=self.theme.land)]
                    baseline = y + dy - like.points * 0.36 * self.metres
                    written(self.axes, x + dx, baseline, text, like, ha="center", zorder=25, path_effects=halo)
                    return True
        return False

    def also(self) -> None:
        """Write what found no room beside its place at the left, as far as nothing else stands there."""
        import matplotlib.patheffects as effects

        if not self.lost:
            return
        self.taken.remove(self._row(1, _COLUMNS[-1]))
        like = Paragraph("", self.points * _SMALL, self.theme.ink)
        rows = range(1, int(self.frame.height * _CORNER / (self._row_points * self.metres)) + 1)
        room = {share: [row for row in rows if self._free(self._row(row, share))] for share in _COLUMNS}
        share = max(room, key=lambda share: share * len(room[share]))
        halo = [effects.withStroke(linewidth=like.points / 3, foreground=self.theme.land)]
        lines = self._listed(like, self.frame.width / self.metres * share, len(room[share]))
        for line, row in zip(lines, room[share] or rows, strict=False):
            box = self._row(row, share)
            self.taken.append(box)
            written(
                self.axes, box[0], box[1] + like.points * 0.3 * self.metres, line, like, zorder=26, path_effects=halo
            )

    @property
    def _row_points(self) -> float:
        return self.points * _SMALL * 1.3

    def _row(self, number: int, share: float) -> tuple[float, float, float, float]:
        """Return the box of a line at the left of the map, counted from above."""
        left, step = self.frame.west + self.points * 0.6 * self.metres, self._row_points * self.metres
        top = self.frame.north - self.points * 0.4 * self.metres - (number - 1) * step
        return (left, top - step, left + self.frame.width * share, top)

    def _listed(self, like: Paragraph, wide: float, most: int) -> list[str]:
        """Return what found no room as at most ``most`` lines, the gravest first, and how many more there are."""

        def lines(count: int) -> list[str]:
            rest = len(self.lost) - count
            more = [self.words.say("more", count=self.words.number(rest))] if rest else []
            said = "+ " + " · ".join([*self.lost[:count], *more])
            return wrapped(said, like.points, wide) if count else [said]

        fitting = bisect.bisect_right(range(len(self.lost) + 1), most, key=lambda count: len(lines(count)))
        return lines(max(0, fitting - 1))

    def _free(self, box: tuple[float, float, float, float]) -> bool:
        west, south, east, north = box
        edge = 2 * self.metres
        inside = west > self.frame.west + edge and east < self.frame.east - edge
        inside = inside and south > self.frame.south + edge and north < self.frame.north - edge
        return inside and not any(
            west < other[2] and other[0] < east and south < other[3] and other[1] < north for other in self.taken
        )

    def block(self, box: tuple[float, float, float, float]) -> None:
        """Keep names out of a box of the map, in metres."""
        self.taken.append(box)

    def _block(self, x: float, y: float, reach: float) -> None:
        reach *= self.metres
        self.taken.append((x - reach, y - reach, x + reach, y + reach))


def _box(frame: Frame) -> Any:
    import shapely

    return shapely.box(*frame)
