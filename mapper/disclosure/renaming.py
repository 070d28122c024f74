"""Reports under other ids: an id comes of a file's name, which can say what nothing else may."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from mapper.model import Incident, Movement

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from mapper.model import Disclosed, Report

    Numbers = Callable[[Sequence[str]], Iterable[int]]

__all__ = ["Numbers", "is_ours", "numbered", "renamed", "shown_only"]

_OURS = re.compile(r"report-n\d+")

_Cited = TypeVar("_Cited", bound=Any)
_Record = TypeVar("_Record", Incident, Movement)


def is_ours(report_id: str) -> bool:
    """Tell whether a file is called like a report of ours that may not be called by its own name."""
    return bool(_OURS.fullmatch(report_id))


def numbered(reports: Iterable[Report], numbers: Numbers) -> dict[str, str]:
    """Return ids that say nothing, by the reports' own: ``report-n3``.

    A number, since whoever has a report could compute a digest of it, and so learn that it was read. New ones are
    given by day, which is shown anyway, and then in an order that tells nothing of the names.
    """

    def key(report: Report) -> tuple[str, str]:
        return str(report.published or "~"), hashlib.sha256(report.report_id.encode("utf-8", "replace")).hexdigest()

    ids = [report.report_id for report in sorted(reports, key=key)]
    return {name: f"report-n{number}" for name, number in zip(ids, numbers(ids), strict=True)}


def renamed(disclosed: Disclosed, names: Mapping[str, str]) -> Disclosed:
    """Return the records with the reports of ``names`` (id -> other id) called by their other id."""
    if not names:
        return disclosed

    def called(cited: tuple[_Cited, ...]) -> tuple[_Cited, ...]:
        if names.keys().isdisjoint(one.report_id for one in cited):  # as most: few reports have another id
            return cited
        return tuple(replace(one, report_id=names.get(one.report_id, one.report_id)) for one in cited)

    def told(record: _Record) -> _Record:
        changes: dict[str, Any] = {"evidence": called(record.evidence)}
        if isinstance(record, Incident):
            changes["claims"] = called(record.claims)
        return (
            record
            if all(getattr(record, name) is same for name, same in changes.items())
            else replace(record, **changes)
        )

    return replace(
        disclosed,
        reports=called(disclosed.reports),
        incidents=tuple(map(told, disclosed.incidents)),
        movements=tuple(map(told, disclosed.movements)),
        quotes={name: called(quotes) for name, quotes in disclosed.quotes.items()},
        mentioned=tuple(replace(one, quotes=called(one.quotes)) for one in disclosed.mentioned),
        unlocated=called(disclosed.unlocated),
        mentions=called(disclosed.mentions),
    )


def shown_only(disclosed: Disclosed, report_ids: Collection[str]) -> Disclosed:
    """Return the records without passages and claims of other reports than these."""

    def kept(cited: Iterable[_Cited]) -> tuple[_Cited, ...]:
        return tuple(one for one in cited if one.report_id in report_ids)

    return replace(
        disclosed,
        incidents=tuple(
            replace(one, evidence=kept(one.evidence), claims=kept(one.claims)) for one in disclosed.incidents
        ),
        movements=tuple(replace(one, evidence=kept(one.evidence)) for one in disclosed.movements),
        quotes={name: kept(quotes) for name, quotes in disclosed.quotes.items()},
    )
