"""Movements: who fled, was evacuated or came back, from where, to where, by what way.

The verdicts say which mentions are ends. Ends of one sentence make one movement until an end comes that
is already taken and not listed with the one before ("from A to B, from C to D"). A movement without an
origin starts where the one told before it did, unless it leads back there: then it is a return; the first
starts where the next sentences say ("They sleep in B. They came from A"). Sentences that only count people
who flee add to the movement they go on with.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.events.dividing import rejoined
from mapper.events.headcounts import HOUSEHOLDS, PERSONS, counted_in, counts_own, share_out, take_numbers
from mapper.events.movers import FLIGHT, UNREAL, are_casualties, are_forces, are_moved, runs_from_justice
from mapper.events.verdicts import kind_of
from mapper.model import Mode, MovementKind, Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.events.features import Spot
    from mapper.events.glance import Sight
    from mapper.events.scenes import Scene
    from mapper.events.verdicts import Verdict
    from mapper.model import Cue, Mention, Quantity

__all__ = ["Flow", "find_flows"]

_END_ROLES = (Role.ORIGIN, Role.DESTINATION, Role.VIA)
_SINGLE = (Role.ORIGIN, Role.DESTINATION)
# between ends that share out the same people: numbers and small words ("Petare (21), Coche (14)")
_SHARES = re.compile(
    r"(?:[\s(),;:\d–-]|\b[^\W\d_]{1,3}\b|\b(?:sector(?:es|s)?|barrios?|zonas?|districts?|areas?)\b){1,30}",
    re.IGNORECASE,
)
# "to X and, two days later, to Y": the same people go on
_ONWARD = re.compile(
    r"[^.;:!?]{0,30}?\s(?:y|e|and)\b,?\s[^.;:!?]{0,20}\b(?:later|then|after|afterwards|from there|finally|"
    r"luego|despu[eé]s|m[aá]s tarde|de all[ií]|de ah[ií]|finalmente)\b[^.;:!?]{0,40}",
    re.IGNORECASE,
)
# "from X and from Y", "to X or to a school in Y": the way told once more for the same people
_AGAIN = re.compile(
    r",?\s(?:and|or|y|e|o)\s(?:from|to|for|de|desde|a|hacia|para|en|in)\s"
    r"(?:(?:[^\W\d_A-Z]+\s){1,3}(?:in|of|at|de|en)\s)?(?:(?:the|el|la|los|las)\s)?"
)
# what stands before the verb of those who had fled once
_WHO_HAD = re.compile(
    r"\b(?:who|that|que|quienes)\s(?:(?:had|have|were|hab[ií]an?|han?|hubieron)\s(?:been\s|sido\s)?)?$", re.IGNORECASE
)
_WHO_CHARS = 24
# "From there they went on to Z": what was told of as the destination lay on the way
_FROM_THERE = re.compile(
    r"\W{0,12}(?:(?:(?:de|desde)\s)?(?:all[ií]|ah[ií]|all[aá])|luego|despu[eé]s|m[aá]s tarde"
    r"|(?:from )?there|then|later)\b",
    re.IGNORECASE,
)
_LEADS = ("people_of", "to_place", "from_place", "in_place")
_NEXT = 3  # an origin told so many sentences later, or violence so many before, may still be that of a flight


@dataclass(slots=True)
class Flow:
    """One movement in the making; ``ends`` maps a role to indices of mentions, in order.

    ``endless``: its own sentence names no end;
    ``backwards``: its origin is told after it; ``fled``: the mention of the violence told before it, for one without
    an origin.
    """

    kind: MovementKind
    scenes: list[Scene]
    ends: dict[Role, list[int]] = field(
        default_factory=lambda: {role: [] for role in (Role.ORIGIN, Role.DESTINATION, Role.VIA)}
    )
    mode: Mode = Mode.UNKNOWN
    people: Quantity | None = None
    households: Quantity | None = None
    stands: bool = False
    endless: bool = False
    backwards: bool = False
    fled: list[int] = field(default_factory=list)

    @property
    def stated(self) -> bool:
        """Whether the flow stands for itself; if not, it can only add to another one."""
        named = any(self.ends.values()) and not self.endless
        return self.stands or named or self.households is not None


def find_flows(
    sentences: Sequence[Sequence[Scene]],
    spots: Mapping[int, Spot],
    verdicts: Mapping[int, Verdict],
    told: tuple[Sequence[Mention], Sequence[Quantity], Sight],
) -> list[Flow]:
    """Return the movements that the sentences state, in order of appearance.

    Parameters
    ----------
    sentences
        The scenes of each sentence.
    spots
        Where each mention stands.
    verdicts
        The verdict on each mention.
    told
        The report's mentions, its numbers (``numbers_in``), and the network's glances.
    """
    mentions, numbers, sight = told
    in_order = sorted(numbers, key=lambda number: number.start)
    flows: list[Flow] = []
    for scenes in sentences:
        found = _flows_in(scenes, spots, verdicts, (mentions, in_order))
        if are_forces(scenes):
            found = []
        if not (_goes_on(flows, scenes) or are_moved(scenes)):
            found = [flow for flow in found if flow.ends[Role.ORIGIN] or not flow.ends[Role.DESTINATION]]
        going_on = None if found else _without_ends(scenes)
        flows += [going_on] if going_on else found
    by_number = {scenes[0].sentence_number: scenes for scenes in sentences}
    _settle_kinds(flows, by_number, spots)
    flows = _chained(flows)
    for flow, following in pairwise(flows):
        _agree_on_kind(flow, following)
        _hand_on(flow, following)
    for following, flow in pairwise(reversed(flows)):
        _hand_back(flow, following)
    flows = rejoined(flows, mentions)
    for flow in flows:
        if flow.kind is MovementKind.DISPLACEMENT and not flow.ends[Role.ORIGIN]:
            flow.fled = _violence_before(flow, by_number, spots, verdicts)
            if flow.fled and _places(flow.fled, spots) == _places(flow.ends[Role.DESTINATION], spots):
                flow.kind, flow.fled = MovementKind.RETURN, []  # nobody flees to where the shots were
        _take_manner(flow)
    take_numbers(flows, sentences, numbers, sight)
    share_out(flows, mentions, in_order)
    return flows


def _goes_on(flows: Sequence[Flow], scenes: Sequence[Scene]) -> bool:
    """Tell whether the sentence before tells of a movement."""
    return bool(flows) and flows[-1].scenes[-1].sentence_number == scenes[0].sentence_number - 1


def _flows_in(
    scenes: Sequence[Scene],
    spots: Mapping[int, Spot],
    verdicts: Mapping[int, Verdict],
    told: tuple[Sequence[Mention], Sequence[Quantity]],
) -> list[Flow]:
    """Return the movements whose ends one sentence names."""
    mentions, _ = told
    flows: list[Flow] = []
    for scene in scenes:
        for index in scene.mentions:
            role = verdicts[index].role
            if role not in _END_ROLES:
                continue
            taken = flows[-1].ends[role] if flows and role in _SINGLE else []
            listed = bool(taken) and _is_listed(scene, index, taken, spots, told)
            gone_on = taken and _ONWARD.fullmatch(scene.text, mentions[taken[-1]].end, mentions[index].start)
            if gone_on and role is Role.DESTINATION and not listed:
                flows[-1].ends[Role.VIA] += taken
                flows[-1].ends[role] = taken = []
            if not flows or (taken and not listed):
                flows.append(Flow(MovementKind.DISPLACEMENT, []))
            flow = flows[-1]
            flow.ends[role].append(index)
            if scene not in flow.scenes:
                flow.scenes.append(scene)
    for flow in flows:
        flow.kind = kind_of(spots[index] for ends in flow.ends.values() for index in ends)
        _turn(flow, scenes, mentions)
    if len(flows) == 1:
        flows[0].scenes = list(scenes)
    return flows


def _is_listed(
    scene: Scene,
    index: int,
    taken: Sequence[int],
    spots: Mapping[int, Spot],
    told: tuple[Sequence[Mention], Sequence[Quantity]],
) -> bool:
    """Tell whether a place is one more end of the movement whose ends of its kind are ``taken``."""
    gap = told[0][taken[-1]].end, told[0][index].start
    if counts_own(scene, index, gap[0], told):
        return False
    return spots[index].listed in taken or any(words.fullmatch(scene.text, *gap) for words in (_AGAIN, _SHARES))


def _turn(flow: Flow, scenes: Sequence[Scene], mentions: Sequence[Mention]) -> None:
    """Let a return lead home."""
    ends, came_back = flow.ends, _came_back(flow, scenes, mentions)
    if came_back or (flow.kind is MovementKind.RETURN and _is_turned(flow, mentions)):
        flow.kind = MovementKind.RETURN
        ends[Role.ORIGIN], ends[Role.DESTINATION] = ends[Role.DESTINATION], ends[Role.ORIGIN]


def _came_back(flow: Flow, scenes: Sequence[Scene], mentions: Sequence[Mention]) -> bool:
    """Tell whether those who had fled a place are said to be back there: "families who had fled X returned"."""
    homes = flow.ends[Role.ORIGIN]
    if not homes or flow.ends[Role.DESTINATION] or any(scene.having(*UNREAL) for scene in scenes):
        return False
    start, end = mentions[homes[0]].start, mentions[homes[-1]].end
    before = [cue for scene in scenes for cue in scene.affirmed("flee", "leave", "evacuate") if cue.end <= start]
    behind = any(cue.start >= end for scene in scenes for cue in scene.affirmed("returning"))
    return (
        behind
        and bool(before)
        and _WHO_HAD.search(scenes[0].text, max(0, before[-1].start - _WHO_CHARS), before[-1].start) is not None
    )


def _is_turned(flow: Flow, mentions: Sequence[Mention]) -> bool:
    """Tell whether a return leads home from where people stayed: "residents of X went home after a week in Y"."""

    def is_led(index: int, kind: str) -> bool:
        leads = (scene.lead(mentions[index].start, *_LEADS) for scene in flow.scenes)
        return any(cue is not None and cue.kind == kind for cue in leads)

    homes, stays = flow.ends[Role.ORIGIN], flow.ends[Role.DESTINATION]
    from_home = bool(homes) and all(is_led(index, "people_of") for index in homes)
    return from_home and not any(is_led(index, "to_place") for index in stays)


def _settle_kinds(flows: Sequence[Flow], by_number: Mapping[int, Sequence[Scene]], spots: Mapping[int, Spot]) -> None:
    """Let what leads back where others came from be a return, and none that is only denied."""
    fled: dict[str, list[set[str]]] = defaultdict(list)  # the places that others came from, by each of them
    for flow in flows:
        origins, ends = (_places(flow.ends[role], spots) for role in _SINGLE)
        if ends and not flow.ends[Role.ORIGIN] and any(ends <= some for some in fled[min(ends)]):
            flow.kind = MovementKind.RETURN  # it leads to where an earlier one came from
        if flow.kind is MovementKind.RETURN and _is_hindered(flow, by_number):
            flow.kind = MovementKind.DISPLACEMENT
        if flow.kind is not MovementKind.RETURN:
            for place in origins:
                fled[place].append(origins)


def _is_hindered(flow: Flow, by_number: Mapping[int, Sequence[Scene]]) -> bool:
    """Tell whether a flow's sentence and those beside it speak of going back only to deny it ("cannot return yet")."""
    numbers = {scene.sentence_number + step for scene in flow.scenes for step in (-1, 0, 1)}
    near = [scene for number in numbers for scene in by_number.get(number, ())]
    return any(scene.having("returning") for scene in near) and not any(scene.affirmed("returning") for scene in near)


def _without_ends(scenes: Sequence[Scene]) -> Flow | None:
    """Return the movement of a sentence that tells of flight and names no end, if it does.

    It stands for itself where it counts people who flee; if not, it only goes on with one told before.
    """
    counted = next(counted_in(scenes, *PERSONS, *HOUSEHOLDS), None) is not None
    subjects = counted or any(scene.having("civilians", "on_foot") for scene in scenes)
    strong = tuple(cue for scene in scenes for cue in scene.affirmed(*FLIGHT) if not runs_from_justice(scene, cue))
    weak = tuple(cue for scene in scenes for cue in scene.affirmed("leave")) if subjects else ()
    if not (strong or weak) or any(scene.having(*UNREAL) for scene in scenes):
        return None
    kind = _kind(strong or weak)
    stands = bool(strong) and counted and kind is not MovementKind.RETURN and not are_casualties(scenes)
    return Flow(kind, list(scenes), stands=stands, endless=True)


def _places(indices: Sequence[int], spots: Mapping[int, Spot]) -> set[str]:
    return {spots[index].place_id for index in indices} - {""}


def _chained(flows: Sequence[Flow]) -> list[Flow]:
    """Return the flows with each that goes on from where the one before it led as part of that one."""
    found: list[Flow] = []
    for flow in flows:
        if found and _goes_on_from(found[-1], flow):
            before = found[-1]
            before.ends[Role.VIA] += [*before.ends[Role.DESTINATION], *flow.ends[Role.VIA]]
            before.ends[Role.DESTINATION] = flow.ends[Role.DESTINATION]
            before.scenes += flow.scenes
        else:
            found.append(flow)
    return found


def _goes_on_from(flow: Flow, following: Flow) -> bool:
    """Tell whether the sentence behind a flow leads the same people on: "From there they went to Z"."""
    scenes = following.scenes
    beside = scenes[0].sentence_number - flow.scenes[-1].sentence_number == 1
    led = flow.ends[Role.DESTINATION] and following.ends[Role.DESTINATION] and not following.ends[Role.ORIGIN]
    if not (beside and led) or MovementKind.RETURN in {flow.kind, following.kind}:
        return False
    others = any(scene.having("another", "civilians") or scene.quantities for scene in scenes)
    return not others and _FROM_THERE.match(scenes[0].text, scenes[0].sentence.start) is not None


def _agree_on_kind(flow: Flow, following: Flow) -> None:
    """Let two halves of a movement, told one behind the other, be of one kind: whence people came and where they are.

    "Families left X. They are lodged in Y"; "they sleep in Y. They left X"; "they are home in X. They had lived in Y".
    """
    gap = following.scenes[0].sentence_number - flow.scenes[-1].sentence_number
    left_first = _is_half(flow, Role.ORIGIN) and _is_half(following, Role.DESTINATION) and gap == 1
    left_first = left_first and MovementKind.RETURN not in {flow.kind, following.kind}
    left_last = _is_half(flow, Role.DESTINATION) and _is_half(following, Role.ORIGIN) and gap <= _NEXT
    if left_first or (left_last and following.kind is not MovementKind.RETURN):
        following.kind = flow.kind


def _is_half(flow: Flow, role: Role) -> bool:
    """Tell whether this end of a flow is told and the other is not."""
    return all(bool(flow.ends[one]) is (one is role) for one in _SINGLE)


def _hand_on(flow: Flow, following: Flow) -> None:
    """Let a flow that names no origin start where the one told before it started."""
    if flow.kind is following.kind and not following.ends[Role.ORIGIN]:
        following.ends[Role.ORIGIN] = list(flow.ends[Role.ORIGIN])


def _hand_back(flow: Flow, following: Flow) -> None:
    """Let a flow for which no origin is told before start where the next one did, if that one leads nowhere else.

    What a sensitive passage says stays its own: the home of somebody who speaks is not where others came from.
    """
    hidden = any(scene.sensitive for scene in following.scenes)
    aimless = following.backwards or not following.ends[Role.DESTINATION]
    near = following.scenes[0].sentence_number - flow.scenes[-1].sentence_number <= _NEXT
    if _is_half(flow, Role.DESTINATION) and aimless and near and not hidden and flow.kind is following.kind:
        flow.ends[Role.ORIGIN], flow.backwards = list(following.ends[Role.ORIGIN]), True


def _violence_before(
    flow: Flow, by_number: Mapping[int, Sequence[Scene]], spots: Mapping[int, Spot], verdicts: Mapping[int, Verdict]
) -> list[int]:
    """Return the mention, or the list of them, where violence was last told of before a flow or in its own sentence."""
    at = flow.scenes[0].sentence_number
    for number in range(at, at - _NEXT - 1, -1):
        scenes = by_number.get(number, ())
        found = [index for scene in scenes for index in scene.mentions if verdicts[index].role is Role.CLASH]
        if found:
            one_list = all(spots[index].listed in found for index in found[1:])
            return found if one_list else []
    return []


def _kind(words: Sequence[Cue]) -> MovementKind:
    kinds = {word.kind for word in words}
    if "returning" in kinds:
        return MovementKind.RETURN
    return MovementKind.EVACUATION if "evacuate" in kinds else MovementKind.DISPLACEMENT


def _take_manner(flow: Flow) -> None:
    for scene in flow.scenes:
        flow.people = flow.people or next(counted_in([scene], *PERSONS), None)
        flow.households = flow.households or next(counted_in([scene], *HOUSEHOLDS), None)
        if flow.mode is Mode.UNKNOWN and scene.having("on_foot"):
            flow.mode = Mode.ON_FOOT
        if flow.mode is Mode.UNKNOWN and scene.having("vehicle"):
            flow.mode = Mode.VEHICLE
