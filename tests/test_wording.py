"""The words of program and page: one word for one thing, and a word for every kind of event."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

import mapper
from mapper.errors import message
from mapper.judgements.kinds import SUB_EVENT_TYPES

PACKAGE = Path(mapper.__file__).parent
PAGE = {
    language: json.loads((PACKAGE / "view" / "page" / "i18n" / f"{language}.json").read_text("utf-8"))
    for language in ("en", "es")
}
SAID = {
    f"{path.stem}: {code}": texts["es"]
    for path in (PACKAGE / "messages").glob("*.toml")
    for code, texts in tomllib.loads(path.read_text("utf-8")).items()
} | {f"page: {key}": text for key, text in PAGE["es"].items()}

# The Spanish word that is not used, and the one of docs/es/glossary.md that is.
OTHERWISE = {
    r"gaceteros?": "nomenclátor",
    r"aliad[oa]s?": "socios",
    r"zonas? de choque": "zona de enfrentamiento",
    r"fuentes? (retenida|oculta)s?": "fuente reservada",
    r"movimientos?": "desplazamiento",
    r"sucesos?|eventos?": "hecho",
    r"paquete del área": "paquete de área",
    r"añad\w*": "agregar",
    r"regreso": "retorno",
}


@pytest.mark.parametrize("word", OTHERWISE)
def test_one_thing_has_one_spanish_word(word: str):
    assert [where for where, text in SAID.items() if re.search(rf"\b({word})\b", text, re.IGNORECASE)] == []


def test_a_report_is_not_called_what_a_brief_is_called():
    assert {
        where.split(":")[0] for where, text in SAID.items() if re.search(r"\binformes?\b", text, re.IGNORECASE)
    } <= {
        "brief",
        "cli",
    }


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_kind_of_event_an_analyst_may_add_has_words_on_the_page(language: str):
    assert [kind for kind in SUB_EVENT_TYPES if f"sub.{kind}" not in PAGE[language]] == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", SUB_EVENT_TYPES)
def test_every_kind_of_event_an_analyst_may_add_has_words_in_the_brief(kind: str, language: str):
    assert message(f"brief-what-{kind.lower().replace(' ', '-')}", language)
