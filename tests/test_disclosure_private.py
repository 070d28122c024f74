"""Private reports: no word of a chat leaves, what it places on the map does, and its source is withheld."""

from __future__ import annotations

from dataclasses import replace

import disclosure_kit as kit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.disclosure import disclose
from mapper.disclosure.masks import MASK, Masks
from mapper.model import (
    Claim,
    Estimate,
    Evidence,
    Facts,
    Measure,
    Mention,
    Place,
    Quote,
    Report,
    Status,
    Story,
)


def private(*records, mentions=kit.MENTIONS, text=kit.TEXT) -> Story:
    """Return the kit's story with its report from a chat, which carries fields it should not have."""
    story = kit.story(*records, mentions=mentions, text=text)
    report = replace(
        story.reports[0], private=True, title="Vecinos", outlet="Chat", author="Yubiri", url="https://example.org/chat"
    )
    return replace(story, reports=(report,), facts=(replace(story.facts[0], report=report),))


def test_a_place_from_a_chat_stays_and_its_passage_is_withheld():
    shown = disclose(private(kit.incident()), kit.PARTNER)
    assert shown.incidents[0].places == (kit.COTA,)
    assert shown.incidents[0].sensitive_fields == frozenset()
    assert shown.incidents[0].when == kit.incident().when
    assert shown.quotes == {"i": (Quote("report-n1", None),)}


def test_a_claim_from_a_chat_keeps_its_number_and_nobody():
    incident = kit.incident(claims=(kit.claim("Seven people died", speaker="the minister", who="people"),))
    claim = disclose(private(incident), kit.PARTNER).incidents[0].claims[0]
    assert (claim.value.best, claim.speaker, claim.who, claim.sensitive) == (7, "", "", True)
    assert (claim.start, claim.end) == (0, 0)


def test_a_chat_is_referred_to_without_title_outlet_author_or_address():
    report = disclose(private(), kit.PARTNER).reports[0]
    assert (report.title, report.outlet, report.author, report.url, report.text) == ("",) * 5
    assert (report.report_id, report.published, report.private) == ("report-n1", kit.DAY, True)


def test_places_only_mentioned_in_a_chat_are_listed_without_its_words():
    mentioned = disclose(private(), kit.PARTNER).mentioned
    assert [one.place.name for one in mentioned] == ["Cota 905", "La Vega", "Plaza Venezuela"]
    assert {quote.text for one in mentioned for quote in one.quotes} == {None}


def test_names_of_a_chat_that_are_nowhere_found_are_not_listed():
    unknown = Mention(0, 5, "Gangs", Status.NOT_FOUND)
    assert disclose(private(mentions=(unknown,)), kit.PARTNER).unlocated == ()
    assert len(disclose(private(mentions=(unknown,)), kit.INTERNAL).unlocated) == 1


def test_the_internal_level_keeps_a_chat_whole():
    story = private(kit.incident())
    shown = disclose(story, kit.INTERNAL)
    assert shown.quotes["i"][0].text == "Gangs fought police in Cota 905 on Friday."
    assert shown.incidents == story.incidents
    assert shown.reports[0].author == "Yubiri"


def test_a_record_told_by_a_chat_and_the_news_quotes_the_news():
    news = Report("n", kit.TEXT, author="A. Reporter", title="A title")
    incident = kit.incident(evidence=(kit.evidence(kit.FIGHT), Evidence("n", kit.FIGHT.start, kit.FIGHT.end)))
    story = private(incident)
    story = replace(story, reports=(*story.reports, news), facts=(*story.facts, Facts(news, kit.MENTIONS, (), ())))
    shown = disclose(story, kit.PARTNER)
    assert [quote.text for quote in shown.quotes["i"]] == ["Gangs fought police in Cota 905 on Friday.", None]
    assert [(one.title, one.author) for one in shown.reports] == [("", ""), ("A title", "")]


_WORDS = ["zqtesta", "zqyubiri", "zqpaloma", "zqcamion", "zqcasa", "zqllave"]


@st.composite
def _chats(draw):
    """Draw a private report of words found nowhere else, one place name among them, and records upon it."""
    words = [*draw(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=8)), "Cota 905"]
    text = " ".join(words)
    secret = sorted(set(words) - {"Cota 905"})
    unknown = [
        Mention(text.index(word), text.index(word) + len(word), word, draw(st.sampled_from(list(Status)[1:])))
        for word in secret
        if draw(st.booleans())
    ]
    end = draw(st.integers(1, len(text)))
    claim = Claim(
        "r", 0, end, Measure.KILLED, Estimate(best=3, unit=draw(st.sampled_from(words))),
        speaker=draw(st.sampled_from(words)), who=draw(st.sampled_from(words)),
    )  # fmt: skip
    records = [
        kit.incident(claims=(claim,), evidence=(Evidence("r", 0, end),), fatalities=claim.value),
        kit.movement(people=claim.value, households=claim.value, evidence=(Evidence("r", 0, end),)),
    ]
    return private(*records, mentions=(kit.mention(kit.COTA, text), *unknown), text=text), secret


@settings(max_examples=100, deadline=None)
@given(_chats())
def test_no_word_of_a_private_report_leaves(drawn):
    story, secret = drawn
    shown = disclose(story, kit.PARTNER)
    assert [word for word in [*secret, "Yubiri", "Vecinos"] if word in repr(shown)] == []
    assert shown.incidents[0].places == (kit.COTA,)


@pytest.mark.parametrize("part", ["text", "title", "author"])
def test_the_check_for_words_can_fail(part):
    """The same report, were it public, would show its words; so the property above can see them."""
    story = private(kit.incident(), mentions=(Mention(0, 5, "Gangs", Status.NOT_FOUND), kit.mention(kit.COTA)))
    public = replace(story, reports=(replace(story.reports[0], private=False),))
    level = kit.INTERNAL if part == "author" else kit.PARTNER
    word = {"text": "Gangs", "title": "Vecinos", "author": "Yubiri"}[part]
    assert word in repr(disclose(public, level))
    assert word not in repr(disclose(story, kit.PARTNER))


def test_a_place_is_told_by_the_gazetteer_and_not_in_the_chats_spelling():
    spelled = Place("petare", "Petare", "barrio", -66.8, 10.4)
    text = "zqbarrio petarito cayó"
    mention = Mention(9, 17, "petarito", Status.RESOLVED, spelled)
    shown = disclose(private(mentions=(mention,), text=text), kit.PARTNER)
    assert [one.place.name for one in shown.mentioned] == ["Petare"]
    assert "petarito" not in repr(shown)


def test_a_place_keeps_its_name_though_a_private_person_bears_a_word_of_it():
    masks = Masks(persons=frozenset({"carmen"}))
    assert [masks.toponym("r", name) for name in ("El Carmen", "Carmen")] == ["El Carmen", MASK]


@pytest.mark.parametrize("title", ["ROSA HUYÓ DE LA VEGA", "Rosa Fled La Vega After the Shots"])
def test_a_private_name_is_masked_in_a_headline_whose_words_all_have_capitals(title):
    masks = Masks(persons=frozenset({"rosa"}))
    assert masks.title("r", title).startswith(MASK)
    assert masks.title("r", "Habló Rosa Pérez, la alcaldesa") == "Habló Rosa Pérez, la alcaldesa"
