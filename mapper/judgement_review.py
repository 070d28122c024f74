"""``mapper review``: each record that nobody has looked at, with its words, and a key to decide.

Internal: nothing is withheld on screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.errors import message
from mapper.model import Incident

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mapper.model import DateSpan, Estimate, Movement, Place, Story

__all__ = ["likely_twin", "record_lines", "review"]

_QUOTE_CHARS = 400
_WHY = {"n": "review-why", "m": "review-why-one"}


def review(
    story: Story,
    reviewed: frozenset[str],
    *,
    tell: Callable[[str], None],
    ask: Callable[[str], str],
    decide: Callable[[str, dict[str, Any]], None],
    language: str,
    apart: frozenset[str] = frozenset(),
) -> int:
    """Show each record that nobody has reviewed, with its words, and ask for a key; return how many were decided.

    Keys: ``y`` it is right, ``n`` it is wrong (then why), ``m`` it is one with the other that is shown because
    it looks like it, ``s`` skip, ``q`` end. Each answer is written at once, so that a review can be broken off
    at any time. ``apart`` are records that were judged not to be one with others: no such other is offered.
    """
    records: list[Incident | Movement] = [*story.incidents, *story.movements]
    waiting = [one for one in records if one.record_id not in reviewed]
    merged: set[str] = set()
    done = 0
    for number, record in enumerate(waiting, start=1):
        if record.record_id in merged:
            continue
        tell(message("review-head", language, number=number, total=len(waiting)))
        for line in record_lines(record, story, language):
            tell(line)
        parted = apart if record.record_id in apart else frozenset()
        twin = likely_twin(record, (one for one in records if one.record_id not in merged | parted))
        keys = ("y", "n", "m", "s", "q") if twin else ("y", "n", "s", "q")
        if twin:
            what, *_ = record_lines(twin, story, language)
            tell(message("review-twin", language, id=twin.record_id, what=what))
        ask_for = message("review-ask-twin" if twin else "review-ask", language)
        while (key := ask(ask_for).strip().lower()[:1]) not in keys:
            tell(message("review-keys", language, keys=", ".join(keys)))
        if key == "q":
            break
        if key == "s":
            continue
        kind, fields = _decision(key, record, twin)
        merged |= {*fields.get("records", ())}
        if key in _WHY and (reason := ask(message(_WHY[key], language)).strip()):
            fields["reason"] = reason
        decide(kind, fields)
        done += 1
    return done


def _decision(key: str, record: Incident | Movement, twin: Incident | Movement | None) -> tuple[str, dict[str, Any]]:
    """Return the kind and the fields of the judgement that a key means."""
    if key != "m" or twin is None:
        return ("reviewed" if key == "y" else "rejected"), {"record": record.record_id}
    fields: dict[str, Any] = {"records": [record.record_id, twin.record_id]}
    return "same", fields | ({"told": [_told(record), _told(twin)]} if record.evidence and twin.evidence else {})


def likely_twin(record: Incident | Movement, others: Iterable[Incident | Movement]) -> Incident | Movement | None:
    """Return the first other record of its kind that shares a place and may share a day; None where none does."""
    ends = _ends(record)

    def near(one: DateSpan, other: DateSpan) -> bool:
        if one.start is None or other.start is None:
            return True
        spans = [(one.start, one.end or one.start), (other.start, other.end or other.start)]
        (start, end), (other_start, other_end) = [(first.toordinal(), last.toordinal()) for first, last in spans]
        return start <= other_end + 1 and other_start <= end + 1

    for other in others:
        same_kind = isinstance(other, type(record)) and other.record_id != record.record_id
        if same_kind and not ends.isdisjoint(_ends(other)) and near(record.when, other.when):
            return other
    return None


def _ends(record: Incident | Movement) -> set[str]:
    """Return a record's places; those of a movement by side."""
    if isinstance(record, Incident):
        return {place.place_id for place in record.places}
    return {f"from {place.place_id}" for place in record.origins} | {
        f"to {one.place_id}" for one in record.destinations
    }


def _told(record: Incident | Movement) -> dict[str, str]:
    """Return where a record is told, as a judgement says it."""
    place = min((end.rpartition(" ")[2] for end in _ends(record)), default="")
    return {"report": record.evidence[0].report_id, "place": place}


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
    for facts in story.facts:
        tellings: list[Incident | Movement] = [*facts.incidents, *facts.movements]
        for one in tellings:
            if story.told_as.get(one.record_id) == record.record_id != one.record_id:
                told = {"report": facts.report.report_id, "id": one.record_id, "record": record.record_id}
                yield message("review-also-told", language, **told)


def _names(places: tuple[Place, ...]) -> str:
    return ", ".join(place.name for place in places) or "?"


def _number(value: Estimate) -> str:
    if value.best is not None:
        return str(value.best)
    return f"{'…' if value.low is None else value.low}–{'…' if value.high is None else value.high}"
