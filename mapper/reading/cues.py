"""Cues: the lexicon's words and phrases that say what happens, found in one pass.

A phrase ending in ``*`` stands for any ending ("tirote*"); a ``*`` inside stands for one word.
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


class _CueIndex:
    """The cue phrases of one language in one automaton; phrases with an inner ``*`` as regular expressions."""

    def __init__(self, lexicon: Lexicon) -> None:
        import ahocorasick_rs

        self._kinds: dict[str, list[tuple[str, bool]]] = {}
        self._patterns: list[tuple[str, re.Pattern[str]]] = []
        tables = [(kind, phrases) for kind, phrases in lexicon.table("cues").items()]
        tables += [(f"actor:{actor}", phrases) for actor, phrases in lexicon.table("actors").items()]
        for kind, phrases in tables:
            for phrase in phrases:
                stem, is_open = fold(phrase.removesuffix("*")), phrase.endswith("*")
                if "*" in stem:
                    pattern = re.escape(stem).replace(r"\*", r"\w*") + (r"\w*" if is_open else r"\b")
                    self._patterns.append((kind, re.compile(rf"\b{pattern}")))
                else:
                    self._kinds.setdefault(stem, []).append((kind, is_open))
        self._stems = sorted(self._kinds)
        self._automaton = ahocorasick_rs.AhoCorasick(self._stems)

    def find(self, text: str, folded: str) -> list[Cue]:
        cues: list[Cue] = []
        size = len(folded)
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start - 1].isalnum() and folded[start].isalnum():
                continue
            stop = end
            while stop < size and folded[stop].isalnum():
                stop += 1
            for kind, is_open in self._kinds[self._stems[number]]:
                if is_open or stop == end:
                    cues.append(Cue(start, stop, kind, text[start:stop]))
        for kind, pattern in self._patterns:
            cues += [Cue(m.start(), m.end(), kind, text[m.start() : m.end()]) for m in pattern.finditer(folded)]
        return cues


@functools.cache
def _index(lexicon: Lexicon) -> _CueIndex:
    return _CueIndex(lexicon)


def find_cues(text: str, folded: str, lexicon: Lexicon) -> tuple[Cue, ...]:
    """Return every cue of ``text`` (``folded``: its folded copy on one line); one stretch may carry several kinds.

    Of two cues of one kind, the longer one wins where they overlap.
    """
    cues = _index(lexicon).find(text, folded)
    cues.sort(key=lambda cue: (cue.start, -cue.end, cue.kind))
    kept: list[Cue] = []
    ends: dict[str, int] = {}
    for cue in cues:
        if cue.end > ends.get(cue.kind, -1):
            kept.append(cue)
            ends[cue.kind] = cue.end
    return tuple(kept)
