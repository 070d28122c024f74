"""A count of the dead over the days of a battle stands beside the battle's other claims."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from mapper import Config, pipeline
from mapper.events.battles import as_battles
from mapper.events.cases import Case, Telling
from mapper.events.nearness import Tie
from mapper.events.sameness import tie_between
from mapper.model import DatePrecision, DateSpan, Estimate, EventType, Incident, Place, Report

EXAMPLES = Path(__file__).parents[1] / "data" / "reports"
COTA, VALLE = (Place(name, name, "barrio", -66.9, 10.4) for name in ("cota-905", "el-valle"))
BATTLE = Telling(
    Report("news", ""),
    Incident(
        "i-1",
        EventType.BATTLES,
        "Armed clash",
        DateSpan(dt.date(2021, 7, 7), dt.date(2021, 7, 9), DatePrecision.DAY),
        (COTA,),
    ),
)
COUNT = Telling(
    Report("monitor", ""),
    Incident(
        "i-2",
        EventType.VIOLENCE,
        "Attack",
        DateSpan(dt.date(2021, 7, 7), dt.date(2021, 7, 10), DatePrecision.DAY),
        (COTA,),
        fatalities=Estimate(31, 31, 31),
    ),
)


def kind_of_second(one: Telling[Incident], other: Telling[Incident]) -> EventType:
    return as_battles([one, other])[1].record.event_type


def changed(**fields) -> Telling[Incident]:
    return replace(COUNT, record=replace(COUNT.record, **fields))


def test_a_count_over_the_days_of_a_battle_is_the_battles() -> None:
    assert kind_of_second(BATTLE, COUNT) is EventType.BATTLES


@pytest.mark.parametrize(
    "other",
    [
        changed(when=DateSpan(dt.date(2021, 7, 8), dt.date(2021, 7, 8), DatePrecision.DAY)),
        changed(when=DateSpan(dt.date(2021, 7, 20), dt.date(2021, 7, 22), DatePrecision.DAY)),
        changed(places=(VALLE,)),
        changed(fatalities=Estimate()),
        changed(sub_event_type="Sexual violence"),
        replace(COUNT, report=BATTLE.report),
    ],
    ids=["of one day", "on other days", "elsewhere", "without a number", "of another kind", "told by the same report"],
)
def test_another_attack_stays_an_event_of_its_own(other: Telling[Incident]) -> None:
    assert kind_of_second(BATTLE, other) is EventType.VIOLENCE


def test_a_report_that_tells_of_two_fronts_knows_nothing_apart_at_either() -> None:
    """What others say of a place is not what this report says of it."""

    def told(report: str, number: int, place: Place) -> Telling[Incident]:
        return replace(
            BATTLE, report=Report(report, ""), record=replace(BATTLE.record, incident_id=f"i-{number}", places=(place,))
        )

    spread = Case.of(replace(BATTLE, record=replace(BATTLE.record, places=(COTA, VALLE))))
    spread.absorb(Case.of(told("monitor", 2, COTA)))
    assert tie_between(spread, Case.of(told("monitor", 3, VALLE))) is Tie.FIRM
    assert tie_between(spread, Case.of(told("monitor", 4, COTA))) is Tie.NONE


def test_the_battle_of_the_example_reports_is_one(tmp_path: Path) -> None:
    """Eight outlets tell of four days of fighting; cut up, it would stand on the map five times."""
    found = pipeline.find(Config(inputs=[EXAMPLES], disclosure="internal", out=tmp_path))
    battles = [one for one in found.story.incidents if one.event_type is EventType.BATTLES]
    assert [(str(one.when.start), str(one.when.end), one.fatalities.best) for one in battles] == [
        ("2021-07-07", "2021-07-10", 26)
    ]
