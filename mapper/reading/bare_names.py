"""Bare names: neighbourhoods that the gazetteer knows only with their generic word, called without it.

"Unión" alone is a common word and no place. It is Barrio Unión behind words that lead to where people live, and
to nothing else ("families from Unión", "salieron de Unión"), beside another word for such a place ("sector
Unión", "the Unión sector"), and where what it lies in is named right behind it ("Unión, in Petare") or in a
sentence that says what happened in it. Then it is so in the rest of the report, too.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mapper.reading.kinds import Kinds
    from mapper.reading.lexicon import Lexicon

__all__ = ["Named", "also_called", "bare_of", "introduced", "marked_roads"]

_ALIKE = ("barrio", "sector")  # the word and the class are spelled alike
_LIVED_IN = ("barrio", "sector", "urbanizacion")
_SMALL = r"(?:(?:el|la|las|los|the) )?"
_TELLING = re.compile(r"[^\W\d_]{3}")
_LEAD_CHARS = 40
_NEARBY_CHARS = 200
_SENTENCE_END = re.compile(r"[.!?…][\s\"'”»)]")


class Named(NamedTuple):
    """A name where it stands in a text, and its places."""

    start: int
    end: int
    place_ids: Sequence[str]


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
        if generics.get(generic) in _LIVED_IN and rest not in known and _TELLING.search(rest):
            found[rest].append(name)
    return {rest: tuple(whole) for rest, whole in found.items()}


def marked_roads(names: Iterable[str], words: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the folded names of kilometres by every way to write them: "km 12" is "kilómetro 12" and "kilometre 12".

    Every road has a kilometre 12, so these names, too, count only where the sentence says which road.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        *generic, word, number = name.split() if " " in name else (name, "")
        if word in words and number.isdigit() and not set(generic) - {"sector"}:
            for other in words:
                found[f"{other} {number}"].append(name)
    return {name: tuple(whole) for name, whole in found.items()}


@functools.cache
def _leads(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what leads to a home, what says that something is in a place, and what leads to what holds a place."""
    homes = lexicon.any_of("toponyms", "introduce_home")
    inside = lexicon.any_of("cues", "in_place")
    holders = "|".join(re.escape(fold(one)) for one in sorted(lexicon.words("toponyms", "containers"), key=len)[::-1])
    return (
        re.compile(rf"(?<!\w){homes} {_SMALL}$"),
        re.compile(rf"(?<!\w){inside} {_SMALL}$"),
        re.compile(rf"\s?(?:{holders})\s?"),
    )


def introduced(
    folded: str,
    bare: Sequence[Named],
    known: Sequence[Named],
    lexicon: Lexicon,
    told: tuple[Kinds, Mapping[str, frozenset[str]]],
) -> set[str]:
    """Return those of the bare names that the text introduces as names of places, folded.

    Parameters
    ----------
    folded
        The folded text, on one line.
    bare, known
        The bare names in it, and the places named otherwise, each in order.
    lexicon
        The words of its language.
    told
        The words for kinds of places, and the parishes of each place.
    """
    kinds, parishes = told
    home, inside, holder = _leads(lexicon)
    starts = [one.start for one in known]
    found: set[str] = set()
    for one in bare:
        name, before = folded[one.start : one.end], (max(0, one.start - _LEAD_CHARS), one.start)
        if name in found:
            continue
        around = frozenset().union(*(parishes.get(place, ()) for place in one.place_ids))
        near = [other for other in _near(one, known, starts, folded) if _lies_in(other, around, parishes)]
        led = bool(near) and inside.search(folded, *before) is not None
        if not name[-1].isdigit():
            led = led or kinds.beside(folded, one.start, one.end) in _LIVED_IN
            led = led or home.search(folded, *before) is not None
        if led or any(one.end <= other.start and holder.fullmatch(folded, one.end, other.start) for other in near):
            found.add(name)
    return found


def _near(one: Named, known: Sequence[Named], starts: Sequence[int], folded: str) -> Iterator[Named]:
    """Yield the places named in the sentence of a bare name."""
    first, last = bisect_left(starts, one.start - _NEARBY_CHARS), bisect_left(starts, one.end + _NEARBY_CHARS)
    for other in known[first:last]:
        between = (other.end, one.start) if other.end <= one.start else (one.end, other.start)
        if not _SENTENCE_END.search(folded, *between):
            yield other


def _lies_in(other: Named, around: frozenset[str], parishes: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a place named is one of some parishes, or lies in one as a road may."""
    return any(place in around or not around.isdisjoint(parishes.get(place, ())) for place in other.place_ids)
