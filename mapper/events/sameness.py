"""Sameness: when two tellings are of one event. Firmly, loosely (if nothing else fits), or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.events.cases import LONGEST, RECENT, SAME_NEWS, victim_words
from mapper.events.nearness import Tie, adjacent, tie_of_places
from mapper.model import EventType

if TYPE_CHECKING:
    from mapper.events.cases import Bounds, Case, Record

__all__ = ["agreement", "at_odds", "tie_between"]

_PARTS = ("morning", "afternoon", "evening", "night")
_FORCES = {"Police", "Military", "United States forces"}
_TELLING_NUMBER = 2  # "one dead" agrees with too many events to show that two are one
_FAR_OFF = 3  # times: counts that differ more are not of one flight whose end one report leaves out


def tie_between(case: Case[Record], new: Case[Record]) -> Tie:
    """Return how strongly ``new`` is tied to ``case``; ``NONE`` where they are told apart."""
    when = _tie_of_days(case, new)
    if when is Tie.NONE or at_odds(case, new):
        return Tie.NONE
    where = _tie_of_ends(case, new)
    if where is Tie.BROAD:
        where = Tie.LOOSE if case.lasting or agreement(case, new, least=_TELLING_NUMBER) else Tie.NONE
    if not (case.spans and new.spans) and where is not Tie.FIRM and "at" in case.ends:
        return Tie.NONE  # without a day, a neighbouring name is too little
    tie = min(when, where)
    return Tie.NONE if tie is not Tie.FIRM and case.reports & new.reports else tie


def at_odds(one: Case[Record], other: Case[Record], *, within_days: bool = False) -> bool:
    """Tell whether something known forbids that both are one event.

    ``within_days``: both lie in an event of several days that a third report tells; then they may be of
    different parts of a day.
    """
    if "at" not in one.ends:
        return _counts_at_odds(one, other)
    parts = not within_days and _parts_at_odds(one, other)
    return parts or _people_at_odds(one, other) or _told_apart(one, other)


def agreement(one: Case[Record], other: Case[Record], least: int = 1) -> int:
    """Return how many things two cases have in common that few events share: numbers, exact days, exact places."""
    numbers = sum(
        any(number >= least for number in one.numbers.get(name, set()) & other.numbers.get(name, set()))
        for name in one.numbers
    )
    if least > 1:
        return numbers
    return 2 * numbers + bool(one.spans & other.spans) + (one.ends == other.ends)


def _tie_of_days(one: Case[Record], other: Case[Record]) -> Tie:
    if not one.spans or not other.spans:
        return Tie.LOOSE if _may_be_recent(one, other) else Tie.NONE
    tie = max(_tie_of_bounds(left, right) for left in one.bounds for right in other.bounds)
    if tie is not Tie.NONE:
        return tie
    return Tie.LOOSE if _over_night(one, other) or _over_night(other, one) else Tie.NONE


def _tie_of_bounds(one: Bounds, other: Bounds) -> Tie:
    start, end, sharp = one
    other_start, other_end, other_sharp = other
    if start > other_end or other_start > end:
        return Tie.NONE
    short = end - start <= LONGEST and other_end - other_start <= LONGEST
    return Tie.FIRM if sharp and other_sharp and short else Tie.LOOSE


def _over_night(one: Case[Record], other: Case[Record]) -> bool:
    """Tell whether ``other`` is dated the day after ``one`` and both may mean the night between."""
    starts = {start for start, _, sharp in other.bounds if sharp}
    if not any(sharp and end + 1 in starts for _, end, sharp in one.bounds):
        return False
    late, early = one.traits.intersection(_PARTS), other.traits.intersection(_PARTS)
    if late or early:
        return "night" in late and early <= {"morning"}
    return bool(agreement(one, other, least=_TELLING_NUMBER))


def _may_be_recent(one: Case[Record], other: Case[Record]) -> bool:
    """Tell whether an event without a day may be the other one, judged by when the reports appeared."""
    if not one.spans and not other.spans:
        pairs = [(left, right) for left in one.published for right in other.published]
        return any(abs(left - right) <= SAME_NEWS for left, right in pairs)
    dated, undated = (one, other) if one.spans else (other, one)
    if not undated.published:
        return True
    earliest, latest = min(undated.published) - RECENT, max(undated.published)
    return any(start <= latest and end >= earliest for start, end, _ in dated.bounds)


def _tie_of_ends(one: Case[Record], other: Case[Record]) -> Tie:
    """Return the weakest tie of the sides that both name; a side that only one names makes it loose."""
    ties, open_end = [], False
    for side, places in one.ends.items():
        others = other.ends[side]
        if places and others:
            ties.append(_tie_at(one, other, side))
        else:
            open_end = True
    if not ties:
        return Tie.NONE
    if Tie.BROAD in ties and Tie.FIRM in ties:
        return Tie.LOOSE
    return min(*ties, Tie.LOOSE) if open_end else min(ties)


def _tie_at(one: Case[Record], other: Case[Record], side: str) -> Tie:
    places, others = one.ends[side].values(), other.ends[side].values()
    tie = tie_of_places(places, others)
    if tie is not Tie.NONE or side != "at":
        return tie
    near = any(adjacent(centre, place) for centre in one.around.values() for place in others)
    near = near or any(adjacent(centre, place) for centre in other.around.values() for place in places)
    return Tie.LOOSE if near else Tie.NONE


def _parts_at_odds(one: Case[Record], other: Case[Record]) -> bool:
    """Tell whether both name a part of one day and these lie too far apart for one event."""
    parts = [_PARTS.index(part) for part in one.traits.intersection(_PARTS)]
    others = [_PARTS.index(part) for part in other.traits.intersection(_PARTS)]
    if not parts or not others or not one.spans & other.spans:
        return False
    evening = _PARTS.index("evening")
    return not any(
        abs(part - another) <= (1 if one.lasting or min(part, another) >= evening else 0)
        for part in parts
        for another in others
    )


def _people_at_odds(one: Case[Record], other: Case[Record]) -> bool:
    """Tell whether they name other actors, or other victims.

    A body is not found in the shooting that others tell.
    """
    if _actors_at_odds(one, other):
        return True
    kinds = [case.traits & {"body", "gunfire"} for case in (one, other)]
    if kinds[0] and kinds[1] and kinds[0].isdisjoint(kinds[1]):
        return True
    if one.lasting or one.victims & other.victims:
        return False
    return any(
        (first in one.victims and second in other.victims) or (second in one.victims and first in other.victims)
        for first, second in victim_words()[1]
    )


def _actors_at_odds(one: Case[Record], other: Case[Record]) -> bool:
    """Tell whether they name other actors of one side, state forces or others; of a battle each may name half a side.

    "Police" and "a gang" are no contradiction: a report that names one need not name the other.
    """
    if one.actors & other.actors or one.label.startswith(EventType.BATTLES):
        return False
    forces = one.actors & _FORCES and other.actors & _FORCES
    return bool(forces or (one.actors - _FORCES and other.actors - _FORCES))


def _told_apart(one: Case[Record], other: Case[Record]) -> bool:
    """Tell whether one report tells both as two events of the same day and place: then it knows them apart.

    What others tell of that place does not count: a report that tells of a battle in one barrio, and of a shooting
    in another into which others have it spread, knows nothing apart.
    """
    return bool(one.spans & other.spans and one.told & other.told)


def _counts_at_odds(one: Case[Record], other: Case[Record]) -> bool:
    """Tell whether the counts of two movements, one with an end left out, differ too much for one flight."""
    if all(one.ends[side] and other.ends[side] for side in one.ends):
        return False
    for unit in one.numbers.keys() & other.numbers.keys():
        counts, others = one.numbers[unit], other.numbers[unit]
        if counts and others and not any(max(a, b) <= _FAR_OFF * min(a, b) for a in counts for b in others):
            return True
    return False
