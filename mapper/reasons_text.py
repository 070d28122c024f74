"""Reasons in the reader's language: why a file was set aside, and those that ``mapper explain`` gives.

The rooms give reasons in English, as they stand in the output for programs. Each fixed phrase is an English sentence
of the message catalogue with its ``{names}``: read backwards it tells what was filled in.
"""

from __future__ import annotations

import re
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING

from mapper.errors import message, sentences

if TYPE_CHECKING:
    from mapper.model import SetAside

__all__ = ["reason", "reason_text"]


def reason(item: SetAside, language: str) -> str:
    """Return why a file was set aside."""
    return item.reason_es if language == "es" else item.reason_en


def reason_text(reason: str, language: str) -> str:
    """Return a reason in a language; one that is no phrase of ours, such as a label with its cues, as it is."""
    return in_language(reason, "reason-", language)


def in_language(text: str, kind: str, language: str) -> str:
    """Return an English phrase whose message code begins with ``kind`` in a language; any other text as it is."""
    if language == "en":
        return text
    for pattern, code in _patterns(kind):
        if found := pattern.fullmatch(text):
            said = {name: _each(value, language) for name, value in found.groupdict().items()}
            return message(code, language, **said)
    return text


def _each(value: str, language: str) -> str:
    """Return what was filled in; a list of phrases ("2 too coarse; 1 malformed") in the language too."""
    parts = value.split("; ")
    return "; ".join(reason_text(part, language) if part[:1].isdigit() else part for part in parts)


@cache
def _patterns(kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the pattern of each English phrase with its code; those of more fixed words first."""
    found = []
    for code, languages in sentences(kind).items():
        parts = list(Formatter().parse(languages["en"]))
        written = "".join(re.escape(text) + (f"(?P<{name}>.+?)" if name else "") for text, name, _, _ in parts)
        found.append((sum(len(text) for text, *_ in parts), re.compile(written, re.DOTALL), code))
    return tuple((pattern, code) for _, pattern, code in sorted(found, key=lambda one: (-one[0], one[2])))
