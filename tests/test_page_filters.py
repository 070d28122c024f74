"""The page's filters in a real browser: the panel, its counts, and the sentence while any is in force."""

from __future__ import annotations

import dataclasses

import browser
import pytest
import view_fixture as story

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture
def panel(page):
    page.click(".mp-filter-button")
    return page


def choice(page, words):
    return page.locator(".mp-choice", has_text=words)


def said(page):
    return page.inner_text(".mp-filter-said p")


def test_the_panel_starts_folded(page):
    assert (page.get_attribute(".mp-filter-button", "aria-expanded"), page.locator(".mp-filter-panel").is_hidden()) == (
        "false",
        True,
    )


def test_nothing_is_said_while_nothing_is_filtered(page):
    assert page.locator(".mp-filter-said").is_hidden()


def test_a_type_stands_with_its_sign_and_count(panel):
    combat = choice(panel, "Combates")
    assert (combat.locator(".mp-symbol--battles").count(), combat.locator(".mp-choice-count").inner_text()) == (1, "4")


def test_a_choice_is_said_with_what_it_leaves(panel):
    choice(panel, "Combates").locator("input").check()
    assert said(panel).startswith("Filtrado por tipo de hecho: 3 de 7 incidentes, 4 de 4 desplazamientos")


def test_that_types_leave_displacement_alone_is_said(panel):
    assert "Los desplazamientos no tienen tipo de hecho" in panel.inner_text(".mp-filter-panel")


def test_what_changed_follows_the_filters(chromium, tmp_path):
    gone = {"id": "i-old", "type": "Battles", "places": ["Catia"], "when": ["2021-07-08", "2021-07-08", "day"]}
    changes = {"since": 1, "new": ["i-clash", "i-protest"], "revised": {}, "gone": [gone]}
    path = browser.write_page(tmp_path, story.layers(), story.disclosed(), story.info(changes=changes))
    view = browser.Opened(chromium, path)
    before = view.page.inner_text("#mp-section-news .mp-count")
    browser.go(view.page, "types=Battles")
    view.page.evaluate("document.querySelector('#mp-section-news').open = true")
    told = view.page.inner_text("#mp-section-news")
    view.close()
    assert (before, "2 de 3" in told, "sigue en la lista" in told) == ("3", True, True)


def test_a_choice_keeps_the_focus(panel):
    choice(panel, "Combates").locator("input").focus()
    panel.keyboard.press("Space")
    assert panel.evaluate("document.activeElement.dataset.choice") == "types:Battles"


def test_a_choice_counts_under_the_others(panel):
    choice(panel, "Combates").locator("input").check()
    assert choice(panel, "ubicado a nivel de parroquia").locator(".mp-choice-count").inner_text() == "1"


def test_precision_stands_in_words(panel):
    assert choice(panel, "zona vaga").count() == 1


def test_only_corroborated_events_can_be_chosen(panel):
    choice(panel, "dos o más medios").locator("input").check()
    assert said(panel).startswith("Filtrado por dos o más medios: 1 de 7 incidentes")


def test_the_button_counts_the_filters(panel):
    choice(panel, "Combates").locator("input").check()
    choice(panel, "dos o más medios").locator("input").check()
    assert panel.inner_text(".mp-filter-button") == "Filtros (2)"


def test_chosen_days_are_said_in_the_list_too(page):
    browser.go(page, "from=2021-07-10&to=2021-07-11")
    assert "3 sin fecha o con fecha reservada: en lista aparte" in said(page)


def test_clearing_brings_everything_back(page):
    browser.go(page, "from=2021-07-10&types=Riots")
    page.click(".mp-filter-clear")
    assert (page.locator(".mp-filter-said").is_hidden(), page.inner_text(".mp-time-said")[:5]) == (True, "Todos")


def test_clearing_leaves_the_focus_on_the_button(panel):
    choice(panel, "Combates").locator("input").check()
    panel.click(".mp-filter-clear")
    assert panel.evaluate("document.activeElement.className").startswith("mp-filter-button")


def test_escape_folds_the_panel(panel):
    choice(panel, "Combates").locator("input").focus()
    panel.keyboard.press("Escape")
    assert panel.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false"


def test_a_value_that_no_record_has_can_be_taken_away(page):
    browser.go(page, "types=__proto__")
    page.click(".mp-filter-button")
    choice(page, "__proto__").locator("input").click()
    assert page.locator(".mp-filter-said").is_hidden()


def test_a_change_is_announced(panel):
    choice(panel, "Combates").locator("input").check()
    assert "3 de 7 incidentes" in panel.inner_text(".mp-filter-live")


# --- many sources ---


@pytest.fixture(scope="module")
def many(chromium, tmp_path_factory):
    told = story.disclosed()
    reports = tuple(
        dataclasses.replace(told.reports[0], report_id=f"s{i}", outlet=f"Diario Ávila {i}") for i in range(90)
    )
    quotes = dict(told.quotes)
    quotes["i-clash"] = (
        *quotes["i-clash"],
        *(story.quote(report.report_id, "Hubo disparos.", "disparos") for report in reports),
    )
    told = dataclasses.replace(told, reports=(*told.reports, *reports), quotes=quotes)
    path = browser.write_page(tmp_path_factory.mktemp("many"), story.layers(), told, story.info())
    view = browser.Opened(chromium, path)
    yield view
    view.close()


@pytest.fixture
def sources(many):
    many.again()
    many.page.click(".mp-filter-button")
    return many.page


def test_many_sources_start_with_a_few(sources):
    assert sources.locator(".mp-choice-list .mp-choice").count() == 8


def test_a_source_is_found_without_accents(sources):
    sources.fill(".mp-choice-search", "avila 77")
    assert sources.locator(".mp-choice-list .mp-choice-words").all_inner_texts() == ["Diario Ávila 77"]


def test_a_chosen_source_stays_in_sight(sources):
    sources.fill(".mp-choice-search", "avila 77")
    sources.locator(".mp-choice-list input").check()
    sources.fill(".mp-choice-search", "")
    assert sources.locator(".mp-choice-list input:checked").count() == 1


def test_the_rest_of_the_sources_is_named_not_dropped(sources):
    sources.click(".mp-filter-more")
    assert "escriba parte de un nombre" in sources.inner_text(".mp-choice-list")


# --- phone ---


def test_on_a_phone_the_panel_raises_the_sheet(chromium, map_file):
    view = browser.Opened(chromium, map_file, **browser.PHONE)
    view.page.tap(".mp-filter-button")
    assert view.page.get_attribute("#mp-handle", "aria-expanded") == "true"
    view.close()


def test_on_a_phone_each_choice_is_big_enough(chromium, map_file):
    view = browser.Opened(chromium, map_file, **browser.PHONE)
    view.page.tap(".mp-filter-button")
    heights = [box.bounding_box()["height"] for box in view.page.locator(".mp-choice").all()]
    assert min(heights) >= 44
    view.close()
