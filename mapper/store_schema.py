"""The store's tables, as steps from one schema version to the next; ``docs/store.md`` describes them."""

from __future__ import annotations

__all__ = ["APPLICATION_ID", "SCHEMA_VERSION", "STEPS"]

APPLICATION_ID = 0x6D617072  # "mapr": so that a stranger's database is not taken for a store

STEPS = (
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
        series      TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        run         TEXT NOT NULL
    );
    CREATE TABLE records (
        build     INTEGER NOT NULL REFERENCES builds (build) ON DELETE CASCADE,
        record_id TEXT NOT NULL,
        kind      TEXT NOT NULL,
        summary   TEXT NOT NULL,
        anchors   TEXT NOT NULL,
        PRIMARY KEY (build, record_id)
    ) WITHOUT ROWID;
    CREATE TABLE successors (
        record_id TEXT PRIMARY KEY,
        successor TEXT NOT NULL,
        build     INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX builds_by_series ON builds (series, build);
    CREATE INDEX readings_by_content ON readings (content);
    CREATE INDEX files_by_content ON files (content);
    """,
    # What was kept without a digest is read again.
    """
    DELETE FROM files;
    DELETE FROM readings;
    ALTER TABLE files ADD COLUMN digest TEXT NOT NULL DEFAULT '';
    ALTER TABLE readings ADD COLUMN digest TEXT NOT NULL DEFAULT '';
    ALTER TABLE builds ADD COLUMN digest TEXT NOT NULL DEFAULT '';
    """,
    # A reading no longer holds its report. Those written with it stay: they tell a withdrawal whose texts these are.
    "",
    # What a report is called where its own id, which comes of a file's name, may not leave.
    """
    CREATE TABLE IF NOT EXISTS numbers (
        number    INTEGER PRIMARY KEY AUTOINCREMENT,
        report_id TEXT NOT NULL UNIQUE
    );
    """,
    # A reading is lists, not objects, and has the gazetteer's places by their ids. The others stay, as before.
    "",
)
"""One step a schema version: a store of version n is brought forward by all steps after the n-th."""

SCHEMA_VERSION = len(STEPS)
