"""Texts that try to run, to break out, or to blank the map; and a story with one of them in every field."""

from __future__ import annotations

import dataclasses
import datetime as dt
from enum import Enum
from typing import Any

import geopandas as gpd

RUN = "window.__ran=1"

MARKUP = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</SCRIPT ><ScRiPt>{RUN}//",
    f"<!--<script>{RUN}-->",
    f"</noscript><img src=x onerror={RUN}>",
    f"</style><svg onload={RUN}>",
    f"</title><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg/onload={RUN}>",
    '<iframe srcdoc="<script>parent.__ran=1</script>"></iframe>',
    f"<details open ontoggle={RUN}>x",
    f"<input autofocus onfocus={RUN}>",
    '<base href="https://example.org/">',
    '<meta http-equiv="refresh" content="0;url=https://example.org/">',
)
QUOTES = (
    f'" onmouseover="{RUN}" x="',
    f"' onfocus='{RUN}' autofocus x='",
    f"${{{RUN}}}",
    f"`+({RUN})+`",
    "{{ 7*7 }}{% raw %}{{ cycler.__init__.__globals__ }}",
    '"]},"x":[{"',
    "$& $1 $` {name} {0} %s \\1",
)
ESCAPES = (
    f"\\x3cimg src=x onerror={RUN}\\x3e",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"&lt;script&gt;{RUN}&lt;/script&gt;&#x3c;b&#x3e;",
    "x{}*{background:url(https://example.org/x)}",
    "\\3c style\\3e@import 'https://example.org/x';",
)
SIGNS = ("\u202eabc\u2066def\u202c", "\u200b\u200d\ufeff\u2060", "a\u2028b\u2029c\x00d\x1be\r\nf", "\ud83d x \udc06")
ALONE = (
    f"javascript:{RUN}//",
    f"java\tscript:{RUN}//",
    f"data:text/html,<script>{RUN}</script>",
    "//example.org/",
    "__proto__",
    "constructor",
)
HUGE = ("A" * 5_000, "palabra " * 700)

PAYLOADS = {
    "first-markup": MARKUP[0],
    "markup": "".join(MARKUP),
    "quotes": "".join(QUOTES),
    "escapes": "".join(ESCAPES),
    "signs": "".join(SIGNS),
    **{text[:16]: text for text in ALONE},
    "huge-word": HUGE[0],
    "huge-words": HUGE[1],
}
"""What goes into the fields: families of payloads together, and alone those that need to come first."""


def poison(value: Any, payload: str) -> Any:
    """Return the record with the payload before every text in it; equal texts stay equal, so joins still hold."""
    if isinstance(value, Enum) or value is None:
        return value
    if isinstance(value, str):
        return payload + value
    if isinstance(value, (tuple, frozenset)):
        value = type(value)(poison(item, payload) for item in value)
    elif isinstance(value, dict):
        value = {poison(key, payload): poison(item, payload) for key, item in value.items()}
    elif isinstance(value, gpd.GeoDataFrame):
        value = poison_frame(value, payload)
    elif dataclasses.is_dataclass(value) and not isinstance(value, (type, dt.date)):
        fields = {field.name: poison(getattr(value, field.name), payload) for field in dataclasses.fields(value)}
        value = type(value)(**fields)
    return value


def poison_frame(frame: gpd.GeoDataFrame, payload: str) -> gpd.GeoDataFrame:
    """Return the layer with the payload before every text of every column."""
    poisoned = frame.copy()
    for column in frame.columns:
        if column != "geometry":
            poisoned[column] = frame[column].map(lambda cell: poison(cell, payload), na_action="ignore")
    return poisoned
