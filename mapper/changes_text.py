"""Changes in words, for the terminal: one line a record, what is new, revised and gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.errors import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.changes import Change, Changes

__all__ = ["change_lines"]

_MOST_NAMES = 3


def change_lines(changes: Changes, language: str, most: int | None = None) -> Iterator[str]:
    """Yield a headline and a line for each change, ``most`` of them at most; how many more there are is said."""
    if changes.since is None:
        yield message("changes-first", language)
        return
    if not changes:
        yield message("changes-none", language, since=changes.since)
        return
    new, revised, gone = (len(some) for some in (changes.new, changes.revised, changes.gone))
    yield message("changes-head", language, since=changes.since, new=new, revised=revised, gone=gone)
    signed = [*(("+", one) for one in changes.new), *(("~", one) for one in changes.revised)]
    signed += [("-", one) for one in changes.gone]
    for sign, change in signed[:most]:
        yield f"  {sign} {_line(change, language)}"
    if most is not None and len(signed) > most:
        yield "  " + message("changes-more", language, count=len(signed) - most)


def _line(change: Change, language: str) -> str:
    """Return what a record is, what of it is different and its id."""
    parts = [_what(change, language)]
    parts += [_difference(change, name, language) for name in change.fields]
    if change.successor:
        parts.append(message("changes-successor", language, id=change.successor))
    return " · ".join([*parts, change.record_id])


def _what(change: Change, language: str) -> str:
    says = change.says
    kind = message(f"change-{change.kind}", language)
    if "type" in says:
        return f"{kind} · {says['type']} · {_value(says['places'], language)} · {_days(says['when'], language)}"
    start, end = _value(says["from"], language), _value(says["to"], language)
    within = says["from"] and sorted(says["from"]) == sorted(says["to"])
    ends = message("change-within", language, places=start) if within else f"{start} → {end}"
    return f"{kind} · {ends} · {_days(says['when'], language)}"


def _difference(change: Change, name: str, language: str) -> str:
    """Return a field before and after; of a list only what came and went."""
    before, after = (change.before or {}).get(name), change.says.get(name)
    words = message(f"change-{name}", language)
    if name == "when":
        return f"{words}: {_days(before, language)} → {_days(after, language)}"
    if _is_names(before) and _is_names(after):
        came = [f"+{one}" for one in after if one not in before]  # type: ignore[union-attr, operator]
        went = [f"-{one}" for one in before if one not in after]  # type: ignore[union-attr, operator]
        return f"{words}: {', '.join([*came, *went]) or _value(after, language)}"
    return f"{words}: {_value(before, language)} → {_value(after, language)}"


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _value(value: Any, language: str) -> str:
    """Return names as a list, an estimate as its best number or its bounds."""
    if not value:
        return message("change-unknown", language)
    if isinstance(value, str):
        return value
    if _is_names(value):
        return ", ".join([*value[:_MOST_NAMES], *(["…"] if len(value) > _MOST_NAMES else [])])
    low, best, high, _ = value
    bounds = "" if low == high == best else f"{'…' if low is None else low}–{'…' if high is None else high}"
    return " ".join(part for part in ("" if best is None else str(best), bounds and f"({bounds})") if part)


def _days(when: Any, language: str) -> str:
    first, last, _ = when or ["", "", ""]
    return "–".join(dict.fromkeys(day for day in (first, last) if day)) or message("change-unknown", language)
