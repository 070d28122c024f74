"""The verbs of the command line; no logic.

Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 a stated problem, 2 wrong
usage, 130 interrupted. Help texts are message codes here, and are put into the user's language
before the command line is read. Whatever costs time to import is imported inside the verbs.
"""

from __future__ import annotations

import io
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.main import get_command

from mapper import __version__, cli_share, cli_upkeep
from mapper import options as opt
from mapper.errors import MapperError, message
from mapper.session import Session, configure, notice, paste, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mapper.config import Config
    from mapper.model import Facts

__all__ = ["app", "main"]

_LANGUAGES = ("en", "es")
_INTERRUPTED = 130

app = typer.Typer(name="mapper", help="help-app", add_completion=False, no_args_is_help=True, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def _root(context: typer.Context, version: opt.Version = False, language: opt.Language = None) -> None:  # noqa: ARG001 - read in main
    if version:
        typer.echo(f"mapper {__version__}")
        raise typer.Exit


@app.command(help="help-build")
def build(
    context: typer.Context,
    reports: opt.Reports = None,
    *,
    area: opt.Area = None,
    out: opt.Out = None,
    disclosure: opt.Level = None,
    embed: opt.Embed = False,
    export: opt.Export = None,
    as_of: opt.AsOf = None,
    published: opt.Published = None,
    outlet: opt.Outlet = None,
    url: opt.Url = None,
    title: opt.Title = None,
    columns: opt.Columns = None,
    online: opt.Online = False,
    store: opt.StoreFile = None,
    no_store: opt.NoStore = False,
    since: opt.Since = None,
    judgements: opt.JudgementsFile = None,
    only_reviewed: opt.OnlyReviewed = False,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Write the map."""
    about = {"published": published, "outlet": outlet, "url": url, "title": title, "columns": columns}
    output: dict[str, Any] = {"area": area, "out": out, "disclosure": disclosure, "online": online, "embed": embed}
    output |= {"store": store, "no_store": no_store, "since": since, "judgements": judgements}
    output |= {"only_reviewed": only_reviewed, "export": export, "as_of": as_of}
    config = configure(
        context, inputs=reports, language=language, verbose=verbose, log_file=log_file, **about, **output
    )
    if config.inputs_are_examples:
        notice("notice-examples", config)
    paste(config)

    from mapper import pipeline
    from mapper.console import Screen, progress_bar

    with progress_bar(config.language) as progress:
        result = pipeline.build(config, progress, tell)
    Screen(config.language).summary(result)


@app.command(help="help-geoparse")
def geoparse(
    context: typer.Context,
    files: opt.Files,
    *,
    area: opt.Area = None,
    published: opt.Published = None,
    outlet: opt.Outlet = None,
    url: opt.Url = None,
    title: opt.Title = None,
    columns: opt.Columns = None,
    online: opt.Online = False,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Print JSON Lines."""
    about = {"published": published, "outlet": outlet, "url": url, "title": title, "columns": columns}
    config = configure(
        context, inputs=files, language=language, verbose=verbose, log_file=log_file, area=area, online=online, **about
    )
    notice("notice-internal", config)
    paste(config)
    import json

    from mapper.contract import facts_to_dict

    for facts in _told(config):
        line = json.dumps(facts_to_dict(facts), ensure_ascii=False, allow_nan=False)
        sys.stdout.buffer.write(line.encode() + b"\n")
        sys.stdout.flush()


@app.command(help="help-explain")
def explain(
    context: typer.Context,
    file: opt.File,
    *,
    area: opt.Area = None,
    published: opt.Published = None,
    columns: opt.Columns = None,
    online: opt.Online = False,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Print one report's decisions."""
    more = {"area": area, "published": published, "columns": columns, "online": online}
    config = configure(context, inputs=[file], language=language, verbose=verbose, log_file=log_file, **more)
    notice("notice-internal", config)
    paste(config)
    from mapper.console import Screen

    screen = Screen(config.language)
    for facts in _told(config):
        screen.explain(facts)


@app.command(help="help-places")
def places(
    context: typer.Context,
    name: opt.Name,
    *,
    area: opt.Area = None,
    online: opt.Online = False,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Print gazetteer entries."""
    config = configure(context, language=language, verbose=verbose, log_file=log_file, area=area, online=online)
    from mapper import pipeline
    from mapper.console import Screen

    found = pipeline.look_up(name, config, tell)
    if not found:
        raise MapperError("places-none", name=name, area=config.area)
    Screen(config.language).places(found)


@app.command(help="help-check")
def check(
    context: typer.Context,
    reports: opt.Reports = None,
    *,
    area: opt.Area = None,
    columns: opt.Columns = None,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Check area pack and reports."""
    config = configure(
        context, inputs=reports, language=language, verbose=verbose, log_file=log_file, area=area, columns=columns
    )
    paste(config)
    from mapper import pipeline
    from mapper.console import Screen

    result = pipeline.check(config)
    Screen(config.language).checked(result)
    if result.set_aside:
        raise typer.Exit(1)


@app.command(help="help-evaluate")
def evaluate(
    context: typer.Context,
    gold: opt.Gold,
    *,
    errors: opt.Errors = False,
    as_json: opt.Json = False,
    only: opt.Only = None,
    without: opt.Without = None,
    area: opt.Area = None,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Measure the reading."""
    config = configure(context, language=language, verbose=verbose, log_file=log_file, area=area)
    from mapper import pipeline
    from mapper.console import Screen, progress_bar
    from mapper.evaluation import Choice

    choice = Choice.of_files(Path(only) if only else None, Path(without) if without else None)
    with progress_bar(config.language) as progress:
        result = pipeline.evaluate(config, Path(gold), choice, progress)
    if as_json:
        import json

        sys.stdout.buffer.write(json.dumps(result.as_dict(errors=errors), ensure_ascii=False).encode() + b"\n")
        return
    Screen(config.language).evaluated(result, errors=errors)


_VERBS: tuple[Callable[..., None], ...] = (
    cli_share.export,
    cli_share.figure,
    cli_share.brief,
    cli_upkeep.watch,
    cli_upkeep.changes,
    cli_upkeep.review,
    cli_upkeep.correct,
    cli_upkeep.withdraw,
)
for _verb in _VERBS:
    app.command(help=f"help-{_verb.__name__}")(_verb)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; the entry point of ``mapper``."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    # urllib3, which folium imports, opens a socket on import to try IPv6; without --online none is opened.
    socket.has_ipv6 = False
    # Matrices as small as ours are multiplied by one thread in a fraction of the work that several make of it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    session = Session(_chosen(arguments) or _spoken(os.environ))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    from mapper.help import UsageError, translate, usage_error

    command = get_command(app)
    translate(command, session.language)
    try:
        with session.closing:
            try:
                sys.exit(command.main(args=arguments, prog_name="mapper", standalone_mode=False, obj=session) or 0)
            except UsageError as error:
                tell(usage_error(error, session.language))
                sys.exit(error.exit_code)
            finally:
                sys.stdout.flush()  # a full disk is to be said here, not while Python ends
    except MapperError as error:
        tell(error.in_language(session.language))
        sys.exit(1)
    except OSError as error:
        if error.filename is not None:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python tries once more at its end
        tell(message("output-stream", session.language, reason=error.strerror))
        sys.exit(1)
    except SystemExit as stop:
        if stop.code == _INTERRUPTED:
            tell(message("notice-interrupted", session.language))
        raise


def _told(config: Config) -> Iterator[Facts]:
    """Yield what each report says; of what was set aside, say why on stderr."""
    from mapper import pipeline
    from mapper.model import SetAside
    from mapper.reasons_text import reason

    for item in pipeline.geoparse(config, tell):
        if isinstance(item, SetAside):
            tell(reason(item, config.language))
        else:
            yield item


def _chosen(arguments: Sequence[str]) -> str:
    """Return the language that ``--language`` names, before the command line is really read."""
    for index, argument in enumerate(arguments):
        flag, _, value = argument.partition("=")
        if flag == "--language":
            value = value or "".join(arguments[index + 1 : index + 2])
            return value if value in _LANGUAGES else ""
    return ""


def _spoken(environment: Mapping[str, str]) -> str:
    """Return the language of the system's locale, English unless it is Spanish."""
    names = (environment.get(key, "") for key in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "")
    return "es" if locale.lower().startswith("es") else "en"
