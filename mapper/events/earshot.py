"""Earshot: places to which shots carry from where they are fired; nothing is said to have happened there.

"They fought in X all day. Shots could be heard in Y": Y is no place of the fighting. Where a report names no other
place than those at which shots are heard ("shots heard in X and Y since dawn"), they are where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mapper.events.scenes import Scene
    from mapper.model import Mention

__all__ = ["in_earshot"]

_NEAR_SENTENCES = 2
_BEFALLS = ("attack", "casualty", "raid", "entry", "assault", "arrest", "airstrike", "grenade", "body")
_HURT = {"killed", "injured"}


def in_earshot(
    sentences: Sequence[Sequence[Scene]], mentions: Sequence[Mention], clashes: Collection[int]
) -> frozenset[int]:
    """Return those of the ``clashes`` at which shots are only heard, by the index of their mention.

    Parameters
    ----------
    sentences
        The scenes of each sentence.
    mentions
        The report's mentions.
    clashes
        The mentions at which a clash is thought to have happened.

    A place "as far as" which shots are heard is one wherever it is told, any other one only near a place of a clash
    of which more is said.
    """
    far: dict[int, bool] = {}
    stands: dict[int, int] = {}
    dated = {number for number, sentence in enumerate(sentences) if any(scene.dates for scene in sentence)}
    for number, sentence in enumerate(sentences):
        here = [index for scene in sentence for index in scene.mentions if index in clashes]
        if here:
            stands.update(dict.fromkeys(here, number))
            far.update(_heard_at(sentence, mentions, here))
    told = {number for index, number in stands.items() if index not in far}
    near = {number + step for number in told for step in range(-_NEAR_SENTENCES, _NEAR_SENTENCES + 1)}
    near -= dated - told
    return frozenset(index for index, is_far in far.items() if is_far or stands[index] in near)


def _heard_at(sentence: Sequence[Scene], mentions: Sequence[Mention], here: Sequence[int]) -> dict[int, bool]:
    """Return the places of which a sentence says only that something is heard there, each with whether "as far as"."""
    heard = [cue.end for scene in sentence for cue in scene.having("heard")]
    befalls = [cue.start for scene in sentence for cue in scene.affirmed(*_BEFALLS)]
    befalls += [one.start for scene in sentence for one in scene.quantities if one.measure.value in _HURT]
    carries = [cue.start for scene in sentence for cue in scene.having("as_far_as")]
    found: dict[int, bool] = {}
    for index in here if heard else ():
        start = mentions[index].start
        before = [end for end in heard if end <= start]
        if before and before[-1] > max(befalls, default=-1):
            found[index] = any(before[-1] <= at < start for at in carries)
    return found
