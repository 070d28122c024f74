"""Reading in a process of its own, which is ended when a file takes too long or too much.

One process serves a whole run and is started anew only after it had to be ended.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, Self

from mapper.errors import ReportError
from mapper.reports.worker import draft_from_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from mapper.reports.draft import Draft, Intake

__all__ = ["GuardedReader"]

_START_SECONDS = 20


class GuardedReader:
    """Reads files in a worker process; a context manager that ends it."""

    def __init__(self) -> None:
        self._worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Return itself; the process starts with the first file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._stop()

    def read(self, name: str, raw: bytes, intake: Intake) -> Iterator[Draft | ReportError]:
        """Yield what the reader of the format ``name`` yields for ``raw``.

        The last item is a ``ReportError`` where the worker had to be ended: ``report-time`` after
        ``intake.limits.seconds``, ``report-crashed`` when it died by itself. What came before stays.
        """
        fresh = self._worker is None
        worker = self._worker or self._start()
        overdue = threading.Event()

        def end() -> None:
            overdue.set()
            worker.kill()

        timer = threading.Timer(intake.limits.seconds + (_START_SECONDS if fresh else 0), end)
        timer.start()
        try:
            yield from self._exchange(worker, name, raw, intake)
        except (EOFError, OSError):
            self._stop()
            if overdue.is_set():
                yield ReportError("report-time", name=intake.name, limit=intake.limits.seconds)
            else:
                yield ReportError("report-crashed", name=intake.name, limit_mb=intake.limits.memory_mb)
        finally:
            timer.cancel()

    def _exchange(
        self, worker: subprocess.Popen[bytes], name: str, raw: bytes, intake: Intake
    ) -> Iterator[Draft | ReportError]:
        """Send a file, yield the answers; EOFError or OSError where the worker is gone."""
        if worker.stdin is None or worker.stdout is None:
            raise EOFError
        request = {"format": name, "size": len(raw), "intake": dataclasses.asdict(intake)}
        worker.stdin.write(json.dumps(request).encode() + b"\n")
        worker.stdin.write(raw)
        worker.stdin.flush()
        while line := worker.stdout.readline():
            if not line.endswith(b"\n"):
                break
            answer: dict[str, Any] = json.loads(line)
            if "end" in answer:
                return
            if "draft" in answer:
                yield draft_from_json(answer["draft"])
            else:
                yield ReportError(answer["error"]["code"], **answer["error"]["facts"])
        raise EOFError

    def _start(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONSAFEPATH": "1"}
        self._worker = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "mapper.reports.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        return self._worker

    def _stop(self) -> None:
        """End the worker and leave nothing open."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # what was still to be sent has no reader any more
