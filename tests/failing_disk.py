"""Builds on a disk that fails at a chosen change: what each run said and left behind, as JSON Lines.

Run as a program under ``failing_disk.c``. It imports everything once and forks for each case, so that a
hundred cases take no longer than a hundred builds of two short reports.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import json
import os
import shutil
import sqlite3
import sys
from pathlib import Path

STORIES = (
    "---\ndate: 2021-07-08\noutlet: Uno\n---\nDos hombres murieron el miércoles en un tiroteo en la Cota 905.\n",
    "---\ndate: 2021-07-09\noutlet: Dos\n---\nVecinos de El Cementerio huyeron el jueves hacia El Valle.\n",
)
OUTPUTS = ("map.html", "map.embed.html")


def run(folder: Path, disk: ctypes.CDLL, *fault: int) -> tuple[int, str, int]:
    """Build in a child process on a disk with this fault; return its exit code, words and tries to change the disk."""
    said, tried = folder.parent / "said", folder.parent / "tried"
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return code, said.read_text(encoding="utf-8"), int(tried.read_text())
    from mapper.cli import main

    output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.chdir(folder)
    disk.disk_fails(os.fsencode(folder), *fault or (0, 0, 0))
    code: object = 0
    try:
        main(["build", "reports", "--out", "out", "--embed", "--language", "en"])
    except SystemExit as stop:
        code = stop.code or 0
    except BaseException as error:  # noqa: BLE001 - the very thing that must not happen
        os.write(2, f"Traceback: {error!r}\n".encode())
        code = 70
    tried.write_text(str(disk.disk_changes()))
    os._exit(int(code))


def left(folder: Path) -> dict[str, bytes | None]:
    """Return the outputs by name; None: there is none."""
    files = {name: folder / "out" / name for name in OUTPUTS}
    return {name: path.read_bytes() if path.exists() else None for name, path in files.items()}


def store_is_whole(folder: Path) -> bool:
    """Tell whether SQLite finds no fault in the store."""
    with contextlib.closing(sqlite3.connect(folder / ".mapper" / "store.db")) as base:
        return base.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def main(room: Path, error: int, ever: int, step: int) -> None:
    """Try a failure at each change in turn, or at every so many."""
    from mapper import Config, pipeline, places

    places.load_area = functools.cache(places.load_area)
    disk = ctypes.CDLL(None)
    first, whole, case = room / "first", room / "whole", room / "case"
    (first / "reports").mkdir(parents=True)
    (first / "reports" / "uno.txt").write_text(STORIES[0], encoding="utf-8")
    pipeline.build(Config(inputs=(str(first / "reports"),), out=room / "warm"))  # imports and loads all there is
    run(first, disk)
    old = left(first)
    (first / "reports" / "dos.txt").write_text(STORIES[1], encoding="utf-8")
    shutil.copytree(first, whole)
    _, _, most = run(whole, disk)
    new = left(whole)
    for at in range(1, most + 1, step):
        shutil.copytree(first, case)
        code, said, _ = run(case, disk, at, error, ever)
        now = left(case)
        report = {
            "at": at,
            "code": code,
            "said": said,
            "outputs": all(now[name] in (old[name], new[name]) for name in OUTPUTS),
            "parts": sorted(path.name for path in case.rglob("*.part")),
            "whole": store_is_whole(case),
            "next": run(case, disk)[0],
            "finished": left(case) == new,
        }
        sys.stdout.write(json.dumps(report) + "\n")
        sys.stdout.flush()
        shutil.rmtree(case)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
