"""Inputs -> reports, with what could not be read set aside and named."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import sys
from typing import TYPE_CHECKING

from mapper.errors import ReportError
from mapper.model import Report, SetAside
from mapper.reports.draft import Draft, Intake, Limits, Overrides
from mapper.reports.formats import IN_PROCESS, detect_format, reader_of
from mapper.reports.guarded import GuardedReader
from mapper.reports.kept import drafts_key, dump_drafts, load_drafts
from mapper.reports.language import SUPPORTED, detect_language
from mapper.reports.sources import Source, find_sources, report_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from mapper.reports.kept import Kept

__all__ = ["NoReportsError", "read_reports"]

_MB = 1_000_000
_FIRST = 65_536  # bytes read at first, more than most files hold: room for the largest allowed is dear to make
# WhatsApp calls its exports and media so; mail files are called after their subject or sender.
_PRIVATE_NAME = re.compile(r"whats\s?app|\bchat\b|_chat\b|\.eml\b|\bPTT-|\bIMG-\d+-WA", re.IGNORECASE)


class NoReportsError(ReportError):
    """Nothing at all could be read; ``set_aside`` says why, file by file."""

    def __init__(self, set_aside: tuple[SetAside, ...]) -> None:
        self.set_aside = set_aside
        super().__init__("reports-none" if set_aside else "reports-not-given", count=len(set_aside))

    def in_language(self, language: str) -> str:
        """Return one line a file under the sentence; of a single file its reason says it all."""
        reasons = [item.reason_es if language == "es" else item.reason_en for item in self.set_aside]
        if len(reasons) == 1:
            return reasons[0]
        return "\n".join([super().in_language(language), *(f"  - {reason}" for reason in reasons)])


def read_reports(
    inputs: Sequence[Path | str],
    overrides: Overrides | None = None,
    stdin: bytes | None = None,
    *,
    time_zone: str = "",
    limits: Limits | None = None,
    columns: Mapping[str, str] | None = None,
    kept: Kept | None = None,
) -> tuple[tuple[Report, ...], tuple[SetAside, ...]]:
    """Read every report of ``inputs``; what cannot be read is set aside and the others go on.

    Parameters
    ----------
    inputs
        Files, folders (read recursively, sorted by relative path) and ``"-"`` for standard input.
    overrides
        What the user knows about the reports, used where a file does not say it.
    stdin
        What ``"-"`` stands for, in any format that is read; None: the process's standard input.
    time_zone
        IANA name; publication times with an offset are dated in this zone.
    limits
        What one file may cost.
    columns
        Which column of a table holds a field: ``{"text": "cuerpo"}``.
    kept
        What was read in earlier runs; a file whose bytes it knows is not read again.

    Returns
    -------
    reports, set_aside
        Reports with unique ``report_id`` (file stem; on collision the path; ``stem#part`` for one of
        several in a file; for private ones a name made of their content), in the order of the
        inputs. ``Report.warnings`` are codes of ``[warning-...]`` messages.

    Raises
    ------
    NoReportsError
        Not one report could be read.
    """
    base = Intake("", time_zone, limits or Limits(), dict(columns or {}))
    read: list[tuple[Source, list[Draft]]] = []
    set_aside: list[SetAside] = []
    with GuardedReader() as guarded:
        for source in find_sources(inputs):
            drafts = []
            for item in _read_one(source, stdin, base, guarded, kept):
                if isinstance(item, ReportError):
                    set_aside.append(_set_aside(item))
                else:
                    drafts.append(item)
            if drafts and isinstance(source, Source):
                read.append((source, drafts))
    if not read:
        raise NoReportsError(tuple(set_aside))
    ids = report_ids([source for source, _ in read])
    pairs = [pair for stem, (_, drafts) in zip(ids, read, strict=True) for pair in _named(stem, drafts)]
    reports = (_report(name, draft, overrides or Overrides()) for name, draft in pairs)
    return tuple(reports), tuple(set_aside)


def _read_one(
    source: Source | ReportError, stdin: bytes | None, base: Intake, guarded: GuardedReader, kept: Kept | None
) -> Iterator[Draft | ReportError]:
    """Yield the reports of one source and what could not be read of it."""
    if isinstance(source, ReportError):
        yield source
        return
    intake = dataclasses.replace(base, name=source.name)
    try:
        raw = _bytes(source, stdin, base.limits.file_mb)
    except ReportError as error:
        yield error
        return
    suffix = source.path.suffix.lower() if source.path else ""
    if kept is None:
        yield from _opened(raw, suffix, intake, guarded)
        return
    key = drafts_key(raw, suffix, intake)
    if known := kept.drafts(key):
        yield from load_drafts(known)
        return
    found = list(_opened(raw, suffix, intake, guarded))
    drafts = [item for item in found if isinstance(item, Draft)]
    if len(drafts) < len(found):  # a file with a fault is read again, so that the fault is named again
        yield from found
        return
    drafts = [draft if draft.language else _detected(draft) for draft in drafts]
    kept.keep_drafts(key, dump_drafts(drafts))
    yield from drafts


def _detected(draft: Draft) -> Draft:
    return dataclasses.replace(draft, detected=detect_language(draft.text))


def _opened(raw: bytes, suffix: str, intake: Intake, guarded: GuardedReader) -> Iterator[Draft | ReportError]:
    """Yield the reports in a file's bytes and what could not be read of them."""
    room = intake.limits.file_mb * _MB
    empty = True
    try:
        kind = detect_format(raw, suffix, intake.name)
        found = reader_of(kind)(raw, intake) if kind in IN_PROCESS else guarded.read(kind, raw, intake)
        for item in found:
            empty = False
            if isinstance(item, ReportError):
                yield item
                continue
            room -= len(item.text)
            if room < 0:
                raise ReportError("report-too-large", name=intake.name, limit_mb=intake.limits.file_mb)  # noqa: TRY301 - every problem of a file is named in one place
            yield _checked(item, intake)
        if empty:
            raise ReportError("report-empty", name=intake.name)  # noqa: TRY301 - as above
    except ReportError as error:
        yield error


def _checked(draft: Draft, intake: Intake) -> Draft | ReportError:
    """Return a draft, or why it is no report: no text, or far too much."""
    if not draft.text.strip():
        return ReportError("report-empty", name=intake.name)
    if len(draft.text) > intake.limits.text_mb * _MB:
        return ReportError("report-text-too-long", name=intake.name, limit_mb=intake.limits.text_mb)
    return draft


def _bytes(source: Source, stdin: bytes | None, limit_mb: int) -> bytes:
    """Return a source's bytes; refuse too many and none."""
    room = limit_mb * _MB
    try:
        if source.path is None:
            raw = sys.stdin.buffer.read(room + 1) if stdin is None else stdin
        else:
            with source.path.open("rb") as file:
                raw = file.read(_FIRST)
                if len(raw) == _FIRST:
                    raw += file.read(room + 1 - _FIRST)
    except PermissionError:
        raise ReportError("report-permission", name=source.name) from None
    except OSError as error:
        raise ReportError("report-unreadable", name=source.name, reason=error.strerror) from None
    if len(raw) > room:
        raise ReportError("report-too-large", name=source.name, limit_mb=limit_mb)
    if not raw.strip():
        raise ReportError("report-empty", name=source.name)
    return raw


def _set_aside(error: ReportError) -> SetAside:
    """Return what is said of a file that could not be read; a chat's or mail's name stays with the user."""
    name = str(error.facts["name"])
    private = _PRIVATE_NAME.search(name) is not None
    return SetAside(name, error.in_language("en"), error.in_language("es"), private)


def _named(stem: str, drafts: Sequence[Draft]) -> Iterator[tuple[str, Draft]]:
    """Yield the reports of one file with their ids: a part's own name unless two share it, then its place.

    A chat's file name holds the name of a person or group, so its reports are called by their content.
    """
    if any(draft.private for draft in drafts):
        digest = hashlib.sha256("\x1f".join(draft.text for draft in drafts).encode()).hexdigest()
        stem = f"private-{digest[:8]}"
    seen: set[str] = set()
    for number, draft in enumerate(drafts, start=1):
        part = " ".join(draft.part.split())
        if len(drafts) > 1 or part:
            part = part if part and part not in seen else f"{part}-{number}" if part else str(number)
        seen.add(part)
        yield (f"{stem}#{part}" if part else stem), draft


def _report(report_id: str, draft: Draft, overrides: Overrides) -> Report:
    """Complete a draft with what the user said and the language its words are in."""
    published = draft.published or overrides.published
    language = draft.language or overrides.language or draft.detected or detect_language(draft.text)
    warnings = draft.warnings
    if published is None:
        warnings += ("no-publication-date",)
    if language not in SUPPORTED:
        warnings += ("language-not-supported",)
    return Report(
        report_id=report_id,
        text=draft.text,
        title=draft.title or ("" if draft.private else overrides.title),
        language=language,
        published=published,
        outlet=draft.outlet or ("" if draft.private else overrides.outlet),
        author=draft.author,
        url=draft.url or ("" if draft.private else overrides.url),
        private=draft.private,
        warnings=warnings,
    )
