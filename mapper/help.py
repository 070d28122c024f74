"""The help of the command line in one language: what typer writes by itself, in our words.

typer asks the system's catalogues for "Usage", "Options" and the like, which hold none for it. So the context of
each verb gets a formatter that says them as ``mapper/messages`` does.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import typer

from mapper.errors import message
from mapper.reasons_text import in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["UsageError", "spoken_context", "translate", "usage_error"]

UsageError: Any = typer.BadParameter.__base__  # typer's own, or that of the click it needs

_WORDS = {
    "Options": "help-options",
    "Arguments": "help-arguments",
    "Commands": "help-commands",
    "Show this message and exit.": "help-help",
}
_DEFAULT = re.compile(r"\[default: (.*?)\](?=\Z| )")
_TYPE = re.compile(r" <[^<>]*>\Z")  # what Python takes an argument for is nothing to a reader


def translate(command: Any, language: str) -> None:
    """Let a command, its verbs and options give their help in a language; their help texts are message codes."""
    command.context_class = spoken_context(language)
    for item in (command, *command.params):
        if (getattr(item, "help", None) or "").startswith("help-"):
            item.help = message(item.help, language)
    for verb in getattr(command, "commands", {}).values():
        translate(verb, language)


def usage_error(error: Any, language: str) -> str:
    """Return in a language what is wrong with a command line, after the usage of its verb."""
    told = error.format_message()
    if error.ctx is not None and told == error.ctx.get_help():  # nothing was asked for
        return str(told)
    wrong = in_language(told, "usage-", language)
    if error.ctx is None:
        return message("help-error", language, wrong=wrong)
    hint = message("help-hint", language, command=error.ctx.command_path)
    return f"{error.ctx.get_usage()}\n{hint}\n\n{message('help-error', language, wrong=wrong)}"


@cache
def spoken_context(language: str) -> type[typer.Context]:
    """Return the class of a verb's context whose help has its headings in a language."""

    def said(text: str) -> str:
        text = message(_WORDS[text], language) if text in _WORDS else text
        text = _DEFAULT.sub(lambda found: message("help-default", language, value=found[1]), text)
        return text.replace("[required]", message("help-required", language))

    plain: Any = typer.Context.formatter_class  # typer's own, or that of the click it needs

    class Formatter(plain):  # type: ignore[misc]
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            for word in ("[OPTIONS]", "COMMAND [ARGS]..."):
                args = args.replace(word, message(f"help-usage-{word.strip('[]').split()[0].lower()}", language))
            super().write_usage(prog, args, prefix or message("help-usage", language))

        def write_heading(self, heading: str) -> None:
            super().write_heading(said(heading))

        def write_dl(self, rows: Sequence[tuple[str, str]], *shape: Any, **more: Any) -> None:
            super().write_dl([(_TYPE.sub("", name), said(told)) for name, told in rows], *shape, **more)

    class Context(typer.Context):
        formatter_class = Formatter

    return Context
