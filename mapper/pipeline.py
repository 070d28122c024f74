"""The main road: reports -> reading -> places -> events -> disclosure -> geo -> view.

Read this file first. Each room does one job and knows nothing of the others; only this module
knows their order. Nothing that disclosure withholds reaches ``geo`` or ``view``.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mapper import __version__
from mapper.model import MapInfo, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import folium

    from mapper.config import Config
    from mapper.model import Candidate, Disclosed, Facts, Layers, Place, Report, SetAside, Span, Story
    from mapper.places import Area

__all__ = ["BuildResult", "CheckResult", "Progress", "build", "check", "geoparse", "look_up"]


class Progress(Protocol):
    """Told after each report how far the work is."""

    def __call__(self, done: int, total: int) -> None:
        """Report that ``done`` of ``total`` reports are finished."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """Everything one build made; ``map`` displays in a notebook, ``map_path`` is the written file."""

    map_path: Path
    map_bytes: int
    story: Story
    disclosed: Disclosed
    layers: Layers
    info: MapInfo
    map: folium.Map
    set_aside: tuple[SetAside, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Totals for the run summary: reports, mentions by status, incidents, movements."""
        statuses = Counter(mention.status for facts in self.story.facts for mention in facts.mentions)
        return {
            "reports": len(self.story.reports),
            "set_aside": len(self.set_aside),
            **{status.value: statuses[status] for status in Status},
            "incidents": len(self.story.incidents),
            "movements": len(self.story.movements),
        }


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What ``mapper check`` found: the area's size, and which reports can be read."""

    area_id: str
    places: int
    reports: tuple[Report, ...]
    set_aside: tuple[SetAside, ...]


def build(config: Config, progress: Progress | None = None) -> BuildResult:
    """Read the reports of ``config`` and write their map, whole or not at all.

    Raises
    ------
    MapperError
        If the area pack is broken, no report can be read or the output cannot be written.
    """
    from mapper.disclosure import disclose
    from mapper.events import link
    from mapper.files import require_writable, write_atomic
    from mapper.geo import draw_layers
    from mapper.view import page_html, render_map

    map_path = config.out / config.map_name
    require_writable(map_path)
    area = _load_area(config)
    reports, set_aside = _read(config, area)
    facts, sensitive = [], {}
    for number, (one, spans) in enumerate(_understand(reports, area), start=1):
        facts.append(one)
        sensitive[one.report.report_id] = spans
        if progress:
            progress(number, len(reports))
    story = link(facts)
    disclosed = disclose(story, config.disclosure, set_aside, sensitive=sensitive, coarsen=area.municipality_of)
    layers = draw_layers(disclosed, boundaries=area.boundaries, footprints=area.footprints, metric_crs=area.metric_crs)
    info = _about(config, area, story.reports)
    folium_map = render_map(layers, disclosed, info)
    page = page_html(folium_map).encode()
    write_atomic(map_path, page)
    return BuildResult(map_path, len(page), story, disclosed, layers, info, folium_map, set_aside)


def geoparse(config: Config) -> Iterator[Facts | SetAside]:
    """Yield what each report says, then what was set aside. Internal: nothing is withheld."""
    area = _load_area(config)
    reports, set_aside = _read(config, area)
    yield from (facts for facts, _ in _understand(reports, area))
    yield from set_aside


def check(config: Config) -> CheckResult:
    """Check the area pack and the reports; write nothing."""
    area = _load_area(config)
    reports, set_aside = _read(config, area)
    return CheckResult(area.id, len(area.places), reports, set_aside)


def look_up(name: str, config: Config) -> tuple[tuple[Candidate, Place], ...]:
    """Return the places that ``name`` may mean, best first."""
    from mapper.places import Gazetteer

    area = _load_area(config)
    return tuple((found, area.places[found.place_id]) for found in Gazetteer(area).lookup(name))


def _load_area(config: Config) -> Area:
    from mapper.places import load_area

    return load_area(config.area)


def _read(config: Config, area: Area) -> tuple[tuple[Report, ...], tuple[SetAside, ...]]:
    from mapper.reports import read_reports

    pasted = sys.stdin.buffer.read() if "-" in config.inputs else None
    return read_reports(config.inputs, config.overrides, pasted, time_zone=area.timezone)


def _understand(reports: Iterable[Report], area: Area) -> Iterator[tuple[Facts, tuple[Span, ...]]]:
    """Yield what each report says, with its sensitive passages."""
    from mapper.events import understand
    from mapper.places import resolve
    from mapper.reading import Reader

    reader = Reader(area.name_records, area.guards, area.languages)
    for report in reports:
        reading = reader.read(report)
        yield understand(reading, resolve(reading, area)), reading.sensitive


def _about(config: Config, area: Area, reports: Sequence[Report]) -> MapInfo:
    published = [report.published for report in reports if report.published]
    digest = hashlib.sha256(f"{__version__}\x1f{area.fingerprint}\x1f{config.disclosure}".encode())
    for report in reports:
        digest.update(f"\x1f{report.report_id}\x1f{report.published}\x1f{report.title}\x1f{report.text}".encode())
    return MapInfo(
        area_names=dict(area.names),
        languages=area.languages,
        bbox=area.bbox,
        attributions=area.attributions,
        data_through=max(published, default=None),
        fingerprint=digest.hexdigest()[:12],
        version=__version__,
        contact=config.contact,
        example=config.inputs_are_examples,
    )
