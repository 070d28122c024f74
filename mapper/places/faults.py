"""Faults of an area pack: collected while reading, told all at once."""

from __future__ import annotations

from typing import Any

from mapper.errors import AreaError

__all__ = ["AreaFaultsError", "Faults"]

_SHOWN = 30


class AreaFaultsError(AreaError):
    """Every fault of an area pack, each as a sentence in the language asked for."""

    def __init__(self, area: str, causes: tuple[AreaError, ...]) -> None:
        self.area = area
        self.causes = causes
        super().__init__("area-broken", faults=tuple(str(cause) for cause in causes), area=area)

    def in_language(self, language: str) -> str:
        """Return the heading and at most thirty faults, one a line."""
        lines = [AreaError("area-broken-heading", area=self.area, total=len(self.causes)).in_language(language)]
        lines += [f"  - {cause.in_language(language)}" for cause in self.causes[:_SHOWN]]
        if len(self.causes) > _SHOWN:
            lines.append(AreaError("area-more-faults", more=len(self.causes) - _SHOWN).in_language(language))
        return "\n".join(lines)


class Faults:
    """A list of faults that is raised when the reading is done."""

    def __init__(self, area: str) -> None:
        self.area = area
        self.found: list[AreaError] = []

    def add(self, code: str, **facts: Any) -> None:
        """Note one fault (see ``mapper/messages/places.toml``)."""
        self.found.append(AreaError(code, **facts))

    def raise_if_any(self) -> None:
        """Raise all faults as one error.

        Raises
        ------
        AreaFaultsError
            If there is at least one.
        """
        if self.found:
            raise AreaFaultsError(self.area, tuple(self.found))
