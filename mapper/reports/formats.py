"""Which reader a file needs: by its first bytes, which cannot be misspelt, then by its name.

A reader takes a file's bytes and an :class:`~mapper.reports.draft.Intake` and yields a draft for
every report in it, or a :class:`~mapper.errors.ReportError` for one (a row, a message) that cannot
be read while the others go on. Readers are imported where they are called.
"""

from __future__ import annotations

import importlib
import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mapper.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mapper.reports.draft import Draft, Intake

    Reader = Callable[[bytes, Intake], Iterable[Draft | ReportError]]

__all__ = ["IN_PROCESS", "detect_format", "reader_of"]

_READERS = {
    "plain": "mapper.reports.plain:read_plain_file",
    "markdown": "mapper.reports.markdown:read_markdown_file",
    "html": "mapper.reports.page:read_page_file",
    "pdf": "mapper.reports.pdf:read_pdf",
    "docx": "mapper.reports.word:read_docx",
    "xlsx": "mapper.reports.workbook:read_xlsx",
    "csv": "mapper.reports.table:read_csv",
    "jsonl": "mapper.reports.jsonlines:read_jsonl",
    "feed": "mapper.reports.feed:read_feed",
    "mail": "mapper.reports.mail:read_mail",
    "chat": "mapper.reports.chat:read_chat",
    "chat-zip": "mapper.reports.chat:read_chat_zip",
}
IN_PROCESS = frozenset({"plain", "markdown"})
"""Formats so simple that reading them needs no process of its own."""

_SUFFIXES = {
    "plain": ("", ".txt", ".text"),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "pdf": (".pdf",),
    "docx": (".docx", ".docm"),
    "xlsx": (".xlsx", ".xlsm"),
    "csv": (".csv", ".tsv", ".tab"),
    "jsonl": (".jsonl", ".ndjson", ".json"),
    "feed": (".rss", ".atom", ".xml", ".rdf"),
    "mail": (".eml", ".mht", ".mhtml"),
}
_BY_SUFFIX = {suffix: name for name, suffixes in _SUFFIXES.items() for suffix in suffixes}
# What cannot be read, by how it begins or is called, and the message that says what to do instead.
_REFUSED_MAGIC = {
    "report-image": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"),
    "report-audio": (b"ID3", b"OggS", b"fLaC", b"\xff\xfb", b"\xff\xf3", b"\x1aE\xdf\xa3", b"#!AMR"),
    "report-old-office": (b"\xd0\xcf\x11\xe0", b"{\\rtf"),
    "report-archive": (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ"),
}
_REFUSED_SUFFIXES = {
    "report-image": ".png .jpg .jpeg .gif .bmp .tif .tiff .webp .heic .avif .svg",
    "report-audio": ".mp3 .ogg .oga .opus .m4a .aac .wav .flac .amr .mp4 .mov .avi .mkv .webm .3gp",
    "report-old-office": ".doc .rtf .odt .ods .xls .ppt .pptx .odp .pages .numbers .epub .msg",
    "report-archive": ".gz .7z .rar .tar .bz2 .xz .tgz",
}
_REFUSED_BY_SUFFIX = {suffix: code for code, names in _REFUSED_SUFFIXES.items() for suffix in names.split()}
_MEDIA_BRANDS = {b"heic": "report-image", b"heix": "report-image", b"mif1": "report-image", b"avif": "report-image"}
_HEAD_BYTES = 4096
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(rb"<(?:rss|rdf:RDF|(?:\w+:)?feed)\b", re.IGNORECASE)
_MAIL = re.compile(rb"(?:From [^\r\n]*\r?\n)?(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2}")
_MAIL_FIELD = re.compile(
    rb"^(?:MIME-Version|Received|Message-ID|From|Delivered-To|Return-Path):", re.IGNORECASE | re.MULTILINE
)


def detect_format(raw: bytes, suffix: str, name: str) -> str:
    """Return the name of the format of a file.

    Parameters
    ----------
    raw
        Its bytes.
    suffix
        The end of its name in lower case with its dot; empty for pasted text, which is looked at closer.
    name
        What the file goes by, for the error.

    Raises
    ------
    ReportError
        ``report-image``, ``report-audio``, ``report-old-office``, ``report-archive``,
        ``report-format-unknown``: nothing here reads it, and what to do instead.
    """
    head = raw[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    if found := _by_magic(raw, head, name):
        return found
    if suffix in _REFUSED_BY_SUFFIX:
        raise ReportError(_REFUSED_BY_SUFFIX[suffix], name=name)
    if suffix and suffix not in _BY_SUFFIX and not _FEED.search(head):
        raise ReportError("report-format-unknown", name=name, suffix=suffix)
    if _PAGE.match(head) and suffix not in {".eml", ".mht", ".mhtml", ".md", ".markdown"}:
        return "html"
    if suffix not in _SUFFIXES["plain"]:
        return _BY_SUFFIX.get(suffix, "feed")
    return _by_look(raw, head)


def reader_of(name: str) -> Reader:
    """Return the reader of a format by its name."""
    module, _, function = _READERS[name].partition(":")
    reader: Any = getattr(importlib.import_module(module), function)
    return reader  # type: ignore[no-any-return]  # found by name


def _by_magic(raw: bytes, head: bytes, name: str) -> str:
    """Return the format that the first bytes show beyond doubt, nothing where they do not, or refuse it."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for code, beginnings in _REFUSED_MAGIC.items():
        if head.startswith(beginnings):
            raise ReportError(code, name=name)
    if head[:4] == b"RIFF":
        raise ReportError("report-image" if head[8:12] == b"WEBP" else "report-audio", name=name)
    if head[4:8] == b"ftyp":
        raise ReportError(_MEDIA_BRANDS.get(head[8:12], "report-audio"), name=name)
    return _inside_zip(raw, name) if head.startswith(b"PK\x03\x04") else ""


def _inside_zip(raw: bytes, name: str) -> str:
    """Tell Word files, workbooks and chat exports apart by the names of what they hold."""
    try:
        names = zipfile.ZipFile(BytesIO(raw)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise ReportError("report-zip-broken", name=name) from None
    if any(entry.startswith("word/") for entry in names):
        return "docx"
    if any(entry.startswith("xl/") for entry in names):
        return "xlsx"
    if any(entry.startswith(("ppt/", "mimetype", "Index/")) for entry in names):
        raise ReportError("report-old-office", name=name)
    if sum(entry.lower().endswith(".txt") for entry in names) == 1:
        return "chat-zip"
    raise ReportError("report-archive", name=name)


def _by_look(raw: bytes, head: bytes) -> str:
    """Tell what text without a telling name holds: pasted, or saved as .txt."""
    from mapper.reports.chat import looks_like_chat

    if _FEED.search(head) and head.lstrip().startswith(b"<"):
        return "feed"
    if head.lstrip().startswith(b"{") and b'"' in head:
        return "jsonl"
    if _MAIL.match(head) and len(_MAIL_FIELD.findall(head)) > 1:
        return "mail"
    if looks_like_chat(raw):
        return "chat"
    return "plain"
