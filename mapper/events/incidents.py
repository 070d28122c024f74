"""Incidents: drafts finished into records with dates, places, actors, tolls, claims and evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.events.drafts import Gathering
from mapper.events.ids import record_id, with_own_ids
from mapper.events.merging import unique
from mapper.events.tolls import reconcile
from mapper.model import Assertion, DateSpan, EventType, Evidence, Incident, Measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.events.calendar import Calendar
    from mapper.events.drafts import Draft
    from mapper.events.features import Spot
    from mapper.events.frames import Frame
    from mapper.events.glance import Sight
    from mapper.events.scenes import Scene
    from mapper.events.verdicts import Verdict
    from mapper.model import Cue, Mention, Place, Reading, Span

__all__ = ["gather_incidents"]

_PAST_AFTER = dt.timedelta(days=45)
# Where residents, students and workers are protesters; at a battle they live nearby.
_PROTESTS = {EventType.PROTESTS, EventType.RIOTS}


def gather_incidents(
    reading: Reading,
    scenes: Sequence[Scene],
    frames: Mapping[int, Frame | None],
    told: tuple[Sequence[Mention], Mapping[int, Verdict], Mapping[int, Spot], Sight],
    calendar: Calendar,
) -> tuple[list[Incident], list[str]]:
    """Gather the mentions that carry an event into incidents; what belongs to none is told in the trace.

    Parameters
    ----------
    reading
        The report's reading.
    scenes
        Its scenes.
    frames
        The event frame of each scene, by scene number.
    told
        The report's mentions, the verdict on each by index, where it stands, and the network's
        glances.
    calendar
        The dates of its scenes.
    """
    mentions, verdicts, spots, sight = told
    gathering = Gathering(reading, mentions, verdicts, (spots, sight), calendar)
    drafts = gathering.run(scenes, frames)
    main = next((draft.when for draft in drafts if draft.when.start), DateSpan())
    finisher = _Finisher(reading, mentions, scenes, calendar, main)
    return with_own_ids(finisher.finish(draft) for draft in drafts), gathering.trace


@dataclass(frozen=True, slots=True)
class _Finisher:
    """Turns drafts into records; ``main`` is the date of the report's first dated event."""

    reading: Reading
    mentions: Sequence[Mention]
    scenes: Sequence[Scene]
    calendar: Calendar
    main: DateSpan

    def finish(self, draft: Draft) -> Incident:
        """Return the incident that ``draft`` adds up to."""
        report, frame = self.reading.report, draft.frame
        when = draft.when if draft.when.start else self._undated(draft)
        places, openly_named = self._places(draft)
        scenes = sorted(draft.scenes.values(), key=lambda scene: scene.number)
        hidden = {"when"} if draft.when_is_sensitive else set()
        if not openly_named:
            hidden.add("places")
        past = bool(report.published and when.end and report.published - when.end > _PAST_AFTER)
        place_ids = sorted(place.place_id for place in places)
        facts = (
            report.report_id,
            frame.event_type,
            frame.sub_event_type,
            *place_ids,
            "" if "when" in hidden else str(when.start),
        )
        actors = [cue.kind for scene in scenes for cue in scene.cues if cue.kind.startswith("actor:")]
        if frame.event_type not in _PROTESTS:
            actors = [actor for actor in actors if actor != "actor:Protesters"]
        return Incident(
            incident_id=record_id("i", *facts),
            event_type=frame.event_type,
            sub_event_type=frame.sub_event_type,
            when=when,
            places=places,
            actors=tuple(dict.fromkeys(actor.removeprefix("actor:") for actor in actors)),
            fatalities=reconcile(draft.claims, Measure.KILLED),
            injuries=reconcile(draft.claims, Measure.INJURED),
            claims=tuple(told.claim for told in draft.claims),
            evidence=tuple(dict.fromkeys(self._evidence(scene) for scene in scenes)),
            around=self._around(draft),
            assertion=Assertion.PAST if past else Assertion.NONE,
            sensitive_fields=frozenset(hidden),
            traits=frame.traits | draft.parts_of_day,
        )

    def _undated(self, draft: Draft) -> DateSpan:
        """Return the date of a draft whose sentences state none: the one last named before it, or the main event's."""
        carried = self.calendar.carried(next(iter(draft.scenes.values())))
        return carried if carried.start else self.main

    def _evidence(self, scene: Scene) -> Evidence:
        hidden = self.reading.is_sensitive(scene.sentence)
        return Evidence(self.reading.report.report_id, scene.sentence.start, scene.sentence.end, hidden)

    def _places(self, draft: Draft) -> tuple[tuple[Place, ...], bool]:
        """Return the draft's places, and whether one is openly named."""
        places = unique(place for index in draft.mentions if (place := self.mentions[index].place) is not None)
        return places, any(not self.mentions[index].sensitive for index in draft.mentions)

    def _around(self, draft: Draft) -> tuple[Place, ...]:
        """Return the draft's places around which the text puts further, unnamed neighbourhoods.

        A place of the event is one wherever it is named: "gangs operating from X, and several adjacent
        neighborhoods" need not be where the text says that X saw fighting.
        """
        told = self._adjacent(draft) if draft.frame.is_clash else []
        if not told:
            return ()
        places, _ = self._places(draft)
        named = [one for one in self.mentions if one.place in places]
        around: list[Place] = []
        for cue, sentence in told:
            before = [one for one in named if one.end <= cue.start and sentence.covers(one.span)]
            around += [one.place for one in before[-1:] if one.place is not None]
        return unique(around)

    def _adjacent(self, draft: Draft) -> list[tuple[Cue, Span]]:
        """Return the words for adjacent neighbourhoods in the draft's sentences, each with its sentence."""
        told = {scene.sentence_number for scene in draft.scenes.values()}
        scenes = [scene for scene in self.scenes if scene.sentence_number in told]
        return [(cue, scene.sentence) for scene in scenes for cue in scene.having("adjacent")]
