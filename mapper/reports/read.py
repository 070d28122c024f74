"""Inputs -> reports, with what could not be read set aside and named."""

from __future__ import annotations

import dataclasses
import sys
from typing import TYPE_CHECKING

from mapper.errors import ReportError
from mapper.model import Report, SetAside
from mapper.reports.decoding import decode
from mapper.reports.draft import Overrides
from mapper.reports.language import SUPPORTED, detect_language
from mapper.reports.markdown import read_markdown
from mapper.reports.page import looks_like_page, read_page
from mapper.reports.plain import read_plain
from mapper.reports.sources import Source, find_sources, report_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from mapper.reports.draft import Draft

__all__ = ["MAX_BYTES", "NoReportsError", "read_reports"]

MAX_BYTES = 20_000_000
_READERS: dict[str, Callable[[str, str, str], Draft]] = {
    "": read_plain,
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
}
_LATER = frozenset({".pdf", ".docx", ".csv", ".xlsx", ".jsonl", ".json", ".xml", ".rss", ".atom"})


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
) -> tuple[tuple[Report, ...], tuple[SetAside, ...]]:
    """Read every report of ``inputs``; what cannot be read is set aside and the others go on.

    Parameters
    ----------
    inputs
        Files, folders (read recursively, sorted by relative path) and ``"-"`` for standard input.
    overrides
        What the user knows about the reports, used where a file does not say it.
    stdin
        What ``"-"`` stands for, plain text or a web page; None: the process's standard input.
    time_zone
        IANA name; publication times with an offset are dated in this zone.

    Returns
    -------
    reports, set_aside
        Reports with unique ``report_id`` (file stem; on collision the path), in the order of the
        inputs. ``Report.warnings`` are codes: ``encoding-cp1252``, ``encoding-repaired``,
        ``date-not-understood``, ``no-publication-date``, ``language-not-supported``.

    Raises
    ------
    NoReportsError
        Not one report could be read.
    """
    read: list[tuple[Source, Draft]] = []
    set_aside: list[SetAside] = []
    for item in find_sources(inputs):
        try:
            if isinstance(item, ReportError):
                raise item
            read.append((item, _draft(item, stdin, time_zone)))
        except ReportError as error:
            set_aside.append(SetAside(error.facts["name"], error.in_language("en"), error.in_language("es")))
    if not read:
        raise NoReportsError(tuple(set_aside))
    ids = report_ids([source for source, _ in read])
    reports = (_report(name, draft, overrides or Overrides()) for name, (_, draft) in zip(ids, read, strict=True))
    return tuple(reports), tuple(set_aside)


def _draft(source: Source, stdin: bytes | None, time_zone: str) -> Draft:
    """Read one source with the reader for its format."""
    reader = _READERS[""] if source.path is None else _reader(source.path.suffix.lower(), source.name)
    raw = _bytes(source, stdin)
    if len(raw) > MAX_BYTES:
        raise ReportError("report-too-large", name=source.name, limit_mb=MAX_BYTES // 1_000_000)
    if not raw.strip():
        raise ReportError("report-empty", name=source.name)
    content, warnings = decode(raw, source.name)
    if source.path is None and looks_like_page(content):
        reader = read_page
    draft = reader(content, source.name, time_zone)
    if not draft.text.strip():
        raise ReportError("report-empty", name=source.name)
    return dataclasses.replace(draft, warnings=warnings + draft.warnings)


def _reader(suffix: str, name: str) -> Callable[[str, str, str], Draft]:
    """Return the reader for a file name's suffix."""
    if suffix in _READERS:
        return _READERS[suffix]
    code = "report-format-later" if suffix in _LATER else "report-format-unknown"
    raise ReportError(code, name=name, suffix=suffix)


def _bytes(source: Source, stdin: bytes | None) -> bytes:
    """Return a source's bytes, and one more than allowed where it is too large."""
    if source.path is None:
        return sys.stdin.buffer.read(MAX_BYTES + 1) if stdin is None else stdin
    try:
        with source.path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except PermissionError:
        raise ReportError("report-permission", name=source.name) from None
    except OSError as error:
        raise ReportError("report-unreadable", name=source.name, reason=error.strerror) from None


def _report(report_id: str, draft: Draft, overrides: Overrides) -> Report:
    """Complete a draft with what the user said and the language its words are in."""
    published = draft.published or overrides.published
    language = draft.language or overrides.language or detect_language(draft.text)
    warnings = draft.warnings
    if published is None:
        warnings += ("no-publication-date",)
    if language not in SUPPORTED:
        warnings += ("language-not-supported",)
    return Report(
        report_id=report_id,
        text=draft.text,
        title=draft.title or overrides.title,
        language=language,
        published=published,
        outlet=draft.outlet or overrides.outlet,
        url=draft.url or overrides.url,
        warnings=warnings,
    )
