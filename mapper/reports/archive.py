"""Zip archives (Word files, workbooks, chat exports), looked over before anything in them is unfolded."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from mapper.errors import ReportError

if TYPE_CHECKING:
    from mapper.reports.draft import Intake

__all__ = ["ARCHIVE_FAULTS", "open_archive", "refuse_entities"]

_MB = 1_000_000
_MAX_ENTRIES = 10_000
_ENCRYPTED = 0x1
_HEAD_BYTES = 4096
# A document type is where an XML file defines entities; no office program writes one.
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ARCHIVE_FAULTS = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError, RuntimeError)
"""What ``zipfile`` raises for an archive that is cut off, damaged or of a kind it does not know."""


def open_archive(raw: bytes, intake: Intake) -> zipfile.ZipFile:
    """Open an archive whose contents stay within the limits.

    Raises
    ------
    ReportError
        ``report-zip-broken``; ``report-password``; ``report-unpacked``: its directory lists more than
        ``limits.unpacked_mb`` or 10,000 files. ``zipfile`` never unfolds more than the directory lists.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
        entries = archive.infolist()
    except ARCHIVE_FAULTS:
        raise ReportError("report-zip-broken", name=intake.name) from None
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise ReportError("report-password", name=intake.name)
    unfolded = sum(entry.file_size for entry in entries)
    if unfolded > intake.limits.unpacked_mb * _MB or len(entries) > _MAX_ENTRIES:
        raise ReportError("report-unpacked", name=intake.name, limit_mb=intake.limits.unpacked_mb)
    return archive


def refuse_entities(archive: zipfile.ZipFile, intake: Intake) -> None:
    """Refuse an archive in which an XML part defines entities, by which a few bytes grow to gigabytes.

    Raises
    ------
    ReportError
        ``report-xml-entities``; ``report-zip-broken`` where a part cannot be read.
    """
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        try:
            with archive.open(entry) as part:
                head = part.read(_HEAD_BYTES)
        except ARCHIVE_FAULTS:
            raise ReportError("report-zip-broken", name=intake.name) from None
        if _DOCTYPE.search(head.replace(b"\0", b"")):  # without the zeros of UTF-16
            raise ReportError("report-xml-entities", name=intake.name)
