"""Quotations: the stretches of a text that are somebody's own words, marks included.

Straight and typographic marks, guillemets, unclosed quotations that run to the end of their
paragraph, and the turns of an interview ("—No.", "A: No."). One pass, paragraph by paragraph.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.reading.lexicon import Lexicon

__all__ = ["Quotation", "find_quotations"]

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r'["“”„«»]')
_CLOSES = {'"': '"', "“": "”", "„": "“”", "«": "»", "”": "”"}
_TURN = re.compile(r"[ \t]*[—–-](?=[^\s\d])")
_QUESTION = re.compile(r"[—–-]?\s*¿[^?]*\?\s*$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation at ``text[start:end]``; ``turn`` marks an interview's answer, ``line`` where its paragraph starts."""

    start: int
    end: int
    line: int
    turn: bool = False


@functools.cache
def _answer(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"[ \t]*{lexicon.any_of('attribution', 'answer_labels')}\s")


def find_quotations(text: str, folded: str, lexicon: Lexicon) -> list[Quotation]:
    """Return the quotations of a text in order, without overlap.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    lexicon
        The language's words: how an answer is labelled in an interview.
    """
    found: list[Quotation] = []
    for line in _LINE.finditer(text):
        if _TURN.match(text, line.start()):
            if not _QUESTION.match(line[0].strip()):
                found.append(Quotation(line.start(), line.end(), line.start(), turn=True))
        elif _answer(lexicon).match(folded, line.start()):
            found.append(Quotation(line.start(), line.end(), line.start(), turn=True))
        else:
            found.extend(_in_line(text, line.start(), line.end()))
    return found


def _in_line(text: str, start: int, end: int) -> Iterator[Quotation]:
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        if opened is None:
            if mark[0] in _CLOSES and _opens(text, mark.start(), start):
                opened = mark.start()
        elif mark[0] in _CLOSES[text[opened]]:
            yield Quotation(opened, mark.end(), start)
            opened = None
    if opened is not None:
        yield Quotation(opened, end, start)


def _opens(text: str, at: int, line: int) -> bool:
    """Tell whether a mark opens a quotation: text follows it, and no word ends right before it."""
    before, after = text[at - 1 : at] if at > line else "", text[at + 1 : at + 2]
    return bool(after.strip()) and not before.isalnum()
