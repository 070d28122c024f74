"""`mapper evaluate` as a user meets it: on the real area pack, and on the examples of its documentation."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mapper import pipeline
from mapper.config import load_config
from mapper.evaluation import Choice

DOCUMENT = Path(__file__).parent.parent / "docs" / "evaluation.md"
MARKED = """%% id: ev-1
%% lang: en
%% published: 2021-07-11
%% incident 1: Battles / Armed clash | 2021-07-08 | killed 4 | injured -

On Thursday police and a gang clashed in the {Cota 905|clash 1}. Four people were killed. {Petare|context} was calm.
"""
HOSTILE = MARKED.replace("ev-1", "ev-2").replace("{Petare|context} was calm.", "{A\x1b[31mB|context} was calm.")


@pytest.fixture(autouse=True)
def _plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "own.txt").write_text(MARKED, encoding="utf-8")
    return folder


def test_the_numbers_for_machines(run, gold: Path):
    code, out, _ = run("evaluate", str(gold), "--json")
    numbers = json.loads(out)
    assert (code, numbers["reports"], numbers["set_aside"]) == (0, 1, [])
    assert numbers["measures"]["recognition"]["right"] == 2
    assert numbers["by_language"]["en"]["reports"] == 1
    assert "errors" not in numbers


def test_the_misses_for_machines(run, gold: Path):
    (gold / "own.txt").write_text(MARKED.replace("{Petare|context}", "{Petare|denied|La Vega}"), encoding="utf-8")
    _, out, _ = run("evaluate", str(gold), "--json", "--errors")
    miss = {"report_id": "ev-1", "measure": "resolution", "about": "Petare", "annotated": "La Vega"}
    assert [one | miss for one in json.loads(out)["errors"] if one["measure"] == "resolution"] == [
        miss | {"read": "Petare, Petare"}
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("Reports: 1 read, 1 set aside", "mentions recognised\t1.000")),
        ("es", ("Reportes: 1 leídos, 1 apartados", "menciones reconocidas\t1,000")),
    ],
)
def test_tables_and_what_was_set_aside(run, gold: Path, language: str, expected: tuple[str, str]):
    (gold / "bad.json").write_text("{", encoding="utf-8")
    code, out, _ = run("evaluate", str(gold), "--language", language)
    assert code == 0
    assert "  - bad.json: " in out
    assert all(words in out for words in expected)


def test_errors_are_listed_and_cannot_reach_the_terminal(run, gold: Path):
    (gold / "own.txt").write_text(HOSTILE, encoding="utf-8")
    _, out, _ = run("evaluate", str(gold), "--errors")
    assert "ev-2\tmentions recognised\tA\ufffd[31mB" in out
    assert "\x1b" not in out


def test_only_and_without(run, gold: Path, tmp_path: Path):
    (gold / "more.txt").write_text(MARKED.replace("ev-1", "ev-3"), encoding="utf-8")
    (tmp_path / "ids").write_text("ev-3\n", encoding="utf-8")
    for flag in ("--only", "--without"):
        _, out, _ = run("evaluate", str(gold), flag, str(tmp_path / "ids"), "--json")
        assert json.loads(out)["reports"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "nowhere: there is no such folder"),
        (("empty",), "empty: no annotated report to evaluate"),
        (("bad",), "- x.json: "),
        (("gold", "--only", "missing"), "missing: cannot be read"),
    ],
)
def test_what_cannot_be_evaluated_is_exit_1(run, gold: Path, arguments: tuple[str, ...], said: str):
    (gold.parent / "empty").mkdir()
    (gold.parent / "bad").mkdir()
    (gold.parent / "bad" / "x.json").write_text("{", encoding="utf-8")
    code, out, err = run("evaluate", *arguments)
    assert (code, out) == (1, "")
    assert said in err


@pytest.mark.parametrize(
    ("name", "parishes"),
    [("El Carmen, Petare", {"Petare"}), ("San José (Petare)", {"Petare"}), ("Cota 906", set()), (" ", set())],
)
def test_names_are_looked_up_exactly(caracas, name: str, parishes: set[str]):
    assert {place.parish for place in pipeline._places_called(caracas)(name)[:1]} == parishes


def test_the_examples_of_the_documentation_are_read_as_annotated(tmp_path: Path):
    text = DOCUMENT.read_text(encoding="utf-8")
    folder = tmp_path / "shown"
    folder.mkdir()
    for language, name in (("text", "own.txt"), ("json", "own-0003.json")):
        (shown,) = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        (folder / name).write_text(shown, encoding="utf-8")
    result = pipeline.evaluate(load_config(folder=tmp_path), folder, Choice())
    assert (result.reports, result.set_aside) == (3, ())
    assert result.overall["recognition"].recall == 1.0
    assert result.overall["parish"].value == 1.0


def test_the_documentation_names_every_measure():
    from mapper.evaluation.tally import MEASURES

    text = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in MEASURES if f"`{name}`" not in text] == []
