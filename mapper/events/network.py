"""Network: what each place does in the story, read from the order of the words around it.

The sums of ``weights`` know which signs stand about; they cannot know that "five fell in X. The other two,
in Y" tells of Y. Here a small stack of convolutions reads the whole passage, thirty words to each side,
and attention looks up what the report says elsewhere. The weights are whole numbers in a table of text;
``tools/train_network.py`` makes them from ``data/annotated``. See ``docs/decisions/0013``.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from mapper.errors import SchemaError
from mapper.events.glance import Glance, shares_of
from mapper.events.weights import numbers_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.events.passages import Passage

__all__ = ["DILATIONS", "Network", "load_network"]

DILATIONS = (1, 2, 4, 8, 16)  # how far apart the three words are that each layer joins: 31 words to each side
_UNKNOWN = "unknown word"
_STEADY = 1e-5  # added to the variance, as in training


@dataclass(frozen=True, slots=True)
class Network:
    """The network's labels and weights.

    ``words`` and ``kinds`` say in which row of ``word_rows`` and ``kind_rows`` a word or a kind stands;
    ``parts`` holds the other matrices and vectors by name.
    """

    labels: tuple[str, ...]
    words: Mapping[str, int]
    kinds: Mapping[str, int]
    word_rows: Any
    kind_rows: Any
    parts: Mapping[str, Any]

    def read(self, passage: Passage) -> Glance:
        """Return what the network makes of a passage."""
        rows, hidden = self._look(self._rows(passage), list(passage.at.values()))
        shares = shares_of(hidden @ self.parts["tell"] + self.parts["tell base"])
        labels = {
            index: dict(zip(self.labels, row, strict=True))
            for index, row in zip(passage.at, shares.tolist(), strict=True)
        }
        return Glance(passage, labels, rows, hidden, self.parts)

    def _rows(self, passage: Passage) -> Any:
        """Return the passage as numbers, shape (words, width)."""
        unknown = self.words[_UNKNOWN]
        rows = self.word_rows[[self.words.get(word, unknown) for word in passage.words]]
        for number, kinds in enumerate(passage.kinds):
            for kind in kinds:
                if kind in self.kinds:
                    rows[number] += self.kind_rows[self.kinds[kind]]
        return rows

    def _look(self, rows: Any, at: Sequence[int]) -> tuple[Any, Any]:
        """Return what each word means where it stands, and what the words ``at`` mean in the whole passage."""
        import numpy as np

        part, (size, width) = self.parts, rows.shape
        for number, gap in enumerate(DILATIONS):
            calm = _normed(rows, part[f"norm {number} scale"], part[f"norm {number} shift"])
            beside = np.zeros((size, 3 * width), calm.dtype)
            beside[gap:, :width] = calm[:-gap]
            beside[:, width : 2 * width] = calm
            beside[:-gap, 2 * width :] = calm[gap:]
            mixed = beside @ part[f"layer {number}"]
            mixed += part[f"layer {number} base"]
            rows = rows + mixed[:, :width] / (1 + np.exp(-mixed[:, width:]))
        here = rows[at]
        wanted = here @ part["ask"] + part["ask base"]
        offered = rows @ part["offer"] + part["offer base"]
        looked = shares_of(wanted @ offered.T / np.sqrt(rows.shape[1])) @ rows
        around = np.broadcast_to(here.mean(axis=0), here.shape)
        hidden = np.maximum(0, np.concatenate([here, looked, around], axis=1) @ part["join"] + part["join base"])
        return rows, hidden


def _normed(rows: Any, scale: Any, shift: Any) -> Any:
    import numpy as np

    width = rows.shape[1]
    centred = rows - np.add.reduce(rows, axis=1, keepdims=True) / width
    return centred / np.sqrt(np.add.reduce(centred**2, axis=1, keepdims=True) / width + _STEADY) * scale + shift


@functools.cache
def load_network() -> Network:
    """Return the network of ``mapper/events/tables/network.tsv``, read once.

    A row is a part's name, the name of the row in it, a scale, and whole numbers to be multiplied by it.

    Raises
    ------
    SchemaError
        If a row's numbers are not numbers, or not as many as its part's others.
    """
    import numpy as np

    source = resources.files("mapper.events") / "tables" / "network.tsv"
    lines = [line for line in source.read_bytes().splitlines() if not line.startswith(b"# ")]
    labels = tuple(lines[0].decode().split("\t")[1:])
    rows = [line.split(b"\t") for line in lines[1:]]
    try:
        numbers = _whole_numbers(b" ".join([told for _, _, _, told in rows]))
        scales = np.array([float(scale) for _, _, scale, _ in rows], dtype=np.float32)
    except ValueError:
        raise _what_is_no_number(rows) from None
    names: dict[str, list[str]] = {}
    parts: dict[str, Any] = {}
    at = first = 0
    for part, group in groupby(rows, key=itemgetter(0)):
        some = list(group)
        sizes = [row[-1].count(b" ") + 1 for row in some]
        for row, size in zip(some, sizes, strict=True):
            if size != sizes[0]:
                name = row[1].decode()
                raise SchemaError("weights-row", table="network", feature=name, got=size, expected=sizes[0])
        found = numbers[at : at + sum(sizes)].reshape(len(some), -1) * scales[first : first + len(some), None]
        parts[part.decode()] = found if len(some) > 1 else found[0]
        names[part.decode()] = [row[1].decode() for row in some]
        at, first = at + sum(sizes), first + len(some)
    return Network(
        labels,
        {name: number for number, name in enumerate(names.pop("word"))},
        {name: number for number, name in enumerate(names.pop("kind"))},
        parts.pop("word"),
        parts.pop("kind"),
        parts,
    )


def _whole_numbers(told: bytes) -> Any:
    """Return the whole numbers of a text, one blank apart: all of a table at once, which is read many times faster."""
    import pyarrow as pa
    from pyarrow import csv

    table = csv.read_csv(
        pa.BufferReader(told.replace(b" ", b"\n")),
        read_options=csv.ReadOptions(use_threads=False, column_names=["number"]),
        parse_options=csv.ParseOptions(quote_char=False, ignore_empty_lines=False),
        convert_options=csv.ConvertOptions(column_types={"number": pa.int16()}, null_values=[]),
    )
    return numbers_of(table["number"])


def _what_is_no_number(rows: Sequence[Sequence[bytes]]) -> SchemaError:
    """Return what is wrong with rows of which one is known to be broken: a look at each, which takes its time."""
    for part, name, scale, told in rows:
        try:
            _whole_numbers(told), float(scale)
        except ValueError:
            return SchemaError(
                "weights-number", table="network", feature=f"{part.decode()} {name.decode()}", got=told.decode()[:40]
            )
    return SchemaError("weights-number", table="network", feature="", got="")
