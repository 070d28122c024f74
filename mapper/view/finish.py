"""The finished page: stable bytes, and a policy that lets nothing run but the page's own scripts."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any

from mapper.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import folium
    from branca.element import Element

__all__ = ["page_html"]

_ID = re.compile(r"_([0-9a-f]{32})\b")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_FOLIUM_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'


def page_html(view: folium.Map) -> str:
    """Return the finished page of a map made by :func:`mapper.view.render_map`, ready to be written as UTF-8.

    The same map gives the same text: folium's random ids become numbers in order of appearance. A
    strict page gets a Content-Security-Policy computed over its final scripts and styles: nothing
    may be fetched, sent, embedded or run but what stands in the file.

    Raises
    ------
    OutputError
        The map does not carry the mapper's page.
    """
    page: Any = view._children.get("mapper_page")  # noqa: SLF001 - branca has no public way to ask for a child
    if page is None:
        raise OutputError("view-not-ours")
    html = _renumber(view.get_root().render(), view.get_root())
    html = html.replace("<html>", f'<html lang="{page.language}">', 1)
    html = _FOLIUM_VIEWPORT.sub(_VIEWPORT, html, count=1)  # folium forbids zooming the text; readers need it
    head = '<meta charset="utf-8">'
    if page.strict:
        head += f'<meta http-equiv="Content-Security-Policy" content="{_policy(html)}">'
    head += '<meta name="referrer" content="no-referrer"><link rel="icon" href="data:,">'
    return html.replace("<head>", f"<head>\n{head}", 1)


def _elements(element: Element) -> Iterator[Element]:
    """Yield an element and all below it; a figure's three parts are not among its children."""
    yield element
    parts = [getattr(element, name) for name in ("header", "html", "script") if hasattr(element, name)]
    for child in [*parts, *element._children.values()]:  # noqa: SLF001 - as above
        if hasattr(child, "_children"):
            yield from _elements(child)


def _renumber(html: str, root: Element) -> str:
    """Give folium's random ids numbers; any other run of 32 hexadecimal digits (say in a report) stays."""
    random_ids = {element._id for element in _elements(root)}  # noqa: SLF001 - as above
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        random_id = match.group(1)
        if random_id not in random_ids:
            return match.group(0)
        return f"_{numbers.setdefault(random_id, str(len(numbers) + 1))}"

    return _ID.sub(number, html)


def _hashes(parts: list[str]) -> str:
    digests = (hashlib.sha256(part.encode()).digest() for part in parts)
    return " ".join(dict.fromkeys(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests))


def _policy(html: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(_SCRIPT.findall(html))}",
            f"style-src {_hashes(_STYLE.findall(html))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
