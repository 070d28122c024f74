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
from dataclasses import replace
from importlib import metadata, resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mapper.collecting import uncollected
from mapper.logs import note
from mapper.store import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from mapper.model import Facts, Place, Report
    from mapper.readings import Codec, Understood
    from mapper.store import Store

__all__ = ["Memory", "libraries", "reader_version"]

_ROOMS = ("reports", "reading", "places", "events", "model")
_BESIDE = ("readings.py", "text.py")
_LINKING = {
    f"events/{name}.py" for name in ("battles", "judged", "keeping", "linking", "sameness")
}  # no reading depends on them
_AT_ONCE = 200  # readings decoded at a time, so that memory stays bounded

_TOLD = json.JSONEncoder(default=str, ensure_ascii=True, sort_keys=True)  # made once for thousands


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
    for name, entry in [*files, *((name, package / name) for name in _BESIDE)]:
        if name in _LINKING:
            continue
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


def _unexplained(facts: Facts) -> Facts:
    """Return facts without what no map, table or brief is made of, though it is most of what reading says.

    These are the reasons for each decision, and what else a name might have meant that was resolved;
    ``mapper geoparse`` and ``mapper explain`` read anew to show them.
    """
    from mapper.model import Status

    mentions = (
        replace(one, reasons=(), candidates=one.candidates if one.status is Status.AMBIGUOUS else ())
        for one in facts.mentions
    )
    return replace(facts, mentions=tuple(mentions), trace=())


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
    places
        The area's places by id, which readings share.
    """

    def __init__(
        self,
        store: Store | None,
        pack: str,
        online: str = "",
        judged: Callable[[Report], str] = lambda _: "",
        places: Mapping[str, Place] = MappingProxyType({}),
    ) -> None:
        self._store = store
        self._judged = judged
        self._pack = f"{pack} {online}".strip()
        self._places = places
        self.read = 0
        """How many reports were read in this run, because nothing was remembered of them."""

    @functools.cached_property
    def _codec(self) -> Codec:
        from mapper.readings import Codec

        return Codec(self._places)

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

    def keep_reading(self, report: Report, understood: Understood) -> Understood:
        """Keep what was read in a report; return it as it will be known, without what only explains it."""
        facts, spans = understood
        understood = _unexplained(facts), spans
        self.read += 1
        content = content_hash(report.text)
        note("read", "report", level=logging.DEBUG, text=content)
        if self._store:
            self._store.keep_reading(
                self._reading_key(report),
                self._codec.written(understood),
                report_id=report.report_id,
                content=content,
                reader=reader_version(),
                pack=self._pack,
            )
        return understood

    def _recalled(self, reports: Sequence[Report]) -> Iterator[tuple[Report, Understood | None]]:
        if self._store is None:
            yield from ((report, None) for report in reports)
            return
        keys = [self._reading_key(report) for report in reports]
        found = self._store.readings(keys)
        with uncollected():  # and not while others work between two of them
            known = [
                self._codec.recalled(found[key], report) if key in found else None
                for key, report in zip(keys, reports, strict=True)
            ]
        yield from zip(reports, known, strict=True)

    def _reading_key(self, report: Report) -> str:
        told = {name: getattr(report, name) for name in report.__slots__}
        return self._key(self._pack, self._judged(report), _TOLD.encode(told))

    @staticmethod
    def _key(*parts: Any) -> str:
        return content_hash("\x1f".join([reader_version(), *map(str, parts)]))
