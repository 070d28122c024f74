"""What is wrong with a command line is told in the language asked for."""

from __future__ import annotations

import re

import pytest


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["build", "--nope"], "No existe la opción --nope"),
        (["explode"], "No existe el verbo «explode»."),
        (["explain"], "Falta el argumento FILE."),
        (["build", "--export"], "A la opción --export le falta su valor."),
        (["changes", "1", "2"], "Sobran argumentos: 2"),
        (["changes", "x"], "El valor de BUILD no es válido: se esperaba un número entero"),
    ],
)
def test_wrong_usage_is_told_in_the_language_asked_for(run, arguments: list[str], told: str):
    err = run("--language", "es", *arguments)[2]
    assert told in err
    assert not {"Usage", "Try", "No such", "Missing", "Invalid"} & set(re.findall(r"[A-Z][a-z]+(?: such)?", err))


def test_no_verb_is_answered_with_the_help_alone(run):
    code, out, err = run()
    assert (code, out, err) == (2, "", run("--help")[1])
