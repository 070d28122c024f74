"""Events: mentions and cues become incidents and movements; the same event told twice becomes one.

``understand`` works on one report, ``link`` over all of them.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from mapper.events.calendar import Calendar
from mapper.events.frames import frames_of
from mapper.events.incidents import gather_incidents
from mapper.events.linking import link
from mapper.events.movements import find_flows
from mapper.events.records import finish_movements
from mapper.events.roles import Case, Verdict, verdict_on
from mapper.events.scenes import cut_scenes
from mapper.model import Facts, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.model import Mention, Reading

__all__ = ["link", "understand"]


def understand(reading: Reading, mentions: Sequence[Mention]) -> Facts:
    """Say what one report tells: the role of each mention, its incidents and its movements.

    Parameters
    ----------
    reading
        What the text says.
    mentions
        Its toponyms as resolved, one for each of ``reading.toponyms`` and in the same order.

    Returns
    -------
    Facts
        Vague areas ("downtown") stay ends of movements; they are no mentions of their own.
    """
    text = reading.report.text
    scenes = cut_scenes(reading, mentions)
    sentences = [tuple(group) for _, group in groupby(scenes, key=lambda scene: scene.sentence_number)]
    by_number = {scenes_of[0].sentence_number: scenes_of for scenes_of in sentences}
    flows = find_flows(text, sentences, mentions)
    moving = {index: role for flow in flows for role, ends in flow.ends.items() for index in ends}
    containers = _containers(reading, mentions)
    frames = frames_of(sentences)
    firsts = {number: next((i for one in group for i in one.mentions), -1) for number, group in by_number.items()}
    verdicts: dict[int, Verdict] = {}
    for scene in scenes:
        for index in scene.mentions:
            if index in moving:
                verdicts[index] = Verdict(moving[index], "an end of a movement")
                continue
            verdicts[index] = verdict_on(
                Case(
                    text,
                    mentions[index],
                    scene,
                    by_number[scene.sentence_number],
                    frames[scene.number],
                    is_container=index in containers,
                    is_first=index == firsts[scene.sentence_number],
                )
            )
    calendar = Calendar(reading, scenes)
    incidents = gather_incidents(reading, scenes, frames, (mentions, verdicts), calendar)
    movements = finish_movements(reading, flows, mentions, incidents, calendar)
    told = tuple(
        replace(
            mention,
            role=verdicts[index].role if index in verdicts else Role.CONTEXT,
            assertion=verdicts[index].assertion if index in verdicts else mention.assertion,
            reasons=(*mention.reasons, *((verdicts[index].reason,) if index in verdicts else ())),
        )
        for index, mention in enumerate(mentions)
        if not (mention.place and mention.place.precision is Precision.VAGUE)
    )
    return Facts(reading.report, told, tuple(incidents), tuple(movements), reading.report.warnings)


# how large a feature class is: what a place lies in is larger than the place
_RANK = {
    "barrio": 1,
    "urbanizacion": 1,
    "sector": 1,
    "parish": 2,
    "municipality": 3,
    "city": 4,
    "state": 5,
    "country": 6,
}


def _containers(reading: Reading, mentions: Sequence[Mention]) -> set[int]:
    """Return the indices of toponyms that only say where the one before lies ("X, in Y")."""

    def rank(index: int) -> int:
        place = mentions[index].place
        return _RANK.get(place.feature_class, 0) if place else 0

    return {
        number + 1
        for number, toponym in enumerate(reading.toponyms[:-1])
        if toponym.container_ids
        and toponym.container_ids == reading.toponyms[number + 1].place_ids
        and rank(number + 1) > rank(number)
    }
