"""The page in a real browser, from a file, with the network off."""

from __future__ import annotations

import dataclasses

import browser
import pytest
import view_fixture as story

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def text(page, selector):
    return page.locator(selector).first.inner_text()


# --- offline, silent, strict ---


def test_the_page_asks_for_nothing_but_its_file(opened, map_file):
    browser.walk(opened.page)
    assert opened.requests == [map_file.as_uri()]


def test_the_page_complains_of_nothing(opened):
    browser.walk(opened.page)
    assert opened.complaints == []


def test_the_policy_is_in_force(opened):
    with_policy = (
        "const s = document.createElement('script'); s.textContent = 'window.__ran=1'; document.body.append(s);"
    )
    opened.page.evaluate(with_policy)
    assert (opened.page.evaluate("window.__ran"), len(opened.complaints) > 0) == (None, True)


# --- first view ---


def test_the_title_says_what_where_and_until_when(page):
    assert (text(page, "h1"), text(page, "#mp-through")) == (
        "Enfrentamientos y desplazamientos en Caracas",
        "Información hasta el 11 de julio de 2021",
    )


def test_the_first_view_says_that_no_mark_is_not_safety(page):
    assert "No significa que la zona sea segura" in text(page, ".mp-caveat")


def test_an_old_map_says_how_old_it_is(page):
    assert "después de su última información" in text(page, "#mp-notices")


def test_example_reports_are_announced(page):
    assert "Reportes de ejemplo" in text(page, "#mp-notices")


def test_the_view_fits_the_events(chromium, tmp_path):
    edge = story.place("edge", "El Borde", -66.80, 10.42)
    empty, row = story.frame([]), story.incident_row("p", story.INCIDENTS[0], edge)
    layers = dataclasses.replace(
        story.layers(), incidents=story.frame([row]), zones=empty, flows=empty, mentioned=empty
    )
    view = browser.Opened(chromium, browser.write_page(tmp_path, layers, story.disclosed(), story.info()))
    frame, mark = (view.page.locator(part).bounding_box() for part in (".folium-map", ".mp-mark"))
    view.close()
    middle = [(mark[at] + mark[size] / 2 - frame[at]) / frame[size] for at, size in (("x", "width"), ("y", "height"))]
    assert middle == pytest.approx([0.5, 0.5], abs=0.2)  # beside the legend


def test_the_first_view_is_the_one_that_the_fit_button_brings_back(page):
    before = page.locator(".mp-mark").first.bounding_box()
    page.click("#mp-zoom button >> nth=2")
    browser.settled(page)
    assert page.locator(".mp-mark").first.bounding_box() == pytest.approx(before, abs=1)


def test_zoom_stops_before_discs_look_like_pins(page):
    for _ in range(12):
        page.click("#mp-zoom button >> nth=0")
    metres = float(page.inner_text("#mp-scale").split()[0])
    assert 4.5 < metres / page.locator(".mp-scale-bar").bounding_box()["width"] < 5


@pytest.mark.parametrize(
    ("shape", "fill", "dashed"),
    [
        ("footprint", True, True),
        ("disc", True, True),
        ("parish", True, False),
        ("vague", True, False),
        ("adjacent", False, False),
        ("municipality", False, True),
    ],
)
def test_each_shape_is_drawn_as_the_grammar_says(page, shape, fill, dashed):
    style = page.evaluate(
        f"(() => {{ const s = getComputedStyle(document.querySelector('.folium-map .mp-zone--{shape}'));"
        " return [s.fill !== 'none', s.strokeDasharray !== 'none']; })()"
    )
    assert style == [fill, dashed]


def test_a_vague_flow_is_dashed_and_a_known_one_is_not(page):
    lines = "[...document.querySelectorAll('.folium-map .mp-flow-line')]"
    dashes = f"{lines}.map((line) => getComputedStyle(line).strokeDasharray !== 'none')"
    assert sorted(page.evaluate(dashes)) == [False, False, True, True]


def test_labels_do_not_overlap(page):
    boxes = page.evaluate(
        "[...document.querySelectorAll('.mp-label')].map((node) => node.getBoundingClientRect())"
        ".map((box) => [box.left, box.top, box.right, box.bottom])"
    )
    clashes = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert (len(boxes) > 5, clashes) == (True, [])


# --- layers ---


@pytest.mark.parametrize(
    ("layer", "drawn"),
    [
        ("zones", ".folium-map .mp-zone"),
        ("incidents", ".mp-mark"),
        ("flows", ".folium-map .mp-flow-line"),
        ("mentioned", ".folium-map .mp-mentioned"),
        ("parishes", ".folium-map .mp-parish-line"),
    ],
)
def test_each_layer_can_be_switched(page, layer, drawn):
    before = page.locator(drawn).count()
    page.click(f"#mp-layer-{layer}")
    after = page.locator(drawn).count()
    page.click(f"#mp-layer-{layer}")
    assert (before == 0) is (layer == "mentioned")
    assert (bool(before), bool(after), page.locator(drawn).count()) == (bool(before), not before, before)


# --- languages ---


def test_english_is_one_press_away(page):
    page.click("#mp-languages [lang=en]")
    assert (text(page, "h1"), page.evaluate("document.documentElement.lang")) == (
        "Clashes and displacement in Caracas",
        "en",
    )


def test_no_spanish_stays_behind_in_english(page):
    page.click("#mp-languages [lang=en]")
    shown = page.inner_text("body")
    assert [word for word in ("Leyenda", "Desplazamientos", "Combates", "sin fecha", "Reportes") if word in shown] == []


def test_an_open_panel_changes_language_too(page):
    page.click("#mp-section-zones .mp-entry >> nth=0")
    page.click("#mp-languages [lang=en]")
    assert "Clash zone" in text(page, "#mp-evidence")


# --- evidence ---


def open_entry(page, section, name):
    """Open the record of that name from the list and return what the panel says."""
    page.evaluate(f"document.querySelector('#mp-section-{section}').open = true")
    page.click(f"#mp-section-{section} .mp-entry:has-text('{name}')")
    return text(page, "#mp-evidence")


def test_a_mark_on_the_map_opens_its_evidence(page):
    page.click(".mp-mark >> nth=0")
    assert "Cota 905" in text(page, "#mp-evidence h2")


def test_a_zone_on_the_map_opens_its_evidence(page):
    click = "dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    page.evaluate(f"document.querySelector('.folium-map .mp-zone--vague').{click}")
    assert text(page, "#mp-evidence h2") == "Catia"


def test_the_list_opens_evidence_by_keyboard_alone(page):
    page.focus("#mp-section-zones summary")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert text(page, "#mp-evidence h2") == "Cota 905"


def test_escape_closes_the_panel_and_returns_to_the_entry(page):
    page.focus("#mp-section-zones .mp-entry:has-text('Cota 905')")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    focused = page.evaluate("document.activeElement.textContent")
    assert (page.locator("#mp-evidence").is_hidden(), "Cota 905" in focused) == (True, True)


def test_every_claim_stands_beside_the_others(page):
    shown = open_entry(page, "zones", "Cota 905")
    assert [
        claim
        for claim in ("22 muertos", "1 muerto", "3 muertos", "al menos 24 muertos", "28 heridos", "3.110 desplegados")
        if claim not in shown
    ] == []


def test_who_says_so_is_named(page):
    assert "según Carmen Meléndez" in open_entry(page, "zones", "Cota 905")


def test_a_withheld_claim_reads_source_withheld(page):
    assert "fuente reservada" in open_entry(page, "zones", "Cota 905")


def test_the_entry_of_state_forces_is_dated(page):
    assert "entrada de las fuerzas estatales · 9 de julio de 2021" in open_entry(page, "zones", "Cota 905")


def test_deployed_officers_are_not_casualties(page):
    assert "no son víctimas" in open_entry(page, "zones", "Cota 905")


def test_quoted_words_are_highlighted(page):
    open_entry(page, "zones", "Cota 905")
    assert page.locator("#mp-evidence mark").all_inner_texts() == ["disparos", "Cota 905", "penetrate"]


def test_precision_is_said_in_words(page):
    assert "barrio nombrado, ±\u00a0300\u00a0m" in open_entry(page, "zones", "Cota 905")


def test_a_link_to_a_report_is_safe(page):
    open_entry(page, "zones", "Cota 905")
    link = page.locator("#mp-evidence .mp-source a").first
    assert (link.get_attribute("href"), link.get_attribute("rel")) == (
        "https://example.org/nota?id=1",
        "noopener noreferrer external",
    )


def test_a_mentioned_place_says_why_and_is_then_shown(page):
    shown = open_entry(page, "mentioned", "La Vega")
    assert ("La Vega: amenazado, sin incidente" in shown, page.locator(".folium-map .mp-mentioned").count()) == (
        True,
        1,
    )


def test_a_movement_without_an_end_is_listed_and_not_drawn(page):
    listed = text(page, "#mp-section-movements")
    assert ("Cota 905 → destino no indicado" in listed, page.locator(".folium-map .mp-flow-line").count()) == (True, 4)


def test_a_withheld_date_of_a_movement_is_said(page):
    page.click("#mp-section-movements .mp-entry:has-text('el centro')")
    assert "fuente reservada" in text(page, "#mp-evidence .mp-facts")


def test_families_are_said_beside_persons_that_are_withheld(page):
    assert "12 familias" in text(page, "#mp-section-movements .mp-entry:has-text('el centro')")
    page.click("#mp-section-movements .mp-entry:has-text('el centro')")
    assert "12 familias · fuente reservada" in text(page, "#mp-evidence .mp-facts")


def test_what_is_not_on_the_map_is_listed_with_its_reason(page):
    page.click("#mp-section-unlocated summary")
    assert "varios lugares llevan este nombre" in text(page, "#mp-section-unlocated")


def test_reports_set_aside_are_listed_with_their_reason(page):
    page.click("#mp-section-set_aside summary")
    assert "El archivo está vacío." in text(page, "#mp-section-set_aside")


def test_an_undated_incident_says_so(page):
    assert "sin fecha" in text(page, "#mp-section-incidents")


def test_an_earlier_event_is_listed_apart(page):
    page.click("#mp-section-earlier summary")
    assert "hecho anterior" in text(page, "#mp-section-earlier")


# --- phone ---


def test_a_phone_needs_no_sideways_scrolling(phone):
    browser.walk(phone)
    assert phone.evaluate(
        "document.documentElement.scrollWidth <= 390 && document.getElementById('mp-side').scrollWidth <= 390"
    )


def test_a_phone_starts_with_the_legend_folded(phone):
    assert phone.locator(".mp-legend-body").is_hidden()


def test_on_a_phone_the_evidence_rises_as_a_sheet(phone):
    phone.tap(".mp-mark >> nth=3")
    browser.until(phone, "document.querySelector('#mp-side').getBoundingClientRect().height > 400")


def test_a_toll_is_not_divided_among_places(page):
    assert "no se reparten por lugar" in open_entry(page, "zones", "Cota 905")
