"""The verbs for sharing: tables, figures and the brief, made from the same records as the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer  # noqa: TC002 - typer reads the annotations at run time

from mapper import options as opt  # noqa: TC001 - as above
from mapper.errors import message
from mapper.session import configure, paste, tell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mapper.config import Config
    from mapper.results import Findings

__all__ = ["brief", "export", "figure"]


def export(
    context: typer.Context,
    reports: opt.Reports = None,
    *,
    formats: opt.Formats = None,
    area: opt.Area = None,
    out: opt.Out = None,
    disclosure: opt.Level = None,
    as_of: opt.AsOf = None,
    columns: opt.Columns = None,
    online: opt.Online = False,
    store: opt.StoreFile = None,
    no_store: opt.NoStore = False,
    judgements: opt.JudgementsFile = None,
    only_reviewed: opt.OnlyReviewed = False,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Write the tables."""
    given: dict[str, Any] = {"area": area, "out": out, "disclosure": disclosure, "as_of": as_of, "columns": columns}
    given |= {"online": online, "store": store, "no_store": no_store, "judgements": judgements}
    given |= {"only_reviewed": only_reviewed, "export": formats}
    spelled = {"export": "--format"}
    config = configure(context, spelled, inputs=reports, language=language, verbose=verbose, log_file=log_file, **given)
    from mapper import writing
    from mapper.files import require_folder

    require_folder(config.out)
    _say_written(writing.write_tables(_found(config), config.out, config.export or ("csv", "geojson")), config)


def figure(
    context: typer.Context,
    reports: opt.Reports = None,
    *,
    format_: opt.FigureFormat = "png",
    size: opt.FigureSize = "column",
    theme: opt.Theme = "light",
    windows: opt.Windows = None,
    area: opt.Area = None,
    out: opt.Out = None,
    disclosure: opt.Level = None,
    as_of: opt.AsOf = None,
    columns: opt.Columns = None,
    store: opt.StoreFile = None,
    no_store: opt.NoStore = False,
    judgements: opt.JudgementsFile = None,
    only_reviewed: opt.OnlyReviewed = False,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Draw the map as one picture."""
    given: dict[str, Any] = {"area": area, "out": out, "disclosure": disclosure, "as_of": as_of, "columns": columns}
    given |= {"store": store, "no_store": no_store, "judgements": judgements, "only_reviewed": only_reviewed}
    config = configure(context, inputs=reports, language=language, verbose=verbose, log_file=log_file, **given)
    from mapper import writing
    from mapper.figure import wanted
    from mapper.files import require_writable

    # A wrong choice, or a file that cannot be written, is said before any work.
    choice = wanted(format_, size, theme, config.language, windows or ())
    for name in writing.figure_files(choice.file_name(config.disclosure.value)):
        require_writable(config.out / name)
    choices: dict[str, Any] = {"format": format_, "size": size, "theme": theme, "windows": windows or ()}
    drawn = writing.draw_figure(_found(config), language=config.language, **choices)
    _say_written(writing.write_figure(drawn, config.out), config)


def brief(
    context: typer.Context,
    reports: opt.Reports = None,
    *,
    area: opt.Area = None,
    out: opt.Out = None,
    disclosure: opt.Level = None,
    as_of: opt.AsOf = None,
    columns: opt.Columns = None,
    store: opt.StoreFile = None,
    no_store: opt.NoStore = False,
    since: opt.Since = None,
    judgements: opt.JudgementsFile = None,
    only_reviewed: opt.OnlyReviewed = False,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Write the brief."""
    given: dict[str, Any] = {"area": area, "out": out, "disclosure": disclosure, "as_of": as_of, "columns": columns}
    given |= {"store": store, "no_store": no_store, "since": since, "judgements": judgements}
    given["only_reviewed"] = only_reviewed
    config = configure(context, inputs=reports, language=language, verbose=verbose, log_file=log_file, **given)
    paste(config)
    from mapper import pipeline
    from mapper.console import progress_bar

    with progress_bar(config.language) as progress:
        written = pipeline.write_brief(config, progress, tell)
    _say_written(written, config)


def _found(config: Config) -> Findings:
    """Read the reports and say how far the work is."""
    paste(config)
    from mapper import pipeline
    from mapper.console import progress_bar

    with progress_bar(config.language) as progress:
        return pipeline.find(config, progress, tell)


def _say_written(files: Mapping[Path, int], config: Config) -> None:
    """Say which files were written, how large each is and at which level."""
    from mapper.console import file_size

    for path, count in files.items():
        size = file_size(count, config.language)
        tell(message("share-written", config.language, path=path, size=size, level=config.disclosure.value))
