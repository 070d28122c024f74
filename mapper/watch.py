"""``mapper watch``: building again whenever reports arrive, change or vanish.

Files are looked at twice a second rather than waiting for the system to tell: that works on shared
drives too, where most newsrooms keep their reports. A change counts once two looks in a row agree, so
that a file which is still being copied is not read by halves.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import ConfigError, MapperError, OutputError, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mapper.config import Config
    from mapper.serve import MapServer

__all__ = ["LOOK_SECONDS", "Seen", "changed", "keep_watch", "look", "watch"]

LOOK_SECONDS = 0.5
_MOST_CHANGES = 8
_AT_MOST = 0.1  # the share of the time spent looking: many files are looked at less often

Seen = dict[str, tuple[int, int, int]]


def look(inputs: Iterable[str], apart: Iterable[Path] = ()) -> Seen:
    """Return, by path, each file's size, time of change and number; what cannot be looked at is left out.

    Parameters
    ----------
    inputs
        Files and folders; folders are looked into as reading does, hidden entries left out.
    apart
        Folders that are not looked into: where the map is written.
    """
    left_out = {os.path.realpath(path) for path in apart}
    seen: Seen = {}
    folders: list[str] = []
    for name in inputs:
        if Path(name).is_dir():
            folders.append(name)
        else:
            _note(name, seen)
    visited = set()
    while folders:
        folder = folders.pop()
        real = os.path.realpath(folder)
        if real in visited or real in left_out:
            continue
        visited.add(real)
        try:
            entries = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir():
                folders.append(entry.path)
            else:
                _note(entry.path, seen)
    return seen


def _note(name: str, seen: Seen) -> None:
    try:
        state = Path(name).stat()
    except OSError:
        return
    seen[name] = (state.st_size, state.st_mtime_ns, state.st_ino)


def changed(looks: Callable[[], Seen], stop: threading.Event, first: Seen) -> Iterator[Seen]:
    """Yield what is there each time it has changed and stayed so for two looks; end when ``stop`` is set."""
    known, before = first, first
    pause = LOOK_SECONDS
    while not stop.wait(pause):
        begun = time.monotonic()
        now = looks()
        pause = max(LOOK_SECONDS, (time.monotonic() - begun) / _AT_MOST)
        if now == before != known:
            known = now
            yield now
        before = now


def watch(inputs: Iterable[str], apart: Iterable[Path], build: Callable[[], None], stop: threading.Event) -> None:
    """Build now, and again after each change, until ``stop`` is set.

    ``build`` says its own problems: a folder that is empty for a moment must not end the watch.
    """
    names = list(inputs)
    away = list(apart)
    first = look(names, away)
    build()
    for _ in changed(lambda: look(names, away), stop, first):
        build()


def keep_watch(config: Config, tell: Callable[[str], None], *, port: int | None = None) -> None:
    """Build, and build again after each change of the reports, until interrupted or asked to end.

    A build that fails says why and leaves the last good map; the watch goes on.

    Parameters
    ----------
    config
        As for a build.
    tell
        Takes each sentence.
    port
        Where to serve the map on this machine (0: any free port); None: nowhere.

    Raises
    ------
    ConfigError
        Standard input is among the reports.
    OutputError
        The port cannot be had.
    """
    from mapper import pipeline
    from mapper.changes_text import change_lines

    if "-" in config.inputs:
        raise ConfigError("watch-pasted")
    language = config.language
    with _served(config, port) as server, _until_stopped() as stop:
        tell(message("watch-begun", language, names=", ".join(config.inputs)))
        if server:
            tell(message("watch-served", language, address=server.address))

        def build() -> None:
            try:
                result = pipeline.build(config, None, tell)
            except MapperError as error:
                tell(error.in_language(language))
                return
            tell(message("watch-built", language, **result.counts))
            for line in change_lines(result.changes, language, _MOST_CHANGES) if result.changes else ():
                tell(line)
            if server:
                server.built()

        apart = [config.out, *([config.store.parent] if config.store else [])]
        watch(config.inputs, apart, build, stop)
    tell(message("watch-ended", language, path=config.out / config.map_name))


@contextlib.contextmanager
def _served(config: Config, port: int | None) -> Iterator[MapServer | None]:
    if port is None:
        yield None
        return
    from mapper.serve import MapServer

    try:
        server = MapServer(config.out / config.map_name, port)
    except OSError as error:
        raise OutputError("watch-port", port=port, reason=error.strerror) from error
    with server:
        yield server


@contextlib.contextmanager
def _until_stopped() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C and a request to end set; a build that is under way is finished first."""
    stop = threading.Event()
    before = {one: signal.signal(one, lambda *_: stop.set()) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
