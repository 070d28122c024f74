"""Bytes -> text: utf-8 strictly, then cp1252, then repair of mojibake; never a silent guess.

Newlines stay as they are in the file (CRLF too), so that offsets into the text can be found
again in the file.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from mapper.errors import ReportError

if TYPE_CHECKING:
    from mapper.reports.draft import Intake

__all__ = ["decode", "text_of"]

_MAGIC = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "ZIP/DOCX",
    b"\xd0\xcf\x11\xe0": "DOC/XLS",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "GZIP",
    b"SQLite format 3": "SQLite",
}
# A utf-8 lead byte read as cp1252 and then a continuation byte read as cp1252. Cheap, and wider
# than real mojibake (it also matches é followed by a closing quote): it only says when to ask ftfy.
_SUSPECT = re.compile("[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")  # noqa: RUF001 - the characters meant
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE_CHARS = 4096
_MAX_CONTROL_SHARE = 0.05


def decode(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text in ``raw`` and the warning codes that its decoding earned.

    Parameters
    ----------
    raw
        A file's bytes. Byte order marks of utf-8 and utf-16 are understood and removed.
    name
        The report's name, for the error.

    Raises
    ------
    ReportError
        ``report-binary``: not text at all; ``report-encoding``: neither utf-8 nor cp1252.
    """
    for magic, kind in _MAGIC.items():
        if raw.startswith(magic):
            raise ReportError("report-binary", name=name, kind=kind)
    text, warnings = _decoded(raw, name)
    sample = text[:_SAMPLE_CHARS]
    if "\0" in text or len(_CONTROLS.findall(sample)) > _MAX_CONTROL_SHARE * len(sample):
        raise ReportError("report-binary", name=name, kind="?")
    repaired = _without_mojibake(text)
    if repaired != text:
        warnings = ("encoding-repaired",)
    return repaired, warnings


def text_of(raw: bytes, intake: Intake) -> tuple[str, tuple[str, ...]]:
    """Return a text file's words and the warnings of its decoding; refuse one without words.

    Raises
    ------
    ReportError
        As :func:`decode`; ``report-empty``.
    """
    content, warnings = decode(raw, intake.name)
    if not content.strip():
        raise ReportError("report-empty", name=intake.name)
    return content, warnings


def _decoded(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Decode by byte order mark, as utf-8, or as cp1252, in this order."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16"), ()
        except UnicodeDecodeError:
            raise ReportError("report-encoding", name=name) from None
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    if b"\0" in raw:
        raise ReportError("report-binary", name=name, kind="?")
    try:
        return raw.decode("cp1252"), ("encoding-cp1252",)
    except UnicodeDecodeError:
        raise ReportError("report-encoding", name=name) from None


def _without_mojibake(text: str) -> str:
    """Repair the lines in which utf-8 had been read as something else, and only those."""
    if not _SUSPECT.search(text):
        return text
    import ftfy
    from ftfy.badness import is_bad

    lines = text.splitlines(keepends=True)
    return "".join(ftfy.fix_encoding(line) if is_bad(line) else line for line in lines)
