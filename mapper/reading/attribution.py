"""Attributions: who says what, and whether the speaker is somebody the map must not expose.

A speech verb outside any quotation, or "according to", opens an attribution. Its speaker is the noun
phrase beside the verb; a pronoun or a missing subject points back to the last speaker. A quotation
belongs to the speech verb next to it, or goes on with the speaker before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from mapper.model import Attribution, Span
from mapper.reading.pseudonyms import find_pseudonyms
from mapper.reading.quotes import find_quotations
from mapper.reading.speech import speech_rules
from mapper.reading.words import words_of
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.reading.lexicon import Lexicon
    from mapper.reading.pseudonyms import Pseudonyms
    from mapper.reading.quotes import Quotation
    from mapper.reading.speech import SpeechRules

__all__ = ["find_attributions"]

_BOUNDARY = re.compile(r"[,;:.!?\"“”«»()\n—–]| -|- ")
_CUT = re.compile(r"[;:.!?\"“”«»\n]")
_PHRASE_CHARS = 110
_MAX_WORDS = 12
_BESIDE_CHARS, _BACK_CHARS, _NEAR_CHARS = 90, 700, 400
_SENTENCE_END = re.compile(r"[.!?…][\"”»)]*\s+(?=[\"“«¿¡(]?[A-ZÁÉÍÓÚÑ])")
_CAPITAL = r"[A-ZÁÉÍÓÚÑÜ][\w'’.-]*"
_FULL_NAME = re.compile(rf"{_CAPITAL}\s(?:(?:de|del|la|da|von|van)\s)*{_CAPITAL}")
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
_PAIR = re.compile(r"(?<!\w)(?=([\w'’]+)\s(?:de\s)?([A-ZÁÉÍÓÚÑÜ][\w'’]*))")
_LIST_MARK = re.compile(r"(?:[\d:.,/•·*()-]+\s+)*\s*")
_SCARE_WORDS, _MIN_NAME = 3, 3
_START_CHARS, _SUBJECT_WORDS = 45, 2
_OPENING_NAME = re.compile(rf"(?:[a-z]{{2,3}}\s)?{_CAPITAL}(?:\s(?:(?:de|del|la|of|the|y|and)\s)*{_CAPITAL})*")
_QUOTED = re.compile(r"[\"“”„«»]")
_SINGLE_NAME = re.compile(rf"{_CAPITAL}$")


@dataclass(frozen=True, slots=True)
class _Event:
    """A speech verb with its speaker phrase ("" when only a pronoun or nothing is there)."""

    start: int
    end: int
    verb: int
    speaker: str
    at: int


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
    speakers = _Speakers(text, folded, sentences, rules, find_pseudonyms(text, folded, lexicon))
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


def _events(text: str, folded: str, quotations: Sequence[Quotation], rules: SpeechRules) -> list[_Event]:
    """Return the speech verbs outside quotations that have a speaker, or that stand beside a quotation."""
    starts = [quotation.start for quotation in quotations]
    events: list[_Event] = []
    for match in words_of(folded).find(rules.verb):
        at = bisect_right(starts, match.start()) - 1
        line = folded.rfind("\n", max(0, match.start() - _BACK_CHARS), match.start()) + 1
        if (at >= 0 and match.end() <= quotations[at].end) or rules.question.match(folded, line):
            continue
        event = _event(text, folded, match, rules)
        if event and (not events or event.start >= events[-1].end):
            events.append(event)
    return events


def _event(text: str, folded: str, match: re.Match[str], rules: SpeechRules) -> _Event | None:
    """Return the event of one speech verb, or None where nobody is seen to speak."""
    if match["according"]:
        start, end = _phrase_after(text, folded, match.end(), rules)
        return _Event(match.start(), max(end, match.end()), match.start(), text[start:end], start)
    verb = " ".join(match["verb"].split())
    if rules.silent.search(folded[max(0, match.start() - 24) : match.start()]):
        return None
    lead = text[max(0, match.start() - 4) : match.start()].rstrip()[-1:]
    after_mark = lead in set(',"”»—–-') or not lead
    if verb in rules.before and after_mark:
        when = rules.said_when.match(folded, match.end())  # "informó este sábado la ministra"
        start, end = _phrase_after(text, folded, when.end() if when else match.end(), rules)
        clause = rules.clause_verb.match(folded, end) or rules.not_speaker.match(folded[start:end])
        if not clause and _is_speaker(text[start:end], folded[start:end], rules):
            return _Event(match.start(), end, match.start(), text[start:end], start)
    if verb in rules.after:
        start, end = _phrase_before(text, folded, match.start(), rules)
        phrase = folded[start:end]
        names = not rules.pronoun.match(phrase) and _is_speaker(text[start:end], phrase, rules)
        if names or rules.pronoun.match(phrase) or rules.opener.match(phrase):  # "Asimismo informó"
            return _Event(start, match.end(), match.start(), text[start:end] if names else "", start)
    unsaid = verb in rules.before and after_mark
    return _Event(match.start(), match.end(), match.start(), "", match.start()) if unsaid else None


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
            if _FULL_NAME.search(text[start:stop]) or rules.role.search(folded[start:stop]):
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


def _owners(text: str, quotations: Sequence[Quotation], events: Sequence[_Event]) -> list[int | None]:
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


def _is_anothers(text: str, folded: str, quotation: Quotation, event: _Event, rules: SpeechRules) -> bool:
    """Tell whether a quotation behind a body's sentence tells of oneself ('The police said no more. "I hid."')."""
    between = text[event.end : quotation.start]
    behind = between.rstrip()[-1:] in {".", "!", "?", "…"} and not _QUOTED.search(between)
    return behind and _is_body(event.speaker, rules) and _is_own_story(text, folded, quotation, rules)


def _is_body(speaker: str, rules: SpeechRules) -> bool:
    """Tell whether a speaker is no person ("the police", "PNB", "a report"): none of these says "I"."""
    offices = [role[0] for role in rules.role.finditer(fold(speaker)) if role["official"]]
    body = all(map(rules.body.fullmatch, offices)) if offices else _ACRONYM.search(speaker)
    return bool(body) and not _FULL_NAME.search(speaker)


def _only_break(text: str, end: int, quotation: Quotation) -> bool:
    """Tell whether nothing but the rest of the sentence lies between a speech verb and a later paragraph."""
    near = 0 <= quotation.line - end < _BACK_CHARS
    return near and not _SENTENCE_END.search(text, end, quotation.line)


def _adjacent(text: str, quotation: Quotation, events: Sequence[_Event], at: int) -> int | None:
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


class _Speakers:
    """Knows who has spoken so far, and tells the exposed from the unexposed."""

    def __init__(
        self, text: str, folded: str, sentences: Sequence[Span], rules: SpeechRules, pseudonyms: Pseudonyms
    ) -> None:
        self._text, self._folded, self._rules, self._pseudonyms = text, folded, rules, pseudonyms
        self._last: tuple[int, str, bool] | None = None
        self._interviewee: tuple[str, bool] | None = None
        self._surnames: frozenset[str] | None = None
        words = words_of(folded)
        self._subjects = [
            (role.start(), text[role.start() : role.end()], role["official"] is None)
            for sentence in sentences
            if (role := words.search(rules.roles, sentence.start, min(sentence.end, sentence.start + _START_CHARS)))
            and not role["crowd"]
            and len(folded[sentence.start : role.start()].split()) <= _SUBJECT_WORDS
        ]
        self._subject_starts = [start for start, _, _ in self._subjects]

    def resolve(self, event: _Event, sentence: Span, *, is_quoted: bool) -> tuple[str, bool]:
        """Return the speaker of an event and whether he is anonymous; "" when it stays unknown."""
        start, end = max(sentence.start, event.start - _NEAR_CHARS), min(sentence.end, event.end + _NEAR_CHARS)
        asked = self._rules.anonymity.search(self._folded, start, end) is not None
        phrase = " ".join(event.speaker.split())
        phrase = _short(phrase) if event.start == event.verb else phrase
        folded = self._folded[event.at : event.at + len(event.speaker)]
        if not phrase or self._rules.pronoun.match(folded):
            if not (is_quoted or self._last):
                return "", False
            phrase, anonymous = self.before(event.start)
            phrase = phrase or self._text[event.start : event.end]
        else:
            anonymous = self._anonymous(phrase, folded, is_quoted=is_quoted)
        role = self._rules.role.search(folded)
        if not (role and role["crowd"]):
            self._last = (event.end, phrase, anonymous or asked)
        return phrase, anonymous or asked

    def before(self, position: int) -> tuple[str, bool]:
        """Return whom a pronoun at ``position`` points back to: the last speaker or subject, else an unknown."""
        at = bisect_right(self._subject_starts, position - 1) - 1
        subject = self._subjects[at] if at >= 0 and position - self._subjects[at][0] <= _BACK_CHARS else None
        last = self._last if self._last and 0 <= position - self._last[0] <= _BACK_CHARS else None
        if subject and (not last or subject[0] > last[0]):
            return subject[1], subject[2]
        return (last[1], last[2]) if last else ("", True)

    def of_own_story(self, position: int) -> tuple[str, bool]:
        """Return who says "I" at ``position`` with no speech verb near: no police and no report does."""
        speaker, anonymous = self.before(position)
        return ("", True) if _is_body(speaker, self._rules) else (speaker, anonymous)

    def interviewed(self, position: int) -> tuple[str, bool]:
        """Return who gives the answers of an interview: whoever was spoken of before the first."""
        if self._interviewee is None:
            self._interviewee = self.before(position)
        return self._interviewee

    def _anonymous(self, phrase: str, folded: str, *, is_quoted: bool) -> bool:
        rules = self._rules
        role = rules.role.search(folded)
        changed = self._pseudonyms.every and not (role and (role["official"] or role["crowd"]))
        if changed or not self._pseudonyms.words.isdisjoint(folded.split()):
            return True
        name = _FULL_NAME.search(phrase, role.end() if role and role.start() == 0 else 0)
        named = name and (name.start() == 0 or (role and role.end() + 1 == name.start()))
        if named or (role and role["official"]):
            return False
        if role and role["crowd"]:
            return is_quoted or rules.numbered.match(folded) is not None
        if role or _ACRONYM.search(phrase):
            return role is not None
        if _SINGLE_NAME.match(phrase):
            return is_quoted and phrase.rstrip(".") not in self._introduced()
        return is_quoted and rules.article.match(folded) is not None

    def _introduced(self) -> frozenset[str]:
        """Return the single names that the text gives elsewhere as a surname, or with an office."""
        if self._surnames is None:
            found: set[str] = set()
            for pair in _PAIR.finditer(self._text):
                role = self._rules.role.match(self._folded, pair.start(1))
                titled = self._rules.first_name_title.match(self._folded, pair.start(1), pair.end(1) + 1)
                if (role and role["official"]) or (pair[1][0].isupper() and not titled):
                    found.add(pair[2])
            self._surnames = frozenset(found)
        return self._surnames


def _short(phrase: str) -> str:
    """Cut a phrase that runs on behind a name: "la PNB disparó contra la comisión" -> "la PNB"."""
    name = _OPENING_NAME.match(phrase)
    rest = phrase[name.end() :].split() if name else []
    return phrase[: name.end()] if name and rest and rest[0].islower() and len(rest[0]) > _MIN_NAME else phrase
