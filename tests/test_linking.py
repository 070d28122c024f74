"""The same event in several reports is one record, and merging never opens what one of them kept closed."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from reading_kit import PLACES, as_mentions, reader, report

from mapper.events import link, understand
from mapper.model import (
    DatePrecision,
    DateSpan,
    Estimate,
    EventType,
    Evidence,
    Facts,
    Incident,
    Movement,
    MovementKind,
    Report,
)

FRIDAY = DateSpan(dt.date(2021, 7, 9), dt.date(2021, 7, 9), DatePrecision.DAY)
NO_PEOPLE = Estimate()
THIRTY = Estimate(30, 30, 30, "persons")
HIDDEN = frozenset({"when", "people"})


def movement(name: str, when: DateSpan = DateSpan(), people: Estimate = NO_PEOPLE, hidden=frozenset()) -> Movement:  # noqa: B008 - frozen
    return Movement(
        f"m-{name}",
        MovementKind.DISPLACEMENT,
        (PLACES["cota-905"],),
        (PLACES["la-pastora"],),
        when=when,
        people=people,
        evidence=(Evidence(name, 0, 1, bool(hidden)),),
        sensitive_fields=hidden,
    )


def incident(name: str, when: DateSpan, hidden=frozenset()) -> Incident:
    return Incident(
        f"i-{name}", EventType.BATTLES, "Armed clash", when, (PLACES["cota-905"],), sensitive_fields=frozenset(hidden)
    )


def told(name: str, *, incidents=(), movements=()) -> Facts:
    return Facts(Report(name, "x" * 9, published=dt.date(2021, 7, 11)), (), tuple(incidents), tuple(movements))


@pytest.mark.parametrize("closed_first", [True, False])
def test_a_day_that_only_a_protected_source_gives_stays_closed(closed_first):
    closed, bare = movement("a", FRIDAY, hidden=HIDDEN), movement("b")
    if not closed_first:
        closed, bare = movement("b", FRIDAY, hidden=HIDDEN), movement("a")
    (one,) = link([told("a", movements=[closed]), told("b", movements=[bare])]).movements
    assert one.when == DateSpan() or "when" in one.sensitive_fields


@pytest.mark.parametrize("closed_first", [True, False])
def test_a_number_that_only_a_protected_source_gives_stays_closed(closed_first):
    closed, bare = movement("a", people=THIRTY, hidden=HIDDEN), movement("b")
    if not closed_first:
        closed, bare = movement("b", people=THIRTY, hidden=HIDDEN), movement("a")
    (one,) = link([told("a", movements=[closed]), told("b", movements=[bare])]).movements
    assert not one.people.known or "people" in one.sensitive_fields


@pytest.mark.parametrize("closed", ["people", "households"])
def test_persons_and_families_are_closed_apart(closed):
    seven, both = Estimate(7, 7, 7, "families"), ("people", "households")
    counts = {"people": THIRTY, "households": seven}
    (opened,) = (name for name in both if name != closed)
    hidden = dataclasses.replace(movement("a", hidden=frozenset(both)), **{closed: counts[closed]})
    bare = dataclasses.replace(movement("b"), **{opened: counts[opened]})
    (one,) = link([told("a", movements=[hidden]), told("b", movements=[bare])]).movements
    assert (one.people, one.households, one.sensitive_fields) == (THIRTY, seven, {closed})


def test_households_are_not_reconciled_with_families():
    counts = (Estimate(60, 60, 60, "households"), Estimate(40, 40, 40, "families"))
    tellings = [dataclasses.replace(movement(name), households=count) for name, count in zip("ab", counts, strict=True)]
    (one,) = link([told(name, movements=[telling]) for name, telling in zip("ab", tellings, strict=True)]).movements
    assert one.households == counts[1]


def test_what_another_report_says_openly_is_open():
    closed, open_one = movement("a", FRIDAY, THIRTY, HIDDEN), movement("b", FRIDAY, THIRTY)
    (one,) = link([told("a", movements=[closed]), told("b", movements=[open_one])]).movements
    assert (one.when, one.people, one.sensitive_fields) == (FRIDAY, THIRTY, frozenset())


def test_the_days_of_an_incident_are_those_told_openly():
    longer = dataclasses.replace(FRIDAY, end=dt.date(2021, 7, 12))
    closed, open_one = incident("a", longer, {"when"}), incident("b", FRIDAY)
    (one,) = link([told("a", incidents=[closed]), told("b", incidents=[open_one])]).incidents
    assert (one.when, one.sensitive_fields) == (FRIDAY, frozenset())


def test_within_one_report_the_resident_comes_first_and_stays_closed():
    text = (
        '"We fled from Cota 905 to La Pastora on Friday," said a resident who asked not to be identified.\n\n'
        "Families fled from Cota 905 to La Pastora on foot."
    )
    reading = reader().read(report(text))
    (one,) = understand(reading, as_mentions(reading)).movements
    assert one.when == DateSpan() or "when" in one.sensitive_fields


@pytest.mark.parametrize("more", ["", "\n\nSome 150 people fled from Cota 905 to La Pastora."])
def test_families_that_only_a_protected_quote_counts_stay_closed(more):
    quoted = '"Forty families fled from Cota 905 to La Pastora," said a resident who asked not to be identified.'
    reading = reader().read(report(quoted + more))
    (one,) = understand(reading, as_mentions(reading)).movements
    assert (one.households.best, "households" in one.sensitive_fields) == (40, True)
    assert ("people" in one.sensitive_fields) is not bool(more)


def test_a_day_in_a_protected_quote_does_not_widen_an_incident():
    text = (
        "Police fought a gang in Cota 905 on Thursday.\n\n"
        '"There was a shootout in Cota 905 on Friday too," said a resident who asked not to be identified.'
    )
    reading = reader().read(report(text))
    (one,) = understand(reading, as_mentions(reading)).incidents
    assert (one.when.start, one.when.end) == (dt.date(2021, 7, 8), dt.date(2021, 7, 8))


@pytest.mark.parametrize("kind", ["incident", "movement"])
def test_a_later_report_that_confirms_an_event_changes_no_id(kind):
    make = incident if kind == "incident" else movement
    record = make("a", FRIDAY)
    first = told("a", **{f"{kind}s": [record]})
    second = told("b", **{f"{kind}s": [make("b", FRIDAY)]})
    before, after = (getattr(link(facts), f"{kind}s") for facts in ([first], [second, first]))
    assert [getattr(one, f"{kind}_id") for one in after] == [getattr(one, f"{kind}_id") for one in before]
