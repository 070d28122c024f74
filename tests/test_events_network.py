"""The network: any report is read, each mention once, by its order of words and not by the name of the place."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from events_kit import look
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import SchemaError
from mapper.events import network
from mapper.events.labels import LABELS
from mapper.events.network import load_network
from mapper.events.passages import Passage
from mapper.model import Role

FIRE = "Gunmen opened fire in Cota 905. In La Vega nothing happened."
TABLE = """# a comment
part\tbattle\tcontext
word\tunknown word\t0.5\t1 2
word\tfire\t0.5\t3 4
kind\tbattle\t1\t1 1
"""


def shares_of(text: str, language: str = "en") -> dict[int, dict[str, float]]:
    seen = look(text, language)
    return {index: dict(seen.sight.labels(index) or {}) for index in seen.spots}


def role_of(told: dict[str, float], *roles: Role) -> float:
    return sum(share for label, share in told.items() if LABELS[label].role in roles)


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Return a function that loads a network of this text."""
    (tmp_path / "tables").mkdir()
    monkeypatch.setattr(network, "resources", SimpleNamespace(files=lambda _: tmp_path))
    load_network.cache_clear()

    def load(text: str) -> network.Network:
        (tmp_path / "tables" / "network.tsv").write_text(text, encoding="utf-8")
        return load_network()

    yield load
    load_network.cache_clear()


def test_the_shares_of_a_mention_add_up_over_known_labels():
    told = shares_of(FIRE)
    assert sorted(told) == [0, 1]
    assert all(sum(one.values()) == pytest.approx(1) and set(one) <= set(LABELS) for one in told.values())


def test_the_same_words_in_another_order_are_another_story():
    one = shares_of("They fled from Cota 905 to Petare.")
    other = shares_of("They fled to Cota 905 from Petare.")
    assert role_of(one[0], Role.ORIGIN) > role_of(one[0], Role.DESTINATION)
    assert role_of(other[0], Role.DESTINATION) > role_of(other[0], Role.ORIGIN)


def test_another_place_of_the_same_kind_is_the_same_story():
    assert shares_of(FIRE) == shares_of(FIRE.replace("Cota 905", "El Cementerio"))


def test_a_word_it_has_never_seen_is_no_reason_to_stop():
    assert sorted(shares_of("Qwertz opened yxcvb in Cota 905.")) == [0]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(["shots", "in", "Cota 905", ".", "\n\n", "12", "nobody", "La Vega", "fled"]), max_size=60)
)
def test_every_mention_of_any_text_is_read_once(words):
    seen = look(" ".join(words))
    assert sorted(index for one in seen.passages for index in one.at) == sorted(seen.spots)


def test_a_report_of_any_length_is_read_in_passages_of_bounded_length():
    seen = look("Shots were heard in Cota 905 last night and nobody slept.\n\n" * 400)
    assert sorted(index for one in seen.passages for index in one.at) == list(range(400))
    assert max(len(one.words) for one in seen.passages) <= 800


def test_a_mention_deep_in_a_long_report_is_read_as_in_a_short_one():
    filler = "The band played on and people danced.\n\n" * 60
    long, short = look(f"{filler}{FIRE}\n\n{filler * 3}"), look(f"{filler}{FIRE}\n\n{filler}")
    first, second = (dict(seen.sight.labels(0) or {}) for seen in (long, short))
    assert role_of(first, Role.CLASH) == pytest.approx(role_of(second, Role.CLASH), abs=0.2)


def test_words_and_kinds_are_rows_scaled_by_their_number(load):
    found = load(TABLE)
    assert (found.labels, found.words) == (("battle", "context"), {"unknown word": 0, "fire": 1})
    assert found.word_rows.tolist() == [[0.5, 1.0], [1.5, 2.0]]
    rows = found._rows(Passage(("fire", "elsewhere"), (("battle",), ("unheard of",)), (0, 5), {0: 0}, {}, {}))
    assert rows.tolist() == [[2.5, 3.0], [0.5, 1.0]]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("3 4", "3", "weights-row"), ("3 4", "3 x", "weights-number"), ("0.5\t3", "x\t3", "weights-number")],
)
def test_a_broken_row_is_told(load, old, new, code):
    with pytest.raises(SchemaError) as caught:
        load(TABLE.replace(old, new))
    assert caught.value.code == code
