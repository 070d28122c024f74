"""Within: the place named right behind a toponym as what it lies in: "X, en Y", "X (Y)", "X de Y"."""

from __future__ import annotations

import functools
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from mapper.model import Toponym
    from mapper.reading.lexicon import Lexicon

__all__ = ["with_containers"]

_NEARBY_CHARS = 40
_LONGEST_LIST = 20


@functools.cache
def _links(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Return what leads from a place to what it lies in, and what joins lists."""
    table = lexicon.table("toponyms")
    return frozenset(map(fold_name, table["containers"])), frozenset(table["list_joiners"])


def with_containers(
    folded: str, toponyms: list[Toponym], lexicon: Lexicon, generics: Container[str]
) -> Iterator[Toponym]:
    """Yield each toponym with the place named right behind it as what it lies in.

    Parameters
    ----------
    folded
        The folded text.
    toponyms
        Its toponyms, in order.
    lexicon
        The words of its language.
    generics
        The words for kinds of places.
    """
    links, joiners = _links(lexicon)
    for number, toponym in enumerate(toponyms):
        following = toponyms[number + 1] if number + 1 < len(toponyms) else None
        if following and following.start - toponym.end <= _NEARBY_CHARS:
            words = folded[toponym.end : following.start].replace(",", " , ").replace("(", " ( ").split()
            listed = words == [","] and _goes_on(folded, toponyms[number + 1 : number + _LONGEST_LIST], joiners)
            if not listed and (" ".join(words) in links or _is_apposition(words, links, generics)):
                yield replace(toponym, container_ids=following.place_ids)
                continue
        yield toponym


def _is_apposition(words: list[str], links: frozenset[str], generics: Container[str]) -> bool:
    """Tell whether the words say what the place is and where it lies: ", a hillside barrio of"."""
    short = 7
    return (
        2 < len(words) <= short  # noqa: PLR2004 - a comma, a generic word and "of"
        and words[0] == ","
        and any(word in generics for word in words)
        and any(" ".join(words[-count:]) in links for count in (1, 2, 3))
    )


def _goes_on(folded: str, following: list[Toponym], joiners: frozenset[str]) -> bool:
    """Tell whether a list goes on with the next toponyms: "A, [B, C y D]" names four places, not A in B."""
    for one, other in pairwise(following):
        words = folded[one.end : other.start].split(maxsplit=1)
        if words != [","]:
            return bool(words) and words[0] in joiners - {","}
    return False
