"""Names that may not leave, masked in every passage, title and reason, in whatever spelling (``spellings``)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mapper.disclosure.spellings import Spellings, letters_of
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

__all__ = ["MASK", "Masks"]

MASK = "[…]"
"""What stands in a passage or title for a name that may not leave."""

_NO_WORD = 6  # letters: a shorter first name in small letters is a common word ("luz")
_LONGER = re.compile(r"[^\W\d_]{4,}")
_CAPITAL_BEFORE = re.compile(r"[A-ZÁÉÍÓÚÑ]\w+\s\Z")
_CAPITAL_BEHIND = re.compile(r"\s[A-ZÁÉÍÓÚÑ]\w")


@dataclass(frozen=True)
class Masks:
    """The folded names to mask: ``here`` by report, ``anywhere`` in all, ``titles`` in what is not a report's text.

    ``persons`` are masked anywhere too; one of a single word only where it stands alone: another's full name may
    hold it.
    """

    here: Mapping[str, frozenset[str]] = field(default_factory=dict)
    anywhere: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    _silent: set[str] = field(default_factory=set, init=False, repr=False, compare=False)  # words that say no name

    def passage(
        self, report_id: str, text: str, cuts: tuple[tuple[int, int], ...] = ()
    ) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return a passage masked, with its highlights moved along; a highlight on a masked name is gone."""
        said = self._said(text, ())
        if not said:
            return text, cuts
        return _masked(text, cuts, _hidden(text, said, [self._here(report_id), self.anywhere], self.persons))

    def words(self, report_id: str, text: str) -> str:
        """Return words of a report masked: who says something, of whom, or a name; the same few again and again."""
        if text in self._silent:
            return text
        if self._said(text, ()):
            return self.passage(report_id, text)[0]
        self._silent.add(text)
        return text

    def toponym(self, report_id: str, text: str) -> str:
        """Return a place's name masked; a person's inside it is the place's ("El Carmen")."""
        persons = self.persons & {fold(text).strip()}
        return _masked(text, (), self._stretches(text, [self._here(report_id), self.anywhere], persons))[0]

    def title(self, report_id: str, text: str, unsaid: Collection[str] = ()) -> str:
        """Return a title masked; ``unsaid`` are more names that it may not say."""
        names = [self._here(report_id), self.anywhere, self.titles, unsaid]
        return _masked(text, (), self._stretches(text, names, self.persons, unsaid))[0]

    def reason(self, text: str, unsaid: Collection[str] = ()) -> str:
        """Return what an analyst wrote masked, whichever report it is about."""
        return _masked(text, (), self._stretches(text, [self._sites.union(unsaid)], self.persons, unsaid))[0]

    def tells(self, report_id: str, address: str, unsaid: Collection[str] = ()) -> bool:
        """Tell whether an address or the name of a file says a name that may not leave."""
        if not address:
            return False
        names = [self._here(report_id), self.anywhere, self.titles, self.persons, unsaid]
        return any(name in some for name, *_ in self._said(unquote(address), unsaid) for some in names)

    def _here(self, report_id: str) -> frozenset[str]:
        return self.here.get(report_id, frozenset())

    @cached_property
    def _sites(self) -> frozenset[str]:
        return self.anywhere.union(self.titles, *self.here.values())

    @cached_property
    def _all(self) -> Spellings:
        return Spellings(self._sites | self.persons)

    def _said(self, text: str, unsaid: Collection[str]) -> list[tuple[str, int, int]]:
        """Return all names that a text says, whomever they are for."""
        if not text:
            return []
        folded = fold(text)
        said = self._all.find(folded)
        if unsaid:
            letters = letters_of(folded)
            if any(letters_of(name) in letters for name in unsaid):  # else there is nothing to look for closely
                return said + _spellings(frozenset(unsaid)).find(folded)
        return said

    def _stretches(
        self, text: str, names: Sequence[Collection[str]], persons: Collection[str], unsaid: Collection[str] = ()
    ) -> list[tuple[int, int]]:
        """Return where a text says one of the names, or names a person, in order; none overlap.

        ``unsaid`` are those of the names that are not the masks' own.
        """
        said = self._said(text, unsaid)
        return _hidden(text, said, names, persons) if said else []


def _hidden(
    text: str, said: list[tuple[str, int, int]], names: Sequence[Collection[str]], persons: Collection[str]
) -> list[tuple[int, int]]:
    """Return where, of all that a text says, these names are and these persons, in order; none overlap."""
    found = [where for some in names for where in _apart(said, some)]
    found += [where for where in _apart(said, persons) if _is_name(text, *where)]
    hidden: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if hidden and start < hidden[-1][1]:
            hidden[-1] = hidden[-1][0], max(end, hidden[-1][1])
        else:
            hidden.append((start, end))
    return hidden


@lru_cache(maxsize=64)
def _spellings(names: frozenset[str]) -> Spellings:
    return Spellings(names)


def _apart(said: list[tuple[str, int, int]], names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where names are said, from left to right and of those that overlap the longest."""
    done = 0
    for start, end in sorted(((start, end) for name, start, end in said if name in names), key=_longest_first):
        if start >= done:
            yield start, end
            done = end


def _longest_first(where: tuple[int, int]) -> tuple[int, int]:
    return where[0], -where[1]


def _masked(
    text: str, cuts: tuple[tuple[int, int], ...], hidden: Sequence[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text masked where it is to be hidden, with its highlights moved along."""
    if not hidden:
        return text, cuts
    parts, done = [], 0
    for first, last in hidden:
        parts += [text[done:first], MASK]
        done = last
    kept = []
    for start, end in cuts:
        if not any(start < last and first < end for first, last in hidden):
            shift = sum(len(MASK) - (last - first) for first, last in hidden if last <= start)
            kept.append((start + shift, end + shift))
    return "".join([*parts, text[done:]]), tuple(kept)


def _is_name(text: str, start: int, end: int) -> bool:
    """Tell whether what reads like a private person's name is it, and neither a word nor part of another's name."""
    if " " in text[start:end] or text[start] == "#":
        return True
    if text[start].islower():
        return end - start >= _NO_WORD
    if _is_headline(text):
        return True
    before = _CAPITAL_BEFORE.search(text, max(0, start - 24), start)
    return not (_CAPITAL_BEHIND.match(text, end) or (before and not _opens(text, before.start())))


def _is_headline(text: str) -> bool:
    """Tell whether all longer words have capitals, so that a capital beside a name makes it no full name."""
    return all(word[0][0].isupper() for word in _LONGER.finditer(text))  # the first that has none decides


def _opens(text: str, at: int) -> bool:
    return not (before := text[max(0, at - 4) : at].strip()) or before[-1] in ".!?:"
