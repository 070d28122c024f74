"""Names of files: each says at which disclosure level its content was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mapper.model import DisclosureLevel

__all__ = ["file_name"]


class _Disclosed(Protocol):
    @property
    def level(self) -> DisclosureLevel: ...


def file_name(stem: str, disclosed: _Disclosed, ending: str) -> str:
    """Return a file's name, such as ``incidents.partner.csv``."""
    return f"{stem}.{disclosed.level.value}.{ending}"
