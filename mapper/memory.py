"""What the rooms have already worked out, remembered in the store under what it was worked out from.

A key names everything a result depends on: the bytes or the report, the reader and the area pack. So
nothing remembered can be stale: what is read differently has another key.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import re
import sys
from importlib import metadata, resources
from typing import TYPE_CHECKING, Any

from mapper.collecting import uncollected
from mapper.logs import note
from mapper.store import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from importlib.resources.abc import Traversable

    from pydantic import TypeAdapter

    from mapper.model import Facts, Report, Span
    from mapper.store import Store

__all__ = ["Memory", "libraries", "reader_version", "recalled"]

_ROOMS = ("reports", "reading", "places", "events", "model")
_AT_ONCE = 200  # readings decoded at a time, so that memory stays bounded

Understood = tuple["Facts", tuple["Span", ...]]


@functools.cache
def reader_version() -> str:
    """Return what identifies this reader: a digest of its code, lexicons and tables and of the libraries it uses.

    A version number alone would not do: a corrected lexicon must be read with at once.
    """
    digest = hashlib.sha256(f"python {sys.version_info[0]}.{sys.version_info[1]}".encode())
    for name in libraries():
        digest.update(f"\x1f{name} {metadata.version(name)}".encode())
    package = resources.files("mapper")
    files = [(f"{room}/{name}", entry) for room in _ROOMS for name, entry in _files(package / room)]
    for name, entry in [*files, ("text.py", package / "text.py")]:
        digest.update(f"\x1f{name}\x1f".encode() + entry.read_bytes())
    return digest.hexdigest()[:16]


def libraries() -> list[str]:
    """Return the names of the libraries that mapper needs to run."""
    needed = (re.match(r"[\w.-]+", line) for line in metadata.requires("mapper") or () if "extra ==" not in line)
    return sorted(found.group() for found in needed if found)


def _files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, f"{prefix}{entry.name}/")
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            yield prefix + entry.name, entry


@functools.cache
def _codec() -> TypeAdapter[Understood]:
    """Return what turns a reading into JSON and back, checking every field; made on first use, as it takes a moment."""
    from pydantic import TypeAdapter

    from mapper.model import Facts, Span

    return TypeAdapter(tuple[Facts, tuple[Span, ...]])


def recalled(reading: bytes) -> Understood:
    """Return the reading that :meth:`Memory.keep_reading` kept."""
    return _codec().validate_json(reading)


class Memory:
    """A run's memory; without a store it remembers nothing, and everything is read anew.

    Parameters
    ----------
    store
        Where results are kept, or None.
    pack
        The area pack's fingerprint.
    online
        What answers names the pack does not know ("" for nobody): another answerer, another reading.
    judged
        What an analyst has decided about a report's names, as text.
    """

    def __init__(
        self, store: Store | None, pack: str, online: str = "", judged: Callable[[Report], str] = lambda _: ""
    ) -> None:
        self._store = store
        self._judged = judged
        self._pack = f"{pack} {online}".strip()
        self.read = 0
        """How many reports were read in this run, because nothing was remembered of them."""

    def drafts(self, key: Sequence[str]) -> bytes | None:
        """Return what was kept of a file's reports; ``key`` is the hash of its bytes and all else they depend on."""
        return self._store.drafts(self._key(*key)) if self._store else None

    def keep_drafts(self, key: Sequence[str], drafts: bytes) -> None:
        """Keep a file's reports; ``key[0]`` is the hash of its bytes."""
        if self._store:
            self._store.keep_drafts(self._key(*key), key[0], drafts)

    def readings(self, reports: Iterable[Report]) -> Iterator[tuple[Report, Understood | None]]:
        """Yield each report with what was read in it, or None where it is to be read; in the reports' order."""
        waiting: list[Report] = []
        for report in reports:
            waiting.append(report)
            if len(waiting) == _AT_ONCE:
                yield from self._recalled(waiting)
                waiting = []
        yield from self._recalled(waiting)

    def keep_reading(self, report: Report, understood: Understood) -> None:
        """Keep what was read in a report."""
        self.read += 1
        content = content_hash(report.text)
        note("read", "report", level=logging.DEBUG, text=content)
        if self._store:
            self._store.keep_reading(
                self._reading_key(report),
                _codec().dump_json(understood),
                report_id=report.report_id,
                content=content,
                reader=reader_version(),
                pack=self._pack,
            )

    def _recalled(self, reports: Sequence[Report]) -> Iterator[tuple[Report, Understood | None]]:
        if self._store is None:
            yield from ((report, None) for report in reports)
            return
        keys = [self._reading_key(report) for report in reports]
        found = self._store.readings(keys)
        with uncollected():  # and not while others work between two of them
            known = [recalled(found[key]) if key in found else None for key in keys]
        yield from zip(reports, known, strict=True)

    def _reading_key(self, report: Report) -> str:
        fields = {name: getattr(report, name) for name in report.__slots__}
        return self._key(
            self._pack, self._judged(report), json.dumps(fields, default=str, ensure_ascii=True, sort_keys=True)
        )

    @staticmethod
    def _key(*parts: Any) -> str:
        return content_hash("\x1f".join([reader_version(), *map(str, parts)]))
