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
from mapper.text import fold

if TYPE_CHECKING:
    from mapper.reading.lexicon import Lexicon

__all__ = ["find_cues"]

_KNOWN_WORDS = 50_000
_WORD = re.compile(r"[^\W\d_]{3,}")
_REST = re.compile(r"[^\W_]*")


class _CueIndex:
    """The cue phrases of one language in one automaton; of one with an inner ``*``, what comes before it."""

    def __init__(self, lexicon: Lexicon) -> None:
        import ahocorasick_rs

        kinds: dict[str, list[tuple[str, bool]]] = {}
        patterns: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        tables = [(kind, phrases) for kind, phrases in lexicon.table("cues").items()]
        tables += [(f"actor:{actor}", phrases) for actor, phrases in lexicon.table("actors").items()]
        for kind, phrases in tables:
            for phrase in phrases:
                stem, is_open = fold(phrase.removesuffix("*")), phrase.endswith("*")
                if "*" in stem:
                    pattern = re.escape(stem).replace(r"\*", r"\w*") + (r"\w*" if is_open else r"\b")
                    patterns.setdefault(stem.partition("*")[0], []).append((kind, re.compile(rf"\b{pattern}")))
                else:
                    kinds.setdefault(stem, []).append((kind, is_open))
        stems = sorted({*kinds, *patterns})
        self._of_stem = [(kinds.get(stem, []), patterns.get(stem, [])) for stem in stems]
        self._automaton = ahocorasick_rs.AhoCorasick(stems)

    def find(self, folded: str) -> list[tuple[int, int, str]]:
        """Return (start, -end, kind) of every cue; sorted, so that of those with one start the longest is first."""
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
    """The senses of single words, looked up word by word: there are far more of them than of cues."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._exact: dict[str, list[str]] = {}
        self._stems: dict[str, list[str]] = {}
        for sense, words in lexicon.table("senses").items():
            for word in words:
                table = self._stems if word.endswith("*") else self._exact
                table.setdefault(fold(word.removesuffix("*")), []).append(f"{Cue.SENSE}{sense}")
        self._lengths = sorted({len(stem) for stem in self._stems})
        self.of = functools.lru_cache(_KNOWN_WORDS)(self._of)

    def _of(self, word: str) -> tuple[str, ...]:
        found = [*self._exact.get(word, ())]
        for length in self._lengths:
            if length > len(word):
                break
            found += self._stems.get(word[:length], ())
        return tuple(sorted(set(found)))

    def find(self, folded: str) -> list[tuple[int, int, str]]:
        """Return (start, -end, sense) of every word that has one, in order."""
        of = self.of
        return [(match.start(), -match.end(), sense) for match in _WORD.finditer(folded) for sense in of(match[0])]


@functools.cache
def _indexes(lexicon: Lexicon) -> tuple[_CueIndex, _SenseIndex]:
    return _CueIndex(lexicon), _SenseIndex(lexicon)


def find_cues(text: str, folded: str, lexicon: Lexicon) -> tuple[Cue, ...]:
    """Return every cue of ``text`` (``folded``: its folded copy on one line); one stretch may carry several kinds.

    Of two cues of one kind, the longer one wins where they overlap.
    """
    cues, senses = _indexes(lexicon)
    kept: list[tuple[int, int, str]] = senses.find(folded)
    ends: dict[str, int] = {}
    for start, negative_end, kind in cues.find(folded):
        if -negative_end > ends.get(kind, -1):
            kept.append((start, negative_end, kind))
            ends[kind] = -negative_end
    kept.sort()
    return tuple(Cue(start, -negative_end, kind, text[start:-negative_end]) for start, negative_end, kind in kept)
