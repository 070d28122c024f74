"""The process that opens files others made: ``python -m mapper.reports.worker``.

Requests come on standard input: one line of JSON (format, size, intake), then the file's bytes.
Answers go to standard output as lines of JSON: ``{"draft": …}`` or ``{"error": …}`` each, then
``{"end": true}``. JSON and not pickle: what a hostile file makes of this process must not be able
to run code in the one that asks. Nothing is opened or written here, and no socket.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import socket
import sys
from typing import TYPE_CHECKING, Any

from mapper.errors import ReportError
from mapper.reports.draft import Draft, Intake, Limits
from mapper.reports.formats import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

__all__ = ["draft_from_json", "main"]


def main(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while head := requests.readline():
        asked = json.loads(head)
        raw = requests.read(asked["size"])
        intake = Intake(**(asked["intake"] | {"limits": Limits(**asked["intake"]["limits"])}))
        _limit_memory(intake.limits.memory_mb)
        answers.writelines(json.dumps(answer).encode() + b"\n" for answer in _answers(asked["format"], raw, intake))
        answers.write(b'{"end": true}\n')
        answers.flush()


def draft_from_json(value: dict[str, Any]) -> Draft:
    """Return the draft that an answer holds."""
    published = value["published"]
    day = dt.date.fromisoformat(published) if published else None
    return Draft(**(value | {"published": day, "warnings": tuple(value["warnings"])}))


def _answers(name: str, raw: bytes, intake: Intake) -> Iterator[dict[str, Any]]:
    """Yield what reading a file gives. An error nobody foresaw ends this process, and the asking one says so."""
    try:
        for item in reader_of(name)(raw, intake):
            yield _error(item) if isinstance(item, ReportError) else _draft(item)
    except ReportError as error:
        yield _error(error)


def _draft(draft: Draft) -> dict[str, Any]:
    published = draft.published.isoformat() if draft.published else ""
    return {
        "draft": {field.name: getattr(draft, field.name) for field in dataclasses.fields(Draft)}
        | {"published": published}
    }


def _error(error: ReportError) -> dict[str, Any]:
    return {
        "error": {
            "code": error.code,
            "facts": {key: value if isinstance(value, int) else str(value) for key, value in error.facts.items()},
        }
    }


def _limit_memory(limit_mb: int) -> None:
    """Bound this process's memory where the system can: Linux does, macOS and Windows do not."""
    if sys.platform != "linux":
        return
    import resource

    limit = limit_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    socket.has_ipv6 = False  # as in mapper.cli: an imported library would open a socket to try it
    _output = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    main(sys.stdin.buffer, _output)
