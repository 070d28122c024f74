"""What was already read, in one SQLite file: it knows SQL and bytes, and nothing of geography.

The schema is in ``store_schema``. A store is opened once a run; whatever is kept is on disk when
``keep_*`` returns, so that a run which is killed loses at most the report it was reading.

A disk can change a digit without SQLite noticing, and a changed digit would be a wrong toll on the map. So
each row carries a digest of what it holds: a reading that does not match it is as if it had never been kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from mapper.errors import StoreError
from mapper.logs import note
from mapper.store_schema import APPLICATION_ID, SCHEMA_VERSION, STEPS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

__all__ = ["SCHEMA_VERSION", "Build", "Kept", "Store", "content_hash", "run_without"]

_WAIT_SECONDS = 30.0
_AT_ONCE = 500  # SQLite bounds the number of values in one statement


def content_hash(data: bytes | str) -> str:
    """Return the SHA-256 of ``data`` (text as UTF-8, lone surrogates kept) as hexadecimal digits."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return hashlib.sha256(raw).hexdigest()


class Kept(NamedTuple):
    """One record of one build: what ``mapper.changes`` and ``mapper.identity`` know it by. No report's text."""

    kind: str
    summary: str
    anchors: str


@dataclass(frozen=True, slots=True)
class Build:
    """One build: which series it continues, its map's fingerprint, run record and records by id.

    Builds of one series are of the same inputs, area and disclosure level, so that they can be compared.
    """

    series: str
    fingerprint: str
    run: dict[str, Any]
    records: dict[str, Kept]
    successors: dict[str, str] = field(default_factory=dict)


def run_without(run: dict[str, Any], report_ids: Collection[str]) -> dict[str, Any]:
    """Return a run record that does not name these reports."""
    return run | {"reports": {name: value for name, value in run.get("reports", {}).items() if name not in report_ids}}


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
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds whole texts
            except OSError as error:
                raise StoreError("store-folder", folder=path.parent, reason=error.strerror) from error
            self._base = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
            with contextlib.ExitStack() as on_failure:
                on_failure.callback(self._base.close)
                version = self._prepare()
                on_failure.pop_all()
        note("store", "opened", schema=version)

    def __enter__(self) -> Self:
        """Return itself, open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._base.close()

    def _prepare(self) -> int:
        """Bring the file to the present schema and return the one it had; refuse a newer one and what is no store."""
        told = "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master)"  # at one moment
        told += " FROM pragma_user_version, pragma_application_id"
        version, marked, tables = map(int, self._base.execute(told).fetchone())
        if marked != APPLICATION_ID and (tables or version):
            raise StoreError("store-foreign", path=self.path)
        if version > SCHEMA_VERSION:
            raise StoreError("store-newer", path=self.path, got=version, expected=SCHEMA_VERSION)
        self._write_ahead()
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute("PRAGMA foreign_keys = ON")
        if version < SCHEMA_VERSION:
            with self._writing():  # looked at again inside: another run may have been faster
                now = int(self._base.execute("PRAGMA user_version").fetchone()[0])
                for step in STEPS[now:]:
                    for statement in filter(str.strip, step.split(";")):
                        self._base.execute(statement)
                self._base.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                self._base.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        return version

    def _write_ahead(self) -> None:
        """Keep a write-ahead log; while another run begins one in the same new file, SQLite does not wait by itself."""
        until = time.monotonic() + _WAIT_SECONDS
        while True:
            try:
                self._base.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.01)
            else:
                return

    # What a file holds

    def drafts(self, key: str) -> bytes | None:
        """Return what :meth:`keep_drafts` kept under ``key``."""
        with self._spoken():
            row = self._base.execute("SELECT drafts, digest FROM files WHERE key = ?", (key,)).fetchone()
        return row[0] if row and row[1] == _digest(key, row[0]) else None

    def keep_drafts(self, key: str, content: str, drafts: bytes) -> None:
        """Keep the reports of one file; ``content`` is its :func:`content_hash`."""
        with self._writing():
            row = (key, content, drafts, _digest(key, drafts))
            self._base.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", row)

    # What was read in a report

    def readings(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return, by key, what :meth:`keep_reading` kept; keys without a reading, or a whole one, are left out."""
        found: dict[str, bytes] = {}
        with self._spoken():
            for some in _portions(keys):
                wanted = f"SELECT key, reading, digest FROM readings WHERE key IN ({','.join('?' * len(some))})"  # noqa: S608 - question marks
                rows = self._base.execute(wanted, some)
                found |= {key: reading for key, reading, digest in rows if digest == _digest(key, reading)}
        return found

    def keep_reading(self, key: str, reading: bytes, *, report_id: str, content: str, reader: str, pack: str) -> None:
        """Keep what was read in one report, and by which reader and area pack.

        An earlier reading of the same report by another reader or pack is given up.
        """
        with self._writing():
            self._base.execute("DELETE FROM readings WHERE report_id = ? AND content = ?", (report_id, content))
            self._base.execute(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)",
                (key, report_id, content, reader, pack, reading, _digest(key, reading)),
            )

    # What a report is called outside

    def numbers(self, report_ids: Sequence[str]) -> list[int]:
        """Return a number for each report, ever the same one; new ones are given in this order, and none twice."""
        with self._writing():
            rows = [(report_id,) for report_id in report_ids]
            self._base.executemany("INSERT OR IGNORE INTO numbers (report_id) VALUES (?)", rows)
            wanted = "SELECT number FROM numbers WHERE report_id = ?"
            return [int(self._base.execute(wanted, row).fetchone()[0]) for row in rows]

    # What was built

    def keep_build(self, build: Build) -> int:
        """Keep a build with its records and return its number."""
        run = _json(build.run)
        rows = [(name, *kept) for name, kept in sorted(build.records.items())]
        digest = _build_digest(build.series, build.fingerprint, run, rows)
        with self._writing():
            row = self._base.execute(
                "INSERT INTO builds (series, fingerprint, run, digest) VALUES (?, ?, ?, ?) RETURNING build",
                (build.series, build.fingerprint, run, digest),
            ).fetchone()
            number = int(row[0])
            self._base.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?)", ((number, *row) for row in rows))
            gone = ((old, new, number) for old, new in sorted(build.successors.items()))
            self._base.executemany("INSERT OR REPLACE INTO successors VALUES (?, ?, ?)", gone)
        note("store", "build kept", build=number, records=len(rows))
        return number

    def last_build(self, series: str | None = None, *, but: str = "", wrote: str = "") -> int | None:
        """Return the number of the newest build, of one series or of all.

        Maps of fingerprint ``but`` are passed over, and builds that did not write the file ``wrote``.
        """
        with self._spoken():
            wanted = (
                "SELECT max(build) FROM builds WHERE (:series IS NULL OR series = :series) AND fingerprint != :but"
                " AND (:wrote = '' OR instr(run, :wrote) > 0)"
            )
            told = {"series": series, "but": but, "wrote": wrote and json.dumps(wrote)}
            row = self._base.execute(wanted, told).fetchone()
        return None if row[0] is None else int(row[0])

    def series_of(self, build: int) -> str | None:
        """Return the series a build belongs to; None: there is no such build."""
        with self._spoken():
            row = self._base.execute("SELECT series FROM builds WHERE build = ?", (build,)).fetchone()
        return None if row is None else str(row[0])

    def records(self, build: int) -> dict[str, Kept]:
        """Return the records of one build by id."""
        with self._spoken():
            rows = self._whole(build)
        return {name: Kept(*row) for name, *row in rows}

    def _whole(self, build: int) -> list[tuple[str, str, str, str]]:
        """Return the rows of a build's records, after making sure that they and its run record are what was kept."""
        rows = self._rows(build)
        told = self._base.execute("SELECT series, fingerprint, run, digest FROM builds WHERE build = ?", (build,))
        for series, fingerprint, run, digest in told.fetchall():
            if digest not in ("", _build_digest(series, fingerprint, run, rows)):
                raise StoreError("store-damaged", path=self.path, reason=f"build {build}")
        return rows

    def _rows(self, build: int) -> list[tuple[str, str, str, str]]:
        wanted = "SELECT record_id, kind, summary, anchors FROM records WHERE build = ? ORDER BY record_id"
        return self._base.execute(wanted, (build,)).fetchall()

    def successors(self) -> dict[str, str]:
        """Return, for each record that went into another, which one."""
        with self._spoken():
            return dict(self._base.execute("SELECT record_id, successor FROM successors"))

    def run_of(self, build: int) -> dict[str, Any]:
        """Return the run record of one build."""
        with self._spoken():
            row = self._base.execute("SELECT run FROM builds WHERE build = ?", (build,)).fetchone()
        return {} if row is None else self._run(row[0])

    def _run(self, written: Any) -> dict[str, Any]:
        try:
            return dict(json.loads(written))
        except (TypeError, ValueError):
            raise StoreError("store-damaged", path=self.path, reason="run") from None

    # What has to go

    def texts_of(self, report_id: str) -> list[str]:
        """Return the content hashes of all texts that were read under a report's id."""
        with self._spoken():
            rows = self._base.execute("SELECT content FROM readings WHERE report_id = ?", (report_id,))
            return sorted({content for (content,) in rows})

    def reports_with(self, contents: Iterable[str]) -> dict[str, bytes]:
        """Return, by report id, one reading of each report whose text has one of these content hashes.

        A reading that is damaged is empty.
        """
        found: dict[str, bytes] = {}
        with self._spoken():
            for content in contents:
                wanted = "SELECT report_id, key, reading, digest FROM readings WHERE content = ?"
                for report_id, key, reading, digest in self._base.execute(wanted, (content,)):
                    found[report_id] = reading if digest == _digest(key, reading) else b""
        return found

    def all_drafts(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield key, content hash and drafts of every file; damaged ones are left out."""
        with self._spoken():
            rows = self._base.execute("SELECT key, content, drafts, digest FROM files").fetchall()
        yield from ((key, content, drafts) for key, content, drafts, digest in rows if digest == _digest(key, drafts))

    def purge(self, *, report_ids: Collection[str], contents: Collection[str], files: Collection[str]) -> None:
        """Take reports and all that rests on them out of the file itself; then :meth:`scrub`.

        Their readings and files go, and in every build the records they tell and their entry in the run record.
        Whatever is damaged goes too: it cannot be shown to hold nothing of them.
        """
        with self._spoken():
            self._base.execute("PRAGMA secure_delete = ON")
        with self._writing():
            self._drop_damaged()
            builds = self._base.execute("SELECT build, series, fingerprint, run FROM builds").fetchall()
            self._base.executemany("DELETE FROM files WHERE key = ?", ((key,) for key in files))
            self._base.executemany("DELETE FROM readings WHERE content = ?", ((content,) for content in contents))
            for report_id in report_ids:
                self._base.execute("DELETE FROM readings WHERE report_id = ?", (report_id,))
                self._base.execute("DELETE FROM numbers WHERE report_id = ?", (report_id,))
                anchored = json.dumps([f"{report_id}\x1f"])[1:-2]  # as an anchor begins, in JSON
                told = "SELECT record_id FROM records WHERE instr(anchors, :anchored)"
                self._base.execute(
                    f"DELETE FROM successors WHERE record_id IN ({told}) OR successor IN ({told})",  # noqa: S608 - constant text
                    {"anchored": anchored},
                )
                self._base.execute("DELETE FROM records WHERE instr(anchors, ?)", (anchored,))
            for build, series, fingerprint, run in builds:
                without = _json(run_without(self._run(run), report_ids))
                digest = _build_digest(series, fingerprint, without, self._rows(build))
                self._base.execute("UPDATE builds SET run = ?, digest = ? WHERE build = ?", (without, digest, build))
        note("store", "purged", reports=len(report_ids))
        self.scrub()

    def _drop_damaged(self) -> None:
        for table, what in (("files", "drafts"), ("readings", "reading")):
            rows = self._base.execute(f"SELECT key, {what}, digest FROM {table}")  # noqa: S608 - constant names
            damaged = [(key,) for key, kept, digest in rows if digest != _digest(key, kept)]
            self._base.executemany(f"DELETE FROM {table} WHERE key = ?", damaged)  # noqa: S608 - as above
        for (build,) in self._base.execute("SELECT build FROM builds").fetchall():
            try:
                self._whole(build)
            except StoreError:
                self._base.execute("DELETE FROM builds WHERE build = ?", (build,))  # its records go with it

    def scrub(self) -> None:
        """Rebuild the file without its freed pages and empty the write-ahead log, so that nothing deleted is left.

        Raises
        ------
        StoreError
            ``store-busy``: another run still reads the log, which therefore keeps what was deleted.
        """
        with self._spoken():
            self._base.execute("VACUUM")
            busy = self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise StoreError("store-busy", path=self.path)

    # How errors are said

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Do what follows as one transaction: whole, or not at all."""
        with self._spoken(), self._base:  # the connection commits, or rolls back on an error
            self._base.execute("BEGIN IMMEDIATE")
            yield

    @contextlib.contextmanager
    def _spoken(self) -> Iterator[None]:
        """Turn what SQLite says into one sentence of ours."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code, without its details
            raise StoreError(_CODES.get(code, "store-failed"), path=self.path, reason=error) from error
        except UnicodeDecodeError as error:  # what SQLite says quotes bytes of a damaged file
            raise StoreError("store-damaged", path=self.path, reason=error.reason) from error


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


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True)


def _digest(*parts: object) -> str:
    """Return the SHA-256 of parts as they stand in a row; a cell of another type than ours has another."""
    raw = [part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass") for part in parts]
    return hashlib.sha256(b"\x1f".join([*raw, b""])).hexdigest()


def _build_digest(series: str, fingerprint: str, run: str, rows: Iterable[tuple[str, ...]]) -> str:
    return _digest(series, fingerprint, run, *(part for row in rows for part in row))


def _portions(keys: Iterable[str]) -> Iterator[list[str]]:
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
