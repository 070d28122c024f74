"""The one page people open: layers and disclosed records in, one offline HTML map out.

:func:`render_map` makes a folium map that also displays in a notebook, :func:`page_html` the
finished, self-contained page. What Python hands to the page is one documented JSON block
(:mod:`mapper.view.datablock`); the page itself lives as real source files in ``page/``.
"""

from mapper.view.datablock import SCHEMA_VERSION, data_block
from mapper.view.embed import EMBED_LIMIT_BYTES, iframe_snippet
from mapper.view.finish import page_html
from mapper.view.render import render_embed, render_map

__all__ = [
    "EMBED_LIMIT_BYTES",
    "SCHEMA_VERSION",
    "data_block",
    "iframe_snippet",
    "page_html",
    "render_embed",
    "render_map",
]
