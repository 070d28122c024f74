"""The one victim a verb speaks of without counting: a name, a noun with an article, a pronoun, or the verb alone.

Only asked about verbs that govern no counted group: "José Pérez, 34, died", "strangled the notary",
"Grocer shot dead in Petare", "lo mataron", "murió en el acto". Which nouns are persons need not be
known; verbs that things can suffer too ("fell", "hit") are left to the groups.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.reading.fates import follows, rules_of
from mapper.reading.lexicon import alternation, given_names
from mapper.text import fold

if TYPE_CHECKING:
    from mapper.reading.lexicon import Lexicon

__all__ = ["Victims"]

_LOOK_CHARS, _BESIDE_CHARS = 130, 12
_ASIDE = re.compile(
    r",[^,;:.!?]{1,80}(?:,\s(?:de\s)?\d{1,3}\b[^,;:.!?]{0,20})?,|\([^)]{1,60}\)|\s[-–—]\s[^-–—;:.!?]{1,60}\s[-–—](?=\s)"
)
_CLAUSE = re.compile(r"[;:!?“”\"«»•|\n]|\.\s|\s[-–—]\s")
_CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w'’-]+\.?"
_NAME = rf"{_CAPITAL}(?:\s(?:(?:de|del|la|los|da)\s){{0,2}}(?:{_CAPITAL}|[“\"«'‘][^”\"»'’]{{1,25}}[”\"»'’])){{0,4}}"
_NAME_BEFORE = re.compile(rf"(?<![\w’'-])({_NAME})\s*$")
_NAME_BEHIND = re.compile(rf"\s(?:a\s)?({_NAME})")
_AGE = re.compile(r"\s?[,(]\s?(?:de\s)?\d{1,3}\b")
_AGED = r"(?:\s?\((?:de\s)?\d{1,3}[^)]{0,25}\)|,\s(?:de\s)?\d{1,3}(?:\s[^,;:.!?]{1,25})?)"
_NAME_WHOLE = re.compile(_NAME)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class _Rules:
    before: re.Pattern[str]
    behind: re.Pattern[str]
    headed: re.Pattern[str]
    followed: re.Pattern[str]
    further: re.Pattern[str]
    subject: re.Pattern[str]
    object_before: re.Pattern[str]
    object_behind: re.Pattern[str]
    held: re.Pattern[str]
    no_person: re.Pattern[str]
    locative: re.Pattern[str]
    plural: re.Pattern[str]
    loose: re.Pattern[str]
    given: frozenset[str]
    drops_subject: bool
    opening: re.Pattern[str]
    joined: re.Pattern[str]
    relative: re.Pattern[str]
    closing: re.Pattern[str]
    linked: re.Pattern[str]
    held_first: re.Pattern[str]
    named_first: re.Pattern[str]
    next_name: re.Pattern[str]
    first: re.Pattern[str]
    pronoun: re.Pattern[str]
    contracted: re.Pattern[str]
    beside: re.Pattern[str]


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    any_of, words = functools.partial(lexicon.any_of, "quantities"), functools.partial(lexicon.words, "quantities")
    endings = alternation(words("plural_endings")) + "?"
    determiner = any_of("determiners", "definite")
    stop = any_of("not_within", "auxiliaries", "definite_plural")
    phrase = rf"(?P<noun>(?:(?!{stop}\b)[^\W\d_][\w'’-]*\s){{0,3}}(?!{stop}\b)[^\W\d_][\w'’-]*)"
    link = rf"\s{any_of('name_links', 'asides')}\s[^,;:.!?]*"
    joiner = lexicon.any_of("numbers", "joiners")
    weekday = alternation(lexicon.numbers("dates", "weekdays"))
    said = alternation(
        [
            *(
                word
                for key in ("things", "unknowing", "families", "households", "persons_plural")
                for word in words(key)
            ),
            *lexicon.numbers("numbers", "values"),
            *lexicon.numbers("dates", "weekdays"),
            *lexicon.numbers("dates", "months"),
        ]
    )
    return _Rules(
        before=re.compile(rf"(?<!\w){determiner}\s(?:\d{{1,3}}-[\w-]+\s)?{phrase}(?:{link})?\s*$"),
        behind=re.compile(rf"\s{determiner}\s{phrase}"),
        headed=re.compile(rf"\W*(?P<noun>(?:(?!{stop}\b)[\w'’-]+\s){{0,3}}?{any_of('persons')})(?:{link})?\s*$"),
        followed=re.compile(rf"\s(?:(?!{stop}\b)[\w'’-]+\s){{0,2}}?{any_of('persons')}(?!\w)"),
        further=re.compile(
            rf"\s(?:{any_of('determiners')}\s{phrase}|{any_of('persons')}(?!\w)|{any_of('nicknamed')}\s\W?\w+)"
        ),
        subject=re.compile(rf"(?<!\w){any_of('subjects')}\s(?:\w+\s){{0,3}}$"),
        object_before=re.compile(rf"(?<!\w){any_of('objects_before')}\s$"),
        held=rules_of(lexicon).held,
        object_behind=re.compile(rf"\s{any_of('objects_behind')}(?=\W*(?:$|[,.;:)]|\s{any_of('followers')}\b))"),
        # where verbs take no pronoun before them a noun phrase ends with its head ("the gang leader")
        no_person=re.compile(rf"(?:^|.*\s){said}{endings}" + (r"(?:\s|$)" if words("objects_before") else "$")),
        locative=re.compile(rf"(?<!\w){any_of('not_within', 'followers', 'labels')}\s$"),
        plural=re.compile(rf"{any_of('plural_verbs')}\b"),
        loose=re.compile(any_of("loose")),
        given=given_names(),
        drops_subject=bool(words("objects_before")),
        relative=re.compile(rf"(?<!\w){joiner}\s(?:(?P<his>{any_of('possessives')})|{any_of('determiners')})\s"),
        joined=re.compile(rf"(?<!\w){any_of('coordinators')}\s$"),
        opening=re.compile(rf"(?:[,;:.]|(?<!\w){any_of('coordinators', 'taking_up')})\s$"),
        pronoun=re.compile(alternation(word for word in words("subjects") if word not in words("others"))),
        contracted=re.compile(any_of("contracted")),
        first=re.compile(
            rf"(?P<mark>\s{any_of('object_marks')})?\s{determiner}\s{phrase}(?:{link})?,?\s{joiner}"
            rf"(?:\s{any_of('object_marks')})?\s"
        ),
        linked=re.compile(rf"{joiner}\s$"),
        named_first=re.compile(rf"\s(?:a\s)?({_NAME}){_AGED}?,?\s{joiner}\s(?:a\s)?"),
        next_name=re.compile(
            rf"{_AGED}?(?:,\s|,?\s{joiner}\s)(?:{any_of('object_marks')}\s)?({_NAME})(?=(?P<age>{_AGED})?)"
        ),
        held_first=re.compile(rf"\s(?P<held>{any_of('objects_behind')})\s{joiner}\s"),
        beside=re.compile(
            rf"(?<![\w’'-])({_NAME})(?P<age>{_AGED})?(?:,\s|,?\s{joiner}\s)"
            rf"(?:(?:{any_of('possessives')})\s(?:[^\W\d_]+\s){{1,2}})?$"
        ),
        closing=re.compile(rf"\W*$|[,.;:)]|\s(?:{any_of('followers')}|{any_of('definite')}\s{weekday})\b"),
    )


class Victims:
    """Finds, in one text, the uncounted victim of a verb.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    lexicon
        The language's words.
    """

    def __init__(self, text: str, folded: str, lexicon: Lexicon) -> None:
        self.text, self.folded, self._rules = text, folded, _rules(lexicon)
        self._lexicon = lexicon

    def of(
        self, verb: tuple[int, int], words: str, sentence: tuple[int, int], kinds: frozenset[str], *, passive: bool
    ) -> tuple[int, int] | None:
        """Return where the victim of a verb stands, or the verb itself where its subject is left out; or None.

        Parameters
        ----------
        verb, sentence
            Offsets of the verb with its auxiliary, and of the sentence.
        words, kinds, passive
            The verb's own words, the constructions it is known in, and whether an auxiliary opens it.
        """
        start, end = verb
        object_ = "transitive" in kinds and not passive
        if object_ and (pronoun := self._object(start, end, sentence[1])):
            return pronoun
        if object_ and self._rules.held.search(words):
            return verb  # "shot him dead"
        if self._rules.loose.fullmatch(words):
            return self._pronoun(start, sentence[0]) if passive and not self._rules.drops_subject else None
        subject = "intransitive" in kinds or (passive and bool(kinds & {"participles", "passive"}))
        found = None
        if subject or "participles" in kinds:
            found = self._before(start, sentence[0], headline=not passive, bare=not subject)
        plural = self._rules.plural.match(self.folded, start)
        if found and plural and not self._is_last(found[0], sentence[0]):
            return None  # "three of his friends were killed" by a number that is not known here
        inverted = "participles" in kinds and self._rules.drops_subject and self._opens(start, sentence[0])
        if found is None and (object_ or inverted or (subject and self._rules.drops_subject)):
            found = self._behind(start, end, sentence[1], objects=object_)
        if found is None and inverted:
            found = self._further_on(end, sentence[1])
        if found is None and subject and self._rules.drops_subject and not plural:
            found = verb if self._alone(start, end, sentence) else None
        return found

    def beside(self, start: int, floor: int) -> tuple[int, int] | None:
        """Return who is named right before "and" and the victim at ``start``: "Luis Mora and a clerk died"."""
        relative = self._rules.relative.search(self.folded, max(floor, start - _BESIDE_CHARS), start + _BESIDE_CHARS)
        led = relative is not None and self._rules.linked.search(self.folded, relative.start(), start)
        if relative is None or led is None:
            return None
        return self._before(relative.start(), floor, headline=False, bare=relative["his"] is None)

    def takes_up(self, span: tuple[int, int]) -> bool:
        """Tell whether a victim is a pronoun, which takes up a person told of before."""
        return self._rules.pronoun.match(self.folded, *span) is not None

    def is_relative(self, span: tuple[int, int]) -> bool:
        """Tell whether a victim is a relative pronoun, which tells more of the person right before it."""
        return self.folded[slice(*span)].strip() in self._lexicon.words("traits", "who")

    def _pronoun(self, start: int, floor: int) -> tuple[int, int] | None:
        """Return the pronoun right before a verb that things can suffer too: "he was found dead"."""
        found = self._rules.pronoun.search(self.folded, max(floor, start - _BESIDE_CHARS), start)
        alone = found and found.end() == start - 1 and not self.folded[found.start() - 1 : found.start()].isalnum()
        return (found.start(), found.end()) if found and alone else None

    def listed(self, start: int, floor: int) -> list[tuple[int, int]]:
        """Return the names that stand in one list before the name at ``start``, the nearest first."""
        found: list[tuple[int, int]] = []
        while name := self._rules.beside.search(self.text, max(floor, start - _LOOK_CHARS), start):
            first = fold(name[1]).split()[0].rstrip(".")
            if not name["age"] and first not in self._rules.given:
                break  # "En Petare, Luis Mora y Ana Gómez murieron"
            found.append((name.start(1), name.end(1)))
            start = name.start(1)
        return found

    def beside_each_other(self, span: tuple[int, int], verb: int, sentence: tuple[int, int]) -> list[tuple[int, int]]:
        """Return a victim with those whose names stand in one list with it, on the same side of the verb, in order."""
        if span[0] < verb:
            return [*reversed(self.listed(span[0], sentence[0])), span]
        return [span, *self.listed_behind(*span, sentence[1])]

    def listed_behind(self, start: int, end: int, ceiling: int) -> list[tuple[int, int]]:
        """Return the names that stand in one list behind the name between ``start`` and ``end``."""
        found: list[tuple[int, int]] = []
        if not _NAME_WHOLE.fullmatch(self.text, start, end):
            return found
        while name := self._rules.next_name.match(self.text, end, ceiling):
            if not name["age"] and fold(name[1]).split()[0].rstrip(".") not in self._rules.given:
                break
            end = name.end(1)
            found.append((name.start(1), end))
        return found

    def first_of_two(self, start: int, end: int) -> tuple[int, int] | None:
        """Return who stands between a verb and the person it governs: "shot a locksmith and a nurse"."""
        held = self._rules.held_first.fullmatch(self.folded, start, end)
        if held:
            return start + 1, held.end("held")  # "killed him and his wife"
        named = self._rules.named_first.fullmatch(self.text, start, end)
        if named and fold(named[1]).split()[0] in self._rules.given:
            return named.start(1), named.end(1)  # "killed Ana Mora and her son"
        first = self._rules.first.fullmatch(self.folded, start, end)
        if not first or not self._may_be_one(first["noun"]):
            return None
        return (first.end("mark") if first["mark"] else start) + 1, first.end("noun")

    def _before(self, start: int, floor: int, *, headline: bool, bare: bool) -> tuple[int, int] | None:
        """Return the subject right before a verb; asides between commas are passed over."""
        rules, floor = self._rules, max(floor, start - _LOOK_CHARS)
        window, named = self.folded[floor:start], self.text[floor:start]
        masked = window
        for aside in _ASIDE.finditer(window):
            blank = " " * len(aside[0])
            masked = masked[: aside.start()] + blank + masked[aside.end() :]
            named = named[: aside.start()] + blank + named[aside.end() :]
        masked, named = masked.rstrip(", "), named.rstrip(", ")
        cut = max([match.end() for match in _CLAUSE.finditer(masked)] + [masked.rfind(",") + 1, 0])
        if headline and (cut or floor + _LOOK_CHARS != start):  # "Grocer shot dead in Petare"
            headed = rules.headed.match(masked, cut)
            if headed:
                return floor + headed.start("noun"), floor + headed.end("noun")
        pronoun = rules.subject.search(masked + " ", cut)
        if pronoun:
            return floor + pronoun.start(), floor + len(masked)
        name = _NAME_BEFORE.search(named, cut)
        if name and self._is_person(name, masked, window):
            return floor + name.start(1), floor + name.end(1)
        if bare:
            return None
        for word in reversed([*_WORD.finditer(masked, cut)]):
            match = rules.before.match(masked, word.start())
            if match and self._may_be_one(match["noun"]):
                return floor + match.start(), floor + match.end("noun")
        return None

    def _object(self, start: int, end: int, ceiling: int) -> tuple[int, int] | None:
        """Return a verb with the pronoun that is its object: "lo mataron", "killed him"."""
        pronoun = self._rules.object_before.search(self.folded, max(0, start - 8), start)
        if pronoun:
            return pronoun.start(), end
        pronoun = self._rules.object_behind.match(self.folded, end, ceiling)
        return (start, pronoun.end()) if pronoun else None

    def _behind(self, start: int, end: int, ceiling: int, *, objects: bool) -> tuple[int, int] | None:
        """Return the object of a verb, or the subject that stands behind it."""
        rules, folded = self._rules, self.folded
        name = _NAME_BEHIND.match(self.text, end, ceiling)
        if name and (fold(name[1]).split()[0] in rules.given or " " in name[1] or _AGE.match(folded, name.end())):
            return name.start(1), name.end(1)
        followed = rules.followed.match(folded, end, ceiling)
        if followed and not rules.plural.match(folded, start):  # "Matan a comerciante en Petare"
            return followed.start() + 1, followed.end()
        match = rules.behind.match(folded, end, ceiling)
        if match and not objects and rules.contracted.match(folded, end + 1):
            return None  # "murieron del susto", "murió al caer"
        return (match.start() + 1, match.end()) if match and self._may_be_one(match["noun"]) else None

    def _further_on(self, end: int, ceiling: int) -> tuple[int, int] | None:
        """Return the subject of an opening participle behind how or where: "Muerto a golpes un hombre"."""
        for match in self._rules.further.finditer(self.folded, end, min(ceiling, end + _LOOK_CHARS)):
            if follows(self.folded, end, match.start() + 1, rules_of(self._lexicon)):
                return (match.start() + 1, match.end()) if self._may_be_one(match["noun"] or "") else None
        return None

    def _is_person(self, name: re.Match[str], masked: str, window: str) -> bool:
        """Tell whether a name in front of a verb is its subject: not "in Petare died"."""
        first = fold(name[1]).split()[0].rstrip(".")
        known = first in self._rules.given or _AGE.match(window, name.end(1)) is not None
        led = self._rules.locative.search(masked[: name.start(1)])
        if led and known and self._rules.linked.fullmatch(led[0]):
            led = None  # "Ana Gómez y Luis Mora murieron"
        if led or self._rules.locative.match(first + " ") or self._rules.no_person.match(first):
            return False
        full = " " in name[1] and not name[1].isupper()
        return full or known or first in self._surnames

    @functools.cached_property
    def _surnames(self) -> frozenset[str]:
        """Return the surnames of those whom the text names in full, who may later stand without their first name."""
        names = [fold(name[0]).split() for name in _NAME_WHOLE.finditer(self.text)]
        return frozenset(word for given, *others in names if given in self._rules.given for word in others)

    def _is_last(self, start: int, floor: int) -> bool:
        """Tell whether another victim is named right before: "the barber and his son were killed"."""
        joined = self._rules.joined.search(self.folded, max(floor, start - 12), start)
        return joined is not None or bool(self.listed(start, floor))

    def _may_be_one(self, noun: str) -> bool:
        """Tell whether a noun phrase may be one person: not a thing, nor an unknown number ("the thieves")."""
        many = noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
        return not many and not self._rules.no_person.match(noun)

    def _alone(self, start: int, end: int, sentence: tuple[int, int]) -> bool:
        """Tell whether a verb opens and fills its clause, so that its subject is the person spoken of before."""
        return self._opens(start, sentence[0]) and self._rules.closing.match(self.folded, end, sentence[1]) is not None

    def _opens(self, start: int, floor: int) -> bool:
        """Tell whether a verb opens its clause."""
        return start == floor or self._rules.opening.search(self.folded, max(floor, start - 12), start) is not None
