"""The main road: reports -> reading -> places -> events -> disclosure -> geo -> view.

Read this file first. Each room does one job and knows nothing of the others; only this module
knows their order. Nothing that disclosure withholds reaches ``geo`` or ``view``.
"""

from __future__ import annotations

import contextlib
import sys
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from mapper.collecting import uncollected
from mapper.logs import note
from mapper.model import Precision
from mapper.results import BuildResult, CheckResult, Findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from mapper.config import Config
    from mapper.evaluation import Choice, Evaluation
    from mapper.judgements import Judgements
    from mapper.memory import Memory
    from mapper.model import Candidate, Facts, Place, Report, SetAside
    from mapper.places import Area
    from mapper.places.online import OnlineGeocoder
    from mapper.readings import Understood
    from mapper.results import Progress
    from mapper.store import Store

    Tell = Callable[[str], None]

__all__ = [
    "build",
    "check",
    "evaluate",
    "find",
    "geoparse",
    "look_up",
    "places_of",
    "write_brief",
]


@uncollected()
def build(config: Config, progress: Progress | None = None, tell: Tell | None = None) -> BuildResult:
    """Read the reports of ``config`` and write their map, and the tables asked for, each whole or not at all.

    Raises
    ------
    MapperError
        If the area pack is broken, no report can be read or the output cannot be written.
    """
    from mapper.files import require_writable
    from mapper.writing import embedded, pages, write, write_tables

    require_writable(config.out / config.map_name)
    if config.embed:
        require_writable(config.out / config.embed_name)
    with _open_store(config) as store:
        findings, keep = _find(config, store, progress, tell, mentions=bool(config.export))
        folium_map, written = pages(config, findings)
        files = write(config.out, written) | write_tables(findings, config.out, config.export)
        page = config.out / config.map_name
        result = BuildResult(
            **{field.name: getattr(findings, field.name) for field in fields(findings)},
            map_path=page,
            map_bytes=files[page],
            map=folium_map,
            files=files,
            **embedded(config, findings.info, files),
        )
        return replace(result, number=keep(files))


def find(config: Config, progress: Progress | None = None, tell: Tell | None = None) -> Findings:
    """Read the reports of ``config`` and return what they say at its disclosure level; write nothing but the store.

    Raises
    ------
    MapperError
        If the area pack is broken or no report can be read.
    """
    with _open_store(config) as store:
        return _find(config, store, progress, tell, mentions=True)[0]


def write_brief(config: Config, progress: Progress | None = None, tell: Tell | None = None) -> dict[Path, int]:
    """Read the reports of ``config`` and write the brief; return its path and size.

    Raises
    ------
    MapperError
        If the area pack is broken, no report can be read or the brief cannot be written.
    """
    from mapper.brief import typeset_brief
    from mapper.figure import Wanted, draw
    from mapper.files import require_writable
    from mapper.writing import write

    require_writable(config.out / config.brief_name)
    with _open_store(config) as store:
        found, keep = _find(config, store, progress, tell, mentions=False, wrote=config.brief_name)
        shown = found.disclosed, found.layers, found.info
        picture = draw(*shown, Wanted(format="svg", size="square", language=config.language))
        files = write(config.out, {config.brief_name: typeset_brief(*shown, picture.content, config.language)})
        keep(files)
    return files


def _open_store(config: Config) -> AbstractContextManager[Store | None]:
    if not config.store:
        return contextlib.nullcontext()
    from mapper.store import Store

    return Store(config.store)


@uncollected()
def _find(
    config: Config,
    store: Store | None,
    progress: Progress | None,
    tell: Tell | None,
    *,
    mentions: bool,
    wrote: str = "",
) -> tuple[Findings, Callable[[Mapping[Path, int]], int | None]]:
    """Return what the reports say, and what keeps this build once its files are written."""
    from mapper.about import map_info
    from mapper.disclosure import disclose
    from mapper.events import link
    from mapper.geo import draw_layers
    from mapper.history import History, require_build, series_of
    from mapper.identity import settle_story
    from mapper.memory import Memory
    from mapper.reading import exposes
    from mapper.run import Stopwatch, run_record

    watch = Stopwatch()
    area = _load_area(config)
    online = _online(config, area, tell)
    judgements = _judgements(config, area)
    memory = Memory(store, area.fingerprint, repr(config.geocoder) if online else "", judgements.about, area.places)
    series = series_of(config.inputs, config.area, config.disclosure)
    require_build(store, series, config.since)  # said before the reading, not after it
    reports, set_aside = judgements.standing(*_read(config, area, memory))
    note("reports", "found", reports=len(reports), set_aside=len(set_aside))
    reports = (*reports, *judgements.sources())
    watch.lap("open")
    facts, sensitive = [], {}
    for number, (one, spans) in enumerate(_understand(reports, area, online, memory, judgements), start=1):
        facts.append(one)
        sensitive[one.report.report_id] = spans
        if progress:
            progress(number, len(reports))
    _tell_problems(online, tell)
    watch.lap("read")
    facts = judgements.complete(facts, sensitive)
    info = map_info(config, area, facts, online, f"{judgements.fingerprint} {config.shows_reviewed_only}")
    history = History(store, series, info.fingerprint, config.since, wrote=wrote)
    story = link(facts, judgements.ties(facts, history.anchors))
    story, identities = settle_story(story, history.anchors)
    judged = judgements.judge(story, only_reviewed=config.shows_reviewed_only)
    disclosed = disclose(
        judged.story,
        config.disclosure,
        set_aside,
        sensitive=sensitive,
        coarsen=area.municipality_of,
        to_parish=area.parish_of,
        finest=Precision(config.public_places),
        as_of=config.as_of,
        mentions=mentions,
        reviewed=judged.reviewed,
        judged=judged.reasons,
        names=area.name_records,
        exposes=exposes,
        numbers=store.numbers if store else None,
    )
    changes = history.changes(disclosed, identities)
    watch.lap("link")
    layers = draw_layers(
        disclosed,
        boundaries=area.boundaries,
        footprints=area.footprints,
        metric_crs=area.metric_crs,
        lines=area.lines,
    )
    watch.lap("draw")
    findings = Findings(
        story=judged.story,
        disclosed=disclosed,
        layers=layers,
        info=replace(info, changes=changes.as_data()),
        set_aside=set_aside,
        changes=changes,
        reports_read=memory.read,
        rejected=len(judged.rejected),
        idle_judgements=judgements.idle(),
    )

    def keep(files: Mapping[Path, int]) -> int | None:
        watch.lap("write")
        run = run_record(
            reports,
            pack=area.fingerprint,
            level=config.disclosure,
            files={path.name: size for path, size in files.items()},
            counts=findings.counts,
            seconds=watch.seconds,
        )
        return history.keep(judged.story, identities, run)

    return findings, keep


def geoparse(config: Config, tell: Tell | None = None) -> Iterator[Facts | SetAside]:
    """Yield what each report says, then what was set aside. Internal: nothing is withheld."""
    area = _load_area(config)
    online = _online(config, area, tell)
    judgements = _judgements(config, area)
    reports, set_aside = judgements.standing(*_read(config, area))
    yield from (facts for facts, _ in _understand(reports, area, online, judgements=judgements))
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


def _read(config: Config, area: Area, memory: Memory | None = None) -> tuple[tuple[Report, ...], tuple[SetAside, ...]]:
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
        kept=memory,
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


def places_of(config: Config) -> Callable[[str], Place | None]:
    """Return the look-up of a place by its id in the area of ``config``."""
    return _load_area(config).places.get


def _judgements(config: Config, area: Area) -> Judgements:
    from mapper.judgements import Judgements, load_judgements

    return load_judgements(config.judgements, area.places.get) if config.judgements else Judgements()


def _understand(
    reports: Iterable[Report],
    area: Area,
    online: OnlineGeocoder | None = None,
    memory: Memory | None = None,
    judgements: Judgements | None = None,
) -> Iterator[Understood]:
    """Yield what each report says, with its sensitive passages; what the memory holds is not read again."""
    from mapper.events import understand
    from mapper.places import resolve
    from mapper.reading import Reader

    reader = None
    for report, known in memory.readings(reports) if memory else ((report, None) for report in reports):
        if known:
            yield known
            continue
        reader = reader or Reader(area.name_records, area.guards, area.languages, area.within)
        reading = reader.read(report)
        mentions = resolve(reading, area)
        unanswered = len(online.problems) if online else 0
        if online is not None and not report.private:  # what a private person named is nobody else's to know
            mentions = online.complete(mentions, report.text, reading.sensitive)
        if judgements:
            mentions = judgements.mentions(report, mentions)
        facts = understand(reading, mentions)
        understood = (judgements.places_only(facts) if judgements else facts), reading.sensitive
        if memory and (online is None or len(online.problems) == unanswered):
            understood = memory.keep_reading(report, understood)
        yield understood
