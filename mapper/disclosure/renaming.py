"""Reports under other ids: an id comes of a file's name, which can say what nothing else may."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from mapper.model import Disclosed

__all__ = ["renamed", "shown_only"]

_Cited = TypeVar("_Cited", bound=Any)


def renamed(disclosed: Disclosed, names: Mapping[str, str]) -> Disclosed:
    """Return the records with the reports of ``names`` (id -> other id) called by their other id."""
    if not names:
        return disclosed

    def called(cited: Iterable[_Cited]) -> tuple[_Cited, ...]:
        return tuple(replace(one, report_id=names.get(one.report_id, one.report_id)) for one in cited)

    return replace(
        disclosed,
        reports=called(disclosed.reports),
        incidents=tuple(
            replace(one, evidence=called(one.evidence), claims=called(one.claims)) for one in disclosed.incidents
        ),
        movements=tuple(replace(one, evidence=called(one.evidence)) for one in disclosed.movements),
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
