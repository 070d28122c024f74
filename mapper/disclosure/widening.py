"""Places shown wider than they are known: sensitive sites, and at the public level whatever is finer than allowed.

It is done first, on the whole story: from here on no record and no mention holds the finer place, and the
words that name it are masked in every passage and title.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from mapper.model import DisclosureLevel, Incident, Movement, Precision
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mapper.model import Facts, Place, Story

    Widen = Callable[[Place], Place]

__all__ = ["MASK", "SENSITIVE_SITES", "Widening", "masked", "masked_cuts", "widened"]

MASK = "[…]"
"""What stands in a passage or title for a name that may not leave."""
SENSITIVE_SITES = frozenset({"hospital", "clinic", "school", "university", "shelter"})
"""Feature classes of places where people are treated, taught or housed."""

_PLACE_FIELDS = ("places", "around", "origins", "destinations", "via")
_COARSE = {Precision.MUNICIPALITY, Precision.VAGUE}
_LARGE = {"country", "state", "continent", "city", "municipality"}

_Record = TypeVar("_Record", Incident, Movement)


@dataclass(frozen=True)
class Widening:
    """Which places are shown wider at a level.

    ``to_parish`` and ``to_municipality`` map a place to the unit it lies in, or to itself where none is known;
    ``finest`` is the finest unit of the public level.
    """

    level: DisclosureLevel
    to_parish: Widen
    to_municipality: Widen
    finest: Precision = Precision.PARISH

    def place(self, place: Place) -> Place | None:
        """Return the place as it may be shown; None where nothing wide enough is known."""
        if self.level is DisclosureLevel.INTERNAL or place.feature_class in _LARGE or not place.in_area:
            return place
        public = self.level is DisclosureLevel.PUBLIC
        if not (public or place.feature_class in SENSITIVE_SITES):
            return place
        if public and (place.precision in _COARSE or (place.precision, self.finest) == (Precision.PARISH,) * 2):
            return place
        wide = (
            self.to_municipality(place) if public and self.finest is Precision.MUNICIPALITY else self.to_parish(place)
        )
        if wide.place_id == place.place_id:
            wide = self.to_municipality(place)
        return None if wide.place_id == place.place_id else wide


def widened(story: Story, widening: Widening) -> tuple[Story, dict[str, tuple[str, ...]]]:
    """Return the story with its places widened, and by report the folded names to mask."""
    if widening.level is DisclosureLevel.INTERNAL:
        return story, {}
    wide = cache(widening.place)  # many records share their places
    names: dict[str, set[str]] = defaultdict(set)
    facts = tuple(_facts(one, wide, names) for one in story.facts)
    changed = replace(
        story,
        facts=facts,
        incidents=tuple(_record(one, wide) for one in story.incidents),
        movements=tuple(_record(one, wide) for one in story.movements),
    )
    return changed, {report_id: tuple(sorted(found)) for report_id, found in names.items()}


def _facts(facts: Facts, wide: Callable[[Place], Place | None], names: dict[str, set[str]]) -> Facts:
    mentions = []
    for mention in facts.mentions:
        shown = mention.place and wide(mention.place)
        if shown == mention.place:
            mentions.append(mention)
        else:
            names[facts.report.report_id].add(fold(mention.text).strip())
            mentions.append(replace(mention, place=shown, candidates=(), text=MASK))
    return replace(
        facts,
        mentions=tuple(mentions),
        incidents=tuple(_record(one, wide) for one in facts.incidents),
        movements=tuple(_record(one, wide) for one in facts.movements),
    )


def _record(record: _Record, wide: Callable[[Place], Place | None]) -> _Record:
    changes = {}
    for name in _PLACE_FIELDS:
        places: tuple[Place, ...] = getattr(record, name, ())
        shown = tuple({one.place_id: one for one in map(wide, places) if one is not None}.values())
        if shown != places:
            changes[name] = shown
    if "places" in changes and isinstance(record, Incident):
        changes["around"] = ()  # an outline around the finer place would tell it
    return replace(record, **changes) if changes else record  # type: ignore[arg-type]


def masked(text: str, names: Iterable[str]) -> str:
    """Return a text with each of the folded names masked."""
    return masked_cuts(text, (), names)[0]


def masked_cuts(
    text: str, cuts: Iterable[tuple[int, int]], names: Iterable[str]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a passage masked, with its highlights moved along; a highlight on a masked name is gone."""
    hidden = _stretches(text, names)
    parts, done = [], 0
    for first, last in hidden:
        parts += [text[done:first], MASK]
        done = last
    kept = []
    for start, end in cuts:
        if not any(start < last and first < end for first, last in hidden):
            shift = sum(len(MASK) - (last - first) for first, last in hidden if last <= start)
            kept.append((start + shift, end + shift))
    return "".join([*parts, text[done:]]), tuple(kept)


def _stretches(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Return where a text says one of the folded names, as whole words, the longest first."""
    wanted = sorted((re.escape(name) for name in names if name), key=len, reverse=True)
    if not wanted:
        return []
    return [found.span() for found in re.finditer(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", fold(text))]
