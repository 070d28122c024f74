"""Reading an area pack's files into records; what is wrong with them is collected, not raised."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from mapper.model import Guard, NameRecord, Place, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from mapper.places.faults import Faults

__all__ = ["PackReader", "Unit"]

_CONTEXT_COLUMNS = (
    "place_id",
    "name",
    "feature_class",
    "feature_code",
    "country",
    "region",
    "pcode",
    "lon",
    "lat",
    "names",
)
_PLACE_COLUMNS = (
    "place_id",
    "name",
    "feature_class",
    "feature_code",
    "lon",
    "lat",
    "uncertainty_m",
    "extent_m",
    "precision",
    "parish_pcode",
    "alternative_pcodes",
    "in_area",
    "country",
    "source",
    "confidence",
)
_STATE, _MUNICIPALITY, _PARISH = 1, 2, 3
_LEVELS = {_PARISH: "parish", _MUNICIPALITY: "municipality", _STATE: "state"}
_CODES = {_PARISH: "A.ADM3", _MUNICIPALITY: "A.ADM2", _STATE: "A.ADM1"}
_MUNICIPALITY_CHARS, _STATE_CHARS = 6, 4
_GUARD_KINDS = {"outlet", "team", "person", "date", "word", "institution"}
_NAME_KINDS = {"official", "alias", "english", "old", "misspelling"}
_PRECISIONS = {precision.value: precision for precision in Precision}

Unit = dict[str, Any]


class PackReader:
    """Reads one pack folder, file by file, in the order the files refer to one another."""

    def __init__(self, folder: Traversable, home: str, faults: Faults) -> None:
        self.folder, self.faults = folder, faults
        self._home = f"country-{home.lower()}"
        self.places: dict[str, Place] = {}
        self.within: dict[str, tuple[str, ...]] = {}
        self.names: list[NameRecord] = []
        self.guards: list[Guard] = []
        self.units: dict[str, Unit] = {}
        self._states: dict[str, str] = {}

    # --- files -----------------------------------------------------------------------------------

    def text(self, file: str) -> str:
        """Return a file's text; "" with a fault noted where it is missing or not UTF-8."""
        entry = self.folder.joinpath(file)
        if not entry.is_file():
            self.faults.add("area-file-missing", file=file)
            return ""
        try:
            return entry.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.faults.add("area-file-unreadable", file=file, expected="UTF-8", problem=error.reason)
            return ""

    def features(self, file: str) -> list[dict[str, Any]]:
        """Return a GeoJSON file's features; coordinates must be longitude and latitude."""
        text = self.text(file)
        if not text:
            return []
        try:
            data = json.loads(text)
            features = list(data["features"])
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            self.faults.add("area-file-unreadable", file=file, expected="GeoJSON", problem=error)
            return []
        crs = str(data.get("crs") or "CRS84")
        if "CRS84" not in crs and "4326" not in crs:
            self.faults.add("area-crs", file=file, got=crs)
        return features

    def rows(self, file: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield (line, row) of a CSV file that has at least ``columns``."""
        reader = csv.reader(io.StringIO(self.text(file), newline=""))
        header = next(reader, [])
        missing = [column for column in columns if column not in header]
        if missing:
            self.faults.add("area-columns", file=file, missing=", ".join(missing))
            return
        for cells in reader:
            if len(cells) == len(header):
                yield reader.line_num, dict(zip(header, cells, strict=True))
            else:
                got = f"{len(cells)} cells"
                expected = f"{len(header)} cells"
                self.faults.add("area-value", file=file, line=reader.line_num, column="row", got=got, expected=expected)

    # --- records ---------------------------------------------------------------------------------

    def read_context(self, files: list[str]) -> None:
        """Read the places outside the area, before the area's own: these lie in states and the country."""
        rows = [(file, line, row) for file in files for line, row in self.rows(file, _CONTEXT_COLUMNS)]
        regions: dict[tuple[str, str], str] = {}
        for _, _, row in rows:
            if row["feature_class"] == "state":
                regions[row["country"], row["name"]] = row["place_id"]
                if row["pcode"]:
                    self._states[row["pcode"]] = row["place_id"]
        for file, line, row in rows:
            place = self._context_place(file, line, row)
            if place.place_id in self.places:
                self.faults.add("area-duplicate-id", file=file, line=line, place_id=place.place_id)
                continue
            self.places[place.place_id] = place
            state = self._states.get(row["pcode"][:_STATE_CHARS]) or regions.get((row["country"], row["region"]))
            country = f"country-{row['country'].lower()}" if row["country"] else ""
            self.within[place.place_id] = tuple(i for i in (state, country) if i and i != place.place_id)
            for spelling in filter(None, row["names"].split("|")):
                lang, _, name = spelling.partition(":")
                kind = "english" if lang == "en" else "official"
                self.names.append(NameRecord(name, place.place_id, place.feature_class, lang, kind, in_area=False))

    def _context_place(self, file: str, line: int, row: dict[str, str]) -> Place:
        return Place(
            row["place_id"],
            row["name"],
            row["feature_class"],
            self._number(file, line, row, "lon"),
            self._number(file, line, row, "lat"),
            precision=Precision.MUNICIPALITY,
            in_area=False,
            feature_code=row["feature_code"],
            source=file.removesuffix(".csv"),
        )

    def read_units(self, inside: frozenset[str]) -> None:
        """Read boundaries.geojson: whole states, municipalities and parishes, as places too."""
        for number, feature in enumerate(self.features("boundaries.geojson"), start=1):
            unit = dict(feature.get("properties") or {})
            needed = ("pcode", "name", "level", "parent_pcode", "place_id", "lon", "lat", "radius_m")
            missing = [name for name in needed if unit.get(name) is None]
            if missing or unit["level"] not in _LEVELS:
                got = ", ".join(missing) or f"level {unit['level']}"
                self.faults.add("area-columns", file=f"boundaries.geojson #{number}", missing=got)
                continue
            self.units[unit["pcode"]] = unit
        for pcode, unit in self.units.items():
            self._add_unit(pcode, unit, pcode[:_MUNICIPALITY_CHARS] in inside)

    def _add_unit(self, pcode: str, unit: Unit, in_area: bool) -> None:
        level = unit["level"]
        municipality = self.units.get(pcode[:_MUNICIPALITY_CHARS], {}).get("name", "")
        place = Place(
            unit["place_id"],
            unit["name"],
            _LEVELS[level],
            unit["lon"],
            unit["lat"],
            unit["radius_m"],
            unit["radius_m"],
            parish=unit["name"] if level == _PARISH else "",
            parish_pcode=pcode if level == _PARISH else "",
            municipality=municipality if level > _STATE else "",
            official=True,
            precision=Precision.PARISH if level == _PARISH else Precision.MUNICIPALITY,
            in_area=in_area and level > _STATE,
            feature_code=_CODES[level],
            source="cod-ab",
            confidence="high",
        )
        if level == _STATE:
            self._states[pcode] = place.place_id
        self._add(place, "boundaries.geojson", 0, [unit["parent_pcode"], unit["parent_pcode"][:_STATE_CHARS]])

    def _add(self, place: Place, file: str, line: int, pcodes: list[str]) -> None:
        """Register a place and what it lies in: units and states by P-code, then the home country."""
        if place.place_id in self.places:
            self.faults.add("area-duplicate-id", file=file, line=line, place_id=place.place_id)
            return
        self.places[place.place_id] = place
        units = [self.units[p]["place_id"] for p in pcodes if p in self.units]
        states = [self._states[p] for p in pcodes if p in self._states]
        found = dict.fromkeys([*units, *states, self._home])
        self.within[place.place_id] = tuple(p for p in found if p != place.place_id)

    def read_places(self) -> None:
        """Read places.csv; a place without a point takes its parish's, as uncertain as the parish is wide."""
        file = "places.csv"
        for line, row in self.rows(file, _PLACE_COLUMNS):
            self._read_place(file, line, row)

    def _read_place(self, file: str, line: int, row: dict[str, str]) -> None:
        lon, lat = self._number(file, line, row, "lon"), self._number(file, line, row, "lat")
        uncertainty_m = self._number(file, line, row, "uncertainty_m")
        if len({value is None for value in (lon, lat, uncertainty_m)}) > 1:
            self.faults.add("area-half-point", file=file, line=line, place_id=row["place_id"])
        alternatives = [pcode for pcode in row["alternative_pcodes"].split("|") if pcode]
        for pcode in filter(None, [row["parish_pcode"], *alternatives]):
            if self.units.get(pcode, {}).get("level") != _PARISH:
                self.faults.add("area-unknown-parish", file=file, line=line, pcode=pcode, place_id=row["place_id"])
        unit = self.units.get(row["parish_pcode"], {})
        if lon is None and unit:
            lon, lat, uncertainty_m = unit["lon"], unit["lat"], float(unit["radius_m"])
        municipality = self.units.get(row["parish_pcode"][:_MUNICIPALITY_CHARS], {}).get("name", "")
        place = Place(
            row["place_id"],
            row["name"],
            row["feature_class"],
            lon,
            lat,
            uncertainty_m,
            self._number(file, line, row, "extent_m"),
            parish=unit.get("name", ""),
            parish_pcode=row["parish_pcode"],
            municipality=municipality,
            precision=self._precision(file, line, row),
            in_area=row["in_area"] == "true",
            feature_code=row["feature_code"],
            alternative_parishes=tuple(self.units[p]["name"] for p in alternatives if p in self.units),
            source=row["source"],
            confidence=row["confidence"],
        )
        pcodes = [row["parish_pcode"], *alternatives]
        pcodes += [pcode[:_MUNICIPALITY_CHARS] for pcode in pcodes]
        self._add(place, file, line, [*pcodes, row["parish_pcode"][:_STATE_CHARS]])
        if f"country-{row['country'].lower()}" != self._home:
            self.within[place.place_id] = (f"country-{row['country'].lower()}",) if row["country"] else ()

    def read_names(self) -> None:
        """Read names.csv; every name belongs to a place."""
        for line, row in self.rows("names.csv", ("place_id", "name", "lang", "kind")):
            place = self.places.get(row["place_id"])
            if place is None:
                self.faults.add("area-unknown-place", file="names.csv", line=line, place_id=row["place_id"])
                continue
            if row["kind"] not in _NAME_KINDS or not row["name"].strip():
                expected = ", ".join(sorted(_NAME_KINDS))
                self.faults.add(
                    "area-value", file="names.csv", line=line, column="kind", got=row["kind"], expected=expected
                )
            self.names.append(
                NameRecord(row["name"], place.place_id, place.feature_class, row["lang"], row["kind"], place.in_area)
            )

    def read_guards(self) -> None:
        """Read guards.csv: phrases that look like places and are not."""
        for line, row in self.rows("guards.csv", ("name", "kind", "lang")):
            if row["kind"] not in _GUARD_KINDS:
                expected = ", ".join(sorted(_GUARD_KINDS))
                self.faults.add(
                    "area-value", file="guards.csv", line=line, column="kind", got=row["kind"], expected=expected
                )
            self.guards.append(Guard(row["name"], row["kind"], row["lang"]))

    def _number(self, file: str, line: int, row: dict[str, str], column: str) -> float | None:
        value = row[column]
        if not value:
            return None
        try:
            return float(value)
        except ValueError:
            self.faults.add("area-value", file=file, line=line, column=column, got=value, expected="a number")
            return None

    def _precision(self, file: str, line: int, row: dict[str, str]) -> Precision:
        value = row["precision"]
        if value in _PRECISIONS:
            return _PRECISIONS[value]
        expected = ", ".join(_PRECISIONS)
        self.faults.add("area-value", file=file, line=line, column="precision", got=value, expected=expected)
        return Precision.PARISH
