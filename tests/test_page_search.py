"""Search in a real browser: from the first letter to the record, by keyboard and by hand."""

from __future__ import annotations

import browser
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def find(page, words):
    """Type the words and return what is found once it stands there."""
    page.fill("#mp-search input", words)
    page.press("#mp-search input", "Enter")
    page.wait_for_selector("#mp-found .mp-entries, #mp-found .mp-note:not(:has-text('Leyendo'))")
    return page.inner_text("#mp-found")


def focused(page):
    return page.evaluate("document.activeElement.textContent || document.activeElement.id")


def test_the_field_has_a_name(page):
    assert page.get_by_role("searchbox", name="Buscar lugares y palabras").count() == 1


def test_a_slash_goes_to_the_field(page):
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "mp-search-field"


def test_a_slash_in_the_field_is_a_slash(page):
    page.keyboard.press("/")
    page.keyboard.type("a/b")
    assert page.input_value("#mp-search input") == "a/b"


def test_a_slash_closes_the_open_record_first(page):
    page.click("#mp-section-zones .mp-entry >> nth=0")
    page.keyboard.press("/")
    assert (page.locator("#mp-evidence").is_hidden(), page.evaluate("document.activeElement.id")) == (
        True,
        "mp-search-field",
    )


def test_accents_make_no_difference(page):
    assert "José Félix Ribas" in find(page, "jose felix")


def test_what_was_found_is_marked(page):
    find(page, "cementerio")
    assert "Cementerio" in page.locator("#mp-found mark").all_inner_texts()


def test_what_is_found_stands_in_the_place_of_the_list(page):
    find(page, "cota")
    assert page.locator("#mp-list").is_hidden()


def test_quoted_words_lead_to_their_incident(page):
    shown = find(page, "granada noche")
    assert "Una granada estalló en El Valle la noche del viernes." in shown


def test_a_parish_without_events_promises_nothing(page):
    assert "No significa que sea un lugar seguro" in find(page, "antimano")


def test_a_parish_is_shown_on_the_map(page):
    find(page, "antimano")
    page.click("#mp-found .mp-entry >> nth=0")
    assert page.locator(".mp-found-area").count() == 1


def test_words_that_nothing_has_say_so(page):
    assert "No significa que no haya pasado nada" in find(page, "xyzzy")


def test_a_name_that_is_not_on_the_map_is_found_with_its_reason(page):
    assert "varios lugares llevan este nombre" in find(page, "los mangos")


def test_the_number_of_results_is_announced(page):
    find(page, "vega")
    assert page.inner_text("#mp-search [role=status]").endswith("resultados")


def test_enter_goes_to_the_first_result_and_opens_it(page):
    find(page, "la vega")
    page.press("#mp-search input", "Enter")
    page.keyboard.press("Enter")
    assert page.inner_text("#mp-evidence h2") == "La Vega: amenazado, sin incidente"


def test_arrows_walk_on_through_the_groups(page):
    find(page, "cota 905")
    page.press("#mp-search input", "ArrowDown")
    page.keyboard.press("End")
    assert "Cota 905 → " in focused(page)


def test_results_are_one_tab_stop(page):
    find(page, "cota")
    stops = "[...document.querySelectorAll('#mp-found [data-rove]')].filter((one) => one.tabIndex === 0).length"
    assert page.evaluate(stops) == 1


def test_escape_goes_back_to_the_field_and_then_clears_it(page):
    find(page, "cota")
    page.press("#mp-search input", "Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert (page.input_value("#mp-search input"), page.locator("#mp-list").is_visible()) == ("", True)


def test_back_from_a_record_leads_to_what_was_found(page):
    find(page, "la vega")
    page.press("#mp-search input", "Enter")
    first = focused(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert (page.locator("#mp-found").is_visible(), focused(page)) == (True, first)


def test_a_changed_language_changes_what_was_found(page):
    find(page, "cota")
    page.click("#mp-languages [lang=en]")
    assert "Clash zone" in page.inner_text("#mp-found")


def test_an_address_holds_the_search(chromium, map_file):
    view = browser.Opened(chromium, map_file)
    find(view.page, "vega")
    browser.until(view.page, "location.hash.includes('vega')")  # it follows what is typed
    view.page.reload()
    view.wait()
    view.page.wait_for_selector("#mp-found mark")
    assert view.page.input_value("#mp-search input") == "vega"
    view.close()


def test_what_the_filters_leave_out_is_found_and_says_so(page):
    page.click(".mp-filter-button")
    page.locator(".mp-choice", has_text="Protestas").locator("input").check()
    assert "los filtros lo dejan fuera" in find(page, "granada")


def test_on_a_phone_the_results_rise_with_the_sheet(phone):
    phone.tap("#mp-search input")
    find(phone, "cota")
    browser.until(phone, "document.querySelector('#mp-found').getBoundingClientRect().height > 200")
