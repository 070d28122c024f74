"""The log of a run: when what happened, in how many and to which hash; never a word of a report.

A log is what people send along when they ask for help. So a line is made of constants of this program,
numbers, and hashes cut short: a report is named by the hash of its text alone. What a library says may
quote a report, so only that it spoke is noted, and where. Nothing has to be purged when a report is
withdrawn.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sys
import time
from typing import TYPE_CHECKING

from mapper.errors import MapperError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["logged", "note"]

_OURS = "mapper"
_HASH_CHARS = 12  # as of the map's fingerprint: enough to find it in a run record


def note(stage: str, event: str, *, level: int = logging.INFO, **facts: float | str) -> None:
    """Note an event of a stage.

    Parameters
    ----------
    stage, event
        Constants of the program: words, never data.
    level
        As in :mod:`logging`.
    facts
        Numbers, and hashes in hexadecimal digits; any other string is noted as "?".
    """
    shown = " ".join(f"{name}={_shown(value)}" for name, value in facts.items())
    logging.getLogger(f"{_OURS}.{stage}").log(level, "%s", f"{event} {shown}".rstrip())


@contextlib.contextmanager
def logged(file: Path | None, tell: Callable[[OSError], None], *, verbose: bool = False) -> Iterator[None]:
    """Write the log of what follows to standard error (``verbose``), and in full to a file.

    Parameters
    ----------
    file
        Lines are added to it; it is made, readable by its owner alone, where there is none.
    tell
        Told once when a line cannot be written; the run goes on without its log.
    verbose
        Whether to log to standard error too, from ``INFO`` on.

    Raises
    ------
    OutputError
        ``log-file``: the file cannot be opened.
    """
    handlers: list[logging.Handler] = []
    if verbose:
        handlers.append(logging.StreamHandler(sys.stderr))
        handlers[0].setLevel(logging.INFO)
    if file:
        try:
            handlers.append(_LogFile(file, tell))
        except (OSError, ValueError) as error:
            raise OutputError("log-file", path=file, reason=getattr(error, "strerror", error)) from error
    handlers = handlers or [logging.NullHandler()]  # with none at all, libraries' warnings go to standard error
    root, own = logging.getLogger(), logging.getLogger(_OURS)
    for handler in handlers:
        handler.setFormatter(_Line())
        root.addHandler(handler)
    before = own.level
    own.setLevel(logging.DEBUG if file else logging.INFO)
    try:
        yield
    except MapperError as error:
        note("run", f"failed {error.code}", level=logging.ERROR)
        raise
    finally:
        own.setLevel(before)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()


class _Line(logging.Formatter):
    """One record as one line: time in UTC, level, stage, event and facts."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        at = f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')}.{int(record.msecs):03d}Z"
        room, _, stage = record.name.partition(".")
        if room == _OURS:
            return f"{at} {record.levelname} {stage} {record.getMessage()}"
        library = re.sub(r"[^\w.]", "?", record.name)  # its words, and the file names in them, stay out
        return f"{at} {record.levelname} library {library}:{record.lineno}"


class _LogFile(logging.Handler):
    """Adds each line to a file in one write, so that the lines of two runs at once do not mix."""

    def __init__(self, path: Path, tell: Callable[[OSError], None]) -> None:
        super().__init__(logging.DEBUG)
        self._tell: Callable[[OSError], None] | None = tell
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            os.write(self._file, f"{self.format(record)}\n".encode())
        except OSError as error:
            tell, self._tell = self._tell, None
            if tell:
                tell(error)

    def close(self) -> None:
        os.close(self._file)
        super().close()


def _shown(value: float | str) -> str:
    if isinstance(value, str):
        return value[:_HASH_CHARS] if re.fullmatch(r"[0-9a-f]{12,64}", value) else "?"
    return f"{value:g}" if isinstance(value, float) else str(int(value))
