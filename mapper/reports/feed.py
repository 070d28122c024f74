"""Saved RSS and Atom feeds: an entry a report. Nothing that a feed points to is fetched."""

from __future__ import annotations

import codecs
import re
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mapper.errors import ReportError
from mapper.reports.draft import Draft, excerpt, parse_date, web_address
from mapper.reports.fragment import fragment_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from mapper.reports.draft import Intake

__all__ = ["read_feed"]

_ENTITIES = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE[^>\[]{0,1000}\[)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_ROOT = re.compile(rb"<([A-Za-z][\w:.-]{0,60})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", re.ASCII | re.DOTALL)
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE | re.DOTALL)
# feedparser cuts the name wrongly out of an address in a domain with a long ending.
_ADDRESS_AND_NAME = re.compile(r"\S@\S+\s+\(([^()]{1,200})\)")
# In these versions dc:date is the only date there is; feedparser takes it for that of an update.
_DATED_BY_DC = frozenset({"rss10", "rss090"})


def read_feed(raw: bytes, intake: Intake) -> Iterator[Draft | ReportError]:
    """Yield the entries of a feed in their order.

    Yields
    ------
    Draft
        ``part`` is the entry's number. Warning ``feed-summary-only``: the feed holds no more than a summary.
    ReportError
        ``report-feed-entry-empty`` for an entry, ``report-feed-truncated`` last where a feed is cut off,
        ``report-rows`` where it has too many entries.

    Raises
    ------
    ReportError
        ``report-feed-entities``, ``report-feed-unknown`` (other XML), ``report-feed-broken``, ``report-feed-empty``.
    """
    import feedparser

    raw = _in_utf8(raw)
    plain = raw.replace(b"\0", b"")  # so that no other wide encoding hides anything
    if _ENTITIES.search(plain):
        raise ReportError("report-feed-entities", name=intake.name)
    # A stream, not the bytes: of text feedparser might think that it is an address to be fetched.
    try:
        feed = feedparser.parse(BytesIO(raw), resolve_relative_uris=False, sanitize_html=False)
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError):
        raise ReportError("report-feed-broken", name=intake.name) from None
    damaged = bool(feed.bozo) and type(feed.bozo_exception).__module__.startswith("xml")
    if not feed.entries:
        raise _no_entries(plain, damaged, bool(feed.get("version")), intake.name)
    for number, entry in enumerate(feed.entries, start=1):
        if number > intake.limits.rows:
            yield ReportError("report-rows", name=intake.name, limit=intake.limits.rows)
            return
        draft = _draft(entry, feed, number, intake)
        yield draft if draft.text else ReportError("report-feed-entry-empty", name=intake.name, row=number)
    if damaged:
        yield ReportError("report-feed-truncated", name=intake.name, count=len(feed.entries))


def _in_utf8(raw: bytes) -> bytes:
    """Return a utf-16 feed in utf-8, without the declaration that says otherwise; feedparser fails on some."""
    if not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw
    return _DECLARATION.sub("", raw.decode("utf-16", "replace")).encode("utf-8", "replace")


def _no_entries(raw: bytes, damaged: bool, is_feed: bool, name: str) -> ReportError:
    """Return why there is nothing to read."""
    root = _ROOT.search(raw)
    if damaged or root is None:
        return ReportError("report-feed-broken", name=name)
    if is_feed:
        return ReportError("report-feed-empty", name=name)
    return ReportError("report-feed-unknown", name=name, got=excerpt(root[1].decode("ascii", "replace")))


def _draft(entry: Any, feed: Any, number: int, intake: Intake) -> Draft:
    text = max(
        (fragment_text(str(content.get("value") or "")) for content in entry.get("content", ())), key=len, default=""
    )
    summary = "" if text else fragment_text(str(entry.get("summary") or ""))
    published, warnings = _published(entry, feed, intake)
    return Draft(
        text=text or summary,
        title=_line(entry.get("title")),
        language=_language(entry, feed.feed),
        published=published,
        outlet=_line(entry.get("source", {}).get("title") or feed.feed.get("title")),
        author=_author(entry),
        url=web_address(str(entry.get("link") or "")),
        part=str(number),
        warnings=(*(("feed-summary-only",) if summary else ()), *warnings),
    )


def _published(entry: Any, feed: Any, intake: Intake) -> tuple[dt.date | None, tuple[str, ...]]:
    """Return the day an entry was published, never that of an update, and the warning where it is unclear."""
    key = "updated" if feed.get("version") in _DATED_BY_DC and "published" not in entry else "published"
    written = str(entry[key] or "").strip() if key in entry else ""
    if not written:
        return None, ()
    try:
        if not _ISO.fullmatch(written):
            written = parsedate_to_datetime(written).isoformat()
        return parse_date(written, intake.name, intake.time_zone), ()
    except (ReportError, ValueError, TypeError, IndexError, OverflowError):
        return None, ("date-not-understood",)


def _author(entry: Any) -> str:
    """Return the names of the authors; RSS asks for a mail address before the name, in brackets."""
    stated = [author.get("name") for author in entry.get("authors", ()) if author] or [entry.get("author")]
    if bracketed := _ADDRESS_AND_NAME.search(str(entry.get("author") or "")):
        stated = [bracketed[1]]
    return ", ".join(dict.fromkeys(name for name in map(_line, stated) if name and "@" not in name))


def _language(entry: Any, channel: Any) -> str:
    """Return the two letters of the language that entry or feed states."""
    stated = [entry.get("language"), *(content.get("language") for content in entry.get("content", ()))]
    for value in (*stated, entry.get("title_detail", {}).get("language"), channel.get("language")):
        if value and (found := _LANGUAGE.fullmatch(str(value).strip())):
            return found[1].lower()
    return ""


def _line(value: Any) -> str:
    return " ".join(fragment_text(str(value or "")).split())
