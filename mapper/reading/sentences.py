"""Sentences and clauses: one pass over the stops and line breaks of a text.

A stop ends a sentence unless it belongs to an abbreviation, an initial, a number, a list number or
a live-blog time, or the text goes on in lower case. A blank line always ends one; a single line
break only before a list item, after one, or after a short heading. What goes on without any of these for
longer than any sentence does (a table, a text of one mark) is cut at a comma or blank, so that the time of
what is worked out within a sentence grows with the text's length.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.model import Span
from mapper.reading.lexicon import alternation
from mapper.reading.words import Ending
from mapper.text import fold

if TYPE_CHECKING:
    from mapper.reading.lexicon import Lexicon

__all__ = ["clauses", "line_start", "sentences"]

_CLOSERS = r"\"'”’»)\]"
_STOP = re.compile(rf"[.!?…]+[{_CLOSERS}]*[.!?…]*|\n\s*")
_BEGINS = re.compile(r"""[\s"'“‘«(\[¿¡—–-]*(.)""", re.DOTALL)
_WORD_BEFORE = re.compile(r"(?:^|[^\w.])((?:\w+\.?[ \u00a0]?){0,2}?\w+)$")
_BULLET = r"(?:[•·▪◦‣*+–—-]|\d{1,2}[.)/]|\d{1,2}\.?º?/|[A-Za-z]\))(?=\s|[—–]?[A-ZÁÉÍÓÚÑ¿¡“«\"])"
_TIME = r"\(?\d{1,2}[:.]\d\d\)?(?: ?h(?:rs?)?\b)?"
_HEADING_CHARS = 40
_LONGEST = 2_000
_BREAKS = tuple(re.compile(rf".{{{_LONGEST // 2},{_LONGEST}}}{mark}(?=\s)", re.DOTALL) for mark in ("[,;]", ""))
_BLANK = re.compile(r"(?=\s)")
_LOOK_BACK_CHARS = 24


@dataclass(frozen=True)
class _Rules:
    """Compiled rules of one language."""

    never: Ending
    before_number: Ending
    may_end: Ending
    line_start: re.Pattern[str]
    clause: re.Pattern[str]


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    def ending(key: str) -> Ending:
        return Ending(rf"(?<![\w]){lexicon.any_of('sentences', key)}$", lexicon.words("sentences", key))

    half = lexicon.any_of("sentences", "day_half")
    after_comma = alternation(lexicon.words("sentences", "clause_after_comma"))
    anywhere = alternation(lexicon.words("sentences", "clause_anywhere"))
    return _Rules(
        never=ending("abbreviations"),
        before_number=ending("before_number"),
        may_end=ending("may_end"),
        line_start=re.compile(rf"[ \t]*(?:{_BULLET})?[ \t]*(?:{_TIME}(?:\s?{half})?\.?)?", re.IGNORECASE),
        # the sign first, then what must stand around it: most characters are passed over at once
        clause=re.compile(
            rf"[;,\s-](?:(?<=;)|(?<=\s)-(?=\s|\w)|(?<=\w-)(?=\s)|(?<=,)(?=\s{{1,3}}{after_comma}\b)"
            rf"|(?<=\s)(?={anywhere}\b))"
        ),
    )


def line_start(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of what a line may begin with: a bullet or list number, then a live-blog time."""
    return _rules(lexicon).line_start


def sentences(text: str, lexicon: Lexicon) -> tuple[Span, ...]:
    """Return the sentences of ``text``: trimmed, in order, without overlap, covering all that is not blank.

    Parameters
    ----------
    text
        The report's text, unchanged.
    lexicon
        The language's words: abbreviations and halves of the day.
    """
    rules = _rules(lexicon)
    spans: list[Span] = []
    start = line = 0
    prefix_end = _prefix_end(text, 0, rules)
    for match in _STOP.finditer(text):
        if match[0].startswith("\n"):
            ends = _line_ends_sentence(text, line, match, rules)
            line = match.end()
            prefix_end = _prefix_end(text, line, rules)
        else:
            ends = match.end() > prefix_end and _stop_ends_sentence(text, match, rules)
        if ends:
            _append_cut(text, start, match.start() if match[0].startswith("\n") else match.end(), spans)
            start = match.end()
    _append_cut(text, start, len(text), spans)
    return tuple(spans)


def clauses(text: str, sentence: Span, lexicon: Lexicon) -> tuple[Span, ...]:
    """Return the clauses of one sentence, trimmed and in order.

    Cuts are few: semicolons, dashes with a blank beside them, and a comma or blank before one of the
    language's clause words ("but", "mientras", "where", "y luego").
    """
    folded = fold(text[sentence.start : sentence.end])
    spans: list[Span] = []
    start = sentence.start
    for match in _rules(lexicon).clause.finditer(folded):
        _append(text, start, sentence.start + match.start(), spans)
        start = sentence.start + match.end()
    _append(text, start, sentence.end, spans)
    return tuple(spans)


def _append_cut(text: str, start: int, end: int, spans: list[Span]) -> None:
    """Add a sentence, in parts if it is longer than any; never within a word."""
    while end - start > _LONGEST:
        found = (one.match(text, start, end) for one in _BREAKS)
        cut = next((match for match in found if match), None) or _BLANK.search(text, start + _LONGEST, end)
        if cut is None:
            break
        _append(text, start, cut.end(), spans)
        start = cut.end()
    _append(text, start, end, spans)


def _append(text: str, start: int, end: int, spans: list[Span]) -> None:
    """Add the span without the blanks around it, if anything is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _prefix_end(text: str, line: int, rules: _Rules) -> int:
    match = rules.line_start.match(text, line)
    return match.end() if match else line


def _line_ends_sentence(text: str, line: int, match: re.Match[str], rules: _Rules) -> bool:
    """Tell whether the line break ``match`` ends a sentence; ``line`` is where its line began."""
    if match[0].count("\n") > 1:
        return True
    following = match.end()
    if following >= len(text) or _prefix_end(text, following, rules) > following:
        return True
    capital = text[following].isupper() or text[following] in "¿¡“«\"'‘("
    was_item = _prefix_end(text, line, rules) > line
    is_heading = match.start() - line < _HEADING_CHARS and text[match.start() - 1] not in ",;-–—"
    return capital and (was_item or is_heading)


def _stop_ends_sentence(text: str, match: re.Match[str], rules: _Rules) -> bool:
    if match.end() < len(text) and not text[match.end()].isspace():
        return False
    begins = _BEGINS.match(text, match.end())
    if begins is None:
        return True
    if begins[1].islower():
        return False
    return match[0] != "." or not _is_abbreviation(text, match.start(), begins[1], rules)


def _is_abbreviation(text: str, stop: int, begins: str, rules: _Rules) -> bool:
    """Tell whether the single full stop at ``stop`` shortens a word; ``begins`` is what comes next."""
    before = fold(text[max(0, stop - _LOOK_BACK_CHARS) : stop])
    if rules.may_end.search(before):
        return not begins.isupper()
    if rules.never.search(before):
        return True
    if rules.before_number.search(before) and begins.isdecimal():
        return True
    # an initial: one capital letter that stands alone ("J. M. de los Ríos"), or "a." of "a. m."
    lone = stop >= 1 and text[stop - 1].isalpha() and (stop < 2 or not (text[stop - 2].isalnum()))  # noqa: PLR2004 - two characters back
    return lone and text[stop - 1].isupper()
