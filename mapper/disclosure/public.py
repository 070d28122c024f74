"""What the public level leaves out beyond the partner level: what is recent, few, or a report's own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from mapper.disclosure.groups import SMALL_GROUP_FAMILIES, SMALL_GROUP_PERSONS
from mapper.disclosure.renaming import numbered, renamed, shown_only
from mapper.model import Claim, Estimate, Evidence, Incident, Movement, Quote
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapper.disclosure.renaming import Numbers
    from mapper.model import Disclosed, Report

__all__ = ["HELD_BACK", "cited", "held_back", "institutional", "merged", "public_quotes", "public_record", "unnamed"]

HELD_BACK = dt.timedelta(hours=72)
"""How long nothing is shown of what has just happened: people may still be where they fled to."""

_Record = TypeVar("_Record", Incident, Movement)

# Words that name an institution's voice, folded: whole ones, and beginnings. A speaker without any may be private.
_ACRONYMS = frozenset({"acnur", "cofavic", "icrc", "cicr", "ngo", "ocha", "ong", "onu", "provea", "un", "unhcr"})
_STEMS = (
    *("minist", "gobiern", "govern", "goberna", "alcald", "mayor", "president", "vicepresident", "fiscal", "prosecut"),
    *("polic", "ejercit", "army", "militar", "bomber", "firefighter", "proteccion", "protection", "monitor"),
    *("observator", "embajad", "embassy", "tribunal", "court", "defensor", "ombuds", "comision", "commission"),
)


def held_back(record: Incident | Movement, as_of: dt.date, published: Mapping[str, dt.date | None]) -> bool:
    """Tell whether a record is of the last 72 hours; an undated one is as recent as the newest report that tells it."""
    last = record.when.end or record.when.start
    if last is None:
        days = [day for passage in record.evidence if (day := published.get(passage.report_id))]
        last = max(days, default=as_of)
    return last > as_of - HELD_BACK


def institutional(speaker: str) -> bool:
    """Tell whether a speaker is an institution or speaks for one."""
    return any(word in _ACRONYMS or word.startswith(_STEMS) for word in fold(speaker).split())


def public_record(record: _Record) -> _Record:
    """Return a record without offsets, private speakers and small counts."""
    evidence = tuple(dict.fromkeys(Evidence(one.report_id, 0, 0, one.sensitive) for one in record.evidence))
    if isinstance(record, Incident):
        return replace(record, evidence=evidence, claims=tuple(map(_public_claim, record.claims)))
    people = _rounded(record.people, SMALL_GROUP_PERSONS)
    households = _rounded(record.households, SMALL_GROUP_FAMILIES)
    return replace(record, evidence=evidence, people=people, households=households)


def _public_claim(claim: Claim) -> Claim:
    speaker = claim.speaker if institutional(claim.speaker) else ""
    hidden = claim.sensitive or bool(claim.speaker and not speaker)
    return replace(claim, start=0, end=0, speaker=speaker, who="", sensitive=hidden)


def _rounded(count: Estimate, least: int) -> Estimate:
    """Return a number, a small one as "fewer than"."""
    stated = count.best if count.best is not None else count.high
    return Estimate(None, None, least - 1, count.unit) if stated is not None and stated < least else count


def merged(movements: Iterable[Movement]) -> list[Movement]:
    """Return the movements, small ones of one kind between the same units as one record without a number."""
    kept: list[Movement] = []
    groups: dict[tuple[object, ...], list[Movement]] = {}
    for movement in movements:
        if _is_small(movement):
            ends = (frozenset(one.place_id for one in side) for side in (movement.origins, movement.destinations))
            groups.setdefault((movement.kind, movement.assertion, *ends), []).append(movement)
        else:
            kept.append(movement)
    return [*kept, *(_as_one(group) for group in groups.values())]


def _as_one(group: list[Movement]) -> Movement:
    first = min(group, key=lambda one: one.movement_id)
    if len(group) == 1:
        return first
    evidence = tuple(dict.fromkeys(passage for one in group for passage in one.evidence))
    when = next((one.when for one in group if one.when.start), first.when)
    days = [(one.when.start, one.when.end or one.when.start) for one in group if one.when.start]
    if days:
        when = replace(when, start=min(start for start, _ in days), end=max(end for _, end in days))
    return replace(first, evidence=evidence, when=when, people=Estimate(), households=Estimate())


def _is_small(movement: Movement) -> bool:
    highs = [(movement.people, SMALL_GROUP_PERSONS), (movement.households, SMALL_GROUP_FAMILIES)]
    return any(count.best is None and count.high == least - 1 for count, least in highs)


def public_quotes(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the note that there are passages, and none of their words: a paraphrase names people and places too."""
    return tuple(dict.fromkeys(Quote(one.report_id, None) for one in quotes))


def unnamed(disclosed: Disclosed, numbers: Numbers) -> Disclosed:
    """Return the records with their reports as outlet, day and a number alone.

    A title, an address or a file's name can say a place or a person that nothing else may.
    """
    names = numbered(disclosed.reports, numbers)
    shown = {one.report_id: replace(one, title="", url="", author="") for one in disclosed.reports}
    reports = tuple(shown[name] for name in names)  # in the order of their numbers, not of their files
    return renamed(shown_only(replace(disclosed, reports=reports), names), names)


def cited(records: Iterable[Incident | Movement], reports: Iterable[Report]) -> tuple[Report, ...]:
    """Return the reports that a shown record rests on: the title of another could tell what is held back."""
    names = {passage.report_id for record in records for passage in record.evidence}
    return tuple(report for report in reports if report.report_id in names)
