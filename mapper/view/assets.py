"""The page's own source files, joined: small scripts, styles, words and the template.

The scripts in ``page/scripts`` are ordinary ES modules, so that node can test each alone. The page
is one file, where modules cannot import each other: joining takes the ``import`` lines and the
``export`` keywords away and wraps all in one function. A test holds that no two scripts declare the
same top-level name. There are two pages, the whole one and the one to embed; each is joined from
the scripts that its entry reaches, so both stand on the same modules.
"""

from __future__ import annotations

import base64
import functools
import json
import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "SCRIPTS",
    "STYLES",
    "Kind",
    "catalogues",
    "leaflet_script",
    "leaflet_style",
    "page_script",
    "page_style",
    "page_template",
]

Kind = Literal["page", "embed"]
"""Which of the two pages: the whole one, or the one without panels that others embed."""

SCRIPTS = (
    "i18n",
    "columns",
    "data",
    "words",
    "dom",
    "state",
    "turns",
    "filter",
    "changes",
    "signs",
    "labels",
    "arrows",
    "bundles",
    "layers",
    "basemap",
    "zones",
    "marks",
    "flows",
    "overlays",
    "summary",
    "look",
    "paged",
    "lists",
    "head",
    "cite",
    "claims",
    "evidence",
    "controls",
    "filters",
    "timeaxis",
    "timebars",
    "timeline",
    "tablerows",
    "table",
    "searchindex",
    "search",
    "download",
    "svgcopy",
    "picture",
    "print",
    "share",
    "main",
    "embed",
)
"""All scripts, each after those it uses."""

_ENTRIES: dict[Kind, str] = {"page": "main", "embed": "embed"}

STYLES = (
    "base",
    "layout",
    "panel",
    "evidence",
    "controls",
    "map",
    "filters",
    "time",
    "table",
    "share",
    "static",
    "print",
)
"""The style sheets of the page, in cascade order."""

_EMBED_STYLES = ("base", "controls", "map", "static", "embed")

_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_IMPORTED = re.compile(r'from "\./(\w+)\.mjs"')
_QUOTED = re.compile(r"""["'`](\w+)""")
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)
_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_STYLE_URL = re.compile(r"url\((images/[\w.-]+)\)")


def _folder() -> Traversable:
    return resources.files("mapper.view") / "page"


def _page_file(name: str) -> str:
    return (_folder() / name).read_text(encoding="utf-8")


@functools.cache
def page_template(kind: Kind = "page") -> str:
    """Return the page's skeleton: constant markup with a place for the data and for the no-script text."""
    return _page_file(f"{kind}.html")


@functools.cache
def page_style(kind: Kind = "page") -> str:
    """Return the page's own style sheet."""
    return "\n".join(_page_file(f"styles/{name}.css") for name in (STYLES if kind == "page" else _EMBED_STYLES))


@functools.cache
def catalogues() -> dict[str, dict[str, str]]:
    """Return the page's words by language: one file in ``page/i18n`` is one language.

    What a further language does not say yet, it says in English.
    """
    files = {entry.name: entry for entry in (_folder() / "i18n").iterdir() if entry.name.endswith(".json")}
    found = {name.removesuffix(".json"): json.loads(files[name].read_text(encoding="utf-8")) for name in sorted(files)}
    return {language: found["en"] | words for language, words in found.items()}


@functools.cache
def page_script(kind: Kind = "page") -> str:
    """Return the page's own script; it defines ``mapperPage.start(map)`` and does nothing else."""
    sources = {name: _page_file(f"scripts/{name}.mjs") for name in SCRIPTS}
    reached = _reached(_ENTRIES[kind], sources)
    body = "\n".join(_EXPORT.sub("", _IMPORT.sub("", sources[name])) for name in SCRIPTS if name in reached)
    spoken = catalogues()
    if kind == "embed":
        body = _COMMENT.sub("", body)
        spoken = {language: _used(words, body + page_template(kind)) for language, words in spoken.items()}
    words = json.dumps(spoken, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")
    return (
        f'const mapperPage = (() => {{\n"use strict";\nconst CATALOGUES = {words};\n{body}\n'
        "return { start: (map) => start(map, CATALOGUES) };\n})();"
    )


def _reached(entry: str, sources: dict[str, str]) -> set[str]:
    """Return the scripts that ``entry`` imports, directly or not, and itself."""
    reached, waiting = set(), [entry]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [used for line in _IMPORT.findall(sources[name]) for used in _IMPORTED.findall(line)]
    return reached


def _used(words: dict[str, str], page: str) -> dict[str, str]:
    """Return the words without the families (``time.…``) that no script or markup of the page speaks of."""
    spoken = set(_QUOTED.findall(page))
    return {key: sentence for key, sentence in words.items() if "." not in key or key.partition(".")[0] in spoken}


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
