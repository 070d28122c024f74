"""The table of records in a real browser: sorting, keys, rows that exist only near what is seen."""

from __future__ import annotations

import dataclasses

import browser
import pytest
import view_fixture as story

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

MANY = 3000


@pytest.fixture(scope="module")
def shared(chromium, map_file):
    view = browser.Opened(chromium, map_file, viewport={"width": 1700, "height": 850})
    yield view
    view.close()


@pytest.fixture
def table(shared):
    shared.again()
    shared.page.click("[data-view=table]")
    return shared.page


@pytest.fixture(scope="module")
def many(chromium, tmp_path_factory):
    protests = tuple(
        dataclasses.replace(story.INCIDENTS[5], incident_id=f"i-{n:04}", when=story.DAY) for n in range(MANY)
    )
    told = story.disclosed(incidents=(*story.INCIDENTS, *protests))
    view = browser.Opened(
        chromium, browser.write_page(tmp_path_factory.mktemp("many"), story.layers(), told, story.info())
    )
    yield view
    view.close()


@pytest.fixture
def long_table(many):
    many.again()
    many.page.click("[data-view=table]")
    many.page.wait_for_selector("#mp-table [data-row='0']")
    return many.page


def column(page, key):
    return page.locator(f"#mp-table tbody .is-{key} .mp-cell-words").all_inner_texts()


def test_every_incident_is_a_row(table):
    assert table.locator("#mp-table [data-row]").count() == len(story.INCIDENTS)


def test_the_map_does_not_shine_through(table):
    assert table.locator("#mp-legend").is_hidden()


def test_the_newest_stand_first_and_the_undated_last(table):
    days = column(table, "when")
    assert (days[0], days[-1], table.get_attribute("th.is-when", "aria-sort")) == (
        "1–31 jul 2021 (con precisión de un mes)",
        "sin fecha",
        "descending",
    )


def test_a_press_sorts_and_says_so(table):
    table.click("[data-sort=where]")
    assert (table.get_attribute("th.is-where", "aria-sort"), column(table, "where")[0]) == ("ascending", "Catia")


def test_a_second_press_turns_the_order(table):
    table.click("[data-sort=where]")
    table.click("[data-sort=where]")
    assert table.get_attribute("th.is-where", "aria-sort") == "descending"


def test_only_the_sorted_column_says_so(table):
    table.click("[data-sort=killed]")
    assert table.locator("#mp-table [aria-sort]").count() == 1


def test_a_toll_stands_once_for_all_places(table):
    table.click("[data-sort=killed]")
    assert (column(table, "where")[0], column(table, "killed")[0]) == ("Cota 905, El Cementerio", "26")


def test_what_nobody_states_reads_so(table):
    table.click("[data-sort=killed]")
    assert column(table, "killed")[-1] == "no se indica"


def test_movements_have_a_table_of_their_own(table):
    table.click("[data-table=movements]")
    assert "Cota 905 → destino no indicado" in column(table, "route")


def test_withheld_people_read_withheld(table):
    table.click("[data-table=movements]")
    assert "12 familias · fuente reservada" in column(table, "people")


def test_a_row_leads_to_the_map(table):
    table.click("#mp-table tbody .is-killed >> nth=0")
    assert (table.locator("#mp-table").is_hidden(), table.locator("#mp-evidence").is_visible()) == (True, True)


def test_a_row_opens_by_keyboard(table):
    table.focus("#mp-table [data-row='0'] button")
    table.keyboard.press("ArrowDown")
    wanted = column(table, "where")[1]
    table.keyboard.press("Enter")
    assert wanted in table.inner_text("#mp-evidence")


def test_rows_are_one_tab_stop(table):
    stops = "[...document.querySelectorAll('#mp-table tbody button')].filter((one) => one.tabIndex === 0).length"
    assert table.evaluate(stops) == 1


def test_a_filter_leaves_its_rows_and_says_of_how_many(table):
    table.click(".mp-filter-button")
    table.locator(".mp-choice", has_text="Protestas").locator("input").check()
    assert (table.locator("#mp-table [data-row]").count(), table.inner_text(".mp-table-said").split(",")[0]) == (
        1,
        "1 de 7 incidentes",
    )


def test_the_undated_stay_in_the_table_while_days_are_chosen(chromium, map_file):
    view = browser.Opened(chromium, map_file)
    view.page.goto(f"{map_file.as_uri()}#view=table&from=2021-07-08&to=2021-07-11")
    view.page.reload()
    view.wait()
    assert ("1 de ellos sin fecha" in view.page.inner_text(".mp-table-said"), column(view.page, "when")[-1]) == (
        True,
        "sin fecha",
    )
    view.close()


def test_a_denied_event_says_so_where_its_column_has_no_room(chromium, map_file):
    view = browser.Opened(chromium, map_file)
    view.page.click("[data-view=table]")
    assert view.page.locator(".mp-cell-more.is-assertion:visible").all_inner_texts() == ["hecho anterior"]
    view.close()


def test_a_phone_shows_the_main_columns_without_sideways_scrolling(chromium, map_file):
    view = browser.Opened(chromium, map_file, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    view.page.click("[data-view=table]")
    wide = "(() => { const s = document.querySelector('.mp-table-scroll'); return s.scrollWidth - s.clientWidth; })()"
    assert (view.page.locator("#mp-table th[scope=col]:visible").count(), view.page.evaluate(wide)) == (4, 0)
    view.close()


def test_of_many_rows_few_exist(long_table):
    assert (
        long_table.locator("#mp-table [data-row]").count() < 60,
        long_table.get_attribute("#mp-table table", "aria-rowcount"),
    ) == (True, str(MANY + len(story.INCIDENTS) + 1))


def test_the_columns_that_have_room_fill_the_table(long_table):
    ends = "['#mp-table th.is-outlets', '#mp-table table'].map((one) => document.querySelector(one)"
    right = long_table.evaluate(f"{ends}.getBoundingClientRect().right)")
    assert abs(right[0] - right[1]) < 1


def test_end_goes_to_the_last_of_many_rows(long_table):
    long_table.focus("#mp-table [data-row='0'] button")
    long_table.keyboard.press("End")
    row = long_table.evaluate("document.activeElement.closest('tr').getAttribute('aria-rowindex')")
    assert row == str(MANY + len(story.INCIDENTS) + 1)


def test_page_down_and_up_come_back(long_table):
    long_table.focus("#mp-table [data-row='0'] button")
    for key in ("PageDown", "PageDown", "PageUp", "PageUp"):
        long_table.keyboard.press(key)
    assert long_table.evaluate("document.activeElement.closest('tr').dataset.row") == "0"


def test_the_focused_row_is_seen_below_the_head(long_table):
    long_table.focus("#mp-table [data-row='0'] button")
    long_table.keyboard.press("End")
    for _ in range(20):
        long_table.keyboard.press("ArrowUp")
    row = long_table.evaluate("document.activeElement.closest('tr').getBoundingClientRect().top")
    head = long_table.evaluate("document.querySelector('#mp-table thead').getBoundingClientRect().bottom")
    assert row >= head - 1


def test_scrolling_draws_the_rows_it_comes_to(long_table):
    long_table.evaluate("document.querySelector('.mp-table-scroll').scrollTop = 60000")
    long_table.wait_for_selector("#mp-table [data-row='1050']")


def test_a_long_folded_list_is_drawn_when_it_opens(chromium, tmp_path):
    past = tuple(dataclasses.replace(story.INCIDENTS[7], incident_id=f"i-{n:04}") for n in range(60))
    told = story.disclosed(incidents=(*story.INCIDENTS, *past))
    view = browser.Opened(chromium, browser.write_page(tmp_path, story.layers(), told, story.info()))
    before = view.page.locator("#mp-section-earlier .mp-entry").count()
    view.page.click("#mp-section-earlier summary")
    view.page.wait_for_selector("#mp-section-earlier .mp-entry")
    assert (before, view.page.locator("#mp-section-earlier .mp-entry").count()) == (0, 50)
    view.close()


def test_long_lists_come_in_parts(long_table):
    long_table.click("[data-view=map]")
    assert long_table.locator("#mp-section-incidents .mp-entry").count() == 50


def test_more_of_a_long_list_takes_the_focus_on(long_table):
    long_table.click("[data-view=map]")
    long_table.click("#mp-section-incidents .mp-more")
    long_table.keyboard.press("ArrowDown")
    entries = long_table.locator("#mp-section-incidents .mp-entry")
    here = "[...document.querySelectorAll('#mp-section-incidents .mp-entry')].indexOf(document.activeElement)"
    assert (entries.count(), long_table.evaluate(here)) == (100, 51)
