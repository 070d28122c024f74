"""Ends: a place beside half a movement is its other end sooner than a place elsewhere.

The verdicts look at one place at a time, and an end has to be likelier than not. Where a sentence says whence
people fled and neither it nor the ones beside it say where to, the likeliest place there needs less; so does a
place that "and" joins to an end, one to which a way leads behind a word for flight, and one of two origins where no
destination is told. Where those who fled are said to be lodged they went. The only end of a sentence
in which nobody moves needs more; a way to work, the home of those who stay, what is passed on the way, and the city
in which another end lies are none.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.events.containers import holds
from mapper.events.features import LARGE
from mapper.events.frames import EVENT_KINDS
from mapper.events.labels import CLASHES, EVENTS
from mapper.events.lists import ARTICLE
from mapper.events.movers import FLIGHT, UNREAL, are_casualties, are_forces, are_moved
from mapper.model import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.events.features import Spot
    from mapper.events.scenes import Scene
    from mapper.events.verdicts import Verdict
    from mapper.events.weights import Judgement
    from mapper.model import Cue, Mention

__all__ = ["with_wanting_ends"]

_OTHER = {Role.ORIGIN: Role.DESTINATION, Role.DESTINATION: Role.ORIGIN}
_UNTOLD = (*UNREAL, "returning")
# the share of the models' judgement that an end needs which is wanting, or joined to one
_WANTING, _JOINED = 0.12, 0.1
_NEARLY = 0.3  # one of two origins is where people went if that is so likely, measured by what it was taken for
_LED = 0.1  # ... that a way leads to
# "found shelter", and no shelter that is only spoken of
_FOUND = re.compile(r"\b(?:find|found|given|offered|taken|took|sought|encontr\w+|hall\w+)\s\w+$", re.IGNORECASE)
_FOUND_CHARS = 12
_WAY = re.compile(r"\s[^,;:.!?()]{0,40}")
# "in a church of X", which is where people are and not whence they come
_INSIDE = re.compile(
    rf"(?i)\b(?:en|in|at)\s(?:una?|el|la|los|las|unos|unas|the|an?)\s\w+(?:\s\w+)?\s(?:de|del|of)\s{ARTICLE}\Z"
)
# "to Y by the checkpoint of X", which is passed
_PAST = re.compile(
    rf"(?i)\b(?:por|pasando por|v[ií]a|a trav[eé]s de|through|past|via)\s{ARTICLE}"
    rf"(?:\w+\s(?:de|del|of)\s{ARTICLE}){{0,2}}\Z"
)
_INSIDE_CHARS, _BESIDE_CHARS = 60, 20
_WAYS = ("to_place", "from_place", "via_place", "in_place", "people_of", "joiner")
_STAY = re.compile(
    r"(?i)\b(?:refus\w+|unwilling|reluctant|declin\w+|won['’]t|will\snot|se\sniegan?|se\sneg\w+|reh[uú]s\w+|no\squieren?|no\squisieron)"
    r"\s(?:to\s|a\s)?(?:leave|flee|go|move|irse|salir|abandonar|dejar|huir|marcharse|mudarse)\b"
)
_BARE = 0.6  # what the only end of a sentence needs in which nobody moves


def with_wanting_ends(
    verdicts: Mapping[int, Verdict],
    judged: Mapping[int, Judgement],
    sentences: Sequence[Sequence[Scene]],
    spots: Mapping[int, Spot],
    mentions: Sequence[Mention],
) -> dict[int, Verdict]:
    """Return the verdicts with the ends that half-told movements want, where a place is likely enough to be one.

    Parameters
    ----------
    verdicts, judged
        The verdict on each mention, and the judgement that it rests on.
    sentences
        The scenes of each sentence.
    spots, mentions
        Where each mention stands, and the mentions.
    """
    told = Counter(spots[index].place_id for index, one in verdicts.items() if one.role in _OTHER)
    ends = _Ends(dict(verdicts), judged, spots, mentions, told)
    for sentence in sentences:
        ends.commute(sentence)
        ends.stay(sentence)
        ends.lodge(sentence)
        ends.pass_by(sentence)
        ends.join(sentence)
        ends.turn(sentence)
        ends.drop(sentence)
        ends.part(sentence)
    for at, sentence in enumerate(sentences):
        ends.follow(sentence, sentences[at - 1] if at else ())
    for at, sentence in enumerate(sentences):
        ends.complete(sentence, [*sentences[max(0, at - 1) : at], *sentences[at + 1 : at + 2]])
        ends.join(sentence)
    return ends.verdicts


@dataclass(frozen=True, slots=True)
class _Ends:
    """The verdicts in the making; ``told`` counts by place how often it was an end before."""

    verdicts: dict[int, Verdict]
    judged: Mapping[int, Judgement]
    spots: Mapping[int, Spot]
    mentions: Sequence[Mention]
    told: Counter[str]

    def join(self, sentence: Sequence[Scene]) -> None:
        """Let a place that "and" joins to an end be one, too."""
        for scene in sentence:
            for index in scene.mentions:
                before = self.spots[index].listed
                if before not in self.verdicts or not scene.lead(self.mentions[index].start, "joiner"):
                    continue
                for one, other in ((index, before), (before, index)):
                    role = self.verdicts[other].role
                    if role in _OTHER and self._is_free(one, scene) and self._may_be(one, role, _JOINED):
                        self._take(one, role)

    def commute(self, sentence: Sequence[Scene]) -> None:
        """Let the ends of a way to work or to market be none: "every day they walk from X to Y to work"."""
        for scene in sentence:
            if not scene.having("routine") or scene.affirmed(*FLIGHT, "lodging", "shelter"):
                continue
            for index in scene.mentions:
                if self.verdicts[index].role in (*_OTHER, Role.VIA):
                    self._drop(index, "a way of every day")

    def stay(self, sentence: Sequence[Scene]) -> None:
        """Let the home of those who will not go be no origin: "residents of X refuse to leave"."""
        for scene in sentence:
            said = _STAY.search(scene.text, scene.span.start, scene.span.end)
            for index in scene.mentions if said else ():
                if self.verdicts[index].role is Role.ORIGIN and said and self.mentions[index].end <= said.start():
                    self._drop(index, "who lives there will not go")

    def lodge(self, sentence: Sequence[Scene]) -> None:
        """Let a place in which people are lodged be no origin: "they sleep in a church of X"."""
        for scene in sentence:
            for index in scene.mentions:
                end = self.mentions[index].start
                start = max(scene.span.start, end - _INSIDE_CHARS)
                inside = _INSIDE.search(scene.text[start:end])
                before = (start + inside.start() - cue.end for cue in scene.affirmed("lodging")) if inside else ()
                if self.verdicts[index].role is Role.ORIGIN and any(0 <= gap <= _BESIDE_CHARS for gap in before):
                    self._take(index, Role.DESTINATION)

    def pass_by(self, sentence: Sequence[Scene]) -> None:
        """Let a place that people pass on their way to another be no end: "to Y by the checkpoint of X"."""
        led = False
        for scene in sentence:
            for index in scene.mentions:
                end = self.mentions[index].start
                past = _PAST.search(scene.text[max(scene.span.start, end - _INSIDE_CHARS) : end])
                role = self.verdicts[index].role
                if past and led and role in _OTHER and not _is_cause(scene, end - len(past[0]), end):
                    self._take(index, Role.VIA)
                led = led or role is Role.DESTINATION

    def turn(self, sentence: Sequence[Scene]) -> None:
        """Turn one of two origins into the destination that is not told, or the other way round, if it may be it."""
        role, ends = self._wanted(sentence), self._ends_in(sentence)
        if role is None or len(ends) != len(_OTHER) or self.spots[ends[1]].listed == ends[0]:
            return
        able = [one for one in ends if self._is_judged(one)]
        near = [one for one in able if self._share(one, role) >= _NEARLY * self._share(one, self.verdicts[one].role)]
        if near:
            self._take(near[0], role)

    def drop(self, sentence: Sequence[Scene]) -> None:
        """Let the only end of a sentence in which nobody moves be none, if the models are not sure of it.

        A place that is an end elsewhere may be one here without a word for it ("on Saturday they were in X again").
        """
        ends = self._ends_in(sentence)
        if len(ends) != 1 or are_moved(sentence):
            return
        [index] = ends
        sure = not self._is_judged(index) or self.judged[index].share >= _BARE
        if not sure and self.told[self.spots[index].place_id] <= 1:
            self._drop(index, "nobody is said to move there")

    def part(self, sentence: Sequence[Scene]) -> None:
        """Let a city or municipality in which another end lies be none: nobody flees from a barrio to its city.

        Nor is one to or from which no way leads ("a house on the edge of X").
        """
        ends = dict.fromkeys(self._ends_in(sentence))
        for clause, index in [(scene, index) for scene in sentence for index in scene.mentions if index in ends]:
            if any(self._surrounds(index, other) for other in ends) or self._is_loose(clause, index):
                self._drop(index, "only says where the story is")

    def _is_loose(self, scene: Scene, index: int) -> bool:
        """Tell whether a place is the area's city, and no way leads to it or from it."""
        place = self.mentions[index].place
        is_city = place is not None and place.in_area and place.feature_class == "city"
        return is_city and scene.lead(self.mentions[index].start, *_WAYS) is None

    def _surrounds(self, index: int, other: int) -> bool:
        outer, inner = self.mentions[index].place, self.mentions[other].place
        if outer is None or outer.feature_class not in {"city", "municipality"} or not outer.in_area:
            return False
        if inner is None or not inner.in_area or inner.feature_class in LARGE:
            return False
        return outer.feature_class == "city" or outer.municipality == inner.municipality

    def follow(self, sentence: Sequence[Scene], before: Sequence[Scene]) -> None:
        """Let a place to which a way leads behind a word for flight be its end: "fled to relatives in X".

        So is where those who fled are said to be lodged ("They are sheltering in X"), whatever else tells of it less.
        """
        if are_forces(sentence) or are_casualties(sentence) or _is_untold(sentence):
            return
        left = any(self.verdicts[end].role is Role.ORIGIN for one in (sentence, before) for end in self._ends_in(one))
        fled = [cue for scene in sentence for cue in scene.affirmed("flee", *(("evacuate", "leave") if left else ()))]
        lodged = [cue for scene in sentence for cue in scene.affirmed("lodging")]
        lodged += [
            cue
            for scene in sentence
            for cue in scene.affirmed("shelter")
            if _FOUND.search(scene.text[max(0, cue.start - _FOUND_CHARS) : cue.end])
        ]
        told = any(self.verdicts[end].role is Role.DESTINATION for end in self._ends_in(sentence))
        if told or not (left or any(scene.affirmed("flee", "evacuate") for scene in before)) or _is_untold(before):
            lodged = []
        held: set[int] = set()
        for scene in sentence:
            for index in scene.mentions:
                if not self._is_free(index, scene):
                    continue
                if self.spots[index].listed in held or self._leads(scene, index, "in_place", lodged):
                    if not self._is_event(index):
                        held.add(index)
                        self._take(index, Role.DESTINATION)
                elif self._leads(scene, index, "to_place", fled) and self._may_be(index, Role.DESTINATION, _LED):
                    self._take(index, Role.DESTINATION)

    def _leads(self, scene: Scene, index: int, way: str, verbs: Sequence[Cue]) -> bool:
        """Tell whether a way leads to a place behind one of some verbs, with nothing else named in between."""
        start = self.mentions[index].start
        floor = self.mentions[index - 1].end if index > scene.mentions[0] else scene.span.start
        ways = [cue for cue in scene.having(way) if floor <= cue.start and cue.end < start]
        if not ways or not _WAY.fullmatch(scene.text, ways[-1].end, start):
            return False
        return any(verb.start <= ways[-1].start for verb in verbs)

    def _is_event(self, index: int) -> bool:
        """Tell whether something that happened is likelier to be told of a place than where people went."""
        shares = self.judged[index].shares
        return any(
            share > shares.get(Role.DESTINATION.value, 0.0) for label, share in shares.items() if label in EVENTS
        )

    def complete(self, sentence: Sequence[Scene], beside: Sequence[Sequence[Scene]]) -> None:
        """Give the movement that a sentence half tells its other end, from that sentence or the ones beside it."""
        role = self._wanted(sentence)
        moved = are_moved(sentence) and not are_forces(sentence) and not _is_untold(sentence)
        if (
            role is None
            or not moved
            or any(self.verdicts[end].role is role for one in beside for end in self._ends_in(one))
        ):
            return
        ends = self._ends_in(sentence)
        taken = {self.spots[index].place_id for index in ends}
        others = [one for one in beside if are_moved(one) and not are_forces(one) and not _is_untold(one)]
        for near in ([sentence], others):
            able = [
                index
                for scene in (scene for one in near for scene in one)
                for index in scene.mentions
                if self._is_free(index, scene) and self._may_be(index, role, _WANTING)
                if self.spots[index].place_id not in taken
                if not any(self._surrounds(index, end) for end in ends)
            ]
            if able:
                self._take(max(able, key=lambda index: (self._share(index, role), -index)), role)
                return

    def _share(self, index: int, role: Role) -> float:
        return self.judged[index].shares.get(role.value, 0.0)

    def _may_be(self, index: int, role: Role, least: float) -> bool:
        """Tell whether a place is likely enough to be this end, and likelier than to be anything else that is told.

        Where people flee from there may have been fighting.
        """
        beside = {"context", *(CLASHES if role is Role.ORIGIN else ())}
        shares = {label: share for label, share in self.judged[index].shares.items() if label not in beside}
        return self._share(index, role) >= max(least, *shares.values())

    def _drop(self, index: int, why: str) -> None:
        """Let a place be no end, and say why."""
        reason = f"{why} ({self.judged[index].reason})"
        self.verdicts[index] = replace(self.verdicts[index], role=Role.CONTEXT, reason=reason, label="context")

    def _take(self, index: int, role: Role) -> None:
        reason = f"the {role.value} that the movement told beside it wants ({self._share(index, role):.2f})"
        self.verdicts[index] = replace(self.verdicts[index], role=role, reason=reason, label=role.value)

    def _ends_in(self, sentence: Sequence[Scene]) -> list[int]:
        return [index for scene in sentence for index in scene.mentions if self.verdicts[index].role in _OTHER]

    def _wanted(self, sentence: Sequence[Scene]) -> Role | None:
        """Return the end that a sentence leaves out which tells of the other one."""
        told = {self.verdicts[index].role for index in self._ends_in(sentence)}
        return _OTHER[told.pop()] if len(told) == 1 else None

    def _is_judged(self, index: int) -> bool:
        """Tell whether a verdict rests on the models alone."""
        return self.verdicts[index].reason == self.judged[index].reason

    def _is_free(self, index: int, scene: Scene) -> bool:
        """Tell whether a place is told as nothing yet, by no rule, and not as what the place before it lies in."""
        if (
            self.verdicts[index].role is not Role.CONTEXT
            or not self._is_judged(index)
            or not self.mentions[index].place
        ):
            return False
        return index == 0 or not holds(scene.text, *self.mentions[index - 1 : index + 2])


def _is_cause(scene: Scene, start: int, end: int) -> bool:
    """Tell whether an event is named between two offsets: people flee "por los tiroteos de X"."""
    return any(start <= cue.start < end for cue in scene.having(*EVENT_KINDS))


def _is_untold(sentence: Sequence[Scene]) -> bool:
    """Tell whether a sentence says what may be, or who came back: then half of it is no half of a flight."""
    return any(scene.having(*_UNTOLD) for scene in sentence)
