"""What may be printed on a terminal: a report can hold signs that recolour, rename or type into it."""

from __future__ import annotations

import unicodedata

__all__ = ["printable"]

_REPLACEMENT = "\ufffd"
_BIDI_MARKS = "\u200e\u200f\u061c"
_BIDI_CLASSES = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
_CONTROL_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}


class _Visible(dict[int, str]):
    """A ``str.translate`` table that decides on each character when it first meets it."""

    def __missing__(self, key: int) -> str:
        char = chr(key)
        hidden = unicodedata.category(char) in _CONTROL_CATEGORIES and char not in "\n\t"
        reordering = char in _BIDI_MARKS or unicodedata.bidirectional(char) in _BIDI_CLASSES
        self[key] = shown = _REPLACEMENT if hidden or reordering else char
        return shown


def printable(text: str) -> str:
    """Return ``text`` with every control character replaced, of the same length (so that offsets hold).

    Newlines and tabs stay; a carriage return before a newline becomes a blank.
    """
    return text.replace("\r\n", " \n").translate(_Visible())
