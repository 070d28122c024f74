"""Drafts: mentions that carry an event, gathered scene by scene into incidents in the making."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from mapper.events.apart import strikes_anew, told_apart
from mapper.events.features import LARGE
from mapper.events.frames import FORCES
from mapper.events.joining import join_features
from mapper.events.relations import Relations
from mapper.events.tolls import Told, claims_in, counted_over, is_apart, of_its_time, speaker_of, sums_up, told_by
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
    from mapper.events.weights import Weights
    from mapper.model import Mention, Place, Quantity, Reading

__all__ = ["Draft", "Gathering"]

_CASUALTIES = (Measure.KILLED, Measure.INJURED)
_COUNT_CHARS = 90  # how far before a place the number of its dead or hurt may begin
_LIKELY = 0.3
_SAME_SCENE = 0.5  # what the same place on no other day is worth, whatever the words around it
_RECENT = 30  # of the events told before, so many of the latest may go on
_UNLIKELY = 0.25
_DATED = 0.1
# whom those arrested are said to have killed ("wanted for three murders") did not die in the arrest; a raid in which
# people die is a battle
_BLOODLESS = "Arrests"
_AIR_STRIKE = "air strike"
# what a passage dates so much earlier or later is another event, however alike it is told: a battle that goes on
# for longer is told day by day
_ONE_EVENT_DAYS = 7


@dataclass(slots=True, eq=False)
class Draft:
    """An incident in the making."""

    frame: Frame
    dated: list[tuple[DateSpan, Scene]] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    scenes: list[Scene] = field(default_factory=list)
    claims: list[Told] = field(default_factory=list)
    parts_of_day: set[str] = field(default_factory=set)

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
        self._days: dict[int, DateSpan] = {}  # stated with a scene, by its number
        self._counted_at: dict[int, int] = {}  # by the index of a place, where the number begins
        self.trace: list[str] = []
        self.drafts: list[Draft] = []

    def run(self, scenes: Sequence[Scene], frames: Mapping[int, Frame | None]) -> list[Draft]:
        """Return the drafts that ``scenes`` add up to, in order of appearance."""
        self._scene_of = {index: scene for scene in scenes for index in scene.mentions}
        for scene in scenes:
            for index in scene.mentions:
                self._place(scene, index)
        if self.drafts:
            placed = [index for draft in self.drafts for index in draft.mentions]
            self._counted_at = {index: count.start for index in placed if (count := self._count_at(index))}
            relations = self._relations(scenes)
            self._give_days(relations, scenes)
            self._give_tolls(relations, scenes)
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
            latest = draft is self._recent[-1]
            features = join_features(index, draft.mentions, self._labels, self._spots, told, is_latest=latest)
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
        spans = [self._calendar.carried(self._scene_of[one]) for one in draft.mentions]
        return min((here.days_from(span) for span in spans), default=0)

    def _is_same_scene(self, index: int, draft: Draft) -> bool:
        """Tell whether a mention names a place of the draft's, and its sentence states no other day."""
        place = self._spots[index].place_id
        if not place or all(self._spots[one].place_id != place for one in draft.mentions):
            return False
        day = self._stated(self._scene_of[index]).start
        known = [start for one in draft.mentions if (start := self._stated(self._scene_of[one]).start)]
        return day is None or not known or day in known

    def _is_another(self, index: int, draft: Draft) -> bool:
        """Tell whether a mention is told of as of another event than a draft, whatever they share."""
        here, *there = (
            (self._scene_of[one], self._stated(self._scene_of[one]), self._spots[one].place_id)
            for one in (index, *draft.mentions)
        )
        sub_event, opens_at = draft.frame.sub_event_type, self._mentions[index].start
        return told_apart(here, there) or strikes_anew(here, there, sub_event=sub_event, opens_at=opens_at)

    def _stated(self, scene: Scene) -> DateSpan:
        """Return the days stated with a scene, which is asked of every event told shortly before."""
        if scene.number not in self._days:
            self._days[scene.number] = self._calendar.stated(scene)
        return self._days[scene.number]

    def _count_at(self, index: int) -> Quantity | None:
        """Return the number of dead or hurt that stands before a place in its clause, with no other place between."""
        scene, mention = self._scene_of[index], self._mentions[index]
        before = max(self._mentions[index - 1].end if index else 0, mention.start - _COUNT_CHARS)
        counted = [one for one in scene.quantities if before <= one.start < mention.start]
        counts = [one for one in counted if one.measure in _CASUALTIES or one.within]
        if not counts or "," in scene.text[counts[-1].end : mention.start]:
            return None
        return counts[-1] if counts[-1].value.best and scene.lead(mention.start, "in_place") else None

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
                going_on = [date for date in dates if date.kind == "since" and shares[date] > shares[best] / 2]
                best = min([best, *going_on], key=lambda date: (str(date.when.start), date.start))
                same = [date for date in dates if date.when.start == best.when.start and shares[date] > _DATED]
                for date in same:
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

    def _give_tolls(self, relations: Relations, scenes: Sequence[Scene]) -> None:
        """Give each count of dead or injured to the incident it most likely measures, other counts to the nearest."""
        table = load_weights("toll")
        by_measure = {
            measure: [one for one in self._reading.quantities if one.measure is measure] for measure in _CASUALTIES
        }
        for _, group in groupby(scenes, key=lambda scene: scene.sentence_number):
            sentence = list(group)
            said = [(scene, *one) for scene in sentence for one in claims_in(self._reading, scene)]
            where = _placed(sentence)
            said = [
                one for one in said if one[1].value.high == 0 or not self._is_elsewhere(where[one[0].number], one[1])
            ]
            if len(self.drafts) > 1:
                said = [one for one in said if not sums_up(one[0])]
            for measure in dict.fromkeys(quantity.measure for _, quantity, _, _ in said):
                parts = [one for one in said if one[1].measure is measure]
                self._give_parts(parts, by_measure.get(measure, []), relations, table)

    def _give_parts(
        self,
        parts: Sequence[tuple[Scene, Quantity, Claim, bool]],
        peers: Sequence[Quantity],
        relations: Relations,
        table: Weights,
    ) -> None:
        """Give the parts that one sentence tells of one toll to the incident that any of them most likely measures."""
        shares: dict[int, list[float]] = {}
        taken = self._give_placed([one for one in parts if one[1].within], relations, table)
        parts = [one for one in parts if not one[1].within]
        if not parts:
            return
        near_by = [number for number in relations.records_near(parts[0][1].start) if number not in taken]
        if any(quantity.value.high != 0 for _, quantity, _, _ in parts):
            near_by = [number for number in near_by if self.drafts[number].frame.sub_event_type != _BLOODLESS]
        dated = {number: self.drafts[number].when for number in near_by}
        over = min(counted_over(self._reading, scene.span, quantity) for scene, quantity, _, _ in parts)
        for number in of_its_time(self._calendar.stated(parts[0][0]), dated, over=over):
            near = relations.nearest(number, peers)
            beside = [near if quantity in near else [quantity] for _, quantity, _, _ in parts]
            features = [relations.number(number, part[1], others) for part, others in zip(parts, beside, strict=True)]
            shares[number] = [table.share(one) for one in features]
        if not shares:
            self.trace += [
                f"'{one.who}' ({one.value.best}): counted at another time or in an arrest" for _, one, _, _ in parts
            ]
            return
        together = max(shares, key=lambda number: (max(shares[number]), -number))
        here = [number for number in relations.records_in(parts[0][0]) if number in shares]
        for position, (scene, quantity, claim, total) in enumerate(parts):
            # "two died in X and one in Y": each to its own
            at = [number for number in here if self._is_counted_at(self.drafts[number], quantity)]
            best = max(at or here or [together], key=lambda number: (shares[number][position], -number))
            if peers and max(shares[best]) < _UNLIKELY:
                told = f"'{self._reading.report.text[quantity.start : quantity.end]}'"
                self.trace.append(f"{told}: measures none of the incidents ({max(shares[best]):.2f})")
                continue
            self.drafts[best].claims.append(told_by(scene, claim, is_total=total, share=shares[best][position]))
            self.drafts[best].add(scene)

    def _is_counted_at(self, draft: Draft, count: Quantity) -> bool:
        """Tell whether a number stands right before a place of a draft's: "two died in X"."""
        return count.start in map(self._counted_at.get, draft.mentions)

    def _is_elsewhere(self, scene: Scene, count: Quantity) -> bool:
        """Tell whether a clause counts those of places outside the area only; in hospitals people die later.

        The city may be named to say where those lie: "at Macuto, near Caracas". Air strikes hit many places at once.
        """
        others = [one.start for one in scene.quantities if one.start > count.start]
        near = [index for index in scene.mentions if not any(start < self._mentions[index].start for start in others)]
        places = [place for index in near if (place := self._scene_of_event(scene, index))]
        told = [index for index in scene.mentions if self._verdicts[index].frame]
        small = [self._mentions[index].place for index in told]
        small += [place for place in places if place.feature_class not in LARGE]
        struck = any(self._verdicts[index].label == _AIR_STRIKE for index in told)
        inside = any(place and place.in_area for place in small)
        outside = any(not place.in_area for place in places)
        cared = scene.having("taken") or any(cue.kind == ":medical_care" for cue in scene.senses)
        return outside and not (inside or struck or cared)

    def _scene_of_event(self, scene: Scene, index: int) -> Place | None:
        """Return the place of a mention if a clause says that something happened in it, or in what lies in it."""
        mention, inner = self._mentions[index], self._mentions[index - 1] if index else None
        led = scene.lead(mention.start, "in_place") is not None
        if inner and not led and inner.place is None and scene.text[inner.end : mention.start] == ", ":
            led = scene.lead(inner.start, "in_place") is not None  # "in San Vicente, Maracay"
        return mention.place if led else None

    def _give_placed(
        self, parts: Sequence[tuple[Scene, Quantity, Claim, bool]], relations: Relations, table: Weights
    ) -> set[int]:
        """Give parts of a number that are told at a place of their own to the incident there; return those incidents.

        An incident that is told of elsewhere, too, is what the whole number measures.
        """
        taken = set()
        for scene, quantity, claim, total in parts:
            for number, draft in enumerate(self.drafts):
                if not self._is_counted_at(draft, quantity):
                    continue
                if len({self._spots[index].place_id for index in draft.mentions}) == 1:
                    share = table.share(relations.number(number, quantity, [quantity]))
                    draft.claims.append(told_by(scene, claim, is_total=total, share=share))
                    draft.add(scene)
                    taken.add(number)
        return taken

    def _follow_up(self, scenes: Sequence[Scene], frames: Mapping[int, Frame | None]) -> None:
        """Give scenes without a place of their own to the incident they speak of."""
        owner = {scene.number: draft for draft in self.drafts for scene in draft.scenes}
        by_sentence = {scene.sentence_number: draft for draft in self.drafts for scene in draft.scenes}
        current = self.drafts[0]
        for scene in scenes:
            frame = frames[scene.number]
            alike = [one for one in self.drafts if frame and one.frame.event_type is frame.event_type]
            draft = owner.get(scene.number) or by_sentence.get(scene.sentence_number)
            draft = draft or (current if current in alike or not alike else alike[-1])
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
            speaker=speaker_of(self._reading.attributions, cues[0].span),
            who=actors[0].text,
            sensitive=scene.sensitive,
            when=when,
        )
        draft.claims.append(Told(scene.sentence_number, claim))
        draft.add(scene)


def _placed(sentence: Sequence[Scene]) -> dict[int, Scene]:
    """Return for each clause of a sentence the last one up to it that names a place, or itself, by its number."""
    found: dict[int, Scene] = {}
    last: Scene | None = None
    for scene in sentence:
        last = scene if scene.mentions else last
        found[scene.number] = last or scene
    return found
