"""Small values that many records hold: stretches of text, stretches of time, numbers with bounds."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - read at run time by tools that look at dataclass fields
from dataclasses import dataclass

from mapper.model.vocabulary import DatePrecision

__all__ = ["DateSpan", "Estimate", "Span"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of ``Report.text``: ``text[start:end]``."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class DateSpan:
    """First and last day, inclusive, in the area's time zone; ``None`` where unknown."""

    start: dt.date | None = None
    end: dt.date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN

    @property
    def known(self) -> bool:
        """Whether a first day is known."""
        return self.start is not None

    def days_from(self, other: DateSpan) -> int:
        """Return how many days lie between two spans; 0 where they touch, overlap or one is unknown."""
        if self.start is None or other.start is None:
            return 0
        gaps = self.start - (other.end or other.start), other.start - (self.end or self.start)
        return max(0, *(gap.days for gap in gaps))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its bounds. ``best`` is None where the text only gives a bound."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    unit: str = ""

    @property
    def known(self) -> bool:
        """Whether the text says anything at all about the number."""
        return any(value is not None for value in (self.low, self.best, self.high))
