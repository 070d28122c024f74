"""Without ``--online`` no socket is opened: the kernel would end the process, and does so with it."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import no_sockets
import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not no_sockets.available(), reason="this system has no seccomp filters")

STORY = "Hubo un tiroteo en la Cota 905 y vecinos huyeron hacia el sector Las Inventadas del Cerro.\n"
SETTINGS = '[online]\naddress = "http://127.0.0.1:9"\nuser_agent = "mapper tests"\nretries = 0\n'


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "mapper.toml").write_text(SETTINGS)
    (folder / "a.txt").write_text(STORY)
    (folder / "b.html").write_text(f"<html><body><article><p>{STORY * 3}</p></article></body></html>")
    command = [sys.executable, no_sockets.__file__, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "a.txt", "b.html"),
        ("geoparse", "a.txt"),
        ("explain", "a.txt"),
        ("places", "La Vega"),
        ("check", "b.html"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_verb_opens_a_socket(tmp_path: Path, arguments: tuple[str, ...]):
    done = run(tmp_path, *arguments)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("arguments", [("build", "a.txt"), ("places", "Las Inventadas del Cerro")], ids=lambda a: a[0])
def test_with_online_a_socket_is_what_ends_it(tmp_path: Path, arguments: tuple[str, ...]):
    assert run(tmp_path, *arguments, "--online").returncode == -signal.SIGSYS
