"""The brief: a few pages for people who will not open the map, every sentence made from records."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.brief.content import brief_content

if TYPE_CHECKING:
    from mapper.model import Disclosed, Layers, MapInfo

__all__ = ["typeset_brief"]

_MOST_PAGES = 4
_SHARES = (1.0, 0.6, 0.35, 0.15)  # of the usual number of lines, where reports are so wordy that they need more room


def typeset_brief(disclosed: Disclosed, layers: Layers, info: MapInfo, map_svg: bytes, language: str) -> bytes:
    """Return the brief as PDF/UA-1, tagged for screen readers; the same records give the same bytes.

    Parameters
    ----------
    disclosed, layers, info
        What may leave at one disclosure level; ``info.changes`` is what changed since the brief before.
    map_svg
        The map as drawn for the brief (``mapper.figure``).
    language
        "es" or "en".
    """
    for share in _SHARES:
        pdf = _typeset(brief_content(disclosed, layers, info, language, share=share), map_svg)
        if _pages(pdf) <= _MOST_PAGES:
            break
    return pdf


def _typeset(content: dict[str, Any], map_svg: bytes) -> bytes:
    import matplotlib as mpl
    import typst

    fonts = str(
        Path(mpl.get_data_path()) / "fonts" / "ttf"
    )  # DejaVu Sans comes with matplotlib: no font of the machine
    pdf = typst.compile(
        resources.files("mapper.brief").joinpath("brief.typ").read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
        format="pdf",
        sys_inputs={"content": json.dumps(content, ensure_ascii=False), "map": map_svg.decode("utf-8")},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return bytes(pdf)


def _pages(pdf: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(pdf))
