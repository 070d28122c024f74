"""Lists that share a generic word: "avenidas Baralt y Sucre", "zonas 6, 8 y 9 de José Félix Ribas"."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapper.reading.lexicon import Lexicon

__all__ = ["plurals_of", "shared_names"]

_ITEM = r"(?:\d{1,3}|[^\W\d_a-z][\w'’]*(?: (?:(?:%s) ){0,2}[^\W\d_a-z][\w'’]*)*)"


@functools.cache
def _patterns(lexicon: Lexicon, plurals: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a plural generic (folded text), of a list of names, and of one name in it."""
    table = lexicon.table("toponyms")
    small = "|".join(re.escape(word) for word in table["particles"] if word not in table["list_joiners"])
    item = _ITEM % small
    words = "|".join(re.escape(word) for word in table["list_joiners"] if word != ",")
    joiner = rf"(?:, (?:(?:{words}) )?| (?:{words}) )"
    heads = "|".join(re.escape(plural) for plural in sorted(plurals, key=len, reverse=True))
    listed = re.compile(rf"{item}(?:{joiner}{item})+(?P<tail> (?:{small}) {item})?")
    return re.compile(rf"(?<!\w)({heads}) (?P<small>(?:{small}) )?"), listed, re.compile(item)


def plurals_of(generics: Iterable[str]) -> dict[str, str]:
    """Return the plurals among folded generic words with their singulars; both must be there."""
    known = set(generics)
    return {
        word: singular
        for word in sorted(known)
        for singular in (word[:-2] if word.endswith("es") else "", word[:-1] if word.endswith("s") else "")
        if singular in known
    }


def shared_names(
    text: str, folded: str, lexicon: Lexicon, plurals: Mapping[str, str]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield (start, end, full names it may stand for) for each name in a list behind a plural generic word.

    Parameters
    ----------
    text, folded
        The text and its folded copy.
    lexicon
        The language: its particles and the words that join lists.
    plurals
        Folded plural generic words to their singulars (see :func:`plurals_of`).
    """
    heads, listed, one = _patterns(lexicon, tuple(plurals))
    for head in heads.finditer(folded):
        own = head["small"] and text[head.start("small")].isupper()  # "estaciones La Paz y Artigas"
        found = listed.match(text, head.start("small") if own else head.end())
        if found is None:
            continue
        singular = plurals[head[1]]
        tail = folded[found.start("tail") : found.end("tail")] if found["tail"] else ""
        stop = found.start("tail") if found["tail"] else found.end()
        for item in one.finditer(text, found.start(), stop):
            name = folded[item.start() : item.end()]
            yield item.start(), item.end(), (f"{singular} {name}{tail}", f"{singular} {name}")
