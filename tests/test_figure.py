"""Figures: sizes, words inside, days shown, and that nothing is lost, cut off or parsed."""

from __future__ import annotations

import datetime as dt
import functools
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
import pypdfium2 as pdfium
import pytest
import shapely
import view_fixture as story
from lxml import etree
from PIL import Image

from mapper.errors import ConfigError
from mapper.figure import SIZES, THEMES, Figure, Wanted, draw, events, wanted
from mapper.figure.ground import Frame, frame_of
from mapper.figure.text import measured, wrapped
from mapper.figure.window import projected, shown_in
from mapper.model import DisclosureLevel, Layers

if TYPE_CHECKING:
    from mapper.figure.window import Window

LAYERS = projected(story.layers(), "EPSG:32619")
WEEK = (dt.date(2021, 7, 5), dt.date(2021, 7, 11))


def figure(layers: Layers | None = None, about: Any = None, *, told: Any = None, **choices: Any) -> Figure:
    shown = told or story.disclosed()
    return draw(shown, layers or story.layers(), about or story.info(), Wanted(**({"language": "en"} | choices)))


@functools.cache
def plain_words() -> str:
    """Return the words inside the whole story's figure."""
    return words_of(figure(format="pdf"))


def words_of(drawn: Figure) -> str:
    """Return the words inside a PDF figure, in one line."""
    (page,) = pdfium.PdfDocument(drawn.content)
    return " ".join(page.get_textpage().get_text_range().split())


def shown(window: Window = (None, None), told: Any = None) -> Any:
    return shown_in(window, told or story.disclosed(), LAYERS)


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


def test_undated_records_are_in_no_window_and_are_counted() -> None:
    one = shown(WEEK)
    drawn = {name for row in (*one.zones, *one.marks) for name in row["incidents"]} | {
        row["movement"] for row in one.flows
    }
    assert (one.undated, drawn & {"i-protest", "m-nowhere"}) == (2, set())
    assert "Without a date, so in no window: 2." in words_of(figure(format="pdf", windows=(WEEK,)))


def test_without_a_window_undated_records_are_drawn() -> None:
    assert "i-protest" in {name for row in shown().marks for name in row["incidents"]}


def test_every_record_is_drawn_or_counted() -> None:
    happened = [one for one in (*story.INCIDENTS, *story.MOVEMENTS) if one.assertion == "none"]
    for window in ((None, None), WEEK, (None, dt.date(2021, 7, 8))):
        one = shown(window)
        drawn = {name for row in (*one.zones, *one.marks) for name in row["incidents"]}
        drawn |= {row["movement"] for row in one.flows}
        assert len(drawn) + one.undated + one.outside + one.unplaced == len(happened)


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


# --- the map ---


def test_the_frame_is_never_finer_than_places_are_known() -> None:
    lone = replace(shown(), zones=[], flows=[], marks=shown().marks[:1])
    frame = frame_of([lone], LAYERS)
    assert min(frame.width, frame.height) >= 6000


def test_the_frame_holds_every_zone() -> None:
    frame = frame_of([shown()], LAYERS)
    outside = [
        row["name"]
        for row in shown().zones
        if row["shape"] != "municipality" and not shapely.box(*frame).covers(row["geometry"])
    ]
    assert outside == []


def test_a_frame_grows_to_the_shape_of_its_map() -> None:
    assert Frame(0, 0, 100, 10).shaped(1.0) == Frame(0, -45, 100, 55)


def test_nothing_to_draw_is_said_in_the_picture() -> None:
    layers, told = story.nothing()
    assert "No record to draw" in words_of(figure(layers, told=told, format="pdf"))


def test_many_arrows_from_one_place_are_drawn() -> None:
    layers = story.layers()
    rows = [layers.flows.assign(flow_id=layers.flows["flow_id"] + str(n)) for n in range(20)]
    assert figure(replace(layers, flows=pd.concat(rows, ignore_index=True))).content


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is written onto the maps, as it is written."""
    lines: list[str] = []
    write = events.written

    def note(axes: Any, x: float, y: float, line: str, like: Any, **more: Any) -> None:
        lines.append(line)
        write(axes, x, y, line, like, **more)

    monkeypatch.setattr(events, "written", note)
    return lines


def test_names_that_find_no_room_stand_in_a_corner(said: list[str]) -> None:
    layers = story.layers()
    one = layers.incidents[layers.incidents["incident_id"] == "i-clash"].iloc[:1]
    rows = [one.assign(place_id=f"p{number}", name=f"Spot{number}") for number in range(40)]
    figure(replace(layers, incidents=pd.concat(rows, ignore_index=True)), size="link")
    words = " ".join(said)
    assert [number for number in range(40) if f"Spot{number}" not in words] == []


@pytest.mark.parametrize("size", SIZES)
def test_every_clash_place_and_count_stands_in_the_picture(size: str, said: list[str]) -> None:
    figure(size=size, windows=(WEEK, (dt.date(2021, 7, 12), None)))
    week, words = shown(WEEK), " ".join(said)
    names = {row["name"] for row in week.zones if row["shape"] not in {"adjacent", "municipality"}}
    names |= {f"{row['people']} people" for row in week.flows if row["people"]}
    assert [name for name in sorted(names) if name not in words] == []


def test_pictures_of_other_days_have_other_names() -> None:
    assert figure(windows=(WEEK,)).name != figure().name


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
