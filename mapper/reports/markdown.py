"""Markdown: the marks are taken off, the words stay, so that a passage reads well when quoted.

Offsets refer to the text without its marks. List bullets and numbers stay: they are how the text
separates one fact from the next. Every pattern is linear in the length of a line.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from mapper.reports.decoding import text_of
from mapper.reports.plain import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.reports.draft import Draft, Intake

__all__ = ["read_markdown", "read_markdown_file"]

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+([^\r\n]*)", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE)
_CODE_FENCE = re.compile(r"^ {0,3}(?:```|~~~)[^\r\n]*(?:\r?\n|\Z)", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:-{3,}|\*{3,}|_{3,})[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_COMMENT = re.compile(r"<!--[^<>]{0,2000}?-->")
_LINK = re.compile(r"!?\[([^\[\]\r\n]{0,500})\]\([^()\r\n]{0,2000}\)")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_STRONG = re.compile(r"(?<!\\)(\*\*|__)(?=\S)([^*_\\\r\n]{1,500})(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*\\])([*_])(?=\S)([^*_\\\r\n]{1,500})(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"`([^`\r\n]{1,500})`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")


def read_markdown_file(raw: bytes, intake: Intake) -> Iterator[Draft]:
    """Yield the one report of a Markdown file."""
    content, warnings = text_of(raw, intake)
    yield dataclasses.replace(read_markdown(content, intake.name, intake.time_zone), warnings=warnings)


def read_markdown(content: str, name: str, time_zone: str = "") -> Draft:
    """Return ``content`` as a draft; its title is the front matter's, else its first heading.

    Raises
    ------
    ReportError
        ``report-date``: the front matter holds a date that is not one.
    """
    draft = read_plain(content, name, time_zone)
    heading = _HEADING.search(draft.text)
    title = draft.title or (_without_marks(_heading_words(heading)).strip() if heading else "")
    return dataclasses.replace(draft, text=_without_marks(draft.text).lstrip(), title=title)


def _heading_words(heading: re.Match[str]) -> str:
    """Return a heading without its number signs."""
    return heading[1].rstrip(" \t#")


def _without_marks(text: str) -> str:
    """Return ``text`` without Markdown's own signs."""
    for mark in (_COMMENT, _CODE_FENCE, _RULE, _QUOTE):
        text = mark.sub("", text)
    text = _HEADING.sub(_heading_words, text)
    text = _LINK.sub(r"\1", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _CODE.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text)
