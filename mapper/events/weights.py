"""Weights: a small linear model, read from a table that a person can read too.

A table has a row for each feature and a column for each label; the label whose column adds up highest
over the features present is chosen. Tables are made by ``tools/train_events.py`` from the sentences in
``data/annotated``; see ``docs/decisions/0008``.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from mapper.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["ALWAYS", "Judgement", "Weights", "load_weights"]

ALWAYS = "any"  # the feature that is always there; its row holds what speaks for each label beforehand
_STRONGEST = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """A label, how sure the model is of it (0 to 1), and the share of every label."""

    label: str
    share: float
    shares: dict[str, float]
    cues: tuple[str, ...]

    def among(self, *groups: frozenset[str]) -> Judgement:
        """Return the judgement of the likeliest label of the likeliest group.

        An event may have many likely types, none as likely as "context"; together they outweigh it.
        """
        best = max(groups, key=lambda group: sum(self.shares.get(label, 0.0) for label in group))
        label = max(sorted(best & self.shares.keys()), key=lambda name: self.shares[name])
        return replace(self, label=label, share=self.shares[label])

    @property
    def reason(self) -> str:
        """The decision in words: label, share, and the features that spoke for it most."""
        return f"{self.label} ({self.share:.2f}): {'; '.join(self.cues)}"


class Weights:
    """One table of weights.

    Parameters
    ----------
    labels
        The labels, one a column.
    index
        Row number of each feature.
    matrix
        Weights, shape (features, labels).
    """

    def __init__(self, labels: Sequence[str], index: dict[str, int], matrix: Any) -> None:
        self.labels, self._index, self._matrix = tuple(labels), index, matrix

    def share(self, features: Iterable[str]) -> float:
        """Return how sure the model is of its last label; for tables whose labels are "no" and "yes"."""
        return self.judge(features).shares[self.labels[-1]]

    def rows(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each feature with its weights as text, '' for zero."""
        for feature, row in sorted(self._index.items()):
            yield feature, [f"{weight:g}" if weight else "" for weight in self._matrix[row].tolist()]

    def judge(self, features: Iterable[str]) -> Judgement:
        """Return the label that ``features`` speak for."""
        known = [(one, row) for one in (ALWAYS, *features) if (row := self._index.get(one)) is not None]
        rows = self._matrix[[row for _, row in known]]
        scores = rows.sum(axis=0).tolist()
        top = max(scores)
        parts = [math.exp(score - top) for score in scores]
        total = sum(parts)
        best = scores.index(top)
        # what speaks for the label most against the average label
        pull = (rows[:, best] - rows.mean(axis=1)).tolist()
        strongest = sorted(zip(pull[1:], (one for one, _ in known[1:]), strict=True), key=lambda one: (-one[0], one[1]))
        cues = tuple(f"{feature} {weight:+.1f}" for weight, feature in strongest[:_STRONGEST] if weight > 0)
        shares = {label: part / total for label, part in zip(self.labels, parts, strict=True)}
        return Judgement(self.labels[best], parts[best] / total, shares, cues)


@functools.cache
def load_weights(name: str) -> Weights:
    """Return the table ``mapper/events/tables/<name>.tsv``, read once.

    Raises
    ------
    SchemaError
        If a row does not have one number or blank for each label.
    """
    import numpy as np

    source = resources.files("mapper.events") / "tables" / f"{name}.tsv"
    lines = [line for line in source.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
    labels = lines[0].split("\t")[1:]
    index: dict[str, int] = {}
    matrix = np.zeros((len(lines) - 1, len(labels)))
    for row, line in enumerate(lines[1:]):
        feature, *weights = line.split("\t")
        if len(weights) != len(labels):
            raise SchemaError("weights-row", table=name, feature=feature, got=len(weights), expected=len(labels))
        index[feature] = row
        for column, weight in enumerate(weights):
            if weight:
                matrix[row, column] = float(weight)
    return Weights(labels, index, matrix)
