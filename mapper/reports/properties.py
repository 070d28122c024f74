"""Titles and authors that documents state about themselves, without what their programs made up."""

from __future__ import annotations

import re

__all__ = ["stated_author", "stated_title"]

_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff\ufffe\uffff]")
_NO_TITLE = re.compile(
    r"microsoft word\b.*|untitled.*|sin título.*|word document|documento?\s*\d*|about:blank|"
    r"(?:powerpoint presentation|presentación de powerpoint)|\w+://\S*|.*\.(?:docx?|docm|odt|html?|pdf|indd|rtf|txt)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"administra(?:tor|dor)|user|usuario(?: de windows)?|windows user|microsoft office user|microsoft|python-docx|"
    r"un-?named|unknown|desconocido|author|autor|owner|admin|pc|hp|lenovo|dell|acer",
    re.IGNORECASE,
)


def stated_title(value: str | None) -> str:
    """Return a title on one line; empty where a program chose it ("untitled", a file's name)."""
    return _stated(value, _NO_TITLE)


def stated_author(value: str | None) -> str:
    """Return an author on one line; empty where it is the name of a program or of nobody ("user")."""
    return _stated(value, _NO_AUTHOR)


def _stated(value: str | None, noise: re.Pattern[str]) -> str:
    line = " ".join(_CONTROLS.sub(" ", value or "").split())
    return "" if noise.fullmatch(line) else line
