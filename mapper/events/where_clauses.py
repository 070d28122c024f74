"""Clauses with "where": "she lived in X, where gangs have been fighting police since noon".

The clause is cut off from its place, so the models hear of a home, a way or a view alone.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.events.features import LARGE
from mapper.events.frames import EVENT_KINDS
from mapper.events.whereabouts import UNTOLD, is_summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.events.frames import Frame
    from mapper.events.scenes import Scene
    from mapper.model import Mention

__all__ = ["told_of"]

_WHERE = re.compile(r"(?i)\W*(?:where|(?:en\s)?donde)\b")
_USUALLY = re.compile(
    r"(?i)\b(?:often|common(?:ly|place)?|frequent(?:ly)?|usual(?:ly)?|regular(?:ly)?|routine(?:ly)?|every|always"
    r"|frecuent\w*|com[uú]n(?:es)?|habitual\w*|suele[ns]?|cada|siempre|a\smenudo|diari\w+)\b"
)
_LIES_IN = re.compile(r"(?i),\s(?:en|in|de|of)\s(?:(?:el|la|los|las|the)\s)?")
_NO_SCENE = ("heard", "ceremony", "residence", "legal")  # of a clause that begins with "where"
_TAKEN = ("taken", "ceremony")  # those who die there were hit elsewhere


def told_of(
    sentences: Sequence[Sequence[Scene]], frames: Mapping[int, Frame | None], mentions: Sequence[Mention]
) -> dict[int, Frame]:
    """Return the event of each place of which the next clause tells one with "where".

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
    """Yield each place of which the next clause tells an event: "back from X, where gangs were fighting police".

    The clause has to say who, when or how many: else it may be any other time's.
    """
    if is_summary(sentence):
        return
    for before, scene in pairwise(sentence):
        frame = frames[scene.number]
        if (
            frame is None
            or not frame.is_clash
            or not scene.affirmed(*EVENT_KINDS)
            or not _WHERE.match(scene.text, scene.span.start)
            or scene.having(*UNTOLD, *_NO_SCENE)
            or before.having(*_TAKEN)
            or _USUALLY.search(scene.text, scene.span.start, scene.span.end)
            or not (scene.dates or scene.quantities or any(cue.kind.startswith("actor:") for cue in scene.cues))
        ):
            continue
        index = _innermost(before, mentions)
        if index is not None and mentions[index].status.is_located:
            yield index, frame


def _innermost(scene: Scene, mentions: Sequence[Mention]) -> int | None:
    """Return the last mention of a clause; of "X, in Y" that is X."""
    for index in reversed(scene.mentions):
        place = mentions[index].place
        lies_in = index and _LIES_IN.fullmatch(scene.text, mentions[index - 1].end, mentions[index].start)
        if not lies_in and (place is None or place.feature_class not in LARGE):
            return index
    return None
