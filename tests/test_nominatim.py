"""A real Nominatim, made by ``tools/nominatim.sh`` from ``tests/nominatim/caracas.osm``, asked through geopy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from geopy.geocoders import Nominatim

from mapper.model import Mention, Precision, Status
from mapper.places.online import OnlineGeocoder, OnlineSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.places import Area

SCRIPT = Path(__file__).parents[1] / "tools" / "nominatim.sh"
AGENT = "mapper-tests (nobody@example.org)"

pytestmark = [
    pytest.mark.nominatim,
    # Nominatim runs on this machine and nowhere else; its first start imports the file.
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a Nominatim over our file; it ends with this module's tests."""
    if subprocess.run([SCRIPT, "ready"], check=False).returncode:
        pytest.skip("no real Nominatim here: tools/nominatim.sh install says why, or installs it")
    try:
        started = subprocess.run([SCRIPT, "start"], capture_output=True, text=True, timeout=500, check=False)
        assert started.returncode == 0, started.stderr
        yield started.stdout.strip()
    finally:
        subprocess.run([SCRIPT, "stop"], capture_output=True, timeout=60, check=True)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def geocoder(address: str, caracas: Area, tmp_path: Path) -> OnlineGeocoder:
    settings = OnlineSettings(
        address=address, user_agent=AGENT, retries=0, pause_s=0.0, cache=str(tmp_path / "kept.db")
    )
    return OnlineGeocoder(caracas, settings)


def mention(name: str) -> Mention:
    return Mention(0, len(name), name, Status.NOT_FOUND)


def test_geopy_finds_the_invented_sector_and_its_address(address):
    nominatim = Nominatim(domain=urlsplit(address).netloc, scheme="http", user_agent=AGENT)
    found = nominatim.geocode("Los Turpiales Azules", addressdetails=True)
    assert (found.latitude, found.longitude) == pytest.approx((10.44, -66.9105), abs=1e-4)
    assert found.raw["category" if "category" in found.raw else "class"] == "place"
    assert {"Sector Los Turpiales Azules", "Parroquia El Valle", "Distrito Capital", "Venezuela"} <= set(
        found.raw["address"].values()
    )


@pytest.mark.parametrize(
    ("name", "parish", "feature_class", "precision"),
    [
        ("Los Turpiales Azules", "El Valle", "sector", Precision.BARRIO),
        ("los turpiales azules", "El Valle", "sector", Precision.BARRIO),
        ("Caserio Tinajon Quebrado", "Petare", "barrio", Precision.BARRIO),
        ("Calle del Loro Mudo", "El Valle", "street", Precision.BARRIO),
    ],
)
def test_an_invented_place_is_found_in_its_parish(geocoder, name, parish, feature_class, precision):
    (place,) = geocoder.geocode(name)
    assert (place.parish, place.feature_class, place.precision) == (parish, feature_class, precision)
    assert place.source.startswith("nominatim (127.0.0.1:")
    assert place.confidence == "online"


def test_a_name_in_two_parishes_gives_two_places_and_none_is_chosen(geocoder):
    name = "Las Tres Ceibas Mochas"
    assert {place.parish for place in geocoder.geocode(name)} == {"El Valle", "Petare"}
    (done,) = geocoder.complete((mention(name),), name, ())
    assert (done.status, done.place, len(done.candidates)) == (Status.AMBIGUOUS, None, 2)


def test_a_place_outside_the_area_is_refused_though_nominatim_knows_it(address, geocoder):
    name = "Sector Garza Dormida"
    anywhere = Nominatim(domain=urlsplit(address).netloc, scheme="http", user_agent=AGENT).geocode(name)
    assert anywhere.longitude == pytest.approx(-68.0)
    assert geocoder.geocode(name) == ()


def test_a_restaurant_is_too_weak_and_the_reason_says_so(geocoder):
    name = "Arepera El Chigüire Zurdo"
    (done,) = geocoder.complete((mention(name),), name, ())
    assert done.status is Status.NOT_FOUND
    assert "of a kind too weak" in done.reasons[-1]


def test_a_name_that_nobody_knows_has_no_answer(geocoder):
    assert geocoder.geocode("Xilquamorra Vetusta") == ()


def test_an_answer_that_lies_in_another_parish_than_it_says_is_refused(geocoder):
    name = "Sector Danta Confusa"
    (done,) = geocoder.complete((mention(name),), name, ())
    assert done.status is Status.NOT_FOUND
    assert "in another parish than its address says" in done.reasons[-1]


def test_the_command_finds_a_name_only_with_online(address, tmp_path):
    name = "Los Turpiales Azules"
    (tmp_path / "mapper.toml").write_text(f'[online]\naddress = "{address}"\nuser_agent = "{AGENT}"\n')

    def places(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mapper", "places", *options, "--language", "en", name]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False)

    without, online = places(), places("--online")
    assert "El Valle" not in without.stdout
    assert online.returncode == 0, online.stderr
    assert "El Valle" in online.stdout
    assert "127.0.0.1" in online.stderr
