"""The page in a second engine, WebKitGTK, from a file: it starts, shows its records and asks for nothing."""

from __future__ import annotations

import time

import browser
import pytest
import view_fixture as story
import webkit

pytestmark = [
    pytest.mark.browser,
    # WebDriver speaks HTTP, on this machine and nowhere else.
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]


@pytest.fixture(scope="module")
def engine():
    with webkit.launched() as running:
        yield running


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    return browser.write_page(tmp_path_factory.mktemp("webkit"), story.layers(), story.disclosed(), story.info())


@pytest.fixture
def page(engine, map_file):
    engine.open(map_file)
    return engine


def test_the_page_starts_with_its_marks_and_its_list(page):
    counts = "return ['.mp-mark', '#mp-list [data-rove]'].map((name) => document.querySelectorAll(name).length > 0)"
    assert page.run(counts) == [True, True]


def test_the_page_asks_for_nothing_and_complains_of_nothing(page):
    page.run(f"return ({browser.WALK})(arguments[0])", ["es"])
    page.run(f"return ({browser.ROOMS})(arguments[0])", ["cota"])
    asked = page.run("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert (asked, page.asked_the_network(), page.complaints()) == ([], False, [])


def test_a_request_would_be_seen(engine, tmp_path):
    leaking = tmp_path / "leaking.html"
    leaking.write_text("<html><head></head><body class='is-ready'></body></html>")
    engine.open(leaking)
    engine.run("new Image().src = 'http://example.invalid/x'")
    until = time.monotonic() + 5
    while not (asked := engine.asked_the_network()) and time.monotonic() < until:
        time.sleep(0.05)
    assert asked


def test_the_policy_is_in_force(page):
    page.run("const s = document.createElement('script'); s.textContent = 'window.__ran = 1'; document.body.append(s)")
    page.wait("window.__complaints.length > 0")
    assert page.run("return window.__ran ?? null") is None


def test_a_record_opens_with_its_quotation(page):
    page.run(browser.pressing("Cota 905"))
    page.wait("document.querySelector('#mp-evidence .mp-quote')")
    assert "Cota 905" in page.run("return document.querySelector('#mp-evidence').textContent")


def test_the_table_stands_beside_the_map(page):
    page.run("document.querySelectorAll('#mp-views button')[1].click()")
    page.wait("document.body.classList.contains('is-table')")
    assert page.run("return document.querySelectorAll('#mp-table tbody tr').length") > 0


def test_the_language_can_be_changed(page):
    page.run("document.querySelector('#mp-languages [lang=en]').click()")
    assert page.run("return document.querySelector('h1').textContent") == "Clashes and displacement in Caracas"
