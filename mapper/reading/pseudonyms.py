"""Pseudonyms: names that a text says it made up. Whoever bears one asked not to be known, in the whole report."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.reading.words import Opening, words_of
from mapper.text import fold

if TYPE_CHECKING:
    from mapper.reading.lexicon import Lexicon

__all__ = ["Pseudonyms", "find_pseudonyms"]

_WORD = r"[A-ZÁÉÍÓÚÑ][\w'’]+"
_NAME = rf"{_WORD}(?:\s(?:(?:de|del|la|los)\s){{0,2}}{_WORD}){{0,3}}"
_BEFORE = re.compile(rf"(?<!\w)({_NAME})\s?[,;(\[—–-][^.!?\n]{{0,40}}\Z")
_BEHIND = re.compile(rf"\s(?:[\"“«']\s?)?({_NAME})")
_STARRED = re.compile(rf"(?<!\w)({_NAME})\*(?!\*)")
_NEAR_CHARS = 120


@dataclass(frozen=True)
class _Rules:
    said: Opening
    every: re.Pattern[str]
    calls: re.Pattern[str]
    openers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """The words of made-up names, folded, and whether the text says that it changed all names."""

    words: frozenset[str] = frozenset()
    every: bool = False


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    any_of = functools.partial(lexicon.any_of, "sensitive")
    kinds = ("renamed", "all_renamed", "calls_so")
    return _Rules(
        said=Opening(
            rf"(?<!\w){any_of(*kinds)}(?!\w)", [word for kind in kinds for word in lexicon.words("sensitive", kind)]
        ),
        every=re.compile(any_of("all_renamed")),
        calls=re.compile(any_of("calls_so")),
        openers=frozenset(lexicon.words("sensitive", "openers")),
    )


def find_pseudonyms(text: str, folded: str, lexicon: Lexicon) -> Pseudonyms:
    """Return the names that a text says are not the real ones.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    lexicon
        The language's words for a changed name.
    """
    rules = _rules(lexicon)
    names: list[str] = []
    every = said = False
    for match in words_of(folded).find(rules.said):
        said, every = True, every or rules.every.fullmatch(match[0]) is not None
        name = _BEHIND.match(text, match.end()) if rules.calls.fullmatch(match[0]) else None
        name = name or _BEFORE.search(text, max(0, match.start() - _NEAR_CHARS), match.start())
        names += [name[1]] if name else []
    if said:
        names += [name[1] for name in _STARRED.finditer(text)]
    words = {fold(word) for name in names for word in name.split() if word[0].isupper()}
    return Pseudonyms(frozenset(words - rules.openers), every)
