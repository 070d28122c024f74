"""What a file says of its disclosure level: its name always, and an internal one that it is not to be forwarded."""

from __future__ import annotations

from typing import Protocol

from mapper.errors import message
from mapper.model import DisclosureLevel

__all__ = ["LANGUAGES", "file_name", "handling"]

LANGUAGES = ("es", "en")


class _Disclosed(Protocol):
    @property
    def level(self) -> DisclosureLevel: ...


def file_name(stem: str, disclosed: _Disclosed, ending: str) -> str:
    """Return a file's name, such as ``incidents.partner.csv``."""
    return f"{stem}.{disclosed.level.value}.{ending}"


def handling(disclosed: _Disclosed) -> str:
    """Return what each row of an internal table says, in every language; "" at the other levels."""
    if disclosed.level is not DisclosureLevel.INTERNAL:
        return ""
    return " / ".join(message("do-not-forward", language) for language in LANGUAGES)
