"""Disclosure: no sensitive word, name or offset leaves; what rests on it says so; nothing else is lost."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import disclosure_kit as kit
import pytest

from mapper.disclosure.screen import QUOTE_LENGTH
from mapper.errors import MapperError
from mapper.model import (
    Assertion,
    Candidate,
    Claim,
    DateSpan,
    Estimate,
    Evidence,
    Measure,
    Mention,
    Precision,
    Quote,
    SetAside,
    Span,
    Status,
)

# --- quotes ------------------------------------------------------------------------------------------


def test_an_open_passage_is_quoted_with_its_place_and_claim_marked():
    claim = kit.claim("Seven people died")
    evidence = kit.evidence(Span(kit.FIGHT.start, kit.span("the minister said.").end))
    quote = kit.disclosed(kit.incident(claims=(claim,), evidence=(evidence,))).quotes["i"][0]
    assert quote.text == kit.TEXT[evidence.start : evidence.end]
    assert [quote.text[start:end] for start, end in quote.highlights] == ["Cota 905", "Seven people died"]


def test_a_sensitive_passage_becomes_a_note_without_words_or_offsets():
    disclosed = kit.disclosed(kit.incident(evidence=(kit.evidence(kit.SECRET, sensitive=True),)))
    assert disclosed.quotes == {"i": (Quote("r", None),)}
    assert disclosed.incidents[0].evidence == (Evidence("r", 0, 0, sensitive=True),)


def test_a_passage_that_touches_what_reading_found_sensitive_is_withheld_though_not_flagged():
    evidence = kit.evidence(Span(kit.FIGHT.start, kit.SECRET.start + 10))
    disclosed = kit.disclosed(kit.incident(evidence=(evidence,)), sensitive={"r": (kit.SECRET,)})
    assert disclosed.quotes["i"] == (Quote("r", None),)


@pytest.mark.parametrize("flagged", ["evidence", "claim", "mention"])
def test_a_passage_flagged_in_one_record_is_withheld_in_every_other(flagged):
    other = kit.incident("j", evidence=(kit.evidence(kit.SECRET, sensitive=flagged == "evidence"),))
    other = replace(other, claims=(kit.claim("with my sister", sensitive=flagged == "claim"),))
    mentions = (kit.mention(kit.CEMENTERIO, sensitive=flagged == "mention"),)
    disclosed = kit.disclosed(kit.incident(evidence=(kit.evidence(kit.SECRET),)), other, mentions=mentions)
    assert disclosed.quotes["i"] == (Quote("r", None),)


def test_the_internal_level_quotes_everything():
    incident = kit.incident(evidence=(kit.evidence(kit.SECRET, sensitive=True),), sensitive_fields=frozenset({"when"}))
    disclosed = kit.disclosed(incident, level=kit.INTERNAL, sensitive={"r": (kit.SECRET,)})
    assert disclosed.quotes["i"][0].text == kit.TEXT[kit.SECRET.start : kit.SECRET.end]
    assert disclosed.incidents == (incident,)


def test_shown_passages_come_before_withheld_ones():
    evidence = (kit.evidence(kit.SECRET, sensitive=True), kit.evidence(kit.FIGHT))
    quotes = kit.disclosed(kit.incident(evidence=evidence)).quotes["i"]
    assert [quote.text is None for quote in quotes] == [False, True]


def test_a_long_passage_is_cut_between_words_around_what_matters():
    text = "palabra " * 300 + "Cota 905 " + "palabra " * 300
    evidence = Evidence("r", 0, len(text))
    quote = kit.disclosed(
        kit.incident(evidence=(evidence,)), mentions=(kit.mention(kit.COTA, text),), text=text
    ).quotes["i"][0]
    assert quote.text is not None
    assert QUOTE_LENGTH - 40 < len(quote.text) <= QUOTE_LENGTH + 2
    assert quote.text.startswith("…palabra ")
    assert quote.text.endswith(" palabra…")
    assert [quote.text[start:end] for start, end in quote.highlights] == ["Cota 905"]


@pytest.mark.parametrize("evidence", [Evidence("other", 0, 3), Evidence("r", 5, 5), Evidence("r", 0, 99_999)])
def test_a_passage_that_does_not_exist_is_an_error(evidence):
    with pytest.raises(MapperError, match="has no such passage"):
        kit.disclosed(kit.incident(evidence=(evidence,)))


# --- fields and claims -------------------------------------------------------------------------------


def test_withheld_fields_are_blank_and_named():
    fields = frozenset({"when", "places", "actors", "fatalities", "injuries"})
    incident = kit.incident(actors=("Gang",), fatalities=Estimate(best=7), around=(kit.COTA,), sensitive_fields=fields)
    shown = kit.disclosed(incident).incidents[0]
    assert (shown.when, shown.places, shown.around, shown.actors) == (DateSpan(), (), (), ())
    assert (shown.fatalities, shown.injuries) == (Estimate(), Estimate())
    assert shown.sensitive_fields >= fields


def test_a_movement_s_withheld_fields_are_blank_and_named():
    fields = frozenset({"when", "people", "origins", "destinations", "via"})
    movement = kit.movement(
        when=DateSpan(kit.DAY, kit.DAY), people=Estimate(best=90), via=(kit.VEGA,), sensitive_fields=fields
    )
    shown = kit.disclosed(movement).movements[0]
    assert (shown.when, shown.people, shown.origins, shown.destinations, shown.via) == (
        DateSpan(), Estimate(), (), (), (),
    )  # fmt: skip
    assert shown.sensitive_fields == fields


def test_a_field_disclosure_does_not_know_lets_nothing_through():
    with pytest.raises(MapperError, match="shoe_size"):
        kit.disclosed(kit.incident(sensitive_fields=frozenset({"shoe_size"})))


def test_a_sensitive_claim_keeps_its_number_and_loses_who_said_it():
    claim = kit.claim("with my sister", speaker="a resident", who="my sister", sensitive=True, when=DateSpan(kit.DAY))
    shown = kit.disclosed(kit.incident(claims=(claim,))).incidents[0].claims[0]
    assert shown == Claim("r", 0, 0, Measure.KILLED, claim.value, sensitive=True)


def test_a_claim_that_touches_a_sensitive_passage_counts_as_sensitive():
    claim = kit.claim("with my sister", speaker="a resident")
    shown = kit.disclosed(kit.incident(claims=(claim,)), sensitive={"r": (kit.SECRET,)}).incidents[0].claims[0]
    assert (shown.speaker, shown.start, shown.end, shown.sensitive) == ("", 0, 0, True)


def test_a_speaker_named_only_in_a_sensitive_passage_is_withheld_from_an_open_claim():
    claims = (kit.claim("Seven people died", speaker="a resident"), kit.claim("people", speaker="the minister"))
    shown = kit.disclosed(kit.incident(claims=claims), sensitive={"r": (kit.SECRET,)}).incidents[0].claims
    assert [claim.speaker for claim in shown] == ["", "the minister"]


def test_a_place_named_only_in_sensitive_passages_is_taken_out_of_records():
    evidence = (kit.evidence(kit.WALK), kit.evidence(kit.SECRET, sensitive=True))
    shown = kit.disclosed(kit.movement(origins=(kit.COTA, kit.CEMENTERIO), evidence=evidence)).movements[0]
    assert shown.origins == (kit.COTA,)
    assert "origins" not in shown.sensitive_fields


def test_an_end_that_is_wholly_withheld_is_named_as_such():
    many = Estimate(best=40, unit="persons")
    shown = kit.disclosed(kit.movement(origins=(kit.CEMENTERIO,), people=many)).movements[0]
    assert (shown.origins, shown.sensitive_fields) == ((), {"origins"})


def test_a_place_named_openly_as_well_stays():
    text = kit.TEXT + " El Cementerio is near."
    openly = replace(kit.mention(kit.CEMENTERIO), start=len(kit.TEXT) + 1, end=len(kit.TEXT) + 14)
    shown = kit.disclosed(
        kit.movement(origins=(kit.CEMENTERIO,)), mentions=(*kit.MENTIONS, openly), text=text
    ).movements[0]
    assert shown.origins == (kit.CEMENTERIO,)


@pytest.mark.parametrize("assertion", list(Assertion))
def test_no_incident_is_dropped_for_its_assertion(assertion):
    assert kit.disclosed(kit.incident(assertion=assertion)).incidents[0].assertion is assertion


# --- small groups ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "households", "small"),
    [
        (Estimate(best=19, unit="persons"), Estimate(), True),
        (Estimate(best=20, unit="persons"), Estimate(), False),
        (Estimate(high=12, unit="persons"), Estimate(), True),
        (Estimate(), Estimate(best=4, unit="families"), True),
        (Estimate(), Estimate(best=5, unit="households"), False),
        (Estimate(), Estimate(high=1, unit="families"), True),
        (Estimate(best=21, unit="persons"), Estimate(best=4, unit="families"), True),
        (Estimate(best=19, unit="persons"), Estimate(best=5, unit="families"), True),
        (Estimate(best=150, unit="persons"), Estimate(best=40, unit="families"), False),
        (Estimate(best=7), Estimate(), True),
    ],
)
def test_a_small_group_loses_its_way_and_shows_only_municipalities(people, households, small):
    movement = kit.movement(people=people, households=households, via=(kit.VEGA,))
    shown = kit.disclosed(movement, coarsen=lambda _: kit.LIBERTADOR).movements[0]
    ends = ((kit.LIBERTADOR,), (), (kit.LIBERTADOR,)) if small else ((kit.COTA,), (kit.VEGA,), (kit.PLAZA,))
    assert (shown.origins, shown.via, shown.destinations) == ends
    assert (shown.people, shown.households) == (people, households)


def test_of_an_unstated_number_only_the_origin_is_shown():
    movement = kit.movement(via=(kit.VEGA,))
    shown = kit.disclosed(movement, coarsen=lambda _: kit.LIBERTADOR).movements[0]
    assert (shown.origins, shown.via, shown.destinations) == ((kit.COTA,), (), (kit.LIBERTADOR,))


def test_a_number_that_is_withheld_is_as_good_as_unstated():
    many = Estimate(best=80, unit="persons")
    movement = kit.movement(people=many, sensitive_fields=frozenset({"people"}))
    shown = kit.disclosed(movement, coarsen=lambda _: kit.LIBERTADOR).movements[0]
    assert shown.destinations == (kit.LIBERTADOR,)


def test_where_an_unstated_number_went_is_not_quoted():
    shown = kit.disclosed(kit.movement(), coarsen=lambda _: kit.LIBERTADOR)
    assert "Plaza Venezuela" not in str(shown)


def test_a_vague_area_is_wide_enough_for_an_unstated_number():
    downtown = kit.place("Downtown", precision=Precision.VAGUE)
    shown = kit.disclosed(kit.movement(destinations=(downtown,)), coarsen=lambda _: kit.LIBERTADOR).movements[0]
    assert shown.destinations == (downtown,)


def test_without_a_look_up_a_small_group_s_ends_are_dropped_and_named():
    shown = kit.disclosed(kit.movement(people=Estimate(best=4), via=(kit.VEGA,))).movements[0]
    assert (shown.origins, shown.destinations) == ((), ())
    assert shown.sensitive_fields == {"origins", "destinations", "via"}


def test_a_look_up_that_gives_nothing_coarser_is_not_believed():
    shown = kit.disclosed(kit.movement(people=Estimate(best=4)), coarsen=lambda place: place).movements[0]
    assert (shown.origins, shown.destinations) == ((), ())


@pytest.mark.parametrize("field", ["people", "households"])
def test_a_small_group_whose_number_is_withheld_is_still_small(field):
    movement = kit.movement(**{field: Estimate(best=4)}, sensitive_fields=frozenset({field}))
    shown = kit.disclosed(movement).movements[0]
    assert (shown.destinations, getattr(shown, field)) == ((), Estimate())


def test_a_small_group_s_place_is_not_given_away_by_quotes_or_lists():
    incident = kit.incident(evidence=(kit.evidence(kit.WALK),))
    disclosed = kit.disclosed(incident, kit.movement(people=Estimate(best=4)))
    assert disclosed.quotes == {"i": (Quote("r", None),), "m": (Quote("r", None),)}
    assert "Plaza" not in repr(disclosed)


def test_the_internal_level_keeps_a_small_group_s_way():
    movement = kit.movement(people=Estimate(best=4), via=(kit.VEGA,))
    assert kit.disclosed(movement, level=kit.INTERNAL).movements == (movement,)


# --- mentioned and unlocated -------------------------------------------------------------------------


def test_places_without_a_record_are_listed_by_name_with_their_sentence():
    disclosed = kit.disclosed(kit.incident())
    assert [one.place for one in disclosed.mentioned] == [kit.VEGA, kit.PLAZA]
    assert disclosed.mentioned[0].quotes[0].text == "The gang wants La Vega."


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    list(itertools.pairwise(["none", "past", "hypothetical", "denied", "rumoured", "threatened"])),
)
def test_the_strongest_assertion_stands_for_a_place(weaker, stronger):
    text = "La Vega. " + kit.TEXT
    last = text.rindex("La Vega")
    first = kit.mention(kit.VEGA, text, assertion=Assertion(weaker))
    mentions = (first, replace(first, start=last, end=last + 7, assertion=Assertion(stronger)))
    assert [one.assertion for one in kit.disclosed(mentions=mentions, text=text).mentioned] == [stronger]


def test_a_place_named_only_in_sensitive_passages_is_not_listed():
    assert kit.CEMENTERIO not in [one.place for one in kit.disclosed().mentioned]
    assert kit.CEMENTERIO in [one.place for one in kit.disclosed(level=kit.INTERNAL).mentioned]


def test_a_denied_incident_s_place_is_listed_as_mentioned():
    disclosed = kit.disclosed(kit.incident(assertion=Assertion.DENIED))
    assert kit.COTA in [one.place for one in disclosed.mentioned]


def test_abbreviations_do_not_end_a_mention_s_sentence():
    text = "Before. The Dra. Gil saw at 9 p.m. La Vega burn. After."
    assert kit.disclosed(mentions=(kit.mention(kit.VEGA, text),), text=text).mentioned[0].quotes[0].text == text[8:-7]


def test_what_cannot_be_located_is_listed_once_a_report_and_spelling():
    names = (
        Candidate("a", "La Vega (Libertador)", None, None, 0.5),
        Candidate("b", "La Vega (Petare)", None, None, 0.4),
    )
    text = "la Vega, LA VEGA, Lima, Xanadu"
    found = [
        Mention(0, 7, "la Vega", Status.AMBIGUOUS, candidates=names),
        Mention(9, 16, "LA VEGA", Status.AMBIGUOUS, candidates=names),
        Mention(18, 22, "Lima", Status.OUTSIDE_AREA),
        Mention(24, 30, "Xanadu", Status.NOT_FOUND, candidates=names),
    ]
    listed = kit.disclosed(mentions=found, text=text).unlocated
    assert [(one.text, one.reason, one.candidates) for one in listed] == [
        ("la Vega", "ambiguous", ("La Vega (Libertador)", "La Vega (Petare)")),
        ("Lima", "outside_area", ()),
        ("Xanadu", "not_found", ()),
    ]


def test_a_name_from_a_sensitive_passage_is_not_listed_as_unlocated():
    secret = replace(kit.mention(kit.CEMENTERIO), status=Status.NOT_FOUND, place=None)
    assert kit.disclosed(mentions=(secret,), sensitive={"r": (kit.SECRET,)}).unlocated == ()


# --- the whole ---------------------------------------------------------------------------------------


def test_reports_leave_without_text_and_warnings():
    report = kit.disclosed(kit.incident()).reports[0]
    assert (report.text, report.warnings, report.title) == ("", (), "A title")


def test_files_set_aside_are_passed_on():
    aside = (SetAside("bad.txt", "empty", "vacío"),)
    assert kit.disclosed(set_aside=aside).set_aside == aside


def test_records_are_in_order_of_their_shown_dates():
    late = kit.incident("a", when=DateSpan(kit.DAY + dt.timedelta(days=1)))
    hidden = kit.incident("0", when=DateSpan(dt.date(2000, 1, 1)), sensitive_fields=frozenset({"when"}))
    assert [one.incident_id for one in kit.disclosed(hidden, late, kit.incident()).incidents] == ["i", "a", "0"]
