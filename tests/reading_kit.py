"""A handful of names to read with: tests of recognition and events need no area pack."""

from __future__ import annotations

import datetime as dt

from mapper.model import Guard, Mention, NameRecord, Place, Precision, Report, Status
from mapper.reading import Reader

PLACES = {
    place.place_id: place
    for place in (
        Place("cota-905", "Cota 905", "barrio", -66.925, 10.482, 300, 600, "Santa Rosalía", "VE010119", "Libertador"),
        Place("el-cementerio", "El Cementerio", "sector", -66.915, 10.478, 300, 600, "Santa Rosalía", "VE010119", "Libertador"),
        Place("el-rosal", "El Rosal", "urbanizacion", -66.86, 10.491, 200, 400, "Chacao", "VE150701", "Chacao"),
        Place("la-vega", "La Vega", "parish", -66.95, 10.47, 2000, 2000, "La Vega", "VE010112", "Libertador"),
        Place("el-valle", "El Valle", "parish", -66.90, 10.46, 2000, 2000, "El Valle", "VE010110", "Libertador"),
        Place("la-pastora", "La Pastora", "parish", -66.92, 10.52, 2000, 2000, "La Pastora", "VE010111", "Libertador"),
        Place("23-de-enero", "23 de Enero", "parish", -66.93, 10.51, 2000, 2000, "23 de Enero", "VE010101", "Libertador"),
        Place("avenida-sucre", "Avenida Sucre", "street", -66.94, 10.515, 500, 900, "Sucre", "VE010121", "Libertador"),
        Place("avenida-baralt", "Avenida Baralt", "street", -66.916, 10.503, 500, 900, "Catedral", "VE010105", "Libertador"),
        Place("plaza-bolivar", "Plaza Bolívar", "square", -66.9146, 10.5061, 80, 80, "Catedral", "VE010105", "Libertador"),
        Place("perez-carreno", "Hospital Pérez Carreño", "hospital", -66.95, 10.48, 100, 100, "La Vega", "VE010112", "Libertador"),
        Place("miranda", "Miranda", "state", None, None, in_area=False),
        Place("sucre-state", "Sucre", "state", None, None, in_area=False),
        Place("washington", "Washington", "city", -77.0, 38.9, in_area=False),
        Place("caracas", "Caracas", "city", -66.88, 10.488, 12000, 12000, precision=Precision.MUNICIPALITY),
        Place("libertador", "Libertador", "municipality", -66.93, 10.49, 9000, 9000, "", "", "Libertador", precision=Precision.MUNICIPALITY),
        Place("downtown", "Centro de Caracas", "vague", -66.912, 10.504, 1500, 1500, precision=Precision.VAGUE),
    )
}  # fmt: skip

_MORE_NAMES = (
    ("Pérez Carreño", "perez-carreno"),
    ("Sucre", "avenida-sucre"),
    ("downtown plazas", "downtown"),
    ("centro de la ciudad", "downtown"),
)
_GUARDS = (
    Guard("The Washington Post", "outlet"),
    Guard("Deportivo La Vega", "team"),
    Guard("23 de enero", "date"),
)


def reader() -> Reader:
    """Return a reader that knows the kit's places."""
    records = [
        NameRecord(place.name, place.place_id, place.feature_class, in_area=place.in_area) for place in PLACES.values()
    ]
    records += [NameRecord(name, key, PLACES[key].feature_class) for name, key in _MORE_NAMES if name != "Sucre"]
    return Reader(records, _GUARDS)


def report(text: str, language: str = "en", published: str = "2021-07-11") -> Report:
    """Return a report with this text."""
    return Report("r", text, language=language, published=dt.date.fromisoformat(published))


def as_mentions(reading) -> tuple[Mention, ...]:
    """Resolve a reading the simplest way: each name means its first place."""
    mentions = []
    for toponym in reading.toponyms:
        place = PLACES[toponym.place_ids[0]] if toponym.place_ids else None
        status = Status.NOT_FOUND if place is None else Status.RESOLVED if place.in_area else Status.OUTSIDE_AREA
        sensitive = any(span.overlaps(toponym.span) for span in reading.sensitive)
        mentions.append(Mention(toponym.start, toponym.end, toponym.text, status, place, sensitive=sensitive))
    return tuple(mentions)
