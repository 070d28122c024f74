"""Figures: sizes, words inside, days shown, and that nothing is lost, cut off or parsed."""

from __future__ import annotations

import datetime as dt
import functools
import io
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import pypdfium2 as pdfium
import pytest
import view_fixture as story
from figure_fixture import LAYERS, WEEK, figure, shown, words_of
from lxml import etree
from PIL import Image

from mapper.errors import ConfigError
from mapper.figure import SIZES, THEMES, wanted
from mapper.figure.ground import frame_of
from mapper.figure.text import measured, wrapped
from mapper.model import DisclosureLevel


@functools.cache
def plain_words() -> str:
    """Return the words inside the whole story's figure."""
    return words_of(figure(format="pdf"))


# --- files ---


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_records_give_the_same_bytes(kind: str) -> None:
    assert figure(format=kind).content == figure(format=kind).content


@pytest.mark.parametrize(
    ("size", "pixels", "dpi"),
    [
        ("column", (1062, 1535), 300),
        ("square", (1080, 1080), 150),
        ("story", (1080, 1920), 150),
        ("link", (1200, 630), 150),
    ],
)
def test_a_picture_is_as_large_as_it_will_be_used(size: str, pixels: tuple[int, int], dpi: int) -> None:
    picture = Image.open(io.BytesIO(figure(size=size).content))
    assert (picture.size, round(picture.info["dpi"][0])) == (pixels, dpi)


def test_a_drawing_opens_as_svg() -> None:
    assert etree.fromstring(figure(format="svg").content).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_drawing_needs_no_font_of_the_machine() -> None:
    assert b"font-family" not in figure(format="svg").content


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_no_time_of_making_is_in_the_file(kind: str) -> None:
    content = figure(format=kind).content
    assert not [mark for mark in (b"CreationDate", b"dc:date", b"tIME") if mark in content]


def test_the_level_stands_in_the_file_name() -> None:
    assert ".partner." in figure().name


def test_matplotlib_is_left_as_it_was() -> None:
    before = dict(mpl.rcParams)
    figure()
    assert dict(mpl.rcParams) == before


# --- what stands inside ---


MUST_SAY = (
    "Clashes and displacement in Caracas",
    "Information to 11 Jul 2021",
    "No mark = no report read, not a safe area.",
    "not a safe route",
    "Partner level",
    "OCHA COD-AB",
    "3f9a6c1d",
    "not news",
)


@pytest.mark.parametrize("size", SIZES)
def test_what_must_be_said_is_inside_every_picture(size: str) -> None:
    words = words_of(figure(format="pdf", size=size))
    assert [one for one in MUST_SAY if one not in words] == []


@pytest.mark.parametrize("size", SIZES)
def test_no_word_is_cut_off(size: str) -> None:
    long = story.info(attributions=tuple(f"Source number {n} with a long name (CC BY 4.0)" for n in range(12)))
    (page,) = pdfium.PdfDocument(figure(about=long, format="pdf", size=size).content)
    width, height = page.get_size()
    text = page.get_textpage()
    boxes = [text.get_charbox(n) for n in range(text.count_chars())]
    assert [box for box in boxes if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height] == []


def test_spanish_is_spoken_throughout() -> None:
    words = words_of(figure(format="pdf", language="es"))
    assert "Enfrentamientos y desplazamientos en Caracas" in words
    assert "Información hasta el 11 jul 2021" in words


def test_an_internal_picture_says_not_to_forward_it() -> None:
    told = story.disclosed(level=DisclosureLevel.INTERNAL)
    assert "do not forward" in words_of(figure(told=told, format="pdf"))


def test_the_legend_explains_what_is_drawn_and_nothing_else() -> None:
    words = plain_words()
    assert "Clash zone, approximate" in words
    assert "Riot" not in words  # the one riot has no place


def test_unreviewed_records_are_explained_as_hollow() -> None:
    everything = frozenset(one.record_id for one in (*story.INCIDENTS, *story.MOVEMENTS))
    reviewed = words_of(figure(told=story.disclosed(reviewed=everything), format="pdf"))
    assert ("Hollow" in plain_words(), "Hollow" in reviewed) == (True, False)


def test_every_zone_of_a_place_has_a_sign_that_is_hollow_until_it_is_reviewed() -> None:
    zones = {row["name"] for row in shown().zones if row["shape"] != "adjacent"}
    signs = {row["name"]: row["hollow"] for row in shown(told=story.disclosed(reviewed=frozenset({"i-mun"}))).marks}
    assert {name: signs.get(name) for name in zones} == {name: name != "Libertador" for name in zones}


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_draws_the_clash_zones(theme: str) -> None:
    without = replace(story.layers(), zones=story.layers().zones.iloc[:0])
    assert figure(theme=theme).content != figure(without, theme=theme).content


def test_a_dollar_sign_starts_no_formula() -> None:
    told = story.info(area_names={"en": "Costs $x^2$ here", "es": "x"})
    assert "Costs $x^2$ here" in words_of(figure(about=told, format="pdf"))


@pytest.mark.parametrize("name", ["a" * 400, "two\nlines", "\u202eturned", "emoji 🏚️ \U0001f525", "漢字"])
def test_a_hostile_name_is_drawn_in_one_line(name: str) -> None:
    told = story.info(area_names={"en": name, "es": name}, publisher=name)
    assert Image.open(io.BytesIO(figure(about=told).content)).size == (1062, 1535)


# --- days ---


def test_a_window_holds_what_touches_it() -> None:
    (week,) = {"i-clash"} & {name for row in shown(WEEK).zones for name in row["incidents"]}
    for other in ((dt.date(2021, 7, 12), None), (None, dt.date(2021, 7, 6))):
        assert week not in {name for row in shown(other).zones for name in row["incidents"]}


def test_undated_records_are_in_no_window_and_are_kept() -> None:
    one = shown(WEEK)
    drawn = {name for row in (*one.zones, *one.marks) for name in row["incidents"]} | {
        row["movement"] for row in one.flows
    }
    assert (len(one.undated), drawn & {"i-protest", "m-nowhere"}) == (2, set())


def test_without_a_window_undated_records_are_drawn() -> None:
    assert "i-protest" in {name for row in shown().marks for name in row["incidents"]}


def test_every_record_is_drawn_or_counted() -> None:
    happened = [one for one in (*story.INCIDENTS, *story.MOVEMENTS) if one.assertion == "none"]
    for window in ((None, None), WEEK, (None, dt.date(2021, 7, 8))):
        one = shown(window)
        drawn = {name for row in (*one.zones, *one.marks) for name in row["incidents"]}
        drawn |= {row["movement"] for row in one.flows}
        undated = len(one.undated) if one.bounded else 0
        assert len(drawn) + undated + one.outside + one.unplaced == len(happened)


def test_undated_records_are_counted_with_their_places() -> None:
    words = words_of(figure(format="pdf", windows=(WEEK,)))
    assert "Without a date, so in no window: 2 (Plaza Bolívar; Cota 905 → ?)." in words


def test_undated_records_that_are_drawn_are_named_too() -> None:
    assert "Drawn, but without a date: 1 (Plaza Bolívar)." in plain_words()


def undated(number: int) -> Any:
    (protest,) = (one for one in story.INCIDENTS if one.incident_id == "i-protest")
    made = (
        replace(protest, incident_id=f"u{n}", places=(replace(story.PLAZA, name=f"Plaza{n}"),)) for n in range(number)
    )
    return story.disclosed(incidents=tuple(made), movements=())


def test_a_picture_names_some_undated_places_and_says_how_many_more() -> None:
    words = words_of(figure(told=undated(12), format="pdf", windows=(WEEK,)))
    assert "12 (Plaza0; Plaza1; Plaza2; Plaza3; Plaza4; and 7 more)" in words


def test_the_alternative_text_names_every_undated_place() -> None:
    text = figure(told=undated(12), windows=(WEEK,)).alt_text
    assert [n for n in range(12) if f"Plaza{n}" not in text] == []


def test_a_past_event_is_not_drawn() -> None:
    assert "i-past" not in {name for row in (*shown().zones, *shown().marks) for name in row["incidents"]}


def test_several_windows_share_one_frame() -> None:
    one, two = shown(WEEK), shown((dt.date(2021, 7, 12), None))
    alone = frame_of([one], LAYERS)
    both = frame_of([one, two], LAYERS)
    assert (both.width, both.height) >= (alone.width, alone.height)


def test_several_windows_are_named_above_their_maps() -> None:
    words = words_of(figure(format="pdf", windows=(WEEK, (dt.date(2021, 7, 12), None))))
    assert "5 Jul 2021 to 11 Jul 2021" in words
    assert "From 12 Jul 2021" in words


# --- words ---


def test_the_alternative_text_names_every_clash_place_and_arrow() -> None:
    text = figure().alt_text
    names = {row["name"] for row in shown().zones if row["shape"] != "adjacent"}
    names |= {row["destination"] for row in shown().flows}
    assert [name for name in names if name not in text] == []


def test_the_alternative_text_carries_the_caveats() -> None:
    assert "not a safe area" in figure().alt_text


@pytest.mark.parametrize("width", [30.0, 80.0, 200.0])
def test_no_line_is_wider_than_its_room(width: float) -> None:
    lines = wrapped("Quien huye no deja rastro; " + "x" * 80 + " fin", 9.0, width)
    assert max(measured(line, 9.0) for line in lines) <= width


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"format_": "gif"}, "png, svg, pdf"),
        ({"size": "huge"}, "column, square, story, link"),
        ({"theme": "pink"}, "light, dark, grey"),
        ({"windows": ["July"]}, "2021-07-05..2021-07-11"),
        ({"windows": [".."]}, "2021-07-05..2021-07-11"),
        ({"windows": ["2021-07-09..2021-07-01"]}, "the second no earlier"),
        ({"windows": ["2021-07-01..2021-07-02"] * 5}, "at most 4"),
    ],
)
def test_a_wrong_choice_says_what_was_expected(choices: dict[str, Any], words: str) -> None:
    given = {"format_": "png", "size": "square", "theme": "light", "language": "en", "windows": []}
    with pytest.raises(ConfigError, match=words):
        wanted(**(given | choices))


def test_a_window_may_be_open_at_one_end() -> None:
    assert wanted("png", "square", "light", "en", ["2021-07-05.."]).windows == ((dt.date(2021, 7, 5), None),)


def test_a_notebook_shows_the_picture_and_its_words() -> None:
    assert figure()._repr_mimebundle_().keys() == {"text/plain", "image/png"}
