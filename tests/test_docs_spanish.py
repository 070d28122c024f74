"""The Spanish pages name the same columns, keys, flags and values as the English ones, row by row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
TWINS = sorted(
    path.name for path in (DOCS / "es").glob("*.md") if (DOCS / path.name).exists() and path.name != "glossary.md"
)
_PLACEHOLDER = re.compile(r"[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ.=,…]+")


def named(page: Path) -> list[list[str]]:
    """Return what the first cell of each table row names in code, without the words a reader fills in."""
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [re.findall(r"`([^`]+)`", _PLACEHOLDER.sub("", row.split(" | ")[0])) for row in rows]


@pytest.mark.parametrize("name", TWINS)
def test_a_spanish_page_names_the_same_things_in_the_same_order(name: str):
    assert named(DOCS / "es" / name) == named(DOCS / name)


def test_the_glossaries_hold_the_same_terms():
    def pairs(page: Path) -> set[frozenset[str]]:
        rows = re.findall(
            r"^\| (.+?) \| (.+?) \| .* \|$", page.read_text(encoding="utf-8").split("\n## ")[1], re.MULTILINE
        )
        return {frozenset(row) for row in rows[1:]}

    assert pairs(DOCS / "es" / "glossary.md") == pairs(DOCS / "glossary.md")
