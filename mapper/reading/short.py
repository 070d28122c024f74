"""Names with a number: what shortens them ("la Cota" for "Cota 905"), and dates that look like them ("23 de enero")."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.reading.lexicon import Lexicon

__all__ = ["is_date", "short_names", "short_of"]

_NAME = re.compile(r"(?:(?:la|el|the) )?([a-z]{4,}) (?:\d{1,4}|[a-z]+)")
_NUMBERED = re.compile(r"(?:(?:la|el|the) )?[a-z]{4,} \d{1,4}")
# what stands before a place and not before a day: "in January 23", "residents of January 23"
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|inside|near|the)|\b(?:residents|neighbou?rs|people|families|inhabitants) of) \Z"
)
_NEARBY_CHARS = 40


def short_of(name: str) -> str:
    """Return the word by which a folded name of two words may be called, "" for any other name.

    "cota 905" and "cota mil" share theirs: then the word alone says neither.
    """
    found = _NAME.fullmatch(name)
    return found[1] if found else ""


def short_names(text: str, folded: str, word: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where ``word`` stands alone behind an article and with a capital, from ``start`` on, if a number names it.

    Parameters
    ----------
    text, folded
        The text and its folded copy.
    word
        The folded word.
    start
        The end of the full name.
    """
    full = folded[:start].rsplit(word, 1)[-1]
    if not _NUMBERED.fullmatch(word + full):
        return
    for found in re.finditer(rf"(?<=[ael] ){word}(?!\w)", folded[start:]):
        first, last = found.start() + start, found.end() + start
        behind = text[last : last + 2].lstrip(" ")[:1]
        if text[first].isupper() and not (behind.isupper() or behind.isdigit()):
            yield first, last


def is_date(text: str, folded: str, span: tuple[int, int], lexicon: Lexicon) -> bool:
    """Tell whether a name of a day and a month is the date: "El 23 de enero hubo", "on January 23", "23 January".

    Parameters
    ----------
    text, folded
        The text and its folded copy.
    span
        Where the name stands.
    lexicon
        The language's words, its months among them.
    """
    start, end = span
    behind = _months(lexicon).match(folded, end) if folded[end - 1].isdigit() else None
    if behind:
        return text[behind.start("month")].islower()
    if not _days(lexicon).fullmatch(folded, start, end):
        return False
    return not _PLACE_BEFORE.search(folded, max(0, start - _NEARBY_CHARS), start)


@functools.cache
def _days(lexicon: Lexicon) -> re.Pattern[str]:
    """Return what names a day by its month: "january 23"; where months have capitals, "23 january", too."""
    table = lexicon.table("dates")
    names = _alternatives(table["months"])
    day_first = rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{names})" if table["month_capital"] else ""
    return re.compile(rf"(?:{names})(?!\w).*{day_first}")


@functools.cache
def _months(lexicon: Lexicon) -> re.Pattern[str]:
    """Return what makes a number a day: its month, behind further days maybe ("el 23 y el 29 de agosto")."""
    months = _alternatives(lexicon.table("dates")["months"])
    return re.compile(rf"(?:,?(?: [a-z]{{1,5}}){{0,2}} \d{{1,2}}){{0,4}} (?:de |of )?(?P<month>{months})(?!\w)")


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))
