"""What is done with a store between builds: telling what changed, forgetting a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.errors import StoreError
from mapper.history import changes_since
from mapper.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.changes import Changes

__all__ = ["changes", "withdraw"]


def changes(store: Path | None, since: int | None = None) -> Changes:
    """Return what the newest build changed against build ``since``, or else against the one it followed.

    Raises
    ------
    StoreError
        There is no store, it holds no build, or ``since`` is no earlier build of the same reports.
    """
    with _opened(store) as opened:
        return changes_since(opened, since)


def withdraw(store: Path | None, report: str, answers: Path | None = None) -> tuple[str, ...]:
    """Forget a report, wherever a run has put its text or what was read from it; return the ids it was known by.

    ``answers`` is the online geocoder's cache.

    Raises
    ------
    StoreError
        There is no store, or it knows no such report.
    """
    from mapper.withdrawal import forget_report

    with _opened(store) as opened:
        return forget_report(opened, report, answers)


def _opened(store: Path | None) -> Store:
    """Return an open store; one that is not there yet is not made only to be found empty."""
    if store is None:
        raise StoreError("store-none")
    if not store.exists():
        raise StoreError("changes-no-builds", path=store)
    return Store(store)
