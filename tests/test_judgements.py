"""What an analyst decided holds at every build, is checked, and is reported when it applies to nothing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import Config, pipeline
from mapper.decide import add_judgement, correction
from mapper.errors import ConfigError
from mapper.judgement_review import likely_twin, review
from mapper.judgements import load_judgements, read_judgements
from mapper.judgements.kinds import Content
from mapper.model import (
    DateSpan,
    Estimate,
    EventType,
    Incident,
    Mention,
    Movement,
    MovementKind,
    Place,
    Report,
    Status,
    Story,
)

COTA = Place("cota-905", "Cota 905", "barrio", -66.92, 10.48)
TEQUES = Place("los-teques", "Los Teques", "city", -67.04, 10.34, in_area=False)
PLACES = {place.place_id: place for place in (COTA, TEQUES)}
REPORT = Report("a", "Shots in the Cota and in La Planta.", published=dt.date(2021, 7, 9))
SAID = (Mention(13, 17, "Cota", Status.AMBIGUOUS), Mention(25, 34, "La Planta", Status.RESOLVED, COTA))
INCIDENT = Incident(
    "i-1", EventType.BATTLES, "Armed clash", DateSpan(), (COTA,), fatalities=Estimate(2, 2, 2, "persons")
)
MOVEMENT = Movement("m-1", MovementKind.DISPLACEMENT, (COTA,), (TEQUES,))
STORY = Story((REPORT,), (), (INCIDENT, replace(INCIDENT, incident_id="i-2")), (MOVEMENT,))


def judged(tmp_path: Path, text: str):
    path = tmp_path / "judgements.toml"
    path.write_text(text, encoding="utf-8")
    return load_judgements(path, PLACES.get)


def test_without_a_file_nothing_is_judged(tmp_path: Path):
    judgements = load_judgements(tmp_path / "judgements.toml", PLACES.get)
    assert (bool(judgements), judgements.judge(STORY).story, judgements.fingerprint) == (False, STORY, "")


def test_a_name_means_the_place_judged(tmp_path: Path):
    judgements = judged(tmp_path, '[[place]]\nname = "cota"\nplace = "cota-905"\nreason = "the only one here"')
    mention = judgements.mentions(REPORT, SAID)[0]
    assert (mention.status, mention.place, mention.reasons) == (Status.RESOLVED, COTA, ("judged: the only one here",))


def test_a_place_outside_is_judged_to_be_outside(tmp_path: Path):
    mention = judged(tmp_path, '[[place]]\nname = "Cota"\nplace = "los-teques"').mentions(REPORT, SAID)[0]
    assert mention.status is Status.OUTSIDE_AREA


@pytest.mark.parametrize(("report", "applies"), [("a", True), ("b", False)])
def test_a_name_can_be_judged_in_one_report_only(tmp_path: Path, report: str, applies: bool):
    judgements = judged(tmp_path, f'[[place]]\nname = "Cota"\nplace = "cota-905"\nreport = "{report}"')
    assert (judgements.mentions(REPORT, SAID)[0].place is not None) is applies


def test_a_judgement_on_one_report_goes_before_one_on_all(tmp_path: Path):
    both = '[[place]]\nname = "Cota"\nplace = "los-teques"\n[[place]]\nname = "Cota"\nplace = "cota-905"\nreport = "a"'
    assert judged(tmp_path, both).mentions(REPORT, SAID)[0].place is COTA


def test_what_is_no_place_is_placed_nowhere(tmp_path: Path):
    mention = judged(tmp_path, '[[not_a_place]]\nname = "La Planta"').mentions(REPORT, SAID)[1]
    assert (mention.place, mention.status) == (None, Status.NOT_FOUND)


def test_a_rejected_record_is_gone(tmp_path: Path):
    outcome = judged(tmp_path, '[[rejected]]\nrecord = "i-1"').judge(STORY)
    assert ([one.incident_id for one in outcome.story.incidents], outcome.rejected) == (["i-2"], {"i-1"})


def test_a_reviewed_record_stays_and_is_known_to_be(tmp_path: Path):
    outcome = judged(tmp_path, '[[reviewed]]\nrecord = "m-1"\nby = "MR"').judge(STORY)
    assert (outcome.story, outcome.reviewed) == (STORY, {"m-1"})


def test_only_what_was_reviewed_can_be_asked_for(tmp_path: Path):
    outcome = judged(tmp_path, '[[reviewed]]\nrecord = "i-2"').judge(STORY, only_reviewed=True)
    assert ([one.incident_id for one in outcome.story.incidents], outcome.story.movements) == (["i-2"], ())


def test_what_is_both_reviewed_and_rejected_is_rejected(tmp_path: Path):
    outcome = judged(tmp_path, '[[reviewed]]\nrecord = "i-1"\n[[rejected]]\nrecord = "i-1"').judge(STORY)
    assert (outcome.reviewed, outcome.rejected) == (frozenset(), {"i-1"})


def test_a_toll_is_set_right_with_its_reason(tmp_path: Path):
    text = '[[toll]]\nrecord = "i-1"\nmeasure = "killed"\nlow = 3\nbest = 4\nreason = "court record"'
    outcome = judged(tmp_path, text).judge(STORY)
    assert outcome.story.incidents[0].fatalities == Estimate(3, 4, None, "persons")
    assert outcome.reasons == {"i-1": ("killed: court record",)}


def test_a_retracted_report_is_set_aside_with_its_reason(tmp_path: Path):
    judgements = judged(tmp_path, '[[retracted]]\nreport = "a"\nreason = "withdrawn by the outlet"')
    reports, aside = judgements.standing([REPORT], ())
    assert (reports, "withdrawn by the outlet" in aside[0].reason_es) == ((), True)


@pytest.mark.parametrize(
    "text",
    ['[[reviewed]]\nrecord = "i-9"', '[[retracted]]\nreport = "z"', '[[not_a_place]]\nname = "El Silencio"'],
)
def test_a_judgement_that_applies_to_nothing_is_told(tmp_path: Path, text: str):
    judgements = judged(tmp_path, text)
    judgements.standing([REPORT], ())
    judgements.about(REPORT)
    judgements.judge(STORY)
    assert len(judgements.idle()) == 1


def test_a_judgement_that_applies_is_not_told(tmp_path: Path):
    judgements = judged(tmp_path, '[[not_a_place]]\nname = "la planta"\n[[reviewed]]\nrecord = "i-1"')
    judgements.about(REPORT)
    judgements.judge(STORY)
    assert judgements.idle() == ()


def test_a_report_is_read_anew_only_where_its_names_are_judged(tmp_path: Path):
    judgements = judged(tmp_path, '[[not_a_place]]\nname = "La Planta"')
    assert [bool(judgements.about(one)) for one in (REPORT, Report("b", "Nothing here."))] == [True, False]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[reviewed", "config-not-toml"),
        ("[[approved]]\nrecord = 'i-1'", "judgement-wrong"),
        ("[[reviewed]]\nid = 'i-1'", "judgement-wrong"),
        ("[[toll]]\nrecord = 'i-1'\nmeasure = 'dead'\nbest = 1", "judgement-wrong"),
        ("[[toll]]\nrecord = 'i-1'\nmeasure = 'killed'\nlow = 5\nbest = 1", "judgement-wrong"),
        ("[[toll]]\nrecord = 'i-1'\nmeasure = 'killed'", "judgement-wrong"),
        ("reviewed = 3", "judgement-wrong"),
    ],
)
def test_a_wrong_file_is_one_sentence(tmp_path: Path, text: str, code: str):
    with pytest.raises(ConfigError) as caught:
        judged(tmp_path, text)
    assert (caught.value.code, "judgements.toml" in caught.value.in_language("es")) == (code, True)


def test_an_unknown_place_is_said_with_its_name(tmp_path: Path):
    with pytest.raises(ConfigError) as caught:
        judged(tmp_path, '[[place]]\nname = "Cota"\nplace = "atlantis"').mentions(REPORT, SAID)
    assert "atlantis" in str(caught.value)


def test_a_build_applies_the_judgements_of_its_file(tmp_path: Path):
    (tmp_path / "r.txt").write_text(
        "---\ndate: 2021-07-10\n---\nPolice and a gang fought in the Cota 905 on Friday. Shots rang out for hours.\n"
    )
    config = Config(inputs=(str(tmp_path / "r.txt"),), out=tmp_path / "out", store=tmp_path / "s.db")
    (incident,) = pipeline.build(config).story.incidents
    (tmp_path / "j.toml").write_text(f'[[rejected]]\nrecord = "{incident.incident_id}"\nreason = "a film set"\n')
    result = pipeline.build(config.model_copy(update={"judgements": tmp_path / "j.toml"}))
    assert (result.story.incidents, result.rejected, result.reports_read) == ((), 1, 0)


# --- writing them ---


@pytest.mark.parametrize(
    ("what", "given", "expected"),
    [
        ("i-0123456789ab", {"reviewed": True, "by": "MR"}, ("reviewed", {"record": "i-0123456789ab", "by": "MR"})),
        ("i-0123456789ab", {"rejected": True}, ("rejected", {"record": "i-0123456789ab"})),
        ("La Planta", {"not_a_place": True, "report": "a"}, ("not_a_place", {"name": "La Planta", "report": "a"})),
        ("Cota", {"place": "cota-905"}, ("place", {"name": "Cota", "place": "cota-905"})),
    ],
)
def test_a_command_line_means_one_judgement(what: str, given: dict, expected: tuple):
    assert correction(what, given) == expected


def test_nobody_killed_is_a_number_too():
    kind, fields = correction("i-0123456789ab", {"killed": 0, "injured": None})
    assert (kind, fields["low"], fields["best"], fields["high"]) == ("toll", 0, 0, 0)


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("i-0123456789ab", {}),
        ("i-0123456789ab", {"reviewed": True, "rejected": True}),
        ("i-0123456789ab", {"place": "cota-905"}),
        ("i-0123456789ab", {"reviewed": True, "report": "a"}),
        ("Cota", {"reviewed": True}),
    ],
)
def test_what_is_no_single_judgement_is_said(what: str, given: dict):
    with pytest.raises(ConfigError) as caught:
        correction(what, given)
    assert caught.value.code == "correct-which"


def test_a_new_judgement_leaves_what_stands_there(tmp_path: Path):
    path = tmp_path / "judgements.toml"
    path.write_text("# mine\n[[reviewed]]\nrecord = 'i-1'\n")
    add_judgement(path, "rejected", {"record": "i-2", "reason": 'a "film" set\\ñ'}, PLACES.get)
    assert path.read_text().startswith("# mine\n[[reviewed]]\nrecord = 'i-1'\n\n[[rejected]]\n")
    outcome = load_judgements(path, PLACES.get).judge(STORY)
    assert (outcome.reviewed, outcome.rejected) == ({"i-1"}, {"i-2"})


def test_a_judgement_on_an_unknown_place_is_not_written(tmp_path: Path):
    path = tmp_path / "judgements.toml"
    with pytest.raises(ConfigError):
        add_judgement(path, "place", {"name": "Cota", "place": "atlantis"}, PLACES.get)
    assert not path.exists()


@given(st.text(min_size=1))
def test_any_words_can_be_written_and_read_again(tmp_path_factory: pytest.TempPathFactory, words: str):
    path = tmp_path_factory.mktemp("any") / "judgements.toml"
    add_judgement(path, "not_a_place", {"name": words}, PLACES.get)
    assert len(load_judgements(path, PLACES.get).idle()) == 1


def walk(keys: list[str], reviewed: frozenset[str] = frozenset()) -> tuple[int, list, list[str]]:
    answers, decided, said = iter(keys), [], []
    done = review(
        STORY,
        reviewed,
        tell=said.append,
        ask=lambda _: next(answers),
        decide=lambda kind, fields: decided.append((kind, fields)),
        language="en",
    )
    return done, decided, said


def test_a_review_takes_a_key_for_each_record():
    done, decided, _ = walk(["y", "n", "a film set", "s"])
    assert (done, decided) == (
        2,
        [("reviewed", {"record": "i-1"}), ("rejected", {"record": "i-2", "reason": "a film set"})],
    )


def test_a_review_can_be_ended():
    assert walk(["y", "q"])[1] == [("reviewed", {"record": "i-1"})]


def test_a_review_asks_again_for_an_unknown_key():
    assert walk(["?", "", "Y", "q"])[0] == 1


def test_what_was_reviewed_is_not_asked_again():
    assert walk(["q"], frozenset({"i-1", "i-2"}))[2][0] == "Record 1 of 1"


def test_a_record_that_looks_like_another_can_be_said_to_be_one_with_it():
    _, decided, said = walk(["m", "both at dawn", "q"])
    assert decided == [("same", {"records": ["i-1", "i-2"], "reason": "both at dawn"})]
    assert any("i-2" in line for line in said)


def test_what_became_part_of_another_is_not_asked_for():
    assert walk(["m", "", "q"])[2][-1].strip() == "m-1"


@pytest.mark.parametrize(
    "other",
    [
        replace(INCIDENT, incident_id="i-3", places=(TEQUES,)),
        replace(INCIDENT, incident_id="i-3", when=DateSpan(dt.date(2021, 7, 12), dt.date(2021, 7, 12))),
        MOVEMENT,
    ],
)
def test_another_place_day_or_kind_is_no_likeness(other: Incident | Movement):
    day = DateSpan(dt.date(2021, 7, 9), dt.date(2021, 7, 10))
    assert likely_twin(replace(INCIDENT, when=day), [other]) is None


def test_records_that_were_parted_are_not_offered_again():
    said: list[str] = []
    answers = iter("q")
    review(
        STORY,
        frozenset(),
        tell=said.append,
        ask=lambda _: next(answers),
        decide=lambda *_: None,
        language="en",
        apart=frozenset({"i-1", "i-2"}),
    )
    assert not any("i-2" in line for line in said)


def test_every_judgement_of_the_handbook_can_be_written():
    text = Path(__file__).parent.parent.joinpath("docs", "judgements.md").read_text(encoding="utf-8")
    first, *_ = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    kinds = {one.partition("]]")[0][2:] for one in read_judgements(first.encode(), "j", lambda _: COTA).idle()}
    assert kinds == set(Content.model_fields)
