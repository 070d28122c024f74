"""Disclosure: no sensitive word, name or offset leaves; what rests on it says so; nothing else is lost."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.disclosure import disclose
from mapper.disclosure.screen import QUOTE_LENGTH, Screen
from mapper.errors import MapperError
from mapper.model import (
    Assertion,
    Candidate,
    Claim,
    DateSpan,
    DisclosureLevel,
    Estimate,
    EventType,
    Evidence,
    Facts,
    Incident,
    Measure,
    Mention,
    Movement,
    MovementKind,
    Place,
    Precision,
    Quote,
    Report,
    SetAside,
    Span,
    Status,
    Story,
)

PARTNER, INTERNAL = DisclosureLevel.PARTNER, DisclosureLevel.INTERNAL
TEXT = (
    "Gangs fought police in Cota 905 on Friday. Seven people died, the minister said. "
    '"I fled El Cementerio with my sister", said a resident who asked not to be named. '
    "Others walked to Plaza Venezuela. The gang wants La Vega."
)
DAY = dt.date(2021, 7, 9)


def _place(name: str, **fields) -> Place:
    return Place(name.lower().replace(" ", "-"), name, "barrio", -66.9, 10.4, **fields)


COTA, CEMENTERIO, PLAZA, VEGA = (_place(name) for name in ("Cota 905", "El Cementerio", "Plaza Venezuela", "La Vega"))
LIBERTADOR = _place("Libertador", precision=Precision.MUNICIPALITY)


def _span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


SECRET = _span('"I fled El Cementerio with my sister", said a resident who asked not to be named.')
FIGHT = _span("Gangs fought police in Cota 905 on Friday.")
WALK = _span("Others walked to Plaza Venezuela.")


def _mention(place: Place, text: str = TEXT, **fields) -> Mention:
    span = _span(place.name, text)
    return Mention(span.start, span.end, place.name, **({"status": Status.RESOLVED, "place": place} | fields))


def _evidence(span: Span, *, sensitive: bool = False) -> Evidence:
    return Evidence("r", span.start, span.end, sensitive)


def _claim(words: str, **fields) -> Claim:
    span = _span(words)
    return Claim("r", span.start, span.end, Measure.KILLED, Estimate(best=7, unit="persons"), **fields)


def _incident(name: str = "i", **fields) -> Incident:
    known = {"when": DateSpan(DAY, DAY), "places": (COTA,), "evidence": (_evidence(FIGHT),)}
    return Incident(name, EventType.BATTLES, "Armed clash", **(known | fields))


def _movement(name: str = "m", **fields) -> Movement:
    known = {"origins": (COTA,), "destinations": (PLAZA,), "evidence": (_evidence(WALK),)}
    return Movement(name, MovementKind.DISPLACEMENT, **(known | fields))


MENTIONS = (_mention(COTA), _mention(CEMENTERIO, sensitive=True), _mention(PLAZA), _mention(VEGA))


def _story(*records, mentions=MENTIONS, text=TEXT) -> Story:
    report = Report("r", text, title="A title", published=DAY, warnings=("a warning",))
    incidents = tuple(one for one in records if isinstance(one, Incident))
    movements = tuple(one for one in records if isinstance(one, Movement))
    return Story((report,), (Facts(report, tuple(mentions), incidents, movements),), incidents, movements)


def _disclose(*records, level=PARTNER, mentions=MENTIONS, text=TEXT, **more):
    return disclose(_story(*records, mentions=mentions, text=text), level, **more)


# --- quotes ------------------------------------------------------------------------------------------


def test_an_open_passage_is_quoted_with_its_place_and_claim_marked():
    claim = _claim("Seven people died")
    evidence = _evidence(Span(FIGHT.start, _span("the minister said.").end))
    quote = _disclose(_incident(claims=(claim,), evidence=(evidence,))).quotes["i"][0]
    assert quote.text == TEXT[evidence.start : evidence.end]
    assert [quote.text[start:end] for start, end in quote.highlights] == ["Cota 905", "Seven people died"]


def test_a_sensitive_passage_becomes_a_note_without_words_or_offsets():
    disclosed = _disclose(_incident(evidence=(_evidence(SECRET, sensitive=True),)))
    assert disclosed.quotes == {"i": (Quote("r", None),)}
    assert disclosed.incidents[0].evidence == (Evidence("r", 0, 0, sensitive=True),)


def test_a_passage_that_touches_what_reading_found_sensitive_is_withheld_though_not_flagged():
    evidence = _evidence(Span(FIGHT.start, SECRET.start + 10))
    disclosed = _disclose(_incident(evidence=(evidence,)), sensitive={"r": (SECRET,)})
    assert disclosed.quotes["i"] == (Quote("r", None),)


@pytest.mark.parametrize("flagged", ["evidence", "claim", "mention"])
def test_a_passage_flagged_in_one_record_is_withheld_in_every_other(flagged):
    other = _incident("j", evidence=(_evidence(SECRET, sensitive=flagged == "evidence"),))
    other = replace(other, claims=(_claim("with my sister", sensitive=flagged == "claim"),))
    mentions = (_mention(CEMENTERIO, sensitive=flagged == "mention"),)
    disclosed = _disclose(_incident(evidence=(_evidence(SECRET),)), other, mentions=mentions)
    assert disclosed.quotes["i"] == (Quote("r", None),)


def test_the_internal_level_quotes_everything():
    incident = _incident(evidence=(_evidence(SECRET, sensitive=True),), sensitive_fields=frozenset({"when"}))
    disclosed = _disclose(incident, level=INTERNAL, sensitive={"r": (SECRET,)})
    assert disclosed.quotes["i"][0].text == TEXT[SECRET.start : SECRET.end]
    assert disclosed.incidents == (incident,)


def test_shown_passages_come_before_withheld_ones():
    evidence = (_evidence(SECRET, sensitive=True), _evidence(FIGHT))
    quotes = _disclose(_incident(evidence=evidence)).quotes["i"]
    assert [quote.text is None for quote in quotes] == [False, True]


def test_a_long_passage_is_cut_between_words_around_what_matters():
    text = "palabra " * 300 + "Cota 905 " + "palabra " * 300
    evidence = Evidence("r", 0, len(text))
    quote = _disclose(_incident(evidence=(evidence,)), mentions=(_mention(COTA, text),), text=text).quotes["i"][0]
    assert quote.text is not None
    assert QUOTE_LENGTH - 40 < len(quote.text) <= QUOTE_LENGTH + 2
    assert quote.text.startswith("…palabra ")
    assert quote.text.endswith(" palabra…")
    assert [quote.text[start:end] for start, end in quote.highlights] == ["Cota 905"]


@pytest.mark.parametrize("evidence", [Evidence("other", 0, 3), Evidence("r", 5, 5), Evidence("r", 0, 99_999)])
def test_a_passage_that_does_not_exist_is_an_error(evidence):
    with pytest.raises(MapperError, match="has no such passage"):
        _disclose(_incident(evidence=(evidence,)))


# --- fields and claims -------------------------------------------------------------------------------


def test_withheld_fields_are_blank_and_named():
    fields = frozenset({"when", "places", "actors", "fatalities", "injuries"})
    incident = _incident(actors=("Gang",), fatalities=Estimate(best=7), around=(COTA,), sensitive_fields=fields)
    shown = _disclose(incident).incidents[0]
    assert (shown.when, shown.places, shown.around, shown.actors) == (DateSpan(), (), (), ())
    assert (shown.fatalities, shown.injuries) == (Estimate(), Estimate())
    assert shown.sensitive_fields >= fields


def test_a_movement_s_withheld_fields_are_blank_and_named():
    fields = frozenset({"when", "people", "origins", "destinations", "via"})
    movement = _movement(when=DateSpan(DAY, DAY), people=Estimate(best=90), via=(VEGA,), sensitive_fields=fields)
    shown = _disclose(movement).movements[0]
    assert (shown.when, shown.people, shown.origins, shown.destinations, shown.via) == (
        DateSpan(), Estimate(), (), (), (),
    )  # fmt: skip
    assert shown.sensitive_fields == fields


def test_a_field_disclosure_does_not_know_lets_nothing_through():
    with pytest.raises(MapperError, match="shoe_size"):
        _disclose(_incident(sensitive_fields=frozenset({"shoe_size"})))


def test_a_sensitive_claim_keeps_its_number_and_loses_who_said_it():
    claim = _claim("with my sister", speaker="a resident", who="my sister", sensitive=True, when=DateSpan(DAY))
    shown = _disclose(_incident(claims=(claim,))).incidents[0].claims[0]
    assert shown == Claim("r", 0, 0, Measure.KILLED, claim.value, sensitive=True)


def test_a_claim_that_touches_a_sensitive_passage_counts_as_sensitive():
    claim = _claim("with my sister", speaker="a resident")
    shown = _disclose(_incident(claims=(claim,)), sensitive={"r": (SECRET,)}).incidents[0].claims[0]
    assert (shown.speaker, shown.start, shown.end, shown.sensitive) == ("", 0, 0, True)


def test_a_speaker_named_only_in_a_sensitive_passage_is_withheld_from_an_open_claim():
    claims = (_claim("Seven people died", speaker="a resident"), _claim("people", speaker="the minister"))
    shown = _disclose(_incident(claims=claims), sensitive={"r": (SECRET,)}).incidents[0].claims
    assert [claim.speaker for claim in shown] == ["", "the minister"]


def test_a_place_named_only_in_sensitive_passages_is_taken_out_of_records():
    evidence = (_evidence(WALK), _evidence(SECRET, sensitive=True))
    shown = _disclose(_movement(origins=(COTA, CEMENTERIO), evidence=evidence)).movements[0]
    assert shown.origins == (COTA,)
    assert "origins" not in shown.sensitive_fields


def test_an_end_that_is_wholly_withheld_is_named_as_such():
    shown = _disclose(_movement(origins=(CEMENTERIO,))).movements[0]
    assert (shown.origins, shown.sensitive_fields) == ((), {"origins"})


def test_a_place_named_openly_as_well_stays():
    text = TEXT + " El Cementerio is near."
    openly = replace(_mention(CEMENTERIO), start=len(TEXT) + 1, end=len(TEXT) + 14)
    shown = _disclose(_movement(origins=(CEMENTERIO,)), mentions=(*MENTIONS, openly), text=text).movements[0]
    assert shown.origins == (CEMENTERIO,)


@pytest.mark.parametrize("assertion", list(Assertion))
def test_no_incident_is_dropped_for_its_assertion(assertion):
    assert _disclose(_incident(assertion=assertion)).incidents[0].assertion is assertion


# --- small groups ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "small"),
    [
        (Estimate(best=19, unit="persons"), True),
        (Estimate(best=20, unit="persons"), False),
        (Estimate(high=12, unit="persons"), True),
        (Estimate(best=4, unit="families"), True),
        (Estimate(best=5, unit="households"), False),
        (Estimate(best=7), True),
        (Estimate(), False),
    ],
)
def test_a_small_group_loses_its_way_and_shows_only_municipalities(people, small):
    movement = _movement(people=people, via=(VEGA,))
    shown = _disclose(movement, coarsen=lambda _: LIBERTADOR).movements[0]
    ends = ((LIBERTADOR,), (), (LIBERTADOR,)) if small else ((COTA,), (VEGA,), (PLAZA,))
    assert (shown.origins, shown.via, shown.destinations) == ends
    assert shown.people == people


def test_without_a_look_up_a_small_group_s_ends_are_dropped_and_named():
    shown = _disclose(_movement(people=Estimate(best=4), via=(VEGA,))).movements[0]
    assert (shown.origins, shown.destinations) == ((), ())
    assert shown.sensitive_fields == {"origins", "destinations", "via"}


def test_a_look_up_that_gives_nothing_coarser_is_not_believed():
    shown = _disclose(_movement(people=Estimate(best=4)), coarsen=lambda place: place).movements[0]
    assert (shown.origins, shown.destinations) == ((), ())


def test_a_small_group_whose_number_is_withheld_is_still_small():
    movement = _movement(people=Estimate(best=4), sensitive_fields=frozenset({"people"}))
    assert _disclose(movement).movements[0].destinations == ()


def test_a_small_group_s_place_is_not_given_away_by_quotes_or_lists():
    incident = _incident(evidence=(_evidence(WALK),))
    disclosed = _disclose(incident, _movement(people=Estimate(best=4)))
    assert disclosed.quotes == {"i": (Quote("r", None),), "m": (Quote("r", None),)}
    assert "Plaza" not in repr(disclosed)


def test_the_internal_level_keeps_a_small_group_s_way():
    movement = _movement(people=Estimate(best=4), via=(VEGA,))
    assert _disclose(movement, level=INTERNAL).movements == (movement,)


# --- mentioned and unlocated -------------------------------------------------------------------------


def test_places_without_a_record_are_listed_by_name_with_their_sentence():
    disclosed = _disclose(_incident())
    assert [one.place for one in disclosed.mentioned] == [VEGA, PLAZA]
    assert disclosed.mentioned[0].quotes[0].text == "The gang wants La Vega."


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    list(itertools.pairwise(["none", "past", "hypothetical", "denied", "rumoured", "threatened"])),
)
def test_the_strongest_assertion_stands_for_a_place(weaker, stronger):
    text = "La Vega. " + TEXT
    last = text.rindex("La Vega")
    first = _mention(VEGA, text, assertion=Assertion(weaker))
    mentions = (first, replace(first, start=last, end=last + 7, assertion=Assertion(stronger)))
    assert [one.assertion for one in _disclose(mentions=mentions, text=text).mentioned] == [stronger]


def test_a_place_named_only_in_sensitive_passages_is_not_listed():
    assert CEMENTERIO not in [one.place for one in _disclose().mentioned]
    assert CEMENTERIO in [one.place for one in _disclose(level=INTERNAL).mentioned]


def test_a_denied_incident_s_place_is_listed_as_mentioned():
    disclosed = _disclose(_incident(assertion=Assertion.DENIED))
    assert COTA in [one.place for one in disclosed.mentioned]


def test_abbreviations_do_not_end_a_mention_s_sentence():
    text = "Before. The Dra. Gil saw at 9 p.m. La Vega burn. After."
    assert _disclose(mentions=(_mention(VEGA, text),), text=text).mentioned[0].quotes[0].text == text[8:-7]


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
    listed = _disclose(mentions=found, text=text).unlocated
    assert [(one.text, one.reason, one.candidates) for one in listed] == [
        ("la Vega", "ambiguous", ("La Vega (Libertador)", "La Vega (Petare)")),
        ("Lima", "outside_area", ()),
        ("Xanadu", "not_found", ()),
    ]


def test_a_name_from_a_sensitive_passage_is_not_listed_as_unlocated():
    secret = replace(_mention(CEMENTERIO), status=Status.NOT_FOUND, place=None)
    assert _disclose(mentions=(secret,), sensitive={"r": (SECRET,)}).unlocated == ()


# --- the whole ---------------------------------------------------------------------------------------


def test_reports_leave_without_text_and_warnings():
    report = _disclose(_incident()).reports[0]
    assert (report.text, report.warnings, report.title) == ("", (), "A title")


def test_files_set_aside_are_passed_on():
    aside = (SetAside("bad.txt", "empty", "vacío"),)
    assert _disclose(set_aside=aside).set_aside == aside


def test_the_public_level_says_to_use_partner():
    with pytest.raises(MapperError, match="use partner"):
        _disclose(level=DisclosureLevel.PUBLIC)


def test_records_are_in_order_of_their_shown_dates():
    late = _incident("a", when=DateSpan(DAY + dt.timedelta(days=1)))
    hidden = _incident("0", when=DateSpan(dt.date(2000, 1, 1)), sensitive_fields=frozenset({"when"}))
    assert [one.incident_id for one in _disclose(hidden, late, _incident()).incidents] == ["i", "a", "0"]


@st.composite
def _stories(draw):
    """Draw a story whose sensitive spans hold words found nowhere else, and records that cut across them."""
    words, markers, spans, at = [], [], [], 0
    for number in range(draw(st.integers(4, 16))):
        secret = draw(st.booleans())
        word = f"zq{number}x" if secret else draw(st.sampled_from(["gunfire", "police", "people", "street"]))
        if secret:
            markers.append(word)
            spans.append(Span(at, at + len(word)))
        words.append(word)
        at += len(word) + 1
    text = " ".join(words)
    edges = [0, *itertools.accumulate(len(word) + 1 for word in words)]

    def span() -> Span:
        first, last = sorted((draw(st.integers(0, len(words) - 1)), draw(st.integers(0, len(words) - 1))))
        return Span(edges[first], edges[last + 1] - 1)

    def cut() -> str:
        one = span()
        return text[one.start : one.end]

    def places() -> tuple[Place, ...]:
        return tuple({one.place.place_id: one.place for one in mentions if one.place and draw(st.booleans())}.values())

    def evidence() -> tuple[Evidence, ...]:
        found = [span() for _ in range(draw(st.integers(1, 3)))]
        return tuple(Evidence("r", one.start, one.end, draw(st.booleans())) for one in found)

    mentions = []
    for number in range(draw(st.integers(0, 5))):
        one = span()
        name = text[one.start : one.end]
        status = draw(st.sampled_from(list(Status)))
        place = Place(f"p{number}", name, "barrio") if status is Status.RESOLVED else None
        mentions.append(Mention(one.start, one.end, name, status, place, assertion=draw(st.sampled_from(Assertion))))
    incidents, movements = [], []
    for number in range(draw(st.integers(0, 3))):
        one = span()
        claim = Claim("r", one.start, one.end, Measure.KILLED, Estimate(best=3), speaker=cut(), who=cut())
        incidents.append(_incident(f"i{number}", claims=(claim,), evidence=evidence(), places=places()))
        people = Estimate(best=draw(st.none() | st.integers(1, 40)), unit="persons")
        movements.append(
            _movement(f"m{number}", people=people, evidence=evidence(), origins=places(),
                      destinations=places(), via=places())
        )  # fmt: skip
    return _story(*incidents, *movements, mentions=mentions, text=text), {"r": tuple(spans)}, markers


def _leaks(story, sensitive, markers) -> list[str]:
    shown = repr(disclose(story, PARTNER, sensitive=sensitive))
    return [marker for marker in markers if marker in shown]


@settings(max_examples=100, deadline=None)
@given(_stories())
def test_no_sensitive_word_survives_in_any_part(drawn):
    assert _leaks(*drawn) == []


@pytest.mark.parametrize("rule", ["withholds", "hides", "hides_words", "hides_place"])
def test_the_check_for_survivors_can_fail(rule, monkeypatch):
    """With any one rule of the screen switched off, the property above is false."""
    monkeypatch.setattr(Screen, rule, lambda *_: False)
    secret = _span("zq1x", "gunfire zq1x people")
    named = Mention(secret.start, secret.end, "zq1x", Status.NOT_FOUND)
    hidden = Place("p", "zq1x", "barrio")
    resolved = Mention(secret.start, secret.end, "zq1x", Status.RESOLVED, hidden)
    incident = _incident(
        evidence=(Evidence("r", 0, 19),), places=(hidden,), claims=(Claim("r", 0, 7, Measure.KILLED, speaker="zq1x"),)
    )
    story = _story(incident, mentions=(named, resolved), text="gunfire zq1x people")
    assert _leaks(story, {"r": (secret,)}, ["zq1x"]) == ["zq1x"]
    monkeypatch.undo()
    assert _leaks(story, {"r": (secret,)}, ["zq1x"]) == []
