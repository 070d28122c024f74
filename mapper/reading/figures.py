"""Figures that name something instead of counting: "zona 6", "Cota 905", "in 2019", "a woman of 27"."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.reading.words import Ending

if TYPE_CHECKING:
    from mapper.reading.lexicon import Lexicon
    from mapper.reading.numbers import Number

__all__ = ["names_something"]

_YEARS, _YEAR_FIGURES = range(1900, 2101), 4
_LABEL_CHARS, _AGED_CHARS, _CAPITAL_CHARS = 16, 40, 24


@dataclass(frozen=True)
class _Rules:
    label: Ending
    year: Ending
    aged: Ending
    weekdays: frozenset[str]
    people: re.Pattern[str]


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    def ending(pattern: str, key: str) -> Ending:
        return Ending(rf"(?<!\w){pattern}\s$", lexicon.words("quantities", key))

    any_of = functools.partial(lexicon.any_of, "quantities")
    return _Rules(
        label=ending(any_of("labels"), "labels"),
        year=ending(any_of("year_prepositions"), "year_prepositions"),
        aged=ending(rf"{any_of('persons')}\s{any_of('name_links')}", "name_links"),
        weekdays=frozenset(lexicon.numbers("dates", "weekdays")),
        people=re.compile(rf"\s(?:{any_of('persons')}{any_of('plural_endings')}|{any_of('persons_plural')})(?!\w)"),
    )


def names_something(text: str, folded: str, number: Number, lexicon: Lexicon) -> bool:
    """Tell whether a number is part of a name, a year or an age.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    number
        One of its numbers.
    lexicon
        The language's words.
    """
    if number.start != number.core:
        return False
    rules, start = _rules(lexicon), number.start
    before = folded[max(0, start - _LABEL_CHARS) : start]
    if rules.label.search(before) or rules.aged.search(folded[max(0, start - _AGED_CHARS) : start]):
        return True
    words = text[max(0, start - _CAPITAL_CHARS) : start].split() if folded[start].isdecimal() else []
    word = words[-1] if words and words[-1].lower() not in rules.weekdays else ""  # "on Tuesday 69 people"
    capital = word.isalpha() and word[0].isupper() and not word.isupper()
    opens_sentence = len(words) == 1 or (len(words) > 1 and words[-2][-1] in ".!?:•")
    if capital and not opens_sentence and before.endswith(" "):
        return not rules.people.match(folded, number.end)  # "murieron en La Vega 23 personas"
    figures = folded[number.core : number.end]
    is_year = len(figures) == _YEAR_FIGURES and figures.isdecimal() and int(figures) in _YEARS
    return is_year and rules.year.search(before) is not None
