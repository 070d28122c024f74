"""From layers and records to a folium map that carries the page."""

from __future__ import annotations

import functools
from html import escape
from typing import TYPE_CHECKING, Any

from mapper.view import assets
from mapper.view.datablock import data_block, encode_block, writable

if TYPE_CHECKING:
    import folium

    from mapper.model import Disclosed, Layers, MapInfo

__all__ = ["render_map"]

MIN_ZOOM, START_ZOOM = 9, 12
MAX_ZOOM = 15
"""Past this zoom a neighbourhood's disc would look like a pin on somebody's house."""

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
    block = data_block(layers, disclosed, info)
    _element_class()(block, info, strict=strict).add_to(view, name="mapper_page")
    figure: Any = view.get_root()
    figure.title = _safe(_title(info))
    return view


def _language(info: MapInfo) -> str:
    return next((language for language in info.languages if language in {"es", "en"}), "en")


def _title(info: MapInfo) -> str:
    language = _language(info)
    area = info.area_names.get(language) or next(iter(info.area_names.values()), "")
    through = info.data_through.isoformat() if info.data_through else "—"
    if language == "es":
        return f"Enfrentamientos y desplazamientos en {area} · información hasta {through}"
    return f"Clashes and displacement in {area} · information to {through}"


def _safe(words: str) -> str:
    return escape(writable(words))


_NOSCRIPT = {
    "es": (
        "Este mapa necesita JavaScript para dibujarse; nada sale de su equipo. Aquí, la lista.",
        "Sin marca significa que no se leyó ningún informe, no que la zona sea segura.",
        "Zonas de enfrentamiento",
        "Desplazamientos (origen → destino)",
    ),
    "en": (
        "This map needs JavaScript to be drawn; nothing leaves your device. Here is the list.",
        "No mark means that no report was read, not that the area is safe.",
        "Clash zones",
        "Displacement (origin → destination)",
    ),
}


def _noscript(block: dict[str, Any], info: MapInfo) -> str:
    """Return what a reader without scripting sees: title, date and the plain lists, all escaped."""
    why, caveat, zones_title, flows_title = _NOSCRIPT[_language(info)]

    def name(index: int) -> str:
        return str(block["places"][index].get("name", ""))

    zones = [
        " · ".join(filter(None, (name(zone["place"]), zone.get("start"))))
        for zone in block["zones"]
        if zone.get("shape") != "adjacent"
    ]
    flows = [f"{name(flow['from'])} → {name(flow['to'])}" for flow in block["flows"]]
    parts = [f"<h1>{_safe(_title(info))}</h1><p>{_safe(why)}</p><p>{_safe(caveat)}</p>"]
    for title, lines in ((zones_title, zones), (flows_title, flows)):
        items = "".join(f"<li>{_safe(line)}</li>" for line in lines)
        parts += [f"<h2>{_safe(title)}</h2><ul>{items}</ul>"] if lines else []
    return f'<div class="mp-noscript">{"".join(parts)}</div>'


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

        def __init__(self, block: dict[str, Any], info: MapInfo, *, strict: bool) -> None:
            super().__init__()
            self._name = "MapperPage"
            self.strict = strict
            self.language = _language(info)
            encoded, encoding = encode_block(block)
            data = f'<script type="application/json" id="mp-data" data-encoding="{encoding}">{encoded}</script>'
            template = assets.page_template().replace("data-strict", f'data-strict="{str(strict).lower()}"', 1)
            before, after = template.split(_DATA_PLACE)
            self.markup = before.replace(_NOSCRIPT_PLACE, _noscript(block, info)) + data + after

        def render(self, **_: Any) -> str:
            """Hand the parts to the figure; called again, they take their own places again."""
            figure: Any = self.get_root()
            view: Any = self._parent
            if self.strict:
                figure.header.add_child(Raw(f"<style>{assets.leaflet_style()}</style>"), name="mp_leaflet_style")
                figure.header.add_child(Raw(f"<script>{assets.leaflet_script()}</script>"), name="mp_leaflet")
            figure.header.add_child(Raw(f"<style>{assets.page_style()}</style>"), name="mp_style")
            figure.header.add_child(Raw(f"<script>{assets.page_script()}</script>"), name="mp_script")
            figure.html.add_child(Raw(self.markup), name="mp_html", index=0)
            figure.script.add_child(Raw(f"mapperPage.start({view.get_name()});"), name="mp_start")
            return ""

    return MapperPage
