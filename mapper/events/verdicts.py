"""Verdicts: what each mention does in the story, judged by two looks of a linear model and by a network.

The first look sees what stands around a mention; the second also what the first made of it, of its
neighbours and of the same place elsewhere, so that lists, ellipses and retellings hold together. The
network reads the words in their order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.events.containers import describes, holds, leads_past, stands_for
from mapper.events.earshot import in_earshot
from mapper.events.entries import entered
from mapper.events.features import BRIEF, LARGE
from mapper.events.flights import told_flights
from mapper.events.frames import Frame
from mapper.events.labels import CLASHES, EVENTS, LABELS
from mapper.events.lists import ARTICLE, alike, lists_in
from mapper.events.movers import FLIGHT, MOVING
from mapper.events.neighbours import second_look
from mapper.events.raids import deadly_raids, quiet_raids
from mapper.events.unrest import riots
from mapper.events.weights import load_weights
from mapper.events.where_clauses import told_of
from mapper.events.whereabouts import corrected, going_on, happened_at, only_noise, refuted
from mapper.model import Assertion, EventType, MovementKind, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.events.features import Spot
    from mapper.events.glance import Sight
    from mapper.events.scenes import Scene
    from mapper.events.weights import Judgement
    from mapper.model import Mention

__all__ = ["Verdict", "judge", "kind_of", "lend", "verdicts_on"]

_CONTEXT = frozenset(name for name, label in LABELS.items() if label.role is Role.CONTEXT)
# a place drawn as a clash that was none can hurt someone: an event must outweigh its absence clearly
_CAUTION = 0.7
_ENDS = frozenset({"origin", "destination", "via"})
_GROUPS = ((_CONTEXT, 1.0), (EVENTS, _CAUTION), (_ENDS, 1.0))
_SURE = 0.8
_LIKELIER = 0.5
_LIKELY_CLASH = 0.55
_ELSE_NOWHERE = 0.4  # a clash that the report affirms and no place carries
_BESIDE = 0.4  # how much of a judgement is the second look's
_VAGUE_ENDS = {"from_place": Role.ORIGIN, "to_place": Role.DESTINATION}
_OTHER_LEADS = ("to_place", "via_place", "in_place", "near_place")
_SHADES = {
    "threatened": ("threat", "covets"),
    "rumoured": ("rumour",),
    "denied": ("denial",),
    "hypothetical": ("hypothetical", "plan"),
}
_SHADE = 0.2
_COVETED, _COVETED_CHARS = 0.05, 80  # enough behind words for what a gang wants: "expand their territory to X"
_UNREAL = ("hypothetical", "rumour", "denial", "figurative", "plan")
# a sentence that is one question from its first word to its last, and words that ask for more than yes or no
_QUESTION = re.compile(r"^(?:[^\w¿]{0,4}¿[^?]*\?|[^¿?.!]*\?)[\s\"”»)*]*$")
_ASKS_WHAT = re.compile(
    r"(?i)\b(?:qu[eé]|cu[aá]nt[oa]s?|c[oó]mo|d[oó]nde|cu[aá]ndo|qui[eé]n(?:es)?|cu[aá]l(?:es)?|what|when|where|who|whom|"
    r"whose|which|why|how)\b"
)
# "the gang from here and that of X"
_THAT_OF = re.compile(
    r"(?i)\b(?:(?:mega)?bandas?|pandillas?|colectivos?|gangs?)\b[^.;:!?]{0,50}\b"
    rf"(?:(?:la|las|el|los)\s(?:de|del|que\s\w+(?:\sen)?)|that\sof|the\sone\s(?:from|of|in))\s{ARTICLE}\Z"
)
_THAT_OF_CHARS = 90
_DOUBTED = ("context", "rumoured")  # what a line that fighting goes on there outweighs
_GUNFIRE = ("gunfire", "attack", "battle")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A role with its assertion, reason, and the frame of the event it carries (clashes and other incidents)."""

    role: Role
    reason: str
    assertion: Assertion = Assertion.NONE
    frame: Frame | None = None
    label: str = "context"


def judge(spots: Mapping[int, Spot], sight: Sight, *, is_violent: bool = False) -> dict[int, Judgement]:
    """Return the models' judgement on each mention, by its index.

    Parameters
    ----------
    spots
        Where each mention stands.
    sight
        What the network makes of each.
    is_violent
        Whether any clause of the report affirms a clash.

    Reports with nothing in them look like those with one event told in passing: the only place of an event in
    a longer report has to be sure of it or have its word beside it, and an end of a flight to be likelier than not.
    So has a clash: where it is one of several things that may have happened, something else is told. A clash that
    the report affirms and no place carries happened at the place that is likeliest to have seen one, if it is likely.
    """
    first, second = load_weights("first_look"), load_weights("second_look")
    looked = {index: first.judge(spot.features, explain=False) for index, spot in spots.items()}
    seen = {
        index: second.judge(features, sight.labels(index), weight=_BESIDE)
        for index, features in second_look(spots, looked).items()
    }
    judged = {index: one.among(*_GROUPS) for index, one in seen.items()}
    events = [index for index, one in judged.items() if one.label in EVENTS]
    for index, one in judged.items():
        alone = events == [index] and not spots[index].told and BRIEF not in spots[index].features
        unsure = alone and one.weight_of(EVENTS) < _SURE
        if unsure or (one.label in _ENDS and one.weight_of(_ENDS) < _LIKELIER):
            judged[index] = one.among((_CONTEXT, 1.0))
        elif one.label in CLASHES and one.weight_of(CLASHES) < _LIKELY_CLASH:
            judged[index] = one.among((frozenset(one.shares) - CLASHES, 1.0))
    able = [index for index in judged if spots[index].is_able]
    if is_violent and not any(judged[index].label in EVENTS for index in able):
        scene = max(able, key=lambda index: (seen[index].weight_of(CLASHES), -index), default=None)
        if scene is not None and seen[scene].weight_of(CLASHES) >= _ELSE_NOWHERE:
            judged[scene] = seen[scene].among((CLASHES, 1.0))
    return judged


def verdicts_on(
    judged: Mapping[int, Judgement],
    sentences: Sequence[Sequence[Scene]],
    mentions: Sequence[Mention],
    frames: Mapping[int, Frame | None],
) -> dict[int, Verdict]:
    """Return the verdict on each judged mention, by its index; ``frames`` are what the cues of each scene speak of."""
    found: dict[int, Verdict] = {}
    text = sentences[0][0].text if sentences else ""
    judged = {**judged, **quiet_raids(sentences, judged)}
    judged = {**judged, **deadly_raids(sentences, mentions, judged), **riots(sentences, judged)}
    lists = lists_in(text, mentions)
    judged = {**judged, **alike(lists, judged)}
    wrong = corrected(text, mentions)
    happened = {**entered(sentences, frames, mentions, lists), **told_of(sentences, frames, mentions)}
    happened |= happened_at(sentences, frames, mentions, frozenset(wrong.values()))
    goes_on = going_on(sentences, frames, mentions, lists)
    fled = told_flights(sentences, mentions, lists)
    for sentence in sentences:
        asked = _is_asked(sentence)
        for scene in sentence:
            for index in scene.mentions:
                place = mentions[index].place
                if asked:
                    found[index] = Verdict(Role.CONTEXT, "asked, not told", assertion=Assertion.HYPOTHETICAL)
                elif place is not None and place.precision is Precision.VAGUE:
                    found[index] = _vague(mentions[index], scene, sentence)
                else:
                    found[index] = _certain(mentions[index], scene) or _verdict(
                        _asserted(judged[index], scene, mentions[index].start), scene
                    )
                    if end := fled.get(index):
                        found[index] = Verdict(end, "an end of a flight told in so many words", label=end.value)
                    event = happened.get(index) or goes_on.get(index if found[index].label in _DOUBTED else -1)
                    if event and found[index].frame is None:
                        found[index] = _took_place(event, judged[index], scene)
                found[index] = _no_event(found, mentions, index, scene, is_wrong=index in wrong) or found[index]
    found |= _in_their_stead(found, mentions, text)
    clashes = {index for index, one in found.items() if one.frame is not None and one.frame.is_clash}
    roads = [
        index
        for index, one in found.items()
        if one.frame and (following := found.get(index + 1)) and following.frame
        if leads_past(text, mentions[index], mentions[index + 1])
    ]
    found |= dict.fromkeys(roads, Verdict(Role.CONTEXT, "only the road on which the place behind it lies"))
    noise = {index for index in only_noise(sentences) if found[index].frame is not None}
    found |= dict.fromkeys(noise, Verdict(Role.CONTEXT, "only fireworks", assertion=Assertion.DENIED))
    false = {index for index in refuted(sentences) if found[index].role is not Role.CONTEXT}
    found |= dict.fromkeys(false, Verdict(Role.CONTEXT, "said to be false", assertion=Assertion.DENIED))
    heard = dict.fromkeys(in_earshot(sentences, mentions, clashes), Verdict(Role.CONTEXT, "shots are only heard there"))
    return found | heard


def _in_their_stead(found: Mapping[int, Verdict], mentions: Sequence[Mention], text: str) -> dict[int, Verdict]:
    """Return the verdicts on places that are only said to hold one we do not know: there, at least, it was."""
    return {
        index + 1: replace(one, reason=f"holds '{mentions[index].text}', a place we do not know: {one.reason}")
        for index, one in found.items()
        if one.role is not Role.CONTEXT
        if (outer := found.get(index + 1)) and (outer.role, outer.assertion) == (Role.CONTEXT, Assertion.NONE)
        if stands_for(text, *mentions[index : index + 2])
    }


def _no_event(
    found: Mapping[int, Verdict], mentions: Sequence[Mention], index: int, scene: Scene, *, is_wrong: bool
) -> Verdict | None:
    """Return why a place has nothing to tell by itself after all, or None."""
    place, role = mentions[index].place, found[index].role
    if role is Role.CONTEXT:
        return None
    if is_wrong:
        return Verdict(Role.CONTEXT, "said not to be there", assertion=Assertion.DENIED)
    before = index - 1  # or the one before "eastern Caracas", which stands over the name inside it
    before -= before > 0 and mentions[before].end > mentions[index].start
    if index and holds(scene.text, mentions[before], *mentions[index : index + 2]):
        return Verdict(Role.CONTEXT, "only says what the place before it lies in")
    if _describes_the_one_before(found, mentions, index, scene.text):
        return Verdict(Role.CONTEXT, "only describes where the place before it lies")
    if found[index].frame is not None and place is not None and place.feature_class in LARGE:
        return Verdict(Role.CONTEXT, "too large a place to carry an event")
    return None


def _describes_the_one_before(found: Mapping[int, Verdict], mentions: Sequence[Mention], index: int, text: str) -> bool:
    """Tell whether a place has the role of the one before it only because it tells where that one lies."""
    before, role = found.get(index - 1), found[index].role
    if before is None or role is Role.CONTEXT or before.role is not role:
        return False
    return describes(text, mentions[index - 1], mentions[index])


def _is_asked(sentence: Sequence[Scene]) -> bool:
    """Tell whether a sentence asks whether something is so ("¿Hay tiros en X?"), and not what, when or how."""
    span = sentence[0].sentence
    asked = _QUESTION.search(sentence[0].text[span.start : span.end])
    return asked is not None and _ASKS_WHAT.search(asked[0]) is None


def _certain(mention: Mention, scene: Scene) -> Verdict | None:
    """Return what the words right before a place settle whatever else is told: "banda de X", "desplazados de X"."""
    that_of = _THAT_OF.search(scene.text[max(scene.sentence.start, mention.start - _THAT_OF_CHARS) : mention.start])
    if that_of:
        return Verdict(Role.CONTEXT, f"names a group: '{that_of[0].strip()}'")
    nearest = scene.lead(mention.start, "gang", "residence", "people_of", "from_place", *_OTHER_LEADS)
    if nearest is None:
        return None
    groups = [cue for cue in scene.having("gang") if cue.start <= nearest.start <= cue.end]  # "banda de", "de la"
    if groups:
        return Verdict(Role.CONTEXT, f"names a group: '{scene.text[groups[0].start : nearest.end]}'")
    if nearest.kind in _OTHER_LEADS or (nearest.kind == "from_place" and scene.having(*_UNREAL)):
        return None
    displaced = [cue for cue in scene.affirmed("flee") if nearest.start - 1 <= cue.end <= nearest.end]
    if displaced:
        words = scene.text[min(displaced[0].start, nearest.start) : nearest.end]
        return Verdict(Role.ORIGIN, f"home of people who fled: '{words}'", label="origin")
    return None


def _vague(mention: Mention, scene: Scene, sentence: Sequence[Scene]) -> Verdict:
    """Return the verdict on a vague area ("downtown"): an end of a flight told beside it, or nothing."""
    nearest = scene.lead(mention.start, *_VAGUE_ENDS)
    if nearest is None:
        return Verdict(Role.CONTEXT, "an area too vague to carry an event")
    role = _VAGUE_ENDS[nearest.kind]
    # that people stay somewhere says nothing of whence they came
    words = (*FLIGHT, "leave") if role is Role.ORIGIN else MOVING
    moving = any(one.affirmed(*words) for one in sentence) and not any(one.having(*_UNREAL) for one in sentence)
    if not moving:
        return Verdict(Role.CONTEXT, "an area too vague to carry an event")
    return Verdict(role, f"an end of a movement: '{nearest.text}'", label=role.value)


def _asserted(judgement: Judgement, scene: Scene, start: int) -> Judgement:
    """Return a judgement that a place is only named as one that it is threatened, denied ..., where its clause says so.

    For the models these are shades of "only named": which one it is, its words tell better.
    """
    if judgement.label != "context":
        return judgement
    shades = {label for label, kinds in _SHADES.items() if scene.having(*kinds)}
    coveted = any(0 <= start - cue.end <= _COVETED_CHARS for cue in scene.having("covets"))
    least = {label: _COVETED if coveted and label == "threatened" else _SHADE for label in shades}
    shades = {label for label in shades if judgement.shares.get(label, 0.0) >= least[label]}
    return judgement.among((frozenset(shades), 1.0)) if shades else judgement


def _verdict(judgement: Judgement, scene: Scene) -> Verdict:
    label = LABELS[judgement.label]
    frame = None
    if label.event_type is not None:
        traits = {"body"} if judgement.label == "body" else set()
        if label.event_type is EventType.BATTLES or scene.affirmed(*_GUNFIRE):
            traits.add("gunfire")
        frame = Frame(label.event_type, label.sub_event_type, judgement.cues, frozenset(traits))
    return Verdict(label.role, judgement.reason, label.assertion, frame, judgement.label)


def _took_place(frame: Frame, judgement: Judgement, scene: Scene) -> Verdict:
    """Return the verdict on a place at which an event took place that was told of before."""
    alike = frozenset(name for name, label in LABELS.items() if label.event_type is frame.event_type)
    clashes = alike & CLASHES if frame.is_clash else alike - CLASHES
    verdict = _verdict(judgement.among((clashes or alike, 1.0)), scene)
    return replace(verdict, reason=f"where an event told beside it took place: {verdict.reason}")


def kind_of(spots: Iterable[Spot]) -> MovementKind:
    """Return the kind of the movement whose ends stand at ``spots``."""
    features = [feature for spot in spots for feature in spot.features]
    return MovementKind(load_weights("movement_kind").judge(features, explain=False).label)


def lend(
    frames: Mapping[int, Frame | None], verdicts: Mapping[int, Verdict], scenes: Iterable[Scene]
) -> dict[int, Frame | None]:
    """Return the frame of each scene: that of the first event a mention carries there, or what its cues say."""
    found = dict(frames)
    for scene in scenes:
        told = [verdicts[index].frame for index in scene.mentions if index in verdicts and verdicts[index].frame]
        if told:
            found[scene.number] = told[0]
    return found
