"""Entries: "Police raided X on Friday. Eight people were killed." The dead of the second sentence fell in X.

Neither sentence says so by itself: the first has a place and no violence, the second the dead and no place, so
the models hear little in either. "Eight people died in a police raid in X" says so in one breath.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.events.features import LARGE
from mapper.events.frames import FORCES, Frame
from mapper.events.whereabouts import UNTOLD, is_summary
from mapper.model import EventType, Measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.events.scenes import Scene
    from mapper.model import Mention

__all__ = ["entered"]

_NEXT_SENTENCES = 3
_FIGHTS = ("raid", "battle", "gunfire", "attack")
_NOT_NOW = ("legal", "release", "ceremony")  # what the wanted did before, or a burial
_NO_LEAD = ("residence", "gang", "people_of", "from_place")
# words for the dead of another place or time, or for whom those who are sought had killed
_OTHERS = re.compile(
    r"(?i)\b(?:unrelated|separate(?:ly)?|elsewhere|otr[oa]s?\s(?:hecho|caso|suceso|sector|parte|lugar)s?|another\s"
    r"(?:incident|case|attack|part)|aparte|meanwhile|mientras\stanto|earlier|before\sthat|previous(?:ly)?|antes|blam(?:ed|es)|accus\w+|wanted|link(?:ed|s)|suspected\sof|acusa\w*|atribuy\w+|señala\w*|vincula\w*|responsab\w+)\b"
)


def entered(
    sentences: Sequence[Sequence[Scene]],
    frames: Mapping[int, Frame | None],
    mentions: Sequence[Mention],
    lists: Mapping[int, Sequence[int]],
) -> dict[int, Frame]:
    """Return the event of each mention that a force raided or entered, if its clause or the next sentences count dead.

    Parameters
    ----------
    sentences
        The scenes of each sentence.
    frames
        The event that the cues of each scene speak of, by scene number.
    mentions
        The report's mentions.
    lists
        The mentions of each list, by the first of them.
    """
    found: dict[int, Frame] = {}
    entries: Sequence[int] = ()
    since = 0
    dated = False
    for sentence in sentences:
        number = sentence[0].sentence_number
        if any(scene.mentions for scene in sentence):
            found.update(_in_one_breath(sentence, frames, mentions, lists))
            entries, since = _places(sentence, frames, mentions, lists), number
            dated = any(scene.dates for scene in sentence)
        elif entries and number - since <= _NEXT_SENTENCES:
            frame = _deadly(sentence, frames)
            if frame is not None and (dated or not any(scene.dates for scene in sentence)):
                found.update(dict.fromkeys(entries, frame))
                entries = ()
    return found


def _places(
    sentence: Sequence[Scene],
    frames: Mapping[int, Frame | None],
    mentions: Sequence[Mention],
    lists: Mapping[int, Sequence[int]],
) -> Sequence[int]:
    """Return the places that a force is said to have raided or entered: the first behind the word, and its list."""
    if _is_untold(sentence) or any(frame.is_clash for scene in sentence if (frame := frames[scene.number])):
        return ()
    named = [index for scene in sentence for index in scene.mentions]
    for scene in sentence:
        entries = scene.affirmed("raid", *(("entry",) if scene.having(*FORCES) else ()))
        for index in named if entries else ():
            place = mentions[index].place
            if mentions[index].start < entries[0].end or scene.lead(mentions[index].start, *_NO_LEAD):
                continue
            small = place is not None and mentions[index].status.is_located and place.feature_class not in LARGE
            return lists.get(index, [index]) if small else ()
    return ()


def _in_one_breath(
    sentence: Sequence[Scene],
    frames: Mapping[int, Frame | None],
    mentions: Sequence[Mention],
    lists: Mapping[int, Sequence[int]],
) -> Iterator[tuple[int, Frame]]:
    """Yield the places of raids and fights in which the same clause counts dead: "23 died in a police raid in X"."""
    frame = _deadly(sentence, frames)
    for scene in sentence if frame else ():
        if not _counts_dead(scene):
            continue
        ends = {cue.end for cue in scene.affirmed(*_FIGHTS)}
        for index in scene.mentions:
            place, way = mentions[index].place, scene.lead(mentions[index].start, "in_place")
            if way and way.start - 1 in ends and place is not None and place.feature_class not in LARGE:
                yield from ((one, frame) for one in lists.get(index, [index]) if frame)


def _deadly(sentence: Sequence[Scene], frames: Mapping[int, Frame | None]) -> Frame | None:
    """Return the event of a sentence that counts people killed, there and then; None for any other sentence."""
    if _is_untold(sentence) or any(scene.having(*_NOT_NOW) for scene in sentence):
        return None
    span = sentence[0].sentence
    if _OTHERS.search(sentence[0].text, span.start, span.end):
        return None
    for scene in sentence:
        if _counts_dead(scene):
            own = frames[scene.number]
            words = tuple(cue.text for cue in scene.affirmed("casualty"))
            return own if own and own.is_clash else Frame(EventType.BATTLES, "Armed clash", words)
    return None


def _is_untold(sentence: Sequence[Scene]) -> bool:
    return any(scene.having(*UNTOLD) for scene in sentence) or is_summary(sentence)


def _counts_dead(scene: Scene) -> bool:
    return any(one.measure is Measure.KILLED and one.value.best for one in scene.quantities)
