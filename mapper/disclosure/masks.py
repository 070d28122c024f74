"""Names that may not leave, masked in every passage, title and reason in whatever spelling.

Accents, capitals, hyphens and hashtags make no other name: "Hospital Vargas", "HOSPITAL VARGAS", "hospital-vargas"
and "#HospitalVargas" are one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

__all__ = ["MASK", "Masks", "masked_cuts"]

MASK = "[…]"
"""What stands in a passage or title for a name that may not leave."""

_LONG = 8  # letters: so long a name is found inside a hashtag too
_NO_WORD = 6  # letters: a shorter first name in small letters is a common word ("luz")
_LONGER = re.compile(r"[^\W\d_]{4,}")
_CAPITAL_BEFORE = re.compile(r"[A-ZÁÉÍÓÚÑ]\w+\s\Z")
_CAPITAL_BEHIND = re.compile(r"\s[A-ZÁÉÍÓÚÑ]\w")


@dataclass(frozen=True, slots=True)
class Masks:
    """The folded names to mask: ``here`` by report, ``anywhere`` in all, ``titles`` in what is not a report's text.

    ``persons`` are masked anywhere too; one of a single word only where it stands alone: another's full name may
    hold it.
    """

    here: Mapping[str, frozenset[str]] = field(default_factory=dict)
    anywhere: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()

    def passage(
        self, report_id: str, text: str, cuts: tuple[tuple[int, int], ...] = ()
    ) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return a passage masked, with its highlights moved along."""
        return masked_cuts(text, cuts, self._here(report_id), self.anywhere, persons=self.persons)

    def words(self, report_id: str, text: str) -> str:
        """Return words of a report masked."""
        return self.passage(report_id, text)[0]

    def toponym(self, report_id: str, text: str) -> str:
        """Return a place's name masked; a person's inside it is the place's ("El Carmen")."""
        persons = self.persons & {fold(text).strip()}
        return masked_cuts(text, (), self._here(report_id), self.anywhere, persons=persons)[0]

    def title(self, report_id: str, text: str, unsaid: Collection[str] = ()) -> str:
        """Return a title masked; ``unsaid`` are more names that it may not say."""
        names = self._here(report_id), self.anywhere, self.titles, frozenset(unsaid)
        return masked_cuts(text, (), *names, persons=self.persons)[0]

    def reason(self, text: str, unsaid: Collection[str] = ()) -> str:
        """Return what an analyst wrote masked, whichever report it is about."""
        names = self.anywhere.union(self.titles, unsaid, *self.here.values())
        return masked_cuts(text, (), names, persons=self.persons)[0]

    def tells(self, report_id: str, address: str, unsaid: Collection[str] = ()) -> bool:
        """Tell whether an address or the name of a file says a name that may not leave."""
        said = fold(unquote(address))
        names = self._here(report_id), self.anywhere, self.titles, frozenset(unsaid), self.persons
        return bool(said) and any(wanted.search(said) for one in names if (wanted := _pattern(one)))

    def _here(self, report_id: str) -> frozenset[str]:
        return self.here.get(report_id, frozenset())


def masked_cuts(
    text: str,
    cuts: Iterable[tuple[int, int]],
    *names: frozenset[str],
    persons: frozenset[str] = frozenset(),
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a passage masked, with its highlights moved along; a highlight on a masked name is gone.

    Names that are the same for many passages are a set of their own, so that they are prepared once.
    """
    hidden = _stretches(text, names, persons)
    if not hidden:
        return text, tuple(cuts)
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


def _stretches(text: str, names: Iterable[frozenset[str]], persons: frozenset[str]) -> list[tuple[int, int]]:
    """Return where a text says one of the names, in order; none overlap."""
    folded = fold(text)
    found = [one.span() for some in names if (wanted := _pattern(some)) for one in wanted.finditer(folded)]
    if wanted := _pattern(persons):
        found += [one.span() for one in wanted.finditer(folded) if _is_name(text, *one.span())]
    hidden: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if hidden and start < hidden[-1][1]:
            hidden[-1] = hidden[-1][0], max(end, hidden[-1][1])
        else:
            hidden.append((start, end))
    return hidden


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
    return all(word[0].isupper() for word in _LONGER.findall(text))


def _opens(text: str, at: int) -> bool:
    return not (before := text[max(0, at - 4) : at].strip()) or before[-1] in ".!?:"


@lru_cache(maxsize=64)
def _pattern(names: frozenset[str]) -> re.Pattern[str] | None:
    """Return what finds the folded names as whole words in folded text, the longest first; None if there are none."""
    words = sorted(
        {tuple(re.findall(r"\w+", name)) for name in names} - {()}, key=lambda one: (-len("".join(one)), one)
    )
    if not words:
        return None
    spelled = [r"[\W_]*".join(map(re.escape, one)) for one in words]
    tagged = [word for word, one in zip(spelled, words, strict=True) if len("".join(one)) >= _LONG]
    inside = rf"|#\w*(?:{'|'.join(tagged)})\w*" if tagged else ""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelled)})(?![^\W_]){inside}")
