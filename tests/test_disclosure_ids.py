"""What a report is called where its file's name may not leave: the same in every build, and it tells nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mapper import pipeline
from mapper.config import Config
from mapper.model import DisclosureLevel
from mapper.store import Store

if TYPE_CHECKING:
    from pathlib import Path

FIGHT = """---
date: 2021-07-{day:02}
outlet: {name}
---
Bandas armadas y policías se enfrentaron a tiros {when} en {place}.{more}
"""
CHILD = " La niña Yubirixa, de 6 años, vive en la casa número 14."
FIRST = {"b-yubirixa": ("Ávila", 2, "el jueves", "la Cota 905"), "d-diario": ("Bosque", 9, "el viernes", "Antímano")}
LATER = {
    "a-yubirixa": ("Cerro", 3, "el sábado", "El Cementerio"),
    "c-yubirixa-habla": ("Dique", 12, "el lunes", "Petare"),
    "report-n1": ("Este", 14, "el miércoles", "Catia"),
}


def write(folder: Path, reports: dict[str, tuple[str, int, str, str]]) -> None:
    for file, (name, day, when, place) in reports.items():
        more = CHILD if "yubirixa" in file else ""
        text = FIGHT.format(day=day, name=name, when=when, place=place, more=more)
        (folder / f"{file}.txt").write_text(text, encoding="utf-8")


def ids(config: Config) -> dict[str, str]:
    """Return what each report of a build is called, by its outlet."""
    return {report.outlet: report.report_id for report in pipeline.find(config).disclosed.reports}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    write(folder, FIRST)
    return folder


@pytest.fixture(params=[DisclosureLevel.PARTNER, DisclosureLevel.PUBLIC])
def config(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setattr(Config, "shows_reviewed_only", False)  # whoever reviews, ids are given alike
    store = folder.parent / ".mapper" / "store.db"
    return Config(inputs=[folder], disclosure=request.param, store=store, as_of="2021-07-20")


def test_no_id_changes_when_other_reports_arrive(config: Config, folder: Path) -> None:
    before = ids(config)
    write(folder, LATER)
    after = ids(config)
    assert (len(before), len(after)) == (2, 5)
    assert {name: after[name] for name in before} == before


def test_no_two_reports_share_an_id(config: Config, folder: Path) -> None:
    ids(config)
    write(folder, LATER)  # one of the files is called like the first of ours
    assert len(set(ids(config).values())) == 5


def test_no_id_says_the_name_of_a_file_that_may_not_leave(config: Config) -> None:
    assert "yubirixa" not in " ".join(ids(config).values())


def test_a_chat_is_not_called_after_who_was_in_it(tmp_path: Path) -> None:
    chat = "09/07/21 10:01 - Ana: Hay tiros en Quinta Crespo\n09/07/21 10:02 - Ana: Mataron a dos en Quinta Crespo\n"
    (tmp_path / "Chat de WhatsApp con Zuleica.txt").write_text(chat, encoding="utf-8")
    found = pipeline.find(Config(inputs=[tmp_path])).disclosed
    assert {report.report_id for report in found.reports} == {"report-n1", "report-n2"}  # a message each
    assert "Zuleica" not in repr(found)


def test_an_id_is_a_number_that_nobody_can_compute_from_the_name(folder: Path) -> None:
    """Another name gives the same id: it is no digest against which names could be tried."""
    named = ids(Config(inputs=[folder]))["Ávila"]
    (folder / "b-yubirixa.txt").rename(folder / "e-yubirixa-14.txt")
    assert ids(Config(inputs=[folder]))["Ávila"] == named == "report-n1"


def test_the_same_reports_have_the_same_ids_with_a_new_store_and_without_any(config: Config) -> None:
    assert ids(config) == ids(config.model_copy(update={"store": None}))


def test_a_withdrawn_report_leaves_its_number_to_nobody(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store:
        assert store.numbers(["a", "b"]) == [1, 2]
        store.purge(report_ids=["b"], contents=[], files=[])
        assert store.numbers(["c", "a"]) == [3, 1]
    assert b"\x00b" not in (tmp_path / "store.db").read_bytes()


def test_a_record_that_other_reports_tell_too_cites_only_one_of_them_by_its_number(tmp_path: Path) -> None:
    day = (2, "el jueves", "la Cota 905", " Hubo tres muertos.")
    for file, child in (("b-yubirixa", CHILD), ("d-diario", ""), ("e-diario", "")):
        number, when, place, more = day
        text = FIGHT.format(day=number, name=file[0], when=when, place=place, more=more + child)
        (tmp_path / f"{file}.txt").write_text(text, encoding="utf-8")
    shown = pipeline.find(Config(inputs=(str(tmp_path),), store=None)).disclosed
    (incident,) = shown.incidents
    told = {"report-n1", "d-diario", "e-diario"}
    assert {one.report_id for one in incident.evidence} == told
    assert {one.report_id for one in incident.claims} == told
    assert {one.report_id for one in shown.quotes[incident.incident_id]} == told
    assert {one.report_id for one in shown.reports} == told
