"""The log says what happened, when and in how many; it says no word of a report and names none but by its hash."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from mapper import cli, cli_share, cli_upkeep
from mapper.errors import MapperError
from mapper.logs import logged, note
from mapper.store import content_hash

# Words that stand nowhere but in these reports, their names and what is asked about them.
MARKED = ("Zenobia", "Zafiro", "testigoazul", "esmeralda", "0414-7778899")
REPORTS = {
    "testigoazul.txt": "---\ntitle: Zafiro\nauthor: Zenobia Zafiro\ndate: 2021-07-09\n---\n"
    "La maestra Zenobia (0414-7778899) huyó el jueves del barrio Esmeralda de El Cementerio.\n",
    "Chat de WhatsApp con Zenobia.txt": "8/7/21, 21:14 - Zenobia: Tiros en la Cota 905, barrio esmeralda\n"
    "8/7/21, 21:15 - Zafiro: Dos heridos\n",
    "zafiro.html": "<html><head><title>Zenobia</title></head><body><article><p>Zafiro \x00 <b>esmeralda",
    "esmeralda.pdf": "%PDF-1.4 Zenobia",
    "zenobia.csv": 'text,date\n"Zafiro cayó en El Valle",ayer\n"",\n',
}
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (?:DEBUG|INFO|WARNING|ERROR) \w+ [\w .:=-]+")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "zafiro"
    reports.mkdir()
    for name, text in REPORTS.items():
        (reports / name).write_text(text, encoding="utf-8")
    return tmp_path


def mapper(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mapper", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def marks(text: str) -> list[str]:
    return [word for word in MARKED if word.lower() in text.lower()]


def test_a_log_of_hostile_reports_holds_no_word_of_them_and_names_them_by_hash(folder: Path):
    done = mapper(folder, "build", "zafiro", "-v", "--log-file", "log.txt")
    assert done.returncode == 0, done.stderr
    log = (folder / "log.txt").read_text(encoding="utf-8")
    assert marks(done.stdout + done.stderr)  # what is set aside is named on the screen
    assert marks(log) == []
    assert [line for line in log.splitlines() if not LINE.fullmatch(line)] == []
    text = REPORTS["testigoazul.txt"].split("---\n")[2]
    assert f" DEBUG read report text={content_hash(text)[:12]}\n" in log


def test_a_log_needs_no_purge_when_a_report_is_withdrawn(folder: Path):
    mapper(folder, "build", "zafiro", "--log-file", "log.txt")
    done = mapper(folder, "withdraw", "--safety", "testigoazul", "--log-file", "log.txt")
    unknown = mapper(folder, "withdraw", "--safety", "zenobia-zafiro", "--log-file", "log.txt")
    assert (done.returncode, unknown.returncode) == (0, 1), done.stderr
    log = (folder / "log.txt").read_text(encoding="utf-8")
    assert marks(log) == []
    assert " INFO store purged reports=1\n" in log
    assert " ERROR run failed store-no-report\n" in log


def test_what_a_library_says_is_noted_without_its_words(tmp_path: Path):
    with logged(tmp_path / "log.txt", pytest.fail):
        logging.getLogger("some.library").warning("could not parse %s", "Zenobia")
    assert re.fullmatch(r"\S+ WARNING library some\.library:\d+\n", (tmp_path / "log.txt").read_text())


def test_a_string_that_is_no_hash_is_not_noted(tmp_path: Path):
    with logged(tmp_path / "log.txt", pytest.fail):
        note("read", "report", text="Zenobia\nZafiro", number=3)
    assert (tmp_path / "log.txt").read_text().endswith(" INFO read report text=? number=3\n")


def test_two_runs_add_to_one_log_that_only_its_owner_reads(tmp_path: Path):
    for number in (1, 2):
        with logged(tmp_path / "log.txt", pytest.fail):
            note("run", "begun", number=number)
    assert re.findall(r"number=\d", (tmp_path / "log.txt").read_text()) == ["number=1", "number=2"]
    assert (tmp_path / "log.txt").stat().st_mode & 0o077 == 0


def test_nothing_is_noted_after_the_run(tmp_path: Path):
    with logged(tmp_path / "log.txt", pytest.fail):
        pass
    note("run", "over", level=logging.ERROR)
    assert (tmp_path / "log.txt").read_text() == ""


def test_a_log_that_cannot_be_opened_is_said(tmp_path: Path):
    with pytest.raises(MapperError) as caught, logged(tmp_path, pytest.fail):
        pass
    assert caught.value.code == "log-file"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a file that is always full")
def test_a_log_on_a_full_disk_is_said_once_and_the_run_goes_on():
    said: list[OSError] = []
    with logged(Path("/dev/full"), said.append):
        note("run", "one")
        note("run", "two")
    assert [error.strerror for error in said] == [os.strerror(28)]


def test_every_verb_that_is_verbose_also_writes_a_log_file():
    def options(command: object) -> set[str]:
        return {name for parameter in command.params for name in parameter.opts}

    verbs = typer.main.get_command(cli.app).commands
    assert {cli_share.__name__, cli_upkeep.__name__} <= {verb.callback.__module__ for verb in verbs.values()}
    assert [name for name, verb in verbs.items() if not {"--verbose", "--log-file"} <= options(verb)] == []
