"""The page under axe-core: no violation of its rules in any state a reader can bring about."""

from __future__ import annotations

import browser
import pytest
import view_fixture as story

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

DESK = {"viewport": {"width": 1366, "height": 850}}
SIZES = {"desk": DESK, "phone": browser.PHONE, "zoomed": {"viewport": {"width": 683, "height": 425}}}

SEARCH = """const field = document.querySelector('#mp-search input');
  field.value = 'cota';
  field.dispatchEvent(new Event('input', { bubbles: true }))"""

# What brings the page into each state, and what shows that it is there.
STATES = {
    "first": ("", "#mp-list [data-rove]"),
    "record": (browser.pressing("Cota 905"), "#mp-evidence .mp-quote"),
    "movement": (browser.pressing("El Cementerio → La Vega"), "#mp-evidence h2"),
    "legend": ("document.querySelector('#mp-legend button[aria-expanded=false]')?.click()", "#mp-legend input"),
    "filters": (
        "document.querySelector('#mp-filters [aria-expanded=false]').click()",
        "#mp-filters [aria-expanded=true]",
    ),
    "search": (SEARCH, "#mp-found :is(button, [role=option])"),
    "table": ("document.querySelectorAll('#mp-views button')[1].click()", "#mp-table tbody tr"),
    "share": ("document.querySelector('#mp-share-open button').click()", "#mp-share[open] [data-save]"),
}

STILL = "document.getAnimations().every((one) => one.playState !== 'running')"
CHECK = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
}"""


@pytest.fixture(scope="module")
def axe():
    package = pytest.importorskip("axe_playwright_python.base", reason="no axe: `pip install axe-playwright-python`")
    return package.AXE_SCRIPT


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    return browser.write_page(tmp_path_factory.mktemp("axe"), story.layers(), story.disclosed(), story.info())


@pytest.fixture(scope="module")
def pages(chromium, map_file):
    """Return a function that gives the page of a size and scheme, in its first state."""
    views = {}

    def page(size: str, scheme: str):
        if (size, scheme) not in views:
            # The page's policy lets no script in, axe neither.
            options = {"color_scheme": scheme, "bypass_csp": True}
            views[size, scheme] = browser.Opened(chromium, map_file, **SIZES[size], **options)
        else:
            views[size, scheme].again()
        return views[size, scheme].page

    yield page
    for view in views.values():
        view.close()


def violations(page, axe, state):
    """Bring the page into the state and return what axe says of it."""
    script, sign = STATES[state]
    page.evaluate(f"() => {{ {script} }}")
    page.wait_for_selector(sign, state="attached")
    browser.settled(page)
    browser.until(page, STILL)  # sheets and dialogs come in with a transition
    page.evaluate(axe)
    return page.evaluate(CHECK)


@pytest.mark.parametrize(
    ("size", "scheme"),
    [("desk", "light"), ("desk", "dark"), ("phone", "light"), ("phone", "dark"), ("zoomed", "light")],
)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(pages, axe, state, size, scheme):
    assert violations(pages(size, scheme), axe, state) == []


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_english(pages, axe, state):
    page = pages("desk", "light")
    page.click("#mp-languages [lang=en]")
    assert violations(page, axe, state) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_to_embed(chromium, axe, tmp_path, scheme):
    path = browser.write_embed(tmp_path, story.layers(), story.disclosed(), story.info())
    view = browser.Opened(chromium, path, color_scheme=scheme, bypass_csp=True)
    view.page.evaluate(axe)
    found = view.page.evaluate(CHECK)
    view.close()
    assert found == []


def test_axe_would_find_something(pages, axe):
    page = pages("desk", "light")
    page.evaluate("document.querySelector('#mp-languages button').append(document.createElement('img'))")
    assert [found.split(":")[0] for found in violations(page, axe, "first")] == ["image-alt"]
