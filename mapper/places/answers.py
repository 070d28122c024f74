"""Judging what an online geocoder answered: which items are the place asked for, and how finely known.

An item must lie in the area and in one of its parishes, bear the name asked for, not contradict itself about
its parish or municipality, be a kind of thing one calls a place, and be small enough to mean something.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping  # noqa: TC003 - the type of module constants
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mapper.model import Place, Precision
from mapper.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapper.places.area import Area

__all__ = ["judge", "kind_before"]

_MIN_SIMILARITY = 85.0
_COARSE_M = 3_000.0
_SETTLEMENT_M, _LEAST_M = 300.0, 100.0
_MAX_NAME = 120
_MAX_ID = 10**15

# OpenStreetMap's key and value -> feature class; "" stands for any other value of the key. What is not here
# (shops, offices, restaurants, house numbers) is too weak a ground for a place a report names.
_CLASSES: Mapping[str, Mapping[str, str]] = {
    "place": dict.fromkeys(("neighbourhood", "quarter", "suburb", "village", "hamlet", "town"), "barrio")
    | {"locality": "sector", "city_block": "sector", "square": "square", "isolated_dwelling": "sector"},
    "boundary": {"administrative": "barrio", "place": "barrio", "national_park": "park", "protected_area": "park"},
    "highway": {"": "street", "motorway": "highway", "trunk": "highway", "motorway_junction": "interchange"},
    "landuse": {"": "area", "residential": "urbanizacion", "cemetery": "cemetery", "military": "military"},
    "amenity": {
        "hospital": "hospital",
        "clinic": "hospital",
        "police": "police",
        "prison": "prison",
        "university": "university",
        "college": "university",
        "marketplace": "market",
        "bus_station": "bus_terminal",
        "townhall": "government",
        "courthouse": "government",
        **dict.fromkeys(("school", "place_of_worship", "theatre", "library", "community_centre"), "building"),
        "fire_station": "building",
        "grave_yard": "cemetery",
        "public_building": "government",
    },
    "leisure": {"park": "park", "garden": "park", "nature_reserve": "park", "stadium": "stadium"}
    | dict.fromkeys(("sports_centre", "pitch", "recreation_ground"), "landmark"),
    "natural": {"": "landmark"},
    "waterway": {"": "landmark"},
    "historic": {"": "landmark"},
    "tourism": dict.fromkeys(("attraction", "museum", "viewpoint", "zoo"), "landmark"),
    "railway": dict.fromkeys(("station", "halt", "stop", "subway_entrance"), "metro_station"),
    "station": {"": "metro_station"},
    "military": {"": "military"},
    "building": {"": "building"},
    "bridge": {"": "bridge"},
    "man_made": {"bridge": "bridge", "tower": "landmark"},
    "tunnel": {"": "tunnel"},
}
_SETTLEMENTS = frozenset({"barrio", "sector", "urbanizacion"})
_ROADS = frozenset({"street", "highway"})
_WIDE = _SETTLEMENTS | _ROADS | {"area", "tunnel"}
# How far a settlement mapped as a single point may reach; the box Nominatim gives to such points is a convention.
_POINT_REACH_M: Mapping[str, float] = {"suburb": 1_000.0, "town": 1_500.0, "village": 600.0, "quarter": 600.0}
_POINT_REACH_OTHER_M = 400.0
# Words that say of what kind a place is, by kind: a name may come without them, but not with those of another kind.
_KIND_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("barrio", "sector", "urbanizacion", "urb", "zona", "caserio", "neighbourhood"), "settlement"),
    **dict.fromkeys(("calle", "avenida", "av", "carretera", "autopista", "street", "avenue", "road"), "road"),
    **dict.fromkeys(("parroquia", "municipio", "parish", "municipality"), "unit"),
    "plaza": "square",
    "square": "square",
    "parque": "park",
    "park": "park",
}
_KIND_OF_CLASS: Mapping[str, str] = {
    **dict.fromkeys(("barrio", "sector", "urbanizacion"), "settlement"),
    "street": "road",
    "highway": "road",
    "parish": "unit",
    "municipality": "unit",
    "square": "square",
    "park": "park",
}
_LINK_WORDS = frozenset({"de", "del", "of"})
_SMALL_WORDS = _LINK_WORDS | {"la", "el", "los", "las"}
_BEFORE_CHARS = 40
_SETTLED_AS = {"barrio": "barrio", "sector": "sector", "urbanizacion": "urbanizacion", "urb": "urbanizacion"}
_UNIT_LEVELS: Mapping[str, set[int]] = {"parroquia": {3}, "parish": {3}, "municipio": {2}, "municipality": {2}}
# Parts of an address that name a parish or municipality.
_UNIT_PARTS = ("suburb", "city_district", "district", "borough", "municipality", "county", "town", "city")


@dataclass(frozen=True, slots=True)
class _Answer:
    """One item in a shape that both services share; ``half_m`` is half its box's diagonal (None: no box)."""

    osm_id: str
    key: str
    value: str
    lon: float
    lat: float
    half_m: float | None
    names: tuple[str, ...]
    parts: tuple[str, ...]


class _Why(StrEnum):
    """Why an item does not hold, as it reads behind a number."""

    MALFORMED = "malformed"
    OUTSIDE = "outside the area"
    NAME = "with another name"
    KIND = "of a kind too weak"
    OTHER_KIND = "of another kind than the report says"
    PARTS = "in another parish than its address says"
    COARSE = "too coarse"


class _RefusedError(Exception):
    """An item does not hold."""

    def __init__(self, why: _Why) -> None:
        super().__init__(why.value)
        self.why = why


def judge(
    items: Sequence[Any], name: str, area: Area, source: str, *, kind: str = ""
) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Return the places among ``items`` that hold as an answer to ``name``, best first, and why others do not.

    With a ``kind`` (see :func:`kind_before`) a place of another kind does not hold.
    Places that lie within one another's uncertainty are one, and so are pieces of one road. Reasons read
    "2 outside the area".
    """
    held: list[tuple[float, Place]] = []
    refused: Counter[str] = Counter()
    for item in items:
        try:
            answer = _read(item)
            likeness, place = _place(answer, name, area, source)
            if kind and kind not in (_kinds(place.name) or {_KIND_OF_CLASS.get(place.feature_class, kind)}):
                raise _RefusedError(_Why.OTHER_KIND)  # noqa: TRY301 - one place counts all reasons
            held.append((likeness, place))
        except _RefusedError as error:
            refused[error.why.value] += 1
    held.sort(key=lambda pair: -pair[0])
    places = []
    for place in _merged(place for _, place in held):
        if (place.uncertainty_m or 0.0) > _COARSE_M and place.precision is Precision.BARRIO:
            refused[_Why.COARSE.value] += 1
        else:
            places.append(place)
    return tuple(places), tuple(f"{count} {reason}" for reason, count in sorted(refused.items()))


def kind_before(text: str, start: int) -> str:
    """Return the kind of place that the words right before a name announce ("calle de La Cruz": road), or ""."""
    words = fold_name(text[max(0, start - _BEFORE_CHARS) : start]).replace(".", "").split()
    while words and words[-1] in _SMALL_WORDS:
        words.pop()
    return _KIND_WORDS.get(words[-1], "") if words else ""


# --- reading ----------------------------------------------------------------------------------------


def _read(item: Any) -> _Answer:
    """Return a raw item of Nominatim or Photon in our shape."""
    try:
        return _photon(item) if "properties" in item else _nominatim(item)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError):
        raise _RefusedError(_Why.MALFORMED) from None


def _nominatim(item: Mapping[str, Any]) -> _Answer:
    box = item.get("boundingbox")
    south, north, west, east = box if box is not None else [None] * 4
    details = item.get("namedetails") or {}
    names = [item.get("name"), _text(item.get("display_name")).split(",")[0], *details.values()]
    address = item.get("address") or {}
    parts = [address[key] for key in _UNIT_PARTS if key in address]
    key = item.get("class", item.get("category"))
    return _answer(item, (key, item["type"]), (item["lon"], item["lat"]), (west, south, east, north), (names, parts))


def _photon(item: Mapping[str, Any]) -> _Answer:
    about = item["properties"]
    extent = about.get("extent")
    west, north, east, south = extent if extent is not None else [None] * 4
    lon, lat = item["geometry"]["coordinates"][:2]
    parts = [about[key] for key in _UNIT_PARTS if key in about]
    kind = (about["osm_key"], about["osm_value"])
    return _answer(about, kind, (lon, lat), (west, south, east, north), ([about.get("name")], parts))


def _answer(
    about: Mapping[str, Any],
    kind: tuple[Any, Any],
    point: tuple[Any, Any],
    box: tuple[Any, Any, Any, Any],
    words: tuple[list[Any], list[Any]],
) -> _Answer:
    lon, lat = (_number(value) for value in point)
    element = _text(about["osm_type"])[:1].lower()
    number = int(_number(about["osm_id"]))
    if element not in {"n", "w", "r"} or not 0 < number < _MAX_ID:
        raise ValueError(number)
    names, parts = (tuple(filter(None, map(_text, found))) for found in words)
    # The box of a point is the service's convention, not data.
    half_m = None if element == "n" or box[0] is None else _half_diagonal(lon, lat, [_number(n) for n in box])
    return _Answer(f"online-osm-{element}{number}", _text(kind[0]), _text(kind[1]), lon, lat, half_m, names, parts)


def _number(value: Any) -> float:
    number = float(value)
    if isinstance(value, bool) or not math.isfinite(number):
        raise ValueError(value)
    return number


def _text(value: Any) -> str:
    """Return text as one printable line of a bounded length; anything else is no text."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value[: 4 * _MAX_NAME]).split())[:_MAX_NAME]


def _half_diagonal(lon: float, lat: float, box: list[float]) -> float:
    """Return half the diagonal of a box in metres; a box that does not hold its own point is malformed."""
    west, south, east, north = box
    slack = 1e-6
    if not (west - slack <= lon <= east + slack and south - slack <= lat <= north + slack):
        raise ValueError(box)
    return _metres((west, south), (east, north)) / 2


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance between two points given as (lon, lat)."""
    from geopy.distance import great_circle

    metres: float = great_circle(one[::-1], other[::-1]).meters
    return metres


# --- judging ----------------------------------------------------------------------------------------


def _place(answer: _Answer, name: str, area: Area, source: str) -> tuple[float, Place]:
    """Return how well an answer's name fits, and its place."""
    units = _units_at(answer.lon, answer.lat, area)
    likeness, title = max(((_likeness(name, own), own) for own in answer.names), default=(0.0, ""), key=lambda p: p[0])
    if likeness < _MIN_SIMILARITY:
        raise _RefusedError(_Why.NAME)
    feature_class = _class_of(answer, title)
    _check_parts(answer, units, area)
    own = next((u for u in units if answer.key == "boundary" and _bare(title) == _bare(u.name)), None)
    floor = _SETTLEMENT_M if feature_class in _SETTLEMENTS else _LEAST_M
    if answer.half_m is None and feature_class in _SETTLEMENTS:
        floor = _POINT_REACH_M.get(answer.value, _POINT_REACH_OTHER_M)
    half_m = round(max(floor, answer.half_m or 0.0))
    if half_m > _COARSE_M and own is None:
        raise _RefusedError(_Why.COARSE)
    parish = next((u for u in units if u.feature_class == "parish"), units[0])
    place = Place(
        place_id=answer.osm_id,
        name=title,
        feature_class=own.feature_class if own else feature_class,
        lon=answer.lon,
        lat=answer.lat,
        uncertainty_m=float(half_m),
        extent_m=float(half_m) if answer.half_m else None,
        parish=parish.name if parish.feature_class == "parish" else "",
        parish_pcode=parish.parish_pcode,
        municipality=parish.municipality,
        precision=own.precision if own else Precision.BARRIO if feature_class in _WIDE else Precision.POINT,
        source=source,
        confidence="online",
    )
    if own is not None and own.feature_class == "municipality":
        place = replace(place, parish="", parish_pcode="")
    return likeness, place


def _units_at(lon: float, lat: float, area: Area) -> list[Place]:
    """Return the parish and municipality a point of the area lies in (more, on a shared edge), finest first."""
    west, south, east, north = area.bbox
    if not (west <= lon <= east and south <= lat <= north):
        raise _RefusedError(_Why.OUTSIDE)
    import shapely

    frame = area.boundaries
    rows = frame[frame.intersects(shapely.Point(lon, lat))].sort_values(["level", "pcode"], ascending=[False, True])
    units = [area.places[row.place_id] for row in rows.itertuples() if row.level > 1]
    if not units or not any(unit.in_area for unit in units):
        raise _RefusedError(_Why.OUTSIDE)
    return units


def _class_of(answer: _Answer, title: str) -> str:
    values = _CLASSES.get(answer.key, {})
    feature_class = values.get(answer.value, values.get("", ""))
    if not feature_class:
        raise _RefusedError(_Why.KIND)
    if feature_class in _SETTLEMENTS:
        first = fold_name(title).replace(".", "").split(" ")[0]
        return _SETTLED_AS.get(first, feature_class)
    return feature_class


def _check_parts(answer: _Answer, units: Iterable[Place], area: Area) -> None:
    """Refuse an answer whose address names another parish or municipality than the one it lies in."""
    here = {unit.place_id for unit in units}
    known = [row for row in area.boundaries.itertuples() if row.level > 1]
    for part in answer.parts:
        levels = next((ls for word, ls in _UNIT_LEVELS.items() if word in fold_name(part).split()), {2, 3})
        named = {row.place_id for row in known if row.level in levels and _bare(row.name) == _bare(part)}
        if named and not named & here:
            raise _RefusedError(_Why.PARTS)


def _bare(name: str) -> str:
    """Return a folded name without the words that only say of what kind it is."""
    words = fold_name(name).replace(".", " ").split()
    return " ".join(word for word in words if word not in _KIND_WORDS and word not in _LINK_WORDS) or " ".join(words)


def _kinds(name: str) -> set[str]:
    return {_KIND_WORDS[word] for word in fold_name(name).replace(".", " ").split() if word in _KIND_WORDS}


def _likeness(asked: str, own: str) -> float:
    """Return how alike two names are, 0 to 100; numbers and single letters must be the same."""
    from rapidfuzz import fuzz

    def telling(name: str) -> list[str]:
        return sorted(word for word in _bare(name).split() if len(word) == 1 or any(c.isdigit() for c in word))

    kinds, own_kinds = _kinds(asked), _kinds(own)
    if telling(asked) != telling(own) or (kinds and own_kinds and not kinds & own_kinds):
        return 0.0
    whole: float = fuzz.ratio(fold_name(asked), fold_name(own))
    # "Barrio La Cruz" and "La Cruz" are one name, the very same name being the better answer.
    core: float = fuzz.ratio(_bare(asked), _bare(own)) - 1.0
    return max(whole, core)


def _merged(places: Iterable[Place]) -> Iterator[Place]:
    """Return places apart from one another; the better one stands for those around it."""
    kept: list[Place] = []
    for place in places:
        for position, other in enumerate(kept):
            away_m = _metres((other.lon or 0.0, other.lat or 0.0), (place.lon or 0.0, place.lat or 0.0))
            reach_m = other.uncertainty_m or 0.0, place.uncertainty_m or 0.0
            if _one_road(place, other) and away_m <= sum(reach_m):
                length_m = max(reach_m[0], away_m + reach_m[1])
                kept[position] = replace(other, uncertainty_m=round(length_m), extent_m=round(length_m))
                break
            if away_m <= max(reach_m):
                break
        else:
            kept.append(place)
    return iter(kept)


def _one_road(place: Place, other: Place) -> bool:
    same = {place.feature_class, other.feature_class} <= _ROADS
    return same and fold_name(place.name) == fold_name(other.name)
