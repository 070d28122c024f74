"""The made-up story as a figure: what the tests of figures share."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import view_fixture as story

from mapper.figure import Figure, Wanted, draw
from mapper.figure.window import projected, shown_in
from mapper.figure.words import Words

if TYPE_CHECKING:
    from mapper.figure.window import Window
    from mapper.model import Layers

LAYERS = projected(story.layers(), "EPSG:32619")
WEEK = (dt.date(2021, 7, 5), dt.date(2021, 7, 11))


def figure(layers: Layers | None = None, about: Any = None, *, told: Any = None, **choices: Any) -> Figure:
    shown = told or story.disclosed()
    return draw(shown, layers or story.layers(), about or story.info(), Wanted(**({"language": "en"} | choices)))


def words_of(drawn: Figure) -> str:
    """Return the words inside a PDF figure, in one line."""
    (page,) = pdfium.PdfDocument(drawn.content)
    return " ".join(page.get_textpage().get_text_range().split())


def shown(window: Window = (None, None), told: Any = None) -> Any:
    return shown_in(window, told or story.disclosed(), LAYERS, Words("en"))
