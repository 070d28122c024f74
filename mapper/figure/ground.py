"""The ground of a map: what lies around, a scale, north, and where the frame is in the area."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapper.figure.text import Paragraph, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

    from mapper.figure.look import Theme
    from mapper.figure.window import Shown
    from mapper.model import Layers

__all__ = ["Frame", "draw_ground", "draw_locator", "draw_scale", "frame_of"]

_LEAST_M = 6000.0  # no map is finer than a neighbourhood's place is known
_MARGIN = 0.12
_NEAR = 0.45  # of the events' extent: an end no further off is inside the frame
_SCALES_M = (20_000, 10_000, 5000, 2000, 1000, 500)
_KM = 1000


class Frame(NamedTuple):
    """What of the world a map shows, in metres of the area's CRS."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Metres from west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Metres from south to north."""
        return self.north - self.south

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.west <= x <= self.east and self.south <= y <= self.north

    def shaped(self, ratio: float) -> Frame:
        """Return the frame grown about its middle to the ratio of height to width."""
        width, height = max(self.width, self.height / ratio), max(self.height, self.width * ratio)
        x, y = (self.west + self.east) / 2, (self.south + self.north) / 2
        return Frame(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def frame_of(maps: Iterable[Shown], layers: Layers) -> Frame:
    """Return the frame that holds the events of all maps; a far end leaves it, so that the city can be read."""
    shown = list(maps)
    points = [point for one in shown for row in one.marks for point in [(row["geometry"].x, row["geometry"].y)]]
    points += [row["geometry"].coords[0][:2] for one in shown for row in one.flows]
    for one in shown:
        for row in one.zones:
            if row["shape"] != "municipality":
                west, south, east, north = row["geometry"].bounds
                points += [(west, south), (east, north)]
    if not points:
        return _padded(Frame(*layers.municipalities.total_bounds))
    near = _around(points)
    reach = max(near.width, near.height, _LEAST_M) * _NEAR
    wide = Frame(near.west - reach, near.south - reach, near.east + reach, near.north + reach)
    ends = (row["geometry"].coords[-1][:2] for one in shown for row in one.flows)
    return _padded(_around([*points, *(end for end in ends if wide.holds(*end))]))


def _around(points: Sequence[tuple[float, float]]) -> Frame:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Frame(min(xs), min(ys), max(xs), max(ys))


def _padded(frame: Frame) -> Frame:
    pad = max(frame.width, frame.height) * _MARGIN
    across, up = (max(0.0, _LEAST_M - size) / 2 + pad for size in (frame.width, frame.height))
    return Frame(frame.west - across, frame.south - up, frame.east + across, frame.north + up)


def draw_ground(axes: Axes, layers: Layers, theme: Theme, line: float) -> None:
    """Draw parishes, municipalities and avenues, quietly; ``line`` is the finest line in points."""
    axes.set_facecolor(theme.outside)
    _areas(axes, layers.municipalities, face=theme.land, order=1)
    if layers.avenues is not None and not layers.avenues.empty:
        for geometry in layers.avenues.geometry:
            for part in getattr(geometry, "geoms", [geometry]):
                axes.plot(
                    *zip(*((x, y) for x, y, *_ in part.coords), strict=True), color=theme.avenue, lw=line * 3, zorder=2
                )
    _areas(axes, layers.parishes, edge=theme.parish, line=line, order=3)
    _areas(axes, layers.municipalities, edge=theme.municipality, line=line * 1.6, order=4)


def _areas(
    axes: Axes, frame: GeoDataFrame, *, face: str = "none", edge: str = "none", line: float = 0, order: int
) -> None:
    if not frame.empty:
        frame.plot(ax=axes, facecolor=face, edgecolor=edge, linewidth=line, zorder=order, aspect=None)
        axes.set(xlabel="", ylabel="")  # geopandas writes the CRS's axes there


def draw_scale(axes: Axes, frame: Frame, *, metres_a_point: float, theme: Theme, points: float, north: str) -> None:
    """Draw a scale bar in the lower left corner and north in the upper right one."""
    most = frame.width * 0.28
    length = next((scale for scale in _SCALES_M if scale <= most), _SCALES_M[-1])
    pad = points * 0.9 * metres_a_point
    x, y = frame.west + pad, frame.south + pad
    label = f"{length // _KM} km" if length >= _KM else f"{length} m"
    axes.plot(
        [x, x, x + length, x + length], [y + pad / 3, y, y, y + pad / 3], color=theme.ink, lw=points / 9, zorder=30
    )
    like = Paragraph("", points * 0.85, theme.ink)
    written(axes, x + length / 2, y + pad * 0.35, label, like, ha="center", zorder=31)
    x, y = frame.east - pad * 1.2, frame.north - pad * 3.2
    axes.annotate(
        "",
        xy=(x, y + pad * 2),
        xytext=(x, y),
        arrowprops={"arrowstyle": "-|>", "color": theme.ink, "lw": points / 9, "mutation_scale": points},
        zorder=30,
    )
    written(axes, x, y + pad * 2.1, north, Paragraph("", points * 0.85, theme.ink, bold=True), ha="center", zorder=31)


def draw_locator(axes: Axes, layers: Layers, frame: Frame, *, theme: Theme, line: float) -> None:
    """Draw the whole area small, with the map's frame in it."""
    from matplotlib.patches import Rectangle

    axes.set_facecolor(theme.outside)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set(color=theme.municipality, linewidth=line)
    _areas(axes, layers.municipalities, face=theme.land, edge=theme.municipality, line=line, order=1)
    box = Rectangle((frame.west, frame.south), frame.width, frame.height, fill=False, ec=theme.zone_edge, lw=line * 2.2)
    axes.add_patch(box)
    whole = _around([*_corners(layers.municipalities), (frame.west, frame.south), (frame.east, frame.north)])
    pad = max(whole.width, whole.height) * 0.05
    axes.set_xlim(whole.west - pad, whole.east + pad)
    axes.set_ylim(whole.south - pad, whole.north + pad)
    axes.set_aspect("equal", adjustable="box")


def _corners(frame: GeoDataFrame) -> list[tuple[float, float]]:
    if frame.empty:
        return []
    west, south, east, north = frame.total_bounds
    return [(west, south), (east, north)]
