"""Speakers: whom a pronoun or a quotation without a verb points back to, and who of them stays unnamed."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from mapper.reading.words import words_of
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.model import Span
    from mapper.reading.pseudonyms import Pseudonyms
    from mapper.reading.speech import SpeechRules

__all__ = ["FULL_NAME", "Speakers", "SpeechEvent", "is_body"]

_CAPITAL = r"[A-ZÁÉÍÓÚÑÜ][\w'’.-]*"
FULL_NAME = re.compile(rf"{_CAPITAL}\s(?:(?:de|del|la|da|von|van)\s)*{_CAPITAL}")
_NAMED_TRADE = re.compile(
    rf"(?:[a-z]{{1,3}}\s)?(?:(?!(?:de|del|en|of|from|in|at|near)\s)[a-zà-ÿ-]+\s){{1,2}}"
    rf"(?!(?:El|La|Los|Las|San|Santa|The)\s){_CAPITAL}\s(?:(?:de|del|la)\s)*{_CAPITAL}"
)
_INTRODUCED = re.compile(
    rf"(?:^|[.!?…]\s+)(?:[\d:.,/•·*()-]+\s+)*(?P<name>(?P<given>[A-ZÁÉÍÓÚÑ]\w+)\s{_CAPITAL})(?:,[^.!?:]*)?:$"
)
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
_PAIR = re.compile(r"(?<!\w)(?=([\w'’]+)\s(?:de\s)?([A-ZÁÉÍÓÚÑÜ][\w'’]*))")
_OPENING_NAME = re.compile(rf"(?:[a-z]{{2,3}}\s)?{_CAPITAL}(?:\s(?:(?:de|del|la|of|the|y|and)\s)*{_CAPITAL})*")
_SINGLE_NAME = re.compile(rf"{_CAPITAL}$")
_BACK_CHARS, _NEAR_CHARS = 700, 400
_START_CHARS, _SUBJECT_WORDS = 45, 2
_MIN_NAME = 3


@dataclass(frozen=True, slots=True)
class SpeechEvent:
    """A speech verb with its speaker phrase ("" when only a pronoun or nothing is there)."""

    start: int
    end: int
    verb: int
    speaker: str
    at: int


class Speakers:
    """Knows who has spoken so far, and tells the exposed from the unexposed."""

    def __init__(
        self, text: str, folded: str, sentences: Sequence[Span], rules: SpeechRules, pseudonyms: Pseudonyms
    ) -> None:
        self._text, self._folded, self._rules, self._pseudonyms = text, folded, rules, pseudonyms
        self._last: tuple[int, str, bool] | None = None
        self._interviewee: tuple[str, bool] | None = None
        self._surnames: frozenset[str] | None = None
        self._sentences = sentences
        self._subjects: list[tuple[int, str, bool]] | None = None

    def _subject(self, sentence: Span) -> tuple[int, str, bool] | None:
        """Return of whom a sentence tells: the first role, if it stands at the start; else its only named official."""
        roles = list(words_of(self._folded).find(self._rules.roles, sentence.start, sentence.end))
        role = roles[0] if roles else None
        near = role and role.start() - sentence.start <= _START_CHARS
        if role and near and not role["crowd"]:
            ahead = self._folded[sentence.start : role.start()].split()
            if len(ahead) <= _SUBJECT_WORDS:
                return role.start(), self._text[role.start() : role.end()], role["official"] is None
        if not all(one["official"] for one in roles):
            return None
        titled = [(one, name) for one in roles if (name := FULL_NAME.match(self._text, one.end() + 1))]
        return (titled[0][0].start(), titled[0][1][0], False) if len(titled) == 1 else None

    def resolve(self, event: SpeechEvent, sentence: Span, *, is_quoted: bool) -> tuple[str, bool]:
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
        if self._subjects is None:
            self._subjects = [one for sentence in self._sentences if (one := self._subject(sentence))]
        at = bisect_right(self._subjects, position - 1, key=itemgetter(0)) - 1
        subject = self._subjects[at] if at >= 0 and position - self._subjects[at][0] <= _BACK_CHARS else None
        last = self._last if self._last and 0 <= position - self._last[0] <= _BACK_CHARS else None
        if subject and (not last or subject[0] > last[0]):
            return subject[1], subject[2]
        return (last[1], last[2]) if last else ("", True)

    def of_own_story(self, position: int) -> tuple[str, bool]:
        """Return who says "I" at ``position`` with no speech verb near: no police and no report does."""
        line = self._text.rfind("\n", 0, position) + 1
        lead = self._text[line:position].rstrip()
        opening = _INTRODUCED.search(lead) if lead.endswith(":") else None
        roles = self._rules.role.finditer(fold(opening[0])) if opening else ()
        if opening and fold(opening["given"]) in self._rules.given and all(role["official"] for role in roles):
            return opening["name"], False  # "14:05 Rosa Paz, on the radio: "We left""
        speaker, anonymous = self.before(position)
        return ("", True) if is_body(speaker, self._rules) else (speaker, anonymous)

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
        name = FULL_NAME.search(phrase, role.end() if role and role.start() == 0 else 0)
        named = name and (name.start() == 0 or (role and role.end() + 1 == name.start()))
        if named or _NAMED_TRADE.match(phrase) or (role and role["official"]):
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


def is_body(speaker: str, rules: SpeechRules) -> bool:
    """Tell whether a speaker is no person ("the police", "PNB", "a report"): none of these says "I"."""
    offices = [role[0] for role in rules.role.finditer(fold(speaker)) if role["official"]]
    body = all(map(rules.body.fullmatch, offices)) if offices else _ACRONYM.search(speaker)
    return bool(body) and not FULL_NAME.search(speaker)
