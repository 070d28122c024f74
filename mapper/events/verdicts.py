"""Verdicts: what each mention does in the story, judged by two looks of a linear model.

The first look sees what stands around a mention; the second also what the first made of it, of its
neighbours and of the same place elsewhere, so that lists, ellipses and retellings hold together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.events.features import second_look
from mapper.events.frames import Frame
from mapper.events.labels import LABELS
from mapper.events.weights import load_weights
from mapper.model import Assertion, EventType, MovementKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapper.events.features import Spot
    from mapper.events.scenes import Scene
    from mapper.events.weights import Judgement

__all__ = ["Verdict", "judge", "kind_of", "lend", "verdicts_on"]

_EVENTS = frozenset(name for name, label in LABELS.items() if label.event_type)
_CONTEXT = frozenset(name for name, label in LABELS.items() if label.role is Role.CONTEXT)
_GROUPS = (_CONTEXT, _EVENTS, frozenset({"origin", "destination", "via"}))
_GUNFIRE = ("gunfire", "attack", "battle")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A role with its assertion, reason, and the frame of the event it carries (clashes and other incidents)."""

    role: Role
    reason: str
    assertion: Assertion = Assertion.NONE
    frame: Frame | None = None


def judge(spots: Mapping[int, Spot]) -> dict[int, Judgement]:
    """Return the model's judgement on each mention, by its index."""
    first, second = load_weights("first_look"), load_weights("second_look")
    judged = {index: first.judge(spot.features) for index, spot in spots.items()}
    return {index: second.judge(features).among(*_GROUPS) for index, features in second_look(spots, judged).items()}


def verdicts_on(judged: Mapping[int, Judgement], scenes: Iterable[Scene]) -> dict[int, Verdict]:
    """Return the verdict on each judged mention, by its index."""
    return {index: _verdict(judged[index], scene) for scene in scenes for index in scene.mentions if index in judged}


def _verdict(judgement: Judgement, scene: Scene) -> Verdict:
    label = LABELS[judgement.label]
    frame = None
    if label.event_type is not None:
        traits = {"body"} if judgement.label == "body" else set()
        if label.event_type is EventType.BATTLES or scene.affirmed(*_GUNFIRE):
            traits.add("gunfire")
        frame = Frame(label.event_type, label.sub_event_type, judgement.cues, frozenset(traits))
    return Verdict(label.role, judgement.reason, label.assertion, frame)


def kind_of(spots: Iterable[Spot]) -> MovementKind:
    """Return the kind of the movement whose ends stand at ``spots``."""
    features = [feature for spot in spots for feature in spot.features]
    return MovementKind(load_weights("movement_kind").judge(features).label)


def lend(frames: Mapping[int, Frame | None], verdicts: Mapping[int, Verdict], scenes: Iterable[Scene]) -> dict[int, Frame | None]:
    """Return the frame of each scene: that of the first event a mention carries there, or what its cues say."""
    found = dict(frames)
    for scene in scenes:
        told = [verdicts[index].frame for index in scene.mentions if index in verdicts and verdicts[index].frame]
        if told:
            found[scene.number] = told[0]
    return found
