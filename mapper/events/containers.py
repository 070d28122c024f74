"""Containers: places that only say where the place before them lies ("X, in Y")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.events.lists import ARTICLE
from mapper.events.nearness import contains, may_contain
from mapper.model import Status

if TYPE_CHECKING:
    from mapper.model import Mention, Place

__all__ = ["describes", "holds", "leads_past", "rank_of", "stands_for"]

# how large a feature class is: what a place lies in is larger than the place
_RANK = dict.fromkeys(("barrio", "urbanizacion", "sector"), 1)
_RANK |= {"parish": 2, "municipality": 3, "city": 4, "state": 5, "country": 6}
_PARISH = 2
_ROADS = {"street", "highway"}  # "on the road to X, in the sector Y": Y is where it was
_GAP_CHARS = 30
# a comma or a small preposition, and the word for what the smaller or the larger place is
_LINK = re.compile(
    r"(?:\s(?:sector|slum|barrio|shantytown|neighbou?rhood|district|area|section)(?=\s(?:of|in)\s))?\s?[,(]?\s?(?:(?:en|in|of|de|del|el|la|the|mun\.|municipio|municipality|parroquia|pquia\.|parish|estado|state|eastern|western|northern|southern|central|east|west|north|south|este|oeste|norte|sur|centro)\s){0,5}",
    re.IGNORECASE,
)

# "barrio X de Catia", "calle X de La Vega": in what is called so, however large it is
_OF = re.compile(rf"\s(?:de|del|of)\s{ARTICLE}", re.IGNORECASE)
# "kilometre 12 of the road": where on it
_KILOMETRE = re.compile(r"(?:kil[oó]met(?:ro|re|er)|km)\s\d{1,3}", re.IGNORECASE)
_ON_ROAD = re.compile(rf"\s(?:de|del|en|of|on)\s{ARTICLE}", re.IGNORECASE)
_LIES_IN = re.compile(r",?\s(?:en|in)\s", re.IGNORECASE)

# a description behind a comma ("X, on the slopes of Y"): nothing in it is counted, joined or begun anew
_DESCRIPTION = re.compile(r"[^,.;:!?\d\n]{0,20},[^.;:!?\d\n]{0,45}")
_SLOPES = re.compile(
    r",?\s(?:en lo alto|en la parte (?:alta|baja)|en las? (?:faldas?|laderas?)|al pie|high (?:up )?(?:in|above)|"
    rf"on the slopes|at the foot|in the (?:upper|lower) part)\s?(?:del?|of)?\s{ARTICLE}",
    re.IGNORECASE,
)
_LEVEL_WITH = re.compile(rf",?\s(?:a la altura del?|at the (?:height|level) of|level with)\s{ARTICLE}", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\b(?:y|e|o|u|ni|and|or|nor|donde|where|pero|but|mientras|while|luego|then|hasta|hacia|to|tambi[eé]n|also|otr[ao]s?|another)\b",
    re.IGNORECASE,
)

_AND = re.compile(r",?\s(?:y|e|and)\s(?:(?:en|in|el|la|los|las|the)\s){0,2}", re.IGNORECASE)


def rank_of(place: Place | None) -> int:
    """Return how large the kind of place is: 0 a point or street, 1 a neighbourhood, up to 6 a country."""
    return _RANK.get(place.feature_class, 0) if place else 0


def holds(text: str, inner: Mention, outer: Mention, following: Mention | None = None) -> bool:
    """Tell whether ``outer``, the next mention, is told only as what ``inner`` lies in.

    Before "and" and a ``following`` place, a comma makes a list: in "X, Y and Z" Y holds nothing.
    """
    gap = text[inner.end : outer.start]
    if inner.place is None or outer.place is None or inner.place.place_id == outer.place.place_id:
        return False
    size = _RANK["state"] if outer.place.feature_class == "area" else rank_of(outer.place)  # "X, in the Tuy valleys"
    same_parish = inner.place.parish_pcode == outer.place.parish_pcode != ""
    of_it = _OF.fullmatch(gap) is not None and same_parish and rank_of(inner.place) <= size
    if (of_it and size) or _is_stretch(text, inner, outer):
        return True
    if size <= rank_of(inner.place) or not gap.strip() or len(gap) > _GAP_CHARS or not _LINK.fullmatch(gap):
        return False
    if size > _PARISH:
        return True
    if following and gap.strip() == "," and _AND.fullmatch(text, outer.end, following.start):
        return False
    within = same_parish or (_LIES_IN.match(gap) is not None and may_contain(outer.place, inner.place))
    return within and inner.place.feature_class not in _ROADS


def _is_stretch(text: str, inner: Mention, outer: Mention) -> bool:
    """Tell whether ``inner`` says where on the road ``outer``: "kilometre 12 of the road to X"."""
    is_road = outer.place is not None and outer.place.feature_class in _ROADS
    named = _KILOMETRE.fullmatch(text, inner.start, inner.end)
    return is_road and named is not None and _ON_ROAD.fullmatch(text, inner.end, outer.start) is not None


def stands_for(text: str, inner: Mention, outer: Mention) -> bool:
    """Tell whether of ``inner``, which no gazetteer knows, the next mention says where it lies: "sector X, in Y"."""
    if inner.place is not None or inner.status is not Status.NOT_FOUND or not 1 <= rank_of(outer.place) <= _PARISH:
        return False
    gap = text[inner.end : outer.start]
    return bool(_OF.fullmatch(gap) or _LIES_IN.match(gap)) and _LINK.fullmatch(gap) is not None


def describes(text: str, inner: Mention, outer: Mention) -> bool:
    """Tell whether ``outer``, the next mention, stands in words that may describe where ``inner`` lies.

    "X, on the slopes of Y" says more than ``holds`` asks for: by itself Y may have an event of its own.
    """
    gap = text[inner.end : outer.start]
    if inner.place is None or outer.place is None:
        return False
    if _SLOPES.fullmatch(gap) and inner.place.parish_pcode == outer.place.parish_pcode != "":
        return True
    if not contains(outer.place, inner.place):
        return False
    larger = rank_of(inner.place) < rank_of(outer.place) <= _PARISH
    return larger and _DESCRIPTION.fullmatch(gap) is not None and not _GOES_ON.search(gap, gap.index(","))


def leads_past(text: str, road: Mention, spot: Mention) -> bool:
    """Tell whether ``spot``, the next mention, says where on a ``road`` something was: "avenue X, a la altura de Y"."""
    is_road = road.place is not None and road.place.feature_class in _ROADS
    return is_road and _LEVEL_WITH.fullmatch(text, road.end, spot.start) is not None
