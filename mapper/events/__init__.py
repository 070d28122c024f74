"""Events: mentions and cues become incidents and movements; the same event told twice becomes one.

``understand`` works on one report, ``link`` over all of them.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from mapper.events.calendar import Calendar
from mapper.events.ends import with_wanting_ends
from mapper.events.features import spots_of
from mapper.events.frames import frames_of
from mapper.events.glance import Sight
from mapper.events.incidents import gather_incidents
from mapper.events.linking import link
from mapper.events.movements import find_flows
from mapper.events.network import load_network
from mapper.events.passages import numbers_in, passages_of
from mapper.events.records import finish_movements
from mapper.events.scenes import cut_scenes
from mapper.events.verdicts import judge, lend, verdicts_on
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
    scenes = cut_scenes(reading, mentions)
    sentences = [tuple(group) for _, group in groupby(scenes, key=lambda scene: scene.sentence_number)]
    cued = frames_of(sentences)
    spots = spots_of(reading, mentions, sentences, cued)
    sight = Sight(map(load_network().read, passages_of(reading, mentions, scenes)))
    is_violent = any(frame is not None and frame.is_clash for frame in cued.values())
    judged = judge(spots, sight, is_violent=is_violent)
    verdicts = verdicts_on(judged, sentences, mentions, cued)
    verdicts = with_wanting_ends(verdicts, judged, sentences, spots, mentions)
    frames = lend(cued, verdicts, scenes)
    flows = find_flows(sentences, spots, verdicts, (mentions, numbers_in(reading), sight))
    calendar = Calendar(reading, scenes)
    incidents, trace = gather_incidents(reading, scenes, frames, (mentions, verdicts, spots, sight), calendar)
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
    lodged = [mentions[index].place for scene in scenes if scene.affirmed("lodging") for index in scene.mentions]
    return Facts(
        reading.report,
        told,
        tuple(incidents),
        tuple(movements),
        reading.report.warnings,
        tuple(trace),
        shelters=tuple(sorted({place.place_id for place in lodged if place})),
        private_names=reading.private_names,
    )
