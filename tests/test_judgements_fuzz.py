"""Whatever a file of judgements holds, it is loaded or refused in one sentence; it never breaks a build."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import ConfigError
from mapper.judgements import Judgements, read_judgements
from mapper.judgements.kinds import Content
from mapper.model import Place, Report

PLACES = {"cota-905": Place("cota-905", "Cota 905", "barrio")}
KINDS = list(Content.model_fields)
FIELDS = sorted({name for kind in Content.model_fields.values() for name in kind.annotation.__args__[0].model_fields})
SCALARS = (
    st.text(max_size=8)
    | st.sampled_from(["i-1", "i-2", "m-1", "cota-905", "killed", "Attack", "displacement", "r", "2021-07-08"])
    | st.integers()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=3)
)
TABLES = st.lists(st.tuples(st.sampled_from([*KINDS, "other"]), st.dictionaries(st.sampled_from(FIELDS), VALUES)))


def load(raw: bytes) -> Judgements | None:
    """Return the judgements, or None where they were refused in a sentence of both languages."""
    try:
        return read_judgements(raw, "judgements.toml", PLACES.get)
    except ConfigError as error:
        said = [error.in_language(language) for language in ("en", "es")]
    assert all("judgements.toml" in one for one in said)
    return None


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {toml(one)}' for name, one in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value).replace("\x7f", "\\u007f") if not isinstance(value, float) else f"{value:f}"


@given(st.binary(max_size=200))
def test_any_bytes(raw: bytes):
    load(raw)


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-7"]))
def test_any_text_in_any_encoding(text: str, encoding: str):
    load(f"[[reviewed]]\nrecord = '{text}'".encode(encoding, "replace"))


@given(TABLES)
def test_any_tables(tables: list[tuple[str, dict[str, Any]]]):
    lines = [
        f"[[{kind}]]\n" + "\n".join(f"{key} = {toml(one)}" for key, one in fields.items()) for kind, fields in tables
    ]
    judgements = load("\n".join(lines).encode("utf-8", "replace"))
    if judgements:  # what was taken can be applied
        report = Report("r", "Shots in the Cota 905.")
        judgements.standing([report], ())
        judgements.complete([], {})
        judgements.ties([], {})
        judgements.idle()


@pytest.mark.parametrize(
    "raw",
    [
        b"\0",
        b"[[reviewed]]\nrecord = '\0'",
        b"[[reviewed]]\nrecord = 'a'\nrecord = 'b'",
        b"[reviewed]\nrecord = 'a'",
        b"reviewed = {record = 'a'}",
        b"[[reviewed]]\nrecord = " + b"[" * 20_000,
        b"[[toll]]\nrecord = 'i-1'\nmeasure = 'killed'\nbest = " + b"9" * 5_000,
        b"[[toll]]\nrecord = 'i-1'\nmeasure = 'killed'\nbest = " + b"9" * 40,
        b"[[toll]]\nrecord = 'i-1'\nmeasure = 'killed'\nbest = nan",
        b"[[reviewed]]\nrecord = 2021-07-08T25:00:00",
        b'[[reviewed]]\nrecord = "\\ud800"',
        b"\xff\xfe[\0[\0",
        b"#" * 20_000_001,
    ],
    ids=range(13),
)
def test_what_is_known_to_be_nasty_is_refused(raw: bytes):
    assert load(raw) is None


def test_a_mark_of_the_byte_order_is_no_fault():
    assert load(b"\xef\xbb\xbf[[reviewed]]\nrecord = 'i-1'")


def test_of_very_many_faults_the_first_are_said():
    with pytest.raises(ConfigError) as caught:
        read_judgements(b"[[reviewed]]\n" * 5_000, "judgements.toml", PLACES.get)
    assert len(caught.value.in_language("en").splitlines()) == 22
