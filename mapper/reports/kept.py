"""The reports of a file that was read before, so that its bytes need not be opened again."""

from __future__ import annotations

import functools
import hashlib
import json
from typing import TYPE_CHECKING, Protocol

from mapper.reports.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import TypeAdapter

    from mapper.reports.draft import Intake

__all__ = ["Kept", "drafts_key", "dump_drafts", "load_drafts"]


class Kept(Protocol):
    """Where drafts are kept from run to run; ``mapper.memory`` is one."""

    def drafts(self, key: Sequence[str]) -> bytes | None:
        """Return what was kept under ``key``, if anything."""

    def keep_drafts(self, key: Sequence[str], drafts: bytes) -> None:
        """Keep ``drafts`` under ``key``, whose first part is the hash of the file's bytes."""


def drafts_key(raw: bytes, suffix: str, intake: Intake) -> tuple[str, ...]:
    """Return all that a file's drafts depend on besides this program: its bytes, name and the user's settings."""
    limits = [getattr(intake.limits, name) for name in intake.limits.__slots__]
    settings = json.dumps([intake.name, intake.time_zone, limits, sorted(intake.columns.items())])
    return hashlib.sha256(raw).hexdigest(), suffix, settings


@functools.cache
def _codec() -> TypeAdapter[tuple[Draft, ...]]:
    from pydantic import TypeAdapter

    return TypeAdapter(tuple[Draft, ...])


def dump_drafts(drafts: Sequence[Draft]) -> bytes:
    """Return drafts as JSON; lone surrogates, which JSON in UTF-8 cannot hold, as their escapes."""
    return json.dumps(_codec().dump_python(tuple(drafts), mode="json")).encode()


def load_drafts(kept: bytes) -> tuple[Draft, ...]:
    """Return the drafts that :func:`dump_drafts` wrote."""
    return _codec().validate_python(json.loads(kept))
