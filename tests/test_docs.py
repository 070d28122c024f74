"""The documents speak of what exists: verbs, flags, targets, files, keys, in both languages."""

from __future__ import annotations

import re
import shlex
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
SPANISH = sorted(path.relative_to(ROOT / "docs" / "es").as_posix() for path in (ROOT / "docs" / "es").rglob("*.md"))
TWINS = {f"docs/{name}": f"docs/es/{name}" for name in SPANISH}
# What is for programmers, docstrings too, is in English.
ENGLISH_ONLY = {"architecture.md"}
PARTLY_TRANSLATED = {"index.md", "reference/python.md"}
DOCUMENTS = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# The screenshot is taken of the real map, after these tests; until then its place is known.
LATER: set[str] = set()
VERBS: dict[str, click.Command] = get_command(app).commands


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)


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


def links(document: Path) -> list[str]:
    """Return the files that a document links to, relative to it."""
    found = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    return [link for link in found if not link.startswith(("http://", "https://", "mailto:"))]


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def outline(text: str) -> list[str]:
    """Return what each heading, list point and table row begins with."""
    without_code = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^(#+|-|\d+\.|\|)(?= )", without_code, re.MULTILINE)


by_twins = pytest.mark.parametrize(("english", "spanish"), TWINS.items())
by_whole_twins = pytest.mark.parametrize(
    ("english", "spanish"),
    [pair for pair in TWINS.items() if pair[0].removeprefix("docs/") not in PARTLY_TRANSLATED],
)
WARNINGS = [
    ("docs/limits.md", "**No mark means that no report was read"),
    ("docs/limits.md", "**not the path they walked, and not a safe route.**"),
    ("docs/es/limits.md", "**Si no hay marca, no se leyó ningún reporte"),
    ("docs/es/limits.md", "**no es el camino que recorrieron ni una ruta segura.**"),
]
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


@by_verb
def test_every_flag_is_documented(verb: str):
    command_line = read("docs/cli.md")
    documented = command_line.split("\n## ")[0] + section(command_line, f"mapper {verb}")
    shown = set(re.findall(r"(?<=`)--?[a-z]+(?:-[a-z]+)*", documented)) | {"--help"}
    assert {flag for flag in flags(verb) if flag.startswith("-")} - shown == set()


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
def test_every_command_shown_can_be_typed(document: Path):
    lines = [
        line.strip() for block in blocks(document.read_text(encoding="utf-8"), "bash") for line in block.splitlines()
    ]
    for line in lines:
        program, *words = shlex.split(line.partition(" > ")[0], comments=True) or [""]
        if program.removeprefix(".venv/bin/") == "mapper":
            VERBS[words[0]].make_context(words[0], words[1:])


@by_document
def test_no_link_is_dead(document: Path):
    missing = {link for link in links(document) if not (document.parent / link).exists()}
    assert missing - LATER == set()


@by_document
def test_no_link_leads_to_a_heading_that_is_gone(document: Path):
    sections = re.findall(r"\]\(([^)#\s:]*\.md)#([^)]+)\)", document.read_text(encoding="utf-8"))
    gone = [(link, anchor) for link, anchor in sections if anchor not in anchors(document.parent / link)]
    assert gone == []


def test_every_page_can_be_reached_from_the_readme():
    reached, ahead = set(), [ROOT / "README.md", ROOT / "docs" / "index.md", ROOT / "docs" / "es" / "index.md"]
    while ahead:
        page = ahead.pop().resolve()
        reached.add(page)
        ahead += [page.parent / link for link in links(page) if link.endswith(".md")]
        ahead = [path for path in ahead if path.resolve() not in reached]
    pages = {path for path in DOCUMENTS if ROOT / "docs" in path.parents and path.parent.name != "decisions"}
    assert pages - reached == set()


def test_every_page_is_in_both_languages():
    english = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    english = {name for name in english if not name.startswith(("es/", "decisions/"))}
    assert english - ENGLISH_ONLY - set(SPANISH) == set()
    assert set(SPANISH) - english == set()


@by_twins
def test_twins_lead_to_each_other(english: str, spanish: str):
    def switches(name: str, words: str) -> list[Path]:
        found = re.findall(rf"^\*\[{words}\]\(([^)]+)\)\*$", read(name), re.MULTILINE)
        return [(ROOT / name).parent.joinpath(link).resolve() for link in found]

    assert switches(spanish, "In English") == [ROOT / english]
    assert switches(english, "En español") == [ROOT / spanish]


@by_twins
def test_spanish_pages_lead_to_spanish_pages(english: str, spanish: str):
    text = re.sub(r"^\*\[In English\].*", "", read(spanish), flags=re.MULTILINE)
    led = {
        (ROOT / spanish).parent.joinpath(link).resolve().relative_to(ROOT).as_posix()
        for link in re.findall(r"\]\(([^)#\s:]+\.md)", text)
    }
    assert led & (TWINS.keys() - {english}) == set()


@by_whole_twins
def test_twins_have_the_same_headings_and_points(english: str, spanish: str):
    assert outline(read(english)) == outline(read(spanish))


@by_whole_twins
def test_twins_show_the_same_verbs_and_flags(english: str, spanish: str):
    def shown(name: str) -> list[list[str]]:
        return [[word for word in words if word.startswith("-") or word in VERBS] for words in commands(read(name))]

    assert shown(english) == shown(spanish)


@pytest.mark.parametrize(("page", "sentence"), WARNINGS)
def test_the_limits_are_said_plainly(page: str, sentence: str):
    assert sentence in " ".join(read(page).split())


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
