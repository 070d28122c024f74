"""The run record: what made a map, for whoever has to trace it. It holds no report's text."""

from __future__ import annotations

import platform
import time
from importlib import metadata
from typing import TYPE_CHECKING, Any

from mapper import __version__
from mapper.errors import message
from mapper.logs import note
from mapper.memory import libraries, reader_version
from mapper.store import content_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapper.model import Report

__all__ = ["Stopwatch", "run_record"]


class Stopwatch:
    """Seconds by stage, each since the stage before ended."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._last, 3)
        note("run", f"{stage} done", seconds=self.seconds[stage])
        self._last = now


def run_record(
    reports: Iterable[Report],
    *,
    pack: str,
    level: str,
    files: Mapping[str, int],
    counts: Mapping[str, int],
    seconds: Mapping[str, float],
) -> dict[str, Any]:
    """Return versions, inputs by hash, counts, the files written (name -> bytes) and seconds by stage.

    A public map's record names no report and counts none, as either would tell what was held back: its inputs are one
    hash of all.
    """
    texts = {report.report_id: content_hash(report.text) for report in reports}
    public, internal = level == "public", level == "internal"
    return {
        "mapper": __version__,
        "reader": reader_version(),
        "python": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in libraries()},
        "pack": pack,
        "level": level,
        **({"handling": [message("do-not-forward", language) for language in ("es", "en")]} if internal else {}),
        "inputs": content_hash("\n".join(sorted(texts.values()))),
        "reports": {} if public else texts,
        "files": dict(files),
        "counts": {} if public else dict(counts),
        "seconds": dict(seconds),
    }
