"""Merging: what several tellings of one event say together, without opening what one of them kept closed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from mapper.events.nearness import contains
from mapper.events.tolls import highest
from mapper.model import Assertion, DatePrecision, DateSpan, Estimate, Incident, Measure, Mode, Movement
from mapper.text import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from mapper.events.cases import Record, Telling
    from mapper.model import Place

__all__ = ["merge_incidents", "merge_movements", "sources", "told_openly", "unique"]

_Item = TypeVar("_Item")
_PART = 2  # a number that is this many times smaller than another counts a part, or came too early
_VERBATIM = 8  # words; two reports that share so long a sentence print the same text


def told_openly(records: Sequence[Incident] | Sequence[Movement], field: str) -> tuple[list[Any], frozenset[str]]:
    """Return the known values of ``field``, and ``{field}`` if they rest only on sensitive passages.

    Parameters
    ----------
    records
        Tellings of one event, in order.
    field
        ``"when"`` or ``"people"`` (their values say by ``known`` whether they say anything), or places.

    Returns
    -------
    values, hidden
        The values that some record tells openly; where there are none, those it must not be known from.
    """
    known = [(getattr(record, field), field in record.sensitive_fields) for record in records]
    known = [(value, closed) for value, closed in known if getattr(value, "known", value)]
    opened = [value for value, closed in known if not closed]
    if opened:
        return opened, frozenset()
    closed_everywhere = all(field in record.sensitive_fields for record in records)
    return [value for value, _ in known], frozenset({field} if known or closed_everywhere else ())


def unique(items: Iterable[_Item]) -> tuple[_Item, ...]:
    """Return ``items`` without repetition, in order of first appearance."""
    return tuple(dict.fromkeys(items))


def merge_incidents(tellings: Sequence[Telling[Incident]]) -> Incident:
    """Return the one incident that ``tellings`` (the earliest report's first) tell, with every claim kept.

    It keeps the id of the first telling, so that a later report that confirms it changes no id.
    """
    group = [telling.record for telling in tellings]
    spans, hidden_days = told_openly(group, "when")
    named, hidden_places = told_openly(group, "places")
    around, hidden_around = told_openly(group, "around")
    return replace(
        group[0],
        when=_span(spans),
        places=_sharpest(named),
        actors=unique(actor for one in group for actor in one.actors),
        fatalities=_toll(tellings, Measure.KILLED),
        injuries=_toll(tellings, Measure.INJURED),
        claims=unique(claim for one in group for claim in one.claims),
        evidence=unique(evidence for one in group for evidence in one.evidence),
        around=unique(place for places in around for place in places),
        assertion=Assertion.PAST if all(one.assertion is Assertion.PAST for one in group) else Assertion.NONE,
        sensitive_fields=(_closed_in_all(group) - {"when", "places", "around"})
        | hidden_days
        | hidden_places
        | hidden_around,
        traits=frozenset().union(*(one.traits for one in group)),
    )


def merge_movements(tellings: Sequence[Telling[Movement]]) -> Movement:
    """Return the one movement that ``tellings`` (the earliest report's first) tell; families stay families.

    It keeps the id of the first telling, as an incident does.
    """
    group = [telling.record for telling in tellings]
    spans, hidden_days = told_openly(group, "when")
    counts, hidden_counts = told_openly(group, "people")
    homes, hidden_homes = told_openly(group, "households")
    modes = [one.mode for one in group if one.mode is not Mode.UNKNOWN]
    return replace(
        group[0],
        origins=_sharpest([one.origins for one in group]),
        destinations=_sharpest([one.destinations for one in group]),
        via=unique(place for one in group for place in one.via),
        when=_span(spans),
        mode=modes[0] if modes else Mode.UNKNOWN,
        people=_counted(tellings, "people", counts),
        households=_counted(tellings, "households", homes),
        evidence=unique(evidence for one in group for evidence in one.evidence),
        sensitive_fields=_closed_in_all(group) - {"when", "people", "households"}
        | hidden_days
        | hidden_counts
        | hidden_homes,
    )


def sources(tellings: Sequence[Telling[Record]]) -> list[list[Telling[Record]]]:
    """Group tellings by who really tells: one outlet, or one text that several outlets print.

    Examples
    --------
    Two reports of one newspaper and a third paper's own are two sources; an agency's text in five papers is one.
    """
    groups: dict[int, tuple[set[str], list[Telling[Record]]]] = {}
    owner: dict[str, int] = {}
    for number, telling in enumerate(tellings):
        new = _marks(telling)
        kin = sorted({owner[mark] for mark in new if mark in owner})
        marks, members = groups.setdefault(kin[0] if kin else number, (set(), []))
        for other in kin[1:]:
            other_marks, other_members = groups.pop(other)
            new |= other_marks
            members += other_members
        members.append(telling)
        marks |= new
        owner.update(dict.fromkeys(new, kin[0] if kin else number))
    return [members for _, members in groups.values()]


def _marks(telling: Telling[Record]) -> set[str]:
    """Return what tells a source: the outlet (or the site, or the report itself), and its long sentences."""
    report = telling.report
    name = report.outlet or urlsplit(report.url).hostname or f"report {report.report_id}"
    passages = (fold(report.text[one.start : one.end]).split() for one in telling.record.evidence)
    return {" ".join(fold(name).split())} | {" ".join(words) for words in passages if len(words) >= _VERBATIM}


def _toll(tellings: Sequence[Telling[Incident]], measure: Measure) -> Estimate:
    """Reconcile the tolls that the sources give."""
    field = "fatalities" if measure is Measure.KILLED else "injuries"
    stated = [(one, getattr(one.record, field), _hedged(one.record, measure)) for one in tellings]
    return _reconciled([one for one in stated if one[1].known], "persons")


def _counted(tellings: Sequence[Telling[Movement]], field: str, counts: Sequence[Estimate]) -> Estimate:
    """Reconcile the ``counts`` of persons, or of households, that may be known; families where any are counted."""
    unit = min((count.unit for count in counts), default="")  # "families" before "households"
    chosen = [count for count in counts if count.unit == unit]
    stated = [(one, count, False) for one in tellings if (count := getattr(one.record, field)) in chosen]
    return _reconciled(stated, unit)


def _reconciled(stated: list[tuple[Telling[Any], Estimate, bool]], unit: str) -> Estimate:
    """Return what the sources' numbers, as (telling, number, hedged), say together.

    Each source speaks once, by its latest number: totals grow, and a correction replaces what it
    corrects. ``low`` and ``high`` span the sources. ``best`` is the latest number that is stated
    plainly (if none is, the latest hedged one) and is not less than half of the largest, which
    would be an early count or a part; of several on that day the one most sources give, then the
    larger.
    """
    if not stated:
        return Estimate()
    numbers = {id(telling): (number, hedged) for telling, number, hedged in stated}
    last = [_last_word(source, numbers) for source in sources([telling for telling, _, _ in stated])]
    values = [number for _, number, _ in last]
    lows = [value for one in values if (value := one.best if one.low is None else one.low) is not None]
    plain = [(day, one.best) for day, one, hedged in last if one.best is not None and not hedged]
    known = plain or [(day, one.best) for day, one, _ in last if one.best is not None]
    largest = max((best for _, best in known), default=0)
    whole = [(day, best) for day, best in known if best * _PART >= largest]
    newest = max((day for day, _ in whole), default="")
    votes = Counter(best for day, best in whole if day == newest)
    best = max(votes, key=lambda number: (votes[number], number), default=None)
    return Estimate(min(lows, default=None), best, highest(values), unit)


def _last_word(source: Sequence[Telling[Any]], numbers: dict[int, tuple[Estimate, bool]]) -> tuple[str, Estimate, bool]:
    """Return a source's latest number, the largest of that day, as (day, number, hedged).

    A plain number goes before a hedged one unless it is less than half of it: then it counts a part ("one in
    El Valle" beside "at least 31 in all").
    """
    day = max(_day(telling.report.published) for telling in source)
    latest = [numbers[id(telling)] for telling in source if _day(telling.report.published) == day]
    largest = max(_size(number) for number, _ in latest)
    whole = [(number, hedged) for number, hedged in latest if _size(number) * _PART >= largest]
    number, hedged = max(whole, key=lambda one: (not one[1], _size(one[0])))
    return day, number, hedged


def _size(number: Estimate) -> int:
    return number.best or number.low or number.high or 0


def _day(published: dt.date | None) -> str:
    return published.isoformat() if published else ""


def _hedged(incident: Incident, measure: Measure) -> bool:
    claims = [claim for claim in incident.claims if claim.measure is measure]
    return bool(claims) and all(claim.hedged for claim in claims)


def _closed_in_all(group: Sequence[Incident] | Sequence[Movement]) -> frozenset[str]:
    return frozenset.intersection(*(one.sensitive_fields for one in group))


def _span(spans: Sequence[DateSpan]) -> DateSpan:
    """Return the days that the tellings span; "that week" adds nothing to a day that another gives."""
    days = [span for span in spans if span.precision is DatePrecision.DAY] or spans
    ends = [span.end for span in days if span.end is not None]
    starts = [span.start for span in days if span.start is not None]
    return DateSpan(min(starts), max(ends, default=None), days[0].precision) if starts else DateSpan()


def _sharpest(named: Sequence[tuple[Place, ...]]) -> tuple[Place, ...]:
    """Return the places that the tellings name, without those that another telling names more sharply.

    A parish stays beside its sector where one telling names both.
    """
    places = unique(place for told in named for place in told)

    def blunter(outer: Place) -> bool:
        inner = {place.place_id for place in places if contains(outer, place)}
        together = any(
            outer.place_id in (ids := {place.place_id for place in told}) and not ids.isdisjoint(inner)
            for told in named
        )
        return bool(inner) and not together

    return tuple(place for place in places if not blunter(place))
