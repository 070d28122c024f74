"""How speech is told in each language: the patterns that ``attribution`` looks for."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.reading.lexicon import given_names
from mapper.reading.words import Ending, Opening

if TYPE_CHECKING:
    from mapper.reading.lexicon import Lexicon

__all__ = ["SpeechRules", "speech_rules"]

_ROLES = ("official", "private", "crowd")


@dataclass(frozen=True)
class SpeechRules:
    """What to look for: speech verbs, what stands beside them, and words that tell who speaks.

    ``before`` are verbs that their speaker may follow ("dijo una vecina"), ``after`` those that he may come before;
    ``told`` is what may follow "according to the police" without a comma, ``described`` a speaker whom a clause tells
    of ("a woman who"), ``oneself`` words for whoever speaks; a ``body`` (the police, a report) never says "I", and an
    ``opener`` ("Yesterday") is nobody.
    """

    verb: Opening
    before: frozenset[str]
    after: frozenset[str]
    stops: re.Pattern[str]
    acts: re.Pattern[str]
    told: re.Pattern[str]
    described: re.Pattern[str]
    said_when: re.Pattern[str]
    silent: Ending
    clause_verb: re.Pattern[str]
    not_speaker: re.Pattern[str]
    question: re.Pattern[str]
    leader: re.Pattern[str]
    thing: re.Pattern[str]
    fillers: re.Pattern[str]
    pronoun: re.Pattern[str]
    role: re.Pattern[str]
    roles: Opening
    numbered: re.Pattern[str]
    oneself: re.Pattern[str]
    first_name_title: re.Pattern[str]
    anonymity: re.Pattern[str]
    article: re.Pattern[str]
    body: re.Pattern[str]
    opener: re.Pattern[str]
    given: frozenset[str]


@functools.cache
def speech_rules(lexicon: Lexicon) -> SpeechRules:
    """Return the patterns of a language, put together once."""
    any_of, words = functools.partial(lexicon.any_of, "attribution"), functools.partial(lexicon.words, "attribution")
    counted = functools.partial(lexicon.any_of, "quantities")
    passive = rf"{counted('auxiliaries')}(?:\s{any_of('passive_adverbs')})?"
    role = "|".join(f"(?P<{kind}>{any_of(kind)})" for kind in _ROLES)
    role = rf"(?<!\w)(?:{role})(?!\w)"
    return SpeechRules(
        verb=Opening(
            rf"(?<!\w)(?:(?P<according>{any_of('according')})|(?P<verb>{any_of('before_speaker', 'after_speaker')}))"
            r"(?!\w)",
            [*words("according"), *words("before_speaker"), *words("after_speaker")],
        ),
        before=frozenset(words("before_speaker")),
        after=frozenset(words("after_speaker")),
        stops=re.compile(rf"(?<!\w){any_of('stops')}(?!\w)"),
        acts=re.compile(rf"{any_of('acts')}(?!\w)"),
        told=re.compile(rf"\s(?:\d|{any_of('told')}(?!\w))"),
        described=re.compile(rf"{role}\s{lexicon.any_of('sensitive', 'who')}\Z"),
        said_when=re.compile(rf"\s{any_of('said_when')}(?!\w)"),
        silent=Ending(
            rf"(?<!\w)(?:{any_of('no_speech_before')}|{passive})\s$",
            [*words("no_speech_before"), *words("passive_adverbs"), *lexicon.words("quantities", "auxiliaries")],
        ),
        clause_verb=re.compile(rf"\s{any_of('clause_verbs')}(?!\w)"),
        not_speaker=re.compile(rf"{any_of('not_speaker_start')}\s"),
        question=re.compile(rf"\s*{any_of('question_labels')}"),
        leader=re.compile(rf"(?<!\w){any_of('numbered', 'articles')}\s(?:\w+\s){{0,2}}$"),
        thing=re.compile(rf"{counted('things')}{counted('plural_endings')}?$"),
        fillers=re.compile(rf"(?:\s{any_of('fillers')})+$"),
        pronoun=re.compile(rf"{any_of('pronouns')}$"),
        role=re.compile(role),
        roles=Opening(role, [phrase for kind in _ROLES for phrase in words(kind)]),
        numbered=re.compile(rf"{any_of('numbered')}\s"),
        oneself=re.compile(rf"(?<!\w){any_of('oneself')}(?!\w)"),
        first_name_title=re.compile(rf"(?<!\w){any_of('first_name_titles')}\s$"),
        anonymity=re.compile(rf"(?<!\w){lexicon.any_of('sensitive', 'anonymity')}"),
        article=re.compile(rf"{any_of('articles')}\s"),
        body=re.compile(any_of("bodies")),
        given=given_names(),
        opener=re.compile(rf"{lexicon.any_of('sensitive', 'openers')}$"),
    )
