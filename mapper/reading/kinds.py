"""Kinds: the generic word in or beside a name that says what kind of place it is ("barrio X", "the X sector")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["Kinds"]

_NEARBY_CHARS = 40
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Kinds:
    """The words for kinds of places, folded, with the feature class of each, and the small words around them."""

    classes: Mapping[str, str]
    particles: Collection[str]

    def named(self, folded: str, start: int, end: int) -> str:
        """Return the feature class that a generic word in or beside a name suggests, or ""."""
        own = folded[start:end].split()
        for words in (own[0], " ".join(own[:2]), own[-1]):
            if words in self.classes and len(own) > 1:
                return self.classes[words]
        return self.beside(folded, start, end)

    def beside(self, folded: str, start: int, end: int) -> str:
        """Return the feature class that a generic word right before or right behind a stretch names, or ""."""
        return self.classes.get(self._before(folded, start) or self._after(folded, end), "")

    def opens_behind(self, folded: str, start: int) -> bool:
        """Tell whether the word right before ``start``, with nothing in between, is a generic one."""
        before = folded[max(0, start - _NEARBY_CHARS) : start]
        word = before.rsplit(maxsplit=1)[-1:] if before.endswith(" ") else []
        return bool(word) and word[0] in self.classes

    def _before(self, folded: str, start: int) -> str:
        """Return the generic word (one to three words) that stands right before ``start``, or ""."""
        before = folded[max(0, start - _NEARBY_CHARS) : start].split()
        while before and before[-1] in self.particles:
            before.pop()
        for count in range(_MOST_WORDS, 0, -1):
            words = " ".join(before[-count:])
            if len(before) >= count and words in self.classes:
                return words
        return ""

    def _after(self, folded: str, end: int) -> str:
        after = folded[end : end + _NEARBY_CHARS].split()
        for count in (2, 1):
            words = " ".join(after[:count]).rstrip(".,;:)")
            if len(after) >= count and words in self.classes:
                return words
        return ""
