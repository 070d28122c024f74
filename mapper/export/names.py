"""Names of files: each says at which disclosure level its content was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapper.model import Disclosed

__all__ = ["file_name"]


def file_name(stem: str, disclosed: Disclosed, ending: str) -> str:
    """Return a file's name, such as ``incidents.partner.csv``."""
    return f"{stem}.{disclosed.level.value}.{ending}"
