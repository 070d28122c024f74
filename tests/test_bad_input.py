"""Whatever a report holds: nothing crashes, and every offset is exact."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from mapper.errors import message
from mapper.model import Report
from mapper.places import load_area, resolve
from mapper.reading import Reader
from mapper.reading.covered import Covered
from mapper.reading.words import Ending, Opening, Words
from mapper.reports import read_reports
from mapper.text import fold

LARGE = 1_000_000
PUBLISHED = dt.date(2021, 7, 11)
FRENCH = (
    "Des tirs ont retenti toute la nuit à la Cota 905 et à El Cementerio, au sud de la capitale. Selon les habitants, "
    "plusieurs familles ont quitté leurs maisons avec leurs enfants pour se réfugier à La Vega, chez des proches."
)
PORTUGUESE = (
    "Os moradores da Cota 905 disseram que não dormiram durante a noite por causa dos tiros. Muitas famílias deixaram "
    "as suas casas em El Cementerio e foram para La Vega, onde os vizinhos lhes ofereceram comida e um lugar seguro."
)
SPANISH = (
    "Al menos 12 personas murieron el 8 de julio en la Cota 905, dijo la ministra. «Nos fuimos anoche», contó "
    "María, vecina de El Cementerio, a quien llevaron a La Vega. Tres heridos; familias huyeron hacia El Valle.\n"
)
# What texts of the wild hold between their words: marks of direction, nothing at all, signs that never close.
ODD = (
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u202e",
    "\u202a\u202c",
    "\u2067",
    "😀",
    "👩‍👩‍👧",
    "🇻🇪",
    "“",
    "”",
    "«",
    "»",
    '"',
    "'",
    "—",
    "(",
    ")",
)
ODD += (
    "\u0301",
    "ﬁ",
    "İ",
    "ß",
    "\x00",
    "\ud800",
    "\u2028",
    "\x0b",
    "\r",
    "\r\n",
    "\t",
    "\n\n",
    "#",
    "@",
    "½",
    "٣",
    "+",
    "*",
    "…",
    "¿",
    "é",
)
WORDS = (
    "La Vega",
    "Cota 905",
    "cota",
    "23 de enero",
    "el lunes",
    "anoche",
    "dijo",
    "said",
    "tres heridos",
    "no hubo",
    "huyeron de",
)
WORDS += (
    "hasta",
    "according to",
    "12",
    "1.000",
    "9/7/2021",
    "31 de febrero",
    "0212-555.12.34",
    "a",
    "Ana",
    "de",
    "y",
    ",",
    ".",
    " ",
    "\n",
)


@pytest.fixture(scope="module")
def area():
    return load_area()


@pytest.fixture(scope="module")
def read(area):
    the_reader = Reader(area.name_records, area.guards, area.languages, area.within)

    def read(text: str, language: str = "es", published: dt.date | None = PUBLISHED):
        reading = the_reader.read(Report("r", text, language=language, published=published))
        mentions = resolve(reading, area)
        check(text, reading, mentions)
        return mentions

    return read


def check(text: str, reading, mentions) -> None:
    """Hold every offset against the text."""
    assert [(m.start, m.end) for m in mentions] == [(t.start, t.end) for t in reading.toponyms]
    for one in (*mentions, *reading.toponyms, *reading.cues):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
    for group in (
        reading.sentences,
        reading.clauses,
        reading.toponyms,
        reading.dates,
        reading.quantities,
        reading.cues,
    ):
        assert all(0 <= one.start < one.end <= len(text) for one in group)
        starts = [one.start for one in group]
        assert starts == sorted(starts)
    for group in (reading.sentences, reading.sensitive):
        assert all(one.end <= other.start for one, other in pairwise(group))
    assert set(reading.sensitive) <= set(reading.sentences)
    for one in reading.attributions:
        assert 0 <= one.start <= one.end <= len(text)
        assert 0 <= one.scope.start <= one.scope.end <= len(text)


def names(mentions) -> list[str]:
    return [mention.text for mention in mentions]


# --- size ------------------------------------------------------------------------------------------


def test_a_report_of_a_megabyte_is_read_like_its_parts(read):
    once = names(read(SPANISH))
    times = LARGE // len(SPANISH)
    assert len(once) == 4
    assert names(read(SPANISH * times)) == once * times


@pytest.mark.parametrize(
    "pattern",
    [
        "a",
        "á ",
        "Ñ",
        "\n",
        " ",
        "«",
        '"',
        "1",
        "1 ",
        "de la ",
        "Ana ",
        "Aaaa",
        "dijo ",
        "¿",
        "3 de ",
        "la Vega y ",
        "\u200b",
    ],
)
def test_a_long_run_of_one_thing_is_no_trouble(read, pattern):
    read(pattern * (100_000 // len(pattern)))


def test_ten_thousand_names_in_a_list(read):
    listed = ", ".join(["Petare", "Catia", "El Valle", "Antímano", "Coche"] * 2_000)
    assert names(read(f"Hubo tiros en {listed}.")) == listed.split(", ")


@pytest.mark.parametrize("text", ["Petare", "petare", "a", "é", ".", "905", "«", "#", "😀", "\u202e", "\ud800", ""])
def test_a_report_of_one_word(read, text):
    assert names(read(text)) == (["Petare"] if text == "Petare" else [])


# --- marks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("odd", ["\u202e", "\u2067", "😀", "👩‍👩‍👧", "«", "“", '"', "(", "\u200b", "\ufeff"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_name_between_odd_signs_is_found_where_it_stands(read, odd, language):
    text = f"{odd} Tiros en {odd}Petare{odd} y en La Vega {odd}{odd}."
    assert names(read(text, language)) == ["Petare", "La Vega"]


@pytest.mark.parametrize("mark", ["“", "«", '"', "”", "»", "'", "—", "("])
def test_quotations_that_never_close(read, mark):
    text = f"{mark}Nos fuimos de Petare, dijo Ana. {mark}Hay tiros en La Vega {mark}{mark}y siguen.\n\n" * 3
    assert set(names(read(text))) == {"Petare", "La Vega"}


@given(st.lists(st.sampled_from(ODD + WORDS), max_size=40).map("".join), st.sampled_from(["en", "es", "fr"]))
@example("“La Vega\u202e “Cota 905", "es")
@example("Petare\u0301 Pe\u0301tare", "es")
def test_offsets_hold_whatever_is_mixed(read, text, language):
    read(text, language)


@given(st.text(max_size=200))
def test_offsets_hold_in_any_text(read, text):
    read(text)
    read(text, "en", published=None)


@given(st.text(max_size=30), st.integers(0, len(SPANISH)))
def test_offsets_hold_with_anything_put_in(read, odd, at):
    read(SPANISH[:at] + odd + SPANISH[at:])


# --- other languages -------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "language"), [(FRENCH, "fr"), (PORTUGUESE, "pt")])
def test_another_language_is_said_to_be_unsupported_and_its_names_are_found(read, tmp_path, text, language):
    (tmp_path / "report.txt").write_text(text, "utf-8")
    ((report,), set_aside) = read_reports([tmp_path / "report.txt"])
    assert (report.language, set_aside) == (language, ())
    assert "language-not-supported" in report.warnings
    assert message("warning-language-not-supported")
    found = {name.removeprefix("la ") for name in names(read(report.text, report.language))}
    assert found >= {"Cota 905", "El Cementerio", "La Vega"}


# --- what makes reading linear ---------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(("desde", "heridos", "herida", "a", "1a", "x_1", " ", " ", " ", "-", "\n", "(", "de la")),
    min_size=5,
    max_size=30,
).map("".join)


@given(PIECES, st.integers(0, 8), st.integers(0, 8))
def test_an_opening_finds_what_a_plain_search_does(text, start, cut):
    end = len(text) - cut
    assume(not re.fullmatch(r"\w\w", text[end - 1 : end + 1]))  # nobody asks for half a word
    opening = Opening(
        r"(?<!\w)(?:desde\b|herid\w*|de\sla\b|\d\w*|\()(?:\s\w+)?", ["desde", "herid*", "de la", "("], figures=True
    )
    words = Words(text)
    spans = [match.span() for match in opening.pattern.finditer(text, start, end)]
    assert [match.span() for match in words.find(opening, start, end)] == spans
    first = words.search(opening, start, end)
    assert (first and first.span()) == (spans[0] if spans else None)


@given(PIECES)
def test_an_ending_finds_what_a_plain_search_does(text):
    pattern = r"(?<!\w)(?:desde|herid\w*|de\s{1,3}la)\s*$"
    found = Ending(pattern, ["desde", "herid*", "de la"]).search(text)
    plain = re.search(pattern, text)
    assert (found and found.span()) == (plain and plain.span())


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)).map(lambda one: (one[0], sum(one)))),
    st.integers(0, 25),
    st.integers(1, 5),
)
def test_covered_is_a_walk_through_all(stretches, start, size):
    end = start + size
    covered = Covered(stretches)
    assert covered.touches(start, end) == any(s < end and start < e for s, e in stretches)
    assert covered.holds(start, end) == any(s <= start and end <= e for s, e in stretches)


@given(st.text(max_size=60))
def test_folding_a_text_folds_its_characters(text):
    assert fold(text) == "".join(map(fold, text))
    assert len(fold(text)) == len(text)
