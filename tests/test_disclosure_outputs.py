"""Nothing that a level withholds survives in any output: words, offsets, coordinates, file names, in any format.

The story's secrets are words, numbers and coordinates found nowhere else. Every file that can be written is taken
apart (archives opened, tables and PDF texts read) and searched.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sqlite3
import zipfile
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest

from mapper import pipeline
from mapper.config import Config
from mapper.export import FORMATS, export
from mapper.figure import Wanted, draw
from mapper.view import page_html, render_embed, render_map

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.results import Findings

# A report with an anonymous source, a small group, a hospital, a private message, and things that may be shown.
OPEN = """---
title: Tiroteos en la Cota 905
date: 2021-07-09
outlet: El Diario
---
Bandas armadas y policías se enfrentaron a tiros el jueves en la Cota 905. Siete personas murieron, informó la ministra de Interior.

"Yo huí de Los Jardines de El Valle con mi prima Zulenka", contó una vecina que pidió no ser identificada.

Unas 12 personas huyeron el jueves de Los Rosales a Casalta. Unos vecinos huyeron el jueves de la Cota 905 a Propatria.

Más de 300 personas huyeron el jueves de la Cota 905 al Hospital Vargas.
"""
CHAT = """09/07/21 10:01 - Yubirixa Quintanar: Hay tiros en Quinta Crespo, escuché disparos toda la noche
09/07/21 10:02 - Yubirixa Quintanar: Los muchachos dicen que mataron a dos en Quinta Crespo
"""
SECRETS = {
    "partner": (
        *("Zulenka", "Yubirixa", "Quintanar", "mi prima", "Propatria", "Casalta", "Hospital Vargas"),
        *("chat-de-yubirixa", "toda la noche"),
    ),
    "public": ("Cota 905", "cota-905", "Los Rosales", "los-rosales", "Los Jardines", "-66.92533", "10.48294"),
}
SECRETS["public"] = (*SECRETS["partner"], *SECRETS["public"], "2021-07-09_diario", "Tiroteos en")
FILES = ("map", "embed", "brief", "run", "changes", "figure.png", "figure.svg", "figure.pdf", *FORMATS)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Findings]:
    """Return what the reports say at both levels; for the public one everything counts as reviewed."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "2021-07-09_diario.txt").write_text(OPEN, encoding="utf-8")
    (folder / "chat-de-yubirixa.txt").write_text(CHAT, encoding="utf-8")
    partner = pipeline.find(Config(inputs=[folder]))
    records = [*partner.story.incidents, *partner.story.movements]
    judgements = folder.parent / "judgements.toml"
    reviewed = [f'[[reviewed]]\nrecord = "{one.record_id}"\n' for one in records]
    judgements.write_text("\n".join(reviewed), encoding="utf-8")
    late = dt.date(2021, 7, 20)
    public = pipeline.find(Config(inputs=[folder], disclosure="public", judgements=judgements, as_of=late))
    return {"partner": partner, "public": public}


def files_of(found: Findings, name: str) -> dict[str, bytes]:
    """Return what is written under a name: the page, a picture, or the tables of one format."""
    shown = found.disclosed, found.layers, found.info
    pages = {"map": render_map, "embed": render_embed}
    if name in pages:
        return {"page.html": page_html(pages[name](found.layers, found.disclosed, found.info)).encode()}
    if name == "changes":
        return {"changes": json.dumps(found.changes.as_data(), default=str).encode()}
    if name.startswith("figure"):
        figure = draw(*shown, Wanted(format=name.partition(".")[2], size="square"))
        return {figure.name: figure.content, "alt.txt": figure.alt_text.encode()}
    if name == "brief":
        from mapper.brief import typeset_brief

        return {"brief.pdf": typeset_brief(*shown, draw(*shown, Wanted(format="svg")).content, "es")}
    if name == "run":
        from mapper.run import run_record

        reports = found.disclosed.reports
        record = run_record(reports, pack="p", level=found.disclosed.level, files={}, counts=found.counts, seconds={})
        return {"run.json": json.dumps(record).encode()}
    return export(*shown, (name,))


def taken_apart(files: dict[str, bytes], folder: Path) -> str:
    """Return everything a file holds as one text: members of archives, cells of databases, words of documents."""
    parts = []
    for name, content in files.items():
        parts.append(name)
        if content[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts += [archive.read(member).decode("utf-8", "replace") for member in archive.namelist()]
        elif content[:15] == b"SQLite format 3":
            path = folder / name
            path.write_bytes(content)
            with sqlite3.connect(path) as base:
                parts += list(base.iterdump())
            parts.append(content.decode("latin-1"))
        elif content[:4] == b"PAR1":
            import pyarrow.parquet as pq

            table = pq.read_table(io.BytesIO(content))
            parts += [str(table.to_pylist()), str(table.schema.metadata)]
        elif content[:4] == b"%PDF":
            document = pdfium.PdfDocument(content)
            parts += [page.get_textpage().get_text_range() for page in document]
            parts.append(str(document.get_metadata_dict()))
        parts.append(content.decode("utf-8", "replace"))
    return "\n".join(parts).replace("\\u00f1", "ñ")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("level", ["partner", "public"])
def test_nothing_withheld_survives(told: dict[str, Findings], level: str, name: str, tmp_path: Path) -> None:
    text = taken_apart(files_of(told[level], name), tmp_path)
    assert [secret for secret in SECRETS[level] if secret.lower() in text.lower()] == []


def test_what_may_be_shown_is_there(told: dict[str, Findings], tmp_path: Path) -> None:
    """A search that finds nothing because there is nothing would prove nothing."""
    partner = taken_apart(files_of(told["partner"], "jsonl"), tmp_path)
    public = taken_apart(files_of(told["public"], "jsonl"), tmp_path)
    assert "Cota 905" in partner
    assert "Santa Rosalía" in public


def test_the_secrets_are_in_what_was_read(told: dict[str, Findings]) -> None:
    texts = " ".join(report.text for report in told["partner"].story.reports)
    assert [
        secret for secret in ("Zulenka", "Propatria", "Hospital Vargas", "toda la noche") if secret not in texts
    ] == []


@pytest.mark.parametrize(
    ("level", "switch", "secret"),
    [
        ("partner", ("mapper.disclosure.widening.SENSITIVE_SITES", frozenset()), "Hospital Vargas"),
        ("partner", ("mapper.disclosure.groups.is_unstated", lambda _: False), "Propatria"),
        ("public", ("mapper.disclosure.widened", lambda story, _: (story, {})), "cota-905"),
        ("public", ("mapper.disclosure.unnamed", lambda disclosed: disclosed), "2021-07-09_diario"),
    ],
    ids=["sensitive sites", "unstated numbers", "wider places", "reports by outlet and day"],
)
@pytest.mark.parametrize("off", [False, True], ids=["on", "off"])
def test_a_rule_that_is_switched_off_is_noticed(
    told: dict[str, Findings], level: str, switch: tuple, secret: str, *, off: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mapper.disclosure import disclose
    from mapper.model import DisclosureLevel, Precision
    from mapper.places import load_area

    area = load_area("caracas")
    internal = told["partner"].story
    if off:
        monkeypatch.setattr(*switch)
    loose = disclose(
        internal,
        DisclosureLevel(level),
        coarsen=area.municipality_of,
        to_parish=area.parish_of,
        as_of=dt.date(2021, 7, 20),
        finest=Precision.PARISH,
        mentions=True,
    )
    assert (secret in repr(loose)) == off
