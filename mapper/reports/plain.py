"""Plain text, with front matter, with a `` date YYYY-MM-DD `` prefix, or just as pasted.

Front matter is lines of ``key: value`` between two ``---`` lines at the very beginning. Values may
be quoted; keys are English or Spanish; keys that say nothing we keep (tags) are ignored.
"""

from __future__ import annotations

import dataclasses
import json
import re
from typing import TYPE_CHECKING

from mapper.reports.decoding import text_of
from mapper.reports.draft import Draft, parse_date, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.reports.draft import Intake

__all__ = ["read_plain", "read_plain_file", "split_front_matter"]

_FENCE = re.compile(r"\s*---[ \t]*\r?\n")
_FENCE_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_FIELD = re.compile(r"([^\W\d][\w .-]{0,40}):(.*)")
_DATE_PREFIX = re.compile(r"\s*date:?[ \t]+(\d{4}-\d{2}-\d{2})(?:\s|\Z)", re.ASCII | re.IGNORECASE)
_KEYS = {
    "title": "title",
    "titulo": "title",
    "título": "title",
    "date": "published",
    "published": "published",
    "fecha": "published",
    "publicado": "published",
    "outlet": "outlet",
    "source": "outlet",
    "medio": "outlet",
    "fuente": "outlet",
    "url": "url",
    "link": "url",
    "enlace": "url",
    "language": "language",
    "lang": "language",
    "idioma": "language",
    "author": "author",
    "byline": "author",
    "autor": "author",
    "autora": "author",
}
_LANGUAGE_NAMES = {"english": "en", "inglés": "en", "ingles": "en", "spanish": "es", "español": "es", "espanol": "es"}


def read_plain_file(raw: bytes, intake: Intake) -> Iterator[Draft]:
    """Yield the one report of a text file; a pasted thread is one too, word for word."""
    content, warnings = text_of(raw, intake)
    draft = read_plain(content, intake.name, intake.time_zone)
    yield dataclasses.replace(draft, warnings=warnings)


def read_plain(content: str, name: str, time_zone: str = "") -> Draft:
    """Return ``content`` as a draft whose text is unchanged from its first non-blank character on.

    Raises
    ------
    ReportError
        ``report-date``: the front matter or the prefix holds a date that is not one.
    """
    fields, body = split_front_matter(content)
    prefix = _DATE_PREFIX.match(body)
    if prefix and "published" not in fields:
        fields["published"] = prefix[1]
    if prefix:
        body = body[prefix.end() :]
    published = fields.get("published", "")
    return Draft(
        text=body.lstrip(),
        title=fields.get("title", ""),
        language=_language_code(fields.get("language", "")),
        published=parse_date(published, name, time_zone) if published else None,
        outlet=fields.get("outlet", ""),
        author=fields.get("author", ""),
        url=web_address(fields.get("url", "")),
    )


def split_front_matter(content: str) -> tuple[dict[str, str], str]:
    """Return the front matter's fields (by the names of :class:`Draft`) and what follows it.

    Without a closing fence, or when what stands between the fences is not fields, there is no front
    matter: the dashes are the text's own.
    """
    opening = _FENCE.match(content)
    closing = _FENCE_END.search(content, opening.end()) if opening else None
    if opening is None or closing is None:
        return {}, content
    lines = content[opening.end() : closing.start()].splitlines()
    matches = [_FIELD.fullmatch(line) for line in lines if line.strip() and not line.startswith((" ", "\t", "-", "#"))]
    if not all(matches):
        return {}, content
    fields: dict[str, str] = {}
    for match in matches:
        key = _KEYS.get(match[1].strip().lower()) if match else None
        value = _unquoted(match[2] or "") if match else ""
        if key and value:
            fields.setdefault(key, value)
    return fields, content[closing.end() :]


def _unquoted(value: str) -> str:
    """Return a front matter value without its JSON or YAML quotes, on one line."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        try:
            value = str(json.loads(value, strict=False))
        except ValueError:
            value = value[1:-1]
    elif len(value) > 1 and value[0] == value[-1] == "'":
        value = value[1:-1].replace("''", "'")
    return " ".join(value.split())


def _language_code(value: str) -> str:
    """Return the two-letter code for ``es``, ``es-VE``, ``Spanish`` or ``español``."""
    value = value.strip().lower()
    return _LANGUAGE_NAMES.get(value, re.split(r"[-_]", value)[0])
