"""A real Chromium for the page's tests: Debian's, without network, or one line saying how to get it."""

from __future__ import annotations

import contextlib
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from mapper.view import page_html, render_embed, render_map

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mapper.model import Disclosed, Layers, MapInfo

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str:
    """Return the path of an installed Chromium; skip the test where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium: on Debian or Ubuntu, `apt-get install chromium` (page tests not run)")
    return found


@contextlib.contextmanager
def launched(*arguments: str, env: dict[str, str] | None = None) -> Iterator[Any]:
    """Yield a running browser; page tests share one a module."""
    api = pytest.importorskip(
        "playwright.sync_api", reason="no playwright: `pip install playwright` (page tests not run)"
    )
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS, *arguments], env=env)
        try:
            yield browser
        finally:
            browser.close()


class Opened:
    """One open page and everything it complained about or asked for; ``now`` stops its clock."""

    def __init__(self, browser: Any, path: Path, *, now: str = "", **context: Any) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        options = {"viewport": {"width": 1366, "height": 850}, "reduced_motion": "reduce", "locale": "es-VE"} | context
        self.context = browser.new_context(offline=True, **options)
        self.page = self.context.new_page()
        if now:
            self.page.clock.set_fixed_time(now)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("console", self._console)
        self.page.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI));"
        )
        self.page.goto(path.as_uri())
        self.wait()

    def again(self) -> None:
        """Load the page anew: its first state, at less cost than another browser context."""
        address = self.page.url.partition("#")[0]  # what follows holds the state
        self.page.goto("about:blank")  # so that nothing the old page still meant to write comes after
        self.page.goto(address)
        self.wait()

    def wait(self) -> None:
        """Wait until the page has started and all that follows in turns is drawn."""
        self.page.wait_for_selector("body.is-ready, .mp-list .mp-notice", timeout=60_000)
        settled(self.page)

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def close(self) -> None:
        """Close the page and forget it."""
        self.context.close()


FRAMES = (
    "() => new Promise((done) => { let n = 4; const on = () => (n -= 1) ? requestAnimationFrame(on) : done(); on(); })"
)
FOLLOWED = """(address) => new Promise((done) => {
  const before = location.href;
  addEventListener('hashchange', () => done(), { once: true });
  location.hash = address;
  if (location.href === before) done();
})"""


def settled(page: Any) -> None:
    """Wait until nothing of the page waits to be drawn, and what was drawn was shown, names on the map too."""
    page.wait_for_selector("body:not(.is-drawing)", state="attached", timeout=60_000)
    page.evaluate(FRAMES)


def until(page: Any, expression: str, arg: Any = None) -> None:
    """Wait until an expression holds in the page. Playwright's own way asks by ``eval``, which the page's policy forbids."""
    for _ in range(600):
        if page.evaluate(expression, arg):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never so: {expression}")


def go(page: Any, address: str) -> None:
    """Follow an address within the page: filters, view and record, as a link gives them."""
    page.evaluate(FOLLOWED, address)
    settled(page)


def write_page(folder: Path, layers: Layers, told: Disclosed, info: MapInfo) -> Path:
    """Write the finished page into the folder and return its path."""
    path = folder / "map.html"
    path.write_bytes(page_html(render_map(layers, told, info)).encode())
    return path


def write_embed(folder: Path, layers: Layers, told: Disclosed, info: MapInfo) -> Path:
    """Write the page without panels into the folder and return its path."""
    path = folder / "embed.html"
    path.write_bytes(page_html(render_embed(layers, told, info)).encode())
    return path


WALK = """async (languages) => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const press = (selector) => document.querySelector(selector)?.click();
  const pause = () => new Promise((done) => setTimeout(done, 20));
  for (const part of all('details')) part.open = true;
  for (const box of all('.mp-switch input:not(:checked)')) box.click();
  for (const language of languages) {
    press(`#mp-languages [lang=${language}]`);
    for (let more = all('#mp-list .mp-more:not([hidden])'); more.length; more = all('#mp-list .mp-more:not([hidden])'))
      more.forEach((button) => button.click());
    for (let i = 0; i < all('#mp-list [data-rove]').length; i += 1) {
      all('#mp-list [data-rove]')[i].click();
      for (const more of all('#mp-evidence .mp-more:not([hidden])')) more.click();
      if (i % 20 === 0) await pause();
    }
    press('.mp-back');
  }
}"""
"""Opens every record of the list in turn, in each of the languages, with all layers shown."""

ROOMS = """async (words) => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const press = (selector) => document.querySelector(selector)?.click();
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const field = document.querySelector('#mp-search input');
  for (const text of field ? words : []) {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await pause(300);
    for (let i = 0; i < all('#mp-found [data-rove]').length; i += 1) all('#mp-found [data-rove]')[i].click();
    press('.mp-back');
  }
  if (field) {
    field.value = '';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  const [map, table] = all('#mp-views button');
  table.click();
  for (let i = 0; i < all('#mp-table thead button').length; i += 1) all('#mp-table thead button')[i].click();
  for (let i = 0; i < Math.min(8, all('#mp-table tbody tr').length); i += 1) {
    all('#mp-table tbody tr')[i].querySelector('button, a:not([href^=http])')?.click();
    table.click();
  }
  press('.mp-back');
  map.click();
  press('#mp-share-open button');
  const told = [];
  const said = () => document.querySelector('#mp-share .mp-share-told').textContent;
  for (const ending of ['svg', 'csv', 'geojson', 'png']) {
    press(`#mp-share [data-save=${ending}]`);
    const making = said();
    for (let waited = 0; said() === making && waited < 100; waited += 1) await pause(20);
    told.push(said());
  }
  press('#mp-share .mp-close');
  return told;
}"""
"""Goes through what stands beside the list: search, table and the dialog for sharing, saving all it offers."""


def pressing(name: str) -> str:
    """Return the script that opens the first record of the list with this in its name."""
    entries = "[...document.querySelectorAll('#mp-list [data-rove]')]"
    return f"{entries}.find((entry) => entry.textContent.includes({json.dumps(name)})).click()"


def walk(page: Any, *languages: str) -> None:
    """Open every record of the list in turn, in both languages or in those named, with all layers shown."""
    page.evaluate(WALK, languages or ["es", "en"])


def visit(page: Any, *words: str) -> list[str]:
    """Search for the words, sort and follow the table, save all that can be saved; return what was said of each."""
    return page.evaluate(ROOMS, list(words))
