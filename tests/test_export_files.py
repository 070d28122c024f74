"""Each format is read back by a program other than ours, and says the same."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import zipfile
from collections import Counter
from contextlib import closing
from pathlib import Path

import export_kit as kit
import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from defusedxml import ElementTree

from mapper.errors import MapperError
from mapper.export import export, tables
from mapper.export import xlsx as excel
from mapper.export.schema import GEOMETRY, SCHEMA
from mapper.export.styles import CLASH, EVENT_COLOURS, FLOW, HATCH, QML, QUIET, ZONE
from mapper.model import DisclosureLevel

STYLES = Path(__file__).parent.parent / "mapper" / "view" / "page" / "styles"
FORMATS = ("geojson", "gpkg", "parquet", "csv", "kml", "xlsx", "jsonl")
KML = {"k": "http://www.opengis.net/kml/2.2"}


@pytest.fixture(scope="module")
def made():
    return tables(kit.disclosed(), kit.layers(), kit.INFO)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with every format."""
    target = tmp_path_factory.mktemp("tables")
    for name, content in export(kit.disclosed(), kit.layers(), kit.INFO, FORMATS).items():
        (target / name).write_bytes(content)
    return target


def differences(made, name: str, read) -> list:
    """Return the rows that were not read back as they were written, keys and all."""
    written = kit.values(made[name], name)
    got = kit.values(read, name)
    return [pair for pair in zip(written, got, strict=True) if pair[0] != pair[1]]


def places(frame) -> list[str | None]:
    """Return geometries in one notation, wherever their rings begin."""
    return [None if one is None else one.normalize().wkt for one in frame.geometry]


# --- everything reads back equal ---


@pytest.mark.parametrize("name", SCHEMA)
def test_gdal_reads_the_geopackage_back(made, folder, name: str) -> None:
    read = pyogrio.read_dataframe(folder / "toytown.partner.gpkg", layer=name)
    assert differences(made, name, read) == []
    assert name not in GEOMETRY or places(read) == places(made[name])


@pytest.mark.parametrize("name", SCHEMA)
def test_gdal_reads_geojson_back(made, folder, name: str) -> None:
    read = pyogrio.read_dataframe(folder / f"{name}.partner.geojson")
    assert differences(made, name, read) == []
    assert name not in GEOMETRY or places(read) == places(made[name])


@pytest.mark.parametrize("name", GEOMETRY)
def test_gdal_reads_kml_back(made, folder, name: str) -> None:
    read = pyogrio.read_dataframe(folder / "toytown.partner.kml", layer=name)
    assert differences(made, name, read) == []
    assert places(read) == places(made[name])


@pytest.mark.parametrize("name", GEOMETRY)
def test_geopandas_reads_geoparquet_back(made, folder, name: str) -> None:
    read = gpd.read_parquet(folder / f"{name}.partner.parquet")
    assert differences(made, name, read) == []
    assert places(read) == places(made[name])


@pytest.mark.parametrize("name", ["reports", "claims"])
def test_pandas_reads_parquet_back(made, folder, name: str) -> None:
    assert differences(made, name, pd.read_parquet(folder / f"{name}.partner.parquet")) == []


@pytest.mark.parametrize("name", SCHEMA)
def test_csv_is_read_back(made, folder, name: str) -> None:
    with (folder / f"{name}.partner.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [{key: re.sub("^'", "", value) for key, value in row.items()} for row in csv.DictReader(file)]
    assert differences(made, name, pd.DataFrame(rows)) == []


@pytest.mark.parametrize("name", SCHEMA)
def test_json_lines_are_read_back(made, folder, name: str) -> None:
    lines = (folder / "toytown.partner.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [record for record in map(json.loads, filter(None, lines)) if record["layer"] == name]
    assert differences(made, name, pd.DataFrame(rows, dtype=object)) == []


@pytest.mark.parametrize("name", SCHEMA)
def test_openpyxl_reads_the_workbook_back(made, folder, name: str) -> None:
    read = pd.read_excel(folder / "toytown.partner.xlsx", sheet_name=name, dtype=object, keep_default_na=False)
    assert differences(made, name, read) == []


def test_libreoffice_reads_the_workbook_back(made, folder, tmp_path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("needs LibreOffice (soffice)")
    # 44,34,76: commas, quotes, UTF-8; -1: every sheet to a file of its own
    wanted = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    run = [
        office,
        "--headless",
        "--convert-to",
        wanted,
        "--outdir",
        str(tmp_path),
        str(folder / "toytown.partner.xlsx"),
    ]
    subprocess.run(run, check=True, capture_output=True, env=os.environ | {"HOME": str(tmp_path)}, timeout=100)
    for name in SCHEMA:
        with (tmp_path / f"toytown.partner-{name}.csv").open(encoding="utf-8", newline="") as file:
            assert differences(made, name, pd.DataFrame([*csv.DictReader(file)])) == []


@pytest.mark.parametrize("name", GEOMETRY)
def test_the_geometry_of_json_lines_is_read_back(made, folder, name: str) -> None:
    lines = (folder / "toytown.partner.jsonl").read_text(encoding="utf-8").split("\n")
    read = [record["geometry"] for record in map(json.loads, filter(None, lines)) if record["layer"] == name]
    assert [one and shapely.geometry.shape(one).normalize().wkt for one in read] == places(made[name])


def test_days_of_a_workbook_are_dates(folder) -> None:
    day = pd.read_excel(folder / "toytown.partner.xlsx", sheet_name="incidents")["date_start"]
    assert day.dtype.kind == "M"


# --- each says what it is ---


def said_in_kml(folder: Path) -> dict[str, str]:
    found = ElementTree.parse(folder / "toytown.partner.kml").findall("k:Document/k:ExtendedData/k:Data", KML)
    return {one.get("name"): one.findtext("k:value", "", KML) for one in found}


def said_in_parquet(folder: Path) -> dict[str, str]:
    found = pq.read_metadata(folder / "claims.partner.parquet").metadata
    return {key.decode().removeprefix("mapper:"): value.decode() for key, value in found.items()}


def said_in_csv(folder: Path) -> dict[str, str]:
    with (folder / "about.partner.csv").open(encoding="utf-8-sig", newline="") as file:
        return dict(csv.reader(file))


# What a format's file says of itself, read by its own means.
SAID = {
    "geojson": lambda folder: json.loads((folder / "claims.partner.geojson").read_text(encoding="utf-8")),
    "gpkg": lambda folder: pyogrio.read_info(folder / "toytown.partner.gpkg", layer="claims")["layer_metadata"],
    "parquet": said_in_parquet,
    "csv": said_in_csv,
    "kml": said_in_kml,
    "xlsx": lambda folder: dict(
        pd.read_excel(folder / "toytown.partner.xlsx", sheet_name="about").itertuples(index=False)
    ),
    "jsonl": lambda folder: json.loads((folder / "toytown.partner.jsonl").read_text(encoding="utf-8").split("\n")[0]),
}


@pytest.mark.parametrize("format_", FORMATS)
def test_attributions_with_their_licences_travel_along(folder, format_: str) -> None:
    assert SAID[format_](folder)["attribution"] == "; ".join(kit.INFO.attributions)


@pytest.mark.parametrize("format_", ["acled", "ged", "hxl"])
def test_rows_in_the_shape_of_others_have_it_beside_them(format_: str) -> None:
    files = export(kit.disclosed(), kit.layers(), kit.INFO, (format_,))
    assert "mapper contributors (CC BY 4.0)" in files["about.partner.csv"].decode()


@pytest.mark.parametrize("format_", FORMATS)
def test_an_internal_file_says_that_it_is_not_to_be_forwarded(tmp_path, format_: str) -> None:
    files = export(kit.disclosed(DisclosureLevel.INTERNAL), kit.layers(), kit.INFO, (format_,))
    for name, content in files.items():
        (tmp_path / name.replace(".internal.", ".partner.")).write_bytes(content)
    told = SAID[format_](tmp_path)
    assert "no reenviar" in told["handling_es"]
    assert "do not forward" in told["handling_en"]


# --- what is particular to a format ---


def test_outer_rings_run_counter_clockwise(folder) -> None:
    zones = json.loads((folder / "clash_zones.partner.geojson").read_text(encoding="utf-8"))
    outer, inner = zones["features"][0]["geometry"]["coordinates"][0]
    assert (shapely.is_ccw(shapely.LinearRing(outer)), shapely.is_ccw(shapely.LinearRing(inner))) == (True, False)


def test_geoparquet_names_its_version_and_its_geometry(folder) -> None:
    geo = json.loads(pq.read_metadata(folder / "incidents.partner.parquet").metadata[b"geo"])
    assert (geo["version"], geo["primary_column"], geo["columns"]["geometry"]["encoding"]) == (
        "1.1.0",
        "geometry",
        "WKB",
    )


def test_days_are_dates_where_a_format_has_them(folder) -> None:
    parquet = str(pq.read_schema(folder / "incidents.partner.parquet").field("date_start").type)
    info = pyogrio.read_info(folder / "toytown.partner.gpkg", layer="incidents")
    gpkg = dict(zip(info["fields"], info["dtypes"], strict=True))["date_start"]
    assert (parquet, gpkg) == ("date32[day]", "datetime64[D]")


def test_qgis_finds_a_style_for_every_layer_that_is_drawn(folder) -> None:
    styles = pyogrio.read_dataframe(folder / "toytown.partner.gpkg", layer="layer_styles")
    assert sorted(styles["f_table_name"]) == sorted(GEOMETRY)
    assert styles["useAsDefault"].all()


def test_the_geopackages_dates_are_the_newest_reports(folder) -> None:
    with closing(sqlite3.connect(folder / "toytown.partner.gpkg", isolation_level=None)) as found:
        changed = {day for (day,) in found.execute("SELECT last_change FROM gpkg_contents")}
    assert changed == {"2021-07-08T00:00:00.000Z"}


@pytest.mark.parametrize("qml", QML.values(), ids=QML)
def test_a_style_has_a_symbol_for_each_rule(qml: str) -> None:
    style = ElementTree.fromstring(qml.partition(">")[2])
    rules = [rule.get("symbol") for rule in style.iter("rule")]
    assert rules == [symbol.get("name") for symbol in style.findall("renderer-v2/symbols/symbol")]


def test_the_colours_are_the_maps() -> None:
    page = "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
    colours = {"clash": CLASH, "zone-2": ZONE, "hatch": HATCH, "flow": FLOW, "quiet": QUIET}
    assert [name for name, colour in colours.items() if f"--{name}: {colour};" not in page] == []
    assert [
        kind for kind, colour in EVENT_COLOURS.items() if f".mp-symbol-shape {{ fill: {colour}; }}" not in page
    ] == []


def test_a_viewer_of_kml_shows_markup_as_text(folder) -> None:
    found = ElementTree.parse(folder / "toytown.partner.kml")
    shown = [
        one.text or "" for tag in ("name", "description") for one in found.iterfind(f".//k:Placemark/k:{tag}", KML)
    ]
    assert any("&lt;b&gt;" in text for text in shown)
    assert not any("<" in text for text in shown)


@pytest.mark.parametrize("shape", ["municipality", "adjacent"])
def test_what_is_only_said_to_lie_around_is_never_filled(folder, shape: str) -> None:
    styles = ElementTree.parse(folder / "toytown.partner.kml").iterfind(".//k:Style", KML)
    assert [one.findtext("k:PolyStyle/k:fill", "", KML) for one in styles if one.get("id") == shape] == ["0"]


def test_every_style_that_a_placemark_asks_for_is_there(folder) -> None:
    found = ElementTree.parse(folder / "toytown.partner.kml")
    asked = {one.text.removeprefix("#") for one in found.iterfind(".//k:styleUrl", KML)}
    assert asked - {one.get("id") for one in found.iterfind(".//k:Style", KML)} == set()


def test_a_placemark_spans_its_days(folder) -> None:
    found = ElementTree.parse(folder / "toytown.partner.kml").iterfind(".//k:Placemark/k:TimeSpan", KML)
    spans = Counter((one.findtext("k:begin", "", KML), one.findtext("k:end", "", KML)) for one in found)
    assert spans["2021-07-08", "2021-07-10"] == 2


def test_no_cell_of_a_workbook_is_a_formula(folder) -> None:
    with zipfile.ZipFile(folder / "toytown.partner.xlsx") as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert any(b"HYPERLINK" in sheet for sheet in sheets)
    assert not any(b"<f>" in sheet or b't="e"' in sheet for sheet in sheets)


def test_a_workbook_holds_no_time_of_the_clock(folder) -> None:
    with zipfile.ZipFile(folder / "toytown.partner.xlsx") as archive:
        core = archive.read("docProps/core.xml").decode()
        times = {entry.date_time for entry in archive.infolist()}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[^<]*", core)) == {"2021-07-08T00:00:00Z"}
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_a_text_longer_than_a_cell_says_that_it_was_cut() -> None:
    told = kit.disclosed(incidents=(kit.incident("i", sub_event_type="🏚" * 20_000),))
    (content,) = export(told, kit.layers(drawn=False), kit.INFO, ("xlsx",)).values()
    cell = pd.read_excel(io.BytesIO(content), sheet_name="incidents")["sub_event_type"][0]
    assert (cell[-1], len(cell.encode("utf-16-le")) // 2 <= 32_767) == ("…", True)


def test_a_layer_too_long_for_a_sheet_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(excel, "_MOST_ROWS", 2)
    with pytest.raises(MapperError, match=r'"incidents" has 6 rows, but a sheet of Excel holds 2.*gpkg'):
        export(kit.disclosed(), kit.layers(), kit.INFO, ("xlsx",))
