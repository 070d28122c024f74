"""What is new, revised and gone since an earlier build, record by record and field by field.

Compared is what disclosure let through at one level, never a report's text. A summary holds what a
reader would call a change: when, where, how many, told by how many outlets.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.model import Claim, DateSpan, Disclosed, Estimate, Evidence, Incident, Movement, Place

__all__ = ["Change", "Changes", "compare", "dump", "summaries"]

_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # made once for thousands

Summary = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after. ``before`` is None for a new record, ``after`` for one that is gone."""

    record_id: str
    kind: str
    before: Summary | None
    after: Summary | None
    successor: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that differ, in the order of the summary; none for a record that is new or gone."""
        if self.before is None or self.after is None:
            return ()
        return tuple(name for name in self.after if self.before.get(name) != self.after[name])

    @property
    def says(self) -> Summary:
        """The record as it stands, or as it last stood."""
        return self.after or self.before or {}


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes since build number ``since`` (None: there is no earlier build), each list by id."""

    since: int | None = None
    new: tuple[Change, ...] = ()
    revised: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.new or self.revised or self.gone)

    def as_data(self) -> dict[str, Any]:
        """Return the changes as the page shows them; empty where there is nothing to compare with.

        ``since``: the earlier build's number; ``new``: ids; ``revised``: by id the fields that differ with
        their value before; ``gone``: what the records last said, with their id, kind and successor.
        """
        if self.since is None:
            return {}
        return {
            "since": self.since,
            "new": [one.record_id for one in self.new],
            "revised": {
                one.record_id: {name: (one.before or {}).get(name) for name in one.fields} for one in self.revised
            },
            "gone": [
                {"id": one.record_id, "kind": one.kind, "successor": one.successor, **one.says} for one in self.gone
            ],
        }


def summaries(disclosed: Disclosed) -> dict[str, tuple[str, Summary]]:
    """Return, by record id, each record's kind and summary."""
    outlets = {report.report_id: report.outlet or report.report_id for report in disclosed.reports}
    found: dict[str, tuple[str, Summary]] = {}
    for incident in disclosed.incidents:
        found[incident.incident_id] = ("incident", _incident(incident, outlets))
    for movement in disclosed.movements:
        found[movement.movement_id] = (str(movement.kind), _movement(movement, outlets))
    return found


def compare(
    before: Mapping[str, tuple[str, Summary]],
    after: Mapping[str, tuple[str, Summary]],
    since: int | None,
    successors: Mapping[str, str] | None = None,
) -> Changes:
    """Return what changed between two builds of one disclosure level; nothing is new in a first build."""
    if since is None:
        return Changes()
    new = [Change(name, after[name][0], None, after[name][1]) for name in sorted(after.keys() - before.keys())]
    gone = [
        Change(name, before[name][0], before[name][1], None, (successors or {}).get(name, ""))
        for name in sorted(before.keys() - after.keys())
    ]
    both = [
        Change(name, after[name][0], before[name][1], after[name][1]) for name in sorted(after.keys() & before.keys())
    ]
    return Changes(since, tuple(new), tuple(one for one in both if one.fields), tuple(gone))


def dump(summary: Summary) -> str:
    """Return a summary as the store keeps it."""
    return _WRITTEN.encode(summary)


def _incident(incident: Incident, outlets: Mapping[str, str]) -> Summary:
    return {
        "type": str(incident.event_type),
        "sub_type": incident.sub_event_type,
        "when": _when(incident.when),
        "places": _names(incident.places),
        "killed": _estimate(incident.fatalities),
        "injured": _estimate(incident.injuries),
        "assertion": str(incident.assertion),
        "outlets": _outlets([*incident.evidence, *incident.claims], outlets),
    }


def _movement(movement: Movement, outlets: Mapping[str, str]) -> Summary:
    return {
        "when": _when(movement.when),
        "from": _names(movement.origins),
        "to": _names(movement.destinations),
        "via": _names(movement.via),
        "people": _estimate(movement.people),
        "households": _estimate(movement.households),
        "assertion": str(movement.assertion),
        "outlets": _outlets(movement.evidence, outlets),
    }


def _when(span: DateSpan) -> list[str]:
    return [str(span.start or ""), str(span.end or ""), str(span.precision)]


def _names(places: tuple[Place, ...]) -> list[str]:
    return [place.name for place in places]


def _estimate(value: Estimate) -> list[Any] | None:
    return [value.low, value.best, value.high, value.unit] if value.known else None


def _outlets(passages: list[Evidence | Claim] | tuple[Evidence, ...], outlets: Mapping[str, str]) -> list[str]:
    return sorted({outlets[one.report_id] for one in passages if one.report_id in outlets})
