"""Sharing: link, citation, picture, records and paper, in a real browser, from a file, with the network off."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import struct
import xml.etree.ElementTree as ET
import zlib

import browser
import geopandas as gpd
import pypdfium2
import pytest
import view_fixture as story

from mapper.model import DisclosureLevel

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("El Valle </text><script>x()</script>", "\u202eoma", "&lt;b&gt;", "a\u0007b")


@pytest.fixture
def page(shared):
    shared.again()
    shared.complaints.clear()
    return shared.page


def opened(page):
    page.click(".mp-share-button")
    return page


def saved(page, ending):
    """Press a button of the open dialog and return the file's name and bytes."""
    with page.expect_download() as waiting:
        page.click(f"[data-save={ending}]")
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def copied(page, name):
    return page.input_value(f"[data-copy='{name}'] textarea")


def choose(page, name):
    page.click(f"#mp-list .mp-entry:has-text('{name}') >> nth=0")


def pixels(png):
    """Return a PNG's rows of bytes, unpacked."""
    at, packed = 8, b""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    return zlib.decompress(packed)


# --- the dialog ---


def test_escape_closes_the_dialog_and_gives_the_focus_back(page):
    opened(page)
    page.keyboard.press("Escape")
    state = "[document.querySelector('#mp-share').open, document.activeElement.className]"
    assert page.evaluate(state) == [False, "mp-share-button"]


def test_escape_in_the_dialog_leaves_the_record_open(page):
    choose(page, "Catia")
    opened(page)
    page.keyboard.press("Escape")
    assert page.is_visible("#mp-evidence")


def test_the_open_dialog_keeps_the_focus_inside(page):
    opened(page)
    inside = []
    for _ in range(16):
        page.keyboard.press("Tab")
        inside.append(
            page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#mp-share')")
        )
    assert all(inside)


def test_the_dialog_speaks_the_language_of_the_page(page):
    page.click("#mp-languages [lang=en]")
    opened(page)
    assert page.inner_text("#mp-share-title") == "Share, cite, download"


def test_an_internal_page_says_do_not_forward(chromium, tmp_path):
    told = story.disclosed(level=DisclosureLevel.INTERNAL)
    view = browser.Opened(chromium, browser.write_page(tmp_path, story.layers(), told, story.info()))
    opened(view.page)
    words = view.page.inner_text(".mp-share-warning")
    view.close()
    assert "No la reenvíe" in words


def test_a_partner_page_has_no_such_warning(page):
    opened(page)
    assert page.locator(".mp-share-warning").count() == 0


def test_the_dialog_fits_a_phone(chromium, map_file):
    view = browser.Opened(chromium, map_file, **browser.PHONE)
    opened(view.page)
    box = view.page.locator("#mp-share").bounding_box()
    wide = view.page.evaluate("document.querySelector('#mp-share').scrollWidth")
    view.close()
    assert (box["x"], box["width"], wide, box["y"] + box["height"] <= 844) == (0, 390, 390, True)


# --- link and citation ---


def test_the_link_holds_the_view_but_not_the_readers_folders(page, map_file):
    choose(page, "Catia")
    opened(page)
    link = copied(page, "link")
    assert (link.startswith("map.html#"), "Catia" in link or "catia" in link, str(map_file.parent) in link) == (
        True,
        True,
        False,
    )


def test_the_link_opens_the_same_view(page, map_file):
    choose(page, "Catia")
    opened(page)
    ending = copied(page, "link").partition("#")[2]
    page.goto("about:blank")
    page.goto(f"{map_file.as_uri()}#{ending}")
    page.wait_for_selector("body.is-ready")
    assert page.inner_text("#mp-evidence h2") == "Catia"


def test_the_dialog_cites_the_map(page):
    opened(page)
    words = copied(page, "share.cite_map")
    assert [
        part in words for part in ("Información hasta el 11 de julio de 2021", "3f9a6c1d", "El Correo del Valle")
    ] == [True] * 3


def test_the_dialog_cites_the_chosen_record(page):
    choose(page, "Lugar no indicado")
    opened(page)
    assert "Registro i-riot" in copied(page, "share.cite_record")


def test_the_page_says_that_it_copied(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page)
    page.click("[data-copy=link] button")
    browser.until(page, "document.querySelector('[data-copy=link] .mp-copy-said').textContent")
    said = page.inner_text("[data-copy=link] .mp-copy-said")
    assert (said, page.evaluate("navigator.clipboard.readText()")) == ("Copiado.", copied(page, "link"))


def test_where_nothing_can_be_copied_the_text_stands_selected(page):
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });"
        " document.execCommand = () => false;"
    )
    opened(page)
    page.click("[data-copy=link] button")
    browser.until(page, "document.querySelector('[data-copy=link] .mp-copy-said').textContent")
    said = page.inner_text("[data-copy=link] .mp-copy-said")
    field = "document.querySelector('[data-copy=link] textarea')"
    selected = page.evaluate(f"{field}.selectionEnd - {field}.selectionStart")
    assert ("No se copió" in said, selected) == (True, len(copied(page, "link")))


# --- records ---


def test_the_csv_holds_every_record_once(page):
    opened(page)
    name, data = saved(page, "csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert (name, [row["record_id"] for row in rows]) == (
        "mapper-caracas-2021-07-11.partner.csv",
        [*(one.incident_id for one in story.INCIDENTS), *(one.movement_id for one in story.MOVEMENTS)],
    )


def test_the_csv_says_withheld(page):
    opened(page)
    rows = csv.DictReader(io.StringIO(saved(page, "csv")[1].decode("utf-8-sig")))
    row = next(row for row in rows if row["record_id"] == "m-downtown")
    assert (row["date_start"], row["people_best"], row["households_best"]) == ("withheld", "withheld", "12")


def test_the_csv_follows_the_filters(page, map_file):
    page.goto("about:blank")
    page.goto(f"{map_file.as_uri()}#types=Riots")
    page.wait_for_selector("body.is-ready")
    opened(page)
    rows = list(csv.DictReader(io.StringIO(saved(page, "csv")[1].decode("utf-8-sig"))))
    incidents = [row["record_id"] for row in rows if row["record"] == "incident"]
    assert (incidents, rows[0]["filters"]) == (["i-riot"], "types=Riots")


def test_another_program_reads_the_geojson(page, tmp_path):
    opened(page)
    name, data = saved(page, "geojson")
    path = tmp_path / name
    path.write_bytes(data)
    frame = gpd.read_file(path)
    kinds = {kind: len(rows) for kind, rows in frame.groupby("kind")}
    assert (kinds, frame.crs.to_epsg(), bool(frame.geometry.is_valid.all())) == (
        {"flow": 4, "mark": 5, "zone": 6},
        4326,
        True,
    )


def test_the_geojson_says_for_whom_and_until_when(page):
    opened(page)
    told = json.loads(saved(page, "geojson")[1])
    assert (told["level"], told["data_through"], told["fingerprint"]) == ("partner", "2021-07-11", "3f9a6c1d")


def test_saving_breaks_no_rule_of_the_page(page, shared):
    shared.requests.clear()
    opened(page)
    for ending in ("png", "svg", "csv", "geojson"):
        saved(page, ending)
    asked = [address for address in shared.requests if not address.startswith(("data:", "blob:"))]
    assert (asked, shared.complaints) == ([], [])


# --- pictures ---


def drawing(page):
    opened(page)
    return ET.fromstring(saved(page, "svg")[1])  # noqa: S314 - our own page made it


def words_of(root):
    return " ".join(node.text or "" for node in root.iter(f"{SVG}text"))


@pytest.mark.parametrize(
    "words",
    [
        "Enfrentamientos y desplazamientos en Caracas",
        "Información hasta el 11 de julio de 2021",
        "Nivel: socios",
        "Sin marca = ningún reporte leído.",
        "no es el camino recorrido",
        "OCHA COD-AB",
        "Combates",
        "Cota 905",
        "km",
        "3f9a6c1d",
    ],
)
def test_the_picture_says(page, words):
    assert words in words_of(drawing(page))


def test_the_picture_says_what_is_filtered(page, map_file):
    page.goto("about:blank")
    page.goto(f"{map_file.as_uri()}#types=Riots&from=2021-07-08&to=2021-07-10")
    page.wait_for_selector("body.is-ready")
    words = words_of(drawing(page))
    assert ("8–10 de julio de 2021" in words, "Disturbios" in words) == (True, True)


def test_the_picture_stands_alone(page):
    root = drawing(page)
    names = {node.tag.removeprefix(SVG) for node in root.iter()}
    attributes = {name for node in root.iter() for name in node.attrib}
    assert (
        names & {"image", "script", "style", "foreignObject", "use", "a"},
        attributes & {"class", "style", "href"},
    ) == (
        set(),
        set(),
    )


def test_every_pattern_that_the_picture_refers_to_is_in_it(page):
    root = drawing(page)
    held = {node.get("id") for node in root.iter() if node.get("id")}
    asked = set(
        re.findall(r"url\(#([\w-]+)\)", " ".join(value for node in root.iter() for value in node.attrib.values()))
    )
    assert (asked - held, bool(asked)) == (set(), True)


def test_the_picture_is_light_on_a_dark_screen(chromium, map_file):
    view = browser.Opened(chromium, map_file, color_scheme="dark")
    before = view.page.evaluate("getComputedStyle(document.body).backgroundColor")
    fills = {node.get("fill") for node in drawing(view.page).iter(f"{SVG}path")}
    after = view.page.evaluate("getComputedStyle(document.body).backgroundColor")
    view.close()
    assert ("rgb(36, 43, 50)" in fills, "rgb(213, 94, 0)" in fills, before == after) == (False, True, True)


def test_the_png_is_sharp_and_not_blank(page):
    opened(page)
    name, data = saved(page, "png")
    width, _height = struct.unpack(">II", data[16:24])
    assert (name.endswith(".partner.png"), width >= 1600, len(set(pixels(data))) > 50) == (True, True, True)


def test_no_name_gets_into_the_pictures_structure(chromium, tmp_path):
    told = story.disclosed(
        mentioned=(), incidents=tuple(dataclasses.replace(one, actors=NAMES) for one in story.INCIDENTS)
    )
    layers = story.layers()
    layers.incidents["name"] = [NAMES[i % len(NAMES)] for i in range(len(layers.incidents))]
    layers.zones["name"] = [NAMES[i % len(NAMES)] for i in range(len(layers.zones))]
    view = browser.Opened(chromium, browser.write_page(tmp_path, layers, told, story.info(publisher=NAMES[0])))
    names = {node.tag.removeprefix(SVG) for node in drawing(view.page).iter()}
    view.close()
    assert names & {"script", "b"} == set()


# --- paper ---


def paper(page, path):
    page.pdf(path=path, format="A4")
    return pypdfium2.PdfDocument(path)


def pdf_words(document):
    return " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)


def test_paper_holds_the_map_with_its_date_and_then_the_list(page, tmp_path):
    words = pdf_words(paper(page, tmp_path / "map.pdf"))
    order = [words.find(part) for part in ("Información hasta el 11", "Sin marca = ning", "OCHA", "Otros incidentes")]
    assert (order == sorted(order), -1 in order) == (True, False)


def test_paper_opens_what_is_folded(page, tmp_path):
    assert "vacio.txt" in pdf_words(paper(page, tmp_path / "map.pdf"))


def test_paper_is_light_on_a_dark_screen(chromium, map_file):
    view = browser.Opened(chromium, map_file, color_scheme="dark")
    view.page.emulate_media(media="print", color_scheme="dark")
    ink = view.page.evaluate("getComputedStyle(document.body).color")
    view.close()
    assert ink == "rgb(27, 35, 45)"


def test_after_printing_the_page_is_as_before(page, tmp_path):
    before = page.evaluate("document.querySelectorAll('details[open]').length")
    paper(page, tmp_path / "map.pdf")
    after = page.evaluate("document.querySelectorAll('details[open]').length")
    assert (after, page.locator(".mp-paper").count()) == (before, 0)
