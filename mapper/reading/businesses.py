"""Businesses: a shop or hotel that is named after a place is not the place ("the bakery La Flor de Chacao")."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from mapper.reading.lexicon import LANGUAGES, load_lexicon
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.model import Toponym

__all__ = ["without_businesses"]

_LONGEST_CHARS = 60
_LAST_WORD = re.compile(r"(?<![^\s(\"“«])([^\W\d_][\w'’-]*)\s$")
_LINKS = {"de", "del", "la", "las", "los", "el", "y"}


@functools.cache
def _businesses() -> frozenset[str]:
    """Return the words for businesses; reports name them in the language of the city, whatever their own."""
    return frozenset(word for one in LANGUAGES for word in load_lexicon(one).words("toponyms", "businesses"))


def without_businesses(text: str, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
    """Return the toponyms of a text but for those that are part of what a business is called."""
    return tuple(one for one in toponyms if not _is_business(text, one.start))


def _is_business(text: str, end: int) -> bool:
    """Tell whether a word for a business stands before a place, with nothing but the start of a name between."""
    first, is_named = max(0, end - _LONGEST_CHARS), True
    while word := _LAST_WORD.search(text, first, end):
        if fold(word[1]) in _businesses():
            return is_named
        if not word[1][0].isupper() and word[1] not in _LINKS:
            return False
        end, is_named = word.start(), word[1][0].isupper()
    return False
