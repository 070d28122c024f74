"""Ages told together count nobody.

"Two men, aged 22 and 31, were shot", "dos niños (4 y 7) resultaron heridos", "five boys between 14 and 19 died".
"""

from __future__ import annotations

import functools
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.reading.covered import Covered
from mapper.reading.lexicon import alternation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.reading.lexicon import Lexicon
    from mapper.reading.numbers import Number

__all__ = ["without_ages"]


_SHORT = 3
_AGES = 12  # of so many people, and no list of figures
_OLDEST = 99
_ONE_WORD = re.compile(r"\s\w+\s")


def without_ages(numbers: Sequence[Number], folded: str, lexicon: Lexicon) -> list[Number]:
    """Return the numbers of a folded text but for the ages of several people that an aside or a range tells."""
    told = Covered(aside.span() for aside in _ages(lexicon).finditer(folded))
    counts = [number for number in numbers if not told.touches(number.core, number.end)]
    spans = {number.core for before, number in pairwise(counts) if _is_span_of_ages(before, number, folded)}
    return [number for number in counts if number.core not in spans]


def _is_span_of_ages(before: Number, number: Number, folded: str) -> bool:
    """Tell whether a range stands right behind who is counted: "five boys between 14 and 19"."""
    low, high = number.value.low, number.value.high
    if number.value.best is not None or low is None or high is None or number.start == number.core:
        return False
    return high <= _OLDEST and _ONE_WORD.fullmatch(folded, before.end, number.start) is not None


@functools.cache
def _ages(lexicon: Lexicon) -> re.Pattern[str]:
    aged = lexicon.words("sensitive", "age_words")
    number = rf"(?:\d{{1,3}}|{alternation(lexicon.numbers('numbers', 'values'))})"
    numbers = rf"{number}(?:,\s{number}){{0,{_AGES}}},?\s{lexicon.any_of('numbers', 'joiners')}\s{number}"
    years = rf"\s{lexicon.any_of('sensitive', 'years_old')}"
    telling = alternation(word for word in aged if len(word) > _SHORT)  # "of 6 and 9" may be anything
    return re.compile(
        rf"[,(]\s?(?:{alternation(aged)}\s)?{numbers}(?=[,.;)]|{years})|(?<!\w){alternation(aged)}\s{numbers}(?={years})"
        rf"|(?<!\w){telling}\s{numbers}(?!\w)"
    )
