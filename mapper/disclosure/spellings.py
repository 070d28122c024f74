"""Where a text says a name, in whatever spelling: names are sought in its letters alone, all of them at once.

Accents, capitals, hyphens and hashtags make no other name: "Hospital Vargas", "HOSPITAL VARGAS", "hospital-vargas"
and "#HospitalVargas" are one. So the time it takes does not grow with the number of names.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Spellings", "letters_of"]

_LONG = 8  # letters: so long a name is found inside a hashtag too
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"\w*")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
_PARTED = bytes.maketrans(_NO_LETTERS, b" " * len(_NO_LETTERS))


def letters_of(folded: str) -> str:
    """Return the letters and digits of a folded text alone."""
    if folded.isascii():  # as most are once folded: bytes go many times quicker
        return folded.encode("ascii").translate(None, _NO_LETTERS).decode("ascii")
    return "".join(_WORD.findall(folded))


def _words_of(folded: str) -> list[str] | list[bytes]:
    """Return the words of a folded text, which has as many letters as bytes where it is in bytes."""
    return folded.encode("ascii").translate(_PARTED).split() if folded.isascii() else _WORD.findall(folded)


class Spellings:
    """Folded names, ready to be found in folded texts."""

    def __init__(self, names: Iterable[str]) -> None:
        import ahocorasick_rs

        spelled: dict[str, list[tuple[str, frozenset[int]]]] = defaultdict(list)
        for name in names:
            if words := _WORD.findall(name):
                spelled["".join(words)].append((name, frozenset(accumulate(map(len, words)))))
        self._named = list(spelled.values())  # of the same letters, each with the ends of its words among them
        self._automaton = ahocorasick_rs.AhoCorasick(list(spelled))

    def find(self, folded: str) -> list[tuple[str, int, int]]:
        """Return each name that a text says as whole words, or in a hashtag, with where (start, end).

        A text may run a name's words together, or put more than a blank between them, but part no word.
        """
        hits = self._automaton.find_matches_as_indexes(letters_of(folded), overlapping=True)
        if not hits:
            return []
        tagged = "#" in folded
        ends = [*accumulate(map(len, _words_of(folded)), initial=0)]  # of words among the letters
        at = {letters: number for number, letters in enumerate(ends)}
        hits = [hit for hit in hits if tagged or (hit[1] in at and hit[2] in at)]  # few: most stand inside a word
        if not hits:
            return []
        words = [word.span() for word in _WORD.finditer(folded)]
        found: list[tuple[str, int, int]] = []
        for number, first, last in hits:
            where = _tag(folded, words, ends, first, last) if tagged and last - first >= _LONG else None
            if where is None and first in at and last in at:
                where = words[at[first]][0], words[at[last] - 1][1]
            if where is not None:
                parted = {end - first for end in ends[bisect_right(ends, first) : bisect_left(ends, last)]}
                found += [(name, *where) for name, joints in self._named[number] if parted <= joints]
        return found


def _tag(folded: str, words: list[tuple[int, int]], ends: list[int], first: int, last: int) -> tuple[int, int] | None:
    """Return where the hashtag stands that holds these letters, if one does."""
    opening, closing = bisect_right(ends, first) - 1, bisect_left(ends, last) - 1
    start, end = words[opening][0] + first - ends[opening], words[closing][0] + last - ends[closing]
    sign = folded.rfind("#", 0, start)
    if sign < 0 or not _TAG.fullmatch(folded, sign + 1, start):
        return None
    rest = _TAG.match(folded, end)
    return sign, rest.end() if rest else end
