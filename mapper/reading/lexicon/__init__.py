"""The words of each language: one TOML file a language, read once, shared by all of reading.

Engines hold no language words. They ask a :class:`Lexicon` for its tables and turn word lists
into regular expressions over folded text (see :func:`mapper.text.fold`) with :meth:`Lexicon.any_of`.
A new language is a new file in this folder, named after its ISO 639-1 code.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from mapper.errors import SchemaError
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["LANGUAGES", "Lexicon", "alternation", "given_names", "load_lexicon"]

LANGUAGES: tuple[str, ...] = tuple(
    sorted(
        entry.name.removesuffix(".toml")
        for entry in resources.files(__name__).iterdir()
        if entry.name.endswith(".toml") and "_" not in entry.name
    )
)

# Words of a phrase may be parted by a line break or a few blanks; bounded, so that matching stays linear.
_GAP = r"\s{1,3}"
_NOTHING = r"(?!)"
_SIGNS = {sign: re.escape(sign) for sign in map(chr, range(128))} | {"*": r"\w*"}


def alternation(phrases: Iterable[str]) -> str:
    r"""Return a regular expression that matches any of ``phrases`` in folded text, the longest that fits.

    A ``*`` stands for the rest of a word ("herid*"), or for one whole word where it stands alone;
    a blank for any short gap. Word boundaries are the caller's business. No phrase: matches nothing.
    Common beginnings are shared, so that hundreds of phrases cost little more than one.

    Examples
    --------
    >>> alternation(["herid*", "sin vida", "sin"])
    '(?:herid\\w*|sin(?:\\s{1,3}vida)?)'
    """
    root: dict[str, Any] = {}
    for phrase in phrases:
        node = root
        for piece in _pieces(fold(phrase)):
            if piece not in node:
                node[piece] = {}
            node = node[piece]
        node[""] = {}
    return _joined(root) if len(root) > 1 else f"(?:{_joined(root)})" if root else _NOTHING


def _pieces(phrase: str) -> list[str]:
    pieces: list[str] = []
    for number, word in enumerate(phrase.split()):
        if number:
            pieces.append(_GAP)
        pieces += [r"\w+"] if word == "*" else [_SIGNS.get(char, char) for char in word]
    return pieces


def _joined(node: dict[str, Any]) -> str:
    """Return the expression of a tree of pieces; "" among a node's children ends a phrase there."""
    branches = [piece + _joined(children) for piece, children in sorted(node.items()) if piece]
    if not branches:
        return ""
    if "" in node:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The word tables of one language. Compares by identity, so that compiled rules can be cached by it."""

    language: str
    tables: Mapping[str, Mapping[str, Any]]

    def table(self, name: str) -> Mapping[str, Any]:
        """Return the table called ``name``.

        Raises
        ------
        SchemaError
            If the language's file has no such table.
        """
        if name not in self.tables:
            raise SchemaError("lexicon-table", lexicon=self.language, table=name, known=", ".join(sorted(self.tables)))
        return self.tables[name]

    def words(self, table: str, key: str) -> tuple[str, ...]:
        """Return the word list ``key`` of a table, folded, in the file's order.

        Raises
        ------
        SchemaError
            If the list is missing or holds something else than strings.
        """
        return _words(self, table, key)

    def numbers(self, table: str, key: str) -> dict[str, int]:
        """Return the word -> whole number map ``key`` of a table, words folded.

        Raises
        ------
        SchemaError
            If the map is missing or holds something else than whole numbers.
        """
        value = self.table(table).get(key)
        if not isinstance(value, dict) or not all(isinstance(number, int) for number in value.values()):
            raise SchemaError("lexicon-words", lexicon=self.language, table=table, key=key, got=type(value).__name__)
        return {fold(word): number for word, number in value.items()}

    def any_of(self, table: str, *keys: str) -> str:
        """Return the :func:`alternation` of one or more word lists of a table."""
        return _any_of(self, table, keys)


@functools.cache
def _words(lexicon: Lexicon, table: str, key: str) -> tuple[str, ...]:
    value = lexicon.table(table).get(key)
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise SchemaError("lexicon-words", lexicon=lexicon.language, table=table, key=key, got=type(value).__name__)
    return tuple(fold(word) for word in value)


@functools.cache
def _any_of(lexicon: Lexicon, table: str, keys: tuple[str, ...]) -> str:
    return alternation(word for key in keys for word in lexicon.words(table, key))


@functools.cache
def load_lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language (one of :data:`LANGUAGES`), read once.

    Raises
    ------
    SchemaError
        If there is no such language, or its file is not TOML made of tables.
    """
    if language not in LANGUAGES:
        raise SchemaError("lexicon-unknown", lexicon=language, known=", ".join(LANGUAGES))
    source = resources.files(__name__) / f"{language}.toml"
    try:
        tables = tomllib.loads(source.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SchemaError("lexicon-broken", lexicon=language, detail=str(error)) from error
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise SchemaError("lexicon-words", lexicon=language, table=name, key="", got=type(table).__name__)
    return Lexicon(language, tables)


@functools.cache
def given_names() -> frozenset[str]:
    """Return the given names of all languages, folded: an English report on Caracas tells of Yulimar and Wilmer."""
    return frozenset(name for one in LANGUAGES for name in load_lexicon(one).words("persons", "given_names"))
