"""Which mentions carry the same event: what speaks for it and against it, and what comes of it in whole reports."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from events_kit import look
from reading_kit import as_mentions, reader, report

from mapper.events import drafts, understand
from mapper.events.joining import join_features
from mapper.events.weights import load_weights

READER = reader()


def joined(text, words, earlier, labels=None, *, latest=True):
    """Return the features of joining the mention ``words`` to the event of ``earlier`` ones."""
    seen = look(text)
    index, others = seen.index(words), [seen.index(one) for one in earlier]
    named = dict.fromkeys(range(len(seen.mentions)), "battle") | {
        seen.index(key): value for key, value in (labels or {}).items()
    }
    return join_features(index, others, named, seen.spots, (seen.scene_of, seen.calendar), is_latest=latest)


def places_of(text, language="en"):
    reading = READER.read(report(text, language))
    facts = understand(reading, as_mentions(reading))
    return [sorted(place.place_id for place in incident.places) for incident in facts.incidents]


def test_a_list_in_one_clause_speaks_for_one_event():
    features = joined("Police fought a gang in Cota 905 and El Valle on Friday.", "El Valle", ["Cota 905"])
    assert {
        "both battle",
        "same list",
        "same clause",
        "0 sentences apart",
        "0 paragraphs apart",
        "latest event",
    } <= set(features)


def test_labels_that_differ_are_named_in_their_order():
    text = "Police fought a gang in Cota 905. A grenade fell in El Valle."
    features = joined(text, "El Valle", ["Cota 905"], {"El Valle": "grenade"}, latest=False)
    assert {"is grenade", "battle then grenade", "1 sentences apart", "older event", "older, grenade"} <= set(features)
    assert {"same list", "same clause", "same place"} & set(features) == set()


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("On Friday they fought in El Valle.", "same date"),
        ("On Saturday they fought in El Valle.", "a day apart"),
        ("On 5 July 2021 they fought in El Valle.", "days apart"),
        ("On 5 May 2021 they fought in El Valle.", "long apart"),
        ("They fought in El Valle.", "no date here"),
    ],
)
def test_dates_speak_for_and_against(second, expected):
    features = joined(f"Police fought a gang in Cota 905 on Friday. {second}", "El Valle", ["Cota 905"])
    assert [
        one
        for one in features
        if one in {"same date", "a day apart", "days apart", "long apart", "no date here", "no date there"}
    ] == [expected]


def test_an_event_without_a_date_says_so():
    features = joined("Police fought a gang in Cota 905. They fought in El Valle on Friday.", "El Valle", ["Cota 905"])
    assert "no date there" in features


def test_the_same_place_again_says_so():
    text = "Police fought a gang in La Vega.\n\nThe fight in La Vega went on."
    seen = look(text)
    told = (seen.scene_of, seen.calendar)
    features = join_features(1, [0], {0: "battle", 1: "battle"}, seen.spots, told, is_latest=True)
    assert {"same place", "same place, 1 sentences", "1 paragraphs apart", "opens paragraph"} <= set(features)


def test_distance_is_to_the_nearest_mention_of_the_event():
    text = "Police fought a gang in Cota 905. Nothing. Nothing. They fought in El Rosal. They fought in El Valle."
    assert "1 sentences apart" in joined(text, "El Valle", ["Cota 905", "El Rosal"])
    assert "3 sentences apart" in joined(text, "El Valle", ["Cota 905"])


def test_tolls_on_both_sides_are_seen():
    text = "Two men died in Cota 905. Three men died in El Valle."
    assert {"killed here", "killed in both"} <= set(joined(text, "El Valle", ["Cota 905"]))


def test_another_one_is_heard():
    text = "Police fought a gang in Cota 905. In another shooting two men died in El Valle."
    assert "another before" in joined(text, "El Valle", ["Cota 905"])


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("On Friday shots rang out in Cota 905 and El Rosal, where police fought a gang; two men were killed.", "en", [["cota-905", "el-rosal"]]),
        ("El viernes hubo enfrentamientos entre la policía y una banda en Cota 905 y El Rosal.", "es", [["cota-905", "el-rosal"]]),
        (
            "Police and a gang fought in Cota 905 on Friday.\n\nOn Monday gunmen and police fought in El Rosal, where three men died.",
            "en",
            [["cota-905"], ["el-rosal"]],
        ),
    ],
)  # fmt: skip
def test_reports_hold_as_many_events_as_they_tell(text, language, expected):
    assert sorted(places_of(text, language)) == expected


@pytest.mark.parametrize(("day", "events"), [("3 July", 1), ("3 June", 2)])
def test_what_lies_more_than_a_week_apart_is_not_one_event(monkeypatch, day, events):
    always = SimpleNamespace(share=lambda features: 1.0)
    monkeypatch.setattr(drafts, "load_weights", lambda name: always if name == "same_event" else load_weights(name))
    text = f"Police and a gang fought in Cota 905 on 9 July. On {day} police and a gang fought in Cota 905."
    assert len(places_of(text)) == events


@pytest.mark.parametrize("heading", ["", "- ", "SOUTH. "])
def test_items_of_a_bulletin_that_tell_of_other_days_tell_of_other_events(heading):
    text = (
        f"{heading}On Tuesday police and a gang exchanged fire in El Valle.\n"
        f"{heading}On Wednesday police and a gang exchanged fire in Cota 905."
    )
    assert places_of(text)[:2] == [["el-valle"], ["cota-905"]]


def test_a_battle_that_goes_on_the_day_after_is_one():
    text = (
        "On Tuesday police and a gang exchanged fire in El Valle. "
        "On Wednesday police and the gang exchanged fire in Cota 905."
    )
    assert places_of(text) == [["cota-905", "el-valle"]]


@pytest.mark.parametrize(
    ("behind", "events"),
    [("Two men were shot dead in Cota 905", 1), ("On Monday two men were shot dead in Cota 905", 2)],
)
def test_the_same_place_on_no_other_day_is_one_event(monkeypatch, behind, events):
    never = SimpleNamespace(share=lambda features: 0.0)
    monkeypatch.setattr(drafts, "load_weights", lambda name: never if name == "same_event" else load_weights(name))
    text = f"Gunmen shot a man dead in Cota 905 on Friday. {behind}, neighbours said."
    assert len(places_of(text)) == events
