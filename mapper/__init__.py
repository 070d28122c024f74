"""mapper: from news reports to an honest, offline map of clash zones and displacement.

The public names, in the order one uses them::

    from mapper import Config, build
    result = build(Config(inputs=["data/reports"]))
    result.map
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapper.config import Config
    from mapper.geo import join_area
    from mapper.pipeline import build, find, geoparse, write_brief
    from mapper.places import load_area
    from mapper.reports import read_reports
    from mapper.view import render_map
    from mapper.writing import draw_figure, tables, write_figure, write_tables

__all__ = [
    "Config",
    "build",
    "draw_figure",
    "find",
    "geoparse",
    "join_area",
    "load_area",
    "read_reports",
    "render_map",
    "tables",
    "write_brief",
    "write_figure",
    "write_tables",
]
__version__ = "0.1.0"

_HOMES = {
    "Config": "mapper.config",
    "build": "mapper.pipeline",
    "draw_figure": "mapper.writing",
    "find": "mapper.pipeline",
    "geoparse": "mapper.pipeline",
    "join_area": "mapper.geo",
    "load_area": "mapper.places",
    "read_reports": "mapper.reports",
    "render_map": "mapper.view",
    "tables": "mapper.writing",
    "write_brief": "mapper.pipeline",
    "write_figure": "mapper.writing",
    "write_tables": "mapper.writing",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import mapper`` costs nothing."""
    if name not in _HOMES:
        msg = f"module 'mapper' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return [*__all__, "__version__"]
