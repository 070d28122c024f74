"""How tools/train_events.py lays the labels of annotated reports beside what was recognised (fitting needs scikit-learn)."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from mapper.evaluation.marked import read_marked
from mapper.events import weights
from mapper.events.weights import ALWAYS, Judgement, Weights
from mapper.model import Measure, Report
from mapper.reading import Reader

ROOT = Path(__file__).parent.parent
HEAD = "%% id: t-1\n%% lang: en\n%% published: 2021-07-11\n"
REPORT = (
    HEAD
    + """%% incident 1: Battles / Armed clash | 2021-07-09 | killed 2 | injured 5
%% incident 2: Protests / Peaceful protest | 2021-07-10
%% movement 1: evacuation | 2021-07-09 | people 40

Police and a gang fought in {Cota 905|clash 1} on Friday; two men died and five were injured. Forty people were
evacuated from {El Cementerio|origin 1} to {El Valle|destination 1}.

On Saturday neighbours of {La Vega|context} marched to {Plaza Venezuela|incident 2}. There was no shooting in {Petare|denied}.
The {Cota 905|clash 1} was calm, and so was Propatria.
"""
)


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("train_events", ROOT / "tools" / "train_events.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def lesson_of(tool, caracas):
    reader = Reader(caracas.name_records, caracas.guards, caracas.languages)

    def learn(source):
        (report,) = read_marked(source, "t.txt")
        reading = reader.read(unmarked(report))
        lesson = tool.lesson_of(report, reader, caracas)
        return reading, report, lesson

    return learn


def unmarked(marked):
    return Report(marked.report_id, marked.text, marked.title, marked.language, marked.published)


def labels(told):
    reading, _, lesson = told
    return [(reading.toponyms[one.spot.index].text, one.label, one.kind) for one in lesson.examples]


def test_each_mention_gets_the_label_of_the_mark_over_it(lesson_of):
    assert labels(lesson_of(REPORT)) == [
        ("Cota 905", "battle", ""),
        ("El Cementerio", "origin", "evacuation"),
        ("El Valle", "destination", "evacuation"),
        ("La Vega", "context", ""),
        ("Plaza Venezuela", "protest", ""),
        ("Petare", "denied", ""),
        ("Cota 905", "battle", ""),
        ("Propatria", None, ""),
    ]


@pytest.mark.parametrize(
    ("role", "line", "label"),
    [
        ("clash 1", "%% incident 1: Violence against civilians / Attack | 2021-07-09", "attack"),
        ("incident 1", "%% incident 1: Violence against civilians / Attack | 2021-07-09", "body"),
        ("incident 1", "%% incident 1: Strategic developments / Arrests | 2021-07-09", "arrests"),
        ("threatened", "", "threatened"),
        ("context", "", "context"),
        ("via 1", "%% movement 1: displacement | 2021-07-09", "via"),
    ],
)
def test_roles_become_labels(lesson_of, role, line, label):
    source = f"{HEAD}{line}\n\nIt was in {{Petare|{role}}}.\n".replace("\n\n\n", "\n\n")
    assert [one[1] for one in labels(lesson_of(source))] == [label]


def test_a_place_outside_without_a_number_teaches_context(lesson_of):
    (told,) = labels(lesson_of(f"{HEAD}\nThe war went on in {{Bogotá|clash|outside}}.\n"))
    assert told[1] == "context"


def test_a_type_that_acled_does_not_have_stops_the_training(lesson_of):
    with pytest.raises(KeyError, match="Teatime"):
        lesson_of(f"{HEAD}%% incident 1: Battles / Teatime | 2021-07-09\n\nIt was in {{Petare|clash 1}}.\n")


def test_mentions_of_one_incident_are_taught_to_join_and_others_not_to(lesson_of):
    _, _, lesson = lesson_of(REPORT)
    assert [answer for _, answer in lesson.same_event] == ["yes"]  # Cota 905 twice; a protest is no rival of a battle
    source = (
        f"{HEAD}%% incident 1: Battles / Armed clash | 2021-07-09\n%% incident 2: Battles / Armed clash | 2021-07-05\n\n"
        "They fought in {Petare|clash 1} and {La Dolorita|clash 1}. They had fought in {El Valle|clash 2}, then in {La Vega|clash 2}.\n"
    )
    assert [answer for _, answer in lesson_of(source)[2].same_event] == ["yes", "no", "no", "yes"]


def test_each_toll_is_laid_beside_each_incident_and_right_for_its_own(lesson_of):
    reading, _, lesson = lesson_of(REPORT)
    tolls = [one for one in reading.quantities if one.measure in {Measure.KILLED, Measure.INJURED}]
    assert [one.value.best for one in tolls] == [2, 5]
    assert [answer for _, answer in lesson.toll] == ["yes", "no", "yes", "no"]


def test_each_day_is_laid_beside_each_incident_and_right_for_its_own(lesson_of):
    _, _, lesson = lesson_of(REPORT)
    assert [answer for _, answer in lesson.day] == ["yes", "no", "no", "yes"]


def test_a_report_without_marks_teaches_nothing(lesson_of):
    _, _, lesson = lesson_of(f"{HEAD}\nPetare was calm on Friday.\n")
    assert ([one.label for one in lesson.examples], lesson.same_event, lesson.toll, lesson.day) == ([None], [], [], [])


def test_the_second_look_is_taught_within_its_report(tool, lesson_of):
    _, _, one = lesson_of(REPORT)
    _, _, other = lesson_of(f"{HEAD.replace('t-1', 't-2')}\nPetare was calm on Friday.\n")
    examples = [*one.examples, *other.examples]
    for example in examples:
        example.judged = Judgement(example.label or "context", 1.0, {}, ())
    tool.look_again(examples)
    assert "first look: battle 1.0" in examples[0].again
    assert "origin after, other sentence" in examples[0].again
    assert {"no place before", "no place after"} <= set(examples[-1].again)
    assert [name for name in examples[-1].again if "told elsewhere" in name] == []


def test_what_is_written_is_read_back(tool, tmp_path, monkeypatch):
    table = Weights(("no", "yes"), {ALWAYS: 0, "'#' before": 1}, np.array([[0.5, -0.5], [0.0, 0.25]]))
    monkeypatch.setattr(tool, "TABLES", tmp_path / "tables")
    tool.write("own", table)
    assert (tmp_path / "tables" / "own.tsv").read_text(encoding="utf-8").startswith("# made by tools/train_events.py")
    monkeypatch.setattr(weights, "resources", SimpleNamespace(files=lambda _: tmp_path))
    weights.load_weights.cache_clear()
    try:
        assert list(weights.load_weights("own").rows()) == list(table.rows())
    finally:
        weights.load_weights.cache_clear()


def test_fitting_separates_what_can_be_separated(tool):
    pytest.importorskip("sklearn", reason="dependency group train")
    rows = [("shots",), ("calm",)] * 20
    table = tool.fit(rows, ["yes", "no"] * 20)
    assert (table.judge(["shots"]).label, table.judge(["calm"]).label) == ("yes", "no")
