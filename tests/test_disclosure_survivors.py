"""No sensitive word survives disclosure, whatever the story; and the check for survivors can fail."""

from __future__ import annotations

import itertools

import disclosure_kit as kit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.disclosure import disclose
from mapper.disclosure.screen import Screen
from mapper.model import (
    Assertion,
    Claim,
    Estimate,
    Evidence,
    Measure,
    Mention,
    Place,
    Span,
    Status,
)


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
        incidents.append(kit.incident(f"i{number}", claims=(claim,), evidence=evidence(), places=places()))
        people = Estimate(best=draw(st.none() | st.integers(1, 40)), unit="persons")
        movements.append(
            kit.movement(f"m{number}", people=people, evidence=evidence(), origins=places(),
                      destinations=places(), via=places())
        )  # fmt: skip
    return kit.story(*incidents, *movements, mentions=mentions, text=text), {"r": tuple(spans)}, markers


def _leaks(story, sensitive, markers) -> list[str]:
    shown = repr(disclose(story, kit.PARTNER, sensitive=sensitive))
    return [marker for marker in markers if marker in shown]


@settings(max_examples=100, deadline=None)
@given(_stories())
def test_no_sensitive_word_survives_in_any_part(drawn):
    assert _leaks(*drawn) == []


@pytest.mark.parametrize("rule", ["withholds", "hides", "hides_words", "hides_place"])
def test_the_check_for_survivors_can_fail(rule, monkeypatch):
    """With any one rule of the screen switched off, the property above is false."""
    monkeypatch.setattr(Screen, rule, lambda *_: False)
    secret = kit.span("zq1x", "gunfire zq1x people")
    named = Mention(secret.start, secret.end, "zq1x", Status.NOT_FOUND)
    hidden = Place("p", "zq1x", "barrio")
    resolved = Mention(secret.start, secret.end, "zq1x", Status.RESOLVED, hidden)
    incident = kit.incident(
        evidence=(Evidence("r", 0, 19),), places=(hidden,), claims=(Claim("r", 0, 7, Measure.KILLED, speaker="zq1x"),)
    )
    story = kit.story(incident, mentions=(named, resolved), text="gunfire zq1x people")
    assert _leaks(story, {"r": (secret,)}, ["zq1x"]) == ["zq1x"]
    monkeypatch.undo()
    assert _leaks(story, {"r": (secret,)}, ["zq1x"]) == []
