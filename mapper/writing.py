"""What is written from findings: the map's pages, tables and figures, each file whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import folium
    import pandas as pd

    from mapper.config import Config
    from mapper.figure import Wanted
    from mapper.model import MapInfo
    from mapper.results import Findings

__all__ = ["embedded", "export", "figure", "pages", "tables", "write"]


def pages(config: Config, findings: Findings) -> tuple[folium.Map, dict[str, bytes]]:
    """Return the map and its pages by file name: the map itself, and the page to embed if one is wanted."""
    from mapper.view import page_html, render_embed, render_map

    shown = findings.layers, findings.disclosed, findings.info
    view = render_map(*shown)
    pages = {config.map_name: page_html(view).encode()}
    if config.embed:
        pages[config.embed_name] = page_html(render_embed(*shown)).encode()
    return view, pages


def export(findings: Findings, folder: Path, formats: Iterable[str]) -> dict[Path, int]:
    """Write the tables of ``findings`` into ``folder``; return the path and the size in bytes of each file.

    Raises
    ------
    MapperError
        If a format is unknown or a file cannot be written.
    """
    from mapper.export import export as exported

    return write(folder, exported(findings.disclosed, findings.layers, findings.info, tuple(formats)))


def tables(findings: Findings) -> dict[str, pd.DataFrame]:
    """Return the layers of ``findings`` by name: incidents, movements, clash_zones, mentions, reports, claims.

    All but the last two are GeoDataFrames in EPSG:4326, (lon, lat); ``docs/tables.md`` describes their columns.
    """
    from mapper.export import tables as made

    return made(findings.disclosed, findings.layers, findings.info)


def figure(findings: Findings, folder: Path, wanted: Wanted) -> dict[Path, int]:
    """Draw ``findings`` as one picture and write it with its alternative text; return path and size of each file.

    Raises
    ------
    MapperError
        If a file cannot be written.
    """
    from pathlib import PurePath

    from mapper.figure import draw

    drawn = draw(findings.disclosed, findings.layers, findings.info, wanted)
    words = PurePath(drawn.name).with_suffix(".txt").name
    return write(folder, {drawn.name: drawn.content, words: drawn.alt_text.encode()})


def write(folder: Path, contents: Mapping[str, bytes]) -> dict[Path, int]:
    """Write files, each whole or not at all; return the path and the size in bytes of each."""
    from mapper.files import require_writable, write_atomic

    for name in contents:
        require_writable(folder / name)
    for name, content in contents.items():
        write_atomic(folder / name, content)
    return {folder / name: len(content) for name, content in contents.items()}


def embedded(config: Config, info: MapInfo, files: Mapping[Path, int]) -> dict[str, Any]:
    """Return what is said of the page to embed, where one was written."""
    if not config.embed:
        return {}
    from mapper.view import iframe_snippet

    page = config.out / config.embed_name
    return {
        "embed_path": page,
        "embed_bytes": files[page],
        "embed_snippet": iframe_snippet(config.embed_name, info),
    }
