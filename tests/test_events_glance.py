"""Which date or number the network ties to a place: by the telling, in any order, and only what the passage offers."""

from __future__ import annotations

import pytest
from events_kit import look
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.events.glance import ANSWERS, FARTHEST, Sight, far
from mapper.events.passages import numbers_in

TWO_DAYS = "On Monday two men were shot dead in Cota 905. On Thursday three were killed in La Vega."


@pytest.mark.parametrize("head", ANSWERS)
def test_the_shares_of_the_answers_add_up(head):
    seen = look(TWO_DAYS)
    told = seen.sight.answers(head, [0])
    assert list(told) == [*ANSWERS[head], 0, 1]  # two days, two numbers of people: 905 is part of a name
    assert sum(told.values()) == pytest.approx(1, abs=0.01)


def test_each_place_has_the_day_of_its_own_sentence():
    seen = look(TWO_DAYS)
    first, second = (seen.sight.answers("day", [index]) for index in (0, 1))
    assert first[0] > first[1]
    assert second[1] > second[0]


def test_of_hurt_nobody_tells_there_are_none():
    told = look(TWO_DAYS).sight.answers("injured", [0])
    assert max(told, key=lambda answer: told[answer]) == "none"


def test_a_number_counts_those_who_fled_whichever_end_is_told_first():
    seen = look("To El Valle went 40 families; 3 soldiers watched. They had fled Cota 905.")
    numbers = [one.value.best for one in numbers_in(seen.reading)]
    told = seen.sight.answers("people", [0, 1])
    assert told[numbers.index(40)] > told[numbers.index(3)]


def test_mentions_of_one_record_answer_together():
    seen = look(TWO_DAYS)
    alone = [seen.sight.answers("day", [index]) for index in (0, 1)]
    both = seen.sight.answers("day", [0, 1])
    assert both[0] == pytest.approx((alone[0][0] * alone[1][0]) ** 0.5)


def test_no_mention_has_no_answer():
    assert look(TWO_DAYS).sight.answers("day", []) == {}


def test_what_was_not_looked_at_has_no_labels():
    assert Sight(()).labels(0) is None


def test_a_report_without_dates_or_numbers_offers_only_what_stands_nowhere():
    assert set(look("Shots in Cota 905.").sight.answers("day", [0])) == set(ANSWERS["day"])


@given(st.integers(-2000, 2000))
def test_distances_are_told_apart_by_side_and_size(words):
    assert far(words) == 2 * FARTHEST - far(-words)
    assert 0 <= far(words) <= 2 * FARTHEST
    assert far(words) <= far(words + 1)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["on Monday", "12", "Cota 905", ".", "fled", "two men", "23 de Enero", "\n\n"]), max_size=40
    )
)
def test_every_mention_of_any_text_answers_with_what_the_text_holds(words):
    seen = look(" ".join(words))
    for index in seen.spots:
        dated = seen.sight.answers("day", [index])
        assert {one for one in dated if isinstance(one, int)} <= set(range(len(seen.reading.dates)))
