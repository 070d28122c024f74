"""Patterns that begin with known words, tried only where one of those words stands.

A regular expression walks through a text character by character. Most of ours can only begin at a few
words ("anoche", "according", "muert*"), so a text is cut into words once and each pattern is tried at
its own words: the same matches, many times faster.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from itertools import accumulate, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from mapper.reading.lexicon import alternation
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Ending", "FirstOf", "Opening", "Words", "most_blanks", "words_of"]

_WORD = re.compile(r"(\w+)")
# What opens "(2019)" and "+58 212" counts as a word.
_SIGN = re.compile(r"[(+]")
_BLANK = re.compile(r"\s")
_FIRST = re.compile(r"[\w*]+|\(")
# So many words are remembered before all begins anew; a bound for endless input, no more.
_MAX_REMEMBERED = 200_000
_GAP_BLANKS = 3


class Opening:
    """A regular expression over folded text whose matches all begin at the start of certain words.

    Parameters
    ----------
    pattern
        The expression, or several; it must match at the start of a word only.
    phrases
        Phrases of the lexicon it may begin with, as whole words; their first words decide ("*" as in a lexicon).
    figures
        Whether it may also begin with a word that is not all letters.
    needs, blanks
        Phrases of which each match holds one, and behind how many blanks at most that one begins: where none
        of them does, the expression need not be tried.
    """

    def __init__(
        self,
        pattern: str | FirstOf,
        phrases: Iterable[str],
        *,
        figures: bool = False,
        needs: Iterable[str] = (),
        blanks: int = 0,
    ) -> None:
        self._expression = pattern
        firsts = {match[0] for phrase in phrases if (match := _FIRST.match(fold(phrase)))}
        self.whole = frozenset(word for word in firsts if "*" not in word)
        self.stems = [word for word in firsts if "*" in word]
        self.figures = figures
        self.needs = Opening("", needs) if needs else None
        self.blanks = blanks

    @functools.cached_property
    def pattern(self) -> re.Pattern[str] | FirstOf:
        """The expression, compiled when a text first has a word that it may begin with."""
        return re.compile(self._expression) if isinstance(self._expression, str) else self._expression

    @functools.cached_property
    def _open(self) -> re.Pattern[str]:
        return re.compile(alternation(self.stems))

    def begins_with(self, word: str) -> bool:
        """Tell whether a match may begin with a word of a text, or with one of its signs."""
        if word in self.whole or (self.figures and not word.isalpha()):
            return True
        return bool(self.stems) and self._open.fullmatch(word) is not None


class _Begun(dict[str, list[Opening]]):
    """Which expressions a word may begin, of all that were ever asked for; learned when the word is first met."""

    def __init__(self) -> None:
        self.asked: dict[Opening, None] = {}
        self._whole: dict[str, list[Opening]] = {}
        self._stemmed: list[Opening] = []
        self._figures: list[Opening] = []

    def ask(self, opening: Opening) -> None:
        """Take in an expression that was not asked for before."""
        if opening in self.asked:
            return
        self.asked[opening] = None
        self._stemmed += [opening] if opening.stems else []
        self._figures += [opening] if opening.figures else []
        for word in opening.whole:
            self._whole.setdefault(word, []).append(opening)
        self.clear()

    def __missing__(self, word: str) -> list[Opening]:
        if len(self) > _MAX_REMEMBERED:
            self.clear()
        found = [*self._whole.get(word, ()), *(() if word.isalpha() else self._figures)]
        found += [opening for opening in self._stemmed if opening.begins_with(word)]
        self[word] = found = list(dict.fromkeys(found))
        return found


_BEGUN = _Begun()


class FirstOf:
    """Expressions that begin with known words, of which the first that fits counts: only those of the word are tried.

    Parameters
    ----------
    openings
        The expressions, in order.
    """

    def __init__(self, openings: Sequence[Opening]) -> None:
        @functools.lru_cache(maxsize=_MAX_REMEMBERED)
        def begun_by(word: str) -> list[Opening]:
            return [opening for opening in openings if opening.begins_with(word)]

        self._begun_by = begun_by

    def match(self, folded: str, start: int, end: int) -> re.Match[str] | None:
        """Return what ``(?:first|second|...)`` would match where a word starts."""
        word = _WORD.match(folded, start)
        for opening in self._begun_by(word[0] if word else folded[start]):
            if match := opening.pattern.match(folded, start, end):
                return match
        return None


class Ending:
    """A regular expression over folded text that ends with known words, for what stands right before a place.

    Parameters
    ----------
    pattern
        The expression; blanks may follow its last word, nothing else.
    phrases
        Phrases of the lexicon it may end with; their last words decide.
    """

    def __init__(self, pattern: str, phrases: Iterable[str]) -> None:
        self._expression = pattern
        tails = {fold(phrase).split()[-1].rpartition("*")[2] for phrase in phrases}
        self._open = ("",) if "" in tails else ()
        self._tails: dict[str, tuple[str, ...]] = {}
        for tail in sorted(tails - {""}):
            self._tails[tail[-1]] = (*self._tails.get(tail[-1], self._open), tail)

    @functools.cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The expression, compiled when one of its last words first stands before a place."""
        return re.compile(self._expression)

    def search(self, before: str) -> re.Match[str] | None:
        """Return what ``pattern.search`` would."""
        told = before.rstrip()
        return self._pattern.search(before) if told.endswith(self._tails.get(told[-1:], self._open)) else None


def most_blanks(phrases: Iterable[str]) -> int:
    """Return how many blanks a phrase of the lexicon may hold, up to three between two words."""
    return max((_GAP_BLANKS * (len(phrase.split()) - 1) for phrase in phrases), default=0)


class Words:
    """The words of one folded text, and where each stands.

    ``in_order`` holds each word with where it starts.
    """

    def __init__(self, folded: str) -> None:
        self._folded = folded
        pieces = _WORD.split(folded)  # what stands between words and the words, in turns
        ends = accumulate(map(len, pieces))
        self.in_order = list(zip(pieces[1::2], islice(ends, 0, None, 2), strict=False))  # the last has no word
        self._starts: dict[Opening, list[int]] = {}

    @functools.cached_property
    def _beginnings(self) -> list[tuple[str, int]]:
        """The words and signs, in order."""
        signs = [(sign[0], sign.start()) for sign in _SIGN.finditer(self._folded)]
        return sorted([*self.in_order, *signs], key=itemgetter(1)) if signs else self.in_order

    @functools.cached_property
    def _begun(self) -> dict[Opening, list[int]]:
        """Where each expression may begin, of those that were asked for in this text or one before."""
        begun: dict[Opening, list[int]] = {opening: [] for opening in _BEGUN.asked}
        for word, start in self._beginnings:
            for opening in _BEGUN[word]:
                begun[opening].append(start)
        return begun

    def starts(self, opening: Opening) -> list[int]:
        """Return where ``opening`` may begin, in order."""
        found = self._starts.get(opening)
        if found is None:
            found = self._begun.get(opening)
            if found is None:
                found = [start for word, start in self._beginnings if opening.begins_with(word)]
                _BEGUN.ask(opening)
            if opening.needs is not None:
                found = list(self._followed(found, self.starts(opening.needs), opening.blanks))
            self._starts[opening] = found
        return found

    def _followed(self, starts: Iterable[int], needed: list[int], limit: int) -> Iterator[int]:
        """Yield those of ``starts`` with one of ``needed`` there or behind, at most ``limit`` blanks away."""
        blanks = self._blanks
        for start in starts:
            at = bisect_left(needed, start)
            last = bisect_left(blanks, start) + limit
            if at < len(needed) and (last >= len(blanks) or needed[at] <= blanks[last]):
                yield start

    @functools.cached_property
    def _blanks(self) -> list[int]:
        return [blank.start() for blank in _BLANK.finditer(self._folded)]

    def find(self, opening: Opening, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Yield what ``opening.pattern.finditer`` would, over the text or a part of it that ends within no word."""
        starts, folded = self.starts(opening), self._folded
        end = len(folded) if end is None else end
        near = starts[bisect_left(starts, start) : bisect_left(starts, end)]
        if not near:
            return
        match_at = opening.pattern.match
        for at in near:
            if at >= start and (match := match_at(folded, at, end)):
                yield match
                start = match.end()

    def search(self, opening: Opening, start: int, end: int) -> re.Match[str] | None:
        """Return what ``opening.pattern.search`` would between two places of the text."""
        starts = self.starts(opening)
        for at in starts[bisect_left(starts, start) : bisect_left(starts, end)]:
            if match := opening.pattern.match(self._folded, at, end):
                return match
        return None


@functools.lru_cache(maxsize=1)
def words_of(folded: str) -> Words:
    """Return the words of a folded text; those of the last text are kept, for every finder of one report."""
    return Words(folded)
