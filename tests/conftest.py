"""What all tests share: no network, a fixed surrounding, the area packs and a way to write a report."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from mapper.model import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from browser import Opened

    from mapper.places import Area

FIXTURES = Path(__file__).parent / "fixtures"

# Sockets are blocked by pytest-socket (see pyproject.toml), Unix ones apart: asyncio needs them.
# A test that talks to a program on this machine is marked `enable_socket` and says why.

# A busy machine must not fail a property; CI must try the same cases each time.
settings.register_profile("mapper", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("mapper")


def pytest_configure() -> None:
    """Fix what a machine may have set; the time zone is a day ahead of Caracas, so that using it shows."""
    for name in ("LANGUAGE", "LC_MESSAGES", "FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        os.environ.pop(name, None)
    os.environ |= {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "Asia/Tokyo"}
    time.tzset()


@pytest.fixture(scope="session")
def caracas() -> Area:
    """The Caracas area pack, loaded once."""
    from mapper.places import load_area

    return load_area("caracas")


@pytest.fixture(scope="session")
def toytown() -> Path:
    """The folder of a made-up pack: few polygons, one duplicated name, one shared edge, one concave shape."""
    return FIXTURES / "areas" / "toytown"


@pytest.fixture
def report() -> Callable[..., Report]:
    """Return a function that makes a report of a text: ``report("...", language="es")``."""

    def make(text: str, *, report_id: str = "r1", language: str = "en", published: str = "2021-07-11") -> Report:
        return Report(report_id, text, language=language, published=dt.date.fromisoformat(published))

    return make


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs the command line: ``run("build", "--help")`` gives (exit code, stdout, stderr)."""
    from mapper import cli

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            cli.main(arguments)
        captured = capsys.readouterr()
        return int(stop.value.code or 0), captured.out, captured.err

    return call


# --- the page, in a real browser ---


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A running browser for one module's tests."""
    import browser

    with browser.launched() as running:
        yield running


@pytest.fixture(scope="module")
def map_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the made-up story in ``view_fixture``."""
    import browser
    import view_fixture as story

    return browser.write_page(tmp_path_factory.mktemp("map"), story.layers(), story.disclosed(), story.info())


@pytest.fixture
def opened(chromium: Any, map_file: Path) -> Iterator[Opened]:
    """That page, opened for one test, with what it asked for and complained about."""
    import browser

    view = browser.Opened(chromium, map_file)
    yield view
    view.close()


@pytest.fixture(scope="module")
def shared(chromium: Any, map_file: Path) -> Iterator[Opened]:
    """That page, opened once for a module; see ``page``."""
    import browser

    view = browser.Opened(chromium, map_file)
    yield view
    view.close()


@pytest.fixture
def page(shared: Opened) -> Any:
    """The shared page in its first state."""
    shared.again()
    return shared.page


@pytest.fixture
def phone(chromium: Any, map_file: Path) -> Iterator[Any]:
    """That page on a phone."""
    import browser

    view = browser.Opened(chromium, map_file, **browser.PHONE)
    yield view.page
    view.close()
