"""Writing judgements: ``mapper correct`` adds one, ``mapper review`` walks through what is still to be looked at.

New judgements are added at the end of the file; what stands there already, comments too, is left as it is.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from mapper.errors import ConfigError, message
from mapper.files import write_atomic
from mapper.judgements import JUDGEMENTS_FILE, load_judgements
from mapper.model import Incident

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from mapper.model import Estimate, Movement, Place, Story

__all__ = ["add_judgement", "correction", "is_record", "record_lines", "review"]

_RECORD = re.compile(r"[im]-[0-9a-f]{12}")
_QUOTE_CHARS = 400
_NUMBERS = ("killed", "injured", "people", "households")
_ON_RECORDS = ("reviewed", "rejected", *_NUMBERS)
_ON_NAMES = ("place", "not_a_place")


def is_record(what: str) -> bool:
    """Tell whether ``what`` is a record's id rather than a name."""
    return _RECORD.fullmatch(what) is not None


def correction(what: str, given: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the kind and fields of the one judgement that a command line means.

    Parameters
    ----------
    what
        A record's id or a name.
    given
        The options that were given: for a record ``reviewed``, ``rejected`` or a number of ``killed``,
        ``injured``, ``people`` or ``households``; for a name ``place`` or ``not_a_place``, and ``report``.

    Raises
    ------
    ConfigError
        Not exactly one judgement is meant, or it is not one on such a thing.
    """
    chosen = {name: value for name, value in given.items() if value is not None and value is not False and value != ""}
    about: dict[str, Any] = {name: chosen.pop(name) for name in ("reason", "by", "report") if name in chosen}
    fits = _ON_RECORDS if is_record(what) else _ON_NAMES
    if len(chosen) != 1 or not chosen.keys() <= set(fits) or (is_record(what) and "report" in about):
        flags = ", ".join(f"--{one.replace('_', '-')}" for one in fits)
        raise ConfigError("correct-which", what=what, fits=flags)
    (kind, value), *_ = chosen.items()
    if kind in _NUMBERS:
        return "toll", {"record": what, "measure": kind, "low": value, "best": value, "high": value, **about}
    if is_record(what):
        return kind, {"record": what, **about}
    return kind, {"name": what, **({"place": value} if kind == "place" else {}), **about}


def add_judgement(path: Path, kind: str, fields: Mapping[str, Any], places: Callable[[str], Place | None]) -> None:
    """Add a judgement to the end of the file, which is made where there is none.

    Raises
    ------
    ConfigError
        The file, or the judgement, is not as described; the file is then left as it was.
    OutputError
        The file cannot be written.
    """
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = [f"[[{kind}]]", *(f"{name} = {_toml(value)}" for name, value in fields.items())]
    text = "\n".join([before.rstrip("\n"), "", *lines]).lstrip("\n") + "\n"
    load_judgements(path, places)
    if "place" in fields and places(fields["place"]) is None:
        raise ConfigError("judgement-place", file=JUDGEMENTS_FILE, name=fields["name"], got=fields["place"])
    write_atomic(path, text.encode("utf-8", "replace"))


def _toml(value: Any) -> str:
    """Return a value as TOML writes it: its basic strings take JSON's escapes."""
    return (
        str(value) if isinstance(value, int) else json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    )


def review(
    story: Story,
    reviewed: frozenset[str],
    *,
    tell: Callable[[str], None],
    ask: Callable[[str], str],
    decide: Callable[[str, dict[str, Any]], None],
    language: str,
) -> int:
    """Show each record that nobody has reviewed, with its words, and ask for a key; return how many were decided.

    Keys: ``y`` it is right, ``n`` it is wrong (then why), ``s`` skip, ``q`` end. Each answer is written at
    once, so that a review can be broken off at any time.
    """
    records: list[Incident | Movement] = [*story.incidents, *story.movements]
    waiting = [one for one in records if one.record_id not in reviewed]
    done = 0
    for number, record in enumerate(waiting, start=1):
        tell(message("review-head", language, number=number, total=len(waiting)))
        for line in record_lines(record, story, language):
            tell(line)
        while (key := ask(message("review-ask", language)).strip().lower()[:1]) not in {"y", "n", "s", "q"}:
            tell(message("review-keys", language))
        if key == "q":
            break
        if key == "s":
            continue
        fields = {"record": record.record_id}
        if key == "n" and (reason := ask(message("review-why", language)).strip()):
            fields["reason"] = reason
        decide("reviewed" if key == "y" else "rejected", fields)
        done += 1
    return done


def record_lines(record: Incident | Movement, story: Story, language: str) -> Iterator[str]:
    """Yield a record in words with the passages it rests on. Internal: nothing is withheld."""
    days = "–".join(dict.fromkeys(str(day) for day in (record.when.start, record.when.end) if day))
    when = days or message("change-unknown", language)
    if isinstance(record, Incident):
        yield f"{record.event_type} / {record.sub_event_type} · {_names(record.places)} · {when}"
        for name, value in (("killed", record.fatalities), ("injured", record.injuries)):
            if value.known:
                yield f"{message(f'change-{name}', language)}: {_number(value)}"
    else:
        ends = f"{_names(record.origins)} → {_names(record.destinations)}"
        yield f"{message(f'change-{record.kind}', language)} · {ends} · {when}"
        for name, value in (("people", record.people), ("households", record.households)):
            if value.known:
                yield f"{message(f'change-{name}', language)}: {_number(value)}"
    reports = {report.report_id: report for report in story.reports}
    for passage in record.evidence:
        report = reports[passage.report_id]
        words = " ".join(report.text[passage.start : passage.end].split())
        more = "…" if len(words) > _QUOTE_CHARS else ""
        yield f"  {report.outlet or report.report_id}: “{words[:_QUOTE_CHARS]}{more}”"
    yield f"  {record.record_id}"


def _names(places: tuple[Place, ...]) -> str:
    return ", ".join(place.name for place in places) or "?"


def _number(value: Estimate) -> str:
    if value.best is not None:
        return str(value.best)
    return f"{'…' if value.low is None else value.low}–{'…' if value.high is None else value.high}"
