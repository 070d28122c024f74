"""Drafts: mentions that carry an event, gathered scene by scene into incidents in the making."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.events.frames import FORCES
from mapper.events.tolls import claims_in, speaker_of
from mapper.model import Claim, DateSpan, EventType, Measure, Role, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.events.calendar import Calendar
    from mapper.events.frames import Frame
    from mapper.events.verdicts import Verdict
    from mapper.events.scenes import Scene
    from mapper.model import Mention, Reading

__all__ = ["Draft", "Gathering"]

_SAME_STORY = dt.timedelta(days=7)
_ONE_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Draft:
    """An incident in the making: ``claims`` are (sentence number, claim, is a total)."""

    frame: Frame
    dated: list[tuple[DateSpan, Scene]] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)
    claims: list[tuple[int, Claim, bool]] = field(default_factory=list)

    def add(self, scene: Scene) -> None:
        """Note that ``scene`` speaks of this incident."""
        if scene not in self.scenes:
            self.scenes.append(scene)

    @property
    def when(self) -> DateSpan:
        """The days the incident covers: those told openly, or else those that sensitive passages give."""
        opened = [when for when, scene in self.dated if not scene.sensitive]
        spans = opened or [when for when, _ in self.dated]
        starts = [span.start for span in spans if span.start]
        if not starts:
            return DateSpan()
        return DateSpan(min(starts), max((span.end for span in spans if span.end), default=None), spans[0].precision)

    @property
    def when_is_sensitive(self) -> bool:
        """Whether only sensitive passages date the incident."""
        return bool(self.dated) and all(scene.sensitive for _, scene in self.dated)

    def widen(self, when: DateSpan, scene: Scene) -> None:
        """Let the incident's dates cover ``when``, which ``scene`` states, too."""
        if when.known:
            self.dated.append((when, scene))

    def agrees(self, frame: Frame, when: DateSpan, *, same_place: bool) -> bool:
        """Tell whether another mention with this frame and date may belong to the same event."""
        battle = frame.event_type is EventType.BATTLES
        if frame.event_type is not self.frame.event_type:
            return False
        if not battle and frame.sub_event_type != self.frame.sub_event_type:
            return False
        if when.start is None or self.when.start is None or when == self.when:
            return True
        last = self.when.end or self.when.start
        inside = self.when.start <= when.start <= last
        near = when.start <= last + _ONE_DAY and (when.end or when.start) >= self.when.start
        return near and (same_place or (battle and inside))


class Gathering:
    """Goes through a report's scenes twice: first the places, then the tolls and what follows up."""

    def __init__(
        self,
        reading: Reading,
        mentions: Sequence[Mention],
        verdicts: Mapping[int, Verdict],
        calendar: Calendar,
    ) -> None:
        self._reading, self._mentions, self._verdicts, self._calendar = reading, mentions, verdicts, calendar
        self.drafts: list[Draft] = []

    def run(self, scenes: Sequence[Scene], frames: Mapping[int, Frame | None]) -> list[Draft]:
        """Return the drafts that ``scenes`` add up to, in order of appearance."""
        for scene in scenes:
            for index in scene.mentions:
                self._place(scene, index)
        if self.drafts:
            self._follow_up(scenes, frames)
        return self.drafts

    def _place(self, scene: Scene, index: int) -> None:
        """Put a located mention that carries an event into the draft it belongs to, or a new one."""
        verdict = self._verdicts[index]
        located = self._mentions[index].status in {Status.RESOLVED, Status.AMBIGUOUS}
        if not located or verdict.frame is None or verdict.role not in {Role.CLASH, Role.OTHER_INCIDENT}:
            return
        when = self._calendar.stated(scene)
        draft = self._home(verdict.frame, when, scene, index)
        draft.widen(when, scene)
        draft.mentions.append(index)
        draft.add(scene)

    def _home(self, frame: Frame, when: DateSpan, scene: Scene, index: int) -> Draft:
        for draft in reversed(self.drafts):
            same_place = self._place_id(index) in {self._place_id(other) for other in draft.mentions}
            if draft.agrees(frame, when, same_place=same_place) and not _apart(draft, scene, same_place=same_place):
                return draft
        self.drafts.append(Draft(frame))
        return self.drafts[-1]

    def _place_id(self, index: int) -> str:
        place = self._mentions[index].place
        return place.place_id if place else f"unplaced-{index}"

    def _follow_up(self, scenes: Sequence[Scene], frames: Mapping[int, Frame | None]) -> None:
        """Give each scene's tolls, and scenes without a place of their own, to the incident they speak of."""
        owner = {scene.number: draft for draft in self.drafts for scene in draft.scenes}
        by_sentence = {scene.sentence_number: draft for draft in self.drafts for scene in draft.scenes}
        current = self.drafts[0]
        violent = [draft for draft in self.drafts if draft.frame.is_clash]
        for scene in scenes:
            frame = frames[scene.number]
            alike = [one for one in self.drafts if frame and one.frame.event_type is frame.event_type]
            draft = owner.get(scene.number) or by_sentence.get(scene.sentence_number)
            draft = draft or (current if current in alike or not alike else alike[-1])
            claims = claims_in(self._reading, scene)
            if claims:
                if not draft.frame.is_clash and violent and scene.number not in owner:
                    draft = violent[0]
                draft.claims += [(scene.sentence_number, claim, total) for claim, total in claims]
                draft.add(scene)
            elif frame and frame.event_type is draft.frame.event_type and frame.is_clash and not scene.sensitive:
                draft.add(scene)
                self._date_by(draft, scene)
            self._note_entry(draft, scene)
            current = owner.get(scene.number, current)

    def _date_by(self, draft: Draft, scene: Scene) -> None:
        """Let a scene that tells of the same event without naming its place widen its dates, if it is near them."""
        when = self._calendar.stated(scene)
        if when.start is None:
            return
        if draft.when.start is None or abs(when.start - draft.when.start) <= _SAME_STORY:
            draft.widen(when, scene)

    def _note_entry(self, draft: Draft, scene: Scene) -> None:
        """Keep the day on which state forces entered as a claim of its own."""
        cues, actors = scene.affirmed("entry"), scene.having(*FORCES)
        when = self._calendar.carried(scene)  # never "since": that is when the shooting began
        if not cues or not actors or when.start is None or draft.frame.event_type is not EventType.BATTLES:
            return
        claim = Claim(
            self._reading.report.report_id,
            scene.span.start,
            scene.span.end,
            Measure.ENTERED,
            speaker=speaker_of(self._reading.attributions, cues[0].span),
            who=actors[0].text,
            sensitive=scene.sensitive,
            when=when,
        )
        draft.claims.append((scene.sentence_number, claim, False))
        draft.add(scene)


def _apart(draft: Draft, scene: Scene, *, same_place: bool) -> bool:
    """Tell whether two attacks are two: told in different sentences, at different places."""
    other_sentence = scene.sentence_number not in {one.sentence_number for one in draft.scenes}
    return draft.frame.event_type is EventType.VIOLENCE and other_sentence and not same_place
