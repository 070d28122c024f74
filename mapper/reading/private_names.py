"""Names of private persons: minors, and people whom the text knows by their first name.

A name alone is nobody's; what stands beside it makes it a private person's: an age, a title of courtesy,
a kinship, a trade, a street. A minor's full name is private too. Once private, a name is so in the whole report,
however it is spelled there: in capitals, without accents, as a hashtag, or by its first word.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from mapper.model import Span
from mapper.reading.lexicon import alternation, given_names
from mapper.reading.pseudonyms import find_pseudonyms
from mapper.reading.words import Ending, Opening, words_of
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mapper.model import Attribution
    from mapper.reading.lexicon import Lexicon

__all__ = ["find_families", "find_private_names", "folded_names"]

_NAME = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü]{2,}"
_WORD = re.compile(_NAME)
_PAIR = re.compile(rf"{_NAME}\s{_NAME}")
_FULL = re.compile(rf"{_NAME}(?:\s(?:(?:de|del|la|los)\s){{0,2}}{_NAME}){{0,4}}")
_CAPITAL_BEFORE = re.compile(r"(?<!\w)([A-ZÁÉÍÓÚÑ]\w*)\s\Z")
_BEFORE_CHARS, _KIN_CHARS = 64, 24
_OF_AGE = 18
_SURE_IN_LOWER_CASE = 6  # letters: shorter names are words too ("luz", "rosa")
_OF_MINORS = ("minor_titles", "minor_nouns", "years_old", "months_old")
_IN_HASHTAGS = 5


@dataclass(frozen=True)
class _Rules:
    aged: re.Pattern[str]
    lives: re.Pattern[str]
    described: re.Pattern[str]
    acts: re.Pattern[str]
    placed: re.Pattern[str]
    told_of: re.Pattern[str]
    someone: re.Pattern[str]
    object_before: Ending
    object_after: re.Pattern[str]
    joined: re.Pattern[str]
    kin_of: Ending
    known: frozenset[str]
    generics: frozenset[str]
    known_as: Ending
    title: Ending
    led: Ending
    nouns: frozenset[str]
    given: frozenset[str]
    inside: str
    minor: Ending
    minor_before: Ending
    minor_aged: re.Pattern[str]
    minor_words: Opening
    bare_age: re.Pattern[str]
    family_before: Ending
    family_after: re.Pattern[str]
    family_of: re.Pattern[str]
    the_family: Ending
    family_words: Opening
    numbered_street: Opening


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    any_of, words = functools.partial(lexicon.any_of, "sensitive"), functools.partial(lexicon.words, "sensitive")
    trait = functools.partial(lexicon.any_of, "traits")
    years, ages = any_of("years_old"), any_of("age_words")
    roles = lexicon.words("attribution", "private")
    private = alternation([*roles, *words("minor_nouns")])
    streets = [*lexicon.table("toponyms")["generics"]["street"], *words("buildings")]
    street = alternation(streets)
    spelled = [word for word, value in lexicon.numbers("numbers", "values").items() if 0 < value < _OF_AGE]
    young = rf"(?:1[0-7]|\d|{alternation(spelled)})"
    youngs = rf"{young}(?:\s{any_of('and')}\s{young})?"
    bare_age = rf",\s(?:(?:{any_of('aged')}\s){youngs}|1[0-7]|\d)(?=,\s[a-z]|$)"
    told_age = rf",\s{any_of('who_is')}\s(?:{any_of('aged')}\s)?{young}(?=[,.;]|\s{any_of('and')}\s|$)"
    small = rf"(?:{youngs}[\s-]{years}|(?:\d\d?|{alternation(spelled)})[\s-]{any_of('months_old')})"
    relations = [*words("relatives"), *words("neighbours")]
    kin = alternation(relations)
    titles = lexicon.words("attribution", "first_name_titles")
    given = given_names()
    return _Rules(
        aged=re.compile(
            rf",\s(?:{ages}\s)?(?:an?\s)?\d{{1,3}}(?:[\s-](?:{any_of('and')}\s\d{{1,3}}[\s-])?{years}\b"
            rf"|(?=\s?[,.:)—]|$))|,\s{ages}\s\d{{1,3}};|\s?\(\d{{1,3}}\s{years}"
        ),
        lives=re.compile(rf",?\s(?:{any_of('who')}\s)?{any_of('lives_alone')}(?!\w)"),
        described=re.compile(
            rf",\s(?:{any_of('from_links')}\s(?:[\w.]+\s){{0,4}}?{street}(?!\w)"
            rf"|(?:{any_of('an')}\s)?(?:[\w-]+\s)?{alternation(roles)}(?=\s?[,.;]|\s{any_of('role_links')}\s|$))"
        ),
        acts=re.compile(
            rf"(?:,?\s{any_of('and')}\s\w+)?\s{trait('person_verbs')}(?!\w)"
            rf"|\s[^.,;:!?\n]{{1,60}}?\s{trait('own_person')}(?!\w)"
            rf"|\s{any_of('and')}\s{trait('owners')}\s(?:\w+\s)?{trait('kin', 'offspring')}(?!\w)"
        ),
        placed=re.compile(
            rf"(?:,\s{trait('the_one')}|'s\s(?:\w+\s)?{trait('kin', 'offspring')}|[,:]\s(?:\w+\s)?{trait('looks')}"
            rf"|,?\s{trait('links')}\s(?:{any_of('an')}\s)?(?:\w+\s){{0,2}}?{trait('spots')})(?!\w)"
        ),
        told_of=re.compile(rf",\s{any_of('who')}\s(?!{trait('public')})\w"),
        someone=re.compile(rf",\s{any_of('who_person')}\s(?!{trait('public')})\w"),
        object_before=_ending(words("object_before")),
        object_after=re.compile(rf"\s{any_of('object_after')}(?!\w)"),
        joined=re.compile(rf"(?<!\w)(\w+)\s{any_of('and')}\s\Z"),
        kin_of=_ending([f"{one} {of}" for one in lexicon.words("traits", "kin") for of in words("from_links")]),
        known=frozenset(_all_words(lexicon)),
        generics=frozenset(chain.from_iterable(lexicon.table("toponyms")["generics"].values())),
        known_as=Ending(
            rf"(?<!\w)(?:{private}(?:\s|,\s)(?:[^.!?]{{0,40}}\s)?{any_of('called')}|{kin},?)\s$",
            [*words("called"), *(f"{word}{mark}" for word in relations for mark in ("", ","))],
        ),
        title=Ending(rf"(?<!\w){alternation(titles)}\s$", titles),
        led=_ending([*lexicon.words("toponyms", "articles"), *words("leads")]),
        nouns=frozenset(
            [*words("openers"), *roles, *words("minor_nouns"), *words("minor_titles"), *words("relatives")]
        ),
        given=given,
        inside=any_of("inside"),
        minor=_ending(words("minor_titles"), aside=True),
        minor_before=Ending(
            rf"(?<!\w)(?:(?P<title>{any_of('minor_titles')}),?|{small}(?:\s{any_of('minor_nouns')})?)\s$",
            [
                *(word + mark for word in words("minor_titles") for mark in ("", ",")),
                *(word for kind in _OF_MINORS for word in words(kind)),
            ],
        ),
        minor_aged=re.compile(
            rf"(?:,\s(?:{ages}\s)?|\s?\(){small}(?!\w)"
            rf"|{bare_age}(?!,\s{any_of('leads')}\s)|{told_age}"
            rf"|\s{any_of('is_aged')}\s(?:{any_of('aged')}\s)?{small}(?!\w)"
        ),
        minor_words=Opening("", [word for kind in _OF_MINORS for word in words(kind)]),
        bare_age=re.compile(rf"{bare_age}|{told_age}"),
        family_before=_ending(words("family_before")),
        family_after=re.compile(rf"\s{any_of('family_after')}(?!\w)"),
        family_of=re.compile(
            rf",\s(?:{any_of('an')}\s)?{any_of('family_words')}(?!\w)|\s{any_of('from_links')}\s{street}\s\d"
        ),
        the_family=_ending(words("plural_articles")),
        family_words=Opening("", [*words("family_before"), *words("family_after"), *words("family_words")]),
        numbered_street=Opening(rf"(?<!\w){street}\s\d", streets),
    )


def _ending(words: Sequence[str], *, aside: bool = False) -> Ending:
    """Return what tells that one of ``words`` stands right before, or before a comma (``aside``)."""
    ends = [*words, *(f"{word}," for word in words if aside)]
    return Ending(rf"(?<!\w){alternation(ends)}\s$", ends) if ends else Ending(r"(?!)", ["\0"])


def find_private_names(
    text: str,
    folded: str,
    attributions: Sequence[Attribution],
    lexicon: Lexicon,
    is_place: Callable[[str], object] = lambda _: False,
) -> tuple[Span, ...]:
    """Return every mention of a private person's name, in order.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    attributions
        Who says what: an anonymous speaker's name is private.
    lexicon
        The language's words.
    is_place
        Tells whether a folded name is a place's. If the text also says "in Petare", then "Petare lives in fear"
        tells of the place; a name that people commonly bear stays private.
    """
    rules = _rules(lexicon)
    names: set[str] = set()
    surnames: set[str] = set()
    last = None
    for match in _WORD.finditer(text):
        first, last = last if last and _next_to(text, last.end(), match.start()) else None, match
        name = folded[match.start() : match.end()]
        if name in rules.nouns:
            continue
        before = folded[max(0, match.start() - _BEFORE_CHARS) : match.start()]
        titled = rules.title.search(before) is not None
        ahead = folded[first.start() : first.end()] if first else ""
        if first and not titled and (ahead in rules.given or not _opens(text, first.start())):
            both = _PAIR.match(text, first.start()) if {ahead, name} <= rules.given else None
            if both and _is_anyones(text, folded, both, rules, is_place):
                names.add(folded[both.start() : both.end()])
            else:
                surnames.add(name)
        elif _is_private(text, folded, match, before, rules, titled=titled) or (
            name not in rules.known and _is_first_name(text, folded, match, before, rules) and not is_place(name)
        ):
            names.add(name)
    names -= surnames
    names |= find_pseudonyms(text, folded, lexicon).words
    names |= {fold(item.speaker) for item in attributions if item.anonymous and _WORD.fullmatch(item.speaker)}
    names |= set(_minors(text, folded, rules))
    named = {name for name in names - rules.given if is_place(name)}
    names -= {name for name in named if re.search(rf"(?<!\w){rules.inside}\s{re.escape(name)}(?!\w)", folded)}
    return tuple(_spelled(names, text, folded, rules))


def _next_to(text: str, end: int, start: int) -> bool:
    return start - end == 1 and text[end].isspace()


def folded_names(folded: str, mentions: Iterable[Span]) -> tuple[str, ...]:
    """Return the names at these places of a folded text, each with its first word, as other reports may say them."""
    names = {" ".join(folded[one.start : one.end].split()) for one in mentions}
    names = {name for name in names if not name.startswith("#")}
    return tuple(sorted(names | {name.split()[0] for name in names}))


def _is_private(text: str, folded: str, match: re.Match[str], before: str, rules: _Rules, *, titled: bool) -> bool:
    """Tell whether something private is said of whoever bears this single name."""
    listed = text[max(0, match.start() - 2) : match.start()].startswith(";")  # "El Valle, 9; Coche, 2" counts places
    told = titled or rules.known_as.search(before) or (not listed and rules.aged.match(folded, match.end()))
    if not told and not rules.led.search(before):
        told = rules.lives.match(folded, match.end()) or rules.described.match(folded, match.end())
    return bool(told) and not _beside_name(text, match, both_sides=not titled)


def _is_anyones(text: str, folded: str, both: re.Match[str], rules: _Rules, is_place: Callable[[str], object]) -> bool:
    """Tell whether two given names and no surname are a private person's ("José Luis, who drives a jeep")."""
    before = folded[max(0, both.start() - _BEFORE_CHARS) : both.start()]
    titled = rules.title.search(before) is not None
    private = _is_private(text, folded, both, before, rules, titled=titled)
    return (private or _is_first_name(text, folded, both, before, rules)) and not is_place(
        folded[both.start() : both.end()]
    )


def _is_first_name(text: str, folded: str, match: re.Match[str], before: str, rules: _Rules) -> bool:
    """Tell whether a single name is a person's: one commonly given, or one that does or has what only people do."""
    end = match.end()
    placed = rules.placed.match(folded, end) or rules.kin_of.search(before[-_KIN_CHARS:])
    placed = placed or rules.someone.match(folded, end)
    placed = placed or (rules.object_before.search(before) and rules.object_after.match(folded, end))
    leader = before.split()[-1:]
    if not placed and (rules.led.search(before) or not rules.generics.isdisjoint(leader)):
        return False
    joined = rules.joined.search(before[-_KIN_CHARS:])
    given = rules.given.issuperset(folded[match.start() : end].split()) and (
        text[end : end + 2].strip().islower()
        or rules.told_of.match(folded, end)
        or (joined is not None and joined[1] in rules.given)
    )
    if not (placed or given or rules.acts.match(folded, end)):
        return False
    capital = _CAPITAL_BEFORE.search(text, max(0, match.start() - _BEFORE_CHARS), match.start())
    word = fold(capital[1]) if capital else ""
    opens = capital and _opens(text, capital.start()) and word in rules.known and word not in rules.generics
    alone = not capital or opens or word in rules.nouns
    return bool(alone) and not _beside_name(text, match, both_sides=False)


def _all_words(lexicon: Lexicon) -> Iterator[str]:
    """Yield every word of a language's lists but given names: none of them opens a sentence as a person's name."""
    given = frozenset(lexicon.words("persons", "given_names"))
    lists = [dict(lexicon.tables)]
    while lists:
        for value in lists.pop().values():
            if isinstance(value, dict):
                lists.append(value)
            elif isinstance(value, list):
                yield from (
                    word for one in value if isinstance(one, str) for word in fold(one).split() if word not in given
                )


def _beside_name(text: str, match: re.Match[str], *, both_sides: bool) -> bool:
    """Tell whether another capitalised word stands beside a name: then it is a full name, or a place."""
    after = re.match(rf"\s(?:de\s)?{_NAME}", text[match.end() : match.end() + 24])
    before = re.search(rf"{_NAME}\s(?:de\s)?$", text[max(0, match.start() - 24) : match.start()])
    return bool(after or (both_sides and before))


def _minors(text: str, folded: str, rules: _Rules) -> Iterator[str]:
    """Yield the folded names of minors, each with its first word alone."""
    if not words_of(folded).starts(rules.minor_words) and not rules.bare_age.search(folded):
        return
    for match in _FULL.finditer(text):
        start = match.start()
        before = folded[max(0, start - _BEFORE_CHARS) : start]
        told = rules.minor_before.search(before)
        young = told and (not told["title"] or _is_common(text, start - len(before) + told.start()))
        if not young:  # "Little Anyelina", which opens a sentence, is one match with the name
            lead = _WORD.match(text, start)
            behind = lead.end() + 1 if lead else start
            if behind < match.end() and rules.minor.search(folded[start:behind]) and _is_common(text, start):
                start, young = behind, True
        if young or (rules.minor_aged.match(folded, match.end()) and not rules.led.search(before)):
            name = folded[start : match.end()]
            first = name.split(maxsplit=1)[0]
            yield from () if first in rules.nouns else (name, first)


def _is_common(text: str, at: int) -> bool:
    """Tell whether the word at a position is a common noun: in small letters, or in capitals as it opens a sentence."""
    return text[at].islower() or _opens(text, at)


def _opens(text: str, at: int) -> bool:
    return not (before := text[max(0, at - _BEFORE_CHARS) : at].rstrip(" \t")) or before[-1] in ".!?\n—-:"


def find_families(text: str, folded: str, lexicon: Lexicon) -> tuple[Span, ...]:
    """Return every family called by its surname: "la familia Rojas", "the Rojas family", "los Rojas, una familia"."""
    rules, words = _rules(lexicon), words_of(folded)
    found: list[Span] = []
    if not words.starts(rules.family_words) and not any(words.find(rules.numbered_street)):
        return ()
    for match in _FULL.finditer(text):
        before = folded[max(0, match.start() - _BEFORE_CHARS) : match.start()]
        first, _, rest = match[0].partition(" ")
        the = rules.the_family.search(before) or (
            rest and rules.the_family.search(folded[match.start() : match.start() + len(first) + 1])
        )
        after = the and (rules.family_after.match(folded, match.end()) or rules.family_of.match(folded, match.end()))
        if after or rules.family_before.search(before):
            found.append(Span(match.start(), match.end()))
    return tuple(found)


def _spelled(names: Iterable[str], text: str, folded: str, rules: _Rules) -> Iterator[Span]:
    """Yield where a text says one of the folded names, in whatever spelling."""
    wanted = sorted((re.escape(name) for name in names), key=lambda name: (-len(name), name))
    if not wanted:
        return
    tagged = [name for name in wanted if len(name) >= _IN_HASHTAGS and name.isalpha()]
    inside = rf"|#\w*(?:{'|'.join(tagged)})\w*" if tagged else ""
    for match in re.finditer(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w){inside}", folded):
        sure = match.end() - match.start() >= _SURE_IN_LOWER_CASE and match[0] not in rules.nouns
        if sure or not text[match.start()].islower():
            yield Span(match.start(), match.end())
