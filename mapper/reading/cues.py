"""Cues: the lexicon's words and phrases that say what happens, found in one pass.

A phrase ending in ``*`` stands for any ending ("tirote*"); a ``*`` inside stands for one word. Besides the
cues proper there are senses (``:weapon``), which rules never look at: they let rare words count like their
common relatives.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from mapper.model import Cue
from mapper.model.texts import SENSE
from mapper.reading.words import words_of
from mapper.text import fold, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.reading.lexicon import Lexicon

__all__ = ["find_cues"]

_KNOWN_WORDS = 50_000
_WORD = re.compile(r"[^\W\d_]{3,}")
_REST = re.compile(r"[^\W_]*")


class _CueIndex:
    """The cue phrases of one language in one automaton; of one with an inner ``*``, what comes before it."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        import ahocorasick_rs

        kinds: dict[str, list[tuple[str, bool]]] = {}
        patterns: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for kind, phrase in phrases:
            stem, is_open = _stem(phrase), phrase.endswith("*")
            if "*" in stem:
                pattern = re.escape(stem).replace(r"\*", r"\w*") + (r"\w*" if is_open else r"\b")
                patterns.setdefault(stem.partition("*")[0], []).append((kind, re.compile(rf"\b{pattern}")))
            else:
                kinds.setdefault(stem, []).append((kind, is_open))
        stems = sorted({*kinds, *patterns})
        self._of_stem = [(kinds.get(stem, []), patterns.get(stem, [])) for stem in stems]
        self._automaton = ahocorasick_rs.AhoCorasick(stems)

    def find(self, folded: str) -> list[tuple[int, int, str]]:
        """Return (start, -end, kind) of every cue, in order."""
        found: list[tuple[int, int, str]] = []
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start - 1].isalnum() and folded[start].isalnum():
                continue
            kinds, patterns = self._of_stem[number]
            stop = end
            if folded[end : end + 1].isalnum():
                stop = _REST.match(folded, end).end()  # type: ignore[union-attr]  # it also matches nothing
            for kind, is_open in kinds:
                if is_open or stop == end:
                    found.append((start, -stop, kind))
            for kind, pattern in patterns:
                if match := pattern.match(folded, start):
                    found.append((start, -match.end(), kind))
        found.sort()
        return found


class _SenseIndex:
    """The senses of single words: there are far more of them than of cues."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._exact: dict[str, list[str]] = {}
        self._stems: dict[str, list[str]] = {}
        for sense, words in lexicon.table("senses").items():
            for word in words:
                table = self._stems if word.endswith("*") else self._exact
                table.setdefault(fold(word.removesuffix("*")), []).append(f"{SENSE}{sense}")
        self._lengths = sorted({len(stem) for stem in self._stems})

    def find(self, folded: str) -> list[tuple[int, int, str]]:
        """Return (start, -end, sense) of every word that has one, in order."""
        return [
            (found.start(), -found.end(), sense) for found in _WORD.finditer(folded) for sense in self._of(found[0])
        ]

    def _of(self, word: str) -> set[str]:
        found = {*self._exact.get(word, ())}
        for length in self._lengths:
            if length > len(word):
                break
            found.update(self._stems.get(word[:length], ()))
        return found


class _WordTable(dict[str, tuple[tuple[int, int, str], ...]]):
    """What each word says by itself, as (start, -end, kind) within it; learned when the word is first met."""

    def __init__(self, cues: _CueIndex, senses: _SenseIndex) -> None:
        self._cues, self._senses = cues, senses

    def __missing__(self, word: str) -> tuple[tuple[int, int, str], ...]:
        if len(self) > _KNOWN_WORDS:
            self.clear()
        self[word] = found = tuple(sorted([*self._cues.find(word), *self._senses.find(word)]))
        return found


@functools.cache
def _indexes(lexicon: Lexicon) -> tuple[_WordTable, _CueIndex]:
    """Return what single words say, and the phrases of several words."""
    tables = [(kind, phrases) for kind, phrases in lexicon.table("cues").items()]
    tables += [(f"actor:{actor}", phrases) for actor, phrases in lexicon.table("actors").items()]
    cues = [(kind, phrase) for kind, phrases in tables for phrase in phrases]
    words = _CueIndex((kind, phrase) for kind, phrase in cues if _stem(phrase).isalnum())
    phrases = _CueIndex((kind, phrase) for kind, phrase in cues if not _stem(phrase).isalnum())
    return _WordTable(words, _SenseIndex(lexicon)), phrases


def _stem(phrase: str) -> str:
    return fold(phrase.removesuffix("*"))


def find_cues(text: str, folded: str, lexicon: Lexicon) -> tuple[Cue, ...]:
    """Return every cue of ``text`` (``folded``: its folded copy); one stretch may carry several kinds.

    Of two cues of one kind, the longer one wins where they overlap.
    """
    of_word, phrases = _indexes(lexicon)
    found = [
        (at + start, negative_end - at, kind)
        for word, at in words_of(folded).in_order
        for start, negative_end, kind in of_word[word]
    ]
    found += phrases.find(one_line(folded))
    found.sort()
    ends: dict[str, int] = {}
    cues: list[Cue] = []
    for start, negative_end, kind in found:
        end = -negative_end
        if end > ends.get(kind, -1):
            ends[kind] = end
            cues.append(Cue(start, end, kind, text[start:end]))
    return tuple(cues)
