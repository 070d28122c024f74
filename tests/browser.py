"""A real Chromium for the page's tests: Debian's, without network, or one line saying how to get it."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from mapper.view import page_html, render_map

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mapper.model import Disclosed, Layers, MapInfo

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
def launched() -> Iterator[Any]:
    """Yield a running browser; page tests share one a module."""
    api = pytest.importorskip(
        "playwright.sync_api", reason="no playwright: `pip install playwright` (page tests not run)"
    )
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class Opened:
    """One open page and everything it complained about or asked for."""

    def __init__(self, browser: Any, path: Path, **context: Any) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        options = {"viewport": {"width": 1366, "height": 850}, "reduced_motion": "reduce", "locale": "es-VE"} | context
        self.context = browser.new_context(offline=True, **options)
        self.page = self.context.new_page()
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
        self.page.evaluate("history.replaceState(null, '', location.pathname)")  # its address holds the state
        self.page.reload()
        self.wait()

    def wait(self) -> None:
        """Wait until the page has started."""
        self.page.wait_for_selector("body.is-ready, .mp-list .mp-notice", timeout=15_000)

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def close(self) -> None:
        """Close the page and forget it."""
        self.context.close()


def write_page(folder: Path, layers: Layers, told: Disclosed, info: MapInfo) -> Path:
    """Write the finished page into the folder and return its path."""
    path = folder / "map.html"
    path.write_bytes(page_html(render_map(layers, told, info)).encode())
    return path


def walk(page: Any) -> None:
    """Open every record of the list in turn, in both languages, with all layers shown."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    for language in ("es", "en"):
        page.evaluate(f"document.querySelector('#mp-languages [lang={language}]').click()")
        page.evaluate(
            """async () => {
              for (const box of document.querySelectorAll('.mp-switch input:not(:checked)')) box.click();
              const count = document.querySelectorAll('#mp-list [data-rove]').length;
              for (let i = 0; i < count; i += 1) document.querySelectorAll('#mp-list [data-rove]')[i].click();
              document.querySelector('.mp-back')?.click();
            }"""
        )
