"""Linking: the same event in several reports is one event, with every claim kept.

``cases`` gather tellings, ``sameness`` says how strongly two are tied, ``merging`` what they say
together. Here they are joined, so that neither the order of the reports matters nor all are compared
with all.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from mapper.collecting import uncollected
from mapper.events.battles import as_battles
from mapper.events.cases import Case, Telling
from mapper.events.judged import as_judged
from mapper.events.keeping import Kept
from mapper.events.merging import merge_incidents, merge_movements
from mapper.events.nearness import Tie, bluntness_of
from mapper.events.sameness import agreement, at_odds, tie_between
from mapper.model import DatePrecision, Movement, Story, Ties

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.events.cases import Record
    from mapper.model import Facts

__all__ = ["link"]

_VAGUENESS = {DatePrecision.DAY: 0, DatePrecision.WEEK: 1, DatePrecision.MONTH: 2, DatePrecision.UNKNOWN: 3}
_NOWHERE = 5  # blunter than any place


@uncollected()
def link(facts: Sequence[Facts], ties: Ties | None = None) -> Story:
    """Join what the reports say into one story.

    Tellings that share a named place and a day are one event unless something known tells them
    apart. Neighbouring names, vague or missing days and left-out ends tie loosely: they join only
    where a single event fits. ``docs/records.md`` lists the rules. The result does not depend on
    the order of the reports. What an analyst says of it (``ties``) goes before all rules.
    """
    ties = ties or Ties()
    ordered = sorted(facts, key=lambda one: (str(one.report.published or ""), one.report.report_id))
    told = as_battles(Telling(one.report, incident) for one in ordered for incident in one.incidents)
    told_incidents = _events(told, ties)
    told_movements = _events((Telling(one.report, movement) for one in ordered for movement in one.movements), ties)
    incidents = [group[0].record if len(group) == 1 else merge_incidents(group) for group in told_incidents]
    movements = [group[0].record if len(group) == 1 else merge_movements(group) for group in told_movements]
    return Story(
        reports=tuple(one.report for one in ordered),
        facts=tuple(ordered),
        incidents=tuple(sorted(incidents, key=lambda i: (str(i.when.start or "9"), i.incident_id))),
        movements=tuple(sorted(movements, key=lambda m: (str(m.when.start or "9"), m.movement_id))),
        told_as=_told_as(told_incidents) | _told_as(told_movements),
    )


def _events(tellings: Iterable[Telling[Record]], ties: Ties) -> list[list[Telling[Record]]]:
    return as_judged(tellings, _grouped, ties) if ties else _grouped(tellings)


def _told_as(groups: Iterable[Sequence[Telling[Record]]]) -> dict[str, str]:
    return {telling.record.record_id: group[0].record.record_id for group in groups for telling in group}


def _grouped(tellings: Iterable[Telling[Record]]) -> list[list[Telling[Record]]]:
    """Return the tellings by event, each event's and the events themselves in the order of ``tellings``."""
    told = list(tellings)
    order = {id(telling): number for number, telling in enumerate(told)}
    cases: dict[int, Case[Record]] = {}
    kept = Kept()
    joined: dict[int, int] = {}
    # The sharply dated and placed come first: what is vague then sees all that it may belong to.
    for number, telling in sorted(enumerate(told), key=lambda one: _vagueness(one[1])):
        new, home = Case.of(telling), number
        near = {_root(one, joined) for one in kept.near(new)}
        fitting = _fitting({one: cases[one] for one in sorted(near)}, new)
        if fitting:
            home, *bridged = fitting
            for other in bridged:
                joined[other] = home
                cases[home].absorb(cases.pop(other))
            cases[home].absorb(new)
        else:
            cases[number] = new
        kept.keep(new, home)
    groups = (sorted(case.tellings, key=lambda one: order[id(one)]) for case in cases.values())
    return sorted(groups, key=lambda group: order[id(group[0])])


def _fitting(cases: dict[int, Case[Record]], new: Case[Record]) -> list[int]:
    """Return the cases that ``new`` belongs to: all that it ties together firmly, or else the one that fits best.

    None where several fit equally well: a telling that could mean either of two events is evidence for neither.
    """
    ties = {number: tie_between(case, new) for number, case in cases.items()}
    firm = [number for number, tie in ties.items() if tie is Tie.FIRM]
    pairs = combinations([cases[number] for number in firm], 2)
    if firm and not any(at_odds(one, other, within_days=new.lasting) for one, other in pairs):
        return firm
    candidates = firm or [number for number, tie in ties.items() if tie is Tie.LOOSE]
    if len(candidates) <= 1:
        return candidates
    scores = {number: agreement(cases[number], new) for number in candidates}
    best = [number for number, score in scores.items() if score == max(scores.values())]
    return best if len(best) == 1 else []


def _root(number: int, joined: dict[int, int]) -> int:
    while number in joined:
        number = joined[number]
    return number


def _vagueness(telling: Telling[Record]) -> tuple[int, int, int]:
    """Return how little a telling says of when and where: by precision, length in days, and kind of place."""
    when, record = telling.record.when, telling.record
    ends = (record.origins, record.destinations) if isinstance(record, Movement) else (record.places,)
    days = (when.end - when.start).days if when.start and when.end else 0
    bluntness = sum(min((bluntness_of(place) for place in places), default=_NOWHERE) for places in ends)
    return _VAGUENESS[when.precision] if when.known else _VAGUENESS[DatePrecision.UNKNOWN], days, bluntness
