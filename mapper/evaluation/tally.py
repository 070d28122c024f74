"""What scoring a report adds to: measures by name, and the misses behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.evaluation.counts import Found, Share

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CLASS_MEASURES", "MEASURES", "Miss", "Tally"]

# In the order they are shown. The names are also those of the messages `measure-…`.
MEASURES: Mapping[str, type[Found | Share]] = {
    "recognition": Found,
    "resolution": Found,
    "resolution_in_area": Found,
    "located": Share,
    "within_250m": Share,
    "within_1km": Share,
    "parish": Share,
    "role_accuracy": Share,
    "clash_places": Found,
    "named_but_not_clash_drawn": Share,
    "incidents": Found,
    "incident_date": Share,
    "incident_killed": Share,
    "incident_injured": Share,
    "movements": Found,
    "movement_kind": Share,
    "movement_people": Share,
    "clean_negatives": Share,
}
CLASS_MEASURES: Mapping[str, type[Found | Share]] = {
    "recognised": Share,
    "resolution": Found,
    "located": Share,
    "within_250m": Share,
    "within_1km": Share,
    "parish": Share,
    "role_accuracy": Share,
}


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing read otherwise than annotated; what one side lacks is empty there.

    ``measure`` is the measure that suffers, ``about`` the words or place concerned.
    """

    report_id: str
    measure: str
    about: str
    annotated: str = ""
    read: str = ""


@dataclass(slots=True)
class Tally:
    """Measures that are being added up; ``report_id`` names the report that misses are of."""

    report_id: str = ""
    found: dict[str, Found] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def add_found(self, measure: str, right: int, annotated: int, read: int) -> None:
        """Count items found."""
        self.found[measure] = self.found.get(measure, Found()) + Found(right, annotated, read)

    def add_case(self, measure: str, *, hit: bool) -> None:
        """Count one case of a share."""
        self.shares[measure] = self.shares.get(measure, Share()) + Share(int(hit), 1)

    def miss(self, measure: str, about: str, annotated: object = "", read: object = "") -> None:
        """Note a miss; None on either side is an empty one."""
        sides = ("" if side is None else str(side) for side in (annotated, read))
        self.misses.append(Miss(self.report_id, measure, about, *sides))

    def merge(self, other: Tally) -> None:
        """Add what another tally counted."""
        for measure, found in other.found.items():
            self.found[measure] = self.found.get(measure, Found()) + found
        for measure, share in other.shares.items():
            self.shares[measure] = self.shares.get(measure, Share()) + share
        self.misses += other.misses

    def measures(self, wanted: Mapping[str, type[Found | Share]] = MEASURES) -> dict[str, Found | Share]:
        """Return every measure of ``wanted`` in its order, those without a case too."""
        counted: dict[str, Found | Share] = {**self.found, **self.shares}
        return {name: counted.get(name, kind()) for name, kind in wanted.items()}
