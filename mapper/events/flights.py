"""Flights told in so many words: "residents of X fled to Y and Z".

Who the subject lives with and where the verb leads are told by grammar alone, whatever kind of place X is; the
models have seen few people flee from a barracks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from mapper.events.movers import UNREAL, runs_from_justice
from mapper.model import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.events.scenes import Scene
    from mapper.model import Cue, Mention

__all__ = ["told_flights"]

_NEXT_CHARS, _ASIDE_CHARS = 30, 60
# between the place and the verb: nothing but what the place lies in, or who else they are with
_ASIDE = re.compile(r"\s?(?:[,(][^.;:!?]{0,58}[,)])?\s?(?:(?:tambi[eé]n|also|have|had|han|hab[ií]an)\s)?")
_ONWARD = re.compile(r"\s(?:(?:en masa|a pie|anoche|ayer|on foot|overnight|at night|de madrugada|de noche)\s)?")


def told_flights(
    sentences: Sequence[Sequence[Scene]], mentions: Sequence[Mention], lists: Mapping[int, Sequence[int]]
) -> dict[int, Role]:
    """Return the ends of flights told by subject, verb and way, by the mention's index.

    Parameters
    ----------
    sentences
        The scenes of each sentence.
    mentions
        The report's mentions.
    lists
        The mentions of each list, by the first of them.
    """
    found: dict[int, Role] = {}
    for sentence in sentences:
        if any(scene.having(*UNREAL) for scene in sentence):
            continue
        named = [(scene, index) for scene in sentence for index in scene.mentions]
        homes = [index for scene, index in named if scene.lead(mentions[index].start, "people_of")]
        starts = [mentions[index].start for _, index in named]
        ends_at = [mentions[lists.get(index, [index])[-1]].end for index in homes]
        for scene in sentence:
            for verb in scene.affirmed("flee"):
                near = homes[bisect_left(ends_at, verb.start - _ASIDE_CHARS) : bisect_left(ends_at, verb.start)]
                home = next(
                    (one for one in near if _is_subject(scene.text, mentions[lists.get(one, [one])[-1]], verb)), None
                )
                ahead = named[bisect_right(starts, verb.end) : bisect_right(starts, verb.end + _NEXT_CHARS)]
                goal = next((index for scene, index in ahead if _leads_on(scene, verb, mentions[index])), None)
                if home is not None and not runs_from_justice(scene, verb):
                    ends = [(home, Role.ORIGIN)] if goal is None else [(home, Role.ORIGIN), (goal, Role.DESTINATION)]
                    for index, role in ends:
                        found.update(dict.fromkeys(lists.get(index, [index]), role))
    return {index: role for index, role in found.items() if mentions[index].place is not None}


def _is_subject(text: str, home: Mention, verb: Cue) -> bool:
    """Tell whether the people of a place are who flees: the verb follows, perhaps behind an aside."""
    near = home.end < verb.start <= home.end + _ASIDE_CHARS
    return near and _ASIDE.fullmatch(text, home.end, verb.start) is not None


def _leads_on(scene: Scene, verb: Cue, goal: Mention) -> bool:
    """Tell whether a verb leads right to a place: "fled to Y"."""
    if not verb.end < goal.start <= verb.end + _NEXT_CHARS:
        return False
    way = scene.lead(goal.start, "to_place")
    return way is not None and _ONWARD.fullmatch(scene.text, verb.end, way.start) is not None
