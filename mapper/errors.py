"""One error family, and the sentences its members speak.

Every error a user can meet is a :class:`MapperError`. It carries a message code and facts; the
sentence itself lives in ``mapper/messages/<room>.toml`` in English and Spanish, so that the same
error reads well in both. A sentence says what failed, where, what we got, what we expected and
what to do about it.
"""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any

__all__ = [
    "AreaError",
    "ConfigError",
    "EvaluationError",
    "GeocodeError",
    "GeocodeUnavailableError",
    "MapperError",
    "OfflineError",
    "OutputError",
    "ReportError",
    "SchemaError",
    "StoreError",
    "message",
    "sentences",
]


@functools.cache
def _catalogue() -> dict[str, dict[str, str]]:
    """Return every message by code, then language, from the files in ``mapper/messages``."""
    found: dict[str, dict[str, str]] = {}
    files = [entry for entry in resources.files("mapper.messages").iterdir() if entry.name.endswith(".toml")]
    for entry in sorted(files, key=lambda item: item.name):
        found |= tomllib.loads(entry.read_text(encoding="utf-8"))
    return found


def message(code: str, language: str = "en", **facts: Any) -> str:
    """Return the sentence for ``code`` in ``language`` with ``facts`` filled in.

    Parameters
    ----------
    code
        Key of a table in one of the files in ``mapper/messages``.
    language
        ``"en"`` or ``"es"``; any other falls back to English.
    facts
        Values for the sentence's ``{names}``.
    """
    sentences = _catalogue()[code]
    return sentences.get(language, sentences["en"]).format(**facts)


def sentences(prefix: str) -> dict[str, dict[str, str]]:
    """Return the messages whose code begins with ``prefix``, unfilled: by code, then language."""
    return {code: languages for code, languages in _catalogue().items() if code.startswith(prefix)}


class MapperError(Exception):
    """Root of all errors that mapper raises on purpose.

    Parameters
    ----------
    code
        Message code (see :func:`message`).
    facts
        Values for the sentence.
    """

    def __init__(self, code: str, /, **facts: Any) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)

    def in_language(self, language: str) -> str:
        """Return the whole sentence in ``language`` (``"en"`` or ``"es"``)."""
        return message(self.code, language, **self.facts)

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.in_language("en")


class ConfigError(MapperError, ValueError):
    """A setting, flag or ``mapper.toml`` entry is wrong."""


class AreaError(MapperError, ValueError):
    """An area pack is missing, incomplete or contradicts itself; all faults at once in ``faults``."""

    def __init__(self, code: str, /, *, faults: tuple[str, ...] = (), **facts: Any) -> None:
        self.faults = faults
        super().__init__(code, count=len(faults), faults="\n".join(f"  - {fault}" for fault in faults), **facts)


class ReportError(MapperError, ValueError):
    """A report cannot be read; it is set aside and the others go on."""


class SchemaError(MapperError, ValueError):
    """A record does not have the documented shape."""


class EvaluationError(MapperError, ValueError):
    """An annotated report, or a set of them, cannot be used to evaluate the reading."""


class OutputError(MapperError, OSError):
    """An output cannot be written."""


class StoreError(MapperError, OSError):
    """The store of what was already read cannot be opened, read or written."""


class GeocodeError(MapperError):
    """A geocoder answered with something that cannot be used."""


class GeocodeUnavailableError(GeocodeError, OSError):
    """A geocoder could not be reached."""


class OfflineError(GeocodeError):
    """The network was asked for without ``--online``."""
