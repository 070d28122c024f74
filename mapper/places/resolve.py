"""Resolution: which place a name means, or that it means none we know.

Every candidate gets a score made of the evidence in ``WEIGHTS``; "none of these" is a candidate with a
score of its own. Names that only one place can mean are settled first; the distance to those helps to
settle the rest. Nothing here knows a name: only classes, containers, frames and distances.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.model import Candidate, Mention, Precision, Status
from mapper.places.evidence import Frame, Neighbours, beyond_m, class_fit, frame_of, prior, same_spot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.model import Place, Reading, Toponym
    from mapper.places.area import Area

__all__ = ["WEIGHTS", "resolve"]

WEIGHTS: Mapping[str, float] = {
    "class_match": 0.30,  # "avenida" in front of an avenue
    "class_clash": -0.25,  # "avenida" in front of a barrio, where another bearer of the name fits
    "container": 0.40,  # "X, in Y" and X lies in Y
    "elsewhere": -2.0,  # "zona 3 de Y", "calle X de Y", and the one we know lies elsewhere
    "container_clash": -0.20,  # "X, in Y" and X lies elsewhere, where another bearer of the name fits
    "same_sentence": 0.10,  # the parish or municipality it lies in is named in the sentence
    "same_report": 0.06,  # ... or elsewhere in the report
    "holds_named": 0.08,  # a municipality or parish, and a certain place of the report lies in it
    "company": 0.14,  # its neighbours in a list are of its class
    "frame": 0.40,  # times how far the report leans to the candidate's country (-1 to 1)
    "near": 0.15,  # times closeness to the nearest certain place of the sentence or report
}
# "None of these": what it scores in a report about the area; the frame's lean abroad adds to it.
NONE_AT_HOME = 0.36
# Two candidates nearer than this in score are not told apart by the text.
AMBIGUOUS_MARGIN = 0.04
CERTAIN_MARGIN = 0.12
MAX_CANDIDATES = 8


@dataclass(slots=True)
class _Scored:
    """A candidate with its score and the reasons that raised or lowered it."""

    place: Place
    score: float
    reasons: list[str]

    def add(self, weight: float, reason: str = "") -> None:
        """Add a piece of evidence, and its reason if it is worth telling."""
        self.score += weight
        if reason:
            self.reasons.append(reason)


def resolve(reading: Reading, area: Area) -> tuple[Mention, ...]:
    """Return one mention for each toponym of ``reading``, in order.

    Statuses: ``resolved`` (a place in the area), ``ambiguous`` (several, and the text does not decide;
    all are listed), ``outside_area`` (a place elsewhere), ``not_found`` (no place we know).
    """
    frame = frame_of(reading, area)
    neighbours = Neighbours(reading, area)
    first = [_score(toponym, area, frame, neighbours) for toponym in reading.toponyms]
    for toponym, scored in zip(reading.toponyms, first, strict=True):
        if _certain(scored, frame):
            neighbours.settle(toponym, scored[0].place)
    for toponym, scored in zip(reading.toponyms, first, strict=True):
        _add_surroundings(toponym, scored, area, neighbours)
    return tuple(_decide(t, scored, area, frame) for t, scored in zip(reading.toponyms, first, strict=True))


def _score(toponym: Toponym, area: Area, frame: Frame, neighbours: Neighbours) -> list[_Scored]:
    """Score every place that bears the name by what needs no other decision, best first."""
    ids = (toponym.vague_id,) if toponym.vague_id in area.places else _bearers(toponym, area)
    found = []
    for place_id in ids:
        place = area.places[place_id]
        score, why = prior(place, toponym, area)
        found.append(_Scored(place, score, [why]))
    _add_class(found, toponym, min(1.0 + frame.home_lean, 1.0))
    _add_container(found, toponym, area)
    for scored in found:
        lies_in, kind = neighbours.names_container_of(scored.place, toponym)
        if lies_in:
            scored.add(WEIGHTS[kind], f"{lies_in} is named in the {kind.removeprefix('same_')}")
        lean = frame.lean(scored.place)
        scored.add(WEIGHTS["frame"] * lean, f"the report speaks of {frame.name_of(scored.place)}" if lean > 0 else "")
    return sorted(found, key=_rank)


def _bearers(toponym: Toponym, area: Area) -> Sequence[str]:
    """Return the ids of the places that bear a name, alone or with the place named right behind ("X, in Y": X de Y)."""
    longer = (f"{toponym.text} de {area.places[one].name}" for one in toponym.container_ids)
    return list(dict.fromkeys([*toponym.place_ids, *(one for name in longer for one in area.ids_named(name))]))


def _rank(scored: _Scored) -> tuple[float, str]:
    return -scored.score, scored.place.place_id


def _add_class(found: Sequence[_Scored], toponym: Toponym, trust: float) -> None:
    """Weigh the generic word; it tells bearers of a name apart, and says nothing where it fits none.

    Every city has a barrio San Antonio: for places in the area it counts by ``trust`` in the frame.
    """
    if not toponym.class_cue:
        return
    fits = [class_fit(toponym.class_cue, scored.place.feature_class) for scored in found]
    for scored, fit in zip(found, fits, strict=True):
        if fit > 0:
            weight = WEIGHTS["class_match"] * fit * (trust if scored.place.in_area else 1.0)
            scored.add(weight, f"named as {toponym.class_cue}")
        elif fit < 0 < max(fits):
            scored.add(WEIGHTS["class_clash"])


def _add_container(found: Sequence[_Scored], toponym: Toponym, area: Area) -> None:
    """Weigh the place named right behind: "X, in Y".

    A generic word with a number ("zona 3") is a name only within it: elsewhere another bears the same. So is a
    street's name or one that several bear ("barrio El Carmen"), as far as what bears it lies clearly outside.
    """
    if not toponym.container_ids:
        return
    numbered = _NUMBERED.fullmatch(toponym.text) is not None
    containers = [i for i in toponym.container_ids if area.places[i].feature_class in _CONTAINERS]
    city = [i for i in containers if area.places[i].feature_class == "city" and area.places[i].in_area]
    held = [
        set(containers) & {*area.within.get(scored.place.place_id, ()), *(city if scored.place.in_area else ())}
        for scored in found
    ]
    around = [area.places[i] for i in toponym.container_ids if area.places[i].in_area]
    is_common = bool(around) and (toponym.class_cue == _STREET or sum(one.place.in_area for one in found) > 1)
    for scored, inside in zip(found, held, strict=True):
        if inside:
            scored.add(WEIGHTS["container"], f"in {area.places[min(inside)].name}, named right behind it")
        elif any(held):
            scored.add(WEIGHTS["container_clash"])
        elif (numbered and containers) or (is_common and _is_outside(scored.place, around)):
            scored.add(WEIGHTS["elsewhere"], "lies elsewhere than the place named right behind it")


def _is_outside(place: Place, around: Sequence[Place]) -> bool:
    """Tell whether a place in the area lies clearly outside each of some others, whatever their errors."""
    return place.in_area and all(beyond_m(one, place) > _CLEARLY_M for one in around)


_STREET = "street"
_CLEARLY_M = 1_000.0
_NUMBERED = re.compile(r"\w+\s\d+")
_CONTAINERS = {"parish", "municipality", "state", "country", "city"}


def _certain(scored: Sequence[_Scored], frame: Frame) -> bool:
    """Tell whether a name can mean one place only: far ahead of the next and of "none"."""
    if not scored or scored[0].place.precision is Precision.VAGUE:
        return False
    ahead = scored[0].score - max((other.score for other in scored[1:]), default=0.0)
    return ahead >= CERTAIN_MARGIN and scored[0].score > _none_score(frame)


def _add_surroundings(toponym: Toponym, found: list[_Scored], area: Area, neighbours: Neighbours) -> None:
    """Weigh what is certain around the name: what lies near, what lies in it, what it is listed with."""
    if len(found) < 2:  # noqa: PLR2004 - nothing to tell apart
        return
    for scored in found:
        nearness, name = neighbours.nearness(scored.place, toponym)
        scored.add(WEIGHTS["near"] * nearness, f"close to {name}" if nearness > 0.5 else "")  # noqa: PLR2004 - 1.5 km
        held = neighbours.holds_named(scored.place, toponym)
        if held and not any(_nested(scored.place, other.place, area) for other in found):
            scored.add(WEIGHTS["holds_named"], f"{held}, which lies in it, is named too")
        if neighbours.in_company(scored.place, toponym):
            scored.add(WEIGHTS["company"], f"listed with others of its kind ({scored.place.feature_class})")
    found.sort(key=_rank)


def _nested(one: Place, other: Place, area: Area) -> bool:
    """Tell whether one of two places lies in the other: the parish Chacao in the municipality Chacao."""
    within = area.within
    return one.place_id in within.get(other.place_id, ()) or other.place_id in within.get(one.place_id, ())


def _none_score(frame: Frame) -> float:
    return NONE_AT_HOME - WEIGHTS["frame"] * min(frame.home_lean, 0.0)


def _decide(toponym: Toponym, scored: Sequence[_Scored], area: Area, frame: Frame) -> Mention:
    """Turn scores into a mention."""
    if not scored:
        reasons = (*toponym.reasons, "no place in the gazetteer bears this name")
        return Mention(toponym.start, toponym.end, toponym.text, Status.NOT_FOUND, reasons=reasons)
    status, place, score, why = _verdict(scored, area, frame)
    return Mention(
        toponym.start,
        toponym.end,
        toponym.text,
        status,
        place,
        _unit(score),
        tuple(
            Candidate(s.place.place_id, s.place.name, s.place.lon, s.place.lat, _unit(s.score))
            for s in scored[:MAX_CANDIDATES]
        ),
        tuple(dict.fromkeys([*toponym.reasons, *why])),
    )


def _verdict(scored: Sequence[_Scored], area: Area, frame: Frame) -> tuple[Status, Place | None, float, list[str]]:
    """Return status, place, score and reasons for the ranked candidates of one name."""
    best, none = scored[0], _none_score(frame)
    if not best.place.in_area:
        return Status.OUTSIDE_AREA, best.place, best.score, ["lies outside the area", *best.reasons]
    if best.score < none:
        if frame.home_lean < 0:
            return Status.OUTSIDE_AREA, None, none, ["the report speaks of elsewhere; a place there has the same name"]
        return Status.NOT_FOUND, None, none, ["nothing in the text supports any place of this name"]
    others = [s.place for s in scored[1:] if s.place.in_area and best.score - s.score < AMBIGUOUS_MARGIN]
    others = [place for place in others if not _nested(best.place, place, area)]
    if all(same_spot(best.place, place) for place in others):
        return Status.RESOLVED, best.place, best.score, best.reasons
    rivals = [best.place, *others]
    if best.place.parish_pcode and len({place.parish_pcode for place in rivals}) == 1:
        reason = f"several places of this name, all in the parish {best.place.parish}"
        return Status.RESOLVED, _at_parish(best.place, area), best.score, [reason, *best.reasons]
    parishes = sorted({place.parish or place.municipality for place in rivals} - {""})
    return Status.AMBIGUOUS, None, best.score, [f"the text does not say which: {', '.join(parishes)}"]


def _at_parish(place: Place, area: Area) -> Place:
    """Return ``place`` known by its parish only."""
    parish = next((area.places[i] for i in area.within[place.place_id] if area.places[i].parish == place.parish), place)
    return replace(
        place,
        lon=parish.lon,
        lat=parish.lat,
        uncertainty_m=parish.uncertainty_m,
        precision=Precision.PARISH,
    )


def _unit(score: float) -> float:
    return round(min(max(score, 0.0), 1.0), 3)
