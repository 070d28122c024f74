"""The parts of the docs that the program itself knows: every command's help, and every public name."""

from __future__ import annotations

import dataclasses
import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from pydantic.fields import FieldInfo

WORDS = {
    "en": {"argument": "argument", "option": "option", "meaning": "meaning", "needed": "needed", "default": "default"},
    "es": {
        "argument": "argumento",
        "option": "opción",
        "meaning": "significado",
        "needed": "obligatorio",
        "default": "por defecto",
    },
}
HELP = {"en": "Show this help.", "es": "Muestra esta ayuda."}


def commands(language: str) -> str:
    """Return a section a verb: what ``mapper VERB --help`` says, in ``language``."""
    from typer.main import get_command

    from mapper.cli import app
    from mapper.help import translate

    root = get_command(app)
    translate(root, language)
    verbs = {"mapper": root} | {f"mapper {name}": verb for name, verb in root.commands.items()}
    return "\n".join(_section(name, verb, language) for name, verb in verbs.items())


def _section(name: str, verb: click.Command, language: str) -> str:
    words = WORDS[language]
    arguments = [one for one in verb.params if one.param_type_name == "argument"]
    options = [one for one in verb.params if one.param_type_name == "option"]
    lines = [f"## {name}", "", _cell(verb.help), ""]
    if arguments:
        lines += [f"| {words['argument']} | {words['meaning']} |", "|---|---|"]
        lines += [f"| `{_cell(one.metavar)}` | {_cell(one.help)}{_needed(one, words)} |" for one in arguments]
        lines += [""]
    lines += [f"| {words['option']} | {words['meaning']} |", "|---|---|"]
    lines += [f"| {_called(one)} | {_cell(one.help)}{_default(one, words)} |" for one in options]
    return "\n".join([*lines, f"| `--help` | {HELP[language]} |", ""])


def _called(option: click.Parameter) -> str:
    takes = "" if option.is_flag else f" {option.metavar or option.type.name.upper()}"
    return ", ".join(f"`{_cell(name + takes)}`" for name in (*option.opts, *option.secondary_opts))


def _needed(argument: click.Parameter, words: dict[str, str]) -> str:
    return f" ({words['needed']})" if argument.required else ""


def _default(option: click.Parameter, words: dict[str, str]) -> str:
    shown = option.default if option.show_default and not option.is_flag else None
    return "" if shown in (None, "") else f" ({words['default']}: `{_cell(shown)}`)"


def _cell(text: object) -> str:
    """Return a text that stays in its cell of a table and is no markup."""
    flat = " ".join(str(text or "").split())
    return flat.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def python_names() -> str:
    """Return the public names and the records, for Sphinx to fill in from their docstrings."""
    import mapper
    from mapper import model

    made = [(f"mapper.{name}", getattr(mapper, name)) for name in mapper.__all__]
    records = [(f"mapper.model.{name}", getattr(model, name)) for name in model.__all__]
    words = [one for one in records if issubclass(one[1], enum.Enum)]
    return "\n".join(
        [
            "## What you call",
            *(_documented(name, thing) for name, thing in made),
            "## What you get",
            *(_documented(f"mapper.results.{name}", type) for name in ("BuildResult", "Findings")),
            "## Records",
            *(_documented(name, thing) for name, thing in records if (name, thing) not in words),
            "## Vocabularies",
            *(_documented(name, thing) for name, thing in words),
        ]
    )


def _documented(name: str, thing: object) -> str:
    title = f"### {name.removeprefix('mapper.model.').removeprefix('mapper.results.')}"
    directive, options = f"autofunction:: {name}", ""
    if isinstance(thing, type):
        directive, options = f"autoclass:: {name}", "   :members:\n"
        if issubclass(thing, enum.Enum):
            options += "   :undoc-members:\n"
    settings = getattr(thing, "model_fields", None)
    if settings:
        directive, options = f"{directive}(**settings)", f"{options}   :exclude-members: model_config\n"
    shown = f"{title}\n\n```{{eval-rst}}\n.. {directive}\n{options}```\n"
    return f"{shown}\n{_settings(settings)}\n" if settings else shown


def _settings(fields: dict[str, FieldInfo]) -> str:
    """Return a table of what a set of settings may hold."""
    from sphinx.util.typing import stringify_annotation

    rows = [
        (name, stringify_annotation(field.annotation, "fully-qualified-except-typing"), field.get_default())
        for name, field in fields.items()
    ]
    lines = [f"| `{name}` | `{_cell(kind)}` | {_plain_default(default)} |" for name, kind, default in rows]
    return "\n".join(["| setting | type | default |", "|---|---|---|", *lines])


def _plain_default(default: object) -> str:
    if dataclasses.is_dataclass(default) or default in (None, "", ()):
        return ""
    return f"`{_cell(default.value if isinstance(default, enum.Enum) else default)}`"
