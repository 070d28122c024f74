"""Entries: "Police raided X on Friday. Eight people were killed." The dead of the second sentence fell in X.

Neither sentence says so by itself: the first has a place and no violence, the second the dead and no place, so
the models hear little in either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.events.features import LARGE
from mapper.events.frames import Frame
from mapper.events.lists import closed_lists
from mapper.events.whereabouts import UNTOLD, is_summary
from mapper.model import EventType, Measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.events.scenes import Scene
    from mapper.model import Mention

__all__ = ["entered"]

_NEXT_SENTENCES = 3
_FORCES = ("actor:Police", "actor:Military")
_NOT_NOW = ("legal", "release", "ceremony")  # what the wanted did before, or a burial
_NO_LEAD = ("residence", "gang", "people_of", "from_place")
# words for the dead of another place or time, or for whom those who are sought had killed
_OTHERS = re.compile(
    r"(?i)\b(?:unrelated|separate(?:ly)?|elsewhere|otr[oa]s?\s(?:hecho|caso|suceso|sector|parte|lugar)s?|another\s"
    r"(?:incident|case|attack|part)|aparte|meanwhile|mientras\stanto|earlier|before\sthat|previous(?:ly)?|antes|blam(?:ed|es)|accus\w+|wanted|link(?:ed|s)|suspected\sof|acusa\w*|atribuy\w+|señala\w*|vincula\w*|responsab\w+)\b"
)


def entered(
    sentences: Sequence[Sequence[Scene]], frames: Mapping[int, Frame | None], mentions: Sequence[Mention]
) -> dict[int, Frame]:
    """Return the event of each mention that a force raided or entered, if the next sentences count its dead.

    Parameters
    ----------
    sentences
        The scenes of each sentence.
    frames
        The event that the cues of each scene speak of, by scene number.
    mentions
        The report's mentions.
    """
    found: dict[int, Frame] = {}
    entries: Sequence[int] = ()
    since = 0
    dated = False
    for sentence in sentences:
        number = sentence[0].sentence_number
        if any(scene.mentions for scene in sentence):
            entries, since = _places(sentence, frames, mentions), number
            dated = any(scene.dates for scene in sentence)
        elif entries and number - since <= _NEXT_SENTENCES:
            frame = _deadly(sentence, frames)
            if frame is not None and (dated or not any(scene.dates for scene in sentence)):
                found.update(dict.fromkeys(entries, frame))
                entries = ()
    return found


def _places(
    sentence: Sequence[Scene], frames: Mapping[int, Frame | None], mentions: Sequence[Mention]
) -> Sequence[int]:
    """Return the places that a force is said to have raided or entered: the first behind the word, and its list."""
    if _is_untold(sentence) or any(frame.is_clash for scene in sentence if (frame := frames[scene.number])):
        return ()
    named = [index for scene in sentence for index in scene.mentions]
    for scene in sentence:
        entries = scene.affirmed("raid", *(("entry",) if scene.having(*_FORCES) else ()))
        for index in named if entries else ():
            place = mentions[index].place
            if mentions[index].start < entries[0].end or scene.lead(mentions[index].start, *_NO_LEAD):
                continue
            small = place is not None and mentions[index].status.is_located and place.feature_class not in LARGE
            return _listed_with(index, scene.text, mentions) if small else ()
    return ()


def _listed_with(index: int, text: str, mentions: Sequence[Mention]) -> Sequence[int]:
    """Return a mention with the others of the list that it begins."""
    return next((listed for listed in closed_lists(text, mentions) if listed[0] == index), [index])


def _deadly(sentence: Sequence[Scene], frames: Mapping[int, Frame | None]) -> Frame | None:
    """Return the event of a sentence that counts people killed, there and then; None for any other sentence."""
    if _is_untold(sentence) or any(scene.having(*_NOT_NOW) for scene in sentence):
        return None
    span = sentence[0].sentence
    if _OTHERS.search(sentence[0].text, span.start, span.end):
        return None
    for scene in sentence:
        if any(one.measure is Measure.KILLED and one.value.best for one in scene.quantities):
            own = frames[scene.number]
            words = tuple(cue.text for cue in scene.affirmed("casualty"))
            return own if own and own.is_clash else Frame(EventType.BATTLES, "Armed clash", words)
    return None


def _is_untold(sentence: Sequence[Scene]) -> bool:
    return any(scene.having(*UNTOLD) for scene in sentence) or is_summary(sentence)
