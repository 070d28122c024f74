"""A page of many records in a real browser: map and list stand first, the rest follows a step a frame."""

from __future__ import annotations

import dataclasses
import xml.etree.ElementTree as ET

import browser
import pytest
import view_fixture as story

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

MANY = 2_100
PARTS = {"map": ".folium-map .mp-mark", "list": "#mp-list .mp-entry", "time": ".mp-time-bars", "names": ".mp-label"}
AT_READY = """new MutationObserver(() => {
  if (window.__there || !document.body.classList.contains("is-ready")) return;
  const parts = Object.entries(%s);
  window.__there = parts.filter(([, part]) => document.querySelector(part)).map(([name]) => name);
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] });"""


def many():
    """Return the story with so many protests at Cota 905 beside its own incidents."""
    told, layers = story.disclosed(), story.layers()
    protest = next(one for one in told.incidents if one.event_type == "Protests")
    more = [dataclasses.replace(protest, incident_id=f"many-{n}", when=story.DAY) for n in range(MANY)]
    rows = [story.incident_row(f"p-many-{n}", one, story.COTA) for n, one in enumerate(more)]
    points = story.frame([*layers.incidents.to_dict("records"), *rows])
    return dataclasses.replace(layers, incidents=points), dataclasses.replace(told, incidents=(*told.incidents, *more))


@pytest.fixture(scope="module")
def large_file(tmp_path_factory):
    return browser.write_page(tmp_path_factory.mktemp("large"), *many(), story.info())


@pytest.fixture
def large(chromium, large_file):
    view = browser.Opened(chromium, large_file)
    yield view.page
    assert view.complaints == []
    view.close()


def numbers(page):
    return page.locator(".folium-map .mp-mark:not(.is-out) .mp-mark-count").all_text_contents()


def test_the_map_stands_before_the_rest_is_drawn(chromium, large_file):
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.add_init_script(AT_READY % PARTS)
    page.goto(large_file.as_uri())
    page.locator(PARTS["time"]).wait_for()
    assert page.evaluate("window.__there") == ["map", "list"]
    context.close()


def test_all_is_drawn_in_the_end(large):
    there = [large.locator(part).count() > 0 for part in PARTS.values()]
    assert (all(there), large.evaluate("document.getElementById('mp-list').style.minHeight")) == (True, "")


def test_a_filter_reaches_map_list_and_time(large):
    browser.go(large, "types=Battles")
    told = large.inner_text(".mp-filter-said p"), large.inner_text("#mp-section-zones .mp-count")
    assert ("999+" in numbers(large), "3 de 2" in told[0], told[1]) == (False, True, "3 de 4")


def test_a_picture_waits_for_nothing(large):
    large.evaluate("() => { window.requestAnimationFrame = () => 0; }")
    large.evaluate(browser.FOLLOWED, "types=Battles")
    large.click(".mp-share-button")
    with large.expect_download() as waiting:
        large.click("[data-save=svg]")
    root = ET.fromstring(waiting.value.path().read_bytes())  # noqa: S314 - our own page made it
    assert "999+" not in [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]


# Zoom at once, and return how far symbols are from where they belong (pixels) and how much they are stretched.
ZOOMED = """() => {
  const map = window[Object.keys(window).find((name) => name.startsWith('map_'))];
  const symbols = Object.values(map._layers).filter((layer) => layer.node && layer.at);
  const frame = map.getContainer().getBoundingClientRect();
  const seen = () => {
    const places = symbols.map(({ node, at }) => [node.getScreenCTM(), map.latLngToContainerPoint(at)]);
    const off = places.map(([m, p]) => Math.hypot(m.e - frame.left - p.x, m.f - frame.top - p.y));
    return [Math.max(...off) < 2, places[0][0].a];
  };
  map.setZoom(map.getZoom() + 1, { animate: false });
  return seen();
}"""


def test_after_a_zoom_all_stays_in_place_and_is_drawn_anew_in_turns(large):
    zoomed = large.evaluate(ZOOMED)
    browser.settled(large)
    later = large.evaluate(ZOOMED.replace("map.setZoom(map.getZoom() + 1, { animate: false });", ""))
    assert (zoomed, later) == ([True, 2], [True, 1])


# --- what is drawn beyond the view's edges ---


def drawn_after(page, pixels):
    """Pan so far to the east; return whether the drawing of the zones was made anew."""
    box = "document.querySelector('.leaflet-mp-areas-pane svg').getAttribute('viewBox')"
    view = "window[Object.keys(window).find((name) => name.startsWith('map_'))]"
    before = page.evaluate(box)
    page.evaluate(f"{view}.panBy([{pixels}, 0], {{ animate: false }})")
    return page.evaluate(box) != before


def test_a_short_pan_draws_nothing_anew(page):
    assert drawn_after(page, 100) is False


def test_a_pan_beyond_what_is_drawn_draws_the_rest(page):
    assert drawn_after(page, 600) is True
