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
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["ALWAYS", "Judgement", "Weights", "load_weights", "numbers_of"]

ALWAYS = "any"  # the feature that is always there; its row holds what speaks for each label beforehand
_STRONGEST = 3
_LEAST = 1e-4  # no judge rules a label out


@dataclass(frozen=True, slots=True)
class Judgement:
    """A label, how sure the model is of it (0 to 1), and the share of every label."""

    label: str
    share: float
    shares: dict[str, float]
    cues: tuple[str, ...]

    def among(self, *groups: tuple[frozenset[str], float]) -> Judgement:
        """Return the judgement of the likeliest label of the group that weighs most.

        Each group comes with the factor its share is multiplied by. An event may have many likely types, none
        as likely as "context"; together they outweigh it.
        """
        best, _ = max(groups, key=lambda group: group[1] * self.weight_of(group[0]))
        label = max(sorted(best & self.shares.keys()), key=lambda name: self.shares[name])
        return replace(self, label=label, share=self.shares[label])

    def weight_of(self, group: frozenset[str]) -> float:
        """Return the share of a group of labels together."""
        return sum(self.shares.get(label, 0.0) for label in group)

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
        self._names = sorted(index, key=index.__getitem__)

    def share(self, features: Iterable[str]) -> float:
        """Return how sure the model is of its last label; for tables whose labels are "no" and "yes"."""
        return self.judge(features, explain=False).shares[self.labels[-1]]

    def rows(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each feature with its weights as text, '' for zero."""
        for feature, row in sorted(self._index.items()):
            yield feature, [f"{weight:g}" if weight else "" for weight in self._matrix[row].tolist()]

    def judge(
        self,
        features: Iterable[str],
        other: Mapping[str, float] | None = None,
        *,
        weight: float = 1.0,
        explain: bool = True,
    ) -> Judgement:
        """Return the label that ``features`` speak for, with the strongest of them if ``explain``.

        ``other`` holds the share that another judge gives each label; the result is the geometric mean of
        both, in which the table has this ``weight`` and the other what is left of 1.
        """
        found = map(self._index.get, (ALWAYS, *features))
        known = [number for number in found if number is not None]
        rows = self._matrix.take(known, axis=0)
        scores = rows.sum(axis=0).tolist()
        if other is not None:
            scores = [
                weight * score + (1 - weight) * math.log(max(other.get(label, 0.0), _LEAST))
                for label, score in zip(self.labels, scores, strict=True)
            ]
        top = max(scores)
        parts = [math.exp(score - top) for score in scores]
        total = sum(parts)
        best = scores.index(top)
        shares = {label: part / total for label, part in zip(self.labels, parts, strict=True)}
        cues = self._strongest(known, rows, best) if explain else ()
        if other is not None and explain:
            cues = (*cues, f"whole passage: {self.labels[best]} {other.get(self.labels[best], 0.0):.2f}")
        return Judgement(self.labels[best], parts[best] / total, shares, cues)

    def _strongest(self, known: Sequence[int], rows: Any, best: int) -> tuple[str, ...]:
        """Return the features that speak for the label most, against the average label."""
        pull = rows[1:, best] - rows[1:].mean(axis=1)
        strong = (pull >= min(sorted(pull.tolist())[-_STRONGEST:], default=0.0)).nonzero()[0].tolist()
        named = sorted((-float(pull[row]), self._names[known[row + 1]]) for row in strong if pull[row] > 0)
        return tuple(f"{name} {-weight:+.1f}" for weight, name in named[:_STRONGEST])


@functools.cache
def load_weights(name: str) -> Weights:
    """Return the table ``mapper/events/tables/<name>.tsv``, read once.

    Raises
    ------
    SchemaError
        If a row does not have one number or blank for each label.
    """
    import numpy as np
    import pyarrow as pa
    from pyarrow import csv

    source = resources.files("mapper.events") / "tables" / f"{name}.tsv"
    lines = [line for line in source.read_bytes().splitlines() if not line.startswith(b"# ")]
    head = lines[0].decode().split("\t")
    numbers = dict.fromkeys(head[1:], pa.float64())
    try:
        table = csv.read_csv(
            pa.BufferReader(b"\n".join([*lines, b""])),
            parse_options=csv.ParseOptions(delimiter="\t", quote_char=False, ignore_empty_lines=False),
            read_options=csv.ReadOptions(use_threads=False),
            convert_options=csv.ConvertOptions(column_types={head[0]: pa.string(), **numbers}, null_values=[""]),
        )
    except pa.ArrowInvalid:
        raise _what_is_wrong(name, lines) from None
    matrix = np.column_stack([numbers_of(table[label]) for label in numbers])
    index = {feature: row for row, feature in enumerate(table[0].to_pylist())}
    if "" in index or not np.isfinite(matrix).all():
        raise _what_is_wrong(name, lines)
    return Weights(head[1:], index, matrix)


def numbers_of(column: Any) -> Any:
    """Return a column of a table as an array, 0 where it is blank; pyarrow's own way would import pandas first."""
    import numpy as np

    arrays = []
    for chunk in column.chunks:
        known, numbers = chunk.buffers()
        array = np.frombuffer(numbers, dtype=column.type.to_pandas_dtype(), count=len(chunk))
        if known is not None:
            array = np.where(
                np.unpackbits(np.frombuffer(known, np.uint8), count=len(chunk), bitorder="little"), array, 0
            )
        arrays.append(array)
    return np.concatenate(arrays)


def _what_is_wrong(name: str, lines: Sequence[bytes]) -> SchemaError:
    """Return what is wrong with a table that is known to be broken: a look at each cell, which takes its time."""
    labels, *rows = (line.decode().split("\t") for line in lines)
    for feature, *weights in rows:
        if len(weights) != len(labels) - 1:
            got, expected = len(weights), len(labels) - 1
            return SchemaError("weights-row", table=name, feature=feature, got=got, expected=expected)
        for weight in filter(None, weights):
            if not _is_number(weight):
                return SchemaError("weights-number", table=name, feature=feature, got=weight)
    return SchemaError("weights-row", table=name, feature="", got=0, expected=len(labels) - 1)


def _is_number(weight: str) -> bool:
    try:
        return math.isfinite(float(weight))
    except ValueError:
        return False
