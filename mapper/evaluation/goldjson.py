"""Annotated reports as JSON: one file a report, every mention with its own point and tolerance.

Names in ``incidents`` and ``movements`` are those of mentions. A name that no mention bears stands
for a vague area ("the city centre"): it is not scored, and noted among the report's doubts.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import TYPE_CHECKING, Any

from mapper.errors import EvaluationError
from mapper.evaluation.gold import (
    MIN_TOLERANCE_M,
    GoldIncident,
    GoldMention,
    GoldMovement,
    GoldPlace,
    GoldReport,
    event_type_of,
)
from mapper.model import EventType, MovementKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["read_json"]

_KINDS = {str: "string", int: "integer", float: "number", list: "list", bool: "true/false", dict: "object"}
_MISSING = object()


def read_json(source: str, name: str, report_id: str) -> GoldReport:
    """Return the annotated report of one file.

    Parameters
    ----------
    source
        The file's text.
    name
        The file's name, for messages.
    report_id
        The id it must state: files are called after it, so that one can be left out unopened.

    Raises
    ------
    EvaluationError
        If the file is no JSON object or a value is missing or wrong; the message names it.
    """
    try:
        data = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise EvaluationError("gold-json", name=name, reason=str(error)) from error
    item = _Item(data if isinstance(data, dict) else {}, name)
    if item.get("id", str) != report_id:
        raise item.fault("id", report_id)
    text = item.get("text", str)
    mentions = tuple(_mention(one, text) for one in item.items("mentions"))
    by_name: dict[str, GoldPlace] = {}
    for one in mentions:
        by_name.setdefault(one.place.name, one.place)
    incidents = [(one, one.names("places")) for one in item.items("incidents")]
    movements = [(one, one.names("origins"), one.names("destinations")) for one in item.items("movements")]
    clash, not_clash = item.names("clash_places"), item.names("mentioned_not_clash")
    used = [*clash, *not_clash, *(name for _, names in incidents for name in names)]
    used += [name for _, origins, destinations in movements for name in (*origins, *destinations)]

    def known(names: Iterable[str]) -> tuple[GoldPlace, ...]:
        return tuple(by_name[name] for name in names if name in by_name)

    return GoldReport(
        report_id,
        item.get("lang", str),
        item.day("published"),
        item.get("title", str, ""),
        text,
        mentions,
        tuple(
            GoldIncident(_type(one), known(places), one.day("date_start"), one.count("killed"), one.count("injured"))
            for one, places in incidents
        ),
        tuple(
            GoldMovement(MovementKind(one.word("kind", MovementKind)), known(starts), known(ends), one.count("people"))
            for one, starts, ends in movements
        ),
        known(clash),
        known(not_clash),
        tuple(name for name in dict.fromkeys(used) if name not in by_name),
    )


class _Item:
    """A JSON object that says what is wrong with it, and where."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self._values, self.where = values, where

    def fault(self, key: str, expected: str) -> EvaluationError:
        got = json.dumps(self._values.get(key), ensure_ascii=False)
        return EvaluationError("gold-value", where=self.where, key=key, got=got[:80], expected=expected)

    def get(self, key: str, kind: type, default: object = _MISSING) -> Any:
        """Return a value of the given kind; the default, if there is one, where it is missing or null."""
        value = self._values.get(key)
        if value is None and default is not _MISSING:
            return default
        fits = isinstance(value, int | float if kind is float else kind) and isinstance(value, bool) is (kind is bool)
        if not fits or value == "" or (isinstance(value, float) and not math.isfinite(value)):
            raise self.fault(key, _KINDS[kind])
        return value

    def items(self, key: str) -> list[_Item]:
        found = self.get(key, list, [])
        if not all(isinstance(one, dict) for one in found):
            raise self.fault(key, "list of objects")
        return [_Item(one, f"{self.where}, {key}[{index}]") for index, one in enumerate(found)]

    def names(self, key: str) -> list[str]:
        found = self.get(key, list, [])
        if not all(isinstance(one, str) for one in found):
            raise self.fault(key, "list of strings")
        return list(found)

    def word(self, key: str, words: type[Role | MovementKind]) -> str:
        if self._values.get(key) not in list(words):
            raise self.fault(key, " | ".join(words))
        return str(self._values[key])

    def day(self, key: str) -> dt.date | None:
        value = self.get(key, str, None)
        try:
            return dt.date.fromisoformat(value) if value is not None else None
        except ValueError as error:
            raise self.fault(key, "YYYY-MM-DD") from error

    def count(self, key: str) -> int | None:
        value: int | None = self.get(key, int, None)
        if value is not None and value < 0:
            raise self.fault(key, "0 …")
        return value


def _mention(item: _Item, text: str) -> GoldMention:
    """Return a mention at its ``nth`` occurrence in the text."""
    words, nth = item.get("text", str), item.get("nth", int, 1)
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1)
        if at < 0:
            break
    if at < 0:
        raise EvaluationError("gold-words", where=item.where, got=words, nth=nth)
    lat, lon = item.get("lat", float, None), item.get("lon", float, None)
    if (lat is None) != (lon is None):
        raise item.fault("lon" if lon is None else "lat", _KINDS[float])
    place = GoldPlace(
        item.get("place", str),
        item.get("class", str),
        item.get("in_area", bool),
        lat,
        lon,
        max(item.get("tol_m", float, 0), MIN_TOLERANCE_M),
        tuple(item.names("parish_any")),
    )
    return GoldMention(at, at + len(words), words, place, Role(item.word("role", Role)))


def _type(item: _Item) -> EventType:
    found = event_type_of(item.get("event_type", str))
    if found is None:
        raise item.fault("event_type", " | ".join(EventType))
    return found
