"""A report that is withdrawn for safety leaves nothing behind, in whatever file a run has written."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
from pathlib import Path

import pytest

from mapper import Config, pipeline, upkeep
from mapper.errors import MapperError
from mapper.places.cache import AnswerCache, Answers, forget
from mapper.readings import names_in

EXAMPLES = sorted((Path(__file__).parent.parent / "data" / "reports").glob("2021-07-0*"))[:2]
TESTIMONY = (
    "---\ntitle: Testimonio reservado\ndate: 2021-07-09\noutlet: Boletín Zafiro\n---\n"
    "Una banda y la policía se enfrentaron el jueves en El Cementerio. La maestra Zenobia vio a los heridos.\n"
)
TRACES = ("Zenobia", "Zafiro", "Testimonio", "testigo-azul", "maestra")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Config:
    folder = tmp_path_factory.mktemp("built")
    reports = folder / "reports"
    reports.mkdir()
    for path in EXAMPLES:
        shutil.copy(path, reports)
    (reports / "testigo-azul.txt").write_text(TESTIMONY, encoding="utf-8")
    shutil.copy(reports / "testigo-azul.txt", reports / "copia.txt")
    config = Config(inputs=(str(reports),), out=folder / "out", store=folder / ".mapper" / "store.db")
    pipeline.build(config)
    return config


@pytest.fixture
def config(built: Config, tmp_path: Path) -> Config:
    """The same folder of reports, with a store of its own."""
    shutil.copytree(built.store.parent, tmp_path / ".mapper")
    return built.model_copy(update={"store": tmp_path / ".mapper" / "store.db", "out": tmp_path})


def traces(config: Config) -> set[tuple[str, str]]:
    assert config.store
    files = [path for path in config.store.parent.rglob("*") if path.is_file()]
    return {(path.name, word) for path in files for word in TRACES if word.encode() in path.read_bytes()}


def test_before_it_is_withdrawn_the_report_is_in_the_store(config: Config):
    assert {word for _, word in traces(config)} == set(TRACES)


@pytest.mark.parametrize("named", ["testigo-azul", "copia", "file"])
def test_nothing_of_a_withdrawn_report_is_left_under_any_name(config: Config, named: str):
    path = Path(config.inputs[0]) / "testigo-azul.txt"
    gone = upkeep.withdraw(config.store, str(path) if named == "file" else named)
    assert (gone, traces(config)) == (("copia", "testigo-azul"), set())


def test_a_report_read_under_the_second_schema_is_forgotten_whole(config: Config):
    with contextlib.closing(sqlite3.connect(config.store)) as base:
        base.execute("PRAGMA user_version = 2")
    assert (upkeep.withdraw(config.store, "testigo-azul"), traces(config)) == (("copia", "testigo-azul"), set())


def test_the_names_of_a_reading_of_the_second_schema_are_known():
    assert names_in(b'[{"report": {}, "mentions": [{"text": "Callejon Zafiro"}]}, []]') == {"Callejon Zafiro"}


def test_a_report_that_is_not_known_is_said_and_nothing_goes(config: Config):
    with pytest.raises(MapperError) as caught:
        upkeep.withdraw(config.store, "no-such-report")
    assert caught.value.code == "store-no-report"
    assert {word for _, word in traces(config)} == set(TRACES)


def test_what_was_asked_online_because_of_it_goes_too(tmp_path: Path):
    file = tmp_path / "geocoder.db"
    cache = AnswerCache(str(file), "nominatim", "http://127.0.0.1", "caracas")
    for name in ("callejon zafiro", "otro"):
        cache.put(name, Answers((), dt.date(2021, 7, 9)))
    forget(file, ["callejon zafiro"])
    assert (b"zafiro" in file.read_bytes(), cache.get("otro") is not None) == (False, True)


def test_no_later_build_says_what_was_withdrawn(built: Config):
    upkeep.withdraw(built.store, "testigo-azul")
    for name in ("testigo-azul.txt", "copia.txt"):
        (Path(built.inputs[0]) / name).unlink()
    result = pipeline.build(built)
    assert (result.reports_read, result.changes.gone, result.changes.revised) == (0, (), ())
    assert traces(built) == set()
    assert not [word for word in TRACES if word.encode() in (built.out / "map.html").read_bytes()]
