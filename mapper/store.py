"""What was already read, in one SQLite file: it knows SQL and bytes, and nothing of geography.

The schema is in ``docs/store.md``. A store is opened once a run; whatever is kept is on disk when
``keep_*`` returns, so that a run which is killed loses at most the report it was reading.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from mapper.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

__all__ = ["SCHEMA_VERSION", "Build", "Store", "content_hash"]

SCHEMA_VERSION = 1
_APPLICATION_ID = 0x6D617072  # "mapr": so that a stranger's database is not taken for a store
_WAIT_SECONDS = 30.0
_AT_ONCE = 500  # SQLite bounds the number of values in one statement

_STEPS = (
    """
    CREATE TABLE files (
        key     TEXT PRIMARY KEY,
        content TEXT NOT NULL,
        drafts  BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE readings (
        key       TEXT PRIMARY KEY,
        report_id TEXT NOT NULL,
        content   TEXT NOT NULL,
        reader    TEXT NOT NULL,
        pack      TEXT NOT NULL,
        reading   BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE builds (
        build       INTEGER PRIMARY KEY AUTOINCREMENT,
        fingerprint TEXT NOT NULL,
        level       TEXT NOT NULL,
        run         TEXT NOT NULL
    );
    CREATE TABLE records (
        build     INTEGER NOT NULL REFERENCES builds (build) ON DELETE CASCADE,
        record_id TEXT NOT NULL,
        kind      TEXT NOT NULL,
        summary   TEXT NOT NULL,
        PRIMARY KEY (build, record_id)
    ) WITHOUT ROWID;
    CREATE INDEX readings_by_content ON readings (content);
    CREATE INDEX files_by_content ON files (content);
    """,
)
"""One step a schema version: a store of version n is brought forward by all steps after the n-th."""


def content_hash(data: bytes | str) -> str:
    """Return the SHA-256 of ``data`` (text as UTF-8, lone surrogates kept) as hexadecimal digits."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return hashlib.sha256(raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Build:
    """One build: its map's fingerprint, disclosure level, run record and the records it drew.

    ``records`` is, by record id, the record's kind and a summary as JSON: what ``mapper changes``
    compares. It holds no report's text.
    """

    fingerprint: str
    level: str
    run: dict[str, Any]
    records: dict[str, tuple[str, str]]


class Store:
    """An open store; a context manager that closes it.

    Parameters
    ----------
    path
        The database file; made, with its folder, where there is none.

    Raises
    ------
    StoreError
        The store cannot be opened, is not a store, is damaged or was written by a newer mapper.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._spoken():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError("store-folder", folder=path.parent, reason=error.strerror) from error
            self._base = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._base.close()
                raise

    def __enter__(self) -> Self:
        """Return itself, open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._base.close()

    def _prepare(self) -> None:
        """Bring the file to the present schema; refuse a newer one and what is no store."""
        version = int(self._base.execute("PRAGMA user_version").fetchone()[0])
        marked = int(self._base.execute("PRAGMA application_id").fetchone()[0])
        tables = self._base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if marked != _APPLICATION_ID and (tables or version):
            raise StoreError("store-foreign", path=self.path)
        if version > SCHEMA_VERSION:
            raise StoreError("store-newer", path=self.path, got=version, expected=SCHEMA_VERSION)
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute("PRAGMA foreign_keys = ON")
        if version < SCHEMA_VERSION:
            with self._writing():  # looked at again inside: another run may have been faster
                version = int(self._base.execute("PRAGMA user_version").fetchone()[0])
                for step in _STEPS[version:]:
                    for statement in filter(str.strip, step.split(";")):
                        self._base.execute(statement)
                self._base.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                self._base.execute(f"PRAGMA application_id = {_APPLICATION_ID}")

    # What a file holds

    def drafts(self, key: str) -> bytes | None:
        """Return what :meth:`keep_drafts` kept under ``key``."""
        with self._spoken():
            row = self._base.execute("SELECT drafts FROM files WHERE key = ?", (key,)).fetchone()
        return None if row is None else bytes(row[0])

    def keep_drafts(self, key: str, content: str, drafts: bytes) -> None:
        """Keep the reports of one file; ``content`` is its :func:`content_hash`."""
        with self._writing():
            self._base.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (key, content, drafts))

    # What was read in a report

    def readings(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return, by key, what :meth:`keep_reading` kept; keys without a reading are left out."""
        found: dict[str, bytes] = {}
        with self._spoken():
            for some in _portions(keys):
                marks = ",".join("?" * len(some))
                found |= dict(self._base.execute(f"SELECT key, reading FROM readings WHERE key IN ({marks})", some))  # noqa: S608 - the marks are question marks
        return found

    def keep_reading(self, key: str, reading: bytes, *, report_id: str, content: str, reader: str, pack: str) -> None:
        """Keep what was read in one report, and by which reader and area pack.

        An earlier reading of the same report by another reader or pack is given up.
        """
        with self._writing():
            self._base.execute("DELETE FROM readings WHERE report_id = ? AND content = ?", (report_id, content))
            self._base.execute(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?)",
                (key, report_id, content, reader, pack, reading),
            )

    # What was built

    def keep_build(self, build: Build) -> int:
        """Keep a build with its records and return its number."""
        with self._writing():
            number = self._base.execute(
                "INSERT INTO builds (fingerprint, level, run) VALUES (?, ?, ?)",
                (build.fingerprint, build.level, json.dumps(build.run, ensure_ascii=False, sort_keys=True)),
            ).lastrowid
            rows = ((number, name, kind, summary) for name, (kind, summary) in sorted(build.records.items()))
            self._base.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", rows)
        if number is None:
            raise StoreError("store-damaged", path=self.path, reason="no row id")
        return number

    # How errors are said

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Do what follows as one transaction: whole, or not at all."""
        with self._spoken():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._base.in_transaction:  # on a full disk SQLite has gone back by itself
                    self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")

    @contextlib.contextmanager
    def _spoken(self) -> Iterator[None]:
        """Turn what SQLite says into one sentence of ours."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code, without its details
            raise StoreError(_CODES.get(code, "store-failed"), path=self.path, reason=error) from error


_CODES = {
    sqlite3.SQLITE_BUSY: "store-busy",
    sqlite3.SQLITE_LOCKED: "store-busy",
    sqlite3.SQLITE_READONLY: "store-read-only",
    sqlite3.SQLITE_CANTOPEN: "store-read-only",
    sqlite3.SQLITE_FULL: "store-full",
    sqlite3.SQLITE_IOERR: "store-full",
    sqlite3.SQLITE_CORRUPT: "store-damaged",
    sqlite3.SQLITE_NOTADB: "store-foreign",
}


def _portions(keys: Iterable[str]) -> Iterator[list[str]]:
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
