"""The verbs for sharing say what is wrong before any work; the help is in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mapper import pipeline

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def run(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return run


@pytest.fixture
def nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> None:
        pytest.fail("read before the output was looked at")

    monkeypatch.setattr(pipeline, "_read", read)


@pytest.mark.usefixtures("nothing_is_read")
@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["figure"], "map.column.light.en.partner.png"),
        (["figure", "--format", "pdf", "--window", "2021-07-01..", "--size", "link"], "PDF alternative text"),
        (["brief", "--disclosure", "internal"], "brief.internal.pdf"),
    ],
)
def test_a_folder_in_the_way_is_said_before_any_reading(run, tmp_path: Path, arguments: list[str], name: str):
    names = {"PDF alternative text": "map.link.light.en.2021-07-01...partner.txt"}
    (tmp_path / "output" / names.get(name, name)).mkdir(parents=True)
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert "is a folder" in err


@pytest.mark.usefixtures("nothing_is_read")
@pytest.mark.parametrize("verb", ["figure", "brief", "export"])
def test_an_output_that_is_no_folder_is_said_before_any_reading(run, tmp_path: Path, verb: str):
    (tmp_path / "output").write_text("")
    code, out, err = run(verb)
    assert (code, out) == (1, "")
    assert "cannot be written to" in err


@pytest.mark.parametrize(("verb", "option"), [("export", "--format"), ("build", "--export")])
def test_an_unknown_format_is_said_of_the_option_that_was_given(run, verb: str, option: str):
    code, _, err = run(verb, option, "nope")
    assert (code, err.split(":")[0]) == (1, option)


def test_an_unknown_format_in_the_settings_is_said_of_the_settings(run, tmp_path: Path):
    (tmp_path / "mapper.toml").write_text('export = ["nope"]')
    assert run("export")[2].startswith("mapper.toml: export")


@pytest.mark.parametrize("verb", ["", "build", "figure", "geoparse", "withdraw"])
def test_the_help_is_in_one_language(run, verb: str):
    english = {"Usage", "Options", "OPTIONS", "Arguments", "Commands", "COMMAND", "Show", "default:", "required"}
    code, out, _ = run(*filter(None, [verb]), "--language", "es", "--help")
    assert (code, out.split()[0]) == (0, "Uso:")
    assert {word.strip("[]:.") for word in out.split()} & {*english, "default"} == set()


def test_the_help_tells_no_type_of_python(run):
    assert "<" not in run("build", "--help")[1]
