"""The brief: what it says, in which words, on how many pages, and that it says nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pytest
from view_fixture import COTA, LA_VEGA, REPORTS, disclosed, info, layers, nothing

from mapper import pipeline
from mapper.brief import typeset_brief
from mapper.brief.content import brief_content
from mapper.brief.words import Words
from mapper.config import Config
from mapper.model import (
    Assertion,
    Claim,
    DatePrecision,
    DateSpan,
    DisclosureLevel,
    Estimate,
    EventType,
    Evidence,
    Incident,
    Measure,
    Movement,
    MovementKind,
    Precision,
    Report,
)

if TYPE_CHECKING:
    from pathlib import Path

MAP = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 6"><rect width="10" height="6"/></svg>'
DAY = dt.date(2021, 7, 8)


def incident(name: str = "i-1", **fields: Any) -> Incident:
    given = {
        "event_type": EventType.BATTLES,
        "sub_event_type": "Armed clash",
        "when": DateSpan(DAY, DAY, DatePrecision.DAY),
        "places": (COTA,),
    }
    return Incident(name, **(given | fields))


def said(language: str = "en", about: Any = None, **fields: Any) -> dict[str, list[Any]]:
    """Return the lines of each section by its heading."""
    content = brief_content(disclosed(**fields), layers(), about or info(), language)
    found: dict[str, list[Any]] = {}
    for section in content["sections"]:
        lines: list[Any] = []
        for block in section["blocks"]:
            lines += block.get("items") or block.get("rows") or [block.get("text")]
        found[section["heading"]] = lines
    return found


def text_of(pdf: bytes) -> str:
    """Return the words of a PDF, in the order of its pages."""
    pages = pdfium.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def test_the_same_records_give_the_same_bytes() -> None:
    first, second = (typeset_brief(disclosed(), layers(), info(), MAP, "es") for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("language", "words"), [("en", "What happened"), ("es", "Qué pasó")])
def test_it_speaks_the_language_asked_for(language: str, words: str) -> None:
    assert words in text_of(typeset_brief(disclosed(), layers(), info(), MAP, language))


def test_the_pdf_is_tagged_for_screen_readers() -> None:
    pdf = typeset_brief(disclosed(), layers(), info(), MAP, "es")
    assert pdfium.raw.FPDFCatalog_IsTagged(pdfium.PdfDocument(pdf))
    assert b"pdfuaid:part" in pdf


def many(count: int) -> dict[str, Any]:
    """Return a story of many records, with names and titles as long as a hostile report makes them."""
    places = [replace(COTA, place_id=f"p{n}", name=f"Barrio {n} " + "largo " * 60) for n in range(40)]
    reports = tuple(Report(f"r{n}", "", "Título " * 90, "es", DAY, "Medio " * 70 + str(n)) for n in range(60))
    claim = Claim("r1", 0, 4, Measure.KILLED, Estimate(1, 2, 3), "ministro " * 80, "personas " * 60)
    days = [DAY + dt.timedelta(days=n % 200) for n in range(count)]
    incidents = tuple(
        incident(
            f"i{n}",
            when=DateSpan(day, day, DatePrecision.DAY),
            places=tuple(places[n % 30 : n % 30 + 6]),
            claims=(claim, replace(claim, report_id=f"r{n % 60}")),
            evidence=tuple(Evidence(f"r{k}", 0, 4) for k in range(20)),
        )
        for n, day in enumerate(days)
    )
    movements = tuple(
        Movement(f"m{n}", MovementKind.DISPLACEMENT, tuple(places[:6]), tuple(places[6:12]), when=DateSpan(day, day))
        for n, day in enumerate(days)
    )
    return {"reports": reports, "incidents": incidents, "movements": movements}


@pytest.mark.parametrize("count", [40, 5_000])
def test_it_never_grows_beyond_four_pages(count: int) -> None:
    pdf = typeset_brief(disclosed(**many(count)), layers(), info(), MAP, "es")
    assert len(pdfium.PdfDocument(pdf)) <= 4


def test_nothing_to_tell_is_said() -> None:
    empty, told = nothing()
    text = text_of(typeset_brief(told, empty, info(), MAP, "en"))
    assert "The reports tell of no incident that may be shown." in text


@pytest.mark.parametrize(
    "hostile", ["#strong[x]", "$x^2$", "*bold* _it_", "@ref <label>", "= Heading", '"; #panic() "']
)
def test_what_a_report_says_stays_text(hostile: str) -> None:
    reports = (replace(REPORTS[0], title=hostile), *REPORTS[1:])
    assert hostile in text_of(typeset_brief(disclosed(reports=reports), layers(), info(), MAP, "en"))


def test_an_incident_is_told_with_its_days_places_and_toll() -> None:
    told = incident(
        when=DateSpan(DAY, dt.date(2021, 7, 10), DatePrecision.DAY), fatalities=Estimate(22, 26, 31), evidence=()
    )
    (line,) = said(incidents=(told,))["What happened"]
    assert line == ("8 to 10 July 2021: armed clash in Cota 905. Killed: 26 (reports say 22 to 31). Source withheld.")


@pytest.mark.parametrize("assertion", [one for one in Assertion if one is not Assertion.NONE])
def test_what_did_not_simply_happen_is_not_told_as_having_happened(assertion: Assertion) -> None:
    (line,) = said(incidents=(incident(assertion=assertion),))["What happened"]
    assert line == "The reports tell of no incident that may be shown."


def test_a_threatened_place_is_said_to_be_only_that() -> None:
    assert "La Vega: threatened, no incident." in said()["What is uncertain"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Estimate(24, None, None), "at least 24"),
        (Estimate(24, 24, None), "at least 24"),
        (Estimate(None, None, 20), "at most 20"),
        (Estimate(60, None, 80), "60 to 80"),
        (Estimate(3, 3, 3), "3"),
    ],
)
def test_a_bound_is_never_told_as_the_number(number: Estimate, words: str) -> None:
    (line,) = said(incidents=(incident(fatalities=number),))["What happened"]
    assert f"Killed: {words}. " in line


def moved(**fields: Any) -> Movement:
    return Movement("m-1", MovementKind.DISPLACEMENT, **({"origins": (COTA,), "destinations": ()} | fields))


def test_families_stay_families() -> None:
    (line,) = said(movements=(moved(households=Estimate(40, 40, 40, "families")),))["Who was displaced"]
    assert "; 40 families." in line


def test_an_end_that_may_not_be_shown_is_said_to_be_missing() -> None:
    (line,) = said(movements=(moved(),))["Who was displaced"]
    assert "from Cota 905 to a place not stated or withheld" in line


def test_a_withheld_speaker_is_said_to_be_withheld() -> None:
    claim = Claim("r1", 0, 4, Measure.KILLED, Estimate(4, 4, 4), sensitive=True)
    ((_, _, speaker, _),) = said(incidents=(incident(claims=(claim,)),))["Tolls, claim by claim"]
    assert speaker == "source withheld"


def test_claims_that_differ_stand_side_by_side() -> None:
    claims = tuple(Claim("r1", n, n + 1, Measure.KILLED, Estimate(n, n, n), f"speaker {n}") for n in (22, 24))
    rows = said(incidents=(incident(claims=claims),))["Tolls, claim by claim"]
    assert [row[1] for row in rows] == ["Killed: 22", "Killed: 24"]


def test_the_first_brief_has_nothing_to_compare_with() -> None:
    assert said()["What changed since the last brief"][0].startswith("This is the first brief")


def test_what_is_new_is_told_with_its_record() -> None:
    about = info(changes={"since": 1, "new": ["i-1"], "revised": {}, "gone": []})
    lines = said(about=about, incidents=(incident(),))["What changed since the last brief"]
    assert lines[0] == "New records: 1. Revised: 0. Gone: 0."
    assert lines[1].startswith("New. 8 July 2021: armed clash in Cota 905.")


def test_what_was_revised_names_what_changed() -> None:
    about = info(changes={"since": 1, "new": [], "revised": {"i-1": {"killed": 2, "told": 1}}, "gone": []})
    lines = said(about=about, incidents=(incident(),))["What changed since the last brief"]
    assert lines[1].startswith("Revised (killed, other details). ")


@pytest.mark.parametrize("level", [DisclosureLevel.INTERNAL, DisclosureLevel.PARTNER])
def test_every_page_says_its_level(level: DisclosureLevel) -> None:
    pages = pdfium.PdfDocument(typeset_brief(disclosed(level=level), layers(), info(), MAP, "en"))
    words = {"internal": "do not forward", "partner": "is withheld"}[level.value]
    assert all(words in page.get_textpage().get_text_range() for page in pages)


def test_a_source_without_a_title_ends_with_its_day() -> None:
    reports = (Report("r", "", outlet="El Diario", published=DAY),)
    assert said(reports=reports)["Sources"] == ["El Diario, 8 July 2021"]


def test_the_public_level_says_which_hours_are_held_back() -> None:
    told = disclosed(level=DisclosureLevel.PUBLIC, as_of=DAY, finest=Precision.PARISH)
    assert "the 72 hours up to 8 July 2021 are held back" in brief_content(told, layers(), info(), "en")["level"]


def test_a_place_named_by_no_record_is_nowhere() -> None:
    told = said(incidents=(incident(),), movements=(), mentioned=())
    assert LA_VEGA.name not in str(told)


def test_a_brief_tells_what_changed_since_the_last_brief_whatever_maps_were_made_between(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    config = Config(inputs=[reports], out=tmp_path / "out", store=tmp_path / "s.db", language="en")

    def report(name: str, place: str) -> None:
        text = f"---\ndate: 2021-07-09\noutlet: {name}\n---\nTwo gangs exchanged gunfire in {place} on Thursday.\n"
        (reports / f"{name}.txt").write_text(text, encoding="utf-8")

    report("one", "Cota 905")
    pipeline.write_brief(config)
    report("two", "Petare")
    pipeline.build(config)
    report("three", "Caricuao")
    ((brief, _),) = pipeline.write_brief(config).items()
    assert "New records: 2." in text_of(brief.read_bytes())


@pytest.mark.parametrize("name", ["a\u202eb", "a\u200bb", "a\x07b"])
def test_a_name_cannot_turn_the_words_around_it(name: str) -> None:
    assert Words("en", ()).clipped(name) == "ab"
