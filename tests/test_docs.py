"""The documents speak of what exists: verbs, flags, targets, files, keys, in both languages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.main import get_command

from mapper.cli import app
from mapper.config import load_config
from mapper.errors import message

if TYPE_CHECKING:
    import click

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.es.md")
DOCUMENTS = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# The screenshot is taken of the real map, after these tests; until then its place is known.
LATER: set[str] = set()
VERBS: dict[str, click.Command] = get_command(app).commands


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[list[str]]:
    """Return the commands of a document's bash blocks, word by word."""
    lines = [line.split("#")[0].split(">")[0] for block in blocks(text, "bash") for line in block.splitlines()]
    return [line.split() for line in lines if line.strip()]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))


def flags(verb: str) -> set[str]:
    return {name for parameter in VERBS[verb].params for name in (*parameter.opts, *parameter.secondary_opts)}


def section(text: str, heading: str) -> str:
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def shape(text: str) -> list[int]:
    without_code = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [len(marks) for marks in re.findall(r"^(#+) ", without_code, re.MULTILINE)]


by_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
by_verb = pytest.mark.parametrize("verb", sorted(VERBS))
by_readme = pytest.mark.parametrize("readme", READMES)


@by_verb
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_verb_has_help(verb: str, language: str):
    assert len(message(VERBS[verb].help, language)) > 20


@by_verb
def test_every_verb_has_its_section_with_an_example(verb: str):
    assert f"mapper {verb}" in "".join(blocks(section(read("docs/cli.md"), f"mapper {verb}"), "bash"))


@by_verb
@by_readme
def test_every_verb_stands_in_the_readme(readme: str, verb: str):
    assert f"| `mapper {verb}` |" in read(readme)


def test_every_flag_of_build_is_documented():
    documented = section(read("docs/cli.md"), "mapper build")
    assert {flag for flag in flags("build") if f"`{flag}" not in documented} - {"--help"} == set()


def test_no_flag_is_documented_that_does_not_exist():
    known = {flag for verb in VERBS for flag in flags(verb)} | {"--help", "--version"}
    assert set(re.findall(r"(?<=`)--?[a-z]+(?:-[a-z]+)*", read("docs/cli.md"))) - known - {"-"} == set()


@by_document
def test_every_command_shown_exists(document: Path):
    known = {"make": targets(), "mapper": set(VERBS), "pip": {"install"}}
    shown = commands(document.read_text(encoding="utf-8"))
    unknown = [words for words in shown if words[1] not in known.get(words[0].removeprefix(".venv/bin/"), set())]
    assert unknown == []


@by_document
def test_every_flag_shown_exists(document: Path):
    shown = [words for words in commands(document.read_text(encoding="utf-8")) if "mapper" in words[0]]
    assert [words for words in shown if {word for word in words if word.startswith("--")} - flags(words[1])] == []


@by_document
def test_no_link_is_dead(document: Path):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    files = [link for link in links if not link.startswith(("http://", "https://", "mailto:"))]
    missing = {link for link in files if not (document.parent / link).exists()}
    assert missing - LATER == set()


def test_both_readmes_have_the_same_headings():
    english, spanish = (shape(read(readme)) for readme in READMES)
    assert english == spanish


def test_both_readmes_show_the_same_commands():
    english, spanish = ([words[:2] for words in commands(read(readme))] for readme in READMES)
    assert [words for words in english if words[0] == "make"] == [words for words in spanish if words[0] == "make"]


@by_readme
def test_the_two_commands_come_first(readme: str):
    assert [words[:2] for words in commands(read(readme))[:2]] == [["make", "map"], ["make", "test"]]


def test_the_settings_shown_are_valid(tmp_path: Path):
    (shown,) = blocks(section(read("docs/cli.md"), "Settings"), "toml")
    (tmp_path / "mapper.toml").write_text(shown, encoding="utf-8")
    assert load_config(folder=tmp_path).contact == tomllib.loads(shown)["contact"]


def test_the_changelog_begins_with_what_is_unreleased():
    assert re.search(r"^## .*", read("CHANGELOG.md"), re.MULTILINE)[0] == "## [Unreleased]"


def test_every_example_report_is_described():
    described = read("docs/example-reports.md")
    names = [path.name for path in (ROOT / "data" / "reports").iterdir() if not path.name.startswith(".")]
    assert [name for name in sorted(names) if f"`{name}`" not in described] == []


def test_every_room_stands_in_the_architecture():
    rooms = re.findall(r"^\| `(\w+)` \|", read("docs/architecture.md"), re.MULTILINE)
    assert rooms == [
        *("reports", "reading", "places", "events", "disclosure", "geo"),
        *("view", "export", "figure", "brief"),
    ]


def test_every_target_says_what_it_does():
    assert targets() == set(re.findall(r"^([a-z]+):.*## ", read("Makefile"), re.MULTILINE))


def test_ci_runs_the_tests_and_nothing_else():
    lines = [line for line in read(".ci/run").splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert lines == ["make test"]
