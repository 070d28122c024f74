"""Movements: who fled, was evacuated or came back, from where, to where, by what way.

A sentence moves people when it has a word of flight (or a weaker word of leaving with civilians as
its subject) that is not negated, feared or imagined. The word right before each place says which
end it is; places joined in a list share the word before the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.events.scenes import leads_to
from mapper.model import Mode, MovementKind, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.events.scenes import Scene
    from mapper.model import Cue, Mention, Quantity

__all__ = ["Flow", "find_flows"]

_FLIGHT = ("flee", "evacuate", "returning")
_ENDS = {
    "from_place": Role.ORIGIN,
    "people_of": Role.ORIGIN,
    "to_place": Role.DESTINATION,
    "in_place": Role.DESTINATION,
    "via_place": Role.VIA,
}
_CHAIN = re.compile(r" (?:[^\W\d_A-Z][\w]* ){1,4}")
_PERSONS = {"persons", "families", "households"}


@dataclass(slots=True)
class Flow:
    """One movement in the making; ``ends`` maps a role to indices of mentions, in order."""

    kind: MovementKind
    scenes: list[Scene]
    ends: dict[Role, list[int]] = field(
        default_factory=lambda: {role: [] for role in (Role.ORIGIN, Role.DESTINATION, Role.VIA)}
    )
    mode: Mode = Mode.UNKNOWN
    people: Quantity | None = None

    @property
    def stated(self) -> bool:
        """Whether the flow names an end or counts its people; if not, it can only add to another one."""
        return any(self.ends.values()) or self.people is not None


def find_flows(text: str, sentences: Sequence[Sequence[Scene]], mentions: Sequence[Mention]) -> list[Flow]:
    """Return the movements that the sentences state, in order of appearance.

    Parameters
    ----------
    text
        The report's text.
    sentences
        The scenes of each sentence.
    mentions
        The report's mentions; vague areas among them may only be destinations or origins.
    """
    flows: list[Flow] = []
    for number, scenes in enumerate(sentences):
        for scene in scenes:
            words = _moving_words(scene, scenes, sentences[number - 1] if number else ())
            if words:
                flow = Flow(_kind(words), [scene])
                _take_ends(flow, text, scene, mentions)
                flows.append(flow)
            elif flows and flows[-1].scenes[-1].sentence == scene.sentence and not scene.having("battle", "gunfire"):
                flows[-1].scenes.append(scene)
                _take_ends(flows[-1], text, scene, mentions)
    for flow, following in pairwise(flows):
        _hand_on(flow, following)
    for flow in flows:
        _take_manner(flow)
    return flows


def _hand_on(flow: Flow, following: Flow) -> None:
    """Let a flow that names no origin start where the one before it in the paragraph started."""
    same_place = flow.scenes[-1].paragraph == following.scenes[0].paragraph
    if same_place and flow.kind is following.kind and not following.ends[Role.ORIGIN]:
        following.ends[Role.ORIGIN] = list(flow.ends[Role.ORIGIN])


def _moving_words(scene: Scene, sentence: Sequence[Scene], before: Sequence[Scene]) -> tuple[Cue, ...]:
    """Return the words by which the scene moves people, or none."""
    subjects = any(one.having("civilians", "on_foot") or _people_in(one) for one in sentence)
    others = any(one.having("not_flight") for one in sentence)
    told = not any(one.having("rumour", "figurative") for one in sentence)
    if not told or scene.having("hypothetical", "plan", "denial") or _only_feared(scene) or (others and not subjects):
        return ()
    strong = scene.affirmed(*_FLIGHT)
    if scene.having("casualty", "taken") and not scene.affirmed("flee", "returning") and not subjects:
        return ()  # the wounded are taken to hospital, nobody flees
    if strong or scene.having("protest", "riot", "dispersal", "ceremony"):
        return strong
    weak = scene.affirmed("leave") or scene.affirmed("lodging") or _from_here_to_there(scene) if subjects else ()
    return weak or _borrowed_words(scene, before)


def _from_here_to_there(scene: Scene) -> tuple[Cue, ...]:
    """Return the prepositions of counted people "from X to Y", as bulletins put it without a verb."""
    both = scene.having("from_place")[:1] + scene.having("to_place")[:1]
    counted = _people_in(scene) is not None
    return both if counted and len({cue.kind for cue in both}) > 1 and len(scene.mentions) > 1 else ()


def _borrowed_words(scene: Scene, before: Sequence[Scene]) -> tuple[Cue, ...]:
    """Return words of flight from the heading the scene stands under, or of arrival right after a flight."""
    if not scene.mentions:
        return ()
    heading = tuple(cue for cue in scene.heading if cue.kind in {*_FLIGHT, "shelter"})
    if heading and scene.having("from_place", "to_place", "leave", "shelter"):
        return heading
    told_before = any(one.affirmed(*_FLIGHT, "leave") for one in before)
    return scene.affirmed("shelter") if told_before else ()


def _only_feared(scene: Scene) -> bool:
    return any(
        0 <= cue.start - threat.end < 60  # noqa: PLR2004 - within the same breath
        for cue in scene.affirmed(*_FLIGHT)
        for threat in scene.having("threat")
    )


def _kind(words: Sequence[Cue]) -> MovementKind:
    kinds = {word.kind for word in words}
    if "returning" in kinds:
        return MovementKind.RETURN
    return MovementKind.EVACUATION if "evacuate" in kinds else MovementKind.DISPLACEMENT


def _take_ends(flow: Flow, text: str, scene: Scene, mentions: Sequence[Mention]) -> None:
    role: Role | None = None
    previous: Mention | None = None
    head = scene.mentions[0] if scene.mentions else -1
    if (
        head >= 0
        and mentions[head].start == scene.span.start
        and text[mentions[head].end : mentions[head].end + 1] == ":"
    ):
        flow.ends[Role.ORIGIN].append(head)  # bulletins: "Blandín: 140 people taken to ..."
    areas = [mentions[index].span for index in scene.mentions if _is_vague(mentions[index])]
    for index in scene.mentions:
        mention = mentions[index]
        if any(area.covers(mention.span) and area != mention.span for area in areas):
            continue  # "east of Caracas" is the end, Caracas only part of its name
        own = _end_before(text, scene, mention)
        joined = previous is not None and _joined(text, scene, previous, mention)
        role = own or (role if joined else None)
        previous = mention
        if role is None or index in flow.ends[Role.ORIGIN]:
            continue
        flow.ends[role].append(index)


def _is_vague(mention: Mention) -> bool:
    return mention.place is not None and mention.place.precision is Precision.VAGUE


def _joined(text: str, scene: Scene, one: Mention, other: Mention) -> bool:
    """Tell whether two places stand in one list: only commas, "and" and the like between them."""
    gap = text[one.end : other.start]
    for cue in scene.having("joiner"):
        if one.end <= cue.start and cue.end <= other.start:
            gap = gap.replace(cue.text, "", 1)
    return not gap.strip(" ,;")


def _end_before(text: str, scene: Scene, mention: Mention) -> Role | None:
    """Return which end of the movement the words before ``mention`` make it.

    Small words chain ("to a school in X", "a un liceo de X"): the first of the chain decides, since the
    others only say where the school is.
    """
    links = scene.having(*_ENDS)
    start, found = mention.start, None
    while True:
        before = [cue for cue in links if (leads_to if start == mention.start else _chains_to)(text, cue, start)]
        if not before:
            break
        best = max(before, key=lambda cue: (cue.end, cue.end - cue.start, cue.kind == "from_place"))
        if found is not None and best.kind in {"from_place", "people_of"} and found.kind != best.kind:
            break
        start, found = best.start, best
        if best.kind != "in_place" and best.text.lower() not in _small_words(links, best):
            break
    if found is None or (found.kind == "in_place" and not scene.affirmed("shelter", "lodging", "flee")):
        return None
    return _ENDS[found.kind]


def _small_words(links: Sequence[Cue], best: Cue) -> set[str]:
    """Return the words that may belong to a place's description instead of the movement: "of", "de", "in"."""
    short = 3
    return {cue.text.lower() for cue in links if len(cue.text) <= short and cue.kind in {"from_place", best.kind}}


def _chains_to(text: str, cue: Cue, start: int) -> bool:
    """Tell whether a small word and a noun or two lie between ``cue`` and ``start`` ("to [a hotel ]in")."""
    return cue.end < start and _CHAIN.fullmatch(text[cue.end : start]) is not None


def _people_in(scene: Scene) -> Quantity | None:
    counted = [
        quantity
        for quantity in scene.quantities
        if quantity.value.unit in _PERSONS
        and quantity.measure.value in {"displaced", "other"}
        and quantity.value.best != 1  # "a displaced resident" speaks, and counts nobody
    ]
    persons = [quantity for quantity in counted if quantity.value.unit == "persons"]
    return next(iter(persons or counted), None)


def _take_manner(flow: Flow) -> None:
    for scene in flow.scenes:
        flow.people = flow.people or _people_in(scene)
        if flow.mode is Mode.UNKNOWN and scene.having("on_foot"):
            flow.mode = Mode.ON_FOOT
        if flow.mode is Mode.UNKNOWN and scene.having("vehicle"):
            flow.mode = Mode.VEHICLE
