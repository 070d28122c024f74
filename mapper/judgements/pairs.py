"""Which tellings an analyst means by the records said to be one, or not to be one.

A record's id is that of its first telling, and the id of a telling does not depend on what it is joined
with. So an id is looked for among the tellings; one that no telling bears any more, because its report was
corrected, is found by where the record was told: as the judgement says, or as the build before knew it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.identity import anchors_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.identity import Anchors
    from mapper.judgements.kinds import Different, Same, Told
    from mapper.model import Facts, Incident, Movement

__all__ = ["Finder"]


class Finder:
    """Finds tellings by what a judgement calls them.

    Parameters
    ----------
    facts
        What each report says.
    earlier
        What the records of the build before were recognised by (``mapper.identity``).
    """

    def __init__(self, facts: Iterable[Facts], earlier: Mapping[str, Anchors]) -> None:
        self._earlier = earlier
        self._told: dict[str, tuple[Incident | Movement, ...]] = {
            one.report.report_id: (*one.incidents, *one.movements) for one in facts
        }
        self._ids = {telling.record_id for tellings in self._told.values() for telling in tellings}

    def meant(self, judged: Same | Different) -> tuple[str, ...]:
        """Return the ids of the tellings that the judgement's records are, in order; empty unless all are found."""
        told: Sequence[Told | None] = judged.told or [None] * len(judged.records)
        found = [self._telling(name, where) for name, where in zip(judged.records, told, strict=True)]
        return tuple(one for one in found if one) if all(found) and len(set(found)) == len(found) else ()

    def _telling(self, record_id: str, told: Told | None) -> str | None:
        if record_id in self._ids:
            return record_id
        if told:
            return self._told_in(told.report, told.place, record_id[:2])
        if anchors := self._earlier.get(record_id):
            return self._anchored(anchors, record_id[:2])
        return None

    def _told_in(self, report: str, place: str, kind: str) -> str | None:
        """Return the one telling of a report at a place, or else the report's only one; None where two may be meant."""
        tellings = [one for one in self._told.get(report, ()) if one.record_id.startswith(kind)]
        there = [one for one in tellings if place in _place_ids(one)] or tellings
        return there[0].record_id if len(there) == 1 else None

    def _anchored(self, anchors: Anchors, kind: str) -> str | None:
        """Return the telling that shares most with an earlier record, of several the first by report."""
        reports = sorted({anchor.partition("\x1f")[0] for anchor in anchors})
        tellings = [one for report in reports for one in self._told.get(report, ()) if one.record_id.startswith(kind)]
        shared = [(len(anchors_of(one) & anchors), one) for one in tellings]
        most = max((count for count, _ in shared), default=0)
        return next((one.record_id for count, one in shared if count == most), None) if most else None


def _place_ids(telling: Incident | Movement) -> set[str]:
    return {anchor.partition("\x1f")[2].removeprefix("from ").removeprefix("to ") for anchor in anchors_of(telling)}
