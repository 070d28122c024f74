"""Places of the area compiler: curated lists, hand-kept additions, postal zones, administrative units.

A point lies in the parish whose polygon holds it; the parishes a source names are accepted alternatives.
Where the two compilations disagree or name no point, the place is known by its parish only.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import shapely
from area_io import Row, key, slug, without_brackets
from area_names import Names, spelled, split_generic
from area_shapes import MUNICIPALITY, PARISH

if TYPE_CHECKING:
    from area_shapes import Metric, Unit

FEATURE_CODES = {
    "area": "L.RGN",
    "barrio": "P.PPLX",
    "bridge": "S.BDG",
    "building": "S.BLDG",
    "bus_terminal": "S.BUSTN",
    "cemetery": "S.CMTY",
    "city": "P.PPL",
    "continent": "L.CONT",
    "corner": "R.RDJCT",
    "country": "A.PCLI",
    "government": "S.GOVL",
    "highway": "R.RD",
    "hospital": "S.HSP",
    "interchange": "R.RDJCT",
    "landmark": "L.LCTY",
    "mall": "S.MALL",
    "market": "S.MKT",
    "metro_station": "S.MTRO",
    "military": "S.INSM",
    "municipality": "A.ADM2",
    "parish": "A.ADM3",
    "park": "L.PRK",
    "police": "S.PP",
    "prison": "S.PRN",
    "sector": "P.PPLX",
    "square": "S.SQR",
    "stadium": "S.STDM",
    "state": "A.ADM1",
    "street": "R.ST",
    "tunnel": "R.TNL",
    "university": "S.UNIV",
    "urbanizacion": "P.PPLX",
    "vague": "L.AREA",
}
# The curated list names no country; all its places are Venezuelan but these.
ABROAD = {
    "Arauquita (Colombia)": "CO",
    "Bogotá": "CO",
    "Cúcuta": "CO",
    "Madrid": "ES",
    "Medellín": "CO",
    "Miami": "US",
    "Washington": "US",
    "Caribe": "",
    "Océano Atlántico": "",
}
HOME = "VE"
SETTLEMENTS = {"barrio", "sector", "urbanizacion", "parish"}
# Classes whose bare names a postal zone may repeat.
ALTERNATIVE_CLASSES = SETTLEMENTS
POINT_MAX_UNCERTAINTY_M = 400
# A place and a postal zone of the same name in the next parish are one place if the parish begins this near.
SAME_PLACE_M = 500
POSTAL_CLASSES = {
    "barrio": "barrio",
    "sector": "sector",
    "urbanizacion": "urbanizacion",
    "calle": "street",
    "callejon": "street",
    "avenida": "street",
    "boulevard": "street",
    "paseo": "street",
    "carretera": "street",
    "plaza": "square",
    "parque": "park",
    "universidad": "university",
    "esquina": "corner",
    "hospital": "hospital",
    "residencias": "building",
}
POSTAL_PARISHES = {"baruta": "Nuestra Señora del Rosario de Baruta", "fila de mariches": "Filas de Mariches"}
# Postal zones whose bare name sounds like a place even without "barrio": the first word says so.
TELLING_WORDS = frozenset(
    (
        "alto",
        "altos",
        "barrancas",
        "bloques",
        "boca",
        "brisas",
        "campo",
        "canada",
        "casco",
        "cerro",
        "ciudad",
        "colinas",
        "cumbres",
        "el",
        "hoyo",
        "jardines",
        "la",
        "las",
        "loma",
        "lomas",
        "los",
        "monte",
        "nueva",
        "nuevo",
        "ojo",
        "palo",
        "parque",
        "plan",
        "prado",
        "prados",
        "quebrada",
        "san",
        "santa",
        "santo",
        "terrazas",
        "ud",
        "valle",
        "villa",
        "vista",
        "vuelta",
    )
)


@dataclass
class Entry:
    """A place under construction, with its names."""

    place_id: str
    name: str
    feature_class: str
    names: Names
    lon: float | None = None
    lat: float | None = None
    uncertainty_m: float | None = None
    extent_m: float | None = None
    precision: str = "barrio"
    parish: str = ""
    alternatives: list[str] = field(default_factory=list)
    in_area: bool = True
    country: str = HOME
    source: str = ""
    confidence: str = ""

    def row(self) -> dict[str, Any]:
        """Return the row of places.csv."""
        return {
            "place_id": self.place_id,
            "name": self.name,
            "feature_class": self.feature_class,
            "feature_code": FEATURE_CODES[self.feature_class],
            "lon": self.lon,
            "lat": self.lat,
            "uncertainty_m": None if self.uncertainty_m is None else round(self.uncertainty_m),
            "extent_m": None if self.extent_m is None else round(self.extent_m),
            "precision": self.precision,
            "parish_pcode": self.parish,
            "alternative_pcodes": "|".join(self.alternatives),
            "in_area": str(self.in_area).lower(),
            "country": self.country,
            "source": self.source,
            "confidence": self.confidence,
        }


class Parishes:
    """Parish polygons by P-code: which holds a point, how far is one away."""

    def __init__(self, units: list[Unit], metric: Metric, inside: list[str]) -> None:
        self.units = {unit.pcode: unit for unit in units if unit.level == PARISH}
        self.metric = metric
        self.inside = set(inside)
        self._metric = {pcode: metric.project(unit.geometry) for pcode, unit in self.units.items()}
        self._by_name = {(key(u.name), u.parent_pcode): p for p, u in self.units.items()}
        self._municipality = {key(u.name): u.pcode for u in units if u.level == MUNICIPALITY}

    def named(self, parish: str, municipality: str) -> str:
        """Return the P-code of a parish by its name (and its municipality's, where one is given)."""
        name = key(POSTAL_PARISHES.get(key(parish), parish))
        wanted = self._municipality.get(key(municipality), "")
        codes = [code for (n, parent), code in sorted(self._by_name.items()) if n == name]
        return next((code for code in codes if code.startswith(wanted)), codes[0] if codes else "")

    def at(self, lon: float, lat: float) -> str:
        """Return the P-code of the parish that holds a point, or ""."""
        point = shapely.Point(lon, lat)
        return next((p for p in sorted(self.units) if self.units[p].geometry.intersects(point)), "")

    def away_m(self, pcode: str, lon: float, lat: float) -> float:
        """Return the distance from a point to a parish in metres."""
        return float(self._metric[pcode].distance(self.metric.project(shapely.Point(lon, lat))))

    def is_inside(self, pcode: str) -> bool:
        """Tell whether a parish belongs to the area."""
        return pcode[:6] in self.inside


def label(name: str, feature_class: str) -> str:
    """Return the display name: "Altamira (metro)" -> "Estación Altamira"."""
    if feature_class == "metro_station" and name.endswith("(metro)"):
        return f"Estación {without_brackets(name)}"
    return name


def from_list(row: Row, parishes: Parishes, source: str, postal: set[tuple[str, str]]) -> Entry:
    """Return the place of one row of a curated list."""
    feature_class, name = row["feature_class"], label(row["name"], row["feature_class"])
    aliases = [alias for alias in row["aliases"].split("|") if alias]
    if row["name"] != name:
        aliases.append(without_brackets(row["name"]))
    entry = Entry("", name, feature_class, spelled(row["name"], aliases, feature_class), source=source)
    if row["name"].endswith("(metro)"):
        entry.names.add(name, "es", "official")
    listed = [parishes.named(p, row.get("municipality", "")) for p in row["parish"].split("|") if p]
    listed = [pcode for pcode in dict.fromkeys(listed) if pcode]
    entry.in_area, entry.country = row["in_area"] == "True", ABROAD.get(row["name"], HOME)
    entry.confidence = row.get("confidence") or ("medium" if row["lat"] else "parish")
    entry.extent_m = float(row["extent_m"]) if row["extent_m"] else None
    parish_only = not row["lat"] or "parish-precision" in row.get("note", "")
    if parish_only and listed and entry.in_area:
        core = key(split_generic(name)[1])
        backed = [pcode for pcode in listed if (core, pcode) in postal]
        _by_parish(entry, (backed or listed)[0], listed, parishes)
        return entry
    if row["lat"]:
        entry.lon, entry.lat = float(row["lon"]), float(row["lat"])
        entry.uncertainty_m = float(row["uncertainty_m"])
        at = parishes.at(entry.lon, entry.lat)
        if entry.in_area and (not at or not parishes.is_inside(at)):
            at = next((pcode for pcode in listed if parishes.is_inside(pcode)), at)
        entry.parish = at or (listed[0] if listed else "")
        if entry.parish and parishes.away_m(entry.parish, entry.lon, entry.lat) > entry.uncertainty_m:
            sys.exit(f"{name}: the point lies outside its parish by more than its uncertainty")
    elif listed:
        entry.parish, entry.precision = listed[0], "parish"
    entry.alternatives = [pcode for pcode in listed if pcode != entry.parish]
    if entry.precision != "parish":
        entry.precision = precision(entry)
    return entry


def precision(entry: Entry) -> str:
    """Return how finely a place with a point is located."""
    if entry.feature_class in {"city", "state", "country", "area", "continent"}:
        return "municipality"
    if entry.feature_class in SETTLEMENTS or (entry.uncertainty_m or 0) > POINT_MAX_UNCERTAINTY_M:
        return "barrio"
    return "barrio" if entry.feature_class in {"street", "highway"} else "point"


def _by_parish(entry: Entry, pcode: str, listed: list[str], parishes: Parishes) -> None:
    """Make ``entry`` a place known by its parish: no point of its own, the reader fills in the parish's."""
    entry.parish, entry.precision, entry.confidence = pcode, "parish", "parish"
    entry.alternatives = [other for other in listed if other != pcode]
    entry.in_area = parishes.is_inside(pcode)


def from_postal(row: Row, pcode: str, parishes: Parishes) -> Entry:
    """Return the place of one postal zone: a name and a parish, no point."""
    generic, rest = split_generic(row["name"])
    feature_class = POSTAL_CLASSES.get(generic, "sector")
    names = spelled(row["name"], [], feature_class)
    first = key(rest).split()[0] if key(rest) else ""
    if feature_class in SETTLEMENTS and generic and first in TELLING_WORDS and len(key(rest).split()) > 1:
        names.add(rest)
    shown = rest if generic in {"barrio", "sector", "urbanizacion"} else row["name"]
    entry = Entry("", shown, feature_class, names, source="ipostel")
    _by_parish(entry, pcode, [pcode], parishes)
    return entry


def same_place(entry: Entry, pcode: str, parishes: Parishes) -> bool:
    """Tell whether a postal zone of the same name in parish ``pcode`` is ``entry`` itself."""
    if pcode in {entry.parish, *entry.alternatives}:
        return True
    if entry.lon is None or entry.lat is None:
        return False
    reach = (entry.uncertainty_m or 0) + (entry.extent_m or 0) + SAME_PLACE_M
    return parishes.away_m(pcode, entry.lon, entry.lat) <= reach


def number(entries: list[Entry], parishes: Parishes) -> None:
    """Give every place without an id a stable one: its slug, on collision with the parish, then the class."""
    taken = {entry.place_id for entry in entries if entry.place_id}
    for entry in entries:
        if entry.place_id:
            continue
        parish = slug(parishes.units[entry.parish].name) if entry.parish else ""
        base = slug(entry.name)
        options = [base, f"{base}-{parish}", f"{base}-{entry.feature_class}", f"{base}-{parish}-{entry.feature_class}"]
        options += [f"{base}-{parish}-{n}" for n in range(2, 9)]
        entry.place_id = next(option for option in options if option.strip("-") not in taken).strip("-")
        taken.add(entry.place_id)
