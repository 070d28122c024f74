"""What the map draws, in a real browser: shapes, symbols, arrows, labels and legend, as the filters leave them."""

from __future__ import annotations

import dataclasses

import browser
import pytest
import view_fixture as story

from mapper.model import Estimate, Movement, MovementKind

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

SHOWN = "node => getComputedStyle(node).display !== 'none'"


@pytest.fixture(scope="module")
def shared(chromium, tmp_path_factory):
    path = browser.write_page(tmp_path_factory.mktemp("map"), story.layers(), story.disclosed(), story.info())
    view = browser.Opened(chromium, path)
    yield view
    view.close()


@pytest.fixture
def opened(chromium, tmp_path):
    """Return a function that opens a page of its own; all are closed after the test."""
    views = []

    def with_layers(layers, told=None, **context):
        views.append(
            browser.Opened(
                chromium, browser.write_page(tmp_path, layers, told or story.disclosed(), story.info()), **context
            )
        )
        return views[-1].page

    yield with_layers
    for view in views:
        view.close()


def drawn(page, selector):
    """Count the nodes that are there and shown."""
    return sum(node.evaluate(SHOWN) for node in page.locator(f".folium-map {selector}").all())


# --- as the filters leave it ---


def test_a_filter_takes_its_zones_off_the_map(page):
    before = drawn(page, ".mp-zone--parish")
    browser.go(page, "types=Battles")
    assert (before, drawn(page, ".mp-zone--parish"), drawn(page, ".mp-zone--footprint")) == (1, 0, 1)


def test_a_filter_takes_its_symbols_off_the_map(page):
    browser.go(page, "types=Battles")
    assert drawn(page, ".mp-mark") == 2


def test_a_time_range_takes_arrows_off_the_map(page):
    before = drawn(page, ".mp-flow")
    browser.go(page, "from=2021-08-01&to=2021-08-02")
    assert (before, drawn(page, ".mp-flow")) == (4, 0)


def test_a_layer_that_comes_back_is_still_filtered(page):
    browser.go(page, "types=Battles")
    page.click("#mp-layer-zones")
    page.click("#mp-layer-zones")
    assert (drawn(page, ".mp-zone--footprint"), drawn(page, ".mp-zone--parish")) == (1, 0)


def test_a_filter_taken_back_shows_everything_again(page):
    browser.go(page, "types=Battles")
    browser.go(page, "")
    assert (drawn(page, ".mp-mark"), drawn(page, ".mp-flow")) == (5, 4)


def test_labels_leave_with_what_they_name(page):
    before = page.locator(".mp-label--event", has_text="José Félix").count()
    browser.go(page, "types=Battles")
    assert (before, page.locator(".mp-label--event", has_text="José Félix").count()) == (1, 0)


def test_events_are_named_at_every_zoom(page):
    browser.go(page, "at=8.50/10.48000/-66.90000")
    assert page.locator(".mp-label--event", has_text="Cota 905").count() == 1


# --- intensity and corroboration ---


def several(n):
    """Return the story with n clashes at Cota 905, the first of them told by two outlets."""
    told = story.disclosed()
    first = told.incidents[0]
    more = [dataclasses.replace(first, incident_id=f"i-more-{i}", claims=(), around=()) for i in range(1, n)]
    layers = story.layers()
    ids = (first.incident_id, *(incident.incident_id for incident in more))
    zones = layers.zones.copy()
    zones.at[0, "incident_ids"] = ids
    rows = [story.incident_row(f"p-more-{i}", incident, story.COTA) for i, incident in enumerate(more)]
    points = story.frame([*layers.incidents.to_dict("records"), *rows])
    incidents = (*told.incidents, *more)
    return dataclasses.replace(layers, zones=zones, incidents=points), dataclasses.replace(told, incidents=incidents)


@pytest.mark.parametrize(("events", "step"), [(1, 1), (3, 2), (4, 3)])
def test_a_zone_is_filled_by_the_number_of_events(opened, events, step):
    page = opened(*several(events))
    assert page.locator(f".mp-zone--footprint.is-step-{step}").count() == 1


def test_a_symbol_counts_its_incidents(opened):
    page = opened(*several(12))
    assert "12" in page.locator(".mp-mark-count").all_text_contents()


def test_what_several_outlets_tell_has_a_ring(page):
    assert page.locator(".folium-map .mp-mark .mp-symbol-ring").count() == 2  # one clash, at two places


# --- displacement ---


def moved(*flows, **people):
    """Return the story with these (origin, destination) flows only."""
    told = story.disclosed()
    movements = tuple(
        Movement(f"m{i}", MovementKind.DISPLACEMENT, (origin,), (end,), (), story.DAY, **people)
        for i, (origin, end) in enumerate(flows)
    )
    rows = [story.flow(f"f{i}", movement, *flows[i], vague=False, bend=0.2) for i, movement in enumerate(movements)]
    return dataclasses.replace(story.layers(), flows=story.frame(rows)), dataclasses.replace(told, movements=movements)


HUNDRED = {"people": Estimate(100, 100, 100, "persons")}


def test_reports_of_one_way_share_an_arrow_and_add_no_people(opened):
    page = opened(*moved(*[(story.COTA, story.EL_VALLE)] * 3, **HUNDRED))
    said = page.locator(".mp-label--count").all_text_contents()
    assert (drawn(page, ".mp-flow"), ["300" in words for words in said]) == (1, [False])


def test_a_number_of_people_is_not_told_anew_by_each_of_their_arrows(opened):
    layers, told = moved((story.COTA, story.EL_VALLE), (story.COTA, story.LA_VEGA), **HUNDRED)
    layers.flows["movement_id"] = "m0"
    page = opened(layers, dataclasses.replace(told, movements=told.movements[:1]))
    assert page.locator(".mp-label--count").all_text_contents() == ["100 personas en total"] * 2


def test_pressing_a_shared_arrow_again_opens_the_next_report(opened):
    page = opened(*moved(*[(story.COTA, story.EL_VALLE)] * 2, **HUNDRED))
    press = "document.querySelector('.mp-flow-reach').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    for name in ("m0", "m1", "m0"):
        page.evaluate(press)
        browser.until(
            page, "(key) => new URLSearchParams(location.hash.slice(1)).get('selected') === key", arg=f"movement:{name}"
        )


def test_pointing_at_an_arrow_quiets_the_others(page):
    page.evaluate(
        "document.querySelector('.mp-flow-reach').dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))"
    )
    faded = [
        float(node.evaluate("node => getComputedStyle(node).opacity")) < 0.5
        for node in page.locator(".folium-map .mp-flow").all()
    ]
    assert sorted(faded) == [False, True, True, True]


def test_focusing_a_displacement_in_the_list_isolates_its_arrow(page):
    page.focus("#mp-section-movements [data-key='movement:m-valle']")
    assert page.locator(".folium-map .mp-flow.is-lit").count() == 1


def test_a_chosen_displacement_stands_out(page):
    browser.go(page, "selected=movement%3Am-valle")
    assert page.locator(".folium-map .mp-flow.is-lit").count() == 1


def test_a_far_destination_leaves_the_view_and_is_named_at_its_edge(opened):
    far = story.place("los-teques", "Los Teques", -67.3, 10.2)
    page = opened(*moved((story.COTA, far), **HUNDRED))
    metres = page.inner_text("#mp-scale")
    assert (metres in {"1 km", "2 km"}, page.locator(".mp-label", has_text="→ Los Teques").count()) == (True, 1)


def test_only_far_events_are_still_shown(opened):
    far = [story.place(f"far-{i}", f"Lejos {i}", -67.3 + i / 50, 10.2) for i in range(2)]
    layers, told = moved(tuple(far), **HUNDRED)
    empty = story.frame([])
    page = opened(dataclasses.replace(layers, zones=empty, incidents=empty, mentioned=empty), told)
    assert page.locator(".mp-label", has_text="Lejos 1").count() == 1


def test_thirty_arrows_of_one_origin_end_at_thirty_heads(opened):
    ends = [story.place(f"e{i}", f"Destino {i}", -66.955 + i * 0.0035, 10.505 + (i % 3) * 0.003) for i in range(30)]
    page = opened(*moved(*[(story.COTA, end) for end in ends], **HUNDRED))
    paths = page.evaluate(
        "[...document.querySelectorAll('.folium-map .mp-flow-line')].map((n) => n.getAttribute('d').split('L')[0])"
    )
    assert (len(paths), len(set(paths))) == (30, 30)


def test_arrows_fade_at_street_zoom(page):
    browser.go(page, "at=14.5/10.48200/-66.92500")
    browser.until(page, "getComputedStyle(document.querySelector('.mp-flows')).opacity < 0.5")


# --- legend ---


def test_the_legend_leaves_most_of_the_map_free(opened):
    page = opened(story.layers(), viewport={"width": 1440, "height": 900})
    legend, frame = (page.locator(part).bounding_box()["height"] for part in (".mp-legend", ".folium-map"))
    assert legend / frame < 0.5  # with every sign there is; the example map needs less


def test_the_legend_shows_only_signs_that_are_there(opened):
    layers = dataclasses.replace(story.layers(), zones=story.frame([]), flows=story.frame([]))
    page = opened(layers)
    assert page.locator("#mp-legend .mp-zone, #mp-legend .mp-flow-line").count() == 0


def test_hollow_heads_are_explained_beside_the_arrows(opened):
    layers, told = story.layers(), story.disclosed()
    reviewed = frozenset(one.movement_id for one in told.movements)
    signs = "#mp-signs-flows .is-unreviewed"
    pages = [opened(layers), opened(layers, dataclasses.replace(told, reviewed=reviewed))]
    assert [page.locator(signs).count() for page in pages] == [1, 0]


def test_a_group_of_the_legend_folds_and_keeps_the_focus(page):
    page.focus("[data-fold=zones]")
    page.keyboard.press("Enter")
    state = page.get_attribute("[data-fold=zones]", "aria-expanded"), page.locator("#mp-signs-zones").is_visible()
    assert (*state, page.evaluate("document.activeElement.dataset.fold")) == ("false", False, "zones")


@pytest.mark.parametrize(("context", "least"), [({}, 24), (browser.PHONE, 44)])
def test_layer_switches_are_large_enough(opened, context, least):
    page = opened(story.layers(), **context)
    if context:
        page.tap(".mp-legend-button")
    heights = [node.bounding_box()["height"] for node in page.locator(".mp-switch, .mp-fold").all()]
    assert min(heights) >= least


def test_the_legend_is_collapsed_on_a_phone(opened):
    assert opened(story.layers(), **browser.PHONE).locator(".mp-legend-body").is_visible() is False


# --- in words ---


def test_the_map_is_described_in_words(page):
    described = page.evaluate(
        "document.getElementById(document.querySelector('.folium-map').getAttribute('aria-describedby')).textContent"
    )
    assert all(words in described for words in ("zonas de enfrentamiento", "Cota 905", "no significa"[3:]))


def test_the_description_follows_the_filters(page):
    browser.go(page, "from=2021-08-01&to=2021-08-02")
    assert "Cota 905" not in page.inner_text("#mp-summary-text")


def test_arrow_keys_move_the_map(page):
    page.focus(".folium-map")
    place = "document.querySelector('.leaflet-map-pane').style.transform"
    before = page.evaluate(place)
    page.keyboard.press("ArrowRight")
    browser.until(page, f"(before) => {place} !== before", arg=before)
