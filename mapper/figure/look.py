"""How figures look: sizes for where they are printed or shared, colours of the map's page, one grey for print."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SIZES", "SYMBOLS", "THEMES", "Size", "Theme"]


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in inches, dots an inch, the body text's size in points, and whether words stand beside."""

    width: float
    height: float
    dpi: int
    points: float
    beside: bool = False


SIZES = {
    "column": Size(90 / 25.4, 130 / 25.4, 300, 5.6),
    "square": Size(7.2, 7.2, 150, 9.5),
    "story": Size(7.2, 12.8, 150, 12.5),
    "link": Size(8.0, 4.2, 150, 8.6, beside=True),
}
"""90 by 130 mm at 300 dpi; 1080 by 1080, 1080 by 1920 and 1200 by 630 pixels."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours: paper and ink, the quiet ground, and what happened."""

    paper: str
    ink: str
    quiet: str
    outside: str
    land: str
    parish: str
    municipality: str
    avenue: str
    place: str
    zone: str
    zone_edge: str
    flow: str
    back: str
    signs: tuple[str, ...]


_SIGNS = ("#d55e00", "#e69f00", "#cc79a7", "#56b4e9", "#f0e442", "#009e73")
THEMES = {
    "light": Theme(
        *("#ffffff", "#1b232d", "#4c5866", "#dfe5e8", "#faf8f3", "#d8d1c4", "#a2988a", "#ebe3d5", "#625c50"),
        *("#f3b07c", "#9c4200", "#0072b2", "#00694c"),
        _SIGNS,
    ),
    "dark": Theme(
        *("#171c22", "#e9edf1", "#b4bec9", "#12171c", "#242b32", "#39434d", "#66727f", "#313a44", "#a6b1bc"),
        *("#7c4719", "#ffab6b", "#4aa8e0", "#4fc59d"),
        _SIGNS,
    ),
    "grey": Theme(
        *("#ffffff", "#111111", "#444444", "#e6e6e6", "#fafafa", "#cccccc", "#999999", "#e2e2e2", "#555555"),
        *("#bdbdbd", "#333333", "#000000", "#000000"),
        ("#333333", "#666666", "#999999", "#cccccc", "#eeeeee", "#ffffff"),
    ),
}
"""Okabe and Ito's colours on the page's grounds; in grey the symbols' forms and the outlines carry the meaning."""

SYMBOLS = {
    "Battles": "D",
    "Explosions and Remote violence": (8, 1, 0),
    "Violence against civilians": "^",
    "Protests": "o",
    "Riots": "s",
    "Strategic developments": "h",
}
"""matplotlib's marker of each event type, the gravest first; the forms are those of the page."""
