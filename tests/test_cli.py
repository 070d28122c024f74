"""The command line: what goes where, in which language, with which exit code. The pipeline is a stand-in."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from facts_kit import COTA, FACTS, TEXT

from mapper import cli, pipeline
from mapper.changes import Changes
from mapper.console import Screen, progress_bar
from mapper.errors import OutputError
from mapper.model import Candidate, SetAside
from mapper.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

VERBS = ("build", "geoparse", "explain", "places", "check", "evaluate")
BAD = SetAside("bad.pdf", "bad.pdf: not read", "bad.pdf: no se lee")
HOSTILE = "a\x1b[31mb\x07c\u202ed\u2066e\r\u2028f\x9bg"


@pytest.fixture(autouse=True)
def _plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def stand_in(monkeypatch: pytest.MonkeyPatch, verb: str, answer: object) -> list[object]:
    """Let a pipeline function return or raise ``answer``; collect the settings it is given."""
    seen: list[object] = []

    def function(*arguments: object) -> object:
        seen.extend(arguments)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    monkeypatch.setattr(pipeline, verb, function)
    return seen


def built(**counts: int) -> SimpleNamespace:
    keys = ("reports", "set_aside", "resolved", "ambiguous", "not_found", "outside_area", "incidents", "movements")
    keys += ("reviewed", "rejected")
    return SimpleNamespace(
        counts=dict.fromkeys(keys, 0) | counts,
        set_aside=(BAD,),
        story=SimpleNamespace(reports=(FACTS.report,)),
        map_bytes=1_234_567,
        map_path=Path("output/map.html"),
        embed_path=None,
        files={},
        idle_judgements=(),
        changes=Changes(),
        reports_read=counts.get("reports", 0),
    )


# --- help ---


@pytest.mark.parametrize("language", ["en", "es"])
def test_help_lists_every_verb_in_both_languages(run, language: str):
    code, out, _ = run("--language", language, "--help")
    assert code == 0
    assert all(f"\n  {verb} " in out for verb in VERBS)
    assert ("Escribe" in out or "escribe el mapa" in out) == (language == "es")


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_no_help_shows_a_message_code(run, verb: str):
    _, out, _ = run(*([verb] if verb else []), "--help")
    assert "help-" not in out


def test_help_loads_no_heavy_library():
    probe = "import sys, mapper.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.split()
    assert not {"geopandas", "folium", "trafilatura", "numpy", "mapper.config", "mapper.pipeline"} & set(loaded)


def test_version(run):
    assert run("--version")[:2] == (0, "mapper 0.1.0\n")


@pytest.mark.parametrize("arguments", [["explode"], ["build", "--nope"], ["geoparse"], ["places"]])
def test_wrong_usage_is_exit_2(run, arguments: list[str]):
    code, out, err = run(*arguments)
    assert (code, out, bool(err)) == (2, "", True)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "es_VE.UTF-8"}, "es"),
        ({"LANG": "es_VE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "es_ES"}, "es"),
        ({"LANG": "fr_FR"}, "en"),
    ],
)
def test_language_of_the_system(environment: dict[str, str], language: str):
    assert cli._spoken(environment) == language


# --- build ---


def test_build_prints_a_summary_on_stdout(run, monkeypatch: pytest.MonkeyPatch):
    seen = stand_in(monkeypatch, "build", built(reports=3, set_aside=1, not_found=2, incidents=300))
    code, out, err = run("build", "a.txt", "--published", "2021-07-09", "--out", "o")
    assert (code, err) == (0, "")
    assert "Reports: 3 read, 1 set aside" in out
    assert "bad.pdf: not read" in out
    assert "2 not found" in out
    assert out.endswith("Map: output/map.html (1.2 MB)\n")
    assert (seen[0].inputs, str(seen[0].out), seen[0].overrides.published.isoformat()) == (
        ("a.txt",),
        "o",
        "2021-07-09",
    )


def test_build_speaks_spanish(run, monkeypatch: pytest.MonkeyPatch):
    stand_in(monkeypatch, "build", built())
    _, out, _ = run("build", "a.txt", "--language=es")
    assert "bad.pdf: no se lee" in out
    assert "Mapa: output/map.html (1,2 MB)" in out


def test_a_small_file_is_told_in_kilobytes(run, monkeypatch: pytest.MonkeyPatch):
    small = built()
    small.map_bytes = 538_400
    stand_in(monkeypatch, "build", small)
    assert run("build", "a.txt")[1].endswith("Map: output/map.html (538 kB)\n")


@pytest.mark.parametrize(("incidents", "said"), [(200, True), (201, False)])
def test_an_ordinary_map_that_is_heavy_is_said(run, monkeypatch: pytest.MonkeyPatch, incidents: int, said: bool):
    stand_in(monkeypatch, "build", built(incidents=incidents))
    assert (f"more than 1.0 MB for {incidents} incidents" in run("build", "a.txt")[1]) is said


def embedded(size: int) -> SimpleNamespace:
    made = built()
    made.embed_path, made.embed_bytes, made.embed_snippet = Path("output/map.embed.html"), size, "<iframe></iframe>"
    return made


def test_build_embed_prints_its_size_and_snippet(run, monkeypatch: pytest.MonkeyPatch):
    seen = stand_in(monkeypatch, "build", embedded(321_000))
    _, out, _ = run("build", "a.txt", "--embed")
    assert "To embed: output/map.embed.html (321 kB). Put this line into your page:\n<iframe></iframe>\n" in out
    assert seen[0].embed is True


def test_a_heavy_page_to_embed_is_said(run, monkeypatch: pytest.MonkeyPatch):
    stand_in(monkeypatch, "build", embedded(500_001))
    assert "more than the 500 kB" in run("build", "a.txt", "--embed")[1]


def test_build_without_reports_says_that_it_maps_the_examples(run, monkeypatch: pytest.MonkeyPatch):
    seen = stand_in(monkeypatch, "build", built())
    _, _, err = run("build")
    assert "example reports" in err
    assert seen[0].inputs_are_examples


def test_a_stated_problem_is_one_sentence_and_exit_1(run, monkeypatch: pytest.MonkeyPatch):
    stand_in(monkeypatch, "build", OutputError("output-folder", folder="o\x1b[2J", reason="no"))
    code, out, err = run("build", "a.txt")
    assert (code, out) == (1, "")
    assert (
        err == "The output folder o\ufffd[2J cannot be written to (no). Choose another with --out, or give yourself "
        "permission to write there.\n"
    )


def test_the_settings_language_is_that_of_errors_too(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "mapper.toml").write_text('language = "es"', encoding="utf-8")
    stand_in(monkeypatch, "build", OutputError("output-folder", folder="o", reason="no"))
    assert "No se puede escribir" in run("build", "a.txt")[2]


def test_a_wrong_flag_value_is_exit_1(run):
    code, _, err = run("build", "a.txt", "--published", "2021-02-31", "--language", "es")
    assert (code, "no es una fecha" in err) == (1, True)


def test_control_c_is_exit_130(run, monkeypatch: pytest.MonkeyPatch):
    stand_in(monkeypatch, "build", KeyboardInterrupt())
    code, _, err = run("build", "a.txt")
    assert (code, err) == (130, "Interrupted; nothing was written.\n")


# --- geoparse, explain, places, check ---


def test_geoparse_prints_json_lines_and_nothing_else(run, monkeypatch: pytest.MonkeyPatch):
    stand_in(monkeypatch, "geoparse", iter([FACTS, BAD, FACTS]))
    code, out, err = run("geoparse", "a.txt")
    assert code == 0
    assert [json.loads(line)["report_id"] for line in out.splitlines()] == ["r1", "r1"]
    assert err.splitlines()[0].startswith("INTERNAL: do not forward")
    assert err.splitlines()[1:] == ["bad.pdf: not read"]


def test_geoparse_into_a_closed_pipe_is_quiet():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from facts_kit import FACTS; from mapper import cli, pipeline\n"
        "pipeline.geoparse = lambda config, tell: (FACTS for _ in range(5000))\n"
        "cli.main(['geoparse', 'a.txt'])\n"
    )
    command = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parent.parent
    )
    assert command.stdout
    assert command.stderr
    command.stdout.readline()
    command.stdout.close()
    errors = command.stderr.read().decode()
    command.stderr.close()
    command.wait()
    assert errors.splitlines()[1:] == []


def test_output_that_nobody_reads_is_quiet():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from facts_kit import COTA, OTHER; from mapper import cli, pipeline\n"
        "pipeline.look_up = lambda name, config, tell: ((OTHER, COTA),)\n"
        "cli.main(['places', 'a'])\n"
    )
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", code],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    os.close(writer)
    assert done.stderr == b""


def test_explain_marks_the_text_without_colour(run, monkeypatch: pytest.MonkeyPatch):
    stand_in(monkeypatch, "geoparse", iter([FACTS]))
    _, out, _ = run("explain", "a.txt")
    for words in (
        "[Cota 905|clash]",
        "[downtown|destination]",
        "[La Vega|context:threatened:ambiguous]",
        "[Xyz|context:not_found]",
        "Cota 905, Santa Rosalía, Libertador",
        "exact name",
        "La Vega (la-vega-do) 0.40",
        "killed: 22 · people · according to minister · hedged · “22 people died”",
        "“Families fled to downtown” (sensitive)",
        "? → Centro de Caracas",
        "5–… families",
        "La Vega: a target, not a clash",
    ):
        assert words in out


def test_explain_colours_on_a_terminal():
    file = io.StringIO()
    Screen("es", file, colour=True).explain(FACTS)
    assert "\x1b[1;31mCota 905\x1b[0m" in file.getvalue()
    assert "|clash]" not in file.getvalue()


def test_places_without_a_terminal_are_tab_separated(run, monkeypatch: pytest.MonkeyPatch):
    stand_in(monkeypatch, "look_up", ((Candidate("cota-905", "Cota 905", -66.93, 10.48, 0.9), COTA),))
    _, out, _ = run("places", "cota")
    assert out.splitlines()[1].split("\t") == [
        "0.90",
        "cota-905",
        "Cota 905",
        "barrio",
        "Santa Rosalía",
        "Libertador",
        "barrio",
        "300",
        "curated",
        "high",
    ]


def test_places_on_a_terminal_are_a_table():
    file = io.StringIO()
    Screen("es", file, colour=True).places([(Candidate("cota-905", "Cota 905", -66.93, 10.48, 0.9), COTA)])
    assert "puntaje" in file.getvalue()
    assert "\t" not in file.getvalue()


def test_a_name_that_is_no_place_is_exit_1(run, monkeypatch: pytest.MonkeyPatch):
    stand_in(monkeypatch, "look_up", ())
    code, out, err = run("places", "Nowhere")
    assert (code, out, "“Nowhere”" in err) == (1, "", True)


@pytest.mark.parametrize(("set_aside", "expected"), [((), 0), ((BAD,), 1)])
def test_check_tells_by_its_exit_code(
    run, monkeypatch: pytest.MonkeyPatch, set_aside: tuple[SetAside, ...], expected: int
):
    answer = SimpleNamespace(area_id="caracas", places=892, reports=(FACTS.report,), set_aside=set_aside)
    stand_in(monkeypatch, "check", answer)
    code, out, _ = run("check", "a.txt")
    assert code == expected
    assert "caracas: 892 places" in out
    assert "r1 · 2021-07-11 · en · Outlet · A title" in out


# --- the terminal is safe ---


def test_control_characters_are_replaced_one_for_one():
    assert printable(HOSTILE) == "a\ufffd[31mb\ufffdc\ufffdd\ufffde\ufffd\ufffdf\ufffdg"


def test_newlines_stay_and_offsets_hold():
    assert printable("a\r\nb\tc\n") == "a \nb\tc\n"


def test_a_hostile_report_cannot_reach_the_terminal():
    report = dataclasses.replace(
        FACTS.report, text=TEXT.replace("Cota 905", HOSTILE[:8]), title=HOSTILE, outlet="[red]"
    )
    mentions = tuple(dataclasses.replace(mention, text=HOSTILE, reasons=(HOSTILE,)) for mention in FACTS.mentions)
    file = io.StringIO()
    Screen("en", file).explain(dataclasses.replace(FACTS, report=report, mentions=mentions, trace=(HOSTILE, "[bold]")))
    shown = file.getvalue()
    assert not set(shown) & set("\x1b\x07\u202e\u2066\u2028\x9b\r")
    assert "[red]" in shown


def test_no_progress_bar_without_a_terminal():
    with progress_bar("en") as progress:
        assert progress is None


# --- as a program ---


@pytest.fixture
def program(tmp_path: Path) -> Iterator[object]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))}

    def call(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "mapper", *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env=environment | more,
            encoding="utf-8",
        )

    return call


def test_program_with_a_fault_in_its_settings(program, tmp_path: Path):
    (tmp_path / "mapper.toml").write_text("colour = 1", encoding="utf-8")
    done = program("check", LANG="es_VE.UTF-8")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("mapper.toml: colour: no existe ese ajuste")


def test_program_with_wrong_usage(program):
    assert program("build", "--nope").returncode == 2
