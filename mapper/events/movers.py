"""Movers: whether a sentence tells of people who flee, are brought away or come back, or of something else.

Where a place is an end of a way, somebody moves; it need not be somebody driven from home. Police march off,
gunmen run, the wounded are brought to a hospital, and a bang is heard as far as a place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.events.scenes import Scene
    from mapper.model import Cue

__all__ = ["COUNTED", "FLIGHT", "MOVING", "UNREAL", "are_casualties", "are_forces", "are_moved", "runs_from_justice"]

FLIGHT = ("flee", "evacuate", "returning")
MOVING = (*FLIGHT, "leave", "shelter", "lodging")
UNREAL = ("rumour", "hypothetical", "plan", "denial", "figurative", "threat")  # nobody has fled yet
_FORCES = ("not_flight", "actor:Police", "actor:Military", "actor:Gang")
_OWN_WILL = ("flee", "leave")
COUNTED = frozenset({"displaced", "other"})  # measures of who may flee; who is killed, hurt or held does not


def runs_from_justice(scene: Scene, verb: Cue) -> bool:
    """Tell whether gunmen or police are who runs ("three gunmen fled"), and nobody counted in between."""
    before = [cue for cue in scene.having("not_flight") if cue.end <= verb.start]
    if not before:
        return False
    others = [*(cue.start for cue in scene.having("civilians")), *(one.start for one in scene.quantities)]
    return not any(before[-1].end <= start < verb.start for start in others)


def are_forces(sentence: Sequence[Scene]) -> bool:
    """Tell whether police, soldiers or a gang are who leaves: before each verb they are the last who are named."""
    verbs = [(scene, cue) for scene in sentence for cue in scene.affirmed(*MOVING)]
    return bool(verbs) and all(cue.kind in _OWN_WILL and _forces_before(sentence, cue) for _, cue in verbs)


def _forces_before(sentence: Sequence[Scene], verb: Cue) -> bool:
    forces = [cue.end for scene in sentence for cue in scene.having(*_FORCES) if cue.end <= verb.start]
    others = [cue.start for scene in sentence for cue in scene.having("civilians")]
    others += [one.start for scene in sentence for one in scene.quantities if one.measure.value in COUNTED]
    return bool(forces) and not any(forces[-1] <= start < verb.start for start in others)


def are_moved(sentence: Sequence[Scene]) -> bool:
    """Tell whether a sentence that names an end of a way may tell of people who leave, are lodged or come back.

    It has a word for that, or counts people of whom nothing else is said.
    """
    if any(scene.affirmed(*MOVING) for scene in sentence):
        return True
    return any(
        one.measure.value in COUNTED and one.value.unit in {"persons", "families", "households"}
        for scene in sentence
        for one in scene.quantities
    ) or any(scene.having("civilians") for scene in sentence)


def are_casualties(sentence: Sequence[Scene]) -> bool:
    """Tell whether a sentence tells of the wounded, or of people held and set free, who flee nothing."""
    hurt = {"killed", "injured", "detained"}
    if any(one.measure.value in hurt and one.value.best for scene in sentence for one in scene.quantities):
        return True
    return any(scene.having("abduction", "release", "taken", "casualty", "legal") for scene in sentence)
