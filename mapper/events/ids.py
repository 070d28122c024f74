"""Stable record ids: the same facts get the same id in every run and on every machine."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from mapper.model import Incident, Movement

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["record_id", "with_own_ids"]

_Record = TypeVar("_Record", Incident, Movement)

_DIGITS = 12


def record_id(kind: str, *facts: str) -> str:
    """Return ``kind`` and a digest of ``facts``, for instance ``i-3f9a0c1b2d4e``."""
    digest = hashlib.sha256("\x1f".join(facts).encode()).hexdigest()
    return f"{kind}-{digest[:_DIGITS]}"


def with_own_ids(records: Iterable[_Record]) -> list[_Record]:
    """Return one report's records, those that share type, places and day with an earlier one with an id of their own.

    A report may tell of two shootings on one corner on one day.
    """
    seen: Counter[str] = Counter()
    found: list[_Record] = []
    for record in records:
        seen[record.record_id] += 1
        number, own = seen[record.record_id], record
        if number > 1:
            other = record_id(record.record_id[0], record.record_id, str(number))
            if isinstance(record, Incident):
                own = replace(record, incident_id=other)
            else:
                own = replace(record, movement_id=other)
        found.append(own)
    return found
