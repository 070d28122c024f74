"""The area pack: one city's places, names and boundaries, read and checked.

A pack is a folder (see docs/area-pack.md). An editable install reads ``data/areas`` of the checkout, an
installed wheel the copy bundled with it.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mapper.errors import AreaError
from mapper.model import AdminUnit
from mapper.places.faults import Faults
from mapper.places.pack import PackReader
from mapper.places.validate import check_geometry
from mapper.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    import geopandas as gpd

    from mapper.model import Guard, NameRecord, Place

__all__ = ["Area", "load_area"]

SCHEMA_VERSION = 1
_BBOX_NUMBERS = 4
_FILES = ("area.toml", "boundaries.geojson", "footprints.geojson", "guards.csv", "names.csv", "places.csv")


@dataclass(frozen=True, eq=False)
class Area:
    """One city: its places, their names, and the boundaries they lie in.

    ``bbox`` is (west, south, east, north) in degrees, ``metric_crs`` the projection for metres,
    ``home_country`` the place id of the country and ``home_stems`` stems of words that speak of it.
    ``within`` maps a place id to the ids of what it lies in (parish and accepted alternatives,
    municipality, state, country). ``boundaries_edition`` says what the boundaries and their P-codes are
    taken from, ``country`` how other data sets call the country, ``fingerprint`` is the SHA-256 over the
    pack's files.
    """

    id: str
    names: Mapping[str, str]
    languages: tuple[str, ...]
    timezone: str
    bbox: tuple[float, float, float, float]
    metric_crs: str
    home_country: str
    home_stems: tuple[str, ...]
    places: Mapping[str, Place]
    name_records: tuple[NameRecord, ...]
    guards: tuple[Guard, ...]
    within: Mapping[str, tuple[str, ...]]
    attributions: tuple[str, ...]
    boundaries_edition: str
    country: Mapping[str, Any]
    fingerprint: str
    folder: Traversable = field(repr=False)

    @cached_property
    def kinds_by_name(self) -> Mapping[str, Mapping[str, str]]:
        """Folded name -> place id -> kind of that name (official, alias, english, old, misspelling)."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for record in self.name_records:
            found[fold_name(record.name)].setdefault(record.place_id, record.kind)
        return MappingProxyType(found)

    def ids_named(self, name: str) -> tuple[str, ...]:
        """Return the ids of the places that bear ``name``; case and accents do not matter."""
        return tuple(self.kinds_by_name.get(fold_name(name), ()))

    @cached_property
    def boundaries(self) -> gpd.GeoDataFrame:
        """Administrative polygons: pcode, name, level (1-3), parent_pcode, place_id; EPSG:4326."""
        return self._frame("boundaries.geojson", ["pcode", "name", "level", "parent_pcode", "place_id"])

    @cached_property
    def inside_bounds(self) -> tuple[float, float, float, float]:
        """Bounds of the units that make up the area: west, south, east, north in degrees; ``bbox`` holds more."""
        inside = [place_id in self.places and self.places[place_id].in_area for place_id in self.boundaries["place_id"]]
        if not any(inside):
            return self.bbox
        west, south, east, north = map(float, self.boundaries[inside].total_bounds)
        return west, south, east, north

    @cached_property
    def footprints(self) -> gpd.GeoDataFrame:
        """Outlines of barrios and sectors: place_id, name, official, uncertainty_m (metres); EPSG:4326."""
        return self._frame("footprints.geojson", ["place_id", "name", "official", "uncertainty_m"])

    @cached_property
    def lines(self) -> gpd.GeoDataFrame:
        """Centre lines of avenues: place_id, name, official, uncertainty_m (metres); EPSG:4326."""
        return self._frame("lines.geojson", ["place_id", "name", "official", "uncertainty_m"])

    @cached_property
    def units(self) -> tuple[AdminUnit, ...]:
        """The parishes, municipalities and states, by P-code."""
        columns = (self.boundaries[name] for name in ("pcode", "name", "level", "parent_pcode", "place_id"))
        drawn = [AdminUnit(*values) for values in zip(*columns, strict=True)]
        names = self.country.get("states", {})
        states = [AdminUnit(pcode, name, 1, "", "") for pcode, name in names.items()]
        return tuple({unit.pcode: unit for unit in sorted([*states, *drawn], key=lambda unit: unit.pcode)}.values())

    def parish_of(self, place: Place) -> Place:
        """Return the parish ``place`` lies in, or the place itself where none is known."""
        return self._parishes.get(place.parish_pcode, place)

    @cached_property
    def _parishes(self) -> Mapping[str, Place]:
        return {unit.parish_pcode: unit for unit in self.places.values() if unit.feature_class == "parish"}

    def municipality_of(self, place: Place) -> Place:
        """Return the municipality ``place`` lies in, or the place itself where none is known.

        A place that is not the pack's own (one found online) has no record of what it lies in, but a name for it.
        """
        holding = (self.places[place_id] for place_id in self.within.get(place.place_id, ()))
        units = (unit for unit in holding if unit.feature_class == "municipality")
        return next(units, None) or self._municipalities.get(place.municipality, place)

    @cached_property
    def _municipalities(self) -> Mapping[str, Place]:
        units = [one for one in self.places.values() if one.in_area and one.feature_class == "municipality"]
        return {unit.name: unit for unit in reversed(units)}  # of one name, the first

    def _frame(self, file: str, columns: list[str]) -> gpd.GeoDataFrame:
        import geopandas as gpd

        entry = self.folder.joinpath(file)
        features = json.loads(entry.read_text(encoding="utf-8"))["features"] if entry.is_file() else []
        if not features:
            return gpd.GeoDataFrame({column: [] for column in columns}, geometry=[], crs="EPSG:4326")
        return gpd.GeoDataFrame.from_features(features, columns=["geometry", *columns], crs="EPSG:4326")


def load_area(name_or_path: str | Path = "caracas") -> Area:
    """Load an area pack and check it.

    Parameters
    ----------
    name_or_path
        Name of a bundled area, or the path of a pack's folder.

    Raises
    ------
    AreaError
        If there is no such area, or with every fault of the pack at once.
    """
    folder = _find(name_or_path)
    faults = Faults(folder.name)
    head = _read_head(folder, faults)
    bbox, inside = _check_head(head, faults)
    reader = PackReader(folder, str(head.get("home_country", "")), faults)
    context = sorted(e.name for e in folder.iterdir() if e.name.startswith("context_") and e.name.endswith(".csv"))
    reader.read_context(context)
    reader.read_units(frozenset(inside))
    reader.read_places()
    reader.read_names()
    reader.read_guards()
    check_geometry(reader, bbox, faults)
    faults.raise_if_any()
    return Area(
        id=head["id"],
        names=MappingProxyType(dict(head["names"])),
        languages=tuple(head["languages"]),
        timezone=head["timezone"],
        bbox=bbox,
        metric_crs=head["metric_crs"],
        home_country=f"country-{head['home_country'].lower()}",
        home_stems=tuple(head.get("home_stems", ())),
        places=MappingProxyType(reader.places),
        name_records=tuple(reader.names),
        guards=tuple(reader.guards),
        within=MappingProxyType(reader.within),
        attributions=_attributions(head),
        boundaries_edition=str(head.get("boundaries_edition", "")),
        country=MappingProxyType(dict(head.get("country", {}))),
        fingerprint=_fingerprint(folder, [*_FILES, "lines.geojson", "landmarks.csv", *context]),
        folder=folder,
    )


def _find(name_or_path: str | Path) -> Traversable:
    """Return the folder of an area: a path that exists, else the name of a bundled or checked-out pack."""
    path = Path(name_or_path)
    if path.joinpath("area.toml").is_file():
        return path
    homes = [resources.files("mapper").joinpath("_data", "areas"), Path(__file__).parents[2] / "data" / "areas"]
    known: dict[str, Traversable] = {}
    for home in reversed([home for home in homes if home.is_dir()]):
        known |= {entry.name: entry for entry in home.iterdir() if entry.joinpath("area.toml").is_file()}
    if str(name_or_path) in known:
        return known[str(name_or_path)]
    raise AreaError("area-unknown", area=name_or_path, known=", ".join(sorted(known)) or "-")


def _read_head(folder: Traversable, faults: Faults) -> dict[str, Any]:
    """Return area.toml, {} with a fault noted where it cannot be read."""
    try:
        return tomllib.loads(folder.joinpath("area.toml").read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.add("area-file-unreadable", file="area.toml", expected="TOML", problem=error)
        return {}


def _check_head(head: dict[str, Any], faults: Faults) -> tuple[tuple[float, float, float, float], list[str]]:
    """Check area.toml and return its bbox and the P-codes of the municipalities inside."""
    expected: dict[str, tuple[type, str]] = {
        "id": (str, "a short name"),
        "timezone": (str, "an IANA time zone such as America/Caracas"),
        "metric_crs": (str, "a projection in metres such as EPSG:32619"),
        "home_country": (str, "an ISO country code"),
        "languages": (list, "a list of languages"),
        "names": (dict, "a table of names by language"),
        "bbox": (list, "west, south, east, north in degrees"),
        "inside": (list, "a list of municipality P-codes"),
    }
    for key, (kind, sentence) in expected.items():
        if not isinstance(head.get(key), kind) or not head[key]:
            faults.add("area-key", file="area.toml", key=key, got=repr(head.get(key)), expected=sentence)
    if head.get("schema_version") != SCHEMA_VERSION:
        got = repr(head.get("schema_version"))
        faults.add("area-key", file="area.toml", key="schema_version", got=got, expected=SCHEMA_VERSION)
    if isinstance(head.get("metric_crs"), str) and not re.fullmatch(r"EPSG:\d+", head["metric_crs"]):
        faults.add("area-key", file="area.toml", key="metric_crs", got=head["metric_crs"], expected="EPSG:<number>")
    bbox = head.get("bbox")
    numbers = [float(n) for n in bbox if isinstance(n, int | float)] if isinstance(bbox, list) else []
    if len(numbers) != _BBOX_NUMBERS or numbers[0] >= numbers[2] or numbers[1] >= numbers[3]:
        faults.add("area-key", file="area.toml", key="bbox", got=repr(bbox), expected=expected["bbox"][1])
        numbers = [-180.0, -90.0, 180.0, 90.0]
    inside = head.get("inside")
    return (numbers[0], numbers[1], numbers[2], numbers[3]), inside if isinstance(inside, list) else []


def _attributions(head: dict[str, Any]) -> tuple[str, ...]:
    """Return one line of plain text a source: who and under which licence."""
    lines = [f"{s['attribution']} ({s['licence']})" for s in head.get("sources", [])]
    return tuple(dict.fromkeys(lines))


def _fingerprint(folder: Traversable, files: list[str]) -> str:
    digest = hashlib.sha256()
    for file in sorted(set(files)):
        entry = folder.joinpath(file)
        if entry.is_file():
            digest.update(f"{file}\0".encode() + entry.read_bytes() + b"\0")
    return digest.hexdigest()
