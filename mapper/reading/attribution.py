"""Attributions: who says what, and whether the speaker is somebody the map must not expose.

A speech verb outside any quotation, or "according to", opens an attribution. Its speaker is the noun
phrase beside the verb; a pronoun or a missing subject points back to the last speaker. A quotation
belongs to the speech verb next to it, or goes on with the speaker before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from mapper.model import Attribution, Span
from mapper.reading.pseudonyms import find_pseudonyms
from mapper.reading.quotes import find_quotations
from mapper.reading.speakers import FULL_NAME, Speakers, SpeechEvent, is_body
from mapper.reading.speech import speech_rules
from mapper.reading.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.reading.lexicon import Lexicon
    from mapper.reading.quotes import Quotation
    from mapper.reading.speech import SpeechRules

__all__ = ["find_attributions"]

_BOUNDARY = re.compile(r"[,;:.!?\"“”«»()\n—–]| -|- ")
_CUT = re.compile(r"[;:.!?\"“”«»\n]")
_PHRASE_CHARS = 110
_MAX_WORDS = 12
_BESIDE_CHARS, _BACK_CHARS = 90, 700
_SENTENCE_END = re.compile(r"[.!?…][\"”»)]*\s+(?=[\"“«¿¡(]?[A-ZÁÉÍÓÚÑ])")
_LIST_MARK = re.compile(r"\s*(?:(?:[\d:.,/•·*()-]+|and|y)\s+)*\s*")
_STOP, _MARKS = re.compile(r"[.!?…]\s"), frozenset('"“”„«»')
_SCARE_WORDS, _MIN_NAME = 3, 3


def find_attributions(text: str, folded: str, sentences: Sequence[Span], lexicon: Lexicon) -> tuple[Attribution, ...]:
    """Return who says what, in order.

    Parameters
    ----------
    text, folded
        The report's text and its folded copy, of the same length.
    sentences
        Sentence spans of the text, in order.
    lexicon
        The language's words: speech verbs, words for officials and for private persons.

    Returns
    -------
    tuple of Attribution
        ``scope`` is the speaker's quotation with its continuations, or the sentence. Unnamed private
        persons, persons with a first name only and whoever asks not to be named are anonymous;
        officials, organisations, media and persons with a full name are not, nor is a crowd
        ("residents say") that is not quoted.
    """
    rules = speech_rules(lexicon)
    quotations = find_quotations(text, folded, lexicon)
    events = _events(text, folded, quotations, rules)
    owner = _owners(text, quotations, events)
    owner = [
        None if number is not None and _is_anothers(text, folded, quotation, events[number], rules) else number
        for quotation, number in zip(quotations, owner, strict=True)
    ]
    speakers = Speakers(text, folded, sentences, rules, find_pseudonyms(text, folded, lexicon))
    starts = [sentence.start for sentence in sentences]
    found: list[Attribution] = []
    quoted: dict[int, list[Quotation]] = {}
    for quotation, number in zip(quotations, owner, strict=True):
        if number is not None:
            quoted.setdefault(number, []).append(quotation)
    alone = [
        quotation
        for quotation, number in zip(quotations, owner, strict=True)
        if number is None and (quotation.turn or _is_own_story(text, folded, quotation, rules))
    ]
    told: list[tuple[int, int | Quotation]] = [(event.verb, number) for number, event in enumerate(events)]
    told += [(quotation.start, quotation) for quotation in alone]
    for _, one in sorted(told, key=itemgetter(0)):
        if isinstance(one, int):
            event, mine = events[one], quoted.get(one, [])
            sentence = _sentence_at(sentences, starts, event.verb)
            scope = Span(mine[0].start, mine[-1].end) if mine else sentence
            speaker, anonymous = speakers.resolve(event, sentence, is_quoted=bool(mine))
            if speaker:
                found.append(Attribution(event.start, event.end, speaker, scope, anonymous))
        else:
            speaker, anonymous = speakers.interviewed(one.start) if one.turn else speakers.of_own_story(one.start)
            found.append(Attribution(one.start, one.start, speaker, Span(one.start, one.end), anonymous))
    return tuple(sorted(found, key=lambda item: (item.start, item.scope)))


def _sentence_at(sentences: Sequence[Span], starts: Sequence[int], position: int) -> Span:
    return sentences[max(0, bisect_right(starts, position) - 1)]


def _events(text: str, folded: str, quotations: Sequence[Quotation], rules: SpeechRules) -> list[SpeechEvent]:
    """Return the speech verbs outside quotations that have a speaker, or that stand beside a quotation."""
    starts = [quotation.start for quotation in quotations]
    events: list[SpeechEvent] = []
    for match in words_of(folded).find(rules.verb):
        at = bisect_right(starts, match.start()) - 1
        line = folded.rfind("\n", max(0, match.start() - _BACK_CHARS), match.start()) + 1
        if (at >= 0 and match.end() <= quotations[at].end) or rules.question.match(folded, line):
            continue
        event = _event(text, folded, match, rules)
        if event and (not events or event.start >= events[-1].end):
            events.append(event)
    return events


def _event(text: str, folded: str, match: re.Match[str], rules: SpeechRules) -> SpeechEvent | None:
    """Return the event of one speech verb, or None where nobody is seen to speak."""
    if match["according"]:
        start, end = _phrase_after(text, folded, match.end(), rules)
        told = rules.told.search(folded, start, end)
        end = told.start() if told else end
        return SpeechEvent(match.start(), max(end, match.end()), match.start(), text[start:end], start)
    verb = " ".join(match["verb"].split())
    if rules.acts.match(folded, match.start()) or rules.silent.search(
        folded[max(0, match.start() - 24) : match.start()]
    ):
        return None
    lead = text[max(0, match.start() - 4) : match.start()].rstrip()[-1:]
    after_mark = lead in set(',"”»—–-') or not lead
    if verb in rules.before and after_mark:
        when = rules.said_when.match(folded, match.end())  # "informó este sábado la ministra"
        start, end = _phrase_after(text, folded, when.end() if when else match.end(), rules)
        clause = rules.clause_verb.match(folded, end) or rules.not_speaker.match(folded[start:end])
        if not clause and _is_speaker(text[start:end], folded[start:end], rules):
            return SpeechEvent(match.start(), end, match.start(), text[start:end], start)
    if verb in rules.after:
        start, end = _phrase_before(text, folded, match.start(), rules)
        phrase = folded[start:end]
        names = not rules.pronoun.match(phrase) and _is_speaker(text[start:end], phrase, rules)
        if names or rules.pronoun.match(phrase) or rules.opener.match(phrase):  # "Asimismo informó"
            return SpeechEvent(start, match.end(), match.start(), text[start:end] if names else "", start)
    unsaid = verb in rules.before and after_mark
    return SpeechEvent(match.start(), match.end(), match.start(), "", match.start()) if unsaid else None


def _phrase_after(text: str, folded: str, start: int, rules: SpeechRules) -> tuple[int, int]:
    """Return the noun phrase that begins at ``start``: up to a mark, a stop word or twelve words."""
    limit = min(len(text), start + _PHRASE_CHARS)
    boundary = _BOUNDARY.search(text, start, limit)
    end = boundary.start() if boundary else limit
    if boundary and boundary[0] == "." and folded[boundary.start() - 2 : boundary.start()] in {"sr", "dr", "ra"}:
        following = _BOUNDARY.search(text, boundary.end(), limit)
        end = following.start() if following else limit
    stop = rules.stops.search(folded, start + 1, end)
    end = stop.start() if stop else end
    words = list(re.finditer(r"\S+", text[start:end]))[:_MAX_WORDS]
    if not words:
        return start, start
    return start + words[0].start(), start + words[-1].end()


def _phrase_before(text: str, folded: str, end: int, rules: SpeechRules) -> tuple[int, int]:
    """Return the noun phrase that ends at ``end``; an aside "X, a lawyer, said" leads back to X."""
    floor = max(0, end - _PHRASE_CHARS)
    filler = rules.fillers.search(folded[floor:end].rstrip())
    end = floor + filler.start() if filler else end
    end -= len(text[floor:end]) - len(text[floor:end].rstrip())
    if text[end - 1 : end] == ",":  # "X, a lawyer, said"
        opening = text.rfind(",", floor, end - 1)
        if opening > floor and not _CUT.search(text, opening, end):
            start, stop = _phrase_before(text, folded, opening, rules)
            if FULL_NAME.search(text[start:stop]) or rules.role.search(folded[start:stop]):
                return start, stop
        return end, end
    start = floor
    for boundary in _BOUNDARY.finditer(text, floor, end):
        start = boundary.end()
    for word in reversed(list(rules.stops.finditer(folded, start, end))):
        described = word.end() < end and rules.described.search(folded, start, word.end())
        if not described and word.end() < end and _is_speaker(text[word.end() : end], folded[word.end() : end], rules):
            start = word.end()
            break
        end = word.start() if word.start() > start else end  # "a priest who serves it told us"
    mark = _LIST_MARK.match(text, start, end)
    start = mark.end() if mark else start
    role = rules.role.search(folded, start, end)
    leader = rules.leader.search(folded[start : role.start()]) if role else None
    start += leader.start() if leader and not rules.role.search(folded, start, start + leader.start()) else 0
    words = list(re.finditer(r"\S+", text[start:end]))[-_MAX_WORDS:]
    return (start + words[0].start(), start + words[-1].end()) if words else (end, end)


def _is_speaker(phrase: str, folded: str, rules: SpeechRules) -> bool:
    """Tell whether a phrase can name a speaker: it has a word for people, or a capital that opens a name."""
    if rules.role.search(folded) or rules.pronoun.match(folded.strip()):
        return True
    words = phrase.split()
    inner = any(word[0].isupper() and len(word) >= _MIN_NAME for word in words[1:])
    alone = len(words) == 1 and words[0][0].isupper() and len(words[0]) >= _MIN_NAME
    return inner or (alone and not (rules.thing.match(folded.strip()) or rules.opener.match(folded.strip())))


def _owners(text: str, quotations: Sequence[Quotation], events: Sequence[SpeechEvent]) -> list[int | None]:
    """Return for each quotation the number of the event it belongs to."""
    owners: list[int | None] = []
    starts = [event.start for event in events]
    for number, quotation in enumerate(quotations):
        if quotation.turn:
            owners.append(None)
            continue
        previous = quotations[number - 1] if number else None
        words = len(text[quotation.start : quotation.end].split())
        owner = _adjacent(text, quotation, events, bisect_right(starts, quotation.start))
        if owner is not None and words <= _SCARE_WORDS and not _is_speech(text, quotation):
            owner = None
        if owner is None and previous and owners[-1] is not None:
            same_line = previous.line == quotation.line and words > _SCARE_WORDS
            opens_line = previous.line != quotation.line and not text[quotation.line : quotation.start].strip()
            next_line = opens_line and not text[previous.end : quotation.line].strip(' .,"”»\n\r\t')
            goes_on = opens_line and _only_break(text, events[owners[-1]].end, quotation)
            owner = owners[-1] if same_line or next_line or goes_on else None
        owners.append(owner)
    return owners


def _is_speech(text: str, quotation: Quotation) -> bool:
    """Tell whether a short quotation is said and not just a word held at arm's length."""
    return text[quotation.end - 2] in ",.!?…" or text[quotation.end : quotation.end + 1] == ","


def _is_own_story(text: str, folded: str, quotation: Quotation, rules: SpeechRules) -> bool:
    """Tell whether a quotation that no speech verb stands beside tells of the speaker ('"I ran." She wept.')."""
    long = len(text[quotation.start : quotation.end].split()) > _SCARE_WORDS
    return long and rules.oneself.search(folded, quotation.start, quotation.end) is not None


def _is_anothers(text: str, folded: str, quotation: Quotation, event: SpeechEvent, rules: SpeechRules) -> bool:
    """Tell whether a quotation behind a body's sentence tells of oneself ('The police said no more. "I hid."')."""
    between = text[event.end : quotation.start]
    behind = _STOP.search(between) is not None and not _MARKS.intersection(between)
    return behind and is_body(event.speaker, rules) and _is_own_story(text, folded, quotation, rules)


def _only_break(text: str, end: int, quotation: Quotation) -> bool:
    """Tell whether nothing but the rest of the sentence lies between a speech verb and a later paragraph."""
    near = 0 <= quotation.line - end < _BACK_CHARS
    return near and not _SENTENCE_END.search(text, end, quotation.line)


def _adjacent(text: str, quotation: Quotation, events: Sequence[SpeechEvent], at: int) -> int | None:
    """Return the speech verb right behind a quotation, else the one right before it."""
    if at < len(events) and _beside(text, quotation.end, events[at].start):
        return at
    if at and events[at - 1].start >= quotation.line and _beside(text, events[at - 1].end, quotation.start):
        return at - 1
    return None


def _beside(text: str, start: int, end: int) -> bool:
    """Tell whether little lies between two places and no sentence ends there (a quotation's last stop counts)."""
    near = end - start <= _BESIDE_CHARS and "\n" not in text[start:end]
    return near and _SENTENCE_END.search(text, max(0, start - 2), end + 1) is None
