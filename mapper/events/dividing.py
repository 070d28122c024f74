"""Dividing: one group of people of whom some go to one place and others to another is one movement.

"Sixty families left X. Some went to Y, others to Z": the sixty are told once, and how many went where is not
said. Where each part has a number of its own ("300 to Y and 60 more to Z"), each is a movement of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.events.headcounts import HOUSEHOLDS, PERSONS, counted_in
from mapper.model import MovementKind, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.events.movements import Flow
    from mapper.model import Mention

__all__ = ["rejoined"]


def rejoined(flows: Sequence[Flow], mentions: Sequence[Mention]) -> list[Flow]:
    """Return the flows with those that are parts of one counted group as one with all their destinations."""
    found: list[Flow] = []
    divided = False  # whether the last flow tells where some of a counted group went
    for flow in flows:
        if divided and _is_part(found[-1], flow, mentions):
            _join(found[-1], flow)
            continue
        leaving = [one for one in found[-1:] if not one.ends[Role.DESTINATION] and _goes_on(one, flow)]
        divided = bool(flow.ends[Role.DESTINATION]) and _divides(flow, leaving, mentions)
        found.append(flow)
    return found


def _join(whole: Flow, part: Flow) -> None:
    for role in (Role.DESTINATION, Role.VIA):
        whole.ends[role] += [index for index in part.ends[role] if index not in whole.ends[role]]
    whole.scenes += [scene for scene in part.scenes if scene not in whole.scenes]


def _is_part(before: Flow, flow: Flow, mentions: Sequence[Mention]) -> bool:
    """Tell whether a flow tells of others of the same group, of whom none is counted anew."""
    return bool(flow.ends[Role.DESTINATION]) and _goes_on(before, flow) and not _counts_anew(before, flow, mentions)


def _goes_on(before: Flow, flow: Flow) -> bool:
    """Tell whether a flow tells of the same flight in the same sentence or the next, in one paragraph."""
    homes = before.ends[Role.ORIGIN]
    last, first = before.scenes[-1], flow.scenes[0]
    if first.sentence_number - last.sentence_number > 1 or first.paragraph != last.paragraph:
        return False
    same = bool(homes) and flow.ends[Role.ORIGIN] in (homes, []) and before.kind is flow.kind
    return same and flow.kind is not MovementKind.RETURN


def _divides(flow: Flow, leaving: Sequence[Flow], mentions: Sequence[Mention]) -> bool:
    """Tell whether people are counted as they leave, and only then it is said where some of them went."""
    first = min(mentions[index].start for index in flow.ends[Role.DESTINATION])
    parts = [cue.start for scene in flow.scenes for cue in scene.having("some_of_them") if cue.start < first]
    scenes = [scene for one in (*leaving, flow) for scene in one.scenes]
    return bool(parts) and any(one.start < parts[-1] for one in counted_in(scenes, *PERSONS, *HOUSEHOLDS))


def _counts_anew(before: Flow, flow: Flow, mentions: Sequence[Mention]) -> bool:
    """Tell whether people are counted between the last destination of one flow and what the next tells last."""
    told = mentions[before.ends[Role.DESTINATION][-1]].end
    last = max(mentions[index].start for index in flow.ends[Role.DESTINATION])
    counted = counted_in([*before.scenes, *flow.scenes], *PERSONS, *HOUSEHOLDS)
    return any(told <= one.start < last for one in counted)
