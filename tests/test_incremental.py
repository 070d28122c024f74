"""Building again reads only what is new, says what changed, and writes the same map as from scratch."""

from __future__ import annotations

import dataclasses
import json
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mapper import Config, pipeline, upkeep
from mapper.errors import MapperError, StoreError
from mapper.memory import Memory
from mapper.model import Span
from mapper.store import Store
from mapper.view import page_html

if TYPE_CHECKING:
    from mapper.results import BuildResult

EXAMPLES = sorted((Path(__file__).parent.parent / "data" / "reports").glob("2021-07-0*"))
FIRST, LATER = EXAMPLES[:3], EXAMPLES[3]


@dataclasses.dataclass
class Told:
    """One series of builds of one folder: the first, the same again, with a new report, without it."""

    config: Config
    first: BuildResult
    again: BuildResult
    added: BuildResult
    added_map: bytes
    removed: BuildResult
    removed_map: bytes
    scratch_map: bytes


def map_of(config: Config) -> bytes:
    return (config.out / "map.html").read_bytes()


def settings(folder: Path) -> Config:
    reports = folder / "reports"
    reports.mkdir()
    return Config(inputs=(str(reports),), out=folder / "out", store=folder / ".mapper" / "store.db")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    config = settings(tmp_path_factory.mktemp("told"))
    reports = Path(config.inputs[0])
    for path in FIRST:
        shutil.copy(path, reports)
    first, again = pipeline.build(config), pipeline.build(config)
    shutil.copy(LATER, reports)
    added, added_map = pipeline.build(config), map_of(config)
    # From scratch, with the same earlier build to compare with: all that was read is forgotten.
    fresh = config.model_copy(update={"store": config.store.with_name("fresh.db"), "since": 2})
    with closing(sqlite3.connect(config.store)) as base, closing(sqlite3.connect(fresh.store)) as copy:
        base.backup(copy)
        copy.executescript("DELETE FROM readings; DELETE FROM files; DELETE FROM records WHERE build = 3")
    assert pipeline.build(fresh).reports_read == len(FIRST) + 1
    scratch_map = map_of(config)
    (reports / LATER.name).unlink()
    removed = pipeline.build(config)
    return Told(config, first, again, added, added_map, removed, map_of(config), scratch_map)


def ids(result: BuildResult) -> set[str]:
    return {one.incident_id for one in result.story.incidents} | {one.movement_id for one in result.story.movements}


def test_only_what_is_new_is_read(told: Told):
    read = [one.reports_read for one in (told.first, told.again, told.added, told.removed)]
    assert read == [len(FIRST), 0, 1, 0]


def test_an_incremental_map_is_that_from_scratch(told: Told):
    assert told.added_map == told.scratch_map


def test_a_removed_report_leaves_the_records_as_if_it_had_never_been(told: Told):
    assert told.removed.disclosed == told.first.disclosed


def test_a_map_from_a_store_is_the_map_from_none(told: Told, tmp_path: Path):
    pipeline.build(told.config.model_copy(update={"store": None, "out": tmp_path}))
    assert (tmp_path / "map.html").read_bytes() == page_html(told.first.map).encode()


def test_a_first_build_has_nothing_to_compare_with(told: Told):
    assert (told.first.changes.since, bool(told.first.changes)) == (None, False)


def test_building_again_is_compared_with_what_the_build_before_was_compared_with(told: Told):
    assert told.again.changes == told.first.changes


def test_what_a_new_report_tells_is_new(told: Told):
    assert {one.record_id for one in told.added.changes.new} == ids(told.added) - ids(told.again) != set()


def test_what_only_a_removed_report_told_is_gone(told: Told):
    assert {one.record_id for one in told.removed.changes.gone} == ids(told.added) - ids(told.removed) != set()


def test_changes_are_told_again_from_the_store(told: Told):
    assert upkeep.changes(told.config.store) == told.removed.changes


def test_a_build_can_be_compared_with_an_older_one(told: Told):
    assert not upkeep.changes(told.config.store, since=1)


def test_a_build_of_other_reports_is_nothing_to_compare_with(told: Told):
    other = told.config.model_copy(update={"inputs": (str(LATER),), "since": 1})
    with pytest.raises(StoreError) as caught:
        pipeline.build(other)
    assert caught.value.code == "store-no-build"


def test_the_run_record_says_what_made_the_map(told: Told):
    run = json.loads((told.config.store.parent / "runs" / "000001.json").read_text(encoding="utf-8"))
    assert (run["fingerprint"], run["files"]["map.html"], set(run["reports"])) == (
        told.first.info.fingerprint,
        told.first.map_bytes,
        {report.report_id for report in told.first.story.reports},
    )


def test_the_run_record_holds_no_report_text(told: Told):
    run = (told.config.store.parent / "runs" / "000001.json").read_text(encoding="utf-8")
    words = [report.text[start : start + 40] for report in told.first.story.reports for start in (0, 200, 400)]
    assert not [some for some in words if some in run]


def test_another_reader_knows_nothing_of_what_this_one_read(told: Told, monkeypatch: pytest.MonkeyPatch):
    with Store(told.config.store) as store:
        memory = Memory(store, pack="p")
        report = told.first.story.reports[0]
        memory.keep_reading(report, (told.first.story.facts[0], ()))
        known = [bool(found) for _, found in memory.readings([report])]
        monkeypatch.setattr("mapper.memory.reader_version", lambda: "a newer reader")
        known += [bool(found) for _, found in memory.readings([report])]
    assert known == [True, False]


def test_another_pack_knows_nothing_of_what_this_one_placed(told: Told):
    report = told.first.story.reports[0]
    with Store(told.config.store) as store:
        Memory(store, pack="p").keep_reading(report, (told.first.story.facts[0], ()))
        assert [found for _, found in Memory(store, pack="another").readings([report])] == [None]


def test_what_is_recalled_is_what_was_kept(told: Told):
    with Store(told.config.store) as store:
        memory = Memory(store, pack="p")
        for report, facts in zip(told.first.story.reports, told.first.story.facts, strict=True):
            memory.keep_reading(report, (facts, (Span(1, 2),)))
        recalled = [found for _, found in memory.readings(told.first.story.reports)]
    assert recalled == [(facts, (Span(1, 2),)) for facts in told.first.story.facts]


def test_what_is_kept_of_a_reading_holds_no_report_text(told: Told):
    report, facts = told.first.story.reports[0], told.first.story.facts[0]
    with Store(told.config.store) as store:
        Memory(store, pack="of this test").keep_reading(report, (facts, ()))
    with closing(sqlite3.connect(told.config.store, isolation_level=None)) as base:
        (kept,) = base.execute("SELECT reading FROM readings WHERE pack = 'of this test'").fetchone()
    assert report.text[:40].encode() not in kept


def test_the_language_of_a_known_report_is_not_sought_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    config = settings(tmp_path)
    (Path(config.inputs[0]) / "uno.txt").write_text("Dos muertos en un tiroteo en Cota 905.\n", encoding="utf-8")
    first = pipeline.find(config)
    monkeypatch.setattr("mapper.reports.read.detect_language", lambda _: "nobody asks")
    assert [one.language for one in pipeline.find(config).story.reports] == ["es"]
    assert [one.language for one in first.story.reports] == ["es"]


def _something_happens(folder: Path, store: Path, chance: random.Random) -> None:
    """Let a report arrive, or one of those in ``folder`` be revised or withdrawn."""
    path = chance.choice(sorted(folder.iterdir()))
    place, day = chance.choice(("El Valle", "Cota 905", "La Vega")), chance.randrange(6, 10)
    event = chance.choice(("arrival", "revision", "withdrawal"))
    if event == "arrival":
        told = f"---\ndate: 2021-07-{day + 1:02}\n---\nTwo people were killed in a shootout in {place} on 0{day}/07/2021.\n"
        (folder / f"new-{chance.random()}.txt").write_text(told, encoding="utf-8")
    elif event == "revision":
        path.write_text(f"{path.read_text(encoding='utf-8')}\nFamilies fled from {place} to Catia.\n", encoding="utf-8")
    elif len(list(folder.iterdir())) > 1:
        path.unlink()
        upkeep.withdraw(store, path.stem)


@pytest.mark.parametrize("seed", [1, 8])
def test_whatever_happened_before_the_map_is_that_from_scratch(tmp_path: Path, seed: int):
    config, chance = settings(tmp_path), random.Random(seed)  # noqa: S311 - nothing secret, always the same
    folder = Path(config.inputs[0])
    for path in FIRST:
        shutil.copy(path, folder)
    for _ in range(4):
        pipeline.build(config)
        _something_happens(folder, config.store, chance)
    fresh = config.model_copy(update={"store": config.store.with_name("fresh.db")})
    with closing(sqlite3.connect(config.store)) as base, closing(sqlite3.connect(fresh.store)) as copy:
        base.backup(copy)
        copy.executescript("DELETE FROM readings; DELETE FROM files")
    pipeline.build(config)
    incremental = map_of(config)
    pipeline.build(fresh)
    assert incremental == map_of(config)


def test_without_a_store_nothing_is_kept(tmp_path: Path):
    config = settings(tmp_path).model_copy(update={"store": None, "inputs": (str(LATER),)})
    pipeline.build(config)
    assert not (tmp_path / ".mapper").exists()


def test_a_corrected_date_keeps_the_id_and_is_a_revision(tmp_path: Path):
    config = settings(tmp_path)
    told = Path(config.inputs[0]) / "one.txt"
    said = "---\ndate: 2021-07-10\n---\nPolice and a gang fought in the Cota 905 on {day}. Shots rang out for hours.\n"
    told.write_text(said.format(day="Thursday"), encoding="utf-8")
    (before,) = pipeline.build(config).story.incidents
    told.write_text(said.format(day="Friday"), encoding="utf-8")
    result = pipeline.build(config)
    (after,) = result.story.incidents
    assert (before.when != after.when, after.incident_id) == (True, before.incident_id)
    assert [one.fields for one in result.changes.revised] == [("when",)]


@pytest.mark.parametrize(("store", "code"), [(None, "store-none"), ("new.db", "changes-no-builds")])
def test_without_a_build_there_are_no_changes_to_tell(tmp_path: Path, store: str | None, code: str):
    path = tmp_path / store if store else None
    with pytest.raises(MapperError) as caught:
        upkeep.changes(path)
    assert caught.value.code == code
