"""Words and phrases that show traits of private persons; ``details`` tells what they lead to together."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.reading.lexicon import alternation, given_names
from mapper.reading.words import Ending, FirstOf, Opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mapper.reading.lexicon import Lexicon

__all__ = ["Traits", "traits_of"]

_DETAILS = (
    *("health", "hiding", "shelter", "lodging", "work", "routine", "care", "seeks"),
    *("looks", "vehicles", "platforms", "witness", "singled", "years"),
)
# The first that fits at a word counts.
_KINDS = (
    *("always", "unless_office", "unless_harm", "painted", "initial", "years"),
    *("several", "home", "dwelling"),
)
_AROUND = ("public", "crowd", "harm", "kin", "unnamed_persons", "pronouns", "spots", "colours")
_SOMEBODY = ("kin", "unnamed_persons", "bare")
_LETTERS = "bcdefghjklmnpqrstuvwxz"  # the others are words
_OF_AGE = 18
_IN_DIGITS = 5  # number words after the first that make a telephone number
_REMEMBERED = 10_000


@dataclass(frozen=True)
class Traits:
    """What to look for in one language.

    ``details`` are words and phrases that make a sentence worth a look: a phrase has a group that says when it leads
    to somebody (``always``, ``unless_office``, ``unless_harm``) or what it is (``painted``, ``initial``, ``years``,
    ``several`` of a trade, ``home``, ``dwelling``); a word has the trait that ``trait_of`` tells. ``before`` is what
    must stand before those of some groups, ``young`` an age below 18. ``around`` are words that count beside details.
    """

    details: Opening
    around: Opening
    young: re.Pattern[str]
    before: dict[str, re.Pattern[str]]
    trait_of: Callable[[str], str]
    given: frozenset[str]
    nobody: Ending


class _Phrases:
    """Expressions of one kind and the words they begin with."""

    def __init__(self) -> None:
        self.patterns: dict[str, list[tuple[str, list[str]]]] = {kind: [] for kind in _KINDS}

    def add(self, kind: str, first: Iterable[str], rest: str = "") -> None:
        """Add an expression that begins with one of some words or phrases."""
        first = list(first)
        self.patterns[kind].append((alternation(first) + rest, first))

    def opening(self, words: Sequence[str]) -> Opening:
        """Return all expressions, each in a group of its kind's name, and then single ``words``."""
        several = [
            *((rf"(?P<{kind}>{pattern})", first) for kind, some in self.patterns.items() for pattern, first in some),
            (alternation(words), words),
        ]
        return Opening(
            FirstOf([Opening(rf"(?<!\w)(?:{pattern})(?!\w)", first) for pattern, first in several]),
            [word for _, first in several for word in first],
        )


@functools.cache
def traits_of(lexicon: Lexicon) -> Traits:
    """Return the traits of a language, put together once."""
    any_of, words = functools.partial(lexicon.any_of, "traits"), functools.partial(lexicon.words, "traits")
    speech, sensitive = functools.partial(lexicon.words, "attribution"), functools.partial(lexicon.any_of, "sensitive")
    values = lexicon.numbers("numbers", "values")
    digits = alternation(word for word, value in values.items() if value < _OF_AGE)
    office = re.compile(any_of("public"))
    people = [*lexicon.words("quantities", "persons"), *words("more_persons")]
    people = [word for word in people if not office.fullmatch(word)]
    trades = [word for word in people if word not in words("bare")]
    forces, hurt = lexicon.words("quantities", "forces"), words("harm")
    person, of, kin = alternation(people), any_of("links"), any_of("kin")
    an = rf"(?:{alternation([*speech('articles'), *words('owners')])}\s)?"
    spot, does = any_of("spots"), rf"(?!{any_of('did')}(?!\w)){any_of('does')}"
    says = alternation(speech("after_speaker"))
    young = rf"(?:1[0-7]|[1-9]|{digits})"
    own = rf"{any_of('owners')}\s(?:\w+\s)?{any_of('kin', 'offspring')}"

    phrases = _Phrases()
    add = phrases.add
    _add_homes(phrases, lexicon)
    add("always", [word for key in ("unnamed", "reach") for word in words(key)])
    add("always", words("grade"), r"(?!\s(?:de\s|of\s)?\d)")
    add("always", words("ends_in"), r"\s\d{2,4}")
    add("always", words("mine"), rf"\s(?:\w+\s)?{any_of('kin', 'offspring', 'dwellings', 'belongings')}")
    add("always", words("households"), rf"\s{of}\s{an}{sensitive('minor_nouns')}")
    add("always", words("pronouns"), rf"\s{sensitive('is_aged')}\s{young}(?=[,.;]|\s{sensitive('and')}\s)")
    add("always", words("numbered_beds"), rf"\s(?:\d{{1,3}}|{digits})")
    add("always", words("spelled_codes"), rf"(?:[\s,]{{1,2}}{digits}){{{_IN_DIGITS}}}")
    add("always", words("kin"), rf"\s(?:\w+\s)?{of}\s{an}(?:\w+\s)?{alternation([*people, *forces])}")
    add("always", words("kin"), rf"\s{of}\s(?:{any_of('few')}\s)?{an}{alternation(hurt)}")
    add("always", words("birth"), rf"\s{of}\s(?:\w+\s){{0,2}}{kin}")
    add("always", [*people, *forces, *hurt], rf"(?:\s\w+)?'s\s(?:[\w-]+\s){{0,2}}?{kin}")
    add("unless_office", words("contact"), rf"\s{any_of('contacted')}")
    add("unless_office", people, rf"(?:,\s{any_of('the_one')}|\s(?:{any_of('who')}\s\w+\s)?(?:\w+\s){{0,2}}?{says})")
    asks = lexicon.words("sensitive", "pleads")  # whoever is asked for is not who asks: "exigió un médico"
    tells = [word for word in speech("before_speaker") if word not in asks]
    add("unless_office", [*tells, *words("as_told_by")], rf"\s{an}(?:\w+\s)?{person}")
    add("unless_harm", people, rf"(?:(?:\s{of}\s\w+)?\s{of}\s{an}(?:\w+\s){{0,2}}?{spot}|,?\s{any_of('who')}\s{does})")
    add("unless_office", words("owners"), rf"\s(?:\w+\s)?{kin},\s{an}(?:\w+\s)?{person}")
    add("unless_harm", words("one"), rf"\s(?!{any_of('public')}(?!\w))\w+{any_of('agents')},?\s{any_of('who')}")
    add("unless_harm", words("bears"), rf"\s(?:\w+\s){{0,2}}?{any_of('health')}")
    add("unless_harm", words("numbered_units"), r"\s\d{2,4}")
    add("unless_harm", words("beside_persons"), rf"[\s-]{person}")
    add("unless_harm", words("labels"), rf"\s{any_of('label_links')}\s\w+")
    add("initial", _LETTERS, r"\.(?=[,;]|\s[a-z])")
    add("years", words("aged"), rf"\s{young}")
    add("several", [f"{word}{ending}" for word in trades for ending in words("plural_endings")])

    others = [*people, *words("owners"), *(word for kind in _AROUND for word in words(kind))]
    kinds = {kind: any_of(kind) for kind in (*_DETAILS, *_AROUND)}
    kinds |= {"owner": any_of("owners"), "person": any_of("bare"), "trade": person}
    return Traits(
        details=phrases.opening([*people, *(word for kind in (*_DETAILS, *_SOMEBODY) for word in words(kind))]),
        around=Opening(rf"(?<!\w)(?:(?P<relative>{own})|{alternation(others)})(?!\w)", others),
        young=re.compile(rf"(?<!\w){young}[\s-]{any_of('years')}|{any_of('aged')}\s{young}"),
        before={
            "several": re.compile(rf"(?<!\w){any_of('few')}\s(?:\w+\s)?\Z"),
            "home": re.compile(rf"(?<!\w){alternation([*speech('articles'), *words('owners')])}\s(?:[\w-]+\s)?\Z"),
            "dwelling": re.compile(rf"(?<!\w){any_of('owners')}\s(?:[\w-]+\s)?\Z"),
        },
        trait_of=_trait_of(kinds),
        given=given_names(),
        nobody=Ending(rf"(?<!\w){any_of('nobody_told')}\s\Z", words("nobody_told")),
    )


def _add_homes(phrases: _Phrases, lexicon: Lexicon) -> None:
    """Add what a home is told by: its floor, its colour, what it stands beside."""
    add, any_of = phrases.add, functools.partial(lexicon.any_of, "traits")
    words, floor = functools.partial(lexicon.words, "traits"), lexicon.any_of("sensitive", "floors")
    add("always", words("ordinals"), rf"\s{any_of('dwellings')}")
    add("always", words("located"), rf"\s(?:[\w,]+\s){{0,7}}?{any_of('standing')}")
    add("always", words("painted"), rf"(?:\s\w+){{0,6}}?,\s{any_of('the_one')}")
    add("always", words("dwellings"), rf"\s(?:\w+\s){{1,2}}{any_of('ordinals')}\s{floor}")
    add("always", words("ordinals"), rf"[\s-]{floor}\s(?:\w+\s)?{any_of('dwellings')}")
    add("unless_harm", words("ordinals"), rf"[\s-]{floor}")
    colour, thing = words("colours"), words("painted")
    first, then = (colour, thing) if lexicon.table("traits")["colour_first"] else (thing, colour)
    add("painted", first, rf"\s(?:\w+\s){{0,2}}?{alternation(then)}")
    add("painted", thing, rf",\s(?:\w+\s)?{alternation(colour)}")
    add("home", lexicon.words("sensitive", "numbered_homes"))
    add("dwelling", words("dwellings"))


def _trait_of(kinds: dict[str, str]) -> Callable[[str], str]:
    """Return what tells the trait that a found word shows: the first of ``kinds`` whose expression it fits."""
    every = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))

    @functools.lru_cache(maxsize=_REMEMBERED)
    def trait(word: str) -> str:
        found = every.fullmatch(word)
        return (found and found.lastgroup) or ""

    return trait
