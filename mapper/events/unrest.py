"""Unrest: where demonstrators clash with the police, and nobody fires, there is a riot and no battle.

"Clash" and "fight" are words for both; who fights tells which. The models hear the verb louder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.events.frames import FORCES, GUNMEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.events.scenes import Scene
    from mapper.events.weights import Judgement

__all__ = ["riots"]

_BATTLE = "battle"
_RIOTS = frozenset({"riot", "dispersal"})
_CROWD = ("protest", "riot")
_ARMED = (*GUNMEN, "gunfire", "attack", "grenade", "bomb", "airstrike", "shelling")


def riots(sentences: Sequence[Sequence[Scene]], judged: Mapping[int, Judgement]) -> dict[int, Judgement]:
    """Return the judgements on places of battles in whose sentence a crowd faces the police unarmed, as of riots.

    Parameters
    ----------
    sentences
        The scenes of each sentence.
    judged
        The judgement on each mention, by its index.
    """
    found: dict[int, Judgement] = {}
    for sentence in sentences:
        battles = [index for scene in sentence for index in scene.mentions if judged[index].label == _BATTLE]
        if battles and _is_unrest(sentence):
            found |= {index: judged[index].among((_RIOTS, 1.0)) for index in battles}
    return found


def _is_unrest(sentence: Sequence[Scene]) -> bool:
    crowd = any(scene.affirmed(*_CROWD) for scene in sentence)
    forces = any(scene.having(*FORCES) for scene in sentence)
    return crowd and forces and not any(scene.affirmed(*_ARMED) for scene in sentence)
