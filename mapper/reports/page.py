"""A saved web page: trafilatura finds the article, the page's own metadata says the rest.

trafilatura also offers titles, outlets and dates, but it guesses them (a date from the address or
a copyright line in the footer). A guessed date would shift every "on Friday" of the report, so
only what the page states as metadata counts: meta tags, schema.org JSON-LD, ``<time>``.
"""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from mapper.errors import ReportError
from mapper.reports.decoding import text_of
from mapper.reports.draft import Draft, parse_date, web_address
from mapper.reports.fragment import without_code

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from mapper.reports.draft import Intake

__all__ = ["read_page", "read_page_file", "text_of_page"]

_DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "pubdate",
    "publishdate",
    "dc.date",
    "date",
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w:-]{1,40})""", re.IGNORECASE | re.ASCII)
_HEAD_BYTES = 4096
# lxml refuses a decoded text that still declares an encoding.
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


def read_page_file(raw: bytes, intake: Intake) -> Iterator[Draft]:
    """Yield the one report of a saved web page."""
    content, warnings = text_of_page(raw, intake)
    draft = read_page(content, intake.name, intake.time_zone)
    yield dataclasses.replace(draft, warnings=warnings + draft.warnings)


def text_of_page(raw: bytes, intake: Intake) -> tuple[str, tuple[str, ...]]:
    """Return a page's text, by the character set it declares where it is not utf-8, and the warnings of its decoding.

    Raises
    ------
    ReportError
        As :func:`~mapper.reports.decoding.text_of`.
    """
    try:
        raw.decode()
    except UnicodeDecodeError:
        raw = _as_declared(raw)
    return text_of(raw, intake)


def _as_declared(raw: bytes) -> bytes:
    """Return ``raw`` in utf-8 if it declares a character set and keeps to it, else as it is."""
    found = _CHARSET.search(raw, 0, _HEAD_BYTES)
    declared = found[1].decode().lower() if found else ""
    charset = "cp1252" if declared in {"iso-8859-1", "latin1", "us-ascii"} else declared  # as browsers do
    try:
        return raw.decode(charset).encode() if charset else raw
    except (LookupError, ValueError):
        return raw


def read_page(content: str, name: str, time_zone: str = "") -> Draft:
    """Return the article of a page as a draft.

    Raises
    ------
    ReportError
        ``report-no-article``: the page holds no article text.
    """
    content = without_code(content)
    text = _article(content)
    if not text:
        raise ReportError("report-no-article", name=name)
    head = _Head()
    head.feed(content)
    published = _published(head, name, time_zone)
    outlet = _first(head.meta.get("og:site_name"), *head.schema("publisher"), head.meta.get("application-name"))
    title = _first(head.meta.get("og:title"), *head.schema("headline"), head.title)
    for separator in (" | ", " - ", " – ", " — "):
        title = title.removesuffix(separator + outlet)
    return Draft(
        text=text,
        title=title,
        published=published,
        outlet=outlet,
        author=_first(*_authors(head)),
        url=_first(*map(web_address, (head.canonical, head.meta.get("og:url", "")))),
        warnings=("date-not-understood",) if published is None and any(head.dates()) else (),
    )


def _article(content: str) -> str:
    """Return the article's text, one paragraph a line, or nothing."""
    import trafilatura

    content = _XML_DECLARATION.sub("", content)
    found = trafilatura.extract(content, include_comments=False, with_metadata=False)
    if not found:
        _, found, _ = trafilatura.baseline(content)
    return (found or "").strip()


def _first(*values: str | None) -> str:
    """Return the first value that says something, on one line."""
    return next((" ".join(value.split()) for value in values if value and value.strip()), "")


def _authors(head: _Head) -> Iterator[str]:
    """Yield the authors the page states by name; an address of a profile is no name."""
    for key in ("author", "article:author", "parsely-author", "dc.creator"):
        if not web_address(head.meta.get(key, "")):
            yield head.meta.get(key, "")
    yield ", ".join(dict.fromkeys(head.schema("author")))


def _published(head: _Head, name: str, time_zone: str) -> dt.date | None:
    """Return the first date stated by the page that is a date."""
    for value in head.dates():
        try:
            return parse_date(value, name, time_zone)
        except ReportError:
            continue
    return None


class _Head(HTMLParser):
    """Collects what a page states about itself: ``meta`` by lower-case name, title, address, dates."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.canonical = ""
        self.title = ""
        self._times: list[str] = []
        self._records: list[dict[str, Any]] = []
        self._open = ""
        self._in_article = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note meta tags, the canonical address and times."""
        given = {key: value or "" for key, value in attrs}
        if tag == "meta":
            key = given.get("property") or given.get("name") or given.get("itemprop") or ""
            self.meta.setdefault(key.lower(), given.get("content", ""))
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self.canonical = self.canonical or given.get("href", "")
        elif tag == "time" and given.get("datetime"):
            marked = "pubdate" in given or given.get("itemprop") == "datePublished"
            if marked or self._in_article:
                self._times.append(given["datetime"])
        elif tag == "article":
            self._in_article = True
        elif tag == "title" and not self.title:
            self._open = "title"
        elif tag == "script" and given.get("type", "").lower() == "application/ld+json":
            self._open = "json"

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "article":
            self._in_article = False
        elif tag in {"title", "script"}:
            self._open = ""

    def handle_data(self, data: str) -> None:
        """Take the title, or a JSON-LD block."""
        if self._open == "title":
            self.title += data
        elif self._open == "json":
            self._records += _records(data)

    def schema(self, key: str) -> Iterator[str]:
        """Yield the values of ``key`` in the page's schema.org records; of organisations their name."""
        for record in self._records:
            values = record.get(key)
            for value in values if isinstance(values, list) else [values]:
                name = value.get("name") if isinstance(value, dict) else value
                if isinstance(name, str):
                    yield name

    def dates(self) -> Iterator[str]:
        """Yield the publication dates the page states, the most explicit first."""
        yield from (self.meta[key] for key in _DATE_NAMES[:2] if self.meta.get(key))
        yield from self.schema("datePublished")
        yield from (self.meta[key] for key in _DATE_NAMES[2:] if self.meta.get(key))
        yield from self._times


def _records(block: str) -> list[dict[str, Any]]:
    """Return the records of a JSON-LD block; a broken block holds none."""
    try:
        data = json.loads(block)
    except (ValueError, RecursionError):
        return []
    items = data if isinstance(data, list) else [data]
    graphs = [item.get("@graph") for item in items if isinstance(item, dict)]
    inner = [record for graph in graphs if isinstance(graph, list) for record in graph]
    return [record for record in [*items, *inner] if isinstance(record, dict)]
