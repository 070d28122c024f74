"""The public level: wider places, nothing recent, nobody's own words, no small numbers; and sensitive sites."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import disclosure_kit as kit
import pytest

from mapper.disclosure import disclose
from mapper.disclosure.masks import MASK, Masks
from mapper.disclosure.public import institutional
from mapper.model import Assertion, DateSpan, Disclosed, DisclosureLevel, Estimate, Place, Precision, Status

PUBLIC, PARTNER = DisclosureLevel.PUBLIC, DisclosureLevel.PARTNER
PARISH = kit.place("Santa Rosalía", precision=Precision.PARISH)
LATER = kit.DAY + dt.timedelta(days=10)


def to_parish(place: Place) -> Place:
    return PARISH


def shown(*records, level=PUBLIC, as_of=LATER, **more) -> Disclosed:
    given = {"coarsen": lambda _: kit.LIBERTADOR, "to_parish": to_parish, "as_of": as_of}
    return kit.disclosed(*records, level=level, **(given | more))


# --- places ---


def test_no_place_is_finer_than_the_parish() -> None:
    assert shown(kit.incident()).incidents[0].places == (PARISH,)


def test_unnamed_neighbours_of_a_finer_place_are_not_outlined() -> None:
    assert shown(kit.incident(around=(kit.COTA,))).incidents[0].around == ()


def test_the_finest_place_may_be_the_municipality() -> None:
    told = shown(kit.incident(), finest=Precision.MUNICIPALITY)
    assert told.incidents[0].places == (kit.LIBERTADOR,)


def test_a_place_that_lies_in_nothing_known_is_not_shown() -> None:
    told = shown(kit.incident(), to_parish=lambda place: place, coarsen=lambda place: place)
    assert told.incidents[0].places == ()


def test_no_passage_is_quoted() -> None:
    assert shown(kit.incident()).quotes["i"][0].text is None


def test_a_report_is_its_outlet_and_day() -> None:
    story = kit.story(kit.incident())
    report = replace(story.reports[0], title="Fear in Cota 905", url="https://example.org/cota-905")
    told = replace(story, reports=(report,))
    (reference,) = disclose(told, PUBLIC, as_of=LATER, to_parish=to_parish, coarsen=to_parish).reports
    assert (reference.title, reference.url, reference.report_id) == ("", "", "report-n1")


@pytest.mark.parametrize("words", ["Cota 905", "cota-905", "La Vega", "Plaza Venezuela", "El Cementerio"])
def test_no_finer_name_is_anywhere(words: str) -> None:
    unplaced = replace(kit.mention(kit.VEGA), status=Status.AMBIGUOUS, place=None)
    told = shown(kit.incident(), kit.movement(), mentions=(*kit.MENTIONS[:3], unplaced))
    assert words not in repr(told)


def test_a_name_is_masked_as_a_word_only() -> None:
    masks = Masks(anywhere=frozenset({"petare"}))
    assert masks.words("", "En Petare, petareños y PETARE.") == f"En {MASK}, petareños y {MASK}."


# --- sensitive sites ---


HOSPITAL = replace(kit.place("Plaza Venezuela"), feature_class="hospital")


def at_hospital(level: DisclosureLevel) -> Disclosed:
    mentions = (*kit.MENTIONS[:2], kit.mention(HOSPITAL))
    many = Estimate(best=40, unit="persons")
    return shown(kit.movement(destinations=(HOSPITAL,), people=many), level=level, mentions=mentions)


def test_partners_see_a_sensitive_site_as_its_parish() -> None:
    assert at_hospital(PARTNER).movements[0].destinations == (PARISH,)


def test_the_name_of_a_sensitive_site_is_masked() -> None:
    assert at_hospital(PARTNER).quotes["m"][0].text == f"Others walked to {MASK}."


def test_the_makers_see_a_sensitive_site() -> None:
    assert at_hospital(DisclosureLevel.INTERNAL).movements[0].destinations == (HOSPITAL,)


def test_a_place_that_may_be_shown_is_not_masked_though_two_mentions_hold_copies_of_it() -> None:
    copy = replace(kit.VEGA)
    twice = replace(kit.mention(copy), start=0, end=5)
    story = kit.story(kit.incident(), mentions=(kit.mention(kit.VEGA), twice))
    assert MASK not in repr(disclose(story, PARTNER, to_parish=to_parish, coarsen=to_parish, mentions=True))


# --- time ---


@pytest.mark.parametrize(("days", "seen"), [(0, 0), (1, 0), (2, 0), (3, 1)])
def test_the_last_72_hours_are_held_back(days: int, seen: int) -> None:
    told = shown(kit.incident(), as_of=kit.DAY + dt.timedelta(days=days))
    assert (len(told.incidents), told.held_back) == (seen, 1 - seen)


def test_an_undated_record_is_as_recent_as_its_newest_report() -> None:
    undated = kit.incident(when=DateSpan())
    assert shown(undated, as_of=kit.DAY).incidents == ()
    assert len(shown(undated).incidents) == 1


def test_the_newest_report_says_when_now_is() -> None:
    told = shown(kit.incident(), as_of=None)
    assert (told.as_of, told.incidents) == (kit.DAY, ())


def test_without_any_date_nothing_is_public() -> None:
    story = kit.story(kit.incident())
    undated = replace(story, reports=(replace(story.reports[0], published=None),))
    assert disclose(undated, PUBLIC, to_parish=to_parish, coarsen=to_parish).incidents == ()


def test_a_report_of_held_back_records_alone_is_not_named() -> None:
    assert shown(kit.incident(), as_of=kit.DAY).reports == ()


# --- voices and numbers ---


def test_a_passage_with_somebody_s_own_words_is_not_quoted() -> None:
    text = 'He said "we ran" in Cota 905. ' + kit.TEXT
    span = kit.span('He said "we ran" in Cota 905.', text)
    told = shown(kit.incident(evidence=(kit.evidence(span),)), mentions=(), text=text)
    assert [quote.text for quote in told.quotes["i"]] == [None]


@pytest.mark.parametrize(
    ("speaker", "said"), [("the minister", "the minister"), ("una vecina de 43 años", ""), ("María", "")]
)
def test_only_an_institution_is_named_as_a_speaker(speaker: str, said: str) -> None:
    told = shown(kit.incident(claims=(kit.claim("Seven people died", speaker=speaker),)))
    assert told.incidents[0].claims[0].speaker == said


@pytest.mark.parametrize("speaker", ["la ministra de Interior", "Provea", "a police spokesman", "bomberos"])
def test_institutions_are_known(speaker: str) -> None:
    assert institutional(speaker)


def test_no_offset_is_left() -> None:
    told = shown(kit.incident(claims=(kit.claim("Seven people died", speaker="the minister"),)))
    passages = [*told.incidents[0].evidence, *told.incidents[0].claims]
    assert [(one.start, one.end) for one in passages] == [(0, 0), (0, 0)]


def test_a_small_number_is_only_said_to_be_small() -> None:
    told = shown(kit.movement(people=Estimate(7, 7, 7, "persons")))
    assert told.movements[0].people == Estimate(None, None, 19, "persons")


def test_small_movements_between_the_same_units_are_one() -> None:
    few = Estimate(7, 7, 7, "persons")
    told = shown(kit.movement(people=few), kit.movement("n", people=few), kit.movement("o", people=Estimate(best=80)))
    assert [one.movement_id for one in told.movements] == ["m", "o"]


def test_lists_of_what_has_no_record_are_left_out() -> None:
    told = shown(kit.incident())
    assert (told.mentioned, told.unlocated, told.mentions) == ((), (), ())


def test_a_denied_event_stays_denied() -> None:
    assert shown(kit.incident(assertion=Assertion.DENIED)).incidents[0].assertion is Assertion.DENIED
