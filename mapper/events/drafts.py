"""Drafts: mentions that carry an event, gathered scene by scene into incidents in the making."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.events.apart import strikes_anew, told_apart
from mapper.events.casualties import Casualties
from mapper.events.frames import FORCES
from mapper.events.joining import join_features
from mapper.events.relations import Relations
from mapper.events.tolls import Told, is_apart, speaker_of
from mapper.events.weights import load_weights
from mapper.model import Claim, DateSpan, EventType, Measure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from mapper.events.calendar import Calendar
    from mapper.events.features import Spot
    from mapper.events.frames import Frame
    from mapper.events.glance import Sight
    from mapper.events.scenes import Scene
    from mapper.events.verdicts import Verdict
    from mapper.model import Mention, Reading

__all__ = ["Draft", "Gathering"]

_LIKELY = 0.3
_SAME_SCENE = 0.5  # what the same place on no other day is worth, whatever the words around it
_RECENT = 30  # of the events told before, so many of the latest may go on, and of their mentions, so many are looked at
_DATED = 0.1
# of the likeliest day's share is enough for one since which it has been going on, or shots have been heard
_GOING_ON, _SHOTS_GO_ON = 1 / 8, 1 / 12
_SHOTS = ("gunfire", "battle", "attack")
# what a passage dates so much earlier or later is another event, however alike it is told: a battle that goes on
# for longer is told day by day
_ONE_EVENT_DAYS = 7


@dataclass(slots=True, eq=False)
class Draft:
    """An incident in the making."""

    frame: Frame
    dated: list[tuple[DateSpan, Scene]] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    scenes: dict[int, Scene] = field(default_factory=dict)  # by their number
    claims: list[Told] = field(default_factory=list)
    parts_of_day: set[str] = field(default_factory=set)

    def add(self, scene: Scene) -> None:
        """Note that ``scene`` speaks of this incident."""
        self.scenes.setdefault(scene.number, scene)

    @property
    def latest(self) -> list[int]:
        """The latest of the incident's mentions: what is told next is compared with these."""
        return self.mentions[-_RECENT:]

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


class Gathering:
    """Goes through a report: first the places that carry events, then days, tolls and what follows up."""

    def __init__(
        self,
        reading: Reading,
        mentions: Sequence[Mention],
        verdicts: Mapping[int, Verdict],
        seen: tuple[Mapping[int, Spot], Sight],
        calendar: Calendar,
    ) -> None:
        self._reading, self._mentions, self._verdicts, self._calendar = reading, mentions, verdicts, calendar
        self._spots, self._sight = seen
        self._labels = {index: verdict.label for index, verdict in verdicts.items()}
        self._scene_of: dict[int, Scene] = {}
        self._recent: list[Draft] = []
        self.trace: list[str] = []
        self.drafts: list[Draft] = []

    def run(self, scenes: Sequence[Scene], frames: Mapping[int, Frame | None]) -> list[Draft]:
        """Return the drafts that ``scenes`` add up to, in order of appearance."""
        self._scene_of = {index: scene for scene in scenes for index in scene.mentions}
        for scene in scenes:
            for index in scene.mentions:
                self._place(scene, index)
        if self.drafts:
            relations = self._relations(scenes)
            self._give_days(relations, scenes)
            told = (self._reading, self._mentions, self._verdicts, self._spots)
            casualties = Casualties(self.drafts, told, self._scene_of, self._calendar, self._sight)
            self.trace += casualties.give(relations, scenes)
            self._follow_up(scenes, frames)
        return self.drafts

    def _place(self, scene: Scene, index: int) -> None:
        """Put a located mention that carries an event into the draft it belongs to, or a new one."""
        verdict = self._verdicts[index]
        if not self._mentions[index].status.is_located or verdict.frame is None:
            return
        draft = self._home(verdict.frame, index)
        draft.mentions.append(index)
        draft.add(scene)

    def _home(self, frame: Frame, index: int) -> Draft:
        """Return the draft whose event the mention carries: the likeliest of its type, or a new one."""
        table, told = load_weights("same_event"), (self._scene_of, self._calendar)
        best, share = Draft(frame), _LIKELY
        apart, here = is_apart(self._scene_of[index]), self._scene_of[index].sentence_number
        for draft in self._recent[-_RECENT:]:
            if apart and self._scene_of[draft.mentions[-1]].sentence_number != here:
                continue
            if draft.frame.event_type is not frame.event_type:
                continue
            if self._days_apart(index, draft) > _ONE_EVENT_DAYS or self._is_another(index, draft):
                continue
            is_latest = draft is self._recent[-1]
            features = join_features(index, draft.latest, self._labels, self._spots, told, is_latest=is_latest)
            likely = max(table.share(features), _SAME_SCENE if self._is_same_scene(index, draft) else 0.0)
            if likely > share:
                best, share = draft, likely
        if best in self._recent:
            self._recent.remove(best)
        else:
            self.drafts.append(best)
        self._recent.append(best)
        return best

    def _days_apart(self, index: int, draft: Draft) -> int:
        """Return how many days lie between the dates that hold for the mention and for the draft; 0 if unknown."""
        here = self._calendar.carried(self._scene_of[index])
        spans = [self._calendar.carried(self._scene_of[one]) for one in draft.latest]
        return min((here.days_from(span) for span in spans), default=0)

    def _is_same_scene(self, index: int, draft: Draft) -> bool:
        """Tell whether a mention names a place of the draft's, and its sentence states no other day."""
        place = self._spots[index].place_id
        if not place or all(self._spots[one].place_id != place for one in draft.latest):
            return False
        day = self._calendar.stated(self._scene_of[index]).start
        known = [start for one in draft.latest if (start := self._calendar.stated(self._scene_of[one]).start)]
        return day is None or not known or day in known

    def _is_another(self, index: int, draft: Draft) -> bool:
        """Tell whether a mention is told of as of another event than a draft, whatever they share."""
        here, *there = (
            (self._scene_of[one], self._calendar.stated(self._scene_of[one]), self._spots[one].place_id)
            for one in (index, *draft.latest)
        )
        sub_event, opens_at = draft.frame.sub_event_type, self._mentions[index].start
        return told_apart(here, there) or strikes_anew(here, there, sub_event=sub_event, opens_at=opens_at)

    def _relations(self, scenes: Sequence[Scene]) -> Relations:
        names = [draft.frame.sub_event_type for draft in self.drafts]
        return Relations(self._reading, self._mentions, scenes, [draft.mentions for draft in self.drafts], names)

    def _give_days(self, relations: Relations, scenes: Sequence[Scene]) -> None:
        """Date each incident by the likeliest of the report's dates, if one is likely at all."""
        table = load_weights("day")
        scene_of = {date: scene for scene in scenes for date in scene.dates}
        everything = [date for date in scene_of if date.when.start is not None]
        for number, draft in enumerate(self.drafts):
            dates = relations.nearest(number, everything)
            features = relations.days(number, dates, self._calendar)
            read = self._days_read(draft)
            shares = {
                date: math.sqrt(table.share(one) * read.get(date.when.start, 0.0))
                for date, one in zip(dates, features, strict=True)
            }
            best = max(dates, key=lambda date: (shares[date], -date.start), default=None)
            if best is not None and shares[best] > _DATED:
                # what has gone on since a day began then, whatever else the report dates
                going_on = [
                    date
                    for date in dates
                    if date.kind == "since"
                    and shares[date] > shares[best] * (_SHOTS_GO_ON if scene_of[date].affirmed(*_SHOTS) else _GOING_ON)
                ]
                best = min([best, *going_on], key=lambda date: (str(date.when.start), date.start))
                same = [date for date in dates if date.when.start == best.when.start]
                for date in (date for date in same if date is best or shares[date] > _DATED):
                    draft.widen(self._calendar.closed(date), scene_of[date])
                    draft.parts_of_day |= {date.part_of_day} - {""}

    def _days_read(self, draft: Draft) -> dict[dt.date | None, float]:
        """Return the share that the network gives to each day as the draft's."""
        days: dict[dt.date | None, float] = defaultdict(float)
        for answer, share in self._sight.answers("day", draft.mentions).items():
            if isinstance(answer, int):
                days[self._reading.dates[answer].when.start] += share
            elif answer == "published":
                days[self._reading.report.published] += share
        return days

    def _follow_up(self, scenes: Sequence[Scene], frames: Mapping[int, Frame | None]) -> None:
        """Give scenes without a place of their own to the incident they speak of."""
        owner = {number: draft for draft in self.drafts for number in draft.scenes}
        by_sentence = {scene.sentence_number: draft for draft in self.drafts for scene in draft.scenes.values()}
        last = {draft.frame.event_type: draft for draft in self.drafts}
        current = self.drafts[0]
        for scene in scenes:
            frame = frames[scene.number]
            draft = owner.get(scene.number) or by_sentence.get(scene.sentence_number)
            if draft is None and frame and frame.event_type is not current.frame.event_type:
                draft = last.get(frame.event_type)
            draft = draft or current
            if frame and frame.event_type is draft.frame.event_type and frame.is_clash and not scene.sensitive:
                draft.add(scene)
            self._note_entry(draft, scene)
            current = owner.get(scene.number, current)

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
            speaker=speaker_of(self._reading, cues[0].span),
            who=actors[0].text,
            sensitive=scene.sensitive,
            when=when,
        )
        draft.claims.append(Told(scene.sentence_number, claim))
        draft.add(scene)
