"""Tables as columns: many records of one kind in few bytes. The page's ``columns.mjs`` reads them back.

A table is ``{"rows": n, "columns": {field: column}}``. A column says for itself how it is written:

======================================  ============================================================
``[v, ...]``                            a value a row; null where the row lacks the field
``{"same": v}``                         the same value in every row
``{"words": [w, ...], "at": [i, ...]}``  strings out of a list, by position in it
``{"words": [w, ...], "signs": [t, ...]}``  texts of many rows: each sign stands for a word of the list,
                                        U+0100 for the first, the surrogates left out; words are parted
                                        by single spaces
``{"skip": [k, ...], "some": column}``  only some rows have the field: how many rows are passed over
                                        before each, and the values of these
``{"each": [column, ...]}``             a list of one length a row: a column for each of its items
``{"n": column, "all": column}``        lists of any length: how long each is, and all their items
``{"n": column, "table": table}``       lists of records: how long each is, and all the records
======================================  ============================================================
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Lists", "Table", "packed", "unpacked"]

Record = dict[str, Any]
_LONGEST_EACH = 4
_WORTH = 3  # how often a word must come back on average
_FIRST_SIGN = 0x100
_SURROGATES = range(0xD800, 0xE000)
_MOST_WORDS = 1_000_000


@dataclass(frozen=True)
class Table:
    """Records that were never made one by one: a value a row, None where the row lacks the field."""

    rows: int
    columns: dict[str, list[Any] | Lists]

    def records(self) -> list[Record]:
        """Return the records, each with the fields it has."""
        columns = {field: [*values] for field, values in self.columns.items()}
        found = ({field: values[row] for field, values in columns.items()} for row in range(self.rows))
        return [{field: value for field, value in record.items() if value is not None} for record in found]


@dataclass(frozen=True)
class Lists:
    """A column of lists: how long each is, and all their items in a row. An empty one is a field the row lacks."""

    lengths: list[int]
    items: list[Any] | Table

    def __iter__(self) -> Iterator[list[Any] | None]:
        """Yield the lists, None for an empty one."""
        items = iter(self.items.records() if isinstance(self.items, Table) else self.items)
        return (list(itertools.islice(items, length)) or None for length in self.lengths)


def packed(records: Sequence[Record] | Table) -> Record:
    """Return records as a table. A field that is None is a field the record lacks.

    Values are strings, whole numbers, booleans, lists of one kind of these, or lists of records.
    """
    if not isinstance(records, Table):
        fields = dict.fromkeys(itertools.chain.from_iterable(records))
        records = Table(len(records), {field: [record.get(field) for record in records] for field in fields})
    columns = {field: _column(values) for field, values in records.columns.items() if _is_told(values)}
    return {"rows": records.rows, "columns": columns}


def _is_told(values: list[Any] | Lists) -> bool:
    """Return whether any row has the field."""
    return any(values.lengths) if isinstance(values, Lists) else values.count(None) < len(values)


def unpacked(table: Record) -> list[Record]:
    """Return the records of a table; the inverse of :func:`packed`."""
    rows = table["rows"]
    columns = {field: _values(column, rows) for field, column in table["columns"].items()}
    return [{field: values[row] for field, values in columns.items() if values[row] is not None} for row in range(rows)]


def _column(values: list[Any] | Lists) -> Any:
    if isinstance(values, Lists):
        return _many(values)
    kinds = set(map(type, values))
    lacking = type(None) in kinds
    kinds.discard(type(None))
    if not kinds:
        return {"same": None}
    if lacking and (list in kinds or values.count(None) * 2 > len(values)):
        rows = [row for row, value in enumerate(values) if value is not None]
        return {"skip": _skips(rows), "some": _column([values[row] for row in rows])}
    if list in kinds:
        return _lists(values)
    return _plain(values) if len(kinds) == 1 else values


def _plain(values: list[Any]) -> Any:
    """Return a column of values of one kind, some perhaps lacking."""
    distinct = dict.fromkeys(values)
    if len(distinct) == 1 < len(values):
        return {"same": values[0]}
    if not any(isinstance(value, str) for value in itertools.islice(distinct, 2)):  # one of two may be None
        return values
    if len(distinct) * 2 <= len(values):
        place = {value: number for number, value in enumerate(distinct)}
        return {"words": list(distinct), "at": [place[value] for value in values]}
    return _in_signs(values)


def _in_signs(texts: list[str | None]) -> Any:
    """Return texts by their words, the commonest first, where they repeat enough words to be worth it."""
    said = [text for text in texts if text is not None]
    lengths = [text.count(" ") + 1 for text in said]
    if sum(lengths) - len(said) < len(texts) * _WORTH:
        return texts
    counted = _counted(" ".join(said))
    if counted is None:
        return texts
    words, signed = counted
    parts = (signed[start:end] for start, end in itertools.pairwise(itertools.accumulate(lengths, initial=0)))
    return {"words": words, "signs": [None if text is None else next(parts) for text in texts]}


def _counted(told: str) -> tuple[list[str], str] | None:
    """Return a text's words, the commonest first, and a sign for each one told; None where too few come back."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = pa.array([told.encode("utf-8", "surrogatepass")], pa.large_binary())
    told_words = pc.split_pattern(whole, b" ").flatten().dictionary_encode()  # many times quicker than word by word
    codes, words = told_words.indices.to_numpy(), told_words.dictionary.to_pylist()
    if len(words) * _WORTH > len(codes) or len(words) > _MOST_WORDS:
        return None
    order = np.argsort(-np.bincount(codes), kind="stable")
    signs = np.empty(len(words), dtype="<u4")
    signs[order] = np.arange(_FIRST_SIGN, _FIRST_SIGN + len(words))
    signs[signs >= _SURROGATES.start] += len(_SURROGATES)
    said = [words[place].decode("utf-8", "surrogatepass") for place in order]
    return said, signs[codes].tobytes().decode("utf-32-le")


def _lists(values: list[list[Any]]) -> Any:
    lengths = set(map(len, values))
    items = list(itertools.chain.from_iterable(values))
    records = bool(items) and isinstance(items[0], dict)
    if not records and len(lengths) == 1 and 0 < len(values[0]) <= _LONGEST_EACH:
        return {"each": [_column(list(part)) for part in zip(*values, strict=True)]}
    n = _column([len(value) for value in values])
    return {"n": n, "table": packed(items)} if records else {"n": n, "all": _column(items)}


def _many(values: Lists) -> Any:
    """Return a column of lists as :func:`_column` would write it, of which an empty one is lacking."""
    lengths, items = values.lengths, values.items
    if not all(lengths):
        rows = [row for row, length in enumerate(lengths) if length]
        return {"skip": _skips(rows), "some": _many(Lists([lengths[row] for row in rows], items))}
    if isinstance(items, Table):
        return {"n": _column(lengths), "table": packed(items)}
    if len(set(lengths)) == 1 and lengths[0] <= _LONGEST_EACH:
        return {"each": [_column(items[place :: lengths[0]]) for place in range(lengths[0])]}
    return {"n": _column(lengths), "all": _column(items)}


def _skips(rows: list[int]) -> list[int]:
    """Return how many rows are passed over before each."""
    return [row - before - 1 for before, row in itertools.pairwise([-1, *rows])]


def _values(column: Any, rows: int) -> list[Any]:
    """Return a column's value for each row, None where the row lacks the field."""
    if isinstance(column, list):
        return column
    if "same" in column:
        return [column["same"]] * rows
    if "words" in column:
        return _said(column)
    if "each" in column:
        return [list(row) for row in zip(*(_values(part, rows) for part in column["each"]), strict=True)]
    if "n" in column:
        lengths = _values(column["n"], rows)
        items = iter(unpacked(column["table"]) if "table" in column else _values(column["all"], sum(lengths)))
        return [list(itertools.islice(items, length)) for length in lengths]
    spread: list[Any] = [None] * rows
    row = -1
    for skipped, value in zip(column["skip"], _values(column["some"], len(column["skip"])), strict=True):
        row += skipped + 1
        spread[row] = value
    return spread


def _said(column: Record) -> list[str | None]:
    words = column["words"]
    if "at" in column:
        return [words[place] for place in column["at"]]
    return [None if signs is None else _from_signs(signs, words) for signs in column["signs"]]


def _from_signs(signs: str, words: list[str]) -> str:
    codes = (ord(sign) for sign in signs)
    places = (code if code < _SURROGATES.start else code - len(_SURROGATES) for code in codes)
    return " ".join([words[place - _FIRST_SIGN] for place in places])
