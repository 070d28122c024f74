"""Persons who bear the names of places: Freddy Miranda, Candelaria Sucre, minister Carmen Meléndez."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from mapper.reading.lexicon import given_names
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.reading.lexicon import Lexicon

__all__ = ["PersonFilter"]

_PREVIOUS = re.compile(r"([^\W\d_][\w.'’]*) $")
# a lower-case word or a comma, then the capitalised one: so it does not open a sentence
_CAPITALISED = re.compile(r"(?:[^\W\d_][\w'’]*,? )([^\W\d_A-Z][^\W\d_A-Z]* )?([^\W\d_a-z][^\W\d_A-Z]+) $")
_NEXT = re.compile(r" ([^\W\d_][\w'’]*)")
_SINGLE = re.compile(r"[\w'’]+$")
_QUOTE = "[\"'“”‘«]"
_QUOTED = re.compile(rf"{_QUOTE}(?:\w{{1,3}} )?$")
_NICKNAME_CHARS = 40  # how far before a nickname the word that says so may begin


@functools.cache
def _nickname(lexicon: Lexicon) -> re.Pattern[str]:
    """Return what ends right before a nickname: 'alias "El', "apodado ", 'leader known as "'."""
    said = lexicon.any_of("persons", "nicknames")
    called = f"{lexicon.any_of('persons', 'bearers')},? {lexicon.any_of('persons', 'called')}"
    articles = lexicon.any_of("toponyms", "particles")
    return re.compile(rf"(?<!\w)(?:{said}|{called})[ ,:]{{1,2}}{_QUOTE}?(?:{articles} )?$")


@functools.cache
def _words(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the language's given names, titles, and words that lead to a place."""
    locatives = frozenset(word for link in lexicon.words("toponyms", "containers") for word in link.split())
    return given_names(), frozenset(lexicon.words("persons", "titles")), locatives


class PersonFilter:
    """Decides, within one report, whether a capitalised word is (part of) a person's name.

    A word is a person's when a given name or a title stands right before it, when it is itself a
    given name followed by a surname, or when the report has already introduced that surname. So is what
    the text calls somebody's nickname ('alias "El Chacao"'), and that name from there on.
    """

    def __init__(self, text: str, folded: str, lexicon: Lexicon, generics: Mapping[str, str]) -> None:
        self._text, self._folded, self._generics = text, folded, generics
        self._given, self._titles, self._locatives = _words(lexicon)
        said = (*lexicon.words("persons", "nicknames"), *lexicon.words("persons", "called"))
        self._nickname = _nickname(lexicon) if any(one.rstrip("*") in folded for one in said) else None
        self._surnames: set[str] = set()

    def holds(self, start: int, end: int) -> bool:
        """Tell whether ``text[start:end]`` names a person or belongs to a person's name."""
        words = self._folded[start:end].split()
        if self._nickname and self._nickname.search(self._folded, max(0, start - _NICKNAME_CHARS), start):
            self._surnames.add(words[-1])
            return True
        if words[0] in self._generics or not _SINGLE.match(self._folded[start:end].replace(" ", "")):
            return False
        before = self._word_before(start)
        alone = len(words) == 1
        if self._is_given(before, start) or (alone and before in self._titles and before not in self._generics):
            self._surnames.add(words[-1])
            return True
        quoted = _QUOTED.search(self._folded, max(0, start - _NICKNAME_CHARS), start)
        introduced = words[0] in self._surnames and (before not in self._locatives or quoted)
        return alone and bool(introduced or self._in_longer_name(start) or self._opens_name(words[0], end))

    def _opens_name(self, word: str, end: int) -> bool:
        """Tell whether ``word`` is a given name with a surname behind it ("Candelaria Sucre")."""
        after = _NEXT.match(self._text[end : end + 30])
        return (
            after is not None and word in self._given and after[1][0].isupper() and fold(after[1]) not in self._generics
        )

    def _in_longer_name(self, start: int) -> bool:
        """Tell whether another capitalised word, not one that opens its sentence, stands right before ("Indio X")."""
        window = self._text[max(0, start - 40) : start]
        if not window.endswith(" ") or "a" <= window[window.rfind(" ", 0, -1) + 1] <= "z":  # as most words begin
            return False
        before = _CAPITALISED.search(window)
        if before is None or fold(before[2]) in self._generics or before[2].isupper():
            return False
        return fold(before[2]) not in self._locatives

    def _word_before(self, start: int) -> str:
        window = self._folded[max(0, start - 25) : start]
        match = _PREVIOUS.search(window, window.rfind(" ", 0, -1) + 1) if window.endswith(" ") else None
        word = match[1] if match else ""
        return "" if word.endswith(".") and word not in self._titles else word

    def _is_given(self, word: str, start: int) -> bool:
        at = start - len(word) - 1
        return word in self._given and word not in self._generics and self._text[at : at + 1].isupper()
