"""Details that lead to a private person, told by how a sentence is built and not by what it says.

The words of a sentence show *traits*: somebody of no office, a relative, a home, an illness, a hiding place, a habit.
Careful by default: a sentence that tells of a single private person, a relative or a home leads to somebody. It
does not where it tells of the dead and hurt, or first of somebody of an office: toll and office are public. Some
traits together lead to somebody even then ("a woman who saw it"), and so do some phrases by their form: whose
relative somebody is ("the grocer's daughter"), who tells ("said a cleaner"), what a house looks like. Words and
phrases are those of ``traits``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from mapper.reading.traits import traits_of
from mapper.reading.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.model import Span
    from mapper.reading.lexicon import Lexicon
    from mapper.reading.traits import Traits

__all__ = ["find_details"]

# Traits that lead to somebody together: unless an office is told of; unless anybody was hurt, too.
_UNLESS_OFFICE = [
    *({"person", trait} for trait in ("witness", "singled", "hiding", "shelter", "routine", "platforms")),
    *({"relative", trait} for trait in ("work", "lodging", "vehicles", "looks", "care", "seeks")),
    *({"hiding", trait} for trait in ("pronouns", "spots")),
    {"pronouns", "platforms"},
]
_UNLESS_HARM = [
    *({"pronouns", trait} for trait in ("health", "lodging", "work", "routine", "looks", "care")),
    *({trait, "spots"} for trait in ("lodging", "routine")),
    {"health", "routine"},
    {"owner", "vehicles", "colours"},
]
_PRIVATE = {"person", "kin", "home"}  # each alone, unless anybody was hurt or a crowd is told of
_IMPLIED = {
    "trade": ("person",),
    "kin": ("person",),
    "unnamed_persons": ("person",),
    "relative": ("person", "owner", "kin"),
}
_WHO = ("public", "pronouns", "person", *_IMPLIED)
_MAY_BE_NAMED = ("trade", "person", "kin", "unless_office", "unless_harm")

_NAME = r"[A-ZÁÉÍÓÚÑ][a-záéíóúüñ]+"
_FULL_NAME = rf"{_NAME}\s(?:(?:de|del|la|los)\s){{0,2}}{_NAME}"
_WORD_BEFORE = re.compile(r"[\w,;]\s\Z")
_CAPITAL_BEHIND = re.compile(rf"{_NAME}\s{_NAME}")
_CAPITAL_LAST = re.compile(rf"\s{_NAME}\Z")
_NAMED_BEFORE = re.compile(rf"{_FULL_NAME},\s(?:[\w-]+,?\s){{0,3}}\Z")
_NAMED_BEHIND = re.compile(rf"\s(?:[a-z]+(?:al|ar|iv[oa]|ic[oa]|ari[oa])\s)?{_FULL_NAME}")
_INITIAL_BEFORE = re.compile(rf"(?:(?<!\w){_NAME}\s|[A-Z]\.\s?|(?:\A|[.!?\n])\s?)\Z")
_INITIAL = re.compile(r"[A-Z]\.(?:[,;]|\s[a-záéíóúñ])")
_NEAR_CHARS, _NAME_CHARS = 24, 80


def find_details(text: str, folded: str, sentences: Sequence[Span], lexicon: Lexicon) -> set[int]:
    """Return the numbers of the sentences with details that lead to a private person.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    sentences
        Sentence spans of the text, in order.
    lexicon
        The language's words.
    """
    known, words = traits_of(lexicon), words_of(folded)
    starts = [sentence.start for sentence in sentences]
    told: dict[int, set[str]] = {}
    for match in words.find(known.details):
        trait = match.lastgroup or known.trait_of(match[0])
        number = bisect_right(starts, match.start()) - 1
        if number >= 0 and _holds(text, folded, match, trait, known):
            told.setdefault(number, set()).add(trait)
    return {n for n, traits in told.items() if _leads(traits, _around(text, folded, sentences[n], known))}


def _around(text: str, folded: str, sentence: Span, known: Traits) -> list[str]:
    """Return the traits that the words around details show, in the order of the sentence."""
    found = []
    for match in words_of(folded).find(known.around, sentence.start, sentence.end):
        trait = match.lastgroup or known.trait_of(match[0])
        if trait not in _MAY_BE_NAMED or not (_is_named(text, match, known) or _is_nobody(folded, match, known)):
            found.append(trait)
    return found


def _holds(text: str, folded: str, match: re.Match[str], trait: str, known: Traits) -> bool:
    """Tell whether found words show the trait that they seem to, which capitals and numbers beside them decide."""
    start = match.start()
    if trait == "painted":
        return not text[start : match.end()].istitle()  # "Casa Amarilla" is a ministry
    if trait == "initial":
        before = _INITIAL_BEFORE.search(text, max(0, start - _NEAR_CHARS), start)
        return before is not None and _INITIAL.match(text, start) is not None
    if trait == "years":
        return known.young.search(folded, max(0, start - _NEAR_CHARS), match.end()) is not None
    if trait in known.before:
        if trait == "home" and text[start].isupper():
            return False  # "la Casa Amarilla"
        return known.before[trait].search(folded, max(0, start - _NEAR_CHARS), start) is not None
    return trait not in _MAY_BE_NAMED or not (_is_named(text, match, known) or _is_nobody(folded, match, known))


def _is_named(text: str, match: re.Match[str], known: Traits) -> bool:
    """Tell whether a word for somebody stands in a name ("La Pastora"), or beside the full name of whom it tells."""
    start, end = match.span()
    inside = text[start].isupper() and _WORD_BEFORE.search(text, max(0, start - _NEAR_CHARS), start)
    inside = inside or (match[0] in known.given and _CAPITAL_BEHIND.match(text, start))  # "Marino Alvarado"
    inside = inside or _CAPITAL_LAST.search(text, start, end)  # "reportó Protección Civil"
    before = _NAMED_BEFORE.search(text, max(0, start - _NAME_CHARS), start)
    return bool(inside or before or _NAMED_BEHIND.match(text, end))


def _is_nobody(folded: str, match: re.Match[str], known: Traits) -> bool:
    """Tell whether a word for somebody means nobody in particular ("no witness", "cualquier vecino")."""
    return known.nobody.search(folded[max(0, match.start() - _NEAR_CHARS) : match.start()]) is not None


def _leads(traits: set[str], around: Sequence[str]) -> bool:
    """Tell whether what a sentence says leads to somebody, by its details and the words around them in their order."""
    if not traits.isdisjoint({"always", "painted", "initial"}):
        return True
    traits = traits.union(around, *(_IMPLIED.get(trait, ()) for trait in around))
    if next((trait for trait in around if trait in _WHO), "") == "public" or {"public", "harm"} <= traits:
        return False
    if "unless_office" in traits or any(some <= traits for some in _UNLESS_OFFICE):
        return True
    if "harm" in traits:
        return False
    if not traits.isdisjoint({"unless_harm", "trade", "several", "dwelling"}):
        return True
    many = "crowd" in traits and traits.isdisjoint({"person", "pronouns"})
    return not many and (not traits.isdisjoint(_PRIVATE) or any(some <= traits for some in _UNLESS_HARM))
