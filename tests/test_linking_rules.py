"""What one record says when several reports tell one event: sources, tolls, days, places, and what stays closed."""

from __future__ import annotations

import random
import time

import pytest
from linking_kit import Teller

from mapper.events import link, linking
from mapper.events.cases import Telling
from mapper.events.merging import sources
from mapper.events.sameness import tie_between

LONG = "Two men on a motorcycle shot a shopkeeper in front of her stall on Tuesday."


@pytest.fixture
def tell(caracas):
    """Link notes given in short, and return the single record they make."""

    def told(*notes):
        teller = Teller(caracas.places)
        story = link([teller.facts(note) for note in notes])
        (record,) = (*story.incidents, *story.movements)
        return record

    return told


def clash(**more):
    return {"sub": "Armed clash", "at": ["cota-905"], "day": "2031-03-04"} | more


def flight(number, unit, **more):
    return (
        {"kind": "displacement", "from": ["cota-905"], "to": ["catia"], "day": "2031-03-04"}
        | {"people": [number, unit]}
        | more
    )


def bounds(estimate):
    return estimate.low, estimate.best, estimate.high


def test_a_later_total_of_one_outlet_replaces_its_earlier_one(tell):
    one = tell(clash(outlet="El Faro", killed=3), clash(outlet="el faro ", killed=26, published="2031-03-07"))
    assert bounds(one.fatalities) == (26, 26, 26)
    assert [claim.value.best for claim in one.claims] == [3, 26]


def test_the_numbers_of_several_outlets_span_the_toll_and_the_latest_is_best(tell):
    one = tell(
        clash(outlet="A", killed=4),
        clash(outlet="B", killed=26, published="2031-03-07"),
        clash(outlet="C", killed=[20, 22, 30]),
    )
    assert bounds(one.fatalities) == (4, 26, 30)


@pytest.mark.parametrize(("least", "high"), [([24, 24, None], None), ([3, 3, None], 4), ([4, 4, None], 4)])
def test_at_least_so_many_leaves_the_upper_end_open_where_no_source_gives_as_many(tell, least, high):
    one = tell(clash(outlet="A", killed=4), clash(outlet="B", killed=least))
    assert one.fatalities.high == high


def test_a_plainly_stated_number_is_better_than_a_later_hedged_one(tell):
    one = tell(clash(outlet="A", killed=4), clash(outlet="B", killed=40, hedged=True, published="2031-03-07"))
    assert bounds(one.fatalities) == (4, 4, 40)


def test_one_victim_told_later_does_not_replace_a_toll(tell):
    one = tell(clash(outlet="A", killed=26), clash(outlet="B", killed=1, published="2031-03-07"))
    assert bounds(one.fatalities) == (1, 26, 26)


def test_of_one_outlets_numbers_a_small_part_does_not_hide_a_hedged_total(tell):
    whole = clash(outlet="A", killed=31, hedged=True, published="2031-03-07")
    part = clash(outlet="A", killed=1, published="2031-03-07")
    assert bounds(tell(clash(outlet="B", killed=26), whole, part).fatalities) == (26, 26, 31)


def test_on_one_day_the_number_of_most_sources_is_best_and_a_reprint_is_no_second_source(tell):
    reprints = [clash(outlet=name, killed=9, text=LONG) for name in "ABC"]
    one = tell(*reprints, clash(outlet="D", killed=7), clash(outlet="E", killed=7))
    assert bounds(one.fatalities) == (7, 7, 9)


def test_sources_count_once_for_an_outlet_and_once_for_a_reprinted_text(caracas):
    teller = Teller(caracas.places)
    notes = [
        clash(outlet="A"),
        clash(outlet="A"),
        clash(outlet="B", text=LONG),
        clash(outlet="C", text=LONG),
        clash(outlet=""),
    ]
    told = [teller.facts(note) for note in notes]
    tellings = [Telling(facts.report, facts.incidents[0]) for facts in told]
    assert sorted(len(source) for source in sources(tellings)) == [1, 2, 2]


def test_families_and_persons_are_never_mixed(tell):
    one = tell(flight(40, "families"), flight(160, "persons"), flight(50, "families", published="2031-03-08"))
    assert (bounds(one.people), one.people.unit) == ((160, 160, 160), "persons")
    assert (bounds(one.households), one.households.unit) == ((40, 50, 50), "families")


def test_families_that_only_a_protected_source_counts_stay_closed(tell):
    one = tell(flight(40, "families", closed=["households"]), flight(160, "persons"))
    assert one.sensitive_fields == {"households"}


def test_a_left_out_end_is_filled_from_the_report_that_names_it(tell):
    one = tell(flight(40, "families", to=[]), flight(40, "families"))
    assert [place.place_id for place in one.destinations] == ["catia"]


def test_the_sharper_place_and_day_stand(tell):
    week = {"day": "2031-03-03", "to": "2031-03-09", "precision": "week"}
    one = tell(
        clash(at=["jose-felix-ribas-zona-6"]), clash(at=["petare-parish"]), clash(at=["jose-felix-ribas-zona-6"]) | week
    )
    assert [place.place_id for place in one.places] == ["jose-felix-ribas-zona-6"]
    assert (str(one.when.start), str(one.when.end)) == ("2031-03-04", "2031-03-04")


def test_a_parish_told_beside_its_barrio_stays(tell):
    one = tell(clash(at=["petare-parish", "jose-felix-ribas"]), clash(at=["jose-felix-ribas"]))
    assert {place.place_id for place in one.places} == {"petare-parish", "jose-felix-ribas"}


def test_a_place_that_only_a_protected_source_names_is_not_opened_by_another_report(tell):
    one = tell(clash(at=["petare-parish"]), clash(at=["jose-felix-ribas-zona-6"], closed=["places"]))
    assert [place.place_id for place in one.places] == ["petare-parish"]
    assert "places" not in one.sensitive_fields


def test_days_at_the_ends_of_the_calendar_are_days_like_others(tell):
    for day in ("0001-01-01", "9999-12-31"):
        assert len(tell(clash(day=day, published=day), clash(day=day, published=day)).evidence) == 2


def varied(caracas, count):
    draw, teller = random.Random(4), Teller(caracas.places)  # noqa: S311 - a fixed mixture, no secret
    names = [name for name, place in caracas.places.items() if place.parish_pcode]
    notes = [
        clash(
            sub=draw.choice(["Armed clash", "Attack"]),
            at=draw.sample(names, draw.randint(1, 3)),
            day=f"2031-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
            killed=draw.randint(1, 5),
        )
        for _ in range(count)
    ]
    for note in notes[::7]:
        del note["day"]
    return [teller.facts(note) for note in notes]


def test_the_order_of_many_reports_does_not_matter(caracas):
    facts = varied(caracas, 400)
    story = link(facts)
    random.Random(5).shuffle(facts)  # noqa: S311 - a fixed order, no secret
    assert link(facts) == story


@pytest.mark.parametrize("one_event", [False, True])
def test_a_report_is_compared_with_few_others_however_many_there_are(caracas, monkeypatch, one_event):
    compared = []
    monkeypatch.setattr(linking, "tie_between", lambda *cases: compared.append(1) or tie_between(*cases))
    teller = Teller(caracas.places)
    facts = [teller.facts(clash(killed=n % 40)) for n in range(5000)] if one_event else varied(caracas, 5000)
    started = time.process_time()
    link(facts)
    assert len(compared) < 30 * len(facts)
    assert time.process_time() - started < 10
