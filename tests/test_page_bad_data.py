"""The page in a real browser with bad data: too little, too much, or out of place."""

from __future__ import annotations

import dataclasses

import browser
import pytest
import view_fixture as story

from mapper.model import Disclosed, Quote

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


# --- bad data ---


def shown_with(chromium, folder, layers, told, info=None):
    view = browser.Opened(chromium, browser.write_page(folder, layers, told, info or story.info()))
    browser.walk(view.page)
    return view


def test_nothing_found_gives_a_sensible_page(chromium, tmp_path):
    view = shown_with(chromium, tmp_path, *story.nothing())
    assert ("no" in view.page.inner_text(".mp-summary").lower(), view.complaints) == (True, [])
    view.close()


def test_the_view_of_an_empty_map_holds_the_area_in_its_middle(chromium, tmp_path):
    view = browser.Opened(chromium, browser.write_page(tmp_path, *story.nothing(), story.info()))
    browser.settled(view.page)
    frame = view.page.locator(".folium-map").bounding_box()
    borders = [one.bounding_box() for one in view.page.locator(".leaflet-pane .mp-municipality-line").all()]
    middle = (min(one["x"] for one in borders) + max(one["x"] + one["width"] for one in borders)) / 2
    view.close()
    assert (middle - frame["x"]) / frame["width"] == pytest.approx(0.5, abs=0.05)


def test_empty_everything_gives_a_sensible_page(chromium, tmp_path):
    layers, _ = story.nothing()
    bare = dataclasses.replace(layers, parishes=story.frame([]), municipalities=story.frame([]))
    told = Disclosed(story.disclosed().level, (), (), (), {})
    view = shown_with(chromium, tmp_path, bare, told, story.info(data_through=None, attributions=(), version=""))
    assert view.complaints == []
    view.close()


def test_one_incident_gives_a_sensible_page(chromium, tmp_path):
    layers = story.layers()
    one = dataclasses.replace(
        layers,
        zones=story.frame([]),
        flows=story.frame([]),
        mentioned=story.frame([]),
        incidents=layers.incidents.iloc[[3]],
    )
    view = shown_with(chromium, tmp_path, one, story.disclosed(movements=(), quotes={}, mentioned=()))
    assert (view.page.locator(".mp-mark").count(), view.complaints) == (1, [])
    view.close()


def test_a_long_quote_is_folded_and_can_be_opened(chromium, tmp_path):
    told = story.disclosed(quotes={"i-clash": (Quote("r1", "palabra " * 625, ((0, 7),)),)})
    view = browser.Opened(chromium, browser.write_page(tmp_path, story.layers(), told, story.info()))
    view.page.click(".mp-entry:has-text('Cota 905')")
    folded = view.page.locator(".mp-quote").bounding_box()["height"]
    view.page.click(".mp-more")
    assert (folded < 300, view.page.locator(".mp-quote").bounding_box()["height"] > 600) == (True, True)
    view.close()


def test_a_large_page_is_compressed_and_still_opens(chromium, tmp_path):
    quotes = tuple(Quote("r1", " ".join(f"palabra{i}x{k}" for k in range(40)), ()) for i in range(2000))
    path = browser.write_page(tmp_path, story.layers(), story.disclosed(quotes={"i-clash": quotes}), story.info())
    view = browser.Opened(chromium, path)
    assert (view.page.get_attribute("#mp-data", "data-encoding"), view.complaints) == ("gzip", [])
    view.close()


def test_a_damaged_file_says_so(chromium, tmp_path):
    broken = browser.write_page(tmp_path, story.layers(), story.disclosed(), story.info())
    broken.write_text(broken.read_text("utf-8").replace('"schema":2', '"schema":9'), "utf-8")
    view = browser.Opened(chromium, broken)
    assert "No se pudo leer" in view.page.inner_text("#mp-list")
    view.close()


def test_a_movement_without_ends_is_listed_and_draws_nothing(chromium, tmp_path):
    lost = dataclasses.replace(story.MOVEMENTS[3], movement_id="m-lost", origins=(), destinations=(), via=())
    layers = dataclasses.replace(story.layers(), flows=story.frame([]))
    view = shown_with(chromium, tmp_path, layers, story.disclosed(movements=(lost,)))
    listed = view.page.locator("#mp-list [data-rove]:has-text('destination not stated'), #mp-list :text('→')").count()
    assert (listed > 0, view.page.locator(".mp-flow").count(), view.complaints) == (True, 0, [])
    view.close()


def test_a_zone_on_the_edge_of_the_area_is_drawn_whole(chromium, tmp_path):
    edge = story.place("edge", "El Borde", story.WEST, story.SOUTH, uncertainty_m=500.0)
    incident = dataclasses.replace(story.INCIDENTS[0], incident_id="i-edge", places=(edge,), claims=(), around=())
    disc = story.zone(edge, "disc", story.disc(edge.lon, edge.lat, 700), "i-edge", when=("2021-07-07", "2021-07-11"))
    layers = dataclasses.replace(
        story.layers(),
        zones=story.frame([disc]),
        incidents=story.frame([story.incident_row("p1", incident, edge)]),
        flows=story.frame([]),
        mentioned=story.frame([]),
    )
    told = story.disclosed(incidents=(incident,), movements=(), quotes={}, mentioned=())
    view = browser.Opened(chromium, browser.write_page(tmp_path, layers, told, story.info()))
    box, zone = (view.page.locator(name).bounding_box() for name in (".folium-map", ".leaflet-pane .mp-zone--disc"))
    inside = box["x"] <= zone["x"] and zone["y"] + zone["height"] <= box["y"] + box["height"]
    assert (inside, view.complaints) == (True, [])
    view.close()


def test_four_hundred_places_in_one_parish_give_a_sensible_page(chromium, tmp_path):
    places = [
        story.place(f"p-{i}", f"Sector {i}", -66.925 + (i % 20) * 0.0008, 10.478 + (i // 20) * 0.0005)
        for i in range(400)
    ]
    incidents = tuple(
        dataclasses.replace(story.INCIDENTS[1], incident_id=f"i-{i}", places=(where,)) for i, where in enumerate(places)
    )
    rows = [story.incident_row(f"r-{i}", *pair) for i, pair in enumerate(zip(incidents, places, strict=True))]
    zones = [
        story.zone(where, "disc", story.disc(where.lon, where.lat, 300), f"i-{i}", when=("2021-07-09", "2021-07-09"))
        for i, where in enumerate(places)
    ]
    layers = dataclasses.replace(
        story.layers(),
        zones=story.frame(zones),
        incidents=story.frame(rows),
        flows=story.frame([]),
        mentioned=story.frame([]),
    )
    told = story.disclosed(incidents=incidents, movements=(), quotes={}, mentioned=())
    view = browser.Opened(chromium, browser.write_page(tmp_path, layers, told, story.info()))
    boxes = [label.bounding_box() for label in view.page.locator(".mp-labels .mp-label:visible").all()]
    view.page.evaluate(browser.pressing("Sector 1"))
    assert (len(boxes) < 200, "Sector 1" in view.page.inner_text("#mp-evidence"), view.complaints) == (True, True, [])
    view.close()
