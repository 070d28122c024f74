"""Frames: what kind of event a scene speaks of, in ACLED's vocabulary, and how firmly.

The order of ``_LADDER`` is the order of decision: the first rung whose cues stand affirmed in the
scene (or, for a scene without event words of its own, in its sentence) names the event.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from mapper.model import EventType

if TYPE_CHECKING:
    from collections.abc import KeysView, Sequence

    from mapper.events.scenes import Scene

__all__ = ["EVENT_KINDS", "FORCES", "GUNMEN", "Frame", "Setting", "frames_of"]

EVENT_KINDS = (
    "airstrike",
    "shelling",
    "battle",
    "grenade",
    "bomb",
    "abduction",
    "sexual",
    "attack",
    "body",
    "gunfire",
    "raid",
    "entry",
    "assault",
    "blocking",
    "dispersal",
    "riot",
    "mob",
    "protest",
    "looting",
    "arrest",
    "seizure",
    "explosion",
    "disaster",
)
_ARMED = ("battle", "gunfire", "attack", "grenade", "body")
FORCES = ("actor:Police", "actor:Military")
GUNMEN = ("actor:Gang", "actor:Colectivo")
_CROWD = ("protest", "riot", "dispersal")
_SUPPORT = ("casualty", "thrown", "gather", "civilians", "people_of")
_OPENING_CHARS = 20
_MANY_FIGURES = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """An event type with its ACLED sub-event, and the words that say so."""

    event_type: EventType
    sub_event_type: str
    words: tuple[str, ...]
    traits: frozenset[str] = frozenset()

    @property
    def is_clash(self) -> bool:
        """Whether the frame is armed violence; abductions and bodies found are incidents, not clashes."""
        if self.event_type is EventType.VIOLENCE:
            return self.sub_event_type == "Attack" and "body" not in self.traits
        return self.event_type in {EventType.BATTLES, EventType.EXPLOSIONS}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the report is about; it tells weak words apart ("shots" at a march, "impact" in an air raid).

    ``staged``: a show, a match, a shooting of film or the weather, whose battles are none.
    """

    bombing: bool
    crowd: bool
    battle: bool
    attack: bool
    disaster: bool
    staged: bool


@dataclass(frozen=True, slots=True)
class _Rung:
    """One step of the ladder: reached with any cue of ``any_of``, one of ``also`` and none of ``unless``.

    ``only_in`` and ``not_in`` name a field of :class:`Setting`; ``forces`` asks for police or military, ``gunmen`` for
    armed men who are neither: who fires at a crowd tells what it is.
    """

    event_type: EventType
    sub_event_type: str
    any_of: tuple[str, ...]
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    only_in: str = ""
    not_in: str = ""
    forces: bool = False
    gunmen: bool = False

    def reached(self, kinds: KeysView[str], setting: Setting, *, forces: bool, gunmen: bool) -> bool:
        """Tell whether affirmed cues of these kinds reach this rung."""
        if self.only_in and not getattr(setting, self.only_in):
            return False
        if (self.not_in and getattr(setting, self.not_in)) or (self.forces and not forces):
            return False
        if self.gunmen and (forces or not gunmen):
            return False
        wanted = not kinds.isdisjoint(self.any_of) and (not self.also or not kinds.isdisjoint(self.also))
        return wanted and kinds.isdisjoint(self.unless)


_BATTLE = (EventType.BATTLES, "Armed clash")
_LADDER = (
    _Rung(
        EventType.EXPLOSIONS, "Air or drone strike", ("airstrike", "explosion"), unless=("battle",), only_in="bombing"
    ),
    _Rung(EventType.EXPLOSIONS, "Shelling or artillery", ("shelling",)),
    _Rung(EventType.VIOLENCE, "Sexual violence", ("sexual",)),
    _Rung(
        EventType.EXPLOSIONS,
        "Grenade",
        ("grenade",),
        also=("explosion", "casualty", "attack", "thrown"),
        unless=("battle",),
    ),
    _Rung(EventType.VIOLENCE, "Attack", ("gunfire", "attack"), only_in="crowd", gunmen=True),
    _Rung(
        EventType.PROTESTS,
        "Excessive force against protesters",
        ("gunfire", "attack"),
        unless=("riot",),
        only_in="crowd",
    ),
    _Rung(*_BATTLE, ("battle",), not_in="crowd"),
    _Rung(*_BATTLE, ("raid",), also=("gunfire", "casualty"), forces=True),
    _Rung(*_BATTLE, ("raid", "entry"), only_in="battle", not_in="crowd", unless=("arrest", "attack"), forces=True),
    _Rung(EventType.VIOLENCE, "Abduction or forced disappearance", ("abduction",)),
    _Rung(EventType.EXPLOSIONS, "Air or drone strike", ("assault",), only_in="bombing"),
    _Rung(*_BATTLE, ("assault",), only_in="battle", not_in="crowd"),
    _Rung(EventType.VIOLENCE, "Attack", ("attack", "body"), unless=("riot", "dispersal")),
    _Rung(EventType.VIOLENCE, "Attack", ("assault",), also=("casualty", "civilians"), unless=("riot", "dispersal")),
    _Rung(*_BATTLE, ("gunfire",), unless=_CROWD),
    _Rung(EventType.EXPLOSIONS, "Air or drone strike", ("casualty",), only_in="bombing"),
    _Rung(*_BATTLE, ("casualty",), only_in="battle", not_in="crowd", unless=("disaster", "arrest")),
    _Rung(EventType.VIOLENCE, "Attack", ("casualty",), only_in="attack", not_in="crowd", unless=("disaster", "arrest")),
    _Rung(EventType.RIOTS, "Mob violence", ("mob",)),
    _Rung(EventType.RIOTS, "Violent demonstration", ("riot",)),
    _Rung(EventType.PROTESTS, "Protest with intervention", ("dispersal",)),
    _Rung(EventType.PROTESTS, "Peaceful protest", ("protest",)),
    _Rung(EventType.PROTESTS, "Peaceful protest", ("gather",), only_in="crowd"),
    _Rung(EventType.PROTESTS, "Peaceful protest", ("blocking",), also=("civilians", "people_of")),
    _Rung(EventType.EXPLOSIONS, "Remote explosive", ("bomb",), also=("explosion",)),
    _Rung(EventType.STRATEGIC, "Looting or property destruction", ("looting",)),
    _Rung(EventType.STRATEGIC, "Arrests", ("arrest",)),
    _Rung(EventType.STRATEGIC, "Disrupted weapons use", ("seizure", "bomb")),
    _Rung(EventType.STRATEGIC, "Other", ("raid",)),
    _Rung(EventType.STRATEGIC, "Other", ("disaster",), only_in="disaster"),
    _Rung(EventType.STRATEGIC, "Other", ("disaster",), also=("casualty",)),
)


def settings_of(scenes: Sequence[Scene]) -> dict[int, Setting]:
    """Return the setting of each paragraph, by its number.

    An air raid, a battle or a disaster sets the whole report; a crowd only the paragraphs that show it,
    since bulletins put a march and a shoot-out side by side.
    """
    whole = _count(scenes)
    armed = sum(whole[kind] for kind in _ARMED)
    figures = sum(len(scene.having("figurative")) for scene in scenes)
    settings: dict[int, Setting] = {}
    for paragraph, group in groupby(scenes, key=lambda scene: scene.paragraph):
        here = _count(tuple(group))
        crowd_here, crowd = (sum(count[kind] for kind in _CROWD) for count in (here, whole))
        settings[paragraph] = Setting(
            bombing=whole["bombing"] > 0 and whole["explosion"] + whole["airstrike"] > 1,
            crowd=crowd_here > 0 and crowd > 1 and here["battle"] == 0,
            battle=whole["battle"] > 0,
            attack=whole["attack"] > 0 and whole["battle"] == 0,
            disaster=whole["disaster"] > max(1, armed),
            staged=figures >= _MANY_FIGURES and figures > whole["battle"] + whole["attack"],
        )
    return settings


def _count(scenes: Sequence[Scene]) -> Counter[str]:
    return Counter(cue.kind for scene in scenes for cue in scene.affirmed(*EVENT_KINDS, "bombing"))


def frames_of(sentences: Sequence[Sequence[Scene]]) -> dict[int, Frame | None]:
    """Return the event frame that governs each scene, by scene number, None where there is none.

    A scene without event words of its own takes its sentence's. A sentence without any, which goes on
    from the one before ("the second was in X"), takes that one's within the same paragraph.
    """
    settings = settings_of([scene for sentence in sentences for scene in sentence])
    frames: dict[int, Frame | None] = {}
    before: Frame | None = None
    paragraph = -1
    for sentence in sentences:
        setting = settings[sentence[0].paragraph]
        if sentence[0].paragraph != paragraph:
            before, paragraph = None, sentence[0].paragraph
        whole = _rung(sentence, setting)
        goes_on = before if whole is None and _goes_on(sentence) else None
        for scene in sentence:
            own = whole if len(sentence) == 1 else _rung([scene], setting)
            frames[scene.number] = own or (goes_on or whole if not scene.having(*EVENT_KINDS) else None)
        before = whole or goes_on
    return frames


def _goes_on(sentence: Sequence[Scene]) -> bool:
    """Tell whether a sentence opens by counting on from the one before, with no flight or event of its own."""
    opening = [cue for cue in sentence[0].having("another") if cue.start - sentence[0].span.start < _OPENING_CHARS]
    return bool(opening) and not any(scene.having(*EVENT_KINDS, "flee", "evacuate", "returning") for scene in sentence)


def _rung(scenes: Sequence[Scene], setting: Setting) -> Frame | None:
    """Return the frame of the first rung that the affirmed cues of ``scenes`` reach."""
    affirmed: dict[str, list[str]] = {}
    for scene in scenes:
        for cue in scene.affirmed(*EVENT_KINDS, *_SUPPORT):
            affirmed.setdefault(cue.kind, []).append(cue.text)
    if not affirmed or (setting.staged and "casualty" not in affirmed):
        return None
    forces = any(scene.having(*FORCES) for scene in scenes)
    gunmen = any(scene.having(*GUNMEN) for scene in scenes)
    for rung in _LADDER:
        if rung.reached(affirmed.keys(), setting, forces=forces, gunmen=gunmen):
            words = tuple(dict.fromkeys(word for kind in rung.any_of for word in affirmed.get(kind, ())))
            traits = {"gunfire"} if affirmed.keys() & {"gunfire", "attack", "battle"} else affirmed.keys() & {"body"}
            return Frame(rung.event_type, rung.sub_event_type, words, traits=frozenset(traits))
    return None
