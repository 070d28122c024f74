"""A piece of HTML, as feeds, mails and tables hold it, as plain text: a paragraph a line.

A hand-written scan and not a parser of the standard library: those of older Pythons take time that
grows with the square of what a hostile file holds. No tag is looked for beyond the next ``<``, and
the end of a script or comment that was once not found is not looked for again.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["fragment_text", "without_code"]

# A tag with its attributes in quotes, or, where the quotes are not in pairs, up to the first >.
_TAG = re.compile(
    r"""<!--|<[/!?]?([a-zA-Z][\w:-]*)(?:[^<>"']*(?:"[^"<]*"[^<>"']*|'[^'<]*'[^<>"']*)*|[^<>]*)>""", re.ASCII
)
_RECORDS = "application/ld+json"
_BREAKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
        "h5 h6 header hr li main nav ol p pre section table td th tr ul",
    )
)
_CODE = frozenset({"script", "style"})
_SILENT = _CODE | {"template", "noscript", "title", "iframe", "object"}
_END = {tag: re.compile(rf"</{tag}\b[^>]{{0,200}}>?", re.IGNORECASE) for tag in _SILENT}


def fragment_text(markup: str) -> str:
    """Return the words of ``markup``; text without any tag comes back with its own lines."""
    pieces: list[str] = []
    tagged = preformatted = False
    for text, tag, is_end in _scan(markup, _SILENT):
        pieces.append(text if preformatted or (not tag and not tagged) else re.sub(r"[\r\n]+", " ", text))
        if tag in _BREAKS:
            pieces.append("\n")
        if tag == "pre":
            preformatted = not is_end
        tagged = tagged or bool(tag)
    lines = (" ".join(line.split()) for line in html.unescape("".join(pieces)).split("\n"))
    return "\n".join(line for line in lines if line or not tagged).strip()


def without_code(page: str) -> str:
    """Return ``page`` without comments, styles and scripts, except records that say what it is (JSON-LD)."""
    pieces: list[str] = []
    at = 0
    for start, end, name, head in _spans(page, _CODE):
        if name == "!--" or (name in _CODE and not (name == "script" and _RECORDS in head.lower())):
            pieces += [page[at:start], " "]
            at = end
    return "".join(pieces) + page[at:]


def _scan(markup: str, silent: frozenset[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield the text before each tag, the tag's name and whether it is an end tag; last the text after all."""
    at = 0
    for start, end, name, head in _spans(markup, silent):
        yield markup[at:start], name, head.startswith("</")
        at = end
    yield markup[at:], "", False


def _spans(markup: str, silent: frozenset[str]) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, name and tag itself of each tag; of comments and ``silent`` elements with all they hold."""
    at = 0
    unended: set[str] = set()
    while found := _TAG.search(markup, at):
        name = (found[1] or "!--").lower()
        at = found.end()
        if name == "!--":
            end = markup.find("-->", at)
            at = len(markup) if end < 0 else end + 3
        elif name in silent and name not in unended and not found[0].startswith("</"):
            ended = _END[name].search(markup, at)
            if ended:
                at = ended.end()
            elif name in _CODE:
                at = len(markup)  # as a browser does
            else:
                unended.add(name)
        yield found.start(), at, name, found[0]
