"""Apart: what tells two events of one type apart, however alike they are told.

Items of a bulletin have a day and a place each; and other victims, of another hour, in another place are those of
another attack.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.model import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.events.scenes import Scene
    from mapper.model import DateSpan

    Told = tuple[Scene, DateSpan, str]  # where a mention is told, the day stated with it, and its place

__all__ = ["strikes_anew", "told_apart"]

_HEADING_CHARS, _LINE_CHARS = 30, 200
_ATTACK = "Attack"
_PLACE_FIRST = re.compile(r"(?i)\W{0,12}(?:en|in|at)\s(?:\w+\s){0,2}")  # "In Y a woman was killed"
_ANEW = re.compile(
    r"(?i)\W{0,12}(?:(?:\w+\s){0,2}(?:horas?|minutos|d[ií]as?|hours?|minutes|days?)\s(?:despu[eé]s|m[aá]s\starde|antes|later|earlier"
    r"|before|after)|m[aá]s\starde|later|luego|despu[eé]s|tambi[eé]n|also|meanwhile|mientras\stanto|por\sotra\sparte|en\sotr[oa]"
    r"|in\sanother|in\sa\sseparate|separately|otr[oa]s?|another|elsewhere|adem[aá]s|(?:ese|el)\smismo\sd[ií]a|esa\smisma"
    r"|(?:on\s)?the\ssame|that\ssame|(?:el\s)?(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\s?[:,]"
    r"|(?:on\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\s?[:,])"
)


def told_apart(here: Told, there: Sequence[Told]) -> bool:
    """Tell whether items of a bulletin tell of a mention and of an event's, each with its own place and day."""
    told = (here, *there)
    if not all(_opens_item(scene) for scene, *_ in told):
        return False
    if any(day.start is None or day.start != day.end for _, day, _ in told):
        return False
    return all(_line(here[0]) != _line(one[0]) and here[1] != one[1] and here[2] != one[2] for one in there)


def strikes_anew(here: Told, there: Sequence[Told], *, sub_event: str, opens_at: int) -> bool:
    """Tell whether a sentence opens on other victims, elsewhere: "Two hours later a driver was shot dead in Y".

    ``opens_at`` is where the mention begins: "In Y a woman was killed" opens so, too.
    """
    scene, _, place = here
    opens = _PLACE_FIRST.fullmatch(scene.text, scene.sentence.start, opens_at)
    if sub_event != _ATTACK or not (opens or _ANEW.match(scene.text, scene.sentence.start)):
        return False
    elsewhere = all(place != other for _, _, other in there)
    anew = scene.sentence_number != there[-1][0].sentence_number
    return elsewhere and anew and _has_victims(scene) and any(_has_victims(one) for one, *_ in there)


def _line(scene: Scene) -> int:
    """Return where the line begins in which a scene stands; a longer line is no item that opens here."""
    floor = max(0, scene.sentence.start - _LINE_CHARS)
    return scene.text.rfind("\n", floor, scene.sentence.start) + 1 or floor


def _has_victims(scene: Scene) -> bool:
    return any(one.measure in {Measure.KILLED, Measure.INJURED} and one.value.best for one in scene.quantities)


def _opens_item(scene: Scene) -> bool:
    """Tell whether a sentence opens its line, or stands behind a heading in it."""
    return len(scene.text[_line(scene) : scene.sentence.start].strip()) <= _HEADING_CHARS
