"""The tables of weights: all of them can be read, and a judgement is what a person would add up by hand."""

from __future__ import annotations

import math
from importlib import resources
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import SchemaError
from mapper.events import weights
from mapper.events.labels import LABELS, label_of
from mapper.events.weights import ALWAYS, Judgement, Weights, load_weights
from mapper.model import EventType, MovementKind, Role

TABLES = sorted(
    entry.name.removesuffix(".tsv")
    for entry in (resources.files("mapper.events") / "tables").iterdir()
    if entry.name.endswith(".tsv") and entry.name != "network.tsv"  # that is no table of sums
)
KNOWN = {
    "first_look": set(LABELS),
    "second_look": set(LABELS),
    "movement_kind": {kind.value for kind in MovementKind},
}
EVENTS, CONTEXT = frozenset({"battle", "attack"}), frozenset({"context"})


@pytest.fixture
def small():
    """Three labels, three features and what holds beforehand."""
    index = {ALWAYS: 0, "shots in clause": 1, "stabbed in clause": 2, "home of": 3}
    matrix = np.array([[0.0, 0.0, 1.0], [3.0, 1.0, -1.0], [-1.0, 3.0, -1.0], [-2.0, -2.0, 2.0]])
    return Weights(("battle", "attack", "context"), index, matrix)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a function that loads a table of this text."""
    (tmp_path / "tables").mkdir()
    monkeypatch.setattr(weights, "resources", SimpleNamespace(files=lambda _: tmp_path))
    load_weights.cache_clear()

    def load(text: str) -> Weights:
        (tmp_path / "tables" / "own.tsv").write_text(text, encoding="utf-8")
        return load_weights("own")

    yield load
    load_weights.cache_clear()


def test_there_is_a_table_for_each_decision():
    assert {"first_look", "second_look", "movement_kind", "same_event", "toll", "day"} <= set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_read_and_chooses_among_known_labels(name):
    table = load_weights(name)
    assert table.labels
    assert set(table.labels) <= KNOWN.get(name, {"no", "yes"})
    assert len(set(table.labels)) == len(table.labels)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_a_table_is_one_readable_feature(name):
    features = [feature for feature, _ in load_weights(name).rows()]
    assert ALWAYS in features
    assert [one for one in features if not one.strip() or not one.isprintable()] == []
    lines = (resources.files("mapper.events") / "tables" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    assert len(features) == sum(not line.startswith("# ") for line in lines) - 1, "a feature stands twice"


@pytest.mark.parametrize("name", [name for name in TABLES if name not in KNOWN])
def test_where_the_answer_is_yes_or_no_the_share_is_that_of_yes(name):
    table = load_weights(name)
    assert table.labels == ("no", "yes")
    assert table.share(()) == table.judge(()).shares["yes"]


def test_all_roles_that_a_mention_can_have_are_labels():
    assert {label.role for label in LABELS.values()} == set(Role)


def test_annotated_types_find_their_label_back():
    for name, label in LABELS.items():
        if label.event_type:
            is_clash = label.role is Role.CLASH
            assert label_of(label.event_type.value, label.sub_event_type, is_clash=is_clash) == name


def test_an_attack_that_is_no_clash_is_a_body_found():
    violence = EventType.VIOLENCE.value
    assert (label_of(violence, "Attack", is_clash=True), label_of(violence, "Attack", is_clash=False)) == (
        "attack",
        "body",
    )


def test_a_pair_of_types_that_acled_does_not_have_is_an_error():
    with pytest.raises(KeyError, match="Teatime"):
        label_of("Battles", "Teatime", is_clash=True)


def test_weights_add_up_and_become_shares(small):
    judged = small.judge(["shots in clause", "stabbed in clause"])
    scores = {"battle": 3 - 1, "attack": 1 + 3, "context": 1 - 1 - 1}
    total = sum(math.exp(score) for score in scores.values())
    assert judged.label == "attack"
    assert judged.shares == pytest.approx({label: math.exp(score) / total for label, score in scores.items()})
    assert judged.share == judged.shares["attack"]
    assert small.share(["shots in clause", "stabbed in clause"]) == judged.shares["context"]


def test_features_that_the_table_does_not_know_say_nothing(small):
    assert small.judge(["never seen", "shots in clause"]) == small.judge(["shots in clause"])


def test_without_features_what_holds_beforehand_decides(small):
    judged = small.judge([])
    assert (judged.label, judged.cues) == ("context", ())


def test_the_reason_names_the_features_that_spoke_for_the_label_and_no_others(small):
    judged = small.judge(["home of", "shots in clause", "stabbed in clause"])
    assert judged.label == "attack"
    assert (
        judged.reason == f"attack ({judged.share:.2f}): stabbed in clause +2.7"
    )  # shots speak for it no more than average


def test_a_reason_stops_at_the_strongest_features():
    index = {ALWAYS: 0} | {f"f{number}": number for number in range(1, 9)}
    matrix = np.array([[number / 2, -number / 2] for number in range(9)])
    judged = Weights(("yes", "no"), index, matrix).judge(index)
    assert judged.cues == ("f8 +4.0", "f7 +3.5", "f6 +3.0")


def test_likely_types_of_event_outweigh_context_together():
    shares = {"battle": 0.3, "attack": 0.28, "context": 0.42}
    judged = Judgement("context", 0.42, shares, ("x +1.0",)).among((EVENTS, 1.0), (CONTEXT, 1.0))
    assert (judged.label, judged.share, judged.shares) == ("battle", 0.3, shares)


def test_a_group_can_be_asked_to_be_surer_than_others():
    judged = Judgement("battle", 0.55, {"battle": 0.55, "attack": 0.0, "context": 0.45}, ())
    chosen = [judged.among((CONTEXT, 1.0), (EVENTS, factor)).label for factor in (1.0, 0.65)]
    assert chosen == ["battle", "context"]


def test_one_group_that_outweighs_all_others_stays():
    judged = Judgement("context", 0.6, {"battle": 0.3, "attack": 0.1, "context": 0.6}, ()).among(
        (CONTEXT, 1.0), (EVENTS, 1.0)
    )
    assert (judged.label, judged.share) == ("context", 0.6)


def test_a_group_may_hold_labels_that_the_table_lacks():
    judged = Judgement("battle", 1.0, {"battle": 1.0}, ()).among(
        (frozenset({"battle", "bomb"}), 1.0), (frozenset({"via"}), 1.0)
    )
    assert judged.label == "battle"


@given(st.lists(st.sampled_from([feature for feature, _ in load_weights("toll").rows()]), max_size=30))
def test_shares_are_shares_and_the_same_features_get_the_same_judgement(features):
    table = load_weights("toll")
    judged = table.judge(features)
    assert sum(judged.shares.values()) == pytest.approx(1)
    assert judged.share == max(judged.shares.values())
    assert judged == table.judge(list(features))


def test_rows_say_the_table_as_it_is_written(folder):
    table = folder("# a note\nfeature\tno\tyes\nany\t0.4\t\n'#' before\t-0.25\t0.25\n")
    assert list(table.rows()) == [("'#' before", ["-0.25", "0.25"]), ("any", ["0.4", ""])]
    assert table.judge(["'#' before"]).label == "yes"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("shots\t1", "weights-row"),
        ("shots\t1\t2\t3", "weights-row"),
        ("shots", "weights-row"),
        ("", "weights-row"),
        ("shots\t1\tmuch", "weights-number"),
        ("shots\tnan\t1", "weights-number"),
        ("shots\tinf\t1", "weights-number"),
    ],
)
def test_a_broken_row_names_table_and_feature_in_both_languages(folder, row, code):
    with pytest.raises(SchemaError) as caught:
        folder(f"feature\tno\tyes\nany\t1\t-1\n{row}\n")
    error = caught.value
    assert error.code == code
    for language in ("en", "es"):
        assert "own.tsv" in error.in_language(language)
        assert repr(row.split("\t")[0]) in error.in_language(language)
    assert error.in_language("en") != error.in_language("es")
