"""What is written from findings: the map's pages, tables and figures, each file whole or not at all."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import folium
    import pandas as pd

    from mapper.config import Config
    from mapper.figure import Figure
    from mapper.model import MapInfo
    from mapper.results import Findings

__all__ = ["draw_figure", "embedded", "figure_files", "pages", "tables", "write", "write_figure", "write_tables"]


def pages(config: Config, findings: Findings) -> tuple[folium.Map, dict[str, bytes]]:
    """Return the map and its pages by file name: the map itself, and the page to embed if one is wanted."""
    from mapper.view import page_html, render_embed, render_map

    shown = findings.layers, findings.disclosed, findings.info
    view = render_map(*shown)
    pages = {config.map_name: page_html(view).encode()}
    if config.embed:
        pages[config.embed_name] = page_html(render_embed(*shown)).encode()
    return view, pages


def write_tables(findings: Findings, folder: Path | str, formats: Iterable[str]) -> dict[Path, int]:
    """Write the tables of ``findings`` into ``folder``; return the path and the size in bytes of each file.

    Raises
    ------
    MapperError
        If a format is unknown or a file cannot be written.
    """
    from mapper.export import export

    return write(Path(folder), export(findings.disclosed, findings.layers, findings.info, tuple(formats)))


def tables(findings: Findings) -> dict[str, pd.DataFrame]:
    """Return the layers of ``findings`` by name: incidents, movements, clash_zones, mentions, reports, claims.

    All but the last two are GeoDataFrames in EPSG:4326, (lon, lat); ``docs/tables.md`` describes their columns.
    """
    from mapper.export import tables as made

    return made(findings.disclosed, findings.layers, findings.info)


def draw_figure(
    findings: Findings,
    *,
    size: str = "column",
    theme: str = "light",
    format: str = "png",  # noqa: A002 - what it is called on the command line
    language: str = "en",
    windows: Iterable[str] = (),
) -> Figure:
    """Return ``findings`` as one picture with its alternative text; it displays in a notebook.

    Parameters
    ----------
    findings
        What :func:`mapper.find` or :func:`mapper.build` returned.
    size, theme, format
        As ``mapper.figure`` names them: "column", "square", "story", "link"; "light", "dark", "grey"; "png",
        "svg", "pdf".
    language
        "en" or "es".
    windows
        Stretches of time such as "2021-07-05..2021-07-11", drawn side by side; none: all records.

    Raises
    ------
    MapperError
        A choice is none of these.
    """
    from mapper.figure import draw, wanted

    choice = wanted(format, size, theme, language, windows)
    return draw(findings.disclosed, findings.layers, findings.info, choice)


def write_figure(figure: Figure, folder: Path | str) -> dict[Path, int]:
    """Write a picture and, beside it, its alternative text; return the path and the size in bytes of each file.

    Raises
    ------
    MapperError
        If a file cannot be written.
    """
    picture, words = figure_files(figure.name)
    return write(Path(folder), {picture: figure.content, words: figure.alt_text.encode()})


def figure_files(name: str) -> tuple[str, str]:
    """Return the names of a picture and of its alternative text."""
    return name, PurePath(name).with_suffix(".txt").name


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
