"""Finds the files to read, in a stable order, and names the reports."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["STDIN", "Source", "find_sources", "report_ids"]

STDIN = "-"
# Browsers save a page's pictures and scripts in a folder beside it.
_PAGE_FOLDERS = ("_files", "_archivos", ".files", "_fichiers")


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read: ``path`` (None: standard input) and the name it goes by, never a full machine path.

    ``real`` is the full path without links, by which a file that is met twice is known.
    """

    path: Path | None
    name: str
    real: str = ""


def find_sources(inputs: Sequence[Path | str]) -> Iterator[Source | ReportError]:
    """Yield every file of ``inputs`` once, or the error that stands in its place.

    Inputs keep their order; a folder is walked recursively, sorted by relative POSIX path. Hidden
    files, and the folders that browsers save beside a page, are left out; linked folders are
    followed, but never twice.
    """
    seen: set[str] = set()
    for given in inputs:
        if str(given) == STDIN:
            yield Source(None, "stdin")
            continue
        path = Path(given)
        name = _printable(path.name if path.is_absolute() or ".." in path.parts else path.as_posix())
        for item in _folder(path, name) if _is_folder(path) else [_file(path, name)]:
            real = item.real if isinstance(item, Source) else ""
            if real not in seen:
                yield item
            if real:
                seen.add(real)


def _is_folder(path: Path) -> bool:
    """Tell whether ``path`` is a folder; what cannot be looked at is not, and says why when it is read."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _file(path: Path, name: str) -> Source | ReportError:
    """Return an explicitly given file, or why it cannot be one."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ReportError("report-missing", name=name)
    except PermissionError:
        return ReportError("report-permission", name=name)
    except OSError as error:
        return ReportError("report-unreadable", name=name, reason=error.strerror)
    return Source(path, name, os.path.realpath(path)) if path.is_file() else ReportError("report-not-a-file", name=name)


def _folder(folder: Path, name: str) -> list[Source | ReportError]:
    """Return what a folder holds, or the error that it holds nothing."""
    found: list[tuple[str, Source | ReportError]] = []
    _walk(folder, folder, found, set())
    found.sort(key=lambda pair: pair[0])
    return [item for _, item in found] or [ReportError("report-folder-empty", name=name or ".")]


def _walk(root: Path, folder: Path, found: list[tuple[str, Source | ReportError]], seen: set[Path]) -> None:
    """Add the files under ``folder`` to ``found`` by their path relative to ``root``."""
    if (identity := folder.resolve()) in seen:
        return
    seen.add(identity)
    inside = folder.relative_to(root).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        name = _printable(inside if prefix else folder.name)
        found.append((_printable(inside), ReportError("report-folder-permission", name=name)))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path, name = Path(entry), _printable(prefix + entry.name)
        if _is_plain(entry):  # as nearly all are: nothing more to ask the disk
            found.append((name, Source(path, name, os.path.join(identity, entry.name))))  # noqa: PTH118 - thousands
        elif not _is_folder(path):
            found.append((name, _file(path, name)))
        elif not entry.name.endswith(_PAGE_FOLDERS):
            _walk(root, path, found, seen)


def _is_plain(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry of a folder is surely a file, and no link to one."""
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _printable(name: str) -> str:
    """Return a file name as valid Unicode, composed (macOS stores names decomposed)."""
    if name.isascii():
        return name
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def report_ids(sources: Sequence[Source]) -> list[str]:
    """Return a unique id for each source: its stem; where stems collide its name; then longer paths.

    All colliding sources change, so that ids do not depend on the order of the files.
    """
    ids = [source.name if source.path is None else Path(source.name).stem for source in sources]
    longer: dict[int, Iterator[str]] = {}
    while True:
        count = Counter(ids)
        moved = False
        for index, name in enumerate(ids):
            if count[name] > 1:
                rungs = longer.setdefault(index, _longer(sources[index]))
                step = next(rungs, None)
                moved |= step is not None
                ids[index] = step or name
        if not moved:
            return ids


def _longer(source: Source) -> Iterator[str]:
    """Yield the further ids a source could bear, the shortest first."""
    if source.path is None:
        return
    yield source.name
    parts = [_printable(part) for part in Path(source.real).parts]
    tails = ("/".join(parts[-length:]) for length in range(1, len(parts) + 1))
    yield from (tail for tail in tails if len(tail) > len(source.name))
