"""Tolls: claims about the dead and the injured, and what they add up to.

Claims are kept side by side; ``low`` and ``high`` span them. The best number is a total, if one is offered
about as surely as any part; or else the claim that most surely measures the incident, with the other parts
that its sentence gives ("22 criminals, a sergeant and three officers"). What is counted over weeks or months
("31 this month") is no toll of one incident.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.events.cases import count_words, victim_words
from mapper.model import Claim, Estimate, Measure
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.events.scenes import Scene
    from mapper.model import DateSpan, Quantity, Reading, Span

__all__ = [
    "Told",
    "are_others",
    "claim_of",
    "claims_in",
    "counted_over",
    "highest",
    "is_apart",
    "of_its_time",
    "reconcile",
    "speaker_of",
    "sums_up",
    "told_by",
]

_PEACEFUL_CHARS = 30
_VIOLENCE = ("attack", "gunfire", "battle")
_LONG = dt.timedelta(days=20)
_BRIEF = dt.timedelta(days=10)
_BEFORE_CHARS, _BEHIND_CHARS = 60, 8  # where words that place a count stand
_LIKEWISE_CHARS = 110  # from a claim to the end of a verb that it shares with others
_ROW_STARTS = 3  # "a second" may be any other
_WORD = re.compile(r"\s(\w+)(?!\w)")
_RIGHT_BEHIND = re.compile(r"[^,;:.]{0,60},?\s")
_LAST = re.compile(r"(?<!\w)(\w+)\s$")


@dataclass(frozen=True, slots=True)
class Told:
    """A claim where it is told: its sentence, whether it is a total, and how surely it measures the incident.

    ``outdated`` is a number that the text says was given before; ``refuted`` one that somebody denies; ``place`` what
    the claim makes of those told of before it: 0 nothing, 1 "another", "two more", else the place in a row ("a third").
    """

    sentence: int
    claim: Claim
    is_total: bool = False
    share: float = 0.0
    outdated: bool = False
    place: int = 0
    refuted: bool = False


def speaker_of(reading: Reading, span: Span) -> str:
    """Return who vouches for ``span``: the speaker with the narrowest scope around it, or ''.

    Of several in one scope it is the one who is named right behind it ("nine died, neighbours say"), or else the last
    one named before ("the ministry says 22 died; a group speaks of 31").
    """
    text = reading.report.text
    covering = [one for one in reading.attributions if one.scope.covers(span)]
    narrowest = min((one.scope.end - one.scope.start for one in covering), default=0)
    covering = [one for one in covering if one.scope.end - one.scope.start == narrowest]
    behind = [one for one in covering if _RIGHT_BEHIND.fullmatch(text, span.end, max(span.end, one.start))]
    before = [one for one in reversed(covering) if one.start < span.start]
    alone = [one for one in covering if len(covering) == 1 and ";" not in text[span.end : one.start]]
    return next((one.speaker for one in (*behind, *before, *alone)), "")


def claims_in(reading: Reading, scene: Scene) -> list[tuple[Quantity, Claim, bool]]:
    """Return the scene's counts of people as (quantity, claim, is a total), with who says so.

    Parts of a number that are told at a place of their own measure what the number does.
    """
    found = []
    for told in scene.quantities:
        quantity = replace(told, measure=told.within) if told.within else told
        if quantity.measure in {Measure.OTHER, Measure.DISPLACED}:
            continue  # who flees is counted with the movement
        over_weeks = quantity.cumulative and counted_over(reading, scene.sentence, quantity) > _LONG
        if over_weeks or _is_nationwide(scene, quantity) or _is_peaceful(scene, quantity):
            continue
        found.append((quantity, claim_of(reading, quantity), quantity.cumulative))
    return found


def _is_nationwide(scene: Scene, quantity: Quantity) -> bool:
    """Tell whether a number counts the dead of a whole country: words of its clause say so, and no number is nearer."""
    others = [one for one in scene.quantities if one.measure is not Measure.OTHER]
    ends = [one.end for one in others if one.end <= quantity.start]
    starts = [one.start for one in others if one.start >= quantity.end]
    first, last = max(ends, default=scene.span.start), min(starts, default=scene.span.end)
    return _rules()["nationwide"].search(fold(scene.text[first:last])) is not None


def sums_up(scene: Scene) -> bool:
    """Tell whether the numbers of a clause sum up several events: "four died in two shootings"."""
    return _rules()["several"].search(fold(scene.text[scene.span.start : scene.span.end])) is not None


def is_apart(scene: Scene) -> bool:
    """Tell whether a sentence opens with an event apart from those told before: "In the second, ..."."""
    opening = scene.text[scene.sentence.start : scene.sentence.start + _BEFORE_CHARS]
    return _rules()["apart"].match(fold(opening)) is not None


def _is_peaceful(scene: Scene, quantity: Quantity) -> bool:
    """Tell whether those counted died of something else than violence: "15 deaths of dialysis patients"."""
    if scene.affirmed(*_VIOLENCE):
        return False  # "three patients were shot dead"
    last = min(scene.span.end, quantity.end + _PEACEFUL_CHARS)
    return _rules()["peaceful"].search(fold(scene.text[quantity.start : last])) is not None


def told_by(scene: Scene, claim: Claim, *, is_total: bool, share: float) -> Told:
    """Return a claim where ``scene`` tells it, with what its words make of the other claims."""
    text = scene.text
    clause = fold(text[max(scene.span.start, claim.start - _BEFORE_CHARS) : claim.start])
    behind = _WORD.match(fold(text[claim.end : claim.end + _BEHIND_CHARS]))  # "two more"
    ahead = _LAST.search(clause)  # "otros 18"
    here = {*re.findall(r"\w+", fold(text[claim.start : claim.end])), *(one[1] for one in (ahead, behind) if one)}
    following = fold(text[claim.end : min(scene.sentence.end, claim.end + _BEFORE_CHARS)])
    refuted = _rules()["refuted"].match(following) is not None
    outdated = _rules()["outdated"].search(clause) is not None
    if _rules()["likewise"].match(fold(text[claim.end : min(scene.sentence.end, claim.end + _LIKEWISE_CHARS)])):
        here |= set(count_words()["further"][:1])
    lead = clause[: ahead.start()] if ahead and ahead[1] in count_words()["further"] else clause
    known = _rules()["definite"].search(lead) is not None  # "the other"
    return Told(scene.sentence_number, claim, is_total, share, outdated, 0 if known else _place(here), refuted)


def _place(words: set[str]) -> int:
    """Return the place that a claim's words give it in a row of claims."""
    places = enumerate(count_words()["rows"], start=_ROW_STARTS)
    further = int(not words.isdisjoint(count_words()["further"]))
    return next((number for number, row in places if not words.isdisjoint(row)), further)


@functools.cache
def _rules() -> dict[str, re.Pattern[str]]:
    words = count_words()
    return {
        "outdated": re.compile(rf"(?<!\w)(?:{'|'.join(words['outdated'])})(?!\w)"),
        "peaceful": re.compile(rf"(?<!\w)(?:{'|'.join(words['peaceful'])})(?!\w)"),
        "nationwide": re.compile(rf"(?<!\w)(?:{'|'.join(words['nationwide'])})(?!\w)"),
        "likewise": re.compile(rf"[^;:.!?]{{0,85}}?(?<!\w)(?:{'|'.join(words['likewise'])})(?!\w)"),
        "several": re.compile(rf"(?<!\w)(?:{'|'.join(words['several'])})(?!\w)"),
        "apart": re.compile(rf"\W*(?:{'|'.join(words['apart'])})"),
        "refuted": re.compile(rf"[^;:.!?]{{0,12}}(?<!\w)(?:{'|'.join(words['refuted'])})(?!\w)"),
        "definite": re.compile(rf"(?<!\w)(?:{'|'.join(words['definite'])})\s$"),
    }


def counted_over(reading: Reading, around: Span, quantity: Quantity) -> dt.timedelta:
    """Return the time that a number counts over: that of the next date behind it in ``around``, or the last before."""
    dates = reading.dates
    first, at, last = (
        bisect.bisect_left(dates, offset, key=lambda date: date.start)
        for offset in (around.start, quantity.start, around.end)
    )
    if first == last:
        return dt.timedelta(0)
    date = dates[at] if at < last else dates[at - 1]
    end = reading.report.published if date.kind == "since" else date.when.end
    return end - date.when.start if date.when.start and end else dt.timedelta(0)


def of_its_time(days: DateSpan, dated: Mapping[int, DateSpan], *, over: dt.timedelta) -> list[int]:
    """Return the incidents that what is counted on ``days`` may belong to, by number.

    None that lies far from them; days near each other say nothing, since the wounded die later and totals are
    told the day after. What is counted over weeks ("30 since January") is no toll of what took a few days.

    Parameters
    ----------
    days
        The days that the count's sentence states.
    dated
        The days of each incident.
    over
        The time that the number counts over.
    """
    near = [number for number, when in dated.items() if days.days_from(when) <= _LONG.days]
    return [number for number in near if over <= _LONG or not _is_brief(dated[number])]


def _is_brief(when: DateSpan) -> bool:
    return when.start is not None and (when.end or when.start) - when.start <= _BRIEF


def claim_of(reading: Reading, quantity: Quantity) -> Claim:
    """Return what a number of people claims, with who says so."""
    return Claim(
        report_id=reading.report.report_id,
        start=quantity.start,
        end=quantity.end,
        measure=quantity.measure,
        value=quantity.value,
        speaker=speaker_of(reading, quantity.span),
        who=quantity.who,
        hedged=quantity.hedged,
        sensitive=reading.is_sensitive(quantity.span),
    )


def reconcile(told: Iterable[Told], measure: Measure) -> Estimate:
    """Return what the claims about one measure add up to.

    The surest claim stands, with the other parts its sentence gives; a total about as sure stands before it, alone.
    Bounds span all claims, those that somebody denies with them.

    Parameters
    ----------
    told
        The incident's claims, in order of appearance.
    measure
        ``KILLED`` or ``INJURED``; other claims are passed over.

    Returns
    -------
    Estimate
        Unknown where nothing is claimed.
    """
    claims = _telling([one for one in told if one.claim.measure is measure])
    if not claims:
        return Estimate()
    statements = _statements(claims)
    sums = [total for total in map(_sum, statements) if total.known]
    lows = [value for one in sums if (value := _first(one.low, one.best)) is not None]
    claims = [one for one in claims if not one.refuted] or claims
    surest = max(claims, key=lambda one: one.share)
    totals = [one for one in claims if one.is_total and one.claim.value.best and one.share > surest.share / 2]
    surest = max(totals, key=lambda one: one.share, default=surest)
    if surest.is_total:
        best = _total(surest, claims)
    else:
        stated = next(one for one in statements if any(told is surest for told in one))
        best = _with_further(_sum(stated).best, surest, claims)
    low = best if best is not None else max(lows, default=None)
    high = highest(sums)
    return Estimate(low=low, best=best, high=max(high, best or 0) if high is not None else None, unit="persons")


def _statements(claims: Iterable[Told]) -> list[list[Told]]:
    """Return the claims in groups that add up: those of one sentence, by one speaker.

    Two speakers may tell of the same dead ("seven died, the police say, nine, say neighbours"), unless theirs are of
    another kind, or told of as more ("another man").
    """
    found: dict[tuple[int, bool], dict[str, list[Told]]] = defaultdict(dict)
    for told in claims:
        here = found[told.sentence, told.refuted]
        added = (group for group in here.values() if told.place or _are_all_others(told, group))
        group = next(added, None)
        if group is None:
            group = here.setdefault(told.claim.speaker, [])
        group.append(told)
    return [group for here in found.values() for group in here.values()]


def _are_all_others(told: Told, group: Iterable[Told]) -> bool:
    return all(are_others(told.claim.who, one.claim.who) for one in group)


def highest(numbers: Iterable[Estimate]) -> int | None:
    """Return the upper end of several numbers; None, an open one, where the largest is told only as a lower bound."""
    ends = [(one.best or one.low or 0, False) if one.high is None else (one.high, True) for one in numbers]
    most, is_closed = max(ends, default=(0, False))
    return most if is_closed else None


def _total(surest: Told, claims: Sequence[Told]) -> int | None:
    """Return a total; where its sentence gives several, one that the others add up to, or else their sum.

    "According to the official balance, four officers and 22 gunmen died": either is called a total, neither is.
    """
    said = {
        (one.claim.who, one.claim.value.best): one.claim.value.best
        for one in claims
        if one.is_total and one.sentence == surest.sentence and one.claim.value.best
    }
    if len(said) < 2:  # noqa: PLR2004 - nothing to add up
        return surest.claim.value.best
    whole = sum(said.values())
    return next((value for value in said.values() if 2 * value == whole), whole)


def _with_further(best: int | None, surest: Told, claims: Sequence[Told]) -> int | None:
    """Return a number with those told of one by one in the sentences behind it: "Another man died".

    So are those of another kind in the sentences beside it: "22 gunmen died. Four officers were killed".
    """
    last = surest.sentence
    beside = [one.claim.who for one in claims if one.sentence == last]
    for one in claims:
        value = one.claim.value.best
        if best is None or not value:
            continue
        if abs(one.sentence - surest.sentence) == 1 and all(are_others(one.claim.who, who) for who in beside):
            best += value
        elif one.sentence > surest.sentence and one.place == best + 1:
            best = one.place
        elif one.place == 1 and surest.sentence < one.sentence and one.sentence in {last, last + 1}:
            best += value
        last = one.sentence if one.place == 1 and one.sentence > last else last
    return best


def are_others(who: str, before: str) -> bool:
    """Tell whether people of one kind cannot be those of another: officers are no gunmen."""
    kinds, excluding = victim_words()
    said = ({*re.findall(r"\w+", fold(one))} for one in (who, before))
    here, there = ({kind for kind, known in kinds.items() if known & words} for words in said)
    return any((one in here and other in there) or (other in here and one in there) for one, other in excluding)


def _telling(claims: Sequence[Told]) -> list[Told]:
    """Return the claims that speak for the whole incident.

    That "no officer was hurt" says nothing of others, and "nobody was hurt" nothing against those counted.
    """
    claims = [one for one in claims if not one.outdated] or claims
    whole = [one for one in claims if one.claim.value.high != 0 or not _of_some(one.claim.who)]
    counted = [one for one in whole if one.claim.value.best]
    surest = max((one.share for one in whole), default=0.0)
    outweighed = any(one.share > surest / 2 for one in counted)
    return [one for one in whole if one.claim.value.high != 0 or not outweighed]


def _of_some(who: str) -> bool:
    """Tell whether only one kind of people is spoken of: officers, children, women."""
    words = set(re.findall(r"\w+", fold(who)))
    return any(not words.isdisjoint(kind) for kind in victim_words()[0].values())


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)


def _sum(group: Sequence[Told]) -> Estimate:
    """Add the parts that one sentence gives; a total among them stands alone."""
    distinct: dict[tuple[str, int | None, int | None], Claim] = {}
    for claim in (one.claim for one in group):
        distinct.setdefault((claim.who or str(claim.start), claim.value.best, claim.value.low), claim)
    values = [claim.value for claim in distinct.values()]
    highs = [value.high for value in values if value.high is not None]
    high = sum(highs) if len(highs) == len(values) else None  # open where one part is told as "at least" so many
    if any(value.best is None for value in values):
        lows = [value.low if value.low is not None else value.best for value in values]
        return Estimate(low=sum(low for low in lows if low is not None) or None, high=high)
    total = sum(value.best for value in values if value.best is not None)
    return Estimate(low=total, best=total, high=high)
