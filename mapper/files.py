"""Writing files whole or not at all."""

from __future__ import annotations

import contextlib
import glob
import hashlib
import os
import tempfile
import time
from pathlib import Path

from mapper.errors import OutputError
from mapper.logs import note

__all__ = ["require_folder", "require_writable", "write_atomic"]

# What a file created in the ordinary way gets; tempfile's own default is readable by its owner alone.
_MODE = 0o666
_PART_SECONDS = 600  # no file of ours takes so long to write


def require_folder(folder: Path) -> None:
    """Make sure that files can be written into ``folder``, which is created if need be.

    Raises
    ------
    OutputError
        ``output-folder``: the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputError("output-folder", folder=folder, reason=error.strerror) from error


def require_writable(path: Path) -> None:
    """Make sure that ``path`` can be written, so that a bad output folder is said before any work.

    Its folder is created if need be.

    Raises
    ------
    OutputError
        ``output-folder``: the folder cannot be made or written to; ``output-is-folder``: ``path``
        itself is a folder.
    """
    require_folder(path.parent)
    try:
        _clear_parts(path)
    except OSError as error:
        raise OutputError("output-folder", folder=path.parent, reason=error.strerror) from error
    if path.is_dir():
        raise OutputError("output-is-folder", path=path)


def write_atomic(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` in one step: readers see the old file or the new one, never a part.

    Raises
    ------
    OutputError
        ``output-file``: writing failed; an older file of that name is still there, unchanged.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_MODE & ~_umask())
        temporary.replace(path)
        note("files", "written", bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    except OSError as error:
        raise OutputError("output-file", path=path, reason=error.strerror) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):  # a disk that cannot be written need not let go of a part either
                temporary.unlink()


def _clear_parts(path: Path) -> None:
    """Remove what killed runs left half written; a younger part may belong to a run that is still at work."""
    for part in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - part.stat().st_mtime > _PART_SECONDS:
                part.unlink()


def _umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
