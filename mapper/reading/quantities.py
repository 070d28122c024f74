"""Quantities: who was killed, hurt, arrested, displaced or sent, and how many.

First the groups of people a sentence counts ("22 delinquents", "a sergeant", "nadie"), then the cues
of its lexicon that say what happened to them ("were killed", "dejó", "heridos"). Each cue is tied to
the group it governs; what is coordinated shares its measure ("22 delinquents had been killed as well
as a sergeant and three police officers"). Finding the groups is the business of ``counted``.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING

from mapper.model import Estimate, Measure, Quantity
from mapper.reading.company import add_company
from mapper.reading.coordination import deny_alike, share_measures
from mapper.reading.counted import Group, find_groups, unit_of
from mapper.reading.fates import Fate, Rules, find_fates, follows, rules_of, taking_up
from mapper.reading.governing import NEAR_WORDS, OTHER_CHARS, governed, left_of
from mapper.reading.itemised import mark_items, spread, without_trades
from mapper.reading.multiples import with_multiples
from mapper.reading.parts import (
    bury,
    bury_the_hurt,
    correct,
    count_parts,
    died_of_wounds,
    place_parts,
    told_already,
    with_their_items,
    without_old_deeds,
)
from mapper.reading.victims import Victims
from mapper.reading.words import words_of
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.model import Span
    from mapper.reading.lexicon import Lexicon

__all__ = ["find_quantities"]

_TOTAL_CHARS = 45  # how far before a number a word for a total may stand; half of it behind
_CHAINED = 8  # groups; a verb that shares a far auxiliary passes over those who did it
_REST_CHARS = 400
_MIN_DEPLOYED = 10
_CASUALTIES = (Measure.KILLED, Measure.INJURED)


def find_quantities(text: str, folded: str, sentences: Sequence[Span], lexicon: Lexicon) -> tuple[Quantity, ...]:
    """Return what a text counts: persons, families and households, and what happened to them.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    sentences
        Sentence spans of the text, in order: nothing is tied together across their ends.
    lexicon
        The language's words.

    Returns
    -------
    tuple of Quantity
        In order of appearance. A denial ("no one was hurt") is an estimate of zero; a denial of
        casualties of any kind gives one for the dead and one for the wounded. Ages, sums, times,
        addresses and counts of things are left out.
    """
    rules = rules_of(lexicon)
    groups = with_multiples(find_groups(text, folded, lexicon), text, folded, lexicon)
    cues = list(find_fates(text, folded, rules))
    victims = Victims(text, folded, lexicon)
    quantities: list[Quantity] = []
    at_group = at_cue = 0
    for sentence in sentences:
        first_group, first_cue = at_group, at_cue
        while at_group < len(groups) and groups[at_group].start < sentence.end:
            at_group += 1
        while at_cue < len(cues) and cues[at_cue].start < sentence.end:
            at_cue += 1
        mine, here = without_old_deeds(folded, groups[first_group:at_group], cues[first_cue:at_cue], lexicon)
        mine = with_their_items(folded, mine, lexicon)
        mine = without_trades(text, mine, ((cue.start, cue.end) for cue in here), lexicon)
        mark_items(folded, mine, lexicon)
        free = _tie(folded, mine, here, sentence, rules)
        mine = sorted([*mine, *deny_alike(folded, mine, here, lexicon)], key=lambda group: group.start)
        share_measures(text, folded, mine, lexicon)
        spread(folded, mine, sentence.end, lexicon)
        place_parts(text, folded, mine, lexicon)
        count_parts(mine, quantities)
        correct(mine, quantities)
        bury_the_hurt(mine, quantities)
        died = any("intransitive" in cue.says.get(Measure.KILLED, ()) for cue in free)
        if not (died and bury(folded, quantities, sentence.start)):
            found = _uncounted(victims, mine, free, sentence, rules)
            mine = sorted([*mine, *found], key=lambda group: group.start)
            if found:  # "hirieron a un parquero y a una niña"
                share_measures(text, folded, mine, lexicon)
        mine = [group for group in mine if not _is_the_dead(group, quantities, lexicon)]
        mine = [group for group in mine if not _tells_nothing(group, quantities, mine, sentence)]
        add_company(text, folded, mine, lexicon)
        quantities += _quantities(text, folded, mine, sentence, lexicon)
    return tuple(quantities)


def _tells_nothing(group: Group, before: Sequence[Quantity], mine: Sequence[Group], sentence: Span) -> bool:
    """Tell whether it is only said that nobody else suffered what some did, who are counted elsewhere.

    "Two were killed; no one else was hurt" tells that none was wounded.
    """
    if not (group.zero and group.part):
        return False
    first = sentence.start - _REST_CHARS
    near: set[Measure | None] = {one.measure for one in takewhile(lambda one: one.start >= first, reversed(before))}
    near |= {one.measure for one in mine if one is not group}
    return group.measure is not Measure.INJURED or Measure.INJURED in near or Measure.KILLED not in near


def _is_the_dead(group: Group, before: Sequence[Quantity], lexicon: Lexicon) -> bool:
    """Tell whether who is hurt is the one who was said to have died: "The victim was hit three times"."""
    hurt = group.definite and group.measure is Measure.INJURED and group.value.best == 1
    if not hurt or not before or before[-1].measure is not Measure.KILLED or before[-1].value.best != 1:
        return False
    if not set(fold(group.who).split()).isdisjoint(lexicon.words("quantities", "not_the_same")):
        return False
    return group.noun in {*lexicon.words("quantities", "victims"), *fold(before[-1].who).split()}


def _tie(folded: str, groups: Sequence[Group], cues: Sequence[Fate], sentence: Span, rules: Rules) -> list[Fate]:
    """Give each cue's measure to the group it governs; return the cues that govern none.

    Groups and cues are those of one sentence, in order.
    """
    at = 0
    free: list[Fate] = []
    inverted = False
    for found, following in zip_longest(cues, cues[1:]):
        cue = taking_up(folded, found, sentence.end, rules)
        while at < len(groups) and groups[at].end <= (cue.core if cue.chained else cue.start):
            at += 1
        if at < len(groups) and groups[at].end < cue.core:  # "there was a man shot dead": the auxiliary is not its own
            cue, at = replace(cue, start=cue.core, passive=False), at + 1
        if inverted and _goes_on(folded, cue, rules):
            cue = replace(cue, passive=True)  # "resultaron muertos dos policías y heridos tres vecinos"
        if rules.other.search(folded, max(0, cue.start - OTHER_CHARS), cue.start):
            free.append(cue)
            continue
        near = groups[max(0, at - (_CHAINED if cue.chained else NEAR_WORDS)) : at]
        left = left_of(folded, [group for group in near if group.end <= cue.start], cue)
        right = next((group for group in groups[at : at + 1] if not _holds(cue, group)), None)
        if _is_noun(folded, cue, right, rules):
            continue
        cue = _opening(folded, cue, right, sentence, rules)
        beside = left, None if _takes(following, right) or _has_subject(folded, cue, rules) else right
        governs = False
        for measure, kinds in cue.says.items():
            group = governed(folded, cue, kinds, beside, rules)
            told = group is left and "transitive" in kinds and left is not None and left.measure is not None
            governs = governs or (group is not None and not (told and _goes_on(folded, cue, rules)))
            inverted = cue.passive and group is not None and group is right
            if group is not None and _accepts(group, measure, kinds):
                _take(group, measure, cue)
                break
        if not governs:
            free.append(cue if cue.start >= found.start else found)
    return free


def _is_noun(folded: str, cue: Fate, right: Group | None, rules: Rules) -> bool:
    """Tell whether a participle names people instead of saying their fate: "relatives of the dead"."""
    if right is not None and right.start < cue.end:
        return True  # it is what is counted
    counts = right is not None and right.start == cue.end + 1  # "the dead number 75, the wounded 112"
    if cue.passive or counts or "participles" not in _kinds(cue):
        return False
    return rules.nominal.search(folded, max(0, cue.start - OTHER_CHARS), cue.start) is not None


def _take(group: Group, measure: Measure, cue: Fate) -> None:
    """Let a group take a cue's measure; right behind a whole it speaks of all: "one of four people injured"."""
    if group.whole and not cue.passive and "participles" in cue.says[measure] and cue.start == group.end + 1:
        group.value = group.whole
    group.measure, group.own, group.cue = measure, False, (cue.start, cue.end)


def _opening(folded: str, cue: Fate, right: Group | None, sentence: Span, rules: Rules) -> Fate:
    """Let a participle open a sentence without auxiliary where subjects may stand behind: "Abatidos dos ladrones"."""
    if right is None or not rules.opens or cue.start != sentence.start:
        return cue
    if not follows(folded, cue.end, right.start, rules):
        return cue
    return replace(cue, passive="participles" in _kinds(cue))


def _holds(cue: Fate, group: Group) -> bool:
    """Tell whether a verb's own words hold a number of wounds ("sufrieron varias fracturas"), and count no people."""
    holds = cue.core < group.start < cue.end
    if holds:
        group.measure, group.known = None, False
    return holds


def _kinds(cue: Fate) -> set[str]:
    return {kind for kinds in cue.says.values() for kind in kinds}


def _takes(cue: Fate | None, group: Group | None) -> bool:
    """Tell whether a verb has a group for its object, not the verb before it ("a shell fell and wounded two")."""
    if cue is None or group is None or cue.end > group.start:
        return False
    return not cue.passive and "transitive" in _kinds(cue)


def _has_subject(folded: str, cue: Fate, rules: Rules) -> bool:
    """Tell whether the victim of a verb is a pronoun right before it: "he was shot dead while his wife slept"."""
    if not cue.passive and "intransitive" not in _kinds(cue):
        return False
    return rules.subject.search(folded, max(0, cue.start - OTHER_CHARS), cue.start) is not None


def _goes_on(folded: str, cue: Fate, rules: Rules) -> bool:
    """Tell whether a verb goes on with the subject of the one before it."""
    return rules.joined_right.search(folded, max(0, cue.start - OTHER_CHARS), cue.start) is not None


def _uncounted(
    victims: Victims, groups: Sequence[Group], free: Sequence[Fate], sentence: Span, rules: Rules
) -> list[Group]:
    """Return the victims of verbs that govern no group, and those beside a victim's relative.

    "José Pérez, 34, died", "murió Kelvin Duarte", "Marcos Leal and his wife were killed".
    """
    taken = [group for group in groups if group.measure]
    found: list[Group] = []
    for group in taken:
        if group.cue and group.measure in _CASUALTIES:
            behind = group.cue[0] >= group.end
            beside = victims.beside(group.start, sentence.start) if behind else None
            span = beside if behind else victims.first_of_two(group.cue[1], group.start)
            if span and not any(other.start < span[1] and span[0] < other.end for other in groups):
                found.append(_victim(victims.text, span, group.measure, group.cue))
    for cue in free:
        measure = next((one for one in _CASUALTIES if one in cue.says), None)
        if measure is None:
            continue
        verb, within = (cue.start, cue.end), (sentence.start, sentence.end)
        span = victims.of(verb, cue.words, within, cue.says[measure], passive=cue.passive)
        again = span is not None and (span == verb or victims.takes_up(span))
        goes_on = span in {None, verb} and _goes_on(victims.folded, cue, rules)  # "was shot twice and died"
        if (again or goes_on) and measure is Measure.KILLED and died_of_wounds([*groups, *found], cue.start):
            continue
        told = Measure.KILLED if span and victims.is_relative(span) else measure  # "she died, who was hit twice"
        if again and told_already([*groups, *found], told, cue.start):
            continue  # "a woman was shot dead; she died at once"
        if found and measure is Measure.KILLED and goes_on:
            found[-1].measure = measure  # "Kelvin Duarte, 19, was shot in the chest and died"
            continue
        if span and not any(other.start < span[1] and span[0] < other.end for other in [*taken, *found]):
            # "a Luis Mora, de 22 años, lo mataron": the pronoun takes up the name before it
            is_name = span[0] >= cue.end or (span[1] <= cue.start and not again)
            spans = victims.beside_each_other(span, cue.start, within) if is_name else [span]
            by = None if again else (cue.start, cue.end)  # "his cousin, who died"
            found += [_victim(victims.text, one, measure, by) for one in spans]
    return found


def _victim(text: str, span: tuple[int, int], measure: Measure, cue: tuple[int, int] | None) -> Group:
    return Group(*span, Estimate(1, 1, 1), text[slice(*span)], measure=measure, counted=False, cue=cue)


def _accepts(group: Group, measure: Measure, kinds: frozenset[str]) -> bool:
    """Tell whether a group takes a measure: the first cue counts, but who was hurt or held may have died."""
    if measure in {Measure.DISPLACED, Measure.DEPLOYED} and not (group.counted and group.known):
        return False
    if group.measure is None:
        return True
    if measure in _CASUALTIES and group.measure is Measure.DISPLACED and "participles" in kinds:
        return not group.own  # "left two officers wounded"
    died = measure is Measure.KILLED and group.measure in {Measure.INJURED, Measure.DETAINED}
    return died and (not group.own or group.measure is Measure.DETAINED or "intransitive" in kinds)


def _quantities(
    text: str, folded: str, groups: Sequence[Group], sentence: Span, lexicon: Lexicon
) -> Iterator[Quantity]:
    """Yield what one sentence's groups amount to."""
    rules = rules_of(lexicon)
    said = {group.measure for group in groups}
    behind = [group.start for group in groups[1:]]
    cumulative = False
    for number, group in enumerate(groups):
        if group.zero and rules.casualties.fullmatch(group.noun):
            measures = [Measure.KILLED, Measure.INJURED]
        else:
            measures = [_measure(group, rules)] if group.measure or _worth_noting(group) else []
        first = max(sentence.start, group.start - _TOTAL_CHARS, groups[number - 1].end if number else 0)
        last = min(
            sentence.end,
            group.end + _TOTAL_CHARS // 2,
            *(start - _TOTAL_CHARS // 2 for start in behind[number : number + 1]),
        )
        around = f"{folded[first : group.start]}|{folded[group.end : max(last, group.end)]}"
        estimate = replace(group.value, unit=unit_of(group, lexicon))
        joined = number and rules.coordinated.fullmatch(folded, groups[number - 1].end, group.start) is not None
        cumulative = (
            group.cumulative
            or (not group.zero and rules.cumulative.search(around) is not None)
            or (cumulative and bool(joined))  # "according to the balance, four officers and 22 gunmen"
        )
        for measure in measures:
            yield Quantity(group.start, group.end, estimate, measure, group.who, group.hedged, cumulative, group.within)
    for match in words_of(folded).find(rules.unharmed, sentence.start, sentence.end):
        for measure in _CASUALTIES:
            if measure not in said:
                nobody_hurt = Estimate(0, 0, 0, "persons")
                yield Quantity(match.start(), match.end(), nobody_hurt, measure, text[match.start() : match.end()])


def _measure(group: Group, rules: Rules) -> Measure:
    if group.measure is not None:
        return group.measure
    size = group.value.best or group.value.low or 0
    return Measure.DEPLOYED if size >= _MIN_DEPLOYED and rules.forces.search(group.noun) else Measure.OTHER


def _worth_noting(group: Group) -> bool:
    """Tell whether a group without a measure is kept: counted people, for movements to pick up."""
    named = group.counted and group.known and not group.zero and bool(group.noun or group.who)
    return named or group.within is not None
