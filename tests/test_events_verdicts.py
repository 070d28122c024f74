"""When a likely verdict is not enough: lone places in long reports, and ends of flights among many doubts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from events_kit import look

from mapper.events import verdicts
from mapper.events.glance import Sight
from mapper.events.weights import Judgement
from mapper.model import Assertion, Role

FILLER = " The weather was fine. The market opened. The band played on."
QUIET, SHOT = "People met in Cota 905.", "Gunmen opened fire in Cota 905."


@pytest.fixture
def label_of(monkeypatch):
    """Return a function that says what is made of a text's first place where the tables give these shares."""

    def label(text: str, *, is_violent: bool = False, **shares: float) -> str:
        best = max(shares, key=lambda name: shares[name])
        table = SimpleNamespace(
            judge=lambda features, other=None, weight=1.0, explain=True: Judgement(best, shares[best], shares, ())
        )
        monkeypatch.setattr(verdicts, "load_weights", lambda name: table)
        return verdicts.judge(look(text).spots, Sight(()), is_violent=is_violent)[0].label

    return label


@pytest.mark.parametrize(
    ("text", "share", "expected"),
    [
        (QUIET + FILLER, 0.7, "context"),
        (QUIET + FILLER, 0.9, "battle"),
        (SHOT + FILLER, 0.7, "battle"),
        (QUIET, 0.7, "battle"),  # a brief report has no room for more
        (QUIET + FILLER + " They also met in La Vega.", 0.7, "battle"),
    ],
)
def test_the_only_place_of_an_event_in_a_long_report_has_to_be_sure_or_have_its_word(label_of, text, share, expected):
    assert label_of(text, battle=share, context=1 - share) == expected


@pytest.mark.parametrize(
    ("is_violent", "share", "expected"), [(True, 0.45, "battle"), (True, 0.35, "context"), (False, 0.45, "context")]
)
def test_a_clash_that_no_place_carries_is_at_the_place_likeliest_to_have_seen_it(label_of, is_violent, share, expected):
    assert label_of(QUIET + FILLER, is_violent=is_violent, battle=share, context=1 - share) == expected


def test_a_city_that_carries_an_event_leaves_it_to_the_place_within_it(monkeypatch):
    unsure = Judgement("battle", 0.52, {"battle": 0.52, "context": 0.48}, ())
    table = SimpleNamespace(judge=lambda features, other=None, weight=1.0, explain=True: unsure)
    monkeypatch.setattr(verdicts, "load_weights", lambda name: table)
    monkeypatch.setattr(verdicts, "_LIKELY_CLASH", 0.6)
    seen = look("Clashes in Caracas left nine dead. The hill is Cota 905." + FILLER)
    judged = verdicts.judge({0: seen.spots[0], 1: seen.spots[1]}, Sight(()), is_violent=True)
    assert judged[1].label == "battle"


@pytest.mark.parametrize(("destination", "expected"), [(0.45, "context"), (0.55, "destination")])
def test_an_end_of_a_flight_is_likelier_than_all_else(label_of, destination, expected):
    rest = (1 - destination) / 2
    assert label_of("People met in Cota 905.", destination=destination, battle=rest, context=rest) == expected


@pytest.mark.parametrize(
    ("text", "language", "role"),
    [
        ("Is there shooting in Cota 905?", "en", Role.CONTEXT),
        ("¿Hay tiros en la Cota 905?", "es", Role.CONTEXT),
        ("When did the shooting in Cota 905 begin?", "en", Role.CLASH),
        ("¿Cuándo empezaron los tiros en la Cota 905?", "es", Role.CLASH),
        ("There is shooting in Cota 905.", "en", Role.CLASH),
        ("There is shooting in Cota 905, or is it thunder? Nobody says.", "en", Role.CONTEXT),
    ],
)
def test_what_is_only_asked_is_not_told(text, language, role):
    seen = look(text, language)
    judged = {seen.index(seen.mentions[0].text): Judgement("battle", 1.0, {"battle": 1.0}, ())}
    assert verdicts.verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)[0].role is role


@pytest.mark.parametrize(
    ("text", "language", "role"),
    [
        ("Se enfrentaron dos bandas, la de la Cota 905 y otra.", "es", Role.CONTEXT),
        ("Se enfrentaron la banda de aquí y la que domina la Cota 905.", "es", Role.CONTEXT),
        ("Two gangs fought, that of Cota 905 and another.", "en", Role.CONTEXT),
        ("Dos calles cerraron, la de la Cota 905 y otra.", "es", Role.CLASH),
        ("La banda disparó en la Cota 905.", "es", Role.CLASH),
    ],
)
def test_the_other_gang_is_named_after_a_place_too(text, language, role):
    seen = look(text, language)
    judged = {0: Judgement("battle", 1.0, {"battle": 1.0}, ())}
    assert verdicts.verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)[0].role is role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Salieron a pie del centro de la ciudad y están en El Valle.", Role.ORIGIN),
        ("Están en el oeste del centro de la ciudad.", Role.CONTEXT),
    ],
)
def test_that_people_stay_says_nothing_of_whence_they_came(text, role):
    seen = look(text, "es")
    judged = {index: Judgement("context", 1.0, {"context": 1.0}, ()) for index in range(len(seen.mentions))}
    assert verdicts.verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)[0].role is role


@pytest.mark.parametrize(
    ("text", "share", "assertion"),
    [
        ("The gang vowed to enter Cota 905, he said.", 0.3, Assertion.THREATENED),
        ("The gang vowed to enter Cota 905, he said.", 0.1, Assertion.NONE),
        ("The gang wanted to expand their turf to the next slum, Cota 905, he said.", 0.1, Assertion.THREATENED),
        ("The gang was born in Cota 905, he said.", 0.3, Assertion.NONE),
    ],
)
def test_a_place_only_named_is_threatened_where_its_clause_says_so_and_the_models_half_believe_it(
    text, share, assertion
):
    shares = {"context": 1 - share, "threatened": share}
    seen = look(text)
    judged = dict.fromkeys(seen.spots, Judgement("context", 1 - share, shares, ()))
    found = verdicts.verdicts_on(judged, seen.sentences, seen.mentions, seen.frames)
    assert [one.assertion for one in found.values()] == [assertion]


@pytest.mark.parametrize(
    ("who", "what"),
    [
        ("Gunmen", "Attack"),
        ("Armed civilians", "Attack"),
        ("National Guard soldiers", "Excessive force against protesters"),
        ("Gunmen and National Guard soldiers", "Excessive force against protesters"),
    ],
)
def test_who_fires_at_a_crowd_tells_what_it_is(who, what):
    seen = look(f"The march reached Cota 905. Students chanted at the protest. {who} opened fire at the demonstrators.")
    assert list(seen.frames.values())[-1].sub_event_type == what
