"""Records that an analyst adds, each with its source: they become tellings like those read in a report.

A source that is no report of the build becomes one, whose text is the quote. It is read as any report is, so
that disclosure finds in it what could expose someone; the records read in it give way to the analyst's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.events.ids import record_id
from mapper.judgements.kinds import SUB_EVENT_TYPES, AddedIncident
from mapper.model import Estimate, Evidence, Incident, Movement, Report, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapper.judgements.kinds import Added, AddedMovement
    from mapper.model import Facts, Place

__all__ = ["source_of", "telling_of", "with_added"]


def source_of(added: Added) -> Report | None:
    """Return the source of an added record as a report; None where it names a report of the build."""
    if added.report:
        return None
    from mapper.reports.language import detect_language

    text = added.quote.strip()
    name = record_id("added", added.outlet, added.url, str(added.published or ""), text)
    return Report(
        report_id=name,
        text=text,
        language=detect_language(text),
        published=added.published,
        outlet=added.outlet,
        url=added.url,
        private=added.private,
    )


def telling_of(
    added: AddedIncident | AddedMovement,
    report: Report,
    sensitive: Sequence[Span],
    places: Callable[[str], Place | None],
) -> Incident | Movement | None:
    """Return what an analyst added as a telling of ``report``; None where the report does not hold its quote.

    Like what is read in a report, it loses its day and its people outside where they rest only on a passage
    that could expose someone.
    """
    words = r"\s+".join(re.escape(word) for word in added.quote.split())
    found = re.search(words, report.text)
    if found is None:
        return None
    span = Span(*found.span())
    closed = any(span.overlaps(one) for one in sensitive)
    evidence = (Evidence(report.report_id, span.start, span.end, closed or added.private),)

    def located(place_ids: tuple[str, ...]) -> tuple[Place, ...]:
        return tuple(place for one in dict.fromkeys(place_ids) if (place := places(one)) is not None)

    said = (report.report_id, *added.places_named, str(added.date_start or ""))
    if isinstance(added, AddedIncident):
        return Incident(
            incident_id=record_id("i", "added", added.sub_event_type, *said),
            event_type=SUB_EVENT_TYPES[added.sub_event_type],
            sub_event_type=added.sub_event_type,
            when=added.when,
            places=located(added.places),
            fatalities=added.killed.estimate("persons") if added.killed else Estimate(),
            injuries=added.injured.estimate("persons") if added.injured else Estimate(),
            evidence=evidence,
            sensitive_fields=frozenset({"when"} if closed else ()),
            traits=frozenset({"gunfire"} if added.gunfire else ()),
        )
    return Movement(
        movement_id=record_id("m", "added", added.kind, *said),
        kind=added.kind,
        origins=located(added.origins),
        destinations=located(added.destinations),
        via=located(added.via),
        when=added.when,
        people=added.people.estimate("persons") if added.people else Estimate(),
        households=added.households.estimate("families") if added.households else Estimate(),
        evidence=evidence,
        sensitive_fields=frozenset({"when", "people", "households"} if closed else ()),
    )


def with_added(facts: Facts, tellings: Sequence[Incident | Movement], *, only: bool) -> Facts:
    """Return a report's facts with what an analyst added; ``only``: with nothing else, as in an added source."""
    read = replace(facts, incidents=(), movements=(), warnings=(), trace=()) if only else facts
    ends = {place.place_id for one in tellings for place in _places(one)}
    named = [one for one in facts.mentions if one.place and one.place.place_id in ends]
    return replace(
        read,
        mentions=tuple(named) if only else facts.mentions,
        incidents=(*read.incidents, *(one for one in tellings if isinstance(one, Incident))),
        movements=(*read.movements, *(one for one in tellings if isinstance(one, Movement))),
    )


def _places(record: Incident | Movement) -> tuple[Place, ...]:
    return record.places if isinstance(record, Incident) else (*record.origins, *record.via, *record.destinations)
