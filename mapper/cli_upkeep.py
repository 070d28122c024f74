"""The verbs for work that goes on for months: watching, what changed, judgements, forgetting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer  # noqa: TC002 - typer reads the annotations at run time

from mapper import options as opt  # noqa: TC001 - as above
from mapper.errors import MapperError, message
from mapper.session import configure, notice, tell

__all__ = ["changes", "correct", "review", "watch", "withdraw"]


def watch(
    context: typer.Context,
    reports: opt.Reports = None,
    *,
    serve: opt.Serve = False,
    port: opt.Port = 0,
    area: opt.Area = None,
    out: opt.Out = None,
    disclosure: opt.Level = None,
    columns: opt.Columns = None,
    store: opt.StoreFile = None,
    no_store: opt.NoStore = False,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Build again and again."""
    output: dict[str, Any] = {"area": area, "out": out, "disclosure": disclosure, "columns": columns}
    output |= {"store": store, "no_store": no_store}
    config = configure(context, inputs=reports, language=language, verbose=verbose, log_file=log_file, **output)
    from mapper.watch import keep_watch

    keep_watch(config, tell, port=port if serve else None)


def changes(
    context: typer.Context,
    build: opt.Earlier = None,
    *,
    store: opt.StoreFile = None,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Print what changed."""
    config = configure(context, language=language, verbose=verbose, log_file=log_file, store=store)
    from mapper import upkeep
    from mapper.changes_text import change_lines
    from mapper.console import Screen

    screen = Screen(config.language)
    for line in change_lines(upkeep.changes(config.store, build), config.language):
        screen.line(line)


def correct(
    context: typer.Context,
    what: opt.What,
    *,
    reviewed: opt.IsReviewed = False,
    rejected: opt.IsRejected = False,
    killed: opt.Killed = None,
    injured: opt.Injured = None,
    people: opt.People = None,
    households: opt.Households = None,
    place: opt.IsPlace = None,
    not_a_place: opt.NoPlace = False,
    same_as: opt.SameAs = None,
    different_from: opt.DifferentFrom = None,
    incident: opt.AddIncident = None,
    movement: opt.AddMovement = None,
    to: opt.MovedTo = None,
    date: opt.When = None,
    quote: opt.Quote = None,
    outlet: opt.Outlet = None,
    url: opt.Url = None,
    published: opt.Published = None,
    private: opt.Private = False,
    gunfire: opt.Gunfire = False,
    report: opt.InReport = None,
    reason: opt.Reason = None,
    by: opt.By = None,
    area: opt.Area = None,
    store: opt.StoreFile = None,
    judgements: opt.JudgementsFile = None,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Write a judgement."""
    files = {"area": area, "store": store, "judgements": judgements, "log_file": log_file}
    config = configure(context, language=language, verbose=verbose, **files)
    from mapper import verdict

    numbers = {"killed": killed, "injured": injured, "people": people, "households": households}
    said = {"reviewed": reviewed, "rejected": rejected, "place": place, "not_a_place": not_a_place}
    pairs = {"same_as": same_as, "different_from": different_from, "incident": incident, "movement": movement}
    added = {"to": to, "date": date, "quote": quote, "outlet": outlet, "url": url, "published": published}
    more = {"private": private, "gunfire": gunfire, "report": report, "reason": reason, "by": by}
    verdict.correct(config, tell, what, {**numbers, **said, **pairs, **added, **more})


def review(
    context: typer.Context,
    reports: opt.Reports = None,
    *,
    by: opt.By = None,
    area: opt.Area = None,
    out: opt.Out = None,
    store: opt.StoreFile = None,
    judgements: opt.JudgementsFile = None,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Review records."""
    files = {"area": area, "out": out, "store": store, "judgements": judgements}
    config = configure(context, inputs=reports, language=language, verbose=verbose, log_file=log_file, **files)
    notice("notice-internal", config)
    from mapper import verdict

    verdict.review(config, tell, input, by)


def withdraw(
    context: typer.Context,
    report: opt.One,
    *,
    safety: opt.Safety = False,
    store: opt.StoreFile = None,
    language: opt.Language = None,
    verbose: opt.Verbose = False,
    log_file: opt.LogFile = None,
) -> None:
    """Forget a report."""
    config = configure(context, language=language, verbose=verbose, log_file=log_file, store=store)
    if not safety:
        raise MapperError("withdraw-how")
    from mapper import upkeep

    answers = Path(config.geocoder.cache) if config.geocoder.cache else None
    forgotten = upkeep.withdraw(config.store, report, answers)
    tell(message("withdrawn", config.language, ids=", ".join(forgotten)))
