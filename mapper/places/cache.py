"""Answers of an online geocoder on disk, so that no name is asked for twice.

One SQLite file. A row is the raw answer of one service at one address to one name of one area, with the day
it was given; answers are judged anew each time they are read, so a better judgement needs no new request.
"""

from __future__ import annotations

import datetime as dt
import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import GeocodeError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

__all__ = ["AnswerCache", "Answers", "forget"]

_LOCK_WAIT_S = 2.0
_TABLE = """CREATE TABLE IF NOT EXISTS answers (
    service TEXT, address TEXT, area TEXT, name TEXT, asked_on TEXT NOT NULL, items TEXT NOT NULL,
    PRIMARY KEY (service, address, area, name))"""
_READ = "SELECT asked_on, items FROM answers WHERE service = ? AND address = ? AND area = ? AND name = ?"
_WRITE = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)"


def forget(file: Path, names: Iterable[str]) -> None:
    """Take what was asked for these folded names out of the file itself, whoever was asked.

    Raises
    ------
    GeocodeError
        If the file is damaged, locked or no cache of ours.
    """
    import sqlite3

    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(file, timeout=_LOCK_WAIT_S)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            with connection:
                connection.executemany("DELETE FROM answers WHERE name = ?", [(name,) for name in names])
            connection.execute("VACUUM")
    except sqlite3.Error as error:
        raise GeocodeError("online-cache", file=file.name, reason=str(error)[:100]) from error


@dataclass(frozen=True, slots=True)
class Answers:
    """What a service answered to one name (raw items, possibly none), and when."""

    items: tuple[Any, ...]
    asked_on: dt.date


class AnswerCache:
    """Answers to the names of one area, by one service.

    Parameters
    ----------
    file
        The cache's file; it and its folders are made when the first answer is kept.
    service, address, area
        What all answers of this cache are answers of.
    """

    def __init__(self, file: str, service: str, address: str, area: str) -> None:
        self._file = Path(file)
        self._key = (service, address, area)

    def get(self, name: str) -> Answers | None:
        """Return what was answered to a folded name, None if it was never asked.

        Raises
        ------
        GeocodeError
            If the file is damaged, locked or no cache of ours.
        """
        import sqlite3

        try:
            if not self._file.exists():
                return None
            with closing(self._open()) as connection:
                row = connection.execute(_READ, (*self._key, name)).fetchone()
            if row is None:
                return None
            items = json.loads(row[1])
            if not isinstance(items, list):
                raise self._fault(row[1])
            return Answers(tuple(items), dt.date.fromisoformat(row[0]))
        except (sqlite3.Error, OSError, ValueError, TypeError, RecursionError) as error:
            raise self._fault(error) from error

    def put(self, name: str, answers: Answers) -> None:
        """Keep what was answered to a folded name.

        Raises
        ------
        GeocodeError
            If the file cannot be written.
        """
        import sqlite3

        items = json.dumps(answers.items, ensure_ascii=True)
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # names may be confidential
            with closing(self._open()) as connection, connection:
                connection.execute(_WRITE, (*self._key, name, answers.asked_on.isoformat(), items))
        except (sqlite3.Error, OSError) as error:
            raise self._fault(error) from error

    def _open(self) -> sqlite3.Connection:
        import sqlite3

        connection = sqlite3.connect(self._file, timeout=_LOCK_WAIT_S)
        try:
            connection.execute(_TABLE)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _fault(self, problem: object) -> GeocodeError:
        reason = problem.strerror if isinstance(problem, OSError) else str(problem)
        return GeocodeError("online-cache", file=self._file.name, reason=str(reason)[:100])
