"""Mail and web archives (``.eml``, ``.mht``): the words of the message, not the people who sent it.

Who forwards an article is a private person: a personal mail keeps no sender, no addresses and no
date of its own. A newsletter or list of announcements states an outlet, and is dated; what members
write to a list they can answer to is personal.

The headers are read here from their raw lines: the library's modern policy parses addresses in
ways that fail, or take hours, on headers made to do harm.
"""

from __future__ import annotations

import binascii
import dataclasses
import email.errors
import re
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from mapper.errors import ReportError
from mapper.reports.decoding import decode
from mapper.reports.draft import Draft, Intake, parse_date, web_address
from mapper.reports.fragment import fragment_text
from mapper.reports.people import names_in_mail, without_people
from mapper.reports.privacy import GAP, Names

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from email.message import Message

__all__ = ["read_mail"]

_FAULTS = (LookupError, ValueError, RecursionError, AttributeError, TypeError, AssertionError, OverflowError)
_HEADER_CHARS = 2000
_REPLY = re.compile(r"^(?:(?:re|fw|fwd|rv|reenv|tr)\s*:\s*)+", re.IGNORECASE)
_STUB = 3  # a plain text so many times shorter than the HTML beside it only says to look at that
_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})  # as browsers do: cp1252
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})


def read_mail(raw: bytes, intake: Intake) -> Iterator[Draft]:
    """Yield the one report of a mail, or of a web page saved as one file.

    Raises
    ------
    ReportError
        ``report-mail-broken``; ``report-depth``: parts in parts in parts; ``report-empty``;
        ``report-password``: encrypted; ``report-no-article`` for a page.
    """
    try:
        message = email.message_from_bytes(raw)
        yield _saved_page(message, intake) if _is_saved_page(message) else _mail(message, intake)
    except ReportError:
        raise
    except RecursionError:
        raise ReportError("report-depth", name=intake.name, limit=intake.limits.depth) from None
    except _FAULTS:
        raise ReportError("report-mail-broken", name=intake.name) from None


def _mail(message: Message, intake: Intake) -> Draft:
    reading = _Reading(intake)
    text = "\n\n".join(filter(None, reading.texts(message, 0)))
    draft = _about(message, intake)
    people, addresses = names_in_mail(
        _header(part, field)
        for part in (message, *reading.forwarded)
        for field in (("to", "cc", "bcc", "from", "sender", "reply-to") if draft.private else ("to", "cc"))
    )
    for address in addresses:
        text = text.replace(address, GAP)
    if draft.private:
        text = without_people(text)
    names = Names(people)
    text = names.taken_out(text).strip()
    if not text:
        raise ReportError("report-password" if reading.encrypted else "report-empty", name=intake.name)
    warnings = (*draft.warnings, *(code for code, is_so in reading.warnings.items() if is_so))
    title = without_people(names.taken_out(draft.title)).strip() if draft.private else draft.title
    return dataclasses.replace(draft, text=text, title=title, warnings=warnings)


class _Reading:
    """One walk through the parts of a mail, and what was met on the way."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.forwarded: list[Message] = []
        self.encrypted = False
        self.warnings: dict[str, bool] = {"mail-attachments": False, "mail-truncated": False}

    def texts(self, part: Message, depth: int) -> Iterator[str]:
        """Yield the texts of a part in their order."""
        if depth > self.intake.limits.depth:
            raise ReportError("report-depth", name=self.intake.name, limit=self.intake.limits.depth)
        kind = part.get_content_type()
        self.encrypted = self.encrypted or kind in _ENCRYPTED
        if kind == "multipart/alternative" and part.is_multipart():
            yield self._alternative(part, depth)
        elif part.is_multipart():
            if kind == "message/rfc822":
                self.forwarded += [inner for inner in part.get_payload() if not isinstance(inner, str)]
            self._note_cut(part)
            for inner in part.get_payload():
                if not isinstance(inner, str):
                    yield from self.texts(inner, depth + 1)
        elif kind in {"text/plain", "text/html"} and part.get_content_disposition() != "attachment":
            text = self._text(part)
            yield fragment_text(text) if kind == "text/html" else text.strip()
        elif not kind.startswith("multipart/") and not part.get("Content-ID"):
            self.warnings["mail-attachments"] = True

    def _alternative(self, part: Message, depth: int) -> str:
        """Return the plain one of several forms of the same text, or the fuller one where that is a stub."""
        self._note_cut(part)
        forms = [
            (inner.get_content_type(), "\n\n".join(filter(None, self.texts(inner, depth + 1))))
            for inner in part.get_payload()
            if not isinstance(inner, str)
        ]
        plain = next((text for kind, text in forms if kind == "text/plain"), "")
        rich = max((text for kind, text in forms if kind != "text/plain"), key=len, default="")
        return plain if len(plain) * _STUB > len(rich) else rich

    def _note_cut(self, part: Message) -> None:
        names = {type(defect).__name__ for defect in part.defects}
        if names & {"CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect"}:
            self.warnings["mail-truncated"] = True

    def _text(self, part: Message) -> str:
        """Return a part's text in its own character set, else as any text file is read; soft line ends undone."""
        raw, cut = _bytes_of(part)
        self.warnings["mail-truncated"] = self.warnings["mail-truncated"] or cut
        text = _decoded(part, raw, self.intake).replace("\r\n", "\n").encode("utf-8", "replace").decode()
        if str(part.get_param("format", "")).lower() == "flowed":
            joint = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
            text = re.sub(r"(?<!\n--) \n(?![\n>])", joint, re.sub(r"^ (?=[ >]|From )", "", text, flags=re.MULTILINE))
        return text


def _decoded(part: Message, raw: bytes, intake: Intake) -> str:
    charset = part.get_content_charset("utf-8")
    try:
        return raw.decode("utf-8" if charset in _LATIN else charset)
    except (LookupError, ValueError):
        text, _ = decode(raw, intake.name) if raw else ("", ())
        return text


def _bytes_of(part: Message) -> tuple[bytes, bool]:
    """Return a part's content, and whether it is cut off. The library gives up on cut base64; here its rest is kept."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        content = part.get_payload(decode=True)
        return (content if isinstance(content, bytes) else b""), False
    letters = re.sub(r"[^A-Za-z0-9+/]", "", str(part.get_payload()))
    rest = len(letters) % 4
    whole = letters[: len(letters) - (rest == 1)]
    return binascii.a2b_base64(whole + "=" * (-len(whole) % 4)), rest == 1 or (
        "=" not in str(part.get_payload()) and rest > 0
    )


def _header(message: Message, name: str) -> str:
    """Return a header's text on one line; nothing where there is none."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")[:_HEADER_CHARS]
    try:
        text = raw.encode("ascii", "surrogateescape").decode("utf-8")
    except UnicodeDecodeError:
        text = raw.encode("ascii", "surrogateescape").decode("cp1252", "replace")
    except UnicodeEncodeError:
        text = raw.encode("utf-8", "replace").decode()
    try:
        text = str(make_header(decode_header(text)))
    except (*_FAULTS, email.errors.MessageError):
        text = re.sub(r"=\?.*?\?=", GAP, text)
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _about(message: Message, intake: Intake) -> Draft:
    """Return what the mail says of itself: much of a newsletter, only its subject of a personal one."""
    title = _REPLY.sub("", _header(message, "subject"))
    listed = _header(message, "list-id") or _header(message, "list-unsubscribe")
    if not listed or "mailto:" in _header(message, "list-post").lower():
        return Draft("", title=title, private=True)
    published, warnings = _published(message, intake)
    sender = parseaddr(_header(message, "from"))[0]
    return Draft(
        "",
        title=title,
        outlet=" ".join((sender or _header(message, "list-id").partition("<")[0].strip(' "')).split()),
        published=published,
        url=web_address(_header(message, "archived-at").strip("<> ")),
        warnings=warnings,
    )


def _published(message: Message, intake: Intake) -> tuple[dt.date | None, tuple[str, ...]]:
    """Return the day a newsletter went out, in the area's zone."""
    written = _header(message, "date")
    if not written:
        return None, ()
    try:
        return parse_date(parsedate_to_datetime(written).isoformat(), intake.name, intake.time_zone), ()
    except (ReportError, ValueError, TypeError, IndexError, OverflowError):
        return None, ("date-not-understood",)


def _is_saved_page(message: Message) -> bool:
    """Tell what a browser saved: it says so, or it is a page that nobody sent to anybody."""
    if message.get("Snapshot-Content-Location") or "saved by" in _header(message, "from").lower():
        return True
    return message.get_content_type() == "multipart/related" and not any(
        message.get(field) for field in ("From", "To", "Received")
    )


def _saved_page(message: Message, intake: Intake) -> Draft:
    from mapper.reports.page import read_page, text_of_page

    root = _root(message, intake, 0)
    if root is None:
        raise ReportError("report-no-article", name=intake.name)
    raw, _ = _bytes_of(root)
    content, warnings = text_of_page(raw, intake)
    page = read_page(content, intake.name, intake.time_zone)
    addresses = (page.url, _header(message, "snapshot-content-location"), _header(root, "content-location"))
    return dataclasses.replace(
        page,
        title=page.title or _header(message, "subject"),
        url=next(filter(None, map(web_address, addresses)), ""),
        warnings=warnings + page.warnings,
    )


def _root(part: Message, intake: Intake, depth: int) -> Message | None:
    """Return the first HTML part: those after it are its frames."""
    if depth > intake.limits.depth:
        raise ReportError("report-depth", name=intake.name, limit=intake.limits.depth)
    if not part.is_multipart():
        return part if part.get_content_type() in {"text/html", "application/xhtml+xml"} else None
    inner = (_root(one, intake, depth + 1) for one in part.get_payload() if not isinstance(one, str))
    return next((one for one in inner if one is not None), None)
