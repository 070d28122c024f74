"""Stretches of a text that are taken, asked many times: one look-up instead of a walk through all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Covered"]


class Covered:
    """A set of stretches (start, end), which may overlap.

    Examples
    --------
    >>> taken = Covered([(3, 5), (8, 12)])
    >>> taken.touches(4, 6), taken.touches(5, 8), taken.holds(9, 12)
    (True, False, True)
    """

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(stretches)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a stretch shares a character with ``start`` to ``end``."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start

    def holds(self, start: int, end: int) -> bool:
        """Tell whether one stretch holds all of ``start`` to ``end``."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end
