"""Texts that try to run, to break out, or to blank the map; and ways to put them into every field of a story."""

from __future__ import annotations

import dataclasses
import datetime as dt
from enum import Enum
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

RUN = "window.__ran=1"

MARKUP = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</SCRIPT ><ScRiPt>{RUN}//",
    f"<!--<script>{RUN}-->",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"</noscript><img src=x onerror={RUN}>",
    f"</style><svg onload={RUN}>",
    f"</title><script>{RUN}</script>",
    f"</textarea><img src=x onerror={RUN}>",
    f"</bdi></p></main><img src=x onerror={RUN}>",
    f"<img src=x onerror={RUN}>",
    f"<IMG SRC=x OnErRoR={RUN}//",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<math><mtext><style><img src=x onerror={RUN}></style></mtext></math>",
    f'<math href="javascript:{RUN}">x</math>',
    '<iframe srcdoc="<script>parent.__ran=1</script>"></iframe>',
    f'<object data="javascript:{RUN}"></object>',
    f"<details open ontoggle={RUN}>x",
    f"<input autofocus onfocus={RUN}>",
    f'<form id=mp-data action="javascript:{RUN}"><input name=attributes>',
    f"<template><script>{RUN}</script></template>",
    f"<x style=animation-name:x onanimationstart={RUN}>",
    '<base href="https://example.org/">',
    '<meta http-equiv="refresh" content="0;url=https://example.org/">',
    '<link rel=stylesheet href="https://example.org/x.css">',
)
"""Markup, and the ends of every element that the page's text could stand in."""

QUOTES = (
    f'" onmouseover="{RUN}" x="',
    f"' onfocus='{RUN}' autofocus x='",
    f"` onclick={RUN} `",
    f"';{RUN};//",
    f'";{RUN};//',
    f"${{{RUN}}}",
    f"`+({RUN})+`",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    "{{ 7*7 }}{% raw %}{{ cycler.__init__.__globals__ }}",
    f"<%= {RUN} %>#{{{RUN}}}",
    '"]},"x":[{"',
    "$& $1 $` {name} {0} %s \\1",
)
"""The ends of attributes, strings and templates."""

ESCAPES = (
    f"\\x3cimg src=x onerror={RUN}\\x3e",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"&lt;script&gt;{RUN}&lt;/script&gt;&#x3c;b&#x3e;&NewLine;",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e",
    "x{}*{background:url(https://example.org/x)}",
    "\\3c style\\3e@import 'https://example.org/x';",
    f"expression({RUN})",
)
"""The same in the escapes of JavaScript, HTML, addresses and CSS."""

SIGNS = (
    "\u202eabc\u2066def\u202c",
    "\u200b\u200d\ufeff\u2060\u00ad",
    "a\u2028b\u2029c",
    "a\x00b\x1bc\x7f",
    "a\r\nb\tc\x0bd",
    "\ud83d x \udc06",
    "\uffff\ufffe\U000e0001",
    "e" + "\u0301" * 60,
    "\u05d7\u05d9\u05e4\u05d4 \u062d\u064a\u0641\u0627",
)
"""Signs that turn, hide, break or stack text; names from right to left."""

ADDRESSES = (
    f"javascript:{RUN}//",
    f"java\tscript:{RUN}//",
    f"\x01javascript:{RUN}//",
    f"JaVaScRiPt&colon;{RUN}//",
    f"vbscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"blob:https://example.org/{RUN}",
    "file:///etc/passwd#",
    "//example.org/",
    "https://user:pass@example.org/",
)
"""What must not become a link; first in the field, where a scheme counts."""

FORMULAS = ("=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "|calc")
"""What a spreadsheet would work out, were it first in a cell of the table that one can save."""

KEYS = ("__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "valueOf", "length")
"""Names that every object of JavaScript has."""

HUGE = ("A" * 5_000, "palabra " * 700)

TEXTS = (*MARKUP, *QUOTES, *ESCAPES, *SIGNS, *ADDRESSES, *FORMULAS, *KEYS, *HUGE)
"""Each of them alone."""

PAYLOADS = {
    "first-markup": MARKUP[0],
    "markup": "".join(MARKUP),
    "quotes": "".join(QUOTES),
    "escapes": "".join(ESCAPES),
    "signs": "".join(SIGNS),
    **{text[:16]: text for text in (*ADDRESSES[:2], ADDRESSES[5], ADDRESSES[8], FORMULAS[0], *KEYS[:2])},
    "huge-word": HUGE[0],
    "huge-words": HUGE[1],
}
"""Families of them together, and alone those that need to come first: for tests that cost more for each."""


def change_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Return the record with every text in it changed; equal texts stay equal, so joins still hold."""
    if isinstance(value, Enum) or value is None:
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, (tuple, frozenset)):
        value = type(value)(change_texts(item, change) for item in value)
    elif isinstance(value, dict):
        value = {change_texts(key, change): change_texts(item, change) for key, item in value.items()}
    elif isinstance(value, gpd.GeoDataFrame):
        value = _change_frame(value, change)
    elif dataclasses.is_dataclass(value) and not isinstance(value, (type, dt.date)):
        fields = {field.name: change_texts(getattr(value, field.name), change) for field in dataclasses.fields(value)}
        value = type(value)(**fields)
    return value


def _change_frame(frame: gpd.GeoDataFrame, change: Callable[[str], str]) -> gpd.GeoDataFrame:
    changed = frame.copy()
    for column in frame.columns:
        if column not in {"geometry", "date_start", "date_end"}:  # days are days by type where they come from
            cells = [change_texts(cell, change) for cell in frame[column]]
            texts = any(isinstance(cell, str) for cell in cells)
            # Half a character is no text to pyarrow, which pandas would otherwise choose to hold it.
            changed[column] = pd.Series(cells, frame.index, dtype="string[python]" if texts else frame[column].dtype)
    return changed


def poison(value: Any, payload: str) -> Any:
    """Return the record with the payload before every text in it."""
    return change_texts(value, lambda text: payload + text)
