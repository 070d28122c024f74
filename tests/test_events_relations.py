"""Where numbers and dates stand beside the records they may belong to, in words a person can check."""

from __future__ import annotations

import pytest
from events_kit import look

from mapper.events.weights import load_weights
from mapper.model import Measure

TWO = "Police fought a gang in Cota 905 on Friday. Two men died there.\n\nOn Saturday a shooting shook El Valle. Nine people died."


def tolls(seen):
    return [one for one in seen.reading.quantities if one.measure is Measure.KILLED]


def number(seen, records, record, which=0):
    peers = tolls(seen)
    return set(seen.relations(*records).number(record, peers[which], peers))


def day(seen, records, record, which=0):
    dates = list(seen.reading.dates)
    return set(seen.relations(*records).days(record, dates, seen.calendar)[which])


@pytest.fixture(scope="module")
def two():
    return look(TWO), (("Cota 905",), ("El Valle",))


def test_a_number_says_whose_place_is_nearest_and_whose_stands_in_its_paragraph(two):
    own, other = number(*two, 0), number(*two, 1)
    assert {"1 sentences after", "own place nearest", "own place last", "sentence of none", "paragraph of own"} <= own
    assert {"1 sentences before", "other place nearest", "other place last", "paragraph of others"} <= other


def test_the_second_number_turns_it_round(two):
    assert {"own place nearest", "own place last", "paragraph of own", "last number", "largest number"} <= number(
        *two, 1, 1
    )
    assert {"other place nearest", "3 sentences after", "1 paragraphs after", "largest number"} <= number(*two, 0, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One man died in Cota 905.", {"value 1", "of 1 numbers", "same clause", "sentence of own"}),
        ("Two men died in Cota 905.", {"value 2"}),
        ("Four men died in Cota 905.", {"value few"}),
        ("Forty men died in Cota 905.", {"value many", "first sentence"}),
        ("Forty men died in Cota 905. Forty men died, police said.", {"of 2 numbers", "repeated number"}),
        ("A total of forty men died in Cota 905.", {"a total"}),
    ],
)
def test_a_number_says_how_large_it_is_and_how_it_was_given(text, expected):
    assert expected <= number(look(text), [("Cota 905",)], 0)


def test_what_a_number_measures_is_seen_together_with_where_it_stands(two):
    assert {"measure killed", "killed: own place nearest", "unit persons"} <= number(*two, 0)


def test_two_records_in_one_sentence_share_it():
    seen = look("Two men died in Cota 905 and El Valle.")
    records = (("Cota 905",), ("El Valle",))
    assert "sentence of both" in number(seen, records, 0)
    assert {"own place nearest", "other place nearest"} & number(seen, records, 0) == {"own place nearest"}
    assert {"own place nearest", "other place nearest"} & number(seen, records, 1) == {"other place nearest"}


def test_before_any_place_no_place_stands_last():
    assert "no place yet" in number(look("Two men died, police said. It was in Cota 905."), [("Cota 905",)], 0)


def test_a_record_that_no_mention_carries_says_so_and_nothing_about_distance(two):
    seen, _ = two
    features = number(seen, [()], 0)
    assert "record without place" in features
    assert [one for one in features if "sentences" in one or "nearest" in one] == []


def test_a_date_says_how_it_is_tied_to_the_record(two):
    assert {"tie stated", "stated somewhere", "main date", "earliest stated", "same clause"} <= day(*two, 0, 0)
    assert "tie none" in day(*two, 0, 1)
    assert "tie carried" in day(look("It was Friday. Police fought a gang in Cota 905."), [("Cota 905",)], 0)


@pytest.mark.parametrize(
    ("when", "age"),
    [
        ("on 11 July 2021", "today"),
        ("on 10 July 2021", "yesterday"),
        ("on 5 July 2021", "week"),
        ("on 20 June 2021", "month"),
        ("on 20 January 2021", "year"),
        ("on 20 January 2011", "old"),
        ("on 20 July 2021", "future"),
    ],
)
def test_a_date_says_how_long_ago_it_is(when, age):
    features = day(look(f"Police fought a gang in Cota 905 {when}."), [("Cota 905",)], 0)
    assert f"age {age}" in features
    assert sum(one.startswith("age ") and ":" not in one for one in features) == 1


def test_a_date_beside_a_verb_of_saying_says_so():
    told = "Police fought a gang in Cota 905, the minister said on Saturday."
    assert "beside a verb of saying" in day(look(told), [("Cota 905",)], 0)
    assert "beside a verb of saying" not in day(
        look("Police fought a gang in Cota 905 on Saturday."), [("Cota 905",)], 0
    )


def test_repeated_days_are_counted(two):
    seen = look("Police fought a gang in Cota 905 on Friday. On Friday two men died.")
    assert {"told 2 times", "of 2 dates"} <= day(seen, [("Cota 905",)], 0)
    assert "told 1 times" in day(*two, 0)


def test_tolls_and_days_go_to_the_event_told_beside_them(two):
    """The tables themselves: shares must order what a reader would order."""
    toll, days = load_weights("toll"), load_weights("day")
    for which in (0, 1):
        own, other = number(*two, which, which), number(*two, 1 - which, which)
        assert toll.share(sorted(own)) > toll.share(sorted(other))
        own, other = day(*two, which, which), day(*two, 1 - which, which)
        assert days.share(sorted(own)) > days.share(sorted(other))


@pytest.mark.parametrize("language", ["en", "es"])
def test_same_text_same_features(language):
    text = {"en": TWO, "es": "Hubo disparos en Cota 905 el viernes. Murieron dos personas."}[language]
    once, again = look(text, language), look(text, language)
    peers = tolls(once)
    assert peers
    assert once.relations(("Cota 905",)).number(0, peers[0], peers) == again.relations(("Cota 905",)).number(
        0, tolls(again)[0], tolls(again)
    )
