"""Scoring mentions: recognised, resolved to the right place, put at the right point, given the right role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.evaluation.matching import away_m, in_right_parish, key_of, pair, same_place, within_tolerance
from mapper.evaluation.tally import Tally
from mapper.model import Status

if TYPE_CHECKING:
    from mapper.evaluation.gold import GoldMention, GoldReport

__all__ = ["score_mentions"]

Read = dict[str, Any]

# A place known more coarsely than this is not asked for its point: being in the right parish is not enough there.
_PINNED_M = 1200.0
_REACHES_M = {"within_250m": 250.0, "within_1km": 1000.0}
_UNPLACED = {Status.OUTSIDE_AREA, Status.NOT_FOUND}
_PLACED = {Status.RESOLVED, Status.AMBIGUOUS}


def score_mentions(gold: GoldReport, read: Read, tally: Tally, classes: dict[str, Tally]) -> None:
    """Compare the mentions of one report; ``classes`` is the tally of each annotated feature class."""
    mentions = read["mentions"]
    pairing = pair(gold.mentions, mentions, _overlap, _alike)
    right = [one for one, other in pairing.pairs if _is_right(one, other)]
    in_area = sum(one.place.in_area for one in gold.mentions)
    placed = sum(other["status"] in _PLACED for other in mentions)
    tally.add_found("recognition", len(pairing.pairs), len(gold.mentions), len(mentions))
    tally.add_found("resolution", len(right), len(gold.mentions), len(mentions))
    tally.add_found("resolution_in_area", sum(one.place.in_area for one in right), in_area, placed)
    for one, other in pairing.pairs:
        both = (tally, classes.setdefault(one.place.feature_class, Tally()))
        _score_pair(one, other, both)
    for one in pairing.missed:
        of_class = classes.setdefault(one.place.feature_class, Tally())
        of_class.add_case("recognised", hit=False)
        of_class.add_found("resolution", 0, 1, 0)
        tally.miss("recognition", one.text, one.place.name)
    for other in pairing.spare:
        tally.miss("recognition", other["text"], "", _shown(other))


def _score_pair(one: GoldMention, other: Read, tallies: tuple[Tally, Tally]) -> None:
    """Score a recognised mention, in the report's tally and in that of its class."""
    tally, of_class = tallies
    right = _is_right(one, other)
    of_class.add_case("recognised", hit=True)
    of_class.add_found("resolution", int(right), 1, 1)
    if not right:
        tally.miss("resolution", one.text, one.place.name if one.place.in_area else "-", _shown(other))
    if not one.place.in_area:
        return
    if right:
        for each in tallies:
            each.add_case("role_accuracy", hit=one.role == other["role"])
        if one.role != other["role"]:
            tally.miss("role_accuracy", one.text, one.role.value, other["role"])
    if one.place.parishes:
        for each in tallies:
            each.add_case("parish", hit=in_right_parish(one.place, other))
    if one.place.lat is not None and one.place.tolerance_m <= _PINNED_M:
        _score_point(one, other, tallies)


def _score_point(one: GoldMention, other: Read, tallies: tuple[Tally, Tally]) -> None:
    """Score how near the point lies."""
    away = away_m(one.place, other)
    located = within_tolerance(one.place, other)
    for each in tallies:
        each.add_case("located", hit=located)
        for measure, reach_m in _REACHES_M.items():
            each.add_case(measure, hit=away is not None and away <= reach_m)
    if not located:
        far = "" if away is None else f"{_shown(other)}, {away:.0f} m"
        tallies[0].miss("located", one.text, f"{one.place.name} ± {one.place.tolerance_m:.0f} m", far)


def _is_right(one: GoldMention, other: Read) -> bool:
    """Tell whether a mention was resolved: to its place, or known to lie outside (or nowhere)."""
    return same_place(one.place, other) if one.place.in_area else other["status"] in _UNPLACED


def _overlap(one: GoldMention, other: Read) -> bool:
    return bool(one.start < other["end"] and other["start"] < one.end)


def _alike(one: GoldMention, other: Read) -> bool:
    return key_of(one.place.name) == key_of(other.get("name"))


def _shown(other: Read) -> str:
    """Return what a mention was read as: its place and parish, or its status."""
    if not other.get("name"):
        return str(other["status"])
    return ", ".join(part for part in (other["name"], other.get("parish")) if part)
