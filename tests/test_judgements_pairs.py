"""Two records are one, or are not: said once, it holds through new reports, corrections and rebuilds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mapper import Config, pipeline
from mapper.decide import correction
from mapper.errors import ConfigError
from mapper.judgements import Judgements, read_judgements

if TYPE_CHECKING:
    from pathlib import Path

TOLD = {
    "a": "Police and a gang fought in the Cota 905 on Thursday. Two men were killed.",
    "b": "On Thursday police and a gang exchanged fire in the Cota 905. Three men were killed.",
    "c": "Police and a gang fought in Antímano on Thursday. One man was killed.",
}


class Desk:
    """A folder of reports, a store and a file of judgements, built again and again."""

    def __init__(self, folder: Path) -> None:
        self.reports, self.file = folder / "reports", folder / "judgements.toml"
        self.reports.mkdir()
        self.config = Config(
            inputs=(str(self.reports),), out=folder / "out", store=folder / "s.db", judgements=self.file
        )

    def report(self, name: str, text: str) -> None:
        (self.reports / f"{name}.txt").write_text(f"---\ndate: 2021-07-09\noutlet: Paper {name}\n---\n{text}\n")

    def judge(self, text: str) -> None:
        self.file.write_text(text)

    def read(self):
        return pipeline.find(self.config)

    def build(self):
        """Build, so that the next build knows this one."""
        return pipeline.build(self.config)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def tellings(desk: Desk, *names: str) -> list[str]:
    """Return the ids of what these reports tell, one incident each."""
    told = {facts.report.report_id: facts.incidents for facts in desk.read().story.facts}
    return [told[name][0].incident_id for name in names]


def by_reports(result) -> list[set[str]]:
    return sorted(({one.report_id for one in record.evidence} for record in result.story.incidents), key=sorted)


def pair(kind: str, records: list[str], reason: str = "", told: str = "") -> str:
    return f'[[{kind}]]\nrecords = ["{records[0]}", "{records[1]}"]\nreason = "{reason}"\n{told}'


def test_what_is_one_is_one_record_under_the_first_id(desk: Desk):
    for name in ("a", "c"):
        desk.report(name, TOLD[name])
    ids = tellings(desk, "a", "c")
    desk.judge(pair("same", ids, "one raid"))
    result = desk.read()
    assert [(one.incident_id, result.disclosed.judged) for one in result.story.incidents] == [
        (ids[0], {ids[0]: ("same: one raid",)})
    ]


def test_the_id_that_went_into_another_points_to_it(desk: Desk):
    for name in ("a", "c"):
        desk.report(name, TOLD[name])
    ids = tellings(desk, "a", "c")
    desk.build()
    desk.judge(pair("same", ids))
    (gone,) = desk.read().changes.gone
    assert (gone.record_id, gone.successor) == (ids[1], ids[0])


def test_what_is_not_one_is_two_records_with_their_own_ids(desk: Desk):
    for name in ("a", "b"):
        desk.report(name, TOLD[name])
    ids = tellings(desk, "a", "b")
    desk.judge(pair("different", ids, "morning and night"))
    result = desk.read()
    assert result.disclosed.judged == dict.fromkeys(sorted(ids), ("different: morning and night",))
    assert by_reports(result) == [{"a"}, {"b"}]


def test_what_is_not_one_stays_two_when_a_third_report_confirms_one_of_them(desk: Desk):
    for name in ("a", "b"):
        desk.report(name, TOLD[name])
    ids = tellings(desk, "a", "b")
    desk.judge(pair("different", ids))
    desk.build()
    desk.report("d", "In the Cota 905 police and a gang fought on Thursday. Three men were killed.")
    result = desk.read()
    assert by_reports(result) == [{"a"}, {"b", "d"}]
    assert {one.incident_id for one in result.story.incidents} == set(ids)


def test_what_is_not_one_stays_two_when_its_report_is_corrected(desk: Desk):
    for name in ("a", "b"):
        desk.report(name, TOLD[name])
    ids = tellings(desk, "a", "b")
    desk.judge(pair("different", ids))
    desk.build()
    desk.report("b", TOLD["b"].replace("On Thursday", "On Thursday, 8 July, and Friday, 9 July,"))
    result = desk.read()
    assert (by_reports(result), result.idle_judgements) == ([{"a"}, {"b"}], ())


def test_what_is_one_stays_one_when_its_report_is_corrected(desk: Desk):
    for name in ("a", "c"):
        desk.report(name, TOLD[name])
    ids = tellings(desk, "a", "c")
    told = 'told = [{ report = "a", place = "cota-905" }, { report = "c" }]'
    desk.judge(pair("same", ids, told=told))
    desk.build()
    desk.report("c", TOLD["c"].replace("Thursday", "Wednesday"))
    result = desk.read()
    assert (by_reports(result), result.idle_judgements) == ([{"a", "c"}], ())


@pytest.mark.parametrize("kind", ["same", "different"])
def test_a_pair_of_which_one_is_gone_is_told(desk: Desk, kind: str):
    desk.report("a", TOLD["a"])
    (first,) = tellings(desk, "a")
    desk.judge(pair(kind, [first, "i-000000000000"]))
    assert len(desk.read().idle_judgements) == 1


def test_apart_goes_before_one_and_the_judgement_that_lost_is_told(desk: Desk):
    for name, text in TOLD.items():
        desk.report(name, text)
    a, b, c = tellings(desk, "a", "b", "c")
    desk.judge(pair("different", [a, b]) + pair("same", [a, c]) + pair("same", [c, b]))
    result = desk.read()
    assert by_reports(result) == [{"a", "c"}, {"b"}]
    assert [b in one for one in result.idle_judgements] == [True]


def test_a_review_of_what_then_became_part_of_another_is_not_told_as_idle(desk: Desk):
    for name in ("a", "c"):
        desk.report(name, TOLD[name])
    ids = tellings(desk, "a", "c")
    desk.judge(pair("same", ids) + f'[[reviewed]]\nrecord = "{ids[1]}"\n')
    result = desk.read()
    assert (result.idle_judgements, result.disclosed.reviewed) == ((), frozenset())


@pytest.mark.parametrize(
    "text",
    [
        '[[same]]\nrecords = ["i-1"]',
        '[[same]]\nrecords = ["i-1", "i-1"]',
        '[[same]]\nrecords = ["i-1", "m-2"]',
        '[[different]]\nrecords = ["i-1", "i-2"]\ntold = [{ report = "a" }]',
        '[[same]]\nrecords = ["i-1", "i-2"]\n[[different]]\nrecords = ["i-2", "i-1"]',
    ],
)
def test_a_pair_that_cannot_be_is_refused(text: str):
    with pytest.raises(ConfigError) as caught:
        read_judgements(text.encode(), "j.toml", lambda _: None)
    assert caught.value.code == "judgement-wrong"


@pytest.mark.parametrize(("flag", "kind"), [("same_as", "same"), ("different_from", "different")])
def test_a_command_line_joins_or_parts(flag: str, kind: str):
    first, second = "i-0123456789ab", "i-ba9876543210"
    assert correction(first, {flag: second, "reason": "x"}) == (kind, {"records": [first, second], "reason": "x"})


def test_correct_writes_where_the_records_are_told(desk: Desk):
    from mapper.verdict import correct

    for name in ("a", "c"):
        desk.report(name, TOLD[name])
    ids = tellings(desk, "a", "c")
    desk.build()
    correct(desk.config, lambda _: None, ids[0], {"same_as": ids[1]})
    assert 'told = [{ report = "a", place = "cota-905" }, { report = "c"' in desk.file.read_text()
    assert by_reports(desk.read()) == [{"a", "c"}]


def test_without_pairs_there_are_no_ties():
    assert not Judgements().ties([], {})
