"""What a first reader of the page stumbled over: signs lost in pictures, low screens, words that mislead."""

from __future__ import annotations

import dataclasses
import xml.etree.ElementTree as ET

import browser
import pytest
import view_fixture as story

from mapper.model import MovementKind
from mapper.view import page_html, render_map

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

SVG = "{http://www.w3.org/2000/svg}"
LOW = {"width": 720, "height": 450}  # 1440 x 900 at 200 % zoom, or a phone held sideways
BOXES = """(selectors) => selectors.map((selector) => {
  const { left, top, right, bottom } = document.querySelector(selector).getBoundingClientRect();
  return { left, top, right, bottom };
})"""


def boxes(page, *selectors):
    return page.evaluate(BOXES, list(selectors))


def apart(a, b):
    return a["right"] <= b["left"] or b["right"] <= a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]


def text_of(root):
    return [node.text for node in root.iter(f"{SVG}text")]


@pytest.fixture
def opened(chromium, map_file):
    """Open the story's page in a window of its own; close it after the test."""
    views = []

    def open_page(path=map_file, **context):
        views.append(browser.Opened(chromium, path, **context))
        return views[-1].page

    yield open_page
    for view in views:
        view.close()


@pytest.fixture
def picture(page):
    page.click(".mp-share-button")
    with page.expect_download() as waiting:
        page.click("[data-save=svg]")
    return ET.fromstring(waiting.value.path().read_bytes())  # noqa: S314 - our own page made it


# --- the picture holds what the map shows ---


def test_every_symbol_of_the_map_stands_in_the_picture(page, picture):
    shown = page.locator(".mp-mark:not(.is-out) .mp-symbol").count()
    symbols = [node for node in picture.iter(f"{SVG}svg") if node.get("viewBox") == "-1 -1 26 26"]
    assert (shown > 0, len([node for node in symbols if node.get("x") == "-12"])) == (True, shown)


def test_the_number_at_a_symbols_shoulder_stands_in_the_picture(chromium, tmp_path):
    layers = story.layers()
    grenade = layers.incidents.query("incident_id == 'i-grenade'").assign(
        place_id="petare", row_id="p9", geometry=list(layers.incidents.query("place_id == 'petare'").geometry)
    )
    together = dataclasses.replace(layers, incidents=story.frame([*rows_of(layers.incidents), *rows_of(grenade)]))
    path = browser.write_page(tmp_path, together, story.disclosed(), story.info())
    view = browser.Opened(chromium, path)
    view.page.click(".mp-share-button")
    with view.page.expect_download() as waiting:
        view.page.click("[data-save=svg]")
    root = ET.fromstring(waiting.value.path().read_bytes())  # noqa: S314 - our own page made it
    view.close()
    assert "2" in text_of(root)


def rows_of(frame):
    return frame.to_dict("records")


# --- low screens ---


def test_on_a_low_screen_the_map_keeps_most_of_the_height(opened):
    page = opened(viewport=LOW)
    [box] = boxes(page, ".folium-map")
    assert box["bottom"] - box["top"] > 0.7 * LOW["height"]


def test_on_a_low_screen_the_list_can_be_scrolled_to_its_end(opened):
    page = opened(viewport=LOW)
    page.mouse.move(60, 200)
    page.mouse.wheel(0, 90_000)
    browser.until(page, "scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 1")
    [foot] = boxes(page, "#mp-foot")
    assert foot["bottom"] <= LOW["height"] + 1


def test_on_a_low_screen_the_map_stays_while_the_list_scrolls(opened):
    page = opened(viewport=LOW)
    page.mouse.move(60, 200)
    page.mouse.wheel(0, 600)
    browser.until(page, "scrollY > 100")
    [box] = boxes(page, ".folium-map")
    assert box["top"] == 0


def test_on_a_low_screen_a_chosen_record_comes_into_view(opened):
    page = opened(viewport=LOW)
    page.evaluate("scrollTo(0, 700)")
    page.locator("#mp-list .mp-entry").first.evaluate("(entry) => entry.click()")
    browser.settled(page)
    [title] = boxes(page, "#mp-evidence-title")
    assert 0 <= title["top"] < LOW["height"]


@pytest.mark.parametrize("size", [(640, 360), (720, 450), (844, 390), (320, 420), (360, 640), (390, 844), (1024, 700)])
@pytest.mark.parametrize("language", ["es", "en"])
def test_what_floats_over_the_map_does_not_overlap(opened, size, language):
    page = opened(viewport={"width": size[0], "height": size[1]})
    browser.go(page, f"lang={language}")
    found = boxes(page, ".mp-zoom", ".mp-views", ".mp-legend", ".mp-caveat", ".mp-time")
    clashes = [(i, j) for i, a in enumerate(found) for j, b in enumerate(found) if i < j and not apart(a, b)]
    assert clashes == []


@pytest.mark.parametrize("size", [(360, 640), (390, 844)])
def test_on_a_phone_the_time_line_stands_clear_of_the_sheet(opened, size):
    page = opened(viewport={"width": size[0], "height": size[1]}, is_mobile=True, has_touch=True)
    time, side, tick = boxes(page, ".mp-time", ".mp-side", ".mp-time-tick")
    assert (time["bottom"] <= side["top"], tick["bottom"] <= side["top"] + 1) == (True, True)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("width", [360, 640, 844, 1024])
def test_what_the_time_line_says_is_not_cut(opened, width, language):
    page = opened(viewport={"width": width, "height": 700})
    browser.go(page, f"lang={language}")
    cut = "(node) => [node.scrollHeight - node.clientHeight > 1, node.scrollWidth > node.clientWidth]"
    assert page.locator(".mp-time-said").evaluate(cut) == [False, False]


# --- words ---


def page_with(tmp_path, **changes):
    return browser.write_page(tmp_path, story.layers(), story.disclosed(**changes), story.info())


def test_a_map_of_which_some_is_reviewed_says_how_much(opened, tmp_path):
    page = opened(page_with(tmp_path, reviewed=frozenset({"i-clash"})))
    left = len(story.INCIDENTS) + len(story.MOVEMENTS) - 1
    assert f"1 revisados y {left} sin revisar" in page.inner_text("#mp-notices")


def test_a_map_of_which_all_is_reviewed_does_not_call_itself_unreviewed(opened, tmp_path):
    ids = [one.incident_id for one in story.INCIDENTS] + [one.movement_id for one in story.MOVEMENTS]
    page = opened(page_with(tmp_path, reviewed=frozenset(ids)))
    assert "sin revisar" not in page.inner_text("#mp-notices")


def test_an_arrow_of_people_coming_back_says_so(opened, tmp_path):
    back = [dataclasses.replace(one, kind=MovementKind.RETURN) for one in story.MOVEMENTS]
    page = opened(page_with(tmp_path, movements=tuple(back)))
    assert any(words.startswith("Retorno") for words in page.locator(".mp-label--count").all_inner_texts())


def test_the_still_map_counts_as_the_page_does(page):
    still = page_html(render_map(story.layers(), story.disclosed(), story.info()))
    assert page.inner_text(".mp-summary") in still


# --- motion ---

MOVING = """() => [...document.querySelectorAll('body *')].map((node) => getComputedStyle(node))
  .some((style) => style.animationName !== 'none' || /[1-9]/.test(style.transitionDuration))"""


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_for_readers_who_want_it_still(opened, wish, moves):
    assert opened(reduced_motion=wish).evaluate(MOVING) == moves


# --- keyboard and address ---


def test_no_shape_on_the_map_is_a_tab_stop(page):
    page.focus(".folium-map")
    page.keyboard.press("Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('.leaflet-pane'))")


def test_a_page_opened_in_its_second_language_keeps_it_in_its_address(opened, map_file):
    page = opened()
    page.goto("about:blank")
    page.goto(f"{map_file.as_uri()}#lang=en")
    page.wait_for_selector("body.is-ready")
    page.locator("#mp-list .mp-entry").first.click()
    browser.until(page, "location.hash.includes('selected=')")
    assert "lang=en" in page.evaluate("location.hash")
