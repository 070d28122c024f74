"""Bare names: neighbourhoods that the gazetteer knows only with their generic word, called without it.

"Unión" alone is a common word and no place. Behind words that lead to where people live, and to nothing else
("families from Unión", "salieron de Unión"), it is Barrio Unión; then it is so in the rest of the report, too.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from mapper.reading.words import Opening, words_of
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.reading.lexicon import Lexicon

__all__ = ["also_called", "bare_of", "find_bare"]

_ALIKE = ("barrio", "sector")  # the word and the class are spelled alike
_LIVED_IN = ("barrio", "sector", "urbanizacion")
_SMALL = r"(?:(?:el|la|las|los|the) )?"
# a name as it is written: capitalised words, with small ones and numbers in between ("24 de Marzo")
_CAPITAL = r"[^\W\d_a-z][\w'’]*"
_WRITTEN = re.compile(rf"(?:\d{{1,2}} de )?{_CAPITAL}(?: (?:(?:de|del|la|las|los|el) ){{0,2}}{_CAPITAL}){{0,4}}")


def also_called(name: str, places: Mapping[str, Sequence[str]], class_of: Mapping[str, str]) -> Iterator[str]:
    """Yield the places of the bare name that "sector X" may mean too: people call a barrio a sector, and a sector so.

    Parameters
    ----------
    name
        A folded name.
    places
        The places of each folded name.
    class_of
        Their feature classes.
    """
    word, _, bare = name.partition(" ")
    for place_id in places.get(bare, ()) if word in _ALIKE else ():
        if class_of[place_id] in _ALIKE:
            yield place_id


def bare_of(names: Iterable[str], generics: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the folded names of neighbourhoods by what is left of them without their generic word.

    What is a name by itself is left out: it needs no leave to be one.
    """
    known = set(names)
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(known):
        generic, _, rest = name.partition(" ")
        if generics.get(generic) in _LIVED_IN and rest and rest not in known:
            found[rest].append(name)
    return {rest: tuple(whole) for rest, whole in found.items()}


@functools.cache
def _lead(lexicon: Lexicon) -> Opening:
    words = lexicon.any_of("toponyms", "introduce_home")
    return Opening(rf"(?<!\w){words} (?={_SMALL}[^\W_])", lexicon.words("toponyms", "introduce_home"))


def find_bare(
    text: str, folded: str, lexicon: Lexicon, bare: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield where a report calls neighbourhoods by their bare name, and the names that may be meant.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy.
    lexicon
        The words of its language.
    bare
        What ``bare_of`` returns.
    """
    called: dict[str, None] = {}
    for lead in words_of(folded).find(_lead(lexicon)):
        written = _WRITTEN.match(text, lead.end())
        words = written[0].split() if written else []
        for count in range(len(words), 0, -1):
            name = fold(" ".join(words[:count]))
            if name in bare:
                called[name] = None
                break
    for name in called:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", folded):
            start, end = match.span()
            last = text.rfind(" ", start, end) + 1 or start
            if (text[start].isupper() or text[start].isdigit()) and text[last].isupper():
                yield start, end, bare[name]
