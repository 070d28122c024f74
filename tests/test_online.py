"""Online geocoding against a server on this machine: what is sent, what is believed, what is kept."""

from __future__ import annotations

import datetime as dt
import sqlite3
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from fake_geocoder import FakeGeocoder, Reply, fake_geocoder, nominatim, photon

from mapper.errors import ConfigError, GeocodeUnavailableError
from mapper.model import Mention, Precision, Span, Status
from mapper.places import load_area
from mapper.places.online import Clock, OnlineGeocoder, OnlineSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mapper.places import Area

# The server runs on this machine and nowhere else.
pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

AGENT = "mapper-tests (nobody@example.org)"
TEXT = "SECRET-REPORT-TEXT: shots near Monte Azul, said a neighbour."


class Watch:
    """A clock that only moves when something sleeps."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.time, self.sleep, lambda: dt.date(2024, 5, 6))


@pytest.fixture
def server(monkeypatch) -> Iterator[FakeGeocoder]:
    monkeypatch.setenv("no_proxy", "*")
    with fake_geocoder() as fake:
        yield fake


@pytest.fixture
def area(toytown: Path) -> Area:
    return load_area(toytown)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def make(server: FakeGeocoder, area: Area, watch: Watch, tmp_path: Path) -> Callable[..., OnlineGeocoder]:
    """Return a function that makes a geocoder of the fake server."""

    def made(*, tell: Callable[[str], None] | None = None, language: str = "en", **more: Any) -> OnlineGeocoder:
        kept = str(tmp_path / "deep" / "cache.db")
        settings = OnlineSettings(address=server.address, user_agent=AGENT, retries=0, cache=kept)
        return OnlineGeocoder(area, replace(settings, **more), tell=tell, language=language, clock=watch.clock)

    return made


def mention(name: str = "Monte Azul", start: int = 31, status: Status = Status.NOT_FOUND) -> Mention:
    return Mention(start, start + len(name), name, status, reasons=("no place of this name",))


def completed(geocoder: OnlineGeocoder, *names: str) -> tuple[Mention, ...]:
    return geocoder.complete(tuple(mention(name) for name in names or ("Monte Azul",)), TEXT, ())


GOOD = nominatim("Monte Azul", 3.01, 40.01, address={"suburb": "Alba", "county": "Villa Alba"})


def test_an_answer_that_holds_resolves_the_mention(server, make):
    server.answer(Reply([GOOD]))
    geocoder = make()
    assert geocoder.attributions == ()
    (found,) = completed(geocoder)
    host = server.address.removeprefix("http://")
    assert found.status is Status.RESOLVED
    assert found.place.place_id == "online-osm-w101"
    assert (found.place.lon, found.place.lat) == (3.01, 40.01)
    assert (found.place.parish, found.place.parish_pcode, found.place.municipality) == (
        "Alba",
        "TY010101",
        "Villa Alba",
    )
    assert (found.place.source, found.place.confidence, found.place.official) == (
        f"nominatim ({host})",
        "online",
        False,
    )
    assert found.place.precision is Precision.BARRIO
    assert found.reasons[-1] == f"found online by nominatim at {host} on 2024-05-06, ± 300 m"
    (line,) = geocoder.attributions
    assert "OpenStreetMap contributors (ODbL 1.0), via Nominatim at" in line
    assert geocoder.problems == ()


def test_photon_answers_the_same(server, make):
    server.answer(Reply({"type": "FeatureCollection", "features": [photon("Monte Azul", 3.01, 40.01, county="Alba")]}))
    (found,) = completed(make(service="photon"))
    assert found.status is Status.RESOLVED
    assert found.place.parish == "Alba"
    (asked,) = server.asked
    assert asked.path == "/api"
    assert asked.query == {"q": ["Monte Azul"], "limit": ["10"], "bbox": ["3.0,40.0,3.04,40.06"]}


def test_only_the_name_is_sent_bounded_to_the_area(server, make):
    completed(make(address=f"{server.address}/some/path/"), "Monte\nAzul")
    (asked,) = server.asked
    assert asked.path == "/some/path/search"
    assert asked.user_agent == AGENT
    assert asked.body == b""
    assert asked.query == {
        "q": ["Monte Azul"],
        "format": ["json"],
        "limit": ["10"],
        "viewbox": ["3.0,40.0,3.04,40.06"],
        "bounded": ["1"],
        "addressdetails": ["1"],
        "namedetails": ["1"],
        "accept-language": ["es"],
    }


@pytest.mark.parametrize("name", ["23", "A1", "0414 123 45 67 Ana", "ana@example.org", "x" * 101, ""])
def test_what_is_no_place_name_is_never_sent(server, make, name):
    geocoder = make()
    (found,) = completed(geocoder, name)
    assert found.status is Status.NOT_FOUND
    assert geocoder.geocode(name) == ()
    assert server.asked == []


def test_names_in_sensitive_passages_and_names_already_found_are_not_asked_for(server, make):
    mentions = (
        mention(start=10),
        replace(mention("Otra Cosa", start=50), sensitive=True),
        mention("Tercera Cosa", 80, Status.AMBIGUOUS),
    )
    assert make().complete(mentions, TEXT, (Span(15, 40),)) == mentions
    assert server.asked == []


def test_a_name_is_asked_once_a_second_apart_and_said_first(server, make, watch):
    server.answer(Reply([GOOD]))
    said: list[str] = []
    completed(
        make(tell=said.append, language="es"), "Monte Azul", "MONTE  AZUL", "Peña Roja", "Monte Ázul", "Otra Cosa"
    )
    assert [asked.query["q"] for asked in server.asked] == [["Monte Azul"], ["Peña Roja"], ["Otra Cosa"]]
    assert watch.slept == [1.0, 1.0]
    (notice,) = said
    assert "Solo se envían los nombres de lugar" in notice


def test_the_second_run_asks_nothing(server, make):
    server.answer(Reply([GOOD]), Reply([]))
    first = completed(make(), "Monte Azul", "Peña Roja")
    said: list[str] = []
    assert completed(make(tell=said.append), "Monte Azul", "Peña Roja") == first
    assert len(server.asked) == 2
    assert said == []
    completed(make(service="photon"))
    assert len(server.asked) == 3


@pytest.mark.parametrize("damage", ["garbage", "table", "items", "date", "folder"])
def test_a_damaged_cache_is_said_and_done_without(server, make, tmp_path, damage):
    server.answer(Reply([GOOD]))
    completed(make())
    file = tmp_path / "deep" / "cache.db"
    if damage == "garbage":
        file.write_bytes(b"no database at all" * 100)
    elif damage == "folder":
        file.unlink()
        file.mkdir()
    else:
        change = {
            "table": "ALTER TABLE answers RENAME COLUMN items TO other",
            "items": "UPDATE answers SET items = '{'",
            "date": "UPDATE answers SET asked_on = 'once'",
        }[damage]
        connection = sqlite3.connect(file)
        connection.execute(change)
        connection.commit()
        connection.close()
    said: list[str] = []
    (found,) = completed(make(tell=said.append))
    assert found.status is Status.RESOLVED
    assert "cache.db" in said[0]
    assert str(tmp_path) not in said[0]
    assert len(said) == 2, "the cache once, then the notice"
    assert len(server.asked) == 2


def test_a_locked_cache_is_said_and_done_without(server, make, tmp_path):
    server.answer(Reply([GOOD]))
    completed(make())
    connection = sqlite3.connect(tmp_path / "deep" / "cache.db")
    connection.execute("BEGIN EXCLUSIVE")
    said: list[str] = []
    try:
        (found,) = completed(make(tell=said.append))
    finally:
        connection.close()
    assert found.status is Status.RESOLVED
    assert "locked" in said[0]


HUGE = b"[" + b" " * 1_100_000 + b"]"
DEEP = b"[" * 200_000
FAILURES = {
    "500": (Reply(b"oops", status=500), "HTTP 500"),
    "403": (Reply(b"go away", status=403), "HTTP 403"),
    "429": (Reply(b"", status=429), "too often"),
    "redirect": (Reply(b"", status=302, headers={"Location": "/elsewhere"}), "HTTP 302"),
    "html": (Reply(b"<html>not JSON</html>"), "no geocoder's answer"),
    "bytes": (Reply(b"\xff\xfe\x00[]"), "no geocoder's answer"),
    "object": (Reply({"error": "no"}), "no geocoder's answer"),
    "null": (Reply(None), "no geocoder's answer"),
    "truncated": (Reply(b'[{"lat": "40.0', claimed_length=5000), "no geocoder's answer"),
    "huge": (Reply(HUGE), "no geocoder's answer"),
    "deep": (Reply(DEEP), "no geocoder's answer"),
    "silent": (Reply([], delay_s=5), "did not answer within 0.3 s"),
    "drip of headers": (Reply([], drip_s=0.05, drip_headers=True), "did not answer within 0.3 s"),
    "drip": (Reply([GOOD], drip_s=0.05), "did not answer within 0.3 s"),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failing_service_leaves_the_name_not_found_and_nothing_is_kept(server, make, kind):
    reply, sentence = FAILURES[kind]
    server.answer(reply)
    geocoder = make(timeout_s=0.3)
    began = time.monotonic()
    (found,) = completed(geocoder)
    assert time.monotonic() - began < 3
    assert found.status is Status.NOT_FOUND
    assert "gave no answer" in found.reasons[-1]
    (problem,) = geocoder.problems
    assert sentence in problem
    with pytest.raises(GeocodeUnavailableError):
        geocoder.geocode("Monte Azul")
    assert len(server.asked) == 2
    server.answer(Reply([GOOD]))
    assert completed(make())[0].status is Status.RESOLVED


def test_nobody_there(make):
    geocoder = make(address="http://127.0.0.1:9")
    assert completed(geocoder)[0].status is Status.NOT_FOUND
    assert "could not be asked (Connection refused)" in geocoder.problems[0]


def test_retries_back_off_and_then_the_answer_counts(server, make, watch):
    server.answer(Reply(b"", status=500), Reply(b"{"), Reply(b"", status=503), Reply([GOOD]))
    assert completed(make(retries=3))[0].status is Status.RESOLVED
    assert len(server.asked) == 4
    assert watch.slept == [2.0, 4.0, 8.0]


@pytest.mark.parametrize(("asked_for", "waited"), [("7", 7.0), ("100000", 60.0), ("soon", 2.0), ("-5", 2.0)])
def test_retry_after_is_honoured_up_to_a_minute(server, make, watch, asked_for, waited):
    server.answer(Reply(b"", status=429, headers={"Retry-After": asked_for}), Reply([GOOD]))
    assert completed(make(retries=1))[0].status is Status.RESOLVED
    assert watch.slept == [waited]


def test_what_the_service_refuses_is_not_repeated(server, make):
    server.answer(Reply(b"", status=403))
    completed(make(retries=3))
    assert len(server.asked) == 1


def test_after_three_failures_in_a_row_the_service_is_left_alone(server, make):
    server.answer(Reply(b"", status=500))
    geocoder = make()
    found = completed(geocoder, *(f"Lugar {word}" for word in ("uno", "dos", "tres", "cuatro", "cinco")))
    assert len(server.asked) == 3
    assert [m.status for m in found] == [Status.NOT_FOUND] * 5
    assert "does not answer" in found[4].reasons[-1]
    assert "2 more were not asked" in geocoder.problems[-1]


def test_an_answer_that_does_not_hold_stays_off_the_map(server, make):
    server.answer(Reply([nominatim("Monte Verde", 3.01, 40.01), 7]))
    geocoder = make()
    (found,) = completed(geocoder)
    assert (found.status, found.place) == (Status.NOT_FOUND, None)
    assert "no answer holds (1 malformed; 1 with another name)" in found.reasons[-1]
    assert geocoder.attributions == ()


def test_a_bad_item_does_not_take_the_good_one_with_it(server, make):
    server.answer(Reply([7, GOOD | {"lat": "NaN"}, GOOD]))
    assert completed(make())[0].status is Status.RESOLVED


def test_no_answer_is_said(server, make):
    server.answer(Reply([]))
    assert "asked online: no answer in the area" in completed(make())[0].reasons[-1]


def test_places_apart_are_ambiguous_and_neighbours_are_one(server, make):
    near, far = GOOD | {"osm_id": 102, "lon": "3.0105"}, nominatim("Barrio Monte Azul", 3.03, 40.05, osm_id=103)
    server.answer(Reply([far, GOOD, near]))
    (found,) = completed(make())
    assert (found.status, found.place) == (Status.AMBIGUOUS, None)
    assert [c.place_id for c in found.candidates] == ["online-osm-w101", "online-osm-w103"]
    assert "2 places apart" in found.reasons[-1]


@pytest.mark.parametrize(
    ("text", "holds"),
    [("en la calle de La Cruz", True), ("en el barrio La Cruz", False), ("cerca de La Cruz", True), ("La Cruz", True)],
)
def test_the_word_before_a_name_tells_the_kind(server, make, text, holds):
    server.answer(Reply([nominatim("Calle La Cruz", 3.01, 40.01, **{"class": "highway", "type": "residential"})]))
    (found,) = make().complete((mention("La Cruz", text.index("La Cruz")),), text, ())
    assert (found.status is Status.RESOLVED) is holds
    assert holds or "1 of another kind than the report says" in found.reasons[-1]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"address": ""}, "online-address"),
        ({"address": "geocoder.example.org"}, "online-address"),
        ({"address": "file:///etc"}, "online-address"),
        ({"address": "https://me:secret@example.org"}, "online-address"),
        ({"address": "https://example.org/?key=1"}, "online-address"),
        ({"address": "https://[::1"}, "online-address"),
        ({"address": "https://example.org:port"}, "online-address"),
        ({"user_agent": ""}, "online-user-agent"),
        ({"user_agent": "me\r\nX-Header: 1"}, "online-user-agent"),
        ({"address": "https://example.org", "pause_s": 0.1}, "online-setting"),
        ({"pause_s": -1.0}, "online-setting"),
        ({"pause_s": float("nan")}, "online-setting"),
        ({"timeout_s": 0.0}, "online-setting"),
        ({"retries": -1}, "online-setting"),
        ({"service": "other"}, "online-setting"),
    ],
)
def test_settings_that_cannot_be_used_are_said(make, wrong, code):
    with pytest.raises(ConfigError) as caught:
        make(**wrong)
    assert caught.value.code == code
    for language in ("en", "es"):
        assert "mapper.toml" in caught.value.in_language(language)


def test_a_service_on_this_machine_may_be_asked_faster(server, make, watch):
    completed(make(pause_s=0.0), "Monte Azul", "Peña Roja")
    assert watch.slept == []
