"""The page's own source files, joined: small scripts, styles, words and the template.

The scripts in ``page/scripts`` are ordinary ES modules, so that node can test each alone. The page
is one file, where modules cannot import each other: joining takes the ``import`` lines and the
``export`` keywords away and wraps all in one function. A test holds that no two scripts declare the
same top-level name.
"""

from __future__ import annotations

import base64
import functools
import json
import re
from importlib import resources
from pathlib import Path

__all__ = ["SCRIPTS", "STYLES", "leaflet_script", "leaflet_style", "page_script", "page_style", "page_template"]

SCRIPTS = (
    "i18n",
    "data",
    "words",
    "dom",
    "state",
    "filter",
    "signs",
    "labels",
    "arrows",
    "basemap",
    "overlays",
    "look",
    "lists",
    "evidence",
    "controls",
    "head",
    "filters",
    "timeline",
    "table",
    "search",
    "share",
    "main",
)
"""The scripts of the page, each after those it uses."""

STYLES = ("base", "layout", "panel", "controls", "map", "filters", "time", "table", "share", "print")
"""The style sheets of the page, in cascade order."""

_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_STYLE_URL = re.compile(r"url\((images/[\w.-]+)\)")


def _page_file(name: str) -> str:
    return (resources.files("mapper.view") / "page" / name).read_text(encoding="utf-8")


@functools.cache
def page_template() -> str:
    """Return the page's skeleton: constant markup with a place for the data and for the no-script text."""
    return _page_file("page.html")


@functools.cache
def page_style() -> str:
    """Return the page's own style sheet."""
    return "\n".join(_page_file(f"styles/{name}.css") for name in STYLES)


@functools.cache
def page_script() -> str:
    """Return the page's own script; it defines ``mapperPage.start(map)`` and does nothing else."""
    words = {name: json.loads(_page_file(f"i18n/{name}.json")) for name in ("en", "es")}
    catalogue = json.dumps(words, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")
    parts = [_EXPORT.sub("", _IMPORT.sub("", _page_file(f"scripts/{name}.mjs"))) for name in SCRIPTS]
    body = "\n".join(parts)
    return (
        f'const mapperPage = (() => {{\n"use strict";\nconst CATALOGUES = {catalogue};\n{body}\n'
        "return { start: (map) => start(map, CATALOGUES) };\n})();"
    )


def _leaflet_folder() -> Path:
    from xstatic.pkg import leaflet

    return Path(leaflet.BASE_DIR)


@functools.cache
def leaflet_script() -> str:
    """Return Leaflet from the XStatic-Leaflet package, without its pointer to a source map."""
    script = (_leaflet_folder() / "leaflet.js").read_text(encoding="utf-8")
    return _SOURCE_MAP.sub("", script)


@functools.cache
def leaflet_style() -> str:
    """Return Leaflet's style sheet with its images as data addresses."""
    folder = _leaflet_folder()

    def inline(match: re.Match[str]) -> str:
        image = base64.b64encode((folder / match.group(1)).read_bytes()).decode("ascii")
        return f"url(data:image/png;base64,{image})"

    return _STYLE_URL.sub(inline, (folder / "leaflet.css").read_text(encoding="utf-8"))
