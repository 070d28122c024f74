"""What speaks for a candidate: its kind, the words around it, what the report is about, what lies near.

All of it is read off the area pack's records; no name is treated specially.
"""

from __future__ import annotations

import functools
import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.model import Precision
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.model import Place, Reading, Span, Toponym
    from mapper.places.area import Area

__all__ = ["Frame", "Neighbours", "beyond_m", "class_fit", "distinctive", "frame_of", "prior", "same_spot"]

# How likely a bare name means a place of this kind, before the text is looked at.
PRIORS: Mapping[str, float] = {
    "country": 0.60,
    "city": 0.50,
    "state": 0.50,
    "parish": 0.52,
    "municipality": 0.50,
    "barrio": 0.45,
    "sector": 0.45,
    "urbanizacion": 0.45,
    "vague": 0.42,
    "area": 0.40,
    "continent": 0.40,
}
OTHER_PRIOR = 0.36  # an avenue, a station, a hospital: usually named with its generic word
BY_CONFIDENCE: Mapping[str, float] = {"high": 0.08, "medium": 0.05, "low": 0.02, "parish": -0.04}
POSTAL = -0.12  # a zone known to the post office only
MISSPELT = -0.10  # a calque or misspelling ("The Cemetery")
DISTINCTIVE = 0.20  # one bearer, no everyday word
ABROAD_PRIOR = -0.05  # a place of another country needs a frame
# Feature classes that one generic word may stand for: "barrio Petare", "calle Cota 905".
FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"barrio", "sector", "urbanizacion"}),
    frozenset({"street", "highway", "corner", "interchange", "tunnel", "bridge"}),
    frozenset({"square", "park", "interchange"}),
    frozenset({"landmark", "building", "mall", "stadium", "cemetery", "bus_terminal", "government", "park"}),
    frozenset({"military", "police", "prison", "government"}),
    frozenset({"city", "state", "municipality", "area"}),
)
SETTLEMENT = frozenset({"barrio", "sector", "urbanizacion", "parish", "city", "area", "vague"})
SETTLED = frozenset({"barrio", "sector", "urbanizacion", "city"})
_ADMINISTRATIVE = frozenset({"parish", "municipality"})
_NEAR_M = 2_500.0
_METRES_PER_DEGREE = 111_195.0
_COUNTRY, _PLAIN, _WEAK = 1.5, 1.0, 0.3
# Lean towards home of a report that never names it.
_UNSUPPORTED = -0.4
# So many settlements named together need no word of where they lie.
_COMPANY = 3
_PINNED = frozenset({Precision.POINT, Precision.BARRIO})
# A comma and a word join two names of a list.
_JOINED = 2
_BETWEEN = re.compile(r"\s*(?:,|,?\s*(?:y|e|o|u|ni|and|or))\s*")
# So many names are remembered with what is known of them.
_REMEMBERED = 20_000
_ARTICLES = {"el", "la", "los", "las", "san", "santa", "santo"}

# Names and what joins them recur from report to report.
_folded = functools.lru_cache(maxsize=_REMEMBERED)(fold)


def prior(place: Place, toponym: Toponym, area: Area) -> tuple[float, str]:
    """Return how likely ``place`` is before the text is looked at, and the reason in words."""
    return _prior(place.place_id, toponym.text, toponym.place_ids, area)


# What is known of a name before any text is looked at is the same in every report.
@functools.lru_cache(maxsize=_REMEMBERED)
def _prior(place_id: str, name: str, place_ids: tuple[str, ...], area: Area) -> tuple[float, str]:
    place = area.places[place_id]
    score = PRIORS.get(place.feature_class, OTHER_PRIOR) + BY_CONFIDENCE.get(place.confidence, 0.0)
    if place.in_area and _distinctive(name, place_ids, area):
        score += DISTINCTIVE
    if area.kinds_by_name.get(fold(name), {}).get(place.place_id) == "misspelling":
        score += MISSPELT
    if place.source == "ipostel":
        score += POSTAL
    if place.source in {"context_world", "context_own"}:
        score += ABROAD_PRIOR
    if place.source == "context_admin" and place.feature_class == "municipality":
        score += ABROAD_PRIOR
    alone = "the only place of this name" if len(place_ids) == 1 else f"one of {len(place_ids)}"
    return score, f"{place.feature_class} {place.name}: {alone}"


def class_fit(cue: str, feature_class: str) -> float:
    """Return 1 if a generic word names exactly this kind, 0.6 a related one, -1 if it clashes."""
    if cue == feature_class:
        return 1.0
    if any(cue in family and feature_class in family for family in FAMILIES):
        return 0.6
    if cue in SETTLED and feature_class in SETTLEMENT:
        return 0.3
    if cue == "city" and feature_class in _ADMINISTRATIVE:
        return 0.3
    if cue == "landmark" or (cue == "country" and feature_class == "state"):
        return 0.0
    return -1.0


# --- what the report is about ----------------------------------------------------------------------


class Frame:
    """How much of a report speaks of each country, by what its names can mean."""

    def __init__(self, votes: Mapping[str, float], area: Area, enough: float = _PLAIN) -> None:
        self._area = area
        self._votes = dict(votes)
        self._enough = enough
        self._loudest = sorted(self._votes, key=self._votes.__getitem__, reverse=True)[:2]
        self._leans: dict[str, float] = {}
        self.home_lean = self._lean(area.home_country)

    def country_of(self, place: Place) -> str:
        """Return the id of the country a place is or lies in, or ""."""
        return _country_of(place.place_id, self._area)

    def lean(self, place: Place) -> float:
        """Return from -1 (the report is about elsewhere) to 1 (about the place's country only)."""
        country = self.country_of(place)
        if not country:
            return 0.0
        if country not in self._leans:
            self._leans[country] = self._lean(country)
        return self._leans[country]

    def _lean(self, country: str) -> float:
        own = self._votes.get(country, 0.0)
        rival = next((self._votes[other] for other in self._loudest if other != country), 0.0)
        lean = (own - rival) / (own + rival) if own + rival else 0.0
        if country == self._area.home_country and own < self._enough:
            return min(lean, _UNSUPPORTED)
        return lean

    def name_of(self, place: Place) -> str:
        """Return the name of the place's country."""
        country = self.country_of(place)
        return self._area.places[country].name if country else place.name


@functools.lru_cache(maxsize=_REMEMBERED)
def _country_of(place_id: str, area: Area) -> str:
    """Return the id of the country a place is or lies in, or ""."""
    within = (place_id, *area.within.get(place_id, ()))
    return next((i for i in within if area.places[i].feature_class == "country"), "")


@functools.cache
def _home(area: Area) -> tuple[list[str], re.Pattern[str]]:
    """Return the folded names of the home country and city, and where a word begins that speaks of it, if any does."""
    country = area.places.get(area.home_country)
    names = {*area.names.values(), *([country.name] if country else [])}
    stems = "|".join(re.escape(fold(stem)) for stem in area.home_stems)
    return sorted(map(fold, names)), re.compile(rf"(?<!\w)(?:{stems})" if stems else "(?!)")


def frame_of(reading: Reading, area: Area) -> Frame:
    """Weigh what the report speaks of; its title and first sentence, the lead, count double.

    The home country and city are looked for by name, because titles hold no toponyms.
    """
    report = reading.report
    lead_end = reading.sentences[0].end if reading.sentences else 0
    title, text = fold(report.title), fold(report.text)
    votes: dict[str, float] = defaultdict(float)
    names, stems = _home(area)
    for name in names:
        starts = list(_where(name, text))
        if starts or name in title:
            votes[area.home_country] += _COUNTRY * _stress(starts, lead_end, in_title=name in title)
    if stems.search(text) or stems.search(title):
        votes[area.home_country] += _PLAIN / 2
    said: dict[str, list[Toponym]] = defaultdict(list)
    for toponym in reading.toponyms:
        said[_folded(toponym.text)].append(toponym)
    for name, toponyms in said.items():
        stress = _stress([toponym.start for toponym in toponyms], lead_end, in_title=name in title)
        for country, vote in _votes(toponyms[0].text, toponyms[0].place_ids, area):
            votes[country] += stress * vote
    enough = 2 * _WEAK if report.language == "es" or _keep_company(list(said.values()), area) else _PLAIN
    return Frame({country: vote for country, vote in votes.items() if vote}, area, enough)


def _keep_company(said: Sequence[Sequence[Toponym]], area: Area) -> bool:
    """Tell whether several settlements' names all lie at home, where each may also lie somewhere else.

    One such name says little; three that no other country shares say that the report is local.
    """
    meant = [[area.places[one] for one in toponyms[0].place_ids] for toponyms in said]
    home = [found for found in meant if any(one.in_area and one.feature_class in SETTLEMENT for one in found)]
    countries = [{_country_of(one.place_id, area) for one in found} for found in meant]
    rivals = Counter(country for found in countries for country in found if country != area.home_country)
    return len(home) >= _COMPANY and len(home) > 2 * max(rivals.values(), default=0)


def _where(name: str, text: str) -> Iterator[int]:
    """Yield where a name stands as words of its own; a plain search, since most texts hold it rarely."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not _is_word(text[start - 1 : start]) and not _is_word(text[end : end + 1]):
            yield start
        start = text.find(name, start + 1)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _stress(starts: list[int], lead_end: int, *, in_title: bool) -> float:
    """Return how loudly a name is said: once, in the lead, again and again."""
    in_lead = in_title or any(start < lead_end for start in starts)
    return 1.0 + in_lead + 0.5 * min(max(len(starts) - 1, 0), 2)


@functools.lru_cache(maxsize=_REMEMBERED)
def _votes(name: str, place_ids: tuple[str, ...], area: Area) -> tuple[tuple[str, float], ...]:
    """Return the countries a name speaks of, in order, and how much it says."""
    countries = {_country_of(place_id, area) for place_id in place_ids} - {""}
    return tuple((country, _vote(name, place_ids, country, countries, area)) for country in sorted(countries))


def _vote(name: str, place_ids: tuple[str, ...], country: str, countries: set[str], area: Area) -> float:
    """Weigh a name: one country's only counts; one that several share, or a common word, hardly does."""
    places = [area.places[i] for i in place_ids]
    if any(p.place_id == country for p in places):
        return _COUNTRY if country != area.home_country else 0.0
    if len(countries) > 1:
        return _WEAK / len(countries)
    if all(p.precision is Precision.VAGUE for p in places):
        return 0.0
    if country == area.home_country and not _distinctive(name, place_ids, area):
        return _WEAK
    return _PLAIN


def distinctive(toponym: Toponym, area: Area) -> bool:
    """Tell whether a name is hardly anything but the place.

    It has one bearer beside parish and municipality, begins with no article or saint, is no translation,
    no vague area and no mere postal zone.
    """
    return _distinctive(toponym.text, toponym.place_ids, area)


@functools.lru_cache(maxsize=_REMEMBERED)
def _distinctive(name: str, place_ids: tuple[str, ...], area: Area) -> bool:
    places = [area.places[i] for i in place_ids if area.places[i].feature_class not in _ADMINISTRATIVE]
    kinds = area.kinds_by_name.get(fold(name), {}).values()
    if len(places) > 1 or fold(name).split()[0] in _ARTICLES or {"english", "misspelling"} & set(kinds):
        return False
    return all(p.source != "ipostel" and p.precision is not Precision.VAGUE for p in places)


# --- what is named around it -----------------------------------------------------------------------


class Neighbours:
    """The places named in the same sentence and report, and where the certain ones lie."""

    def __init__(self, reading: Reading, area: Area) -> None:
        self._area = area
        self._starts = [sentence.start for sentence in reading.sentences]
        self._named: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._anywhere: dict[str, set[int]] = defaultdict(set)
        for toponym in reading.toponyms:
            for place_id in toponym.place_ids:
                if area.places[place_id].feature_class in _ADMINISTRATIVE:
                    self._named[self.sentence_of(toponym.span)][place_id].add(toponym.start)
                    self._anywhere[place_id].add(toponym.start)
        self._settled: dict[str, tuple[Place, int, int]] = {}
        self._held: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        self._company: dict[int, set[str]] = defaultdict(set)
        self._listed = _lists(reading)

    def sentence_of(self, span: Span) -> int:
        """Return the number of the sentence a span begins in."""
        return bisect_right(self._starts, span.start)

    def names_container_of(self, place: Place, toponym: Toponym) -> tuple[str, str]:
        """Return (name, weight key) if a parish or municipality that holds the place is named near it."""
        if place.feature_class in _ADMINISTRATIVE or not place.in_area:
            return "", ""
        within = self._area.within.get(place.place_id, ())
        sentence = self._named.get(self.sentence_of(toponym.span), {})
        for named, kind in ((sentence, "same_sentence"), (self._anywhere, "same_report")):
            for place_id in within if named else ():
                starts = named.get(place_id)
                if starts and (len(starts) > 1 or toponym.start not in starts):
                    return self._area.places[place_id].name, kind
        return "", ""

    def holds_named(self, place: Place, toponym: Toponym) -> str:
        """Return the name of a certain place that lies in ``place``, a parish, municipality or state."""
        for name, place_id, start in self._held.get(place.place_id, ()):
            if start != toponym.start and place_id != place.place_id:
                return name
        return ""

    def in_company(self, place: Place, toponym: Toponym) -> bool:
        """Tell whether a neighbour in a list certainly is of the same class ("Lara, Sucre y Mérida")."""
        return place.feature_class in self._company.get(toponym.start, set())

    def settle(self, toponym: Toponym, place: Place) -> None:
        """Note that a toponym certainly means ``place``."""
        for container in self._area.within.get(place.place_id, ()):
            self._held[container].append((place.name, place.place_id, toponym.start))
        for other in self._listed.get(toponym.start, ()):
            self._company[other].add(place.feature_class)
        fine = place.in_area and place.precision in {Precision.POINT, Precision.BARRIO, Precision.PARISH}
        if fine and place.lon is not None and place.place_id not in self._settled:
            self._settled[place.place_id] = (place, toponym.start, self.sentence_of(toponym.span))

    def nearness(self, place: Place, toponym: Toponym) -> tuple[float, str]:
        """Return how near (0-1) the place is to the nearest certain place, and that place's name."""
        if place.lon is None or place.lat is None or not place.in_area or place.precision not in _PINNED:
            return 0.0, ""
        here = self.sentence_of(toponym.span)
        best, name = 0.0, ""
        for other, start, sentence in self._settled.values():
            if start == toponym.start or other.place_id == place.place_id:
                continue
            nearness = math.exp(-_away_m(place, other) / _NEAR_M) * (1.0 if sentence == here else 0.7)
            if nearness > best:
                best, name = nearness, other.name
        return best, name


def _lists(reading: Reading) -> Mapping[int, list[int]]:
    """Return, by a toponym's start, the starts of those it is listed with: only a comma or "and" between them."""
    listed: dict[int, list[int]] = defaultdict(list)
    for one, other in pairwise(reading.toponyms):
        between = reading.report.text[one.end : other.start]
        short = len(between.split(maxsplit=_JOINED)) <= _JOINED
        if short and _BETWEEN.fullmatch(_folded(between)):
            listed[one.start].append(other.start)
            listed[other.start].append(one.start)
    return listed


def same_spot(one: Place, other: Place) -> bool:
    """Tell whether two places are within their uncertainties of one another: a terminal and its station."""
    if one.place_id == other.place_id:
        return True
    if Precision.PARISH in {one.precision, other.precision}:
        return False
    return _away_m(one, other) <= (one.uncertainty_m or 0) + (other.uncertainty_m or 0)


def beyond_m(outer: Place, inner: Place) -> float:
    """Return how many metres lie between the reach of one place and that of another, negative where they overlap."""
    return _away_m(outer, inner) - (outer.extent_m or outer.uncertainty_m or 0) - (inner.uncertainty_m or 0)


def _away_m(one: Place, other: Place) -> float:
    """Rough distance in metres; good to a percent within a city, used for ranking only."""
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return math.inf
    across = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return _METRES_PER_DEGREE * math.hypot(across, one.lat - other.lat)
