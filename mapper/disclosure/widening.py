"""Places shown wider than they are known: sensitive sites, and at the public level whatever is finer than allowed.

It is done first, on the whole story: from here on no record and no mention holds the finer place, and the
words that name it are masked in every passage and title (``masks``).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from operator import is_
from typing import TYPE_CHECKING, Any

from mapper.collecting import each_once
from mapper.disclosure.masks import MASK, Masks
from mapper.model import DisclosureLevel, Incident, Movement, MovementKind, Precision
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mapper.model import Facts, Mention, NameRecord, Place, Story

    Widen = Callable[[Place], Place]

__all__ = ["SENSITIVE_SITES", "SHELTERING_SITES", "Widening", "shelters", "widened"]

SENSITIVE_SITES = frozenset({"hospital", "clinic", "school", "university", "shelter"})
"""Feature classes of places where people are treated, taught or housed."""
SHELTERING_SITES = frozenset(
    {"square", "park", "stadium", "church", "landmark", "building", "mall", "market", "metro_station", "bus_terminal"}
)
"""Feature classes of places that are sensitive sites once people took shelter there."""

_PLACE_FIELDS = ("places", "around", "origins", "destinations", "via")
_COARSE = {Precision.MUNICIPALITY, Precision.VAGUE}
_LARGE = {"country", "state", "continent", "city", "municipality"}


@dataclass(frozen=True)
class Widening:
    """Which places are shown wider at a level.

    ``to_parish`` and ``to_municipality`` map a place to the unit it lies in, or to itself where none is known;
    ``finest`` is the finest unit of the public level; ``shelters`` are the ids of places where people took shelter.
    """

    level: DisclosureLevel
    to_parish: Widen
    to_municipality: Widen
    finest: Precision = Precision.PARISH
    shelters: frozenset[str] = frozenset()

    def is_sensitive(self, place: Place) -> bool:
        """Tell whether people are treated, taught or housed at a place, or took shelter there."""
        return place.feature_class in SENSITIVE_SITES or place.place_id in self.shelters

    def place(self, place: Place) -> Place | None:
        """Return the place as it may be shown; None where nothing wide enough is known."""
        if self.level is DisclosureLevel.INTERNAL or place.feature_class in _LARGE or not place.in_area:
            return place
        public = self.level is DisclosureLevel.PUBLIC
        if not (public or self.is_sensitive(place)):
            return place
        if public and (place.precision in _COARSE or (place.precision, self.finest) == (Precision.PARISH,) * 2):
            return place
        wide = (
            self.to_municipality(place) if public and self.finest is Precision.MUNICIPALITY else self.to_parish(place)
        )
        if wide.place_id == place.place_id:
            wide = self.to_municipality(place)
        return None if wide.place_id == place.place_id else wide


def shelters(story: Story) -> frozenset[str]:
    """Return the ids of squares, stadiums and the like where a movement ends or people are said to lodge."""
    facts = story.facts
    fled = [one for one in (*story.movements, *(one for told in facts for one in told.movements)) if _fled(one)]
    lodged = {place_id for told in facts for place_id in told.shelters}
    named = (one.place for told in facts for one in told.mentions if one.place and one.place.place_id in lodged)
    places = (*named, *(place for one in fled for place in one.destinations))
    return frozenset(place.place_id for place in places if place.feature_class in SHELTERING_SITES)


def _fled(movement: Movement) -> bool:
    return movement.kind is not MovementKind.RETURN


def widened(story: Story, widening: Widening, records: Iterable[NameRecord] = ()) -> tuple[Story, Masks]:
    """Return the story with its places widened, and the names to mask; ``records`` are the gazetteer's names."""
    if widening.level is DisclosureLevel.INTERNAL:
        return story, Masks()
    wide = each_once(widening.place)
    names: dict[str, set[str]] = defaultdict(set)
    record: Callable[[Any], Any] = each_once(
        lambda one: _record(one, wide)
    )  # most are told by one report: the story's is the report's own
    changed = replace(
        story,
        facts=tuple(_facts(one, wide, record, names) for one in story.facts),
        incidents=tuple(map(record, story.incidents)),
        movements=tuple(map(record, story.movements)),
    )
    persons = frozenset(name for told in story.facts for name in told.private_names)
    if widening.level is DisclosureLevel.PUBLIC:
        return changed, Masks(persons=persons)  # no passage, title or address leaves
    here = {report_id: frozenset(found) for report_id, found in names.items()}
    sites = {
        fold(one.name).strip()
        for one in records
        if one.in_area and (one.feature_class in SENSITIVE_SITES or one.place_id in widening.shelters)
    }
    return changed, Masks(
        here,
        anywhere=frozenset(name for found in here.values() for name in found if " " in name),
        titles=frozenset(name for name in sites if " " in name),
        persons=persons,
    )


def _facts(
    facts: Facts, wide: Callable[[Place], Place | None], record: Callable[[Any], Any], names: dict[str, set[str]]
) -> Facts:
    incidents, movements = tuple(map(record, facts.incidents)), tuple(map(record, facts.movements))
    places = [one.place for one in facts.mentions if one.place]
    if all(map(is_, map(wide, places), places)):
        mentions = facts.mentions
        if all(map(is_, (*incidents, *movements), (*facts.incidents, *facts.movements))):
            return facts
    else:
        mentions = tuple(_mention(one, wide) for one in facts.mentions)
        masked = (one for one, shown in zip(facts.mentions, mentions, strict=True) if one is not shown)
        names[facts.report.report_id].update(fold(one.text).strip() for one in masked)
    return replace(facts, mentions=mentions, incidents=incidents, movements=movements)


def _mention(mention: Mention, wide: Callable[[Place], Place | None]) -> Mention:
    shown = mention.place and wide(mention.place)
    return mention if shown is mention.place else replace(mention, place=shown, candidates=(), text=MASK)


def _record(record: Any, wide: Callable[[Place], Place | None]) -> Any:
    changes: dict[str, tuple[Place, ...]] = {}
    for name in _PLACE_FIELDS:
        if places := getattr(record, name, ()):
            seen = [*map(wide, places)]
            if len(seen) == 1 and seen[0] is places[0]:
                continue
            shown = tuple({one.place_id: one for one in seen if one is not None}.values())
            if shown != places:
                changes[name] = shown
    if "places" in changes and isinstance(record, Incident):
        changes["around"] = ()  # an outline around the finer place would tell it
    return replace(record, **changes) if changes else record
