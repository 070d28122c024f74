"""Joining: which mentions carry the same event, decided mention by mention against the events before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.events.calendar import Calendar
    from mapper.events.features import Spot
    from mapper.events.scenes import Scene
    from mapper.model import DateSpan

__all__ = ["join_features"]

_FAR = 3
_OPENING_WORDS = 3
_OPENING_CHARS = 60
_WEEK = 7
_LAST = 12  # of an event's mentions, so many of the latest are looked at


def join_features(
    index: int,
    earlier: Sequence[int],
    labels: Mapping[int, str],
    spots: Mapping[int, Spot],
    told: tuple[Mapping[int, Scene], Calendar],
    *,
    is_latest: bool,
) -> tuple[str, ...]:
    """Return what speaks for and against the mention at ``index`` carrying the event of ``earlier`` ones.

    Parameters
    ----------
    index
        The mention.
    earlier
        The mentions of one event so far, in order.
    labels
        The label of each mention that carries an event.
    spots
        Where each mention stands.
    told
        The scene of each mention, and the dates of the scenes.
    is_latest
        Whether the event is the one told of last.
    """
    scenes, calendar = told
    earlier = earlier[-_LAST:]
    here, last = scenes[index], scenes[earlier[-1]]
    spot, label, before = spots[index], labels[index], labels[earlier[-1]]
    sentences = min(_FAR, *(here.sentence_number - scenes[one].sentence_number for one in earlier))
    paragraphs = min(here.paragraph - last.paragraph, _FAR)
    age = "latest" if is_latest else "older"
    dates = _dates(calendar.stated(here), [calendar.stated(scenes[one]) for one in earlier])
    found = [
        f"is {label}",
        f"both {label}" if before == label else f"{before} then {label}",
        f"{sentences} sentences apart",
        f"{paragraphs} paragraphs apart",
        f"{sentences} sentences, {paragraphs} paragraphs, {'same' if before == label else 'other'} label",
        f"{age} event",
        f"{age}, {label}",
    ]
    found += ["same list"] if spot.listed in earlier else []
    found += ["same clause"] if here.number == last.number else []
    if spot.place_id and spot.place_id in {spots[one].place_id for one in earlier}:
        found += ["same place", f"same place, {sentences} sentences"]
    found += [dates, f"{dates}, {sentences} sentences", f"{dates}, {age}", f"{dates}, {label}"]
    found += ["another before"] if here.having("another") else []
    tolls = {quantity.measure.value for quantity in here.quantities}
    known = {quantity.measure.value for quantity in last.quantities}
    found += [f"{measure} here" for measure in sorted(tolls)]
    found += [f"{measure} in both" for measure in sorted(tolls & known)]
    if "opens paragraph" in spot.features:
        found += ["opens paragraph", f"opens paragraph, {dates}"]
    opening = here.text[here.sentence.start : here.sentence.start + _OPENING_CHARS].split()[:_OPENING_WORDS]
    found += [f"'{word[:8].lower()}' opens" for word in opening if word.islower() or len(word) <= _OPENING_WORDS]
    around = [feature for feature in spot.features if "after" not in feature]
    found += [feature for feature in around if feature.startswith(("report of", "place ", "'"))]
    return tuple(dict.fromkeys(found))


def _dates(here: DateSpan, there: Sequence[DateSpan]) -> str:
    """Return how the days stated with a mention agree with those stated with an event."""
    known = {when.start for when in there if when.start}
    if here.start is None:
        return "no date here"
    if not known:
        return "no date there"
    days = min(abs((here.start - one).days) for one in known)
    if days <= 1:
        return "a day apart" if days else "same date"
    return "days apart" if days <= _WEEK else "long apart"
