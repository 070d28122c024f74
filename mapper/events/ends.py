"""Ends: a place beside half a movement is its other end sooner than a place elsewhere.

The verdicts look at one place at a time, and an end has to be likelier than not. Where a sentence says whence
people fled and neither it nor the ones beside it say where to, the likeliest place there needs less; so does a
place that is listed with an end, and the second of two origins where nobody is said to have gone anywhere.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mapper.events.containers import holds
from mapper.events.movers import are_forces, are_moved
from mapper.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.events.features import Spot
    from mapper.events.scenes import Scene
    from mapper.events.verdicts import Verdict
    from mapper.events.weights import Judgement
    from mapper.model import Mention

__all__ = ["with_wanting_ends"]

_OTHER = {Role.ORIGIN: Role.DESTINATION, Role.DESTINATION: Role.ORIGIN}
_UNREAL = ("rumour", "hypothetical", "plan", "denial", "figurative", "threat")
# the share of the models' judgement that an end needs which is wanting, or listed with one
_WANTING, _LISTED = 0.2, 0.15
_NEARLY = 0.3  # of two origins one is where people went if that is so likely, measured by what it was taken for


def with_wanting_ends(
    verdicts: Mapping[int, Verdict],
    judged: Mapping[int, Judgement],
    sentences: Sequence[Sequence[Scene]],
    spots: Mapping[int, Spot],
    mentions: Sequence[Mention],
) -> dict[int, Verdict]:
    """Return the verdicts with the ends that half-told movements want, where a place is likely enough to be one.

    Parameters
    ----------
    verdicts, judged
        The verdict on each mention, and the judgement that it rests on.
    sentences
        The scenes of each sentence.
    spots, mentions
        Where each mention stands, and the mentions.
    """
    found = dict(verdicts)
    free = {
        index
        for index, one in verdicts.items()
        if one.role is Role.CONTEXT and one.reason == judged[index].reason and mentions[index].place is not None
    }
    free -= {inner + 1 for inner in range(len(mentions) - 1) if _holds(sentences, mentions, inner)}

    def take(index: int, role: Role) -> None:
        share = judged[index].shares.get(role.value, 0.0)
        reason = f"the {role.value} that the movement told beside it wants ({share:.2f})"
        found[index] = replace(found[index], role=role, reason=reason, label=role.value)

    for sentence in sentences:
        for index, role in _listed(found, spots, mentions, sentence):
            if index in free and judged[index].shares.get(role.value, 0.0) >= _LISTED:
                take(index, role)
        for index, role in _turned(found, judged, spots, sentence):
            take(index, role)
    moved = [are_moved(one) and not are_forces(one) and not _is_unreal(one) for one in sentences]
    for at, sentence in enumerate(sentences):
        wanted = _wanted(found, sentence) if moved[at] else None
        beside = [sentences[one] for one in (at - 1, at + 1) if 0 <= one < len(sentences)]
        if wanted is None or any(wanted in _ends_of(found, one) for one in beside):
            continue
        taken = {spots[index].place_id for scene in sentence for index in scene.mentions if found[index].role in _OTHER}
        for near in ([sentence], [one for one in beside if are_moved(one) and not _is_unreal(one)]):
            shares = {
                index: share
                for one in near
                for index in _mentions(one)
                if (share := judged[index].shares.get(wanted.value, 0.0)) >= _WANTING
                if index in free and spots[index].place_id not in taken
            }
            if shares:
                take(max(shares, key=lambda index: (shares[index], -index)), wanted)
                break
    return found


def _mentions(sentence: Sequence[Scene]) -> list[int]:
    return [index for scene in sentence for index in scene.mentions]


def _ends_of(verdicts: Mapping[int, Verdict], sentence: Sequence[Scene]) -> set[Role]:
    return {verdicts[index].role for index in _mentions(sentence)} & _OTHER.keys()


def _wanted(verdicts: Mapping[int, Verdict], sentence: Sequence[Scene]) -> Role | None:
    """Return the end that a sentence leaves out which tells of the other one."""
    told = _ends_of(verdicts, sentence)
    return _OTHER[told.pop()] if len(told) == 1 else None


def _is_unreal(sentence: Sequence[Scene]) -> bool:
    return any(scene.having(*_UNREAL, "returning") for scene in sentence)


def _holds(sentences: Sequence[Sequence[Scene]], mentions: Sequence[Mention], inner: int) -> bool:
    return bool(sentences) and holds(sentences[0][0].text, *mentions[inner : inner + 3])


def _listed(
    verdicts: Mapping[int, Verdict], spots: Mapping[int, Spot], mentions: Sequence[Mention], sentence: Sequence[Scene]
) -> Iterator[tuple[int, Role]]:
    """Return the places that an "and" joins to an end."""
    for scene in sentence:
        for index in scene.mentions:
            before = spots[index].listed
            if before in verdicts and scene.lead(mentions[index].start, "joiner"):
                for one, other in ((index, before), (before, index)):
                    if verdicts[other].role in _OTHER:
                        yield one, verdicts[other].role


def _turned(
    verdicts: Mapping[int, Verdict], judged: Mapping[int, Judgement], spots: Mapping[int, Spot], sentence: Sequence[Scene]
) -> Iterator[tuple[int, Role]]:
    """Return the one of two like ends of a sentence that is nearly as likely the other end, if none is told."""
    role = _wanted(verdicts, sentence)
    ends = [index for index in _mentions(sentence) if verdicts[index].role in _OTHER]
    if role is None or any(spots[later].listed == earlier for earlier, later in pairwise(ends)) or len(ends) != 2:  # noqa: PLR2004
        return
    for index in ends:
        shares = judged[index].shares
        if shares.get(role.value, 0.0) >= _NEARLY * shares.get(verdicts[index].role.value, 1.0):
            yield index, role
            return
