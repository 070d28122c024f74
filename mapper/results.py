"""What the verbs give back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from mapper.changes import Changes
from mapper.model import Status

if TYPE_CHECKING:
    from pathlib import Path

    import folium

    from mapper.model import Disclosed, Layers, MapInfo, Report, SetAside, Story

__all__ = ["BuildResult", "CheckResult", "Findings", "Progress"]


class Progress(Protocol):
    """Told after each report how far the work is."""

    def __call__(self, done: int, total: int) -> None:
        """Report that ``done`` of ``total`` reports are finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the reports say, as one disclosure level may see it: ``disclosed``, ``layers`` and ``info``.

    ``story`` is internal and holds the reports' texts; everything that is written is made from the rest.
    """

    story: Story
    disclosed: Disclosed
    layers: Layers
    info: MapInfo
    set_aside: tuple[SetAside, ...] = ()
    changes: Changes = field(default_factory=Changes)
    reports_read: int = 0
    rejected: int = 0
    idle_judgements: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Totals for the run summary, reports, mentions by status, incidents, movements."""
        statuses = Counter(mention.status for facts in self.story.facts for mention in facts.mentions)
        return {
            "reports": len(self.story.reports),
            "reports_read": self.reports_read,
            "set_aside": len(self.set_aside),
            **{status.value: statuses[status] for status in Status},
            "incidents": len(self.story.incidents),
            "movements": len(self.story.movements),
            "reviewed": len(self.disclosed.reviewed),
            "unreviewed": len(self.story.incidents) + len(self.story.movements) - len(self.disclosed.reviewed),
            "rejected": self.rejected,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult(Findings):
    """Everything one build made; ``map`` displays in a notebook, ``map_path`` is the written file.

    With ``config.embed`` also the page to embed: ``embed_path``, and ``embed_snippet`` to put it elsewhere.
    ``files`` holds the path and the size in bytes of every file written, the map's included.
    """

    map_path: Path
    map_bytes: int
    map: folium.Map
    number: int | None = None
    embed_path: Path | None = None
    embed_bytes: int = 0
    embed_snippet: str = ""
    files: dict[Path, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What ``mapper check`` found: the area's size, and which reports can be read."""

    area_id: str
    places: int
    reports: tuple[Report, ...]
    set_aside: tuple[SetAside, ...]
