"""What every verb begins with: settings, the language to speak, sentences beside the data."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import typer

from mapper.errors import message
from mapper.logs import logged, note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.config import Config

__all__ = ["Session", "configure", "notice", "paste", "tell"]


@dataclass
class Session:
    """The language to speak: the flag's or the system's, and once it is read that of ``mapper.toml``.

    ``closing`` ends what was begun for the whole run: its log.
    """

    language: str
    closing: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)


def configure(context: typer.Context, spelled: Mapping[str, str] | None = None, /, **flags: Any) -> Config:
    """Return the settings, and from here on speak the language they ask for.

    ``spelled`` says how the verb spells settings whose flag has another name.
    """
    from mapper.config import load_config

    session: Session = context.obj
    flags["language"] = flags["language"] or context.find_root().params.get("language")
    config = load_config(flags, language=session.language, spelled=spelled)
    session.language = config.language

    def failed(error: OSError) -> None:
        tell(message("log-failed", session.language, path=config.log_file, reason=error.strerror))

    session.closing.enter_context(logged(config.log_file, failed, verbose=config.verbose))
    note("run", f"begun {context.command.name}", inputs=len(config.inputs))
    return config


def notice(code: str, config: Config) -> None:
    """Say something beside the data, on stderr."""
    tell(message(code, config.language, notice=message("do-not-forward", config.language)))


def paste(config: Config) -> None:
    """Say how pasting works when a person is to paste."""
    if "-" in config.inputs and sys.stdin.isatty():
        notice("notice-paste", config)


def tell(text: str) -> None:
    """Print a sentence on stderr, whatever hostile names it quotes."""
    from mapper.printable import printable

    typer.echo(printable(text), err=True)
