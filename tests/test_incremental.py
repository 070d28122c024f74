"""Building again reads only what is new, says what changed, and writes the same map as from scratch."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from mapper import Config, pipeline
from mapper.errors import MapperError, StoreError

EXAMPLES = sorted((Path(__file__).parent.parent / "data" / "reports").glob("2021-07-0*"))
FIRST, LATER = EXAMPLES[:3], EXAMPLES[3]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for path in FIRST:
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def config(tmp_path: Path, reports: Path) -> Config:
    return Config(inputs=(str(reports),), out=tmp_path / "out", store=tmp_path / ".mapper" / "store.db")


def scratch(config: Config, folder: Path) -> bytes:
    pipeline.build(config.model_copy(update={"out": folder, "store": None}))
    return (folder / "map.html").read_bytes()


def ids(result: pipeline.BuildResult) -> set[str]:
    return {one.incident_id for one in result.story.incidents} | {one.movement_id for one in result.story.movements}


def test_a_second_build_reads_nothing(config: Config):
    assert [pipeline.build(config).reports_read for _ in range(2)] == [len(FIRST), 0]


def test_only_a_new_report_is_read(config: Config, reports: Path):
    pipeline.build(config)
    shutil.copy(LATER, reports)
    assert pipeline.build(config).reports_read == 1


def test_only_a_changed_report_is_read(config: Config, reports: Path):
    pipeline.build(config)
    changed = reports / FIRST[0].name
    changed.write_text(changed.read_text(encoding="utf-8") + "\n\nSin más datos.\n", encoding="utf-8")
    assert pipeline.build(config).reports_read == 1


def test_another_reader_reads_everything_anew(config: Config, monkeypatch: pytest.MonkeyPatch):
    pipeline.build(config)
    monkeypatch.setattr("mapper.memory.reader_version", lambda: "a newer reader")
    assert pipeline.build(config).reports_read == len(FIRST)


def test_without_a_store_nothing_is_kept(config: Config, tmp_path: Path):
    pipeline.build(config.model_copy(update={"store": None}))
    assert not (tmp_path / ".mapper").exists()


def test_an_incremental_map_is_that_from_scratch(config: Config, reports: Path, tmp_path: Path):
    pipeline.build(config)
    shutil.copy(LATER, reports)
    pipeline.build(config)
    assert (config.out / "map.html").read_bytes() == scratch(config, tmp_path / "scratch")


def test_a_removed_report_leaves_the_map_as_if_it_had_never_been(config: Config, reports: Path, tmp_path: Path):
    shutil.copy(LATER, reports)
    pipeline.build(config)
    (reports / LATER.name).unlink()
    pipeline.build(config)
    assert (config.out / "map.html").read_bytes() == scratch(config, tmp_path / "scratch")


def test_a_first_build_has_nothing_to_compare_with(config: Config):
    changes = pipeline.build(config).changes
    assert (changes.since, bool(changes)) == (None, False)


def test_building_again_changes_nothing(config: Config):
    pipeline.build(config)
    changes = pipeline.build(config).changes
    assert (changes.since, bool(changes)) == (1, False)


def test_what_a_new_report_tells_is_new(config: Config, reports: Path):
    before = ids(pipeline.build(config))
    shutil.copy(LATER, reports)
    result = pipeline.build(config)
    assert {one.record_id for one in result.changes.new} == ids(result) - before != set()


def test_what_only_a_removed_report_told_is_gone(config: Config, reports: Path):
    shutil.copy(LATER, reports)
    before = ids(pipeline.build(config))
    (reports / LATER.name).unlink()
    result = pipeline.build(config)
    assert {one.record_id for one in result.changes.gone} == before - ids(result) != set()


def test_a_corrected_date_keeps_the_id_and_is_a_revision(config: Config, reports: Path):
    told = reports / "one.txt"
    for path in reports.iterdir():
        path.unlink()
    said = "---\ndate: 2021-07-10\n---\nPolice and a gang fought in the Cota 905 on {day}. Shots rang out for hours.\n"
    told.write_text(said.format(day="Thursday"), encoding="utf-8")
    (before,) = pipeline.build(config).story.incidents
    told.write_text(said.format(day="Friday"), encoding="utf-8")
    result = pipeline.build(config)
    (after,) = result.story.incidents
    assert (before.when != after.when, after.incident_id) == (True, before.incident_id)
    assert [one.fields for one in result.changes.revised] == [("when",)]


def test_changes_are_told_again_from_the_store(config: Config, reports: Path):
    pipeline.build(config)
    shutil.copy(LATER, reports)
    result = pipeline.build(config)
    assert pipeline.changes(config) == result.changes


def test_a_build_can_be_compared_with_an_older_one(config: Config, reports: Path):
    pipeline.build(config)
    shutil.copy(LATER, reports)
    second = pipeline.build(config).changes
    pipeline.build(config)
    assert pipeline.changes(config, since=1) == second


def test_a_build_of_other_reports_is_nothing_to_compare_with(config: Config, tmp_path: Path):
    pipeline.build(config)
    other = config.model_copy(update={"inputs": (str(EXAMPLES[0]),), "since": 1})
    with pytest.raises(StoreError) as caught:
        pipeline.build(other)
    assert caught.value.code == "store-no-build"


@pytest.mark.parametrize(("store", "code"), [(None, "changes-no-store"), ("new.db", "changes-no-builds")])
def test_without_a_build_there_are_no_changes_to_tell(config: Config, tmp_path: Path, store: str | None, code: str):
    path = tmp_path / store if store else None
    with pytest.raises(MapperError) as caught:
        pipeline.changes(config.model_copy(update={"store": path}))
    assert caught.value.code == code


def test_the_run_record_says_what_made_the_map(config: Config):
    result = pipeline.build(config)
    run = json.loads((config.store.parent / "runs" / "000001.json").read_text(encoding="utf-8"))
    assert (run["fingerprint"], run["files"], set(run["reports"])) == (
        result.info.fingerprint,
        {"map.html": result.map_bytes},
        {report.report_id for report in result.story.reports},
    )


def test_the_run_record_holds_no_report_text(config: Config):
    result = pipeline.build(config)
    run = (config.store.parent / "runs" / "000001.json").read_text(encoding="utf-8")
    words = [report.text[start : start + 40] for report in result.story.reports for start in (0, 200, 400)]
    assert not [some for some in words if some in run]
