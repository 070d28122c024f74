"""Names are found in whatever spelling, and nothing else is taken for them."""

from __future__ import annotations

import pytest

from mapper.disclosure.masks import MASK, Masks
from mapper.disclosure.spellings import Spellings
from mapper.text import fold

NAMES = ["hospital vargas", "petare", "san juan", "sanjuan", "c-24", "…"]


def said(text: str) -> list[tuple[str, str]]:
    return [(name, text[start:end]) for name, start, end in Spellings(NAMES).find(fold(text))]


@pytest.mark.parametrize(
    "spelled",
    [
        "Hospital Vargas",
        "HOSPITAL VARGAS",
        "hospital-vargas",
        "hospital_vargas",
        "HospitalVargas",
        "Hospital \n«Vargas",
    ],
)
def test_a_name_is_found_in_any_spelling(spelled: str) -> None:
    assert said(f"Al {spelled}.") == [("hospital vargas", spelled)]


@pytest.mark.parametrize(
    "text",
    ["Los petareños", "un hospital", "el hospital Vargass", "Pet are", "hospitalv argas", "XHospital Vargas", ""],
)
def test_what_parts_or_continues_a_word_is_another_name(text: str) -> None:
    assert said(text) == []


def test_a_name_of_two_words_may_be_written_as_one_and_one_of_one_word_not_as_two() -> None:
    assert said("San Juan") == [("san juan", "San Juan")]
    assert said("Sanjuan") == [("san juan", "Sanjuan"), ("sanjuan", "Sanjuan")]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("En #SOSHospitalVargasYa hay", "#SOSHospitalVargasYa"),
        ("#Hospital_Vargas", "#Hospital_Vargas"),
        ("#no_HospitalVargas, dicen", "#no_HospitalVargas"),
    ],
)
def test_a_long_name_is_found_inside_a_hashtag_and_the_tag_goes_whole(text: str, tag: str) -> None:
    assert said(text) == [("hospital vargas", tag)]


def test_a_short_name_is_found_in_a_hashtag_only_if_it_is_all_of_it() -> None:
    assert said("#Petare y #PetareVive") == [("petare", "Petare")]


def test_digits_are_letters_of_a_name() -> None:
    assert said("el C-24, el C24 y el C-240") == [("c-24", "C-24"), ("c-24", "C24")]


def test_of_names_that_overlap_the_first_and_longest_is_masked() -> None:
    masks = Masks(anywhere=frozenset({"hospital vargas", "vargas norte", "vargas"}))
    assert masks.words("", "El Hospital Vargas Norte.") == f"El {MASK} Norte."


def test_names_of_a_report_are_masked_in_that_report_alone() -> None:
    masks = Masks(here={"a": frozenset({"petare"})})
    assert [masks.words(report, "En Petare.") for report in "ab"] == [f"En {MASK}.", "En Petare."]


@pytest.mark.parametrize("beside", ["", " (2021), a_b 3-4", "\n\tCALLE 5.a"])
@pytest.mark.parametrize(
    "letters", ["hospital vargas", "hospital-vargas", "HospitalVargas", "#HospitalVargas", "vargas"]
)
def test_what_is_found_is_the_same_in_a_text_of_plain_letters_and_beside_others(letters: str, beside: str) -> None:
    plain = f"{beside} {letters}{beside}"
    assert said(plain) == said(f"{plain} ¿")  # which no folding makes plain
