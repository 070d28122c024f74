"""A watch builds again when reports arrive, change or vanish, shows the new map and stops cleanly."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from browser import launched

from mapper.errors import MapperError
from mapper.serve import MapServer
from mapper.watch import changed, keep_watch, look

EXAMPLES = sorted((Path(__file__).parent.parent / "data" / "reports").glob("2021-07-*.txt"))


class Stop(threading.Event):
    """A stop that comes by itself after a number of looks."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.left = looks

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        return self.left < 0


def follow(*states: dict) -> list[dict]:
    looks = iter(states)
    return list(changed(lambda: next(looks), Stop(len(states)), {"a": 1}))


@pytest.mark.parametrize(
    ("states", "builds"),
    [
        ([{"a": 1}, {"a": 1}], []),
        ([{"a": 2}, {"a": 2}], [{"a": 2}]),
        ([{"a": 2}, {"a": 3}, {"a": 4}, {"a": 4}], [{"a": 4}]),
        ([{"a": 2}, {"a": 1}, {"a": 1}], []),
        ([{}, {}, {"b": 1}, {"b": 1}], [{}, {"b": 1}]),
    ],
    ids=["nothing new", "a change", "a file still growing", "a change taken back", "a file gone, another come"],
)
def test_a_change_counts_once_it_has_settled(states: list[dict], builds: list[dict]):
    assert follow(*states) == builds


def test_a_look_sees_what_reading_would_see(tmp_path: Path):
    (tmp_path / "deep").mkdir()
    for name in ("a.txt", "deep/b ñ 🗺.txt", ".hidden"):
        (tmp_path / name).write_text("x")
    (tmp_path / "deep" / "loop").symlink_to(tmp_path)
    assert {Path(name).name for name in look([str(tmp_path)])} == {"a.txt", "b ñ 🗺.txt"}


def test_a_look_leaves_the_output_out(tmp_path: Path):
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "map.html").write_text("x")
    assert look([str(tmp_path)], [tmp_path / "output"]) == {}


def test_a_look_at_what_is_not_there_sees_nothing(tmp_path: Path):
    assert look([str(tmp_path / "missing")]) == {}


def test_a_pasted_report_cannot_be_watched():
    from mapper import Config

    with pytest.raises(MapperError) as caught:
        keep_watch(Config(inputs=("-",)), print)
    assert caught.value.code == "watch-pasted"


def answer(address: str, host: str = "") -> tuple[int, bytes]:
    request = urllib.request.Request(address, headers={"Host": host} if host else {})  # noqa: S310 - http, our own
    try:
        with urllib.request.urlopen(request, timeout=5) as found:  # noqa: S310 - as above
            return found.status, found.read()
    except urllib.error.HTTPError as error:
        return error.code, b""


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("page", "host", "status"), [("", "", 200), ("map", "", 200), ("../secret", "", 404), ("map", "evil.example", 403)]
)
def test_only_the_map_is_served_and_only_to_this_machine(tmp_path: Path, page: str, host: str, status: int):
    (tmp_path / "map.html").write_text("the map")
    with MapServer(tmp_path / "map.html") as server:
        assert server.address.startswith("http://127.0.0.1:")
        assert answer(server.address + page, host)[0] == status


@pytest.fixture
def watching(tmp_path: Path):
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / EXAMPLES[0].name).write_bytes(EXAMPLES[0].read_bytes())
    run = subprocess.Popen(
        [sys.executable, "-m", "mapper", "watch", "reports", "--out", "out", "--serve", "--language", "en"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield run, reports
    if run.poll() is None:
        run.kill()
    run.wait()
    run.stderr.close()


def told(run: subprocess.Popen, wanted: str) -> str:
    """Return the next line that holds ``wanted``."""
    for line in run.stderr:
        if re.search(wanted, line):
            return line
    raise AssertionError(wanted)


@pytest.mark.enable_socket
def test_a_new_report_is_on_the_open_page_and_the_choice_is_kept(watching):
    run, reports = watching
    address = re.search(r"http://\S+/", told(run, "The map is at"))[0]
    told(run, "Built: 1 reports")
    with launched() as browser:
        page = browser.new_page()
        page.goto(address)
        frame = page.frame_locator("iframe")
        frame.locator("body.is-ready").wait_for()
        page.frames[1].evaluate("location.hash = '#view=table'")
        (reports / EXAMPLES[1].name).write_bytes(EXAMPLES[1].read_bytes())
        told(run, "Built: 2 reports, 1 of them")
        page.wait_for_function("document.querySelector('iframe').src.includes('build=2')", timeout=10_000)
        frame.locator("body.is-ready").wait_for()
        assert "view=table" in page.frames[1].evaluate("location.hash")


@pytest.mark.enable_socket
def test_a_report_that_vanishes_leaves_the_map(watching):
    run, reports = watching
    told(run, "Built: 1 reports")
    (reports / EXAMPLES[1].name).write_bytes(EXAMPLES[1].read_bytes())
    told(run, "Built: 2 reports")
    (reports / EXAMPLES[0].name).unlink()
    told(run, "Built: 1 reports, 0 of them")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.enable_socket
def test_it_stops_cleanly(watching, how: signal.Signals):
    run, _ = watching
    told(run, "Built: 1 reports")
    begun = time.monotonic()
    os.kill(run.pid, how)
    assert "out/map.html" in told(run, "Stopped watching")
    assert (run.wait(10), time.monotonic() - begun < 5) == (0, True)
