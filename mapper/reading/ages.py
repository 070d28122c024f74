"""Ages told together count nobody: "two men, aged 22 and 31, were shot", "dos niños (4 y 7) resultaron heridos"."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from mapper.reading.lexicon import alternation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.reading.lexicon import Lexicon
    from mapper.reading.numbers import Number

__all__ = ["without_ages"]


_SHORT = 3
_AGES = 12  # of so many people, and no list of figures
_NUMBER = re.compile(r"\d+")


def without_ages(numbers: Sequence[Number], folded: str, lexicon: Lexicon) -> list[Number]:
    """Return the numbers of a folded text but for the ages of several people that an aside tells."""
    asides = _ages(lexicon).finditer(folded)
    ages = {number.start() for aside in asides for number in _NUMBER.finditer(folded, *aside.span())}
    return [number for number in numbers if number.core not in ages]


@functools.cache
def _ages(lexicon: Lexicon) -> re.Pattern[str]:
    aged = lexicon.words("sensitive", "age_words")
    numbers = rf"\d{{1,3}}(?:,\s\d{{1,3}}){{0,{_AGES}}},?\s{lexicon.any_of('numbers', 'joiners')}\s\d{{1,3}}"
    closed = rf"(?=[,.;)]|\s{lexicon.any_of('sensitive', 'years_old')})"
    telling = alternation(word for word in aged if len(word) > _SHORT)  # "of 6 and 9" may be anything
    return re.compile(rf"[,(]\s?(?:{alternation(aged)}\s)?{numbers}{closed}|(?<!\w){telling}\s{numbers}(?!\w)")
