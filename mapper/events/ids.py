"""Stable record ids: the same facts get the same id in every run and on every machine."""

from __future__ import annotations

import hashlib

__all__ = ["record_id"]

_DIGITS = 12


def record_id(kind: str, *facts: str) -> str:
    """Return ``kind`` and a digest of ``facts``, for instance ``i-3f9a0c1b2d4e``."""
    digest = hashlib.sha256("\x1f".join(facts).encode()).hexdigest()
    return f"{kind}-{digest[:_DIGITS]}"
