"""Nothing that a level withholds survives in any output: words, offsets, coordinates, file names, in any format.

The story's secrets are words, numbers and coordinates found nowhere else. Every file that can be written is taken
apart (archives opened, tables, PDF streams and binary geometries read) and searched. What a picture draws is searched
before it is projected, in the layers that it is drawn from: no other coordinates reach it. At the internal level
each file says that it must not be forwarded.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import sqlite3
import zipfile
import zlib
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pytest
import shapely

from mapper import pipeline
from mapper.config import Config
from mapper.disclosure.masks import Masks
from mapper.errors import message
from mapper.export import FORMATS, export
from mapper.figure import Wanted, draw
from mapper.places import load_area
from mapper.view import page_html, render_embed, render_map
from mapper.view.assets import catalogues

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
    "public": ("Cota 905", "cota-905", "Los Rosales", "los-rosales", "Los Jardines"),
}
SECRETS["public"] = (*SECRETS["partner"], *SECRETS["public"], "2021-07-09_diario", "Tiroteos en")
FILES = ("map", "embed", "brief", "run", "changes", "layers", "figure.png", "figure.svg", "figure.pdf", *FORMATS)
HIDDEN_PLACES = {"partner": ("propatria", "casalta", "hospital-vargas"), "public": ("cota-905", "los-rosales")}
NOT_FORWARD = {language: message("do-not-forward", language) for language in ("es", "en")}
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


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
    internal = pipeline.find(Config(inputs=[folder], disclosure="internal"))
    return {"partner": partner, "public": public, "internal": internal}


def files_of(found: Findings, name: str) -> dict[str, bytes]:  # noqa: PLR0911 - one kind of file each
    """Return what is written under a name: the page, a picture, or the tables of one format."""
    shown = found.disclosed, found.layers, found.info
    pages = {"map": render_map, "embed": render_embed}
    if name in pages:
        return {"page.html": page_html(pages[name](found.layers, found.disclosed, found.info)).encode()}
    if name == "changes":
        return {"changes": json.dumps(found.changes.as_data(), default=str).encode()}
    if name == "layers":
        frames = {one: getattr(found.layers, one) for one in found.layers.__dataclass_fields__}
        return {f"{one}.txt": _cells(frame).encode() for one, frame in frames.items() if hasattr(frame, "geometry")}
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


def _numbers(shape: Any) -> str:
    """Return a geometry's coordinates with just the digits they have."""
    return str(shapely.get_coordinates(shape).tolist())


def _cells(frame: Any) -> str:
    """Return the cells of a frame as text, its geometries with all their digits."""
    shapes = [_numbers(one) for one in frame.geometry if one is not None]
    return "\n".join([*shapes, frame.drop(columns="geometry").to_json()])


def _shapes(cell: Any) -> str:
    """Return a binary cell of a GeoPackage or GeoParquet table as text, if it holds a geometry."""
    if not isinstance(cell, bytes):
        return str(cell)
    if cell[:2] == b"GP":  # a GeoPackage's header: its length depends on the envelope it holds
        cell = cell[8 + (0, 32, 48, 48, 64)[cell[3] >> 1 & 7] :]
    return _numbers(shapely.from_wkb(cell))


def _inflated(stream: bytes) -> str:
    try:
        return zlib.decompress(stream).decode("latin-1")
    except zlib.error:
        return ""  # a picture or a font, not packed or packed otherwise


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
            with closing(sqlite3.connect(path, isolation_level=None)) as base:
                parts += list(base.iterdump())
                tables = base.execute("SELECT table_name FROM gpkg_contents").fetchall()
                rows = (row for (table,) in tables for row in base.execute(f'SELECT * FROM "{table}"'))  # noqa: S608 - our own file
                parts += [_shapes(cell) for row in rows for cell in row]
            parts.append(content.decode("latin-1"))
        elif content[:4] == b"PAR1":
            import pyarrow.parquet as pq

            table = pq.read_table(io.BytesIO(content))
            parts += [_shapes(cell) for row in table.to_pylist() for cell in row.values()]
            parts.append(str(table.schema.metadata))
        elif content[:4] == b"%PDF":
            document = pdfium.PdfDocument(content)
            parts += [page.get_textpage().get_text_range() for page in document]
            parts.append(str(document.get_metadata_dict()))
            parts += map(_inflated, _STREAM.findall(content))
        parts.append(content.decode("utf-8", "replace"))
    return "\n".join(parts).replace("\\u00f1", "ñ")


def coordinates_of(level: str) -> list[str]:
    """Return patterns of the points that a level may not show; one number alone may be another point's too."""
    places = load_area("caracas").places
    pairs = [(places[one].lon, places[one].lat) for one in HIDDEN_PLACES[level]]
    orders = [order for lon, lat in pairs for order in ((lon, lat), (lat, lon))]
    return [rf"(?<![\d.]){re.escape(str(one))}[^\d-]{{1,12}}{re.escape(str(other))}(?!\d)" for one, other in orders]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("level", ["partner", "public"])
def test_no_hidden_coordinate_survives(told: dict[str, Findings], level: str, name: str, tmp_path: Path) -> None:
    text = taken_apart(files_of(told[level], name), tmp_path)
    assert [one for one in coordinates_of(level) if re.search(one, text)] == []


@pytest.mark.parametrize("name", ["gpkg", "parquet", "kml", "geojson", "layers"])
def test_a_hidden_coordinate_would_be_found(told: dict[str, Findings], name: str, tmp_path: Path) -> None:
    """The search looks into binary geometry: internal files, which withhold nothing, hold what it looks for."""
    text = taken_apart(files_of(told["internal"], name), tmp_path)
    assert [one for one in (*coordinates_of("partner"), *coordinates_of("public")) if re.search(one, text)]


def said(files: dict[str, bytes], folder: Path) -> dict[str, bool]:
    """Tell of each file whether it says in our words that it is not to be forwarded."""
    # A page's catalogue holds the words of every level: what stands without any script is what counts.
    shown = {name: re.sub(rb"<script.*?</script>", b"", content, flags=re.DOTALL) for name, content in files.items()}
    apart = {name: " ".join(taken_apart({name: content}, folder).split()) for name, content in shown.items()}
    return {name: any(words in text for words in NOT_FORWARD.values()) for name, text in apart.items()}


@pytest.mark.parametrize("name", [name for name in FILES if name not in {"changes", "layers"}])
def test_an_internal_file_says_that_it_must_not_be_forwarded(
    told: dict[str, Findings], name: str, tmp_path: Path
) -> None:
    assert set(said(files_of(told["internal"], name), tmp_path).values()) == {True}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("level", ["partner", "public"])
def test_no_other_file_says_so(told: dict[str, Findings], level: str, name: str, tmp_path: Path) -> None:
    assert set(said(files_of(told[level], name), tmp_path).values()) == {False}


@pytest.mark.parametrize("name", ["csv", "hxl", "acled", "ged"])
def test_every_row_of_an_internal_table_says_so(told: dict[str, Findings], name: str) -> None:
    for file, content in files_of(told["internal"], name).items():
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        if not file.startswith("about"):
            tags = {"#meta+handling"} if name == "hxl" else set()
            assert head[-1].lower() == "handling"
            assert {row[-1] for row in rows} - tags <= {" / ".join(NOT_FORWARD.values())}


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_says_it_in_the_same_words(language: str) -> None:
    assert catalogues()[language]["level.internal"] == NOT_FORWARD[language]


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
        ("public", ("mapper.disclosure.widened", lambda story, *_: (story, Masks())), "cota-905"),
        ("public", ("mapper.disclosure.unnamed", lambda disclosed, *_: disclosed), "2021-07-09_diario"),
    ],
    ids=["sensitive sites", "unstated numbers", "wider places", "reports by outlet and day"],
)
@pytest.mark.parametrize("off", [False, True], ids=["on", "off"])
def test_a_rule_that_is_switched_off_is_noticed(
    told: dict[str, Findings], level: str, switch: tuple, secret: str, *, off: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mapper.disclosure import disclose
    from mapper.model import DisclosureLevel, Precision

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
