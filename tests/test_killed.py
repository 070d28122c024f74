"""A build that is killed at any moment loses nothing: the store opens, files are whole, the next build finishes."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mapper.store import Store

ROOT = Path(__file__).parent.parent
REPORTS = 200
KILLS = int(os.environ.get("MAPPER_KILLS", "10"))  # `make soak` asks for 100


def write_reports(folder: Path, count: int) -> None:
    """Write reports of our own annotated ones, without their marks."""
    texts = "\n====\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "annotated").glob("?.txt"))
    )
    for number, block in enumerate(re.split(r"^={4,}$", texts, flags=re.MULTILINE)[:count]):
        day = re.search(r"^%% published: (\S+)$", block, re.MULTILINE)
        said = re.sub(r"\{([^|{}]+)\|[^{}]*\}", r"\1", re.sub(r"^%%.*$", "", block, flags=re.MULTILINE)).strip()
        head = f"---\ndate: {day[1]}\n---\n" if day else ""
        (folder / f"report {number:03d}.txt").write_text(head + said, encoding="utf-8")


def command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "mapper", "build", str(folder / "reports"), "--out", str(folder / "out")]


def build(folder: Path) -> bytes:
    subprocess.run(command(folder), cwd=folder, check=True, capture_output=True)
    return (folder / "out" / "map.html").read_bytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed")
    (folder / "reports").mkdir()
    return folder


@pytest.mark.timeout(300 + 120 * KILLS)
def test_a_build_that_is_killed_again_and_again_loses_nothing(folder: Path):
    write_reports(folder / "reports", REPORTS // 10)
    old = build(folder)
    known = (folder / ".mapper" / "store.db").read_bytes()  # with the build that the new map is compared with
    write_reports(folder / "reports", REPORTS)
    begun = time.monotonic()
    new = build(folder)
    lasts = time.monotonic() - begun
    complete = check_store(folder / ".mapper" / "store.db")
    assert not (folder / ".mapper" / "store.db-wal").exists()  # closed: nothing of it stands anywhere else
    chance = random.Random(905)  # noqa: S311 - moments, not secrets
    ended = True
    for _ in range(KILLS):
        if ended:  # there is nothing left to be killed at: begin anew
            (folder / ".mapper" / "store.db").write_bytes(known)
            (folder / "out" / "map.html").write_bytes(old)
        run = subprocess.Popen(
            command(folder), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(chance.uniform(0.1, lasts))
        os.killpg(run.pid, signal.SIGKILL)
        ended = run.wait() == 0
        assert (folder / "out" / "map.html").read_bytes() in (old, new)
        check_store(folder / ".mapper" / "store.db")
    assert build(folder) == new
    assert check_store(folder / ".mapper" / "store.db") == complete > REPORTS * 0.9


def check_store(path: Path) -> int:
    """Return how many reports the store holds, each once, after making sure that it opens and is whole."""
    if not path.exists():
        return 0
    with Store(path):
        pass
    with contextlib.closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        told = [name for (name,) in base.execute("SELECT report_id FROM readings")]
    assert len(told) == len(set(told))
    return len(told)
