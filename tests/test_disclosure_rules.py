"""Each rule of disclosure, switched off alone, lets a secret into what is written.

Rules are the rows of ``RULES``: the level, what switches the rule off, and a secret that the written files hold only then
(a regular expression). The files are a table of every layer and the page; what is drawn comes from the same records.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from mapper import pipeline
from mapper.config import Config
from mapper.disclosure import disclose
from mapper.disclosure.masks import Masks
from mapper.disclosure.screen import Screen
from mapper.export import export
from mapper.geo import draw_layers
from mapper.model import DisclosureLevel
from mapper.places import load_area
from mapper.reading import Reader, exposes
from mapper.view import page_html, render_map

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.model import MapInfo, Span, Story
    from mapper.places import Area

DIARIO = """---
title: Tiroteos en la Cota 905
date: 2021-07-09
outlet: El Diario
url: https://example.org/a/tiroteos
author: Yajaira Autora
---
Bandas armadas y policías se enfrentaron a tiros el jueves en la Cota 905. Siete personas murieron, informó la ministra de Interior. Nueve personas resultaron heridas, dijo Ramón Quijada.

"Hubo un tiroteo el jueves en Los Jardines de El Valle y huí con mi prima Zulenka, que vive en el barrio Zarabanda", contó una vecina que pidió no ser identificada.

Unas 12 personas huyeron el jueves de Los Rosales a Casalta. Otras 13 personas huyeron el jueves de Los Rosales a Propatria. Unos vecinos huyeron el jueves de la Cota 905 a Sarría.

Más de 300 personas huyeron el jueves de la Cota 905 al Hospital Vargas. Más de 200 personas huyeron el viernes de la Cota 905 a la Plaza Venezuela.

La niña Zulimara Ontiveros salió con ellos. El barrio Zarabandita amaneció en calma.
"""
HORA = """---
title: Otros once dejan Los Rosales rumbo a #Casalta; hay heridos en el CLÍNICO-UNIVERSITARIO
date: 2021-07-10
outlet: La Hora
url: https://example.org/b/huyen-a-Casalta
---
Hombres armados y policías intercambiaron disparos el viernes en Quinta Crespo mientras Zulimara corría. Unas 11 personas huyeron el viernes de Los Rosales a Casalta.
"""
TARDE = """---
title: Balacera
date: 2021-07-19
outlet: Radio Tardía
---
Bandas armadas y policías se enfrentaron a tiros el lunes en Antímano.
"""
CHAT = """09/07/21 10:01 - Yubirixa Quintanar: Hay tiros en El Silencio, escuché disparos toda la noche
09/07/21 10:02 - Yubirixa Quintanar: Los muchachos dicen que mataron a dos en El Silencio
"""
REPORTS = {
    "2021-07-09_diario.txt": DIARIO,
    "2021-07-10_casalta.txt": HORA,
    "2021-07-19_tarde.txt": TARDE,
    "chat.txt": CHAT,
}
LATE = dt.date(2021, 7, 20)


@dataclass(frozen=True)
class Read:
    """What was read, internal: nothing is withheld yet."""

    area: Area
    story: Story
    sensitive: dict[str, tuple[Span, ...]]
    info: MapInfo
    judged: dict[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    found = pipeline.find(Config(inputs=[folder], disclosure="internal"))
    area = load_area("caracas")
    reader = Reader(area.name_records, area.guards, area.languages, area.within)
    sensitive = {report.report_id: reader.read(report).sensitive for report in found.story.reports}
    first = found.story.incidents[0]
    spoken = replace(first, claims=tuple(replace(one, who="barrio Zarabanda", speaker="") for one in first.claims[:1]))
    story = replace(
        found.story,
        incidents=(replace(first, claims=(*first.claims, *spoken.claims)), *found.story.incidents[1:]),
    )
    judged = {first.record_id: ("killed: lo vio Zulimara", "same: su prima vive en la casa número 14")}
    return Read(area, story, sensitive, found.info, judged)


def written(read: Read, level: str) -> str:
    """Return what is written at a level, as one text."""
    disclosed = disclose(
        read.story,
        DisclosureLevel(level),
        sensitive=read.sensitive,
        coarsen=read.area.municipality_of,
        to_parish=read.area.parish_of,
        as_of=LATE,
        mentions=True,
        judged=read.judged,
        names=read.area.name_records,
        exposes=exposes,
    )
    drawn = {"boundaries": read.area.boundaries, "footprints": read.area.footprints, "lines": read.area.lines}
    layers = draw_layers(disclosed, metric_crs=read.area.metric_crs, **drawn)
    tables = export(disclosed, layers, read.info, ("jsonl",))
    page = page_html(render_map(layers, disclosed, read.info))
    return "\n".join([*tables, *(table.decode() for table in tables.values()), page])


def keep(one: Any, *_: Any) -> Any:
    """Switch off a rule that returns its first argument changed."""
    return one


def never(*_: Any) -> bool:
    return False


# rule: level, what switches it off, what the files hold only then
RULES = {
    "1 words of a source": ("partner", [(Screen, "withholds", never)], "huí con mi"),
    "1 names that only a source says": ("partner", [(Screen, "hides", never)], "Zarabanda\\b"),
    "2 words that only a source says": ("partner", [(Screen, "hides_words", never)], '"barrio Zarabanda'),
    "3 places that only a source names": ("partner", [(Screen, "hides_place", never)], "Los Jardines"),
    "4 small groups": (
        "partner",
        [("mapper.disclosure.is_small", never), ("mapper.disclosure.groups.is_small", never)],
        "Propatria",
    ),
    "4 groups of unstated size": (
        "partner",
        [("mapper.disclosure.is_unstated", never), ("mapper.disclosure.groups.is_unstated", never)],
        "Sarría",
    ),
    "sensitive sites": (
        "partner",
        [("mapper.disclosure.widening.SENSITIVE_SITES", frozenset())],
        "Hospital Vargas|Vargas Hospital",
    ),
    "squares where people took shelter": (
        "partner",
        [("mapper.disclosure.widening.SHELTERING_SITES", frozenset())],
        "Plaza Venezuela",
    ),
    "names of private persons": ("partner", [(Masks, "passage", lambda _, __, text, cuts=(): (text, cuts))], "Zulimara"),
    "titles": ("partner", [(Masks, "title", lambda _, __, title, *___: title)], "rumbo a #Casalta"),
    "addresses and file names": ("partner", [(Masks, "tells", never)], "huyen-a-Casalta|07-10_casalta"),
    "5 reports as references": ("partner", [("mapper.disclosure._reference", lambda one, _: replace(one, text=""))], "rumbo a #Casalta"),
    "6 private reports": ("partner", [("mapper.disclosure.screen._is_private", never)], "toda la noche"),
    "reasons of analysts": ("partner", [("mapper.disclosure._reasons", lambda judged, *_: dict(judged))], "casa número 14"),
    "P1 coarse places": ("public", [("mapper.disclosure.widened", lambda story, *_: (story, Masks()))], "cota-905"),
    "P1 reports by outlet and day": ("public", [("mapper.disclosure.unnamed", keep)], "2021-07-09_diario"),
    "P1 reports of shown records": ("public", [("mapper.disclosure.cited", lambda _, reports: tuple(reports))], "Radio Tardía"),
    "P2 the last 72 hours": ("public", [("mapper.disclosure.held_back", never)], "Radio Tardía"),
    "P3 passages": ("public", [("mapper.disclosure.public_quotes", tuple)], "informó la ministra"),
    "P3 private speakers": ("public", [("mapper.disclosure.public.institutional", bool)], "Ramón Quijada"),
    "P4 small numbers": ("public", [("mapper.disclosure.public._rounded", keep)], '"people_best": ?1[123]\\b'),
    "P4 small movements as one": ("public", [("mapper.disclosure.merged", list)], '"people_high": ?19'),
    "P5 lists": (
        "public",
        [("mapper.disclosure._has_lists", bool), ("mapper.disclosure.cited", lambda _, reports: reports)],
        "Zarabandita",
    ),
}  # fmt: skip


def switch_off(monkeypatch: pytest.MonkeyPatch, switches: list[tuple[Any, ...]]) -> None:
    for switch in switches:
        monkeypatch.setattr(*switch)


@pytest.fixture(scope="module")
def shut(read: Read) -> dict[str, str]:
    """Return what is written with every rule on."""
    return {level: written(read, level) for level in ("partner", "public")}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_keeps_its_secret(rule: str, shut: dict[str, str]) -> None:
    level, _, secret = RULES[rule]
    assert re.findall(secret, shut[level]) == []


@pytest.mark.parametrize("rule", RULES)
def test_without_the_rule_the_secret_is_out(rule: str, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    level, switches, secret = RULES[rule]
    switch_off(monkeypatch, switches)
    assert re.search(secret, written(read, level))


@pytest.mark.parametrize(("off", "shown"), [(False, False), (True, True)], ids=["on", "off"])
def test_only_reviewed_records_are_public(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, off: bool, shown: bool
) -> None:
    """The rule stands before disclosure, where judgements are applied."""
    (tmp_path / "2021-07-09_diario.txt").write_text(DIARIO, encoding="utf-8")
    if off:
        monkeypatch.setattr(Config, "shows_reviewed_only", property(never))
    found = pipeline.find(Config(inputs=[tmp_path], disclosure="public", as_of=LATE))
    tables = export(found.disclosed, found.layers, found.info, ("jsonl",))
    assert (b'"layer":"incidents"' in b"".join(tables.values())) == shown
