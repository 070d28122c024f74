"""Unknown toponyms after a cue ("barrio X", "the X neighbourhood"): not found, but never nothing."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from mapper.model import Toponym
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.reading.covered import Covered
    from mapper.reading.lexicon import Lexicon

__all__ = ["unknown_names"]

_CAPITAL = r"[^\W\d_a-z][\w'’]*"


@functools.cache
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of a cue (over folded text), of the name that follows it, and of that name's last word."""
    table = lexicon.table("toponyms")
    heads = "|".join(re.escape(fold(head)) for head in sorted(table["introduce_unknown"], key=len, reverse=True))
    small = "|".join(re.escape(word) for word in sorted(table["particles"], key=len, reverse=True))
    cue = re.compile(rf"(?<!\w)(?:{heads}) ")
    further = rf" (?:(?:{small}) ){{0,2}}(?:{_CAPITAL}|\d{{1,3}}\b)"
    name = re.compile(rf"(?:(?:{small}) ){{0,2}}(?P<name>{_CAPITAL}(?:{further})*)")
    return cue, name, re.compile(rf"{further}$")


def unknown_names(text: str, folded: str, lexicon: Lexicon, taken: Covered) -> Iterable[Toponym]:
    """Yield a toponym without places for each capitalised name that follows a generic word.

    Parameters
    ----------
    taken
        The names already recognised; what they cover of "sector X de Y" is left to them.
    """
    cues, name, last = _patterns(lexicon)
    for cue in cues.finditer(folded):
        match = name.match(text, cue.end())
        if match is None:
            continue
        start, words = match.start("name"), match["name"]
        while taken.touches(cue.start(), start + len(words)) and (shorter := last.sub("", words)) != words:
            words = shorter
        if not taken.touches(cue.start(), start + len(words)):
            why = "unknown name after '" + text[cue.start() : cue.end()].strip() + "'"
            yield Toponym(start, start + len(words), words, (), reasons=(why,))
