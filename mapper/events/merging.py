"""Merging: what several tellings of one event say together, without opening what one of them kept closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.model import Incident, Movement

__all__ = ["told_openly", "unique"]

_Item = TypeVar("_Item")


def told_openly(records: Sequence[Incident] | Sequence[Movement], field: str) -> tuple[list[Any], frozenset[str]]:
    """Return the known values of ``field``, and ``{field}`` if they rest only on sensitive passages.

    Parameters
    ----------
    records
        Tellings of one event, in order.
    field
        ``"when"`` or ``"people"``: its values say by ``known`` whether they say anything.

    Returns
    -------
    values, hidden
        The values that some record tells openly; where there are none, those it must not be known from.
    """
    known = [(getattr(record, field), field in record.sensitive_fields) for record in records]
    known = [(value, closed) for value, closed in known if value.known]
    opened = [value for value, closed in known if not closed]
    if opened:
        return opened, frozenset()
    closed_everywhere = all(field in record.sensitive_fields for record in records)
    return [value for value, _ in known], frozenset({field} if known or closed_everywhere else ())


def unique(items: Iterable[_Item]) -> tuple[_Item, ...]:
    """Return ``items`` without repetition, in order of first appearance."""
    return tuple(dict.fromkeys(items))
