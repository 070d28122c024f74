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
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["packed", "unpacked"]

Record = dict[str, Any]
_LONGEST_EACH = 4
_WORTH = 3  # how often a word must come back on average
_FIRST_SIGN = 0x100
_SURROGATES = range(0xD800, 0xE000)
_MOST_WORDS = 1_000_000


def packed(records: Sequence[Record]) -> Record:
    """Return records as a table. A field that is None is a field the record lacks.

    Values are strings, whole numbers, booleans, lists of one kind of these, or lists of records.
    """
    fields = dict.fromkeys(itertools.chain.from_iterable(records))
    found = {field: [record.get(field) for record in records] for field in fields}
    columns = {field: _column(values) for field, values in found.items() if values.count(None) < len(values)}
    return {"rows": len(records), "columns": columns}


def unpacked(table: Record) -> list[Record]:
    """Return the records of a table; the inverse of :func:`packed`."""
    rows = table["rows"]
    columns = {field: _values(column, rows) for field, column in table["columns"].items()}
    return [{field: values[row] for field, values in columns.items() if values[row] is not None} for row in range(rows)]


def _column(values: list[Any]) -> Any:
    kinds = set(map(type, values))
    lacking = type(None) in kinds
    kinds.discard(type(None))
    if not kinds:
        return {"same": None}
    if lacking and (list in kinds or values.count(None) * 2 > len(values)):
        rows = [row for row, value in enumerate(values) if value is not None]
        skip = [row - before - 1 for before, row in itertools.pairwise([-1, *rows])]
        return {"skip": skip, "some": _column([values[row] for row in rows])}
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
    told = " ".join(said).split(" ")  # all at once: many times quicker than text by text
    if len(told) - len(said) < len(texts) * _WORTH:
        return texts
    counted = Counter(told)
    if len(counted) * _WORTH > len(told) or len(counted) > _MOST_WORDS:
        return texts
    words = [word for word, _ in counted.most_common()]
    sign = {
        word: chr(place if place < _SURROGATES.start else place + len(_SURROGATES))
        for place, word in enumerate(words, _FIRST_SIGN)
    }
    signed = "".join(map(sign.__getitem__, told))  # a word is one sign, so a text is as long as it has words
    ends = list(itertools.accumulate(text.count(" ") + 1 for text in said))
    parts = (signed[start:end] for start, end in itertools.pairwise([0, *ends]))
    return {"words": words, "signs": [None if text is None else next(parts) for text in texts]}


def _lists(values: list[list[Any]]) -> Any:
    lengths = set(map(len, values))
    items = list(itertools.chain.from_iterable(values))
    records = bool(items) and isinstance(items[0], dict)
    if not records and len(lengths) == 1 and 0 < len(values[0]) <= _LONGEST_EACH:
        return {"each": [_column(list(part)) for part in zip(*values, strict=True)]}
    n = _column([len(value) for value in values])
    return {"n": n, "table": packed(items)} if records else {"n": n, "all": _column(items)}


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
