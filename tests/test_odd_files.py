"""Files as newsrooms have them: odd names, loops, twins, changing under the reader. Each is read, or said why not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mapper import Config, pipeline
from mapper.config import load_config
from mapper.errors import MapperError
from mapper.reports import read_reports

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = int(os.environ.get("MAPPER_FILES", "500"))  # `make soak` asks for 10,000
STORY = "---\ndate: 2021-07-09\n---\nDos hombres murieron el jueves en un tiroteo en la Cota 905.\n"
OTHER = "---\ndate: 2021-07-10\n---\nVecinos de El Cementerio huyeron el viernes hacia El Valle.\n"

ODD_NAMES = {
    "spaces": " dos  espacios .txt",
    "emoji": "🔥 noticia 🇻🇪.txt",
    "newline": "primera\nsegunda.txt",
    "carriage return and escape": "a\r\x1b[31mrojo.txt",
    "255 bytes": "ñ" * 125 + "x.txt",
    "quotes and markup": "\"'<b>&amp;$(id).txt",
    "right to left": "a\u202etxt.exe.txt",
    "not utf-8": os.fsdecode(b"caf\xe9.txt"),
    "dashes": "--out.txt",
    "percent": "100%s {0} %(x).txt",
    "surrogates": os.fsdecode(b"\xed\xa0\x80.txt"),
}


def built(folder: Path, *inputs: Path) -> tuple[list[str], list[str], bytes]:
    """Build with a store; return the reports' ids, the reasons for what was set aside, and the map."""
    config = Config(inputs=tuple(map(str, inputs)), out=folder / "out", store=folder / ".mapper" / "store.db")
    result = pipeline.build(config)
    reasons = [one.reason_en for one in result.set_aside]
    return [one.report_id for one in result.story.reports], reasons, result.map_path.read_bytes()


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES.keys())
def test_a_report_of_an_odd_name_is_read_and_kept(reports: Path, name: str):
    assert name.endswith(".txt")
    (reports / name).write_text(STORY, encoding="utf-8")
    run = [sys.executable, "-m", "mapper", "build", "reports", "-v"]
    first, again = (subprocess.run(run, cwd=reports.parent, capture_output=True, check=False) for _ in range(2))
    assert (first.returncode, again.returncode) == (0, 0), first.stderr
    assert b"Reports: 1 read, 0 set aside" in first.stdout
    (record,) = (reports.parent / ".mapper" / "runs").glob("000001.json")
    (report_id,) = json.loads(record.read_text())["reports"]
    assert report_id.encode("utf-8", "strict")
    assert not {"\x1b", "\r"} & set((first.stdout + first.stderr).decode())


def test_two_reports_in_a_loop_of_links_are_read_once(reports: Path):
    (reports / "uno.txt").write_text(STORY, encoding="utf-8")
    (reports / "más").mkdir()
    (reports / "más" / "dos.txt").write_text(OTHER, encoding="utf-8")
    (reports / "más" / "arriba").symlink_to(reports, target_is_directory=True)
    (reports / "otra vez").symlink_to(reports / "más", target_is_directory=True)
    read, reasons, _ = built(reports.parent, reports)
    assert (sorted(read), reasons) == (["dos", "uno"], [])


def test_links_that_lead_nowhere_are_named_and_the_rest_is_read(reports: Path):
    (reports / "uno.txt").write_text(STORY, encoding="utf-8")
    (reports / "lazo.txt").symlink_to(reports / "lazo.txt")
    (reports / "roto.txt").symlink_to(reports / "no está.txt")
    read, reasons, _ = built(reports.parent, reports)
    assert read == ["uno"]
    assert sorted(reason.partition(":")[0] for reason in reasons) == ["lazo.txt", "roto.txt"]


def test_a_pipe_that_nobody_writes_to_does_not_stop_a_build(reports: Path):
    (reports / "uno.txt").write_text(STORY, encoding="utf-8")
    os.mkfifo(reports / "tubo.txt")
    read, reasons, _ = built(reports.parent, reports)
    assert (read, len(reasons)) == (["uno"], 1)


def test_two_files_of_the_same_text_are_two_reports_of_one_event(reports: Path):
    for name in ("uno.txt", "dos.txt"):
        (reports / name).write_text(STORY, encoding="utf-8")
    config = Config(inputs=(str(reports),), out=reports.parent / "out", store=reports.parent / "store.db")
    result = pipeline.build(config)
    assert (len(result.story.reports), len(result.story.incidents)) == (2, 1)


def test_one_file_under_two_names_is_read_once(reports: Path):
    (reports / "uno.txt").write_text(STORY, encoding="utf-8")
    (reports / "apodo.txt").symlink_to(reports / "uno.txt")
    read, _, _ = built(reports.parent, reports, reports / "uno.txt", reports / "." / "uno.txt")
    assert len(read) == 1


def test_a_map_does_not_hang_on_the_name_of_one_of_two_hard_links(reports: Path):
    (reports / "uno.txt").write_text(STORY, encoding="utf-8")
    os.link(reports / "uno.txt", reports / "doble.txt")
    read, reasons, _ = built(reports.parent, reports)
    assert (sorted(read), reasons) == (["doble", "uno"], [])


# What changes between finding a file and reading it


def _removed(path: Path) -> None:
    path.unlink()


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _locked(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


@pytest.mark.parametrize("change", [_removed, _a_folder, _emptied, _locked])
def test_what_happens_to_a_file_before_it_is_read_is_said_and_the_next_build_is_as_if_it_had_not(
    reports: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
):
    for name, text in (("uno.txt", STORY), ("dos.txt", OTHER)):
        (reports / name).write_text(text, encoding="utf-8")
    _, _, whole = built(reports.parent, reports)
    shutil.rmtree(reports.parent / ".mapper")

    from mapper.reports import read

    found = read.find_sources

    def meanwhile(inputs: object) -> list:
        sources = list(found(inputs))
        change(reports / "dos.txt")
        return sources

    with monkeypatch.context() as patch:
        patch.setattr(read, "find_sources", meanwhile)
        told, reasons, _ = built(reports.parent, reports)
    assert (told, [reason.partition(":")[0] for reason in reasons]) == (["uno"], ["dos.txt"])
    (reports / "dos.txt").rmdir() if (reports / "dos.txt").is_dir() else (reports / "dos.txt").unlink(missing_ok=True)
    (reports / "dos.txt").write_text(OTHER, encoding="utf-8")
    shutil.rmtree(reports.parent / ".mapper")
    assert built(reports.parent, reports)[2] == whole


def test_a_report_that_grows_while_it_is_read_is_kept_under_the_bytes_that_were_read(
    reports: Path, monkeypatch: pytest.MonkeyPatch
):
    path = reports / "uno.txt"
    path.write_text(STORY, encoding="utf-8")
    from mapper.reports import read

    taken = read._bytes

    def meanwhile(*arguments: object) -> bytes:
        raw = taken(*arguments)
        path.write_text(STORY + "Tres mujeres murieron en El Valle.\n", encoding="utf-8")
        return raw

    with monkeypatch.context() as patch:
        patch.setattr(read, "_bytes", meanwhile)
        _, _, before = built(reports.parent, reports)
    _, _, after = built(reports.parent, reports)
    shutil.rmtree(reports.parent / ".mapper")
    assert b"Tres mujeres" not in before
    assert b"Tres mujeres" in after


@pytest.mark.parametrize("setting", ["reports", "out", "store", "judgements", "log_file"])
def test_a_name_that_no_file_can_have_is_said(tmp_path: Path, setting: str):
    (tmp_path / "mapper.toml").write_text(f'{setting} = "a\\u0000b"\n', encoding="utf-8")
    with pytest.raises(MapperError) as caught:
        load_config(folder=tmp_path)
    assert str(caught.value).startswith(f"mapper.toml: {setting}: got")


def test_an_input_that_is_nothing_at_all_is_said(tmp_path: Path):
    with pytest.raises(MapperError) as caught:
        read_reports([tmp_path / "no está"])
    assert "no está" in str(caught.value)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_thousands_of_files_are_one_map_and_none_is_lost(reports: Path):
    for number in range(FILES):
        place = ("la Cota 905", "El Valle", "El Cementerio", "Petare")[number % 4]
        text = f"---\ndate: 2021-07-{1 + number % 28:02}\n---\n{number} vecinos huyeron de {place} el lunes.\n"
        (reports / f"nota {number}.txt").write_text(text, encoding="utf-8")
    read, reasons, page = built(reports.parent, reports)
    assert (len(set(read)), reasons, page[-8:].strip()) == (FILES, [], b"</html>")
