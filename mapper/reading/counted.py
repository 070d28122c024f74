"""Groups of people a text counts: "22 delinquents", "una decena de lesionados", "a sergeant", "nadie".

A :class:`Group` is a number and the noun it counts; where the noun itself tells what happened
("tres muertos", "no injuries") it already has a measure. Everything else is for ``quantities``.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from mapper.model import Estimate, Measure
from mapper.reading.ages import without_ages
from mapper.reading.figures import names_something
from mapper.reading.lexicon import alternation
from mapper.reading.numbers import find_numbers
from mapper.reading.words import Ending, Opening, most_blanks, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapper.reading.lexicon import Lexicon
    from mapper.reading.numbers import Number

__all__ = ["Group", "find_groups", "measure_tables"]

_WINDOW_CHARS = 96
# So many words may stand between an article and its noun.
_FILLERS = 3
_NAME = re.compile(r"[A-ZÁÉÍÓÚÑ][\w.'’-]+(?:\s[A-ZÁÉÍÓÚÑ][\w'’-]+){0,3}")
_QUOTES = " \"“”«»'\n"


@dataclass(slots=True)
class Group:
    """People counted at ``text[start:end]``.

    ``noun`` is the folded head noun, "" for a bare number; ``known`` whether it is a word for people;
    ``counted`` is False for a single person without a number ("a sergeant"), ``definite`` marks "the
    officer", ``part`` those counted already ("including two minors") or, in a denial, those that were not ("no one
    else"); ``own`` whether the noun itself gave the measure, ``whole`` the number a part is taken
    from ("one of four people"); ``corrects`` marks what replaces the count before it ("raised it to
    four"). ``cue`` is the span of what gave the measure otherwise; ``within`` what those suffered whom a part is of.
    """

    start: int
    end: int
    value: Estimate
    who: str = ""
    noun: str = ""
    hedged: bool = False
    counted: bool = True
    known: bool = True
    definite: bool = False
    part: bool = False
    cumulative: bool = False
    measure: Measure | None = None
    own: bool = False
    whole: Estimate | None = None
    corrects: bool = False
    cue: tuple[int, int] | None = None
    within: Measure | None = None

    @property
    def zero(self) -> bool:
        """Whether the group is a denial: nobody, no one, no heridos."""
        return self.value.high == 0


@dataclass(frozen=True)
class _Rules:
    after_number: re.Pattern[str]
    unknown_noun: re.Pattern[str]
    bare: re.Pattern[str]
    single: Opening
    denial: Opening
    toll: Ending
    toll_behind: re.Pattern[str]
    rising: re.Pattern[str]
    wounded: re.Pattern[str]
    dead_before: re.Pattern[str]
    soft_label: Ending
    subset: re.Pattern[str]
    of_them: re.Pattern[str]
    both: re.Pattern[str]
    part: Ending
    ratio: Ending
    died: re.Pattern[str]
    either: re.Pattern[str]
    elided: Opening
    group_of: Ending
    link: re.Pattern[str]
    according: Ending
    aged: re.Pattern[str]
    aged_alike: re.Pattern[str]
    corrected: Ending
    echoed: Ending
    ends: re.Pattern[str]
    definite: re.Pattern[str]
    per_side: re.Pattern[str]
    measure_of: Mapping[str, Measure]
    units: Mapping[str, str]


def measure_tables(lexicon: Lexicon) -> dict[Measure, dict[str, Any]]:
    """Return the lexicon's word lists for each measure."""
    tables = lexicon.table("quantities")["measures"]
    return {Measure(name): table for name, table in tables.items()}


@functools.cache
def _rules(lexicon: Lexicon) -> _Rules:
    any_of, words = functools.partial(lexicon.any_of, "quantities"), functools.partial(lexicon.words, "quantities")
    endings = alternation(words("plural_endings")) + "?"
    person = rf"(?:(?:\d{{1,3}}-)?{any_of('persons')})"
    families = any_of("families", "households")
    measure_of = {
        " ".join(noun.split()): measure for measure, table in measure_tables(lexicon).items() for noun in table["nouns"]
    }
    casualty = alternation(lexicon.table("quantities")["casualties"]["nouns"])
    compound = rf"(?!\w|\s{any_of('compounds')}(?!\w))"  # "a death threat"
    said = rf"{alternation(measure_of)}{compound}"
    people = rf"(?:{person}{endings}|{any_of('persons_plural')}|{families})"
    noun = rf"(?P<noun>{said}|{casualty}(?!\w)|{people}(?!\w)(?:\s{people}(?!\w)){{0,2}})"
    no_filler = any_of("not_within", "things", "auxiliaries", "families", "households", "unknowing")
    filler = rf"(?:(?!{no_filler}{endings}(?![\w-]))[\w'-]{{2,40}}\s\"?){{0,{_FILLERS}}}?"
    article = rf"(?P<article>(?:{any_of('one_of', 'definite', 'definite_plural')}\s))?"
    subset = rf"(?P<subset>{any_of('of_them')}(?!\w))"
    verbs = alternation(
        phrase
        for table in measure_tables(lexicon).values()
        for kind in ("participles", "passive", "intransitive", "transitive")
        for phrase in table[kind]
    )
    fates = "|".join(
        rf"(?P<{measure}>{alternation([*table['nouns'], *table['participles']])})"
        for measure, table in measure_tables(lexicon).items()
        if measure in {Measure.KILLED, Measure.INJURED}
    )
    no_noun = any_of("not_within", "followers", "things", "auxiliaries")
    determiner = rf"(?P<det>{any_of('determiners', 'definite')})"
    denial = rf"(?:{any_of('zero_verbs')}|{any_of('zero')})"
    no_count = rf"(?!\s{any_of('unknowing')})"  # "no casualty figures"
    nobody = rf"(?P<nobody>{any_of('zero_persons')})(?P<else>\s{any_of('else')})?"
    of_the = alternation(phrase for phrase in words("one_of") if " " in phrase)  # not the month of "30 de agosto"
    return _Rules(
        after_number=re.compile(rf"\s(?:{article}\"?{filler}{noun}|{subset}|(?P<more>{any_of('more')}(?!\w)))"),
        unknown_noun=re.compile(rf"\s(?:{of_the}\s)?\"?(?!(?:{no_noun}{endings}|{verbs})\b)([^\W\d_]{{3,40}})\"?"),
        bare=re.compile(rf"\W*$|\s?[,.;:)\"]|\s(?!{any_of('things')}{endings}\b)"),
        single=Opening(
            rf"(?<!\w){determiner}\s(?:(?P<hit>{said})(?!-)|{filler}(?P<noun>{person}(?:\s{person})?)(?!\w|['’]s\s{any_of('things')}(?!\w))|{subset})",
            [*words("determiners"), *words("definite")],
            needs=[*measure_of, *words("persons"), *words("of_them")],
            blanks=_FILLERS + 1 + most_blanks([*words("determiners"), *words("definite")]),
        ),
        denial=Opening(
            rf"(?<!\w)(?:{denial}\s{filler}{noun}{no_count}|{nobody}(?!\w))",
            [*words("zero_persons"), *words("zero_verbs"), *words("zero")],
        ),
        toll=Ending(
            rf"(?<!\w)(?:(?P<noun>{said})|{any_of('tolls')})(?:\W{{0,2}}:\s|\s(?:{any_of('toll_fillers')}\s)?"
            rf"(?:(?!{said}\b)[\w'’-]+\s){{0,8}}?{any_of('rises')}\s)$|(?<!\w)(?<!de\s)(?<!of\s){any_of('definite_plural')}\s(?P<listed>{said}),\s$",
            [*words("rises"), ":", ","],
        ),
        toll_behind=re.compile(
            rf"\s{any_of('definite')}\s(?:{any_of('numbers_of')}\s(?:{people}\s)?(?:{fates})|{any_of('tolls')})(?!\w)"
        ),
        rising=re.compile(rf"(?<!\w){any_of('rises')}\s$"),
        wounded=re.compile(rf"\s{any_of('wounds_or_wounded')}(?!\w)"),
        dead_before=re.compile(
            rf"(?<!\w){alternation(measure_tables(lexicon)[Measure.KILLED]['participles'])}\s{any_of('coordinators')}\s$"
        ),
        soft_label=Ending(rf"(?<!\w){any_of('labels', 'soft_labels')}\s$", [*words("labels"), *words("soft_labels")]),
        subset=re.compile(rf"\s{any_of('one_of')}\s"),
        of_them=re.compile(rf"\s{any_of('of_them')}(?!\w)"),
        both=re.compile(any_of("both")),
        ratio=Ending(rf"(?<!\w){any_of('ratios')}\s$", words("ratios")),
        died=re.compile(rf"\s(?:\w+\s)?{alternation(measure_tables(lexicon)[Measure.KILLED]['intransitive'])}(?!\w)"),
        part=Ending(rf"(?<!\w){any_of('subset_before')}\s$", words("subset_before")),
        either=re.compile(rf"\s{any_of('either')}\s(?P<noun>{said})(?!\w)"),
        elided=Opening(
            rf"(?<!\w){any_of('elided')}"
            rf"(?=\s{any_of('places')}\s(?:{any_of('definite', 'definite_plural')}\s)?(?P<name>\w))",
            words("elided"),
        ),
        group_of=Ending(rf"(?<!\w){any_of('groups_of')}\s$", words("groups_of")),
        corrected=Ending(rf"(?<!\w){any_of('corrected')}\s$", words("corrected")),
        echoed=Ending(rf"(?<!\w){any_of('echoed')}\s$", words("echoed")),
        ends=re.compile(r"\W*$|[,.;:)]"),
        aged=re.compile(
            rf"\s{any_of('name_links')}\s(?:\d{{1,3}}|{alternation(lexicon.numbers('numbers', 'values'))})"
            rf"(?:\s{lexicon.any_of('traits', 'years')})?(?!\w)"
        ),
        aged_alike=re.compile(
            rf"\s{lexicon.any_of('sensitive', 'age_words')}\s\d{{1,2}}(?:,\s\d{{1,2}})*"
            rf"\s{lexicon.any_of('numbers', 'joiners')}\s\d{{1,2}}(?:\s{lexicon.any_of('traits', 'years')})?(?!\w)"
        ),
        according=Ending(
            rf"(?<!\w){lexicon.any_of('attribution', 'according')}\s$", lexicon.words("attribution", "according")
        ),
        link=re.compile(rf"\s{any_of('name_links')}\s"),
        definite=re.compile(rf"{any_of('definite')}$"),
        per_side=re.compile(rf"\s{any_of('per_side')}(?!\w)"),
        measure_of=measure_of,
        units=dict.fromkeys(words("families"), "families") | dict.fromkeys(words("households"), "households"),
    )


def find_groups(text: str, folded: str, lexicon: Lexicon) -> list[Group]:
    """Return the counted groups of a text in order, without overlap; of overlapping readings the longest.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    lexicon
        The language's words.
    """
    rules = _rules(lexicon)
    groups = [
        *_denied(text, folded, rules),
        *_numbered(text, folded, rules, lexicon),
        *_single(text, folded, rules),
        *_elided(text, folded, rules),
    ]
    kept: list[Group] = []
    for group in sorted(groups, key=lambda item: (item.start, -item.end)):
        if not kept or group.start >= kept[-1].end:
            group.part = group.part or bool(rules.part.search(folded[max(0, group.start - 24) : group.start]))
            kept.append(group)
        elif group.end - group.start > kept[-1].end - kept[-1].start and not kept[-1].zero:
            kept[-1] = group
    return kept


def unit_of(group: Group, lexicon: Lexicon) -> str:
    """Return "families", "households" or "persons"."""
    return _rules(lexicon).units.get(group.noun.split(" ")[-1], "persons")


def _numbered(text: str, folded: str, rules: _Rules, lexicon: Lexicon) -> Iterator[Group]:
    numbers = without_ages(find_numbers(folded, lexicon), folded, lexicon)
    for number, following in zip_longest(numbers, numbers[1:]):
        nested = following if following and rules.subset.fullmatch(folded[number.end : following.start]) else None
        if nested and number.counted and (part := _part(text, folded, number, nested, rules)):
            yield part
            continue
        before = folded[max(0, number.core - _WINDOW_CHARS) : number.core]
        if number.counted and not rules.ratio.search(before) and not names_something(text, folded, number, lexicon):
            group = _after(text, folded, number, rules)
            if group and (following is None or group.end <= following.core or not following.counted):
                yield group


def _part(text: str, folded: str, number: Number, whole: Number, rules: _Rules) -> Group | None:
    """Return those that ``number`` takes from ``whole`` ("two of the four robbers"), None where the noun says more."""
    group = _after(text, folded, whole, rules)
    if group is None:
        return None
    verb = " ".join(["", *folded[max(0, number.start - _WINDOW_CHARS) : number.start].split()[-1:]])
    if group.measure is Measure.INJURED and (rules.died.match(folded, group.end) or rules.died.fullmatch(verb)):
        group.measure, group.own, group.noun = None, False, ""  # "two of the five wounded died"
    elif not group.noun or group.noun in rules.measure_of:
        return None
    of_those = len(folded[number.end : whole.start].split()) > 1  # "of the four": the rest are none of the dead
    group.start, group.value, group.whole = number.start, number.value, None if of_those else group.value
    return group


def _after(text: str, folded: str, number: Number, rules: _Rules) -> Group | None:
    """Return the group that ``number`` counts, or None where it counts no people."""
    group = Group(number.start, number.end, number.value, hedged=number.hedged)
    before = folded[max(0, number.start - _WINDOW_CHARS) : number.start]
    behind = rules.toll_behind.match(folded, number.end)
    if behind and rules.rising.search(before):  # "sube a cuatro la cifra de muertos", "... de heridos"
        group.cumulative, group.own, group.measure = True, True, Measure(behind.lastgroup or Measure.KILLED)
        return group
    match = rules.after_number.match(folded, number.end)
    if match:
        return _with_noun(text, folded, number, match, rules)
    toll, group_of = rules.toll.search(before), rules.group_of.search(before)
    if toll and rules.bare.match(folded, number.end):
        group.cumulative, group.own = True, True
        noun = " ".join((toll["noun"] or toll["listed"] or "").split())
        group.measure = rules.measure_of.get(noun, Measure.KILLED)
    elif rules.corrected.search(before) and rules.bare.match(folded, number.end):
        group.cumulative, group.own, group.corrects = True, True, True
    elif rules.echoed.search(before) and rules.ends.match(folded, number.end):
        group.own = group.corrects = True  # "the ministry said twelve"
    elif rules.wounded.match(folded, number.end) and rules.dead_before.search(before):
        group.measure, group.own, group.known = Measure.INJURED, True, True
    elif group_of:
        group.start, group.who = number.start - len(group_of[0]), group_of[0].strip()
    elif before.endswith(", ") and folded.startswith(",", number.end):
        return None  # an age: "A student, 23, was shot"
    elif rules.soft_label.search(before):
        return None
    else:
        return _unknown(text, folded, number, group, rules)
    return group


def _unknown(text: str, folded: str, number: Number, group: Group, rules: _Rules) -> Group | None:
    """Return the group of a number with a noun that is no word for people, or with none."""
    group.known = False
    group.part = rules.both.fullmatch(folded, number.core, number.end) is not None
    unknown = rules.unknown_noun.match(folded, number.end)
    if unknown:
        group.noun, group.end = unknown[1], unknown.end()
        group.who = text[unknown.start() : unknown.end()].strip(_QUOTES)
    elif not rules.bare.match(folded, number.end):
        return None
    return group


def _with_noun(text: str, folded: str, number: Number, match: re.Match[str], rules: _Rules) -> Group:
    """Return the group of a number with its noun ("22 delinquents"), or with "of them", "more"."""
    who = text[match.start() : match.end()].strip(_QUOTES)
    group = Group(number.start, match.end(), number.value, who, hedged=number.hedged)
    if not match["noun"]:
        group.known = group.part = match["subset"] is not None
        return group
    group.noun = " ".join(match["noun"].split())
    _link_name(text, folded, group, rules)
    aged = rules.aged_alike.match(folded, group.end)
    group.end = aged.end() if aged else group.end  # "three men aged 19, 22 and 30"
    _per_side(folded, group, rules)
    group.cumulative = match["article"] is not None and rules.subset.match(folded, number.end) is None
    # "two of the wounded": part of those counted before, whose own fate a cue has to tell
    group.part = rules.of_them.match(folded, number.end) is not None  # "two of them dead"
    part_of = not (number.collective or group.part) and rules.subset.match(folded[number.end : match.start("noun")])
    if group.noun in rules.measure_of and not part_of:
        group.measure, group.own = rules.measure_of[group.noun], True
    if group.measure is Measure.DISPLACED and group.value.best == 1:  # "one displaced resident" speaks
        group.measure, group.own, group.counted = None, False, False
    return group


def _single(text: str, folded: str, rules: _Rules) -> Iterator[Group]:
    """Yield single persons: "a 17-year-old protester", "un muerto", "una de ellas", "the officer"."""
    for match in words_of(folded).find(rules.single):
        if rules.according.search(folded[max(0, match.start() - _WINDOW_CHARS) : match.start()]):
            continue  # "según la policía murieron dos"
        definite = rules.definite.match(match["det"]) is not None
        start = match.start() if definite else match.end("det")
        noun = " ".join((match["hit"] or match["noun"] or "").split())
        group = Group(match.start(), match.end(), Estimate(1, 1, 1), noun=noun, counted=False, definite=definite)
        group.who = text[start : match.end()].strip(_QUOTES)
        group.part = match["subset"] is not None
        _link_name(text, folded, group, rules)
        aged = rules.aged.match(folded, group.end)
        group.end = aged.end() if aged else group.end  # "su hijo de 24 años"
        if noun in rules.measure_of:
            if definite:  # "el herido" was counted where he was first named
                continue
            group.measure, group.own, group.counted = rules.measure_of[noun], True, True
            _per_side(folded, group, rules)
        yield group


def _elided(text: str, folded: str, rules: _Rules) -> Iterator[Group]:
    """Yield one more of those counted before, told by the place alone: "two were killed in X and another in Y"."""
    for match in words_of(folded).find(rules.elided):
        if text[match.start("name")].isupper():
            yield Group(match.start(), match.end(), Estimate(1, 1, 1), known=False)


def _denied(text: str, folded: str, rules: _Rules) -> Iterator[Group]:
    """Yield denials: "nobody", "no injuries", "ningún funcionario", "no hubo policías"."""
    for match in words_of(folded).find(rules.denial):
        noun = " ".join((match["noun"] or "").split())
        group = Group(match.start(), match.end(), Estimate(0, 0, 0), match[0], noun, part=match["else"] is not None)
        group.who = text[match.start() : match.end()]
        if noun in rules.measure_of:
            group.measure, group.own = rules.measure_of[noun], True
        yield group
        either = rules.either.match(folded, match.end())  # "no deaths or injuries"
        if either:
            second = Group(either.start("noun"), either.end(), Estimate(0, 0, 0), text[either.start() : either.end()])
            second.noun = " ".join(either["noun"].split())
            second.measure, second.own = rules.measure_of[second.noun], True
            yield second


def _link_name(text: str, folded: str, group: Group, rules: _Rules) -> None:
    """Let "a sergeant with the National Guard" reach to the end of the name."""
    link = rules.link.match(folded, group.end)
    name = _NAME.match(text, link.end()) if link else None
    if name and group.noun not in rules.measure_of:
        group.who += text[group.end : name.end()]
        group.end = name.end()


def _per_side(folded: str, group: Group, rules: _Rules) -> None:
    """Count those of both sides: "one dead on each side"."""
    if group.noun in rules.measure_of and group.value.best and rules.per_side.match(folded, group.end):
        group.value = Estimate(2 * group.value.best, 2 * group.value.best, 2 * group.value.best)
