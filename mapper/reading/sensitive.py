"""Sensitive passages: sentences that could expose a source or a family.

The words of anonymous speakers with the sentences that carry them; requests not to be named; what is
said of addresses, relatives' homes, children's schools and lists of names; persons known by first
name only; telephone numbers, e-mail addresses and identity numbers. Rather a sentence too many.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from mapper.reading.lexicon import alternation
from mapper.reading.words import Ending, Opening, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.model import Attribution, Span
    from mapper.reading.lexicon import Lexicon

__all__ = ["find_sensitive"]

_EMAIL = re.compile(r"(?<=\w)@[\w-]{1,63}\.\w")
_PHONE = r"(?<![\w.,])(?:\+\d{1,3}[ .-]?)?\(?0?\d{3}\)?[ .-]\d{3}[ .-]?\d{2}[ .-]?\d{2}(?!\w)"
_IDENTITY = r"(?<!\w)[ve]-?\s?\d{1,2}\.?\d{3}\.?\d{3}(?!\w)"
_SAID_ANYWHERE = ("anonymity", "withheld", "name_lists", "dwelling", "lives", "identity")
_NAME = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü]{2,}"
_BEFORE_CHARS, _NEAR_CHARS = 64, 300


@dataclass(frozen=True)
class _Rules:
    anywhere: Opening
    number: Opening
    child_at_school: Opening
    school: re.Pattern[str]
    name: re.Pattern[str]
    aged: re.Pattern[str]
    alive: re.Pattern[str]
    called: Ending
    title: Ending


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    any_of, words = functools.partial(lexicon.any_of, "sensitive"), functools.partial(lexicon.words, "sensitive")
    home = rf"{any_of('dwelling')}\s{any_of('dwelling_links')}\s(?:{any_of('possessives')}\s)?{any_of('relatives')}"
    says = any_of("anonymity", "withheld", "name_lists")
    years = any_of("years_old")
    private = alternation([*lexicon.words("attribution", "private"), *lexicon.words("sensitive", "minor_nouns")])
    return _Rules(
        anywhere=Opening(
            rf"(?<!\w)(?:{says}(?!\w)|{home}(?!\w)|{any_of('lives')}(?!\w)|{any_of('identity')}\s\S{{0,12}}\d)",
            [phrase for key in _SAID_ANYWHERE for phrase in words(key)],
        ),
        number=Opening(rf"{_PHONE}|{_IDENTITY}", ["v", "e"], figures=True),
        child_at_school=Opening(
            rf"(?<!\w){any_of('possessives')}\s(?:\w+\s)?{any_of('children')}(?!\w)", words("possessives")
        ),
        school=re.compile(rf"(?<!\w){any_of('schooling')}(?!\w)"),
        name=re.compile(_NAME),
        aged=re.compile(rf",\s(?:{any_of('age_words')}\s)?(?:an?\s)?\d{{1,3}}(?:[\s-]{years}\b|(?=\s?[,.;:)—]|$))"),
        alive=re.compile(rf"\s{any_of('lives_alone')}(?!\w)"),
        called=Ending(rf"(?<!\w){private}(?:\s|,\s)(?:[^.!?]{{0,40}}\s)?{any_of('called')}\s$", words("called")),
        title=Ending(
            rf"(?<!\w){lexicon.any_of('attribution', 'first_name_titles')}\s$",
            lexicon.words("attribution", "first_name_titles"),
        ),
    )


def find_sensitive(
    text: str, folded: str, sentences: Sequence[Span], attributions: Sequence[Attribution], lexicon: Lexicon
) -> tuple[Span, ...]:
    """Return the sensitive sentences of a text, in order.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    sentences
        Sentence spans of the text, in order. A sentence is sensitive as a whole or not at all.
    attributions
        Who says what, as :func:`mapper.reading.attribution.find_attributions` returns it.
    lexicon
        The language's words.
    """
    rules = _rules(lexicon)
    starts, ends = [span.start for span in sentences], [span.end for span in sentences]
    marked: set[int] = set()

    def mark(start: int, end: int) -> None:
        marked.update(range(bisect_right(ends, start), max(bisect_left(starts, end), bisect_right(ends, start) + 1)))

    for attribution in attributions:
        if attribution.anonymous:
            mark(attribution.scope.start, attribution.scope.end)
            mark(attribution.start, max(attribution.end, attribution.start + 1))
    words = words_of(folded)
    emails = _EMAIL.finditer(folded) if "@" in folded else ()
    for match in chain(words.find(rules.anywhere), words.find(rules.number), emails):
        mark(match.start(), match.end())
    for child in words.find(rules.child_at_school):
        at = bisect_right(starts, child.start()) - 1
        if at >= 0 and _near(rules.school, folded, child.start(), sentences[at]):
            marked.add(at)
    for start, end in _first_names(text, folded, attributions, rules):
        mark(start, end)
    return tuple(sentences[number] for number in sorted(marked) if number < len(sentences))


def _near(pattern: re.Pattern[str], folded: str, position: int, sentence: Span) -> bool:
    """Tell whether a pattern is found around a position, in its sentence."""
    start, end = max(sentence.start, position - _NEAR_CHARS), min(sentence.end, position + _NEAR_CHARS)
    return pattern.search(folded, start, end) is not None


def _first_names(
    text: str, folded: str, attributions: Sequence[Attribution], rules: _Rules
) -> Iterator[tuple[int, int]]:
    """Yield every mention of a person who is known by first name only, once something private tells so."""
    words = list(rules.name.finditer(text))
    private = {item.speaker for item in attributions if item.anonymous and rules.name.fullmatch(item.speaker)}
    for match in words:
        before = folded[max(0, match.start() - _BEFORE_CHARS) : match.start()]
        titled = rules.title.search(before)
        told = titled or rules.aged.match(folded, match.end()) or rules.alive.match(folded, match.end())
        if (told or rules.called.search(before)) and not _beside_name(text, match, both_sides=not titled):
            private.add(match[0])
    for match in words:
        if match[0] in private:
            yield match.start(), match.end()


def _beside_name(text: str, match: re.Match[str], *, both_sides: bool) -> bool:
    """Tell whether another capitalised word stands beside a name: then it is a full name, or a place."""
    after = re.match(rf"\s(?:de\s)?{_NAME}", text[match.end() : match.end() + 24])
    before = re.search(rf"{_NAME}\s(?:de\s)?$", text[max(0, match.start() - 24) : match.start()])
    return bool(after or (both_sides and before))
