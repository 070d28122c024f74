"""The house rules that a machine can hold us to; the import contracts themselves run in `make check`."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from mapper.errors import _catalogue

ROOT = Path(__file__).parent.parent
PACKAGE = sorted((ROOT / "mapper").rglob("*.py"))
CODE = sorted(
    path
    for folder in ("mapper", "tests", "tools", "benchmarks")
    for suffix in ("*.py", "*.mjs", "*.css", "*.sh")
    for path in (ROOT / folder).rglob(suffix)
)
MAX_LINES = 400
ROOMS = (
    *("reports", "reading", "places", "events", "disclosure", "geo"),
    *("view", "export", "figure", "brief", "evaluation"),
)
HEAVY = {"geopandas", "pandas", "numpy", "shapely", "folium", "trafilatura", "geopy", "py3langid", "matplotlib"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_no_file_is_longer_than_a_reader_can_hold():
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


@pytest.mark.parametrize("folder", ["mapper", "data/areas/caracas", "data/reports", "notebooks", "tests", "output"])
def test_the_top_level_is_as_agreed(folder: str):
    assert (ROOT / folder).is_dir()


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_exists(room: str):
    assert (ROOT / "mapper" / room / "__init__.py").is_file() or (ROOT / "mapper" / f"{room}.py").is_file()


def test_all_rooms_are_under_contract():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    independence = next(
        contract for contract in settings["tool"]["importlinter"]["contracts"] if contract["type"] == "independence"
    )
    assert set(independence["modules"]) == {f"mapper.{room}" for room in ROOMS}


def test_no_assert_validates_anything():
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in PACKAGE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert)
    ]
    assert found == []


def test_nothing_is_caught_whatever_it_is():
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in PACKAGE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    assert found == []


def test_nothing_reads_the_clock_or_throws_dice():
    forbidden = {"now", "utcnow", "today", "random", "uuid4", "uuid1"}
    found = [
        f"{relative(path)}:{call.lineno} {call.func.attr}"
        for path in PACKAGE
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in forbidden
    ]
    assert found == []


def test_nothing_prints_but_the_command_line():
    found = [
        f"{relative(path)}:{call.lineno}"
        for path in PACKAGE
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id == "print"
    ]
    assert found == []


def test_importing_every_room_loads_no_heavy_library():
    probe = f"import sys, json, {', '.join(f'mapper.{room}' for room in ROOMS)}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert HEAVY & set(json.loads(done.stdout)) == set()


def test_every_message_speaks_both_languages():
    assert [code for code, sentences in _catalogue().items() if set(sentences) != {"en", "es"}] == []


def test_both_languages_of_a_message_name_the_same_facts():
    def names(sentence: str) -> set[str]:
        return set(re.findall(r"(?<!\{)\{(\w+)", sentence))

    assert [code for code, said in _catalogue().items() if names(said["en"]) != names(said["es"])] == []


def test_every_error_raised_has_its_sentence():
    used = {
        call.args[0].value: f"{relative(path)}:{call.lineno}"
        for path in PACKAGE
        for call in calls(path)
        if isinstance(call.func, ast.Name)
        and (call.func.id.endswith("Error") or call.func.id == "message")
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", call.args[0].value)
    }
    assert {code: where for code, where in used.items() if code not in _catalogue()} == {}


def test_no_lock_names_a_host_or_a_path():
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        assert re.findall(r".*(?:/|@ |index-url|find-links).*", lock.read_text(encoding="utf-8")) == []


def test_every_locked_version_has_its_hash():
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
        assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_what_the_map_needs_is_locked_at_the_versions_that_are_tested():
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        return {line.split("\\")[0].strip() for line in text.splitlines() if "==" in line}

    assert pins("run.txt") <= pins("dev.txt")


def test_what_is_imported_is_asked_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {re.split(r"[<>=~!\[ ]", one)[0].lower().replace("_", "-") for one in project["dependencies"]}
    known = packages_distributions()
    imported = {
        name.split(".")[0]
        for path in (ROOT / "mapper").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        for name in _modules(node)
    }
    others = imported - {
        *sys.stdlib_module_names,
        "mapper",
        "pydantic_core",
    }  # pydantic itself names its core's version
    assert [one for one in sorted(others) if not {dist.lower().replace("_", "-") for dist in known[one]} & asked] == []


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
