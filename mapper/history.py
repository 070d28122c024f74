"""The builds before this one: what their records are known by, and what has changed since.

A series is the builds of the same inputs, area and disclosure level: only those can be compared.
"""

from __future__ import annotations

import json
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper import changes, identity
from mapper.errors import StoreError
from mapper.files import write_atomic
from mapper.store import Build, Kept, content_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapper.changes import Changes
    from mapper.identity import Anchors, Identities
    from mapper.model import Disclosed, Story
    from mapper.store import Store

__all__ = ["History", "changes_since", "require_build", "run_text", "series_of"]


def series_of(inputs: Iterable[str], area: str, level: str) -> str:
    """Return what builds of the same inputs, area and level have in common; it tells no path."""
    places = [name if name == "-" else os.fspath(Path(name).resolve()) for name in inputs]
    return content_hash(json.dumps([sorted(places), area, level]))[:16]


def changes_since(store: Store, since: int | None) -> Changes:
    """Return what the newest build changed against build ``since``, or else against the one it followed.

    Raises
    ------
    StoreError
        The store holds no build, or ``since`` is no build of the newest one's series.
    """
    newest = store.last_build()
    if newest is None:
        raise StoreError("changes-no-builds", path=store.path)
    if since is not None and store.series_of(since) != store.series_of(newest):
        raise StoreError("store-no-build", build=since, last=newest)
    since = since if since is not None else store.run_of(newest).get("since")
    before = _summaries(store.records(since)) if since is not None else {}
    return changes.compare(before, _summaries(store.records(newest)), since, store.successors())


def run_text(record: Mapping[str, Any]) -> bytes:
    """Return a run record as the file beside the store holds it."""
    return (json.dumps(record, ensure_ascii=True, indent=1, sort_keys=True) + "\n").encode()


def _summaries(records: Mapping[str, Kept]) -> dict[str, tuple[str, changes.Summary]]:
    return {name: (kept.kind, json.loads(kept.summary)) for name, kept in records.items()}


def require_build(store: Store | None, series: str, since: int | None) -> None:
    """Make sure that ``since``, if given, is a build of the series, so that a wrong one is said before any reading.

    Raises
    ------
    StoreError
        ``store-no-build``: it is none.
    """
    if since is not None and (store is None or store.series_of(since) != series):
        raise StoreError("store-no-build", build=since, last=(store and store.last_build(series)) or "–")


class History:
    """The earlier build that this one is compared with, and the place where this one is kept.

    Parameters
    ----------
    store
        Where builds are kept; None: there are none, and this one is kept nowhere.
    series
        As :func:`series_of` gives it.
    fingerprint
        This build's map, by its inputs. Builds of the very same are passed over: a map that is built again
        says the same as before, what is new in it included.
    since
        The number of the build to compare with (:func:`require_build`); None: the last one of the series.
    wrote
        A file's name: only builds that wrote it are compared with, though ids are known from any.
    """

    def __init__(
        self, store: Store | None, series: str, fingerprint: str, since: int | None = None, *, wrote: str = ""
    ) -> None:
        self._store, self._series, self._fingerprint = store, series, fingerprint
        if since is None and store is not None:
            since = store.last_build(series, but=fingerprint, wrote=wrote)
        known = store.last_build(series, but=fingerprint) if store is not None and wrote else since
        self.since = since
        self._records = store.records(since) if store and since is not None else {}
        self._now: dict[str, tuple[str, str]] = {}  # kind and summary, as written, of this build's records
        self._known = self._records if known == since or store is None or known is None else store.records(known)

    @cached_property
    def anchors(self) -> dict[str, Anchors]:
        """What the earlier build's records are recognised by."""
        return {name: frozenset(json.loads(kept.anchors)) for name, kept in self._known.items()}

    def changes(self, disclosed: Disclosed, identities: Identities) -> Changes:
        """Return what is new, revised and gone since the earlier build."""
        now = changes.summaries(disclosed)
        self._now = {name: (kind, changes.dump(summary)) for name, (kind, summary) in now.items()}
        # Most say word for word what they said before: those need not be taken apart.
        same = {name for name, kept in self._records.items() if self._now.get(name) == (kept.kind, kept.summary)}
        before = {name: kept for name, kept in self._records.items() if name not in same}
        after = {name: told for name, told in now.items() if name not in same}
        return changes.compare(_summaries(before), after, self.since, identities.successors)

    def keep(self, story: Story, identities: Identities, run: Mapping[str, Any]) -> int | None:
        """Keep this build with what :meth:`changes` saw, write its run record beside the store, return its number."""
        if self._store is None:
            return None
        anchors = identity.known([*story.incidents, *story.movements])
        records = {
            name: Kept(kind, summary, json.dumps(sorted(anchors.get(name, ()))))
            for name, (kind, summary) in self._now.items()
        }
        build = Build(self._series, self._fingerprint, {**run, "since": self.since}, records, identities.successors)
        number = self._store.keep_build(build)
        runs = self._store.path.parent / "runs"
        record = {**build.run, "build": number, "series": self._series, "fingerprint": self._fingerprint}
        write_atomic(runs / f"{number:06d}.json", run_text(record))
        return number
