"""The data block: every record that may be shown, nothing that may not, and the same again after the way to the page."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import json

import pytest
import view_fixture as story
from datablock_kit import read_block
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Polygon, box

from mapper.errors import SchemaError
from mapper.model import DisclosureLevel
from mapper.view import SCHEMA_VERSION, data_block, page_html, render_map
from mapper.view.columns import Lists, Table, packed, unpacked
from mapper.view.datablock import COMPRESS_FROM_BYTES, encode_block
from mapper.view.shapes import SCALE, encode_area, encode_line


@pytest.fixture(scope="module")
def block():
    return data_block(story.layers(), story.disclosed(), story.info())


def said(value):
    """Return a value without the fields that are None: a page says nothing of them."""
    if isinstance(value, dict):
        return {key: said(part) for key, part in value.items() if part is not None}
    return [said(part) for part in value] if isinstance(value, list | tuple) else value


# --- the data block ---


def test_every_record_is_in_the_block(block):
    assert [len(block[key]) for key in ("incidents", "movements", "zones", "marks", "flows", "mentioned")] == [
        8,
        4,
        6,
        5,
        4,
        1,
    ]


def test_the_page_carries_the_block_unchanged(block):
    page = page_html(render_map(story.layers(), story.disclosed(), story.info()))
    assert read_block(page) == said(block)


def test_the_block_says_its_schema(block):
    assert block["schema"] == SCHEMA_VERSION == 2


def test_an_avenue_has_a_name_and_a_line():
    line = LineString([(-66.9, 10.5), (-66.89, 10.5)])
    layers = dataclasses.replace(story.layers(), avenues=story.frame([{"name": "Avenida Uno", "geometry": line}]))
    avenues = data_block(layers, story.disclosed(), story.info())["avenues"]
    assert avenues == [{"name": "Avenida Uno", "line": [-6690000, 1050000, 1000, 0]}]


def test_one_mark_a_place_holds_all_its_incidents():
    layers = story.layers()
    first = story.incident_row("x", story.INCIDENTS[1], story.COTA)
    again = dataclasses.replace(layers, incidents=story.frame([*layers.incidents.to_dict("records"), first]))
    marks = data_block(again, story.disclosed(), story.info())["marks"]
    assert [len(mark["incidents"]) for mark in marks] == [2, 1, 1, 1, 1]


def test_a_withheld_date_is_not_in_the_block_below_the_internal_level(block):
    downtown = block["movements"][0]
    assert ("when" in downtown, downtown["withheld"]) == (False, ["people", "when"])


def test_the_internal_level_keeps_the_withheld_date():
    told = story.disclosed(level=DisclosureLevel.INTERNAL)
    assert data_block(story.layers(), told, story.info())["movements"][0]["when"][0] == "2021-07-07"


def test_a_withheld_speaker_is_not_in_the_block(block):
    claim = dataclasses.replace(story.INCIDENTS[0].claims[-1], speaker="a frightened neighbour")
    incident = dataclasses.replace(story.INCIDENTS[0], claims=(claim,))
    told = story.disclosed(incidents=(incident, *story.INCIDENTS[1:]))
    encoded = json.dumps(data_block(story.layers(), told, story.info()))
    assert "frightened" not in encoded


def test_a_withheld_quote_has_no_text(block):
    assert "text" not in block["incidents"][0]["quotes"][-1]


def test_position_zero_is_not_taken_for_empty(block):
    assert block["zones"][0]["place"] == 0


def test_drawing_a_record_that_disclosure_did_not_pass_is_refused():
    told = story.disclosed(incidents=story.INCIDENTS[1:])
    with pytest.raises(SchemaError, match="i-clash"):
        data_block(story.layers(), told, story.info())


def test_a_missing_column_is_named():
    layers = dataclasses.replace(story.layers(), zones=story.layers().zones.drop(columns=["shape"]))
    with pytest.raises(SchemaError, match='"zones" lacks the columns shape'):
        data_block(layers, story.disclosed(), story.info())


def test_another_reference_system_is_refused():
    layers = dataclasses.replace(story.layers(), flows=story.layers().flows.to_crs(32619))
    with pytest.raises(SchemaError, match="EPSG:32619"):
        data_block(layers, story.disclosed(), story.info())


def test_an_unknown_number_of_people_is_null_not_nan(block):
    assert [flow["people"] for flow in block["flows"]] == [None, None, 400, None]


def test_families_are_told_apart_from_persons(block):
    told = {movement["id"]: (movement.get("people"), movement.get("households")) for movement in block["movements"]}
    assert told["m-families"] == (None, [40, None, None, "families"])
    assert told["m-valle"] == ([400, 400, 400, "persons"], None)


def test_empty_layers_give_an_empty_block():
    layers, told = story.nothing()
    block = data_block(layers, told, story.info())
    assert (block["zones"], block["marks"], block["flows"]) == ([], [], [])


# --- encoding ---


def test_nothing_in_the_block_can_end_its_element():
    encoded, _ = encode_block({"text": "</script><!-- & \u2028\u2029"})
    assert not set(encoded) & set("<>&\u2028\u2029")


@given(st.text())
def test_any_text_survives_the_block(text):
    expected = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    encoded, _ = encode_block({"text": text})
    assert json.loads(encoded)["text"] == expected


def test_a_large_block_is_compressed_the_same_way_twice():
    large = {"text": "x" * COMPRESS_FROM_BYTES}
    encoded, encoding = encode_block(large)
    assert (encoding, encoded) == ("gzip", encode_block(large)[0])


def test_a_compressed_block_reads_back():
    large = {"text": "ñ" * COMPRESS_FROM_BYTES}
    assert json.loads(gzip.decompress(base64.b64decode(encode_block(large)[0]))) == large


def decode(deltas):
    lon = lat = 0
    for dlon, dlat in zip(deltas[::2], deltas[1::2], strict=True):
        lon, lat = lon + dlon, lat + dlat
        yield lon / SCALE, lat / SCALE


degrees = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(degrees, min_size=2, max_size=20))
def test_a_line_survives_to_a_metre(positions):
    line = LineString(positions)
    decoded = LineString([*decode(encode_line(line))] * (2 if len(encode_line(line)) == 2 else 1))
    assert line.hausdorff_distance(decoded) < 1e-5


def test_a_hole_and_a_second_part_survive():
    area = box(0, 0, 1, 1).difference(box(0.2, 0.2, 0.4, 0.4)).union(box(2, 2, 3, 3))
    assert sorted(len(polygon) for polygon in encode_area(area)) == [1, 2]


def test_an_empty_area_encodes_to_nothing():
    assert encode_area(Polygon()) == encode_area(None) == []


# --- columns ---

words = st.text(max_size=6)
values = {
    "numbers": st.integers(),
    "flags": st.booleans(),
    "words": words,
    "one word": st.just("x"),
    "pairs": st.tuples(st.integers(), words).map(list),
    "lists": st.lists(st.integers() | st.none(), max_size=3),
    "nested": st.lists(st.lists(st.integers(), max_size=2), max_size=2),
    "records": st.lists(st.fixed_dictionaries({"a": words}, optional={"b": st.lists(words, max_size=2)}), max_size=3),
}


@given(st.lists(st.fixed_dictionaries({}, optional=values), max_size=30))
def test_records_survive_being_written_as_columns(records):
    assert unpacked(json.loads(json.dumps(packed(records)))) == records


@given(st.lists(st.lists(st.sampled_from(["uno", "dos", "", "tres\n", "<"]), min_size=4).map(" ".join), min_size=9))
def test_texts_of_few_words_survive_being_written_in_signs(texts):
    texts = list(dict.fromkeys(texts))
    records = [{"text": text} for text in texts]
    assert unpacked(json.loads(json.dumps(packed(records)))) == records


def test_texts_of_more_words_than_there_are_signs_below_the_surrogates_survive():
    texts = [" ".join([f"w{number}"] * 4) for number in range(60_000)]
    column = packed([{"text": text} for text in texts])
    assert "signs" in column["columns"]["text"]
    assert [record["text"] for record in unpacked(column)] == texts


def test_texts_that_share_their_words_take_less_room():
    records = [{"text": " ".join(f"palabra{n * k % 50}" for k in range(1, 19))} for n in range(500)]
    assert len(json.dumps(packed(records), ensure_ascii=False)) * 3 < len(json.dumps(records))


def test_half_a_character_survives_being_written_in_signs():
    records = [{"text": f"uno dos tres \ud800 {'cuatro ' * n}cinco"} for n in range(9)]
    assert "signs" in packed(records)["columns"]["text"]
    assert unpacked(packed(records)) == records


def test_records_kept_as_columns_are_written_as_those_made_one_by_one():
    quotes = Table(3, {"text": ["a", None, "c"], "marks": [[[0, 1]], [], []]})
    table = Table(
        4,
        {
            "id": ["p", "q", "r", "s"],
            "at": Lists([1, 0, 2, 0], [7, 8, 9]),
            "pair": Lists([2, 2, 2, 2], [*range(8)]),
            "quotes": Lists([2, 0, 1, 0], quotes),
            "none": Lists([0, 0, 0, 0], []),
        },
    )
    assert packed(table) == packed(table.records())


def test_a_field_that_no_record_has_is_no_column():
    assert packed([{"a": 1, "b": None}])["columns"] == {"a": [1]}
