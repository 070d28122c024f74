"""Whereabouts: the places at which an event happened that another sentence tells of.

News tell the violence first and the place after: "Gunmen killed two men on Sunday. The attack took place in X."
The second sentence tells of no event by its own words, so the models hear little in it. And a place is set right:
"it was not in X but in Y" has the event in Y. Bulletins say in a few words that the fighting goes on in a place.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.events.frames import EVENT_KINDS
from mapper.events.lists import ARTICLE, lists_in
from mapper.model import DatePrecision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from mapper.events.frames import Frame
    from mapper.events.scenes import Scene
    from mapper.model import Cue, Mention

__all__ = ["UNTOLD", "corrected", "going_on", "happened_at", "is_summary", "only_noise", "refuted"]

_BACK_SENTENCES = 3
_BACK_MENTIONS = 30
_SPEECH = re.compile(r"[:\"“”«»]")
_COLON = re.compile(r"\s?:\s")
_MARKS = re.compile(r"(?:[^\w]*(?:\d[\d:./]*|[A-Za-zÁÉÍÓÚáéíóú]{2,3}|[ap]\.?\s?m)\b\.?){0,4}\W*")
_THERE = re.compile(
    r"(?i)\b(?:all[ií]|ah[ií]|en\s(?:es[ea]|dich[oa]|est[ea])\s(?:lugar|sector|zona|barrio|barriada|calle|punto)"
    r"|there(?!\s(?:was|were|is|are|has|have|had|will|would|could|can|may|might|seem\w*)\b|['’]s)"
    r"|(?:in|on)\sthat\s(?:area|sector|neighbou?rhood|barrio|street|place|hill))\b"
)
_SUBJECT_CHARS, _LEAD_CHARS, _SAID_CHARS = 70, 30, 160
_OPENING_WORDS = 8
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"(?i)\b(?:el|la|este|esta|y|and|on)\b|\W")
_SUBJECT = re.compile(r"\s(?:un|una|unos|unas|otr[oa]s?|vari[oa]s|much[oa]s|dos|tres|an?(?!\slas?)|two|several)\s")
_MAY = re.compile(r"(?i)\b(?:could|might|may|would|podr[ií]an?|pudo|pudieron|habr[ií]an?)\s(?:have\s|haber\s|be\s)?\Z")
UNTOLD = ("past", "hypothetical", "rumour", "denial", "threat", "figurative", "plan")
_NO_LEAD = ("residence", "gang", "people_of")
_AND_NOT_IN = re.compile(
    r"(?i)(?:,\s(?:and\s|y\s)?(?:no|not)\s(?:(?:en|in|at|near)\s)?|\s(?:and|y)\s(?:no|not)\s(?:en|in|at|near)\s)"
    rf"{ARTICLE}\Z"
)
_IN = re.compile(rf"(?i)(?<!\w)(?:en|in|at|near|by|on|por|cerca del?)\s{ARTICLE}\Z")
_RATHER = re.compile(
    rf"(?:,\s(?:como|as)\s[^,.;:]{{1,40}})?,?\s(?:sino|but)\s(?:(?:que\s)?(?:fue\s)?(?:en|in|at|near)\s)?{ARTICLE}"
)
_NOT_IN = re.compile(rf"(?<!\w)(?:no|not|n['’]t)(?:\s\w+){{0,2}}\s(?:en|in|at|near)\s{ARTICLE}\Z", re.IGNORECASE)

# "we said that it took place in X. It was in fact in Y"
_SAID = re.compile(
    r"(?i)\b(?:(?:diji|informa|publica|reporta)mos|por error|err[oó]neamente|donde dice|versi[oó]n anterior|"
    r"we (?:said|reported|wrote)|earlier version|(?:erroneous|mistaken|incorrect|wrong)ly)\b[^.!?]*\Z"
)
_IN_FACT = re.compile(
    r"(?i)[^.!?]{0,20}(?:[.!?]\s)?[^.!?]{0,40}?\b(?:en realidad|lo correcto|debe decir|fue|ocurri[oó]|se registr[oó]|"
    r"in fact|actually|should (?:say|read)|(?:it|that) (?:was|happened|took place))\b[^.!?]{0,40}?"
    rf"\s(?:en|in|at|near)\s{ARTICLE}"
)

# "they were fireworks", "se trató de cohetones"
_FIREWORKS = re.compile(
    r"(?i)\b(?:eran|era|fueron|fue|se trat(?:[oó]|aba) de|result(?:[oó]|aron) ser|was|were|turned out to be)\s"
    r"(?:\w+\s){0,2}?(?:fuegos artificiales|cohet(?:es|ones)|petardos|pirotecnia|fireworks|firecrackers)\b"
)

# fact-checks: a claim, and behind it "False." or "Es falso, según la alcaldía."
_FALSE = re.compile(
    r"(?i)[^\w]*(?:(?:es|eso\ses|esto\ses|that\sis|this\sis|it\sis|that['’]s|it['’]s)\s)?(?:(?:totalmente|completely)\s)?"
    r"(?:fals[oa]|mentira|(?:un\s)?bulo|no\ses\s(?:cierto|verdad)|false|fake|untrue|not\strue|(?:an?\s)?(?:lie|hoax))"
    r"\s*(?:[.,;:!]|$)"
)


def happened_at(
    sentences: Sequence[Sequence[Scene]],
    frames: Mapping[int, Frame | None],
    mentions: Sequence[Mention],
    rather: Collection[int] = frozenset(),
) -> dict[int, Frame]:
    """Return the event of each mention at which an event took place that the sentence only refers to.

    Parameters
    ----------
    sentences
        The scenes of each sentence.
    frames
        The event that the cues of each scene speak of, by scene number.
    mentions
        The report's mentions.
    rather
        Those of them at which the event was, where the text sets a place right (``corrected``).
    """
    found: dict[int, Frame] = {}
    before: Sequence[Scene] = ()
    told: tuple[int, Frame] | None = None
    for sentence in sentences:
        own = [frame for scene in sentence if (frame := frames[scene.number])]
        own = [frame for frame in own if frame.is_clash] or own
        number = sentence[0].sentence_number
        before_it = told[1] if told and number - told[0] <= _BACK_SENTENCES else None
        # "the event took place in X when police came to arrest him": the event is the one told of before
        known = own[0] if own and (own[0].is_clash or not before_it) else before_it
        if known and not is_summary(sentence):
            found.update((index, known) for index in _places(sentence, mentions))
            if own and own[0].is_clash and not any(scene.having(*UNTOLD) for scene in sentence):
                found.update((index, own[0]) for index in _headed(sentence, mentions))
                found.update((index, own[0]) for index in _there(sentence, before, frames))
        if known:
            found.update((index, known) for scene in sentence for index in scene.mentions if index in rather)
        told = (number, own[0]) if own else told
        before = sentence
    return found


def _places(sentence: Sequence[Scene], mentions: Sequence[Mention]) -> Iterator[int]:
    """Yield the first place behind the words that say an event took place ("el hecho se registró en"), or its list."""
    nouns = [cue for scene in sentence for cue in scene.having("the_event")]
    verbs = [
        verb
        for scene in sentence
        for verb in scene.affirmed("happens")
        if not _MAY.search(scene.text[max(0, verb.start - _LEAD_CHARS) : verb.start])
        if _has_no_subject(sentence, verb) or any(0 <= verb.start - noun.end <= _SUBJECT_CHARS for noun in nouns)
    ]
    if not verbs:
        return
    for scene in sentence:
        if scene.having(*UNTOLD):
            return
        for index in scene.mentions:
            start = mentions[index].start
            if start >= verbs[0].end and not scene.lead(start, *_NO_LEAD):
                lists = lists_in(scene.text, mentions[index : scene.mentions[-1] + 1])
                yield from (index + number for number in lists.get(0, [0]))
                return


def going_on(
    sentences: Sequence[Sequence[Scene]],
    frames: Mapping[int, Frame | None],
    mentions: Sequence[Mention],
    lists: Mapping[int, Sequence[int]],
) -> dict[int, Frame]:
    """Return the event of each place of which a sentence says in a few words that fighting goes on there.

    "Siguen los tiroteos en X, Y y Z", "Heavy gunfire in X".
    """
    found: dict[int, Frame] = {}
    for at, sentence in enumerate(sentences):
        scene = next((scene for scene in sentence if scene.mentions), sentence[0])
        frame = frames[scene.number]
        untold = any(one.having(*UNTOLD) for one in sentence)
        denied = any(one.having("denial", "figurative") for behind in sentences[at + 1 : at + 3] for one in behind)
        if frame and frame.is_clash and not (untold or denied) and _goes_on(scene, mentions):
            index = scene.mentions[0]
            found.update(dict.fromkeys(lists.get(index, [index]), frame))
    return found


def _goes_on(scene: Scene, mentions: Sequence[Mention]) -> bool:
    """Tell whether little but words for a fight and that it goes on stand before a clause's first place."""
    if not scene.mentions:
        return False
    start = mentions[scene.mentions[0]].start
    fights, verbs = (
        any(cue.end <= start for cue in scene.affirmed(*kinds)) for kinds in (("battle", "gunfire"), ("goes_on",))
    )
    brief = len(_WORD.findall(scene.text[scene.sentence.start : start])) <= _OPENING_WORDS
    return fights and verbs and brief and scene.lead(start, "in_place") is not None


def _headed(sentence: Sequence[Scene], mentions: Sequence[Mention]) -> Iterator[int]:
    """Yield the only place of a sentence that it stands under ("Thu 22. El Valle: shots from a moving car")."""
    text, start = sentence[0].text, sentence[0].sentence.start
    named = [index for scene in sentence for index in scene.mentions]
    if (
        len(named) == 1
        and _COLON.match(text, mentions[named[0]].end)
        and _MARKS.fullmatch(text, start, mentions[named[0]].start)
    ):
        yield named[0]


def _there(sentence: Sequence[Scene], before: Sequence[Scene], frames: Mapping[int, Frame | None]) -> Iterator[int]:
    """Yield the only place of the sentence before, where a clause of this one says that it happened "there"."""
    clauses = [scene for scene in sentence if (frame := frames[scene.number]) and frame.is_clash]
    if any(scene.mentions for scene in sentence) or not any(map(_happened_there, clauses)):
        return
    named = [index for scene in before for index in scene.mentions]
    if len(named) == 1:
        yield named[0]


def _happened_there(scene: Scene) -> bool:
    """Tell whether "there" and an event stand in one clause, with no quotation or colon between them."""
    for there in _THERE.finditer(scene.text, scene.span.start, scene.span.end):
        for cue in scene.affirmed(*EVENT_KINDS):
            first, last = sorted([(there.start(), there.end()), (cue.start, cue.end)])
            if not _SPEECH.search(scene.text, first[1], last[0]):
                return True
    return False


def _has_no_subject(sentence: Sequence[Scene], verb: Cue) -> bool:
    """Tell whether a sentence opens with its verb, or with a day and its verb ("El sábado ocurrió en ...")."""
    text, start = sentence[0].text, sentence[0].sentence.start
    days = [date for scene in sentence for date in scene.dates if date.end <= verb.start]
    ahead = "".join(text[at] for at in range(start, verb.start) if not any(one.start <= at < one.end for one in days))
    return not _WORDS.sub("", ahead) and not _SUBJECT.match(text, verb.end)


def is_summary(sentence: Sequence[Scene]) -> bool:
    """Tell whether a sentence sums up months or years."""
    dates = [date.when for scene in sentence for date in scene.dates if date.when.start]
    return any(when.precision is not DatePrecision.DAY for when in dates)


def corrected(text: str, mentions: Sequence[Mention]) -> dict[int, int]:
    """Return the mentions at which an event was wrongly said to be, each with the one where it was.

    Parameters
    ----------
    text, mentions
        The report's text and mentions. "It was not in X but in Y" gives X with Y, as does "we said X. It was in Y".
    """
    found: dict[int, int] = {}
    for index, (wrong, right) in enumerate(pairwise(mentions)):
        before = text[max(0, wrong.start - _SAID_CHARS) : wrong.start]
        denied = _RATHER.fullmatch(text, wrong.end, right.start) and _NOT_IN.search(before[-_LEAD_CHARS:])
        if denied or (_IN_FACT.fullmatch(text, wrong.end, right.start) and _SAID.search(before)):
            found[index] = index + 1
        elif _IN.search(before[-_LEAD_CHARS:]) and _AND_NOT_IN.search(
            text[max(wrong.end, right.start - _LEAD_CHARS) : right.start]
        ):
            found[index + 1] = index  # "in X, not in Y"; that a home "is X, not Y" tells of no event
    return found | dict(_told_before(found, mentions))


def _told_before(found: Mapping[int, int], mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield the mention of each wrong place that the correction takes back, the last before it, with the right one."""
    for wrong, right in found.items():
        place = mentions[wrong].place
        last = min(wrong, right)
        before = range(last - 1, max(-1, last - _BACK_MENTIONS), -1) if place else ()
        told = next((one for one in before if mentions[one].place == place), None)
        if told is not None and told not in found:
            yield told, right


def refuted(sentences: Sequence[Sequence[Scene]]) -> set[int]:
    """Return the mentions of each claim of which the sentence right behind it says that it is false."""
    return {
        index
        for claim, verdict in pairwise(sentences)
        if claim[0].paragraph == verdict[0].paragraph
        if _FALSE.match(verdict[0].text, verdict[0].sentence.start, verdict[0].sentence.end)
        for scene in claim
        for index in scene.mentions
    }


def only_noise(sentences: Sequence[Sequence[Scene]]) -> set[int]:
    """Return the mentions of which a sentence says, or the one behind it, that what was heard there were fireworks."""
    found: set[int] = set()
    before: Sequence[Scene] = ()
    for sentence in sentences:
        span = sentence[0].sentence
        said = _FIREWORKS.search(sentence[0].text, span.start, span.end)
        if said:
            own = [index for scene in sentence if scene.span.start <= said.start() for index in scene.mentions]
            heard = any(scene.having("gunfire", "battle", "explosion") for scene in sentence)
            noise = any(scene.having("gunfire", "battle", "explosion") for scene in before)
            found.update(own if heard else [index for scene in before for index in scene.mentions] if noise else [])
        before = sentence
    return found
