"""Tellings made by hand, in the short notation of data/annotated/pairs (see the README there)."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

from mapper.model import (
    Claim,
    DatePrecision,
    DateSpan,
    Estimate,
    EventType,
    Evidence,
    Facts,
    Incident,
    Measure,
    Mode,
    Movement,
    MovementKind,
    Report,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.model import Place, Story

EVENT_TYPES = {
    "Armed clash": EventType.BATTLES,
    "Attack": EventType.VIOLENCE,
    "Abduction or forced disappearance": EventType.VIOLENCE,
    "Sexual violence": EventType.VIOLENCE,
    "Air or drone strike": EventType.EXPLOSIONS,
    "Shelling or artillery": EventType.EXPLOSIONS,
    "Grenade": EventType.EXPLOSIONS,
    "Remote explosive": EventType.EXPLOSIONS,
    "Peaceful protest": EventType.PROTESTS,
    "Protest with intervention": EventType.PROTESTS,
    "Excessive force against protesters": EventType.PROTESTS,
    "Violent demonstration": EventType.RIOTS,
    "Mob violence": EventType.RIOTS,
}


class Teller:
    """Turns short notes into the facts of reports; each note is a report of its own unless it names one."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self.places = places
        self._numbers = itertools.count(1)

    def facts(self, note: dict[str, Any]) -> Facts:
        """Return the facts of the report that a note stands for."""
        number = next(self._numbers)
        report_id = note.get("report", f"report-{number:05}")
        when = span(note)
        published = note.get("published") or (str(when.end + dt.timedelta(days=1)) if when.end else "2031-01-01")
        text = note.get("text", f"Report {number} in its own words.")
        report = Report(
            report_id,
            text,
            published=dt.date.fromisoformat(published),
            outlet=note.get("outlet", f"Outlet {number}"),
        )
        evidence = (Evidence(report_id, 0, len(text) + number),)  # of two notes of one report, each its own
        if "kind" in note:
            return Facts(report, (), (), (self._movement(f"m-{number:05}", note, when, evidence),))
        return Facts(report, (), (self._incident(f"i-{number:05}", note, when, evidence),), ())

    def _incident(self, name: str, note: dict[str, Any], when: DateSpan, evidence: tuple[Evidence, ...]) -> Incident:
        tolls = {"killed": estimate(note.get("killed")), "injured": estimate(note.get("injured"))}
        return Incident(
            name,
            EVENT_TYPES.get(note["sub"], EventType.STRATEGIC),
            note["sub"],
            when,
            tuple(self.places[one] for one in note["at"]),
            tuple(note.get("actors", ())),
            tolls["killed"],
            tolls["injured"],
            tuple(
                Claim(
                    evidence[0].report_id,
                    0,
                    1,
                    Measure(measure),
                    toll,
                    who=note.get("who", ""),
                    hedged=note.get("hedged", False),
                )
                for measure, toll in tolls.items()
                if toll.known
            ),
            evidence,
            tuple(self.places[one] for one in note.get("around", ())),
            traits=frozenset(note.get("traits", ())),
            sensitive_fields=frozenset(note.get("closed", ())),
        )

    def _movement(self, name: str, note: dict[str, Any], when: DateSpan, evidence: tuple[Evidence, ...]) -> Movement:
        number, unit = note.get("people", (None, ""))
        count = Estimate(number, number, number, unit) if number else Estimate()
        persons = unit == "persons"
        return Movement(
            name,
            MovementKind(note["kind"]),
            tuple(self.places[one] for one in note["from"]),
            tuple(self.places[one] for one in note["to"]),
            when=when,
            mode=Mode(note.get("mode", "unknown")),
            people=count if persons else Estimate(),
            households=Estimate() if persons else count,
            evidence=evidence,
            sensitive_fields=frozenset(note.get("closed", ())),
        )


def span(note: dict[str, Any]) -> DateSpan:
    """Return the days of a note: ``day``, or from ``day`` to ``to`` (``to_day`` for a movement)."""
    if "day" not in note:
        return DateSpan()
    last = note.get("to_day") or (note.get("to") if "sub" in note else None) or note["day"]
    precision = DatePrecision(note.get("precision", "day"))
    return DateSpan(dt.date.fromisoformat(note["day"]), dt.date.fromisoformat(last), precision)


def estimate(number: int | list[int] | None) -> Estimate:
    """Return a toll: a number, or low, best and high."""
    if number is None:
        return Estimate()
    low, best, high = number if isinstance(number, list) else (number, number, number)
    return Estimate(low, best, high, "persons")


def together(story: Story, one: Facts, other: Facts) -> bool:
    """Tell whether one record of the story holds the tellings of both."""
    wanted = {(*one.incidents, *one.movements)[0].evidence[0], (*other.incidents, *other.movements)[0].evidence[0]}
    return any(wanted <= set(record.evidence) for record in (*story.incidents, *story.movements))
