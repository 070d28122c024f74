"""Folding: the one way this project compares words.

``fold`` never changes the length of a text, so an offset into the folded text is an offset into
the text itself.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold", "fold_name", "one_line"]

# Look-alikes by code point: typographic quotes, primes, stray accents; hyphens, dashes, minus.
_QUOTES = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`\u02bc", "'") | dict.fromkeys(
    "\u201c\u201d\u201e\u201f\u2033«»", '"'
)
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
# Letters without a canonical decomposition that a keyboard without them writes as the base letter,
# and the ordinal signs of "1º", which people also type as a degree sign.
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "ß": "s", "\u00ba": "o", "\u00b0": "o", "\u00aa": "a"}
_OTHER = _QUOTES | _DASHES | _LETTERS


def _fold_char(char: str) -> str:
    """Return the one character that stands for ``char``."""
    if char.isspace():
        return char if char in "\n\r\t" else " "
    if "\ud800" <= char <= "\udfff":  # half a character, from broken JSON: nothing can encode it
        return "\ufffd"
    lower = char.lower()[0]
    base = unicodedata.normalize("NFD", lower)[0]
    return _OTHER.get(base, base)


class _Table(dict[int, str]):
    """A ``str.translate`` table that learns each character when it first meets it."""

    def __missing__(self, key: int) -> str:
        self[key] = folded = _fold_char(chr(key))
        return folded


_TABLE = _Table()
# Bytes are translated many times faster than characters, and most of a text is Latin-1.
_LATIN = "".join(_fold_char(chr(code)) for code in range(256)).encode("latin-1")
_NOT_LATIN = re.compile(r"[^\x00-\xff]+")


def fold(text: str) -> str:
    r"""Return ``text`` in lower case and without accents, character for character.

    Typographic quotes and dashes become ``'``, ``"`` and ``-``; every blank but line breaks and
    tabs becomes a space. A combining accent that stands alone keeps its place (it has no base
    letter of its own), so text should be NFC where accents matter.

    Examples
    --------
    >>> fold("Petión\u00a0–\u00a0Simón Rodríguez")
    'petion - simon rodriguez'
    """
    folded = text.encode("latin-1", "replace").translate(_LATIN).decode("latin-1")
    if text.isascii():
        return folded
    pieces, end = [], 0
    for match in _NOT_LATIN.finditer(text):
        pieces += [folded[end : match.start()], match[0].translate(_TABLE)]
        end = match.end()
    return "".join([*pieces, folded[end:]]) if end else folded


def fold_name(name: str) -> str:
    """Return a name as it is compared: folded, its words one blank apart."""
    return " ".join(fold(name).split())


def one_line(text: str) -> str:
    """Return ``text`` with a blank for every line break and tab, character for character.

    A name or phrase may then be found across the end of a line, at the same offsets.
    """
    return text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
