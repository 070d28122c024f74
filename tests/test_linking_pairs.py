"""How often linking is right on the pairs of data/annotated/pairs; ``pytest -s tests/test_linking_pairs.py`` prints it."""

from __future__ import annotations

import itertools
import sys
import tomllib
from pathlib import Path

import pytest
from linking_kit import Teller, together

from mapper.events import link

PAIRS = Path(__file__).parent.parent / "data" / "annotated" / "pairs"


def judged(places, kind):
    """Yield (why, whether it is one event, what linking says) for each pair; the order of reports must not matter."""
    for pair in tomllib.loads((PAIRS / f"{kind}.toml").read_text(encoding="utf-8"))["pairs"]:
        teller = Teller(places)
        told = [teller.facts(note) for note in (pair["a"], pair["b"], *pair.get("beside", ()))]
        (answer,) = {together(link(order), told[0], told[1]) for order in itertools.permutations(told)}
        yield pair["why"], pair["same"], answer


@pytest.mark.parametrize(("kind", "precision", "recall"), [("incidents", 0.96, 0.90), ("movements", 1.0, 0.95)])
def test_linking_is_right_as_often_as_we_say(caracas, kind, precision, recall):
    answers = list(judged(caracas.places, kind))
    joined = [same for _, same, answer in answers if answer]
    one_event = [answer for _, same, answer in answers if same]
    measured = sum(joined) / len(joined), sum(one_event) / len(one_event)
    lines = [f"{kind}: {len(answers)} pairs, precision {measured[0]:.3f}, recall {measured[1]:.3f}"]
    lines += [f"  {'missed' if same else 'joined'}: {why}" for why, same, answer in answers if same is not answer]
    sys.stdout.write("\n".join(["", *lines, ""]))
    assert measured[0] >= precision
    assert measured[1] >= recall


def test_the_set_holds_both_answers_and_no_pair_twice():
    for kind in ("incidents", "movements"):
        pairs = tomllib.loads((PAIRS / f"{kind}.toml").read_text(encoding="utf-8"))["pairs"]
        same = [pair["same"] for pair in pairs]
        assert 0.4 <= sum(same) / len(same) <= 0.6
        shown = [str((pair["a"], pair["b"], pair.get("beside"))) for pair in pairs]
        assert len(set(shown)) == len(shown)
        assert all(pair["why"] for pair in pairs)
