"""Sensitive passages: sentences that could expose a source or a family.

The words of anonymous speakers with the sentences that carry them; requests not to be named; what is
said of addresses, house numbers, relatives' homes, work and schools, and of lists of names; private persons'
names (``private_names``) and families called by theirs; telephone, identity and plate numbers, e-mail addresses
and private accounts. Rather a sentence too many.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from mapper.reading.attribution import find_attributions
from mapper.reading.details import find_details
from mapper.reading.lexicon import LANGUAGES, alternation, load_lexicon
from mapper.reading.private_names import find_families, find_private_names
from mapper.reading.sentences import sentences as sentences_of
from mapper.reading.speech import speech_rules
from mapper.reading.words import FirstOf, Opening, words_of
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.model import Attribution, Span
    from mapper.reading.lexicon import Lexicon

__all__ = ["exposes", "find_sensitive"]

_EMAIL = re.compile(r"(?<=\w)@[\w-]{1,63}\.\w")
_PHONE = r"(?<![\w.,])(?:\+\d{1,3}[ .-]?)?\(?0?\d{3}\)?[ .-]\d{3}[ .-]?\d{2}[ .-]?\d{2}(?!\w)"
_FLAT = r"(?<![\w-])\d{1,2}-[a-h](?![\w-])"
_PLATE_ALONE = r"(?<!\w)(?:[a-z]{2}\d{3}[a-z]{2}|[a-z]{2}\d[a-z]\d{2}[a-z]|[a-z]{3}\d{2}[a-z])(?!\w)"
_BANK = r"(?<!\w)(?:\d{4}[ -]\d{4}[ -]\d{2}[ \d-]{6,14}|\d{16,20})(?!\w)"
_IDENTITY = r"(?<!\w)[ve]-?\s?\d{1,2}\.?\d{3}\.?\d{3}(?!\w)"
_FIRST = (
    *("anonymity", "withheld", "name_lists", "dwelling", "lives", "identity", "numbered_homes", "number_signs"),
    *("home_at", "door_at", "floors", "own", "plates", "pleads"),
)
_PHONE_IN_ONE = r"(?<![\w.,])(?:\+\d{10,14}|0\d{10})(?!\w)"
_PLATE = r"[a-z]{1,3}[ -]?\d[a-z0-9-]{3,6}"
_NUMBERS = (_PHONE, _PHONE_IN_ONE, _IDENTITY, _FLAT, _PLATE_ALONE, _BANK)
_HANDLE = re.compile(r"(?<![\w.])@\w{3,}")
_TWO_NAMES = re.compile(r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü]{2,} [A-ZÁÉÍÓÚÑ][a-záéíóúñü]{2,}")
_SHE = re.compile(r"(?:She|He|Ella|Él)\s")
_ALL_QUOTED = re.compile(r"(?:[\d:.]+\s[-–—]\s)?[\"“«][^\"”»]+[\"”»][.,]?\s*")
_QUOTED = re.compile(r"[\"“”„«»]")
_NEAR_CHARS, _OWNER_CHARS = 300, 40


@dataclass(frozen=True)
class _Rules:
    anywhere: Opening
    children: Opening
    possessive: re.Pattern[str]
    school: re.Pattern[str]
    private_account: re.Pattern[str]
    official: re.Pattern[str]


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    any_of, words = functools.partial(lexicon.any_of, "sensitive"), functools.partial(lexicon.words, "sensitive")
    home = rf"{any_of('dwelling')}\s{any_of('dwelling_links')}\s(?:{any_of('possessives')}\s)?{any_of('relatives')}"
    says = any_of("anonymity", "withheld", "name_lists")
    kin = any_of("relatives", "children", "spouses")
    streets = lexicon.table("toponyms")["generics"]["street"]
    signs, street = any_of("number_signs"), alternation(streets)
    officials = [word for word in lexicon.words("attribution", "official") if word not in words("accounts")]
    floor = (
        rf"(?:{any_of('floors')}\s\w+|\w+\s{any_of('floors')})\s(?:[\w,]+\s){{0,2}}{any_of('towers')}"
        r"\s(?:\d{1,3}|[b-df-h]|a(?=[,.;]|\sde))(?!\w)"
    )
    first = [*(phrase for key in _FIRST for phrase in words(key)), *streets, "v", "e"]
    identity = rf"{any_of('identity')}(?:[\s:]{{1,2}}\S{{0,12}}\d|[^.!?]{{0,25}}?\d\d?\.?\d{{3}}\.?\d{{3}})"
    plate = rf"{any_of('plates')}[\s:,]{{1,3}}(?:{signs}\s?|\w{{2,6}}\s)?{_PLATE}"
    kin_at_work = rf"{any_of('own')}\s(?:\w+\s)?{kin}\s(?:\w+\s){{0,2}}{any_of('works')}"
    unnamed = rf"{any_of('pleads')}\s[^.!?]{{0,50}}?{any_of('negations')}\s(?:\w+\s){{0,4}}?{any_of('naming')}"
    signed = rf"{signs}\s?\d{{1,4}}[a-z]?"
    told = [  # each with the words that it begins with
        (rf"{says}(?!\w)", [*words("anonymity"), *words("withheld"), *words("name_lists")]),
        (rf"{home}(?!\w)", words("dwelling")),
        (rf"{any_of('lives')}(?!\w)", words("lives")),
        (rf"{kin_at_work}(?!\w)", words("own")),
        (rf"{plate}(?!\w)", words("plates")),
        (rf"{unnamed}(?!\w)", words("pleads")),
        (identity, words("identity")),
        (
            rf"{any_of('numbered_homes')}\s(?:{signs}\s?\d|\d{{1,4}}(?:\s?-\s?)?[a-z]?(?=\s?[,.;:)]|\s{any_of('role_links')}\s|$))",
            words("numbered_homes"),
        ),
        (rf"{signed},?\s(?:\w+\s){{0,3}}?{street}(?!\w)", words("number_signs")),
        (rf"{street}\s(?:\w+,?\s){{1,4}}{signs}\s?\d", streets),
        (rf"{any_of('home_at')}\s\d{{1,4}}\s(?:\w+\s){{1,3}}{street}(?!\w)", words("home_at")),
        (rf"{any_of('door_at')}\s{signed}(?=\s?[,.;:)]|$)", words("door_at")),
    ]
    expressions = [
        *(Opening(rf"(?<!\w)(?:{pattern})", begin) for pattern, begin in told),
        Opening(rf"(?<!\w){floor}", first, figures=True),
        Opening("|".join(_NUMBERS), ["v", "e"], figures=True),
    ]
    return _Rules(
        anywhere=Opening(FirstOf(expressions), first, figures=True),
        children=Opening(rf"(?<!\w){any_of('children')}(?!\w)", words("children")),
        possessive=re.compile(rf"(?<!\w){any_of('possessives')}\s(?:\w+\s)?\Z"),
        school=re.compile(rf"(?<!\w){any_of('schooling')}(?!\w)"),
        private_account=re.compile(
            rf"(?<!\w)(?:{any_of('own')}\s(?:\w+\s)?{any_of('accounts')}|{any_of('posts_as')})\s[^.!?]{{0,30}}$"
        ),
        official=re.compile(rf"(?<!\w){alternation(officials)}(?!\w)"),
    )


def find_sensitive(
    text: str,
    folded: str,
    sentences: Sequence[Span],
    persons: tuple[Sequence[Attribution], Sequence[Span]],
    lexicon: Lexicon,
) -> tuple[Span, ...]:
    """Return the sensitive sentences of a text, in order.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    sentences
        Sentence spans of the text, in order. A sentence is sensitive as a whole or not at all.
    persons
        Who says what, as :func:`mapper.reading.attribution.find_attributions` returns it, and where private persons
        are named, as :func:`mapper.reading.private_names.find_private_names` does.
    lexicon
        The language's words.
    """
    rules = _rules(lexicon)
    starts, ends = [span.start for span in sentences], [span.end for span in sentences]
    marked = find_details(text, folded, sentences, lexicon)

    def mark(start: int, end: int) -> None:
        marked.update(range(bisect_right(ends, start), max(bisect_left(starts, end), bisect_right(ends, start) + 1)))

    attributions, private_names = persons
    for attribution in attributions:
        if attribution.anonymous:
            mark(attribution.scope.start, attribution.scope.end)
            mark(attribution.start, max(attribution.end, attribution.start + 1))
    words = words_of(folded)
    emails = _EMAIL.finditer(folded) if "@" in folded else ()
    for match in chain(emails, words.find(rules.anywhere)):
        mark(match.start(), match.end())
    for handle in _HANDLE.finditer(folded) if "@" in folded else ():
        at = bisect_right(starts, handle.start()) - 1
        if at >= 0 and _is_private_account(text, folded, sentences[at].start, handle.start(), rules):
            marked.add(at)
    for child in words.find(rules.children):
        at = bisect_right(starts, child.start()) - 1
        owned = rules.possessive.search(folded, max(0, child.start() - _OWNER_CHARS), child.start())
        if at >= 0 and owned and _near(rules.school, folded, child.start(), sentences[at]):
            marked.add(at)
    for name in (*private_names, *find_families(text, folded, lexicon)):
        mark(name.start, name.end)
    marked |= _beside_marked(text, folded, sentences, marked, told=attributions, lexicon=lexicon)
    return tuple(sentences[number] for number in sorted(marked) if number < len(sentences))


def _beside_marked(
    text: str,
    folded: str,
    sentences: Sequence[Span],
    marked: set[int],
    *,
    told: Sequence[Attribution],
    lexicon: Lexicon,
) -> set[int]:
    """Return quotations whose speaker only a sentence beside tells of, and what is said next by or of an unnamed one.

    ``"We slept on the floor." The woman, a baker, wept.``; ``"I counted two shots." She shuts the window.``
    """
    oneself = speech_rules(lexicon).oneself
    referred = [item.start for item in told if item.speaker not in text[item.start : item.end]]
    found: set[int] = set()
    for number, one in enumerate(sentences):
        if number in marked:
            continue
        last = sentences[number - 1] if number - 1 in marked else None
        last = last if last and "\n" not in text[last.start : one.start] else None
        coming = number + 1 in marked and "\n" not in text[one.end : sentences[number + 1].start]
        if not (last or coming):
            continue
        words = text[one.start : one.end]
        at = bisect_left(referred, one.start)
        if last and at < len(referred) and referred[at] < one.end:  # whom "she said" means
            found.add(number)
        elif _SHE.match(words):
            unnamed = last and any(item.anonymous and _overlap(item.scope, last) for item in told)
            found.update({number} if unnamed else ())
        elif _ALL_QUOTED.fullmatch(words) and (coming or (last and _QUOTED.search(text, last.start, last.end))):
            named = any(item.scope.start <= one.start < item.scope.end for item in told)
            found.update({number} if not named or oneself.search(folded, one.start, one.end) else ())
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def exposes(text: str) -> bool:
    """Tell whether anything in a text that is no report's could expose somebody, in whichever language it is."""
    folded = fold(text)
    for lexicon in map(load_lexicon, LANGUAGES):
        found = sentences_of(text, lexicon)
        told = find_attributions(text, folded, found, lexicon)
        if find_sensitive(text, folded, found, (told, find_private_names(text, folded, told, lexicon)), lexicon):
            return True
    return False


def _near(pattern: re.Pattern[str], folded: str, position: int, sentence: Span) -> bool:
    """Tell whether a pattern is found around a position, in its sentence."""
    start, end = max(sentence.start, position - _NEAR_CHARS), min(sentence.end, position + _NEAR_CHARS)
    return pattern.search(folded, start, end) is not None


def _is_private_account(text: str, folded: str, start: int, at: int, rules: _Rules) -> bool:
    """Tell whether an account is somebody's own, and nobody by office or full name stands before it in the sentence."""
    start = max(start, at - _NEAR_CHARS)
    if rules.private_account.search(folded, start, at) is None:
        return False
    return not (rules.official.search(folded, start, at) or _TWO_NAMES.search(text, start, at))
