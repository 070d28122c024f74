"""Writing judgements: from a command line to a table at the end of the file.

What stands there already, comments too, is left as it is.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

from mapper.errors import ConfigError
from mapper.files import write_atomic
from mapper.judgements import read_judgements

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mapper.model import Place

__all__ = ["add_judgement", "correction", "is_record"]

_RECORD = re.compile(r"[im]-[0-9a-f]{12}")
_NUMBERS = ("killed", "injured", "people", "households")
_PAIRS = {"same_as": "same", "different_from": "different"}
_ON_RECORDS = ("reviewed", "rejected", *_PAIRS, *_NUMBERS)
_ON_NAMES = ("place", "not_a_place")
_OF_SOURCES = ("quote", "report", "outlet", "url", "published", "private")
_ADDED = {
    "incident": ("date", "killed", "injured", "gunfire", *_OF_SOURCES),
    "movement": ("to", "date", "people", "households", *_OF_SOURCES),
}
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?|(\d{4}-\d\d)")


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
        The options that were given: for a record ``reviewed``, ``rejected``, ``same_as``, ``different_from`` or
        a number of ``killed``, ``injured``, ``people`` or ``households``; for a name ``place`` or
        ``not_a_place``, and ``report``; for place ids ``incident`` or ``movement`` and what is known of it.

    Raises
    ------
    ConfigError
        Not exactly one judgement is meant, or it is not one on such a thing.
    """
    chosen = {name: value for name, value in given.items() if value is not None and value is not False and value != ""}
    for kind in _ADDED:
        if kind in chosen:
            return kind, _addition(kind, what, chosen)
    about: dict[str, Any] = {name: chosen.pop(name) for name in ("reason", "by", "report") if name in chosen}
    fits = _ON_RECORDS if is_record(what) else _ON_NAMES
    if len(chosen) != 1 or not chosen.keys() <= set(fits) or (is_record(what) and "report" in about):
        raise ConfigError("correct-which", what=what, fits=", ".join(map(_flag, fits)))
    (kind, value), *_ = chosen.items()
    if kind in _NUMBERS:
        return "toll", {"record": what, "measure": kind, "low": value, "best": value, "high": value, **about}
    if kind in _PAIRS:
        return _PAIRS[kind], {"records": [what, value], **about}
    if is_record(what):
        return kind, {"record": what, **about}
    return kind, {"name": what, **({"place": value} if kind == "place" else {}), **about}


def _addition(kind: str, what: str, chosen: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an added incident or movement; what they may be is checked with the file."""
    for name in chosen.keys() - {kind, "reason", "by", *_ADDED[kind]}:
        fits = ", ".join(_flag(one) for one in _ADDED[kind])
        raise ConfigError("correct-added", flag=_flag(name), kind=kind, fits=fits)
    places = [one.strip() for one in what.split(",") if one.strip()]
    if kind == "incident":
        fields = {"sub_event_type": chosen["incident"], "places": places}
    else:
        fields = {"kind": chosen["movement"], "origins": places}
        fields |= {"destinations": [one.strip() for one in chosen["to"].split(",")]} if "to" in chosen else {}
    fields |= _days(chosen["date"]) if "date" in chosen else {}
    return fields | {name: value for name, value in chosen.items() if name not in {kind, "to", "date"}}


def _days(written: str) -> dict[str, Any]:
    """Return the fields of a day, of days or of a month.

    Raises
    ------
    ConfigError
        It is none of these.
    """
    wrong = ConfigError("correct-date", got=repr(written))
    found = _DATE.fullmatch(written.strip())
    if found is None:
        raise wrong
    try:
        first = dt.date.fromisoformat(found[1] or f"{found[3]}-01")
        if found[3]:
            last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
            return {"date_start": first, "date_end": last, "date_precision": "month"}
        return {"date_start": first} | ({"date_end": dt.date.fromisoformat(found[2])} if found[2] else {})
    except ValueError:
        raise wrong from None


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


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
    content = text.encode("utf-8", "replace")
    read_judgements(content, path.name, places)
    write_atomic(path, content)


def _toml(value: Any) -> str:
    """Return a value as TOML writes it: its basic strings take JSON's escapes."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | dt.date):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {_toml(one)}' for name, one in value.items())} }}"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
