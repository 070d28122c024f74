"""The store keeps what it was given, whole, and says in one sentence why it cannot."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from mapper.errors import StoreError
from mapper.store import SCHEMA_VERSION, Build, Kept, Store, content_hash

if TYPE_CHECKING:
    from pathlib import Path

READING = {"report_id": "a", "content": "c", "reader": "r1", "pack": "p1"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "store.db"


def keep(store: Store, key: str, reading: bytes = b"{}", **changes: str) -> None:
    store.keep_reading(key, reading, **(READING | {"report_id": key, "content": key} | changes))


def code_of(action) -> str:
    with pytest.raises(StoreError) as caught:
        action()
    assert caught.value.in_language("es") != caught.value.in_language("en")
    return caught.value.code


def test_a_reading_is_there_after_closing(path: Path):
    with Store(path) as store:
        keep(store, "k", b'{"x": 1}')
    with Store(path) as store:
        assert store.readings(["k", "other"]) == {"k": b'{"x": 1}'}


def test_drafts_are_there_after_closing(path: Path):
    with Store(path) as store:
        store.keep_drafts("k", "c", b"[]")
    with Store(path) as store:
        assert (store.drafts("k"), store.drafts("other")) == (b"[]", None)


def test_more_readings_are_found_than_one_statement_holds(path: Path):
    keys = [f"k{number}" for number in range(1203)]
    with Store(path) as store:
        for key in keys:
            keep(store, key)
        assert sorted(store.readings(keys)) == sorted(keys)


def test_a_newer_reading_of_the_same_report_takes_the_place_of_the_old_one(path: Path):
    with Store(path) as store:
        keep(store, "old", report_id="a", content="same")
        keep(store, "new", report_id="a", content="same")
        assert list(store.readings(["old", "new"])) == ["new"]


def test_two_reports_with_the_same_text_are_both_kept(path: Path):
    with Store(path) as store:
        keep(store, "one", report_id="a", content="same")
        keep(store, "two", report_id="b", content="same")
        assert set(store.readings(["one", "two"])) == {"one", "two"}


def test_builds_are_numbered_in_order(path: Path):
    build = Build("series", "f", {"n": 1}, {"i-1": Kept("incident", "{}", "[]")})
    with Store(path) as store:
        assert [store.keep_build(build), store.keep_build(build)] == [1, 2]


def test_any_sqlite_tool_reads_it(path: Path):
    with Store(path) as store:
        keep(store, "k", report_id="cota-905")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        assert other.execute("SELECT report_id, reader, pack FROM readings").fetchall() == [("cota-905", "r1", "p1")]


def test_a_store_of_a_newer_mapper_is_refused(path: Path):
    Store(path).__exit__(None, None, None)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    assert code_of(lambda: Store(path)) == "store-newer"


def test_another_programs_database_is_left_alone(tmp_path: Path):
    path = tmp_path / "theirs.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    assert code_of(lambda: Store(path)) == "store-foreign"
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path):
    path = tmp_path / "notes.txt"
    path.write_text("no database " * 200)
    assert code_of(lambda: Store(path)) == "store-foreign"
    assert path.read_text() == "no database " * 200


def test_a_damaged_store_says_so(path: Path):
    with Store(path) as store:
        for number in range(200):
            keep(store, f"k{number}", b"x" * 2000)
    raw = bytearray(path.read_bytes())
    raw[8192:40960] = b"\xff" * (40960 - 8192)
    path.write_bytes(bytes(raw))
    with Store(path) as store:
        assert code_of(lambda: store.readings([f"k{number}" for number in range(200)])) == "store-damaged"


def test_a_full_disk_says_so_and_keeps_what_was_there(path: Path):
    with Store(path) as store:
        keep(store, "k")
        pages = store._base.execute("PRAGMA page_count").fetchone()[0]
        store._base.execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own way to a full disk
        assert code_of(lambda: keep(store, "big", b"x" * 1_000_000)) == "store-full"
        assert store.readings(["k", "big"]) == {"k": b"{}"}


def test_a_folder_where_the_store_should_be_says_so(tmp_path: Path):
    assert code_of(lambda: Store(tmp_path)) == "store-read-only"


def test_a_file_where_its_folder_should_be_says_so(tmp_path: Path):
    (tmp_path / "file").write_text("")
    assert code_of(lambda: Store(tmp_path / "file" / "store.db")) == "store-folder"


def test_a_store_held_by_another_run_says_so(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mapper.store._WAIT_SECONDS", 0.05)
    with Store(path), closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Store(path) as store:
            assert code_of(lambda: keep(store, "k")) == "store-busy"


def _write_many(path: Path, start: int) -> None:
    with Store(path) as store:
        for number in range(start, start + 100):
            keep(store, f"k{number}")


def test_two_runs_at_once_lose_nothing(path: Path):
    fork = multiprocessing.get_context("spawn")
    runs = [fork.Process(target=_write_many, args=(path, start)) for start in (0, 100)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(60)
    with Store(path) as store:
        assert len(store.readings(f"k{number}" for number in range(200))) == 200


WRITER = """
import sys
from pathlib import Path
from mapper.store import Store
with Store(Path(sys.argv[1])) as store:
    for number in range(100_000):
        store.keep_reading(f"k{number}", b"x" * 3000, report_id=str(number), content="", reader="", pack="")
        print(number, flush=True)
"""


def test_a_run_that_is_killed_leaves_all_it_had_kept(path: Path):
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    kept = [writer.stdout.readline() for _ in range(50)]
    time.sleep(0.02)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    with Store(path) as store:
        assert len(store.readings(f"k{number}" for number in range(len(kept)))) == len(kept)
        assert store._base.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_hash_of_a_text_is_that_of_its_bytes():
    assert content_hash("Cota 905 – ñ") == content_hash("Cota 905 – ñ".encode())
