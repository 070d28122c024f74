"""Joining: which mentions carry the same event, decided mention by mention against the events before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.events.calendar import Calendar
    from mapper.events.features import Spot
    from mapper.events.scenes import Scene

__all__ = ["join_features"]

_FAR = 3
_OPENING_WORDS = 3
_OPENING_CHARS = 60
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
    return tuple(dict.fromkeys(_features(index, earlier[-_LAST:], labels, spots, told, is_latest=is_latest)))


def _features(
    index: int,
    earlier: Sequence[int],
    labels: Mapping[int, str],
    spots: Mapping[int, Spot],
    told: tuple[Mapping[int, Scene], Calendar],
    *,
    is_latest: bool,
) -> Iterator[str]:
    scenes, calendar = told
    here, last = scenes[index], scenes[earlier[-1]]
    spot = spots[index]
    label = labels[index]
    yield f"is {label}"
    same = labels[earlier[-1]] == label
    yield f"{labels[earlier[-1]]} then {label}" if not same else f"both {label}"
    sentences = min(_FAR, *(here.sentence_number - scenes[one].sentence_number for one in earlier))
    paragraphs = min(here.paragraph - last.paragraph, _FAR)
    yield f"{sentences} sentences apart"
    yield f"{paragraphs} paragraphs apart"
    yield f"{sentences} sentences, {paragraphs} paragraphs, {'same' if same else 'other'} label"
    yield "latest event" if is_latest else "older event"
    yield f"{'latest' if is_latest else 'older'}, {label}"
    if spot.listed in earlier:
        yield "same list"
    if here.number == last.number:
        yield "same clause"
    if spot.place_id and spot.place_id in {spots[one].place_id for one in earlier}:
        yield "same place"
        yield f"same place, {sentences} sentences"
    mine, theirs = calendar.stated(here), [calendar.stated(scenes[one]) for one in earlier]
    known = {when.start for when in theirs if when.start}
    if mine.start is None:
        dates = "no date here"
    elif not known:
        dates = "no date there"
    elif mine.start in known:
        dates = "same date"
    else:
        days = min(abs((mine.start - one).days) for one in known)
        dates = "a day apart" if days == 1 else "days apart" if days <= 7 else "long apart"  # noqa: PLR2004 - a week
    yield dates
    yield f"{dates}, {sentences} sentences"
    yield f"{dates}, {'latest' if is_latest else 'older'}"
    yield f"{dates}, {label}"
    for cue in here.having("another"):
        yield "another before" if cue.start < here.span.end else "another"
    tolls = {quantity.measure.value for quantity in here.quantities}
    before = {quantity.measure.value for quantity in last.quantities}
    yield from (f"{measure} here" for measure in sorted(tolls))
    yield from (f"{measure} in both" for measure in sorted(tolls & before))
    if "opens paragraph" in spot.features:
        yield "opens paragraph"
        yield f"opens paragraph, {dates}"
    opening = here.text[here.sentence.start : here.sentence.start + _OPENING_CHARS].split()[:_OPENING_WORDS]
    yield from (f"'{word[:8].lower()}' opens" for word in opening if word.islower() or len(word) <= _OPENING_WORDS)
    before_it = (feature for feature in spot.features if "after" not in feature)
    yield from (feature for feature in before_it if feature.startswith(("report of", "place ", "'")))
