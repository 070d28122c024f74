"""The map's colours and signs for other programs: QGIS styles (QML) and KML colours.

The page's own are in ``mapper/view/page/styles`` and ``scripts/signs.mjs``; a test compares the colours.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from mapper.model import EventType

__all__ = ["CLASH", "EVENT_COLOURS", "FLOW", "HATCH", "QML", "QUIET", "ZONE"]

CLASH, ZONE, HATCH, FLOW, QUIET = "#d55e00", "#f3b07c", "#ecae86", "#0072b2", "#566270"
"""Outline, fill and hatching of clash zones, movements, and what is only mentioned."""

EVENT_COLOURS = {
    EventType.BATTLES: "#d55e00",
    EventType.EXPLOSIONS: "#e69f00",
    EventType.VIOLENCE: "#cc79a7",
    EventType.PROTESTS: "#56b4e9",
    EventType.RIOTS: "#f0e442",
    EventType.STRATEGIC: "#009e73",
}
"""The colours of the event types (Okabe and Ito, told apart by the colour-blind)."""

_EVENT_SHAPES = dict(zip(EventType, ("diamond", "star", "triangle", "circle", "square", "hexagon"), strict=True))
_INK = "#1b232d"
_GRAVEST_LAST = f"array_find(array({', '.join(repr(kind.value) for kind in reversed(EventType))}), event_type)"


def _rgba(colour: str, alpha: int = 255) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def _layer(kind: str, **options: str) -> str:
    listed = "".join(f'<Option type="QString" name="{name}" value="{value}"/>' for name, value in options.items())
    return f'<layer class="{kind}" enabled="1" locked="0" pass="0"><Option type="Map">{listed}</Option></layer>'


def _fill(colour: str, alpha: int, pen: str, *, brush: str = "solid", width: str = "0.4") -> str:
    return _layer(
        "SimpleFill",
        color=_rgba(colour, alpha),
        style=brush if alpha else "no",
        outline_color=_rgba(CLASH),
        outline_style=pen,
        outline_width=width,
        outline_width_unit="MM",
    )


def _line(pen: str) -> str:
    return _layer(
        "ArrowLine",
        arrow_width="0.6",
        arrow_start_width="0.6",
        arrow_width_unit="MM",
        arrow_start_width_unit="MM",
        head_length="2.2",
        head_length_unit="MM",
        head_thickness="1.3",
        head_thickness_unit="MM",
        is_curved="0",
    ).replace("</layer>", f"{_symbol('fill', '@0@0', _arrow_fill(pen))}</layer>")


def _arrow_fill(pen: str) -> str:
    return _layer(
        "SimpleFill",
        color=_rgba(FLOW, 230 if pen == "solid" else 70),
        style="solid",
        outline_color=_rgba(FLOW),
        outline_style=pen,
        outline_width="0.2",
        outline_width_unit="MM",
    )


def _marker(shape: str, colour: str, size: str) -> str:
    return _layer(
        "SimpleMarker",
        name=shape,
        color=_rgba(colour),
        size=size,
        size_unit="MM",
        outline_color=_rgba(_INK),
        outline_style="solid",
        outline_width="0.3",
        outline_width_unit="MM",
    )


def _symbol(kind: str, name: str, layer: str) -> str:
    return f'<symbol type="{kind}" name="{name}" alpha="1" clip_to_extent="1" force_rhr="0">{layer}</symbol>'


def _style(kind: str, rules: list[tuple[str, str, str]], order: str = "") -> str:
    """Return a QGIS style of rules (label, filter, symbol layer); what ``order`` puts last is drawn on top."""
    ordered = f'<orderby><orderByClause asc="1" nullsFirst="0">{escape(order)}</orderByClause></orderby>'
    listed = "".join(
        f'<rule key="{{r{number}}}" symbol="{number}" label={quoteattr(label)} filter={quoteattr(where)}/>'
        for number, (label, where, _) in enumerate(rules)
    )
    symbols = "".join(_symbol(kind, str(number), layer) for number, (_, _, layer) in enumerate(rules))
    return (
        '<!DOCTYPE qgis PUBLIC "http://mrcc.com/qgis.dtd" "SYSTEM"><qgis version="3.22" styleCategories="Symbology">'
        f'<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="{int(bool(order))}" forceraster="0">'
        f'<rules key="{{rules}}">{listed}</rules><symbols>{symbols}</symbols>'
        f"{ordered if order else ''}</renderer-v2></qgis>"
    )


QML: dict[str, str] = {
    "clash_zones": _style(
        "fill",
        [
            (
                "official boundary",
                "official AND shape = 'footprint'",
                _fill(ZONE, 190, "solid"),
            ),
            (
                "approximate area",
                "NOT official AND shape IN ('footprint', 'disc')",
                _fill(ZONE, 190, "dash"),
            ),
            ("known no finer than the parish", "shape = 'parish'", _fill(HATCH, 255, "solid", brush="b_diagonal")),
            ("area without exact limits", "shape = 'vague'", _fill(ZONE, 90, "no")),
            ("whole municipality", "shape = 'municipality'", _fill(ZONE, 0, "dash dot", width="0.7")),
            ("adjacent, unnamed", "shape = 'adjacent'", _fill(ZONE, 0, "dot")),
        ],
    ),
    "movements": _style(
        "line",
        [
            ("schematic: not the path walked", "coalesce(people_best, households_best) IS NOT NULL", _line("solid")),
            ("number not known", "coalesce(people_best, households_best) IS NULL", _line("dash")),
        ],
    ),
    "incidents": _style(
        "marker",
        [
            (kind.value, f"event_type = '{kind.value}'", _marker(_EVENT_SHAPES[kind], colour, "3.4"))
            for kind, colour in EVENT_COLOURS.items()
        ],
        _GRAVEST_LAST,
    ),
    "mentions": _style("marker", [("named in a report", "", _marker("circle", QUIET, "1.6"))]),
}
"""QGIS styles by layer."""
