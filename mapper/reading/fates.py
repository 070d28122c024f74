"""Fates: the verbs and participles that say what happened to people ("were killed", "sufrieron golpes").

Whom they speak of is the business of ``quantities``.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mapper.model import Measure
from mapper.reading.counted import measure_tables
from mapper.reading.lexicon import alternation
from mapper.reading.words import Opening, most_blanks, words_of
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.reading.lexicon import Lexicon

__all__ = ["Fate", "Rules", "find_fates", "follows", "rules_of", "taking_up"]

_CUE_KINDS = ("participles", "passive", "intransitive", "transitive")
_SHORT_VERB = 6
_LINK_CHARS = 16
# Blanks before a cue's own words: behind "have", behind the auxiliary, and behind each of the four words between.
_BEFORE_CUE = 6
_BEFORE_HARM = 3
_NAMED = re.compile(r"(?:\s[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+){2}")
_compiled = functools.cache(re.compile)  # of hundreds of phrases a report has few
# How far apart the first and the last participle of one auxiliary may stand.
_CHAIN_WORDS, _CHAIN_CHARS = 9, 110


@dataclass(frozen=True, slots=True)
class Fate:
    """A verb or participle: what it says (measure -> kinds of construction), and whether an auxiliary opens it.

    ``core`` is where its own words start, behind the auxiliary; ``chained`` marks one that shares the auxiliary of
    a participle before it, with people who are not its own between ("was attacked by two men and killed");
    ``aimed`` one with somebody behind it ("killed the owner").
    """

    start: int
    core: int
    end: int
    says: Mapping[Measure, frozenset[str]]
    passive: bool
    words: str
    chained: bool = False
    aimed: bool = False


@dataclass(frozen=True)
class Rules:
    """What a language says of people's fates, as patterns."""

    cue: Opening
    phrases: tuple[tuple[str, str, Measure, str], ...]  # each with the letters that it begins with
    negated: re.Pattern[str]
    infinitive: str
    headline: re.Pattern[str]
    object_mark: re.Pattern[str]
    joined: re.Pattern[str]
    joined_right: re.Pattern[str]
    other: re.Pattern[str]
    agent: re.Pattern[str]
    nominal: re.Pattern[str]
    cumulative: re.Pattern[str]
    coordinated: re.Pattern[str]
    casualties: re.Pattern[str]
    unharmed: Opening
    forces: re.Pattern[str]
    opens: bool
    taking_up: re.Pattern[str]
    ends: re.Pattern[str]
    manner: re.Pattern[str]
    governed: re.Pattern[str]
    clitic: re.Pattern[str]
    aimed_before: re.Pattern[str]
    aimed: re.Pattern[str]
    held: re.Pattern[str]
    marked: re.Pattern[str]
    many: re.Pattern[str]
    subject: re.Pattern[str]
    to_death: re.Pattern[str]
    chained: re.Pattern[str]
    perfect_object: re.Pattern[str]
    object: re.Pattern[str]
    deadly: frozenset[str]
    loose: frozenset[str]
    known: dict[str, dict[Measure, frozenset[str]]] = field(default_factory=dict)

    def says(self, words: str) -> Mapping[Measure, frozenset[str]]:
        """Return what a cue's words say: the kinds of construction for each measure."""
        if words not in self.known:
            found: dict[Measure, set[str]] = {}
            for stem, phrase, measure, kind in self.phrases:
                if words.startswith(stem) and _compiled(phrase).fullmatch(words):
                    found.setdefault(measure, set()).add(kind)
            self.known[words] = {measure: frozenset(kinds) for measure, kinds in found.items()}
        return self.known[words]


@functools.cache
def rules_of(lexicon: Lexicon) -> Rules:
    """Return the words of a language that tell fates, made ready once."""
    any_of = functools.partial(lexicon.any_of, "quantities")
    tables = measure_tables(lexicon)
    phrases = [
        (phrase, measure, kind) for measure, table in tables.items() for kind in _CUE_KINDS for phrase in table[kind]
    ]
    known = {phrase for phrase, _, _ in phrases}
    # "neutralizaron la víspera a tres sujetos": the mark of the object may stand apart from its verb
    marked = [
        (phrase.removesuffix(mark), measure, "marked")
        for phrase, measure, kind in phrases
        for mark in (f" {word}" for word in lexicon.words("quantities", "object_marks"))
        if kind == "transitive" and phrase.endswith(mark) and phrase.count(" ") == 1
    ]
    phrases += [one for one in marked if one[0] not in known and len(one[0]) > _SHORT_VERB]
    suffered = [(measure, one) for measure, table in tables.items() for one in table.get("suffered", ())]
    light = [(_suffering(one["verbs"], one["harms"]), measure) for measure, one in suffered]
    cue = "|".join([*(pattern for pattern, _ in light), alternation(phrase for phrase, _, _ in phrases)])
    joiner = rf"{lexicon.any_of('numbers', 'joiners')}(?:\s{any_of('then')})?"
    # a few words may stand between, or another participle: "was chased down and shot"
    opened = any_of("determiners", "definite", "definite_plural")
    numbers = alternation(lexicon.numbers("numbers", "values"))
    chained = rf"(?:[\w'’-]+,?\s){{1,{_CHAIN_WORDS}}}?{joiner}\s$"
    between = rf"(?:(?:(?!{joiner}\s)\w+\s){{0,2}}?|(?:\w+\s){{1,3}}?{joiner}\s)"
    auxiliary = rf"{any_of('auxiliaries')}\s{between}"
    perfects, auxiliaries = lexicon.words("quantities", "perfect"), lexicon.words("quantities", "auxiliaries")
    verbs, harms = ([word for _, one in suffered for word in one[key]] for key in ("verbs", "harms"))
    before = perfects, auxiliaries, lexicon.words("numbers", "joiners"), verbs
    return Rules(
        cue=Opening(
            rf"(?<!\w)(?P<perfect>{any_of('perfect')}\s)?(?P<aux>{auxiliary})?(?P<cue>{cue})(?!\w)",
            [*perfects, *auxiliaries, *(phrase for phrase, _, _ in phrases), *verbs],
            needs=[*(phrase for phrase, _, _ in phrases), *harms],
            blanks=_BEFORE_CUE + _BEFORE_HARM + sum(map(most_blanks, before)),
        ),
        phrases=(
            *((_stem(phrase), alternation([phrase]), measure, kind) for phrase, measure, kind in phrases),
            *(("", pattern, measure, "intransitive") for pattern, measure in light),
        ),
        negated=re.compile(rf"(?<!\w)(?:{any_of('negations')}|\w+n't)\s$"),
        infinitive=next(iter(lexicon.words("quantities", "infinitive")), ""),
        headline=re.compile(rf"\W*$|[,.;:)]|\s{any_of('headline_followers')}\b"),
        other=re.compile(rf"(?<!\w){any_of('others')}\s$"),
        agent=re.compile(rf"(?<!\w){any_of('agents')}\s$"),
        nominal=re.compile(rf"(?<!\w){any_of('definite_plural')}\s$"),
        joined=re.compile(rf"\s{joiner}\s"),
        joined_right=re.compile(rf"\s{joiner}\s$"),
        object_mark=re.compile(rf"\s{any_of('object_marks')}\s$"),
        coordinated=re.compile(rf"\s?{any_of('coordinators')}\s"),
        cumulative=re.compile(rf"(?<!\w){any_of('cumulative')}(?!\w)"),
        casualties=re.compile(alternation(lexicon.table("quantities")["casualties"]["nouns"])),
        unharmed=Opening(rf"(?<!\w){any_of('unharmed')}(?!\w)", lexicon.words("quantities", "unharmed")),
        forces=re.compile(rf"(?<!\w){any_of('forces')}$"),
        opens=bool(lexicon.words("quantities", "objects_before")),
        taking_up=re.compile(rf",?\s{any_of('taking_up')}\s$"),
        ends=re.compile(rf"\W*$|[,.;:)]|\s{any_of('followers')}(?!\w)"),
        manner=re.compile(rf"(?:\s{any_of('manners')}(?:\s[\w'’-]+){{0,5}})?\s"),
        governed=re.compile(rf"(?<!\w){any_of('agents', 'manners', 'not_within')}\s$"),
        aimed_before=re.compile(rf"(?<!\w){any_of('clitics')}\s$"),
        aimed=re.compile(
            rf"\s{any_of('objects_behind', 'objects_many')}(?=\W*(?:$|[,.;:)]|\s{any_of('followers')}\b))"
        ),
        held=re.compile(rf"(?<!\w){any_of('objects_behind')}(?!\w)"),
        marked=re.compile(rf"(?<!\w){any_of('object_marks')}\s(?:{any_of('definite_plural')}\s)?$"),
        many=re.compile(any_of("objects_many")),
        subject=re.compile(rf"(?<!\w){any_of('subjects')}\s$"),
        clitic=re.compile(rf"(?:,\s|\s|\s{joiner}\s){any_of('clitics')}\s"),
        loose=frozenset(lexicon.words("quantities", "loose")),
        deadly=frozenset(lexicon.words("quantities", "deadly")),
        chained=re.compile(
            rf"(?<!\w){any_of('auxiliaries')}\s(?:\w+\s)?\w*{any_of('participle_endings')},?\s{chained}"
        ),
        perfect_object=re.compile(rf"\s{any_of('object_marks')}(?=\s(?:{opened}|{numbers}|\d+)(?!\w))"),
        object=re.compile(
            rf"\s(?:{any_of('determiners', 'definite', 'definite_plural')}\s(?!{any_of('moments')}(?!\w))"
            rf"|{any_of('objects_behind')}(?!\w)|\d)"
        ),
        to_death=re.compile(rf"\s[^,;:.!?]{{1,60}}?\s{any_of('to_death')}(?!\w)"),
    )


def follows(folded: str, end: int, start: int, rules: Rules) -> bool:
    """Tell whether only how, where or by whom stands between a participle and its subject.

    "Abatidos en Petare por el Cicpc dos ladrones", "asesinado de tres balazos un comerciante".
    """
    between = folded[end:start]
    return between == " " or bool(rules.manner.fullmatch(between) and not rules.governed.search(between))


def taking_up(folded: str, cue: Fate, end: int, rules: Rules) -> Fate:
    """Let a death behind "where" reach to who was told of before it: "... llevados a la clínica, donde murieron".

    Not so where its subject stands behind it ("donde murió un portero").
    """
    died = "intransitive" in cue.says.get(Measure.KILLED, ()) and not cue.passive
    link = rules.taking_up.search(folded, max(0, cue.start - _LINK_CHARS), cue.start) if died else None
    if link is None or not rules.ends.match(folded, cue.end, end):
        return cue
    return replace(cue, start=link.start())


def _chain(folded: str, cue: re.Match[str], says: Mapping[Measure, frozenset[str]], rules: Rules) -> int | None:
    """Return where the auxiliary stands that a participle shares: "were dragged from a lodging and killed"."""
    kinds = {kind for kinds in says.values() for kind in kinds}
    if not kinds & {"participles", "passive"} or ("transitive" in kinds and rules.object.match(folded, cue.end())):
        return None  # "were sent to the house and killed the kidnapper"
    chain = rules.chained.search(folded, max(0, cue.start() - _CHAIN_CHARS), cue.start())
    return chain.start() if chain else None


def _stem(phrase: str) -> str:
    """Return the letters that whatever a phrase of the lexicon stands for begins with."""
    return re.split(r"[\s*]", fold(phrase), maxsplit=1)[0]


def _suffering(verbs: Sequence[str], harms: Sequence[str]) -> str:
    """Return an expression for a verb that says little and the harm it leads to: "sufrieron golpes"."""
    return rf"{alternation(verbs)}\s(?:\w+\s){{0,2}}?{alternation(harms)}"


def find_fates(text: str, folded: str, rules: Rules) -> Iterator[Fate]:
    """Yield the verbs and participles that say what became of people, none denied, in the order of their own words."""
    for match in words_of(folded).find(rules.cue):
        words = " ".join(match["cue"].split())
        denied = rules.negated.search(folded[max(0, match.start() - 16) : match.start()])
        if match["perfect"] and denied and denied[0].strip() == rules.infinitive:
            denied = None  # "are known to have died"
        if not denied and not rules.negated.search(match["aux"] or ""):
            says = rules.says(words)
            active = says.get(Measure.KILLED) == frozenset({"transitive"})  # "found the body of a man"
            passive = match["aux"] is not None and not active
            if not passive and Measure.INJURED in says and rules.to_death.match(folded, match.end()):
                says = {Measure.KILLED: says[Measure.INJURED]}  # "beat a thief to death"
            elif not passive and words in rules.deadly:
                continue
            start = match.start()
            if match["perfect"] and not passive and (mark := rules.perfect_object.match(folded, match.end())):
                killed = {measure: frozenset({"transitive"}) for measure in says}  # "han asesinado a dos"
                yield Fate(start, match.start("cue"), mark.end(), killed, passive=False, words=words)
                continue
            if not passive and (chain := _chain(folded, match, says, rules)) is not None:
                yield Fate(chain, match.start("cue"), match.end(), says, passive=True, words=words, chained=True)
                continue
            opening = (match["aux"] or "").split(maxsplit=1)[:1]
            # "cayeron" says what became of people only where no participle does: "cayeron presos"
            tells = rules.says(opening[0]) if opening and opening[0] not in rules.loose else {}
            if tells and tells.keys() != says.keys():  # "murieron dos personas baleadas"
                yield Fate(start, start, start + len(opening[0]), tells, passive=False, words=opening[0])
                start = match.start("cue")
            aimed = rules.object.match(folded, match.end()) or _NAMED.match(text, match.end())
            yield Fate(start, match.start("cue"), match.end(), says, passive, words, aimed=aimed is not None)
