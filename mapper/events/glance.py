"""Glance: what the network makes of one passage, and which number or date it ties to which place.

A day or the size of a group stands where the telling puts it, not beside the place it belongs to.
Each head of the network asks one thing of a mention ("on which day?") and gives every date or number of
the passage a score: how well it answers, at that distance. Some answers stand nowhere ("none", "published").
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.events.passages import Passage

__all__ = ["ANSWERS", "FARTHEST", "NUMBERS", "Glance", "Sight", "far", "shares_of"]

# those that stand nowhere, by head
ANSWERS = {
    "day": ("none", "published"),
    "people": ("none", "one"),
    **dict.fromkeys(("killed", "injured"), ("none", "zero", "one", "two")),
}
NUMBERS = {"none": None, "zero": 0, "one": 1, "two": 2}  # what an answer says that stands nowhere and is a number
FARTHEST = 10  # distances are told apart by their powers of two
_LEAST = 1e-4  # no head rules an answer out


@dataclass(frozen=True, slots=True)
class Glance:
    """What the network makes of one passage.

    ``labels`` holds the share of every label for each mention, by its index; ``rows`` and ``hidden`` are what
    each word and each mention mean, as numbers; ``parts`` are the network's weights.
    """

    passage: Passage
    labels: Mapping[int, Mapping[str, float]]
    rows: Any
    hidden: Any
    parts: Mapping[str, Any]

    def answers(self, head: str, index: int) -> dict[str | int, float]:
        """Return the share of each answer for one mention.

        Parameters
        ----------
        head
            One of ``ANSWERS``.
        index
            The mention's index.

        Returns
        -------
        dict
            Answers are the head's of ``ANSWERS`` and, by their index, the passage's dates or numbers.
        """
        import numpy as np

        part, offered = self.parts, self.passage.dates if head == "day" else self.passage.numbers
        asked = self.hidden[list(self.passage.at).index(index)]
        scores = asked @ part[f"{head} answers"] + part[f"{head} answers base"]
        if offered:
            gaps = [far(word - self.passage.at[index]) for word in offered.values()]
            met = asked @ part[f"{head} ask"] + part[f"{head} ask base"]
            met = met + self.rows[list(offered.values())] @ part[f"{head} offer"] + part[f"{head} far"][gaps]
            scores = np.concatenate([scores, np.maximum(0, met) @ part[f"{head} weigh"] + part[f"{head} weigh base"]])
        return dict(zip((*ANSWERS[head], *offered), shares_of(scores[None])[0].tolist(), strict=True))


class Sight:
    """What the network makes of a report, passage by passage."""

    def __init__(self, glances: Iterable[Glance]) -> None:
        self._glances = {index: glance for glance in glances for index in glance.labels}

    def labels(self, index: int) -> Mapping[str, float] | None:
        """Return the share of every label for one mention, None for one that was not looked at."""
        return self._glances[index].labels[index] if index in self._glances else None

    def answers(self, head: str, indices: Sequence[int]) -> dict[str | int, float]:
        """Return the share of each answer for mentions that tell of one record: their geometric mean."""
        found: dict[str | int, list[float]] = defaultdict(list)
        for index in indices:
            for answer, share in self._glances[index].answers(head, index).items():
                found[answer].append(math.log(max(share, _LEAST)))
        many, least = len(indices), math.log(_LEAST)  # what stands in another passage is no answer in this one
        return {
            answer: math.exp((sum(shares) + (many - len(shares)) * least) / many) for answer, shares in found.items()
        }


def far(words: int) -> int:
    """Return the row of a distance in words: its sign and its power of two."""
    size = min(abs(words).bit_length(), FARTHEST)
    return FARTHEST + (size if words > 0 else -size)


def shares_of(scores: Any) -> Any:
    """Return the rows of ``scores`` as shares that add up to 1."""
    import numpy as np

    parts = np.exp(scores - scores.max(axis=1, keepdims=True))
    return parts / parts.sum(axis=1, keepdims=True)
