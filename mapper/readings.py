"""A reading as the store keeps it: JSON that is short, and quick to turn back into records.

A record is the list of its fields, without the last ones that hold what they hold by default. A place of the
gazetteer is its id alone: which gazetteer that was is part of the key a reading is kept under, so all that a
build recalls share the gazetteer's own records. A place that the gazetteer does not hold is written out.
"""

from __future__ import annotations

import datetime as dt
import json
import types
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from mapper.model import DateSpan, Estimate, Facts, Place, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mapper.model import Report

    Turned = Callable[[Any], Any] | None  # None: the value stands as it is

__all__ = ["Codec", "Understood", "names_in"]

Understood = tuple[Facts, tuple[Span, ...]]

_WRITTEN = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))  # made once for thousands
_PARTS = tuple(field.name for field in fields(Facts) if field.name != "report")
"""What is kept of a report's facts, its mentions first: all but the report, which who asks for them has."""
_FEW = (DateSpan, Estimate)  # thousands of claims give the same few


class Codec:
    """Turns readings into JSON and back.

    Parameters
    ----------
    places
        The gazetteer's places by id: these are written as their ids.
    """

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._places = places
        self._known: dict[Any, tuple[Turned, Turned]] = {}
        hints = get_type_hints(Facts)
        self._parts = [self._turning(hints[name]) for name in _PARTS]
        self._parts.append(self._turning(tuple[Span, ...]))

    def written(self, understood: Understood) -> bytes:
        """Return a reading as JSON."""
        facts, spans = understood
        values = (*(getattr(facts, name) for name in _PARTS), spans)
        return _WRITTEN.encode(
            [write(value) if write else value for value, (write, _) in zip(values, self._parts, strict=True)]
        ).encode()

    def recalled(self, reading: bytes, report: Report) -> Understood:
        """Return the reading of a report from its JSON."""
        values = json.loads(reading)
        *told, spans = [read(value) if read else value for value, (_, read) in zip(values, self._parts, strict=True)]
        return Facts(report, *told), spans

    def _turning(self, kind: Any) -> tuple[Turned, Turned]:
        """Return how a value of a type becomes what JSON holds, and how it comes back."""
        if kind not in self._known:
            self._known[kind] = self._turned(kind)
        return self._known[kind]

    def _turned(self, kind: Any) -> tuple[Turned, Turned]:
        if is_dataclass(kind):
            turned = _record(kind, self._turning)
            return self._place(*turned) if kind is Place else turned
        if get_origin(kind) in (Union, types.UnionType):
            (inner,) = [one for one in get_args(kind) if one is not type(None)] or (Any,)
            return _optional(*self._turning(inner))
        if get_origin(kind) in (tuple, frozenset):
            return _many(get_origin(kind), *self._turning(get_args(kind)[0]))
        if isinstance(kind, type) and issubclass(kind, Enum):
            return (lambda one: one.value), {one.value: one for one in kind}.__getitem__
        return (dt.date.isoformat, _remembered(dt.date.fromisoformat, str)) if kind is dt.date else (None, None)

    def _place(self, write: Callable[[Any], Any], read: Callable[[Any], Any]) -> tuple[Turned, Turned]:
        places = self._places

        def written(place: Place) -> Any:
            return place.place_id if places.get(place.place_id) == place else write(place)

        return written, lambda told: places[told] if type(told) is str else read(told)


def _record(kind: Any, turning: Callable[[Any], tuple[Turned, Turned]]) -> tuple[Any, Any]:
    """Return how the records of a dataclass become lists and come back."""
    hints = get_type_hints(kind)
    turned = [(field.name, *turning(hints[field.name])) for field in fields(kind)]
    reads = [(number, read) for number, (_, _, read) in enumerate(turned) if read]
    made = [(field.default, field.default_factory) for field in fields(kind)]
    defaults = [value if make is MISSING else make() for value, make in made]

    def written(record: Any) -> list[Any]:
        values = [getattr(record, name) for name, _, _ in turned]
        while values and values[-1] == defaults[len(values) - 1]:
            values.pop()
        return [write(value) if write else value for value, (_, write, _) in zip(values, turned, strict=False)]

    def recalled(told: list[Any]) -> Any:
        length = len(told)
        for number, read in reads:
            if number >= length:
                break
            told[number] = read(told[number])
        return kind(*told, *defaults[length:])  # the same defaults for all: nobody can change them

    return written, _remembered(recalled, tuple) if kind in _FEW else recalled


def _optional(write: Turned, read: Turned) -> tuple[Turned, Turned]:
    return (
        write and (lambda value: None if value is None else write(value)),
        read and (lambda told: None if told is None else read(told)),
    )


def _many(kind: Callable[[Any], Any], write: Turned, read: Turned) -> tuple[Turned, Turned]:
    order = sorted if kind is frozenset else list  # a set has no order of its own
    return (
        lambda values: order([write(value) for value in values] if write else values),
        (lambda told: kind([read(value) for value in told])) if read else kind,
    )


def _remembered(read: Callable[[Any], Any], key: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a reading of few different values, each read once; ``key`` tells them apart."""
    known: dict[Any, Any] = {}

    def recalled(told: Any) -> Any:
        name = key(told)
        found = known.get(name)
        if found is None:
            found = known[name] = read(told)
        return found

    return recalled


def names_in(reading: bytes) -> set[str]:
    """Return the toponyms of a reading, which another reader may have made, as they stand in its report."""
    first = json.loads(reading)[0]  # of the second schema, all facts and not the mentions alone
    mentions = first["mentions"] if isinstance(first, dict) else first
    # Of the third and fourth schema, a mention is an object; since, the list of its fields.
    return {one["text"] if isinstance(one, dict) else one[_TEXT] for one in mentions}


_TEXT = 2  # where a mention's words stand among its fields
