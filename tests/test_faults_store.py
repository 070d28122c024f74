"""A store that was changed behind mapper's back: the next build makes the very same map, or says one sentence."""

from __future__ import annotations

import contextlib
import functools
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper import Config, pipeline, upkeep
from mapper.errors import MapperError, StoreError
from mapper.history import changes_since
from mapper.store import Build, Kept, Store
from mapper.store_schema import APPLICATION_ID, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORIES = {
    "uno": "---\ndate: 2021-07-08\n---\nDos hombres murieron el miércoles en un tiroteo en la Cota 905.\n",
    "dos": "---\ndate: 2021-07-09\n---\nVecinos de El Cementerio huyeron el jueves hacia El Valle.\n",
}
NEW = "---\ndate: 2021-07-10\n---\nTres personas resultaron heridas el viernes en un tiroteo en Petare.\n"


@dataclass
class Built:
    """Settings, and by name what the next build finds: with the builds before, and with nothing remembered."""

    config: Config = field(repr=False)
    known: dict[str, Any] = field(repr=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    from mapper import places

    folder = tmp_path_factory.mktemp("built")
    (folder / "reports").mkdir()
    for name, text in STORIES.items():
        (folder / "reports" / f"{name}.txt").write_text(text, encoding="utf-8")
    config = Config(inputs=(str(folder / "reports"),), out=folder / "out", store=folder / "kept" / "store.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "load_area", functools.cache(places.load_area))
        pipeline.build(config)
        (folder / "reports" / "tres.txt").write_text(NEW, encoding="utf-8")
        shutil.copytree(config.store.parent, folder / "with")
        found = {name: outcome(config, folder / name / "store.db") for name in ("with", "without")}
        assert found["with"] != found["without"]
        yield Built(config, found)


def outcome(config: Config, path: Path) -> Any:
    """Find what the reports say with this store, keep it as a build, and return all that the map is made of."""
    with Store(path) as store:
        found, keep = pipeline._find(config, store, None, None, mentions=False)
        keep({})
    return found.disclosed, found.changes, found.info


def attempt(built: Built, room: Path, change) -> str:
    """Build on a changed copy of the store; return which outcome it was, or the code of what was said."""
    shutil.rmtree(room, ignore_errors=True)
    shutil.copytree(built.config.store.parent, room)
    change(room / "store.db")
    try:
        found = outcome(built.config, room / "store.db")
    except MapperError as error:
        return error.code
    return next((name for name, expected in built.known.items() if found == expected), "another map")


def flip(path: Path, at: int, bits: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[at % len(raw)] ^= bits
    path.write_bytes(bytes(raw))


def sql(path: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as base:
        for statement in statements:
            base.execute(statement)


SAID = {"store-damaged", "store-failed", "store-foreign", "store-newer", "store-full", "store-read-only"}
FUZZ = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


@pytest.mark.slow
@pytest.mark.timeout(600)
@FUZZ
@given(at=st.integers(0, 10**7), bits=st.integers(1, 255), times=st.integers(1, 40))
def test_flipped_bytes_are_said_or_change_nothing(built, tmp_path: Path, at: int, bits: int, times: int):
    def change(path: Path) -> None:
        for number in range(times):
            flip(path, at + number * 977, bits)

    assert attempt(built, tmp_path / "room", change) in SAID | {"with", "without"}


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.6, 0.99])
def test_a_store_that_is_cut_off_is_said_or_made_anew(built, tmp_path: Path, share: float):
    def change(path: Path) -> None:
        raw = path.read_bytes()
        path.write_bytes(raw[: int(len(raw) * share)])

    assert attempt(built, tmp_path / "room", change) in SAID | {"with", "without"}


CELLS = [
    "UPDATE files SET drafts = 5",
    "UPDATE files SET drafts = NULL",
    "UPDATE files SET drafts = CAST(replace(CAST(drafts AS TEXT), 'Dos', 'Diez') AS BLOB)",
    "UPDATE readings SET reading = 'words'",
    "UPDATE readings SET reading = x'ff00'",
    "UPDATE readings SET reading = CAST(replace(CAST(reading AS TEXT), '2', '9') AS BLOB)",
    "UPDATE readings SET key = 7, report_id = 8",
    "UPDATE readings SET digest = 5",
    "UPDATE builds SET run = 3",
    "UPDATE builds SET run = '[]'",
    "UPDATE builds SET series = 5",
    "UPDATE builds SET fingerprint = ''",
    "UPDATE records SET summary = 5",
    "UPDATE records SET anchors = 'words'",
    "UPDATE records SET record_id = 'i-other'",
    "DELETE FROM records",
    "INSERT INTO successors VALUES ('a', 'a', 'b')",
    "DROP TABLE readings",
    "DROP TABLE builds",
    "PRAGMA user_version = 0",
    "PRAGMA user_version = 1",
    "PRAGMA user_version = -4",
    "PRAGMA user_version = 900",
    "PRAGMA application_id = 5",
]


@pytest.mark.parametrize("statement", CELLS)
def test_a_cell_that_was_changed_is_said_or_read_anew(built, tmp_path: Path, statement: str):
    def change(path: Path) -> None:
        with contextlib.suppress(sqlite3.IntegrityError):
            sql(path, "PRAGMA ignore_check_constraints = ON", statement)

    assert attempt(built, tmp_path / "room", change) in SAID | {"with", "without"}


def test_a_changed_toll_in_a_kept_reading_never_reaches_the_map(built, tmp_path: Path):
    changed = "UPDATE readings SET reading = CAST(replace(CAST(reading AS TEXT), '2.0', '9.0') AS BLOB)"
    more = "UPDATE readings SET reading = CAST(replace(CAST(reading AS TEXT), ':2,', ':9,') AS BLOB)"
    assert attempt(built, tmp_path / "room", lambda path: sql(path, changed, more)) == "with"


# --- the store alone ---


def record(store: Store) -> int:
    return store.keep_build(Build("s", "f", {"reports": {"a": "1"}}, {"i-1": Kept("incident", "{}", "[]")}))


def code_of(action) -> str:
    with pytest.raises(StoreError) as caught:
        action()
    return caught.value.code


def test_a_changed_reading_is_as_if_it_had_not_been_kept(tmp_path: Path):
    path = tmp_path / "store.db"
    with Store(path) as store:
        for key in ("a", "b"):
            store.keep_reading(key, b'{"killed": 2}', report_id=key, content=key, reader="r", pack="p")
            store.keep_drafts(key, key, b"[1]")
    sql(path, """UPDATE readings SET reading = '{"killed": 9}' WHERE key = 'a'""")
    sql(path, "UPDATE files SET drafts = '[9]' WHERE key = 'a'")
    with Store(path) as store:
        assert store.readings("ab") == {"b": b'{"killed": 2}'}
        assert [store.drafts("a"), store.drafts("b")] == [None, b"[1]"]


@pytest.mark.parametrize(
    "change", ["UPDATE records SET summary = '[]'", "DELETE FROM records", "UPDATE builds SET run = '{}'"]
)
def test_a_changed_build_is_said(tmp_path: Path, change: str):
    with Store(tmp_path / "store.db") as store:
        number = record(store)
        sql(tmp_path / "store.db", change)
        assert code_of(lambda: store.records(number)) == "store-damaged"


def test_a_store_of_the_first_schema_keeps_its_builds_and_reads_its_reports_anew(tmp_path: Path):
    path = tmp_path / "store.db"
    steps = [line for line in STEPS[0].split(";") if line.strip()]
    sql(path, *steps, "PRAGMA user_version = 1", f"PRAGMA application_id = {APPLICATION_ID}")
    sql(path, "INSERT INTO readings VALUES ('k', 'a', 'c', 'r', 'p', x'7b7d')")
    sql(path, "INSERT INTO builds VALUES (1, 's', 'f', '{}')")
    sql(path, "INSERT INTO records VALUES (1, 'i-1', 'incident', '{}', '[]')")
    with Store(path) as store:
        assert store.readings(["k"]) == {}
        assert store.records(1) == {"i-1": Kept("incident", "{}", "[]")}
        assert record(store) == 2


def test_a_store_whose_readings_hold_their_reports_still_knows_whose_they_are(tmp_path: Path):
    path = tmp_path / "store.db"
    steps = [line for step in STEPS[:2] for line in step.split(";") if line.strip()]
    sql(path, *steps, "PRAGMA user_version = 2", f"PRAGMA application_id = {APPLICATION_ID}")
    sql(path, "INSERT INTO readings VALUES ('k', 'a', 'c', 'r', 'p', x'7b7d', 'd')")
    with Store(path) as store:
        assert store.texts_of("a") == ["c"]


def test_a_report_is_not_said_to_be_forgotten_while_another_run_still_reads_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("mapper.store._WAIT_SECONDS", 0.05)
    path = tmp_path / "store.db"
    with Store(path) as store, contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        store.keep_reading("k", b"Zenobia", report_id="a", content="c", reader="r", pack="p")
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM readings").fetchone()
        assert code_of(lambda: store.purge(report_ids=["a"], contents=["c"], files=[])) == "store-busy"
        other.execute("COMMIT")
        store.scrub()
        assert [file.name for file in tmp_path.iterdir() if b"Zenobia" in file.read_bytes()] == []


def test_what_is_damaged_goes_with_a_report_that_is_forgotten(tmp_path: Path):
    path = tmp_path / "store.db"
    with Store(path) as store:
        for key in ("a", "b", "c"):
            store.keep_reading(key, b"Zenobia", report_id=key, content=key, reader="r", pack="p")
            store.keep_drafts(key, key, b"Zenobia")
        whole, broken = record(store), record(store)
        sql(path, f"UPDATE builds SET run = 'Zenobia' WHERE build = {broken}")  # noqa: S608 - our own number
        sql(path, "UPDATE readings SET content = '', report_id = '', reading = 'Zenobia!' WHERE key = 'b'")
        sql(path, "UPDATE files SET content = '', drafts = 'Zenobia!' WHERE key = 'b'")
        store.purge(report_ids=["a"], contents=["a"], files=["a"])
        assert (list(store.readings("abc")), store.drafts("b"), store.drafts("c")) == (["c"], None, b"Zenobia")
        assert (list(store.records(whole)), store.records(broken)) == (["i-1"], {})
    assert b"Zenobia!" not in path.read_bytes()


def test_a_withdrawal_removes_what_killed_runs_left_beside_the_store(built, tmp_path: Path):
    shutil.copytree(built.config.store.parent, tmp_path / "kept")
    runs = tmp_path / "kept" / "runs"
    (runs / ".000009.json.x.part").write_text('{"reports": {"uno": ')
    (runs / "000008.json").write_text('{"reports": {"uno": ')
    upkeep.withdraw(tmp_path / "kept" / "store.db", "uno")
    assert [path.name for path in runs.iterdir() if "uno" in path.read_text()] == []


# --- many hands ---


@pytest.mark.timeout(300)
def test_two_builds_at_once_on_one_store_both_make_the_map_and_lose_nothing(built, tmp_path: Path):
    command = [
        sys.executable,
        "-m",
        "mapper",
        "build",
        *built.config.inputs,
        "--store",
        str(tmp_path / "store.db"),
        "--out",
    ]
    runs = [subprocess.Popen([*command, str(tmp_path / name)], stderr=subprocess.PIPE) for name in ("a", "b")]
    said = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert len({(tmp_path / name / "map.html").read_bytes() for name in ("a", "b")}) == 1
    with Store(tmp_path / "store.db") as store:
        assert (store.last_build(), bool(store.records(1)), store.records(1) == store.records(2)) == (2, True, True)
        assert changes_since(store, None).since is None


def test_a_wrong_earlier_build_is_said_before_anything_is_read(built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pipeline, "_read", lambda *_: pytest.fail("it was read"))
    store = tmp_path / "store.db"
    assert (
        code_of(lambda: pipeline.build(built.config.model_copy(update={"store": store, "since": 7})))
        == "store-no-build"
    )


# --- any text at all ---

WORDS = st.sampled_from(
    ["tiroteo", "Cota 905", "El Valle", "murieron", "huyeron de", "dos", "1.000.000", "hacia", "el jueves", "\n", ". "]
)
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=60).map(" ".join)
).map(lambda text: text.encode("utf-8", "surrogatepass"))


@pytest.mark.slow
@pytest.mark.timeout(600)
@FUZZ
@given(texts=st.lists(st.one_of(TEXTS, st.binary(max_size=200)), min_size=1, max_size=4))
def test_any_texts_are_read_or_set_aside_and_remembered_as_read(tmp_path: Path, texts: list[bytes]):
    shutil.rmtree(tmp_path / "reports", ignore_errors=True)
    (tmp_path / "reports").mkdir()
    for number, raw in enumerate(texts):
        (tmp_path / "reports" / f"{number}.txt").write_bytes(raw)
    config = Config(inputs=(str(tmp_path / "reports"),), out=tmp_path, store=tmp_path / "store.db")
    try:
        first, again = pipeline.find(config), pipeline.find(config)
    except MapperError as error:
        assert error.code in {"reports-none", "reports-not-given"}  # noqa: PT017 - one of two outcomes
        return
    assert len(first.story.reports) + len(first.set_aside) >= len(texts)
    assert (again.reports_read, again.story) == (0, first.story)
