"""Counts that add up, and the shares they make."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

__all__ = ["SMALL", "Found", "Share", "interval"]

# With fewer cases than this a share says little.
SMALL = 20
_Z = 1.959964  # 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """So many ``hits`` of ``n`` cases."""

    hits: int = 0
    n: int = 0

    def __add__(self, other: Share) -> Share:
        """Return both together."""
        return Share(self.hits + other.hits, self.n + other.n)

    @property
    def value(self) -> float | None:
        """The share; None where there was no case."""
        return self.hits / self.n if self.n else None

    @property
    def small(self) -> bool:
        """Whether there were too few cases to rely on the share."""
        return self.n < SMALL

    def as_dict(self) -> dict[str, Any]:
        """Return the share with its counts and 95 % interval as plain JSON values."""
        low, high = interval(self.hits, self.n)
        return {"share": self.value, "hits": self.hits, "n": self.n, "low": low, "high": high, "small": self.small}


@dataclass(frozen=True, slots=True)
class Found:
    """``right`` items among ``annotated`` ones and those ``read``."""

    right: int = 0
    annotated: int = 0
    read: int = 0

    def __add__(self, other: Found) -> Found:
        """Return both together."""
        return Found(self.right + other.right, self.annotated + other.annotated, self.read + other.read)

    @property
    def precision(self) -> float | None:
        """How much of what was read is right; None where there was nothing to find and nothing was read."""
        if self.read:
            return self.right / self.read
        return 0.0 if self.annotated else None

    @property
    def recall(self) -> float | None:
        """How much of what is annotated was read; None where there was nothing to find and nothing was read."""
        if self.annotated:
            return self.right / self.annotated
        return 1.0 if self.read else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def small(self) -> bool:
        """Whether too few items are annotated to rely on the numbers."""
        return self.annotated < SMALL

    def as_dict(self) -> dict[str, Any]:
        """Return precision, recall and F1 with their counts and 95 % intervals as plain JSON values."""
        return {
            "precision": self.precision,
            "precision_interval": list(interval(self.right, self.read)),
            "recall": self.recall,
            "recall_interval": list(interval(self.right, self.annotated)),
            "f1": self.f1,
            "right": self.right,
            "annotated": self.annotated,
            "read": self.read,
            "small": self.small,
        }


def interval(hits: int, n: int) -> tuple[float | None, float | None]:
    """Return the 95 % interval of a share after Wilson, which holds for few cases too."""
    if not n:
        return None, None
    share, spread = hits / n, _Z**2 / n
    middle = share + spread / 2
    reach = _Z * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))
