"""Numbers in figures and words, with their hedges, as bounds: "unas 30", "more than two dozen", "3.110".

A :class:`Number` is only a number: what it counts is the business of ``quantities``.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.model import Estimate, Quantity
from mapper.reading.lexicon import alternation
from mapper.reading.words import Ending, Opening, Words, words_of
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.reading.covered import Covered
    from mapper.reading.lexicon import Lexicon

__all__ = ["Number", "find_figures", "find_numbers", "parse_number"]

_TOKEN = re.compile(r"\d+(?:[.,:/ ]\d+)*|[^\W\d_]+")
_REST = re.compile(r"\w*")
_THOUSANDS = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*$")
_DECIMAL = re.compile(r"\d{1,4}[.,]\d{1,2}$")
_FIGURE_AGAIN = re.compile(r"\s\((\d{1,4})\)")
_MAX_DIGITS = 9
_TEN, _TWENTY, _HUNDRED, _THOUSAND = 10, 20, 100, 1000
_LOOK_CHARS, _NEAR_CHARS = 28, 12


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``text[start:end]``, hedges included; ``core`` is where the bare number starts.

    ``counted`` is False for a mere "a", "un" (the number one that is also an article).
    ``collective`` tells that a noun like "dozen" carries it ("una docena de familias").
    """

    start: int
    core: int
    end: int
    value: Estimate
    hedged: bool = False
    counted: bool = True
    collective: bool = False


@dataclass(frozen=True, slots=True)
class _Bare:
    """A bare number: its value, and whether it rounds or is only a lower bound ("decenas")."""

    start: int
    end: int
    value: int
    rough: bool = False
    vague: bool = False
    collective: bool = False
    article: bool = False


@dataclass(frozen=True)
class _Rules:
    values: dict[str, int]
    multipliers: dict[str, int]
    collectives: dict[str, int]
    rough: dict[str, int]
    vague: dict[str, int]
    joiners: frozenset[str]
    articles: frozenset[str]
    known: frozenset[str]
    opening: Opening
    halves: re.Pattern[str]
    hedge: Ending
    open_range: Ending
    rising: Ending
    join: re.Pattern[str]
    after: re.Pattern[str]


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    words = functools.partial(lexicon.words, "numbers")
    kinds = ("at_least", "more_than", "up_to", "less_than", "approximately")
    hedges = "|".join(f"(?P<{kind}>{alternation(words(kind))})" for kind in kinds)
    rough = lexicon.numbers("numbers", "rough")
    maps = (lexicon.numbers("numbers", key) for key in ("values", "multipliers", "collectives", "rough", "vague"))
    known = frozenset(word for one in maps for word in one)
    return _Rules(
        values=lexicon.numbers("numbers", "values"),
        multipliers=lexicon.numbers("numbers", "multipliers"),
        collectives=lexicon.numbers("numbers", "collectives") | rough,
        rough=rough,
        vague=lexicon.numbers("numbers", "vague"),
        joiners=frozenset(words("joiners")),
        articles=frozenset(words("articles")),
        known=known,
        opening=Opening(r"\w+", known, figures=True),
        halves=re.compile(rf"(?<!\w){alternation(words('halves'))}\s$"),
        hedge=Ending(rf"(?<!\w)(?:{hedges})\s{{1,2}}$", [phrase for kind in kinds for phrase in words(kind)]),
        open_range=Ending(rf"(?<!\w){alternation(words('range_open'))}\s$", words("range_open")),
        rising=Ending(rf"(?<!\w){alternation(words('rises'))}\s$", words("rises")),
        join=re.compile(rf"\s?{alternation(words('range_join'))}\s?$"),
        after=re.compile(rf"\s{alternation(words('after_at_least'))}\b"),
    )


def parse_number(words: str, lexicon: Lexicon) -> int | None:
    """Return the value of a number in figures or words that is all of ``words``, else None.

    Examples
    --------
    >>> from mapper.reading.lexicon import load_lexicon
    >>> parse_number("ciento cuarenta", load_lexicon("es")), parse_number("3.110", load_lexicon("es"))
    (140, 3110)
    """
    folded = fold(words.strip())
    found = next(_bare_numbers(folded, Words(folded), _rules(lexicon)), None)
    return found.value if found and (found.start, found.end) == (0, len(folded)) else None


@functools.lru_cache(maxsize=1)  # of one text, asked for twice: with what they count, and alone
def find_numbers(folded: str, lexicon: Lexicon) -> tuple[Number, ...]:
    """Return the numbers of a text with their bounds, in order, without overlap.

    Parameters
    ----------
    folded
        The text, folded (see :func:`mapper.text.fold`).

    Returns
    -------
    tuple of Number
        "at least 40" and "more than 40" have low and best 40, "up to 12" only a high; "about 30" is 30,
        hedged; "between 2 and 3" has both bounds and no best; "several" only a low.
    """
    rules = _rules(lexicon)
    numbers: list[Number] = []
    for bare in _bare_numbers(folded, words_of(folded), rules):
        previous = numbers[-1] if numbers else None
        if previous and bare.start < previous.end:
            continue  # the figure of "dos (2) funcionarios"
        joined = previous and _as_range(folded, previous, bare, rules)
        if joined:
            numbers[-1] = joined
        else:
            numbers.append(_hedged(folded, bare, rules, previous.end if previous else 0))
    return tuple(numbers)


def find_figures(folded: str, taken: Covered, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """Return the numbers of a text that stand in none of the ``taken`` stretches, as counts of who knows what."""
    return tuple(
        Quantity(one.start, one.end, one.value, hedged=one.hedged)
        for one in find_numbers(folded, lexicon)
        if one.counted and one.value.best is not None and not taken.touches(one.core, one.end)
    )


def _as_range(folded: str, previous: Number, bare: _Bare, rules: _Rules) -> Number | None:
    """Join "between 14 and 24", "75 to 92", "dos o tres" to one number, or return None."""
    between = folded[previous.end : bare.start]
    low, high = previous.value.best, bare.value
    if low is None or not low < high or len(between) > _LOOK_CHARS or not rules.join.match(between) or bare.article:
        return None
    before = folded[max(0, previous.core - _LOOK_CHARS) : previous.core]
    opened = rules.open_range.search(before)
    if opened and rules.rising.search(before[: opened.start()]):
        return None  # "rose from two to four"
    plain_and = between.strip() in rules.joiners
    if plain_and and not opened:
        return None
    start = previous.core - len(opened[0]) if opened else previous.start
    return Number(start, previous.core, bare.end, Estimate(low, None, high), hedged=True, collective=bare.collective)


def _hedged(folded: str, bare: _Bare, rules: _Rules, floor: int) -> Number:
    """Return the number with the hedge that stands before or behind it."""
    start, end, value = bare.start, bare.end, bare.value
    estimate, hedged = Estimate(value, value, value), bare.rough
    if bare.vague:
        estimate, hedged = Estimate(value, None, None), True
    hedge = rules.hedge.search(folded[max(floor, start - _LOOK_CHARS) : start])
    after = None if hedge else rules.after.match(folded, end)
    if hedge or after:
        kind = hedge.lastgroup if hedge else "at_least"
        estimate, hedged = _bounds(str(kind), estimate), True
        start -= len(hedge[0]) if hedge else 0
        end = after.end() if after else end
    again = _FIGURE_AGAIN.match(folded, end)
    repeated = again is not None and int(again[1]) == value  # "un (01) funcionario" counts, "un funcionario" hardly
    end = again.end() if again and repeated else end
    return Number(start, bare.start, end, estimate, hedged, repeated or not bare.article, bare.collective)


def _bounds(kind: str, plain: Estimate) -> Estimate:
    """Return what a hedge makes of a plain number. ``best`` stays where a report's reader would quote it."""
    value = plain.low
    by_kind = {
        "at_least": Estimate(value, plain.best, None),
        "more_than": Estimate(value, plain.best, None),
        "up_to": Estimate(None, None, value),
        "less_than": Estimate(None, None, value),
    }
    return by_kind.get(kind, Estimate(None, plain.best, None) if plain.best is not None else plain)


def _bare_numbers(folded: str, words: Words, rules: _Rules) -> Iterator[_Bare]:
    """Yield the bare numbers of folded text, in order; only words that may begin one are looked at."""
    reached = 0
    for word_start in words.starts(rules.opening):
        stop = _REST.match(folded, word_start).end()  # type: ignore[union-attr]  # it also matches nothing
        tokens = _TOKEN.finditer(folded, max(word_start, reached))
        token = next(tokens, None)
        while token is not None and token.start() < stop:
            word = token[0]
            if word[0].isdecimal():
                value = _digits(word)
                start, end = token.start(), token.end()
                token = next(tokens, None)
                if value is not None and token is not None and folded[end : token.start()].isspace():
                    factor = rules.multipliers.get(token[0], 0)
                    if factor >= _THOUSAND:
                        value, end, token = value * factor, token.end(), next(tokens, None)
                if value is not None and value == int(value) and _stands_alone(folded, start, end):
                    yield _Bare(start, end, int(value))
            elif word in rules.known:
                bare, token = _in_words(folded, token, tokens, rules)
                yield bare
            else:
                token = next(tokens, None)
        reached = token.start() if token else len(folded)


def _digits(word: str) -> float | None:
    """Return the value of a figure; None for times, dates and what is too long to be a count."""
    if ":" in word or "/" in word or len(word) > _MAX_DIGITS + 2:
        return None
    if word.isdecimal():
        return int(word)
    if _THOUSANDS.match(word):
        return int(re.sub(r"\D", "", word))
    return float(word.replace(",", ".")) if _DECIMAL.match(word) else None


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Tell whether figures are a word of their own: not "2nd", "B12", "$30", "51%" or "17-year-old"."""
    before, after = folded[start - 1 : start], folded[end : end + 2]
    if before.isalnum() or before in {"$", "€", "#", "@", "_"}:
        return False
    return not (after[:1].isalnum() or after[:1] in {"%", "$", "€", "_"} or (after[:1] == "-" and after[1:].isalpha()))


@dataclass(slots=True)
class _Reader:
    """Adds up the words of one number: "doscientos" "treinta" "y" "dos" "mil"."""

    rules: _Rules
    total: int = 0
    current: int = 0
    last: int = 0
    count: int = 0
    collective: bool = False
    rough: bool = False

    def add(self, word: str) -> None:
        """Take in the next word."""
        rules = self.rules
        if word in rules.multipliers:
            factor = rules.multipliers[word]
            self.current = max(self.current, 1) * factor
            if factor >= _THOUSAND:
                self.total, self.current = self.total + self.current, 0
            self.last = factor
        elif word in rules.collectives:
            self.current = max(self.current, 1) * rules.collectives[word]
            self.collective, self.rough = True, word in rules.rough
        else:
            self.last = rules.values[word]
            self.current += self.last
        self.count += 1

    def takes(self, word: str, *, joined: bool) -> bool:
        """Tell whether ``word`` may go on with the number, behind a joiner ("y", "and") or not."""
        fits = _fits(word, self.last, self.rules)
        return fits if joined else not self.collective and (fits or _scales(word, self.rules))

    @property
    def value(self) -> int:
        """The number so far."""
        return self.total + self.current


def _in_words(
    folded: str, token: re.Match[str], tokens: Iterator[re.Match[str]], rules: _Rules
) -> tuple[_Bare, re.Match[str] | None]:
    """Read the number that begins with the word ``token``; also return the first token behind it."""
    first, start, end = token[0], token.start(), token.end()
    if first in rules.vague and first not in rules.collectives:
        return _Bare(start, end, rules.vague[first], vague=True, collective=True), next(tokens, None)
    reader = _Reader(rules)
    reader.add(first)
    following = next(tokens, None)
    while following is not None and _continues(folded, end, following):
        at = following.end()
        joined = following[0] in rules.joiners
        if joined:
            following = next(tokens, None)
            if following is None or not _continues(folded, at, following):
                break
        if not reader.takes(following[0], joined=joined):
            break
        reader.add(following[0])
        end, following = following.end(), next(tokens, None)
    value, collective = reader.value, reader.collective
    if reader.count == 1 and _scales(first, rules) and rules.halves.search(folded[max(0, start - _NEAR_CHARS) : start]):
        value, collective = value // 2, True
    if collective:
        start = _article_before(folded, start, rules)
    lone_article = reader.count == 1 and first in rules.articles
    return _Bare(start, end, value, reader.rough, collective=collective, article=lone_article), following


def _continues(folded: str, end: int, following: re.Match[str]) -> bool:
    return folded[end : following.start()] in {" ", "-", "\n"}


def _fits(word: str, last: int, rules: _Rules) -> bool:
    """Tell whether a number word may follow one of size ``last``: "treinta y dos", "ciento cuarenta"."""
    value = rules.values.get(word)
    if value is None or value == 0:
        return False
    if last >= _HUNDRED:
        return value < min(last, _THOUSAND)
    return last >= _TWENTY and last % _TEN == 0 and value < _TEN


def _scales(word: str, rules: _Rules) -> bool:
    return word in rules.multipliers or word in rules.collectives


def _article_before(folded: str, start: int, rules: _Rules) -> int:
    """Return where a collective starts with its "a" or "half a", if it has one."""
    window = folded[max(0, start - _NEAR_CHARS) : start]
    half = rules.halves.search(window)
    words = window.split(" ")
    if half:
        return start - len(half[0])
    has_article = len(words) > 1 and not words[-1] and words[-2] in rules.articles
    return start - len(words[-2]) - 1 if has_article else start
