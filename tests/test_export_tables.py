"""The tables of what leaves: nothing lost, nothing counted twice, nothing drawn that the map does not draw."""

from __future__ import annotations

import re
from pathlib import Path

import export_kit as kit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import MapperError, SchemaError
from mapper.export import FORMATS, export, tables
from mapper.export.schema import GEOMETRY, SCHEMA, check_table
from mapper.model import Assertion, DisclosureLevel, Estimate

DOCS = Path(__file__).parent.parent / "docs" / "tables.md"


@pytest.fixture(scope="module")
def made():
    return tables(kit.disclosed(), kit.layers(), kit.INFO)


def row(frame, row_id: str):
    return frame.set_index(frame.columns[0]).loc[row_id]


# --- what stands in them ---


def test_an_incident_has_a_row_for_each_place(made) -> None:
    assert made["incidents"]["row_id"].tolist() == [
        *("i-1@cota-905", "i-1@el-70", "i-2", "i-3@cota-905", "i-4@nowhere", "i-4@cartagena")
    ]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), max_size=5))
def test_the_sum_of_a_column_is_the_sum_over_incidents(told) -> None:
    places = (kit.COTA, kit.AWKWARD_PLACE, kit.CARTAGENA)
    incidents = tuple(
        kit.incident(f"i-{n}", fatalities=Estimate(dead, dead, dead), places=places[:count])
        for n, (dead, count) in enumerate(told)
    )
    made = tables(kit.disclosed(incidents=incidents), kit.layers(drawn=False), kit.INFO)["incidents"]
    assert made["killed_best"].sum() == sum(dead for dead, _ in told)


def test_people_count_once_however_many_ends_a_movement_has(made) -> None:
    assert made["movements"]["people_best"].sum() == 800


def test_the_rows_without_a_toll_say_where_it_stands(made) -> None:
    assert row(made["incidents"], "i-1@el-70")["toll_scope"] == "see the incident's first row"


def test_what_was_denied_counts_nowhere_and_says_so(made) -> None:
    denied = row(made["incidents"], "i-3@cota-905")
    assert (denied["killed_best"] is None or denied.isna()["killed_best"], "9/9/9" in denied["toll_scope"]) == (
        True,
        True,
    )


def test_what_was_denied_is_not_drawn(made) -> None:
    denied = row(made["incidents"], "i-3@cota-905")
    assert (denied.geometry, denied["is_clash"]) == (None, False)


def test_a_rumoured_movement_has_no_line_and_no_number(made) -> None:
    rumoured = row(made["movements"], "m-3:cota-905>el-70")
    assert (rumoured.geometry, "50/50/50" in rumoured["count_scope"]) == (None, True)


def test_what_has_no_place_keeps_its_row_without_a_geometry(made) -> None:
    assert row(made["incidents"], "i-2").geometry is None


def test_a_place_without_coordinates_is_no_point(made) -> None:
    assert row(made["incidents"], "i-4@nowhere").geometry is None


def test_a_line_runs_straight_between_the_ends(made) -> None:
    line = row(made["movements"], "m-1:cota-905>cartagena").geometry
    assert list(line.coords) == [(-66.92533, 10.48294), (-75.5, 10.4)]


def test_a_movement_without_a_destination_is_no_line(made) -> None:
    moved = row(made["movements"], "m-2:cota-905>")
    assert (moved.geometry, moved["origin_place"], moved["destination_place"]) == (None, "Cota 905", "")


def test_official_codes_end_where_knowledge_ends(made) -> None:
    known = row(made["incidents"], "i-1@el-70")
    assert (known["municipality_pcode"], known["state_pcode"], known["parish_pcode"]) == ("VE0101", "VE01", "")


def test_a_withheld_passage_is_counted_not_shown(made) -> None:
    shown = row(made["incidents"], "i-1@cota-905")
    assert (shown["passages_withheld"], shown["evidence"].count("¶")) == (1, 1)


def test_a_withheld_claim_keeps_its_number_without_its_position(made) -> None:
    claim = row(made["claims"], "i-1#2")
    assert (claim["withheld"], claim["value_best"], claim.isna()["start_char"]) == (True, 2, True)


@pytest.mark.parametrize(
    ("row_id", "state"), [("i-1@cota-905", "reviewed"), ("i-2", "added by an analyst"), ("i-4@nowhere", "machine-read")]
)
def test_each_row_says_whether_a_person_looked(made, row_id: str, state: str) -> None:
    assert row(made["incidents"], row_id)["review"] == state


def test_a_list_splits_back_into_its_parts(made) -> None:
    assert row(made["incidents"], "i-1@cota-905")["actors"].split("; ") == ["Gang", "Police, a unit"]


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\ud800b", "a\x1bb", "a\ufffeb"], ids=["NUL", "surrogate", "escape", "FFFE"]
)
def test_what_a_format_cannot_write_becomes_the_replacement_sign(text: str) -> None:
    told = kit.disclosed(incidents=(kit.incident("i", sub_event_type=text),))
    frame = tables(told, kit.layers(drawn=False), kit.INFO)["incidents"]
    assert frame["sub_event_type"].tolist() == ["a\ufffdb"]


def test_no_text_has_blanks_around_it() -> None:
    told = kit.disclosed(incidents=(kit.incident("i", sub_event_type=" a\n"),))
    assert tables(told, kit.layers(drawn=False), kit.INFO)["incidents"]["sub_event_type"].tolist() == ["a"]


def test_two_mentions_of_one_stretch_keep_two_keys() -> None:
    made = tables(kit.disclosed(mentions=kit.MENTIONS[:1] * 2), kit.layers(), kit.INFO)["mentions"]
    assert made["mention_id"].nunique() == 2


@pytest.mark.parametrize("assertion", list(Assertion))
def test_a_clash_is_one_only_where_it_happened(assertion: Assertion) -> None:
    told = kit.disclosed(incidents=(kit.incident("i", assertion=assertion),))
    frame = tables(told, kit.layers(drawn=False), kit.INFO)["incidents"]
    assert frame["is_clash"].tolist() == [assertion is Assertion.NONE]


# --- their schema ---


@pytest.mark.parametrize("name", SCHEMA)
def test_an_empty_story_has_the_same_columns_and_types(made, name: str) -> None:
    nothing = tables(kit.empty(), kit.layers(drawn=False), kit.INFO)[name]
    assert nothing.dtypes.astype(str).to_dict() == made[name].dtypes.astype(str).to_dict()


def test_every_table_with_a_geometry_is_in_wgs84(made) -> None:
    assert {made[name].crs.to_epsg() for name in ("incidents", "movements", "clash_zones", "mentions")} == {4326}


FAULTS = {
    "a column less": lambda frame: frame.drop(columns="place"),
    "a column more": lambda frame: frame.assign(extra=1),
    "another type": lambda frame: frame.assign(killed_best=1.5),
    "a text that is missing": lambda frame: frame.assign(place=frame["place"].where(frame["place"] != "")),
    "another way to write a day": lambda frame: frame.assign(date_start=frame["date_start"].str.replace("-", "/")),
    "a word of no vocabulary": lambda frame: frame.assign(assertion=frame["assertion"].str.upper()),
    "a key twice": lambda frame: frame.assign(row_id=frame["incident_id"]),
    "another CRS": lambda frame: frame.to_crs(32619),
    "another geometry": lambda frame: frame.set_geometry(frame.buffer(0.1)),
}


@pytest.mark.filterwarnings("ignore:Geometry is in a geographic CRS")
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_table_that_is_not_as_documented_is_refused(made, fault) -> None:
    with pytest.raises(SchemaError, match="is not as documented"):
        check_table(fault(made["incidents"]), "incidents")


def test_a_layer_that_does_not_exist_is_named_with_those_that_do(made) -> None:
    with pytest.raises(SchemaError, match="incidents, movements, clash_zones"):
        check_table(made["incidents"], "incident")


def test_a_table_draws_itself(made, monkeypatch) -> None:
    # explore() asks for this package before it looks at the data, and uses it for classes of numbers only
    monkeypatch.setitem(__import__("sys").modules, "mapclassify", type("mapclassify", (), {"classify": None}))
    assert "Cota 905" in made["incidents"].explore().get_root().render()


@pytest.mark.parametrize("name", SCHEMA)
def test_the_documentation_has_every_column(name: str) -> None:
    section = re.split(r"^## ", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (page,) = [part for part in section if part.startswith(f"`{name}`")]
    rows = [f"| `{one.name}` | {one.type} | {one.unit} | {one.meaning} |" for one in SCHEMA[name]]
    assert [line for line in rows if line not in page] == []


# --- files ---


def test_an_unknown_format_is_named_with_those_that_exist() -> None:
    with pytest.raises(MapperError, match=r'"shp" is no format of tables.*geojson, gpkg'):
        export(kit.disclosed(), kit.layers(), kit.INFO, ("csv", "shp"))


@pytest.mark.parametrize("level", [DisclosureLevel.INTERNAL, DisclosureLevel.PARTNER])
@pytest.mark.parametrize("format_", FORMATS)
def test_every_file_name_says_the_level(format_: str, level: DisclosureLevel) -> None:
    files = export(kit.disclosed(level), kit.layers(), kit.INFO, (format_,))
    assert files
    assert all(name.split(".")[1] == level.value for name in files)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_story_is_a_correct_file(format_: str) -> None:
    assert all(export(kit.empty(), kit.layers(drawn=False), kit.INFO, (format_,)).values())


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_records_are_the_same_bytes(format_: str) -> None:
    first, second = (export(kit.disclosed(), kit.layers(), kit.INFO, (format_,)) for _ in range(2))
    assert first == second


def test_several_formats_are_written_at_once() -> None:
    files = export(kit.disclosed(), kit.layers(), kit.INFO, ("gpkg", "kml", "gpkg"))
    assert sorted(files) == ["toytown.partner.gpkg", "toytown.partner.kml"]


def test_from_python_the_tables_are_those_of_the_command_line(tmp_path: Path) -> None:
    import mapper

    report = tmp_path / "r.txt"
    report.write_text("On Thursday gang members and police exchanged gunfire in Cota 905.", encoding="utf-8")
    found = mapper.find(mapper.Config(inputs=[str(report)], published="2021-07-10"))
    assert mapper.tables(found)["incidents"]["place"].tolist() == ["Cota 905"]


@pytest.mark.parametrize("name", GEOMETRY)
def test_a_layer_can_be_explored_in_a_notebook(name: str) -> None:
    frame = tables(kit.disclosed(), kit.layers(), kit.INFO)[name]
    page = frame.explore(tooltip=["level"], tiles=None).get_root().render()
    assert page.count('"level": "partner"') == frame.geometry.notna().sum()
