"""A movement whose ends became one and the same wider area is told as one within it, in every output in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pypdfium2 as pdfium
import pytest
import view_fixture as story

from mapper.brief import typeset_brief
from mapper.changes import Change, Changes, summaries
from mapper.changes_text import change_lines
from mapper.export import export
from mapper.figure import Wanted, draw
from mapper.model import DateSpan, Disclosed, Movement, MovementKind, Precision
from mapper.view.static import still_page

VALLE = replace(story.EL_VALLE, precision=Precision.PARISH)
ARROW = f"{VALLE.name} → {VALLE.name}"
WITHIN = {"es": f"dentro de {VALLE.name}", "en": f"within {VALLE.name}"}


@pytest.fixture
def told() -> Disclosed:
    first = story.MOVEMENTS[0]
    day = dt.date(2021, 7, 9)
    moved = Movement("m-inside", MovementKind.DISPLACEMENT, (VALLE,), (VALLE,), (), DateSpan(day, day))
    undated = replace(moved, movement_id="m-undated", when=DateSpan(), evidence=first.evidence)
    return story.disclosed(movements=(replace(moved, evidence=first.evidence), undated))


def outputs(told: Disclosed, name: str, language: str) -> str:
    shown = told, story.layers(), story.info()
    if name == "static":
        return still_page(story.layers(), told, story.info())
    if name == "kml":
        return export(*shown, ("kml",))["mapper.partner.kml"].decode()
    if name == "changes":
        kind, says = summaries(told)["m-inside"]
        return "\n".join(change_lines(Changes(1, (Change("m-inside", kind, None, says),)), language))
    window = (dt.date(2021, 7, 1), dt.date(2021, 7, 31))
    if name == "figure":
        return draw(*shown, Wanted(language=language, format="svg", windows=(window,))).alt_text
    pages = pdfium.PdfDocument(typeset_brief(*shown, draw(*shown, Wanted(format="svg")).content, language))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


@pytest.mark.parametrize(
    ("name", "language"),
    [("static", "es"), ("kml", "en"), *((name, lang) for name in ("changes", "figure", "brief") for lang in WITHIN)],
)
def test_it_is_told_as_within(told: Disclosed, name: str, language: str) -> None:
    text = outputs(told, name, language)
    assert WITHIN[language] in text
    assert ARROW not in text


def test_the_columns_of_a_table_keep_both_ends(told: Disclosed) -> None:
    table = export(told, story.layers(), story.info(), ("csv",))["movements.partner.csv"].decode("utf-8-sig")
    head, *rows = (line.split(",") for line in table.splitlines())
    ends = {(row[head.index("origin_place")], row[head.index("destination_place")]) for row in rows}
    assert ends == {(VALLE.name, VALLE.name)}
