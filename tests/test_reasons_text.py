"""`mapper explain` gives its reasons in the reader's language, whatever room they come from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mapper import Config, pipeline
from mapper.errors import message, sentences
from mapper.model import Facts
from mapper.reasons_text import reason_text

EXAMPLES = Path(__file__).parent.parent / "data" / "reports"
LABELLED = re.compile(r"[a-z ]+ \(\d\.\d\d\): .*")  # a model's label with its cues, as its table has them


def test_every_fixed_phrase_about_the_example_reports_is_said_in_spanish():
    told = [one for one in pipeline.geoparse(Config(inputs=[EXAMPLES])) if isinstance(one, Facts)]
    reasons = {why for facts in told for mention in facts.mentions for why in mention.reasons}
    reasons |= {line for facts in told for line in facts.trace}
    phrases = {one for one in reasons if not LABELLED.fullmatch(one)}
    assert len(phrases) > 50
    assert {one for one in phrases if reason_text(one, "es") == one} == set()


@pytest.mark.parametrize("code", sorted(sentences("reason-")))
def test_a_phrase_is_known_again_with_what_was_filled_in(code: str):
    facts = {name: f"X {name}" for name in re.findall(r"{(\w+)}", sentences("reason-")[code]["en"])}
    assert reason_text(message(code, "en", **facts), "es") == message(code, "es", **facts)


@pytest.mark.parametrize(
    ("reason", "spanish"),
    [
        ("context (0.39): first sentence +0.6", "context (0.39): first sentence +0.6"),
        (
            "the report speaks of elsewhere; a place there has the same name",
            "el reporte habla de otra parte; allí un lugar lleva el mismo nombre",
        ),
        (
            "asked online: no answer holds (1 malformed; 2 too coarse), n at h on 2021-07-09",
            "se preguntó en línea: ninguna respuesta vale (1 mal formadas; 2 demasiado imprecisas), n en h el 2021-07-09",
        ),
        ("sector Las Quintas (Cota 905): one of 2", "sector Las Quintas (Cota 905): uno de 2"),
        ("judged: the editor said so", "juzgado: the editor said so"),
    ],
)
def test_a_reason_in_spanish(reason: str, spanish: str):
    assert reason_text(reason, "es") == spanish


def test_a_reason_stays_in_english():
    assert reason_text("hashtag", "en") == "hashtag"


@pytest.mark.parametrize(
    "text", ["Families driven from La Vega slept in a square.", "Los desplazados de La Vega volvieron."]
)
def test_the_words_that_tell_a_home_are_quoted_as_they_stand(tmp_path: Path, text: str):
    (tmp_path / "a.txt").write_text(f"Caracas. {text}", encoding="utf-8")
    (told,) = pipeline.geoparse(Config(inputs=[tmp_path]))
    (home,) = [why for mention in told.mentions for why in mention.reasons if why.startswith("home of")]
    assert home.split("'")[1] in text
