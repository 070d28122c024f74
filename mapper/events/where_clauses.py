"""Clauses with "where" and "when": "she lived in X, where gangs have been fighting police since noon".

The clause is cut off from its place, so the models hear of a home, a way or a view alone. What a clause with "when"
tells happened where the people of the clause before it were: "he was walking along X when two men shot him".
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.events.features import LARGE
from mapper.events.frames import EVENT_KINDS
from mapper.events.lists import ARTICLE
from mapper.events.whereabouts import UNTOLD, is_summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.events.frames import Frame
    from mapper.events.scenes import Scene
    from mapper.model import Mention

__all__ = ["told_of"]

_WHERE = re.compile(r"(?i)\W{0,12}(?:where|(?:en\s)?donde)\b")
_WHEN = re.compile(r"(?i)\W{0,12}(?:when|cuando)\b")
_BEING_THERE = ("in_place", "via_place")
_OTHER_LEADS = ("to_place", "from_place", "near_place")
_HOMES = ("residence", "people_of", "gang")
_USUALLY = re.compile(
    r"(?i)\b(?:often|common(?:ly|place)?|frequent(?:ly)?|usual(?:ly)?|regular(?:ly)?|routine(?:ly)?|every|always"
    r"|frecuent\w*|com[uú]n(?:es)?|habitual\w*|suele[ns]?|cada|siempre|a\smenudo|diari\w+)\b"
)
_LIES_IN = re.compile(rf"(?i),\s(?:en|in|de|of)\s{ARTICLE}")
_NO_SCENE = ("heard", "ceremony", "residence", "legal")  # of a clause that begins with "where"
_TAKEN = ("taken", "ceremony")  # those who die there were hit elsewhere


def told_of(
    sentences: Sequence[Sequence[Scene]], frames: Mapping[int, Frame | None], mentions: Sequence[Mention]
) -> dict[int, Frame]:
    """Return the event of each place of which the next clause tells one with "where" or "when".

    Parameters
    ----------
    sentences
        The scenes of each sentence.
    frames
        The event that the cues of each scene speak of, by scene number.
    mentions
        The report's mentions.
    """
    return dict(found for sentence in sentences for found in _told(sentence, frames, mentions))


def _told(
    sentence: Sequence[Scene], frames: Mapping[int, Frame | None], mentions: Sequence[Mention]
) -> Iterator[tuple[int, Frame]]:
    """Yield each place of which the next clause tells an event: "back from X, where gangs were fighting police"."""
    if is_summary(sentence):
        return
    for before, scene in pairwise(sentence):
        frame = frames[scene.number]
        if (
            frame is None
            or not frame.is_clash
            or not scene.affirmed(*EVENT_KINDS)
            or not (_is_where(scene) or _are_there(before, scene, mentions))
            or scene.having(*UNTOLD, *_NO_SCENE)
            or before.having(*_TAKEN)
            or _USUALLY.search(scene.text, scene.span.start, scene.span.end)
        ):
            continue
        index = _innermost(before, mentions)
        if index is not None and mentions[index].status.is_located:
            yield index, frame


def _is_where(scene: Scene) -> bool:
    """Tell whether a clause begins with "where" and says who, when or how many: else it may be any other time's."""
    told = scene.dates or scene.quantities or any(cue.kind.startswith("actor:") for cue in scene.cues)
    return bool(told) and _WHERE.match(scene.text, scene.span.start) is not None


def _are_there(before: Scene, scene: Scene, mentions: Sequence[Mention]) -> bool:
    """Tell whether a clause with "when", without a place of its own, tells what befell those who were in a place."""
    if scene.mentions or not _WHEN.match(scene.text, scene.span.start):
        return False
    index = _innermost(before, mentions)
    if index is None or before.lead(mentions[index].start, *_HOMES):
        return False
    lead = before.lead(mentions[index].start, *_BEING_THERE, *_OTHER_LEADS)
    patrolled = lead is None and bool(before.having("deployment"))  # "officers were patrolling X"
    return patrolled or (lead is not None and lead.kind in _BEING_THERE)


def _innermost(scene: Scene, mentions: Sequence[Mention]) -> int | None:
    """Return the last mention of a clause; of "X, in Y" that is X."""
    for index in reversed(scene.mentions):
        place = mentions[index].place
        lies_in = index and _LIES_IN.fullmatch(scene.text, mentions[index - 1].end, mentions[index].start)
        if not lies_in and (place is None or place.feature_class not in LARGE):
            return index
    return None
