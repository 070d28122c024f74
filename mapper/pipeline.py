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
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import folium

    from mapper.config import Config
    from mapper.evaluation import Choice, Evaluation
    from mapper.model import Candidate, Disclosed, Facts, Layers, Place, Report, SetAside, Span, Story
    from mapper.places import Area
    from mapper.places.online import OnlineGeocoder

    Tell = Callable[[str], None]

__all__ = ["BuildResult", "CheckResult", "Progress", "build", "check", "evaluate", "geoparse", "look_up"]


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


def build(config: Config, progress: Progress | None = None, tell: Tell | None = None) -> BuildResult:
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
    online = _online(config, area, tell)
    reports, set_aside = _read(config, area)
    facts, sensitive = [], {}
    for number, (one, spans) in enumerate(_understand(reports, area, online), start=1):
        facts.append(one)
        sensitive[one.report.report_id] = spans
        if progress:
            progress(number, len(reports))
    _tell_problems(online, tell)
    story = link(facts)
    disclosed = disclose(story, config.disclosure, set_aside, sensitive=sensitive, coarsen=area.municipality_of)
    layers = draw_layers(disclosed, boundaries=area.boundaries, footprints=area.footprints, metric_crs=area.metric_crs)
    info = _about(config, area, story, online)
    folium_map = render_map(layers, disclosed, info)
    page = page_html(folium_map).encode()
    write_atomic(map_path, page)
    return BuildResult(map_path, len(page), story, disclosed, layers, info, folium_map, set_aside)


def geoparse(config: Config, tell: Tell | None = None) -> Iterator[Facts | SetAside]:
    """Yield what each report says, then what was set aside. Internal: nothing is withheld."""
    area = _load_area(config)
    online = _online(config, area, tell)
    reports, set_aside = _read(config, area)
    yield from (facts for facts, _ in _understand(reports, area, online))
    _tell_problems(online, tell)
    yield from set_aside


def check(config: Config) -> CheckResult:
    """Check the area pack and the reports; write nothing."""
    area = _load_area(config)
    reports, set_aside = _read(config, area)
    return CheckResult(area.id, len(area.places), reports, set_aside)


def look_up(name: str, config: Config, tell: Tell | None = None) -> tuple[tuple[Candidate, Place], ...]:
    """Return the places that ``name`` may mean, best first; asked online only where the pack knows none."""
    from mapper.model import Candidate
    from mapper.places import Gazetteer

    area = _load_area(config)
    known = tuple((found, area.places[found.place_id]) for found in Gazetteer(area).lookup(name))
    online = _online(config, area, tell)
    if known or online is None:
        return known
    return tuple((Candidate(one.place_id, one.name, one.lon, one.lat, 1.0), one) for one in online.geocode(name))


def evaluate(config: Config, folder: Path, choice: Choice, progress: Progress | None = None) -> Evaluation:
    """Read the annotated reports of ``folder`` and measure how well they are read. Nothing is asked online.

    Raises
    ------
    MapperError
        If the area pack is broken or there is no annotated report to evaluate.
    """
    from mapper.contract import facts_to_dict
    from mapper.evaluation import evaluate, inside_test, read_folder

    area = _load_area(config)
    gold, set_aside = read_folder(folder, _places_called(area), choice)
    inside = area.boundaries[[area.places[i].in_area for i in area.boundaries["place_id"]]]
    outputs = []
    for number, (facts, _) in enumerate(_understand([one.as_report() for one in gold], area), start=1):
        outputs.append(facts_to_dict(facts))
        if progress:
            progress(number, len(gold))
    return evaluate(gold, outputs, inside_test(inside.geometry), set_aside)


def _places_called(area: Area) -> Callable[[str], tuple[Place, ...]]:
    """Return a look-up of the places that bear a name exactly, best first; near names are no annotation."""
    from mapper.places import Gazetteer
    from mapper.text import fold_name

    gazetteer = Gazetteer(area)

    def find(name: str) -> tuple[Place, ...]:
        wanted = fold_name(name).partition(",")[0].strip()
        known = [area.places[one.place_id] for one in (gazetteer.lookup(name) if wanted else ())]
        bearers = area.ids_named(wanted)
        return tuple(one for one in known if one.place_id in bearers or fold_name(one.name) == wanted)

    return find


def _load_area(config: Config) -> Area:
    from mapper.places import load_area

    return load_area(config.area)


def _read(config: Config, area: Area) -> tuple[tuple[Report, ...], tuple[SetAside, ...]]:
    from mapper.reports import read_reports

    room = config.limits.file_mb * 1_000_000
    pasted = sys.stdin.buffer.read(room + 1) if "-" in config.inputs else None
    return read_reports(
        config.inputs,
        config.overrides,
        pasted,
        time_zone=area.timezone,
        limits=config.limits,
        columns=config.columns,
    )


def _online(config: Config, area: Area, tell: Tell | None) -> OnlineGeocoder | None:
    """Return who is asked for names the pack does not know; nobody unless the user said so."""
    if not config.online:
        return None
    from mapper.places.online import OnlineGeocoder

    return OnlineGeocoder(area, config.geocoder, tell=tell, language=config.language)


def _tell_problems(online: OnlineGeocoder | None, tell: Tell | None) -> None:
    """Say which names stayed without an answer, once all were asked."""
    for problem in online.problems if online and tell else ():
        tell(problem)  # type: ignore[misc]  # there is one, or the loop is empty


def _understand(
    reports: Iterable[Report], area: Area, online: OnlineGeocoder | None = None
) -> Iterator[tuple[Facts, tuple[Span, ...]]]:
    """Yield what each report says, with its sensitive passages."""
    from mapper.events import understand
    from mapper.places import resolve
    from mapper.reading import Reader

    reader = Reader(area.name_records, area.guards, area.languages)
    for report in reports:
        reading = reader.read(report)
        mentions = resolve(reading, area)
        if online is not None and not report.private:  # what a private person named is nobody else's to know
            mentions = online.complete(mentions, report.text, reading.sensitive)
        yield understand(reading, mentions), reading.sensitive


def _about(config: Config, area: Area, story: Story, online: OnlineGeocoder | None) -> MapInfo:
    published = [report.published for report in story.reports if report.published]
    found = {
        one.place for facts in story.facts for one in facts.mentions if one.place and one.place.confidence == "online"
    }
    digest = hashlib.sha256(f"{__version__}\x1f{area.fingerprint}\x1f{config.disclosure}".encode())
    for place in sorted(found, key=lambda place: place.place_id):
        digest.update(f"\x1f{place}".encode())
    for report in story.reports:
        digest.update(f"\x1f{report.report_id}\x1f{report.published}\x1f{report.title}\x1f{report.text}".encode())
    return MapInfo(
        area_names=dict(area.names),
        languages=area.languages,
        bbox=area.bbox,
        attributions=(*area.attributions, *(online.attributions if online else ())),
        data_through=max(published, default=None),
        fingerprint=digest.hexdigest()[:12],
        version=__version__,
        contact=config.contact,
        example=config.inputs_are_examples,
    )
