"""With scripting off: the still map, its lists and caveats stand in the file, escaped, and withhold what the level does."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import view_fixture as story
from browser import Opened, launched, write_page
from hostile import PAYLOADS

from mapper.model import DateSpan, DisclosureLevel, Estimate, Place
from mapper.view import assets
from mapper.view.drawing import SYMBOLS, still_map
from mapper.view.static import MOST_LINES, still_page

FLOWS = "Desplazamientos (origen → destino)"
ROOT = Path(__file__).parent.parent
STYLES = ROOT / "mapper" / "view" / "page" / "styles"


def still(told=None, layers=None, **about) -> str:
    return still_page(layers or story.layers(), told or story.disclosed(), story.info(**about))


def lines(markup: str, title: str) -> list[str]:
    """Return the items of the list under a heading."""
    found = re.search(rf"<h2>{re.escape(title)}</h2><ul>(.*?)</ul>", markup)
    return re.findall(r"<li>(.*?)</li>", found.group(1)) if found else []


def drawing(layers=None, told=None) -> ET.Element:
    svg = still_map(layers or story.layers(), told or story.disclosed(), story.info(), "label")
    return ET.fromstring(svg)  # noqa: S314 - our own markup


def styled(root: ET.Element, name: str) -> list[ET.Element]:
    return [node for node in root.iter() if name in node.get("class", "").split()]


# --- what is said ---


def test_title_date_and_caveats_are_said():
    text = re.sub(r"<[^>]+>", " ", still())
    for words in ("Caracas", "hasta el 11 de julio de 2021", "No significa que la zona sea segura", "sin revisar"):
        assert words in text


def test_what_an_analyst_added_says_so():
    reasons = {
        story.INCIDENTS[0].incident_id: ("added: heard it",),
        story.INCIDENTS[1].incident_id: ("killed: court record",),
    }
    said = [line for line in lines(still(story.disclosed(judged=reasons)), "Incidentes") if "analista" in line]
    assert (len(said), said[0].endswith("· agregado por un analista, no leído por el programa")) == (1, True)


def test_the_first_language_of_the_area_is_spoken():
    assert "Information to July 11, 2021" in still(languages=("en", "es"))


def test_caveats_and_signs_are_said_in_the_other_language_too():
    other = re.search(r'<section class="ms-other" lang="en">(.*?)</section>', still()).group(1)
    for words in ("Information to July 11, 2021", "not reviewed yet", "does not mean"):
        assert words in other


def test_a_picture_that_an_embedded_page_has_no_room_for_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mapper.view.static._MOST_DRAWN", 100)
    markup = still_page(story.layers(), story.disclosed(), story.info(), lists=False)
    assert ("ms-map" in markup, "demasiados datos para dibujarlo" in markup) == (False, True)


def test_a_zone_is_listed_with_its_days():
    assert lines(still(), "Zonas de enfrentamiento")[0] == (
        "Cota 905 · Santa Rosalía · 7 de julio de 2021 – 11 de julio de 2021 · 1 incidente"
    )


def test_a_route_is_listed_with_people_and_day():
    assert "9 de julio de 2021 · Cota 905 → El Valle · 400 personas" in lines(
        still(), "Desplazamientos (origen → destino)"
    )


def test_a_bound_is_not_turned_into_a_number():
    assert any("al menos 40 familias" in line for line in lines(still(), "Desplazamientos (origen → destino)"))


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (22, None, "24 (al menos 22) personas"),
        (None, 30, "24 (como máximo 30) personas"),
        (22, 30, "24 (22–30) personas"),
        (24, None, "al menos 24 personas"),
    ],
)
def test_what_bounds_a_number_is_said(low, high, words):
    counted = Estimate(low, 24, high, "persons")
    movements = [dataclasses.replace(one, people=counted) for one in story.disclosed().movements]
    assert any(words in line for line in lines(still(story.disclosed(movements=movements)), FLOWS))


def test_undated_records_have_a_list_of_their_own():
    assert "sin fecha · protesta pacífica · Plaza Bolívar" in lines(still(), "Sin fecha")


def test_an_earlier_event_says_so():
    assert any(line.endswith("hecho anterior") for line in lines(still(), "Incidentes"))


def test_a_long_list_says_how_many_more_there_are():
    many = tuple(
        dataclasses.replace(story.INCIDENTS[1], incident_id=f"x{number}") for number in range(MOST_LINES + 1234)
    )
    told = story.disclosed(incidents=(*story.INCIDENTS, *many))
    shown = lines(still(told), "Incidentes")
    assert (len(shown), shown[-1]) == (MOST_LINES + 1, "y 1.241 más")


def test_nothing_happened_is_said():
    layers, told = story.nothing()
    told = dataclasses.replace(told, reports=())
    assert "no cuentan ningún enfrentamiento" in still(told, layers)


# --- what is withheld ---


def test_a_withheld_day_is_not_said():
    line = next(line for line in lines(still(), "Sin fecha") if "el centro" in line)
    assert line == "fuente reservada · Cota 905, El Cementerio → el centro · 12 familias"


def test_the_internal_level_says_the_day():
    told = story.disclosed(level=DisclosureLevel.INTERNAL)
    assert any("el centro" in line for line in lines(still(told), "Desplazamientos (origen → destino)"))


def test_a_withheld_place_is_not_said():
    hidden = dataclasses.replace(story.INCIDENTS[1], sensitive_fields=frozenset({"places"}))
    told = story.disclosed(incidents=(hidden,))
    assert lines(still(told), "Incidentes") == ["9 de julio de 2021 · granada · fuente reservada"]


def test_no_quotation_is_in_it():
    assert "colchones" not in still()
    assert "mattresses" not in still()


# --- what is drawn ---


def test_every_zone_is_drawn_with_its_own_shape():
    shapes = [node.get("class").split()[1] for node in styled(drawing(), "ms-zone")]
    assert sorted(shapes) == ["ms-adjacent", "ms-disc", "ms-footprint", "ms-municipality", "ms-parish", "ms-vague"]


def test_the_widest_statement_lies_lowest():
    shapes = [node.get("class").split()[1] for node in styled(drawing(), "ms-zone")]
    assert (shapes[0], shapes[-1]) == ("ms-municipality", "ms-disc")


def test_an_arrow_of_unknown_number_is_dashed():
    assert len([node for node in styled(drawing(), "ms-flow") if "is-vague" in node.get("class")]) == 2


def test_an_arrow_is_wider_for_more_people():
    widths = sorted(float(node.get("stroke-width")) for node in styled(drawing(), "ms-flow"))
    assert widths[-1] > widths[0]


def referring(root: ET.Element, name: str) -> list[ET.Element]:
    return [node for node in root.iter() if node.get("href", "").startswith(f"#ms-{name}")]


def test_one_symbol_a_place():
    assert len(referring(drawing(), "sign")) == 5


def test_every_symbol_that_is_used_is_defined():
    root = drawing()
    defined = {node.get("id") for node in root.iter()}
    assert {node.get("href")[1:] for name in ("sign", "hole") for node in referring(root, name)} <= defined


def hollow(reviewed: frozenset[str]) -> tuple[int, int]:
    """Return how many symbols and how many arrow heads are hollow."""
    root = drawing(told=story.disclosed(reviewed=reviewed))
    return len(referring(root, "hole")), len(styled(root, "is-hollow"))


def test_what_nobody_reviewed_is_hollow():
    root = drawing()
    assert hollow(frozenset()) == (len(referring(root, "sign")), len(styled(root, "ms-head")))


def test_what_was_reviewed_is_not_hollow():
    incidents = {one.incident_id for one in story.disclosed().incidents}
    assert hollow(frozenset(incidents)) == (0, len(styled(drawing(), "ms-head")))
    assert hollow(frozenset({one.movement_id for one in story.disclosed().movements}))[1] == 0


def test_hollow_is_explained_only_where_it_stands():
    records = [*story.disclosed().incidents, *story.disclosed().movements]
    names = frozenset(getattr(one, "incident_id", None) or one.movement_id for one in records)
    assert ("<li>" in still(), still().count("sin revisar</li>")) == (True, 2)
    assert "sin revisar</li>" not in still(story.disclosed(reviewed=names))


def test_names_do_not_lie_on_each_other():
    boxes = [
        (float(node.get("x")), float(node.get("y")), len(node.text or "")) for node in styled(drawing(), "ms-name")
    ]
    near = [
        (a, b)
        for a in boxes
        for b in boxes
        if a < b and abs(a[1] - b[1]) < 13 and abs(a[0] - b[0]) < (a[2] + b[2]) * 13 * 0.56 / 2 - 1
    ]
    assert near == []


def test_a_far_destination_leaves_the_frame_and_is_named_at_its_edge():
    far = Place("far", "Los Teques", "city", -67.6, 10.1)
    row = story.flow("f9", story.MOVEMENTS[1], story.COTA, far, vague=False, bend=0.1)
    layers = dataclasses.replace(story.layers(), flows=story.frame([row]))
    names = [node.text for node in styled(drawing(layers), "ms-name")]
    assert "→ Los Teques" in names


def test_a_far_destination_is_named_beside_a_name_at_the_edge():
    ends = [Place("near", "Guarenas", "city", -66.77, 10.47), Place("far", "Guatire", "city", -66.3, 10.44)]
    move = story.MOVEMENTS[1]
    rows = [story.flow(end.name, move, story.COTA, end, vague=False, bend=0.01) for end in ends]
    lines = [row | {"geometry": row["geometry"].segmentize(0.002)} for row in rows]
    names = {
        node.text for node in styled(drawing(dataclasses.replace(story.layers(), flows=story.frame(lines))), "ms-name")
    }
    assert {"Guarenas", "→ Guatire"} <= names


def test_an_arrow_bends_without_kinks():
    assert all("Q" in node.get("d") for node in styled(drawing(), "ms-flow"))


def test_the_symbols_are_those_of_the_page():
    signs = (ROOT / "mapper/view/page/scripts/signs.mjs").read_text("utf-8")
    assert [kind for kind, path in SYMBOLS.items() if path not in signs] == []


def test_an_empty_map_is_drawn():
    layers, told = story.nothing()
    assert styled(drawing(layers, told), "ms-land")[0].get("d").startswith("M")


def test_one_event_is_seen_with_its_surroundings():
    one = dataclasses.replace(
        story.nothing()[0], incidents=story.frame([story.incident_row("p", story.INCIDENTS[5], story.PLAZA)])
    )
    paths = styled(drawing(one), "ms-parish-line")[0].get("d")
    assert paths.count("M") >= 2


# --- markup, size ---


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_hostile_text_adds_no_element(payload: str):
    place = dataclasses.replace(story.PLAZA, name=payload, parish=payload)
    incident = dataclasses.replace(story.INCIDENTS[5], places=(place,), sub_event_type=payload)
    rows = [story.incident_row("p", incident, place) | {"name": payload}]
    layers = dataclasses.replace(story.layers(), incidents=story.frame(rows))
    plain, hostile = _Tags(), _Tags()
    plain.feed(still())
    hostile.feed(still(story.disclosed(incidents=(*story.INCIDENTS[:5], incident)), layers, contact=payload))
    assert (hostile.seen - plain.seen, hostile.attributes - plain.attributes) == (set(), set())


def test_signs_that_turn_text_around_are_left_out():
    place = dataclasses.replace(story.PLAZA, name="\u202egnorw\u202c")
    incident = dataclasses.replace(story.INCIDENTS[5], places=(place,))
    assert "\u202e" not in still(story.disclosed(incidents=(*story.INCIDENTS[:5], incident)))


def test_no_style_attribute():
    assert re.findall(r"\sstyle=", still()) == []


def test_it_is_small():
    assert len(still().encode()) < 60_000


def test_its_colours_are_defined_in_the_page():
    for kind in ("page", "embed"):
        style = assets.page_style(kind)
        assert set(re.findall(r"var\((--[\w-]+)\)", style)) - set(re.findall(r"(--[\w-]+):", style)) == set()


def test_every_class_of_the_drawing_has_a_style():
    style = (STYLES / "static.css").read_text("utf-8")
    used = {name for node in drawing().iter() for name in node.get("class", "").split()}
    assert {name for name in used if f".{name}" not in style} == {"ms-type"} & used


# --- in a browser without scripting ---


@pytest.fixture(scope="module")
def browser():
    with launched() as running:
        yield running


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return write_page(tmp_path_factory.mktemp("still"), story.layers(), story.disclosed(), story.info())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1200])
def test_a_reader_without_scripting_sees_the_map(browser, written, scheme, width):
    context = browser.new_context(
        offline=True, java_script_enabled=False, viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    try:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(written.as_uri())
        svg = page.locator("svg.ms-map")
        box = svg.bounding_box()
        covered = page.locator("#mp-over").bounding_box()
        assert complaints == []
        assert (box["x"] >= 0, box["x"] + box["width"] <= width, box["width"] > 300) == (True, True, True)
        assert page.get_by_role("heading", name="Zonas de enfrentamiento").is_visible()
        assert covered is None or page.locator(".mp-noscript").bounding_box()["height"] >= 800
    finally:
        context.close()


def test_a_reader_with_scripting_sees_no_still_map(browser, written):
    opened = Opened(browser, written)
    try:
        assert (opened.page.locator(".mp-noscript").count(), opened.complaints) == (0, [])
    finally:
        opened.close()


def test_an_open_ended_span_says_since_when():
    since = dataclasses.replace(story.INCIDENTS[1], when=DateSpan(dt.date(2021, 7, 2), None))
    assert "desde el 2 de julio de 2021" in lines(still(story.disclosed(incidents=(since,))), "Incidentes")[0]
