"""What may be printed: a report can hold signs that recolour a terminal, rename or turn the words around them."""

from __future__ import annotations

import unicodedata

__all__ = ["in_one_line", "printable"]

_REPLACEMENT = "\ufffd"
_BIDI_MARKS = "\u200e\u200f\u061c"
_BIDI_CLASSES = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
_CONTROL_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}
_INVISIBLE = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF))


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


def in_one_line(text: str, most: int) -> str:
    """Return ``text`` in one line, without the signs that turn the words around it, cut at ``most`` characters."""
    line = " ".join(text.translate(_INVISIBLE).split())
    line = "".join(sign for sign in line if sign.isprintable())
    return line if len(line) <= most else line[: most - 1] + "…"
