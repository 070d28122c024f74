"""A disk that is full, failing or read-only, at any change of any file: one sentence, and nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
STEP = int(os.environ.get("MAPPER_FAULTS_STEP", "13"))  # `make soak` fails at every change

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("cc"), reason="needs LD_PRELOAD and a C compiler"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The failing disk, compiled."""
    made = tmp_path_factory.mktemp("disk") / "failing_disk.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", made, HERE / "failing_disk.c", "-ldl"], check=True)
    return made


def cases(library: Path, room: Path, error: int, *, ever: bool, step: int = STEP) -> list[dict[str, Any]]:
    environment = os.environ | {"LD_PRELOAD": str(library), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(HERE / "failing_disk.py"), str(room), str(error), str(int(ever)), str(step)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("error", "ever"),
    [(errno.ENOSPC, True), (errno.EIO, False)],
    ids=["full from then on", "one failure"],
)
def test_a_disk_that_fails_at_any_change_costs_one_sentence_and_nothing_else(
    library: Path, tmp_path: Path, error: int, ever: bool
):
    tried = cases(library, tmp_path, error, ever=ever)
    assert len(tried) >= 60 // STEP
    for case in tried:
        assert case["code"] in (0, 1), case
        assert "Traceback" not in case["said"], case
        assert case["code"] == 0 or case["said"].count("\n") == 1, case
        assert case["outputs"], case  # each is the old one or the new one, whole
        assert case["whole"], case  # the store, says SQLite
        assert case["next"] == 0, case
        assert case["finished"], case  # the next build's outputs are those of a disk that never failed


@pytest.mark.parametrize("verb", [["geoparse", "uno.txt"], ["places", "Petare"], ["check", "uno.txt"]])
def test_printing_to_a_full_disk_is_one_sentence(tmp_path: Path, verb: list[str]):
    (tmp_path / "uno.txt").write_text("Dos hombres murieron en un tiroteo en la Cota 905.\n", encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "mapper", *verb, "--language", "en"]
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    *_, last = done.stderr.splitlines()
    assert last.startswith("What was to be printed could not be written (No space left on device).")
    assert "Traceback" not in done.stderr


@pytest.mark.timeout(600)
def test_a_read_only_disk_is_said_before_anything_is_read(library: Path, tmp_path: Path):
    (case,) = cases(library, tmp_path, errno.EROFS, ever=True, step=10_000)
    assert (case["code"], case["outputs"], case["finished"]) == (1, True, True)
    assert case["said"].startswith("The output folder out cannot be written to (Read-only file system).")
