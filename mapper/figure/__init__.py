"""Figures for print and for sharing: the map as one picture that says by itself what it is.

``draw`` makes a picture with legend, scale, date, caveat and credit inside, and its alternative text.
``window`` chooses the records, ``sheet`` lays out, ``ground`` and ``events`` draw, ``look`` has the colours.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.errors import ConfigError, message
from mapper.figure.look import SIZES, THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.figure.sheet import Said
    from mapper.figure.window import Shown, Window
    from mapper.figure.words import Words
    from mapper.model import Disclosed, Layers, MapInfo

__all__ = ["FORMATS", "SIZES", "THEMES", "Figure", "Wanted", "draw", "wanted"]

FORMATS = ("png", "svg", "pdf")
_LANGUAGES = ("en", "es")
_MOST_WINDOWS = 4
_MOST_UNDATED = 5  # named in the picture; its alternative text names all


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

    def file_name(self, level: str) -> str:
        """Return what the picture's file is called at a disclosure level."""
        days = "".join(f".{first or ''}..{last or ''}" for first, last in self.windows)
        return f"map.{self.size}.{self.theme}.{self.language}{days}.{level}.{self.format}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its file name, and in words what it shows; in a notebook it displays itself."""

    name: str
    content: bytes
    alt_text: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return the picture, or where a notebook shows no such file its words."""
        ending = self.name.rpartition(".")[2]
        picture: dict[str, Any] = {}
        if ending == "png":
            picture = {"image/png": self.content}
        elif ending == "svg":
            picture = {"image/svg+xml": self.content.decode("utf-8")}
        return {"text/plain": self.alt_text} | picture


def wanted(format_: str, size: str, theme: str, language: str, windows: Iterable[str]) -> Wanted:
    """Return the choices of the command line, checked; a window is written ``2021-07-07..2021-07-09``.

    Raises
    ------
    ConfigError
        A choice is none of ours, or a window is not written like that or ends before it begins.
    """
    chosen = {"format": format_, "size": size, "theme": theme, "language": language}
    known = {"format": FORMATS, "size": SIZES, "theme": THEMES, "language": _LANGUAGES}
    for option, got in chosen.items():
        if got not in known[option]:
            raise ConfigError("figure-choice", option=option, got=got, expected=", ".join(known[option]))
    days = tuple(map(_window, windows))
    if len(days) > _MOST_WINDOWS:
        raise ConfigError("figure-windows", got=len(days), most=_MOST_WINDOWS)
    return Wanted(format_, size, theme, language, days)


def _window(written: str) -> Window:
    first, dots, last = written.partition("..")
    try:
        days = tuple(dt.date.fromisoformat(day) if day else None for day in (first.strip(), last.strip()))
    except ValueError:
        raise ConfigError("figure-window", got=written) from None
    start, end = days
    if not dots or not any(days) or (start and end and end < start):
        raise ConfigError("figure-window", got=written)
    return start, end


def draw(disclosed: Disclosed, layers: Layers, info: MapInfo, wanted: Wanted) -> Figure:
    """Return the figure; the same records and choices give the same bytes.

    Parameters
    ----------
    disclosed, layers, info
        What may leave at one disclosure level; drawn in ``info.metric_crs``.
    wanted
        Format, size, theme, language and stretches of time.
    """
    from mapper.figure.alt import alt_text
    from mapper.figure.sheet import drawn
    from mapper.figure.window import projected, shown_in
    from mapper.figure.words import Words

    words = Words(wanted.language)
    windows: tuple[Window, ...] = wanted.windows or ((None, None),)
    layers = projected(layers, info.metric_crs or f"EPSG:{_utm(info.bbox)}")
    maps = [shown_in(window, disclosed, layers, words) for window in windows]
    said = _said(maps, windows, disclosed, info, words)
    content = drawn(maps, said, layers, kind=wanted.format, size=wanted.size, theme=wanted.theme, words=words)
    return Figure(wanted.file_name(disclosed.level), content, alt_text(maps, said, words))


def _undated(shown: Shown, words: Words) -> str:
    """Return how many records have no date, and where the first of them happened."""
    from mapper.figure.words import plain

    if not shown.undated:
        return ""
    named = [plain(where) for where in shown.undated if where][:_MOST_UNDATED]
    rest = len(shown.undated) - len(named)
    if named and rest:
        named.append(words.say("more", count=words.number(rest)))
    key = "undated" if shown.bounded else "undated-drawn"
    return words.say(key, count=words.number(len(shown.undated)), where=f" ({'; '.join(named)})" if named else "")


def _said(maps: list[Shown], windows: tuple[Window, ...], disclosed: Disclosed, info: MapInfo, words: Words) -> Said:
    """Return everything that stands in words on the sheet."""
    from mapper.figure.sheet import Said

    say = words.say
    when = [words.window(window, info.data_through) for window in windows]
    through = words.window((None, None), info.data_through)
    internal = message("do-not-forward", words.language) if str(disclosed.level) == "internal" else ""
    records = len(disclosed.incidents) + len(disclosed.movements)
    counts = {
        "outside": maps[0].outside if len(maps) == 1 else 0,
        "unplaced": max(one.unplaced for one in maps),
    }
    notes = [f"{say('mark')} {say('arrow')}"]
    missing = [say(name, count=words.number(count)) for name, count in counts.items() if count]
    notes.append(" ".join(filter(None, [_undated(maps[0], words), *missing])))
    machine = say("machine", reviewed=len(disclosed.reviewed), records=records)
    notes.append(machine if internal else f"{machine} {say(f'level-{disclosed.level}')}")
    notes.append(say("boundaries"))
    title = say("title", area=info.area_names.get(words.language, info.area_id))
    publisher = f"{info.publisher}. " if info.publisher else ""
    credit = say(
        "credit",
        publisher=publisher,
        version=info.version,
        fingerprint=info.fingerprint,
        attributions="; ".join(info.attributions),
    )
    lines = [when[0] if len(when) == 1 else "", through if windows != ((None, None),) or len(when) > 1 else ""]
    warning = " ".join(filter(None, [internal and f"{internal}.", say("example") if info.example else ""]))
    return Said(
        title=title,
        when=" · ".join(filter(None, lines)),
        warning=warning,
        maps=when,
        notes=[note for note in notes if note],
        credit=credit,
        description=". ".join(filter(None, [internal, title, " | ".join(when)])),
    )


def _utm(bbox: tuple[float, float, float, float]) -> int:
    """Return the EPSG code of the UTM zone of a box, for an area that names no metric CRS."""
    west, south, east, north = bbox
    zone = int(((west + east) / 2 + 180) // 6) + 1
    return (32600 if south + north >= 0 else 32700) + zone
