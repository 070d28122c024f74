"""From layers and records to a folium map that carries the page."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mapper.collecting import uncollected
from mapper.view import assets
from mapper.view.datablock import data_block, data_tables, encode_block
from mapper.view.drawing import safe
from mapper.view.embed import aggregated, only_drawn, packed
from mapper.view.static import still_page
from mapper.view.words import Words, first_language

if TYPE_CHECKING:
    import folium

    from mapper.model import Disclosed, Layers, MapInfo
    from mapper.view.assets import Kind

__all__ = ["render_embed", "render_map"]

MIN_ZOOM, START_ZOOM = 9, 12
MAX_ZOOM = 15
"""Past this zoom a neighbourhood's disc would look like a pin on somebody's house."""

_NOTEBOOK_HEIGHT = "720px"
"""Of the frame in a notebook; the written page fills its window."""

_DATA_PLACE, _NOSCRIPT_PLACE = "<!-- data -->", "<!-- noscript -->"


def render_map(layers: Layers, disclosed: Disclosed, info: MapInfo, *, strict: bool = True) -> folium.Map:
    """Return the map as a :class:`folium.Map`; it displays in a notebook.

    No report text passes through folium's or branca's templates, popups, tooltips or layer names,
    which evaluate it: it all travels in the one data block (:mod:`mapper.view.datablock`).

    Parameters
    ----------
    layers
        The map's layers, EPSG:4326; any may be empty.
    disclosed
        The records as one disclosure level may see them.
    info
        What the page says about itself. ``info.languages[0]`` is the page's first language.
    strict
        True: the page is self-contained and asks for nothing. False is for notebooks: folium's own
        scripts stay, from their hosts, so that plugins and online tiles work; the page says so.

    Raises
    ------
    SchemaError
        The layers do not have the promised columns or draw a record that ``disclosed`` does not hold.
    """
    return _render(layers, disclosed, info, "page", strict=strict)


def render_embed(layers: Layers, disclosed: Disclosed, info: MapInfo) -> folium.Map:
    """Return the map without panels, to stand in other people's pages; always strict.

    It holds what it shows and no more: no quotations, speakers or unlocated names
    (:mod:`mapper.view.embed`). Parameters and errors are those of :func:`render_map`.
    """
    return _render(*only_drawn(layers, disclosed), replace(info, changes={}), "embed", strict=True)


@uncollected()
def _render(layers: Layers, disclosed: Disclosed, info: MapInfo, kind: Kind, *, strict: bool) -> folium.Map:
    import folium

    west, south, east, north = info.bbox
    view = folium.Map(
        location=((south + north) / 2, (west + east) / 2),
        tiles=None,
        zoom_start=START_ZOOM,
        zoom_control=False,
        attribution_control=not strict,  # online tiles must be credited; our own sources stand in the foot
        zoom_snap=0.25,
        zoom_delta=0.5,
        minZoom=MIN_ZOOM,  # folium keeps min_zoom and max_zoom for tiles
        maxZoom=MAX_ZOOM,
    )
    if strict:  # on the instance: folium keeps these lists on the class, for every map of the process
        view.default_js, view.default_css = [], []
    page = _element_class()(layers, disclosed, info, kind, strict=strict)
    page.add_to(view, name="mapper_page")
    words = Words(first_language(info))
    figure: Any = view.get_root()
    figure.height = _NOTEBOOK_HEIGHT
    figure.title = safe(f"{words.title(info)} · {words.through(info)}")
    return view


@functools.cache
def _element_class() -> type[Any]:
    """Return the page's own element class; made on first use, so that importing this room stays light."""
    from branca.element import Element

    class Raw(Element):
        """Markup that is written as it stands; branca's own Element would run it as a Jinja template."""

        def __init__(self, markup: str) -> None:
            super().__init__()
            self.markup = markup

        def render(self, **_: Any) -> str:
            return self.markup

    class MapperPage(Element):
        """Constant script and style, and one data block."""

        def __init__(self, layers: Layers, disclosed: Disclosed, info: MapInfo, kind: Kind, *, strict: bool) -> None:
            super().__init__()
            self._name = "MapperPage"
            self.kind: Kind = kind
            self.strict = strict
            self.language = first_language(info)
            if kind == "embed":
                encoded, encoding = packed(*encode_block(aggregated(data_block(layers, disclosed, info))))
            else:
                encoded, encoding = encode_block(data_tables(layers, disclosed, info))
            data = f'<script type="application/json" id="mp-data" data-encoding="{encoding}">{encoded}</script>'
            template = assets.page_template(kind).replace("data-strict", f'data-strict="{str(strict).lower()}"', 1)
            before, after = template.split(_DATA_PLACE)
            still = still_page(layers, disclosed, info, lists=kind == "page")
            self.markup = before.replace(_NOSCRIPT_PLACE, still) + data + after

        def render(self, **_: Any) -> str:
            """Hand the parts to the figure; called again, they take their own places again."""
            figure: Any = self.get_root()
            view: Any = self._parent
            if self.strict:
                figure.header.add_child(Raw(f"<style>{assets.leaflet_style()}</style>"), name="mp_leaflet_style")
                figure.header.add_child(Raw(f"<script>{assets.leaflet_script()}</script>"), name="mp_leaflet")
            figure.header.add_child(Raw(f"<style>{assets.page_style(self.kind)}</style>"), name="mp_style")
            figure.header.add_child(Raw(f"<script>{assets.page_script(self.kind)}</script>"), name="mp_script")
            figure.html.add_child(Raw(self.markup), name="mp_html", index=0)
            figure.script.add_child(Raw(f"mapperPage.start({view.get_name()});"), name="mp_start")
            return ""

    return MapperPage
