"""Every sentence exists in both languages and asks for the same facts."""

from __future__ import annotations

import string
import tomllib
from importlib import resources

import pytest

from mapper.errors import ConfigError, MapperError, message

FILES = sorted(
    (entry for entry in resources.files("mapper.messages").iterdir() if entry.name.endswith(".toml")),
    key=lambda entry: entry.name,
)
CODES = [
    (entry.name, code, table) for entry in FILES for code, table in tomllib.loads(entry.read_text("utf-8")).items()
]


def facts_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize(("file", "code", "table"), CODES, ids=lambda part: part if isinstance(part, str) else "")
def test_both_languages_with_the_same_facts(file: str, code: str, table: dict[str, str]):
    assert set(table) == {"en", "es"}
    assert facts_of(table["en"]) == facts_of(table["es"])
    assert all(table.values())


def test_no_code_is_defined_twice():
    codes = [code for _, code, _ in CODES]
    assert sorted(codes) == sorted(set(codes))


def test_another_language_falls_back_to_english():
    assert message("help-build", "fr") == message("help-build", "en")


def test_an_error_speaks_both_languages():
    error = MapperError("report-missing", name="x.txt")
    assert (str(error)[:5], "no existe" in error.in_language("es")) == ("x.txt", True)


def test_a_fact_with_braces_is_not_a_placeholder():
    assert "{x}.txt" in str(MapperError("report-missing", name="{x}.txt"))


def test_errors_are_also_the_builtin_ones_a_library_user_expects():
    assert issubclass(ConfigError, ValueError)
