"""Raids: where people were killed when police came to arrest others there was violence, not an arrest alone.

News count both in one breath ("fifteen killed and 134 arrested when agents raided X"), and the models may hear the
arrests louder. Whom those arrested are said to have killed did not die there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.events.containers import holds
from mapper.events.frames import FORCES
from mapper.events.labels import CLASHES
from mapper.model import Measure
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.events.scenes import Scene
    from mapper.events.weights import Judgement
    from mapper.model import Mention, Quantity

__all__ = ["deadly_raids", "quiet_raids"]

_ARRESTS = "arrests"
_DEED = r"(?:murder|killing|death|homicide|execution|slaying|asesinato|homicidio|muerte|femicidio|ejecucion)(?:e?s)?"
_DEEDS = re.compile(rf"(?<!\w){_DEED}$")
_OF_DEEDS = re.compile(rf"(?<!\w){_DEED}\s(?:of|de|del)\s(?:\w+\s)?$")
# what those arrested are said to have done elsewhere: "suspected of killing two people"
_ACCUSED = re.compile(
    r"(?<!\w)(?:suspect(?:ed|s)?|accused|wanted|sought|convicted|charged|guilty|blamed|"
    r"(?:senalad|acusad|sospechos|buscad|solicitad|requerid|imputad|implicad|involucrad|vinculad)[oa]s?)"
    r"\s[^.;:]{0,40}$"
)
_BREAK = re.compile(r"[;:]|\.\s")
_CHARS, _ACCUSED_CHARS = 30, 60
# what tells of violence, whoever suffers it
_VIOLENT = ("gunfire", "battle", "attack", "casualty", "explosion", "grenade", "bomb", "airstrike", "shelling")
_VIOLENT_SENSES = frozenset(
    f":{kind}" for kind in ("shooting", "kill_or_death", "injury", "fight", "explosion_and_bombing", "blood_and_traces")
)
_QUIET = frozenset({"arrests", "other"})
_LEGAL = ("legal", "past", "hypothetical", "plan", "denial", "rumour")


def deadly_raids(
    sentences: Sequence[Sequence[Scene]], mentions: Sequence[Mention], judged: Mapping[int, Judgement]
) -> dict[int, Judgement]:
    """Return the judgements on places of arrests in whose sentence people were killed, by index, as those of a clash.

    Parameters
    ----------
    sentences
        The scenes of each sentence.
    mentions
        The report's mentions.
    judged
        The judgement on each mention, by its index.
    """
    found: dict[int, Judgement] = {}
    for sentence in sentences:
        if any(scene.having(*_LEGAL) for scene in sentence):
            continue
        killed = [one for scene in sentence for one in scene.quantities if _is_killed(scene, one)]
        for scene in sentence if killed else ():
            for index in scene.mentions:
                if judged[index].label == _ARRESTS and any(
                    _stand_together(index, one, scene, mentions) for one in killed
                ):
                    found[index] = judged[index].among((CLASHES, 1.0))
    return found


def quiet_raids(sentences: Sequence[Sequence[Scene]], judged: Mapping[int, Judgement]) -> dict[int, Judgement]:
    """Return the judgements on clashes in sentences that tell of a raid, by index, as those of one without shots.

    Only of police and soldiers, where no word of the report tells of violence: "Police raided X at dawn".

    Parameters
    ----------
    sentences
        The scenes of each sentence.
    judged
        The judgement on each mention, by its index.
    """
    scenes = [scene for sentence in sentences for scene in sentence]
    if any(scene.having(*_VIOLENT) or any(cue.kind in _VIOLENT_SENSES for cue in scene.senses) for scene in scenes):
        return {}
    raided = [
        sentence
        for sentence in sentences
        if any(scene.having("raid", "entry") for scene in sentence) and any(scene.having(*FORCES) for scene in sentence)
    ]
    told = [index for sentence in raided for scene in sentence for index in scene.mentions]
    return {index: judged[index].among((_QUIET, 1.0)) for index in told if judged[index].label in CLASHES}


def _stand_together(index: int, count: Quantity, scene: Scene, mentions: Sequence[Mention]) -> bool:
    """Tell whether no end of a clause and no other place stands between a place and a number."""
    first, last = sorted([mentions[index].start, count.start])
    beside = mentions[index - 1 : index] if count.start < mentions[index].start else mentions[index + 1 : index + 2]
    apart = any(first < one.start < last for one in beside if not holds(scene.text, mentions[index], one))
    return not apart and _BREAK.search(scene.text, first, last) is None


def _is_killed(scene: Scene, count: Quantity) -> bool:
    """Tell whether a number counts people who were killed, and not deeds that somebody is wanted for."""
    if count.measure is not Measure.KILLED or not (count.value.best or count.value.low):
        return False
    before = fold(scene.text[max(0, count.start - _CHARS) : count.start])
    accused = _ACCUSED.search(fold(scene.text[max(scene.sentence.start, count.start - _ACCUSED_CHARS) : count.start]))
    deeds = _DEEDS.search(fold(scene.text[count.start : count.end])) or _OF_DEEDS.search(before)
    return not (accused or deeds)
