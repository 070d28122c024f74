"""KML for viewers of the globe: a folder a layer, with spans of time, in the map's colours.

Viewers take names and descriptions for HTML, so their text is escaped once more: a report can draw nothing
there. The columns stand as they are in the extended data. Reports and claims are no things on a map; a
placemark names its sources, and what is told without a place is a placemark without a point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from mapper.export.names import file_name
from mapper.export.schema import GEOMETRY, SCHEMA
from mapper.export.styles import CLASH, EVENT_COLOURS, FLOW, QUIET, ZONE
from mapper.export.values import plain_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from mapper.export.about import About

__all__ = ["write_kml"]

_TYPES = {"integer": "int", "number": "double", "flag": "bool"}
_DESCRIBED = {
    "incidents": ("event_type", "sub_event_type", "killed_best", "injured_best", "toll_scope"),
    "movements": ("kind", "people_best", "households_best", "count_scope"),
    "clash_zones": ("shape", "n_incidents"),
    "mentions": ("role", "status"),
}
_COARSE = {"parish", "municipality", "vague"}  # a pin would claim more than is known, so its name says so
_DESCRIBED_ALWAYS = ("assertion", "precision", "uncertainty_m", "sources", "evidence", "review", "level")


def write_kml(tables: dict[str, pd.DataFrame], about: About) -> dict[str, bytes]:
    """Return the file by its name."""
    schemas = "".join(_schema(name) for name in GEOMETRY)
    folders = "".join(_folder(name, tables[name]) for name in GEOMETRY)
    facts = "".join(f'<Data name="{key}"><value>{escape(value)}</value></Data>' for key, value in about.facts.items())
    head = f"<name>{escape(about.stem)} ({about.level.value})</name><description>{_shown(about.summary)}</description>"
    document = f"{head}{_styles()}<ExtendedData>{facts}</ExtendedData>{schemas}{folders}"
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document id="mapper">{document}</Document></kml>\n'
    )
    return {file_name(about.stem, about, "kml"): content.encode()}


def _shown(text: str) -> str:
    """Return text that a viewer shows as text: escaped for its HTML, then for the XML."""
    return escape(escape(text))


def _schema(name: str) -> str:
    fields = (
        f'<SimpleField name="{column.name}" type="{_TYPES.get(column.type, "string")}"></SimpleField>'
        for column in SCHEMA[name]
    )
    return f'<Schema name="{name}" id="{name}">{"".join(fields)}</Schema>\n'


def _styles() -> str:
    events = "".join(
        f'<Style id="{kind.name}"><IconStyle><color>{_abgr(colour)}</color><scale>0.8</scale></IconStyle></Style>'
        for kind, colour in EVENT_COLOURS.items()
    )
    zones = "".join(
        f'<Style id="{shape}"><LineStyle><color>{_abgr(CLASH)}</color><width>2</width></LineStyle>'
        f"<PolyStyle><color>{_abgr(ZONE, alpha)}</color><fill>{int(alpha != '00')}</fill></PolyStyle></Style>"
        for shape, alpha in _FILLS.items()
    )
    line = f"<LineStyle><color>{_abgr(FLOW)}</color><width>3</width></LineStyle>"
    icon = f"<IconStyle><color>{_abgr(QUIET)}</color><scale>0.5</scale></IconStyle>"
    return f'{events}{zones}<Style id="movements">{line}</Style><Style id="mentions">{icon}</Style>\n'


# How solid a zone is: what is known vaguely is paler, and what is only said to lie around is no area at all.
_FILLS = {"footprint": "a0", "disc": "a0", "parish": "40", "vague": "50", "municipality": "00", "adjacent": "00"}
_STYLE_OF = {kind.value: kind.name for kind in EVENT_COLOURS}


def _abgr(colour: str, alpha: str = "ff") -> str:
    """Return a colour as KML writes it: alpha, blue, green, red."""
    return f"{alpha}{colour[5:7]}{colour[3:5]}{colour[1:3]}"


def _folder(name: str, frame: pd.DataFrame) -> str:
    columns = [column.name for column in SCHEMA[name]]
    rows = (dict(zip(columns, values, strict=True)) for values in plain_rows(frame))
    placemarks = "".join(
        _placemark(name, row, shape) for row, shape in zip(rows, frame["geometry"].to_numpy(), strict=True)
    )
    return f"<Folder><name>{name}</name>\n{placemarks}</Folder>\n"


def _placemark(name: str, row: dict[str, Any], shape: Any) -> str:
    told = ((column, row.get(column)) for column in (*_DESCRIBED[name], *_DESCRIBED_ALWAYS))
    described = "\n".join(f"{column}: {value}" for column, value in told if value not in {None, ""})
    values = "".join(
        f'<SimpleData name="{column}">{escape(_value(value))}</SimpleData>'
        for column, value in row.items()
        if value not in {None, ""}
    )
    style = {"incidents": _STYLE_OF.get(row.get("event_type", "")), "clash_zones": row.get("shape")}.get(name, name)
    return (
        f"<Placemark><name>{_shown(_name(name, row))}</name>"
        f"{'<visibility>0</visibility>' if name == 'mentions' else ''}"
        f"<description>{_shown(described)}</description>{_span(row)}<styleUrl>#{style}</styleUrl>"
        f'<ExtendedData><SchemaData schemaUrl="#{name}">{values}</SchemaData></ExtendedData>'
        f"{'' if shape is None else ''.join(_geometry(shape))}</Placemark>\n"
    )


def _name(name: str, row: dict[str, Any]) -> str:
    if name == "movements":
        if row["origin_place_id"] and row["origin_place_id"] == row["destination_place_id"]:
            return f"within {row['origin_place']}"
        return f"{row['origin_place'] or '?'} → {row['destination_place'] or '?'}"
    if name == "incidents":
        roughly = f" ({row['precision']})" if row["precision"] in _COARSE else ""
        return f"{row['sub_event_type']}, {row['place'] or '?'}{roughly}"
    return str(row["text"] if name == "mentions" else row["place"])


def _value(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _span(row: dict[str, Any]) -> str:
    start, end = row.get("date_start"), row.get("date_end")
    begins, ends = f"<begin>{start}</begin>" if start else "", f"<end>{end}</end>" if end else ""
    return f"<TimeSpan>{begins}{ends}</TimeSpan>" if start or end else ""


def _geometry(shape: Any) -> Iterator[str]:
    if shape.geom_type == "MultiPolygon":
        yield "<MultiGeometry>"
        for part in shape.geoms:
            yield f"<Polygon><outerBoundaryIs>{_ring(part.exterior)}</outerBoundaryIs>"
            yield from (f"<innerBoundaryIs>{_ring(hole)}</innerBoundaryIs>" for hole in part.interiors)
            yield "</Polygon>"
        yield "</MultiGeometry>"
    else:
        yield f"<{shape.geom_type}>{_coordinates(shape)}</{shape.geom_type}>"


def _ring(ring: Any) -> str:
    return f"<LinearRing>{_coordinates(ring)}</LinearRing>"


def _coordinates(shape: Any) -> str:
    return f"<coordinates>{' '.join(f'{lon},{lat}' for lon, lat in shape.coords)}</coordinates>"
