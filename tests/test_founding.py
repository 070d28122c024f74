"""The founding report must come out right: as read (internal) and as mapped (partner level).

It runs on the article itself where it stands beside the checkout, and on an equivalent report of our
own everywhere.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mapper import Config, build, geoparse
from mapper.contract import facts_to_dict
from mapper.model import Assertion, DateSpan, EventType, Measure, Mode, Role, Status

OWN = Path(__file__).parent / "fixtures" / "reports" / "equivalent.txt"
ARTICLE = Path(__file__).parents[2] / "shared" / "reports" / "2021-07-11_cota-905.txt"


@pytest.fixture(scope="module", params=[OWN, ARTICLE], ids=["equivalent", "article"])
def source(request) -> Path:
    if not request.param.exists():
        pytest.skip("the article is not beside this checkout")
    return request.param


@pytest.fixture(scope="module")
def facts(source):
    (facts,) = geoparse(Config(inputs=[source]))
    return facts


@pytest.fixture(scope="module")
def built(source, tmp_path_factory):
    return build(Config(inputs=[source], out=tmp_path_factory.mktemp("out")))


@pytest.fixture(scope="module")
def page(built) -> str:
    return built.map_path.read_text(encoding="utf-8")


def named(facts, name: str):
    return [mention for mention in facts.mentions if mention.text == name]


def test_cota_905_is_a_clash_of_the_gang_with_police_and_armed_forces(facts):
    (incident,) = facts.incidents
    assert incident.event_type is EventType.BATTLES
    assert [place.name for place in incident.places] == ["Cota 905"]
    assert set(incident.actors) >= {"Gang", "Police", "Military"}


def test_the_clash_runs_from_wednesday_to_the_day_of_publication(facts):
    (incident,) = facts.incidents
    assert (incident.when.start, incident.when.end) == (dt.date(2021, 7, 7), dt.date(2021, 7, 11))


def test_state_forces_entered_on_friday(facts):
    (entered,) = [claim for claim in facts.incidents[0].claims if claim.measure is Measure.ENTERED]
    assert entered.when.start == dt.date(2021, 7, 9)


def test_twenty_six_were_killed_and_the_parts_are_kept(facts):
    incident = facts.incidents[0]
    killed = [claim for claim in incident.claims if claim.measure is Measure.KILLED]
    assert incident.fatalities.best == 26
    assert [claim.value.best for claim in killed] == [22, 1, 3]


def test_each_part_of_the_toll_says_who_and_who_says_so(facts):
    killed = [claim for claim in facts.incidents[0].claims if claim.measure is Measure.KILLED]
    assert all(claim.who for claim in killed)
    assert all("Carmen Meléndez" in claim.speaker for claim in killed)


def test_twenty_eight_were_injured(facts):
    assert facts.incidents[0].injuries.best == 28


def test_the_officers_are_deployed(facts):
    deployed = [claim.value.best for claim in facts.incidents[0].claims if claim.measure is Measure.DEPLOYED]
    assert deployed == [3110]


def test_the_adjacent_neighbourhoods_stand_around_cota_905(facts):
    assert [place.name for place in facts.incidents[0].around] == ["Cota 905"]


def test_libertador_is_the_municipality_of_caracas(facts):
    (libertador,) = named(facts, "Libertador")
    assert libertador.status is Status.RESOLVED
    assert libertador.place.place_id == "libertador-municipality"


def test_people_walked_to_the_vague_downtown(facts):
    (movement,) = facts.movements
    assert {place.name for place in movement.origins} == {"Cota 905", "El Cementerio"}
    assert [(place.name, place.precision) for place in movement.destinations] == [("Centro de Caracas", "vague")]
    assert (movement.mode, movement.people.known) == (Mode.ON_FOOT, False)


def test_la_vega_is_threatened_and_no_more(facts):
    (la_vega,) = named(facts, "La Vega")
    assert (la_vega.role, la_vega.assertion) == (Role.CONTEXT, Assertion.THREATENED)


def test_the_university_is_an_affiliation(facts):
    (university,) = named(facts, "Central University of Venezuela")
    assert university.role is Role.CONTEXT


@pytest.mark.parametrize(
    "word", ["The Washington Post", "Washington", "Carmen", "Meléndez", "Cota", "The Example Post"]
)
def test_what_is_no_place_is_no_mention(facts, word):
    assert named(facts, word) == []


def test_the_residents_words_are_marked_sensitive(facts):
    text = facts.report.text
    passages = [text[e["start"] : e["end"]] for e in facts_to_dict(facts)["movements"][0]["evidence"] if e["sensitive"]]
    assert any("El Cementerio" in passage for passage in passages)


def test_only_cota_905_is_a_clash_zone(built):
    zones = built.layers.zones
    assert sorted(zip(zones["name"], zones["shape"], strict=True)) == [
        ("Cota 905", "adjacent"),
        ("Cota 905", "footprint"),
    ]


def test_the_ring_of_adjacent_places_leaves_la_vega_out(built):
    ring = built.layers.zones.set_index("shape").geometry["adjacent"]
    la_vega = built.layers.mentioned.set_index("name").geometry["La Vega"]
    assert ring.intersection(la_vega).area < 1e-9


def test_the_arrow_leads_to_the_vague_downtown_and_is_dashed(built):
    (flow,) = built.layers.flows.itertuples()
    assert (flow.origin_name, flow.destination_name, flow.vague) == ("Cota 905", "Centro de Caracas", True)


def test_the_friday_of_the_flight_is_withheld(built):
    (movement,) = built.disclosed.movements
    assert (movement.when, "when" in movement.sensitive_fields) == (DateSpan(), True)


def test_the_flight_rests_openly_on_the_narrators_sentence(built):
    quotes = built.disclosed.quotes[built.disclosed.movements[0].movement_id]
    shown = [quote.text for quote in quotes if quote.text]
    assert len(shown) == 1
    assert shown[0].startswith("Others fled")
    assert any(quote.text is None for quote in quotes)


def test_no_word_of_the_resident_enters_the_page(facts, page):
    text = facts.report.text
    spoken = text[
        text.index(
            '"', text.index("carrying mattresses") if "carrying mattresses" in text else text.index("mattresses and")
        ) :
    ]
    words = [sentence.strip(' "') for sentence in spoken.replace("?", ".").split(".") if len(sentence.strip(' "')) > 20]
    assert words
    assert [sentence for sentence in words if sentence in page] == []


def test_la_vega_is_listed_as_threatened(built):
    (la_vega,) = [item for item in built.disclosed.mentioned if item.place.name == "La Vega"]
    assert la_vega.assertion is Assertion.THREATENED
