"""Roles: what each mention does in the story, decided by the first rule that speaks.

Words that tie a place to something other than the event (the home of a speaker, a gang's name, the
hospital where the wounded were taken, a funeral) come before the event itself may claim it. Every
verdict has its reason, so that ``mapper explain`` can say why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.events.frames import EVENT_KINDS
from mapper.events.scenes import leads_to
from mapper.model import Assertion, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapper.events.frames import Frame
    from mapper.events.scenes import Scene
    from mapper.model import Cue, Mention

__all__ = ["Case", "Verdict", "verdict_on"]

_CARE = {"hospital", "prison", "police", "university"}
_LARGE = {"city", "state", "country", "vague"}
_VIOLENT = ("battle", "gunfire", "attack", "body", "explosion", "airstrike")
_BUSINESS = ("ceremony", "legal", "release", "taken")
_BEHIND_CHARS = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """A role with its assertion, reason, and the frame that gave it (clashes and other incidents)."""

    role: Role
    reason: str
    assertion: Assertion = Assertion.NONE
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A mention before the rules.

    ``frame`` is the event that governs its clause, if any; ``is_container`` whether it only says
    where the place before it lies; ``is_first`` whether its sentence names no place before it.
    """

    text: str
    mention: Mention
    scene: Scene
    sentence: Sequence[Scene]
    frame: Frame | None
    is_container: bool = False
    is_first: bool = False

    @property
    def feature_class(self) -> str:
        """The feature class of the mention's place, '' where it has none."""
        return self.mention.place.feature_class if self.mention.place else ""

    def leading(self, *kinds: str) -> Cue | None:
        """Return the cue of these kinds that stands right before the mention, if any."""
        cues = self.scene.having(*kinds)
        return next((cue for cue in cues if leads_to(self.text, cue, self.mention.start)), None)


def verdict_on(case: Case) -> Verdict:
    """Decide what the mention of ``case`` does: the first rule that speaks, or else the event's own role."""
    for rule in _RULES:
        verdict = rule(case)
        if verdict is not None:
            return verdict
    if case.frame is None:
        return _context("no event word governs it")
    words = ", ".join(case.frame.words[:3])
    role = Role.CLASH if case.frame.is_clash else Role.OTHER_INCIDENT
    return Verdict(role, f"{case.frame.event_type} / {case.frame.sub_event_type}: {words}", frame=case.frame)


def _context(reason: str, assertion: Assertion = Assertion.NONE) -> Verdict:
    return Verdict(Role.CONTEXT, reason, assertion)


def _lies_around(case: Case) -> Verdict | None:
    return _context("says where the place named before it lies") if case.is_container else None


def _tied_to_people(case: Case) -> Verdict | None:
    """Homes, workplaces and groups: "resident of X", "banda de X", "a X gang"."""
    if any(cue.start - case.mention.end == 1 for cue in case.scene.having("actor:Gang")):
        return _context("names a group")
    acting = bool(case.scene.affirmed("protest", "riot", "looting"))
    cue = case.leading("residence", "gang", *(() if acting else ("people_of",)))
    if cue is None:
        return None
    what = "names a group" if cue.kind == "gang" else "where somebody lives, works or comes from"
    return _context(f"{what}: '{cue.text}'")


def _unhappened(case: Case) -> Verdict | None:
    """Denied, threatened, hypothetical or rumoured."""
    scene = case.scene
    happened = bool(scene.affirmed(*EVENT_KINDS, "casualty"))
    if not happened and (scene.having("denial") or any(scene.denied(kind) for kind in _VIOLENT)):
        return _context("denied: no incident there", Assertion.DENIED)
    threats = [cue for cue in scene.having("threat") if cue.start < case.mention.start]
    if threats and not _nearer_than(case, threats):
        return _context(f"threatened: '{threats[-1].text}'", Assertion.THREATENED)
    if not happened and scene.having("hypothetical"):
        return _context("hypothetical: no incident there", Assertion.HYPOTHETICAL)
    rumoured = [cue for one in case.sentence for cue in one.having("rumour")]
    if rumoured and not any(one.having("casualty") for one in case.sentence):
        return _context(f"rumoured: '{rumoured[0].text}'", Assertion.RUMOURED)
    return None


def _imagined(case: Case) -> Verdict | None:
    """Figures of speech, shows, sports, the weather, and plans: nothing that happened."""
    if case.frame is None:
        return None
    sentence = case.sentence
    if any(one.having("figurative") for one in sentence) and not any(one.affirmed("casualty") for one in sentence):
        return _context("a figure of speech, a show or the weather", Assertion.HYPOTHETICAL)
    if any(plan.start < case.mention.start for plan in case.scene.having("plan")):
        return _context("planned, not happened", Assertion.HYPOTHETICAL)
    return None


def _too_large(case: Case) -> Verdict | None:
    alone = sum(len(one.mentions) for one in case.sentence) == 1
    if case.feature_class in _LARGE or (case.feature_class == "municipality" and not alone):
        return _context("too large a place to carry the event")
    return None


def _place_of_care(case: Case) -> Verdict | None:
    if case.feature_class in _CARE and case.leading("struck_at") is None:
        return _context("an institution where people were taken, work or speak")
    return None


def _other_business(case: Case) -> Verdict | None:
    """Yield to a funeral, a trial or a release that stands nearer to the mention than any event word.

    A word behind the mention counts as farther away than one before it: places follow their verbs.
    """
    mention = case.mention

    def distance(cue: Cue) -> int:
        return mention.start - cue.end if cue.start < mention.start else 2 * (cue.start - mention.end) + _BEHIND_CHARS

    business = case.scene.having(*_BUSINESS)
    if not business:
        return None
    nearest = min(business, key=distance)
    events = case.scene.affirmed(*EVENT_KINDS)
    if events and min(distance(cue) for cue in events) <= distance(nearest):
        return None
    return _context(f"nearer to '{nearest.text}' than to the event")


def _beside(case: Case) -> Verdict | None:
    cue = None if case.is_first else case.leading("near_place")
    return _context(f"only says what the event was near: '{cue.text}'") if cue else None


def _only_heard(case: Case) -> Verdict | None:
    if case.scene.affirmed("heard") and not case.scene.affirmed("casualty", "battle", "attack"):
        return _context("it was heard or seen from there")
    return None


def _nearer_than(case: Case, threats: Sequence[Cue]) -> bool:
    """Tell whether a word of violence that did happen stands nearer to the mention than any word of threat."""

    def distance(cue: Cue) -> int:
        return min(abs(cue.start - case.mention.start), abs(cue.end - case.mention.start))

    nearest_threat = min(distance(cue) for cue in threats)
    return any(distance(cue) < nearest_threat for cue in case.scene.affirmed(*_VIOLENT))


_RULES: tuple[Callable[[Case], Verdict | None], ...] = (
    _lies_around,
    _tied_to_people,
    _unhappened,
    _imagined,
    _too_large,
    _place_of_care,
    _other_business,
    _beside,
    _only_heard,
)
